//! What the language server answers about a place, over the protocol, with Chinese text before the place on its line.

use std::path::{Path, PathBuf};

use crate::support::editor::{Editor, uri};
use serde_json::{Value, json};

const DEPARTMENT: &str = "部门 1 示例局 {
  年度 2025
  标准 财预2015
  单位 1001 示例局本级
  分项目标 \"防火知识家喻户晓。\" {
    指标 防火宣传.宣传场次
  }
}
";
const PROJECT: &str = "项目 防火宣传 {
  单位 1001
  预算 20000 元 {
    财政拨款 15000 元
    其他资金 4000 元
  }
  # 一个😀占两个单位
  # 允许 JX061：旧的
  目标 \"全年进村宣传😀六次以上。\"
  指标 数量 宣传场次 ≥ 6 次
  指标 成本 不超预算 ≤ 预算 × 95%
  指标 社会效益 火灾起数 2 起
  指标 满意度 村民满意度 ≥ 90%
}
";

/// A server over a folder with a department and a project, both open.
struct Desk {
    editor: Editor,
    _folder: tempfile::TempDir,
    department: PathBuf,
    project: PathBuf,
}

impl Desk {
    fn new(encodings: &[&str]) -> Self {
        Self::with(encodings, &json!({}))
    }

    fn with(encodings: &[&str], more: &Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (department, project) = (folder.path().join("部门.jx"), folder.path().join("项目.jx"));
        std::fs::write(&department, DEPARTMENT).expect("written");
        std::fs::write(&project, PROJECT).expect("written");
        let mut editor = Editor::start_with(&[folder.path()], encodings, more);
        editor.open(&department, DEPARTMENT);
        editor.open(&project, PROJECT);
        editor.settle();
        Self { editor, _folder: folder, department, project }
    }

    fn at(&self, path: &Path, offset: usize) -> Value {
        let text = if path == self.project { PROJECT } else { DEPARTMENT };
        json!({ "textDocument": { "uri": uri(path) }, "position": position(text, offset, &self.editor.encoding) })
    }

    /// A request at the place just behind a stretch of a document.
    fn ask_behind(&mut self, method: &str, path: &Path, stretch: &str, more: &Value) -> Value {
        let text = if path == self.project { PROJECT } else { DEPARTMENT };
        let offset = text.find(stretch).expect(stretch) + stretch.len();
        let mut params = self.at(path, offset);
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        self.editor.ask_any(method, params)
    }
}

fn position(text: &str, offset: usize, encoding: &str) -> Value {
    let line = text[..offset].matches('\n').count();
    let start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let before = &text[start..offset];
    let character = if encoding == "utf-8" { before.len() } else { before.encode_utf16().count() };
    json!({ "line": line, "character": character })
}

/// The text with the edits of an answer made.
fn edited(text: &str, edits: &Value, encoding: &str) -> String {
    let offset = |place: &Value| {
        (0..=text.len())
            .filter(|offset| text.is_char_boundary(*offset))
            .find(|offset| position(text, *offset, encoding) == *place)
            .expect("a place of the text")
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (offset(&range["start"]), offset(&range["end"]), edit["newText"].as_str().expect("text"))
        })
        .collect();
    edits.sort_by_key(|edit| edit.0);
    let mut text = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

#[test]
fn completions_hovers_and_definitions_come_in_both_encodings() {
    for encoding in ["utf-8", "utf-16"] {
        let mut desk = Desk::new(&[encoding]);
        let (department, project) = (desk.department.clone(), desk.project.clone());
        let answer = desk.ask_behind("textDocument/completion", &project, "指标 满意度 村民满意度 ", &json!({}));
        let items = answer["result"]["items"].as_array().expect("items");
        assert!(items.iter().any(|item| item["label"] == "≥" && item["kind"] == 24), "{answer}");
        // This client takes no snippets.
        let answer = desk.ask_behind("textDocument/completion", &project, "单位 1001\n  ", &json!({}));
        let items = answer["result"]["items"].as_array().expect("items");
        assert!(items.iter().all(|item| item["insertTextFormat"] == 1), "{answer}");
        assert!(items.iter().all(|item| !item["textEdit"]["newText"].as_str().expect("text").contains("${")));
        let answer = desk.ask_behind("textDocument/hover", &project, "≤ 预", &json!({}));
        let text = answer["result"]["contents"]["value"].as_str().expect("a text");
        assert!(text.contains("19,000 元"), "{text}");
        let answer = desk.ask_behind("textDocument/definition", &department, "防火宣传.宣传", &json!({}));
        assert_eq!(answer["result"]["uri"], uri(&project));
        let start = PROJECT.find("宣传场次").expect("a name");
        assert_eq!(answer["result"]["range"]["start"], position(PROJECT, start, encoding));
        let answer = desk.ask_behind("textDocument/documentHighlight", &project, "指标 数量 宣传", &json!({}));
        assert_eq!(answer["result"].as_array().expect("places").len(), 1);
        let include = json!({ "context": { "includeDeclaration": true } });
        let answer = desk.ask_behind("textDocument/references", &project, "指标 数量 宣传", &include);
        assert_eq!(answer["result"].as_array().expect("places").len(), 2);
    }
}

