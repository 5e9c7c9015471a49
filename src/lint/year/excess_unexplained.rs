//! JX116: a value is far above its target, and nothing says why.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX116], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let Some(line) = row.line.filter(|line| line.deviations.is_empty()) else { continue };
        if let Some(excess) = &row.row.points.excess {
            let message = texts::excess_unexplained(row.path(), excess.as_percent());
            let finding = Diagnostic::new(Code::JX116, message, line.span, texts::reached_here())
                .label(row.in_force.target.span, texts::target_is_here())
                .help(texts::excess_unexplained_help());
            found.push(year.with_deviation(finding, line.span, Block::Completion, row.standard));
        }
    }
}
