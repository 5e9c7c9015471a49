//! What was planned to be spent, and what was: only of projects of which both can be said, and told which those are not.

use std::collections::BTreeMap;

use super::OverviewCheckpoint;
use crate::model::calendar::{Date, Day};
use crate::model::{DepartmentId, Model, Project, ProjectId};
use crate::score::{AdjustmentsInForce, Exact, Figure, ProjectInForce, ScoredProject};

/// The money of a year, day by day, in the base unit.
pub(in crate::backend) struct SpendingOfYear<'a> {
    /// How many projects it is of.
    pub projects: usize,
    /// What they have at the end of the year.
    pub budget: Exact,
    /// Days of plans, checkpoints, and the end of the year where there is a self-evaluation.
    pub days: Vec<SpendingDay<'a>>,
    /// What they will have spent by the end of the year, as the last checkpoint has it.
    pub forecast: Option<(Date, Exact)>,
    /// The others.
    pub left_out: Vec<(LeftOut, Vec<(ProjectId, &'a Project)>)>,
}

/// What was planned and spent by a day.
pub(in crate::backend) struct SpendingDay<'a> {
    pub date: Date,
    pub day: Day,
    /// Whether what was spent is from the self-evaluation.
    pub is_evaluated: bool,
    /// What the projects have on the day.
    pub budget: Exact,
    /// None where no plan names the day.
    pub planned: Option<Exact>,
    /// None where not all reported.
    pub spent: Option<Exact>,
    /// Those that did not, where others did.
    pub unreported: Vec<&'a str>,
}

/// Why a project is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::backend) enum LeftOut {
    NoBudget,
    NoPlan,
    NothingReported,
    /// It reported, but not always. That the last report is not there yet is another thing: others may still come.
    Gaps,
}

/// What is compared: a project, and where it stands in the order of the department.
struct Compared<'a> {
    index: usize,
    id: ProjectId,
    project: &'a Project,
}

impl<'a> SpendingOfYear<'a> {
    pub(super) fn of(
        model: &'a Model,
        department: Option<DepartmentId>,
        checkpoints: &[OverviewCheckpoint<'a>],
        scored: &[ScoredProject<'a>],
        until: Option<Day>,
    ) -> Self {
        let year = model.fiscal_year(department);
        let end = Day::last_of(year);
        let adjustments = AdjustmentsInForce::of(model, department);
        // What is adjusted later is not known on the last day that is looked at.
        let in_force =
            |id: ProjectId, day: Day| adjustments.project(model, id, until.map_or(day, |until| day.min(until)));
        let budget = |one: &ProjectInForce<'_>| value(one.money.total.as_ref()).unwrap_or_else(Exact::zero);
        let mut compared = Vec::new();
        let mut left_out: BTreeMap<LeftOut, Vec<(ProjectId, &Project)>> = BTreeMap::new();
        for (index, (id, project)) in model.projects_of(department).enumerate() {
            let one = in_force(id, end);
            let of_year = scored.get(index).map(|one| one.report.spent.is_some());
            let reported = checkpoints.iter().map(|at| at.standing[index].standing.spent.is_some()).chain(of_year);
            let reported: Vec<bool> = reported.collect();
            let why = if budget(&one).is_zero() {
                Some(LeftOut::NoBudget)
            } else if one.planned_by(end, &model[project.standard]).is_none() {
                Some(LeftOut::NoPlan)
            } else if !reported.contains(&true) {
                Some(LeftOut::NothingReported)
            } else {
                let before = reported.split_last().map_or(&[][..], |(_, before)| before);
                before.contains(&false).then_some(LeftOut::Gaps)
            };
            match why {
                Some(why) => left_out.entry(why).or_default().push((id, project)),
                None => compared.push(Compared { index, id, project }),
            }
        }
        let planned: BTreeMap<Day, Date> = (compared.iter())
            .flat_map(|one| {
                let checkpoints = &model[one.project.standard].checkpoints;
                let lines = one.project.plan.iter().flat_map(|plan| &plan.lines);
                lines.filter_map(|line| Some(checkpoints.get(line.checkpoint)?.date))
            })
            .map(|date| (date.in_year(year), date))
            .collect();
        let mut dates = planned.clone();
        dates.extend(checkpoints.iter().map(|at| (at.day, at.date)));
        if !scored.is_empty() {
            dates.insert(end, Date { year: None, month: end.month, day: None });
        }
        let days = dates.into_iter().map(|(day, date)| {
            let is_evaluated = day == end && !scored.is_empty();
            let at = checkpoints.iter().find(|at| at.day == day);
            let spent = |one: &Compared<'_>| match at {
                _ if is_evaluated => value(scored[one.index].report.spent.as_ref()),
                Some(at) => value(at.standing[one.index].standing.spent.as_ref()),
                None => None,
            };
            let of_plan = |one: &Compared<'_>| {
                let in_force = in_force(one.id, day);
                Some(&budget(&in_force) * &in_force.planned_by(day, &model[one.project.standard])?)
            };
            let is_told = at.is_some() || is_evaluated;
            let unreported = compared.iter().filter(|one| is_told && spent(one).is_none());
            let unreported: Vec<&str> = unreported.map(|one| &*one.project.name.value).collect();
            let is_whole = is_told && unreported.is_empty();
            SpendingDay {
                date,
                day,
                is_evaluated,
                budget: compared.iter().map(|one| budget(&in_force(one.id, day))).sum(),
                planned: planned.contains_key(&day).then(|| compared.iter().filter_map(of_plan).sum()),
                spent: is_whole.then(|| compared.iter().filter_map(spent).sum()),
                unreported,
            }
        });
        let forecast = checkpoints.last().filter(|at| at.day < end).and_then(|at| {
            let of = |one: &Compared<'_>| {
                let standing = &at.standing[one.index].standing;
                value(standing.expected.as_ref()).or_else(|| standing.forecast.clone())
            };
            let all: Option<Vec<Exact>> = compared.iter().map(of).collect();
            Some((at.date, all.filter(|all| !all.is_empty())?.into_iter().sum()))
        });
        Self {
            projects: compared.len(),
            budget: compared.iter().map(|one| budget(&in_force(one.id, end))).sum(),
            days: days.collect(),
            forecast,
            left_out: left_out.into_iter().collect(),
        }
    }

    /// Whether there is anything to compare.
    pub fn is_empty(&self) -> bool {
        self.projects == 0
    }
}

fn value(figure: Option<&Figure>) -> Option<Exact> {
    figure.map(|figure| figure.value.clone())
}
