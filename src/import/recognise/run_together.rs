//! Rows that an extractor ran together, parted again by the headings that they hold.

use super::columns::heads;
use super::lexicon::Content;
use super::slot::{GridSlot, SlotMeaning, meaning};
use super::view::View;

/// A row with more cells holds several rows that were run together.
const LONG_ROW: usize = 24;

/// Rows that an extractor ran together, cell after cell, parted again by the headings that they hold.
pub fn split_long_rows(view: &View<'_>, rows: Vec<Vec<GridSlot>>) -> Vec<Vec<GridSlot>> {
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
        while let Some((start, length)) = heads::run_of_heads(view, rest) {
            split.push(renumber(&rest[..start]));
            split.push(renumber(&rest[start..start + length]));
            rest = &rest[start + length..];
            while rest.len() >= length
                && heads::run_of_heads(view, &rest[..length]).is_none()
                && !starts_form(view, &rest[0])
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

fn starts_form(view: &View<'_>, slot: &GridSlot) -> bool {
    matches!(meaning(view, slot), SlotMeaning::Label(Content::Code | Content::Name))
}

fn renumber(row: &[GridSlot]) -> Vec<GridSlot> {
    let mut column = 0;
    let place = |slot: &GridSlot| {
        let placed = GridSlot { column, ..slot.clone() };
        column += slot.columns;
        placed
    };
    row.iter().map(place).collect()
}
