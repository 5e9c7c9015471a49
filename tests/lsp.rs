//! The language server, driven over pipes as an editor drives it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::editor::{Editor, uri};
use crate::support::{Generator, examples, root, typing};
use serde_json::{Value, json};

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
    // Settings come first, then files by path.
    all.sort_by_key(|(path, _)| (!path.ends_with(".toml"), path.clone()));
    all.into_iter().flat_map(|(_, data)| data).collect()
}

fn text(values: &[Value]) -> String {
    values.iter().fold(String::new(), |all, value| all + &format!("{value:#}\n"))
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

/// A folder of its own with the files of an example.
fn copy(name: &str) -> (tempfile::TempDir, Vec<(PathBuf, String)>) {
    let folder = tempfile::tempdir().expect("a folder");
    let example = examples().into_iter().find(|example| example.name == name).expect("an example");
    let mut files = Vec::new();
    for file in example.files.iter().chain(&example.settings) {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, &*file.text).expect("written");
        files.push((path, file.text.to_string()));
    }
    files.retain(|(path, _)| path.extension().is_some_and(|extension| extension == "jx"));
    (folder, files)
}

/// The position of a byte, in the units of the encoding.
fn position(text: &str, offset: usize, encoding: &str) -> Value {
    let mut starts = vec![0];
    let bytes = text.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        if *byte == b'\n' || *byte == b'\r' && bytes.get(index + 1) != Some(&b'\n') {
            starts.push(index + 1);
        }
    }
    let line = starts.partition_point(|start| *start <= offset) - 1;
    let before = &text[starts[line]..offset];
    let character = if encoding == "utf-8" { before.len() } else { before.encode_utf16().count() };
    json!({ "line": line, "character": character })
}

fn change(text: &str, bytes: &Range<usize>, new: &str, encoding: &str) -> Value {
    let at = |offset| position(text, offset, encoding);
    json!({ "range": { "start": at(bytes.start), "end": at(bytes.end) }, "text": new })
}

fn replaced(text: &str, bytes: &Range<usize>, new: &str) -> String {
    [&text[..bytes.start], new, &text[bytes.end..]].concat()
}

#[test]
fn edits_with_chinese_and_emoji_arrive_in_both_encodings() {
    for encoding in ["utf-8", "utf-16"] {
        let (folder, files) = copy("入门");
        let mut editor = Editor::start(folder.path(), &[encoding]);
        assert_eq!(editor.encoding, encoding);
        let (path, mut text) = files[0].clone();
        editor.open(&path, &text);
        let at = text.find("  指标").expect("an indicator");
        let steps = [("  # 😀人😀\n", at), ("目标 \"😀", at + "  # 😀".len()), ("　“好”", at + "  # 😀目标 \"".len())];
        for (number, (new, at)) in steps.into_iter().enumerate() {
            let step = change(&text, &(at..at), new, encoding);
            text.insert_str(at, new);
            editor.change(&path, number + 2, json!([step]));
        }
        // Two changes in one message: each is told in the positions that the one before left.
        let emoji = text.find("😀").expect("an emoji");
        let first = change(&text, &(emoji..emoji + "😀".len()), "", encoding);
        text.replace_range(emoji..emoji + "😀".len(), "");
        let end = text.len();
        let second = change(&text, &(end..end), "项目 😀 {\n", encoding);
        text += "项目 😀 {\n";
        editor.change(&path, 9, json!([first, second]));
        editor.settle();
        std::fs::write(&path, &text).expect("written");
        assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()), "{encoding}");
        // The range of each finding is where its bytes are.
        for one in &editor.findings[&uri(&path)] {
            let start = one["data"]["labels"][0]["start_byte"].as_u64().expect("a byte") as usize;
            assert_eq!(one["range"]["start"], position(&text, start, encoding));
        }
        assert_eq!(editor.stop(), 0);
    }
}

fn told_by_server(editor: &Editor) -> String {
    text(&of_server(editor))
}

fn told_by_command_line(folder: &Path) -> String {
    text(&of_command_line(folder))
}

