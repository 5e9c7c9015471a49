//! JX004: one project's money is written in two units. (A missing unit is found where the amount is read.)
//!
//! Serves 适当性: formulas in 元 inside a table in 万元 are a known source of errors of scale.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::unit::Quantity;

pub const RULE: Rule = Rule { codes: &[Code::JX004], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(budget) = &project.budget else { return };
    let parts = budget.funds.iter().filter_map(|line| line.amount.as_ref());
    let mut amounts = budget.total.as_ref().into_iter().chain(parts);
    let Some(first) = amounts.next() else { return };
    let differs = |amount: &&Quantity| amount.measure != first.measure || amount.multiplier != first.multiplier;
    if let Some(other) = amounts.find(differs) {
        let (first_unit, other_unit) = (first.unit_label(standard), other.unit_label(standard));
        found.push(
            Diagnostic::new(
                Code::JX004,
                texts::mixed_money_units(&first_unit, &other_unit),
                other.span,
                texts::first_unit_here(&other_unit),
            )
            .label(first.span, texts::first_unit_here(&first_unit)),
        );
    }
}
