//! A department's year: its projects scored, and its projects at a checkpoint.

use super::{
    AdjustmentsInForce, MonitoredDay, MonitoredProject, ProjectInForce, ProjectReport, ProjectScore, ReportedLines,
};
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::year::{Snapshot, SnapshotKind};
use crate::model::{DepartmentId, Model, ProjectId};

/// A project with its points.
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

/// A project at a checkpoint, with what its standing rests on.
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

/// What points rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreBasis {
    /// The self-evaluation.
    Reported,
    /// What the year comes to by the last checkpoint: as its author expects, else as it went on.
    Forecast,
}

/// The fiscal year of a department; none where it states none.
fn year_of(model: &Model, department: Option<DepartmentId>) -> u16 {
    department.and_then(|id| model[id].year.as_ref()).map_or(0, |year| year.value)
}

/// The points of a department's projects.
pub fn score_projects(model: &Model, department: Option<DepartmentId>, basis: ScoreBasis) -> Vec<ScoredProject<'_>> {
    let record = model.record(department);
    let year = year_of(model, department);
    let adjustments = AdjustmentsInForce::of(record, year);
    let end = Day { year, month: 12, day: 31 };
    let reported = match basis {
        ScoreBasis::Reported => {
            ReportedLines::of(record.snapshots().filter(|one| one.kind == SnapshotKind::SelfEvaluation))
        }
        ScoreBasis::Forecast => match last_checkpoint(model, department) {
            Some(date) => ReportedLines::of(record.snapshots().filter(|one| is_of(one, date, year))),
            None => ReportedLines::default(),
        },
    };
    let foreseen = match basis {
        ScoreBasis::Reported => None,
        ScoreBasis::Forecast => last_checkpoint(model, department).map(|date| monitored_day(model, department, date)),
    };
    let projects = model.projects_of(department).map(|(id, project)| {
        let standard = &model[project.standard];
        let in_force = adjustments.project(model, id, end);
        let mut report = reported.project(id, &in_force, standard);
        if let Some(day) = foreseen {
            in_force.foresee(&mut report, day, standard);
        }
        let score = in_force.score(&report, year, standard);
        ScoredProject { id, in_force, report, score }
    });
    projects.collect()
}

/// The days of monitoring of a department: those of its standard, and those that it reported.
pub fn checkpoints(model: &Model, department: Option<DepartmentId>) -> Vec<Date> {
    let year = year_of(model, department);
    let standard = model.projects_of(department).next().map(|(_, project)| &model[project.standard]);
    let own = standard.map(Standard::monitoring_points).unwrap_or_default();
    let reported = model.record(department).snapshots().filter_map(|one| Some(one.checkpoint.as_ref()?.value));
    let mut all: Vec<Date> = own.into_iter().chain(reported).collect();
    all.sort_by_key(|date| date.in_year(year));
    all.dedup_by_key(|date| date.in_year(year));
    all
}

/// The last checkpoint of which something was reported.
pub fn last_checkpoint(model: &Model, department: Option<DepartmentId>) -> Option<Date> {
    let year = year_of(model, department);
    let reported = model.record(department).snapshots().filter_map(|one| Some(one.checkpoint.as_ref()?.value));
    reported.max_by_key(|date| date.in_year(year))
}

fn is_of(snapshot: &Snapshot, date: Date, year: u16) -> bool {
    snapshot.kind == SnapshotKind::Monitoring
        && snapshot.checkpoint.as_ref().is_some_and(|one| one.value.in_year(year) == date.in_year(year))
}

fn monitored_day(model: &Model, department: Option<DepartmentId>, date: Date) -> MonitoredDay {
    let year = year_of(model, department);
    let day = date.in_year(year);
    let is_last = checkpoints(model, department).last().is_none_or(|last| last.in_year(year) <= day);
    MonitoredDay { day, year, is_last }
}

/// How a department's projects stand at a checkpoint.
pub fn monitor_projects(model: &Model, department: Option<DepartmentId>, date: Date) -> Vec<StandingProject<'_>> {
    let record = model.record(department);
    let day = monitored_day(model, department, date);
    let adjustments = AdjustmentsInForce::of(record, day.year);
    let lines = ReportedLines::of(record.snapshots().filter(|one| is_of(one, date, day.year)));
    let projects = model.projects_of(department).map(|(id, project)| {
        let standard = &model[project.standard];
        let in_force = adjustments.project(model, id, day.day);
        let report = lines.project(id, &in_force, standard);
        let standing = in_force.monitor(&report, day, standard);
        StandingProject { id, in_force, report, standing }
    });
    projects.collect()
}
