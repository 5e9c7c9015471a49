//! Rows that an extractor ran together, parted again by the headings that they hold.

use super::columns;
use super::lexicon::Content;
use super::office::Walker;
use super::table::{Meaning, Slot, meaning};

/// A row with more cells holds several rows that were run together.
const LONG_ROW: usize = 24;

/// Rows that an extractor ran together, cell after cell, parted again by the headings that they hold.
pub(super) fn split_long_rows(walker: &Walker<'_>, rows: Vec<Vec<Slot>>) -> Vec<Vec<Slot>> {
    // Rows of one width are a wide table.
    if rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len()) {
        return rows;
    }
    let mut split = Vec::with_capacity(rows.len());
    for row in rows {
        if row.len() <= LONG_ROW {
            split.push(row);
            continue;
        }
        let mut rest = &row[..];
        while let Some((start, length)) = columns::run_of_heads(walker, rest) {
            split.push(renumber(&rest[..start]));
            split.push(renumber(&rest[start..start + length]));
            rest = &rest[start + length..];
            while rest.len() >= length
                && columns::run_of_heads(walker, &rest[..length]).is_none()
                && !starts_form(walker, &rest[0])
            {
                split.push(renumber(&rest[..length]));
                rest = &rest[length..];
            }
        }
        if !rest.is_empty() {
            split.push(renumber(rest));
        }
    }
    split.retain(|row| !row.is_empty());
    split
}

fn starts_form(walker: &Walker<'_>, slot: &Slot) -> bool {
    matches!(meaning(walker, slot), Meaning::Label(Content::Code | Content::Name))
}

fn renumber(row: &[Slot]) -> Vec<Slot> {
    let mut column = 0;
    let place = |slot: &Slot| {
        let placed = Slot { column, ..slot.clone() };
        column += slot.columns;
        placed
    };
    row.iter().map(place).collect()
}
