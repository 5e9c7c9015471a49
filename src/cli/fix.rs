//! `jixiao check --fix`: makes fixes until there are none, then writes the files, or shows what would change.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::Failure;
use super::checking::checked;
use super::files::Selection;
use super::options::Asked;
use super::output::Terminal;
use super::writing;
use crate::control::Wishes;
use crate::diagnostic::{Code, errors_by_code, fix, texts};
use crate::workspace::Analysis;

/// A fix may make room for another; more rounds than this would be a quarrel of two rules.
const MAXIMUM_ROUNDS: usize = 10;

/// What is to be fixed, and how.
pub struct Fixing<'a> {
    pub asked: &'a Asked,
    pub with_suggested: bool,
    /// Nothing is written.
    pub is_preview: bool,
}

pub struct FixOutcome {
    /// Nothing was written.
    pub is_preview: bool,
    pub changes: bool,
}

/// Fixes the selection in memory and on disk; what came from standard input goes to standard output.
///
/// # Errors
/// JX909 where a file cannot be written. Each is written whole or not at all.
pub fn run(
    fixing: &Fixing<'_>,
    selection: &mut Selection,
    wishes: &Wishes,
    terminal: &Terminal,
) -> Result<FixOutcome, Failure> {
    let Fixing { asked, with_suggested, is_preview } = *fixing;
    let before: BTreeMap<String, Arc<str>> =
        selection.inputs.iter().map(|input| (input.path.clone(), input.text.clone())).collect();
    let count = fix_in_memory(selection, wishes, with_suggested, terminal);
    let changed: Vec<_> =
        selection.inputs.iter().filter(|input| before.get(&input.path) != Some(&input.text)).collect();
    let mut failure = None;
    for input in &changed {
        if is_preview {
            let old = before.get(&input.path).map_or("", |text| text);
            terminal.print_changes(&input.path, old, &input.text)?;
        } else if !asked.is_stdin(&input.path) {
            // The others are fixed all the same.
            if let Err(other) = writing::write(Path::new(&input.path), input.text.as_bytes())
                && let Some(failure) = failure.replace(other)
            {
                failure.report(terminal);
            }
        }
    }
    if !is_preview {
        for input in selection.inputs.iter().filter(|input| asked.is_stdin(&input.path)) {
            terminal.print(&input.text)?;
        }
    }
    if let Some(failure) = failure {
        return Err(failure);
    }
    let told = if is_preview { texts::would_fix(count, changed.len()) } else { texts::fixed(count, changed.len()) };
    terminal.note(&told);
    Ok(FixOutcome { is_preview, changes: !changed.is_empty() })
}

/// Fixes until nothing is left to fix. Each fix was read back by itself; a round whose fixes would bring errors together
/// is taken back. Gives how many findings were mended.
fn fix_in_memory(selection: &mut Selection, wishes: &Wishes, with_suggested: bool, terminal: &Terminal) -> usize {
    let mut count = 0;
    let mut analysis = checked(selection.clone(), wishes, terminal);
    for _ in 0..MAXIMUM_ROUNDS {
        let fixed = fix::apply(analysis.diagnostics.iter(), &analysis.sources, with_suggested);
        if fixed.count == 0 {
            break;
        }
        let previous = selection.inputs.clone();
        let texts = fixed.texts.into_iter().map(|(file, text)| (&*analysis.sources.get(file).path, text));
        let mut texts: BTreeMap<&str, String> = texts.collect();
        for input in &mut selection.inputs {
            if let Some(text) = texts.remove(&*input.path) {
                input.text = text.into();
            }
        }
        let after = checked(selection.clone(), wishes, terminal);
        if has_new_errors(&analysis, &after) {
            selection.inputs = previous;
            terminal.note(&texts::fix_made_errors());
            break;
        }
        count += fixed.count;
        analysis = after;
    }
    count
}

/// Whether a check tells errors of a kind that the one before did not tell as often. A rule of the field that was silent
/// over damaged lines may speak when they can be read.
fn has_new_errors(before: &Analysis, after: &Analysis) -> bool {
    let old = errors_by_code(&before.diagnostics);
    let was_damaged = old.keys().any(|code| !code.has_level());
    let is_new = |code: Code, count| old.get(&code).is_none_or(|old| *old < count);
    errors_by_code(&after.diagnostics)
        .into_iter()
        .any(|(code, count)| is_new(code, count) && !(was_damaged && code.has_level()))
}
