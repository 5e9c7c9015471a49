//! JX146: a target was missed, and all points are stated.

use super::{Check, Findings, ReportedYear, Rule, points_span};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX146], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated().filter(|row| row.is_met() == Some(false)) {
        let (Some(line), Some(given), Some(weight)) = (row.line, row.given(), row.weight()) else { continue };
        // A method may give all points also below the target.
        let is_by_rule = row.row.points.exact.as_ref().is_some_and(|exact| exact >= weight);
        if given == *weight && !is_by_rule {
            let message = texts::full_score_for_missed(row.path());
            found.push(
                Diagnostic::new(Code::JX146, message, points_span(line), texts::points_here())
                    .label(row.in_force.target.span, texts::target_is_here()),
            );
        }
    }
}
