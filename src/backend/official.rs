//! The official document as data: headings, prose and tables with merged cells, before any format.
//!
//! What a standard says of the form is read here once; each format only draws it.

pub(super) mod head;
pub(super) mod indicators;
#[cfg(feature = "office")]
pub(super) mod kept;
mod laid_out;
pub(super) mod overall;
#[cfg(feature = "office")]
pub(super) mod paper;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Scope, file_name, project_stem};
use crate::model::standard::Standard;
use crate::model::{Department, DepartmentId, ExtraValue, Model, Project, ProjectId, StandardId};

/// What is printed for one department, or for the projects outside any, or for one project. Its blocks are made one by one.
pub(super) struct Official<'a> {
    /// `玉田县人民政府办公室2025年度部门预算绩效目标`
    pub title: String,
    /// `玉田县人民政府办公室`: what the title begins with; blank outside any department.
    pub owner: &'a str,
    /// What its file is called, without an ending: the department, numbered where there are several; or the project.
    pub file_stem: String,
    pub id: Option<DepartmentId>,
    model: &'a Model,
    scope: Scope,
}

pub(super) enum FormBlock {
    /// `第一部分` and `部门整体绩效目标`: the heading of a part, on a page of its own. The only part has no ordinal.
    Part { ordinal: Option<String>, name: String },
    /// `一、总体绩效目标`
    Heading(String),
    /// `（一）` on a line of its own.
    Ordinal(String),
    /// A paragraph; what it leads with (`绩效目标：`, `（一）完善制度建设。`) is set apart.
    Paragraph { lead: String, text: String },
    /// `1.劳务派遣人员报酬经费绩效目标表` with its two tables.
    Project(Box<ProjectTables>),
    /// A form of the year: its tables one below the other.
    Form(Box<FormSheet>),
    /// A table among paragraphs, below its caption.
    Table { caption: String, table: Box<FormTable> },
}

/// A form of the year.
pub(super) struct FormSheet {
    /// `1.政府业务费`: what a sheet of a workbook is called.
    pub name: String,
    /// `1.政府业务费绩效自评表`
    pub heading: String,
    /// Those with heading rows are of indicators.
    pub tables: Vec<FormTable>,
}

/// A document to be drawn.
pub(super) struct Drawn<'a> {
    pub title: &'a str,
    /// What the title begins with.
    pub owner: &'a str,
    /// The headings that the contents list, each with its level; none for a document without a title page.
    pub contents: Vec<(u8, String)>,
    /// Whether it lies across the paper.
    pub is_wide: bool,
    /// Made one by one.
    pub blocks: Box<dyn Iterator<Item = FormBlock> + 'a>,
}

pub(super) struct ProjectTables {
    pub id: ProjectId,
    /// The heading, on one line; further lines of a title lead the head.
    pub heading: String,
    /// What contents list: a heading that tells the projects apart.
    pub listed: String,
    /// The unit of account and the money unit, code and name, money, plan, goal; or the rows that the standard lays out.
    pub head: FormTable,
    pub indicators: FormTable,
    /// A label that stands at the left of all of the indicators.
    pub beside: Option<String>,
    /// What the standard lays out below the indicators; without rows where it is nothing.
    pub foot: FormTable,
    /// Whether the standard lays them out.
    pub is_laid_out: bool,
}

#[derive(Clone)]
pub(super) struct FormTable {
    /// The share of each column of the grid in the width, in any unit.
    pub widths: Vec<u16>,
    /// How many rows are repeated at the top of each page.
    pub heading_rows: usize,
    pub rows: Vec<Vec<FormCell>>,
}

/// A cell at its first row; below, while it goes on, stands a cell that [`FormCell::continues`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormCell {
    /// Line ends part paragraphs.
    pub text: String,
    pub columns: usize,
    /// How many rows it takes; the cells below that continue it say zero.
    pub rows: usize,
    pub kind: CellKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellKind {
    /// A label or a heading.
    Heading,
    /// A name, a code, a short answer: in the middle of its cell.
    Text,
    /// Prose, set from the left.
    Prose,
    Number,
    /// The line above the table, which has no borders: what stands at its left and at its right.
    Above,
}

/// What stands above the contents.
#[cfg(feature = "office")]
pub(super) const CONTENTS: &str = "目　录";
/// The level of a project's heading.
const PROJECT: u8 = 3;

impl FormBlock {
    /// The heading that contents list, and its level.
    pub fn listed(&self) -> Option<(u8, String)> {
        match self {
            FormBlock::Part { name, .. } => Some((1, name.clone())),
            FormBlock::Heading(text) => Some((2, text.clone())),
            FormBlock::Project(tables) => Some((PROJECT, tables.listed.clone())),
            FormBlock::Form(sheet) => Some((PROJECT, sheet.heading.clone())),
            FormBlock::Ordinal(_) | FormBlock::Paragraph { .. } | FormBlock::Table { .. } => None,
        }
    }
}

