//! JX022: what is to be done in the year exceeds what is to be done in the whole period.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::target::{Comparator, Target};
use crate::model::unit::{Dimension, Quantity};

pub const RULE: Rule = Rule { codes: &[Code::JX022], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Some(period) = &row.indicator.whole_period else { return };
    let (Some(year), Some(whole)) = (at_least(&row.indicator.target.value), at_least(&period.value)) else { return };
    let standard = row.standard;
    let adds_up = matches!(
        year.dimension(standard),
        Some(Dimension::Count | Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass)
    );
    // What should come down to nothing is counted at a day, not over years.
    if !adds_up
        || whole.value.is_zero()
        || !year.is_comparable(whole, standard)
        || year.base_value(standard) <= whole.base_value(standard)
    {
        return;
    }
    let told = |quantity: &Quantity| format!("{} {}", quantity.value, quantity.unit_label(standard));
    found.push(
        Diagnostic::new(
            Code::JX022,
            texts::year_above_period(told(year), told(whole)),
            year.span,
            texts::year_above_period_here(),
        )
        .label(whole.span, texts::period_here())
        .help(texts::year_above_period_help()),
    );
}

fn at_least(target: &Target) -> Option<&Quantity> {
    match target {
        Target::Quantity { comparator, quantity } => {
            let goes_up =
                matches!(comparator, None | Some(Comparator::AtLeast | Comparator::Above | Comparator::Equal));
            goes_up.then_some(quantity)
        }
        _ => None,
    }
}
