//! JX150: a target that is not above zero is scored as a share of itself.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::NoPoints;

pub const RULE: Rule = Rule { codes: &[Code::JX150], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated().filter(|row| row.row.points.none == Some(NoPoints::NoRatio)) {
        let message = texts::no_ratio_target(row.path());
        let finding = Diagnostic::new(Code::JX150, message, row.in_force.target.span, texts::target_is_here());
        found.push(finding.help(texts::no_ratio_target_help()));
    }
}
