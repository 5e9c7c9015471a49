//! Texts of every shape, also of those that nobody writes: what a check of them takes stays near what they hold, and what
//! it tells stays readable. `cargo bench --bench shapes` measures the same shapes against the goals.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};

use crate::support::shapes::{SHAPES, Shape};
use jixiao::diagnostic::Code;
use jixiao::syntax::{MAXIMUM_OF_A_RULE, MAXIMUM_OF_AN_ERROR, MAXIMUM_SYNTAX_ERRORS};

/// A small text, and one of four times its size.
const SIZES: [usize; 2] = [24 * 1024, 96 * 1024];
/// The folder that the one run of a process is to check.
const RUN: &str = "JIXIAO_SHAPE";

/// What a check took.
#[derive(Clone, Copy)]
struct Taken {
    cpu_milliseconds: i64,
    peak_kilobytes: i64,
}

/// No test of its own: the process in which a check is measured, since a system tells only of all children together.
#[test]
fn one_check_in_a_process_of_its_own() {
    let Some(folder) = std::env::var_os(RUN) else { return };
    let folder = PathBuf::from(folder);
    let findings = std::fs::File::create(folder.join("findings.json")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(&folder).args(["check", "--format", "json", "text"]).stdin(Stdio::null());
    let status = command.stdout(findings).stderr(Stdio::null()).status().expect("runs");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("what it took");
    let time = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1000 + time.tv_usec() / 1000);
    let taken = format!("{} {} {}", status.code().unwrap_or(-1), time[0] + time[1], usage.max_rss());
    std::fs::write(folder.join("taken"), taken).expect("written");
}

fn check(shape: &Shape, size: usize) -> (usize, Taken, serde_json::Value) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("shapes").join(shape.name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("text")).expect("a folder");
    let bytes = shape.write(size, &folder.join("text"));
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "shapes::one_check_in_a_process_of_its_own"]).env(RUN, &folder);
    assert!(command.stdout(Stdio::null()).status().expect("runs").success(), "{}", shape.name);
    let text = std::fs::read_to_string(folder.join("taken")).expect("figures");
    let figures: Vec<i64> = text.split(' ').map(|figure| figure.parse().expect("a figure")).collect();
    assert!(matches!(figures[0], 0 | 1), "{}: status {}", shape.name, figures[0]);
    let findings = read(&folder.join("findings.json"));
    std::fs::remove_dir_all(folder).expect("removed");
    (bytes, Taken { cpu_milliseconds: figures[1], peak_kilobytes: figures[2] }, findings)
}

fn read(path: &Path) -> serde_json::Value {
    serde_json::from_str(&std::fs::read_to_string(path).expect("text")).expect("JSON")
}

/// Shapes that take more memory than they should. The list may only become shorter.
const TAKE_MORE: &[&str] = &["opened standards", "projects without braces"];

/// 60 times the text, beside what the program itself takes.
fn most_kilobytes(bytes: usize, idle: i64) -> i64 {
    const SLACK: i64 = 20 * 1024;
    idle + SLACK + i64::try_from(60 * bytes / 1024).expect("a small text")
}

#[test]
fn what_a_check_takes_grows_as_the_text_does() {
    let nothing = Shape { name: "nothing", files: |_| vec![("甲.jx".to_owned(), String::new())] };
    let idle = check(&nothing, 0).1;
    let (mut more, mut table) = (Vec::new(), String::new());
    for shape in SHAPES {
        let [(_, small, _), (bytes, large, findings)] = SIZES.map(|size| check(shape, size));
        let line = format!(
            "{:40} {:5} kB {:6} → {:6} ms {:6} kB\n",
            shape.name,
            bytes / 1024,
            small.cpu_milliseconds,
            large.cpu_milliseconds,
            large.peak_kilobytes
        );
        table.push_str(&line);
        if large.peak_kilobytes > most_kilobytes(bytes, idle.peak_kilobytes) {
            more.push(shape.name);
        }
        few_of_a_kind(shape.name, &findings);
    }
    println!("{table}");
    // Times are printed, and compared by a bench alone.
    more.retain(|name| !TAKE_MORE.contains(name));
    assert!(more.is_empty(), "{more:?}\n{table}");
}

/// What is found of one kind in a file is listed as far as anybody reads, and the rest counted.
fn few_of_a_kind(name: &str, findings: &serde_json::Value) {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut syntax: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings["findings"].as_array().expect("findings") {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let (code, path) = (text(&finding["code"]), text(&finding["labels"][0]["path"]));
        if Code::find(&code).is_some_and(Code::is_syntax) {
            *syntax.entry(path.clone()).or_default() += 1;
        }
        *counts.entry((code, path)).or_default() += 1;
    }
    let most = |code: &str| {
        if Code::find(code).is_some_and(Code::has_level) { MAXIMUM_OF_A_RULE } else { MAXIMUM_OF_AN_ERROR }
    };
    for ((code, path), count) in &counts {
        assert!(path.is_empty() || *count <= most(code), "{name}: {count} of {code} in {path}");
    }
    assert!(syntax.values().all(|count| *count <= MAXIMUM_SYNTAX_ERRORS), "{name}: {syntax:?}");
}

#[test]
fn what_is_not_listed_is_counted() {
    let lines: Vec<String> = (0..1234).map(|number| format!("  未知的字段{number} \"甲\"\n")).collect();
    let lines = lines.concat();
    let text = format!("项目 甲 {{\n{lines}}}\n");
    let errors = crate::support::check(&text);
    assert_eq!(errors.iter().filter(|(_, message)| message.starts_with("JX301")).count(), MAXIMUM_OF_AN_ERROR);
    let input = jixiao::workspace::Input { path: "甲.jx".to_owned(), text: text.into() };
    let analysis = jixiao::workspace::analyse(vec![input], None);
    let told = analysis.diagnostics.iter().find(|one| one.code == Code::JX903).expect("the count");
    let told = told.message.in_language(jixiao::diagnostic::Language::English).into_owned();
    assert!(told.starts_with("1134 more JX301"), "{told}");
}
