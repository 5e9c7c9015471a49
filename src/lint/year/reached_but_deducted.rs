//! JX145: a target was reached, points were taken off, and nothing says why.

use super::{Check, Findings, ReportedYear, Rule, points_span};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX145], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated().filter(|row| row.is_met() == Some(true)) {
        let (Some(line), Some(given), Some(weight)) = (row.line, row.given(), row.weight()) else { continue };
        // Tiers and increments may take points off by themselves.
        let is_by_rule = row.row.points.exact.as_ref().is_some_and(|exact| exact < weight);
        if given < *weight && line.deviations.is_empty() && !is_by_rule {
            let message = texts::reached_but_deducted(row.path(), given.shown(), weight.shown());
            let finding = Diagnostic::new(Code::JX145, message, points_span(line), texts::points_here())
                .help(texts::give_deviation());
            found.push(year.with_deviation(finding, line.span, Block::Completion, row.standard));
        }
    }
}
