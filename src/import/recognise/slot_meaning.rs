//! What a cell of a form is by its words.

use super::lexicon::{Content, LabelRoom, Lexicon, key_of};
use super::signs::is_checkpoint;

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

/// What a text is in a cell of a form.
pub fn meaning_of(lexicon: &Lexicon, text: &str) -> SlotMeaning {
    if let Some(content) = lexicon.find(LabelRoom::Project, text) {
        return SlotMeaning::Label(content);
    }
    let key = key_of(text);
    if is_checkpoint(&key.text) {
        return SlotMeaning::Checkpoint;
    }
    if key.text.chars().count() <= LABEL_SIGNS && lexicon.names_fund(&key.text) {
        SlotMeaning::FundLike
    } else {
        SlotMeaning::Text
    }
}
