//! JX153: more was spent of a fund source than its budget. Where it has none, JX158 tells.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Exact, money_written};

pub const RULE: Rule = Rule { codes: &[Code::JX153], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let standard = &year.context[project.in_force.project.standard];
        let Some(line) = project.report.line else { continue };
        for fund in &line.funds {
            let spent = fund.amount.as_ref().and_then(|amount| amount.base_value(standard)).map(Exact::from);
            let known = project.in_force.money.funds.iter().find(|(source, _)| *source == fund.source);
            let Some((spent, (_, budget))) = spent.zip(known) else { continue };
            if spent > budget.value && budget.value.is_positive() {
                let name = &*standard.fund_sources[fund.source].name;
                let message = texts::fund_overspent(name, money_written(&spent, standard), &*budget.written);
                found.push(Diagnostic::new(Code::JX153, message, fund.span, texts::spent_here()));
            }
        }
    }
}
