//! JX148: the weights of a scored project and the points of execution do not add up to a hundred.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX148], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let weights: Option<Vec<&Exact>> = project.score.weights.iter().map(Option::as_ref).collect();
        let Some(weights) = weights.filter(|weights| !weights.is_empty()) else { continue };
        let execution = project.score.execution.weight.as_ref().map_or_else(Exact::zero, |weight| weight.value.clone());
        let sum: Exact = weights.into_iter().cloned().sum::<Exact>() + execution.clone();
        if sum != Exact::hundred() {
            let one = project.in_force.project;
            let message = texts::score_weights(&*one.name.value, sum.shown(), execution.shown());
            found.push(Diagnostic::new(Code::JX148, message, one.span, texts::weights_of_it_here()));
        }
    }
}
