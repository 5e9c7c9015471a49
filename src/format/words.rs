//! The words of the language in both languages: labels, keywords, and the words that values are chosen from.
//!
//! Names that a standard declares are no such words: they stay as they are.

use crate::diagnostic::Language;
use crate::language::{
    ATTAINMENTS, BECOMES, Field, INDICATOR, KEYWORDS, NOT_APPLICABLE, NOT_DONE, Namespace, PENDING, TAKEN_FROM,
    TO_FILL_IN,
};
use crate::model::Direction;
use crate::model::computed::ComputedQuantity;
use crate::model::standard::method::{MethodKind, ScoredKind};
use crate::model::standard::monitoring::{Counting, LightColour, Pace};
use crate::model::standard::project_form::{self, GroupItem};
use crate::model::standard::scoring::{MoneyBase, RoundingMode, WithoutBudget, WithoutValue};
use crate::model::standard::year_form::{ClosingCell, MoneyContent, RowContent};
use crate::model::standard::{FieldKind, Level, Role};
use crate::model::unit::Dimension;

/// A word in both languages.
pub type Pair = (&'static str, &'static str);

pub use crate::language::{QUALITATIVE, YES_OR_NO};

pub const EXTENDS: Pair = ("扩展", "extends");
/// What a target may refer to; names of fund sources stand beside them.
pub const SYMBOLS: [Pair; 2] = [
    (Field::Budget.row().name, Field::Budget.row().english),
    (Field::LastYear.row().name, Field::LastYear.row().english),
];
const APPEND: Pair = ("追加", "append");

/// The word in the wished language; none where it is no word of the pairs, or the author's spelling stays.
pub fn translated(word: &str, pairs: &[Pair], language: Option<Language>) -> Option<&'static str> {
    let (chinese, english) = pairs.iter().find(|(chinese, english)| *chinese == word || *english == word)?;
    Some(match language? {
        Language::Chinese => chinese,
        Language::English => english,
    })
}

/// The word in Chinese, where it is one of the pairs: what both spellings mean.
pub fn meant<'a>(word: &'a str, pairs: &[Pair]) -> &'a str {
    translated(word, pairs, Some(Language::Chinese)).unwrap_or(word)
}

/// The keywords of declarations and of indicators.
pub fn keywords() -> Vec<Pair> {
    KEYWORDS.iter().map(|&(_, chinese, english)| (chinese, english)).chain([INDICATOR]).collect()
}

/// The words that a line of the year may hold behind what it is about.
pub fn said_of_the_year() -> Vec<Pair> {
    let alone = [BECOMES, TAKEN_FROM, TO_FILL_IN, PENDING, NOT_APPLICABLE, NOT_DONE, QUALITATIVE];
    alone.into_iter().chain(ATTAINMENTS).chain(YES_OR_NO).collect()
}

/// The words that the value of a field at an index is chosen from.
pub fn choices(field: Field, index: usize) -> Vec<Pair> {
    match (field.names, index) {
        (Namespace::Directions, 0) => pairs(&Direction::ALL),
        (Namespace::Dimensions, 0) => pairs(&Dimension::ALL),
        (Namespace::Roles, 0) => pairs(&Role::ALL),
        (Namespace::FieldKinds, 0) => pairs(&FieldKind::ALL),
        (Namespace::RuleLevels, 1) => pairs(&Level::ALL),
        (Namespace::WordLists, 1) => vec![APPEND],
        (Namespace::Dimensions, _) if field == Field::Cumulative => pairs(&Dimension::ALL),
        (Namespace::Columns, 0) if field == Field::FormColumn => pairs(&RowContent::ALL),
        (Namespace::Choices, index) => chosen(field, index),
        _ => Vec::new(),
    }
}

fn pairs<T: Copy>(table: &[(T, &'static str, &'static str)]) -> Vec<Pair> {
    table.iter().map(|&(_, chinese, english)| (chinese, english)).collect()
}

/// The words of a field that has a table of its own.
fn chosen(field: Field, index: usize) -> Vec<Pair> {
    match (field, index) {
        (Field::Pace, _) => pairs(&Pace::ALL),
        (Field::Light, 0) => pairs(&LightColour::ALL),
        (Field::Rounding, 0) => pairs(&RoundingMode::ALL),
        (Field::MethodOf, 0) => pairs(&ScoredKind::ALL),
        (Field::MethodOf, 1) => pairs(&MethodKind::ALL),
        (Field::NotApplicable, 0) => pairs(&WithoutValue::ALL),
        (Field::ExecutionBase, 0) => pairs(&MoneyBase::ALL),
        (Field::ZeroBudget, 0) => pairs(&WithoutBudget::ALL),
        (Field::Counting, 0) => pairs(&Counting::ALL),
        (Field::Core, 0) => YES_OR_NO.to_vec(),
        (Field::MoneyColumn, 0) => pairs(&MoneyContent::ALL),
        (Field::FormClosing, _) => pairs(&ClosingCell::ALL),
        (
            Field::ProjectFormAbove
            | Field::ProjectFormRow
            | Field::ProjectFormBelow
            | Field::ProjectFormIndicators
            | Field::FormGroupRow,
            _,
        ) => project_form::words(),
        (Field::ProjectFormEach, 0) => pairs(&GroupItem::ALL),
        (Field::Computed, 0) => pairs(&ComputedQuantity::ALL),
        _ => Vec::new(),
    }
}
