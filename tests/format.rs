//! What the formatter promises, over every example, every case and mutated files. `JIXIAO_CASES` sets how many are made.

use crate::support::{Generator, root};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jixiao::diagnostic::{Code, Language};
use jixiao::format::{Formatting, format};
use jixiao::model::text;
use jixiao::source::Sources;
use jixiao::syntax::vocabulary::{self, Block};
use jixiao::syntax::{self, Node, StatementKind, ValueKind};
use jixiao::workspace::{Analysis, Input, analyse};
use rayon::prelude::*;

/// Every `.jx` file below a folder of the repository.
fn files_below(folder: &str) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    let paths = entries.map(|entry| entry.expect("entry").into_path());
    let sources = paths.filter(|path| path.extension().is_some_and(|extension| extension == "jx"));
    sources.map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("text"))).collect()
}

/// Examples, cases, built-in standards, and what the pages of the rules show.
fn corpus() -> Vec<(String, String)> {
    let mut all = files_below("examples");
    all.extend(files_below("tests/cases"));
    all.extend(files_below("standards"));
    for code in jixiao::diagnostic::Code::ALL {
        for (index, block) in code.explanation().split("```").skip(1).step_by(2).enumerate() {
            if let Some((_, text)) = block.split_once('\n').filter(|(mark, _)| mark.starts_with("jx")) {
                all.push((format!("{} {index}", code.id()), text.to_owned()));
            }
        }
    }
    all
}

fn formatted(text: &str) -> String {
    let result = format(text, &Formatting::default());
    assert!(!result.is_refused, "refused:\n{text}");
    result.text
}

fn in_language(text: &str, language: Language) -> String {
    let result = format(text, &Formatting { keywords: Some(language), ..Formatting::default() });
    assert!(!result.is_refused, "refused:\n{text}");
    result.text
}

fn analyse_text(text: &str) -> Analysis {
    analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None)
}

/// The model as JSON where there are no errors, and the codes of all findings. Which mistake of writing a slip is told as
/// may follow from the layout around it: of these only how many there are. A value that is no value (JX401) is one of them
/// where the line does not tell what was meant.
fn model(text: &str) -> (Option<String>, Vec<&'static str>) {
    let analysis = analyse_text(text);
    let excused = analysis.excused.iter().map(|excused| &excused.diagnostic);
    let code = |diagnostic: &jixiao::diagnostic::Diagnostic| {
        if diagnostic.code.is_syntax() || diagnostic.code == Code::JX401 { "JX2" } else { diagnostic.code.id() }
    };
    let mut codes: Vec<&str> = analysis.diagnostics.iter().chain(excused).map(code).collect();
    codes.sort_unstable();
    let render = || crate::support::artifacts(&analysis.model, "json").remove(0).bytes;
    let model = (!analysis.has_errors()).then(|| String::from_utf8(render()).expect("JSON"));
    (model, codes)
}

/// The comments in order, and the contents of all texts by themselves.
fn comments_and_texts(source: &str) -> (Vec<String>, Vec<String>) {
    let file = Sources::default().add("", "");
    let (tree, _) = syntax::parse(file, source);
    let slice = |bytes: syntax::Bytes| &source[bytes.start as usize..bytes.end as usize];
    let comments = tree
        .comments
        .iter()
        .map(|one| {
            slice(*one)
                .trim_start_matches(['#', '＃'])
                .trim_end_matches(|sign: char| sign.is_whitespace() || sign == '\u{FEFF}')
                .to_owned()
        })
        .collect();
    let mut texts: Vec<String> = tree
        .values
        .iter()
        .filter_map(|value| match value.kind {
            ValueKind::TextBlock => Some(text::unblock(slice(value.bytes))),
            ValueKind::Quoted => Some(text::unquote(slice(value.bytes)).0),
            _ => None,
        })
        .filter(|text| !syntax::vocabulary::is_bare_name(text))
        .collect();
    texts.sort();
    (comments, texts)
}

