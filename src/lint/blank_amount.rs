//! JX002: a fund source stands without an amount. Blank and zero are different things.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX002], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(budget) = project.budget.as_ref().filter(|_| !project.damage.budget) else { return };
    let stated: Vec<Decimal> =
        budget.funds.iter().filter_map(|line| line.amount.as_ref()?.base_value(standard)).collect();
    let total = budget.total.as_ref().and_then(|total| total.base_value(standard));
    let is_zero = !stated.is_empty() && total == Some(stated.iter().sum());
    for line in budget.funds.iter().filter(|line| line.amount.is_none()) {
        let source = &standard.fund_sources[line.source].name;
        let message = texts::blank_amount(source);
        let mut diagnostic = Diagnostic::new(Code::JX002, message, line.span, texts::blank_amount_here())
            .help(texts::blank_amount_help());
        if let Some(total) = budget.total.as_ref().filter(|_| is_zero) {
            let zero = format!("0 {}", total.written_unit(standard));
            let after = Span { start: line.span.end, ..line.span };
            diagnostic = diagnostic.fix(texts::write_zero(&zero), after, format!(" {zero}"));
        }
        found.push(diagnostic);
    }
}
