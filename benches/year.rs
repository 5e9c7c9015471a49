//! What the year of a department costs beside a check of it: `cargo bench --bench year [-- PROJECTS]`.
//!
//! Monitoring and scores are whole processes beside `check` of the same folder. Reading what was reported is measured by
//! the byte beside reading targets, in this process, with every rule off.
#![expect(clippy::cast_precision_loss, reason = "sizes of data are far below 2^52")]

#[path = "support/processes.rs"]
mod processes;
#[path = "support/year.rs"]
mod year;

use std::path::Path;
use std::time::Instant;

use jixiao::control::Wishes;
use jixiao::diagnostic::Code;
use jixiao::workspace::{Input, analyse_with};
use processes::{goal, measured, mebibytes, once};
use year::DepartmentYear;

const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", ref command @ ..] => once(command),
        [projects] => report(projects.parse().expect("a number of projects")),
        _ => report(300),
    }
}

fn report(projects: usize) {
    let made = DepartmentYear::of(projects);
    let bytes = |files: &[(String, String)]| files.iter().map(|(_, text)| text.len()).sum::<usize>();
    println!(
        "a department of {} projects: {} bytes of targets, {} of {} reports; CPU, median of {RUNS} runs",
        made.targets.len() - 1,
        bytes(&made.targets),
        bytes(&made.reports),
        made.reports.len()
    );
    let folder = tempfile::tempdir().expect("a folder");
    made.write(folder.path());
    let program = Path::new(env!("CARGO_BIN_EXE_jixiao"));
    let cost = |arguments: &[&str]| measured(program, arguments, folder.path(), RUNS);
    let check = cost(&["check", "--format", "json", "."]);
    println!("check {:.3} s, {:.0} MiB", check.cpu_seconds, mebibytes(check.peak_bytes));
    for (name, arguments) in [
        ("monitor / check", &["monitor", "--at", "10月底", "--format", "json", "."][..]),
        ("score / check", &["score", "--format", "json", "."]),
    ] {
        let own = cost(arguments);
        let figures = format!("{:.3} s, {:.0} MiB", own.cpu_seconds, mebibytes(own.peak_bytes));
        goal(name, own.cpu_seconds / check.cpu_seconds, 1.3, &figures);
    }
    let targets = seconds(&made.targets);
    let all = seconds(&[made.targets.clone(), made.reports.clone()].concat());
    let by_byte = [targets / bytes(&made.targets) as f64, (all - targets) / bytes(&made.reports) as f64];
    let figures = format!("{targets:.3} s of targets, {:.3} s more", all - targets);
    goal("reading reports / targets, by the byte", by_byte[1] / by_byte[0], 1.0, &figures);
}

/// What reading takes without any rule, as the median.
fn seconds(files: &[(String, String)]) -> f64 {
    let inputs = || files.iter().map(|(path, text)| Input { path: path.clone(), text: text.as_str().into() }).collect();
    let wishes = Wishes { ignore: Code::ALL.to_vec(), ..Wishes::default() };
    let mut runs: Vec<f64> = (0..RUNS)
        .map(|_| {
            let files = inputs();
            let started = Instant::now();
            let analysis = analyse_with(files, None, &wishes);
            let seconds = started.elapsed().as_secs_f64();
            assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics.first());
            seconds
        })
        .collect();
    runs.sort_by(f64::total_cmp);
    runs[RUNS / 2]
}
