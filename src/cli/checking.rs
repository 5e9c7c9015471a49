//! What a command was asked to look at, checked.

use std::collections::{BTreeSet, HashSet};

use super::Outcome;
use super::files::Selection;
use super::output::Terminal;
use crate::control::Wishes;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::workspace::{Analysis, Input, VersionInput, Versions, analyse_with};

/// Checks what a command was asked to look at; findings about files that were not asked for are left out.
pub fn checked(selection: Selection, wishes: &Wishes, terminal: &Terminal) -> Analysis {
    let (VersionInput { files, settings }, scope) = parted(selection);
    let bar = terminal.progress(bytes(&files));
    let analysis = analyse_with(files, settings, wishes);
    bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
    scope.limit(analysis)
}

/// Reads two versions for their comparison.
pub fn compared(old: Selection, new: Selection, terminal: &Terminal) -> [Analysis; 2] {
    let ((old, old_scope), (new, new_scope)) = (parted(old), parted(new));
    let bar = terminal.progress(bytes(&old.files) + bytes(&new.files));
    let [old, new] = Versions::default().read(old, new);
    bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
    // What could not be understood beside what was asked for counts: the standard of a project, for one.
    [(old_scope, old), (new_scope, new)].map(|(scope, mut analysis)| {
        analysis.diagnostics.extend(scope.unreadable);
        analysis
    })
}

fn bytes(files: &[Input]) -> usize {
    files.iter().map(|input| input.text.len()).sum()
}

/// Of what a command tells.
struct AskedScope {
    asked_for: BTreeSet<String>,
    settings: Option<String>,
    unreadable: Vec<Diagnostic>,
}

fn parted(selection: Selection) -> (VersionInput, AskedScope) {
    let Selection { inputs, settings, asked_for, unreadable, .. } = selection;
    let scope = AskedScope { asked_for, settings: settings.as_ref().map(|settings| settings.path.clone()), unreadable };
    (VersionInput { files: inputs, settings }, scope)
}

impl AskedScope {
    /// Leaves out the findings about files that were not asked for, and adds that some could not be read.
    fn limit(self, mut analysis: Analysis) -> Analysis {
        let Self { asked_for, settings, mut unreadable } = self;
        let Analysis { sources, diagnostics, excused, .. } = &mut analysis;
        let is_asked = |path: &String| asked_for.contains(path) || Some(path) == settings.as_ref();
        let files: HashSet<FileId> = sources.iter().filter(|(_, one)| is_asked(&one.path)).map(|(id, _)| id).collect();
        let asked = |diagnostic: &Diagnostic| diagnostic.span().is_none_or(|span| files.contains(&span.file));
        diagnostics.retain(&asked);
        excused.retain(|excused| asked(&excused.diagnostic));
        unreadable.append(diagnostics);
        *diagnostics = unreadable;
        analysis
    }
}

pub fn outcome(analysis: &Analysis) -> Outcome {
    if analysis.has_errors() { Outcome::Findings } else { Outcome::Fine }
}
