//! An office that is served, and a page of it, which asks as a browser does: over one connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A server of a folder, stopped when it is dropped.
pub struct ServedOffice {
    child: Child,
    host: String,
    /// What its addresses begin with.
    root: String,
}

impl ServedOffice {
    pub fn of(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .args(["--lang", "zh", "serve"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("output")).read_line(&mut line).expect("a line");
        let address = line[line.find("http://").expect("an address") + 7..].trim();
        let (host, root) = address.split_once('/').expect("a path");
        Self { host: host.to_owned(), root: format!("/{root}"), child }
    }

    pub fn page(&self) -> Page {
        Page::open(&self.host, &self.root)
    }

    pub fn address(&self) -> String {
        format!("http://{}{}", self.host, self.root)
    }

    /// What it holds, in MiB; as much as Linux tells.
    pub fn resident(&self) -> f64 {
        let told = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = told.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("VmRSS: 0 kB");
        let kibibytes: u32 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0);
        f64::from(kibibytes) / 1024.0
    }
}

impl Drop for ServedOffice {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A connection as a page has one.
pub struct Page {
    reader: BufReader<TcpStream>,
    host: String,
    root: String,
}

impl Page {
    pub fn open(host: &str, root: &str) -> Self {
        let stream = TcpStream::connect(host).expect("the server");
        stream.set_nodelay(true).expect("a socket");
        stream.set_read_timeout(Some(Duration::from_mins(1))).expect("a socket");
        Self { reader: BufReader::new(stream), host: host.to_owned(), root: root.to_owned() }
    }

    /// The time until the whole answer is read, and the answer.
    pub fn ask(&mut self, method: &str, path: &str, body: &str) -> (Duration, String) {
        let start = Instant::now();
        let length = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        let head = self.send(method, path, &format!("Origin: http://{}\r\n{length}", self.host), body);
        let length = head.iter().find_map(|line| line.strip_prefix("content-length:"));
        let mut answer = vec![0; length.map_or(0, |length| length.trim().parse().expect("a length"))];
        // A peer may cut a page short that it writes meanwhile: it does not hold what is waited for.
        let _ = self.reader.read_exact(&mut answer);
        (start.elapsed(), String::from_utf8(answer).expect("text"))
    }

    /// Sends a request; the head of its answer, in small letters.
    pub fn send(&mut self, method: &str, path: &str, more: &str, body: &str) -> Vec<String> {
        let Self { reader, host, root } = self;
        let request = format!("{method} {root}{path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n{body}");
        reader.get_mut().write_all(request.as_bytes()).expect("sent");
        let mut head = Vec::new();
        loop {
            let line = self.line();
            if line.is_empty() {
                return head;
            }
            head.push(line.to_ascii_lowercase());
        }
    }

    /// The next line that comes.
    pub fn line(&mut self) -> String {
        let mut line = Vec::new();
        self.reader.read_until(b'\n', &mut line).expect("a line");
        assert!(!line.is_empty(), "the server closed the connection");
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }
}

/// What a page is told when it asks how it looks now.
pub fn state(page: &mut Page, path: &str) -> Value {
    let (_, state) = page.ask("GET", &format!("state?page={path}"), "");
    serde_json::from_str(&state).expect("JSON")
}

/// An input of a form: what it belongs to, and what it shows.
pub struct Input {
    pub at: Value,
    pub fact: Value,
    pub was: String,
}

impl Input {
    pub fn set(&self, value: &str) -> Value {
        json!({ "kind": "set", "at": self.at, "fact": self.fact, "was": self.was, "value": value })
    }
}

/// The first input of a page whose fact begins so.
pub fn first_input(state: &Value, fact: &str) -> Input {
    let form = state["parts"]["form"].as_str().expect("a form");
    let plain =
        |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let attribute = |name: &str, from: usize| {
        let start = from + form[from..].find(name).expect("an attribute") + name.len();
        plain(form[start..].split('"').next().expect("a value"))
    };
    let wanted = format!("data-fact=\"{}", fact.replace('"', "&quot;"));
    let place = form.find(&wanted).expect("an input");
    let at = form[..place].rfind("data-at=\"").expect("an address");
    let json = |text: String| serde_json::from_str(&text).expect("JSON");
    Input {
        at: json(attribute("data-at=\"", at)),
        fact: json(attribute("data-fact=\"", at)),
        was: attribute("data-was=\"", at),
    }
}
