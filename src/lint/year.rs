//! The rules of the year: what a reviewer finds in adjustments, monitoring and self-evaluation.
//!
//! What they look at is computed once a department, and only where something was reported: points, lights, and the lines
//! that they rest on.

pub(super) mod actuals_copied;
pub(super) mod all_full_scores;
pub(super) mod area_sum_differs;
pub(super) mod budget_fitted;
pub(super) mod closing_cell_empty;
pub(super) mod computed_differs;
pub(super) mod dates_contradict;
pub(super) mod decimals_of_scores;
pub(super) mod department_and_project_differ;
pub(super) mod deviation_without_kind;
pub(super) mod evidence_missing;
pub(super) mod excess_unexplained;
pub(super) mod execution_above_budget;
pub(super) mod execution_balance;
pub(super) mod expected_out_of_pace;
pub(super) mod full_score_for_missed;
pub(super) mod fund_overspent;
pub(super) mod goal_copied;
pub(super) mod judged_score_missing;
pub(super) mod judgement_and_forecast;
pub(super) mod judgement_and_light;
pub(super) mod levels_differ;
pub(super) mod low_execution;
pub(super) mod missed_without_reason;
pub(super) mod missing_actual;
pub(super) mod money_changed_alone;
pub(super) mod monitoring_row;
pub(super) mod no_budget;
pub(super) mod no_ratio_target;
pub(super) mod period_below_year;
pub(super) mod period_missed;
pub(super) mod praise_for_poor;
pub(super) mod reached_but_deducted;
pub(super) mod reason_without_deviation;
pub(super) mod reason_without_measure;
pub(super) mod red_twice;
pub(super) mod relaxed_after_warning;
pub(super) mod report_late;
pub(super) mod report_missing;
pub(super) mod result_unused;
pub(super) mod sample_missing;
pub(super) mod score_above_weight;
pub(super) mod score_differs;
pub(super) mod score_out_of_band;
pub(super) mod score_weights;
pub(super) mod score_without_money;
pub(super) mod slow_spending;
pub(super) mod spending_falls;
pub(super) mod stated_grade_differs;
pub(super) mod stated_sum_differs;
pub(super) mod unplanned_fund;
pub(super) mod vague_reason;
pub(super) mod value_falls;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Diagnostic, Safety, texts};
use crate::language::{Field, TO_FILL_IN};
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::model::year::{Execution, ReachedValue, ReportText, ReportTextKind, Snapshot, SnapshotKind};
use crate::model::{DepartmentId, Project, YearRecord};
use crate::score::{
    Exact, InForce, IndicatorRow, Light, MonitoredIndicator, ScoreBasis, ScoredProject, StandingProject, checkpoints,
    monitor_projects, monitor_whole, score_projects, score_whole,
};
use crate::source::Span;
use crate::syntax::vocabulary::{Block, quoted, written_name};

/// A department's year, or that of the projects outside any.
pub struct ReportedYear<'a> {
    pub context: &'a Context<'a>,
    pub department: Option<DepartmentId>,
    pub record: &'a YearRecord,
    /// The fiscal year.
    pub year: u16,
    /// None where there is no self-evaluation.
    pub evaluation: Option<EvaluatedYear<'a>>,
    /// Those of which something was reported, in the order of their days.
    pub checkpoints: Vec<WatchedCheckpoint<'a>>,
    /// Projects of which the money or the indicators were not understood: what they lack may be what was lost, and they are
    /// not among the others.
    pub unread: Vec<Span>,
}

/// The self-evaluation.
pub struct EvaluatedYear<'a> {
    pub projects: Vec<ScoredProject<'a>>,
    /// The department as a whole, where anything is reported of it as such.
    pub whole: Option<ScoredProject<'a>>,
    /// Its head.
    pub span: Span,
}

/// A checkpoint, which may be split over several files.
pub struct WatchedCheckpoint<'a> {
    pub day: Day,
    pub projects: Vec<StandingProject<'a>>,
    /// The department as a whole, where anything is reported of it as such.
    pub whole: Option<StandingProject<'a>>,
    /// The head of the first file.
    pub span: Span,
}

/// An indicator in the self-evaluation.
pub struct EvaluatedRow<'a> {
    pub project: &'a Project,
    pub standard: &'a Standard,
    pub in_force: &'a InForce<'a>,
    pub row: &'a IndicatorRow,
    /// None where nothing was reported.
    pub line: Option<&'a ReachedValue>,
}

/// An indicator at a checkpoint.
#[derive(Clone, Copy)]
pub struct WatchedRow<'a> {
    pub at: &'a WatchedCheckpoint<'a>,
    pub project: &'a Project,
    pub standard: &'a Standard,
    pub in_force: &'a InForce<'a>,
    pub standing: &'a MonitoredIndicator,
    /// None where nothing was reported.
    pub line: Option<&'a ReachedValue>,
}

