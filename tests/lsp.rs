//! The language server, driven over pipes as an editor drives it.

mod support;

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use support::editor::{Editor, uri};
use support::{examples, root};

/// The findings that the command line writes of a path, by file; those without a place under "".
fn of_command_line(path: &Path) -> Vec<Value> {
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["--lang", "zh", "check", "--format", "json"])
        .arg(path)
        .output()
        .expect("the command line");
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    document["findings"].as_array().expect("findings").clone()
}

/// What the server told of all files, in the order of the command line.
fn of_server(editor: &Editor) -> Vec<Value> {
    let mut all: Vec<(String, Vec<Value>)> = editor
        .findings
        .values()
        .filter(|found| !found.is_empty())
        .map(|found| {
            let data: Vec<Value> = found.iter().map(|one| one["data"].clone()).collect();
            (data[0]["labels"][0]["path"].as_str().unwrap_or("").to_owned(), data)
        })
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all.into_iter().flat_map(|(_, data)| data).collect()
}

fn text(values: &[Value]) -> String {
    values.iter().map(|value| format!("{value:#}\n")).collect()
}

#[test]
fn command_line_and_server_say_the_same_of_every_example_byte_for_byte() {
    for example in examples() {
        let folder = root().join("examples").join(&example.name);
        let mut editor = Editor::start(&folder, &["utf-8"]);
        editor.settle();
        let expected = of_command_line(&folder);
        assert_eq!(text(&of_server(&editor)), text(&expected), "{}", example.name);
        // An open document that says what is stored changes nothing.
        for file in &example.files {
            editor.open(&folder.join(&file.path), &file.text);
        }
        editor.settle();
        assert_eq!(text(&of_server(&editor)), text(&expected), "{} open", example.name);
        assert_eq!(editor.stop(), 0);
    }
}

#[test]
fn a_document_outside_of_all_folders_is_checked_as_the_file_alone() {
    for name in ["一个县/示例县教育局/02-学生营养餐补助.jx", "yutian-2025/06-政府业务费.jx"] {
        let file = root().join("examples").join(name);
        let mut editor = Editor::start_with(&[], &["utf-16"], &json!({}));
        editor.open(&file, &std::fs::read_to_string(&file).expect("text"));
        editor.settle();
        assert_eq!(text(&of_server(&editor)), text(&of_command_line(&file)), "{name}");
        editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(&file) } }));
        editor.settle();
        assert!(of_server(&editor).is_empty());
    }
}

#[test]
fn the_server_starts_and_ends_as_the_protocol_says() {
    let mut editor = Editor::start_bare();
    let early = editor.ask_any("textDocument/formatting", json!({}));
    assert_eq!(early["error"]["code"], -32002);
    let answer = editor.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["serverInfo"]["name"], "jixiao");
    editor.tell("initialized", json!({}));
    editor.ask("shutdown", Value::Null);
    assert_eq!(editor.ask_any("textDocument/formatting", json!({}))["error"]["code"], -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.hang_up(), 0);
    assert_eq!(Editor::start_bare().hang_up(), 1, "a client that goes away without a word");
}