impl FormCell {
    pub fn new(kind: CellKind, columns: usize, text: impl Into<String>) -> Self {
        Self { text: text.into(), columns, rows: 1, kind }
    }

    /// The part of the cell above that lies in this row.
    pub fn continued(above: &FormCell) -> Self {
        Self { text: String::new(), columns: above.columns, rows: 0, kind: above.kind }
    }

    pub fn over_rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }

    /// Whether it carries on the cell above it.
    pub fn continues(&self) -> bool {
        self.rows == 0
    }
}

/// The widths of the columns of indicator tables, by standard; none are known before they are measured.
#[derive(Clone, Default)]
pub(super) struct Widths(BTreeMap<StandardId, Vec<u16>>);

/// The documents of a scope, in the order of [`Model::groups`].
pub(super) fn documents(model: &Model, scope: Scope) -> impl Iterator<Item = Official<'_>> {
    let several = model.has_several_groups();
    scope.groups(model).map(move |(index, id)| {
        let department = id.map(|id| &model[id]);
        let only = scope.project().and_then(|_| scope.projects_of(model, id).next());
        let file_stem = match only {
            Some((number, _, one)) => project_stem(number, model.projects_of(id).count(), one),
            None => file_stem(department, several.then_some(index + 1)),
        };
        let owner = department.map_or("", |department| &department.name.value);
        Official { title: title(department), owner, file_stem, id, model, scope }
    })
}

impl Official<'_> {
    /// To be drawn, with columns of some widths. One project alone has neither title nor contents before it.
    pub fn drawn(&self, widths: Widths) -> Drawn<'_> {
        let front = self.front();
        let mut contents: Vec<(u8, String)> = front.iter().filter_map(FormBlock::listed).collect();
        if !contents.is_empty() {
            contents.extend(self.projects().map(|(number, _, one)| (PROJECT, self.heading(number, one))));
        }
        let tables = move |(number, id, one)| FormBlock::Project(Box::new(self.tables(number, id, one, &widths)));
        let blocks = Box::new(front.into_iter().chain(self.projects().map(tables)));
        Drawn { title: &self.title, owner: self.owner, contents, is_wide: false, blocks }
    }

    /// What stands before the projects: the goals of the department, and the heading of the last part.
    pub fn front(&self) -> Vec<FormBlock> {
        if self.scope.project().is_some() {
            return Vec::new();
        }
        let standard = standard_of(self.model, self.id);
        let overall = self.id.and_then(|id| overall::read(self.model, &self.model[id], standard));
        let has_two_parts = overall.is_some();
        let part = |ordinal: &str, name: &str| FormBlock::Part {
            ordinal: has_two_parts.then(|| standard.label(ordinal).to_owned()),
            name: standard.label(name).to_owned(),
        };
        let mut blocks = Vec::new();
        if let Some(overall) = overall {
            blocks.push(part("第一部分", "部门整体"));
            blocks.extend(overall.blocks(self.model));
        }
        blocks.push(part("第二部分", "预算项目"));
        blocks
    }

    /// The projects, each with its number in the department.
    pub fn projects(&self) -> impl Iterator<Item = (usize, ProjectId, &Project)> {
        self.scope.projects_of(self.model, self.id)
    }

    /// `1.劳务派遣人员报酬经费绩效目标表`
    pub fn heading(&self, number: usize, project: &Project) -> String {
        let standard = &self.model[project.standard];
        let own = (*standard.project_form).as_ref().is_some_and(|form| !form.titles.is_empty());
        // A declared title says what the table is.
        let what = if own { "" } else { standard.label("项目表") };
        format!("{number}.{}{what}", project.name.value)
    }

    pub fn tables(&self, number: usize, id: ProjectId, project: &Project, widths: &Widths) -> ProjectTables {
        let standard = &self.model[project.standard];
        let mut indicators = indicators::table(project, standard);
        indicators.widths = widths.0.get(&project.standard).cloned().unwrap_or_default();
        let listed = self.heading(number, project);
        let Some(form) = &*standard.project_form else {
            let head = head::table(self.model, project, standard);
            let foot = FormTable { widths: Vec::new(), heading_rows: 0, rows: Vec::new() };
            return ProjectTables {
                id,
                heading: listed.clone(),
                listed,
                head,
                indicators,
                beside: None,
                foot,
                is_laid_out: false,
            };
        };
        let printer = laid_out::LayoutPrinter { model: self.model, number, project, standard, form };
        let titles = printer.titles();
        let (heading, rest) = titles.split_first().map_or((&listed, &[][..]), |(first, rest)| (first, rest));
        let (head, foot) = printer.tables(rest);
        let beside = printer.beside();
        let heading = heading.clone();
        ProjectTables { id, heading, listed, head, indicators, beside, foot, is_laid_out: true }
    }

    /// Tables of one standard share the widths of their columns, for which all those of the department are looked at.
    pub fn widths(&self) -> Widths {
        let mut measures: BTreeMap<StandardId, indicators::TextWidths> = BTreeMap::new();
        for (_, one) in self.model.projects_of(self.id) {
            let table = indicators::table(one, &self.model[one.standard]);
            measures.entry(one.standard).or_default().add(&table);
        }
        Widths(measures.iter().map(|(id, one)| (*id, one.widths(indicators::LINE))).collect())
    }
}