#[test]
fn snippets_go_to_clients_that_take_them() {
    let capabilities = json!({ "capabilities": {
        "general": { "positionEncodings": ["utf-8"] },
        "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } },
    } });
    let mut desk = Desk::with(&["utf-8"], &capabilities);
    let project = desk.project.clone();
    let answer = desk.ask_behind("textDocument/completion", &project, "单位 1001\n  ", &json!({}));
    let items = answer["result"]["items"].as_array().expect("items");
    let plan = items.iter().find(|item| item["label"] == "支出计划").expect("a field");
    assert_eq!(plan["insertTextFormat"], 2);
    assert!(plan["textEdit"]["newText"].as_str().expect("text").contains("6月底 ${2:0}%"), "{plan}");
}

#[test]
fn a_built_in_standard_is_a_document_that_can_be_read() {
    let mut desk = Desk::new(&["utf-16"]);
    let department = desk.department.clone();
    let answer = desk.ask_behind("textDocument/definition", &department, "标准 财预", &json!({}));
    let address = answer["result"]["uri"].as_str().expect("an address").to_owned();
    assert!(address.starts_with("jixiao:/standards/"), "{address}");
    let answer = desk.editor.ask("workspace/textDocumentContent", json!({ "uri": address }));
    assert!(answer["text"].as_str().expect("text").contains("标准 财预2015"));
    assert!(desk.editor.ask_any("workspace/textDocumentContent", json!({ "uri": "jixiao:/x" }))["error"].is_object());
}

#[test]
fn renaming_edits_both_files_or_says_why_not() {
    for encoding in ["utf-8", "utf-16"] {
        let mut desk = Desk::new(&[encoding]);
        let (department, project) = (desk.department.clone(), desk.project.clone());
        let answer = desk.ask_behind("textDocument/prepareRename", &project, "指标 数量 宣传", &json!({}));
        assert_eq!(answer["result"]["placeholder"], "宣传场次");
        let name = json!({ "newName": "进村 场次" });
        let answer = desk.ask_behind("textDocument/rename", &project, "指标 数量 宣传", &name);
        let changes = &answer["result"]["changes"];
        let text = edited(DEPARTMENT, &changes[uri(&department)], encoding);
        assert!(text.contains("指标 防火宣传.\"进村 场次\""), "{text}");
        let text = edited(PROJECT, &changes[uri(&project)], encoding);
        assert!(text.contains("指标 数量 \"进村 场次\" ≥ 6 次"), "{text}");
        let name = json!({ "newName": "火灾起数" });
        let answer = desk.ask_behind("textDocument/rename", &project, "指标 数量 宣传", &name);
        assert!(answer["error"]["message"].as_str().expect("a reason").contains("已经有"), "{answer}");
    }
}

