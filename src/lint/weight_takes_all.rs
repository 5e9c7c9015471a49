//! JX091: one of several indicators carries more than the standard's `限度` of all weight of its project.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::standard::Standard;
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX091], check: Check::Project(check) };

/// Of two, one nearly always carries more.
const INDICATORS: usize = 3;

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some((indicator, sum)) = takes_all(project, standard) else { return };
    let (Some(weight), Some(limit)) = (indicator.weight(), standard.limit(Code::JX091)) else { return };
    let message = texts::weight_takes_all(&*indicator.name.value, plain(weight.value), plain(sum));
    let label = texts::weight_takes_all_here(format!("{}%", plain(limit)));
    found.push(Diagnostic::new(Code::JX091, message, weight.span, label).help(texts::dominant_weight_help()));
}

/// The indicator that carries so much, and what all carry together.
pub(super) fn takes_all<'a>(project: &'a Project, standard: &Standard) -> Option<(&'a Indicator, Decimal)> {
    let limit = standard.limit(Code::JX091)?;
    let weighted = || project.indicators.iter().filter_map(|one| Some((one, one.weight()?.value)));
    let sum = weighted().try_fold(Decimal::ZERO, |sum, (_, weight)| sum.checked_add(weight))?;
    let most = sum.checked_mul(limit)?;
    let is_above = |weight: Decimal| weight.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|weight| weight > most);
    let (heaviest, _) = weighted().find(|(_, weight)| is_above(*weight))?;
    (weighted().count() >= INDICATORS).then_some((heaviest, sum))
}
