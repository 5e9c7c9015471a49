//! Which project a table is about: the code and the name that it states first.

use super::columns;
use super::lexicon::Content;
use super::office::Walker;
use super::table::{Meaning, Slot, meaning};
use crate::import::account::Piece;

/// The code and the name that a table states first.
pub(super) fn identity(walker: &Walker<'_>, rows: &[Vec<Slot>]) -> Option<(Option<String>, Option<String>)> {
    let (mut code, mut name) = (None, None);
    for row in rows.iter().take(12) {
        if columns::is_heads(walker, row) {
            break;
        }
        // What stands last is a name, even where a label says the same.
        let is_last = |slot: &Slot| row.last().is_some_and(|last| last.cell == slot.cell);
        for (slot, next) in row.iter().zip(row.iter().skip(1)) {
            let Meaning::Label(content) = meaning(walker, slot) else { continue };
            let value = || Some(walker.reading.cells.get(next.cell).text.to_string()).filter(|_| !next.is_blank);
            match content {
                Content::Code if code.is_none() => code = value(),
                Content::Name
                    if name.is_none() && (!matches!(meaning(walker, next), Meaning::Label(_)) || is_last(next)) =>
                {
                    name = value();
                }
                _ => {}
            }
        }
    }
    (code.is_some() || name.is_some()).then_some((code, name))
}

/// A table that states another project than the current one begins it with its first row.
pub(super) fn start_by_identity(walker: &mut Walker<'_>, rows: &[Vec<Slot>], code: Option<&str>, name: Option<&str>) {
    let Some(first) = rows.first().and_then(|row| row.first()).map(|slot| slot.cell) else { return };
    let Some(index) = walker.project else {
        walker.begin_project(first);
        return;
    };
    let project = &walker.reading.draft.projects[index];
    let differs = |known: &Option<Piece>, stated: Option<&str>| match (known, stated) {
        (Some(known), Some(stated)) => walker.reading.text(known) != stated,
        _ => false,
    };
    if differs(&project.code, code) || differs(&project.name, name) {
        walker.begin_project(first);
    }
}
