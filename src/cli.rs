//! The command line: reads files, calls the library, prints. Exit status: 0 fine, 1 findings, 2 could not run.

mod adjust;
mod approve;
mod artifacts;
mod asking;
mod blank_report;
mod build;
mod build_by_department;
mod cache;
mod check;
mod checking;
mod command;
mod completions;
mod convert;
mod diff;
mod drafted;
mod explain;
mod files;
mod fix;
mod fonts;
mod format;
mod git;
mod import;
mod imported_folder;
mod listing;
mod log;
mod lsp;
mod manual;
mod many_files;
mod merge_driver;
mod mistyped;
mod monitor;
mod new;
mod options;
mod output;
mod outputs;
mod paths;
mod pdf;
mod programs;
mod region;
mod repository;
mod revisions;
mod rollover;
mod rules;
mod schema;
mod score;
#[cfg(feature = "serve")]
mod serve;
mod since;
mod staged;
mod table_columns;
mod template;
mod textconv;
mod writing;

use std::ffi::OsString;

use clap::{ArgMatches, FromArgMatches};

use crate::diagnostic::{Code, Language, Text};

pub use command::command;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0.
    Fine,
    /// Exit code 1: errors, or differences where none were wanted.
    Findings,
    /// Exit code 2: wrong options, or files that cannot be read or written.
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
    #[cfg(feature = "serve")]
    if arguments.len() < 2 && serve::is_started_by_hand() {
        let terminal = &output::Terminal::new(language, "never", false);
        let options = serve::ServeOptions::beside_the_program();
        return serve::run(&options, terminal).unwrap_or_else(|failure| failure.report(terminal));
    }
    let is_driver = arguments.get(1).is_some_and(|name| name == merge_driver::NAME);
    let matches = match command(language).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        // To git, a driver that ends with less has written its markers.
        Err(error) => match mistyped::answer(&error, language) {
            Outcome::CouldNotRun if is_driver => return Outcome::Crashed,
            outcome => return outcome,
        },
    };
    dispatch(&matches, language)
}

fn dispatch(matches: &ArgMatches, language: Language) -> Outcome {
    // What the parser took is what the type describes.
    let Ok(common) = options::Common::from_arg_matches(matches) else { return Outcome::CouldNotRun };
    let terminal = &output::Terminal::new(language, &common.color, common.quiet);
    let whole = || command(language);
    let Some((name, arguments)) = matches.subcommand() else { return Outcome::CouldNotRun };
    let result = match name {
        "check" => with(arguments, |options| check::run(options, terminal)),
        "build" => with(arguments, |options| build::run(options, terminal)),
        "diff" => with(arguments, |options| diff::run(options, terminal)),
        "import" => with(arguments, |options| import::run(options, terminal)),
        "fmt" => with(arguments, |options| format::run(options, terminal)),
        "log" => with(arguments, |options| log::run(options, terminal)),
        "git" => match arguments.subcommand() {
            Some((_, arguments)) => with(arguments, |setup| git::run(setup, terminal)),
            None => Ok(Outcome::CouldNotRun),
        },
        "rollover" => with(arguments, |options| rollover::run(options, terminal)),
        merge_driver::NAME => with(arguments, |options| Ok(merge_driver::run(options, terminal))),
        "textconv" => with(arguments, |options| textconv::run(options, terminal)),
        "lsp" => Ok(lsp::run(&common, terminal)),
        "adjust" => with(arguments, |options| adjust::run(options, terminal)),
        "approve" => with(arguments, |options| approve::run(options, terminal)),
        "monitor" => with(arguments, |options| monitor::run(options, terminal)),
        "score" => with(arguments, |options| score::run(options, terminal)),
        "explain" => with(arguments, |options| explain::run(options, terminal)),
        "rules" => with(arguments, |options| rules::run(options, terminal)),
        #[cfg(feature = "serve")]
        "serve" => with(arguments, |options| serve::run(options, terminal)),
        "schema" => with(arguments, |options| schema::run(options, terminal)),
        "new" => with(arguments, |options| new::run(options, terminal)),
        "completions" => with(arguments, |options| completions::run(options, whole(), terminal)),
        _ => with(arguments, |options| manual::run(options, whole(), terminal)),
    };
    result.unwrap_or_else(|failure| failure.report(terminal))
}

/// Runs a command with its options.
fn with<T: FromArgMatches>(
    matches: &ArgMatches,
    run: impl FnOnce(&T) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let wrong = |error: clap::Error| output::cannot(Code::JX910, Text::same(error.to_string()));
    run(&T::from_arg_matches(matches).map_err(wrong)?)
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
    Told(crate::diagnostic::Diagnostic),
}

impl Failure {
    fn report(&self, terminal: &output::Terminal) -> Outcome {
        let Failure::Told(diagnostic) = self;
        terminal.tell(diagnostic);
        Outcome::CouldNotRun
    }
}
