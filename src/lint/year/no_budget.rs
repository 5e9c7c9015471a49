//! JX117: money was spent of a budget of zero, or of none.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::NoPoints;

pub const RULE: Rule = Rule { codes: &[Code::JX117], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let is_without = project.score.execution.points.none == Some(NoPoints::NoBudget);
        if let Some(line) = project.report.line.filter(|line| is_without && line.amount.is_some()) {
            let message = texts::no_budget_to_execute(&*project.in_force.project.name.value);
            found.push(
                Diagnostic::new(Code::JX117, message, line.span, texts::spent_here())
                    .help(texts::no_budget_to_execute_help()),
            );
        }
    }
}
