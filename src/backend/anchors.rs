//! What a place in the texts belongs to: the department, the goal, the project or the indicator that a finding is about.

use crate::model::year::Occasion;
use crate::model::{DepartmentId, Model, ProjectId};
use crate::source::Span;

/// What a finding is about, in the order of the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Anchor {
    Department(DepartmentId),
    FirstPart(DepartmentId),
    SubGoal(DepartmentId, usize),
    Project(ProjectId, Option<usize>),
}

impl Anchor {
    /// None for what lies outside any department.
    pub fn department(self, model: &Model) -> Option<DepartmentId> {
        match self {
            Anchor::Department(id) | Anchor::FirstPart(id) | Anchor::SubGoal(id, _) => Some(id),
            Anchor::Project(id, _) => model[id].department,
        }
    }
}

/// Where the part of the text that an anchor stands for begins. Each reaches to the next.
pub(super) fn anchors(model: &Model) -> Vec<(Span, Anchor)> {
    let mut anchors = Vec::new();
    for (id, one) in (0..).map(DepartmentId).zip(&model.departments) {
        anchors.push((one.span, Anchor::Department(id)));
        let prose =
            one.overall_goal().into_iter().map(|text| text.span).chain(one.safeguards.iter().map(|one| one.name.span));
        anchors.extend(prose.map(|span| (span, Anchor::FirstPart(id))));
        anchors.extend(one.sub_goals.iter().enumerate().map(|(index, goal)| (goal.span, Anchor::SubGoal(id, index))));
        let others = one.units_of_account.iter().map(|unit| unit.code.span).chain(one.extra.iter().map(|one| one.span));
        let year = one.record.occasions.iter().map(Occasion::span);
        anchors.extend(others.chain(year).map(|span| (span, Anchor::Department(id))));
    }
    for id in model.project_ids() {
        let one = &model[id];
        // A project's own fields may stand after an indicator.
        let budget = one.budget.iter().map(|budget| budget.span);
        let plan = one.plan.iter().map(|plan| plan.span);
        let texts = one.unit_of_account.iter().chain(one.purpose()).chain(one.goal()).map(|text| text.span);
        let extra = one.extra.iter().map(|field| field.span);
        let own = std::iter::once(one.span).chain(budget).chain(plan).chain(texts).chain(extra);
        anchors.extend(own.map(|span| (span, Anchor::Project(id, None))));
        let rows = one.indicators.iter().enumerate();
        anchors.extend(rows.map(|(index, row)| (row.span, Anchor::Project(id, Some(index)))));
    }
    anchors.sort_unstable();
    anchors
}

/// The last anchor of the file that does not begin after the place.
pub(super) fn anchor_of(place: Span, anchors: &[(Span, Anchor)]) -> Option<Anchor> {
    let after = anchors.partition_point(|(span, _)| (span.file, span.start) <= (place.file, place.start));
    let (span, anchor) = anchors[..after].last()?;
    (span.file == place.file).then_some(*anchor)
}
