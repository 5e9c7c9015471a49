//! A project at a checkpoint: two lights, what was due, what the year comes to, and what is missing.

use super::{
    Due, Exact, Figure, GoalLight, IndicatorReport, Light, MoneyLight, ProjectInForce, ProjectReport, Reached,
    counting_of, due_share, forecast_money, forecast_value, goal_light, money_light, reached,
};
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::model::unit::Quantity;

/// A day of monitoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonitoredDay {
    /// The last day counted.
    pub day: Day,
    /// The fiscal year.
    pub year: u16,
    /// No other comes after it in the year.
    pub is_last: bool,
}

/// A project at a checkpoint.
#[derive(Clone, Debug)]
pub struct MonitoredProject {
    /// The share of the year that is due; none where the standard does not say.
    pub due: Option<Due>,
    /// The budget on the day.
    pub budget: Option<Figure>,
    /// What was spent.
    pub spent: Option<Figure>,
    /// How the money stands.
    pub money: MoneyLight,
    /// The worst light of its goals; grey ones are counted, not mixed in. None where no goal has a light.
    pub goals: Option<LightColour>,
    /// What will be spent if it goes on like this.
    pub forecast: Option<Exact>,
    /// What its author expects to be spent.
    pub expected: Option<Figure>,
    /// By the indicators in force.
    pub indicators: Vec<MonitoredIndicator>,
}

/// An indicator at a checkpoint.
#[derive(Clone, Debug)]
pub struct MonitoredIndicator {
    /// How it stands.
    pub light: GoalLight,
    /// What will be reached if it goes on like this, in the unit of the target.
    pub forecast: Option<Figure>,
    /// What was reached.
    pub reached: Reached,
}

impl ProjectInForce<'_> {
    /// The share of its money that its own plan has spent by a day; none where the plan has no line for that day.
    pub fn planned(&self, day: MonitoredDay, standard: &Standard) -> Option<Figure> {
        let plan = self.project.plan.as_ref()?;
        let is_of_day = |checkpoint: usize| {
            standard.checkpoints.get(checkpoint).is_some_and(|one| one.date.in_year(day.year) == day.day)
        };
        let line = plan.lines.iter().find(|line| is_of_day(line.checkpoint))?;
        share(&line.share, standard)
    }

    /// The same, of the last line up to the day: nothing before the first. None where it has no plan.
    pub fn planned_by(&self, day: Day, standard: &Standard) -> Option<Exact> {
        let plan = self.project.plan.as_ref().filter(|plan| !plan.lines.is_empty())?;
        let is_due = |checkpoint: usize| {
            standard.checkpoints.get(checkpoint).is_some_and(|one| one.date.in_year(day.year) <= day)
        };
        let last = plan.lines.iter().filter(|line| is_due(line.checkpoint)).max_by_key(|line| line.checkpoint);
        Some(last.and_then(|line| share(&line.share, standard)).map_or_else(Exact::zero, |share| share.value))
    }

    /// How it stands at a day.
    pub fn monitor(&self, report: &ProjectReport<'_>, day: MonitoredDay, standard: &Standard) -> MonitoredProject {
        let rules = &standard.monitoring;
        let due = due_share(rules, self.planned(day, standard).as_ref(), day.day);
        // What is counted up is due by the months, whatever the plan of the money says.
        let of_goals = due_share(rules, None, day.day);
        let budget = self.money.total.clone();
        let money = money_light(budget.as_ref(), report.spent.as_ref(), due.as_ref(), rules);
        let unreported = IndicatorReport::default();
        let indicators: Vec<MonitoredIndicator> = (self.indicators.iter().enumerate())
            .map(|(index, one)| {
                let report = report.reports.get(index).unwrap_or(&unreported);
                let (goal, unit) = one.goal(&self.money, day.year, standard);
                let reached = one.reached(report, &goal, unit, day.year);
                let own = one.indicator.interim.iter().find(|interim| interim.date.in_year(day.year) == day.day);
                let interim =
                    own.map(|own| super::goal(&own.target, one.indicator.last_year(), |_| None, day.year, standard).0);
                let counting = counting_of(one.indicator, standard);
                let light = goal_light(
                    &goal,
                    &reached,
                    counting,
                    interim.as_ref(),
                    of_goals.as_ref(),
                    (day.day, day.is_last),
                    rules,
                );
                let forecast = match (&reached, &of_goals) {
                    (Reached::Number(figure), Some(due)) => forecast_value(figure, counting, &due.share.value),
                    _ => None,
                };
                MonitoredIndicator { light, forecast, reached }
            })
            .collect();
        let lit = indicators.iter().filter_map(|one| match one.light.light {
            Light::Lit(colour) => Some(colour),
            Light::Grey(_) | Light::Unruled => None,
        });
        MonitoredProject {
            goals: lit.min(),
            forecast: report
                .spent
                .as_ref()
                .zip(due.as_ref())
                .and_then(|(spent, due)| forecast_money(&spent.value, &due.share.value)),
            due,
            budget,
            spent: report.spent.clone(),
            money,
            expected: report.expected.clone(),
            indicators,
        }
    }
}

