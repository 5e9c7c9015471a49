//! This build against a kept older one, on the same data in one run: `cargo bench --bench against [-- PROJECTS]`.
//!
//! The older build is the program that `JIXIAO_BASELINE` names; else revision 5db6af5 is built below `target/baseline`.
//! CPU seconds (user and system) and the peak memory are those of whole processes, medians of three. `-- build` compares
//! what building costs, `-- tests` what the tests cost from an empty target folder; both take long.
#![expect(clippy::cast_precision_loss, reason = "sizes of data are far below 2^52")]

#[path = "support/county.rs"]
mod county;
#[path = "support/processes.rs"]
mod processes;

use std::path::{Path, PathBuf};
use std::process::Command;

use county::County;
use processes::{Cost, goal, measured, mebibytes, once};

const BASELINE: &str = "5db6af5";
const RUNS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", ref command @ ..] => once(command),
        ["build"] => build(),
        ["tests"] => tests(),
        [projects] => report(projects.parse().expect("a number of projects")),
        _ => report(10_000),
    }
}

fn report(projects: usize) {
    let old = older_program();
    let new = PathBuf::from(env!("CARGO_BIN_EXE_jixiao"));
    let data = tempfile::tempdir().expect("a folder");
    let path = |name: &str| data.path().join(name);
    let text = County::of(projects).write(&path("large"));
    County::of(projects * 3 / 10).write(&path("small"));
    println!(
        "{projects} projects, {:.1} MiB of text; medians of {RUNS} runs; old is {}",
        mebibytes(text as f64),
        old.display()
    );

    for (name, format, limit) in
        [("check", "grouped", 0.35), ("check --format json", "json", 0.10), ("check --format sarif", "sarif", 0.10)]
    {
        let arguments = ["check", "--format", format, "large"];
        versus(&format!("{name}: peak, new / old"), limit, &old, &new, &arguments, data.path());
    }
    for format in ["json", "html", "csv", "xlsx"] {
        let arguments = ["build", "--to", format, "-o", "out", "large"];
        let large = versus(&format!("build --to {format}: peak, new / old"), 0.40, &old, &new, &arguments, data.path());
        let size = folder_bytes(&path("out"));
        std::fs::remove_dir_all(path("out")).expect("removed");
        let small = measured(&new, &["build", "--to", format, "-o", "out", "small"], data.path(), 1);
        std::fs::remove_dir_all(path("out")).expect("removed");
        goal(
            &format!("build --to {format}: peak, {projects} / {} projects", projects * 3 / 10),
            large.peak_bytes / small.peak_bytes,
            1.2,
            "",
        );
        let limit = match format {
            "json" => 3.0,
            "html" => 2.5,
            _ => continue,
        };
        goal(&format!("build --to {format}: bytes / bytes of text"), size / text as f64, limit, "");
    }

    County::of(projects).write(&path("changed"));
    change_one_in_a_hundred(&path("changed"));
    let check = measured(&new, &["check", "large"], data.path(), RUNS).cpu_seconds;
    let rows: [(&str, &[&str], f64); 2] = [
        ("diff, one project in a hundred changed", &["diff", "--stat", "large", "changed"], 0.3),
        ("fmt --check", &["fmt", "--check", "large"], 1.2),
    ];
    for (name, arguments, limit) in rows {
        let seconds = measured(&new, arguments, data.path(), RUNS).cpu_seconds;
        goal(&format!("{name} / check: CPU"), seconds / check, limit, &format!("{seconds:.2} s / {check:.2} s"));
    }

    let offices = County { projects: 12_000, projects_an_office: 150, a_file_a_project: false };
    offices.write(&path("few"));
    County { a_file_a_project: true, ..offices }.write(&path("many"));
    for (name, program) in [("old", &old), ("new", &new)] {
        let [few, many] = ["few", "many"].map(|folder| measured(program, &["check", folder], data.path(), 1));
        let figures = format!("{:.2} s, {:.2} s", many.cpu_seconds, few.cpu_seconds);
        goal(
            &format!("check of 12,080 files / the same in 80: CPU, {name}"),
            many.cpu_seconds / few.cpu_seconds,
            1.3,
            &figures,
        );
    }
}

