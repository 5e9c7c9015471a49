//! Every code has its page, and the page's examples do what it says.

use crate::support::root;
use jixiao::diagnostic::{Code, Language, Severity};
use jixiao::workspace::{Input, analyse};

/// The fenced examples of a page with a given mark, such as `jx,fails`.
fn examples(page: &str, mark: &str) -> Vec<String> {
    page.split("```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .filter(|(info, _)| info.trim() == mark)
        .map(|(_, body)| body.to_owned())
        .collect()
}

/// An example is one file, or several, each below a line `# 文件 甲/部门.jx`.
fn found(text: &str, settings: Option<&str>) -> Vec<(Code, Severity)> {
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    let settings = settings.map(|text| input("jixiao.toml", text));
    let parts: Vec<Input> =
        text.split("# 文件 ").filter_map(|part| part.split_once('\n')).map(|(path, text)| input(path, text)).collect();
    let files = if text.starts_with("# 文件 ") { parts } else { vec![input("例.jx", text)] };
    let analysis = analyse(files, settings);
    analysis.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect()
}

fn is_shown_as_text(code: Code) -> bool {
    code.id() < "JX600" && !matches!(code, Code::JX511 | Code::JX512)
}

#[test]
fn pages_and_codes_match_one_to_one() {
    let mut pages: Vec<String> = std::fs::read_dir(root().join("docs/explain"))
        .expect("pages")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().trim_end_matches(".md").to_owned())
        .collect();
    pages.sort();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert_eq!(pages, codes);
}

#[test]
fn every_page_has_its_title_and_both_languages() {
    for code in Code::ALL {
        let page = code.explanation();
        let title = code.title();
        let wanted = format!(
            "# {}: {} · {}",
            code.id(),
            title.in_language(Language::Chinese),
            title.in_language(Language::English)
        );
        assert_eq!(page.lines().next(), Some(wanted.as_str()));
        for part in ["## 中文", "**含义**", "**为什么**", "## English", "**Meaning**", "**Why**"] {
            assert!(page.contains(part), "{} lacks {part}", code.id());
        }
    }
}

#[test]
fn the_failing_example_gives_exactly_its_code_and_the_mended_one_does_not() {
    for code in Code::ALL.iter().copied().filter(|code| is_shown_as_text(*code)) {
        let page = code.explanation();
        let (failing, mended) = (examples(page, "jx,fails"), examples(page, "jx"));
        assert!(!failing.is_empty() && !mended.is_empty(), "{} lacks examples", code.id());
        for text in &failing {
            let found = found(text, None);
            assert!(found.iter().any(|(one, _)| *one == code), "{} does not fire: {found:?}", code.id());
            let others: Vec<_> =
                found.iter().filter(|(one, severity)| *one != code && *severity == Severity::Error).collect();
            assert!(others.is_empty(), "{}: other errors {others:?}", code.id());
        }
        for text in &mended {
            let found = found(text, None);
            let wrong: Vec<_> =
                found.iter().filter(|(one, severity)| *one == code || *severity == Severity::Error).collect();
            assert!(wrong.is_empty(), "{}: the mended example gives {wrong:?}", code.id());
        }
    }
}

#[test]
fn settings_pages_show_settings() {
    for code in [Code::JX511, Code::JX512] {
        let page = code.explanation();
        let (failing, mended) = (examples(page, "toml,fails"), examples(page, "toml"));
        assert!(!failing.is_empty() && !mended.is_empty(), "{} lacks examples", code.id());
        for text in &failing {
            assert_eq!(found("", Some(text)).iter().map(|(one, _)| *one).collect::<Vec<_>>(), [code], "{}", code.id());
        }
        for text in &mended {
            assert!(found("", Some(text)).is_empty(), "{}", code.id());
        }
    }
}

/// The codes of an import of a text.
fn imported(text: &str) -> Vec<Code> {
    match jixiao::import::import("例.txt", text.as_bytes(), &jixiao::import::Importing::default()) {
        Ok(imported) => imported.findings().iter().map(|finding| finding.code).collect(),
        Err(diagnostic) => vec![diagnostic.code],
    }
}

#[test]
fn pages_on_imports_show_documents() {
    let mut shown = 0;
    for code in Code::ALL.iter().copied().filter(|code| code.id().starts_with("JX6")) {
        let page = code.explanation();
        for text in examples(page, "text,fails") {
            shown += 1;
            assert!(imported(&text).contains(&code), "{} is not told", code.id());
        }
        for text in examples(page, "text") {
            assert!(!imported(&text).contains(&code), "{} is told of the mended example", code.id());
        }
    }
    assert!(shown >= 4);
}
