//! JX031: a goal holds no number with a unit, no date and no word of measure (word list `量化用语`).

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::prose::holds_measure;
use crate::model::standard::{List, Searched};
use crate::model::{Model, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX031], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let Some(goal) = project.goal().filter(|goal| !goal.value.is_empty()) else { return };
    if Searched::new(standard, &*goal.value).holds(List::Measure) || holds_measure(&goal.value, standard) {
        return;
    }
    let message = texts::goal_without_measure(&*project.name.value);
    let mut diagnostic = Diagnostic::new(Code::JX031, message, goal.span, texts::goal_without_measure_here());
    let offered = measures(context, project);
    diagnostic = diagnostic.help(if offered.is_empty() {
        texts::goal_without_measure_help()
    } else {
        texts::goal_may_say(offered)
    });
    found.push(diagnostic);
}

/// What the project's own indicators say, for the goal to take up.
fn measures(model: &Model, project: &Project) -> String {
    let standard = &model[project.standard];
    let numbers = project.indicators.iter().filter(|indicator| indicator.target.value.is_quantitative());
    let told = numbers
        .map(|indicator| format!("{} {}", indicator.name.value, crate::model::print::target_cell(indicator, standard)));
    told.take(3).collect::<Vec<_>>().join("、")
}