impl<'a> ReportedYear<'a> {
    /// None where nothing happened yet.
    pub fn of(context: &'a Context<'a>, department: Option<DepartmentId>) -> Option<Self> {
        let record = context.record(department);
        if record.occasions.is_empty() {
            return None;
        }
        let year = department.and_then(|id| context[id].year.as_ref())?.value;
        let is_read = |project: &Project| {
            let damage = project.damage;
            !(damage.head || damage.budget || damage.indicators)
        };
        let of_year = |one: &&Snapshot| one.kind == SnapshotKind::SelfEvaluation;
        let evaluation = record.snapshots().find(of_year).map(|first| {
            let mut projects = score_projects(context, department, ScoreBasis::Reported);
            let whole = score_whole(context, department, &projects, ScoreBasis::Reported);
            projects.retain(|one| is_read(one.in_force.project));
            EvaluatedYear { projects, whole: whole.filter(|one| one.report.is_made()), span: first.span }
        });
        let watched = |date: Date| {
            let day = date.in_year(year);
            let is_of = move |one: &&Snapshot| {
                one.kind == SnapshotKind::Monitoring
                    && one.checkpoint.as_ref().is_some_and(|one| one.value.in_year(year) == day)
            };
            let span = record.snapshots().find(is_of)?.span;
            let whole = monitor_whole(context, department, date).filter(|one| one.report.is_made());
            let mut projects = monitor_projects(context, department, date);
            projects.retain(|one| is_read(one.in_force.project));
            Some(WatchedCheckpoint { day, projects, whole, span })
        };
        let unread = context.projects_of(department).filter(|(_, project)| !is_read(project));
        let unread = unread.map(|(_, project)| project.span).collect();
        let checkpoints = checkpoints(context, department).into_iter().filter_map(watched).collect();
        Some(Self { context, department, record, year, evaluation, checkpoints, unread })
    }

    /// Whether a line that is not there may be one that was not understood.
    pub fn may_be_unread<T>(&self, line: Option<T>) -> bool {
        line.is_none() && self.record.is_partly_unread()
    }

    /// That of the projects; none where there are none.
    pub fn standard(&self) -> Option<&'a Standard> {
        let first = self.evaluation.as_ref().and_then(|one| one.projects.first()).map(|one| one.in_force.project);
        let watched = || self.checkpoints.first()?.projects.first().map(|one| one.in_force.project);
        let of_department = || self.department.map(|id| self.context[id].standard);
        let of_projects = first.or_else(watched).map(|project| project.standard.declared());
        of_projects.or_else(of_department).map(|id| &self.context[id])
    }

    /// A finding with the offer to put a deviation into the line that lacks one. What it was, its author has to fill in: the
    /// kind offered is the last, where lists of kinds hold the others.
    fn with_deviation(&self, finding: Diagnostic, line: Span, block: Block, standard: &Standard) -> Diagnostic {
        let field = Field::CompletionDeviation.name;
        let blank = quoted(if self.context.is_in_english(line) { TO_FILL_IN.1 } else { TO_FILL_IN.0 });
        let value = match standard.monitoring.deviation_kinds.last() {
            Some(kind) => format!("{} {blank}", written_name(kind)),
            None => blank,
        };
        let edits = self.context.state_of_line(line, block, field, &value);
        finding.edits(texts::insert(format!("{field} {value}")), Safety::Suggested, edits)
    }

    /// Every indicator in force at the end of the year, where there is a self-evaluation.
    pub fn evaluated(&self) -> impl Iterator<Item = EvaluatedRow<'_>> {
        self.evaluation.iter().flat_map(move |evaluation| {
            evaluation.all().flat_map(move |project| {
                let rows = project.in_force.indicators.iter().zip(&project.score.rows).zip(&project.report.reports);
                rows.map(move |((in_force, row), report)| EvaluatedRow {
                    project: project.in_force.project,
                    standard: &self.context[project.in_force.project.standard],
                    in_force,
                    row,
                    line: report.line,
                })
            })
        })
    }

    /// Every indicator in force at each checkpoint.
    pub fn watched(&self) -> impl Iterator<Item = WatchedRow<'_>> {
        self.checkpoints.iter().flat_map(move |at| {
            at.all().flat_map(move |project| {
                let rows = project.in_force.indicators.iter().zip(&project.standing.indicators);
                rows.zip(&project.report.reports).map(move |((in_force, standing), report)| WatchedRow {
                    at,
                    project: project.in_force.project,
                    standard: &self.context[project.in_force.project.standard],
                    in_force,
                    standing,
                    line: report.line,
                })
            })
        })
    }

    /// What was said of the money of each project: at the checkpoints, then in the self-evaluation.
    pub fn executions(&self) -> impl Iterator<Item = (&Project, &'a Execution)> {
        let watched = self
            .checkpoints
            .iter()
            .flat_map(|at| at.all().filter_map(|project| Some((project.in_force.project, project.report.line?))));
        let evaluated = self.evaluation.iter().flat_map(|evaluation| {
            evaluation.all().filter_map(|project| Some((project.in_force.project, project.report.line?)))
        });
        watched.chain(evaluated)
    }
}