impl ProjectInForce<'_> {
    /// Puts what the year comes to in the place of what was reported at a day.
    pub fn foresee(&self, report: &mut ProjectReport<'_>, day: MonitoredDay, standard: &Standard) {
        let standing = self.monitor(report, day, standard);
        let forecast = standing.forecast.map(|forecast| super::money_computed(forecast, standard));
        report.spent = report.expected.clone().or(forecast).or(report.spent.take());
        for ((one, indicator), line) in self.indicators.iter().zip(standing.indicators).zip(&mut report.reports) {
            let (goal, unit) = one.goal(&self.money, day.year, standard);
            let expected = line.expected.map(|(actual, place)| reached(actual, place, &goal, unit, day.year));
            let forecast = indicator.forecast.map(Reached::Number);
            line.foreseen = Some(expected.or(forecast).unwrap_or(indicator.reached));
        }
    }
}

/// A share of a plan, as it is written.
fn share(quantity: &Quantity, standard: &Standard) -> Option<Figure> {
    let value = quantity.base_value(standard)?;
    let written = format!("{}%", value.normalize());
    Some(Figure::new(Exact::percent(value), written, super::FigureOrigin::Stated(quantity.span)))
}

/// The money of several projects at a checkpoint.
#[derive(Clone, Debug)]
pub struct MonitoredSum {
    /// What they have.
    pub budget: Exact,
    /// What those spent that said so; none where nobody did.
    pub spent: Option<Exact>,
    /// How their money stands; not lit where one that has money did not say what it spent.
    pub money: MoneyLight,
    /// What they will spend if they go on like this; none where that of one is not known.
    pub forecast: Option<Exact>,
}

/// The sum over projects: what is due of all is what is due of each.
pub fn monitored_sum(projects: &[MonitoredProject], standard: &Standard) -> MonitoredSum {
    let sum = |of: &dyn Fn(&MonitoredProject) -> Option<Exact>| projects.iter().filter_map(of).sum::<Exact>();
    let budget = sum(&|one| one.budget.as_ref().map(|budget| budget.value.clone()));
    let spent = sum(&|one| one.spent.as_ref().map(|spent| spent.value.clone()));
    let of_money = || projects.iter().filter(|one| one.budget.is_some());
    let is_told = of_money().all(|one| one.spent.is_some());
    let due =
        sum(&|one| one.budget.as_ref().zip(one.due.as_ref()).map(|(budget, due)| &budget.value * &due.share.value));
    let is_foreseen = of_money().all(|one| one.forecast.is_some());
    let forecast = is_foreseen.then(|| sum(&|one| one.forecast.clone()));
    let pace = due.over(&budget).zip(projects.iter().find_map(|one| one.due.as_ref()));
    let due = pace.map(|(share, of)| Due { share: Figure::rate(share), pace: of.pace });
    let money = money_light(
        Some(&Figure::computed(budget.clone())),
        is_told.then(|| Figure::computed(spent.clone())).as_ref(),
        due.as_ref(),
        &standard.monitoring,
    );
    let spent = projects.iter().any(|one| one.spent.is_some()).then_some(spent);
    MonitoredSum { budget, spent, money, forecast }
}
