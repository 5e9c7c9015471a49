//! JX113: a value misses its target, and nothing says why.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX113], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated().filter(|row| row.is_met() == Some(false)) {
        let Some(line) = row.line.filter(|line| line.deviations.is_empty()) else { continue };
        let message = texts::missed_without_reason(row.path());
        let finding = Diagnostic::new(Code::JX113, message, line.span, texts::reached_here())
            .label(row.in_force.target.span, texts::target_is_here())
            .help(texts::give_deviation());
        found.push(year.with_deviation(finding, line.span, Block::Completion, row.standard));
    }
}
