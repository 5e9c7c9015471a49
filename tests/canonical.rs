//! The two halves of the grammar: where the lean one reads a declaration, the whole one gives the same tree; and what
//! `fmt` writes, the lean one reads.

use std::ops::Range;

use crate::support::{Generator, examples, review_cases, root, year_cases};
use jixiao::format::{self, Formatting};
use jixiao::source::Sources;
use jixiao::syntax::{Chunk, canonical_tree, split, whole_tree};

/// Tokens that the halves could see in two ways.
const TOKENS: [&str; 70] = [
    "→",
    "->",
    "改为",
    "-6.3%",
    "自评 {",
    "监控",
    "定性",
    "是",
    "否",
    "优",
    "指标",
    "indicator",
    "qualitative",
    "项目",
    "上年",
    "预算",
    "≥",
    "≤",
    "=",
    ">",
    "<",
    "==",
    "≥=",
    "..",
    "×",
    "+",
    "-",
    "*",
    "90%",
    "90 %",
    "12.5%",
    "3‰",
    "12月底",
    "12月31日",
    "2025-12-31",
    "2025年底",
    "2025年12月",
    "12月",
    "2025年",
    "1,000",
    "1_000",
    "12.",
    "-5",
    "20 万 元",
    "万元",
    "元/人·月",
    "微克/100毫升",
    "A1",
    "434001A",
    "甲.乙",
    "甲..乙",
    "甲.",
    "甲/乙",
    "\"甲\"",
    "\"甲\".乙",
    "“甲”",
    "{",
    "}",
    "# 说明",
    "\"\"\"",
    "　",
    "\t",
    "甲，乙",
    "甲：乙",
    "{ 优 良 中 差 }",
    "{ 优 }",
    ".. 95%",
    "优 良",
    "\"\"\"\n一\n\"\"\"",
    "\"\"\"\n一\n    \"\"\"",
];

fn texts() -> Vec<String> {
    let own = examples().iter().flat_map(crate::support::Example::as_single_files).collect::<Vec<_>>();
    let standards = std::fs::read_dir(root().join("standards"))
        .expect("the standards")
        .map(|entry| std::fs::read_to_string(entry.expect("a standard").path()).expect("the text of a standard"));
    let cases = review_cases().into_iter().map(|(_, text)| format::format(&text, &Formatting::default()).text);
    let of_the_year = year_cases().into_iter().map(|(_, text)| text);
    own.into_iter().chain(cases).chain(standards).chain(of_the_year).collect()
}

fn chunks(text: &str) -> Vec<Chunk> {
    split(Sources::default().add("", ""), text).unwrap_or_default()
}

/// Where the tokens of a text stand.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        if matches!(sign, ' ' | '\n') {
            if start < at {
                ranges.push(start..at);
            }
            start = at + 1;
        }
    }
    ranges
}

/// One change that leaves most of the form: a token for another, one more, one less; a sign; a line end.
fn changed(random: &mut Generator, text: &str) -> String {
    let places = tokens(text);
    if places.is_empty() {
        return text.to_owned();
    }
    let place = places[random.below(places.len())].clone();
    let other = places[random.below(places.len())].clone();
    let word = TOKENS[random.below(TOKENS.len())];
    let with = |range: Range<usize>, new: &str| text[..range.start].to_owned() + new + &text[range.end..];
    match random.below(8) {
        0 | 1 => with(place, word),
        2 => with(place, &text[other]),
        3 => with(place.end..place.end, &format!(" {word}")),
        4 => with(place.start..place.start, &format!("{word} ")),
        5 => with(place.end..place.end, word),
        6 => with(place.end..(place.end + 1).min(text.len()), ["\n", " ", "", "\r", "\n\n  ", " {\n"][random.below(6)]),
        _ => with(place, ""),
    }
}

#[test]
fn both_halves_give_the_same_tree() {
    let mut random = Generator::new(14);
    let all: Vec<String> = texts()
        .iter()
        .flat_map(|text| chunks(text).into_iter().map(|chunk| text[chunk.bytes].to_owned()))
        // Short declarations leave more of a change to be seen.
        .filter(|text| text.len() < 5_000)
        .collect();
    let (mut read, mut tried) = (0, 0);
    let cases = std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(20_000);
    for _ in 0..cases {
        let mut text = all[random.below(all.len())].clone();
        for _ in 0..random.below(3) {
            text = changed(&mut random, &text);
        }
        for chunk in chunks(&text).iter().filter(|chunk| chunk.is_whole) {
            tried += 1;
            if let Some(tree) = canonical_tree(&text, chunk) {
                read += 1;
                let whole = whole_tree(&text, chunk);
                assert!(whole.as_ref() == Some(&tree), "{text}\n{tree:#?}\n{whole:#?}");
            }
        }
    }
    assert!(read * 5 > tried, "hardly anything is compared: {read} of {tried}");
}

/// But for rare forms, what the formatter writes is read by the lean half.
#[test]
fn what_the_formatter_writes_is_canonical() {
    let mut left = Vec::new();
    let mut all = 0;
    for text in texts() {
        let text = format::format(&text, &Formatting::default()).text;
        for chunk in chunks(&text).into_iter().filter(|chunk| chunk.is_whole && chunk.keyword.is_some()) {
            all += 1;
            if canonical_tree(&text, &chunk).is_none() {
                left.push(text[chunk.bytes].lines().next().unwrap_or_default().to_owned());
            }
        }
    }
    assert!(left.len() * 33 <= all, "{} of {all}:\n{}", left.len(), left.join("\n"));
}
