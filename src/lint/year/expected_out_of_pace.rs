//! JX157: what is expected to be spent by the end of the year does not fit what was spent.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::score::{Exact, money_written};

pub const RULE: Rule = Rule { codes: &[Code::JX157], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for at in &year.checkpoints {
        for project in at.all() {
            let standing = &project.standing;
            let standard = &year.context[project.in_force.project.standard];
            let (Some(line), Some(expected), Some(spent), Some(budget)) =
                (project.report.line, &standing.expected, &standing.spent, &standing.budget)
            else {
                continue;
            };
            let share = |money: &Exact| money.over(&budget.value);
            let written = |money: &Exact| money_written(money, standard);
            let message = if expected.value < spent.value {
                texts::expected_below_spent(written(&expected.value), written(&spent.value))
            } else if expected.value > budget.value {
                texts::expected_above_budget(written(&expected.value), written(&budget.value))
            } else {
                let (Some(limit), Some(forecast)) = (standard.limit(Code::JX157), &standing.forecast) else { continue };
                let both = share(&expected.value).zip(share(forecast));
                let is_far = both.is_some_and(|(one, other)| (one - other).absolute() > Exact::percent(limit));
                // A reason may tell of payments that fall late; no reason makes up for the other two.
                if !is_far || !line.deviations.is_empty() {
                    continue;
                }
                texts::expected_out_of_pace(written(&expected.value), written(forecast), plain(limit))
            };
            let place = line.expected.as_ref().map_or(line.span, |expected| expected.span);
            let finding = Diagnostic::new(Code::JX157, message, place, texts::expected_for_the_year_here());
            found.push(finding.help(texts::expected_out_of_pace_help()));
        }
    }
}
