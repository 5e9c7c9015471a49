//! JX160: the target is said to be sure, and the stated forecast misses it.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::actual::Attainment;
use crate::score::{MoneyInForce, reached};

pub const RULE: Rule = Rule { codes: &[Code::JX160], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.watched() {
        let Some((line, told)) = row.line.and_then(|line| Some((line, line.likelihood.as_ref()?))) else { continue };
        let is_surest = row.standard.monitoring.possibilities.first().is_some_and(|first| *told.value == **first);
        let Some(expected) = line.expected.as_ref().filter(|_| is_surest) else { continue };
        let money = MoneyInForce::default();
        let (goal, unit) = row.in_force.goal(&money, year.year, row.standard);
        let forecast = reached(&expected.actual, expected.span, &goal, unit, year.year);
        let state = goal.state(&forecast).map(|state| state == Attainment::Reached);
        if goal.is_met(&forecast).or(state) == Some(false) {
            let message = texts::judgement_and_forecast(row.path(), &*told.value);
            found.push(
                Diagnostic::new(Code::JX160, message, expected.span, texts::expected_here())
                    .label(told.span, texts::judged_here()),
            );
        }
    }
}
