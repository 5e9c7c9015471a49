//! JX151: every project of a department has all points.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX151], check: Check::Year(check) };

/// So many projects with all points are no chance.
const PROJECTS: usize = 4;

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    let is_full = |total: &crate::score::Total| total.points.as_ref() == Some(&Exact::hundred());
    let count = evaluation.projects.len();
    if count >= PROJECTS && evaluation.projects.iter().all(|one| is_full(&one.score.total)) {
        let message = texts::all_full_scores(count);
        let finding = Diagnostic::new(Code::JX151, message, evaluation.span, texts::evaluated_here());
        found.push(finding.help(texts::all_full_scores_help()));
    }
}
