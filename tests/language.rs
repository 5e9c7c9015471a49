//! The reference: its tables list every word of the language, and its examples run.

use crate::support::root;
use jixiao::diagnostic::Language;
use jixiao::syntax::vocabulary::{Block, fields_of};
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

#[test]
fn every_field_stands_in_the_table_of_its_block() {
    let reference = reference();
    for block in Block::ALL {
        let fields = fields_of(block);
        if fields.is_empty() {
            continue;
        }
        let mark = format!("<!-- fields: {block:?} -->");
        let (_, rest) = reference.split_once(&mark).unwrap_or_else(|| panic!("no table for {block:?}"));
        let rows: Vec<&str> = rest.lines().skip(3).take_while(|line| line.starts_with('|')).collect();
        assert_eq!(rows.len(), fields.len(), "{block:?}");
        for (row, field) in rows.iter().zip(fields) {
            let start = format!("| `{}` | `{}` |", field.name, field.english);
            assert!(row.starts_with(&start), "{row} should start with {start}");
            assert!(row.ends_with(&format!("| {} | {} |", field.chinese_meaning, field.english_meaning)), "{row}");
        }
    }
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
