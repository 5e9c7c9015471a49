//! A project's form as tables: whose it is, its money, its goal, its indicators, and the cells at the end.

use super::filled::FilledProject;
use super::words::reasons;
use super::{YearDocument, money, rows};
use crate::backend::official::{CellKind, FormBlock, FormCell, FormSheet, FormTable, extra_text};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::standard::year_form::{ClosingCell, FormLayout, MoneyContent, YearColumn, YearForm, meant};
use crate::model::year::ReportTextKind;
use crate::model::{DepartmentId, ExtraField, Model};

/// The parts of a row: a heading, and two halves beside it.
const HEADING: u16 = 5;
const HALF: usize = 12;
/// In the first rows, how many parts a value and the heading behind it take.
const VALUE: usize = 10;
const SECOND: usize = 4;

/// A form of a project.
pub(super) fn block(document: &YearDocument<'_>, one: &FilledProject<'_>) -> FormBlock {
    let month = document.at.map(|at| at.month);
    let name = format!("{}.{}", one.number, one.project.name.value);
    let heading = format!("{name}{}", one.standard.label(document.form.word()));
    let is_monitoring = document.form == YearForm::Monitoring;
    let tables = [
        Some(head(document, one)),
        money::table(one, month),
        why(one),
        goals(one.standard, &one.goal, &one.said(ReportTextKind::Overall), is_monitoring),
        one.layout.and_then(|layout| rows::table(one, layout, month, document.is_wide())),
        one.layout.and_then(|layout| closing(layout, one.standard, |cell| said(document.form, one, cell))),
    ];
    FormBlock::Form(Box::new(FormSheet { name, heading, tables: tables.into_iter().flatten().collect() }))
}

pub(super) fn upright(rows: Vec<Vec<FormCell>>) -> FormTable {
    let mut widths = vec![1; 2 * HALF + 1];
    widths[0] = HEADING;
    FormTable { widths, heading_rows: 0, rows }
}

fn label(columns: usize, text: &str) -> FormCell {
    FormCell::new(CellKind::Heading, columns, text)
}

/// `2025年1—6月`, or `2025年度`; and the unit of money.
pub(super) fn above(year: u16, at: Option<Date>, standard: &Standard) -> Vec<FormCell> {
    let period = match (year, at) {
        (0, None) => String::new(),
        (0, Some(at)) => format!("1—{}月", at.month),
        (year, None) => format!("{year}年度"),
        (year, Some(at)) => format!("{year}年1—{}月", at.month),
    };
    let money = format!("{}：{}", standard.label("金额单位"), standard.money_unit_name());
    vec![FormCell::new(CellKind::Above, HALF + 1, period), FormCell::new(CellKind::Above, HALF, money)]
}

/// Name and code of the project, and who is responsible.
fn head(document: &YearDocument<'_>, one: &FilledProject<'_>) -> FormTable {
    let (project, standard) = (one.project, one.standard);
    let text = |columns: usize, said: &str| FormCell::new(CellKind::Text, columns, said);
    let row = |first: &str, said: &str, second: &str, other: &str| {
        let rest = 2 * HALF - VALUE - SECOND;
        vec![label(1, first), text(VALUE, said), label(SECOND, second), text(rest, other)]
    };
    let [name, number] = [standard.label("项目名称"), standard.label("项目编码")];
    let [owner, user] = [standard.label("主管部门"), standard.label("实施单位")];
    let code = project.code.as_ref().map_or("", |code| &code.value);
    let department = document.department.map_or("", |id| &*document.model[id].name.value);
    let unit = unit_of_account(document.model, document.department, one);
    let own = own_fields(one, user);
    let unit = own.iter().find(|(label, _)| unit.is_empty() && *label == user).map_or(unit, |(_, said)| said.clone());
    let mut rows = vec![
        above(one.year, document.at, standard),
        row(name, &project.name.value, number, code),
        row(owner, department, user, &unit),
    ];
    for pair in own.iter().filter(|(label, _)| *label != user).collect::<Vec<_>>().chunks(2) {
        rows.push(match pair {
            [(first, said), (second, other)] => row(first, said, second, other),
            _ => pair
                .iter()
                .flat_map(|(first, said)| [label(1, first), FormCell::new(CellKind::Prose, 2 * HALF, said)])
                .collect(),
        });
    }
    upright(rows)
}

