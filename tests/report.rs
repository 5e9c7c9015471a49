//! The outputs, seen by the programs that will read them: the report in a real browser, the JSON by an independent
//! validator. Both need Node with the packages of `tests/browser`; the browser needs Chromium and poppler. Where they are
//! missing the tests say so and pass, except on CI.

mod support;

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use jixiao::backend::{ALL, Options, schema};
use jixiao::workspace::{Analysis, Input, analyse};
use support::{examples, root};

fn artifact(name: &str, analysis: &Analysis) -> Vec<u8> {
    let backend = ALL.iter().find(|backend| backend.name() == name).expect("a backend");
    backend.render(&analysis.model, &Options::default()).remove(0).bytes
}

fn works(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok()
}

/// Whether a tool is here; on CI it must be.
fn has(what: &str, is_here: bool) -> bool {
    assert!(is_here || std::env::var_os("CI").is_none(), "{what} is missing: tests/run installs it");
    if !is_here {
        eprintln!("skipped: {what} is missing; tests/run installs it");
    }
    is_here
}

fn has_packages() -> bool {
    has(
        "node with the packages of tests/browser",
        works("node", "--version") && root().join("tests/browser/node_modules").exists(),
    )
}

fn chromium() -> PathBuf {
    std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from)
}

fn try_in_browser(name: &str, analysis: &Analysis, word: &str) {
    if !has_packages()
        || !has("Chromium", chromium().exists())
        || !has("pdftotext of poppler", works("pdftotext", "-v"))
    {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let report = folder.join("report.html");
    std::fs::write(&report, artifact("html", analysis)).expect("written");
    let output = Command::new("node")
        .arg(root().join("tests/browser/report.mjs"))
        .arg(&report)
        .arg(analysis.model.projects.len().to_string())
        .arg(word)
        .arg(&folder)
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}:\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_example_can_be_read_searched_and_printed_in_a_browser() {
    for example in examples() {
        try_in_browser(&example.name, &example.analyse(), "满意");
    }
}

/// Sixty indicators of one category, long names, several paragraphs, signs that HTML would take for its own.
#[test]
fn a_category_that_crosses_pages_is_named_on_each() {
    let mut text = "部门 1 \"<b>甲</b>\" {\n  年度 2025\n}\n项目 长表 {\n  预算 0.30 元 {\n    财政拨款 0.10 元\n    上年结转资金 0.20 元\n  }\n  用途 \"第一段\\n<script>alert(1)</script>\"\n  目标 \"办好 & 办实\"\n".to_owned();
    for number in 0..60 {
        let name = format!("第{number}项服务名称比较长需要换行的三级指标");
        let _ =
            write!(text, "  指标 数量 {name} ≥ {number} 次 {{\n    描述 \"\\\"引号\\\"和<尖括号>{number}\"\n  }}\n");
    }
    text += "  指标 社会效益 效果 定性 优 { 优 良 中 差 }\n  指标 满意度 满意 ≥ 90%\n}\n";
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let html = String::from_utf8(artifact("html", &analysis)).expect("text");
    assert!(!html.contains("<script>alert") && !html.contains("<b>甲"), "text is escaped");
    try_in_browser("long", &analysis, "满意");
}

#[test]
fn the_json_of_every_example_fits_the_schema() {
    if !has_packages() {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("json");
    std::fs::create_dir_all(&folder).expect("a folder");
    let schema_file = folder.join("schema.json");
    std::fs::write(&schema_file, schema()).expect("written");
    let mut command = Command::new("node");
    command.arg(root().join("tests/browser/schema.mjs")).arg(&schema_file);
    for example in examples() {
        let file = folder.join(format!("{}.json", example.name));
        std::fs::write(&file, artifact("json", &example.analyse())).expect("written");
        command.arg(file);
    }
    let output = command.output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn outputs_are_the_same_bytes_from_run_to_run_and_for_any_order_of_files() {
    for example in examples() {
        let mut reversed = example.files.clone();
        reversed.reverse();
        let (first, second) = (example.analyse(), analyse(reversed, example.settings.clone()));
        for backend in ALL {
            assert_eq!(artifact(backend.name(), &first), artifact(backend.name(), &second), "{}", example.name);
        }
    }
}

/// The figures of the county document, computed by hand from the published tables.
#[test]
fn the_county_example_has_the_published_figures() {
    let example = support::Example::read(&root().join("examples/yutian-2025"));
    let analysis = example.analyse();
    assert!(analysis.diagnostics.iter().all(|one| !one.is_error()), "{:?}", analysis.diagnostics);
    let json: serde_json::Value = serde_json::from_slice(&artifact("json", &analysis)).expect("JSON");
    let department = &json["departments"][0];
    assert_eq!(department["derived"]["budget"], "1752541.09");
    assert_eq!(department["derived"]["projects"], 7);
    assert_eq!(department["derived"]["indicators"], 56);
    assert_eq!(department["sub_goals"].as_array().map(Vec::len), Some(5));
    assert_eq!(department["safeguards"].as_array().map(Vec::len), Some(7));
    let named: Vec<&str> = department["sub_goals"]
        .as_array()
        .expect("goals")
        .iter()
        .map(|goal| goal["indicators"][0]["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(named, ["p6-i1", "p6-i2", "p4-i3", "p3-i6", "p7-i3"]);
    let budgets: Vec<&str> = department["projects"]
        .as_array()
        .expect("projects")
        .iter()
        .map(|project| project["budget"]["total"]["value"].as_str().expect("a value"))
        .collect();
    assert_eq!(budgets, ["516541.09", "87000.00", "199000.00", "100000.00", "20000.00", "200000.00", "630000.00"]);
}

/// Every cell of the published indicator tables comes out as it was printed.
#[test]
fn the_county_report_prints_the_published_cells() {
    let published = root().join("../shared/input/yutian-2025-targets.txt");
    let Ok(published) = std::fs::read_to_string(&published) else {
        eprintln!("skipped: the published document is not here");
        return;
    };
    let example = support::Example::read(&root().join("examples/yutian-2025"));
    let json: serde_json::Value = serde_json::from_slice(&artifact("json", &example.analyse())).expect("JSON");
    let cells: Vec<&str> = published.lines().map(str::trim).collect();
    let mut seen = 0;
    for project in json["departments"][0]["projects"].as_array().expect("projects") {
        for indicator in project["indicators"].as_array().expect("indicators") {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let row = [
                text(&indicator["subcategory"]),
                text(&indicator["name"]),
                text(&indicator["description"]),
                text(&indicator["printed"]["cell"]),
                text(&indicator["basis"]["text"]),
            ];
            let is_there =
                cells.windows(row.len()).any(|window| window.iter().zip(&row).all(|(cell, wanted)| cell == wanted));
            assert!(is_there, "{row:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 56);
}

#[test]
fn the_page_asks_for_nothing_outside_itself() {
    for example in examples() {
        let html = String::from_utf8(artifact("html", &example.analyse())).expect("text");
        for word in ["http:", "https:", "//cdn", "url(", "@import", "<link", "<img", "javascript:", " src="] {
            assert!(!html.contains(word), "{} holds {word}", example.name);
        }
    }
}
