//! JX021: a cost has the digits of the budget but not its size: a lost decimal point, or 元 for 万元.

use rust_decimal::Decimal;

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::standard::{List, Role};
use crate::model::target::Target;
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX021], check: Check::Indicator(check) };

/// Fewer digits agree by chance.
const DIGITS: usize = 3;

fn check(row: &Row<'_>, found: &mut Findings) {
    let standard = row.standard;
    let is_unit_cost = || row.name().first_in(List::UnitPrice).is_some();
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    if row.role != Some(Role::Cost) || quantity.dimension(standard) != Some(Dimension::Money) || is_unit_cost() {
        return;
    }
    let (Some(cost), Some(total)) =
        (quantity.base_value(standard), row.project.budget.as_ref().and_then(|budget| budget.total.as_ref()))
    else {
        return;
    };
    let Some(budget) = total.base_value(standard) else { return };
    let digits = significant(cost);
    // A cost above the budget is JX071's.
    let is_above = cost > budget && row.indicator.category.is_some_and(|category| standard.is_cost(category));
    if cost == budget || is_above || digits.len() < DIGITS || digits != significant(budget) {
        return;
    }
    let unit = standard.money_unit_name();
    let money = |value| format!("{} {unit}", plain(base_amount(value, standard)));
    let message = texts::suspicious_magnitude(money(cost), money(budget));
    found.push(
        Diagnostic::new(Code::JX021, message, quantity.span, texts::suspicious_magnitude_here())
            .label(total.span, texts::budget_stated_here(money(budget)))
            .help(texts::write_symbolic()),
    );
}

/// The digits of a number without zeros at either end.
fn significant(value: Decimal) -> String {
    value.mantissa().to_string().trim_matches(['0', '-']).to_owned()
}