#[test]
fn a_half_typed_line_does_not_blank_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("项目.jx");
    let written = "项目 甲 {\n  预算 2 万元\n  目标 \"好。\"\n  指标 数量 次数 ≥ 3 此\n}\n\n项目 乙 {\n  预算 1 万元\n  目标 \"好。\"\n}\n";
    let mut editor = Editor::start(folder.path(), &["utf-8"]);
    editor.open(&path, written);
    editor.settle();
    assert!(editor.codes(&path).contains(&"JX304".to_owned()), "{:?}", editor.codes(&path));
    let before = editor.codes(&path);
    let at = written.find("  目标 \"好。\"\n}").expect("a line");
    editor.change(&path, 2, json!([change(written, &(at..at), "  指标 数量 \"宣\n", "utf-8")]));
    editor.settle();
    let after = editor.codes(&path);
    assert!(after.iter().any(|code| code.starts_with("JX2")), "{after:?}");
    assert!(before.iter().filter(|code| **code == "JX304").all(|code| after.contains(code)), "{after:?}");
}

#[test]
fn nothing_a_client_sends_ends_the_server() {
    let (folder, files) = copy("入门");
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    let (path, text) = &files[0];
    editor.open(path, text);
    editor.settle();
    let before = told_by_server(&editor);
    editor.send_bytes(b"nonsense\r\n\r\nContent-Length: 7\r\n\r\n{\"id\":1");
    editor.send_bytes(b"Content-Length: 2\r\nContent-Type: x\r\n\r\n[]Content-Length: 4\r\n\r\n\xff\xfe\x00\x01");
    editor.wait_for("window/logMessage");
    let document = json!({ "uri": uri(path) });
    let far = json!({ "line": u32::MAX, "character": u32::MAX });
    let strange = [
        ("textDocument/formatting", json!({ "textDocument": { "uri": "file:///gone.jx" }, "options": {} })),
        ("textDocument/formatting", json!(7)),
        ("textDocument/rangeFormatting", json!({ "textDocument": document })),
        ("no/such", Value::Null),
    ];
    for (method, params) in strange {
        assert!(editor.ask_any(method, params)["error"]["code"].is_i64(), "{method}");
    }
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    for sign in ["\n", "}", "x", ""] {
        let params = json!({ "textDocument": document, "position": far, "ch": sign, "options": options });
        editor.ask("textDocument/onTypeFormatting", params);
    }
    editor.tell("textDocument/didChange", json!({}));
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///gone.jx", "version": 1 }, "contentChanges": [{ "text": "" }] }),
    );
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": "file:///gone.jx" } }));
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": ":", "type": 9 }] }));
    editor.tell("$/cancelRequest", json!({ "id": { "a": 1 } }));
    editor.tell("no/such", json!([1]));
    editor.send(&json!({ "jsonrpc": "2.0", "id": "nobody", "result": null }));
    // Out of range on both sides, and backwards: nothing is replaced, and what comes stands at the end.
    let range = json!({ "start": far, "end": { "line": 0, "character": 0 } });
    editor.change(path, 2, json!([{ "range": range, "text": "" }]));
    editor.settle();
    assert_eq!(told_by_server(&editor), before);
    assert_eq!(editor.stop(), 0);
}

#[test]
fn every_request_is_answered_once_though_it_may_be_cancelled() {
    let (folder, files) = copy("入门");
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    let (path, text) = &files[0];
    editor.open(path, text);
    let params = json!({ "textDocument": { "uri": uri(path) }, "options": { "tabSize": 2, "insertSpaces": true } });
    let ids: Vec<i32> = (0..40).map(|_| editor.request("textDocument/formatting", params.clone())).collect();
    ids.iter().skip(1).for_each(|id| editor.tell("$/cancelRequest", json!({ "id": id })));
    let answers: Vec<Value> = ids.iter().map(|id| editor.answer(*id)).collect();
    assert!(answers[0].get("result").is_some());
    for answer in &answers {
        assert!(answer.get("result").is_some() || answer["error"]["code"] == -32800, "{answer}");
    }
    assert_eq!(editor.stop(), 0);
}

#[test]
fn several_changes_that_wait_are_told_of_once_and_the_last_counts() {
    let (folder, files) = copy("入门");
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    let (path, text) = &files[0];
    editor.open(path, text);
    for version in 2..60 {
        let new = if version == 59 { "项目 {\n".to_owned() } else { format!("# {version}\n") };
        editor.change(path, version, json!([{ "text": new }]));
    }
    loop {
        let told = editor.wait_for("textDocument/publishDiagnostics");
        if told["params"]["version"] == 59 {
            break;
        }
    }
    editor.settle();
    std::fs::write(path, "项目 {\n").expect("written");
    assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()));
}

