//! `year.json`: the forms of the year for programs. Every figure is one that a form prints.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::backend::Scope;
use crate::backend::forms::{AskedForms, FilledProject, MoneyRow, YearDocument, documents, order, scored};
use crate::diagnostic::json::{self, SpanInFile, TOOL, Tool};
use crate::model::standard::year_form::YearForm;
use crate::model::year::{Deviation, LeafPoints, NamedThing, ReportTextKind};
use crate::model::{Model, print, written};
use crate::score::{Exact, Light, Rounding, ScoredEvaluation, ScoredLeaf, money_written};
use crate::source::Sources;

/// Raised when a key is renamed or removed; new keys do not raise it.
const SCHEMA_VERSION: u32 = 1;

/// The forms of the year.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FormsDocument<'a> {
    schema_version: u32,
    tool: Tool,
    /// Department by department.
    forms: Vec<FormOut<'a>>,
}

/// A form of a department.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Form")]
pub(super) struct FormOut<'a> {
    /// monitoring, self_evaluation, department, transfer, review, report
    form: &'static str,
    title: &'a str,
    /// None for what lies outside departments.
    department: Option<&'a str>,
    year: Option<u16>,
    /// Of monitoring: as it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    checkpoint: Option<String>,
    /// The day that it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    projects: Vec<FilledOut<'a>>,
    /// Of a report.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evaluations: Vec<EvaluationOut<'a>>,
}

/// A project. Amounts are in its unit of money; what is not known is left out.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FilledForm")]
struct FilledOut<'a> {
    name: &'a str,
    code: Option<&'a str>,
    standard: &'a str,
    money_unit: String,
    /// The total, then the fund sources.
    money: Vec<MoneyOut>,
    goal: String,
    /// How the goal stands.
    overall: String,
    indicators: Vec<FilledIndicatorOut<'a>>,
    /// The points for execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_points: Option<String>,
    /// The sum of the printed points; none where a row has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<String>,
    /// After the review.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_total: Option<String>,
    /// red, yellow, green, blue, grey or none: of the money.
    #[serde(skip_serializing_if = "Option::is_none")]
    money_light: Option<&'static str>,
    conclusion: String,
    problems: String,
    improvements: String,
    suggestions: String,
    applied: String,
}

/// A row of money.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FormMoney")]
struct MoneyOut {
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// Nobody stated what is expected: it follows from the pace.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    expected_is_computed: bool,
}

/// An indicator of a form.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FormIndicator")]
struct FilledIndicatorOut<'a> {
    category: Option<String>,
    name: &'a str,
    /// As it was approved.
    approved: String,
    /// In force.
    target: String,
    /// As the form prints it.
    actual: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// What it comes to if it goes on like this, in the unit of the target.
    #[serde(skip_serializing_if = "Option::is_none")]
    forecast: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<String>,
    /// Of the weight, as a fraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    light: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    likelihood: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deviations: Vec<CauseOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed_points: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    review_reason: Option<&'a str>,
    /// The line that states what was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<SpanInFile<'a>>,
}

/// Why a value deviates.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FormCause")]
struct CauseOut<'a> {
    kind: Option<&'a str>,
    text: Option<&'a str>,
}

/// An evaluation.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FormEvaluation")]
struct EvaluationOut<'a> {
    /// None for the department.
    project: Option<&'a str>,
    framework: Option<&'a str>,
    conclusion: Option<&'a str>,
    points: Vec<LeafOut<'a>>,
    /// The sum; none where a leaf has no points.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<String>,
    /// None where the weights do not add up to a hundred.
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'a str>,
}

/// A leaf of a framework.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FormLeaf")]
struct LeafOut<'a> {
    leaf: &'a str,
    /// What all of it earns; none where the framework leaves it open.
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<&'a str>,
    /// Given, or computed from the self-evaluation; none where that has none.
    points: Option<String>,
    /// They are taken from the self-evaluation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    taken_over: bool,
    reason: Option<&'a str>,
}

