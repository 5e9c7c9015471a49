//! The compiler in one web page, in a real browser: what it finds, prints and compares is what the program writes for the
//! same files, byte for byte; nothing leaves the page; and each of its states can be read.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use crate::support::{Example, Generator, artifacts, examples, has_browser, root};
use jixiao::browser::PageDesk;

/// The page that `just page` built, named by `JIXIAO_PAGE`: to build the compiler once more for a browser would take as long
/// as all other suites.
fn page() -> Option<PathBuf> {
    let page = std::env::var_os("JIXIAO_PAGE").map(PathBuf::from);
    if page.is_none() {
        eprintln!("skipped: JIXIAO_PAGE names no page; `just page` builds one");
    }
    page
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}:\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
    told
}

/// What the program writes to standard output, run in a folder.
fn native(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    program.current_dir(folder).args(arguments).env("JIXIAO_LANG", "zh");
    program.output().expect("it runs").stdout
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, bytes).expect("written");
}

/// An empty folder for what the script is given.
fn room(name: &str) -> PathBuf {
    let room = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&room);
    std::fs::create_dir_all(&room).expect("a folder");
    room
}

/// The findings and the tables of a folder as the program writes them. `given/NAME` becomes `native/NAME/…`.
fn write_expected(room: &Path, name: &str) {
    let given = room.join("given");
    let expected = room.join("native").join(name);
    write(&expected.join("findings.json"), &native(&given, &["check", name, "--format", "json"]));
    write(&expected.join("findings.html"), &native(&given, &["check", name, "--format", "html"]));
    for format in ["html", "docx", "xlsx"] {
        let output = expected.join(format);
        native(&given, &["build", name, "--to", format, "-o", output.to_str().expect("a path")]);
        // The list of what was written is the program's own.
        let _ = std::fs::remove_file(output.join(".jixiao.outputs"));
    }
}

fn drive(script: &str, page: &Path, room: &Path) {
    let mut node = Command::new("node");
    node.arg(root().join("tests/browser").join(script)).arg(page).arg(room);
    let told = run(&mut node);
    for figure in told.lines().filter(|line| line.starts_with("figure ")) {
        println!("{figure}");
    }
}

fn browser() -> Option<PathBuf> {
    if has_browser("playwright-core") { page() } else { None }
}

/// What an office copies from stick to stick. It was 3,936 kB before it was looked at.
#[test]
fn the_page_is_no_larger_than_two_megabytes() {
    let Some(page) = page() else { return };
    let size = std::fs::metadata(&page).expect("a page").len();
    println!("figure {}: {size} bytes", page.display());
    assert!(size <= 2_000_000, "{size} bytes");
}

#[test]
fn every_example_gives_the_same_bytes_in_the_page() {
    let Some(page) = browser() else { return };
    let room = room("one-page-examples");
    for example in examples() {
        let given = room.join("given").join(&example.name);
        for file in example.files.iter().chain(&example.settings) {
            write(&given.join(&file.path), file.text.as_bytes());
        }
        write_expected(&room, &example.name);
    }
    drive("page_examples.mjs", &page, &room);
}

/// Word and Excel files as an office sends them, several at once, refused ones, an older version; what is seen, heard by a
/// screen reader and reached by the keyboard.
#[test]
fn documents_are_dropped_read_compared_and_saved() {
    let Some(page) = browser() else { return };
    let room = room("one-page-documents");
    let given = room.join("given");
    let county = Example::read(&root().join("examples/yutian-2025"));
    for file in county.files.iter().chain(&county.settings) {
        write(&given.join("county").join(&file.path), file.text.as_bytes());
    }
    native(&given, &["build", "county", "--to", "docx", "-o", "."]);
    native(&given, &["build", "county", "--to", "xlsx", "-o", "."]);
    let documents: Vec<PathBuf> =
        std::fs::read_dir(&given).expect("a folder").map(|one| one.expect("a file").path()).collect();
    let of_kind = |kind: &str| {
        let mut found = documents.iter().filter(|path| path.extension().is_some_and(|extension| extension == kind));
        found.next().unwrap_or_else(|| panic!("a {kind}")).clone()
    };
    let document = given.join("office.docx");
    std::fs::rename(of_kind("docx"), &document).expect("moved");
    std::fs::rename(of_kind("xlsx"), given.join("tables.xlsx")).expect("moved");
    native(&given, &["import", "office.docx"]);
    let _ = std::fs::remove_dir_all(given.join("office/.jixiao.imports"));
    write_expected(&room, "office");
    // The page calls a version by the file that was given.
    std::fs::create_dir_all(room.join("native/changes")).expect("a folder");
    for format in ["html", "markdown"] {
        let changes = native(&given, &["diff", "county", "office.docx", "--format", format]);
        write(&room.join("native/changes").join(format), &changes);
    }
    std::fs::remove_dir_all(given.join("office")).expect("removed");
    write_folder(&room, &document);
    drive("page.mjs", &page, &room);
}

