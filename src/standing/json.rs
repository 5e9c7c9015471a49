//! Points and lights for programs. A derivation is the same data that the other outputs print: each number with the place
//! that it comes from.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::Language;
use crate::diagnostic::json::{self, SpanInFile, TOOL, Tool};
use crate::model::standard::Standard;
use crate::model::year::{GivenPoints, LeafPoints, YearSubject};
use crate::score::{
    DerivationStep, Exact, Figure, FigureOrigin, FormulaPiece, Points, Reached, ReviewedProject, ScoredArea,
    ScoredEvaluation, ScoredProject, Total, money_written,
};
use crate::source::Sources;

/// Raised when a key is renamed or removed; new keys do not raise it.
const SCHEMA_VERSION: u32 = 1;

/// Points of departments' projects.
#[derive(Serialize, JsonSchema)]
struct ScoresDocument<'a> {
    schema_version: u32,
    tool: Tool,
    departments: Vec<OfficeScores<'a>>,
}

/// A department; its name is empty for projects outside any.
#[derive(Serialize, JsonSchema)]
pub(super) struct OfficeScores<'a> {
    department: String,
    projects: Vec<ProjectScores<'a>>,
    /// The department as a whole, where it has money or targets as such.
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<ProjectScores<'a>>,
    /// 评价
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evaluations: Vec<EvaluationScores<'a>>,
    /// 区域
    #[serde(skip_serializing_if = "Vec::is_empty")]
    areas: Vec<AreaScores<'a>>,
}

/// 评价
#[derive(Serialize, JsonSchema)]
pub(super) struct EvaluationScores<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    framework: Option<&'a str>,
    leaves: Vec<LeafScore<'a>>,
    #[serde(flatten)]
    sum: ScoreSum,
}

/// A leaf of a framework.
#[derive(Serialize, JsonSchema)]
struct LeafScore<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    points: ScorePoints<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

/// 区域
#[derive(Serialize, JsonSchema)]
pub(super) struct AreaScores<'a> {
    name: &'a str,
    /// `部门.项目`
    members: Vec<String>,
    indicators: Vec<AreaScore<'a>>,
    #[serde(flatten)]
    sum: ScoreSum,
}

/// An indicator of an area.
#[derive(Serialize, JsonSchema)]
struct AreaScore<'a> {
    name: &'a str,
    /// What the members reached together, in the unit of the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    together: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    points: ScorePoints<'a>,
}

/// The sum of printed points; none where a row has none.
#[derive(Serialize, JsonSchema)]
struct ScoreSum {
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
}

/// The points that a reviewer gave.
#[derive(Serialize, JsonSchema)]
pub(super) struct ReviewPoints {
    points: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// A project. Amounts are in the standard's unit of money.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProjectScores<'a> {
    project: String,
    standard: String,
    money_unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<String>,
    /// Spent of the budget, with two decimals of a percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    /// None where the standard does not score execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    execution: Option<ExecutionScore<'a>>,
    indicators: Vec<ScoreLine<'a>>,
    /// The sum of the printed points; none where a row has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    /// The least that the total can be.
    low: String,
    /// The most that it can be.
    high: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    /// The same with the points of a review in their places.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<ScoreSum>,
}

#[derive(Serialize, JsonSchema)]
struct ExecutionScore<'a> {
    weight: String,
    points: ScorePoints<'a>,
}

/// An indicator.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScoreLine<'a> {
    pub name: String,
    pub target: String,
    pub actual: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// Which line of the standard's rules is for such targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<&'static str>,
    pub points: ScorePoints<'a>,
    /// What a reviewer gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewPoints>,
}

/// Points, and how they came about.
#[derive(Serialize, JsonSchema)]
pub(super) struct ScorePoints<'a> {
    /// As they are printed and added up; none where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    /// Before they were cut, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    /// Of the weight, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    steps: Vec<StepLine<'a>>,
    /// Why there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<WithoutPoints>,
}

#[derive(Serialize, JsonSchema)]
struct WithoutPoints {
    reason: String,
    /// The rule that tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
}

