//! JX126: a target was relaxed after its light had warned.

use super::{Check, Findings, ReportedYear, Rule, is_warning};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::target::admitted::{Admitted, Relation, Stated};
use crate::model::year::AdjustedFact;

pub const RULE: Rule = Rule { codes: &[Code::JX126], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for adjustment in year.record.adjustments() {
        let Some(date) = &adjustment.date else { continue };
        let day = date.value.in_year(year.year);
        for change in &adjustment.changes {
            let AdjustedFact::Target { from, to } = &change.fact else { continue };
            let Some(named) = change.subject.named else { continue };
            let mut rows = year.watched().filter(|row| row.in_force.named == named && row.at.day <= day);
            let Some(row) = rows.find(|row| is_warning(row.colour())) else { continue };
            let states = |target| {
                let (indicator, project, standard) = (row.in_force.indicator, row.project, row.standard);
                Admitted::of(Stated { target, indicator, project, standard, year: Some(year.year) })
            };
            let relation = states(&from.value).zip(states(&to.value)).map(|(from, to)| from.relation(&to));
            if relation == Some(Relation::Larger) {
                let message = texts::relaxed_after_warning(row.path());
                let light = row.line.map_or(row.at.span, |line| line.span);
                found.push(
                    Diagnostic::new(Code::JX126, message, change.span, texts::relaxed_here())
                        .label(light, texts::warned_here())
                        .help(texts::relaxed_after_warning_help()),
                );
            }
        }
    }
}
