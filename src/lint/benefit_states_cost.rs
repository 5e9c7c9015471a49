//! JX039: a benefit says what is spent: its name ends in a word of `成本用语`, or its target is an amount of the budget.
//!
//! What is saved is a benefit (`节约用语`), and so is what others spend or pay (`成本例外`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};
use crate::model::target::{Comparator, Target};

pub const RULE: Rule = Rule { codes: &[Code::JX039], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if row.role != Some(Role::Benefit) || row.is_damaged() {
        return;
    }
    let is_own = row.name().first_in(List::CostException).is_none() && row.name().first_in(List::Saving).is_none();
    let goes_up = matches!(row.indicator.target.value.comparator(), Some(Comparator::AtLeast | Comparator::Above));
    let is_of_budget = matches!(row.indicator.target.value, Target::Money { .. });
    if !is_own || goes_up || !(is_of_budget || row.name().end_of(List::CostWord).is_some()) {
        return;
    }
    let message = texts::benefit_states_cost(&*row.indicator.name.value);
    found.push(
        Diagnostic::new(Code::JX039, message, row.name_span(), texts::benefit_states_cost_here())
            .label(row.indicator.category_span, texts::filed_here())
            .help(texts::benefit_states_cost_help()),
    );
}
