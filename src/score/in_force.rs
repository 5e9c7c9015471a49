//! What is in force on a day, and what was reported by it: approved targets, then every adjustment up to that day.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::goal::amount;
use super::{Exact, Figure, FigureOrigin, InForce, IndicatorReport, MoneyInForce, ProjectInForce, ProjectReport};
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::unit::Quantity;
use crate::model::year::{AdjustedFact, AdjustmentChange, Execution, NamedThing, ReachedValue, Snapshot};
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId, print};

/// The adjustments of a year, by project, in the order of their days.
#[derive(Debug, Default)]
pub struct AdjustmentsInForce<'a>(BTreeMap<ProjectId, Vec<(Day, NamedThing, &'a AdjustmentChange)>>);

/// The lines of a checkpoint or of a year, by what they are about. Of lines about one thing the first counts.
#[derive(Debug, Default)]
pub struct ReportedLines<'a> {
    spent: BTreeMap<NamedThing, &'a Execution>,
    reached: BTreeMap<NamedThing, &'a ReachedValue>,
}

impl<'a> AdjustmentsInForce<'a> {
    /// Those of a department. What has no date, or names nothing, changes nothing.
    pub fn of(model: &'a Model, department: Option<DepartmentId>) -> Self {
        let year = model.fiscal_year(department);
        let mut all = Self::default();
        for (occasion, one) in model.record(department).occasions.iter().enumerate() {
            let crate::model::year::Occasion::Adjustment(one) = one else { continue };
            let Some(date) = &one.date else { continue };
            let day = date.value.in_year(year);
            for (index, change) in one.changes.iter().enumerate() {
                let added = |project| NamedThing::Added { project, occasion: occasion as u32, change: index as u32 };
                let named = match (&change.fact, change.subject.named) {
                    (AdjustedFact::Added(_), Some(named)) => named.project().map(added),
                    (_, named) => named,
                };
                let held = named.and_then(|named| Some((named, named.holder(model, department)?)));
                let Some((named, project)) = held else { continue };
                all.0.entry(project).or_default().push((day, named, change));
            }
        }
        // Stable: those of one day stay in the order of the files.
        all.0.values_mut().for_each(|changes| changes.sort_by_key(|(day, ..)| *day));
        all
    }

