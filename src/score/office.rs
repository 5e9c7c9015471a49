//! A department's year: its projects scored, and its projects at a checkpoint.

use super::{
    Absence, AdjustmentsInForce, Light, MonitoredDay, MonitoredProject, OfficeFacts, ProjectInForce, ProjectReport,
    ProjectScore, ReportedLines,
};
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::year::{Snapshot, SnapshotKind};
use crate::model::{DepartmentId, Model, ProjectId};
use crate::parallel::prelude::*;
use crate::syntax::vocabulary::written_name;

/// So many projects at least are worth another processor.
const PROJECTS_AT_ONCE: usize = 16;

/// A project with its points, or a department as a whole.
#[derive(Clone)]
pub struct ScoredProject<'a> {
    /// Which one.
    pub id: ProjectId,
    /// As it is in force at the end of the year.
    pub in_force: ProjectInForce<'a>,
    /// What was reported.
    pub report: ProjectReport<'a>,
    /// What it earns.
    pub score: ProjectScore,
}

/// A project at a checkpoint, or a department as a whole, with what its standing rests on.
#[derive(Clone)]
pub struct StandingProject<'a> {
    /// Which one.
    pub id: ProjectId,
    /// As it is in force on the day.
    pub in_force: ProjectInForce<'a>,
    /// What was reported.
    pub report: ProjectReport<'a>,
    /// How it stands.
    pub standing: MonitoredProject,
}

impl StandingProject<'_> {
    /// The paths of which nothing was reported: of the project for its money, then of indicators in their order.
    pub fn missing(&self) -> Vec<String> {
        let project = self.in_force.project;
        let money = self.standing.spent.is_none().then(|| written_name(&project.name.value));
        let both = self.in_force.indicators.iter().zip(&self.standing.indicators);
        let indicators = both.filter(|(_, standing)| standing.light.light == Light::Grey(Absence::Missing));
        money.into_iter().chain(indicators.map(|(one, _)| project.path_to(&one.indicator.name.value))).collect()
    }
}

/// What points rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreBasis {
    /// The self-evaluation.
    Reported,
    /// What the year comes to by the last checkpoint: as its author expects, else as it went on.
    Forecast,
}

/// What the points of a department's year rest on.
struct EvaluatedOffice<'a> {
    model: &'a Model,
    year: u16,
    adjustments: AdjustmentsInForce<'a>,
    reported: ReportedLines<'a>,
    /// The day from which the rest of the year is foreseen.
    foreseen: Option<MonitoredDay>,
}

impl<'a> EvaluatedOffice<'a> {
    fn of(model: &'a Model, department: Option<DepartmentId>, basis: ScoreBasis) -> Self {
        let (record, year) = (model.record(department), model.fiscal_year(department));
        let last = last_checkpoint(model, department);
        let reported = match (basis, last) {
            (ScoreBasis::Reported, _) => {
                ReportedLines::of(record.snapshots().filter(|one| one.kind == SnapshotKind::SelfEvaluation))
            }
            (ScoreBasis::Forecast, Some(date)) => {
                ReportedLines::of(record.snapshots().filter(|one| is_of(one, date, year)))
            }
            (ScoreBasis::Forecast, None) => ReportedLines::default(),
        };
        let foreseen = last.filter(|_| basis == ScoreBasis::Forecast);
        Self {
            model,
            year,
            adjustments: AdjustmentsInForce::of(model, department),
            reported,
            foreseen: foreseen.map(|date| monitored_day(model, department, date)),
        }
    }

    fn score(&self, id: ProjectId, facts: &OfficeFacts) -> ScoredProject<'a> {
        let standard = &self.model[self.model[id].standard];
        let in_force = self.adjustments.project(self.model, id, Day::last_of(self.year));
        let mut report = self.reported.project(id, &in_force, standard);
        if let Some(day) = self.foreseen {
            in_force.foresee(&mut report, day, standard);
        }
        in_force.compute(&mut report, facts, self.year, standard);
        let score = in_force.score(&report, self.year, standard);
        ScoredProject { id, in_force, report, score }
    }
}

/// The points of a department's projects.
pub fn score_projects(model: &Model, department: Option<DepartmentId>, basis: ScoreBasis) -> Vec<ScoredProject<'_>> {
    let office = EvaluatedOffice::of(model, department, basis);
    let ids: Vec<ProjectId> = model.projects_of(department).map(|(id, _)| id).collect();
    let scored = ids.par_iter().with_min_len(PROJECTS_AT_ONCE).map(|&id| office.score(id, &OfficeFacts::default()));
    scored.collect()
}

/// The points of one project of a department, or of the department as a whole.
pub fn score_project(
    model: &Model,
    department: Option<DepartmentId>,
    id: ProjectId,
    basis: ScoreBasis,
) -> ScoredProject<'_> {
    let facts = match id.whole_of() {
        Some(_) => OfficeFacts::of(&score_projects(model, department, basis), handed_in_in_time(model, department)),
        None => OfficeFacts::default(),
    };
    EvaluatedOffice::of(model, department, basis).score(id, &facts)
}

