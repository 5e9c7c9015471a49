//! JX172: the last year of a project is over, the target of its period missed, and nothing says why.

use super::period_below_year::is_below_year;
use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Goal, Reached, goal, reached};
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX172], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let is_last = row.project.period().is_some_and(|period| period.to.in_year(year.year).year == year.year);
        let (Some(line), Some(target)) = (row.line.filter(|_| is_last), &row.in_force.indicator.whole_period) else {
            continue;
        };
        let Some(so_far) = line.whole_period.as_ref().filter(|_| line.deviations.is_empty()) else { continue };
        // A number that cannot be right is told as that.
        if is_below_year(so_far, line, row.in_force.indicator, row.standard) {
            continue;
        }
        let (wanted, unit): (Goal, _) =
            goal(target, row.in_force.indicator.last_year(), |_| None, year.year, row.standard);
        let so_far_value: Reached = reached(&so_far.actual, so_far.span, &wanted, unit, year.year);
        if wanted.is_met(&so_far_value) == Some(false) {
            let message = texts::period_missed(row.path());
            let finding = Diagnostic::new(Code::JX172, message, so_far.span, texts::so_far_here())
                .label(target.span, texts::target_is_here())
                .help(texts::give_deviation());
            found.push(year.with_deviation(finding, line.span, Block::Completion, row.standard));
        }
    }
}
