//! The rules of the field: what a reviewer would find in a model.
//!
//! A rule looks at one project, one department or the whole model, and reports in its own words. To add one: a file here
//! and its line in [`RULES`]. Word lists, weights and requirements come from the standard, never from a rule.

mod cost_above_budget;
mod deadline_after_year;
mod duplicate_indicator;
mod duplicate_project;
mod missing_category;
mod missing_required;
mod missing_year;
mod mixed_money_units;
mod money_balance;
mod placeholder_left;
mod project_code;
mod ratio_bounds;
mod spending_plan;
mod standard_in_force;
mod unit_contradicts_name;
mod weights;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::standard::{Level, Standard};
use crate::model::{DepartmentId, Model, Project, ProjectId};

/// A rule, the codes it reports, and what it looks at.
pub struct Rule {
    pub codes: &'static [Code],
    pub check: Check,
}

pub enum Check {
    Project(fn(&Model, &Project, &mut Vec<Diagnostic>)),
    Department(fn(&Model, DepartmentId, &mut Vec<Diagnostic>)),
    Workspace(fn(&Model, &mut Vec<Diagnostic>)),
}

/// Every rule, by its first code.
pub const RULES: &[Rule] = &[
    missing_required::RULE,
    missing_required::DEPARTMENT_RULE,
    missing_year::RULE,
    mixed_money_units::RULE,
    placeholder_left::RULE,
    placeholder_left::DEPARTMENT_RULE,
    project_code::RULE,
    project_code::WORKSPACE_RULE,
    duplicate_project::RULE,
    money_balance::RULE,
    spending_plan::RULE,
    missing_category::RULE,
    duplicate_indicator::RULE,
    ratio_bounds::RULE,
    unit_contradicts_name::RULE,
    deadline_after_year::RULE,
    cost_above_budget::RULE,
    weights::RULE,
    standard_in_force::RULE,
];

/// What all rules find, at the levels of the standards. The order is that of the model.
pub fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        match rule.check {
            Check::Workspace(check) => check(model, &mut found),
            Check::Department(check) => {
                for index in 0..model.departments.len() as u32 {
                    let before = found.len();
                    check(model, DepartmentId(index), &mut found);
                    let standard = &model[model[DepartmentId(index)].standard];
                    apply_levels(standard, &mut found, before);
                }
            }
            Check::Project(_) => {}
        }
    }
    let ids: Vec<ProjectId> = model.project_ids().collect();
    found.par_extend(ids.par_iter().flat_map_iter(|&id| check_project(model, id)));
    found
}

fn check_project(model: &Model, id: ProjectId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Project(check) = rule.check {
            check(model, &model[id], &mut found);
        }
    }
    apply_levels(&model[model[id].standard], &mut found, 0);
    found
}

/// Gives findings from `before` on the level that a standard sets for their code, or drops them.
fn apply_levels(standard: &Standard, found: &mut Vec<Diagnostic>, before: usize) {
    if standard.levels.is_empty() || found.len() == before {
        return;
    }
    let tail = found.split_off(before);
    found.extend(tail.into_iter().filter_map(|mut diagnostic| match standard.levels.get(&diagnostic.code) {
        Some(Level::Off) => None,
        Some(Level::Report(severity)) => {
            diagnostic.severity = *severity;
            Some(diagnostic)
        }
        None => Some(diagnostic),
    }));
}
