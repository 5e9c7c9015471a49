//! JX071: the amount of a cost target exceeds the project's budget.
//!
//! Serves 适当性. Only plain amounts in cost categories are compared; unit costs and ratios are not.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::target::Target;
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX071], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(budget) = project.budget_amount(standard) else { return };
    for indicator in &project.indicators {
        let is_cost = indicator.category.is_some_and(|category| standard.is_cost(category));
        let Target::Quantity { quantity, .. } = &indicator.target.value else { continue };
        if !is_cost || quantity.dimension(standard) != Some(Dimension::Money) {
            continue;
        }
        let Some(cost) = quantity.base_value(standard).filter(|cost| *cost > budget) else { continue };
        let unit = standard.money_unit_name();
        let money = |value| format!("{} {unit}", plain(base_amount(value, standard)));
        let message = texts::cost_above_budget(money(cost), money(budget));
        let mut diagnostic = Diagnostic::new(Code::JX071, message, indicator.target.span, texts::cost_here());
        if let Some(total) = project.budget.as_ref().and_then(|budget| budget.total.as_ref()) {
            diagnostic = diagnostic.label(total.span, texts::budget_stated_here(money(budget)));
        }
        found.push(diagnostic.help(texts::write_symbolic()));
    }
}
