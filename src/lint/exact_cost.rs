//! JX096: a cost is to be exactly so much: whoever spends less misses it. What is paid by a fixed rate is exact by nature
//! (word list `定额标准`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::List;
use crate::model::target::{Comparator, Target};

pub const RULE: Rule = Rule { codes: &[Code::JX096], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let is_cost = row.indicator.category.is_some_and(|category| row.standard.is_cost(category));
    let is_exact = match &row.indicator.target.value {
        Target::Quantity { comparator: Some(Comparator::Equal), quantity } => quantity.is_money(row.standard),
        Target::Money { comparator, .. } => *comparator == Comparator::Equal,
        _ => false,
    };
    if !is_cost || !is_exact || row.name().first_in(List::FixedRate).is_some() {
        return;
    }
    let message = texts::exact_cost(&*row.indicator.name.value);
    found.push(
        Diagnostic::new(Code::JX096, message, row.target_span(), texts::exact_cost_here())
            .help(texts::exact_cost_help()),
    );
}
