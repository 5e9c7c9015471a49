//! The command line: reads files, calls the library, prints. Exit status: 0 fine, 1 findings, 2 could not run.

mod build;
mod check;
mod checking;
mod command;
mod convert;
mod diff;
mod explain;
mod files;
mod fix;
mod format;
mod git;
mod import;
mod log;
mod lsp;
mod merge_driver;
mod new;
mod output;
mod pdf;
mod programs;
mod repository;
mod revisions;
mod rollover;
mod rules;
mod textconv;

use std::ffi::OsString;
use std::io::Write;

use crate::diagnostic::Language;

pub use command::command;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Fine,
    Findings,
    CouldNotRun,
    /// For git, to which 2 is a merge with conflicts.
    Crashed,
}

impl From<Outcome> for std::process::ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Findings => 1,
            Outcome::CouldNotRun => 2,
            Outcome::Crashed => 129,
        })
    }
}

/// Runs one command line.
pub fn run(arguments: Vec<OsString>) -> Outcome {
    let language = language_of(&arguments);
    let matches = match command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return said_by_clap(&error, language),
    };
    let terminal = output::Terminal::new(&matches, language);
    let Some((name, arguments)) = matches.subcommand() else { return Outcome::CouldNotRun };
    let result = match name {
        "check" => check::run(arguments, &terminal),
        "build" => build::run(arguments, &terminal),
        "diff" => diff::run(arguments, &terminal),
        "import" => import::run(arguments, &terminal),
        "fmt" => format::run(arguments, &terminal),
        "log" => log::run(arguments, &terminal),
        "git" => git::run(arguments, &terminal),
        "rollover" => rollover::run(arguments, &terminal),
        "merge-driver" => Ok(merge_driver::run(arguments, &terminal)),
        "textconv" => textconv::run(arguments, &terminal),
        "lsp" => Ok(lsp::run(arguments, &terminal)),
        "explain" => explain::run(arguments, &terminal),
        "rules" => rules::run(arguments, &terminal),
        "schema" => terminal.print(&crate::backend::schema()).map(|()| Outcome::Fine),
        "new" => new::run(arguments, &terminal),
        "completions" => explain::completions(arguments, &terminal),
        _ => explain::manual(&terminal),
    };
    result.unwrap_or_else(|failure| failure.report(&terminal))
}

/// Help and the version are answers; what is wrong with a command line is none.
fn said_by_clap(error: &clap::Error, language: Language) -> Outcome {
    let printed = error.print().and_then(|()| std::io::stdout().flush());
    if error.use_stderr() {
        return Outcome::CouldNotRun;
    }
    match output::written(printed) {
        Ok(()) => Outcome::Fine,
        Err(failure) => failure.report(&output::Terminal::plain(language)),
    }
}

/// `--lang`, then JIXIAO_LANG, then the locale. A locale that names no language says nothing about the person, and most
/// of our users have none set: then Chinese.
fn language_of(arguments: &[OsString]) -> Language {
    let from_argument = arguments.iter().enumerate().find_map(|(index, argument)| {
        let argument = argument.to_str()?;
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(index + 1)?.to_str().map(str::to_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        }
    });
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = || variable("LC_ALL").or_else(|| variable("LC_MESSAGES")).or_else(|| variable("LANG"));
    let language = from_argument.or_else(|| variable("JIXIAO_LANG")).or_else(locale).unwrap_or_default();
    let names_none = language.is_empty() || language == "POSIX" || language == "C" || language.starts_with("C.");
    if names_none || language.to_ascii_lowercase().starts_with("zh") { Language::Chinese } else { Language::English }
}

/// Why a command could not run.
#[derive(Debug)]
pub enum Failure {
    /// Something to tell the person.
    Told(Box<crate::diagnostic::Diagnostic>),
    /// The reader of our output went away.
    ClosedPipe,
}

impl Failure {
    fn report(&self, terminal: &output::Terminal) -> Outcome {
        match self {
            Failure::Told(diagnostic) => {
                terminal.tell(diagnostic);
                Outcome::CouldNotRun
            }
            Failure::ClosedPipe => Outcome::Fine,
        }
    }
}
