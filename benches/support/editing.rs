//! From an edit to its findings: `cargo bench --bench ratios -- editor [EDITS]`.
//!
//! 1,000 projects, about 10,000 indicators, in two shapes: a file a project, and everything in one file of one
//! department, which is the worst there is. The session alone, then the whole server over pipes.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jixiao::control::Wishes;
use jixiao::workspace::{Input, Session, analyse};
use serde_json::json;

#[path = "../../tests/support/editor.rs"]
#[expect(dead_code, reason = "the suites use the rest")]
pub mod editor;

pub const PROJECTS: usize = 1_000;

/// `files` are those of departments with their projects.
pub fn report(departments: &[Input], edits: usize) {
    for (name, files) in [("a file a project", apart(departments)), ("one file", together(departments))] {
        let indicators: usize = files.iter().map(|file| file.text.matches("\n  指标 ").count()).sum();
        let mut checks: Vec<f64> = (0..5).map(|_| super::time(|| analyse(files.clone(), None))).collect();
        checks.sort_by(f64::total_cmp);
        let check = checks[2];
        println!("{name}: {} files, {indicators} indicators, whole check {:.1} ms", files.len(), check * 1e3);
        session(&files, edits, check);
        server(&files, edits / 10, check);
    }
}

fn session(files: &[Input], edits: usize, check: f64) {
    let mut session = Session::new(files.to_vec(), None, Wishes::default());
    let mut texts: Vec<Arc<str>> = files.iter().map(|file| file.text.clone()).collect();
    let mut typist = Typist(7);
    let mut times = Vec::with_capacity(edits);
    let mut before = 0;
    for number in 0..edits {
        if number == edits / 10 {
            before = memory();
        }
        let (index, text) = typist.edit(&texts);
        texts[index] = text.into();
        let file = session.file(&files[index].path).expect("a file");
        let started = Instant::now();
        let changed = session.update(vec![(file, texts[index].clone())]);
        times.push(started.elapsed().as_secs_f64());
        assert!(changed.contains(&file));
    }
    told("session", &mut times, check);
    println!("  memory after {} edits {} MiB, after {edits} {} MiB", edits / 10, before >> 20, memory() >> 20);
}

fn server(files: &[Input], edits: usize, check: f64) {
    let folder = tempfile::tempdir().expect("a folder");
    for file in files {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &*file.text).expect("written");
    }
    let mut editor = editor::Editor::start(folder.path(), &["utf-16"]);
    editor.settle();
    let mut texts: Vec<Arc<str>> = files.iter().map(|file| file.text.clone()).collect();
    let path = |index: usize| folder.path().join(&files[index].path);
    let open: Vec<usize> = (0..files.len().min(20)).collect();
    for index in &open {
        editor.open(&path(*index), &texts[*index]);
    }
    editor.settle();
    let mut typist = Typist(11);
    let mut times = Vec::with_capacity(edits);
    let before = editor.memory();
    for number in 0..edits {
        let (index, text) = typist.edit(&texts[..open.len()]);
        let change = one_change(&texts[index], &text);
        texts[index] = text.into();
        let started = Instant::now();
        editor.change(&path(index), number + 2, json!([change]));
        loop {
            let told = editor.wait_for("textDocument/publishDiagnostics");
            if told["params"]["uri"] == editor::uri(&path(index)) {
                break;
            }
        }
        times.push(started.elapsed().as_secs_f64());
    }
    told("server over pipes", &mut times, check);
    println!("  its memory before {} MiB, after {edits} edits {} MiB", before >> 20, editor.memory() >> 20);
    assert_eq!(editor.stop(), 0);
}

fn told(name: &str, times: &mut [f64], check: f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!(
        "  {name:18} p50 {:6.2} ms  p95 {:6.2} ms  worst {:6.2} ms; p95 / whole check {:.3}",
        at(50) * 1e3,
        at(95) * 1e3,
        at(100) * 1e3,
        at(95) / check,
    );
}

/// The change between two texts as an editor tells it.
pub fn one_change(old: &str, new: &str) -> serde_json::Value {
    let mut start = old.bytes().zip(new.bytes()).take_while(|(one, other)| one == other).count();
    while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
        start -= 1;
    }
    let rest = old[start..].bytes().rev().zip(new[start..].bytes().rev());
    let mut same = rest.take_while(|(one, other)| one == other).count();
    while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
        same -= 1;
    }
    json!({
        "range": { "start": position(old, start), "end": position(old, old.len() - same) },
        "text": new[start..new.len() - same],
    })
}

/// A byte as a position of the protocol.
pub fn position(text: &str, offset: usize) -> serde_json::Value {
    let line_start = text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let line = text[..offset].matches('\n').count();
    json!({ "line": line, "character": text[line_start..offset].encode_utf16().count() })
}

/// Types in one place for a while, then in another: digits, half lines that are finished later, deleted lines.
struct Typist(u64);

impl Typist {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn edit(&mut self, texts: &[Arc<str>]) -> (usize, String) {
        let index = self.below(texts.len());
        let text = &*texts[index];
        let half = "\n  指标 数量 新增";
        if let Some(at) = text.find(half).filter(|_| self.below(2) == 0) {
            return (index, [&text[..at], &text[at + half.len()..]].concat());
        }
        let mut at = self.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let rest = &text[at..];
        let replaced = |start: usize, end: usize, new: &str| [&text[..start], new, &text[end..]].concat();
        let made = match self.below(4) {
            0 => rest.find("\n  指标 ").map(|offset| replaced(at + offset, at + offset, half)),
            1 => rest.find('。').map(|offset| replaced(at + offset, at + offset, "好")),
            2 => rest.find("好").map(|offset| replaced(at + offset, at + offset + "好".len(), "")),
            _ => None,
        };
        let digit = self.below(10).to_string();
        let number = || text.find("≥ ").map_or(0, |found| found + "≥ ".len());
        let number = rest.find("≥ ").map_or_else(number, |offset| at + offset + "≥ ".len());
        let typed = || replaced(number, number + usize::from(text.as_bytes()[number].is_ascii_digit()), &digit);
        let made = made.unwrap_or_else(typed);
        if made == text { (index, replaced(text.len(), text.len(), "\n")) } else { (index, made) }
    }
}

/// Each project in a file of its own.
pub fn apart(departments: &[Input]) -> Vec<Input> {
    let mut files = Vec::new();
    for department in departments {
        let folder = Path::new(&department.path).parent().expect("a folder").display().to_string();
        let mut parts = department.text.split("\n项目 ");
        let head = parts.next().expect("the department");
        files.push(Input { path: department.path.clone(), text: head.into() });
        for (number, part) in parts.enumerate() {
            files.push(Input { path: format!("{folder}/{number:03}.jx"), text: format!("项目 {part}").into() });
        }
    }
    files
}

/// Everything in one file: the projects of all departments are those of the first.
pub fn together(departments: &[Input]) -> Vec<Input> {
    let mut text = departments[0].text.to_string();
    for (number, department) in departments.iter().enumerate().skip(1) {
        let start = department.text.find("\n项目 ").expect("projects");
        text += &department.text[start..].replace(&format!("单位 {number}001"), "单位 0001");
    }
    vec![Input { path: "全部.jx".to_owned(), text: text.into() }]
}

/// The memory of this process in bytes, where the system tells.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|size| size.parse::<u64>().ok()).unwrap_or(0) * 1024
}
