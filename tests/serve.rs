//! The office in a browser: what is done there is in the files, line by line, and nobody else can reach it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::{has, has_browser, root, works};

/// A server of a folder, stopped when it is dropped.
pub struct Served {
    child: Child,
    pub address: String,
    folder: PathBuf,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const OFFICE: &str = "部门 902 某镇政府 {\n  年度 2025\n}\n";
const PROJECT: &str = "项目 防火宣传 {\n  预算 2 万元 {\n    财政拨款 2 万元\n    其他资金\n  }\n  目标 \"办好宣传。\"\n\n  \
     指标 数量 宣传场次 6 场\n  指标 社会效益 火灾起数 ≤ 3 起\n  指标 满意度 群众满意度 ≥ 90%\n}\n";

fn served(name: &str, options: &[&str]) -> Served {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("部门.jx"), OFFICE).expect("written");
    std::fs::write(folder.join("宣传.jx"), PROJECT).expect("written");
    let git = |options: &[&str]| {
        let who = ["-c", "user.name=甲", "-c", "user.email=a@example.invalid"];
        let output = Command::new("git").arg("-C").arg(&folder).args(who).args(options).output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "开始"]);
    Served::of(&folder, options)
}

impl Served {
    /// Serves a folder.
    pub fn of(folder: &Path, options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["--lang", "zh", "serve"])
            .args(options)
            .arg(folder)
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "甲")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "a@example.invalid")))
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("output")).read_line(&mut line).expect("a line");
        let start = line.find("http://").expect("an address");
        let address = line[start..].trim().to_owned();
        Self { child, address, folder: folder.to_owned() }
    }

    /// The authority and the path of the page.
    fn parts(&self) -> (&str, &str) {
        let rest = self.address.strip_prefix("http://").expect("http");
        rest.split_once('/').expect("a path")
    }

    /// The answer to a request as it goes over the wire.
    fn raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(self.parts().0).expect("the server");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        let (host, root) = self.parts();
        self.raw(&format!("GET /{root}{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    fn post(&self, path: &str, body: &str, origin: &str) -> String {
        let (host, root) = self.parts();
        let length = body.len();
        self.raw(&format!(
            "POST /{root}{path} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
        ))
    }

    fn make(&self, change: &str) -> String {
        let origin = format!("http://{}", self.parts().0);
        self.post("make", &format!("{{\"page\":\"project/1\",\"change\":{change}}}"), &origin)
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.folder.join("宣传.jx")).expect("text")
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
}

const SET: &str = r#"{"kind":"set","at":{"project":"防火宣传","indicator":"宣传场次"},"fact":"target","was":"6 场","value":"不少于8场"}"#;

/// Drives the page in a browser.
fn driven(script: &str, served: &Served, documents: Option<&Path>) {
    let output = Command::new("node")
        .arg(root().join("tests/browser").join(script))
        .arg(&served.address)
        .arg(&served.folder)
        .args(documents)
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_office_is_filled_in_in_a_browser() {
    if has_browser("axe-core") {
        driven("serve.mjs", &served("serve-browser", &[]), None);
    }
}

/// A document of the same department, as another one made it.
fn document(folder: &Path, name: &str, project: &str) {
    let office = folder.join(name);
    std::fs::create_dir_all(&office).expect("a folder");
    std::fs::write(office.join("部门.jx"), OFFICE).expect("written");
    std::fs::write(office.join("项目.jx"), project).expect("written");
    let built = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["build", "--to", "docx", "-o"])
        .arg(folder.join("out"))
        .arg(&office)
        .output()
        .expect("the program");
    assert!(built.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&built.stderr));
    let made = std::fs::read_dir(folder.join("out")).expect("a folder").map(|entry| entry.expect("entry").path());
    let made = made.into_iter().find(|path| path.extension().is_some_and(|one| one == "docx")).expect("a document");
    std::fs::rename(made, folder.join(format!("{name}.docx"))).expect("renamed");
}

const OTHER: &str = "项目 防汛值班 {\n  预算 3 万元 {\n    财政拨款 3 万元\n  }\n  目标 \"汛期有人值守。\"\n\n  \
     指标 数量 值班天数 ≥ 60 天\n  指标 社会效益 险情漏报起数 ≤ 0 起\n  指标 满意度 群众满意度 ≥ 90%\n}\n";

