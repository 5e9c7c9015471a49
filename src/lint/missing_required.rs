//! JX001: a part that the standard requires is missing.
//!
//! Serves 完整性. Which parts are required, and by which document, is data of the standard (`字段 … { 必填 }`).

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::standard::{FieldRule, Standard};
use crate::model::{Department, DepartmentId, ExtraField, Indicator, Project};
use crate::source::Span;
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX001], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX001], check: Check::Department(check_department) };

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
    match rule.name.as_str() {
        "编码" => department.code.is_some(),
        "年度" => department.year.is_some(),
        "标准" => true,
        "单位" => !department.units_of_account.is_empty(),
        "总体目标" => department.overall_goal.as_ref().is_some_and(|goal| !goal.value.is_empty()),
        "分项目标" => !department.sub_goals.is_empty(),
        "保障措施" => !department.safeguards.is_empty(),
        _ => has_extra(&department.extra, rule, standard),
    }
}

fn has_project_field(project: &Project, rule: &FieldRule, standard: &Standard) -> bool {
    let is_written = |text: &Option<crate::model::Text>| text.as_ref().is_some_and(|text| !text.value.is_empty());
    match rule.name.as_str() {
        "编码" => project.code.is_some(),
        "单位" => project.unit_of_account.is_some(),
        "预算" => project.damage.budget || project.budget.as_ref().is_some_and(|budget| budget.total.is_some()),
        "用途" => is_written(&project.purpose),
        "支出计划" => project.damage.plan || project.plan.is_some(),
        "目标" => is_written(&project.goal),
        "指标" => project.damage.indicators || !project.indicators.is_empty(),
        _ => has_extra(&project.extra, rule, standard),
    }
}

fn has_indicator_field(indicator: &Indicator, rule: &FieldRule, standard: &Standard) -> bool {
    let is_written = |text: &Option<crate::model::Text>| text.as_ref().is_some_and(|text| !text.value.is_empty());
    match rule.name.as_str() {
        "描述" => is_written(&indicator.description),
        "依据" => indicator.basis.as_ref().is_some_and(|basis| !basis.text.value.is_empty()),
        "来源" => indicator.source.as_ref().is_some_and(|text| !text.value.is_empty()),
        "权重" => indicator.weight.is_some(),
        "方向" => indicator.direction.is_some(),
        "上年" => indicator.last_year.is_some(),
        "计分" => indicator.scoring.as_ref().is_some_and(|text| !text.value.is_empty()),
        "表述" => indicator.wording.as_ref().is_some_and(|text| !text.value.is_empty()),
        "实施期" => indicator.whole_period.is_some(),
        _ => has_extra(&indicator.extra, rule, standard),
    }
}
