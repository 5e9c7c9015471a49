//! JX161: a checkpoint lacks a project or an indicator.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::score::{Absence, Reached};
use crate::syntax::vocabulary::written_name;

pub const RULE: Rule = Rule { codes: &[Code::JX161], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for at in &year.checkpoints {
        for project in at.all() {
            let line = project.report.line;
            if year.may_be_unread(line) {
                found.cannot_tell(Code::JX161, at.span);
            } else if line.is_none_or(|line| line.is_blank) {
                let path = written_name(&project.in_force.project.name.value);
                let span = line.map_or(at.span, |line| line.span);
                let message = texts::report_missing(Field::MonitoringSpent.name, path);
                found.push(
                    Diagnostic::new(Code::JX161, message, span, texts::report_missing_here())
                        .help(texts::report_missing_help()),
                );
            }
        }
    }
    for row in year.watched().filter(|row| row.standing.reached == Reached::Absent(Absence::Missing)) {
        let span = row.line.map_or(row.at.span, |line| line.span);
        if year.may_be_unread(row.line) {
            found.cannot_tell(Code::JX161, span);
            continue;
        }
        let message = texts::report_missing(Field::MonitoringReached.name, row.path());
        found.push(
            Diagnostic::new(Code::JX161, message, span, texts::report_missing_here())
                .help(texts::report_missing_help()),
        );
    }
}