fn keeps_its_promises(name: &str, source: &str) {
    let result = formatted(source);
    let told = || format!("{name}\n--- before\n{source}\n--- after\n{result}");
    assert_eq!(formatted(&result), result, "formatting twice is not formatting once: {}", told());
    assert_eq!(comments_and_texts(source), comments_and_texts(&result), "{}", told());
    assert_eq!(model(source), model(&result), "{}", told());
}

/// Whether a text without mistakes is laid out: not if the formatter found no way to do so and left it as it was.
fn lays_out(source: &str) -> bool {
    let result = format(source, &Formatting::default());
    let has_exceptions = ["允许", "allow", "格式", "format"].iter().any(|word| source.contains(word));
    result.has_mistakes || has_exceptions || is_laid_out(&result.text)
}

/// Whether every fact outside standards and blocks of unknown labels stands on a line of its own, indented by its depth.
fn is_laid_out(text: &str) -> bool {
    let file = Sources::default().add("", "");
    let text: Arc<str> = text.into();
    let (tree, _) = syntax::parse(file, &text);
    let is_alone = |node: Node<'_>, depth: usize| {
        let start = node.head_span().start as usize;
        let line = text[..start].rfind('\n').map_or(0, |end| end + 1);
        text[line..start].trim_start_matches('\u{FEFF}') == " ".repeat(depth * 2)
    };
    let mut roots = tree.roots(file, &text).filter(|root| root.kind() != StatementKind::Standard);
    let fits = |root: Node<'_>| {
        let inner = if root.kind() == StatementKind::Project { Block::Project } else { Block::Department };
        is_alone(root, 0)
            && root.children().all(|child| {
                let is_known = child.kind() == StatementKind::Indicator
                    || vocabulary::field(inner, child.label_text()).is_some_and(|field| field.inner.is_some());
                is_alone(child, 1) && (!is_known || child.children().all(|one| is_alone(one, 2)))
            })
    };
    roots.all(fits)
}

/// The numbers of the cases to make. `JIXIAO_CASES` is how many mutated files, the others in proportion, or `2863..2864`
/// to make one case again.
fn cases(usual: usize) -> std::ops::Range<usize> {
    let wished = std::env::var("JIXIAO_CASES").unwrap_or_default();
    let number = |text: &str| text.parse::<usize>().ok();
    match wished.split_once("..") {
        Some((start, end)) => number(start).unwrap_or(0)..number(end).unwrap_or(usual),
        None => 0..number(&wished).map_or(usual, |wished| usual * wished / USUAL_CASES),
    }
}

const USUAL_CASES: usize = 2000;

#[test]
fn every_file_of_the_repository_keeps_its_meaning() {
    for (name, source) in corpus() {
        keeps_its_promises(&name, &source);
        assert!(lays_out(&source), "{name}\n{source}");
    }
}

const HOSTILE: [&str; 40] = [
    "",
    "",
    "",
    "{",
    "}",
    "{ ",
    " }",
    "\"",
    "“",
    "”",
    "＂",
    "\"\"\"",
    "#",
    "# 注\n",
    " # 注",
    "＃",
    "\n",
    "\n\n\n",
    "\r\n",
    "\r",
    "；",
    ";",
    "项目 ",
    "标准 ",
    "指标 ",
    "部门 ",
    "≥",
    "..",
    "＞＝",
    "　",
    "：",
    "\u{FEFF}",
    "0",
    "1,000",
    "％",
    "\\",
    "“甲。乙。”",
    "# 格式：关\n",
    "# 格式：开\n",
    "² ",
];

/// Puts some hostile piece in the place of some characters, a few times.
fn mutated(source: &str, made: &mut Generator) -> String {
    let mut signs: Vec<char> = source.chars().collect();
    for _ in 0..=made.below(4) {
        let start = made.below(signs.len() + 1);
        let length = [0, 0, 1, 1, 2, 5, 30][made.below(7)];
        let end = (start + length).min(signs.len());
        let piece = HOSTILE[made.below(HOSTILE.len())];
        signs.splice(start..end, piece.chars());
    }
    signs.into_iter().collect()
}

