//! A document as every reader hands it over: paragraphs and tables in reading order, whatever the format of the file.
//!
//! A reader says what stands where, and nothing of what it means.

use std::sync::Arc;

use crate::diagnostic::{Code, Text};
use crate::source::Words;

#[derive(Clone, Debug, Default)]
pub struct Document {
    pub blocks: Vec<DocumentBlock>,
    /// What the reader could not hand over as it stood: a file that ends early, a formula without a value.
    pub remarks: Vec<Remark>,
    /// Words of the file that are marks of a word processor, not of the document: `[bookmark: _Toc1]`.
    pub marks: Vec<(DocumentPlace, Words)>,
    /// Its pages are pictures: a person reads what no program finds there.
    pub is_picture: bool,
}

#[derive(Clone, Debug)]
pub enum DocumentBlock {
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
    pub rows: Vec<TableRow>,
}

#[derive(Clone, Debug, Default)]
pub struct TableRow {
    pub cells: Vec<Cell>,
}

/// A cell of a table, or the whole of a paragraph. The part of a merged cell that lies below its first row is a cell of
/// its own, with [`Cell::continues`] and no text; the part to its right is none.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Without blanks at its ends. Line ends part paragraphs.
    pub text: Words,
    pub place: DocumentPlace,
    /// How many columns of the grid it takes, at least one.
    pub columns: u16,
    /// Whether it carries on the cell above it.
    pub continues: bool,
}

/// Where something stands in the file, as people count: from one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentPlace {
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

/// Something to tell of the reading: JX607 where a part could not be read, JX606 where something was guessed, JX610 for a
/// comparator that looks damaged.
#[derive(Clone, Debug)]
pub struct Remark {
    pub code: Code,
    pub place: Option<DocumentPlace>,
    pub text: Text,
}

impl Remark {
    /// A part of the document could not be read as it stood.
    pub fn partial(place: Option<DocumentPlace>, text: Text) -> Self {
        Self { code: Code::JX607, place, text }
    }

    /// Something that the document does not say in so many words.
    pub fn guess(place: Option<DocumentPlace>, text: Text) -> Self {
        Self { code: Code::JX606, place, text }
    }
}

impl Cell {
    /// A cell of one column.
    pub fn new(text: impl Into<Words>, place: DocumentPlace) -> Self {
        Self { text: text.into(), place, columns: 1, continues: false }
    }

    pub fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }
}

impl DocumentPlace {
    /// `第 12 行`, `表 3 第 5 行第 2 格`, `项目一!B7`
    pub fn shown(&self) -> Text {
        match self {
            DocumentPlace::Line(line) => Text::new(format!("第 {line} 行"), format!("line {line}")),
            DocumentPlace::Paragraph(number) => Text::new(format!("第 {number} 段"), format!("paragraph {number}")),
            DocumentPlace::Table { table, row, cell } => Text::new(
                format!("表 {table} 第 {row} 行第 {cell} 格"),
                format!("table {table}, row {row}, cell {cell}"),
            ),
            DocumentPlace::Sheet { sheet, row, column } => {
                Text::same(format!("{sheet}!{}{row}", column_letters(*column)))
            }
            DocumentPlace::Record { row, field } => {
                Text::new(format!("第 {row} 行第 {field} 列"), format!("row {row}, field {field}"))
            }
        }
    }
}

/// 1 as A, 27 as AA.
pub(super) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
