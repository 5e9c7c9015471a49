//! A sheet as a grid that is filled cell by cell, and the table that it becomes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Text, texts};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Remark, Table, TableRow, column_letters};
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
    size: SheetSize,
    merged: Vec<Area>,
    hidden_rows: BTreeSet<u32>,
    hidden_columns: Vec<RangeInclusive<u32>>,
    remarks: Vec<Remark>,
}

/// How much the cells of a sheet, or of all sheets, hold.
#[derive(Clone, Copy, Debug, Default)]
pub struct SheetSize {
    cells: usize,
    /// Of the texts, each as often as a cell shows it.
    bytes: usize,
}

impl SheetSize {
    fn check(self, file: &str) -> Result<(), Diagnostic> {
        if self.bytes > limits::TEXT_BYTES {
            return Err(refusal::too_large(file, texts::limit_text(limits::TEXT_BYTES / 1024 / 1024)));
        }
        if self.cells > limits::CELLS { Err(refusal::too_many_cells(file)) } else { Ok(()) }
    }
}

impl SheetGrid {
    pub fn new(file: &str, sheet: &str) -> Self {
        Self {
            file: file.to_owned(),
            sheet: sheet.into(),
            rows: BTreeMap::new(),
            size: SheetSize::default(),
            merged: Vec::new(),
            hidden_rows: BTreeSet::new(),
            hidden_columns: Vec::new(),
            remarks: Vec::new(),
        }
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

    /// Something that the sheet shows otherwise than it is stored.
    pub fn guess(&mut self, place: DocumentPlace, text: Text) {
        self.remarks.push(Remark::guess(Some(place), text));
    }

    pub fn tell(&mut self, remark: Remark) {
        self.remarks.push(remark);
    }

    pub fn hide_row(&mut self, row: u32) {
        self.hidden_rows.insert(row);
    }

    pub fn hide_columns(&mut self, columns: RangeInclusive<u32>) {
        self.hidden_columns.push(columns);
    }

    /// Writes into a cell. Blank words leave it blank.
    pub fn put(&mut self, row: u32, column: u32, words: Words) -> Result<(), Diagnostic> {
        if words.trim().is_empty() {
            return Ok(());
        }
        self.size.cells += 1;
        self.size.bytes += words.len();
        self.size.check(&self.file)?;
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

    /// Adds the sheet to the document: its name, and one table of the rows that hold something. `size` is that of the
    /// document so far.
    pub fn finish(mut self, document: &mut Document, size: &mut SheetSize) -> Result<(), Diagnostic> {
        document.blocks.push(DocumentBlock::Part(self.sheet.to_string()));
        self.tell_hidden();
        document.remarks.append(&mut self.remarks);
        size.bytes += self.size.bytes;
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
            size.cells += row.cells.len();
            size.check(&self.file)?;
            table.rows.push(row);
        }
        document.blocks.push(DocumentBlock::Table(table));
        Ok(())
    }

    /// Rows and columns that hold something and are not seen, neighbours together.
    fn tell_hidden(&mut self) {
        let rows = runs(self.rows.keys().copied().filter(|row| self.hidden_rows.contains(row)));
        let is_hidden = |column: &u32| self.hidden_columns.iter().any(|hidden| hidden.contains(column));
        let columns: BTreeSet<u32> = if self.hidden_columns.is_empty() {
            BTreeSet::new()
        } else {
            self.rows.values().flat_map(BTreeMap::keys).copied().filter(is_hidden).collect()
        };
        for (first, last) in rows {
            let column = self.rows.get(&first).and_then(|row| row.keys().next()).copied().unwrap_or(1);
            let named = if first == last { first.to_string() } else { format!("{first}–{last}") };
            self.guess(self.place(first, column), texts::row_hidden(named));
        }
        for (first, last) in runs(columns.into_iter()) {
            let row = self.rows.iter().find(|(_, row)| row.contains_key(&first)).map_or(1, |(row, _)| *row);
            let named = if first == last {
                column_letters(first)
            } else {
                format!("{}–{}", column_letters(first), column_letters(last))
            };
            self.guess(self.place(row, first), texts::column_hidden(named));
        }
    }

    fn row(
        &self,
        number: u32,
        row: &BTreeMap<u32, Words>,
        covering: &[Area],
        columns: RangeInclusive<u32>,
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

/// The runs of numbers that follow one another: the first and the last of each.
fn runs(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => runs.push((number, number)),
        }
    }
    runs
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