/// Applies the edits of a formatting answer; they must not overlap.
fn formatted(text: &str, edits: &Value) -> String {
    let line_starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let offset = |place: &Value| {
        let line = place["line"].as_u64().expect("a line") as usize;
        let start = line_starts.get(line).copied().unwrap_or(text.len());
        let units: Vec<u16> =
            text[start..].encode_utf16().take(place["character"].as_u64().expect("a column") as usize).collect();
        start + String::from_utf16(&units).expect("text").len()
    };
    let mut out = text.to_owned();
    let mut all: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().expect("text"))
        })
        .collect();
    all.sort_unstable();
    assert!(all.windows(2).all(|pair| pair[0].1 <= pair[1].0), "edits overlap");
    for (start, end, new) in all.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

#[test]
fn formatting_touches_only_the_lines_that_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("项目.jx");
    let text = "项目 甲 {\n  预算　２ 万元\n  目标 \"好。\"\n\n  指标 数量 次数>=3 次\n}\n\n项目 乙 {\n    预算 1 万元\n  目标 \"好。\"\n}\n";
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    editor.open(&path, text);
    let (document, options) = (json!({ "uri": uri(&path) }), json!({ "tabSize": 2, "insertSpaces": true }));
    let edits = editor.ask("textDocument/formatting", json!({ "textDocument": document, "options": options }));
    let expected = jixiao::format::format(text, &jixiao::format::Formatting::default()).text;
    assert_eq!(formatted(text, &edits), expected);
    let touched: u64 = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            edit["range"]["end"]["line"].as_u64().expect("a line")
                - edit["range"]["start"]["line"].as_u64().expect("a line")
        })
        .sum();
    assert_eq!(touched, 3, "{edits:#}");

    let range = json!({ "start": { "line": 4, "character": 0 }, "end": { "line": 5, "character": 0 } });
    let params = json!({ "textDocument": document, "range": range, "options": options });
    let edits = editor.ask("textDocument/rangeFormatting", params);
    assert_eq!(formatted(text, &edits), text.replace("次数>=3 次", "次数 ≥ 3 次"));

    // After a line end the line before is put right, and the new one stays.
    let typed = text.replace("次数>=3 次\n", "次数>=3 次\n  \n");
    editor.change(&path, 2, json!([{ "text": typed }]));
    let at = |line: u32, character: u32, sign: &str| {
        let position = json!({ "line": line, "character": character });
        json!({ "textDocument": document, "position": position, "ch": sign, "options": options })
    };
    let edits = editor.ask("textDocument/onTypeFormatting", at(5, 2, "\n"));
    assert_eq!(formatted(&typed, &edits), typed.replace("次数>=3 次", "次数 ≥ 3 次"));

    // After a brace, what it closes.
    editor.change(&path, 3, json!([{ "text": text }]));
    let edits = editor.ask("textDocument/onTypeFormatting", at(10, 1, "}"));
    assert_eq!(formatted(text, &edits), text.replace("    预算 1 万元", "  预算 1 万元"));
}

#[test]
fn files_settings_and_folders_that_change_outside_are_read_again() {
    let (folder, files) = copy("一个县");
    let more = json!({ "capabilities": {
        "general": { "positionEncodings": ["utf-8"] },
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
    } });
    let mut editor = Editor::start_with(&[folder.path()], &["utf-8"], &more);
    let registered = editor.wait_for("client/registerCapability");
    assert!(registered["params"].to_string().contains("**/*.jx"));
    editor.send(&json!({ "jsonrpc": "2.0", "id": registered["id"], "result": null }));
    editor.settle();
    assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()));
    let news = |path: &Path, kind: u8| json!({ "changes": [{ "uri": uri(path), "type": kind }] });

    let new = files[0].0.parent().expect("a folder").join("99-新.jx");
    std::fs::write(&new, "项目 新 {\n  预算 1\n}\n").expect("written");
    editor.tell("workspace/didChangeWatchedFiles", news(&new, 1));
    editor.settle();
    assert!(!editor.codes(&new).is_empty());
    assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()));

    let settings = folder.path().join("jixiao.toml");
    std::fs::write(&settings, "standard = \"没有的\"\n[levels]\nJX040 = \"allow\"\nbad = 1\n").expect("written");
    editor.tell("workspace/didChangeWatchedFiles", news(&settings, 2));
    editor.settle();
    assert!(editor.codes(&settings).contains(&"JX511".to_owned()));
    assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()));

    std::fs::remove_file(&new).expect("removed");
    editor.tell("workspace/didChangeWatchedFiles", news(&new, 3));
    editor.settle();
    assert!(editor.codes(&new).is_empty());

    // An open document that was never stored belongs to the folder as well.
    editor.open(&new, "项目 新 {\n  预算 1\n}\n");
    editor.settle();
    assert!(!editor.codes(&new).is_empty());

    let gone = json!({ "event": { "added": [], "removed": [{ "uri": uri(folder.path()), "name": "" }] } });
    editor.tell("workspace/didChangeWorkspaceFolders", gone);
    editor.settle();
    assert!(editor.findings.iter().all(|(address, found)| *address == uri(&new) || found.is_empty()));
    assert_eq!(editor.stop(), 0);
}

