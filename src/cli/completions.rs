//! `jixiao completions`: what a shell completes.

use clap::{Args, Command};

use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::Language;

/// What `jixiao completions` is asked.
#[derive(Args)]
#[group(skip)]
pub struct CompletionsOptions {
    shell: clap_complete::Shell,
}

pub fn command(language: Language) -> Command {
    let about = ["打印命令行补全脚本", "print a completion script"];
    told(
        CompletionsOptions::augment_args(Command::new("completions")),
        language,
        about,
        &[(
            "shell",
            Some(["命令行", "SHELL"]),
            ["bash、zsh、fish、powershell 或 elvish", "bash, zsh, fish, powershell or elvish"],
        )],
    )
}

/// Prints the script of the whole command line. It is made in memory first: its generator cannot stand a closed pipe.
pub fn run(options: &CompletionsOptions, mut whole: Command, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut whole, "jixiao", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
