//! JX130: every value of a project is just its target.
//!
//! What is to be just so is meant to be the same: only targets that may be passed count.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::target::Comparator;
use crate::score::{Goal, IndicatorRow, Reached};

pub const RULE: Rule = Rule { codes: &[Code::JX130], check: Check::Year(check) };

/// Of fewer, all may well be met to the point.
const VALUES: usize = 4;

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let is_copied = |row: &IndicatorRow| match (&row.goal, &row.reached) {
            (Goal::Number { bound, .. }, Reached::Number(reached)) => reached.value == bound.value,
            _ => false,
        };
        let may_differ = |row: &&IndicatorRow| !matches!(row.goal, Goal::Number { comparator: Comparator::Equal, .. });
        let rows = &project.score.rows;
        if rows.iter().filter(may_differ).count() >= VALUES && rows.iter().all(is_copied) {
            let first = project.report.reports.iter().find_map(|report| report.line);
            let message = texts::actuals_copied(&*project.in_force.project.name.value, rows.len());
            let span = first.map_or(evaluation.span, |line| line.span);
            found.push(
                Diagnostic::new(Code::JX130, message, span, texts::reached_here()).help(texts::actuals_copied_help()),
            );
        }
    }
}
