//! The `jixiao` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    jixiao::cli::run(std::env::args_os().collect()).into()
}
