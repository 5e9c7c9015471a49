//! The blocks of the language.

use super::field::FIELDS;
use super::words::INDICATOR;

/// A block of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    Department,
    SubGoal,
    Project,
    Budget,
    Plan,
    Indicator,
    Standard,
    Unit,
    FundSource,
    Category,
    Subcategory,
    WeightScheme,
    FieldRule,
    CodeForm,
    IndicatorTable,
    RuleSource,
}

impl Block {
    pub const ALL: [Block; 16] = [
        Block::Department,
        Block::SubGoal,
        Block::Project,
        Block::Budget,
        Block::Plan,
        Block::Indicator,
        Block::Standard,
        Block::Unit,
        Block::FundSource,
        Block::Category,
        Block::Subcategory,
        Block::WeightScheme,
        Block::FieldRule,
        Block::CodeForm,
        Block::IndicatorTable,
        Block::RuleSource,
    ];

    /// The word that opens the block.
    pub fn word(self) -> (&'static str, &'static str) {
        match self {
            Block::Department => ("部门", "department"),
            Block::Project => ("项目", "project"),
            Block::Standard => ("标准", "standard"),
            Block::Indicator => INDICATOR,
            Block::SubGoal
            | Block::Budget
            | Block::Plan
            | Block::Unit
            | Block::FundSource
            | Block::Category
            | Block::Subcategory
            | Block::WeightScheme
            | Block::FieldRule
            | Block::CodeForm
            | Block::IndicatorTable
            | Block::RuleSource => FIELDS
                .iter()
                .find(|field| field.inner == Some(self))
                .map_or(("", ""), |field| (field.name, field.english)),
        }
    }

    /// Whether labels in the block are names that a standard declares, not words of the language.
    pub fn has_free_labels(self) -> bool {
        matches!(self, Block::Budget | Block::Plan | Block::WeightScheme)
    }
}