/// A folder as it lies on a machine: departments below it, settings, and much that nobody means when it is dropped.
fn write_folder(room: &Path, document: &Path) {
    let text = |code: &str, name: &str| {
        let practice = include_str!("../editors/page/page/practice.jx");
        practice.replace("901", code).replace("示例县图书馆", name).replace("图书采购", &format!("{name}采购"))
    };
    let folder = room.join("given/县");
    let files: [(&str, Vec<u8>); 12] = [
        ("jixiao.toml", "[levels]\nJX066 = \"warn\"\n".into()),
        ("甲局/部门.jx", text("901", "甲局").into()),
        ("乙局/下/部门.jx", text("902", "乙局").replace("≥ 90%", "≥ 300%").into()),
        ("乙局/坏.jx", vec![0xFF, 0xD8, 0xFF, 0, 1, 2]),
        ("甲局/原件.docx", std::fs::read(document).expect("a document")),
        ("甲局/照片.jpg", vec![0xFF, 0xD8]),
        ("甲局/.草稿.jx", text("903", "丙局").into()),
        (".git/甲.jx", text("904", "丁局").into()),
        ("甲局/.备份/甲.jx", text("905", "戊局").into()),
        ("node_modules/甲.jx", text("906", "己局").into()),
        ("target/甲.jx", text("907", "庚局").into()),
        ("jixiao-out/report.html", "<p>甲</p>".into()),
    ];
    for (path, bytes) in files {
        write(&folder.join(path), &bytes);
    }
    let expected = room.join("native/县");
    for format in ["json", "html"] {
        let found = native(&room.join("given"), &["check", "县", "--format", format]);
        write(&expected.join(format!("findings.{format}")), &found);
    }
}

/// What the page does before it is given anything must go well, or it would be for nothing.
#[test]
fn what_the_page_practises_with_is_without_mistakes() {
    let practice = include_bytes!("../editors/page/page/practice.jx").to_vec();
    let mut desk = PageDesk::default();
    let told = given(&mut desk, "new", &[("甲.jx".to_owned(), practice)]);
    assert_eq!([&told["errors"], &told["warnings"], &told["projects"]], [0, 0, 1], "{told}");
}

/// A file by its path.
type Given = (String, Vec<u8>);

/// Asks as the page does: the answer, and the files in it.
fn ask(desk: &mut PageDesk, mut question: Value, given: &[Given]) -> (Value, Vec<Given>) {
    if !given.is_empty() {
        question["files"] = given.iter().map(|(path, bytes)| json!({ "path": path, "bytes": bytes.len() })).collect();
    }
    let text = question.to_string();
    let mut piece = u32::try_from(text.len()).expect("short").to_le_bytes().to_vec();
    piece.extend(text.as_bytes());
    for (_, bytes) in given {
        piece.extend(bytes);
    }
    read(&desk.answer(&piece))
}

fn read(answer: &[u8]) -> (Value, Vec<Given>) {
    let (length, rest) = answer.split_first_chunk::<4>().expect("a length");
    let (text, mut bytes) = rest.split_at(u32::from_le_bytes(*length) as usize);
    let answer: Value = serde_json::from_slice(text).expect("JSON");
    let mut files = Vec::new();
    for file in answer["files"].as_array().expect("files") {
        let (own, after) = bytes.split_at(file["bytes"].as_u64().expect("a length") as usize);
        files.push((file["path"].as_str().expect("a path").to_owned(), own.to_vec()));
        bytes = after;
    }
    assert!(bytes.is_empty());
    (answer, files)
}

fn given(desk: &mut PageDesk, version: &str, files: &[Given]) -> Value {
    ask(desk, json!({ "ask": "read", "version": version, "name": "甲" }), files).0["version"].clone()
}

fn files_of(example: &Example) -> Vec<Given> {
    let all = example.files.iter().chain(&example.settings);
    all.map(|file| (file.path.clone(), file.text.as_bytes().to_vec())).collect()
}

fn county() -> Example {
    Example::read(&root().join("examples/yutian-2025"))
}

fn county_as(format: &str) -> Vec<u8> {
    artifacts(&county().analyse().model, format).remove(0).bytes
}

#[test]
fn a_document_comes_to_the_same_targets_as_its_text() {
    let mut desk = PageDesk::default();
    for format in ["docx", "xlsx", "html", "ofd"] {
        let told = given(&mut desk, "new", &[(format!("甲.{format}"), county_as(format))]);
        assert_eq!([&told["projects"], &told["indicators"], &told["errors"]], [7, 56, 0], "{format}: {told}");
        let account = &told["documents"][0]["account"];
        assert!(account["is_whole"].as_bool().expect("said"), "{format}: {account}");
        let texts = told["texts"].as_array().expect("texts");
        assert!(texts.iter().all(|path| path.as_str().expect("a path").starts_with("甲/")), "{texts:?}");
        let (_, changes) = ask(&mut desk, json!({ "ask": "changes", "format": "json" }), &[]);
        assert!(changes.is_empty(), "there is nothing to compare with");
    }
}