/// What a standard of the place's own has on a project besides: its labels, with what the project says.
fn own_fields<'a>(one: &FilledProject<'a>, user: &str) -> Vec<(&'a str, String)> {
    let standard = one.standard;
    let said = |field: &ExtraField| {
        let rule = &standard.field_rules[field.rule];
        let label = if rule.name == user { &rule.name } else { rule.label.as_ref().unwrap_or(&rule.name) };
        (label.as_str(), extra_text(&field.value, standard))
    };
    if standard.is_built_in { Vec::new() } else { one.project.extra.iter().map(said).collect() }
}

fn unit_of_account(model: &Model, department: Option<DepartmentId>, one: &FilledProject<'_>) -> String {
    let Some(code) = &one.project.unit_of_account else { return String::new() };
    let units = department.map_or(&[][..], |department| &model[department].units_of_account);
    let name = units.iter().find(|unit| unit.code.value == code.value).and_then(|unit| unit.name.as_ref());
    name.unwrap_or(code).value.to_string()
}

/// Why the money is not where it should be, and what is done about it, where no column of the money says so.
pub(super) fn why(one: &FilledProject<'_>) -> Option<FormTable> {
    let line = one.spent?;
    let has = |column: &YearColumn| {
        let content = meant(&MoneyContent::ALL, &column.content).map(|(content, _)| content);
        matches!(content, Some(MoneyContent::Deviation | MoneyContent::Measure))
    };
    let said = reasons(&line.deviations, &line.measures, one.standard);
    if said.is_empty() || one.layout?.money.iter().any(has) {
        return None;
    }
    let prose = FormCell::new(CellKind::Prose, 2 * HALF, said);
    Some(upright(vec![vec![label(1, one.standard.label("资金偏差")), prose]]))
}

/// What was to be reached beside what was; at a checkpoint the latter only where it is written.
pub(super) fn goals(standard: &Standard, goal: &str, overall: &str, is_monitoring: bool) -> Option<FormTable> {
    let prose = |columns: usize, text: &str| FormCell::new(CellKind::Prose, columns, text);
    if goal.is_empty() && overall.is_empty() {
        return None;
    }
    let name = standard.label("年度目标");
    if is_monitoring && overall.is_empty() {
        return Some(upright(vec![vec![label(1, name), prose(2 * HALF, goal)]]));
    }
    let beside = label(1, name).over_rows(2);
    let below = FormCell::continued(&beside);
    Some(upright(vec![
        vec![beside, label(HALF, standard.label("预期目标")), label(HALF, standard.label("实际完成情况"))],
        vec![below, prose(HALF, goal), prose(HALF, overall)],
    ]))
}

/// The cells at the end, also where nothing stands in them yet.
pub(super) fn closing(
    layout: &FormLayout,
    standard: &Standard,
    said: impl Fn(ClosingCell) -> String,
) -> Option<FormTable> {
    let row = |cell: &ClosingCell| {
        let name = ClosingCell::ALL[*cell as usize].1;
        vec![label(1, standard.label(name)), FormCell::new(CellKind::Prose, 2 * HALF, said(*cell))]
    };
    (!layout.closing.is_empty()).then(|| upright(layout.closing.iter().map(row).collect()))
}

fn said(form: YearForm, one: &FilledProject<'_>, cell: ClosingCell) -> String {
    match cell {
        ClosingCell::Grade => {
            let reviewed = || one.reviewed_total().and_then(|total| total.grade);
            let own = || one.score().and_then(|score| score.total.grade.clone());
            if form == YearForm::Review { reviewed() } else { own() }.unwrap_or_default()
        }
        ClosingCell::Conclusion => one.said(ReportTextKind::Conclusion),
        ClosingCell::Problem => one.said(ReportTextKind::Problem),
        ClosingCell::Improvement => one.said(ReportTextKind::Improvement),
        ClosingCell::Suggestion => one.said(ReportTextKind::Suggestion),
        ClosingCell::Applied => one.applied(),
    }
}
