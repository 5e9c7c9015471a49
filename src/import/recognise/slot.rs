//! The cells of a row with their columns, and what each of them is by its words.

use super::lexicon::{Content, LabelRoom, key_of};
use super::signs::is_checkpoint;
use super::view::View;
use crate::import::account::Cells;
use crate::import::document::TableRow;

/// A cell of a row by its number, with the columns of the grid that it takes.
#[derive(Clone, Debug)]
pub struct GridSlot {
    pub cell: u32,
    pub column: u32,
    pub columns: u32,
    pub is_blank: bool,
    pub continues: bool,
}

/// What a cell of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotMeaning {
    Label(Content),
    Checkpoint,
    /// Ends as fund sources do, but no standard has it.
    FundLike,
    Text,
    Blank,
}

/// The most signs of a label that no standard knows.
pub const LABEL_SIGNS: usize = 20;

/// The cells of a row, which get their numbers.
pub fn slots(row: TableRow, cells: &mut Cells) -> Vec<GridSlot> {
    let mut column = 0;
    let mut slots = Vec::with_capacity(row.cells.len());
    for cell in row.cells {
        let (columns, continues, is_blank) = (u32::from(cell.columns.max(1)), cell.continues, cell.is_blank());
        slots.push(GridSlot { cell: cells.add(cell), column, columns, is_blank, continues });
        column += columns;
    }
    slots
}

/// The only cell of a row that is not blank.
pub fn single(row: &[GridSlot]) -> Option<&GridSlot> {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    full.next().filter(|_| full.next().is_none())
}

pub fn meaning(view: &View<'_>, slot: &GridSlot) -> SlotMeaning {
    if slot.is_blank {
        return SlotMeaning::Blank;
    }
    let text = view.words(slot.cell);
    if let Some(content) = view.lexicon.find(LabelRoom::Project, text) {
        return SlotMeaning::Label(content);
    }
    let key = key_of(text);
    if is_checkpoint(&key.text) {
        return SlotMeaning::Checkpoint;
    }
    if key.text.chars().count() <= LABEL_SIGNS && view.lexicon.names_fund(&key.text) {
        SlotMeaning::FundLike
    } else {
        SlotMeaning::Text
    }
}
