//! The money of a project as rows and columns: its sources against what was planned, changed and spent.

use super::claim::{Claim, Claims};
use super::columns::heads;
use super::lexicon::{Content, key_of};
use super::signs::{amount_like, unit_in_bracket};
use super::slot::{GridSlot, SlotMeaning, meaning};
use super::view::View;

/// The columns over rows of money. The first that names a budget is the plan; the others are kept beside their row.
#[derive(Debug)]
pub struct Matrix {
    heads: Vec<GridSlot>,
    budget: u32,
}

impl Matrix {
    /// The headings in a row from a cell on; none where it holds something else. `below` is the row after it.
    pub fn read(
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
        below: &[GridSlot],
    ) -> Option<(Self, Claims)> {
        let heads: Vec<GridSlot> = row[index..].iter().filter(|slot| !slot.is_blank).cloned().collect();
        let is_budget = |slot: &&GridSlot| meaning(view, slot) == SlotMeaning::Label(Content::Budget);
        let budget = heads.iter().find(is_budget).map(|slot| slot.column)?;
        let label = below.iter().position(|slot| !slot.is_blank)?;
        let values = &below[label + 1..];
        let goes_on = row[..index].iter().all(|slot| !slot.is_blank) || index == 0;
        let is_matrix = heads.len() > 2
            && goes_on
            && !meanings[index..].contains(&SlotMeaning::Checkpoint)
            && heads.iter().all(|slot| !amount_like(view.words(slot.cell)))
            && is_row_label(meaning(view, &below[label]))
            && !heads::is_heads(view, row)
            && values.iter().filter(|slot| !slot.is_blank).count() > 1
            && values.iter().all(|slot| slot.is_blank || is_figure(view, slot));
        if !is_matrix
            || heads.first().is_some_and(|head| values.first().is_some_and(|value| head.column > value.column))
        {
            return None;
        }
        let mut claims = Vec::new();
        for head in &heads {
            claims.push(Claim::Furniture(view.piece(head.cell)));
            claims.extend(unit_in_bracket(view.words(head.cell)).map(Claim::MoneyUnit));
        }
        Some((Self { heads, budget }, claims))
    }

    /// A row of the matrix; none where it is something else.
    pub fn row(&self, view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning]) -> Option<Claims> {
        let at = row.iter().position(|slot| !slot.is_blank)?;
        let content = match meanings[at] {
            SlotMeaning::Label(content) if is_row_label(meanings[at]) => content,
            SlotMeaning::FundLike => Content::Fund,
            SlotMeaning::Label(_) | SlotMeaning::Checkpoint | SlotMeaning::Text | SlotMeaning::Blank => return None,
        };
        let label = view.piece(row[at].cell);
        let lead = key_of(view.text(&label)).text;
        let claim = |slot: &GridSlot| {
            let under =
                |head: &&GridSlot| slot.column < head.column + head.columns && head.column < slot.column + slot.columns;
            let head = self.heads.iter().find(under)?;
            let value = view.piece(slot.cell);
            Some(if head.column == self.budget {
                let content = if content == Content::Furniture { Content::Budget } else { content };
                Claim::Fact { content, label: Some(label.clone()), value }
            } else if view.text(&value).contains(|sign: char| sign.is_alphanumeric()) {
                Claim::Extra { lead: Some(lead.clone()), label: view.piece(head.cell), value }
            } else {
                Claim::Furniture(value)
            })
        };
        Some(row[at + 1..].iter().filter_map(claim).collect())
    }
}

fn is_row_label(meaning: SlotMeaning) -> bool {
    matches!(
        meaning,
        SlotMeaning::FundLike
            | SlotMeaning::Label(Content::Fund | Content::Budget | Content::Money | Content::Furniture)
    )
}

/// An amount, a share, or a stroke for none.
fn is_figure(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    amount_like(text) || !text.contains(|sign: char| sign.is_alphanumeric())
}
