//! The upper table of a project: whose it is, code and name, money, plan, goal.

use super::{CellKind, FormCell, FormTable, extra_text, numbered};
use crate::model::standard::Standard;
use crate::model::unit::Quantity;
use crate::model::{Model, Project, print};

/// The columns beside the one of headings: so many parts, which two, three, four or six checkpoints fill evenly.
const GRID: usize = 24;
/// The width of the column of headings, in parts.
const HEADINGS: u16 = 4;
/// How many parts the label and the amount of a fund take, pair by pair. The second label is the longest of most forms.
const PAIRS: [(usize, usize); 3] = [(3, 4), (5, 4), (4, 4)];
/// How many parts the code, the second label and the name take.
const NAMES: (usize, usize, usize) = (10, 4, 10);

pub(super) fn table(model: &Model, project: &Project, standard: &Standard) -> FormTable {
    let mut widths = vec![1; GRID + 1];
    widths[0] = HEADINGS;
    let mut rows = vec![above(model, project, standard), names(project, standard)];
    rows.extend(money(project, standard));
    rows.extend(plan(project, standard));
    rows.extend(project.extra.iter().map(|field| {
        let rule = &standard.field_rules[field.rule];
        labelled(rule.label.as_deref().unwrap_or(&rule.name), extra_text(&field.value, standard))
    }));
    let goal = project.goal().map(|goal| numbered(&goal.value, standard));
    rows.extend(stated_or_blank(project, goal).map(|goal| labelled(standard.label("绩效目标"), goal)));
    FormTable { widths, heading_rows: 0, rows }
}

/// Whether nothing is stated of a project but whose it is: its form is to be filled in, with a place for everything.
pub(super) fn is_blank(project: &Project) -> bool {
    project.budget.is_none()
        && project.plan.is_none()
        && project.plain.is_empty()
        && project.indicators.is_empty()
        && project.extra.is_empty()
}

/// A text, or the place for it on a form that is to be filled in.
fn stated_or_blank(project: &Project, text: Option<String>) -> Option<String> {
    text.or_else(|| is_blank(project).then(String::new))
}

fn label(columns: usize, text: &str) -> FormCell {
    FormCell::new(CellKind::Heading, columns, text)
}

fn labelled(name: &str, text: String) -> Vec<FormCell> {
    vec![label(1, name), FormCell::new(CellKind::Prose, GRID, text)]
}

/// `434001玉田县人民政府办公室本级` and `单位：元`
fn above(model: &Model, project: &Project, standard: &Standard) -> Vec<FormCell> {
    let (code, second, name) = NAMES;
    let money = format!("{}：{}", standard.label("金额单位"), standard.money_unit_name());
    vec![
        FormCell::new(CellKind::Above, 1 + code + second, unit_of_account(model, project)),
        FormCell::new(CellKind::Above, name, money),
    ]
}

/// Code and name of the unit of account, without a blank, as the form has it.
fn unit_of_account(model: &Model, project: &Project) -> String {
    let Some(code) = &project.unit_of_account else { return String::new() };
    let units = project.department.map_or(&[][..], |department| &model[department].units_of_account);
    let name = units.iter().find(|unit| unit.code.value == code.value).and_then(|unit| unit.name.as_ref());
    format!("{}{}", code.value, name.map_or("", |name| &name.value))
}

fn names(project: &Project, standard: &Standard) -> Vec<FormCell> {
    let (code, second, name) = NAMES;
    vec![
        label(1, standard.label("项目编码")),
        FormCell::new(CellKind::Text, code, project.code.as_ref().map_or("", |code| &code.value)),
        label(second, standard.label("项目名称")),
        FormCell::new(CellKind::Text, name, &*project.name.value),
    ]
}

/// The budget and its parts, three pairs a row, and below them what the money is for, beside one heading.
fn money(project: &Project, standard: &Standard) -> Vec<Vec<FormCell>> {
    let funds = funds(project, standard);
    let mut rows: Vec<Vec<FormCell>> = funds.chunks(PAIRS.len()).map(pairs).collect();
    let purpose = stated_or_blank(project, project.purpose().map(|purpose| purpose.value.to_string()));
    rows.extend(purpose.map(|purpose| vec![FormCell::new(CellKind::Prose, GRID, purpose)]));
    beside(label(1, standard.label("资金用途")), rows)
}

fn pairs(funds: &[(String, String)]) -> Vec<FormCell> {
    let mut row = Vec::new();
    for ((name, amount), (label_span, amount_span)) in funds.iter().zip(PAIRS) {
        row.push(label(label_span, name));
        row.push(FormCell::new(CellKind::Number, amount_span, amount));
    }
    let rest: usize = PAIRS[funds.len()..].iter().map(|(label, amount)| label + amount).sum();
    if rest > 0 {
        row.push(FormCell::new(CellKind::Text, rest, ""));
    }
    row
}

/// The budget, then every fund source of the standard, blank where the project states none.
fn funds(project: &Project, standard: &Standard) -> Vec<(String, String)> {
    let amount =
        |quantity: Option<&Quantity>| quantity.map(|quantity| print::amount(quantity, standard)).unwrap_or_default();
    let budget = project.budget.as_ref();
    let total = (standard.label("预算").to_owned(), amount(budget.and_then(|budget| budget.total.as_ref())));
    let funds = standard.fund_sources.iter().enumerate().map(|(index, source)| {
        let line = budget.and_then(|budget| budget.funds.iter().find(|line| line.source == index));
        let label = source.label.clone().unwrap_or_else(|| source.name.clone());
        (label, amount(line.and_then(|line| line.amount.as_ref())))
    });
    std::iter::once(total).chain(funds).collect()
}

/// The checkpoints and below them the shares, beside one heading.
fn plan(project: &Project, standard: &Standard) -> Vec<Vec<FormCell>> {
    let checkpoints = &standard.checkpoints;
    let lines = project.plan.as_ref().map(|plan| &plan.lines[..]).or_else(|| is_blank(project).then_some(&[][..]));
    let Some(lines) = lines.filter(|_| (1..=GRID).contains(&checkpoints.len())) else {
        return Vec::new();
    };
    let span = |index: usize| GRID * (index + 1) / checkpoints.len() - GRID * index / checkpoints.len();
    let share = |index: usize| {
        let line = lines.iter().rfind(|line| line.checkpoint == index);
        line.map(|line| format!("{}%", line.share.value)).unwrap_or_default()
    };
    let dates = checkpoints.iter().enumerate().map(|(index, one)| label(span(index), &one.label));
    let shares = (0..checkpoints.len()).map(|index| FormCell::new(CellKind::Number, span(index), share(index)));
    beside(label(1, standard.label("支出计划")), vec![dates.collect(), shares.collect()])
}

/// Rows beside one cell that takes them all.
fn beside(first: FormCell, mut rows: Vec<Vec<FormCell>>) -> Vec<Vec<FormCell>> {
    let first = first.over_rows(rows.len());
    for row in rows.iter_mut().skip(1) {
        row.insert(0, FormCell::continued(&first));
    }
    if let Some(row) = rows.first_mut() {
        row.insert(0, first);
    }
    rows
}
