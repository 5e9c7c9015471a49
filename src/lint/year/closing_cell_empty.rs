//! JX167: some projects have a conclusion, and others have none; an evaluation has none.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::ReportTextKind;

pub const RULE: Rule = Rule { codes: &[Code::JX167], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for one in year.record.evaluations().filter(|one| one.conclusion.is_none()) {
        let finding =
            Diagnostic::new(Code::JX167, texts::evaluation_without_conclusion(), one.span, texts::evaluated_here());
        found.push(finding.help(texts::closing_cell_help()));
    }
    let Some(evaluation) = &year.evaluation else { return };
    let lines = year.record.snapshots().flat_map(|one| &one.texts);
    let concluded: Vec<_> = lines
        .filter(|line| line.kind == ReportTextKind::Conclusion)
        .filter_map(|line| line.subject.named?.holder(year.context, year.department))
        .collect();
    for project in evaluation.projects.iter().filter(|one| !concluded.is_empty() && !concluded.contains(&one.id)) {
        let place = project.report.line.map_or(evaluation.span, |line| line.span);
        if year.record.is_partly_unread() {
            found.cannot_tell(Code::JX167, place);
            continue;
        }
        let message = texts::project_without_conclusion(&*project.in_force.project.name.value);
        let finding = Diagnostic::new(Code::JX167, message, place, texts::evaluated_here());
        found.push(finding.help(texts::closing_cell_help()));
    }
}
