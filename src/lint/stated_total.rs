//! JX106: an amount that the standard marks as a total (`字段 … { 合计 }`) is not the sum of the budgets.
//!
//! The sum is derived and printed by itself; stating it is for places whose form demands it.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::{DepartmentId, ExtraValue};

pub const RULE: Rule = Rule { codes: &[Code::JX106], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    for field in &department.extra {
        let ExtraValue::Quantity(stated) = &field.value else { continue };
        let Some(stated_value) = stated.base_value(standard).filter(|_| standard.field_rules[field.rule].is_total)
        else {
            continue;
        };
        let budgets: Option<Vec<Decimal>> =
            context.projects_of(Some(id)).map(|(_, project)| project.budget_amount(standard)).collect();
        let Some(budgets) = budgets else {
            found.cannot_tell(Code::JX106, field.span);
            continue;
        };
        let sum: Decimal = budgets.iter().sum();
        if sum != stated_value {
            let unit = standard.money_unit_name();
            let money = |value: Decimal| format!("{} {unit}", plain(base_amount(value, standard)));
            let message = texts::stated_total(money(stated_value), money(sum), money((sum - stated_value).abs()));
            let right = money(sum);
            found.push(
                Diagnostic::new(Code::JX106, message, stated.span, texts::stated_total_here(budgets.len())).fix(
                    texts::replace_by(&right),
                    stated.span,
                    right,
                ),
            );
        }
    }
}
