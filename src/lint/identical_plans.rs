//! JX026: every project of a department has the same spending plan.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::{DepartmentId, SpendingPlan};

pub const RULE: Rule = Rule { codes: &[Code::JX026], check: Check::Group(check) };

/// Fewer may agree by chance.
const PROJECTS: usize = 3;

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let projects = || context.projects_of(department).map(|(_, project)| project);
    let plans: Vec<&SpendingPlan> =
        projects().filter(|one| !one.damage.plan).filter_map(|one| one.plan.as_ref()).collect();
    let Some(first) = plans.first().filter(|_| plans.len() >= PROJECTS) else { return };
    let shares = |plan: &SpendingPlan| -> Vec<_> {
        plan.lines.iter().map(|line| (line.checkpoint, line.share.value.normalize())).collect()
    };
    let wanted = shares(first);
    if plans.iter().any(|plan| shares(plan) != wanted) {
        return;
    }
    for plan in &plans {
        let message = texts::identical_plans(plans.len());
        found.push(
            Diagnostic::new(Code::JX026, message, plan.span, texts::identical_plans_here())
                .help(texts::identical_plans_help()),
        );
    }
}
