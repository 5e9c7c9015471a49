//! JX063: a number without a comparator. Which one is meant decides the score. The rate by which money is paid (word list
//! `定额标准`) needs none.

use super::ratio_bounds::broken_bounds;
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Direction;
use crate::model::standard::{List, Role};
use crate::model::target::Target;
use crate::model::unit::{Dimension, Measure, Quantity};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX063], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { comparator: None, quantity } = &row.indicator.target.value else { return };
    // `292%` is a damaged `≥92%`, which JX066 tells. A fixed rate is what it is.
    let is_rate = quantity.is_money(row.standard) && row.name().first_in(List::FixedRate).is_some();
    if is_rate || broken_bounds(row.indicator, quantity, row.standard).is_some() {
        return;
    }
    let start = Span { end: quantity.span.start, ..quantity.span };
    let message = texts::missing_comparator(&*row.indicator.name.value, row.context.slice(quantity.span));
    let told = Diagnostic::new(Code::JX063, message, quantity.span, texts::missing_comparator_here())
        .help(texts::comparators_mean());
    found.push(match likely_sign(row, quantity) {
        Some(sign) => told.fix(texts::insert(sign), start, format!("{sign} ")),
        None => told,
    });
}

/// The comparator that is meant, where the indicator shows it. Where it shows none, or one thing speaks for `≥` and another
/// for `≤`, a person has to say: the wrong sign would reward what is to be prevented.
fn likely_sign(row: &Row<'_>, quantity: &Quantity) -> Option<&'static str> {
    let standard = row.standard;
    let bounds = match quantity.measure {
        Measure::Unit(unit) => standard.units[unit as usize].bounds,
        Measure::Compound(_) => None,
    };
    let at_bound = bounds.is_some_and(|(low, high)| quantity.value == high || quantity.value == low);
    let (has, ends) = (|list| row.name().first_in(list).is_some(), |list| row.name().end_of(list).is_some());
    // None of something is a number that is meant exactly, whether it is wanted or not.
    if at_bound || quantity.value.is_zero() || has(List::Fixed) {
        return Some("=");
    }
    if quantity.value.is_sign_negative() {
        return None;
    }
    if let Some(direction) = &row.indicator.direction {
        return Some(match direction.value {
            Direction::Up => "≥",
            Direction::Down => "≤",
        });
    }
    let is_duration = quantity.dimension(standard) == Some(Dimension::Duration);
    let is_time = row.role == Some(Role::Timeliness) && is_duration && !has(List::LongerIsBetter);
    let is_less = row.role == Some(Role::Cost) || is_time || ends(List::FewerIsBetter);
    let is_made = matches!(row.role, Some(Role::Quantity | Role::Satisfaction)) && !is_duration;
    let is_more = ends(List::MoreIsBetter) || has(List::Saving) || is_made && !has(List::Unwelcome);
    match (is_more, is_less) {
        (true, false) => Some("≥"),
        (false, true) => Some("≤"),
        (true, true) | (false, false) => None,
    }
}
