//! All departments of a county as one printed volume: the sums of each first, then what each says.

use std::cell::OnceCell;

use rust_decimal::{Decimal, RoundingStrategy};

use super::official::{self, CellKind, Drawn, FormBlock, FormCell, FormTable, standard_of};
use super::printed::PrintedDocument;
use super::{Scope, file_name};
use crate::model::number::grouped;
use crate::model::print::base_amount;
use crate::model::standard::Standard;
use crate::model::{Model, summary};

/// The volume.
pub(super) struct Volume<'a> {
    pub title: String,
    /// One for each department.
    pub documents: Vec<PrintedDocument<'a>>,
    sums: FormTable,
    /// `金额单位：元`
    unit: String,
}

impl<'a> Volume<'a> {
    /// None where there is but one department.
    pub fn of(model: &'a Model) -> Option<Self> {
        if !model.has_several_groups() {
            return None;
        }
        let documents = official::documents(model, Scope::Workspace);
        let documents = documents.map(|one| PrintedDocument::Targets(one, OnceCell::new())).collect();
        let years = model.departments.iter().map(|one| Some(one.year.as_ref()?.value));
        let standard = standard_of(model, model.groups().next().flatten());
        let unit = format!("{}：{}", standard.label("金额单位"), standard.money_unit_name());
        Some(Self { title: official::title_of_several(years), documents, sums: sums(model, standard), unit })
    }

    /// What its file is called, without an ending.
    pub fn file_stem(&self) -> String {
        format!("全册-{}", file_name(&self.title))
    }

    /// The title, and the sums of the departments.
    pub fn before(&self) -> Drawn<'_> {
        let name = "各部门汇总".to_owned();
        let table = FormBlock::Table { caption: self.unit.clone(), table: Box::new(self.sums.clone()) };
        let blocks = vec![FormBlock::Part { ordinal: None, name }, table];
        let contents = blocks.iter().filter_map(FormBlock::listed).collect();
        Drawn { title: &self.title, owner: "", contents, is_wide: false, blocks: Box::new(blocks.into_iter()) }
    }
}

/// A row for each department, and one for all.
fn sums(model: &Model, standard: &Standard) -> FormTable {
    let money = |value: Decimal| {
        let cents = value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        grouped(base_amount(cents, standard))
    };
    let heads = ["序号", "部门", "预算数", "项目", "绩效指标", "其中定量"];
    let mut rows = vec![heads.map(|head| FormCell::new(CellKind::Heading, 1, head)).to_vec()];
    let row = |kind, first: String, name: &str, totals: &summary::Totals| {
        let counts = [totals.projects, totals.indicators, totals.quantitative].map(|count| count.to_string());
        let numbers = std::iter::once(money(totals.budget)).chain(counts);
        let numbers = numbers.map(|number| FormCell::new(CellKind::Number, 1, number));
        [FormCell::new(CellKind::Text, 1, first), FormCell::new(kind, 1, name)].into_iter().chain(numbers).collect()
    };
    let mut all = summary::Totals::default();
    for (number, id) in (1..).zip(model.groups()) {
        let totals = summary::of_department(model, id);
        let name = id.map_or("不属于部门的项目", |id| &model[id].name.value);
        rows.push(row(CellKind::Prose, number.to_string(), name, &totals));
        all.projects += totals.projects;
        all.indicators += totals.indicators;
        all.quantitative += totals.quantitative;
        all.budget += totals.budget;
    }
    rows.push(row(CellKind::Heading, String::new(), "合计", &all));
    FormTable { widths: vec![5, 26, 14, 6, 8, 8], heading_rows: 1, rows }
}
