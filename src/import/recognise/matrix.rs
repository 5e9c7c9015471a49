//! The money of a project as rows and columns: its sources against what was planned, changed and spent.

use super::columns;
use super::facts::{field, note_bracket};
use super::lexicon::{Content, key_of};
use super::office::Walker;
use super::table::{Meaning, Slot, amount_like, meaning};
use crate::import::account::Piece;

/// The columns over rows of money. The first that names a budget is the plan; the others are kept beside their row.
#[derive(Debug)]
pub(super) struct Matrix {
    heads: Vec<Slot>,
    budget: u32,
}

impl Matrix {
    /// The headings in a row from a cell on; none where it holds something else. `below` is the row after it.
    pub fn read(
        walker: &mut Walker<'_>,
        row: &[Slot],
        meanings: &[Meaning],
        index: usize,
        below: &[Slot],
    ) -> Option<Self> {
        let heads: Vec<Slot> = row[index..].iter().filter(|slot| !slot.is_blank).cloned().collect();
        let is_budget = |slot: &&Slot| meaning(walker, slot) == Meaning::Label(Content::Budget);
        let budget = heads.iter().find(is_budget).map(|slot| slot.column)?;
        let label = below.iter().position(|slot| !slot.is_blank)?;
        let values = &below[label + 1..];
        let goes_on = row[..index].iter().all(|slot| !slot.is_blank) || index == 0;
        let is_matrix = heads.len() > 2
            && goes_on
            && !meanings[index..].contains(&Meaning::Checkpoint)
            && heads.iter().all(|slot| !amount_like(&walker.reading.cells.get(slot.cell).text))
            && is_row_label(meaning(walker, &below[label]))
            && !columns::is_heads(walker, row)
            && values.iter().filter(|slot| !slot.is_blank).count() > 1
            && values.iter().all(|slot| slot.is_blank || is_figure(walker, slot));
        if !is_matrix
            || heads.first().is_some_and(|head| values.first().is_some_and(|value| head.column > value.column))
        {
            return None;
        }
        for head in &heads {
            let piece = walker.piece(head.cell);
            walker.furniture(&piece);
            note_bracket(walker, &piece);
        }
        Some(Self { heads, budget })
    }

    /// A row of the matrix. Whether it was one.
    pub fn row(&self, walker: &mut Walker<'_>, row: &[Slot], meanings: &[Meaning]) -> bool {
        let Some(at) = row.iter().position(|slot| !slot.is_blank) else { return false };
        let Meaning::Label(content) = meanings[at] else {
            if meanings[at] == Meaning::FundLike {
                self.values(walker, row, at, Content::Fund);
                return true;
            }
            return false;
        };
        if !is_row_label(meanings[at]) {
            return false;
        }
        self.values(walker, row, at, content);
        true
    }

    fn values(&self, walker: &mut Walker<'_>, row: &[Slot], at: usize, content: Content) {
        let label = walker.piece(row[at].cell);
        let lead = key_of(walker.reading.text(&label)).text;
        for slot in &row[at + 1..] {
            let under =
                |head: &&Slot| slot.column < head.column + head.columns && head.column < slot.column + slot.columns;
            let Some(head) = self.heads.iter().find(under) else { continue };
            let value = walker.piece(slot.cell);
            if head.column == self.budget {
                let content = if content == Content::Furniture { Content::Budget } else { content };
                field(walker, content, Some(&label), &value);
            } else if walker.reading.text(&value).contains(|sign: char| sign.is_alphanumeric()) {
                let heading = walker.piece(head.cell);
                walker.extra_under(Some(&lead), &heading, &value);
            } else {
                walker.furniture(&value);
            }
        }
    }
}

fn is_row_label(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::FundLike | Meaning::Label(Content::Fund | Content::Budget | Content::Money | Content::Furniture)
    )
}

/// An amount, a share, or a stroke for none.
fn is_figure(walker: &Walker<'_>, slot: &Slot) -> bool {
    let text = &walker.reading.cells.get(slot.cell).text;
    amount_like(text) || !text.contains(|sign: char| sign.is_alphanumeric())
}

/// The piece of a total below a table: its label is the form's, each figure is kept by its heading.
pub(super) fn total(walker: &mut Walker<'_>, label: &Piece, figures: &[(Piece, Piece)]) {
    walker.furniture(label);
    let lead = key_of(walker.reading.text(label)).text;
    for (heading, value) in figures {
        walker.extra_under(Some(&lead), heading, value);
    }
}
