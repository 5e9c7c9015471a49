//! JX051: a project has benefit indicators, and none of them holds a number or a date.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Role;
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX051], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let is_benefit = |indicator: &&Indicator| {
        indicator.category.is_some_and(|category| standard.role(category) == Some(Role::Benefit))
    };
    let benefits: Vec<&Indicator> = project.indicators.iter().filter(is_benefit).collect();
    let Some(first) = benefits.first() else { return };
    if project.damage.indicators {
        return found.cannot_tell(Code::JX051, project.span);
    }
    if !benefits.iter().any(|indicator| indicator.target.value.is_quantitative()) {
        let message = texts::no_measured_benefit(&*project.name.value, benefits.len());
        found.push(
            Diagnostic::new(Code::JX051, message, project.span, texts::no_measured_benefit_here())
                .label(first.span, texts::benefits_start_here()),
        );
    }
}
