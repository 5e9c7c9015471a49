//! JX171: a project of several years has reached less so far than in this year alone.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Indicator;
use crate::model::actual::Actual;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::Counting;
use crate::model::year::{ReachedValue, ReportedValue};
use crate::score::counting_of;

pub const RULE: Rule = Rule { codes: &[Code::JX171], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let evaluated = year.evaluated().map(|row| (row.project, row.in_force.indicator, row.standard, row.line));
    let watched = year.watched().map(|row| (row.project, row.in_force.indicator, row.standard, row.line));
    for (project, indicator, standard, line) in evaluated.chain(watched) {
        let Some((line, whole)) = line.and_then(|line| Some((line, line.whole_period.as_ref()?))) else { continue };
        if is_below_year(whole, line, indicator, standard) {
            let path = project.path_to(&indicator.name.value);
            found.push(
                Diagnostic::new(Code::JX171, texts::period_below_year(path), whole.span, texts::so_far_here())
                    .label(line.value.span, texts::more_here())
                    .help(texts::period_below_year_help()),
            );
        }
    }
}

/// Whether what was reached so far is less than what was reached in this year, of what counts up.
pub(super) fn is_below_year(
    whole: &ReportedValue,
    line: &ReachedValue,
    indicator: &Indicator,
    standard: &Standard,
) -> bool {
    let (Actual::Quantity(so_far), Actual::Quantity(now)) = (&whole.actual, &line.value.actual) else { return false };
    let is_counted = counting_of(indicator, standard) == Counting::Cumulative;
    let both = so_far.base_value(standard).zip(now.base_value(standard));
    is_counted && so_far.is_comparable(now, standard) && both.is_some_and(|(so_far, now)| so_far < now)
}
