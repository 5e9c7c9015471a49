//! Another name, here and in all references to it: each reference keeps the parts that it has.

use super::EditRefusal;
use crate::diagnostic::Edit;
use crate::model::text::key;
use crate::model::{DepartmentId, Indicator, IndicatorId, Model, Project, ProjectId, Reference};
use crate::source::{Sources, Span};
use crate::syntax::point_of;
use crate::syntax::vocabulary::written_name;

/// The edits that give a department another name.
///
/// # Errors
/// Where another has it.
pub fn department(model: &Model, id: DepartmentId, name: &str) -> Result<Vec<Edit>, EditRefusal> {
    let others = model.departments.iter().enumerate().filter(|(index, _)| *index != id.0 as usize);
    may_be(name, others.map(|(_, one)| &*one.name.value))?;
    Ok(vec![written(model[id].name.span, name)])
}

/// The edits that give a project another name, in the references of its department, too.
///
/// # Errors
/// Where another project of the department has it.
pub fn project(model: &Model, sources: &Sources, id: ProjectId, name: &str) -> Result<Vec<Edit>, EditRefusal> {
    let department = model[id].department;
    let others = model.projects_of(department).filter(|(other, _)| *other != id);
    may_be(name, others.map(|(_, one)| &*one.name.value))?;
    let mut edits = vec![written(model[id].name.span, name)];
    let goals = department.iter().flat_map(|id| &model[*id].sub_goals);
    for reference in goals.flat_map(|goal| &goal.indicators) {
        if reference.target.is_some_and(|target| target.project == id)
            && let Some(point) = point_of(sources.slice(reference.span))
        {
            let end = reference.span.start + point.start as u32;
            edits.push(written(Span { end, ..reference.span }, name));
        }
    }
    Ok(edits)
}

/// The edits that give an indicator another name, in the references of its department, too.
///
/// # Errors
/// Where another indicator of the project has it.
pub fn indicator(model: &Model, sources: &Sources, id: IndicatorId, name: &str) -> Result<Vec<Edit>, EditRefusal> {
    let project = &model[id.project];
    let goals = project.department.iter().flat_map(|id| &model[*id].sub_goals);
    let references = goals.flat_map(|goal| &goal.indicators).filter(|reference| reference.target == Some(id));
    let mut all = model.projects_of(project.department).flat_map(|(_, project)| &project.indicators);
    let own = model[id].name.span;
    let is_alone = !all.any(|one| one.name.span != own && key(&one.name.value) == key(name));
    indicator_with(sources, project, &model[id], references, name, is_alone)
}

/// The same where the references are known. A name alone is a reference only where no other project has it.
///
/// # Errors
/// Where another indicator of the project has the name.
pub fn indicator_with<'a>(
    sources: &Sources,
    project: &Project,
    indicator: &Indicator,
    references: impl Iterator<Item = &'a Reference>,
    name: &str,
    may_stand_alone: bool,
) -> Result<Vec<Edit>, EditRefusal> {
    let others = project.indicators.iter().filter(|other| other.name.span != indicator.name.span);
    may_be(name, others.map(|one| &*one.name.value))?;
    let mut edits = vec![written(indicator.name.span, name)];
    edits.extend(references.map(|reference| {
        let span = reference.span;
        match point_of(sources.slice(span)) {
            Some(point) => written(Span { start: span.start + point.end as u32, ..span }, name),
            None if may_stand_alone => written(span, name),
            None => Edit { span, text: project.path_to(name) },
        }
    }));
    Ok(edits)
}

fn written(span: Span, name: &str) -> Edit {
    Edit { span, text: written_name(name) }
}

fn may_be<'a>(name: &str, mut others: impl Iterator<Item = &'a str>) -> Result<(), EditRefusal> {
    let wanted = key(name);
    if wanted.is_empty() || name.contains(['\n', '\r']) {
        return Err(EditRefusal::NotOne);
    }
    if others.any(|other| key(other) == wanted) { Err(EditRefusal::Taken) } else { Ok(()) }
}
