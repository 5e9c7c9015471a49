//! The sheets in the official layout: the department as a whole, and a project with its two tables on one grid.

use rust_decimal::Decimal;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::lines::{self, HIGHEST};
use super::styles::{CellLook, NumberStyle, Styles, size};
use crate::backend::official::{CellKind, FormBlock, FormCell, FormTable};

/// The width of a sheet in pixels: what stands between the margins of A4, upright and across.
const WIDTH: u32 = 672;
const WIDE: u32 = 1008;
/// The width of a line of prose: narrow enough for programs whose columns come out wider, which never shrink a single one.
const PROSE: u32 = 580;
/// Edges of the two tables that lie nearer than this are made one.
const NEAR: u32 = 13;
const A4: u8 = 9;

/// The paper of all sheets in the official layout.
fn paper(sheet: &mut Worksheet, is_wide: bool) {
    if is_wide {
        sheet.set_landscape();
    }
    sheet.set_paper_size(A4).set_margins(0.63, 0.63, 0.75, 0.75, 0.3, 0.4);
    sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_footer("&C第 &P 页，共 &N 页").set_screen_gridlines(false);
}

/// Prose: a paragraph a row. One part may be left out.
pub(super) fn prose(
    sheet: &mut Worksheet,
    title: &str,
    blocks: &[FormBlock],
    left_out: Option<&String>,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    paper(sheet, false);
    sheet.set_column_width_pixels(0, PROSE)?;
    let mut row = 0;
    let mut line = |text: &str, look: CellLook| -> Result<(), XlsxError> {
        for part in fitting_parts(text, look) {
            sheet.set_row_height(row, lines::height(part, PROSE, size(look)).min(HIGHEST))?;
            styles.text(sheet, (row, 0), part, look)?;
            row += 1;
        }
        Ok(())
    };
    line(title, CellLook::Title)?;
    for block in blocks {
        match block {
            FormBlock::Part { ordinal, name } if left_out != Some(name) => {
                ordinal.iter().chain([name]).try_for_each(|one| line(one, CellLook::Title))?;
            }
            FormBlock::Part { .. } | FormBlock::Project(_) | FormBlock::Form(_) | FormBlock::Table { .. } => {}
            FormBlock::Heading(text) => line(text, CellLook::Chapter)?,
            FormBlock::Ordinal(text) => line(&format!("　　{text}"), CellLook::Paragraph)?,
            FormBlock::Paragraph { lead, text } => line(&format!("　　{lead}{text}"), CellLook::Paragraph)?,
        }
    }
    Ok(())
}

/// The names of the parts.
pub(super) fn parts(blocks: &[FormBlock]) -> impl DoubleEndedIterator<Item = &String> {
    blocks.iter().filter_map(|block| match block {
        FormBlock::Part { name, .. } => Some(name),
        FormBlock::Heading(_)
        | FormBlock::Ordinal(_)
        | FormBlock::Paragraph { .. }
        | FormBlock::Project(_)
        | FormBlock::Form(_)
        | FormBlock::Table { .. } => None,
    })
}

/// A text in parts none of which is higher than a row can be.
fn fitting_parts(text: &str, look: CellLook) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while lines::height(rest, PROSE, size(look)) > HIGHEST {
        // So many signs fill a row in any case.
        let most = (HIGHEST / (size(look) * 2)) as usize * (PROSE / (size(look) * 2)) as usize;
        let Some((end, _)) = rest.char_indices().nth(most) else { break };
        parts.push(&rest[..end]);
        rest = &rest[end..];
    }
    parts.push(rest);
    parts
}

