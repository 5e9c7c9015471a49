//! A table of a page while it is open: cells that reach over several rows are carried into the rows below.

use std::collections::VecDeque;

use crate::diagnostic::Diagnostic;
use crate::import::document::{Cell, DocumentPlace, Remark, Table, TableRow};
use crate::import::read::{limits, refusal};

use super::words::FoldedText;

/// The columns and rows that a cell of a page may take.
const SPAN: u16 = 1000;

pub struct OpenTable {
    number: u32,
    table: Table,
    /// Rows begun, with those that hold no cell.
    rows: u32,
    row: Option<OpenRow>,
    /// What reaches into the next rows: the column where it begins, its columns, the rows that are left.
    carried: VecDeque<(usize, u16, u32)>,
}

#[derive(Default)]
struct OpenRow {
    cells: Vec<Cell>,
    cell: Option<OpenCell>,
    /// The next free column.
    column: usize,
    own: u32,
    carried: Vec<(usize, u16, u32)>,
}

struct OpenCell {
    words: FoldedText,
    columns: u16,
    rows: u32,
}

impl OpenTable {
    pub fn new(number: u32) -> Self {
        Self { number, table: Table::default(), rows: 0, row: None, carried: VecDeque::new() }
    }

    /// The words of the cell that is open.
    pub fn words(&mut self) -> Option<&mut FoldedText> {
        Some(&mut self.row.as_mut()?.cell.as_mut()?.words)
    }

    pub fn begin_row(&mut self) {
        self.rows += 1;
        self.row = Some(OpenRow::default());
    }

    pub fn begin_cell(&mut self, columns: Option<&str>, rows: Option<&str>) {
        let count = |text: Option<&str>| text.and_then(leading_number);
        let columns = count(columns).unwrap_or(1).clamp(1, u32::from(SPAN)) as u16;
        // No rows at all means all that are left.
        let rows = count(rows).map_or(1, |rows| if rows == 0 { u32::MAX } else { rows });
        if let Some(row) = &mut self.row {
            row.cell = Some(OpenCell { words: FoldedText::default(), columns, rows });
        }
    }

    pub fn end_cell(&mut self, remarks: &mut Vec<Remark>) {
        self.fill(false);
        let Some(row) = &mut self.row else { return };
        let Some(cell) = row.cell.take() else { return };
        row.own += 1;
        let place = DocumentPlace::Table { table: self.number, row: self.rows, cell: row.own };
        if cell.rows > 1 {
            row.carried.push((row.column, cell.columns, cell.rows - 1));
        }
        let text = cell.words.finish(&place, remarks);
        row.cells.push(Cell { columns: cell.columns, ..Cell::new(text, place) });
        row.column += usize::from(cell.columns);
    }

    /// Ends the row. `cells` counts those of the document, of which there may be `limit`.
    pub fn end_row(&mut self, name: &str, cells: &mut usize, limit: usize) -> Result<(), Diagnostic> {
        self.fill(true);
        let Some(row) = self.row.take() else { return Ok(()) };
        self.carried.extend(row.carried);
        self.carried.make_contiguous().sort_unstable();
        if row.own == 0 {
            return Ok(());
        }
        *cells += row.cells.len();
        if *cells > limit.min(limits::CELLS) {
            return Err(refusal::too_many_cells(name));
        }
        self.table.rows.push(TableRow { cells: row.cells });
        Ok(())
    }

    pub fn finish(self) -> Table {
        self.table
    }

    /// Puts what is carried into the free columns, up to the first gap or to the end of the row.
    fn fill(&mut self, to_the_end: bool) {
        let Some(row) = &mut self.row else { return };
        while let Some((column, columns, rows)) = self.carried.front().copied() {
            if column > row.column && !to_the_end {
                return;
            }
            self.carried.pop_front();
            let place = DocumentPlace::Table { table: self.number, row: self.rows, cell: row.own + 1 };
            row.cells.push(Cell { columns, continues: true, ..Cell::new("", place) });
            row.column = row.column.max(column) + usize::from(columns);
            if rows > 1 {
                row.carried.push((column, columns, rows - 1));
            }
        }
    }
}

/// `3` of `3px`, as browsers read it.
fn leading_number(text: &str) -> Option<u32> {
    let text = text.trim_start();
    let digits = text.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(text.len());
    text[..digits].parse().ok()
}
