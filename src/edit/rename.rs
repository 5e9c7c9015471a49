//! Another name, here and in all references to it: each reference keeps the parts that it has.

use super::EditRefusal;
use crate::diagnostic::Edit;
use crate::model::text::key;
use crate::model::year::{NamedThing, Occasion, YearSubject};
use crate::model::{DepartmentId, Indicator, IndicatorId, Model, Project, ProjectId};
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
    for subject in of_the_year(model, department) {
        if subject.project.is_some() && subject.named.and_then(NamedThing::project) == Some(id) {
            let point = point_of(sources.slice(subject.span));
            let end = point.map_or(subject.span.end, |point| subject.span.start + point.start as u32);
            let named = YearSubject { project: Some(name.into()), indicator: None, ..*subject };
            edits.push(Edit { span: Span { end, ..subject.span }, text: named.path() });
        }
    }
    Ok(edits)
}

/// What the lines of a department's year are about.
fn of_the_year(model: &Model, department: Option<DepartmentId>) -> impl Iterator<Item = &YearSubject> {
    model.record(department).occasions.iter().flat_map(Occasion::subjects)
}

/// Where indicators are referred to, in sub-goals and in lines of the year, with what is meant.
pub fn references(model: &Model, department: Option<DepartmentId>) -> impl Iterator<Item = (IndicatorId, Span)> {
    let goals = department.into_iter().flat_map(|id| &model[id].sub_goals);
    let in_goals = goals.flat_map(|goal| &goal.indicators).filter_map(|one| Some((one.target?, one.span)));
    let in_year = of_the_year(model, department).filter_map(|subject| match subject.named? {
        NamedThing::Indicator(id) => Some((id, subject.span)),
        NamedThing::Department | NamedThing::Project(_) | NamedThing::Added { .. } => None,
    });
    in_goals.chain(in_year)
}

/// The edits that give an indicator another name, in the references of its department, too.
///
/// # Errors
/// Where another indicator of the project has it.
pub fn indicator(model: &Model, sources: &Sources, id: IndicatorId, name: &str) -> Result<Vec<Edit>, EditRefusal> {
    let project = &model[id.project];
    let department = id.project.whole_of().or(project.department);
    let references = references(model, department).filter(|(of, _)| *of == id).map(|(_, span)| span);
    let mut all = model.projects_of(project.department).flat_map(|(_, project)| &project.indicators);
    let own = model[id].name.span;
    let is_alone = !all.any(|one| one.name.span != own && key(&one.name.value) == key(name));
    indicator_with(sources, project, &model[id], references, name, is_alone)
}

/// The same where the references are known. A name alone is a reference only where no other project has it.
///
/// # Errors
/// Where another indicator of the project has the name.
pub fn indicator_with(
    sources: &Sources,
    project: &Project,
    indicator: &Indicator,
    references: impl Iterator<Item = Span>,
    name: &str,
    may_stand_alone: bool,
) -> Result<Vec<Edit>, EditRefusal> {
    let others = project.indicators.iter().filter(|other| other.name.span != indicator.name.span);
    may_be(name, others.map(|one| &*one.name.value))?;
    let mut edits = vec![written(indicator.name.span, name)];
    edits.extend(references.map(|span| match point_of(sources.slice(span)) {
        Some(point) => written(Span { start: span.start + point.end as u32, ..span }, name),
        None if may_stand_alone => written(span, name),
        None => Edit { span, text: project.path_to(name) },
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