/// A sheet of tables one below the other, on one grid.
pub(super) fn sheet<'a>(
    sheet: &mut Worksheet,
    heading: &str,
    tables: impl IntoIterator<Item = &'a FormTable>,
    is_wide: bool,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    paper(sheet, is_wide);
    let width = if is_wide { WIDE } else { WIDTH };
    let mut placed: Vec<(&FormTable, Vec<u32>)> = Vec::new();
    let mut known: Vec<u32> = Vec::new();
    for table in tables.into_iter().filter(|table| !table.widths.is_empty()) {
        let edges = snapped(edges(&table.widths, width), &known);
        known.extend(&edges);
        placed.push((table, edges));
    }
    let grid = Grid::of(known);
    for (column, pair) in (0..).zip(grid.edges.windows(2)) {
        sheet.set_column_width_pixels(column, pair[1] - pair[0])?;
    }
    let mut writer = Writer { sheet, styles, grid: &grid, width, row: 0 };
    writer.title(heading)?;
    for (table, edges) in &placed {
        let first = writer.row;
        let rows = writer.table(table, edges)?;
        // Of several tables the last may be long.
        if let Some(end) = table.heading_rows.checked_sub(1).and_then(|last| rows.get(last)) {
            writer.sheet.set_repeat_rows(first, *end)?;
        }
    }
    Ok(())
}

/// Where the columns of a table begin and end, in pixels.
fn edges(widths: &[u16], whole: u32) -> Vec<u32> {
    let total: u32 = widths.iter().map(|width| u32::from(*width)).sum();
    let mut sum = 0;
    let each = widths.iter().map(|width| {
        sum += u32::from(*width);
        whole * sum / total.max(1)
    });
    std::iter::once(0).chain(each).collect()
}

/// The edges moved to near ones of another table, none of them twice.
fn snapped(mut edges: Vec<u32>, others: &[u32]) -> Vec<u32> {
    for index in 1..edges.len().saturating_sub(1) {
        let (before, after) = (edges[index - 1], edges[index + 1]);
        let near = others.iter().copied().min_by_key(|other| other.abs_diff(edges[index]));
        if let Some(near) = near.filter(|near| near.abs_diff(edges[index]) <= NEAR && *near > before && *near < after) {
            edges[index] = near;
        }
    }
    edges
}

/// The columns of a sheet: every edge of its tables is one of theirs.
struct Grid {
    edges: Vec<u32>,
}

impl Grid {
    fn of(mut edges: Vec<u32>) -> Self {
        edges.sort_unstable();
        edges.dedup();
        Self { edges }
    }

    /// The first and the last column between two edges.
    fn columns(&self, start: u32, end: u32) -> (u16, u16) {
        let place = |edge: u32| self.edges.partition_point(|known| *known < edge) as u16;
        (place(start), place(end).saturating_sub(1))
    }
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a mut Styles,
    grid: &'a Grid,
    width: u32,
    row: u32,
}

/// A cell at its place in the table.
struct PlacedCell<'a> {
    cell: &'a FormCell,
    row: usize,
    start: u32,
    end: u32,
    is_last: bool,
}

