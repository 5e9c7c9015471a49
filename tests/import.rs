//! Documents of other places, each in its own form: what comes in, what is left over, what is guessed.
//!
//! The snapshots hold the produced files and the account. Read a changed snapshot before it is kept.

mod support;

use jixiao::diagnostic::Language;
use jixiao::import::{Imported, Options, import};
use jixiao::workspace::{Analysis, Input, analyse};

fn read(name: &str) -> Imported {
    let path = support::root().join("tests/cases/import").join(name);
    imported(name, &std::fs::read(path).expect("a case"))
}

fn imported(name: &str, bytes: &[u8]) -> Imported {
    let problem = |problem: Box<jixiao::diagnostic::Diagnostic>| problem.message.chinese.clone();
    import(name, bytes, &Options::default()).map_err(problem).expect("a document with targets")
}

fn check(imported: &Imported) -> Analysis {
    let input = |(path, text): &(String, String)| Input { path: path.clone(), text: text.as_str().into() };
    analyse(imported.files.iter().map(input).collect(), None)
}

/// All that a person is told of an import, with the files.
fn told(imported: &Imported) -> String {
    let mut told = String::new();
    for (path, text) in &imported.files {
        told += &format!("════ {path}\n{text}");
    }
    told += &format!("════ {}\n", imported.standard);
    for left in imported.left_over() {
        told += &format!("剩余 {} {}\n", left.place.shown().chinese, left.text);
    }
    for guess in imported.guesses() {
        let place = guess.place.as_ref().map(|place| place.shown().chinese).unwrap_or_default();
        told += &format!("推断 {place} {}\n", guess.text.chinese);
    }
    let analysis = check(imported);
    for error in analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        told += &format!("错误 {} {}\n", error.code.id(), error.message.in_language(Language::Chinese));
    }
    told
}

#[test]
fn documents_of_other_places_come_in() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("cases/import/*", |path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            insta::assert_snapshot!(told(&read(&name)));
        });
    });
}