#[test]
fn the_server_speaks_the_language_of_its_client() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("项目.jx");
    let message = |editor: &Editor| editor.findings[&uri(&path)][0]["message"].as_str().expect("a message").to_owned();
    for (locale, is_chinese) in [("zh-TW", true), ("en", false), ("de", false)] {
        let mut editor = Editor::start_with(&[folder.path()], &["utf-8"], &json!({ "locale": locale }));
        editor.open(&path, "项目 甲 {\n  预算 1\n}\n");
        editor.settle();
        assert_eq!(message(&editor).contains("缺少"), is_chinese, "{}", message(&editor));
        let other = if is_chinese { "en" } else { "zh" };
        editor.tell("workspace/didChangeConfiguration", json!({ "settings": { "jixiao": { "language": other } } }));
        editor.settle();
        assert_eq!(message(&editor).contains("缺少"), !is_chinese, "{}", message(&editor));
    }
}

/// `JIXIAO_CASES` edits, compared with a fresh check of the stored files after each hundred.
#[test]
fn after_any_edits_the_server_says_what_a_fresh_check_says() {
    let cases = std::env::var("JIXIAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(300);
    let (folder, mut files) = copy("yutian-2025");
    let sound: Vec<String> = files.iter().map(|(_, text)| text.clone()).collect();
    let mut editor = Editor::start(folder.path(), &["utf-16"]);
    for (path, text) in &files {
        editor.open(path, text);
    }
    let mut random = Generator::new(0xED17);
    for number in 1..=cases {
        let index = if random.below(3) == 0 { random.below(files.len()) } else { number / 9 % files.len() };
        let (path, text) = &mut files[index];
        let (bytes, new) = typing::edit(&mut random, text, &sound[index]);
        // No position of the protocol lies between CR and LF.
        let parts_a_line_end = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
        if !parts_a_line_end(bytes.start) && !parts_a_line_end(bytes.end) {
            editor.change(path, number + 1, json!([change(text, &bytes, &new, "utf-16")]));
            *text = replaced(text, &bytes, &new);
        }
        if number % 100 == 0 || number == cases {
            editor.settle();
            for (path, text) in &files {
                std::fs::write(path, text).expect("written");
            }
            assert_eq!(told_by_server(&editor), told_by_command_line(folder.path()), "after {number} edits");
        }
    }
    assert_eq!(editor.stop(), 0);
}

#[test]
fn a_file_with_very_many_findings_shows_the_weightiest_and_counts_the_rest() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("甲.jx");
    let projects: Vec<String> = (0..400)
        .map(|number| format!("项目 第{number}个项目 {{\n  指标 数量 场次 ≥ 6 次 {{\n    描述 \"场次\"\n  }}\n}}\n"))
        .collect();
    let mut editor = Editor::start(folder.path(), &["utf-8"]);
    editor.open(&path, &projects.join("\n"));
    editor.settle();
    let found = &editor.findings[&uri(&path)];
    let severity = |found: &Value| found["severity"].as_u64().expect("a severity");
    assert_eq!(found.len(), 501);
    assert!(found[..500].iter().all(|one| severity(one) == 1), "errors come first");
    assert_eq!(found[500]["code"], "JX903");
    assert_eq!(editor.stop(), 0);
}
