//! JX114: stated points exceed the weight, or are below zero.

use super::{Check, Findings, ReportedYear, Rule, points_span};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX114], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let (Some(line), Some(given), Some(weight)) = (row.line, row.given(), row.weight()) else { continue };
        if given > *weight || given < Exact::zero() {
            let message = texts::score_above_weight(given.shown(), weight.shown());
            found.push(Diagnostic::new(Code::JX114, message, points_span(line), texts::points_here()));
        }
    }
}
