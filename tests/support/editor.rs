//! A small client of the language server: it drives the real program over pipes.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

pub struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: i32,
    waiting: VecDeque<Value>,
    /// What the server said last of each document.
    pub findings: BTreeMap<String, Vec<Value>>,
    pub encoding: String,
}

impl Editor {
    /// Starts the server for a folder.
    pub fn start(folder: &Path, encodings: &[&str]) -> Self {
        Self::start_with(&[folder], encodings, &json!({}))
    }

    /// Starts the server for some folders; `more` is laid over the parameters of the first request.
    pub fn start_with(folders: &[&Path], encodings: &[&str], more: &Value) -> Self {
        let mut editor = Self::start_bare();
        let folders: Vec<Value> = folders.iter().map(|folder| json!({ "uri": uri(folder), "name": "" })).collect();
        let mut params = json!({
            "processId": null,
            "rootUri": null,
            "workspaceFolders": folders,
            "locale": "zh-cn",
            "capabilities": {
                "general": { "positionEncodings": encodings },
                "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
            },
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            params[key] = value.clone();
        }
        let answer = editor.ask("initialize", params);
        answer["capabilities"]["positionEncoding"].as_str().expect("an encoding").clone_into(&mut editor.encoding);
        editor.tell("initialized", json!({}));
        editor
    }

    pub fn start_bare() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .arg("lsp")
            .env_remove("JIXIAO_LANG")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("output"));
        let (waiting, findings) = (VecDeque::new(), BTreeMap::new());
        Self { child, input, output, next: 0, waiting, findings, encoding: String::new() }
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("input");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_bytes(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting for its answer.
    pub fn request(&mut self, method: &str, params: Value) -> i32 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// The result of a request.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.ask_any(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// The answer to a request, be it a result or an error.
    pub fn ask_any(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        self.answer(id)
    }

    pub fn answer(&mut self, id: i32) -> Value {
        loop {
            if let Some(index) = self.waiting.iter().position(|one| one["id"] == id && one.get("method").is_none()) {
                return self.waiting.remove(index).expect("an answer");
            }
            self.receive();
        }
    }

    /// The next message of the server with this method.
    pub fn wait_for(&mut self, method: &str) -> Value {
        loop {
            if let Some(index) = self.waiting.iter().position(|one| one["method"] == method) {
                return self.waiting.remove(index).expect("a message");
            }
            self.receive();
        }
    }

    fn receive(&mut self) {
        let message = self.read().expect("the server is there");
        if message["method"] == "textDocument/publishDiagnostics" {
            let address = message["params"]["uri"].as_str().expect("an address").to_owned();
            let found = message["params"]["diagnostics"].as_array().expect("findings").clone();
            self.findings.insert(address, found);
        }
        self.waiting.push_back(message);
    }

    fn read(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim() {
                "" => break,
                line => {
                    length = line.strip_prefix("Content-Length: ").and_then(|size| size.parse().ok()).unwrap_or(length);
                }
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).ok()?;
        serde_json::from_slice(&body).ok()
    }

    /// Waits until everything that was sent is read and told: the answer to a request that nobody knows comes after.
    pub fn settle(&mut self) {
        // The first question is answered after what was sent; what that left to tell comes before the second answer.
        for _ in 0..2 {
            let answer = self.ask_any("jixiao/nothing", json!({}));
            assert!(answer.get("error").is_some());
        }
        self.waiting.retain(|message| message["method"] != "textDocument/publishDiagnostics");
    }

    pub fn open(&mut self, path: &Path, text: &str) {
        let document = json!({ "uri": uri(path), "languageId": "jixiao", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, path: &Path, version: usize, changes: Value) {
        let document = json!({ "uri": uri(path), "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The codes that the server told of a file.
    pub fn codes(&self, path: &Path) -> Vec<String> {
        let found = self.findings.get(&uri(path)).into_iter().flatten();
        found.map(|one| one["code"].as_str().expect("a code").to_owned()).collect()
    }

    /// Says goodbye in order. Returns the exit status.
    pub fn stop(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.child.wait().expect("a status").code().expect("a status")
    }

    /// Goes away without a word. Returns the exit status.
    pub fn hang_up(mut self) -> i32 {
        self.input = None;
        self.child.wait().expect("a status").code().expect("a status")
    }

    /// The memory of the server in bytes, where the system tells.
    pub fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
        line.split_whitespace().nth(1).and_then(|size| size.parse::<u64>().ok()).unwrap_or(0) * 1024
    }

    /// The processor time of all threads of the server, where the system tells.
    pub fn processor_time(&self) -> Duration {
        let threads = std::fs::read_dir(format!("/proc/{}/task", self.child.id())).into_iter().flatten().flatten();
        let figures = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("schedstat")).ok());
        figures.filter_map(|text| text.split_whitespace().next()?.parse().ok()).map(Duration::from_nanos).sum()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a file, written as editors do.
pub fn uri(path: &Path) -> String {
    let mut address = "file://".to_owned();
    for byte in path.to_str().expect("a path").replace('\\', "/").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            address.push(byte as char);
        } else {
            let _ = std::fmt::Write::write_fmt(&mut address, format_args!("%{byte:02X}"));
        }
    }
    address
}