/// The standard of a department, or of the projects outside any.
pub(super) fn standard_of(model: &Model, id: Option<DepartmentId>) -> &Standard {
    // What lies outside any department may be lines of the year alone.
    let usual = || model.standards.iter().find(|one| one.is_default).or(model.standards.first());
    // Invariant: standards are built in.
    standard_of_group(model, id).or_else(|| usual().map(|one| &**one)).expect("a standard is built in")
}

/// The same; none outside departments where no project is, but what happened in the year.
pub(super) fn standard_of_group(model: &Model, id: Option<DepartmentId>) -> Option<&Standard> {
    let first = model.projects_of(id).next().map(|(_, project)| project.standard);
    let standard = id.map(|id| model[id].standard).or(first);
    standard.map(|id| &model[id])
}

pub(super) fn title(department: Option<&Department>) -> String {
    match department {
        Some(department) => format!("{}{}", department.name.value, kind_of_report(department)),
        None => "预算绩效目标".to_owned(),
    }
}

/// What stands above several departments: the year only where it is that of all.
pub(super) fn title_of_several(mut years: impl Iterator<Item = Option<u16>>) -> String {
    let first = years.next().flatten();
    let year = first.filter(|first| years.all(|year| year == Some(*first)));
    let year = year.map(|year| format!("{year}年度")).unwrap_or_default();
    format!("{year}部门预算绩效目标")
}

/// `2025年度部门预算绩效目标`: what stands in a title after the department.
pub(super) fn kind_of_report(department: &Department) -> String {
    let year = department.year.as_ref().map(|year| format!("{}年度", year.value)).unwrap_or_default();
    format!("{year}部门预算绩效目标")
}

fn file_stem(department: Option<&Department>, number: Option<usize>) -> String {
    let name = department.map(|department| file_name(&department.name.value)).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| title(None));
    number.map_or(name.clone(), |number| format!("{number:02}-{name}"))
}

impl ProjectTables {
    /// The tables as they are drawn, one below the other, the label beside the indicators within them.
    pub fn drawn(&self) -> Vec<Cow<'_, FormTable>> {
        let indicators = match &self.beside {
            Some(label) => Cow::Owned(self.indicators.beside(label)),
            None => Cow::Borrowed(&self.indicators),
        };
        let all = [Cow::Borrowed(&self.head), indicators, Cow::Borrowed(&self.foot)];
        all.into_iter().filter(|table| !table.rows.is_empty()).collect()
    }
}

impl FormTable {
    /// The same table, right of a cell that takes all of its rows.
    fn beside(&self, label: &str) -> FormTable {
        let label = FormCell::new(CellKind::Heading, 1, label).over_rows(self.rows.len());
        let row = |(index, row): (usize, &Vec<FormCell>)| {
            let first = if index == 0 { label.clone() } else { FormCell::continued(&label) };
            std::iter::once(first).chain(row.iter().cloned()).collect()
        };
        let sum: u16 = self.widths.iter().copied().fold(0, u16::saturating_add);
        let first = (!self.widths.is_empty()).then(|| (sum / BESIDE).max(1));
        FormTable {
            widths: first.into_iter().chain(self.widths.iter().copied()).collect(),
            heading_rows: self.heading_rows,
            rows: self.rows.iter().enumerate().map(row).collect(),
        }
    }
}

/// The part of the width of a table that a label beside it takes.
const BESIDE: u16 = 16;

/// The paragraphs of a goal, numbered where the form numbers them.
fn numbered(text: &str, standard: &Standard) -> String {
    let numbered = (1..).zip(text.lines()).map(|(number, line)| format!("{}{line}", standard.goal_number(number)));
    numbered.collect::<Vec<_>>().join("\n")
}

/// A field that the standard declares, as it is printed.
pub(in crate::backend) fn extra_text(value: &ExtraValue, standard: &Standard) -> String {
    match value {
        ExtraValue::Text(text) => text.to_string(),
        ExtraValue::Number(number) => number.to_string(),
        ExtraValue::Quantity(quantity) => format!("{}{}", quantity.value, quantity.unit_label(standard)),
        ExtraValue::Date(date) => date.to_string(),
        ExtraValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
    }
}
