//! The type of a value that was reached, by the target that it is a value of.

use super::super::Indicator;
use super::super::actual::{Actual, Attainment};
use super::super::standard::Standard;
use super::super::target::Target;
use super::super::target::admitted::may_pass_bounds;
use super::super::unit::{Dimension, Measure, Multiplier, Quantity};
use super::reached::{ReportedValue, WrittenActual};
use super::snapshot::SnapshotKind;
use crate::diagnostic::{Code, Diagnostic, Text as Message, texts};
use crate::language::{NOT_DONE, YES_OR_NO, is_one_of};
use crate::source::Words;

/// A value by its target. JX112 where it is none of its target, JX131 where its unit knows no such value.
pub(super) fn actual(
    value: &ReportedValue,
    kind: SnapshotKind,
    indicator: &Indicator,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Actual {
    let target = &indicator.target.value;
    let of_other_kind = |help: Message, found: &mut Vec<Diagnostic>| {
        let message = texts::actual_of_other_kind(&*indicator.name.value);
        let finding = Diagnostic::new(Code::JX112, message, value.span, texts::actual_of_other_kind_here());
        found.push(finding.label(indicator.target.span, texts::target_is_here()).help(help));
        Actual::Damaged
    };
    match &value.written {
        WrittenActual::Damaged => Actual::Damaged,
        WrittenActual::Blank => Actual::Blank,
        WrittenActual::NotApplicable(reason) => Actual::NotApplicable(reason.clone()),
        WrittenActual::Pending(reason) => match kind {
            SnapshotKind::Monitoring => Actual::Pending(reason.clone()),
            SnapshotKind::SelfEvaluation => of_other_kind(texts::pending_in_monitoring_only(), found),
        },
        _ if *target == Target::Damaged => Actual::Damaged,
        WrittenActual::Quantity(quantity) => match fits(quantity, indicator, standard) {
            Some(true) => {
                check_value(quantity, indicator, standard, found);
                Actual::Quantity(quantity.clone())
            }
            Some(false) => of_other_kind(expected(target, standard), found),
            None => Actual::Damaged,
        },
        WrittenActual::Date(date) => match target {
            Target::Deadline { .. } => Actual::Date(*date),
            _ => of_other_kind(expected(target, standard), found),
        },
        WrittenActual::Word(word) => match actual_word(word, target) {
            Some(actual) => actual,
            None => of_other_kind(expected(target, standard), found),
        },
    }
}

/// Whether a quantity can be held against a target; none where the target itself lacks its unit.
fn fits(quantity: &Quantity, indicator: &Indicator, standard: &Standard) -> Option<bool> {
    match &indicator.target.value {
        Target::Quantity { quantity: wanted, .. } => Some(quantity.is_comparable(wanted, standard)),
        Target::Range { ends } => Some(quantity.is_comparable(&ends.low, standard)),
        Target::Money { .. } => Some(quantity.dimension(standard) == Some(Dimension::Money)),
        Target::LastYear { .. } => indicator.last_year().map(|wanted| quantity.is_comparable(wanted, standard)),
        Target::Deadline { .. } | Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => {
            Some(false)
        }
    }
}

/// What a word means as a value of a target.
fn actual_word(word: &Words, target: &Target) -> Option<Actual> {
    match target {
        Target::Deadline { .. } => is_one_of(word, &[NOT_DONE]).then_some(Actual::NotDone),
        Target::YesNo(_) => is_one_of(word, &YES_OR_NO).then(|| Actual::YesNo(is_one_of(word, &YES_OR_NO[..1]))),
        Target::Grade { scale, .. } if scale.contains(word) => Some(Actual::Grade(word.clone())),
        Target::Grade { .. } | Target::Words(_) => Attainment::find(word).map(Actual::Attainment),
        Target::Quantity { .. }
        | Target::Range { .. }
        | Target::Money { .. }
        | Target::LastYear { .. }
        | Target::Damaged => None,
    }
}

/// What a value of a target looks like.
fn expected(target: &Target, standard: &Standard) -> Message {
    match target {
        Target::Quantity { quantity, .. } => texts::actual_is_quantity(quantity.written_unit(standard)),
        Target::Range { ends } => texts::actual_is_quantity(ends.low.written_unit(standard)),
        Target::Money { .. } => texts::actual_is_quantity(standard.money_unit_name()),
        Target::LastYear { change, .. } => {
            texts::actual_is_quantity(change.as_ref().map_or_else(String::new, |one| one.1.written_unit(standard)))
        }
        Target::Deadline { .. } => texts::actual_is_date(),
        Target::YesNo(_) => texts::actual_is_yes_or_no(),
        Target::Grade { scale, .. } => texts::actual_is_grade(scale.join(" ")),
        Target::Words(_) | Target::Damaged => texts::actual_is_attainment(),
    }
}

/// JX131: a unit of whole things with a fraction, a ratio outside its bounds.
fn check_value(quantity: &Quantity, indicator: &Indicator, standard: &Standard, found: &mut Vec<Diagnostic>) {
    let Measure::Unit(unit) = quantity.measure else { return };
    let unit = &standard.units[unit as usize];
    let is_part = unit.is_whole && quantity.multiplier == Multiplier::One && !quantity.value.fract().is_zero();
    let bounds = unit.bounds.filter(|(low, high)| !(*low..=*high).contains(&quantity.value));
    let message = if is_part {
        texts::not_whole(quantity.value, &unit.name)
    } else if let Some((low, high)) = bounds.filter(|_| !may_pass_bounds(indicator, standard)) {
        texts::ratio_above_bound(format!("{}{}", quantity.value, quantity.unit_label(standard)), low, high)
    } else {
        return;
    };
    let finding = Diagnostic::new(Code::JX131, message, quantity.span, texts::actual_is_impossible_here());
    found.push(finding.help(texts::state_what_was_measured()));
}
