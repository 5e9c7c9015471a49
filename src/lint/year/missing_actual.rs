//! JX111: there is a self-evaluation, and an indicator has no value in it.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Absence, Reached};

pub const RULE: Rule = Rule { codes: &[Code::JX111], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for row in year.evaluated().filter(|row| row.row.reached == Reached::Absent(Absence::Missing)) {
        let span = row.line.map_or(evaluation.span, |line| line.span);
        if year.may_be_unread(row.line) {
            found.cannot_tell(Code::JX111, span);
            continue;
        }
        let message = texts::missing_actual(row.path());
        found.push(
            Diagnostic::new(Code::JX111, message, span, texts::missing_actual_here())
                .label(row.in_force.indicator.span, texts::target_is_here())
                .help(texts::missing_actual_help()),
        );
    }
}
