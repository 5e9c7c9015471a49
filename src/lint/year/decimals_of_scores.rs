//! JX149: the stated points of a project have different numbers of decimals.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX149], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let lines = project.report.reports.iter().filter_map(|report| report.line);
        let mut points = lines.filter_map(|line| line.points.as_ref());
        let Some(first) = points.next() else { continue };
        if let Some(other) = points.find(|other| other.value.scale() != first.value.scale()) {
            let message = texts::decimals_of_scores(&*project.in_force.project.name.value);
            found.push(
                Diagnostic::new(Code::JX149, message, other.span, texts::points_here())
                    .label(first.span, texts::points_here()),
            );
        }
    }
}