    /// A project as it is in force on a day.
    pub fn project(&self, model: &'a Model, id: ProjectId, day: Day) -> ProjectInForce<'a> {
        let (mut in_force, carried) = self.adjusted(model, id, |on| on <= day);
        for more in carried {
            let total = in_force.money.total.take();
            let sum = total.map_or_else(Exact::zero, |total| total.value) + more.value;
            in_force.money.total = Some(money_computed(sum, &model[in_force.project.standard]));
        }
        in_force
    }

    /// A project before the adjustments of a day, its money without what was carried over: the old values that the lines
    /// of that day must state.
    pub fn project_before(&self, model: &'a Model, id: ProjectId, day: Day) -> ProjectInForce<'a> {
        self.adjusted(model, id, |on| on < day).0
    }

    /// A project with some of its adjustments, and what was carried over.
    fn adjusted(
        &self,
        model: &'a Model,
        id: ProjectId,
        is_in: impl Fn(Day) -> bool,
    ) -> (ProjectInForce<'a>, Vec<Figure>) {
        let project = &model[id];
        let standard = &model[project.standard];
        let original = approved_money(project.budget.as_ref(), standard);
        let mut money = original.clone();
        let mut carried: Vec<Figure> = Vec::new();
        let mut indicators: Vec<InForce<'a>> = (project.indicators.iter().zip(0..))
            .map(|(one, index)| InForce::approved(one, NamedThing::Indicator(IndicatorId { project: id, index })))
            .collect();
        let changes = self.0.get(&id).into_iter().flatten().filter(|(on, ..)| is_in(*on));
        for (_, named, change) in changes {
            let of = |indicators: &mut Vec<InForce<'a>>| indicators.iter().position(|one| one.named == *named);
            match &change.fact {
                AdjustedFact::Budget { from: _, to, funds } => {
                    money.total = money_figure(to, standard);
                    for fund in funds {
                        money.funds.retain(|(source, _)| *source != fund.source);
                        money.funds.extend(money_figure(&fund.to, standard).map(|figure| (fund.source, figure)));
                    }
                }
                AdjustedFact::CarryOver(amount) => carried.extend(money_figure(amount, standard)),
                AdjustedFact::Target { from: _, to } => {
                    if let Some(index) = of(&mut indicators) {
                        indicators[index].target = to;
                    }
                }
                AdjustedFact::Weight { from: _, to } => {
                    if let Some(index) = of(&mut indicators) {
                        let origin = FigureOrigin::Stated(to.span);
                        let weight = Figure::new(to.value.into(), to.value.normalize().to_string(), origin);
                        indicators[index].weight = Some(weight);
                    }
                }
                AdjustedFact::Added(indicator) => indicators.push(InForce::approved(indicator, *named)),
                AdjustedFact::Withdrawn(_) => indicators.retain(|one| one.named != *named),
                AdjustedFact::Goal(_) => {}
            }
        }
        (ProjectInForce { project, original, money, indicators }, carried)
    }
}

fn approved_money(budget: Option<&crate::model::Budget>, standard: &Standard) -> MoneyInForce {
    let Some(budget) = budget else { return MoneyInForce::default() };
    let funds =
        budget.funds.iter().filter_map(|line| Some((line.source, money_figure(line.amount.as_ref()?, standard)?)));
    MoneyInForce {
        total: budget.total.as_ref().and_then(|total| money_figure(total, standard)),
        funds: funds.collect(),
    }
}

/// An amount: its value in the base unit, written as the standard prints amounts.
pub fn money_figure(quantity: &Quantity, standard: &Standard) -> Option<Figure> {
    let written = print::amount(quantity, standard);
    Some(Figure::new(amount(quantity, standard)?, written, FigureOrigin::Stated(quantity.span)))
}

/// A computed amount in the base unit, written as the standard prints amounts.
pub fn money_computed(value: Exact, standard: &Standard) -> Figure {
    Figure { written: money_written(&value, standard), value, origin: FigureOrigin::Computed }
}

/// An amount in the base unit with two decimals of the standard's money unit.
pub fn money_written(value: &Exact, standard: &Standard) -> String {
    const CENTS: u32 = 2;
    let factor = Exact::from(standard.money_factor());
    let printed = value.over(&factor).unwrap_or_else(|| value.clone());
    printed.rounded(CENTS, crate::model::standard::scoring::RoundingMode::HalfUp).fixed(CENTS)
}

impl<'a> ReportedLines<'a> {
    /// The lines of some snapshots.
    pub fn of(snapshots: impl Iterator<Item = &'a Snapshot>) -> Self {
        let mut lines = Self::default();
        for snapshot in snapshots {
            for line in &snapshot.spent {
                if let Some(named) = line.subject.named {
                    lines.spent.entry(named).or_insert(line);
                }
            }
            for line in &snapshot.reached {
                if let Some(named) = line.subject.named {
                    lines.reached.entry(named).or_insert(line);
                }
            }
        }
        lines
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.spent.is_empty() && self.reached.is_empty()
    }

    /// What was said of the money of a project.
    pub fn spent(&self, id: ProjectId) -> Option<&'a Execution> {
        let named = if id.whole_of().is_some() { NamedThing::Department } else { NamedThing::Project(id) };
        self.spent.get(&named).copied()
    }

    /// What was said of an indicator.
    pub fn reached(&self, named: NamedThing) -> Option<&'a ReachedValue> {
        self.reached.get(&named).copied()
    }

    /// What was reported of a project.
    pub fn project(&self, id: ProjectId, project: &ProjectInForce<'_>, standard: &Standard) -> ProjectReport<'a> {
        let line = self.spent(id);
        let figure = |amount: Option<&Quantity>| amount.and_then(|amount| money_figure(amount, standard));
        let points = |given: &crate::source::Spanned<Decimal>| {
            Figure::new(given.value.into(), given.value.to_string(), FigureOrigin::Stated(given.span))
        };
        let report = |named| {
            let line = self.reached(named);
            IndicatorReport {
                line,
                actual: line.map(|line| (&line.value.actual, line.value.span)),
                expected: line.and_then(|line| line.expected.as_ref()).map(|value| (&value.actual, value.span)),
                given: line.and_then(|line| line.points.as_ref()).map(points),
                computed: None,
                foreseen: None,
            }
        };
        ProjectReport {
            line,
            spent: figure(line.and_then(|line| line.amount.as_ref())),
            expected: figure(line.and_then(|line| line.expected.as_ref())),
            reports: project.indicators.iter().map(|one| report(one.named)).collect(),
        }
    }
}
