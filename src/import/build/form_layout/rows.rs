//! The rows of a form on the least grid that has all of their edges.

use std::collections::BTreeSet;
use std::ops::Range;

use super::ProjectLayout;
use crate::model::standard::project_form::{FactWord, LayoutCell, LayoutLine, LayoutPart, ProjectFact};

/// A grid with more columns is no form.
const MOST_COLUMNS: usize = 60;

/// A row of cells on the grid.
struct LayoutRow {
    /// Without blank ones that another goes on over.
    cells: Vec<Slot>,
}

#[derive(Clone)]
struct Slot {
    cell: u32,
    start: usize,
    columns: usize,
    continues: bool,
}

impl ProjectLayout<'_> {
    /// Lines as rows on the least grid that has all of their edges.
    pub(super) fn rows(&self, lines: Range<usize>) -> Option<Vec<LayoutLine>> {
        let mut rows: Vec<LayoutRow> =
            lines.filter(|line| !self.full(*line).is_empty()).map(|line| self.row(line)).collect();
        let mut edges: BTreeSet<usize> = BTreeSet::from([0]);
        edges.extend(rows.iter().flat_map(|row| &row.cells).flat_map(|slot| [slot.start, slot.start + slot.columns]));
        let whole = *edges.last()?;
        let edges: Vec<usize> = edges.into_iter().collect();
        if edges.len() > MOST_COLUMNS {
            return None;
        }
        let place = |edge: usize| edges.partition_point(|known| *known < edge);
        for row in &mut rows {
            // A paragraph among the rows, and a row that is shorter than the others.
            if let Some(last) = row.cells.last_mut() {
                last.columns = whole - last.start;
            }
            for slot in &mut row.cells {
                let end = place(slot.start + slot.columns);
                slot.start = place(slot.start);
                slot.columns = end - slot.start;
            }
        }
        let mut used = BTreeSet::new();
        let mut laid_out: Vec<Vec<(Slot, LayoutCell)>> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let own = row.cells.iter().enumerate().filter(|(_, slot)| !slot.continues);
            let cells = own.map(|(place, slot)| {
                let lines = rows[index + 1..]
                    .iter()
                    .take_while(|row| row.cells.iter().any(|below| below.continues && below.start == slot.start));
                let mut parts = self.parts(slot.cell, 0..self.words(slot.cell).len());
                if self.reading.cells.get(slot.cell).is_blank() {
                    let above = index.checked_sub(1).and_then(|above| {
                        rows[above].cells.iter().find(|one| one.start == slot.start && one.columns == slot.columns)
                    });
                    let left = place.checked_sub(1).map(|left| &row.cells[left]).filter(|left| !left.continues);
                    let fact = [left, above].into_iter().flatten().find_map(|label| self.announced_by(label.cell));
                    parts.extend(fact.map(LayoutPart::Fact));
                }
                // What is stated in several cells is printed in the first.
                parts.retain(|part| match part {
                    LayoutPart::Text(_) | LayoutPart::Fact(ProjectFact::Word(FactWord::MoneyUnit | FactWord::Year)) => {
                        true
                    }
                    LayoutPart::Fact(fact) => used.insert(format!("{fact:?}")) || matches!(fact, ProjectFact::Word(_)),
                });
                let cell = LayoutCell { parts, columns: slot.columns.max(1), lines: lines.count() + 1 };
                (slot.clone(), cell)
            });
            laid_out.push(cells.collect());
        }
        Some(without_blank_rows(laid_out).into_iter().map(LayoutLine::Row).collect())
    }

    /// A line on the grid. Where a format has no merged cells, a blank cell is what another goes on over: behind a value
    /// or a second blank, and below the label at the left.
    fn row(&self, line: usize) -> LayoutRow {
        let is_table = self.reading.lines[line].is_table;
        let mut column = 0;
        let mut cells: Vec<Slot> = Vec::new();
        for number in self.cells_of(line) {
            let cell = self.reading.cells.get(number);
            let columns = usize::from(cell.columns.max(1));
            cells.push(Slot { cell: number, start: column, columns, continues: cell.continues });
            column += columns;
        }
        let merges = cells.iter().any(|slot| slot.continues || slot.columns > 1);
        if merges || !is_table {
            return LayoutRow { cells };
        }
        let is_blank = |slot: &Slot| self.reading.cells.get(slot.cell).is_blank();
        let mut kept: Vec<Slot> = Vec::new();
        for (index, slot) in cells.iter().enumerate() {
            let before = kept.last().map(|before| is_blank(before) || self.announced_by(before.cell).is_none());
            match kept.last_mut() {
                Some(last) if is_blank(slot) && before == Some(true) && !last.continues => last.columns += slot.columns,
                _ => kept.push(Slot { continues: index == 0 && is_blank(slot), ..slot.clone() }),
            }
        }
        LayoutRow { cells: kept }
    }
}

/// The rows without those in which nothing is printed; what goes on over them takes fewer lines.
fn without_blank_rows(mut rows: Vec<Vec<(Slot, LayoutCell)>>) -> Vec<Vec<LayoutCell>> {
    let mut index = 0;
    while index < rows.len() {
        if rows[index].iter().any(|(_, cell)| !cell.parts.is_empty()) {
            index += 1;
            continue;
        }
        rows.remove(index);
        for (at, row) in rows[..index].iter_mut().enumerate() {
            for (_, cell) in row.iter_mut().filter(|(_, cell)| at + cell.lines > index) {
                cell.lines -= 1;
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect()).collect()
}
