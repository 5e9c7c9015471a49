//! JX102: the department names sub-goals, and none of them points at an indicator of this project.

use std::collections::HashSet;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::{DepartmentId, ProjectId};

pub const RULE: Rule = Rule { codes: &[Code::JX102], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let references = || context[id].sub_goals.iter().flat_map(|goal| &goal.indicators);
    let covered: HashSet<ProjectId> = references().filter_map(|one| Some(one.target?.project)).collect();
    if covered.is_empty() || context[id].is_damaged {
        return found.cannot_tell(Code::JX102, context[id].span);
    }
    for (_, project) in context.projects_of(Some(id)).filter(|(project, _)| !covered.contains(project)) {
        let message = texts::project_without_sub_goal(&*project.name.value);
        found.push(
            Diagnostic::new(Code::JX102, message, project.span, texts::project_without_sub_goal_here())
                .help(texts::project_without_sub_goal_help()),
        );
    }
}
