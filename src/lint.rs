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
use crate::model::{DepartmentId, Model, Project};

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

/// What all rules find, in the order of the rules and of the model.
pub fn check(model: &Model) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        match rule.check {
            Check::Workspace(check) => check(model, &mut found),
            Check::Department(check) => {
                for index in 0..model.departments.len() as u32 {
                    check(model, DepartmentId(index), &mut found);
                }
            }
            Check::Project(_) => {}
        }
    }
    found.par_extend(model.projects.par_iter().flat_map_iter(|project| check_project(model, project)));
    found
}

fn check_project(model: &Model, project: &Project) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Project(check) = rule.check {
            check(model, project, &mut found);
        }
    }
    found
}
