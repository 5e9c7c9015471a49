//! The reference: its tables list every word of the language, and its examples run.

use crate::support::root;
use jixiao::diagnostic::Language;
use jixiao::language::{Block, FIELDS, Field, FieldRow, fields_of};
use jixiao::workspace::{Input, analyse};

fn reference() -> String {
    std::fs::read_to_string(root().join("docs/language.md")).expect("the reference")
}

fn errors(text: &str, settings: Option<&str>) -> Vec<String> {
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    let analysis = analyse(vec![input("例.jx", text)], settings.map(|text| input("jixiao.toml", text)));
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors
        .map(|diagnostic| format!("{} {}", diagnostic.code.id(), diagnostic.message.in_language(Language::Chinese)))
        .collect()
}

/// The row of a field in the table of its block. `takes` is the cell that says what it takes.
fn row(field: Field, takes: &str) -> String {
    let FieldRow { name, english, chinese_meaning, english_meaning, .. } = &*field;
    format!("| `{name}` | `{english}` | {takes} | {chinese_meaning} | {english_meaning} |")
}

/// `JIXIAO_BLESS=1` writes the rows that are missing or have changed.
#[test]
fn every_field_stands_in_the_table_of_its_block() {
    let reference = reference();
    let cells = |line: &str| line.split(" | ").map(str::to_owned).collect::<Vec<_>>();
    let is_row = |line: &&str| line.starts_with("| `");
    let mut wanted = reference.clone();
    for block in Block::ALL.into_iter().filter(|block| !fields_of(*block).is_empty()) {
        let mark = format!("<!-- fields: {block:?} -->");
        let (_, rest) = reference.split_once(&mark).unwrap_or_else(|| panic!("no table for {block:?}"));
        let rows: Vec<&str> = rest.lines().skip(3).take_while(|line| line.starts_with('|')).collect();
        let takes = |field: Field| {
            let of = |name: &str| {
                let start = format!("| `{name}` |");
                reference
                    .lines()
                    .filter(is_row)
                    .find(|line| line.starts_with(&start))
                    .map(|line| cells(line)[2].clone())
            };
            let own = rows.iter().find(|line| line.starts_with(&format!("| `{}` |", field.name)));
            // A new field takes what another of its kind takes.
            let alike =
                |other: &&Field| (other.takes, other.inner, other.repeats) == (field.takes, field.inner, field.repeats);
            let like = || FIELDS.iter().filter(alike).find_map(|other| of(other.name));
            own.map(|line| cells(line)[2].clone())
                .or_else(like)
                .unwrap_or_else(|| panic!("what does {} take?", field.name))
        };
        let right: Vec<String> = fields_of(block).iter().map(|field| row(*field, &takes(*field))).collect();
        wanted = wanted.replacen(&rows.join("\n"), &right.join("\n"), 1);
    }
    if std::env::var_os("JIXIAO_BLESS").is_some() && wanted != reference {
        std::fs::write(root().join("docs/language.md"), &wanted).expect("the reference");
    }
    assert_eq!(wanted, reference, "the tables of docs/language.md: JIXIAO_BLESS=1 writes them");
}

#[test]
fn every_example_runs() {
    let reference = reference();
    let mut seen = 0;
    for block in reference.split("```").skip(1).step_by(2) {
        let (mark, body) = block.split_once('\n').expect("a fence");
        let found = match mark {
            "jx" => errors(body, None),
            "jx,part" => {
                let body = body.lines().collect::<Vec<_>>().join("\n  ");
                let found = errors(&format!("项目 例 {{\n  {body}\n}}\n"), None);
                found.into_iter().filter(|error| error.as_str() >= "JX200").collect()
            }
            "toml" => errors("", Some(body)),
            _ => continue,
        };
        assert!(found.is_empty(), "{body}\n{found:?}");
        seen += 1;
    }
    assert!(seen >= 6, "only {seen} examples");
}
