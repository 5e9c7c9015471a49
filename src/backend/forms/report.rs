//! 评价报告: the skeleton of an evaluation's report. Numbers are filled in; prose that nobody wrote waits to be written.

use super::filled::{self, FilledProject};
use super::{YearDocument, rows};
use crate::backend::official::indicators::{self, TextWidths};
use crate::backend::official::overall::in_chapters;
use crate::backend::official::{CellKind, FormBlock, FormCell, FormTable, standard_of};
use crate::language::TO_FILL_IN;
use crate::model::standard::Standard;
use crate::model::standard::year_form::YearForm;
use crate::model::year::{Evaluation, LeafPoints, NamedThing, ReportTextKind};
use crate::score::{
    Exact, Rounding, ScoreBasis, ScoredEvaluation, ScoredProject, money_written, score_evaluations, score_projects,
    score_whole,
};

/// The evaluations of a scope that tell what they are of.
pub(in crate::backend) fn evaluated<'a>(
    document: &YearDocument<'a>,
) -> impl Iterator<Item = (&'a Evaluation, NamedThing)> {
    let only = document.scope.project();
    let all = document.model.record(document.department).evaluations();
    let named = all.filter_map(|one| Some((one, one.subject.as_ref()?.named?)));
    named.filter(move |(_, named)| only.is_none_or(|only| named.project() == Some(only)))
}

/// The same with their points.
pub(in crate::backend) fn scored<'a>(document: &YearDocument<'a>) -> Vec<(ScoredEvaluation<'a>, NamedThing)> {
    let (model, department) = (document.model, document.department);
    let projects = score_projects(model, department, ScoreBasis::Reported);
    let whole = score_whole(model, department, &projects, ScoreBasis::Reported);
    let all: Vec<&ScoredProject<'_>> = projects.iter().chain(&whole).collect();
    let mut scored = score_evaluations(model, department, &all);
    let wanted = evaluated(document).filter_map(|(one, named)| {
        let place = scored.iter().position(|scored| std::ptr::eq(scored.evaluation, one))?;
        Some((scored.remove(place), named))
    });
    wanted.collect()
}

/// The reports one after the other.
pub(super) fn blocks(document: &YearDocument<'_>) -> Vec<FormBlock> {
    let projects = document.filled();
    let of = |(evaluation, named): (ScoredEvaluation<'_>, NamedThing)| {
        let project = named.project().and_then(|id| projects.iter().find(|one| one.id == id));
        report(document, &evaluation, project)
    };
    scored(document).into_iter().flat_map(of).collect()
}

fn report(
    document: &YearDocument<'_>,
    scored: &ScoredEvaluation<'_>,
    project: Option<&FilledProject<'_>>,
) -> Vec<FormBlock> {
    let evaluation = scored.evaluation;
    let standard = project.map_or_else(|| standard_of(document.model, document.department), |one| one.standard);
    let owner = document.department.map_or("", |id| &*document.model[id].name.value);
    let name = project.map_or(owner, |one| &*one.project.name.value);
    let paragraph = |text: &str| FormBlock::Paragraph { lead: String::new(), text: text.to_owned() };
    let written = |text: String| -> Vec<FormBlock> {
        let text = if text.is_empty() { TO_FILL_IN.0.to_owned() } else { text };
        text.lines().map(paragraph).collect()
    };
    let said = |kind: ReportTextKind| project.map(|one| one.said(kind)).unwrap_or_default();
    let mut chapters = in_chapters(standard);
    let mut blocks =
        vec![FormBlock::Part { ordinal: None, name: format!("{name}{}", standard.label(document.form.word())) }];
    blocks.push(chapters("基本情况"));
    blocks.push(FormBlock::Ordinal(format!("（一）{}", standard.label("项目概况"))));
    blocks.extend(project.map(|one| paragraph(&money_in_words(document, one))));
    blocks.extend(written(
        project.and_then(|one| one.project.purpose()).map_or_else(String::new, |text| text.value.to_string()),
    ));
    blocks.push(FormBlock::Ordinal(format!("（二）{}", standard.label("绩效目标"))));
    let of_department = || document.department.and_then(|id| document.model[id].overall_goal());
    let goal = project.map(|one| one.goal.clone());
    blocks.extend(written(goal.or_else(|| of_department().map(|goal| goal.value.to_string())).unwrap_or_default()));
    blocks.push(chapters("绩效评价工作开展情况"));
    blocks.extend(written(String::new()));
    blocks.push(chapters("综合评价情况及评价结论"));
    blocks.extend(result_in_words(scored, standard).map(|text| paragraph(&text)));
    blocks.extend(written(evaluation.conclusion.as_ref().map_or_else(String::new, |text| text.value.to_string())));
    blocks.push(FormBlock::Table {
        caption: standard.label("综合评价得分").to_owned(),
        table: Box::new(points(scored, standard)),
    });
    blocks.push(chapters("绩效评价指标分析"));
    blocks.extend(written(String::new()));
    blocks.extend(project.and_then(of_indicators).map(|table| FormBlock::Table {
        caption: standard.label(YearForm::SelfEvaluation.word()).to_owned(),
        table: Box::new(table),
    }));
    blocks.push(chapters("主要经验及做法"));
    blocks.extend(written(String::new()));
    blocks.push(chapters("存在的问题及原因分析"));
    blocks.extend(written(said(ReportTextKind::Problem)));
    blocks.push(chapters("有关建议"));
    let advice = [said(ReportTextKind::Improvement), said(ReportTextKind::Suggestion), applied(evaluation)];
    let advice: Vec<String> = advice.into_iter().filter(|text| !text.is_empty()).collect();
    blocks.extend(written(advice.join("\n")));
    blocks
}

