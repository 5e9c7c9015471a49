//! The same data in many notations, the same checks by other means: `cargo bench --bench peers [-- PROJECTS …]`.
//!
//! The folder with the generator and the peers is the one that `JIXIAO_PEERS` names, else `../shared/peers`; it is left as
//! it is; the checks in languages of data are in `benches/peers/`. Needed is Python 3 (`JIXIAO_PYTHON` names another); peers whose own needs are missing (a Python package, a program) are left out, told as such.
//! Everything runs in this one run, and only the ratios count.

#[path = "support/processes.rs"]
mod processes;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use processes::{Cost, goal, measured, mebibytes, once};

/// What the peers check, too.
const SAME_CHECKS: &str = "JX001 JX010 JX013 JX020 JX025 JX040 JX041 JX047 JX066 JX100";
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [first, command @ ..] = &arguments[..]
        && first == "once"
    {
        return once(&command.iter().map(String::as_str).collect::<Vec<_>>());
    }
    let Some(peers) = Peers::find() else {
        println!("no peers here: name their folder in JIXIAO_PEERS");
        return;
    };
    let scales: Vec<usize> = arguments.iter().map(|count| count.parse().expect("a number of projects")).collect();
    for projects in if scales.is_empty() { vec![100, 1_000, 10_000] } else { scales } {
        table(&peers, projects);
    }
}

struct Peers {
    folder: PathBuf,
    /// The floors: bare pest, a typed JSON, by hand.
    floors: Option<PathBuf>,
}

impl Peers {
    fn find() -> Option<Self> {
        let named = std::env::var_os("JIXIAO_PEERS").map(PathBuf::from);
        let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/peers"));
        folder.join("gen.py").is_file().then(|| Self { floors: floors(&folder), folder })
    }

    fn script(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a path").to_owned()
    }
}

/// Builds the floors below our own target folder.
fn floors(folder: &Path) -> Option<PathBuf> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("floors");
    let sources = target.join("sources");
    fs::create_dir_all(&sources).ok()?;
    let copied = Command::new("cp").arg("-r").arg(folder.join("rust/.")).arg(&sources).status();
    copied.ok().filter(std::process::ExitStatus::success)?;
    let build = Command::new("cargo")
        .args(["build", "--release", "--quiet", "--target-dir"])
        .arg(&target)
        .current_dir(&sources)
        .stderr(Stdio::null())
        .status();
    build.is_ok_and(|status| status.success()).then(|| target.join("release/floors"))
}

