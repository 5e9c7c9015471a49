//! What a command was asked to look at, read and checked.

use clap::ArgMatches;

use super::files::{self, Selection};
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::control::Wishes;
use crate::diagnostic::Diagnostic;
use crate::workspace::{Analysis, analyse_with};

/// Reads what a command was asked to look at.
pub fn select(arguments: &ArgMatches) -> Result<Selection, Failure> {
    let paths: Vec<String> = arguments.get_many::<String>("paths").into_iter().flatten().cloned().collect();
    let stdin_name = arguments.get_one::<String>("stdin-filename").map_or("<stdin>", String::as_str);
    files::select(&paths, stdin_name)
}

/// Checks it; findings about files that were not asked for are left out.
pub fn checked(selection: Selection, wishes: &Wishes, terminal: &Terminal) -> Analysis {
    let Selection { inputs, settings, asked_for, mut unreadable, .. } = selection;
    let settings_path = settings.as_ref().map(|settings| settings.path.clone());
    let bar = terminal.progress(inputs.iter().map(|input| input.text.len()).sum());
    let mut analysis = analyse_with(inputs, settings, wishes);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let Analysis { sources, diagnostics, excused, .. } = &mut analysis;
    let asked = |diagnostic: &Diagnostic| {
        diagnostic.span().is_none_or(|span| {
            let path = &sources.get(span.file).path;
            asked_for.contains(path) || Some(path) == settings_path.as_ref()
        })
    };
    diagnostics.retain(&asked);
    excused.retain(|excused| asked(&excused.diagnostic));
    unreadable.append(diagnostics);
    *diagnostics = unreadable;
    analysis
}

pub fn outcome(analysis: &Analysis) -> Outcome {
    if analysis.has_errors() { Outcome::Findings } else { Outcome::Fine }
}
