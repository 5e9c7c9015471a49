//! JX001: a part that the standard requires is missing.
//!
//! Serves 完整性. Which parts are required, and by which document, is data of the standard (`字段 … { 必填 }`).

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::language::{Block, INDICATOR, field, own};
use crate::model::standard::{FieldRule, Standard};
use crate::model::{Department, DepartmentId, ExtraField, Indicator, Project};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX001], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX001], check: Check::Department(check_department) };

/// What stands in the head of a department or project, and may be demanded like a field.
const CODE: &str = "编码";

fn check_department(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    if department.is_damaged {
        return;
    }
    for rule in standard.required_fields(Block::Department) {
        if !has_department_field(department, rule, standard) {
            let owner = texts::owner_department(&*department.name.value);
            found.push(missing(rule, owner, department.span, standard));
        }
    }
}

fn check_project(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    if !project.damage.head && !project.damage.fields {
        for rule in standard.required_fields(Block::Project) {
            if !has_project_field(project, rule, standard) {
                let owner = texts::owner_project(&*project.name.value);
                found.push(missing(rule, owner, project.span, standard));
            }
        }
    }
    if project.damage.indicators {
        return;
    }
    for rule in standard.required_fields(Block::Indicator) {
        for indicator in &project.indicators {
            if !has_indicator_field(indicator, rule, standard) {
                let owner = texts::owner_indicator(&*indicator.name.value);
                found.push(missing(rule, owner, indicator.span, standard));
            }
        }
    }
}

fn missing(rule: &FieldRule, owner: Text, span: Span, standard: &Standard) -> Diagnostic {
    let message = texts::missing_required(&rule.name, owner);
    let help = match &rule.citation.document {
        Some(document) => texts::required_by(document),
        None => texts::required_by_standard(&standard.name),
    };
    Diagnostic::new(Code::JX001, message, span, texts::missing_required_here()).help(help)
}

fn has_extra(extra: &[ExtraField], rule: &FieldRule, standard: &Standard) -> bool {
    extra.iter().any(|field| {
        let declared = &standard.field_rules[field.rule];
        declared.block == rule.block && declared.name == rule.name
    })
}

fn has_department_field(department: &Department, rule: &FieldRule, standard: &Standard) -> bool {
    let Some(field) = field(Block::Department, &rule.name) else {
        return if rule.name == CODE {
            department.code.is_some()
        } else {
            has_extra(&department.extra, rule, standard)
        };
    };
    match own::Department::of(field) {
        Some(own::Department::Year) => department.year.is_some(),
        Some(own::Department::Standard) => true,
        Some(own::Department::Unit) => !department.units_of_account.is_empty(),
        Some(own::Department::SubGoal) => !department.sub_goals.is_empty(),
        Some(own::Department::Safeguard) => !department.safeguards.is_empty(),
        Some(own::Department::Budget) => department.whole.as_ref().is_some_and(|whole| whole.budget.is_some()),
        Some(own::Department::Indicator) => department.whole.as_ref().is_some_and(|whole| !whole.indicators.is_empty()),
        None => department.plain.is_filled(field),
    }
}

fn has_project_field(project: &Project, rule: &FieldRule, standard: &Standard) -> bool {
    let Some(field) = field(Block::Project, &rule.name) else {
        return match rule.name.as_str() {
            CODE => project.code.is_some(),
            name if name == INDICATOR.0 => project.damage.indicators || !project.indicators.is_empty(),
            _ => has_extra(&project.extra, rule, standard),
        };
    };
    match own::Project::of(field) {
        Some(own::Project::Unit) => project.unit_of_account.is_some(),
        Some(own::Project::Budget) => {
            project.damage.budget || project.budget.as_ref().is_some_and(|budget| budget.total.is_some())
        }
        Some(own::Project::SpendingPlan) => project.damage.plan || project.plan.is_some(),
        None => project.plain.is_filled(field),
    }
}

fn has_indicator_field(indicator: &Indicator, rule: &FieldRule, standard: &Standard) -> bool {
    let Some(field) = field(Block::Indicator, &rule.name) else {
        return has_extra(&indicator.extra, rule, standard);
    };
    match own::Indicator::of(field) {
        Some(own::Indicator::Basis) => indicator.basis.as_ref().is_some_and(|basis| !basis.text.value.is_empty()),
        Some(own::Indicator::Direction) => indicator.direction.is_some(),
        Some(own::Indicator::WholePeriod) => indicator.whole_period.is_some(),
        Some(own::Indicator::Interim) => !indicator.interim.is_empty(),
        None => indicator.plain.is_filled(field),
    }
}