/// `年初预算680.00万元，全年预算655.00万元，全年执行629.80万元，预算执行率96.15%。`
fn money_in_words(document: &YearDocument<'_>, one: &FilledProject<'_>) -> String {
    let standard = one.standard;
    let unit = standard.money_unit_name();
    let money = one.money().swap_remove(0);
    let amount = |label: &str, exact: &Option<Exact>| {
        let exact = exact.as_ref()?;
        Some(format!("{}{}{unit}", standard.label(label), money_written(exact, standard)))
    };
    let rate = money.rate(standard).map(|rate| format!("{}{}", standard.label("预算执行率"), rate.as_percent()));
    let owner = document.department.map_or("", |id| &*document.model[id].name.value);
    let whose = (!owner.is_empty()).then(|| format!("{}：{owner}", standard.label("主管部门")));
    let all = [
        whose,
        amount("年初预算", &money.approved),
        amount("全年预算", &money.budget),
        amount("全年执行", &money.spent),
        rate,
    ];
    format!("{}。", all.into_iter().flatten().collect::<Vec<_>>().join("，"))
}

/// `总分88.00，评价等次良。`; none where a leaf has no points, or nothing was scored.
fn result_in_words(scored: &ScoredEvaluation<'_>, standard: &Standard) -> Option<String> {
    let points = printed(Some(scored.total.points.as_ref()?), scored.standard);
    let total = format!("{}{points}", standard.label("总分"));
    let grade = scored.total.grade.as_ref().map(|grade| format!("{}{grade}", standard.label("评价等次")));
    Some(format!("{}。", std::iter::once(total).chain(grade).collect::<Vec<_>>().join("，")))
}

/// Points as they are printed.
fn printed(points: Option<&Exact>, standard: &Standard) -> String {
    let places = Rounding::of(&standard.scoring).map_or(0, |rounding| rounding.places);
    points.map_or_else(|| "—".to_owned(), |points| points.fixed(places))
}

/// The points by the leaves of the framework: why a person gave them, or how they follow from the self-evaluation. Below
/// them their sum, with its bounds where one is not known.
fn points(scored: &ScoredEvaluation<'_>, standard: &Standard) -> FormTable {
    let cell = |kind: CellKind, text: String| FormCell::new(kind, 1, text);
    let heading = ["评价指标", "分值", "得分", "理由"];
    let mut rows = vec![heading.map(|name| cell(CellKind::Heading, standard.label(name).to_owned())).to_vec()];
    let number = |points: Option<&Exact>| printed(points, scored.standard);
    for one in &scored.leaves {
        let reason = match &one.line.points {
            LeafPoints::Given { reason, .. } => reason.as_ref().map(|reason| reason.value.to_string()),
            LeafPoints::FromSelfEvaluation => {
                Some(format!("{}：{}", standard.label("取自自评"), rows::derivation(&one.points)))
            }
        };
        rows.push(vec![
            cell(CellKind::Text, one.line.leaf.value.to_string()),
            cell(CellKind::Number, one.weight.as_ref().map_or_else(|| "—".to_owned(), |weight| weight.written.clone())),
            cell(CellKind::Number, number(one.points.rounded.as_ref())),
            cell(CellKind::Prose, reason.unwrap_or_default()),
        ]);
    }
    let total = &scored.total;
    let bounds = || format!("—（{}～{}）", number(Some(&total.low)), number(Some(&total.high)));
    let sum = if total.points.is_some() || total.low == total.high { number(total.points.as_ref()) } else { bounds() };
    let is_weighted = scored.leaves.iter().all(|leaf| leaf.weight.is_some());
    let weight = if is_weighted { total.weight.plain(WEIGHT_PLACES) } else { "—".to_owned() };
    rows.push(vec![
        cell(CellKind::Heading, standard.label("总分").to_owned()),
        cell(CellKind::Number, weight),
        cell(CellKind::Number, sum),
        cell(CellKind::Prose, String::new()),
    ]);
    measured(rows)
}

/// The most decimals of a sum of weights.
const WEIGHT_PLACES: u32 = 6;

/// The indicators as the self-evaluation printed them.
fn of_indicators(one: &FilledProject<'_>) -> Option<FormTable> {
    rows::table(one, one.standard.forms.get(&YearForm::SelfEvaluation)?, None, false)
}

fn measured(rows: Vec<Vec<FormCell>>) -> FormTable {
    let mut table = FormTable { widths: Vec::new(), heading_rows: 1, rows };
    let mut widths = TextWidths::default();
    widths.add(&table);
    table.widths = widths.widths(indicators::LINE);
    table
}

/// How the result is applied.
fn applied(evaluation: &Evaluation) -> String {
    filled::applied(evaluation.uses.iter())
}
