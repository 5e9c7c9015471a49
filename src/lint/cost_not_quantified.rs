//! JX070: a cost indicator has no amount, unit price or rate.
//!
//! The help offers what follows from the project's own data: the budget, and the budget over the one count there is.

use rust_decimal::Decimal;

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::edit::Patch;
use crate::language::Field;
use crate::model::number::plain;
use crate::model::standard::Role;
use crate::model::target::Target;
use crate::model::unit::{Dimension, Quantity};
use crate::syntax::vocabulary::quoted;

pub const RULE: Rule = Rule { codes: &[Code::JX070], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let target = &row.indicator.target;
    // Social and environmental costs need not be money.
    let is_money = row.indicator.category.is_some_and(|category| row.standard.is_cost(category));
    if !is_money || row.is_damaged() || target.value.is_quantitative() {
        return;
    }
    let message = texts::cost_not_quantified(&*row.indicator.name.value);
    let mut diagnostic = Diagnostic::new(Code::JX070, message, target.span, texts::cost_not_quantified_here());
    let total = row.project.budget.as_ref().and_then(|budget| budget.total.as_ref());
    if let Some(total) = total {
        let unit = total.written_unit(row.standard);
        let budget = format!("{} {unit}", total.value);
        diagnostic = diagnostic.help(match unit_cost(row, total) {
            Some((cost, count)) => texts::budget_and_unit_cost(&budget, plain(cost), unit, count),
            None => texts::write_budget(&budget),
        });
        diagnostic = diagnostic.edits(texts::replace_by("≤ 预算"), Safety::Suggested, symbolic(row));
    } else {
        diagnostic = diagnostic.help(texts::cost_not_quantified_help());
    }
    found.push(diagnostic);
}

/// The budget over the project's only count, to hundredths, and the unit of the count.
fn unit_cost(row: &Row<'_>, total: &Quantity) -> Option<(Decimal, String)> {
    let counts: Vec<&Quantity> = row
        .project
        .indicators
        .iter()
        .filter(|indicator| indicator.category.and_then(|id| row.standard.role(id)) == Some(Role::Quantity))
        .filter_map(|indicator| match &indicator.target.value {
            Target::Quantity { quantity, .. } => Some(quantity),
            _ => None,
        })
        .filter(|quantity| quantity.dimension(row.standard) == Some(Dimension::Count) && !quantity.value.is_zero())
        .collect();
    let [count] = counts[..] else { return None };
    let cost = total.value.checked_div(count.value.checked_mul(count.multiplier.factor())?)?;
    let cost = cost.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    Some((cost, count.written_unit(row.standard)))
}

/// `≤ 预算`, with the printed words kept by `表述`.
fn symbolic(row: &Row<'_>) -> Vec<Edit> {
    let target = row.indicator.target.span;
    let mut edits = vec![Edit { span: target, text: "≤ 预算".to_owned() }];
    if let (Target::Words(words), None) = (&row.indicator.target.value, row.indicator.wording()) {
        edits.extend(row.context.state(row.project, row.indicator, Field::Wording.name, &quoted(words)));
    }
    Patch::touching(edits).map(Patch::into_edits).unwrap_or_default()
}
