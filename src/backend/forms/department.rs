//! The self-evaluation of a department: its goal, its money and targets as a whole, and how its projects did.

use super::filled::{self, FilledProject};
use super::money::{self, MoneyRow};
use super::{YearDocument, layout, rows, sheet};
use crate::backend::official::indicators::{self, TextWidths};
use crate::backend::official::{CellKind, FormBlock, FormCell, FormSheet, FormTable, standard_of};
use crate::model::standard::Standard;
use crate::model::standard::year_form::ClosingCell;
use crate::model::year::{NamedThing, ReportTextKind, ResultUse, Snapshot, SnapshotKind};
use crate::score::{Exact, money_written};

/// The one form of a department.
pub(super) fn block(document: &YearDocument<'_>) -> FormBlock {
    let (model, department) = (document.model, document.department);
    let standard = standard_of(model, department);
    let name = department.map_or("", |id| &*model[id].name.value);
    let heading = format!("{name}{}", standard.label(document.form.word()));
    let goal = department.and_then(|id| model[id].overall_goal()).map(|goal| goal.value.to_string());
    let projects = document.filled();
    let record = model.record(department);
    let of_year = |one: &&Snapshot| one.kind == SnapshotKind::SelfEvaluation;
    let said = |kind: ReportTextKind| {
        let texts = record.snapshots().filter(of_year).flat_map(|one| &one.texts);
        let own = texts.filter(|text| text.kind == kind && text.subject.named == Some(NamedThing::Department));
        own.map(|text| &*text.text.value).collect::<Vec<_>>().join("\n")
    };
    let applied = || {
        let uses = record.snapshots().filter(of_year).flat_map(|one| &one.uses);
        let is_own = |one: &&ResultUse| one.subject.as_ref().is_some_and(|of| of.named == Some(NamedThing::Department));
        filled::applied(uses.filter(is_own))
    };
    let whole = document.whole();
    let closed = |cell: ClosingCell| match cell {
        // Without money or targets of its own a department has no total.
        ClosingCell::Grade => {
            let score = whole.as_ref().and_then(FilledProject::score);
            score.and_then(|score| score.total.grade.clone()).unwrap_or_default()
        }
        ClosingCell::Conclusion => said(ReportTextKind::Conclusion),
        ClosingCell::Problem => said(ReportTextKind::Problem),
        ClosingCell::Improvement => said(ReportTextKind::Improvement),
        ClosingCell::Suggestion => said(ReportTextKind::Suggestion),
        ClosingCell::Applied => applied(),
    };
    let mut head = sheet::goals(standard, &goal.unwrap_or_default(), &said(ReportTextKind::Overall), false)
        .unwrap_or_else(|| sheet::upright(Vec::new()));
    head.rows.insert(0, sheet::above(model.fiscal_year(department), None, standard));
    let tables = [
        Some(head),
        whole.as_ref().and_then(|whole| money::table(whole, None)),
        whole.as_ref().and_then(sheet::why),
        whole.as_ref().and_then(|whole| rows::table(whole, whole.layout?, None, document.is_wide())),
        Some(of_projects(&projects, standard)),
        layout(standard, document.form).and_then(|layout| sheet::closing(layout, standard, closed)),
    ];
    let tables = tables.into_iter().flatten().collect();
    FormBlock::Form(Box::new(FormSheet { name: name.to_owned(), heading, tables }))
}

/// The projects beside each other, and the sum of their money.
fn of_projects(projects: &[FilledProject<'_>], standard: &Standard) -> FormTable {
    let headings = ["项目名称", "年初预算数", "全年预算数", "全年执行数", "预算执行率", "总分", "评价等次"];
    let cell = |kind: CellKind, text: String| FormCell::new(kind, 1, text);
    let heading = headings.map(|heading| cell(CellKind::Heading, standard.label(heading).to_owned())).to_vec();
    let amount = |exact: &Option<Exact>| {
        let written = exact.as_ref().map(|exact| money_written(exact, standard)).unwrap_or_default();
        cell(CellKind::Number, written)
    };
    let money = |row: &MoneyRow| {
        let rate = row.rate(standard).map(|rate| rate.as_percent()).unwrap_or_default();
        vec![amount(&row.approved), amount(&row.budget), amount(&row.spent), cell(CellKind::Number, rate)]
    };
    let mut rows = vec![heading];
    let mut sum = MoneyRow::default();
    for one in projects {
        let row = one.money().swap_remove(0);
        add(&mut sum, &row);
        let mut cells = vec![cell(CellKind::Text, one.project.name.value.to_string())];
        cells.extend(money(&row));
        let total = one.score().map(|score| &score.total);
        cells.push(cell(CellKind::Number, total.map(|total| one.total(total)).unwrap_or_default()));
        cells.push(cell(CellKind::Text, total.and_then(|total| total.grade.clone()).unwrap_or_default()));
        rows.push(cells);
    }
    let mut last = vec![cell(CellKind::Heading, standard.label("合计").to_owned())];
    last.extend(money(&sum));
    last.extend([cell(CellKind::Text, String::new()), cell(CellKind::Text, String::new())]);
    rows.push(last);
    let mut widths = TextWidths::default();
    let mut table = FormTable { widths: Vec::new(), heading_rows: 1, rows };
    widths.add(&table);
    table.widths = widths.widths(indicators::LINE);
    table
}

fn add(sum: &mut MoneyRow, row: &MoneyRow) {
    let plus = |sum: &mut Option<Exact>, more: &Option<Exact>| {
        if let Some(more) = more {
            *sum = Some(sum.take().map_or_else(|| more.clone(), |sum| sum + more.clone()));
        }
    };
    plus(&mut sum.approved, &row.approved);
    plus(&mut sum.budget, &row.budget);
    plus(&mut sum.spent, &row.spent);
}
