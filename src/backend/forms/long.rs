//! The year as one long table: a row a value and checkpoint, of all departments, each with the line that it stands in.

use super::{AskedForms, FilledProject, YearDocument, documents};
use crate::backend::Scope;
use crate::language::Keyword;
use crate::model::standard::year_form::YearForm;
use crate::model::target::Target;
use crate::model::{Model, print, written};
use crate::score::{Light, Reached, money_written};
use crate::source::{Sources, Span};

/// A row. What is not known is blank.
#[derive(Clone, Debug, Default)]
pub(in crate::backend) struct LongRow {
    year: String,
    department: String,
    project: String,
    /// Blank for the money of the project.
    indicator: String,
    /// `6月底`; 自评 and 复核 for the year.
    checkpoint: String,
    target: String,
    actual: String,
    unit: String,
    light: String,
    weight: String,
    points: String,
    /// Path and line.
    place: String,
}

impl LongRow {
    pub const HEADINGS: [&'static str; 12] =
        ["年度", "部门", "项目", "指标", "节点", "目标", "完成", "单位", "灯", "分值", "得分", "依据行"];

    pub fn cells(self) -> [String; 12] {
        let Self {
            year,
            department,
            project,
            indicator,
            checkpoint,
            target,
            actual,
            unit,
            light,
            weight,
            points,
            place,
        } = self;
        [year, department, project, indicator, checkpoint, target, actual, unit, light, weight, points, place]
    }
}

/// The rows of the forms that are asked for: each checkpoint and each year once, whatever its form.
pub(in crate::backend) fn long_rows<'a>(
    model: &'a Model,
    scope: Scope,
    asked: AskedForms<'a>,
) -> impl Iterator<Item = LongRow> + 'a {
    let mut last = None;
    // Documents stand by department, those of one year beside each other.
    documents(model, scope, asked).flat_map(move |document| {
        let kind = match document.form {
            YearForm::Monitoring => Keyword::Monitoring,
            YearForm::SelfEvaluation | YearForm::Department | YearForm::Transfer => Keyword::SelfEvaluation,
            YearForm::Review => Keyword::Review,
            YearForm::Report | YearForm::Overview => return Vec::new(),
        };
        let at = document.at.map(|at| at.in_year(document.year()));
        let is_new = last != Some((document.department, kind, at));
        last = Some((document.department, kind, at));
        if is_new { rows(&document, asked.sources) } else { Vec::new() }
    })
}

fn rows(document: &YearDocument<'_>, sources: &Sources) -> Vec<LongRow> {
    let has_whole = matches!(document.form, YearForm::SelfEvaluation | YearForm::Department);
    let whole = has_whole.then(|| document.whole()).flatten();
    let all = document.filled().into_iter().chain(whole);
    all.flat_map(|one| of_project(document, &one, sources)).collect()
}

fn of_project(document: &YearDocument<'_>, one: &FilledProject<'_>, sources: &Sources) -> Vec<LongRow> {
    let checkpoint = match (document.at, document.form) {
        (Some(at), _) => at.to_string(),
        (None, YearForm::Review) => word(Keyword::Review),
        (None, _) => word(Keyword::SelfEvaluation),
    };
    let common = LongRow {
        year: if one.year == 0 { String::new() } else { one.year.to_string() },
        department: document.department.map(|id| document.model[id].name.value.to_string()).unwrap_or_default(),
        project: one.project.name.value.to_string(),
        checkpoint,
        ..LongRow::default()
    };
    let is_review = document.form == YearForm::Review;
    let money = (!is_review).then(|| of_money(&common, one, sources));
    let indicators =
        (0..one.in_force.indicators.len()).filter(|index| !is_review || one.lines[*index].review.is_some());
    money.into_iter().chain(indicators.map(|index| of_indicator(&common, one, index, is_review, sources))).collect()
}

fn of_money(common: &LongRow, one: &FilledProject<'_>, sources: &Sources) -> LongRow {
    let money = one.money().swap_remove(0);
    let amount =
        |exact: Option<&crate::score::Exact>| exact.map(|exact| money_written(exact, one.standard)).unwrap_or_default();
    let execution = one.score().map(|score| &score.execution);
    let points = execution.and_then(|one| one.points.rounded.as_ref());
    LongRow {
        target: amount(money.budget.as_ref()),
        actual: amount(money.spent.as_ref()),
        unit: one.standard.money_unit_name(),
        light: one.standing().map(|standing| light(standing.money.light)).unwrap_or_default(),
        weight: execution.and_then(|one| one.weight.as_ref()).map(|one| one.written.clone()).unwrap_or_default(),
        points: points.map(|points| one.points(Some(points))).unwrap_or_default(),
        place: one.spent.map(|line| place(line.span, sources)).unwrap_or_default(),
        ..common.clone()
    }
}

fn of_indicator(
    common: &LongRow,
    one: &FilledProject<'_>,
    index: usize,
    is_review: bool,
    sources: &Sources,
) -> LongRow {
    let in_force = &one.in_force.indicators[index];
    let target = &in_force.target.value;
    let (target, unit) = match target {
        Target::Quantity { quantity, comparator } => {
            let sign = comparator.map(|comparator| format!("{} ", comparator.sign())).unwrap_or_default();
            (format!("{sign}{}", quantity.value), quantity.written_unit(one.standard))
        }
        other => (written::target(other, one.standard), String::new()),
    };
    let reached = one.row(index).map(|row| &row.reached);
    let reached = reached.or(one.indicator_standing(index).map(|standing| &standing.reached));
    let lines = one.lines[index];
    let actual = match (one.computed(index), reached, lines.reached) {
        (Some(computed), ..) => computed.strip_suffix(&*unit).unwrap_or(computed).to_owned(),
        (None, Some(Reached::Number(figure)), _) => figure.written.clone(),
        (None, _, Some(line)) => print::actual(&line.value.actual, one.standard),
        (None, _, None) => String::new(),
    };
    let standing = one.indicator_standing(index);
    let own = one.row(index).and_then(|row| row.points.rounded.clone());
    let points = if is_review { one.reviewed(index) } else { own };
    let review = lines.review.filter(|_| is_review).map(|given| given.span);
    let line = review.or(lines.reached.filter(|_| !is_review).map(|line| line.span));
    LongRow {
        indicator: in_force.indicator.name.value.to_string(),
        target,
        actual,
        unit,
        light: standing.map(|standing| light(standing.light.light)).unwrap_or_default(),
        weight: in_force.weight.as_ref().map(|weight| weight.written.clone()).unwrap_or_default(),
        points: points.as_ref().map(|points| one.points(Some(points))).unwrap_or_default(),
        place: line.map(|span| place(span, sources)).unwrap_or_default(),
        ..common.clone()
    }
}

/// The word of a light alone; blank where there is none.
fn light(light: Light) -> String {
    match light {
        Light::Lit(colour) => colour.word().to_owned(),
        Light::Grey(_) | Light::Unruled => String::new(),
    }
}

fn word(keyword: Keyword) -> String {
    crate::language::Block::declared_by(keyword).word().0.to_owned()
}

/// `监控/06月底.jx:12`
fn place(span: Span, sources: &Sources) -> String {
    let source = sources.get(span.file);
    format!("{}:{}", source.path, source.location(span.start).line)
}
