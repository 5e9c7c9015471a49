//! Edits as a restless person makes them: words, braces, quotes, whole lines, in any place.

use std::ops::Range;

use super::Generator;

const WORDS: [&str; 34] = [
    "项目 乙 {\n",
    "指标 数量 次数 ≥ 3 次\n",
    "  指标 满意度 村民满意度 ≥ 90%\n",
    "部门 2 乙局 {\n",
    "标准 我县 扩展 通用 {\n}\n",
    "}\n",
    "{",
    "}",
    "\"",
    "“",
    "”",
    "\"\"\"\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "　",
    "90%",
    "预算 2 万元\n",
    "≥",
    "年度 2026\n",
    "单位 1\n",
    "目标 \"好。\"\n",
    "# 允许 JX061：说过了\n",
    "  # 允许 JX043 JX002：另有安排\n",
    "# 说明\n",
    "定性 \"有所提高\"",
    "😀",
    "；",
    "提高",
    "用途 \"\"\"\n    一句。\n    \"\"\"\n",
    "用途 \"\"\"\n",
    "总体目标",
    "标准 四川2023\n",
];

/// The next edit of a text: the bytes that go and what comes in their place. `sound` is the text to come back to.
pub fn edit(random: &mut Generator, text: &str, sound: &str) -> (Range<usize>, String) {
    let place = |random: &mut Generator| {
        let mut at = random.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        start..text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
    };
    let at = place(random);
    match random.below(12) {
        0..3 => (at..at, WORDS[random.below(WORDS.len())].to_owned()),
        3 => {
            let start = line(at).start;
            (start..start, WORDS[random.below(WORDS.len())].to_owned())
        }
        4 => (line(at), String::new()),
        5 => {
            let line = text[line(at)].to_owned();
            let other = self::line_start(text, place(random));
            (other..other, line)
        }
        6 => {
            let mut end = (at + random.below(12)).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            (at..end, String::new())
        }
        7 => {
            // A brace or a quote goes.
            let signs = ['{', '}', '"', '“', '”', '≥', '\n'];
            match text[at..].char_indices().find(|(_, sign)| signs.contains(sign)) {
                Some((offset, sign)) => (at + offset..at + offset + sign.len_utf8(), String::new()),
                None => (at..at, "}".to_owned()),
            }
        }
        8 => (line(at), WORDS[random.below(WORDS.len())].to_owned()),
        9 => {
            let digit = text[at..].char_indices().find(|(_, sign)| sign.is_ascii_digit());
            match digit {
                Some((offset, _)) => (at + offset..at + offset + 1, random.below(100).to_string()),
                None => (at..at, "1".to_owned()),
            }
        }
        _ => (0..text.len(), sound.to_owned()),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
