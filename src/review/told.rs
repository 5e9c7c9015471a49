//! A comparison as the report tells it, in the order and the words of the list of changes.

use super::{Review, marked, one_line, place};
use crate::backend::{ChangeOwner, ChangesSince, ToldChange};
use crate::diagnostic::{Language, Text, texts};
use crate::diff::{self, Change, Named, Side};
use crate::model::number::with_separators;
use crate::model::{DepartmentId, ProjectId};
use crate::source::Span;

/// The changes of a review as finished lines: places are those of its new side.
pub fn told(review: &Review<'_>, language: Language) -> ChangesSince {
    let departments = diff::heads(review.old.side, review.new.side).departments;
    let line = |change: &Change| line(change, review, &departments, language);
    let lines = review.entries.iter().map(|entry| line(entry.change)).collect();
    ChangesSince { version: said(&review.old.name, language), lines }
}

fn line(change: &Change, review: &Review<'_>, departments: &[Option<DepartmentId>], language: Language) -> ToldChange {
    let subject = &change.subject;
    let sides = marked::sides_as(change, language, with_separators);
    let parts = |value: marked::MarkedValue| value.into_iter().map(|part| (part.text, part.has_changed)).collect();
    let title = subject.project.as_ref().map(Named::written).or_else(|| subject.standard.clone());
    ToldChange {
        class: change.class,
        owner: owner(change, review, departments, language),
        project: subject.new_project.map(|id| id.0 as usize + 1),
        indicator: subject.new_indicator.map(|id| id.index as usize + 1),
        title: title.map(|title| said(&one_line(&title), language)),
        place: place(change).map(|place| said(&place, language)),
        sides: sides.map(|(old, new)| [parts(old), parts(new)]),
        details: change.details.iter().map(|detail| said(&detail.text(), language)).collect(),
        source: source(change, review),
    }
}

fn said(text: &Text, language: Language) -> String {
    text.in_language(language).into_owned()
}

/// By the project on either side, else by the name of the department.
fn owner(
    change: &Change,
    review: &Review<'_>,
    departments: &[Option<DepartmentId>],
    language: Language,
) -> ChangeOwner {
    let subject = &change.subject;
    let (old, new) = (review.old.side.model, review.new.side.model);
    let is_there = |id: DepartmentId| ChangeOwner::Department(id.0 as usize + 1);
    let of_project = |side: Side<'_>, id: ProjectId| side.model[id].department;
    if let Some(project) = subject.new_project {
        return of_project(review.new.side, project).map_or(ChangeOwner::Outside, is_there);
    }
    if let Some(project) = subject.old_project {
        return match of_project(review.old.side, project) {
            None if new.groups().any(|group| group.is_none()) => ChangeOwner::Outside,
            None => ChangeOwner::Elsewhere(said(&texts::of_no_department(), language)),
            Some(id) => match departments.get(id.0 as usize).copied().flatten() {
                Some(id) => is_there(id),
                None => ChangeOwner::Elsewhere(said(&one_line(&old[id].name.value), language)),
            },
        };
    }
    let Some(name) = &subject.department else {
        let is_of_standard = subject.standard.is_some();
        let whose = if is_of_standard { texts::of_standards() } else { texts::of_no_department() };
        return ChangeOwner::Elsewhere(said(&whose, language));
    };
    let known = (0..).map(DepartmentId).zip(&new.departments).find(|(_, one)| *one.name.value == **name);
    known.map_or_else(|| ChangeOwner::Elsewhere(said(&one_line(name), language)), |(id, _)| is_there(id))
}

/// The line that says it now, else the one that said it.
fn source(change: &Change, review: &Review<'_>) -> Option<(String, bool)> {
    let shown = |side: Side<'_>, span: Span, is_old: bool| (side.sources.short_place(span), is_old);
    let subject = &change.subject;
    let old = review.old.side;
    let old_span = || {
        let of_indicator = || subject.old_indicator.map(|id| old.model[id].span);
        change.old_span().or_else(of_indicator).or_else(|| subject.old_project.map(|id| old.model[id].span))
    };
    let new_span = review.new_place(change).map(|span| shown(review.new.side, span, false));
    new_span.or_else(|| old_span().map(|span| shown(old, span, true)))
}
