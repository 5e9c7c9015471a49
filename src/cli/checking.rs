//! What a command was asked to look at, checked.

use std::collections::HashSet;

use super::Outcome;
use super::files::Selection;
use super::output::Terminal;
use crate::control::Wishes;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::workspace::{Analysis, analyse_with};

/// Checks what a command was asked to look at; findings about files that were not asked for are left out.
pub fn checked(selection: Selection, wishes: &Wishes, terminal: &Terminal) -> Analysis {
    let Selection { inputs, settings, asked_for, mut unreadable, .. } = selection;
    let settings_path = settings.as_ref().map(|settings| settings.path.clone());
    let bar = terminal.progress(inputs.iter().map(|input| input.text.len()).sum());
    let mut analysis = analyse_with(inputs, settings, wishes);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    let Analysis { sources, diagnostics, excused, .. } = &mut analysis;
    let is_asked = |path: &String| asked_for.contains(path) || Some(path) == settings_path.as_ref();
    let files: HashSet<FileId> = sources.iter().filter(|(_, one)| is_asked(&one.path)).map(|(id, _)| id).collect();
    let asked = |diagnostic: &Diagnostic| diagnostic.span().is_none_or(|span| files.contains(&span.file));
    diagnostics.retain(&asked);
    excused.retain(|excused| asked(&excused.diagnostic));
    unreadable.append(diagnostics);
    *diagnostics = unreadable;
    analysis
}

pub fn outcome(analysis: &Analysis) -> Outcome {
    if analysis.has_errors() { Outcome::Findings } else { Outcome::Fine }
}