#[test]
fn actions_mend_and_excuse_what_was_told() {
    let mut desk = Desk::new(&["utf-16"]);
    let project = desk.project.clone();
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let shown = desk.editor.findings[&uri(&project)].clone();
    let params = json!({
        "textDocument": { "uri": uri(&project) }, "range": whole, "context": { "diagnostics": shown },
    });
    let actions = desk.editor.ask("textDocument/codeAction", params.clone());
    let actions = actions.as_array().expect("actions");
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().expect("a title")).collect();
    let excuse = actions.iter().find(|action| action["title"] == "允许 JX020，写明理由");
    let excuse = excuse.unwrap_or_else(|| panic!("{titles:?}"));
    assert_eq!(excuse["diagnostics"][0]["code"], "JX020");
    let text = edited(PROJECT, &excuse["edit"]["changes"][uri(&project)], "utf-16");
    assert!(text.contains("\n  # 允许 JX020：写明理由\n  预算 20000 元 {"), "{text}");
    let fix = actions.iter().find(|action| action["isPreferred"] == true).expect("a safe fix");
    let text = edited(PROJECT, &fix["edit"]["changes"][uri(&project)], "utf-16");
    assert!(!text.contains("旧的") && text.contains("一个😀"), "{text}");
    let mut only = params;
    only["context"]["only"] = json!(["source.fixAll"]);
    let all = desk.editor.ask("textDocument/codeAction", only);
    assert!(all.as_array().expect("actions").iter().all(|action| action["kind"] == "source.fixAll"), "{all}");
    assert_eq!(all.as_array().expect("actions").len(), 1);
}

#[test]
fn the_outline_colours_hints_and_lenses_of_a_document_come_over_the_protocol() {
    let mut desk = Desk::new(&["utf-16"]);
    let (department, project) = (desk.department.clone(), desk.project.clone());
    let document = json!({ "textDocument": { "uri": uri(&project) } });
    let symbols = desk.editor.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(symbols[0]["name"], "防火宣传");
    assert_eq!(symbols[0]["children"].as_array().expect("children").len(), 4);
    let found = desk.editor.ask("workspace/symbol", json!({ "query": "cmmyd" }));
    assert_eq!(found[0]["name"], "村民满意度");
    let folds = desk.editor.ask("textDocument/foldingRange", document.clone());
    assert!(folds.as_array().expect("folds").len() >= 2, "{folds}");
    let mut params = document.clone();
    params["positions"] = json!([position(PROJECT, PROJECT.find("村民满意").expect("a name"), "utf-16")]);
    let grown = desk.editor.ask("textDocument/selectionRange", params);
    assert!(grown[0]["parent"]["parent"].is_object(), "{grown}");
    let tokens = desk.editor.ask("textDocument/semanticTokens/full", document.clone());
    let data: Vec<u64> =
        tokens["data"].as_array().expect("data").iter().map(|one| one.as_u64().expect("a number")).collect();
    // The keyword and the name of the project, which starts after three signs and a blank.
    assert_eq!(data[..10], [0, 0, 2, 0, 0, 0, 3, 4, 3, 1]);
    let mut params = document.clone();
    params["range"] = json!({ "start": { "line": 9, "character": 0 }, "end": { "line": 10, "character": 0 } });
    let some = desk.editor.ask("textDocument/semanticTokens/range", params.clone());
    assert!(some["data"].as_array().expect("data").len() < data.len());
    params["range"] = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints = desk.editor.ask("textDocument/inlayHint", params);
    let labels: Vec<&str> =
        hints.as_array().expect("hints").iter().map(|one| one["label"].as_str().expect("a label")).collect();
    assert!(labels.contains(&"= 19,000 元") && labels.contains(&"="), "{labels:?}");
    let lenses = desk.editor.ask("textDocument/codeLens", json!({ "textDocument": { "uri": uri(&department) } }));
    assert!(lenses[0]["command"]["title"].as_str().expect("a title").contains("20,000 元"), "{lenses}");
}

#[test]
fn answers_follow_what_is_typed() {
    let mut desk = Desk::new(&["utf-16"]);
    let project = desk.project.clone();
    let offset = PROJECT.find("指标 满意度").expect("an indicator");
    let place = position(PROJECT, offset, "utf-16");
    let changes = json!([{ "range": { "start": place, "end": place }, "text": "指标 sl" }]);
    desk.editor.change(&project, 2, changes);
    let mut behind = place;
    behind["character"] = json!(behind["character"].as_u64().expect("a column") + 5);
    let params = json!({ "textDocument": { "uri": uri(&project) }, "position": behind });
    let answer = desk.editor.ask("textDocument/completion", params);
    assert_eq!(answer["items"][0]["label"], "数量", "{answer}");
    assert_eq!(answer["isIncomplete"], true);
    assert!(answer["items"][0]["filterText"].as_str().expect("a text").starts_with("sl"), "{answer}");
}
