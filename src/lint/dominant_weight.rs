//! JX093: one of several indicators carries more than half of the weight of its category.

use rust_decimal::Decimal;

use super::weight_takes_all::takes_all;
use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX093], check: Check::Project(check) };

/// Of two, one nearly always carries more.
const INDICATORS: usize = 3;

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let told = takes_all(project, standard).map(|(indicator, _)| indicator);
    for index in 0..standard.categories.len() as u32 {
        let under = |indicator: &&Indicator| indicator.category.is_some_and(|id| id.category == index);
        let weighted: Vec<(&Indicator, Decimal)> = project
            .indicators
            .iter()
            .filter(under)
            .filter_map(|indicator| Some((indicator, indicator.weight()?.value)))
            .collect();
        let sum: Decimal = weighted.iter().map(|(_, weight)| weight).sum();
        // One that carries most of the whole project is JX091's.
        let is_told = |one: &Indicator| told.is_some_and(|told| std::ptr::eq(one, told));
        let is_dominant = |(one, weight): &&(&Indicator, Decimal)| *weight * Decimal::TWO > sum && !is_told(one);
        let dominant = weighted.iter().find(is_dominant);
        if let Some((indicator, weight)) = dominant.filter(|_| weighted.len() >= INDICATORS) {
            let category = &standard.categories[index as usize].name;
            let message = texts::dominant_weight(&*indicator.name.value, plain(*weight), category, plain(sum));
            let span = indicator.weight().map_or(indicator.span, |weight| weight.span);
            found.push(
                Diagnostic::new(Code::JX093, message, span, texts::weight_here()).help(texts::dominant_weight_help()),
            );
        }
    }
}
