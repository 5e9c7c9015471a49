//! What the page of an office costs: `cargo bench --bench serve [-- keys|memory|reload|browser] [EDITS]`.
//!
//! A department of 300 projects is served, in a file a project and in one file. `keys`: each key is tried out over one
//! connection, as the page does it, until the answer is read: new findings, new table. `memory`: so many changes are
//! stored, and memory has to be the same. `reload`: from a file that an editor stored to its new content, beside others
//! that serve a page. `browser`: the same in Chromium, where one is here. All of them where none is named.

#[path = "support/county.rs"]
mod county;
#[path = "support/processes.rs"]
#[expect(dead_code, reason = "the goals alone are wanted")]
mod processes;
#[path = "support/reload.rs"]
mod reload;
#[path = "support/served.rs"]
mod served;
#[path = "support/year.rs"]
mod year;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use county::County;
use processes::goal;
use serde_json::{Value, json};
use served::{Page, ServedOffice, first_input, state};
use year::DepartmentYear;

const PROJECTS: usize = 300;
/// Keys that are tried out of each kind.
const KEYS: usize = 300;
/// The project that is looked at, in the middle.
const PAGE: &str = "project/150";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (numbers, parts): (Vec<String>, Vec<String>) =
        arguments.into_iter().partition(|argument| argument.parse::<usize>().is_ok());
    let edits = numbers.first().map_or(10_000, |edits| edits.parse().expect("a number of edits"));
    let is_wanted = |part: &str| parts.is_empty() || parts.iter().any(|one| one == part);
    for (name, a_file_a_project) in [("a file a project", true), ("one file", false)] {
        let folder = tempfile::tempdir().expect("a folder");
        let office = folder.path().join("office");
        let county = County { projects_an_office: PROJECTS, a_file_a_project, ..County::of(PROJECTS) };
        let bytes = county.write(&office);
        println!("{PROJECTS} projects, {name}: {} kB", bytes / 1000);
        if is_wanted("keys") {
            keys(&office);
        }
        if is_wanted("memory") {
            memory(&office, edits);
        }
        if is_wanted("browser") {
            browser(&office);
        }
    }
    if is_wanted("keys") {
        keys_of_a_checkpoint();
    }
    if is_wanted("reload") {
        reload::beside_others(PROJECTS);
    }
}

fn keys(office: &Path) {
    let start = Instant::now();
    let server = ServedOffice::of(office);
    let started = start.elapsed();
    let mut page = server.page();
    let (first, whole) = page.ask("GET", "", "");
    told("first page", &mut [first], Some(300.0));
    println!("  started in {:.0} ms; the page has {} kB", milliseconds(started), whole.len() / 1000);
    told(PAGE, &mut times(20, |_| page.ask("GET", PAGE, "").0), Some(300.0));
    let seen = state(&mut page, PAGE);
    let target = first_input(&seen, "\"target\"");
    told("a key in a target", &mut tried(&mut page, PAGE, |key| target.set(&format!("≥ {} 次", key + 1))), Some(50.0));
    let goal = first_input(&seen, r#"{"line":"目标"}"#);
    let text = |key| format!("全年办好第{key}件事");
    told("a key in a goal", &mut tried(&mut page, PAGE, |key| goal.set(&text(key))), Some(50.0));
    // As the editor of the page does it, which asks for colours and completion as well.
    let file = &seen["text"];
    let text = file["text"].as_str().expect("a text");
    let place = text.find(target.at["project"].as_str().expect("a name")).expect("the project");
    let place = place + text[place..].find("  指标 ").expect("an indicator");
    let unit = text[..place].encode_utf16().count();
    let typed = |key: usize| {
        let text = [&text[..place], &format!("  # {key}\n"), &text[place..]].concat();
        let question = json!({ "shown": [unit.saturating_sub(200), unit + 2_000], "writing_at": unit });
        let change = json!({ "kind": "text", "path": file["path"], "version": file["version"], "text": text });
        json!({ "page": PAGE, "change": change, "question": question })
    };
    let mut all = times(KEYS, |key| parts_of(&mut page, "try", &typed(key)).0);
    told("a key in the text", &mut all, Some(50.0));
}

fn keys_of_a_checkpoint() {
    let folder = tempfile::tempdir().expect("a folder");
    let office = folder.path().join("office");
    DepartmentYear::of(PROJECTS).write(&office);
    println!("{PROJECTS} projects and their year");
    let server = ServedOffice::of(&office);
    let mut page = server.page();
    for path in ["year/1/1", "year/1/2"] {
        let seen = state(&mut page, path);
        if !seen["parts"]["form"].as_str().is_some_and(|form| form.contains("data-fact")) {
            continue;
        }
        let line = first_input(&seen, "{\"reported\"");
        let tried = &mut tried(&mut page, path, |key| line.set(&format!("{}.5 万元", key + 1)));
        told(&format!("a key at a checkpoint, {path}"), tried, Some(50.0));
        return;
    }
    println!("no checkpoint to fill in");
}

/// The times of keys on a page.
fn tried(page: &mut Page, path: &str, change: impl Fn(usize) -> Value) -> Vec<Duration> {
    times(KEYS, |key| parts_of(page, "try", &json!({ "page": path, "change": change(key) })).0)
}

/// An answer that has the parts of a page.
fn parts_of(page: &mut Page, verb: &str, said: &Value) -> (Duration, String) {
    let (time, answer) = page.ask("POST", verb, &said.to_string());
    assert!(answer.contains("\"parts\""), "{said}: {answer}");
    (time, answer)
}

fn memory(office: &Path, edits: usize) {
    let server = ServedOffice::of(office);
    let mut page = server.page();
    let mut target = first_input(&state(&mut page, PAGE), "\"target\"");
    let mut memory = [0.0; 2];
    let mut all = times(edits, |edit| {
        let value = format!("≥ {} 次", edit + 1);
        let (time, _) = parts_of(&mut page, "make", &json!({ "page": PAGE, "change": target.set(&value) }));
        target.was = value;
        if edit == edits / 10 {
            memory[0] = server.resident();
        }
        time
    });
    memory[1] = server.resident();
    told("a change that is stored", &mut all, None);
    let figures = format!("{:.0} MiB after {}, {:.0} MiB after {edits}", memory[0], edits / 10, memory[1]);
    goal("  memory over edits", memory[1] / memory[0], 1.1, &figures);
}

/// Drives the page in a browser, whose figures it prints.
fn browser(office: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/serve_speed.mjs");
    let server = ServedOffice::of(office);
    let run = Command::new("node").arg(script).args([&server.address(), PAGE]).output();
    match run {
        Ok(output) if output.status.success() => print!("{}", String::from_utf8_lossy(&output.stdout)),
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            println!("  no browser: {}", why.lines().find(|line| line.contains("rror")).unwrap_or_default());
        }
        Err(error) => println!("  no browser: node: {error}"),
    }
}

fn times(count: usize, one: impl FnMut(usize) -> Duration) -> Vec<Duration> {
    (0..count).map(one).collect()
}

/// Prints p50 and p95, beside the most milliseconds that are wanted.
pub fn told(name: &str, times: &mut [Duration], limit: Option<f64>) -> f64 {
    times.sort_unstable();
    let at_percent = |percent: usize| milliseconds(times[(times.len() - 1) * percent / 100]);
    let (middle, late) = (at_percent(50), at_percent(95));
    let figures = format!("p50 {middle:.1} ms, p95 {late:.1} ms");
    match limit {
        Some(limit) => goal(&format!("  {name}, p95 of {limit} ms"), late / limit, 1.0, &figures),
        None => println!("  {name}: {figures}"),
    }
    middle
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
