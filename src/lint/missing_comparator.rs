//! JX063: a number without a comparator. Which one is meant decides the score. The rate by which money is paid (word list
//! `定额标准`) needs none.

use super::ratio_bounds::broken_bounds;
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
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
    let sign = likely_sign(row, quantity);
    let start = Span { end: quantity.span.start, ..quantity.span };
    let message = texts::missing_comparator(&*row.indicator.name.value, row.context.slice(quantity.span));
    found.push(
        Diagnostic::new(Code::JX063, message, quantity.span, texts::missing_comparator_here())
            .help(texts::comparators_mean())
            .fix(texts::insert(sign), start, format!("{sign} ")),
    );
}

/// `=` at the bound of a ratio and for what is fixed (word list `定额用语`), `≤` for what should be small, else `≥`.
fn likely_sign(row: &Row<'_>, quantity: &Quantity) -> &'static str {
    let standard = row.standard;
    let bounds = match quantity.measure {
        Measure::Unit(unit) => standard.units[unit as usize].bounds,
        Measure::Compound(_) => None,
    };
    let at_bound = bounds.is_some_and(|(low, high)| quantity.value == high || quantity.value == low);
    if at_bound || row.name().first_in(List::Fixed).is_some() {
        return "=";
    }
    let is_time = row.role == Some(Role::Timeliness) && quantity.dimension(standard) == Some(Dimension::Duration);
    if row.role == Some(Role::Cost) || is_time || row.name().end_of(List::FewerIsBetter).is_some() {
        return "≤";
    }
    "≥"
}
