//! `jixiao check`

use clap::ArgMatches;

use super::files::{self, Selection};
use super::output::{Terminal, summary};
use super::{Failure, Outcome};
use crate::diagnostic::{Diagnostic, json};
use crate::workspace::{Analysis, analyse};

pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let analysis = analyse_paths(arguments, terminal)?;
    let text = match arguments.get_one::<String>("format").map(String::as_str) {
        Some("json") => {
            let document = json::document(&analysis.diagnostics, &analysis.sources, terminal.language);
            format!("{document:#}\n")
        }
        Some("short") => terminal.report(&analysis.diagnostics, &analysis.sources, true),
        _ => terminal.report(&analysis.diagnostics, &analysis.sources, false),
    };
    terminal.print(&text)?;
    terminal.note(&summary(&analysis.diagnostics));
    Ok(outcome(&analysis))
}

/// Reads and checks what a command was asked to; findings about files that were not asked for are left out.
pub(super) fn analyse_paths(arguments: &ArgMatches, terminal: &Terminal) -> Result<Analysis, Failure> {
    let paths: Vec<String> = arguments.get_many::<String>("paths").into_iter().flatten().cloned().collect();
    let stdin_name = arguments.get_one::<String>("stdin-filename").map_or("<stdin>", String::as_str);
    let Selection { inputs, settings, asked_for, mut unreadable, root: _ } = files::select(&paths, stdin_name)?;
    let settings_path = settings.as_ref().map(|settings| settings.path.clone());
    let bar = terminal.progress(inputs.iter().map(|input| input.text.len()).sum());
    let mut analysis = analyse(inputs, settings);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let asked = |diagnostic: &Diagnostic| {
        diagnostic.span().is_none_or(|span| {
            let path = &analysis.sources.get(span.file).path;
            asked_for.contains(path) || Some(path) == settings_path.as_ref()
        })
    };
    let keep: Vec<bool> = analysis.diagnostics.iter().map(asked).collect();
    let mut keep = keep.into_iter();
    analysis.diagnostics.retain(|_| keep.next().unwrap_or(true));
    unreadable.append(&mut analysis.diagnostics);
    analysis.diagnostics = unreadable;
    Ok(analysis)
}

pub(super) fn outcome(analysis: &Analysis) -> Outcome {
    if analysis.has_errors() { Outcome::Findings } else { Outcome::Fine }
}
