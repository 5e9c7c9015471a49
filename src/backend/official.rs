//! The official document as data: headings, prose and tables with merged cells, before any format.
//!
//! What a standard says of the form is read here once; each format only draws it.

pub(super) mod head;
pub(super) mod indicators;
pub(super) mod overall;

use std::collections::BTreeMap;

use super::file_name;
use crate::model::standard::Standard;
use crate::model::{Department, DepartmentId, ExtraValue, Model, ProjectId, StandardId};

/// What is printed for one department, or for the projects outside any.
pub(super) struct Official {
    /// `玉田县人民政府办公室2025年度部门预算绩效目标`
    pub title: String,
    /// `玉田县人民政府办公室`: what the title begins with; blank outside any department.
    pub owner: String,
    /// What its file is called, without an ending: the department, numbered where there are several.
    pub file_stem: String,
    pub blocks: Vec<Block>,
}

pub(super) enum Block {
    /// `第一部分` and `部门整体绩效目标`: the heading of a part, on a page of its own.
    Part { ordinal: String, name: String },
    /// `一、总体绩效目标`
    Heading(String),
    /// `（一）` on a line of its own.
    Ordinal(String),
    /// A paragraph; what it leads with (`绩效目标：`, `（一）完善制度建设。`) is set apart.
    Paragraph { lead: String, text: String },
    /// `1.劳务派遣人员报酬经费绩效目标表` with its two tables.
    Project(Box<ProjectTables>),
}

pub(super) struct ProjectTables {
    pub id: ProjectId,
    pub heading: String,
    /// The unit of account and the money unit, code and name, money, plan, goal.
    pub head: Table,
    pub indicators: Table,
}

pub(super) struct Table {
    /// The share of each column of the grid in the width, in any unit.
    pub widths: Vec<u16>,
    /// How many rows are repeated at the top of each page.
    pub heading_rows: usize,
    pub rows: Vec<Vec<Cell>>,
}

/// A cell at its first row; below, while it goes on, stands a cell that [`Cell::continues`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Line ends part paragraphs.
    pub text: String,
    pub columns: usize,
    /// How many rows it takes; the cells below that continue it say zero.
    pub rows: usize,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Cell {
    pub fn new(kind: Kind, columns: usize, text: impl Into<String>) -> Self {
        Self { text: text.into(), columns, rows: 1, kind }
    }

    /// The part of the cell above that lies in this row.
    pub fn continued(above: &Cell) -> Self {
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

/// The documents of all departments, in the order of [`Model::groups`].
pub(super) fn documents(model: &Model) -> Vec<Official> {
    let several = model.groups().count() > 1;
    model.groups().enumerate().map(|(index, id)| document(model, id, several.then_some(index + 1))).collect()
}

fn document(model: &Model, id: Option<DepartmentId>, number: Option<usize>) -> Official {
    let department = id.map(|id| &model[id]);
    let standard = standard_of(model, id);
    let part = |ordinal: &str, name: &str| Block::Part {
        ordinal: standard.label(ordinal).to_owned(),
        name: standard.label(name).to_owned(),
    };
    let mut blocks = Vec::new();
    if let Some(overall) = department.and_then(|department| overall::read(department, standard)) {
        blocks.push(part("第一部分", "部门整体"));
        blocks.extend(overall.blocks(model));
    }
    blocks.push(part("第二部分", "预算项目"));
    blocks.extend(projects(model, id).into_iter().map(|project| Block::Project(Box::new(project))));
    let owner = department.map(|department| department.name.value.to_string()).unwrap_or_default();
    Official { title: title(department), owner, file_stem: file_stem(department, number), blocks }
}

/// The tables of all projects; those of one standard share the widths of their columns.
fn projects(model: &Model, id: Option<DepartmentId>) -> Vec<ProjectTables> {
    let mut measures: BTreeMap<StandardId, indicators::Measure> = BTreeMap::new();
    let mut projects: Vec<ProjectTables> = Vec::new();
    for (number, (project, one)) in (1..).zip(model.projects_of(id)) {
        let standard = &model[one.standard];
        let tables = ProjectTables {
            id: project,
            heading: format!("{number}.{}{}", one.name.value, standard.label("项目表")),
            head: head::table(model, one, standard),
            indicators: indicators::table(one, standard),
        };
        measures.entry(one.standard).or_default().add(&tables.indicators);
        projects.push(tables);
    }
    let widths: BTreeMap<StandardId, Vec<u16>> = measures.iter().map(|(id, one)| (*id, one.widths())).collect();
    for project in &mut projects {
        project.indicators.widths.clone_from(&widths[&model[project.id].standard]);
    }
    projects
}

/// The standard of a department, or of the projects outside any.
pub(super) fn standard_of(model: &Model, id: Option<DepartmentId>) -> &Standard {
    let first = model.projects_of(id).next().map(|(_, project)| project.standard);
    let standard = id.map(|id| model[id].standard).or(first);
    // Invariant: a group has a department or at least one project.
    &model[standard.expect("a group has a standard")]
}

pub(super) fn title(department: Option<&Department>) -> String {
    match department {
        Some(department) => format!("{}{}", department.name.value, kind_of_report(department)),
        None => "预算绩效目标".to_owned(),
    }
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

/// A field that the standard declares, as it is printed.
fn extra_text(value: &ExtraValue, standard: &Standard) -> String {
    match value {
        ExtraValue::Text(text) => text.to_string(),
        ExtraValue::Number(number) => number.to_string(),
        ExtraValue::Quantity(quantity) => format!("{}{}", quantity.value, quantity.unit_label(standard)),
        ExtraValue::Date(date) => date.to_string(),
        ExtraValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
    }
}