#[test]
fn each_refused_document_says_why_and_what_helps_without_a_command_line() {
    let mut desk = PageDesk::default();
    let old = [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600]].concat();
    let files = [
        ("旧.doc", old, "JX601", "另存为 docx"),
        ("扫描.jpg", b"\xFF\xD8\xFF\0".to_vec(), "JX601", "识别文字"),
        ("坏.docx", county_as("docx")[..900].to_vec(), "JX602", "另存"),
        ("空.txt", Vec::new(), "JX609", ""),
    ];
    let offered: Vec<Given> = files.iter().map(|(path, bytes, ..)| ((*path).to_owned(), bytes.clone())).collect();
    let told = given(&mut desk, "new", &offered);
    for (path, _, code, help) in &files {
        let mut documents = told["documents"].as_array().expect("documents").iter();
        let refused = &documents.find(|one| one["path"] == *path).expect("told")["refused"];
        assert_eq!(refused["code"], *code, "{path}");
        assert!(refused["help"].as_str().unwrap_or_default().contains(help), "{refused}");
    }
    assert_eq!(told["texts"], json!([]));
    // A mistake keeps tables from being made, and is told before them.
    let told = given(&mut desk, "new", &[("甲.jx".to_owned(), "项目 甲 {\n  预算 两万\n}\n".as_bytes().to_vec())]);
    assert_eq!(told["first_errors"][0]["place"], "甲.jx:2");
    let (answer, files) = ask(&mut desk, json!({ "ask": "build", "to": "docx" }), &[]);
    assert!(files.is_empty() && answer["refused"]["message"].as_str().expect("why").contains("有错误"));
}

/// The report of a year comes to the targets that it is about; a department that is there already is not read twice.
#[test]
fn documents_of_one_department_are_put_together_or_told_apart() {
    let texts: Vec<Given> = crate::support::county_targets()
        .into_iter()
        .map(|file| (format!("县/{}", file.path), file.text.as_bytes().to_vec()))
        .collect();
    let mut desk = PageDesk::default();
    let with = |more: Given| texts.iter().cloned().chain([more]).collect::<Vec<_>>();
    let told = given(&mut desk, "new", &with(("目标.docx".to_owned(), county_as("docx"))));
    let refused = &told["documents"][0]["refused"];
    assert_eq!(refused["code"], "JX608", "{told}");
    assert_eq!(told["projects"], 7);

    given(&mut desk, "old", &files_of(&county()));
    given(&mut desk, "new", &texts);
    let (_, changes) = ask(&mut desk, json!({ "ask": "changes", "format": "json" }), &[]);
    let changes: Value = serde_json::from_slice(&changes[0].1).expect("JSON");
    assert!(!changes["changes"].as_array().expect("changes").is_empty(), "the weights are gone");
    ask(&mut desk, json!({ "ask": "forget", "version": "old" }), &[]);
    assert!(ask(&mut desk, json!({ "ask": "changes", "format": "json" }), &[]).0["refused"].is_object());
}

#[test]
fn of_a_folder_what_is_hidden_built_or_written_is_left_alone() {
    let mut desk = PageDesk::default();
    let mut chosen = |paths: &[&str], outputs: &[&str]| {
        let (answer, _) = ask(&mut desk, json!({ "ask": "choose", "paths": paths, "outputs": outputs }), &[]);
        answer["chosen"].clone()
    };
    let folder =
        ["县/甲.docx", "县/~$甲.tmp", "县/.git/a.txt", "县/jixiao-out/report.html", "县/乙/丙.XLSX", "县/图.png"];
    assert_eq!(chosen(&folder, &[]), json!(["县/甲.docx", "县/乙/丙.XLSX"]));
    assert_eq!(chosen(&["县/甲.docx", "县/report.html"], &["县\nreport.html"]), json!(["县/甲.docx"]));
    assert_eq!(chosen(&["县/甲.docx", "县/甲.jx", "县/jixiao.toml"], &[]), json!(["县/甲.jx", "县/jixiao.toml"]));
}

#[test]
fn bytes_that_are_no_question_get_an_answer() {
    let mut desk = PageDesk::default();
    let mut generator = Generator::new(19);
    let question = json!({ "ask": "read", "version": "new", "name": "甲", "files": [{ "path": "甲.jx", "bytes": 9 }] });
    let mut whole = u32::try_from(question.to_string().len()).expect("short").to_le_bytes().to_vec();
    whole.extend(question.to_string().as_bytes());
    for length in 0..=whole.len() {
        assert!(read(&desk.answer(&whole[..length])).0["refused"].is_object(), "it promises bytes that are not there");
    }
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..generator.below(40)).map(|_| generator.below(256) as u8).collect();
        assert!(read(&desk.answer(&bytes)).0["refused"].is_object());
    }
    for ask in ["findings", "build", "source", "account", "changes"] {
        let question = json!({ "ask": ask, "format": "html", "to": "html" });
        assert!(self::ask(&mut desk, question, &[]).0["refused"].is_object(), "{ask} of nothing");
    }
}
