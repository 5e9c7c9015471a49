//! A form filled in: a project as it is in force, what was reported of it, and what that comes to.

use super::{YearDocument, layout};
use crate::language::Field;
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::standard::year_form::{FormLayout, YearForm};
use crate::model::year::{
    AdjustedFact, AdjustmentChange, Execution, GivenPoints, NamedThing, ReachedValue, ReportTextKind, ResultUse,
    Snapshot, SnapshotKind,
};
use crate::model::{Project, ProjectId};
use crate::score::{
    Exact, InForce, IndicatorRow, MonitoredIndicator, MonitoredProject, NoPoints, Points, ProjectInForce,
    ProjectReport, ProjectScore, ReportedLines, Rounding, ScoreBasis, ScoredProject, ScoredRow, Total,
    monitor_projects, score_projects, score_whole, total,
};

/// A project's form, filled in.
pub(in crate::backend) struct FilledProject<'a> {
    pub number: usize,
    pub id: ProjectId,
    pub project: &'a Project,
    pub standard: &'a Standard,
    pub layout: Option<&'a FormLayout>,
    pub year: u16,
    pub in_force: ProjectInForce<'a>,
    pub report: ProjectReport<'a>,
    pub reckoned: Reckoned,
    /// By the indicators in force.
    pub lines: Vec<FilledLines<'a>>,
    /// What was said of the money.
    pub spent: Option<&'a Execution>,
    /// The goal in force.
    pub goal: String,
    texts: Vec<(ReportTextKind, &'a str)>,
    uses: Vec<&'a ResultUse>,
}

/// What the report comes to.
pub(in crate::backend) enum Reckoned {
    /// At the end of the year.
    Scored(Box<ProjectScore>),
    /// At a checkpoint.
    Standing(Box<MonitoredProject>),
}

/// What was said of an indicator.
#[derive(Clone, Copy, Default)]
pub(in crate::backend) struct FilledLines<'a> {
    pub reached: Option<&'a ReachedValue>,
    pub review: Option<&'a GivenPoints>,
}

/// A project as it is in force, what was reported, and what it comes to.
type ReckonedProject<'a> = (ProjectId, ProjectInForce<'a>, ProjectReport<'a>, Reckoned);

fn scored(one: ScoredProject<'_>) -> ReckonedProject<'_> {
    (one.id, one.in_force, one.report, Reckoned::Scored(Box::new(one.score)))
}

impl<'a> YearDocument<'a> {
    /// Its projects, in their order.
    pub fn filled(&self) -> Vec<FilledProject<'a>> {
        let all: Vec<ReckonedProject<'a>> = if let Some(at) = self.at {
            let all = monitor_projects(self.model, self.department, at).into_iter();
            all.map(|one| (one.id, one.in_force, one.report, Reckoned::Standing(Box::new(one.standing)))).collect()
        } else {
            let all = score_projects(self.model, self.department, ScoreBasis::Reported).into_iter();
            all.map(scored).collect()
        };
        let is_printed = |one: &FilledProject<'_>| match self.form {
            YearForm::Monitoring | YearForm::SelfEvaluation | YearForm::Review => one.layout.is_some(),
            YearForm::Transfer => one.layout.is_some() && is_transfer(one.project),
            YearForm::Department | YearForm::Report | YearForm::Overview => true,
        };
        let is_in_scope = |one: &FilledProject<'_>| self.scope.project().is_none_or(|only| only == one.id);
        self.fill(all).filter(|one| is_printed(one) && is_in_scope(one)).collect()
    }

    /// The department as a whole, at the end of the year; none where it has neither money nor targets as such.
    pub fn whole(&self) -> Option<FilledProject<'a>> {
        let projects = score_projects(self.model, self.department, ScoreBasis::Reported);
        let whole = score_whole(self.model, self.department, &projects, ScoreBasis::Reported)?;
        self.fill(vec![scored(whole)]).next()
    }

    fn fill(&self, all: Vec<ReckonedProject<'a>>) -> impl Iterator<Item = FilledProject<'a>> {
        let (model, form) = (self.model, self.form);
        let record = model.record(self.department);
        let year = model.fiscal_year(self.department);
        let is_meant = |one: &&Snapshot| match self.at {
            Some(at) => {
                let day = one.checkpoint.as_ref().map(|date| date.value.in_year(year));
                one.kind == SnapshotKind::Monitoring && day == Some(at.in_year(year))
            }
            None => one.kind == SnapshotKind::SelfEvaluation,
        };
        let snapshots: Vec<&Snapshot> = record.snapshots().filter(is_meant).collect();
        let lines = ReportedLines::of(snapshots.iter().copied());
        let day = self.at.map_or(Day::last_of(year), |at| at.in_year(year));
        let given: Vec<&GivenPoints> = record.reviews().flat_map(|one| &one.points).collect();
        (1..).zip(all).map(move |(number, (id, in_force, report, reckoned))| {
            let project = in_force.project;
            let standard = &model[project.standard];
            let of_indicator = |one: &InForce<'_>| FilledLines {
                reached: lines.reached(one.named),
                review: given.iter().rfind(|points| points.subject.named == Some(one.named)).copied(),
            };
            let own = id.whole_of().map_or(NamedThing::Project(id), |_| NamedThing::Department);
            let texts = snapshots.iter().flat_map(|one| &one.texts).filter(|text| text.subject.named == Some(own));
            let of_review = record.reviews().flat_map(|one| &one.uses);
            let uses = snapshots.iter().flat_map(|one| &one.uses).chain(of_review);
            FilledProject {
                number,
                id,
                project,
                standard,
                layout: layout(standard, form),
                year,
                lines: in_force.indicators.iter().map(of_indicator).collect(),
                spent: lines.spent(id),
                goal: goal(record.adjustments(), project, own, day),
                texts: texts.map(|text| (text.kind, &*text.text.value)).collect(),
                uses: uses.filter(|one| one.subject.as_ref().and_then(|one| one.named) == Some(own)).collect(),
                in_force,
                report,
                reckoned,
            }
        })
    }
}

