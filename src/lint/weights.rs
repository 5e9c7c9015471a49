//! JX090: the weights of a project do not add up as the standard demands.
//!
//! Serves 规范性. The total and the weights of the categories are data of the standard (`权重合计`, `权重方案`); a scheme
//! applies to projects in which just its categories occur. Projects without any weight are left to `必填`.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::standard::{Standard, WeightScheme};
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX090], check: Check::Targets(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(total) = standard.weight_total else { return };
    let weighted = project.indicators.iter().filter(|indicator| indicator.weight().is_some()).count();
    if project.damage.indicators || weighted == 0 {
        return;
    }
    let mut is_sound = true;
    for indicator in &project.indicators {
        match indicator.weight() {
            Some(weight) if weight.value <= Decimal::ZERO => {
                let message = texts::weight_not_positive(weight.value);
                found.push(Diagnostic::new(Code::JX090, message, weight.span, texts::weight_here()));
                is_sound = false;
            }
            None => {
                let message = texts::weight_missing(&*indicator.name.value);
                found.push(Diagnostic::new(Code::JX090, message, indicator.span, texts::missing_required_here()));
                is_sound = false;
            }
            Some(_) => {}
        }
    }
    if !is_sound {
        return;
    }
    let sum = sum_of(project.indicators.iter());
    if let Some(scheme) = scheme_of(project, standard) {
        let before = found.diagnostics.len();
        check_scheme(project, scheme, standard, found);
        if found.diagnostics.len() > before {
            return;
        }
    }
    if sum != total {
        let message = texts::weights_total(plain(sum), plain(total));
        let label = texts::weights_here(&*project.name.value);
        found.push(Diagnostic::new(Code::JX090, message, project.span, label));
    }
}

fn sum_of<'a>(indicators: impl Iterator<Item = &'a Indicator>) -> Decimal {
    indicators.filter_map(|indicator| indicator.weight()).map(|weight| weight.value).sum()
}

/// The scheme whose categories are just those that occur.
fn scheme_of<'a>(project: &Project, standard: &'a Standard) -> Option<&'a WeightScheme> {
    let occurs = |name: &str| {
        project
            .indicators
            .iter()
            .filter_map(|indicator| indicator.category)
            .any(|id| standard.category(id).name == name)
    };
    let fits = |scheme: &&WeightScheme| {
        standard
            .categories
            .iter()
            .all(|category| occurs(&category.name) == scheme.weights.iter().any(|(name, _)| *name == category.name))
    };
    standard.weight_schemes.iter().find(fits)
}

fn check_scheme(project: &Project, scheme: &WeightScheme, standard: &Standard, found: &mut Findings) {
    for (name, wanted) in &scheme.weights {
        let under = |indicator: &&Indicator| indicator.category.is_some_and(|id| standard.category(id).name == *name);
        let sum = sum_of(project.indicators.iter().filter(under));
        let first = project.indicators.iter().find(under);
        if let Some(first) = first.filter(|_| sum != *wanted) {
            let message = texts::category_weight(name, plain(sum), plain(*wanted));
            let mut diagnostic = Diagnostic::new(Code::JX090, message, first.span, texts::category_weight_here(name));
            if let Some(document) = &scheme.citation.document {
                diagnostic = diagnostic.help(texts::required_by(document));
            }
            found.push(diagnostic);
        }
    }
}
