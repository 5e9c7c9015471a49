//! JX097: a cost is a ratio, which says neither how much is spent nor what one costs. How much is saved, or how a cost
//! changes, may be a ratio (word lists `节约用语`, `增减用语`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::List;
use crate::model::target::Target;
use crate::model::unit::{Dimension, Quantity};

pub const RULE: Rule = Rule { codes: &[Code::JX097], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let is_cost = row.indicator.category.is_some_and(|category| row.standard.is_cost(category));
    let is_ratio = |quantity: &Quantity| quantity.dimension(row.standard) == Some(Dimension::Ratio);
    let is_ratio = match &row.indicator.target.value {
        Target::Quantity { quantity, .. } => is_ratio(quantity),
        Target::Range { ends } => is_ratio(&ends.high),
        _ => false,
    };
    let has = |list| row.name().first_in(list).is_some();
    if !is_cost || !is_ratio || has(List::Saving) || has(List::Growth) {
        return;
    }
    let message = texts::cost_is_ratio(&*row.indicator.name.value);
    found.push(
        Diagnostic::new(Code::JX097, message, row.target_span(), texts::cost_is_ratio_here())
            .help(texts::cost_is_ratio_help()),
    );
}
