//! JX020: the fund sources do not add up to the budget.
//!
//! Serves 适当性. Exact: amounts are decimals, so there is no tolerance. A blank amount proves nothing and is left alone
//! unless the parts that are stated exceed the total.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::number::plain;
use crate::model::print::base_amount;

pub const RULE: Rule = Rule { codes: &[Code::JX020], check: Check::Targets(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(budget) = project.budget.as_ref().filter(|_| !project.damage.budget) else { return };
    let Some(total) = &budget.total else { return };
    let Some(total_value) = total.base_value(standard) else { return };
    let stated: Vec<Decimal> =
        budget.funds.iter().filter_map(|line| line.amount.as_ref()?.base_value(standard)).collect();
    if stated.is_empty() {
        return;
    }
    let sum: Decimal = stated.iter().sum();
    let has_blank = stated.len() < budget.funds.len();
    let is_wrong = if has_blank { sum > total_value } else { sum != total_value };
    // A blank line beside a sum that falls short may hold the rest; form practice leaves zero lines blank, too.
    if is_wrong {
        let unit = standard.money_unit_name();
        let money = |value: Decimal| format!("{} {unit}", plain(base_amount(value, standard)));
        let message = texts::money_does_not_balance(money(sum), money(total_value), money((sum - total_value).abs()));
        let first = budget.funds.first().map_or(budget.span, |line| line.span);
        let last = budget.funds.last().map_or(budget.span, |line| line.span);
        let label = texts::budget_stated_here(money(total_value));
        found.push(
            Diagnostic::new(Code::JX020, message, total.span, label).label(first.to(last), texts::parts_stated_here()),
        );
    }
}
