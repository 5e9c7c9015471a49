//! JX092: a target of zero has a weight, or a place for its scoring, and nothing says how it is scored. The usual share of
//! the target would divide by zero.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::model::Indicator;
use crate::model::target::Target;

pub const RULE: Rule = Rule { codes: &[Code::JX092], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    let says = |indicator: &Indicator| indicator.plain.is_filled(Field::Scoring);
    if !quantity.value.is_zero() || says(row.indicator) {
        return;
    }
    let is_scored = row.indicator.weight().is_some()
        || row.project.indicators.iter().any(says)
        || row.standard.columns.iter().any(|column| column.content == Field::Scoring.name);
    if is_scored {
        let message = texts::zero_without_scoring(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX092, message, row.target_span(), texts::zero_without_scoring_here())
                .help(texts::zero_without_scoring_help()),
        );
    }
}
