//! What a county costs that is read a department at a time: `cargo bench --bench county [-- PROJECTS]`.
//!
//! A file a project, thirty projects a department, as dense in findings as the published document. Each command runs on a
//! tenth of the data, too: memory has to be the same. The older build is the program that `JIXIAO_BASELINE` names; without it
//! nothing is compared with one. `-- site` measures the pages of a county of 3,000 projects, `-- questions [PROJECTS]` what
//! DuckDB takes for the twelve questions of a province of ten counties with so many projects each (30,000).
#![expect(clippy::cast_precision_loss, reason = "sizes of data are far below 2^52")]

#[path = "support/county.rs"]
mod county;
#[path = "support/processes.rs"]
mod processes;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use county::County;
use processes::{Cost, goal, measured, mebibytes, once};

const RUNS: usize = 3;
/// What a build may take at most, in bytes.
const ROOM: f64 = 150.0 * 1_048_576.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", ref command @ ..] => once(command),
        ["site"] => site(),
        ["questions"] => questions(30_000),
        ["questions", projects] => questions(projects.parse().expect("a number of projects")),
        [projects] => report(projects.parse().expect("a number of projects")),
        _ => report(10_000),
    }
}

fn report(projects: usize) {
    let program = program();
    let data = tempfile::tempdir().expect("a folder");
    let bytes = of(projects).write(&data.path().join("large"));
    of(projects / 10).write(&data.path().join("small"));
    println!("{projects} projects, {:.1} MiB of text; medians of {RUNS} runs", mebibytes(bytes as f64));

    let on = |program: &Path, command: &[&str], folder: &str| {
        let cost = measured(program, &[command, &[folder]].concat(), data.path(), RUNS);
        let _ = std::fs::remove_dir_all(data.path().join("out"));
        cost
    };
    let figures = |cost: &Cost| format!("{:.2} s CPU, {:.0} MiB", cost.cpu_seconds, mebibytes(cost.peak_bytes));
    let check = on(program, &["check"], "large");
    let small = on(program, &["check"], "small");
    goal("check: peak, ten times the projects", check.peak_bytes / small.peak_bytes, 1.2, &figures(&check));
    goal("check: CPU, ten times the projects / 10", check.cpu_seconds / small.cpu_seconds / 10.0, 1.2, "");
    if let Some(old) = std::env::var_os("JIXIAO_BASELINE").map(PathBuf::from) {
        let old = on(&old, &["check"], "large");
        goal("check: peak, new / old", check.peak_bytes / old.peak_bytes, 0.06, &figures(&old));
    }
    let quiet = on(program, &["check", "--quiet"], "large");
    second_run(program, projects, data.path(), &check);
    for format in ["csv", "json", "html", "xlsx", "parquet"] {
        let command = ["build", "--to", format, "--region", "130229", "-o", "out"];
        let command = if format == "parquet" { &command[..] } else { &["build", "--to", format, "-o", "out"] };
        let cost = on(program, command, "large");
        goal(&format!("build --to {format}: peak / 150 MiB"), cost.peak_bytes / ROOM, 1.0, &figures(&cost));
        goal(&format!("build --to {format}: CPU / check"), cost.cpu_seconds / check.cpu_seconds, 2.0, "");
        if format == "parquet" {
            let alone = cost.cpu_seconds - quiet.cpu_seconds;
            goal("the tables alone: CPU / check", alone / check.cpu_seconds, 0.5, &format!("{alone:.2} s CPU"));
        }
    }
}

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_jixiao"))
}

fn of(projects: usize) -> County {
    County { projects_an_office: 30, a_file_a_project: true, ..County::of(projects) }
}

fn site() {
    let data = tempfile::tempdir().expect("a folder");
    of(3_000).write(&data.path().join("county"));
    let cost = |arguments: &[&str]| measured(program(), arguments, data.path(), RUNS);
    let check = cost(&["check", "county"]);
    let site = cost(&["build", "--to", "html", "-o", "out", "county"]);
    let figures = format!("{:.2} s CPU, {:.0} MiB", site.cpu_seconds, mebibytes(site.peak_bytes));
    goal("a county's site of 3,000 projects: CPU / check", site.cpu_seconds / check.cpu_seconds, 1.0, &figures);
    let first = std::fs::metadata(data.path().join("out/report.html")).expect("the first page").len() as f64;
    goal("its first page / 200 kB", first / 200_000.0, 1.0, &format!("{:.0} kB", first / 1_000.0));
}

