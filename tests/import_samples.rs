//! Small documents that each show one kind of what other places publish, with the right value beside each. The documents
//! lie beside the project; where they do not, this is said, and the cases of our own stand for them.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::import_forms::{in_every_format, merged};
use crate::import_year::html;
use crate::own_form::{is_form, words_and_missing};
use jixiao::diagnostic::Language;
use jixiao::import::kind::FileKind;
use jixiao::import::{Imported, Importing, import};

/// What must come of each document. `@` names it, without its extension: it may lie there in several formats.
/// `=` is a project or an indicator, and there are no others; `+` a line that the files hold; `-` what no file holds;
/// `<` what is left over, all of it; `?` what is told; `!` what a check of the files finds; `&` stands for the lines of another block.
const SAMPLES: &str = "tests/import_samples.txt";

/// Cases of our own, written the same way: a form in rows of `|` comes first, with merged cells as in `import_forms`.
const OWN: &str = "tests/import_kinds.txt";

struct Sample {
    name: String,
    wanted: Vec<(char, String)>,
}

fn samples(path: &str) -> Vec<Sample> {
    let mut samples: Vec<Sample> = Vec::new();
    let text = std::fs::read_to_string(crate::support::root().join(path)).expect("the samples");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (kind, text) = line.split_once(' ').expect("a sign and a text");
        match kind {
            "@" => samples.push(Sample { name: text.to_owned(), wanted: Vec::new() }),
            "&" => {
                let block = samples.iter().find(|one| one.name == text).expect("a block").wanted.clone();
                samples.last_mut().expect("a sample").wanted.extend(block);
            }
            kind => {
                let kind = kind.chars().next().expect("a sign");
                samples.last_mut().expect("a sample").wanted.push((kind, text.to_owned()));
            }
        }
    }
    samples
}

/// The forms of [`OWN`]: name and rows.
pub(crate) fn own_kinds() -> impl Iterator<Item = (String, String)> {
    samples(OWN).into_iter().map(|Sample { name, wanted }| {
        let rows = wanted.iter().filter(|(kind, _)| *kind == '|').map(|(_, row)| row.as_str());
        (name, rows.collect::<Vec<_>>().join("\n"))
    })
}

/// The projects and indicators that came in.
fn heads(imported: &Imported) -> Vec<&str> {
    let lines = imported.files.iter().flat_map(|(_, text)| text.lines());
    let heads = lines.filter(|line| line.starts_with("项目 ") || line.starts_with("  指标 "));
    heads.map(|line| line.trim().trim_end_matches(" {")).collect()
}

/// What is wrong with an import, in words.
fn wrong(imported: &Imported, wanted: &[(char, String)]) -> Vec<String> {
    let of = |kind: char| wanted.iter().filter(move |(one, _)| *one == kind).map(|(_, text)| text.as_str());
    let lines: Vec<&str> = imported.files.iter().flat_map(|(_, text)| text.lines()).collect();
    let plain: Vec<&str> = lines.iter().map(|line| line.trim().trim_end_matches(" {")).collect();
    // How a form is laid out says no fact.
    let mut is_layout = false;
    let facts = lines.iter().zip(&plain).filter(|(line, plain)| {
        let was = is_layout;
        is_layout = **plain == "项目表" || is_layout && **line != "  }";
        !was && !is_layout
    });
    let facts: Vec<&str> = facts.map(|(_, plain)| *plain).collect();
    let mut wrong = Vec::new();
    let mut sorted = [heads(imported), of('=').collect()];
    for heads in &mut sorted {
        heads.sort_unstable();
    }
    if sorted[0] != sorted[1] {
        wrong.push(format!("has {:?}, not {:?}", sorted[0], sorted[1]));
    }
    wrong.extend(of('+').filter(|line| !plain.contains(line)).map(|line| format!("no line {line}")));
    let is_there = |text: &&str| facts.iter().any(|line| !line.starts_with('#') && line.contains(*text));
    wrong.extend(of('-').filter(is_there).map(|text| format!("{text} stands in a file")));
    let left: Vec<String> = imported.left_over().into_iter().map(|left| left.text.replace('\n', " ")).collect();
    if !left.iter().map(String::as_str).eq(of('<')) {
        wrong.push(format!("left over are {left:?}"));
    }
    let findings = imported.findings();
    let told: Vec<_> = findings.iter().map(|one| one.text.in_language(Language::Chinese)).collect();
    wrong.extend(
        of('?').filter(|text| told.iter().all(|one| !one.contains(text))).map(|text| format!("untold: {text}")),
    );
    let found: Vec<&str> = match of('!').next() {
        Some(_) => crate::import::check(imported).diagnostics.iter().map(|one| one.code.id()).collect(),
        None => Vec::new(),
    };
    wrong.extend(of('!').filter(|code| !found.contains(code)).map(|code| format!("a check does not find {code}")));
    wrong
}

