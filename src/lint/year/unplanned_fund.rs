//! JX158: money was spent of a fund source that had none at the beginning of the year, and no adjustment gave it any.
//!
//! Only where the budget says how much is of which source. A project without any budget is JX117.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Exact, money_written};

pub const RULE: Rule = Rule { codes: &[Code::JX158], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let standard = &year.context[project.in_force.project.standard];
        let known = &project.in_force.money.funds;
        let is_planned = |source| known.iter().any(|(one, budget)| *one == source && budget.value.is_positive());
        let Some(line) = project.report.line.filter(|_| !known.is_empty()) else { continue };
        for fund in line.funds.iter().filter(|fund| !is_planned(fund.source)) {
            let spent = fund.amount.as_ref().and_then(|amount| amount.base_value(standard)).map(Exact::from);
            let Some(spent) = spent.filter(Exact::is_positive) else { continue };
            if year.record.is_partly_unread() {
                found.cannot_tell(Code::JX158, fund.span);
                continue;
            }
            let name = &*standard.fund_sources[fund.source].name;
            let message = texts::unplanned_fund(name, money_written(&spent, standard));
            let finding = Diagnostic::new(Code::JX158, message, fund.span, texts::spent_here());
            found.push(finding.help(texts::unplanned_fund_help()));
        }
    }
}
