//! The `jixiao` program.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// A check asks for millions of small pieces: this serves them in half the time of most systems' own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    jixiao::cli::run(std::env::args_os().collect()).into()
}
