//! JX128: the budget was adjusted at the end of the year to just what was spent.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::AdjustedFact;
use crate::score::money_figure;

pub const RULE: Rule = Rule { codes: &[Code::JX128], check: Check::Year(check) };

/// From here on a year is nearly over.
const LAST_QUARTER: u8 = 10;

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for adjustment in year.record.adjustments() {
        let is_late = adjustment.date.as_ref().is_some_and(|date| date.value.month >= LAST_QUARTER);
        for change in adjustment.changes.iter().filter(|_| is_late) {
            let AdjustedFact::Budget { to, .. } = &change.fact else { continue };
            let id = change.subject.named.and_then(|named| named.holder(year.context, year.department));
            let Some(project) = evaluation.all().find(|one| Some(one.id) == id) else { continue };
            let to = money_figure(to, &year.context[project.in_force.project.standard]);
            let spent = project.report.spent.as_ref();
            if to.zip(spent).is_some_and(|(to, spent)| to.value == spent.value && to.value.is_positive()) {
                let message = texts::budget_fitted(&*project.in_force.project.name.value);
                let finding = Diagnostic::new(Code::JX128, message, change.span, texts::adjusted_to_here());
                found.push(finding.help(texts::budget_fitted_help()));
            }
        }
    }
}