#[test]
fn documents_are_dropped_in_a_browser() {
    if !has_browser("axe-core") {
        return;
    }
    let served = served("serve-documents", &[]);
    let documents = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("serve-documents-dropped");
    let _ = std::fs::remove_dir_all(&documents);
    document(&documents, "新增", OTHER);
    document(&documents, "另一份", &PROJECT.replace("6 场", "8 场"));
    driven("serve_import.mjs", &served, Some(&documents));
}

#[test]
fn a_checkpoint_is_filled_in_in_a_browser() {
    if !has_browser("axe-core") {
        return;
    }
    let served = served("serve-year", &[]);
    let more = PROJECT.replace(
        "  指标 满意度",
        "  指标 时效 印发通知 ≤ 5月31日\n  指标 社会效益 防火意识 定性 \"有所增强\"\n  指标 满意度",
    );
    std::fs::write(served.folder.join("宣传.jx"), more).expect("written");
    driven("serve_year.mjs", &served, None);
}

#[test]
fn a_document_is_written_only_as_it_was_seen() {
    let served = served("serve-import", &[]);
    let origin = format!("http://{}", served.parts().0);
    let text = "项目名称,防汛值班\n指标,指标值\n";
    let json = "{\"a\":1}";
    for (name, body) in [("..%2F..%2Fx.csv", text), ("a.json", json), ("", ""), ("%00", "\u{0}")] {
        let answer = served.post(&format!("import?name={name}&seen=0"), body, &origin);
        assert!(matches!(status(&answer), "200" | "409"), "{name}: {answer}");
        assert!(!answer.contains("\"written\":true"), "{answer}");
    }
    assert_eq!(status(&served.post("import?name=a.txt", text, "http://evil.example")), "403");
    assert_eq!(status(&served.post("begin", r#"{"department":9,"checkpoint":"6月底"}"#, &origin)), "409");
    assert!(only_sources(&served.folder));
    assert_eq!(served.text(), PROJECT);
}

#[test]
fn a_report_that_was_begun_is_taken_back_unless_somebody_wrote_in_it() {
    let served = served("serve-begin", &[]);
    let origin = format!("http://{}", served.parts().0);
    let begin = || served.post("begin", r#"{"department":1,"checkpoint":"3月底"}"#, &origin);
    assert_eq!(status(&begin()), "200");
    let folder = served.folder.join("监控");
    let report = std::fs::read_dir(&folder).expect("a folder").next().expect("a report").expect("an entry").path();
    let text = std::fs::read_to_string(&report).expect("text");
    let again = begin();
    assert_eq!(status(&again), "409");
    assert!(again.contains("refused") && std::fs::read_to_string(&report).expect("text") == text, "{again}");
    let written = format!("{text}# 局里的批注\n");
    std::fs::write(&report, &written).expect("written");
    let undo = r#"{"kind":"undo"}"#;
    let answer = served.make(undo);
    assert_eq!(status(&answer), "409");
    assert!(answer.contains("03月底.jx") && answer.contains("不能撤销"), "{answer}");
    assert_eq!(std::fs::read_to_string(&report).expect("text"), written);
    std::fs::write(&report, &text).expect("written");
    assert_eq!(status(&served.make(undo)), "200");
    assert!(!report.exists());
    assert_eq!(status(&served.make(r#"{"kind":"redo"}"#)), "200");
    assert_eq!(std::fs::read_to_string(&report).expect("text"), text);
}

#[test]
fn the_editor_of_the_page_is_made_of_what_is_locked() {
    let folder = root().join("editors/desk");
    let is_here = works("node", "--version") && folder.join("node_modules/esbuild").is_dir();
    if !has("`npm ci` in editors/desk", is_here) {
        return;
    }
    let locked: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("package-lock.json")).expect("what is locked"))
            .expect("JSON");
    for (path, package) in locked["packages"].as_object().expect("packages") {
        assert!(package.get("resolved").is_none(), "{path}: no place is named that it comes from");
        if path.starts_with("node_modules/@codemirror/") {
            let here = std::fs::read_to_string(folder.join(path).join("package.json")).expect("a package");
            let here: serde_json::Value = serde_json::from_str(&here).expect("JSON");
            assert_eq!(here["version"], package["version"], "{path}: `npm ci` in editors/desk");
        }
    }
    let made = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("editor.js");
    let output = Command::new("node").arg(folder.join("bundle.mjs")).arg(&made).output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let committed = std::fs::read(root().join("src/desk/pages/editor.js")).expect("the editor");
    assert!(std::fs::read(&made).expect("made") == committed, "`npm run bundle` in editors/desk gives another editor");
}

#[test]
fn what_an_editor_asks_is_answered_in_its_own_places() {
    let served = served("serve-text", &[]);
    let path = served.folder.join("宣传.jx").to_string_lossy().into_owned();
    // Before the place stands a sign of two units, and lines end as on another system.
    let typed = PROJECT.replace("办好宣传。", "办好宣传😀。").replace("≤ 3 起\n", "≤ 3 起\n  指标 shul\n");
    std::fs::write(&path, PROJECT.replace('\n', "\r\n")).expect("written");
    let unit = |part: &str| typed[..typed.find(part).expect("part")].encode_utf16().count();
    let ask = |question: serde_json::Value| {
        let body = serde_json::json!({ "lang": "zh", "path": path, "text": typed, "question": question }).to_string();
        let answer = served.post("look", &body, &format!("http://{}", served.parts().0));
        assert_eq!(status(&answer), "200", "{answer}");
        let body = answer.split_once("\r\n\r\n").expect("a body").1;
        serde_json::from_str::<serde_json::Value>(body).expect("JSON")["answer"].clone()
    };
    let end = unit("shul") + "shul".len();
    let answer = ask(serde_json::json!({ "shown": [unit("指标 shul"), end], "writing_at": end }));
    let first = &answer["completion"][0];
    assert_eq!((&first["label"], &first["from"], &first["to"]), (&"数量".into(), &unit("shul").into(), &end.into()));
    let start = unit("指标 shul");
    let colours = answer["colours"].as_array().expect("colours");
    assert!(colours.contains(&serde_json::json!([start, start + 2, "keyword"])), "{colours:?}");
    let is_in_it = |one: &serde_json::Value| one["from"].as_u64().is_some_and(|from| from as usize >= start);
    assert!(answer["findings"].as_array().is_some_and(|all| all.iter().any(is_in_it)), "{answer}");
    let answer = ask(serde_json::json!({ "pointing_at": unit("群众满意度") + 1 }));
    assert_eq!(answer["hover"]["from"], unit("群众满意度"), "{answer}");
    assert!(answer["hover"]["text"].as_str().is_some_and(|text| text.contains("**群众满意度**")), "{answer}");
    // Nothing of it was kept.
    assert_eq!(served.text(), PROJECT.replace('\n', "\r\n"));
    assert!(!served.get("state?page=project/1").contains("指标 shul"));
    let body = serde_json::json!({ "path": "../部门.jx", "text": "", "question": {} }).to_string();
    assert_eq!(status(&served.post("look", &body, &format!("http://{}", served.parts().0))), "404");
}

#[test]
fn nobody_else_can_ask() {
    let served = served("serve-hostile", &[]);
    let (host, secret) = served.parts();
    let ask = |host: &str, path: &str, more: &str| {
        served.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"))
    };
    let own = format!("/{secret}");
    assert_eq!(status(&ask(host, &own, "")), "200");
    assert_eq!(status(&ask("evil.example", &own, "")), "421");
    assert_eq!(status(&ask(host, "/", "")), "404");
    assert_eq!(status(&ask(host, "/00000000000000000000000000000000/", "")), "404");
    assert_eq!(status(&ask(host, &own, "Origin: http://evil.example\r\n")), "403");
    assert_eq!(status(&ask(host, &own, "Sec-Fetch-Site: cross-site\r\n")), "403");
    assert_eq!(status(&served.post("make", SET, "http://evil.example")), "403");
    for path in
        ["../../etc/passwd", "assets/..%2f..%2fCargo.toml", "assets/%2e%2e/desk.js", "project/0", "project/99", "%00"]
    {
        assert_eq!(status(&served.get(path)), "404", "{path}");
    }
    let answer = served.get("");
    for header in [
        "content-security-policy: default-src 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
    ] {
        assert!(answer.contains(header), "{header}: {answer}");
    }
    assert_eq!(served.text(), PROJECT);
}

#[test]
fn what_is_too_long_slow_or_broken_off_harms_nothing() {
    let served = served("serve-slow", &[]);
    let (host, secret) = served.parts();
    let head = format!(
        "POST /{secret}make HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\n"
    );
    let long = format!("{head}Content-Length: 67108864\r\nConnection: close\r\n\r\n");
    let mut stream = TcpStream::connect(host).expect("the server");
    let _ = stream.write_all(long.as_bytes());
    let piece = vec![b' '; 1 << 16];
    while stream.write_all(&piece).is_ok() {}
    // A client that sends half a line and waits holds nobody up.
    let mut slow = TcpStream::connect(host).expect("the server");
    slow.write_all(b"GET /").expect("sent");
    // A thousand that listen and go.
    for _ in 0..1000 {
        let mut gone = TcpStream::connect(host).expect("the server");
        let _ = gone.write_all(format!("GET /{secret}events HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
    }
    assert_eq!(status(&served.make(SET)), "200");
    assert!(served.text().contains("指标 数量 宣传场次 ≥ 8 场"));
}

#[test]
fn the_same_fact_changed_twice_is_a_conflict_that_shows_both() {
    let served = served("serve-conflict", &[]);
    assert_eq!(status(&served.make(SET)), "200");
    let answer = served.make(&SET.replace("不少于8场", "≥ 9 场"));
    assert_eq!(status(&answer), "409");
    assert!(answer.contains("≥ 8 场") && answer.contains("≥ 9 场"), "{answer}");
    // Another fact of the same indicator is none, though the file is another.
    let name = r#"{"kind":"set","at":{"project":"防火宣传","indicator":"宣传场次"},"fact":"name","was":"宣传场次","value":"进村宣传场次"}"#;
    assert_eq!(status(&served.make(name)), "200");
    // An editor wrote in between: what it wrote stays.
    let written = served.text().replace("≤ 3 起", "≤ 2 起");
    std::fs::write(served.folder.join("宣传.jx"), &written).expect("written");
    let target = r#"{"kind":"set","at":{"project":"防火宣传","indicator":"群众满意度"},"fact":"target","was":"≥ 90%","value":"≥ 92%"}"#;
    assert_eq!(status(&served.make(target)), "200");
    assert!(served.text().contains("≤ 2 起") && served.text().contains("≥ 92%"), "{}", served.text());
}

#[test]
fn nothing_is_stored_that_would_be_a_mistake_unless_it_is_asked_for() {
    let served = served("serve-mistake", &[]);
    let wrong = SET.replace("不少于8场", "≥");
    let answer = served.make(&wrong);
    assert_eq!(status(&answer), "409");
    assert!(answer.contains("\"may_be_verbatim\":true"), "{answer}");
    assert_eq!(served.text(), PROJECT);
    let kept = wrong.replace("\"kind\"", "\"verbatim\":true,\"kind\"");
    assert_eq!(status(&served.make(&kept)), "200");
    assert!(served.text().contains("指标 数量 宣传场次 ≥\n"), "{}", served.text());
}

#[test]
fn a_page_to_look_at_changes_nothing() {
    let served = served("serve-read-only", &["--read-only"]);
    assert_eq!(status(&served.make(SET)), "409");
    assert_eq!(served.text(), PROJECT);
    assert!(served.get("project/1").contains("只读"));
    let origin = format!("http://{}", served.parts().0);
    assert_eq!(status(&served.post("import?name=a.txt", "项目 甲", &origin)), "409");
    assert_eq!(status(&served.post("begin", r#"{"department":1,"checkpoint":"6月底"}"#, &origin)), "409");
    assert!(!served.get("import").contains("type=\"file\"") && !served.get("year").contains("data-begin"));
    assert!(only_sources(&served.folder));
}

#[test]
#[cfg(unix)]
fn a_server_that_is_killed_while_it_stores_leaves_whole_files() {
    let mut served = served("serve-killed", &[]);
    let (host, secret) = (served.parts().0.to_owned(), served.parts().1.to_owned());
    let writer = std::thread::spawn(move || {
        let mut value = ["6 场".to_owned(), "≥ 7 场".to_owned()];
        for count in 0..200 {
            let change = format!(
                r#"{{"page":"project/1","change":{{"kind":"set","at":{{"project":"防火宣传","indicator":"宣传场次"}},"fact":"target","was":"{}","value":"{}"}}}}"#,
                value[0], value[1]
            );
            let Ok(mut stream) = TcpStream::connect(&host) else { return };
            let length = change.len();
            let request = format!(
                "POST /{secret}make HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{change}"
            );
            let _ = stream.write_all(request.as_bytes());
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            value = [value[1].clone(), format!("≥ {} 场", 8 + count)];
        }
    });
    std::thread::sleep(std::time::Duration::from_millis(300));
    served.child.kill().expect("killed");
    writer.join().expect("the writer");
    let text = served.text();
    assert!(
        text.starts_with("项目 防火宣传") && text.ends_with("}\n") && text.lines().count() == PROJECT.lines().count()
    );
    assert!(only_sources(&served.folder), "drafts are left");
}

/// Whether nothing lies in a folder but its sources and the repository.
fn only_sources(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let names: Vec<String> =
        entries.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.iter().filter(|name| !name.starts_with(".git")).all(|name| name.ends_with(".jx"))
}