fn python_program() -> PathBuf {
    std::env::var_os("JIXIAO_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

fn has_package(package: &str) -> bool {
    let status =
        Command::new(python_program()).args(["-c", &format!("import {package}")]).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn python(arguments: &[&str]) {
    let status = Command::new(python_program()).args(arguments).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "python3 {arguments:?}");
}

fn table(peers: &Peers, projects: usize) {
    let data = tempfile::tempdir().expect("a folder");
    let path = |name: &str| data.path().join(name).to_str().expect("a path").to_owned();
    let count = projects.to_string();
    python(&[&peers.script("gen.py"), &count, "--out", &path(""), "--formats", "json,dsl"]);
    for (layout, name) in [("dept", "departments"), ("files", "files")] {
        python(&[&peers.script("to_jx.py"), &path("data.json"), &path(name), "--layout", layout]);
    }
    change_one_in_a_hundred(&data.path().join("departments"), &data.path().join("changed"));
    println!("\n{projects} projects; medians of {RUNS} runs; CPU s, peak MiB");

    let tell = |name: &str, cost: Cost| {
        println!("  {name:46} {:8.3} {:6.0}", cost.cpu_seconds, mebibytes(cost.peak_bytes));
        cost.cpu_seconds
    };
    let run =
        |name: &str, program: &Path, arguments: &[&str]| tell(name, measured(program, arguments, data.path(), RUNS));
    let ours = PathBuf::from(env!("CARGO_BIN_EXE_jixiao"));
    let same: Vec<&str> = SAME_CHECKS.split(' ').flat_map(|code| ["--select", code]).collect();
    let checked = |folder: &'static str, more: &[&'static str]| [&["check", folder], &same[..], more].concat();
    let floor = |name: &str, command: &str, file: &str| {
        let program = peers.floors.as_ref()?;
        Some(run(name, program, &[command, &path(file)]))
    };
    let script = |name: &str, file: &str, needs: &[&str], more: &[&str]| {
        if needs.iter().any(|package| !has_package(package)) {
            println!("  {name:46} left out: {needs:?} is not here");
            return None;
        }
        let (file, data) = (peers.script(file), path("data.json"));
        Some(run(name, &python_program(), &[&[file.as_str(), &data], more].concat()))
    };

    // Once, and no longer than a quarter of an hour: what is stopped takes at least that.
    let language = |name: &str, language: &str, package: &str| {
        if !has_package(package) {
            println!("  {name:46} left out: {package} is not here");
            return None;
        }
        let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/run.py");
        let (own, program) = (own.to_str().expect("a path"), python_program());
        let limited = ["-c", "ulimit -t 900; exec \"$@\"", "sh", program.to_str().expect("a path")];
        let cost =
            measured(Path::new("sh"), &[&limited[..], &[own, language, &path("data.json")]].concat(), data.path(), 1);
        tell(name, cost);
        Some(cost)
    };

    floor("by hand and checks", "hand-check", "budget.dsl");
    floor("serde_json, typed, and checks", "serde-check", "data.json");
    let pest = floor("pest, tree and checks", "pest-b4-check", "budget.dsl");
    let plain = script("plain Python and checks", "py/plain_check.py", &[], &[]);
    let pydantic = script("pydantic and checks", "py/pydantic_jinja.py", &["pydantic"], &[]);
    let jsonnet = language("jsonnet and checks", "jsonnet", "_jsonnet");
    let kcl = language("KCL and checks", "kcl", "kcl_lib");
    let page = path("page.html");
    let jinja = script("pydantic, checks and Jinja", "py/pydantic_jinja.py", &["pydantic", "jinja2"], &[&page]);
    let maud = floor("pest, checks and maud", "pest-b-html", "budget.dsl");

    let of_ours = measured(&ours, &checked("departments", &[]), data.path(), RUNS);
    let departments = tell("ours, same checks, a file a department", of_ours);
    let files = run("ours, same checks, a file a project", &ours, &checked("files", &[]));
    let all = run("ours, all rules", &ours, &["check", "departments"]);
    let formatted = run("ours, fmt --check", &ours, &["fmt", "--check", "departments"]);
    let html = run("ours, build --to html", &ours, &["build", "--to", "html", "-o", "out", "departments"]);
    let compared = run("ours, diff, 1 % changed", &ours, &["diff", "departments", "changed"]);

    let ratio = |name: &str, ours: f64, other: Option<f64>, limit: f64| {
        if let Some(other) = other {
            goal(name, ours / other, limit, "");
        }
    };
    ratio("same checks / pest, tree and checks", departments, pest, 1.6);
    ratio("same checks / plain Python", departments, plain, 0.6);
    ratio("same checks / pydantic", departments, pydantic, 0.22);
    for (name, other) in [("jsonnet", jsonnet), ("KCL", kcl)] {
        if let Some(other) = other {
            goal(&format!("same checks / {name}"), of_ours.cpu_seconds / other.cpu_seconds, 0.125, "");
            goal(&format!("same checks / {name}: peak"), of_ours.peak_bytes / other.peak_bytes, 0.25, "");
        }
    }
    ratio("all rules / same checks", all, Some(departments), 1.8);
    ratio("all rules / plain Python", all, plain, 0.7);
    ratio("all rules / pydantic", all, pydantic, 0.45);
    ratio("a file a project / a file a department", files, Some(departments), 1.15);
    ratio("build --to html / pest, checks and maud", html, maud, 3.0);
    ratio("build --to html / pydantic, checks and Jinja", html, jinja, 0.35);
    ratio("fmt --check / same checks", formatted, Some(departments), 1.2);
    ratio("diff / same checks", compared, Some(departments), 0.3);
}

/// A copy of a workspace in which the purpose of each hundredth project differs.
fn change_one_in_a_hundred(from: &Path, to: &Path) {
    let mut projects = 0;
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry.expect("a file");
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("a text");
        let mut changed = String::with_capacity(text.len());
        for line in text.lines() {
            projects += usize::from(line.starts_with("项目 "));
            let is_changed = projects % 100 == 1 && line.starts_with("  用途 \"");
            changed.push_str(&if is_changed { line.replacen('"', "\"新增", 1) } else { line.to_owned() });
            changed.push('\n');
        }
        fs::write(target, changed).expect("written");
    }
}
