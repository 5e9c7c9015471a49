//! The tables of a Word document while they are open. A table in a cell becomes a table of its own, after the outer one;
//! one of a single column is a frame around words of the cell.

use std::mem::take;

use crate::diagnostic::Diagnostic;
use crate::import::document::{Cell, DocumentPlace, Table, TableRow};
use crate::import::read::xml::XmlElement;
use crate::import::read::{limits, refusal};

/// The tables that are open, the innermost last, and what ended inside them.
#[derive(Default)]
pub struct Tables {
    pub open: Vec<DocxTable>,
    /// Tables that ended inside a table that is open, by their numbers.
    ended: Vec<(u32, Table)>,
    count: u32,
    cells: usize,
}

#[derive(Default)]
pub struct DocxTable {
    number: u32,
    rows: u32,
    table: Table,
    row: Option<DocxRow>,
}

#[derive(Default)]
struct DocxRow {
    cells: Vec<Cell>,
    cell: Option<DocxCell>,
    /// The columns of the grid that the row leaves out at its ends.
    before: u16,
    after: u16,
    is_deleted: bool,
}

#[derive(Default)]
struct DocxCell {
    text: String,
    columns: u16,
    continues: bool,
    /// Carries on the cell to its left: the old way to merge.
    continues_left: bool,
}

impl Tables {
    pub fn begin(&mut self) {
        self.count += 1;
        self.open.push(DocxTable { number: self.count, ..DocxTable::default() });
    }

    pub fn begin_row(&mut self) {
        if let Some(table) = self.open.last_mut() {
            table.rows += 1;
            table.row = Some(DocxRow::default());
        }
    }

    pub fn begin_cell(&mut self) {
        if let Some(row) = self.row() {
            row.cell = Some(DocxCell { columns: 1, ..DocxCell::default() });
        }
    }

    /// Takes a property of the row or the cell that is open.
    pub fn property(&mut self, name: &str, element: &XmlElement) {
        let Some(row) = self.row() else { return };
        let columns = || element.number::<u16>("val").unwrap_or(1).min(limits::COLUMNS as u16);
        let carries_on = || element.attribute("val").is_none_or(|value| value != "restart");
        match (name, &mut row.cell) {
            ("gridBefore", None) => row.before = columns(),
            ("gridAfter", None) => row.after = columns(),
            ("del", None) => row.is_deleted = true,
            ("gridSpan", Some(cell)) => cell.columns = columns().max(1),
            ("vMerge", Some(cell)) => cell.continues = carries_on(),
            ("hMerge", Some(cell)) => cell.continues_left = carries_on(),
            (_, _) => {}
        }
    }

    /// Adds a paragraph to the cell that is open; false where there is none.
    pub fn write(&mut self, paragraph: &str) -> bool {
        let Some(cell) = self.row().and_then(|row| row.cell.as_mut()) else { return false };
        if !cell.text.is_empty() {
            cell.text.push('\n');
        }
        cell.text.push_str(paragraph);
        true
    }

    pub fn end_cell(&mut self) {
        let Some(table) = self.open.last_mut() else { return };
        let Some(place) = table.place() else { return };
        let Some(row) = &mut table.row else { return };
        let Some(cell) = row.cell.take() else { return };
        let is_blank = cell.text.is_empty();
        if let (true, true, Some(left)) = (cell.continues_left, is_blank, row.cells.last_mut()) {
            left.columns = left.columns.saturating_add(cell.columns);
            return;
        }
        // Words in a cell that carries on another are shown by some programs: they are not dropped.
        let continues = cell.continues && is_blank;
        row.cells.push(Cell { columns: cell.columns, continues, ..Cell::new(cell.text, place) });
    }

    pub fn end_row(&mut self, name: &str) -> Result<(), Diagnostic> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Some(row) = table.row.take() else { return Ok(()) };
        let blank = |columns: u16, cell: usize| {
            let place = DocumentPlace::Table { table: table.number, row: table.rows, cell: cell as u32 };
            (columns > 0).then(|| Cell { columns, ..Cell::new("", place) })
        };
        let (first, last) = (blank(row.before, 1), blank(row.after, row.cells.len()));
        let cells: Vec<Cell> = first.into_iter().chain(row.cells).chain(last).collect();
        self.cells += cells.len();
        if self.cells > limits::CELLS {
            return Err(refusal::too_many_cells(name));
        }
        if !row.is_deleted {
            table.table.rows.push(TableRow { cells });
        }
        Ok(())
    }

    /// Ends the innermost table. Hands over the outermost table with all that ended inside it.
    pub fn end(&mut self) -> Vec<Table> {
        let Some(table) = self.open.pop() else { return Vec::new() };
        let is_inner = self.has_cell();
        if is_inner && table.table.rows.iter().all(|row| row.cells.len() <= 1) {
            for cell in table.table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_blank()) {
                self.write(&cell.text);
            }
        } else {
            self.add(table.number, table.table);
        }
        if !self.open.is_empty() {
            return Vec::new();
        }
        self.ended.sort_by_key(|(number, _)| *number);
        take(&mut self.ended).into_iter().map(|(_, table)| table).collect()
    }

    /// Adds a table that has ended, to come after the one that is open.
    pub fn add(&mut self, number: u32, table: Table) {
        self.ended.push((number, table));
    }

    /// Takes the numbers of tables that were read elsewhere. The number before the first of them.
    pub fn count_on(&mut self, count: u32) -> u32 {
        self.count += count;
        self.count - count
    }

    /// Whether a cell is open.
    pub fn has_cell(&mut self) -> bool {
        self.row().is_some_and(|row| row.cell.is_some())
    }

    /// Whether the cell that is open carries on another.
    pub fn is_in_continued_cell(&mut self) -> bool {
        self.row().and_then(|row| row.cell.as_ref()).is_some_and(|cell| cell.continues || cell.continues_left)
    }

    fn row(&mut self) -> Option<&mut DocxRow> {
        self.open.last_mut()?.row.as_mut()
    }
}

impl DocxTable {
    /// Where the cell that is open stands.
    pub fn place(&self) -> Option<DocumentPlace> {
        let row = self.row.as_ref()?;
        Some(DocumentPlace::Table { table: self.number, row: self.rows, cell: row.cells.len() as u32 + 1 })
    }
}
