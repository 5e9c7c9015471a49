//! JX101: a sub-goal rests on an indicator whose target cannot be measured.

use super::unmeasurable_target::unmeasurable;
use super::{Check, Context, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;

pub const RULE: Rule = Rule { codes: &[Code::JX101], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    for reference in context[id].sub_goals.iter().flat_map(|goal| &goal.indicators) {
        let Some(target) = reference.target else {
            found.cannot_tell(Code::JX101, reference.span);
            continue;
        };
        let row = Row::new(context, &context[target.project], &context[target]);
        if unmeasurable(&row).is_some() {
            let message = texts::sub_goal_unmeasurable(&*row.indicator.name.value);
            found.push(
                Diagnostic::new(Code::JX101, message, reference.span, texts::sub_goal_unmeasurable_here())
                    .label(row.target_span(), texts::unmeasurable_here()),
            );
        }
    }
}
