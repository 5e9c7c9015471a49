//! A project on the day of a form of the year: with the money, the targets and the indicators that were in force then.

use rust_decimal::Decimal;

use super::of_year::{MONEY_PLACES, decimal};
use crate::language::Field;
use crate::model::calendar::{Date, Day};
use crate::model::unit::{Measure, Multiplier, Quantity};
use crate::model::year::{NamedThing, SnapshotKind};
use crate::model::{Budget, FundLine, Indicator, Model, Plain, Project, ProjectId};
use crate::score::{AdjustmentsInForce, Exact, Figure, InForce, ProjectInForce, StandingProject, monitor_project};
use crate::source::Spanned;

/// The project of a form.
pub(super) struct ProjectOfDay<'a> {
    /// As the form prints it.
    pub project: Project,
    pub in_force: ProjectInForce<'a>,
    /// How it stands at a checkpoint.
    pub standing: Option<StandingProject<'a>>,
}

/// What a form has cells of its own for: then the others print what was approved.
#[derive(Clone, Copy)]
pub(super) struct AdjustedCells {
    pub target: bool,
    pub money: bool,
}

impl<'a> ProjectOfDay<'a> {
    pub(super) fn of(
        model: &'a Model,
        id: ProjectId,
        (kind, date): (SnapshotKind, Option<Date>),
        cells: AdjustedCells,
    ) -> Self {
        let department = id.whole_of().or_else(|| model[id].department);
        let year = model.fiscal_year(department);
        let date = date.filter(|_| kind == SnapshotKind::Monitoring);
        let day = date.map_or_else(|| Day::last_of(year), |date| date.in_year(year));
        let in_force = AdjustmentsInForce::of(model, department).project(model, id, day);
        let standing = date.and_then(|date| monitor_project(model, department, date, id));
        let mut project = model[id].clone();
        project.indicators = in_force.indicators.iter().map(|one| on_day(one, cells)).collect();
        if !cells.money {
            project.budget = money_on_day(model, id, &in_force);
        }
        Self { project, in_force, standing }
    }

    /// By what lines of the year name the indicators of the form.
    pub(super) fn named(&self, index: u32) -> Option<NamedThing> {
        self.in_force.indicators.get(index as usize).map(|one| one.named)
    }
}

fn on_day(one: &InForce<'_>, cells: AdjustedCells) -> Indicator {
    let mut indicator = one.indicator.clone();
    if !cells.target && one.target.value != indicator.target.value {
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

/// The money on the day, where it is another than that which was approved.
fn money_on_day(model: &Model, id: ProjectId, in_force: &ProjectInForce<'_>) -> Option<Budget> {
    let project = &model[id];
    let standard = &model[project.standard];
    let approved = project.budget.clone();
    let amount = |quantity: Option<&Quantity>| quantity.and_then(|one| one.base_value(standard)).map(Exact::from);
    let is_other = |figure: Option<&Figure>, quantity: Option<&Quantity>| {
        figure.is_some() && figure.map(|figure| &figure.value) != amount(quantity).as_ref()
    };
    let unit = standard.money_unit?;
    let span = project.span;
    let of = |figure: &Figure| {
        let base = decimal(&figure.value, MONEY_PLACES)?;
        let value = base.checked_div(standard.money_factor()).map(|value: Decimal| value.normalize())?;
        Some(Quantity { span, value, multiplier: Multiplier::One, measure: Measure::Unit(unit) })
    };
    let mut budget = approved.unwrap_or(Budget { span, total: None, funds: Vec::new() });
    let total = in_force.money.total.as_ref();
    if is_other(total, budget.total.as_ref()) {
        budget.total = total.and_then(of);
    }
    for (source, figure) in &in_force.money.funds {
        match budget.funds.iter_mut().find(|line| line.source == *source) {
            Some(line) if is_other(Some(figure), line.amount.as_ref()) => line.amount = of(figure),
            Some(_) => {}
            None => budget.funds.push(FundLine { span, source: *source, amount: of(figure) }),
        }
    }
    (project.budget.is_some() || budget.total.is_some() || !budget.funds.is_empty()).then_some(budget)
}