impl Writer<'_> {
    fn title(&mut self, heading: &str) -> Result<(), XlsxError> {
        let height = lines::height(heading, self.width, size(CellLook::Title)) + 8;
        self.sheet.set_row_height(self.row, height.min(HIGHEST))?;
        let (first, last) = self.grid.columns(0, self.width);
        self.merged((self.row, self.row), (first, last), heading, CellLook::Title)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a table below what is there, and gives the last sheet row of each of its rows.
    fn table(&mut self, table: &FormTable, edges: &[u32]) -> Result<Vec<u32>, XlsxError> {
        let cells = placed(table, edges);
        let heights = heights(&cells, table.rows.len());
        // A row that is higher than a sheet's row can be is several of them.
        let mut starts = vec![self.row];
        for height in &heights {
            let parts = height.div_ceil(HIGHEST).max(1);
            let start = starts[starts.len() - 1];
            for part in 0..parts {
                self.sheet.set_row_height(start + part, height.div_ceil(parts))?;
            }
            starts.push(start + parts);
        }
        for placed in &cells {
            let rows = (starts[placed.row], starts[placed.row + placed.cell.rows] - 1);
            self.cell(placed, rows)?;
        }
        self.row = starts[starts.len() - 1];
        Ok(starts[1..].iter().map(|end| end - 1).collect())
    }

    fn cell(&mut self, placed: &PlacedCell<'_>, rows: (u32, u32)) -> Result<(), XlsxError> {
        let look = look(placed);
        let columns = self.grid.columns(placed.start, placed.end);
        let text = &placed.cell.text;
        self.merged(rows, columns, text, look)?;
        let at = (rows.0, columns.0);
        match number(placed.cell) {
            Some((value, true)) => self.styles.number(self.sheet, at, value, look, NumberStyle::Percent),
            Some((value, false)) => self.styles.number(self.sheet, at, value, look, NumberStyle::Plain),
            None => Ok(()),
        }
    }

    fn merged(
        &mut self,
        (first_row, last_row): (u32, u32),
        (first, last): (u16, u16),
        text: &str,
        look: CellLook,
    ) -> Result<(), XlsxError> {
        if (first_row, first) != (last_row, last) {
            let format = self.styles.of_text("", look);
            self.sheet.merge_range(first_row, first, last_row, last, "", format)?;
        }
        self.styles.text(self.sheet, (first_row, first), text, look)
    }
}

/// The cells that begin in a row, with their edges.
fn placed<'a>(table: &'a FormTable, edges: &[u32]) -> Vec<PlacedCell<'a>> {
    let mut cells = Vec::new();
    let last = edges.len() - 1;
    for (row, line) in table.rows.iter().enumerate() {
        let mut column = 0;
        for cell in line {
            let end = (column + cell.columns).min(last);
            // Invariant: the cells of a row fill the grid of its table.
            if !cell.continues() && column < end {
                cells.push(PlacedCell { cell, row, start: edges[column], end: edges[end], is_last: end == last });
            }
            column = end;
        }
    }
    cells
}

/// The heights of rows: what their own cells need, and the last row of a cell over several what is still missing.
fn heights(cells: &[PlacedCell<'_>], rows: usize) -> Vec<u32> {
    let mut heights = vec![0; rows];
    let needed = |placed: &PlacedCell<'_>| {
        let look = look(placed);
        lines::height(&placed.cell.text, placed.end - placed.start, size(look))
    };
    for placed in cells.iter().filter(|placed| placed.cell.rows == 1) {
        heights[placed.row] = heights[placed.row].max(needed(placed));
    }
    for placed in cells.iter().filter(|placed| placed.cell.rows > 1) {
        let end = (placed.row + placed.cell.rows).min(rows);
        let sum: u32 = heights[placed.row..end].iter().sum();
        heights[end - 1] += needed(placed).saturating_sub(sum);
    }
    heights
}

fn look(placed: &PlacedCell<'_>) -> CellLook {
    match placed.cell.kind {
        CellKind::Heading => CellLook::Heading,
        // A number stands in the middle, as in the form that is printed.
        CellKind::Text | CellKind::Number => CellLook::Middle,
        CellKind::Prose => CellLook::Left,
        CellKind::Above => match (placed.start == 0, placed.is_last) {
            (true, false) => CellLook::AboveLeft,
            (false, true) => CellLook::AboveRight,
            (true, true) | (false, false) => CellLook::AboveMiddle,
        },
    }
}

/// The number that a cell of numbers shows, and whether it is a percentage.
fn number(cell: &FormCell) -> Option<(Decimal, bool)> {
    if cell.kind != CellKind::Number {
        return None;
    }
    let (digits, is_percent) = match cell.text.strip_suffix('%') {
        Some(digits) => (digits, true),
        None => (cell.text.as_str(), false),
    };
    let is_plain = digits.strip_prefix('-').unwrap_or(digits).bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value = Decimal::from_str_exact(digits).ok().filter(|value| is_plain && value.to_string() == digits);
    value.map(|value| (value, is_percent))
}