/// Writes the forms that are asked for.
pub(super) fn write(out: &mut dyn Write, model: &Model, scope: Scope, asked: AskedForms<'_>) -> io::Result<()> {
    let documents: Vec<YearDocument<'_>> = documents(model, scope, asked).collect();
    let filled: Vec<Vec<FilledProject<'_>>> = documents.iter().map(all).collect();
    let of_reports = |document: &YearDocument<'_>| document.form == YearForm::Report;
    let evaluated: Vec<_> =
        documents.iter().map(|document| if of_reports(document) { scored(document) } else { Vec::new() }).collect();
    let parts = documents.iter().zip(&filled).zip(&evaluated);
    let forms = parts.map(|((document, filled), evaluated)| form(document, filled, evaluated, asked.sources)).collect();
    json::write(&FormsDocument { schema_version: SCHEMA_VERSION, tool: TOOL, forms }, out)
}

/// The projects of a form; before those of a department stands the department as a whole.
fn all<'a>(document: &YearDocument<'a>) -> Vec<FilledProject<'a>> {
    let whole = (document.form == YearForm::Department).then(|| document.whole()).flatten();
    whole.into_iter().chain(document.filled()).collect()
}

fn form<'a>(
    document: &'a YearDocument<'_>,
    filled: &'a [FilledProject<'_>],
    evaluated: &'a [(ScoredEvaluation<'_>, NamedThing)],
    sources: &'a Sources,
) -> FormOut<'a> {
    let year = Some(document.year()).filter(|year| *year > 0);
    FormOut {
        form: document.form.english(),
        title: &document.title,
        department: document.department.map(|id| &*document.model[id].name.value),
        year,
        checkpoint: document.at.map(|at| at.to_string()),
        day: document.at.map(|at| at.in_year(document.year()).to_string()),
        projects: filled.iter().map(|one| project(document.form, one, sources)).collect(),
        evaluations: evaluations(evaluated, filled),
    }
}

fn project<'a>(form: YearForm, one: &'a FilledProject<'_>, sources: &'a Sources) -> FilledOut<'a> {
    let score = one.score();
    let printed = |exact: &Exact| one.points(Some(exact));
    let is_review = form == YearForm::Review;
    let reviewed = is_review.then(|| one.reviewed_total()).flatten();
    let grade = match &reviewed {
        Some(total) => total.grade.clone(),
        None => score.and_then(|score| score.total.grade.clone()),
    };
    FilledOut {
        name: &one.project.name.value,
        code: one.project.code.as_ref().map(|code| &*code.value),
        standard: &one.standard.name,
        money_unit: one.standard.money_unit_name(),
        money: one.money().iter().map(|row| money(row, one)).collect(),
        goal: one.goal.clone(),
        overall: one.said(ReportTextKind::Overall),
        indicators: order(one).into_iter().map(|index| indicator(one, index, is_review, sources)).collect(),
        execution_points: score.and_then(|score| score.execution.points.rounded.as_ref()).map(printed),
        total: score.and_then(|score| score.total.points.as_ref()).map(printed),
        grade,
        reviewed_total: reviewed.as_ref().and_then(|total| total.points.as_ref()).map(printed),
        money_light: one.standing().map(|standing| light(standing.money.light)),
        conclusion: one.said(ReportTextKind::Conclusion),
        problems: one.said(ReportTextKind::Problem),
        improvements: one.said(ReportTextKind::Improvement),
        suggestions: one.said(ReportTextKind::Suggestion),
        applied: one.applied(),
    }
}

fn money(row: &MoneyRow, one: &FilledProject<'_>) -> MoneyOut {
    let amount = |exact: &Option<Exact>| exact.as_ref().map(|exact| money_written(exact, one.standard));
    MoneyOut {
        label: row.label(one.standard),
        approved: amount(&row.approved),
        budget: amount(&row.budget),
        spent: amount(&row.spent),
        rate: row.rate(one.standard).map(|rate| rate.as_percent()),
        expected: row.expected.as_ref().map(|(expected, _)| money_written(expected, one.standard)),
        expected_is_computed: row.expected.as_ref().is_some_and(|(_, is_computed)| *is_computed),
    }
}

