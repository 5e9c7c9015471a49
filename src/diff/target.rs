//! What a change of a target is: tighter, looser, the same in other words, or something else altogether.
//!
//! It follows from the values that reach the target and from what tables print for it. Which field was edited does not
//! count: the same words may ask for less where last year's value, the money, a unit or the standard is another.

use rust_decimal::Decimal;

use super::money::percent_of;
use super::{Class, Detail, Sense};
use crate::model::cells::{self, TargetCells, same_but_blanks};
use crate::model::print::target_cell;
use crate::model::standard::{Shared, Standard};
use crate::model::target::admitted::{Admitted, End, Relation, Space, Stated, measured};
use crate::model::target::{Comparator, Target};
use crate::model::unit::{Dimension, Quantity, Unit, blank_before};
use crate::model::written;
use crate::source::Words;

/// The class of a change from one target to another that is written differently, and what follows from it.
pub(super) fn compare(old: Stated<'_>, new: Stated<'_>) -> (Class, Vec<Detail>) {
    (class(old, new), details(old, new))
}

/// What became of a target that both sides write in the same words: none where the same values reach it.
pub(super) fn in_the_same_words(old: Stated<'_>, new: Stated<'_>) -> Option<(Class, Vec<Detail>)> {
    if !old.target.is_quantitative() || !new.target.is_quantitative() {
        return None;
    }
    let (before, after) = (Admitted::of(old), Admitted::of(new));
    let is_new_calendar = |one: &Admitted| matches!(one.space, Space::Days { .. });
    let class = match (&before, &after) {
        // Too large to reckon with on both sides, or a day whose fiscal year was not stated: that is told of the year.
        (None, None) => return None,
        (Some(one), Some(other)) if one.space != other.space && [one, other].into_iter().all(is_new_calendar) => {
            return None;
        }
        _ => numbers(old, new),
    };
    let comes_to = |set: &Option<Admitted>, stated| set.as_ref().and_then(|set| reached_by(set, stated));
    let resolved = Detail::Resolved { old: comes_to(&before, old), new: comes_to(&after, new) };
    (class != Class::TargetRewritten).then(|| (class, vec![resolved]))
}

/// A set in words: `≥ 92%`; none where it hangs on what is not known.
fn reached_by(set: &Admitted, stated: Stated<'_>) -> Option<String> {
    let unit = match &set.space {
        Space::Dimension(dimension) => base_unit(*dimension, stated.standard),
        Space::Unit(unit) => unit.clone(),
        Space::Days { .. } => return Some(written::target(stated.target, stated.standard)),
        Space::Share(_) | Space::LastYear(_) => return None,
    };
    let said = |end: &End| {
        let blank = blank_before(&unit);
        format!("{}{blank}{unit}", end.value.normalize())
    };
    let sign = |end: &End, strict: Comparator, wide: Comparator| if end.is_included { wide } else { strict }.sign();
    let low = |end: &End| format!("{} {}", sign(end, Comparator::Above, Comparator::AtLeast), said(end));
    let high = |end: &End| format!("{} {}", sign(end, Comparator::Below, Comparator::AtMost), said(end));
    Some(match (&set.low, &set.high) {
        (Some(one), Some(other)) if one == other => format!("= {}", said(one)),
        (Some(one), Some(other)) => format!("{}，{}", low(one), high(other)),
        (Some(one), None) => low(one),
        (None, Some(other)) => high(other),
        (None, None) => String::new(),
    })
}

/// How the unit that a dimension counts in is written; blank where the standard names none.
fn base_unit(dimension: Dimension, standard: &Standard) -> String {
    let is_base = |unit: &&Shared<Unit>| unit.dimension == dimension && unit.factor == Some(Decimal::ONE);
    standard.units.iter().find(is_base).map_or_else(String::new, |unit| unit.written().to_owned())
}

/// What became of what tables print for a target; none where it is printed alike.
pub(super) fn printed(old: Stated<'_>, new: Stated<'_>) -> Option<Class> {
    let cell = |stated: Stated<'_>| target_cell(stated.indicator, stated.standard);
    if same_but_blanks(&cell(old), &cell(new)) {
        return None;
    }
    let read = |stated: Stated<'_>| -> Option<Target> {
        let Some(wording) = stated.indicator.wording() else { return Some(stated.target.clone()) };
        let cells = TargetCells { whole: Some(&wording.value), ..TargetCells::default() };
        let read = cells::read(cells, stated.indicator.last_year().is_some(), stated.standard, wording.span);
        (read.is_certain() && !matches!(read.target, Target::Words(_))).then_some(read.target)
    };
    let (Some(before), Some(after)) = (read(old), read(new)) else { return Some(Class::PrintedChanged) };
    let class = class(Stated { target: &before, ..old }, Stated { target: &after, ..new });
    Some(match class.sense() {
        _ if class == Class::TargetRewritten => Class::WordingChanged,
        Sense::Tighter => Class::PrintedTightened,
        Sense::Looser => Class::PrintedRelaxed,
        Sense::Neutral | Sense::Unclear => Class::PrintedChanged,
    })
}

fn class(old: Stated<'_>, new: Stated<'_>) -> Class {
    match (old.target, new.target) {
        (Target::Damaged, Target::Damaged) => Class::TargetRedefined,
        (_, Target::Damaged) => Class::NotUnderstood,
        (Target::Damaged, _) => Class::Understood,
        (Target::YesNo(_), Target::YesNo(_)) => Class::AnswerReversed,
        (Target::Words(_), Target::Words(_)) => Class::WordsChanged,
        (Target::Grade { grade: from, scale: before }, Target::Grade { grade: to, scale: after }) => {
            grades((from, before), (to, after))
        }
        (from, to) => match (rank(from), rank(to)) {
            (before, after) if before > after => Class::BecameWords,
            (before, after) if before < after => Class::BecameMeasured,
            _ => numbers(old, new),
        },
    }
}

