//! What an answer of the language server costs: `cargo bench --bench ratios -- answers [ROUNDS]`.
//!
//! The processor time of the whole server over pipes, with 1,000 projects in one file and in a file each. Before every
//! question something is typed, so that no answer is one that was kept. The goals are those of a person who types.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jixiao::workspace::Input;
use serde_json::{Value, json};

use super::editing::editor::{Editor, uri};
use super::editing::{apart, one_change, position, together};

/// A question: its name, its method, the texts around the place that it asks of, and whether it is one of the goals.
type Question = (&'static str, &'static str, [&'static str; 2], bool);

const COMPLETION: &str = "textDocument/completion";
const HOVER: &str = "textDocument/hover";
const REFERENCES: &str = "textDocument/references";
const RENAME: &str = "textDocument/rename";
const QUESTIONS: [Question; 24] = [
    ("completion of a declaration", COMPLETION, ["项", "目 13022925T000000000003 示例项目3 {"], true),
    ("completion of a field", COMPLETION, ["\n  目", "标 \"全年完成第3号项目"], true),
    ("completion of a project", COMPLETION, ["    指标 示例", "项目3.服务完成数量0"], true),
    ("completion of an indicator", COMPLETION, ["    指标 示例项目3.", "服务完成数量0"], true),
    ("hover of a project", HOVER, ["项目 13022925T000000000003 示例", "项目3 {"], true),
    ("hover of an indicator", HOVER, ["第3号项目的服务任务，服务对象满意。\"\n\n  指标 数量 服务", "完成数量0 "], true),
    ("hover of a reference", HOVER, ["    指标 示例项目3.服务", "完成数量0"], true),
    ("symbols of a file", "textDocument/documentSymbol", ["项目 13022925T0000000000", "03 示例项目3 {"], true),
    ("symbols of the workspace", "workspace/symbol", ["", ""], true),
    ("references of a project", REFERENCES, ["项目 13022925T000000000003 示例", "项目3 {"], true),
    ("references of an indicator", REFERENCES, ["    指标 示例项目3.服务", "完成数量0"], true),
    ("references of a department", REFERENCES, ["部门 0 示例", "部门0 {"], true),
    ("references of a unit of account", REFERENCES, ["  单位 0", "001 示例部门0本级"], false),
    ("references of a category", REFERENCES, ["第3号项目的服务任务，服务对象满意。\"\n\n  指标 数", "量 服务"], false),
    ("rename of a project", RENAME, ["项目 13022925T000000000003 示例", "项目3 {"], true),
    ("rename of an indicator", RENAME, ["    指标 示例项目3.服务", "完成数量0"], true),
    ("rename of a department", RENAME, ["部门 0 示例", "部门0 {"], true),
    ("rename of a unit of account", RENAME, ["  单位 0", "001 示例部门0本级"], false),
    ("highlights of a project", "textDocument/documentHighlight", ["13022925T000000000003 示例", "项目3 {"], false),
    ("colours of a screen", "textDocument/semanticTokens/range", ["13022925T000000000003 示例", "项目3 {"], false),
    ("hints of a screen", "textDocument/inlayHint", ["13022925T000000000003 示例", "项目3 {"], false),
    ("actions of a place", "textDocument/codeAction", ["13022925T000000000003 示例", "项目3 {"], false),
    ("lenses of a file", "textDocument/codeLens", ["13022925T000000000003 示例", "项目3 {"], false),
    ("folds of a file", "textDocument/foldingRange", ["13022925T000000000003 示例", "项目3 {"], false),
];

/// `files` are those of departments with their projects.
pub fn report(departments: &[Input], rounds: usize) {
    for (name, files, goal) in
        [("one file", together(departments), 20.0), ("a file a project", apart(departments), 10.0)]
    {
        println!("{name}: processor time, median of {rounds} (fastest to slowest)");
        ask(&files, rounds, goal);
    }
}

fn ask(files: &[Input], rounds: usize, goal: f64) {
    let folder = tempfile::tempdir().expect("a folder");
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.path().join(&file.path)).collect();
    for (path, file) in paths.iter().zip(files) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &*file.text).expect("written");
    }
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    editor.settle();
    told("first findings", &mut [editor.processor_time()], None);
    // Typing is in a project of its own, so that the places of the questions stay.
    let typed_in = index_of(files, "\n  目标 \"全年完成第7号项目");
    let mut texts: Vec<Arc<str>> = files.iter().map(|file| file.text.clone()).collect();
    editor.open(&paths[typed_in], &texts[typed_in]);
    editor.settle();
    let mut version = 1;
    let mut edits = Vec::new();
    for (name, method, around, is_goal) in QUESTIONS {
        let index = if around[0].is_empty() { 0 } else { index_of(files, &around.concat()) };
        let mut times = Vec::with_capacity(rounds);
        for _ in 0..rounds {
            version += 1;
            edits.push(edit(&mut editor, &paths[typed_in], &mut texts[typed_in], version));
            let params = params(method, &uri(&paths[index]), &texts[index], around);
            let before = editor.processor_time();
            let answer = editor.ask(method, params);
            times.push(editor.processor_time().saturating_sub(before));
            assert!(!is_goal || !answer.is_null() && answer != json!([]), "{name}: {answer}");
        }
        told(name, &mut times, is_goal.then_some(goal));
    }
    told("an edit to its findings", &mut edits, Some(15.0));
    assert_eq!(editor.stop(), 0);
}

