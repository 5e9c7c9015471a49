//! A project on the day of a form of the year: with the targets and the indicators that were in force then.

use super::of_year::{MONEY_PLACES, decimal};
use crate::language::Field;
use crate::model::calendar::{Date, Day};
use crate::model::year::{NamedThing, SnapshotKind};
use crate::model::{Indicator, Model, Plain, Project, ProjectId};
use crate::score::{AdjustmentsInForce, Exact, InForce, ProjectInForce, StandingProject, monitor_project};
use crate::source::Spanned;

/// The project of a form.
pub(super) struct ProjectOfDay<'a> {
    /// As the form prints it.
    pub project: Project,
    pub in_force: ProjectInForce<'a>,
    /// How it stands at a checkpoint.
    pub standing: Option<StandingProject<'a>>,
}

impl<'a> ProjectOfDay<'a> {
    /// `prints_both`: the form has a column of its own for adjusted targets, and prints the approved ones beside it. Of money
    /// the words of the form say which is meant.
    pub(super) fn of(
        model: &'a Model,
        id: ProjectId,
        (kind, date): (SnapshotKind, Option<Date>),
        prints_both: bool,
    ) -> Self {
        let department = id.whole_of().or_else(|| model[id].department);
        let year = model.fiscal_year(department);
        let date = date.filter(|_| kind == SnapshotKind::Monitoring);
        let day = date.map_or_else(|| Day::last_of(year), |date| date.in_year(year));
        let in_force = AdjustmentsInForce::of(model, department).project(model, id, day);
        let standing = date.and_then(|date| monitor_project(model, department, date, id));
        let mut project = model[id].clone();
        project.indicators = in_force.indicators.iter().map(|one| on_day(one, prints_both)).collect();
        Self { project, in_force, standing }
    }

    /// By what lines of the year name the indicators of the form.
    pub(super) fn named(&self, index: u32) -> Option<NamedThing> {
        self.in_force.indicators.get(index as usize).map(|one| one.named)
    }
}

fn on_day(one: &InForce<'_>, prints_both: bool) -> Indicator {
    let mut indicator = one.indicator.clone();
    if !prints_both && one.target.value != indicator.target.value {
        indicator.target = one.target.clone();
        // It words the target that was approved.
        indicator.plain.retain(|field| field != Field::Wording);
    }
    let stated = indicator.weight().map(|weight| Exact::from(weight.value));
    if let Some(weight) = one.weight.as_ref().filter(|weight| Some(&weight.value) != stated.as_ref())
        && let Some(value) = decimal(&weight.value, MONEY_PLACES)
    {
        let place = indicator.span;
        indicator.plain = (indicator.plain.into_iter())
            .map(|(field, plain)| match field {
                Field::Weight => (field, Plain::Number(Spanned::new(value, place))),
                _ => (field, plain),
            })
            .collect();
    }
    indicator
}
