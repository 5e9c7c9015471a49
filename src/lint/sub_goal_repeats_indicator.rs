//! JX103: the text of a sub-goal is the name of an indicator.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;
use crate::model::similarity::without_numbering;
use crate::model::text::folded;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX103], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let mut names: HashMap<Cow<'_, str>, Span> = HashMap::new();
    for (_, project) in context.projects_of(Some(id)) {
        for indicator in &project.indicators {
            names.entry(folded(&indicator.name.value)).or_insert(indicator.name.span);
        }
    }
    for goal in context[id].sub_goals.iter().filter_map(|goal| goal.goal.as_ref()) {
        let text = folded(&goal.value);
        let text = without_numbering(&text).trim_end_matches(['。', '；', '.']);
        if let Some(name) = names.get(text) {
            found.push(
                Diagnostic::new(Code::JX103, texts::sub_goal_repeats(text), goal.span, texts::sub_goal_repeats_here())
                    .label(*name, texts::name_here()),
            );
        }
    }
}
