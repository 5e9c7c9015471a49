//! A document as every reader hands it over: paragraphs and tables in reading order, whatever the format of the file.
//!
//! A reader says what stands where, and nothing of what it means.

use std::sync::Arc;

use crate::diagnostic::Text;
use crate::source::Words;

#[derive(Clone, Debug, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
    /// What the reader could not hand over as it stood: a file that ends early, a formula without a value.
    pub remarks: Vec<Remark>,
}

#[derive(Clone, Debug)]
pub enum Block {
    /// What parts a document in its file, by name: a sheet of a workbook.
    Part(String),
    Paragraph(Paragraph),
    Table(Table),
}

#[derive(Clone, Debug)]
pub struct Paragraph {
    /// 1 for the highest heading, 0 for text.
    pub level: u8,
    pub cell: Cell,
}

#[derive(Clone, Debug, Default)]
pub struct Table {
    pub rows: Vec<Row>,
}

#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Cell>,
}

/// A cell of a table, or the whole of a paragraph. The part of a merged cell that lies below its first row is a cell of
/// its own, with [`Cell::continues`] and no text; the part to its right is none.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Without blanks at its ends. Line ends part paragraphs.
    pub text: Words,
    pub place: Place,
    /// How many columns of the grid it takes, at least one.
    pub columns: u16,
    /// Whether it carries on the cell above it.
    pub continues: bool,
}

/// Where something stands in the file, as people count: from one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    Line(u32),
    Paragraph(u32),
    /// Table, row and cell of a document.
    Table {
        table: u32,
        row: u32,
        cell: u32,
    },
    /// Row and column of a sheet: shown as `表一!B7`.
    Sheet {
        sheet: Arc<str>,
        row: u32,
        column: u32,
    },
    /// Row and field of a CSV file.
    Record {
        row: u32,
        field: u32,
    },
}

/// Something to tell of the reading.
#[derive(Clone, Debug)]
pub struct Remark {
    pub place: Option<Place>,
    pub text: Text,
}

impl Cell {
    /// A cell of one column.
    pub fn new(text: impl Into<Words>, place: Place) -> Self {
        Self { text: text.into(), place, columns: 1, continues: false }
    }

    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

impl Place {
    /// `第 12 行`, `表 3 第 5 行第 2 格`, `项目一!B7`
    pub fn shown(&self) -> Text {
        match self {
            Place::Line(line) => Text::new(format!("第 {line} 行"), format!("line {line}")),
            Place::Paragraph(number) => Text::new(format!("第 {number} 段"), format!("paragraph {number}")),
            Place::Table { table, row, cell } => Text::new(
                format!("表 {table} 第 {row} 行第 {cell} 格"),
                format!("table {table}, row {row}, cell {cell}"),
            ),
            Place::Sheet { sheet, row, column } => Text::same(format!("{sheet}!{}{row}", column_letters(*column))),
            Place::Record { row, field } => {
                Text::new(format!("第 {row} 行第 {field} 列"), format!("row {row}, field {field}"))
            }
        }
    }
}

/// 1 as A, 27 as AA.
fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
