//! The report in pieces, for pages that show a project at a time.

use std::collections::HashMap;

use super::anchors::{Anchor, anchor_of, anchors};
use super::{ChangesSince, html};
use crate::diagnostic::Language;
use crate::model::{Model, ProjectId};
use crate::source::Span;

/// The tables of a project in the official form, as HTML for [`style`].
pub fn project(model: &Model, id: ProjectId) -> String {
    html::project_alone(model, id)
}

/// What changed, by what it means, as HTML for [`style`]; `href` leads to a project, by its number from one.
pub fn changes(since: &ChangesSince, language: Language, href: &dyn Fn(usize) -> String) -> String {
    html::changes_alone(since, language, href)
}

/// The style sheet of the report.
pub fn style() -> &'static str {
    html::PIECES_STYLE
}

/// Which project each of some places belongs to.
pub fn projects_at(model: &Model, places: impl IntoIterator<Item = Span>) -> HashMap<Span, ProjectId> {
    let anchors = anchors(model);
    let project = |place: Span| match anchor_of(place, &anchors)? {
        Anchor::Project(id, _) => Some((place, id)),
        Anchor::Department(_) | Anchor::FirstPart(_) | Anchor::SubGoal(..) => None,
    };
    places.into_iter().filter_map(project).collect()
}
