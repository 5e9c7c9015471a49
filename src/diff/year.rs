//! The year of a department: what was reported, adjusted and concluded, line by line. Which file holds a line is no change.

use std::collections::BTreeMap;

use super::form::{Entity, Moves};
use super::names::{Facts, Thing};
use super::report::{Difference, Group, differences};
use super::{Class, Fact, Subject};
use crate::language::{Block, Field, own};

/// All changes of the year of a pair of departments, or of what lies outside any.
pub(super) fn changes([old, new]: [Vec<Thing>; 2], moves: &Moves, subject: &dyn Fn() -> Subject) -> Group {
    let mut group = Group::default();
    let mut pairs: BTreeMap<Entity, [Facts; 2]> = BTreeMap::new();
    for thing in old {
        pairs.entry(moves.entity(&thing.entity)).or_default()[0] = thing.facts;
    }
    for thing in new {
        pairs.entry(thing.entity).or_default()[1] = thing.facts;
    }
    for (entity, [before, after]) in pairs {
        let key = entity.0.last().map(|(_, key)| key.clone()).unwrap_or_default();
        for difference in differences(before, after, moves) {
            let mut subject = subject();
            subject.extend_identity(&key);
            let mut change = difference.change(class(&difference), subject, &entity);
            let item = change.subject.item.take();
            change.subject.item = Some([Some(key.clone()), item].into_iter().flatten().collect::<Vec<_>>().join(" "));
            group.push(change);
        }
    }
    group
}

/// What a change of a line is.
fn class(difference: &Difference) -> Class {
    let by_presence = |added, removed, changed| match (&difference.old, &difference.new) {
        (None, _) => added,
        (_, None) => removed,
        (Some(_), Some(_)) => changed,
    };
    let reached = || by_presence(Class::ActualReported, Class::ActualWithdrawn, Class::ActualChanged);
    let Fact::Plain(field) = difference.field else { return Class::ReportChanged };
    if let Some(line) = own::Monitoring::of(field) {
        return match line {
            own::Monitoring::Until | own::Monitoring::Filed => Class::ReportChanged,
            own::Monitoring::Spent => Class::SpendingChanged,
            own::Monitoring::Reached => reached(),
            own::Monitoring::Rectification => Class::ReasonChanged,
            own::Monitoring::Overall => Class::ConclusionChanged,
        };
    }
    if let Some(line) = own::SelfEvaluation::of(field) {
        return match line {
            own::SelfEvaluation::Until | own::SelfEvaluation::Filed => Class::ReportChanged,
            own::SelfEvaluation::Spent => Class::SpendingChanged,
            own::SelfEvaluation::Reached => reached(),
            own::SelfEvaluation::Overall
            | own::SelfEvaluation::Conclusion
            | own::SelfEvaluation::Problem
            | own::SelfEvaluation::Improvement
            | own::SelfEvaluation::Suggestion
            | own::SelfEvaluation::Applied => Class::ConclusionChanged,
        };
    }
    match field.block {
        Block::Approval => Class::ApprovalChanged,
        Block::Adjustment | Block::AdjustedBudget => {
            by_presence(Class::Adjusted, Class::AdjustmentWithdrawn, Class::AdjustmentChanged)
        }
        Block::Review | Block::Evaluation => Class::ConclusionChanged,
        _ if matches!(field, Field::ExecutionExpected | Field::CompletionExpected | Field::AreaMember) => {
            Class::ReportChanged
        }
        Block::Execution | Block::Completion | Block::Rectification => Class::ReasonChanged,
        _ => Class::ReportChanged,
    }
}