/// One command by both builds: the peaks as a ratio; the cost of the new one.
fn versus(name: &str, limit: f64, old: &Path, new: &Path, arguments: &[&str], folder: &Path) -> Cost {
    let [before, now] = [old, new].map(|program| measured(program, arguments, folder, RUNS));
    let figures = format!(
        "{:.0} MiB / {:.0} MiB; CPU {:.2} s / {:.2} s",
        mebibytes(now.peak_bytes),
        mebibytes(before.peak_bytes),
        now.cpu_seconds,
        before.cpu_seconds
    );
    goal(name, now.peak_bytes / before.peak_bytes, limit, &figures);
    now
}

/// Another target in the first project of every fourteenth office of seven.
fn change_one_in_a_hundred(folder: &Path) {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("a file"));
    for file in files.filter(|file| file.file_type().is_file()).step_by(14) {
        let text = std::fs::read_to_string(file.path()).expect("text");
        std::fs::write(file.path(), text.replacen(" ≥ ", " ≥ 1", 1)).expect("written");
    }
}

fn folder_bytes(folder: &Path) -> f64 {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(|entry| entry.ok()?.metadata().ok());
    files.filter(std::fs::Metadata::is_file).map(|file| file.len() as f64).sum()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of the older revision, checked out below the target folder.
fn older_sources() -> PathBuf {
    let folder = root().join("target/baseline");
    if !folder.join("Cargo.toml").exists() {
        let folder = folder.to_str().expect("a path");
        let status = Command::new("git")
            .args(["worktree", "add", "--force", "--detach", folder, BASELINE])
            .current_dir(root())
            .status();
        assert!(status.is_ok_and(|status| status.success()), "revision {BASELINE} cannot be checked out");
    }
    folder
}

fn older_program() -> PathBuf {
    if let Some(path) = std::env::var_os("JIXIAO_BASELINE") {
        return PathBuf::from(path);
    }
    let sources = older_sources();
    let status = Command::new("cargo").args(["build", "--release", "--quiet"]).current_dir(&sources).status();
    assert!(status.is_ok_and(|status| status.success()), "revision {BASELINE} cannot be built");
    sources.join("target/release/jixiao")
}

/// The CPU seconds of a clean release build, and of one after a changed line in a rule.
fn build() {
    let costs = [older_sources(), root()].map(|sources| {
        let target = tempfile::tempdir().expect("a folder");
        let target = target.path().to_str().expect("a path").to_owned();
        let cargo = ["build", "--release", "--quiet", "--target-dir", &target];
        let clean = measured(Path::new("cargo"), &cargo, &sources, 1).cpu_seconds;
        let rule = sources.join("src/lint/weights.rs");
        let text = std::fs::read_to_string(&rule).expect("a rule");
        std::fs::write(&rule, format!("{text}\n")).expect("written");
        let again = measured(Path::new("cargo"), &cargo, &sources, 1).cpu_seconds;
        std::fs::write(&rule, text).expect("written");
        [clean, again]
    });
    let [[old_clean, old_again], [clean, again]] = costs;
    goal(
        "cargo build --release, clean: CPU, new / old",
        clean / old_clean,
        0.7,
        &format!("{clean:.0} s / {old_clean:.0} s"),
    );
    goal("the same, one line changed in a rule", again / old_again, 0.4, &format!("{again:.0} s / {old_again:.0} s"));
}

/// The CPU minutes of `bash tests/run` from an empty target folder.
fn tests() {
    let target = tempfile::tempdir().expect("a folder");
    let run = format!("CARGO_TARGET_DIR='{}' bash tests/run", target.path().display());
    let cost = measured(Path::new("bash"), &["-c", &run], &root(), 1);
    goal(
        "bash tests/run from an empty target: CPU minutes / 20",
        cost.cpu_seconds / 1_200.0,
        1.0,
        &format!("{:.0} s", cost.cpu_seconds),
    );
}