/// One declaration with some lines left out: mutations of small texts reach more places.
fn excerpt(source: &str, made: &mut Generator) -> String {
    let lines: Vec<&str> = source.lines().collect();
    let start = made.below(lines.len().max(1));
    let length = 1 + made.below(30);
    lines.iter().skip(start).take(length).flat_map(|line| [*line, "\n"]).collect()
}

#[test]
fn mutated_files_keep_their_meaning() {
    let corpus = corpus();
    let left_alone = AtomicUsize::new(0);
    cases(USUAL_CASES).into_par_iter().for_each(|case| {
        let mut made = Generator::new(case as u64 * 0x9E37_79B9 + 1);
        made.below(7);
        let (name, source) = &corpus[made.below(corpus.len())];
        let source =
            if made.below(2) == 0 || source.len() > 20_000 { excerpt(source, &mut made) } else { source.clone() };
        let source = mutated(&source, &mut made);
        // What cannot be read is not formatted.
        let Ok(source) = syntax::decode(name, source.into_bytes()) else { return };
        keeps_its_promises(&format!("case {case} of {name}"), &source);
        left_alone.fetch_add(usize::from(!lays_out(&source)), Ordering::Relaxed);
    });
    // Such as a comment behind the head of a declaration and its first field: seen in one of ten thousand.
    let left_alone = left_alone.into_inner();
    assert!(left_alone * 1000 <= cases(USUAL_CASES).len(), "{left_alone} sound texts were left as they were");
}

/// The same file as a hurried hand with an input method would write it.
fn respelt(tidy: &str, made: &mut Generator) -> String {
    let lines: Vec<&str> = tidy.lines().collect();
    let mut out: Vec<String> = Vec::new();
    let mut index = 0;
    while index < lines.len() {
        let line = lines[index].trim_start();
        let block = block_of_plain_fields(&lines[index..]);
        if let Some(length) = block.filter(|_| made.below(3) == 0) {
            let own = &lines[index + 1..index + length - 1];
            let mut fields: Vec<String> = own.iter().map(|one| sloppy(one, made)).collect();
            // A field of the standard stays behind what it follows: where it stands means something.
            let is_word = |line: &str| {
                let label = line.split_whitespace().next().unwrap_or_default();
                vocabulary::field(Block::Indicator, label).is_some()
            };
            // Fields of one label stand in the author's order.
            let labels: BTreeSet<&str> = own.iter().filter_map(|line| line.split_whitespace().next()).collect();
            if own.iter().all(|line| is_word(line)) && labels.len() == own.len() {
                for place in 1..fields.len() {
                    fields.swap(place, made.below(place + 1));
                }
            }
            let head = sloppy(line.trim_end_matches('{'), made);
            out.push(match made.below(2) {
                0 => format!("{head}｛{}；｝", fields.join(["；", ";"][made.below(2)])),
                _ => format!("{head} {{\n{}\n }}", fields.join("\n")),
            });
            index += length;
            continue;
        }
        if lines[index].contains("\"\"\"") {
            out.push(lines[index].to_owned());
            let is_opening = !line.starts_with("\"\"\"");
            index += 1;
            while is_opening && !lines[index - 1].trim_start().starts_with("\"\"\"") {
                out.push(format!("{}{}", " ".repeat(made.below(5)), lines[index].trim_start()));
                index += 1;
            }
            continue;
        }
        out.push(match line {
            "" => "\n".repeat(made.below(3)),
            "}" => ["}", "    ｝", "\t}；"][made.below(3)].to_owned(),
            line if line.starts_with('#') => {
                format!("{}{}", " ".repeat(made.below(5)), line.replacen('#', "＃", made.below(2)))
            }
            line => format!("{}{}", ["", "  ", "\t", "　"][made.below(4)], sloppy(line, made)),
        });
        index += 1;
    }
    out.join("\n")
}

