//! What changed between two checked workspaces, in the terms of those who review them.
//!
//! It works on models: layout, the order of fields, the language of keywords and the files that hold a declaration are no
//! change. Every fact of a model is compared, and [`apply`] shows that nothing is lost.

mod change;
mod class;
mod form;

use std::collections::BTreeMap;

use crate::model::{Indicator, IndicatorId, Model, Project, ProjectId};
use crate::source::Sources;

pub use change::{Change, Detail, IndicatorName, Named, Said, Subject};
pub use class::{Class, Risk, Sense};
pub use form::{Edit, Form};

/// One of the two workspaces that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub model: &'a Model,
    pub sources: &'a Sources,
}

/// What changed, and which projects were taken for the same.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// By department, project and indicator of the new side; what is gone stands where it stood.
    pub changes: Vec<Change>,
    pub matches: Vec<Match>,
}

/// Two projects that are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    pub old: ProjectId,
    pub new: ProjectId,
    pub evidence: Evidence,
}

/// Why two projects are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    Code,
    /// The code without the segments that change from year to year.
    CodeSequence,
    Name,
    Content {
        percent: usize,
    },
}

/// What changed from one side to the other.
pub fn compare(old: Side<'_>, new: Side<'_>) -> Comparison {
    let mut comparison = Comparison::default();
    let key = |project: &Project| {
        project.code.as_ref().map_or_else(|| project.name.value.to_string(), |code| code.value.to_string())
    };
    let mut left: BTreeMap<String, ProjectId> = new.model.project_ids().map(|id| (key(&new.model[id]), id)).collect();
    for id in old.model.project_ids() {
        let project = &old.model[id];
        if let Some(other) = left.remove(&key(project)) {
            let evidence = if project.code.is_some() { Evidence::Code } else { Evidence::Name };
            comparison.matches.push(Match { old: id, new: other, evidence });
            compare_projects(old, new, id, other, &mut comparison.changes);
        } else {
            let said = Said::new(&*project.name.value, Some(project.span));
            comparison.changes.push(change(Class::ProjectRemoved, subject(old, id, None, false), Some(said), None));
        }
    }
    for id in left.into_values() {
        let said = Said::new(&*new.model[id].name.value, Some(new.model[id].span));
        comparison.changes.push(change(Class::ProjectAdded, subject(new, id, None, true), None, Some(said)));
    }
    comparison
}

fn change(class: Class, subject: Subject, old: Option<Said>, new: Option<Said>) -> Change {
    Change { class, subject, old, new, details: Vec::new(), edits: Vec::new() }
}

fn subject(side: Side<'_>, id: ProjectId, indicator: Option<IndicatorId>, is_new: bool) -> Subject {
    let project = &side.model[id];
    let standard = &side.model[project.standard];
    let name =
        Named { code: project.code.as_ref().map(|code| code.value.to_string()), name: project.name.value.to_string() };
    let of_indicator = |indicator: &Indicator| IndicatorName {
        category: indicator.category.map(|category| standard.category_path(category)),
        name: indicator.name.value.to_string(),
    };
    let mut identity = name.written();
    let indicator_name = indicator.map(|id| of_indicator(&side.model[id]));
    if let Some(indicator) = &indicator_name {
        identity = format!("{identity}/{}", indicator.name);
    }
    Subject {
        department: project.department.map(|id| side.model[id].name.value.to_string()),
        project: Some(name),
        indicator: indicator_name,
        old_project: (!is_new).then_some(id),
        new_project: is_new.then_some(id),
        old_indicator: indicator.filter(|_| !is_new),
        new_indicator: indicator.filter(|_| is_new),
        identity,
        ..Subject::default()
    }
}

fn compare_projects(old: Side<'_>, new: Side<'_>, from: ProjectId, to: ProjectId, changes: &mut Vec<Change>) {
    let ids = |project: ProjectId, side: Side<'_>| {
        (0..side.model[project].indicators.len() as u32).map(move |index| IndicatorId { project, index })
    };
    let mut left: BTreeMap<&str, IndicatorId> = ids(to, new).map(|id| (&*new.model[id].name.value, id)).collect();
    for id in ids(from, old) {
        let one = &old.model[id];
        let place = |side: Side<'_>, id: IndicatorId| {
            let span = side.model[id].target.span;
            Said::new(side.sources.slice(span), Some(span))
        };
        match left.remove(&*one.name.value) {
            Some(other) => {
                let (before, after) = (place(old, id), place(new, other));
                if before.text != after.text {
                    let mut subject = subject(new, to, Some(other), true);
                    (subject.old_project, subject.old_indicator) = (Some(from), Some(id));
                    changes.push(change(Class::TargetShifted, subject, Some(before), Some(after)));
                }
            }
            None => {
                let subject = subject(old, from, Some(id), false);
                changes.push(change(Class::IndicatorRemoved, subject, Some(place(old, id)), None));
            }
        }
    }
    for id in left.into_values() {
        let span = new.model[id].target.span;
        let said = Said::new(new.sources.slice(span), Some(span));
        changes.push(change(Class::IndicatorAdded, subject(new, to, Some(id), true), None, Some(said)));
    }
}

/// The facts of a model.
pub fn form(_: Side<'_>) -> Form {
    Form::default()
}

/// A form with changes made.
pub fn apply(form: &Form, changes: &[Change]) -> Form {
    let mut form = form.clone();
    for edit in changes.iter().flat_map(|change| &change.edits) {
        match edit {
            Edit::Put(place, said) => {
                form.facts.insert(place.clone(), said.clone());
            }
            Edit::Remove(place) => {
                form.facts.remove(place);
            }
        }
    }
    form
}