/// How exactly it can be told whether a target is reached: words, answers and grades, numbers.
fn rank(target: &Target) -> u8 {
    match target {
        Target::Damaged | Target::Words(_) => 0,
        Target::YesNo(_) | Target::Grade { .. } => 1,
        Target::Quantity { .. }
        | Target::Range { .. }
        | Target::Deadline { .. }
        | Target::Money { .. }
        | Target::LastYear { .. } => 2,
    }
}

fn grades((from, before): (&Words, &[Words]), (to, after): (&Words, &[Words])) -> Class {
    let place = |scale: &[Words], grade: &Words| scale.iter().position(|one| one == grade);
    if before != after {
        return Class::ScaleChanged;
    }
    match (place(before, from), place(after, to)) {
        // Best first.
        (Some(from), Some(to)) if to < from => Class::GradeRaised,
        (Some(from), Some(to)) if to > from => Class::GradeLowered,
        _ => Class::TargetRedefined,
    }
}

fn numbers(old: Stated<'_>, new: Stated<'_>) -> Class {
    let (Some(before), Some(after)) = (Admitted::of(old), Admitted::of(new)) else { return Class::TargetRedefined };
    let kinds = (kind(old.target), kind(new.target));
    match (before.relation(&after), kinds) {
        (Relation::Equal, _) => Class::TargetRewritten,
        (Relation::Incomparable, _) => Class::TargetRedefined,
        (Relation::Smaller, (NumberKind::Range, NumberKind::Range)) => Class::RangeNarrowed,
        (Relation::Larger, (NumberKind::Range, NumberKind::Range)) => Class::RangeWidened,
        (Relation::Smaller, (NumberKind::Deadline, NumberKind::Deadline)) => Class::DeadlineEarlier,
        (Relation::Larger, (NumberKind::Deadline, NumberKind::Deadline)) => Class::DeadlineLater,
        (Relation::Smaller, _) => Class::TargetTightened,
        (Relation::Larger, _) => Class::TargetRelaxed,
        (Relation::Apart, _) => match (side_of(old.target), side_of(new.target)) {
            (Some(one), Some(other)) if one != other => Class::ComparisonReversed,
            _ => Class::TargetShifted,
        },
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    Range,
    /// A day by which something is done.
    Deadline,
    Other,
}

fn kind(target: &Target) -> NumberKind {
    match target {
        Target::Range { .. } => NumberKind::Range,
        Target::Deadline { comparator: None | Some(Comparator::AtMost | Comparator::Below), .. } => {
            NumberKind::Deadline
        }
        Target::Deadline { .. }
        | Target::Quantity { .. }
        | Target::Money { .. }
        | Target::LastYear { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => NumberKind::Other,
    }
}

/// Whether a target asks for at least something or for at most something; none for both.
fn side_of(target: &Target) -> Option<bool> {
    match target.comparator()? {
        Comparator::AtLeast | Comparator::Above => Some(true),
        Comparator::AtMost | Comparator::Below => Some(false),
        Comparator::Equal => None,
    }
}

fn details(old: Stated<'_>, new: Stated<'_>) -> Vec<Detail> {
    let mut details = Vec::new();
    if let (Target::Quantity { quantity: before, .. }, Target::Quantity { quantity: after, .. }) =
        (old.target, new.target)
    {
        details.extend(difference(before, old.standard, after, new.standard));
    }
    let moves = |target: &Target| matches!(target, Target::Money { .. } | Target::LastYear { .. });
    if moves(old.target) || moves(new.target) {
        details.push(Detail::Resolved { old: amount(old), new: amount(new) });
    }
    details
}

/// What a number or a symbol comes to, as a reviewer reads it.
fn amount(stated: Stated<'_>) -> Option<String> {
    let resolved = super::money::resolved(stated);
    match stated.target {
        Target::Quantity { quantity, .. } => Some(written::quantity(quantity, stated.standard)),
        Target::Money { .. } => {
            let amount = crate::model::print::base_amount(resolved?, stated.standard);
            Some(format!("{amount} {}", stated.standard.money_unit_name()))
        }
        Target::LastYear { .. } => {
            let base = stated.indicator.last_year()?;
            Some(written::quantity(&Quantity { value: resolved?, ..base.clone() }, stated.standard))
        }
        Target::Range { .. }
        | Target::Deadline { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => Some(written::target(stated.target, stated.standard)),
    }
}

/// New minus old in the unit of the new side, where the old value can be said in it exactly.
pub(super) fn difference(
    before: &Quantity,
    old_standard: &Standard,
    after: &Quantity,
    new_standard: &Standard,
) -> Option<Detail> {
    let (space, from) = measured(before, old_standard)?;
    let (other, to) = measured(after, new_standard)?;
    if space != other {
        return None;
    }
    let unit = after.written_unit(new_standard);
    let base = to.checked_sub(from)?;
    let percent = percent_of(base, from);
    if before.written_unit(old_standard) == unit {
        return Some(Detail::Difference { amount: after.value.checked_sub(before.value)?.normalize(), unit, percent });
    }
    // One of the unit in the base unit.
    let (_, one) = measured(&Quantity { value: Decimal::ONE, ..after.clone() }, new_standard)?;
    let amount = base.checked_div(one)?;
    let is_exact = amount.checked_mul(one)? == base;
    is_exact.then(|| Detail::Difference { amount: amount.normalize(), unit, percent })
}