fn indicator<'a>(
    one: &'a FilledProject<'_>,
    index: usize,
    is_review: bool,
    sources: &'a Sources,
) -> FilledIndicatorOut<'a> {
    let in_force = &one.in_force.indicators[index];
    let standard = one.standard;
    let (lines, row, standing) = (one.lines[index], one.row(index), one.indicator_standing(index));
    let reached = lines.reached;
    let deviation = |one: &'a Deviation| CauseOut {
        kind: one.kind.as_ref().map(|kind| &*kind.value),
        text: one.text.as_ref().map(|text| &*text.value),
    };
    let texts = |all: &'a [crate::model::Text]| all.iter().map(|text| &*text.value).collect();
    FilledIndicatorOut {
        category: in_force.indicator.category.map(|id| standard.category_path(id)),
        name: &in_force.indicator.name.value,
        approved: written::target(&in_force.indicator.target.value, standard),
        target: written::target(&in_force.target.value, standard),
        actual: one
            .computed(index)
            .map(str::to_owned)
            .or_else(|| reached.map(|line| print::actual(&line.value.actual, standard))),
        expected: reached.and_then(|line| line.expected.as_ref()).map(|value| print::actual(&value.actual, standard)),
        forecast: standing.and_then(|standing| standing.forecast.as_ref()).map(|figure| figure.written.clone()),
        weight: in_force.weight.as_ref().map(|weight| weight.written.clone()),
        points: row.and_then(|row| row.points.rounded.as_ref()).map(|points| one.points(Some(points))),
        share: row.and_then(|row| row.points.share.as_ref()).map(Exact::fraction),
        light: standing.map(|standing| light(standing.light.light)),
        likelihood: reached.and_then(|line| line.likelihood.as_ref()).map(|word| &*word.value),
        deviations: reached.map(|line| line.deviations.iter().map(deviation).collect()).unwrap_or_default(),
        measures: reached.map(|line| texts(&line.measures)).unwrap_or_default(),
        evidence: reached.map(|line| texts(&line.evidence)).unwrap_or_default(),
        reviewed_points: one.reviewed(index).filter(|_| is_review).map(|points| one.points(Some(&points))),
        review_reason: lines.review.and_then(|given| given.reason.as_ref()).map(|reason| &*reason.value),
        place: reached.map(|line| SpanInFile::new(line.span, sources)),
    }
}

fn evaluations<'a>(
    scored: &'a [(ScoredEvaluation<'_>, NamedThing)],
    filled: &'a [FilledProject<'_>],
) -> Vec<EvaluationOut<'a>> {
    let one = |(scored, named): &'a (ScoredEvaluation<'_>, NamedThing)| {
        let project = named.project().and_then(|id| filled.iter().find(|one| one.id == id));
        let places = Rounding::of(&scored.standard.scoring).map_or(0, |rounding| rounding.places);
        let number = |points: &Exact| points.fixed(places);
        let leaf = |leaf: &'a ScoredLeaf<'_>| {
            let (taken_over, reason) = match &leaf.line.points {
                LeafPoints::Given { reason, .. } => (false, reason.as_ref()),
                LeafPoints::FromSelfEvaluation => (true, None),
            };
            LeafOut {
                leaf: &leaf.line.leaf.value,
                weight: leaf.weight.as_ref().map(|weight| weight.written.as_str()),
                points: leaf.points.rounded.as_ref().map(number),
                taken_over,
                reason: reason.map(|reason| &*reason.value),
            }
        };
        let evaluation = scored.evaluation;
        EvaluationOut {
            project: project.map(|one| &*one.project.name.value),
            framework: evaluation.framework.as_ref().map(|name| &*name.value),
            conclusion: evaluation.conclusion.as_ref().map(|text| &*text.value),
            points: scored.leaves.iter().map(leaf).collect(),
            total: scored.total.points.as_ref().map(number),
            grade: scored.total.grade.as_deref(),
        }
    };
    scored.iter().map(one).collect()
}

fn light(light: Light) -> &'static str {
    match light {
        Light::Lit(colour) => colour.english(),
        Light::Grey(_) => "grey",
        Light::Unruled => "none",
    }
}