/// A line of a derivation: its text, and its pieces from the left.
#[derive(Serialize, JsonSchema)]
pub(super) struct StepLine<'a> {
    /// computed, deviation, state, execution, points, total
    step: &'static str,
    text: String,
    figures: Vec<StepFigure<'a>>,
}

/// A number of a derivation.
#[derive(Serialize, JsonSchema)]
struct StepFigure<'a> {
    written: String,
    /// As a fraction.
    exact: String,
    /// `stated` in a source text, by a `rule` of a standard, or `computed`.
    origin: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<SpanInFile<'a>>,
}

pub(super) fn points<'a>(points: &Points, places: u32, sources: &'a Sources, language: Language) -> ScorePoints<'a> {
    ScorePoints {
        points: points.rounded.as_ref().map(|points| points.fixed(places)),
        exact: points.exact.as_ref().map(Exact::fraction),
        share: points.share.as_ref().map(Exact::fraction),
        steps: points.steps.iter().map(|line| step(line, sources, language)).collect(),
        none: points
            .none
            .as_ref()
            .map(|why| WithoutPoints { reason: why.text().in_language(language).into_owned(), code: why.code() }),
    }
}

pub(super) fn step<'a>(line: &DerivationStep, sources: &'a Sources, language: Language) -> StepLine<'a> {
    let figure = |piece: &FormulaPiece| match piece {
        FormulaPiece::Figure(Figure { value, written, origin }) => {
            let (origin, span) = match origin {
                FigureOrigin::Stated(span) => ("stated", Some(*span)),
                FigureOrigin::Rule(span) => ("rule", Some(*span)),
                FigureOrigin::Computed => ("computed", None),
            };
            let place = span.map(|span| SpanInFile::new(span, sources));
            Some(StepFigure { written: written.clone(), exact: value.fraction(), origin, place })
        }
        FormulaPiece::Sign(_) | FormulaPiece::Words(_) => None,
    };
    StepLine {
        step: line.kind.id(),
        text: line.text(language),
        figures: line.pieces.iter().filter_map(figure).collect(),
    }
}

pub(super) fn review(line: &GivenPoints) -> ReviewPoints {
    ReviewPoints {
        points: line.points.value.to_string(),
        reason: line.reason.as_ref().map(|text| text.value.to_string()),
    }
}

fn sum(total: &Total, places: u32) -> ScoreSum {
    ScoreSum { total: total.points.as_ref().map(|points| points.fixed(places)), grade: total.grade.clone() }
}

/// Points may be given with more decimals than the standard prints.
const PLACES: u32 = 2;

pub(super) fn evaluation<'a>(
    one: &ScoredEvaluation<'a>,
    sources: &'a Sources,
    language: Language,
) -> EvaluationScores<'a> {
    let leaf = |leaf: &crate::score::ScoredLeaf<'a>| LeafScore {
        path: &leaf.line.leaf.value,
        weight: leaf.weight.as_ref().map(|weight| weight.written.clone()),
        points: points(&leaf.points, PLACES, sources, language),
        reason: match &leaf.line.points {
            LeafPoints::Given { reason, .. } => reason.as_ref().map(|text| &*text.value),
            LeafPoints::FromSelfEvaluation => None,
        },
    };
    EvaluationScores {
        date: one.evaluation.date.as_ref().map(|date| date.value.to_string()),
        subject: one.evaluation.subject.as_ref().map(YearSubject::path),
        framework: one.evaluation.framework.as_ref().map(|name| &*name.value),
        leaves: one.leaves.iter().map(leaf).collect(),
        sum: sum(&one.total, PLACES),
    }
}

pub(super) fn area<'a>(one: &ScoredArea<'a>, sources: &'a Sources, language: Language) -> AreaScores<'a> {
    let indicator = |each: &crate::score::AreaRow<'a>| AreaScore {
        name: &each.indicator.name.value,
        together: match &each.row.reached {
            Reached::Number(figure) => Some(figure.written.clone()),
            _ => None,
        },
        weight: each.weight.as_ref().map(|weight| weight.written.clone()),
        points: points(&each.row.points, PLACES, sources, language),
    };
    AreaScores {
        name: &one.area.name.value,
        members: one.members.iter().map(|(member, _)| format!("{}.{}", member.department, member.project)).collect(),
        indicators: one.rows.iter().map(indicator).collect(),
        sum: sum(&one.total, PLACES),
    }
}

