//! What people see: each case file with its findings, drawn as in a terminal. Read a changed snapshot before it is kept.

use jixiao::diagnostic::Language;
use jixiao::diagnostic::render::{Style, graphical};
use jixiao::workspace::{Input, analyse};

fn told(text: &str, language: Language) -> String {
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    let style = Style { language, colour: false, width: 100 };
    // The cases are about errors; what a reviewer would say besides has its own cases.
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let reports: Vec<String> = errors.map(|diagnostic| graphical(diagnostic, &analysis.sources, style)).collect();
    reports.join("\n")
}

#[test]
fn findings_read_well_in_both_languages() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("cases/errors/*.jx", |path| {
            let text = std::fs::read_to_string(path).expect("a case");
            let chinese = told(&text, Language::Chinese);
            let english = told(&text, Language::English);
            insta::assert_snapshot!(format!("{text}\n════ 中文\n{chinese}\n════ English\n{english}"));
        });
    });
}
