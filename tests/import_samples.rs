//! Small documents that each show one kind of what other places publish, with the right value beside each. The documents
//! lie beside the project; where they do not, this is said, and the cases of our own stand for them.

use crate::import_forms::{in_every_format, merged};
use jixiao::diagnostic::Language;
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

/// What is wrong with an import, in words.
fn wrong(imported: &Imported, wanted: &[(char, String)]) -> Vec<String> {
    let of = |kind: char| wanted.iter().filter(move |(one, _)| *one == kind).map(|(_, text)| text.as_str());
    let lines: Vec<&str> = imported.files.iter().flat_map(|(_, text)| text.lines()).collect();
    let plain: Vec<&str> = lines.iter().map(|line| line.trim().trim_end_matches(" {")).collect();
    let is_head = |line: &&&str| line.starts_with("项目 ") || line.starts_with("  指标 ");
    let heads: Vec<&str> = lines.iter().filter(is_head).map(|line| line.trim().trim_end_matches(" {")).collect();
    let mut wrong = Vec::new();
    let mut sorted = [heads, of('=').collect()];
    for heads in &mut sorted {
        heads.sort_unstable();
    }
    if sorted[0] != sorted[1] {
        wrong.push(format!("has {:?}, not {:?}", sorted[0], sorted[1]));
    }
    wrong.extend(of('+').filter(|line| !plain.contains(line)).map(|line| format!("no line {line}")));
    let is_there = |text: &&str| plain.iter().any(|line| !line.starts_with('#') && line.contains(*text));
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
            file.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.is_empty() || rest.starts_with('.'))
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
