//! Texts of every shape, measured: `cargo bench --bench shapes [-- check|fmt [BYTES]]`.
//!
//! For each shape CPU and peak memory of whole processes, at a size, twice and four times as much of it, with the goals:
//! at most a second of CPU a megabyte, 60 times the text and 20 MB, and time that grows by an exponent of 1.1. What the
//! program takes for nothing at all is taken off for the exponent.
#![expect(clippy::cast_precision_loss, reason = "seconds and bytes are far below 2^52")]

#[path = "support/processes.rs"]
#[expect(dead_code, reason = "each bench uses a part")]
mod processes;
#[path = "../tests/support/shapes.rs"]
mod shapes;

use std::path::Path;

use processes::{Cost, measured, mebibytes, once};
use shapes::{SHAPES, Shape};

const BYTES: usize = 250_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", ref command @ ..] => once(command),
        ["fmt"] => report(&["fmt", "--check", "text"], BYTES),
        [command, bytes] => {
            let bytes = bytes.parse().expect("a number of bytes");
            report(if command == "fmt" { &["fmt", "--check", "text"] } else { CHECK }, bytes);
        }
        _ => report(CHECK, BYTES),
    }
}

const CHECK: &[&str] = &["check", "--format", "json", "text"];

fn report(command: &[&str], bytes: usize) {
    let nothing = Shape { name: "nothing", files: |_| vec![("甲.jx".to_owned(), String::new())] };
    let (_, idle) = cost(&nothing, 0, command);
    println!("jixiao {}: {:.0} MiB and {:.3} s for nothing", command[0], mebibytes(idle.peak_bytes), idle.cpu_seconds);
    let mut missed = 0;
    for shape in SHAPES {
        let sizes = [1, 2, 4].map(|times| cost(shape, bytes * times, command));
        let [(_, first), _, (size, last)] = sizes;
        let megabytes = size as f64 / 1e6;
        // Below a hundredth of a second there is nothing to compare.
        let [one, four] = [first, last].map(|cost| (cost.cpu_seconds - idle.cpu_seconds).max(0.01));
        let exponent = (four / one).log(4.0);
        let is_met = last.cpu_seconds - idle.cpu_seconds <= megabytes
            && last.peak_bytes <= 60.0 * size as f64 + 20e6
            && (exponent <= 1.1 || four < 0.1);
        missed += usize::from(!is_met);
        println!(
            "{:40} {megabytes:6.2} MB  {:6.2} s/MB  {:5.0} × text  exponent {exponent:5.2}  {}",
            shape.name,
            four / megabytes,
            (last.peak_bytes - 20e6).max(0.0) / size.max(1) as f64,
            if is_met { "met" } else { "missed" }
        );
    }
    println!("{missed} of {} missed", SHAPES.len());
}

fn cost(shape: &Shape, bytes: usize, command: &[&str]) -> (usize, Cost) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = folder.path().join("text");
    std::fs::create_dir(&text).expect("a folder");
    let size = shape.write(bytes, &text);
    (size, measured(Path::new(env!("CARGO_BIN_EXE_jixiao")), command, folder.path(), 1))
}
