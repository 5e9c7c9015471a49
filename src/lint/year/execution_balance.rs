//! JX154: the sources of what was spent do not add up to it.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Exact, money_written};

pub const RULE: Rule = Rule { codes: &[Code::JX154], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for (project, line) in year.executions() {
        let standard = &year.context[project.standard];
        let amounts = line.funds.iter().map(|fund| fund.amount.as_ref()?.base_value(standard).map(Exact::from));
        let sum: Option<Exact> = amounts.sum();
        let total = line.amount.as_ref().and_then(|amount| amount.base_value(standard)).map(Exact::from);
        if let Some((sum, total)) = sum.zip(total).filter(|(sum, total)| !line.funds.is_empty() && sum != total) {
            let message = texts::execution_balance(
                &*project.name.value,
                money_written(&sum, standard),
                money_written(&total, standard),
            );
            found.push(Diagnostic::new(Code::JX154, message, line.span, texts::spent_here()));
        }
    }
}