/// The points of a department as a whole, which may rest on those of its projects; none where it has neither money nor
/// targets as such.
pub fn score_whole<'a>(
    model: &'a Model,
    department: Option<DepartmentId>,
    projects: &[ScoredProject<'_>],
    basis: ScoreBasis,
) -> Option<ScoredProject<'a>> {
    let (id, _) = model.whole_of(department)?;
    let facts = OfficeFacts::of(projects, handed_in_in_time(model, department));
    Some(EvaluatedOffice::of(model, department, basis).score(id, &facts))
}

/// Of the days of monitoring, those whose reports came in time, and all of them; none where a report does not say when it
/// was handed in, or the standard not by when.
fn handed_in_in_time(model: &Model, department: Option<DepartmentId>) -> Option<(usize, usize)> {
    let year = model.fiscal_year(department);
    let standard = &model[model[department?].standard];
    let within = i64::from(standard.monitoring.report_within?.value);
    let points = standard.monitoring_points();
    let mut in_time = 0;
    for date in &points {
        let reports: Vec<&Snapshot> =
            model.record(department).snapshots().filter(|one| is_of(one, *date, year)).collect();
        let filed: Option<Vec<Day>> =
            reports.iter().map(|one| one.filed.as_ref().map(|filed| filed.value.in_year(year))).collect();
        let last = filed?.into_iter().max();
        in_time += usize::from(last.is_some_and(|last| last.number() - date.in_year(year).number() <= within));
    }
    (!points.is_empty()).then_some((in_time, points.len()))
}

/// The days of monitoring of a department: those of its standard, and those that it reported.
pub fn checkpoints(model: &Model, department: Option<DepartmentId>) -> Vec<Date> {
    let year = model.fiscal_year(department);
    let first = model.projects_of(department).next().map(|(_, project)| project.standard);
    let standard = first.or(department.map(|id| model[id].standard)).map(|id| &model[id]);
    let own = standard.map(Standard::monitoring_points).unwrap_or_default();
    let reported = model.record(department).snapshots().filter_map(|one| Some(one.checkpoint.as_ref()?.value));
    let mut all: Vec<Date> = own.into_iter().chain(reported).collect();
    all.sort_by_key(|date| date.in_year(year));
    all.dedup_by_key(|date| date.in_year(year));
    all
}

/// The last checkpoint of which something was reported.
pub fn last_checkpoint(model: &Model, department: Option<DepartmentId>) -> Option<Date> {
    let year = model.fiscal_year(department);
    let reported = model.record(department).snapshots().filter_map(|one| Some(one.checkpoint.as_ref()?.value));
    reported.max_by_key(|date| date.in_year(year))
}

fn is_of(snapshot: &Snapshot, date: Date, year: u16) -> bool {
    snapshot.kind == SnapshotKind::Monitoring
        && snapshot.checkpoint.as_ref().is_some_and(|one| one.value.in_year(year) == date.in_year(year))
}

fn monitored_day(model: &Model, department: Option<DepartmentId>, date: Date) -> MonitoredDay {
    let year = model.fiscal_year(department);
    let day = date.in_year(year);
    let is_last = checkpoints(model, department).last().is_none_or(|last| last.in_year(year) <= day);
    MonitoredDay { day, year, is_last }
}

/// How a department's projects stand at a checkpoint.
pub fn monitor_projects(model: &Model, department: Option<DepartmentId>, date: Date) -> Vec<StandingProject<'_>> {
    monitored(model, department, date, model.projects_of(department).map(|(id, _)| id))
}

/// How a department as a whole stands at a checkpoint; none where it has neither money nor targets as such.
pub fn monitor_whole(model: &Model, department: Option<DepartmentId>, date: Date) -> Option<StandingProject<'_>> {
    monitor_project(model, department, date, model.whole_of(department)?.0)
}

/// How one project stands at a checkpoint, or a department as a whole.
pub fn monitor_project(
    model: &Model,
    department: Option<DepartmentId>,
    date: Date,
    id: ProjectId,
) -> Option<StandingProject<'_>> {
    monitored(model, department, date, std::iter::once(id)).pop()
}

fn monitored(
    model: &Model,
    department: Option<DepartmentId>,
    date: Date,
    ids: impl Iterator<Item = ProjectId>,
) -> Vec<StandingProject<'_>> {
    let day = monitored_day(model, department, date);
    let adjustments = AdjustmentsInForce::of(model, department);
    let lines = ReportedLines::of(model.record(department).snapshots().filter(|one| is_of(one, date, day.year)));
    let ids: Vec<ProjectId> = ids.collect();
    let standing = ids.par_iter().with_min_len(PROJECTS_AT_ONCE).map(|&id| {
        let standard = &model[model[id].standard];
        let in_force = adjustments.project(model, id, day.day);
        let mut report = lines.project(id, &in_force, standard);
        in_force.compute(&mut report, &OfficeFacts::default(), day.year, standard);
        let standing = in_force.monitor(&report, day, standard);
        StandingProject { id, in_force, report, standing }
    });
    standing.collect()
}
