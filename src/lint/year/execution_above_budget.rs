//! JX120: more was spent than the budget with its adjustments.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX120], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let rate = project.score.execution.rate.as_ref().filter(|rate| **rate > Exact::one());
        if let (Some(rate), Some(line)) = (rate, project.report.line) {
            let message = texts::execution_above_budget(&*project.in_force.project.name.value, rate.as_percent());
            found.push(
                Diagnostic::new(Code::JX120, message, line.span, texts::spent_here())
                    .help(texts::execution_above_budget_help()),
            );
        }
    }
}
