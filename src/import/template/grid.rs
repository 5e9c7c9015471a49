//! The tables of a document as grids: what stands in a row under a column, also where it is blank.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::cell_edit::CellEdit;
use crate::import::account::{CellPiece, Cells};
use crate::import::document::DocumentPlace;
use crate::source::Words;

/// A table of a document, or a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableName {
    Number(u32),
    Sheet(Arc<str>),
}

/// A row of a table.
pub type RowName = (TableName, u32);

/// A place, and what was read there.
#[derive(Clone, Debug)]
pub struct Spot {
    pub place: DocumentPlace,
    pub was: Words,
}

/// All cells of tables by their rows.
#[derive(Default)]
pub struct FormGrid {
    rows: BTreeMap<RowName, Vec<FormGridCell>>,
}

/// A cell, and the column in which it begins.
#[derive(Clone, Copy, Debug)]
pub struct FormGridCell {
    pub cell: u32,
    pub column: u32,
    pub continues: bool,
    pub is_blank: bool,
}

/// The row that a place stands in.
pub fn row_of(place: &DocumentPlace) -> Option<RowName> {
    match place {
        DocumentPlace::Table { table, row, .. } => Some((TableName::Number(*table), *row)),
        DocumentPlace::Sheet { sheet, row, .. } => Some((TableName::Sheet(sheet.clone()), *row)),
        DocumentPlace::Line(_) | DocumentPlace::Paragraph(_) | DocumentPlace::Record { .. } => None,
    }
}

impl FormGrid {
    pub fn of(cells: &Cells) -> Self {
        let mut rows: BTreeMap<RowName, Vec<FormGridCell>> = BTreeMap::new();
        let mut next: BTreeMap<RowName, u32> = BTreeMap::new();
        for index in 0..cells.len() {
            let cell = cells.get(index);
            let Some(row) = row_of(&cell.place) else { continue };
            let reached = next.entry(row.clone()).or_default();
            let column = match &cell.place {
                DocumentPlace::Sheet { column, .. } => *column,
                _ => *reached,
            };
            *reached = column + u32::from(cell.columns.max(1));
            let one = FormGridCell { cell: index, column, continues: cell.continues, is_blank: cell.is_blank() };
            rows.entry(row).or_default().push(one);
        }
        Self { rows }
    }

    pub fn row(&self, name: &RowName) -> &[FormGridCell] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }

    /// All rows, table by table.
    pub fn all(&self) -> impl Iterator<Item = (&RowName, &[FormGridCell])> {
        self.rows.iter().map(|(name, cells)| (name, cells.as_slice()))
    }

    /// The rows of a table, from the top.
    pub fn rows_of(&self, table: &TableName) -> impl Iterator<Item = (&RowName, &[FormGridCell])> {
        let whole: Range<RowName> = (table.clone(), 0)..(table.clone(), u32::MAX);
        self.rows.range(whole).map(|(name, cells)| (name, cells.as_slice()))
    }

    pub fn column_of(&self, cells: &Cells, cell: u32) -> Option<(RowName, u32)> {
        let row = row_of(&cells.get(cell).place)?;
        let found = self.row(&row).iter().find(|one| one.cell == cell)?;
        let column = found.column;
        Some((row, column))
    }

    /// The blank cell of a row under a column. A sheet has one where nothing is stored.
    pub fn blank_at(&self, cells: &Cells, row: &RowName, column: u32) -> Option<Spot> {
        if let Some(one) = self.row(row).iter().find(|one| one.column == column) {
            return (one.is_blank && !one.continues).then(|| spot(cells, one.cell));
        }
        let (TableName::Sheet(sheet), number) = row else { return None };
        let place = DocumentPlace::Sheet { sheet: sheet.clone(), row: *number, column };
        Some(Spot { place, was: Words::from(String::new()) })
    }

    /// The blank cell to the right of another.
    pub fn blank_beside(&self, cells: &Cells, cell: u32) -> Option<Spot> {
        let row = row_of(&cells.get(cell).place)?;
        let all = self.row(&row);
        let at = all.iter().position(|one| one.cell == cell)?;
        let next = all.get(at + 1);
        let end = all[at].column + u32::from(cells.get(cell).columns.max(1));
        match next {
            Some(next) if next.is_blank && !next.continues => Some(spot(cells, next.cell)),
            Some(_) => None,
            None => self.blank_at(cells, &row, end),
        }
    }
}

