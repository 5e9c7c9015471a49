//! JX144: a person must give points, and none are stated.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::NoPoints;

pub const RULE: Rule = Rule { codes: &[Code::JX144], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let is_open = matches!(row.row.points.none, Some(NoPoints::ByHand | NoPoints::InWords));
        if let Some(line) = row.line.filter(|_| is_open) {
            let message = texts::judged_score_missing(row.path());
            found.push(
                Diagnostic::new(Code::JX144, message, line.span, texts::reached_here())
                    .help(texts::judged_score_missing_help()),
            );
        }
    }
}
