//! JX119: points for words lie outside the band of how far they were met.

use super::{Check, Findings, ReportedYear, Rule, points_span};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::NoPoints;

pub const RULE: Rule = Rule { codes: &[Code::JX119], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        if let (Some(line), Some(NoPoints::Outside(low, high))) = (row.line, &row.row.points.none) {
            let message = texts::score_out_of_band(row.path(), low, high);
            found.push(Diagnostic::new(Code::JX119, message, points_span(line), texts::points_here()));
        }
    }
}
