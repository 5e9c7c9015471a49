//! JX136: a value of the self-evaluation rests on nothing. One that is computed rests on the facts it is computed from.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::Reached;

pub const RULE: Rule = Rule { codes: &[Code::JX136], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let has_value = !matches!(row.row.reached, Reached::Absent(_));
        let Some(line) = row.line.filter(|line| has_value && line.evidence.is_empty()) else { continue };
        let indicator = row.in_force.indicator;
        if indicator.source().is_none() && indicator.computed().is_none() {
            let message = texts::evidence_missing(row.path());
            found.push(
                Diagnostic::new(Code::JX136, message, line.span, texts::reached_here())
                    .help(texts::evidence_missing_help()),
            );
        }
    }
}