/// The lines of a block of one indicator, where each is a plain field without a comment.
fn block_of_plain_fields(lines: &[&str]) -> Option<usize> {
    let opens = lines[0].trim_start().starts_with("指标 ") && lines[0].ends_with(" {") && !lines[0].contains("  #");
    let length = lines.iter().position(|line| line.trim_start().starts_with('}'))? + 1;
    let plain = |line: &&str| !line.contains('#') && !line.contains("\"\"\"") && !line.trim().is_empty();
    (opens && lines[length - 1].trim() == "}" && lines[1..length - 1].iter().all(plain)).then_some(length)
}

/// A line with other spellings outside its texts; codes have none.
fn sloppy(line: &str, made: &mut Generator) -> String {
    let line = line.trim();
    if line.starts_with("项目 ")
        || line.starts_with("部门 ")
        || line.starts_with("单位 ")
        || line.starts_with("标准 ")
        || line.contains('#')
    {
        return line.to_owned();
    }
    let wide_digit = |sign: char| char::from_u32(sign as u32 + 0xFEE0).expect("a digit");
    let (label, rest) = line.split_once(' ').unwrap_or((line, ""));
    let mut out = String::new();
    for (index, part) in rest.split('"').enumerate() {
        if index % 2 == 1 {
            let quotes = if part.contains(['”', '＂', '\\']) {
                ("\"", "\"")
            } else {
                [("\"", "\""), ("“", "”"), ("＂", "＂")][made.below(3)]
            };
            out.extend([quotes.0, part, quotes.1]);
            continue;
        }
        let is_wide = made.below(3) == 0 && line.contains(['≥', '≤', '=']);
        let part = part.replace("≥ ", ["≥ ", "＞＝", ">= ", "≧　"][made.below(4)]);
        let part = part
            .replace("≤ ", ["≤", "＜＝ ", "<=", "⩽"][made.below(4)])
            .replace(" × ", ["*", " × ", "＊"][made.below(3)]);
        let part = part.replace('%', ["%", "％", " %"][made.below(3)]).replace(" .. ", ["..", " ～ "][made.below(2)]);
        // Figures inside a name are part of the name.
        let mut before = ' ';
        let digits = |sign: char| {
            let is_in_name = std::mem::replace(&mut before, sign).is_alphabetic();
            if is_wide && sign.is_ascii_digit() && !is_in_name { wide_digit(sign) } else { sign }
        };
        let blank = [" ", "  ", "　", "\t"][made.below(4)];
        out.extend(part.chars().map(digits).map(|sign| if sign == ' ' { blank.to_owned() } else { sign.to_string() }));
    }
    let between = if label.contains('{') || rest.starts_with('{') || rest.is_empty() {
        " "
    } else {
        ["：", " ", " : ", "　"][made.below(4)]
    };
    format!("{label}{between}{out}")
}

#[test]
fn every_spelling_of_a_file_has_one_layout() {
    let files: Vec<(String, String)> =
        files_below("examples").into_iter().chain(files_below("tests/cases/review")).collect();
    let tidy: Vec<(String, String)> = files.iter().map(|(name, text)| (name.clone(), formatted(text))).collect();
    cases(400).into_par_iter().for_each(|case| {
        let mut made = Generator::new(case as u64 * 0x5851_F42D + 3);
        made.below(7);
        let (name, tidy) = &tidy[made.below(tidy.len())];
        let respelt = respelt(tidy, &mut made);
        assert_eq!(formatted(&respelt), *tidy, "case {case} of {name}\n{respelt}");
        keeps_its_promises(name, &respelt);
        let windows = format!("\u{FEFF}{}", respelt.replace('\n', "\r\n"));
        assert_eq!(formatted(&windows), format!("\u{FEFF}{}", tidy.replace('\n', "\r\n")), "case {case} of {name}");
    });
}

