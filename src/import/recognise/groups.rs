//! What a department as a whole takes in beside what it spends, each in a group of its own.

use super::claim::{Claim, Claims};
use super::lexicon::{Content, key_of};
use super::signs::amount_like;
use super::slot::{GridSlot, SlotMeaning};
use super::view::View;

/// Where in the rows of a section groups begin, and their words: `收入 | 财政拨款 | 300 | 支出 | 基本支出 | 200`.
#[derive(Debug, Default)]
pub struct Groups(Vec<(u32, String)>);

impl Groups {
    /// The words of a group, or an amount below it, and how many cells that takes. Income is no source of spending, nor the
    /// other way round: each amount is kept below its group.
    pub fn cells(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        below: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
    ) -> Option<(Claims, usize)> {
        let slot = &row[index];
        let is_amount = |at: usize| row.get(at).is_some_and(|slot| amount_like(view.words(slot.cell)));
        let is_free =
            matches!(meanings[index], SlotMeaning::Text | SlotMeaning::FundLike | SlotMeaning::Label(Content::Fund));
        if !view.at.is_whole || !is_free {
            return None;
        }
        let goes_on = || below.iter().all(|one| one.column != slot.column || one.continues || one.is_blank);
        let label = view.piece(slot.cell);
        if !is_amount(index + 1) && is_amount(index + 2) && goes_on() {
            self.0.push((slot.column, key_of(view.text(&label)).text));
            return Some((vec![Claim::Furniture(label)], 1));
        }
        let (_, lead) = self.0.iter().rfind(|(column, _)| *column < slot.column).filter(|_| is_amount(index + 1))?;
        let value = view.piece(row[index + 1].cell);
        Some((vec![Claim::Extra { lead: Some(lead.clone()), label, value }], 2))
    }
}