pub fn spot(cells: &Cells, cell: u32) -> Spot {
    let cell = cells.get(cell);
    Spot { place: cell.place.clone(), was: cell.text.clone() }
}

/// What is to be written, cell by cell.
#[derive(Default)]
pub struct CellEdits {
    cells: BTreeMap<DocumentPlace, PendingCell>,
    /// What each text of a fact becomes; none where different facts of one text become different ones.
    becomes: BTreeMap<String, Option<String>>,
}

/// What a text becomes that says a fact again.
pub enum Repeated<'e> {
    Stays,
    Becomes(&'e str),
    /// Several facts had these words, and become different ones.
    Unclear,
}

struct PendingCell {
    was: Words,
    parts: Vec<(Range<usize>, String)>,
    what: String,
}

/// A cell with all that is written in it, and what that is.
pub struct FinishedEdit {
    pub place: DocumentPlace,
    pub was: Words,
    pub part: Range<usize>,
    pub text: String,
    pub what: String,
}

impl FinishedEdit {
    pub fn edit(&self) -> CellEdit<'_> {
        CellEdit { was: &self.was, part: self.part.clone(), text: self.text.clone() }
    }
}

impl CellEdits {
    /// Writes a part of a cell; what is the same stays.
    pub fn put(&mut self, spot: Spot, part: Range<usize>, text: Option<String>, what: &str) {
        let Some(text) = text else { return };
        if spot.was.get(part.clone()) == Some(text.as_str()) {
            return;
        }
        let cell = self.cells.entry(spot.place).or_insert_with(|| PendingCell {
            was: spot.was,
            parts: Vec::new(),
            what: what.to_owned(),
        });
        let is_free = cell.parts.iter().all(|(other, _)| other.end <= part.start || part.end <= other.start);
        if is_free && (cell.parts.is_empty() || !part.is_empty()) {
            cell.parts.push((part, text));
        }
    }

    pub fn put_piece(&mut self, cells: &Cells, piece: &CellPiece, text: Option<String>, what: &str) {
        let was = cells.text(piece);
        if !was.is_empty() {
            let new = text.clone().unwrap_or_else(|| was.to_owned());
            let known = self.becomes.entry(was.to_owned()).or_insert_with(|| Some(new.clone()));
            if known.as_ref() != Some(&new) {
                *known = None;
            }
        }
        let part = piece.bytes.start as usize..piece.bytes.end as usize;
        self.put(spot(cells, piece.cell), part, text, what);
    }

    /// What a text becomes that says a fact again.
    pub fn said_again(&self, was: &str) -> Repeated<'_> {
        match self.becomes.get(was) {
            Some(Some(new)) if new != was => Repeated::Becomes(new),
            Some(None) => Repeated::Unclear,
            Some(Some(_)) | None => Repeated::Stays,
        }
    }

    /// Whether something is to be written at a place already.
    pub fn is_written(&self, place: &DocumentPlace) -> bool {
        self.cells.get(place).is_some_and(|cell| !cell.parts.is_empty())
    }

    /// Writes into a blank cell.
    pub fn put_blank(&mut self, spot: Option<Spot>, text: Option<String>, what: &str) {
        let Some(spot) = spot else { return };
        let whole = 0..spot.was.len();
        self.put(spot, whole, text.filter(|text| !text.is_empty()), what);
    }

    pub fn finish(self) -> impl Iterator<Item = FinishedEdit> {
        self.cells.into_iter().filter(|(_, cell)| !cell.parts.is_empty()).map(|(place, mut cell)| {
            cell.parts.sort_by_key(|(part, _)| part.start);
            let start = cell.parts.first().map_or(0, |(part, _)| part.start);
            let mut text = String::new();
            let mut at = start;
            for (part, new) in &cell.parts {
                text.push_str(&cell.was[at..part.start]);
                text.push_str(new);
                at = part.end;
            }
            FinishedEdit { place, was: cell.was, part: start..at, text, what: cell.what }
        })
    }
}
