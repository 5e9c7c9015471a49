//! The official document as data: headings, prose and tables with merged cells, before any format.
//!
//! What a standard says of the form is read here once; each format only draws it.

use crate::model::ProjectId;

/// What is printed for one department, or for the projects outside any.
pub(super) struct Official {
    /// `玉田县人民政府办公室2025年度部门预算绩效目标`
    pub title: String,
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
pub(super) struct Cell {
    pub text: String,
    pub columns: usize,
    /// How many rows it takes; the cells below that continue it say zero.
    pub rows: usize,
    pub kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A label or a heading.
    Heading,
    Text,
    Number,
    /// The line above the table, which has no borders: what stands at its left and at its right.
    Above,
}