/// Whether a project is a transfer payment: its kind is what the form is called by.
pub(super) fn is_transfer(project: &Project) -> bool {
    let kind = project.plain.text(Field::ProjectKind);
    kind.is_some_and(|kind| !kind.value.is_empty() && YearForm::Transfer.word().starts_with(&*kind.value))
}

/// The goal of a project on a day: as it was approved, or as it was adjusted last.
fn goal<'a>(
    adjustments: impl Iterator<Item = &'a crate::model::year::Adjustment>,
    project: &Project,
    own: NamedThing,
    day: Day,
) -> String {
    let adjusted = |change: &'a AdjustmentChange| match &change.fact {
        AdjustedFact::Goal(text) if change.subject.named == Some(own) => Some(text),
        _ => None,
    };
    let dated = adjustments.filter_map(|one| Some((one.date.as_ref()?.value.in_year(day.year), one)));
    let goals = dated.filter(|(on, _)| *on <= day);
    let goals = goals.flat_map(|(on, one)| one.changes.iter().filter_map(adjusted).map(move |text| (on, text)));
    let last = goals.max_by_key(|(on, _)| *on).map(|(_, text)| text);
    last.or(project.goal()).map(|text| text.value.to_string()).unwrap_or_default()
}

impl FilledProject<'_> {
    /// What was written of a kind, one below the other.
    pub fn said(&self, kind: ReportTextKind) -> String {
        let texts = self.texts.iter().filter(|(one, _)| *one == kind).map(|(_, text)| *text);
        texts.collect::<Vec<_>>().join("\n")
    }

    /// How the result is applied.
    pub fn applied(&self) -> String {
        applied(self.uses.iter().copied())
    }

    pub fn score(&self) -> Option<&ProjectScore> {
        match &self.reckoned {
            Reckoned::Scored(score) => Some(score),
            Reckoned::Standing(_) => None,
        }
    }

    pub fn standing(&self) -> Option<&MonitoredProject> {
        match &self.reckoned {
            Reckoned::Scored(_) => None,
            Reckoned::Standing(standing) => Some(standing),
        }
    }

    /// A row of points; none at a checkpoint.
    pub fn row(&self, index: usize) -> Option<&IndicatorRow> {
        self.score()?.rows.get(index)
    }

    /// An indicator at a checkpoint; none at the end of the year.
    pub fn indicator_standing(&self, index: usize) -> Option<&MonitoredIndicator> {
        self.standing()?.indicators.get(index)
    }

    /// A value that follows from other facts, as it is said; none where it is reported.
    pub fn computed(&self, index: usize) -> Option<&str> {
        Some(&self.report.reports.get(index)?.computed.as_ref()?.said)
    }

    /// Points with the decimals of the standard; `—` where there are none.
    pub fn points(&self, points: Option<&Exact>) -> String {
        let places = Rounding::of(&self.standard.scoring).map_or(0, |rounding| rounding.places);
        points.map_or_else(|| "—".to_owned(), |points| points.fixed(places))
    }

    /// The total as a cell prints it: with its bounds where a row has no points.
    pub fn total(&self, total: &Total) -> String {
        match &total.points {
            Some(points) => self.points(Some(points)),
            None => format!("—（{}～{}）", self.points(Some(&total.low)), self.points(Some(&total.high))),
        }
    }

    /// The points that the review leaves an indicator: its own, or those of the self-evaluation.
    pub fn reviewed(&self, index: usize) -> Option<Exact> {
        match self.lines.get(index).and_then(|lines| lines.review) {
            Some(given) => Some(given.points.value.into()),
            None => self.row(index)?.points.rounded.clone(),
        }
    }

    /// The total after the review.
    pub fn reviewed_total(&self) -> Option<Total> {
        let score = self.score()?;
        let with = |index: usize, row: &IndicatorRow| match self.lines.get(index).and_then(|lines| lines.review) {
            Some(given) => {
                Points { rounded: Some(given.points.value.into()), none: None::<NoPoints>, ..Points::default() }
            }
            None => row.points.clone(),
        };
        let of_rows: Vec<Points> = score.rows.iter().enumerate().map(|(index, row)| with(index, row)).collect();
        let execution = score.execution.weight.as_ref().map(|weight| (&weight.value, &score.execution.points));
        let rows = score.weights.iter().map(Option::as_ref).zip(&of_rows);
        let rows: Vec<ScoredRow<'_>> = rows
            .map(|(weight, points)| ScoredRow { weight, points })
            .chain(execution.map(|(weight, points)| ScoredRow { weight: Some(weight), points }))
            .collect();
        Some(total(&rows, &self.standard.scoring))
    }
}

/// `整改：九月底前补齐制度。`, one below the other.
pub(super) fn applied<'a>(uses: impl Iterator<Item = &'a ResultUse>) -> String {
    let one = |one: &ResultUse| match &one.note {
        Some(note) => format!("{}：{}", one.kind.value, note.value),
        None => one.kind.value.to_string(),
    };
    uses.map(one).collect::<Vec<_>>().join("\n")
}