/// Types one digit and waits for what is told of it.
fn edit(editor: &mut Editor, path: &std::path::Path, text: &mut Arc<str>, version: usize) -> Duration {
    let place = text.find("\n  目标 \"全年完成第7号项目").expect("the project");
    let number = place + text[place..].find("≥ ").expect("a target") + "≥ ".len();
    let digit = if text[number..].starts_with('7') { "8" } else { "7" };
    let new: Arc<str> = [&text[..number], digit, &text[number + 1..]].concat().into();
    let change = one_change(text, &new);
    *text = new;
    let before = editor.processor_time();
    editor.change(path, version, json!([change]));
    editor.wait_for("textDocument/publishDiagnostics");
    editor.settle();
    editor.processor_time().saturating_sub(before)
}

fn index_of(files: &[Input], place: &str) -> usize {
    files.iter().position(|file| file.text.contains(place)).unwrap_or_else(|| panic!("{place} is nowhere"))
}

fn params(method: &str, uri: &str, text: &str, around: [&str; 2]) -> Value {
    let offset = text.find(&around.concat()).expect("the place") + around[0].len();
    let place = position(text, offset);
    let screen = || json!({ "start": place, "end": { "line": place["line"].as_u64().unwrap_or_default() + 60, "character": 0 } });
    let mut params = json!({ "textDocument": { "uri": uri } });
    match method {
        "workspace/symbol" => return json!({ "query": "fwwc" }),
        COMPLETION | HOVER | "textDocument/documentHighlight" => params["position"] = place,
        REFERENCES => {
            params["position"] = place;
            params["context"] = json!({ "includeDeclaration": true });
        }
        RENAME => {
            params["position"] = place;
            params["newName"] = json!(if around[0].contains("单位") { "0009" } else { "换了一个名称" });
        }
        "textDocument/semanticTokens/range" | "textDocument/inlayHint" => params["range"] = screen(),
        "textDocument/codeAction" => {
            params["range"] = json!({ "start": place, "end": place });
            params["context"] = json!({ "diagnostics": [] });
        }
        _ => {}
    }
    params
}

fn told(name: &str, times: &mut [Duration], goal: Option<f64>) {
    times.sort();
    let milliseconds = |index: usize| times[index].as_secs_f64() * 1e3;
    let (median, last) = (milliseconds(times.len() / 2), times.len() - 1);
    let met = goal.map(|goal| format!("goal ≤ {goal:2.0}  {}", if median <= goal { "met" } else { "missed" }));
    println!(
        "  {name:34} {median:7.2} ms  ({:7.2} to {:7.2})  {}",
        milliseconds(0),
        milliseconds(last),
        met.unwrap_or_default()
    );
}
