//! JX020: the fund sources do not add up to the budget, or to the total investment.
//!
//! Serves 适当性. Exact: amounts are decimals, so there is no tolerance. A blank amount proves nothing and is left alone
//! unless the parts that are stated exceed the total.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::standard::Standard;
use crate::model::unit::Quantity;
use crate::model::{Budget, FundLine, Project};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX020], check: Check::Targets(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    if let Some(Budget { span, total: Some(total), funds }) = project.budget.as_ref().filter(|_| !project.damage.budget)
    {
        balance(total, funds, *span, Field::Budget, standard, found);
    }
    let invested = project.plain.quantity(Field::TotalInvestment).filter(|_| !project.damage.fields);
    if let Some(total) = invested {
        balance(total, &project.investment, total.span, Field::TotalInvestment, standard, found);
    }
}

fn balance(total: &Quantity, funds: &[FundLine], span: Span, field: Field, standard: &Standard, found: &mut Findings) {
    let Some(total_value) = total.base_value(standard) else { return };
    let stated: Vec<Decimal> = funds.iter().filter_map(|line| line.amount.as_ref()?.base_value(standard)).collect();
    if stated.is_empty() {
        return;
    }
    let sum: Decimal = stated.iter().sum();
    let has_blank = stated.len() < funds.len();
    let is_wrong = if has_blank { sum > total_value } else { sum != total_value };
    // A blank line beside a sum that falls short may hold the rest; form practice leaves zero lines blank, too.
    if is_wrong {
        let unit = standard.money_unit_name();
        let money = |value: Decimal| format!("{} {unit}", plain(base_amount(value, standard)));
        let [sum, whole, difference] = [sum, total_value, (sum - total_value).abs()].map(money);
        let message = if field == Field::Budget {
            texts::money_does_not_balance(sum, &whole, difference)
        } else {
            texts::investment_does_not_balance(sum, &whole, difference)
        };
        let label = if field == Field::Budget {
            texts::budget_stated_here(&whole)
        } else {
            texts::investment_stated_here(&whole)
        };
        let first = funds.first().map_or(span, |line| line.span);
        let last = funds.last().map_or(span, |line| line.span);
        found.push(
            Diagnostic::new(Code::JX020, message, total.span, label).label(first.to(last), texts::parts_stated_here()),
        );
    }
}
