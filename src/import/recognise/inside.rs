//! A cell that holds its label and its value, or several of them.

use super::lexicon::{Content, LabelRoom, key_of};
use super::prose::later_labels;
use super::signs::amount_like;
use super::slot::{GridSlot, LABEL_SIGNS};
use super::view::View;
use crate::import::account::CellPiece;

/// The most signs of a label that no standard knows and that shares its cell with its value.
const SHORT_LABEL_SIGNS: usize = 8;

/// A label beside which its value stands in the same cell: `年度资金总额：100`.
pub fn labelled_inside(view: &View<'_>, slot: &GridSlot) -> Option<(CellPiece, Content, CellPiece)> {
    let piece = view.piece(slot.cell);
    let text = view.text(&piece);
    let colon = text.find(['：', ':'])?;
    let sign = text[colon..].chars().next().map_or(0, char::len_utf8);
    let (label, value) = (&text[..colon], &text[colon + sign..]);
    if value.trim().is_empty() || label.chars().count() > LABEL_SIGNS {
        return None;
    }
    let content =
        view.lexicon.find(LabelRoom::Project, label).filter(|content| *content != Content::Furniture).or_else(
            || {
                let is_fund = view.lexicon.names_fund(&key_of(label).text) && amount_like(value);
                is_fund.then_some(Content::Fund)
            },
        )?;
    Some((piece.part(text, 0..colon + sign), content, piece.part(text, colon + sign..text.len())))
}

/// `填表人：李某`: a short label that no standard knows, in a project's form. The label without and with its colon, and
/// the value.
pub fn unknown_inside(view: &View<'_>, slot: &GridSlot) -> Option<((CellPiece, CellPiece), CellPiece)> {
    let piece = view.piece(slot.cell);
    let text = view.text(&piece);
    let (label, value) = text.split_once(['：', ':']).filter(|_| view.at.is_of_form())?;
    let is_label = (2..=SHORT_LABEL_SIGNS).contains(&label.chars().count()) && label.chars().all(char::is_alphabetic);
    if !is_label || value.trim().is_empty() || value.contains(['。', '\n']) || later_labels(text).next().is_some() {
        return None;
    }
    let start = text.len() - value.len();
    Some((
        (piece.part(text, 0..label.len()), piece.part(text, label.len()..start)),
        piece.part(text, start..text.len()),
    ))
}

/// `填表人：李某 联系电话：0311-1234567`: several pairs, as on a line outside a table.
pub fn says_pairs(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    !text.contains(['。', '\n', '；']) && later_labels(text).next().is_some()
}
