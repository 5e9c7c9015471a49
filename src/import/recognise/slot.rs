//! The cells of a row with their columns, and what each of them is by its words.

use super::lexicon::Content;
pub use super::slot_meaning::{LABEL_SIGNS, SlotMeaning};
use super::view::View;
use super::year_content::YearContent;
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

impl GridSlot {
    /// Whether it takes a column of the grid.
    pub fn covers(&self, column: u32) -> bool {
        (self.column..self.column + self.columns).contains(&column)
    }

    /// Whether both take a column of the grid.
    pub fn meets(&self, other: &GridSlot) -> bool {
        self.column < other.column + other.columns && other.column < self.column + self.columns
    }
}

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

/// The cells of a row without the blank ones that a merged cell left behind: those of a row in which no cell is merged,
/// between a label and the only value that belongs to it, and between the headings of a goal. The cell before goes on over
/// them.
pub fn without_gaps(view: &View<'_>, row: &[GridSlot]) -> Vec<GridSlot> {
    let is_merged = row.iter().any(|slot| slot.columns > 1 || slot.continues);
    if is_merged || row.iter().skip_while(|slot| slot.is_blank).all(|slot| !slot.is_blank) {
        return row.to_vec();
    }
    let meanings: Vec<SlotMeaning> = row.iter().map(|slot| meaning(view, slot)).collect();
    let is_label =
        |one: &SlotMeaning| matches!(one, SlotMeaning::Label(_) | SlotMeaning::Checkpoint | SlotMeaning::FundLike);
    let mut full = meanings.iter().filter(|one| **one != SlotMeaning::Blank);
    let is_of_goal =
        matches!(full.next(), Some(SlotMeaning::Label(Content::Goal | Content::OfYear(YearContent::Overall))));
    let are_heads = is_of_goal && full.clone().next().is_some() && full.all(is_label);
    // From each cell on: what the next full one is, and how many values stand before the next label. A name may end as a
    // fund source does, and a day reads as a checkpoint.
    let mut ahead: Vec<(Option<SlotMeaning>, usize)> = vec![(None, 0); meanings.len() + 1];
    for (index, one) in meanings.iter().enumerate().rev() {
        let (next, values) = ahead[index + 1];
        ahead[index] = match one {
            SlotMeaning::Blank => (next, values),
            SlotMeaning::Label(_) => (Some(*one), 0),
            SlotMeaning::Checkpoint | SlotMeaning::FundLike | SlotMeaning::Text => (Some(*one), values + 1),
        };
    }
    let mut kept: Vec<GridSlot> = Vec::with_capacity(row.len());
    let mut before = SlotMeaning::Blank;
    for (index, slot) in row.iter().enumerate() {
        let (next, values) = ahead[index];
        let is_gap = match (before, next) {
            (SlotMeaning::Blank, _) => false,
            (_, _) if are_heads => true,
            (_, None) => false,
            (SlotMeaning::Text, Some(next)) => is_label(&next),
            (_, Some(_)) => values == 1,
        };
        match kept.last_mut().filter(|_| slot.is_blank && is_gap) {
            Some(last) => last.columns += slot.columns,
            None => kept.push(slot.clone()),
        }
        if !slot.is_blank {
            before = meanings[index];
        }
    }
    kept
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
    view.lexicon.meaning(view.words(slot.cell))
}
