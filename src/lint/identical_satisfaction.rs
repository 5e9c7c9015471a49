//! JX072: every satisfaction target of a department is the same.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::print::printed;
use crate::model::standard::Role;
use crate::model::{DepartmentId, Indicator};

pub const RULE: Rule = Rule { codes: &[Code::JX072], check: Check::Group(check) };

/// Fewer may agree by chance.
const TARGETS: usize = 3;

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let mut rows: Vec<(&Indicator, String)> = Vec::new();
    for (_, project) in context.projects_of(department) {
        let standard = &context[project.standard];
        let is_satisfaction = |indicator: &&Indicator| {
            indicator.category.and_then(|id| standard.role(id)) == Some(Role::Satisfaction)
                && indicator.target.value.is_quantitative()
        };
        for indicator in project.indicators.iter().filter(is_satisfaction) {
            let target = printed(&indicator.target.value, standard).glued();
            if rows.first().is_some_and(|(_, first)| *first != target) {
                return;
            }
            rows.push((indicator, target));
        }
    }
    if rows.len() < TARGETS {
        return;
    }
    for (indicator, target) in &rows {
        let message = texts::identical_satisfaction(rows.len(), target);
        found.push(
            Diagnostic::new(Code::JX072, message, indicator.target.span, texts::identical_satisfaction_here())
                .help(texts::identical_satisfaction_help()),
        );
    }
}
