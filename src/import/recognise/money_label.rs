//! What the labels of a form say of its money: the unit of the amounts, what execution of the budget earns at most.

use super::claim::{Claim, Claims};
use super::lexicon::{Content, LabelRoom};
use super::signs::{is_money_word, points_in_bracket, unit_in_bracket, year_length};
use super::slot::{GridSlot, SlotMeaning};
use super::view::View;
use super::year_content::YearContent;
use crate::import::account::CellPiece;

/// A label of the form; its brackets may state the unit of the amounts, and what execution earns at most.
pub fn with_bracket(view: &View<'_>, label: CellPiece) -> Claims {
    let text = view.text(&label);
    let mut claims: Claims = unit_in_bracket(text).map(Claim::MoneyUnit).into_iter().collect();
    let is_of_money = view.lexicon.find(LabelRoom::Project, text) == Some(Content::Money);
    let weight = points_in_bracket(text).filter(|_| is_of_money);
    claims.extend(weight.map(|bytes| Claim::OfYear {
        content: YearContent::ExecutionWeight,
        fund: None,
        value: label.part(text, bytes),
    }));
    if let Some(content @ (Content::Money | Content::Goal)) = view.lexicon.find(LabelRoom::Project, text) {
        claims.push(Claim::FormLabel(content, label.clone()));
    }
    claims.push(Claim::Furniture(label));
    claims
}

/// The line above a form: the unit of account at its left, `单位：元` at its right.
pub fn money_line(view: &View<'_>, row: &[GridSlot], text: &str) -> Option<Claims> {
    let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let [first, last] = full[..] else { return None };
    let (label, unit) = view.words(last.cell).split_once(['：', ':'])?;
    let content = view.lexicon.find(LabelRoom::Project, label);
    if !matches!(content, Some(Content::Unit | Content::MoneyUnit)) || !is_money_word(unit.trim()) {
        return None;
    }
    Some(vec![
        Claim::MoneyUnit(unit.trim().to_owned()),
        Claim::Furniture(view.piece(last.cell)),
        if text.contains(['：', ':']) || year_length(text).is_some() {
            Claim::Paragraph(first.cell)
        } else {
            Claim::Fact { content: Content::Unit, label: None, value: view.piece(first.cell) }
        },
    ])
}

/// Whether the first cell of a row states a unit of money in its bracket, and stands left of labels or goes on below.
pub fn is_money_section(
    view: &View<'_>,
    row: &[GridSlot],
    meanings: &[SlotMeaning],
    index: usize,
    below: &[GridSlot],
) -> bool {
    let is_first = row[..index].iter().all(|slot| slot.is_blank);
    let goes_on = below.first().is_some_and(|slot| slot.continues || slot.is_blank);
    let is_beside = matches!(meanings.get(index + 1), Some(SlotMeaning::Label(_) | SlotMeaning::FundLike));
    is_first && is_beside && goes_on && unit_in_bracket(view.words(row[index].cell)).is_some()
}
