//! JX142: a target was reached, and a reason says why not.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX142], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated().filter(|row| row.is_met() == Some(true) && row.row.points.excess.is_none()) {
        let is_deducted = row.given().zip(row.weight()).is_some_and(|(given, weight)| given < *weight);
        let deviation = row.line.and_then(|line| line.deviations.first()).filter(|_| !is_deducted);
        if let Some(deviation) = deviation {
            let message = texts::reason_without_deviation(row.path());
            found.push(Diagnostic::new(Code::JX142, message, deviation.span, texts::reason_here()));
        }
    }
}
