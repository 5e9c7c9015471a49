//! JX042: an indicator stands after one whose category follows its own in the standard.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;

pub const RULE: Rule = Rule { codes: &[Code::JX042], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let mut last: Option<&crate::model::Indicator> = None;
    for indicator in &project.indicators {
        let Some(category) = indicator.category else { continue };
        match last {
            Some(before) if before.category > Some(category) => {
                let name = |indicator: &crate::model::Indicator| {
                    indicator.category.map(|id| standard.category_path(id)).unwrap_or_default()
                };
                let message = texts::out_of_order(name(indicator), name(before));
                found.push(
                    Diagnostic::new(Code::JX042, message, indicator.category_span, texts::out_of_order_here())
                        .label(before.category_span, texts::later_category_here()),
                );
            }
            _ => last = Some(indicator),
        }
    }
}
