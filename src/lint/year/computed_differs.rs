//! JX165: a value that is computed was reported, and differs.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::actual::Actual;
use crate::model::standard::scoring::RoundingMode;

pub const RULE: Rule = Rule { codes: &[Code::JX165], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let standard = &year.context[project.in_force.project.standard];
        for (one, report) in project.in_force.indicators.iter().zip(&project.report.reports) {
            let (Some(computed), Some((Actual::Quantity(stated), place))) = (&report.computed, report.actual) else {
                continue;
            };
            let (_, unit) = one.goal(&project.in_force.money, year.year, standard);
            let Some(figure) = unit.figure(stated) else { continue };
            if computed.value.value.rounded(stated.value.scale(), RoundingMode::HalfUp) != figure.value {
                let path = project.in_force.project.path_to(&one.indicator.name.value);
                let message = texts::computed_differs(path, &*computed.said);
                let finding = Diagnostic::new(Code::JX165, message, place, texts::reached_here());
                found.push(finding.help(texts::computed_differs_help()));
            }
        }
    }
}
