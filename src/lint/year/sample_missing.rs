//! JX137: a satisfaction was measured, and nothing says of how many.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Role;
use crate::score::Reached;

pub const RULE: Rule = Rule { codes: &[Code::JX137], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let role = row.in_force.indicator.category.and_then(|id| row.standard.role(id));
        let is_measured = role == Some(Role::Satisfaction) && matches!(row.row.reached, Reached::Number(_));
        if let Some(line) = row.line.filter(|line| is_measured && line.sample.is_none()) {
            let finding =
                Diagnostic::new(Code::JX137, texts::sample_missing(row.path()), line.span, texts::reached_here());
            found.push(finding.help(texts::sample_missing_help()));
        }
    }
}