impl<'a> EvaluatedYear<'a> {
    /// The projects, and the department as a whole.
    pub fn all(&self) -> impl Iterator<Item = &ScoredProject<'a>> {
        self.projects.iter().chain(&self.whole)
    }
}

impl<'a> WatchedCheckpoint<'a> {
    /// The projects, and the department as a whole.
    pub fn all(&self) -> impl Iterator<Item = &StandingProject<'a>> {
        self.projects.iter().chain(&self.whole)
    }
}

impl EvaluatedRow<'_> {
    /// The project and the indicator, as a line of the year names them.
    pub fn path(&self) -> String {
        self.project.path_to(&self.in_force.indicator.name.value)
    }

    /// Whether what was reached meets the target; none where that is not known.
    pub fn is_met(&self) -> Option<bool> {
        self.row.points.is_met.or_else(|| self.row.goal.is_met(&self.row.reached))
    }

    /// The points that the line states.
    pub fn given(&self) -> Option<Exact> {
        self.line?.points.as_ref().map(|points| points.value.into())
    }

    pub fn weight(&self) -> Option<&Exact> {
        self.in_force.weight.as_ref().map(|weight| &weight.value)
    }
}

impl WatchedRow<'_> {
    pub fn path(&self) -> String {
        self.project.path_to(&self.in_force.indicator.name.value)
    }

    /// The colour, where it has one.
    pub fn colour(&self) -> Option<LightColour> {
        colour(&self.standing.light.light)
    }
}

fn colour(light: &Light) -> Option<LightColour> {
    match light {
        Light::Lit(colour) => Some(*colour),
        Light::Grey(_) | Light::Unruled => None,
    }
}

/// Whether a light asks for something to be done.
fn is_warning(colour: Option<LightColour>) -> bool {
    matches!(colour, Some(LightColour::Red | LightColour::Yellow))
}

/// Where the points of a line stand, else the line.
fn points_span(line: &ReachedValue) -> Span {
    line.points.as_ref().map_or(line.span, |points| points.span)
}

/// Whether a reason says that the same was had for less money.
fn tells_of_saving(reason: &str, standard: &Standard) -> bool {
    standard.words("节约用语").words().iter().any(|word| reason.contains(word.as_str()))
}

/// Whether a grade lies in the lower half of its scale.
fn is_poor(grade: &str, standard: &Standard) -> bool {
    let grades = &standard.scoring.grades;
    grades.iter().position(|one| one.name == grade).is_some_and(|place| place >= grades.len().div_ceil(2))
}

/// What a text of the self-evaluation states of the result of a project.
struct StatedResult<'y, 'a> {
    project: &'y ScoredProject<'a>,
    line: &'a ReportText,
    /// What stands behind the word for it.
    rest: &'a str,
}

/// The results that texts state behind a word of a list, where a sentence or a part of one begins with the word.
fn stated_results<'y, 'a>(year: &'y ReportedYear<'a>, list: &str) -> Vec<StatedResult<'y, 'a>> {
    let Some(evaluation) = &year.evaluation else { return Vec::new() };
    let texts = year.record.snapshots().filter(|one| one.kind == SnapshotKind::SelfEvaluation);
    let texts = texts.flat_map(|one| &one.texts);
    let of_results = texts.filter(|one| matches!(one.kind, ReportTextKind::Overall | ReportTextKind::Conclusion));
    let mut stated = Vec::new();
    for line in of_results {
        let id = line.subject.named.and_then(|named| named.holder(year.context, year.department));
        let Some(project) = evaluation.all().find(|one| Some(one.id) == id) else { continue };
        let words = year.context[project.in_force.project.standard].words(list).words();
        for part in
            line.text.value.split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '.' | '：' | ':' | '“'))
        {
            if let Some(rest) = words.iter().find_map(|word| part.strip_prefix(word.as_str())) {
                let rest = rest.trim_start_matches(['为', '是', '：', ':', '达', '到', '共', '计']);
                stated.push(StatedResult { project, line, rest });
            }
        }
    }
    stated
}
