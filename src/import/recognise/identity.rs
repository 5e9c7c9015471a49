//! Which project a table is about: the code and the name that it states first.

use super::claim::Claim;
use super::columns::heads;
use super::lexicon::Content;
use super::slot::{GridSlot, SlotMeaning, meaning, without_gaps};
use super::view::View;

/// A table that states a code or a name is about that project, from its first row on.
pub fn identity(view: &View<'_>, rows: &[Vec<GridSlot>]) -> Option<Claim> {
    let cell = rows.first()?.first()?.cell;
    let (mut code, mut name) = (None, None);
    for row in rows.iter().take(12) {
        if heads::is_heads(view, row) {
            break;
        }
        let row = &without_gaps(view, row);
        // The headings of what a department does name no project.
        if view.at.is_whole && row.iter().filter(|slot| !slot.is_blank).count() > 2 {
            continue;
        }
        // What stands last is a name, even where a label says the same.
        let is_last = |slot: &GridSlot| row.last().is_some_and(|last| last.cell == slot.cell);
        for (slot, next) in row.iter().zip(row.iter().skip(1)) {
            let SlotMeaning::Label(content) = meaning(view, slot) else { continue };
            let value = || Some(view.words(next.cell).to_owned()).filter(|_| !next.is_blank);
            match content {
                Content::Code if code.is_none() => code = value(),
                Content::Name
                    if name.is_none() && (!matches!(meaning(view, next), SlotMeaning::Label(_)) || is_last(next)) =>
                {
                    name = value();
                }
                _ => {}
            }
        }
    }
    (code.is_some() || name.is_some()).then_some(Claim::ProjectNamed { code, name, cell, begins: true })
}
