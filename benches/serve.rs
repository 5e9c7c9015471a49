//! What a key costs on the page of an office: `cargo bench --bench serve [-- EDITS]`.
//!
//! A department of 300 projects is served; each key is tried out over one connection, as the page does it, and the time is
//! that until the answer is read: new findings, new table. Then so many changes are stored, and memory has to be the same.

#[path = "support/county.rs"]
mod county;
#[path = "support/processes.rs"]
#[expect(dead_code, reason = "the goals alone are wanted")]
mod processes;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use county::County;
use processes::goal;

/// Keys that are tried out.
const KEYS: u32 = 500;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let edits: u32 = arguments.first().map_or(10_000, |edits| edits.parse().expect("a number of edits"));
    let data = tempfile::tempdir().expect("a folder");
    let county = County { projects_an_office: 300, a_file_a_project: true, ..County::of(300) };
    county.write(&data.path().join("office"));
    let mut server = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["--lang", "zh", "serve", "office"])
        .current_dir(data.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut line = String::new();
    BufReader::new(server.stdout.as_mut().expect("output")).read_line(&mut line).expect("a line");
    let address = line[line.find("http://").expect("an address") + 7..].trim().to_owned();
    let (host, root) = address.split_once('/').expect("a path");
    let mut page =
        Page { stream: TcpStream::connect(host).expect("the server"), host: host.to_owned(), root: root.to_owned() };

    let (first, _) = page.ask("GET", "", "");
    goal("first page: of 300 ms", first.as_secs_f64() / 0.3, 1.0, &format!("{:.0} ms", first.as_secs_f64() * 1e3));
    let (_, state) = page.ask("GET", "state?page=project/150", "");
    let (at, was) = first_target(&state);
    let change = |verb: &str, was: &str, value: &str| {
        let change = format!(r#"{{"kind":"set","at":{at},"fact":"target","was":"{was}","value":"{value}"}}"#);
        (verb.to_owned(), format!(r#"{{"page":"project/150","change":{change}}}"#))
    };
    let mut times: Vec<Duration> = (0..KEYS)
        .map(|key| {
            let (path, body) = change("try", &was, &format!("≥ {} 次", key + 1));
            page.ask("POST", &path, &body).0
        })
        .collect();
    times.sort_unstable();
    let at_percent = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    let told = format!("p50 {:.1} ms, p95 {:.1} ms", at_percent(50), at_percent(95));
    goal("a key, p95: of 50 ms", at_percent(95) / 50.0, 1.0, &told);

    let mut was = was;
    let mut memory = [0.0; 2];
    for edit in 0..edits {
        let value = format!("≥ {} 次", edit + 1);
        let (path, body) = change("make", &was, &value);
        page.ask("POST", &path, &body);
        was = value;
        if edit == edits / 10 {
            memory[0] = resident(server.id());
        }
    }
    memory[1] = resident(server.id());
    let told = format!("{:.0} MiB after {}, {:.0} MiB after {edits}", memory[0], edits / 10, memory[1]);
    goal("memory over edits", memory[1] / memory[0], 1.2, &told);
    let _ = server.kill();
    let _ = server.wait();
}

/// A connection as a page has one.
struct Page {
    stream: TcpStream,
    host: String,
    root: String,
}

impl Page {
    fn ask(&mut self, method: &str, path: &str, body: &str) -> (Duration, String) {
        let Self { stream, host, root } = self;
        let length = body.len();
        let request = format!(
            "{method} /{root}{path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let start = Instant::now();
        stream.write_all(request.as_bytes()).expect("sent");
        let mut reader = BufReader::new(&mut *stream);
        let (mut line, mut length) = (String::new(), 0);
        loop {
            line.clear();
            reader.read_line(&mut line).expect("a header");
            if let Some(told) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = told.trim().parse().expect("a length");
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).expect("the answer");
        (start.elapsed(), String::from_utf8(answer).expect("text"))
    }
}

/// The address and the value of the first target of a form.
fn first_target(state: &str) -> (String, String) {
    let state: serde_json::Value = serde_json::from_str(state).expect("JSON");
    let form = state["parts"]["form"].as_str().expect("a form").replace("&quot;", "\"");
    let fact = form.find("data-fact=\"\"target\"\"").expect("a target");
    let at = form[..fact].rfind("data-at=\"").expect("an address") + 9;
    let at = form[at..fact].trim_end().trim_end_matches('"').to_owned();
    let was = fact + form[fact..].find("data-was=\"").expect("a value") + 10;
    let was = form[was..].split('"').next().expect("a value").to_owned();
    (at, was)
}

/// What a process holds, in MiB; as much as Linux tells.
fn resident(process: u32) -> f64 {
    let told = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = told.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("VmRSS: 0 kB");
    let kibibytes: u32 = line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or(0);
    f64::from(kibibytes) / 1024.0
}
