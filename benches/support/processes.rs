//! What whole processes take: CPU seconds and peak memory.

#![expect(clippy::cast_precision_loss, reason = "seconds and bytes are far below 2^52")]

use std::path::Path;
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};

/// What a process took.
#[derive(Clone, Copy)]
pub struct Cost {
    /// User and system.
    pub cpu_seconds: f64,
    pub peak_bytes: f64,
}

/// Runs a command and prints what it took: a process of its own for each, since a system tells only of all children.
pub fn once(command: &[&str]) {
    let status = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("a program");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("what it took");
    let seconds =
        [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    println!("{} {} {}", status.code().unwrap_or(-1), seconds[0] + seconds[1], usage.max_rss() * 1024);
}

/// The median of several runs. An exit status above 1 is no measurement.
pub fn measured(program: &Path, arguments: &[&str], folder: &Path, runs: usize) -> Cost {
    let mut costs: Vec<Cost> = (0..runs)
        .map(|_| {
            let output = Command::new(std::env::current_exe().expect("this program"))
                .arg("once")
                .arg(program)
                .args(arguments)
                .current_dir(folder)
                // What an earlier run found is not what is measured, unless it is asked for.
                .env("JIXIAO_CACHE", "")
                .output()
                .expect("a measurement");
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let figures: Vec<f64> = text.split_whitespace().map(|figure| figure.parse().expect("a figure")).collect();
            assert!(figures.len() == 3 && figures[0] <= 1.0, "{} {arguments:?}: {text}", program.display());
            Cost { cpu_seconds: figures[1], peak_bytes: figures[2] }
        })
        .collect();
    costs.sort_by(|one, other| one.cpu_seconds.total_cmp(&other.cpu_seconds));
    let cpu_seconds = costs[runs / 2].cpu_seconds;
    costs.sort_by(|one, other| one.peak_bytes.total_cmp(&other.peak_bytes));
    Cost { cpu_seconds, peak_bytes: costs[runs / 2].peak_bytes }
}

/// Prints a ratio beside the most that is wanted.
pub fn goal(name: &str, ratio: f64, limit: f64, figures: &str) {
    let verdict = if ratio <= limit { "met" } else { "missed" };
    println!("{name:58} {ratio:6.2}  goal ≤ {limit:4.2}  {verdict:6}  {figures}");
}

pub fn mebibytes(bytes: f64) -> f64 {
    bytes / 1_048_576.0
}
