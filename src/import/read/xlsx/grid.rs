//! A sheet as a grid that is filled cell by cell, and the table that it becomes.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text, texts};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Remark, Table, TableRow};
use crate::import::read::{limits, refusal};
use crate::source::Words;

/// The rows of the largest sheet that a program makes.
const ROWS: u32 = 1_048_576;

/// A merged area, with all its corners: rows and columns count from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

pub struct SheetGrid {
    /// The name of the file.
    pub file: String,
    sheet: Arc<str>,
    /// The cells that hold something, by row and column.
    rows: BTreeMap<u32, BTreeMap<u32, Words>>,
    cells: usize,
    merged: Vec<Area>,
    remarks: Vec<Remark>,
}

impl SheetGrid {
    pub fn new(file: &str, sheet: &str) -> Self {
        let (rows, merged, remarks) = (BTreeMap::new(), Vec::new(), Vec::new());
        Self { file: file.to_owned(), sheet: sheet.into(), rows, cells: 0, merged, remarks }
    }

    pub fn place(&self, row: u32, column: u32) -> DocumentPlace {
        DocumentPlace::Sheet { sheet: self.sheet.clone(), row, column }
    }

    /// Where the last cell stands that holds something.
    pub fn last_place(&self) -> Option<DocumentPlace> {
        let (row, cells) = self.rows.last_key_value()?;
        let (column, _) = cells.last_key_value()?;
        Some(self.place(*row, *column))
    }

    pub fn remark(&mut self, place: Option<DocumentPlace>, text: Text) {
        self.remarks.push(Remark::partial(place, text));
    }

    /// Writes into a cell. Blank words leave it blank.
    pub fn put(&mut self, row: u32, column: u32, words: Words) -> Result<(), Diagnostic> {
        if words.trim().is_empty() {
            return Ok(());
        }
        self.cells += 1;
        if self.cells > limits::CELLS {
            return Err(refusal::too_many_cells(&self.file));
        }
        if row > ROWS || column as usize > limits::COLUMNS {
            return Err(refusal::too_large(&self.file, texts::limit_columns(limits::COLUMNS)));
        }
        self.rows.entry(row).or_default().insert(column, words);
        Ok(())
    }

    pub fn merge(&mut self, area: Area) {
        if area.bottom <= ROWS && area.right as usize <= limits::COLUMNS {
            self.merged.push(area);
        }
    }

    /// Adds the sheet to the document: its name, and one table of the rows that hold something. `cells` counts the
    /// cells of the document so far.
    pub fn finish(mut self, document: &mut Document, cells: &mut usize) -> Result<(), Diagnostic> {
        document.blocks.push(DocumentBlock::Part(self.sheet.to_string()));
        document.remarks.append(&mut self.remarks);
        let merged = self.merged_by_row()?;
        let columns = self.rows.values().flat_map(|row| [row.first_key_value(), row.last_key_value()]).flatten();
        let columns = columns.map(|(column, _)| *column);
        let (Some(first), Some(last)) = (columns.clone().min(), columns.max()) else { return Ok(()) };
        let (first, last) = merged
            .values()
            .flatten()
            .fold((first, last), |(first, last), area| (first.min(area.left), last.max(area.right)));
        let blank = Words::from("");
        let mut table = Table::default();
        for (number, row) in &self.rows {
            let covering = merged.get(number).map_or(&[][..], Vec::as_slice);
            let row = self.row(*number, row, covering, first..=last, &blank, &mut document.remarks);
            *cells += row.cells.len();
            if *cells > limits::CELLS {
                return Err(refusal::too_many_cells(&self.file));
            }
            table.rows.push(row);
        }
        document.blocks.push(DocumentBlock::Table(table));
        Ok(())
    }

    fn row(
        &self,
        number: u32,
        row: &BTreeMap<u32, Words>,
        covering: &[Area],
        columns: std::ops::RangeInclusive<u32>,
        blank: &Words,
        remarks: &mut Vec<Remark>,
    ) -> TableRow {
        let mut cells = Vec::new();
        let mut covering = covering.iter().peekable();
        let (mut column, last) = columns.into_inner();
        while column <= last {
            // Of areas that overlap, which only a damaged file has, the first counts.
            while covering.next_if(|area| area.left < column).is_some() {}
            let words = row.get(&column);
            let place = self.place(number, column);
            let Some(area) = covering.next_if(|area| area.left == column) else {
                cells.push(Cell::new(words.unwrap_or(blank).clone(), place));
                column += 1;
                continue;
            };
            let is_first = number == area.top;
            let shown = row.get(&column).filter(|_| is_first);
            let value = self.rows.get(&area.top).and_then(|row| row.get(&area.left));
            let covered = row.range(column..=area.right).filter(|(at, _)| !(is_first && **at == column));
            for (at, words) in covered.filter(|(_, words)| Some(*words) != value) {
                let text = texts::covered_value(&**words);
                remarks.push(Remark::partial(Some(self.place(number, *at)), text));
            }
            let columns = (area.right - area.left + 1) as u16;
            let text = shown.unwrap_or(blank).clone();
            cells.push(Cell { columns, continues: !is_first, ..Cell::new(text, place) });
            column = area.right + 1;
        }
        TableRow { cells }
    }

    /// The areas that lie on each row that holds something, from left to right.
    fn merged_by_row(&mut self) -> Result<BTreeMap<u32, Vec<Area>>, Diagnostic> {
        let mut by_row: BTreeMap<u32, Vec<Area>> = BTreeMap::new();
        let mut count = 0;
        self.merged.sort_unstable();
        for area in &self.merged {
            for (row, _) in self.rows.range(area.top..=area.bottom) {
                by_row.entry(*row).or_default().push(*area);
                count += 1;
                if count > limits::CELLS {
                    return Err(refusal::too_many_cells(&self.file));
                }
            }
        }
        for areas in by_row.values_mut() {
            areas.sort_unstable_by_key(|area| (area.left, area.top));
        }
        Ok(by_row)
    }
}

/// `B7` as row 7, column 2.
pub fn place_of(name: &str) -> Option<(u32, u32)> {
    let name = name.replace('$', "");
    let digits = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, row) = name.split_at(digits);
    let mut column = 0_u32;
    for letter in letters.bytes() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() || letters.len() > 6 {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
    }
    let row = row.parse().ok().filter(|row| *row > 0)?;
    (column > 0).then_some((row, column))
}

/// `B7:C9` as an area.
pub fn area_of(name: &str) -> Option<Area> {
    let (start, end) = name.split_once(':')?;
    let ((top, left), (bottom, right)) = (place_of(start)?, place_of(end)?);
    (top <= bottom && left <= right).then_some(Area { top, left, bottom, right })
}