#[test]
fn a_range_leaves_the_other_lines_alone() {
    let files: Vec<(String, String)> =
        files_below("examples").into_iter().chain(files_below("tests/cases/review")).collect();
    cases(300).into_par_iter().for_each(|case| {
        let mut made = Generator::new(case as u64 * 0x2545_F491 + 5);
        made.below(7);
        let (name, text) = &files[made.below(files.len())];
        let source = respelt(&formatted(text), &mut made);
        let is_mutated = made.below(2) == 0;
        let source =
            if is_mutated { mutated(&source, &mut made).replace("\r\n", "\n").replace('\r', "\n") } else { source };
        let lines: Vec<&str> = source.split_inclusive('\n').collect();
        let start = made.below(lines.len());
        let end = start + 1 + made.below(lines.len() - start);
        let result = format(&source, &Formatting { keywords: None, lines: Some(start + 1..=end) });
        assert!(!result.is_refused, "case {case} of {name}\n{source}");
        let told = format!("case {case} of {name}, lines {start}..{end}\n{source}\n---\n{}", result.text);
        // A text block or a mistake at an edge of the range is formatted whole or not at all.
        let is_cut = |index: usize| {
            is_mutated
                || (index.saturating_sub(9)..(index + 9).min(lines.len())).any(|near| lines[near].contains("\"\"\""))
        };
        if !is_cut(start) {
            assert!(result.text.starts_with(&lines[..start].concat()), "{told}");
        }
        if !is_cut(end) {
            assert!(result.text.ends_with(&lines[end..].concat()), "{told}");
        }
        assert_eq!(comments_and_texts(&source), comments_and_texts(&result.text), "{told}");
        assert_eq!(model(&source), model(&result.text), "{told}");
    });
}

#[test]
fn keywords_translate_both_ways_without_loss() {
    for (name, source) in corpus() {
        let chinese = in_language(&source, Language::Chinese);
        let english = in_language(&source, Language::English);
        assert_eq!(in_language(&english, Language::Chinese), chinese, "{name}");
        assert_eq!(in_language(&chinese, Language::English), english, "{name}");
        assert_eq!(model(&source), model(&english), "{name}\n{english}");
        assert_eq!(model(&source), model(&chinese), "{name}\n{chinese}");
        assert_eq!(comments_and_texts(&source).0, comments_and_texts(&english).0, "{name}");
    }
}

/// Examples, what `jixiao new` writes, the standards, and what `--to jx` prints need no formatting.
#[test]
fn what_the_project_writes_is_formatted() {
    for (name, source) in files_below("examples").into_iter().chain(files_below("standards")) {
        assert_eq!(formatted(&source), source, "{name}");
    }
    for example in crate::support::examples() {
        for artifact in crate::support::artifacts(&example.analyse().model, "jx") {
            let text = String::from_utf8(artifact.bytes).expect("text");
            assert_eq!(formatted(&text), text, "{} {}", example.name, artifact.path.display());
        }
    }
}

/// Source, and what comes of it.
fn becomes(source: &str, result: &str) {
    assert_eq!(formatted(source), result);
    assert_eq!(formatted(result), result);
}

#[test]
fn comments_stay_with_what_they_are_about() {
    becomes(
        "# 头\n项目　甲｛ # 甲\n\n\n单位：1；预算 1,200.50 万 元 { 其他资金 } # 钱\n# 目标前\n目标 “一。”  # 目标后\n  # 尾\n}   # 完\n# 文件尾",
        "# 头\n项目 甲 {  # 甲\n  # 钱\n  单位 1\n  预算 1200.50 万元 {\n    其他资金\n  }\n  # 目标前\n  目标 \"一。\"  # 目标后\n  # 尾\n}  # 完\n\n# 文件尾\n",
    );
    // What excuses its line keeps its line.
    becomes(
        "项目 甲 {\n 预算 1 元；目标 “a”   # 允许 JX031：试\n 指标 数量 场次 ≥1次 { 描述 “x” } # 允许 JX061：试\n}",
        "项目 甲 {\n  预算 1 元；目标 “a”  # 允许 JX031：试\n\n  # 允许 JX061：试\n  指标 数量 场次 ≥ 1 次 {\n    描述 \"x\"\n  }\n}\n",
    );
}

