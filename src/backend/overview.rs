//! 总览: what one page tells of a department's year. Every figure is one that [`score`](crate::score) computed or that
//! somebody reported; here they are only put together.

mod money;
mod spending;
mod unsettled;

use super::forms::YearDocument;
use super::official::standard_of;
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::year::{Snapshot, SnapshotKind};
use crate::model::{DepartmentId, Model};
use crate::score::{
    ScoreBasis, ScoredProject, StandingProject, checkpoints, monitor_projects, monitor_whole, score_projects,
    score_whole,
};
use crate::source::Sources;

pub(super) use money::DepartmentMoney;
pub(super) use spending::{LeftOut, SpendingDay, SpendingOfYear};
pub(super) use unsettled::{MissingReports, OpenRectification};

/// A department's year.
pub(super) struct YearOverview<'a> {
    pub title: &'a str,
    /// What the title begins with.
    pub owner: &'a str,
    pub model: &'a Model,
    pub sources: &'a Sources,
    pub department: Option<DepartmentId>,
    pub standard: &'a Standard,
    /// Those of which something was reported, in the order of their days.
    pub checkpoints: Vec<OverviewCheckpoint<'a>>,
    /// Those that are declared, and of which nothing was reported.
    pub unreported: Vec<Date>,
    /// Its projects, and behind them the department as a whole; empty without a self-evaluation.
    pub scored: Vec<ScoredProject<'a>>,
    pub money: DepartmentMoney,
    pub spending: SpendingOfYear<'a>,
    /// By their days.
    pub rectifications: Vec<OpenRectification<'a>>,
    /// How many rectifications are closed.
    pub rectified: usize,
    pub missing: Vec<MissingReports>,
}

/// A department at a checkpoint.
pub(super) struct OverviewCheckpoint<'a> {
    pub date: Date,
    pub day: Day,
    /// Its projects, in their order, and behind them the department as a whole where anything was reported of it as such.
    pub standing: Vec<StandingProject<'a>>,
    /// How many of them are projects.
    pub projects: usize,
}

impl<'a> YearOverview<'a> {
    /// Of all that was reported, or of what was by the day of the document.
    pub fn of(document: &'a YearDocument<'a>, sources: &'a Sources) -> Self {
        let (model, department) = (document.model, document.department);
        let year = model.fiscal_year(department);
        let until = document.at.map(|date| date.in_year(year));
        let is_seen = |day: Day| until.is_none_or(|until| day <= until);
        let snapshots: Vec<&Snapshot> = model.record(department).snapshots().collect();
        let of_monitoring = |one: &&Snapshot| one.kind == SnapshotKind::Monitoring;
        let reported: Vec<Day> = (snapshots.iter().copied().filter(of_monitoring))
            .filter_map(|one| Some(one.checkpoint.as_ref()?.value.in_year(year)))
            .collect();
        let has_evaluation = until.is_none() && snapshots.iter().any(|one| one.kind == SnapshotKind::SelfEvaluation);
        // The self-evaluation tells of the end of the year, too.
        let is_told = |day: Day| reported.contains(&day) || has_evaluation && day >= Day::last_of(year);

        let days: Vec<Date> =
            checkpoints(model, department).into_iter().filter(|date| is_seen(date.in_year(year))).collect();
        let unreported = days.iter().copied().filter(|date| !is_told(date.in_year(year))).collect();
        let days = days.into_iter().filter(|date| reported.contains(&date.in_year(year)));
        let checkpoints: Vec<OverviewCheckpoint<'a>> =
            days.map(|date| OverviewCheckpoint::of(model, department, date, year)).collect();
        let scored = if has_evaluation {
            let mut scored = score_projects(model, department, ScoreBasis::Reported);
            scored.extend(score_whole(model, department, &scored, ScoreBasis::Reported));
            scored
        } else {
            Vec::new()
        };
        let standard = standard_of(model, department);
        let last_day = until.unwrap_or(Day::last_of(year));
        let (rectifications, rectified) = unsettled::rectifications(&snapshots, checkpoints.last(), year);
        Self {
            title: &document.title,
            owner: department.map_or("", |id| &*model[id].name.value),
            model,
            sources,
            department,
            standard,
            money: DepartmentMoney::of((model, department), &checkpoints, &scored, last_day, standard),
            spending: SpendingOfYear::of(model, department, &checkpoints, &scored, until),
            missing: unsettled::missing(&checkpoints, &scored),
            checkpoints,
            unreported,
            scored,
            rectifications,
            rectified,
        }
    }

    /// The standard of a project.
    pub fn standard_of(&self, project: &crate::model::Project) -> &'a Standard {
        &self.model[project.standard]
    }
}

impl<'a> OverviewCheckpoint<'a> {
    fn of(model: &'a Model, department: Option<DepartmentId>, date: Date, year: u16) -> Self {
        let mut standing = monitor_projects(model, department, date);
        let projects = standing.len();
        standing.extend(monitor_whole(model, department, date).filter(|one| one.report.is_made()));
        Self { date, day: date.in_year(year), standing, projects }
    }

    /// Without the department as a whole.
    pub fn projects(&self) -> &[StandingProject<'a>] {
        &self.standing[..self.projects]
    }
}