#[test]
fn each_kind_of_what_other_places_publish_comes_in_right() {
    let folder = crate::support::root().join("../shared/cases/import");
    let Ok(listing) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: no folder {}", folder.display());
        return;
    };
    let mut files: Vec<String> =
        listing.map(|entry| entry.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    files.sort_unstable();
    let (mut seen, mut told) = (0, Vec::new());
    let samples = samples(SAMPLES);
    for Sample { name, wanted } in &samples {
        for file in files.iter().filter(|file| {
            file.strip_prefix(name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }) {
            if file.ends_with(".jx") || file.ends_with(".md") && !file.ends_with(".input.md") {
                continue;
            }
            seen += 1;
            let bytes = std::fs::read(folder.join(file)).expect("a sample");
            match import(file, &bytes, &Importing::default()) {
                Ok(imported) => told.extend(wrong(&imported, wanted).iter().map(|wrong| format!("{file}: {wrong}"))),
                Err(error) => told.push(format!("{file}: {}", error.message.in_language(Language::Chinese))),
            }
        }
    }
    let unnamed = files.iter().filter(|file| {
        let is_input = !file.ends_with(".jx") && (!file.ends_with(".md") || file.ends_with(".input.md"));
        is_input
            && samples.iter().all(|one| {
                !file.strip_prefix(one.name.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
    });
    told.extend(unnamed.map(|file| format!("{file}: nothing says what it must give")));
    assert!(told.is_empty(), "of {seen} documents:\n{}", told.join("\n"));
}

#[test]
fn the_kinds_come_in_right_in_every_format() {
    let mut told = Vec::new();
    for Sample { name, wanted } in samples(OWN) {
        let rows: Vec<&str> = wanted.iter().filter(|(kind, _)| *kind == '|').map(|(_, row)| row.as_str()).collect();
        for imported in in_every_format(&merged(&rows.join("\n"))) {
            let wrong = wrong(&imported, &wanted);
            told.extend(wrong.iter().map(|wrong| format!("{name} as {:?}: {wrong}", imported.kind)));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// How much of our own cases came in right, in one format.
#[derive(Default)]
struct ImportFigures {
    documents: usize,
    whole: usize,
    indicators: usize,
    right: usize,
    invented: usize,
    amounts: usize,
    right_amounts: usize,
    signs: usize,
    left_over: usize,
    /// Signs that are left over although the case wants them to have a place.
    lost: usize,
    /// Words of forms, and those that are not printed again.
    words: usize,
    missing: usize,
}

impl ImportFigures {
    fn add(&mut self, imported: &Imported, wanted: &[(char, String)]) {
        let of = |kind: char| wanted.iter().filter(move |(one, _)| *one == kind).map(|(_, text)| text.as_str());
        if is_form(imported) {
            let (words, missing) = words_and_missing(imported);
            self.words += words;
            self.missing += missing;
        }
        self.documents += 1;
        self.whole += usize::from(wrong(imported, wanted).is_empty());
        let mut left: Vec<&str> = of('=').filter(|head| head.starts_with("指标")).collect();
        self.indicators += left.len();
        for head in heads(imported).into_iter().filter(|head| head.starts_with("指标")) {
            match left.iter().position(|wanted| *wanted == head) {
                Some(found) => {
                    left.swap_remove(found);
                    self.right += 1;
                }
                None => self.invented += 1,
            }
        }
        let lines: Vec<&str> = imported.files.iter().flat_map(|(_, text)| text.lines()).collect();
        let is_amount = |line: &&str| line.ends_with(" 元") || line.ends_with(" 万元");
        for amount in of('+').filter(is_amount) {
            self.amounts += 1;
            self.right_amounts += usize::from(lines.iter().any(|line| line.trim().trim_end_matches(" {") == amount));
        }
        let tally = imported.tally();
        self.signs += tally.placed + tally.furniture + tally.repeated + tally.left_over;
        self.left_over += tally.left_over;
        let count = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).count();
        self.lost += tally.left_over.saturating_sub(of('<').map(count).sum());
    }
}

/// What is measured stands in the documentation. `JIXIAO_BLESS=1` renews it.
#[test]
fn how_much_comes_in_right_is_what_the_page_says() {
    let mut figures: BTreeMap<FileKind, ImportFigures> = BTreeMap::new();
    for Sample { wanted, .. } in samples(OWN) {
        let rows: Vec<&str> = wanted.iter().filter(|(kind, _)| *kind == '|').map(|(_, row)| row.as_str()).collect();
        for imported in in_every_format(&merged(&rows.join("\n"))) {
            figures.entry(imported.kind).or_default().add(&imported, &wanted);
        }
    }
    let mut table = "| 格式 | 文档 | 整份都对 | 指标 | 对的 | 多出的 | 金额 | 对的 | 字 | 留作注释 | 其中不该留的 | 表上的词 | 印不回的 |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n".to_owned();
    for (kind, one) in &figures {
        let ImportFigures { documents, whole, indicators, right, invented, .. } = one;
        let ImportFigures { amounts, right_amounts, signs, left_over, lost, words, missing, .. } = one;
        let name = kind.shown().in_language(Language::Chinese).into_owned();
        let _ = writeln!(
            table,
            "| {name} | {documents} | {whole} | {indicators} | {right} | {invented} | {amounts} | {right_amounts} | {signs} | {left_over} | {lost} | {words} | {missing} |"
        );
    }
    let path = crate::support::root().join("docs/formats.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once("<!-- imports -->\n").expect("a mark");
    let (_, after) = rest.split_once("<!-- end of imports -->").expect("a mark");
    let wanted = format!("{before}<!-- imports -->\n{table}<!-- end of imports -->{after}");
    if std::env::var_os("JIXIAO_BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the page"), wanted, "JIXIAO_BLESS=1 renews it");
}

/// A table whose projects cannot be told apart gives none, and says why; what stands beside it comes in.
#[test]
fn projects_beside_each_other_that_cannot_be_told_apart_are_left_over_whole() {
    let beside = "甲片{2}|乙片{2}\n三级指标|目标值|三级指标|目标值\n修路里程|≥30公里|修桥|≥2座";
    let form = "项目名称|修路{3}\n一级指标|二级指标|三级指标|指标值\n产出指标|数量指标|修路里程|≥9公里";
    let [form, beside] = [form, beside].map(|rows| html(&merged(rows)));
    let read = |name, bytes: &[u8]| import(name, bytes, &Importing::default());
    let both = read("两张.html", &[&form[..], &beside].concat()).expect("an office");
    assert_eq!(heads(&both), ["项目 修路", "指标 数量 修路里程 ≥ 9 公里"]);
    let left: Vec<String> = both.left_over().into_iter().map(|left| left.text).collect();
    assert_eq!(left.len(), 10, "{left:?}");
    let told = both.findings();
    let told = told[0].text.in_language(Language::Chinese);
    assert!(!both.is_whole() && told.contains("并排"), "{told}");
    let refused = read("一张.html", &beside).expect_err("no targets");
    assert!(refused.message.in_language(Language::Chinese).contains("并排"));
}