#[test]
fn fields_have_an_order_where_it_means_nothing() {
    becomes(
        "项目 甲 {\n  指标 数量 乙 ≥ 1 次 {\n    来源 \"c\"\n    描述 \"a\"\n  }\n  目标 \"b\"\n  股室 \"d\"\n  单位 1\n}\n",
        "项目 甲 {\n  单位 1\n  目标 \"b\"\n  股室 \"d\"\n\n  指标 数量 乙 ≥ 1 次 {\n    描述 \"a\"\n    来源 \"c\"\n  }\n}\n",
    );
    becomes(
        "项目 甲 { 目标 \"b\" 单位 1；指标 数量 乙 ≥ 1 次 { 来源 c 描述 a }}",
        "项目 甲 {\n  单位 1\n  目标 \"b\"\n\n  指标 数量 乙 ≥ 1 次 {\n    描述 a\n    来源 c\n  }\n}\n",
    );
    // Two comments would change places.
    let commented = "项目 甲 {\n  # 一\n  目标 \"b\"\n  # 二\n  单位 1\n}\n";
    becomes(commented, commented);
}

#[test]
fn what_is_switched_off_stays() {
    let source = "项目 甲 {\n  单位 1\n# 格式：关\n 目标   “手排”\n   # 格式：开\n  指标 数量 乙 ≥ 1 次\n}\n";
    becomes(&source.replace("单位 1", "单位：1；"), source);
    let source = "项目 甲 {\n  单位 1\n# format: off\n 目标   “手排”\n}\n\n\n  项目 乙 {\n}\n";
    becomes(source, source);
}

#[test]
fn mistakes_stay_and_the_rest_is_formatted() {
    becomes(
        "项目　甲　{\n预算：1,000元\n   指标 数量 乙 ≥  6\n 目标：“好。”\n}\n",
        "项目 甲 {\n  预算 1000 元\n   指标 数量 乙 ≥  6\n  目标 \"好。\"\n}\n",
    );
    let without_brace = "项目 甲 {\n预算：1,000元 {\n  其他资金：1,000元\n目标：“好。”\n}\n项目　乙｛｝\n";
    let result = formatted(without_brace);
    assert!(result.contains("其他资金 1000 元\n") && result.contains("项目 乙 {\n}\n"), "{result}");
}

#[test]
fn standards_keep_their_braces_on_one_line() {
    becomes(
        "标准 \"甲\" “说明” 扩展：\"通用\" ｛\n计量单位 \"次\" { 量纲 计数  整数 }\n 计量单位 \"％\" {\n量纲 比例；符号 ％}\n词表 甲 追加 “一”、\"二\"\n}\n",
        "标准 甲 \"说明\" 扩展 通用 {\n  计量单位 次 { 量纲 计数；整数 }\n  计量单位 \"％\" {\n    量纲 比例\n    符号 ％\n  }\n  词表 甲 追加 \"一\" \"二\"\n}\n",
    );
}

/// The reference and the changelog show a source and what comes of it.
#[test]
fn documents_show_what_comes_of_their_examples() {
    for (path, heading) in [("docs/language.md", "## 格式"), ("CHANGELOG.md", "### One layout")] {
        let document = std::fs::read_to_string(root().join(path)).expect("text");
        let (_, section) = document.split_once(heading).expect("the section");
        let blocks: Vec<&str> = section.split("```").skip(1).step_by(2).take(2).collect();
        let [source, result] = blocks.iter().map(|block| block.trim_start_matches("jx\n")).collect::<Vec<_>>()[..]
        else {
            panic!("two examples in {path}")
        };
        let (around, inside) = if path == "CHANGELOG.md" { ("项目 甲 {\n\n", "  ") } else { ("", "") };
        let close = if around.is_empty() { "" } else { "}\n" };
        let indented = |text: &str| text.lines().flat_map(|line| [inside, line, "\n"]).collect::<String>();
        let result = format!("{}{}{close}", around.replace("\n\n", "\n"), indented(result));
        assert_eq!(formatted(&format!("{around}{source}{close}")), result, "{path}");
    }
}
