//! Fields in the order of the vocabulary, in blocks where their order means nothing.
//!
//! Labels that are no words of the language (fields of a standard, mistakes) stay behind the field they follow. Nothing
//! moves where a comment would change places with another, or one such label with another.

use super::layout::LayoutItem;
use crate::syntax::vocabulary::{Block, fields_of};

/// The items of a block in their order. Indicators follow the fields, in the author's order.
pub(super) fn sorted(items: Vec<LayoutItem>, block: Block) -> Vec<LayoutItem> {
    if !is_sorted(block) || items.iter().any(|item| item.label.is_none()) {
        return items;
    }
    let mut last = 0;
    let keys: Vec<(usize, usize)> = items
        .iter()
        .enumerate()
        .map(|(index, item)| {
            last = place(item, block).unwrap_or(last);
            (last, index)
        })
        .collect();
    let mut order = keys.clone();
    order.sort_unstable();
    let stays_in_order = |counts: &dyn Fn(&LayoutItem) -> bool| {
        order.iter().map(|(_, index)| *index).filter(|index| counts(&items[*index])).is_sorted()
    };
    if !stays_in_order(&|item| item.has_comment) || !stays_in_order(&|item| place(item, block).is_none()) {
        return items;
    }
    let mut items: Vec<Option<LayoutItem>> = items.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, index)| items[index].take()).collect()
}

/// Where an item stands in its block; none where its label is no word of the language.
fn place(item: &LayoutItem, block: Block) -> Option<usize> {
    if item.is_indicator {
        return Some(fields_of(block).len());
    }
    place_of(item.label.as_deref()?, block)
}

/// Where a label stands in its block, counted from none; none for a label that is no word of the language.
pub(crate) fn place_of(label: &str, block: Block) -> Option<usize> {
    fields_of(block).iter().position(|field| field.name == label || field.english == label)
}

/// Whether the order of different fields means nothing. In standards, what comes later may stand upon what came before.
pub(crate) fn is_sorted(block: Block) -> bool {
    match block {
        Block::Department | Block::Project | Block::Indicator => true,
        Block::Approval
        | Block::Adjustment
        | Block::AdjustedBudget
        | Block::Monitoring
        | Block::SelfEvaluation
        | Block::Execution
        | Block::Completion
        | Block::Rectification
        | Block::Review
        | Block::Evaluation
        | Block::Area
        | Block::SubGoal
        | Block::Budget
        | Block::Plan
        | Block::Standard
        | Block::Unit
        | Block::FundSource
        | Block::FieldRule
        | Block::Category
        | Block::Subcategory
        | Block::Framework
        | Block::WeightScheme
        | Block::CodeForm
        | Block::IndicatorTable
        | Block::YearForm
        | Block::ProjectForm
        | Block::FormGroup
        | Block::RuleSource
        | Block::MonitoringRules
        | Block::ScoringRules
        | Block::ExecutionScore
        | Block::Method
        | Block::Excess
        | Block::Cited => false,
    }
}