/// All questions in one process, its start with them. The engine is where the tests have it.
fn questions(projects: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let engines = std::env::var_os("JIXIAO_ENGINES").map_or_else(|| root.join("target/engines"), PathBuf::from);
    let python = engines.join("bin/python");
    if !python.exists() {
        println!("no engines in {}", engines.display());
        return;
    }
    let data = tempfile::tempdir().expect("a folder");
    of(projects).write(&data.path().join("county"));
    for county in 1..=10 {
        let region = format!("1301{county:02}");
        once_whole(
            program(),
            &["build", "county", "--to", "parquet", "--region", &region, "-o", "tables"],
            data.path(),
        );
    }
    let files = [root.join("examples/province/questions.sql"), root.join("../shared/cases/province.sql")];
    for file in files.iter().filter(|file| file.exists()) {
        let ask = root.join("tests/engines/ask.py");
        let arguments = [ask.as_path(), Path::new("duckdb"), Path::new("tables"), file];
        let arguments = arguments.map(|path| path.to_str().expect("a path"));
        let start = std::time::Instant::now();
        let cost = measured(&python, &arguments, data.path(), 1);
        let (wall, name) = (start.elapsed().as_secs_f64(), file.file_name().unwrap_or_default().display());
        let figures = format!("{wall:.1} s, {:.1} s CPU, {:.0} MiB", cost.cpu_seconds, mebibytes(cost.peak_bytes));
        goal(&format!("{name} over {} projects / 10 s", projects * 10), wall / 10.0, 1.0, &figures);
    }
}

fn once_whole(program: &Path, arguments: &[&str], folder: &Path) {
    let status = std::process::Command::new(program).args(arguments).current_dir(folder).stderr(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{arguments:?}");
}
/// A run that finds again what an earlier one kept, beside one that keeps nothing.
fn second_run(program: &Path, projects: usize, data: &Path, check: &Cost) {
    let figures = |cost: &Cost| format!("{:.2} s CPU, {:.0} MiB", cost.cpu_seconds, mebibytes(cost.peak_bytes));
    let kept = |runs: usize| measured(program, &["check", "--cache", "kept", "large"], data, runs);
    let first = kept(1);
    goal("check: CPU, what is found is kept / not", first.cpu_seconds / check.cpu_seconds, 1.1, &figures(&first));
    let second = kept(RUNS);
    goal("check: CPU, nothing changed / first", second.cpu_seconds / first.cpu_seconds, 0.12, &figures(&second));
    goal("check: peak, nothing changed / first", second.peak_bytes / first.peak_bytes, 1.2, "");
    let offices = std::fs::read_dir(data.join("large")).expect("a county").map(|one| one.expect("an office").path());
    for office in offices.step_by(100).take(projects.div_ceil(30 * 100)) {
        let path = office.join("部门.jx");
        let text = std::fs::read_to_string(&path).expect("an office");
        std::fs::write(path, text + "# 改过\n").expect("written");
    }
    let changed = kept(1);
    goal("check: CPU, 1 % of departments changed / first", changed.cpu_seconds / first.cpu_seconds, 0.15, "");
    for format in ["csv", "json"] {
        let build = |more: &[&str]| {
            let cost =
                measured(program, &[&["build", "large", "--to", format, "-o", "out"][..], more].concat(), data, 1);
            let _ = std::fs::remove_dir_all(data.join("out"));
            cost
        };
        let (cold, _, second) = (build(&[]), build(&["--cache", "kept"]), build(&["--cache", "kept"]));
        let name = format!("build --to {format}: CPU, nothing changed / not kept");
        goal(&name, second.cpu_seconds / cold.cpu_seconds, 0.7, &figures(&second));
    }
}
