//! JX164: the department and its one project that has the indicator state other values of it.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::actual::Actual;
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::score::{IndicatorReport, ScoredProject};

pub const RULE: Rule = Rule { codes: &[Code::JX164], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    let Some(whole) = &evaluation.whole else { return };
    for (own, report) in whole.in_force.indicators.iter().zip(&whole.report.reports) {
        let name = &own.indicator.name.value;
        let of_name = evaluation.projects.iter().filter_map(|one| Some((one, place(one, name)?)));
        let all: Vec<(&ScoredProject<'_>, usize)> = of_name.collect();
        // Of several the department may state the sum, or the mean.
        let [(project, index)] = all[..] else { continue };
        let (Some(one), Some(other)) = (stated(report), stated(&project.report.reports[index])) else { continue };
        let standard = &year.context[whole.in_force.project.standard];
        let both = one.base_value(standard).zip(other.base_value(standard));
        if one.is_comparable(other, standard) && both.is_some_and(|(one, other)| one != other) {
            let path = project.in_force.project.path_to(name);
            let message = texts::department_and_project_differ(whole.in_force.project.path_to(name), path);
            found.push(
                Diagnostic::new(Code::JX164, message, one.span, texts::reached_here())
                    .label(other.span, texts::other_value_here())
                    .help(texts::department_and_project_differ_help()),
            );
        }
    }
}

fn place(project: &ScoredProject<'_>, name: &str) -> Option<usize> {
    project.in_force.indicators.iter().position(|one| key(&one.indicator.name.value) == key(name))
}

fn stated<'a>(report: &IndicatorReport<'a>) -> Option<&'a Quantity> {
    match report.actual {
        Some((Actual::Quantity(quantity), _)) => Some(quantity),
        _ => None,
    }
}
