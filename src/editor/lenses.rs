//! What a declaration comes to, in the line above it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::entity::NamedEntity;
use super::hover::base_unit;
use super::reported;
use crate::diagnostic::{Text, texts};
use crate::model::number::grouped;
use crate::model::{IndicatorId, ProjectId};
use crate::source::{FileId, Span};
use crate::workspace::Analysis;

/// A line about a declaration, and what it opens.
#[derive(Clone, Debug)]
pub struct Lens {
    /// The name of the declaration.
    pub span: Span,
    /// How many references there are.
    pub title: Text,
    /// The thing whose references it counts; none where there is nothing to open.
    pub references: Option<NamedEntity>,
}

/// The lenses of a file, in order.
pub fn lenses(analysis: &Analysis, file: FileId) -> Vec<Lens> {
    let model = &analysis.model;
    let mut referred: BTreeMap<IndicatorId, usize> = BTreeMap::new();
    let goals = model.departments.iter().flat_map(|department| &department.sub_goals);
    for target in goals.flat_map(|goal| &goal.indicators).filter_map(|reference| reference.target) {
        *referred.entry(target).or_default() += 1;
    }
    let covered: BTreeSet<ProjectId> = referred.keys().map(|id| id.project).collect();
    let mut lenses = Vec::new();
    for (id, said) in reported::of_file(analysis, file) {
        let title = texts::lens_reported(said);
        lenses.push(Lens { span: model[id].name.span, title, references: Some(NamedEntity::Indicator(id)) });
    }
    for (index, department) in model.departments.iter().enumerate().filter(|(_, one)| one.span.file == file) {
        let id = crate::model::DepartmentId(index as u32);
        let standard = &model[department.standard];
        let money = |wanted: &dyn Fn(ProjectId) -> bool| {
            let projects = model.projects_of(Some(id)).filter(|(id, _)| wanted(*id));
            let amounts = projects.filter_map(|(_, project)| project.budget_amount(&model[project.standard]));
            amounts.fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum))
        };
        let (all, under_goals) = (money(&|_| true), money(&|id| covered.contains(&id)));
        let count = model.projects_of(Some(id)).count();
        let title = texts::lens_department(count, grouped(all), base_unit(standard), grouped(under_goals));
        lenses.push(Lens { span: department.name.span, title, references: None });
    }
    for (index, project) in model.projects.iter().enumerate().filter(|(_, one)| one.span.file == file) {
        let id = ProjectId(index as u32);
        let standard = &model[project.standard];
        let budget = project.budget_amount(standard).map(grouped).unwrap_or_default();
        let count = project.indicators.len();
        let title = match (budget.is_empty(), covered.contains(&id)) {
            (true, _) => texts::lens_project(count),
            (false, true) => texts::lens_project_covered(count, budget, base_unit(standard)),
            (false, false) => texts::lens_project_not_covered(count, budget, base_unit(standard)),
        };
        lenses.push(Lens { span: project.name.span, title, references: Some(NamedEntity::Project(id)) });
        for (index, indicator) in project.indicators.iter().enumerate() {
            let id = IndicatorId { project: id, index: index as u32 };
            if let Some(count) = referred.get(&id) {
                let title = texts::lens_indicator(*count);
                lenses.push(Lens { span: indicator.name.span, title, references: Some(NamedEntity::Indicator(id)) });
            }
        }
    }
    lenses.sort_by_key(|lens| lens.span);
    lenses
}