pub(super) fn project_scores<'a>(
    (one, reviewed): (&ScoredProject<'_>, Option<&ReviewedProject<'_>>),
    standard: &Standard,
    indicators: Vec<ScoreLine<'a>>,
    sources: &'a Sources,
    language: Language,
) -> ProjectScores<'a> {
    let places = crate::score::Rounding::of(&standard.scoring).map_or(0, |rounding| rounding.places);
    let amount = |figure: &Option<Figure>| figure.as_ref().map(|figure| money_written(&figure.value, standard));
    let (score, total) = (&one.score, &one.score.total);
    ProjectScores {
        project: one.in_force.project.name.value.to_string(),
        standard: standard.name.clone(),
        money_unit: standard.money_unit_name(),
        budget: amount(&score.budget),
        spent: amount(&score.spent),
        rate: score.execution.rate.as_ref().map(Exact::as_percent),
        execution: score.execution.weight.as_ref().map(|weight| ExecutionScore {
            weight: weight.written.clone(),
            points: points(&score.execution.points, places, sources, language),
        }),
        indicators,
        total: total.points.as_ref().map(|points| points.fixed(places)),
        low: total.low.fixed(places),
        high: total.high.fixed(places),
        grade: total.grade.clone(),
        reviewed: reviewed.map(|one| sum(&one.total, places)),
    }
}

pub(super) fn office_scores<'a>(
    department: String,
    (projects, whole): (Vec<ProjectScores<'a>>, Option<ProjectScores<'a>>),
    (evaluations, areas): (Vec<EvaluationScores<'a>>, Vec<AreaScores<'a>>),
) -> OfficeScores<'a> {
    OfficeScores { department, projects, whole, evaluations, areas }
}

pub(super) fn scores(departments: Vec<OfficeScores<'_>>) -> String {
    json::text(&ScoresDocument { schema_version: SCHEMA_VERSION, tool: TOOL, departments })
}

/// Departments at a checkpoint.
#[derive(Serialize, JsonSchema)]
struct LightsDocument<'a> {
    schema_version: u32,
    tool: Tool,
    departments: Vec<OfficeLights<'a>>,
}

/// A department; its name is empty for projects outside any.
#[derive(Serialize, JsonSchema)]
pub(super) struct OfficeLights<'a> {
    pub department: String,
    /// As it is written: `6月底`.
    pub checkpoint: String,
    pub day: String,
    pub projects: Vec<ProjectLights<'a>>,
    /// The department as a whole, where anything is reported of it as such.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<ProjectLights<'a>>,
    /// `项目` or `项目.指标` of which nothing was reported.
    pub missing: Vec<String>,
}

/// A project. Amounts are in the standard's unit of money.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProjectLights<'a> {
    pub project: String,
    pub money_unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spent: Option<String>,
    /// Spent of the budget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// Spent of what is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<String>,
    /// red, yellow, green, blue, grey or none.
    pub money: &'static str,
    /// The worst of its indicators.
    pub goals: &'static str,
    /// What will be spent if it goes on like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<String>,
    /// What its author expects to be spent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    pub steps: Vec<StepLine<'a>>,
    pub indicators: Vec<IndicatorLight<'a>>,
}

/// An indicator at a checkpoint.
#[derive(Serialize, JsonSchema)]
pub(super) struct IndicatorLight<'a> {
    pub name: String,
    pub target: String,
    pub actual: String,
    /// red, yellow, green, blue, grey or none.
    pub light: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepLine<'a>>,
    /// What will be reached if it goes on like this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<String>,
}

pub(super) fn lights(departments: Vec<OfficeLights<'_>>) -> String {
    json::text(&LightsDocument { schema_version: SCHEMA_VERSION, tool: TOOL, departments })
}

/// The JSON Schema of points.
pub fn schema_of_scores() -> String {
    json::schema::<ScoresDocument<'_>>()
}

/// The JSON Schema of lights.
pub fn schema_of_lights() -> String {
    json::schema::<LightsDocument<'_>>()
}
