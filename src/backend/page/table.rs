//! Tables over pages: rows as high as their cells, headings repeated, merged cells cut at the end of a page.

use super::flow::{Flow, LineRoom, length};
use super::lines::{SetLine, SignRow};
use super::look::{self, LineSide, Look};
use super::{DocumentPart, Labels, POINT, PartId, StraightRule, TWENTIETH, Thousandths, Typeface, fitting, times};
use crate::backend::official::kept::LONG;
use crate::backend::official::{CellKind, FormCell, FormTable};

/// A comfortable row of one line.
const LEAST: Thousandths = 425 * TWENTIETH;
/// Between rules and signs.
const ABOVE: Thousandths = 28 * TWENTIETH;
const BESIDE: Thousandths = 45 * TWENTIETH;
/// What prose stands further in, at either side.
const PROSE_BESIDE: Thousandths = 60 * TWENTIETH;
/// The room below a table.
const BELOW: Thousandths = 6 * POINT;
/// A row that is cut at the end of a page begins with so many lines at least.
const BEGINNING: usize = 3;

/// Draws a table below what stands on the page, with words for those who do not see it.
pub(super) fn draw(flow: &mut Flow<'_>, table: &FormTable, description: &str) {
    if table.widths.is_empty() || table.rows.is_empty() {
        return;
    }
    let mut grid = TableGrid::measured(flow, table);
    let units = grid.units(table, flow.body());
    let part = flow.canvas.part(DocumentPart::Table(description.to_owned()), None);
    let repeated: Vec<usize> = (0..grid.rows.len()).filter(|row| grid.rows[*row].is_heading).collect();
    let mut here: Vec<usize> = Vec::new();
    let mut is_repeated = false;
    let mut used = 0;
    for unit in units {
        let height: Thousandths = unit.iter().map(|row| grid.rows[*row].height).sum();
        let is_begun = !here.is_empty() || flow.top > length(flow.paper.top);
        if flow.top + used + height > flow.bottom() && is_begun {
            let is_cut = !here.is_empty();
            grid.piece(flow, &std::mem::take(&mut here), is_repeated, part);
            flow.turn();
            is_repeated = is_cut || is_repeated;
            used = if is_repeated { repeated.iter().map(|row| grid.rows[*row].height).sum() } else { 0 };
        }
        used += height;
        here.extend(unit);
    }
    grid.piece(flow, &here, is_repeated, part);
    flow.top += BELOW;
}

/// The cells of a table, and which of them lies where.
struct TableGrid {
    /// From the left of the page.
    edges: Vec<Thousandths>,
    rows: Vec<RowBox>,
    cells: Vec<CellBox>,
    /// The cell at each row and column.
    owners: Vec<Vec<usize>>,
}

/// A row, or a part of one that may be cut.
struct RowBox {
    height: Thousandths,
    is_heading: bool,
    /// Whether a row of the table begins here.
    begins: bool,
    /// How it holds to the next.
    hold: Hold,
}

/// How a row holds to the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// A page may end here.
    Free,
    /// It looks better on one page.
    Kept,
    /// What stands in both would not fit into two pieces.
    Bound,
}

struct CellBox {
    /// Its rows of the grid.
    first: usize,
    rows: usize,
    column: usize,
    columns: usize,
    kind: CellKind,
    look: Look,
    left: Thousandths,
    width: Thousandths,
    paragraphs: Vec<SignRow>,
    /// Each with its paragraph.
    lines: Vec<(usize, SetLine)>,
    /// How many rows of the table it takes.
    spans: usize,
    drawn: usize,
    part: Option<PartId>,
}

impl CellBox {
    fn height(&self) -> Thousandths {
        times(self.lines.len(), self.look.line) + 2 * ABOVE
    }
}

impl TableGrid {
    fn measured(flow: &Flow<'_>, table: &FormTable) -> Self {
        let left = length(flow.paper.margin());
        let edges: Vec<Thousandths> = wide_enough(flow, table).into_iter().map(|edge| left + edge).collect();
        let mut grid = Self { edges, rows: Vec::new(), cells: Vec::new(), owners: Vec::new() };
        for row in &table.rows {
            grid.add(flow, row, table);
        }
        let heights = grid.heights(table);
        grid.cut(&heights, table, flow);
        grid
    }

    /// A row of the table, for now a row of the grid.
    fn add(&mut self, flow: &Flow<'_>, cells: &[FormCell], table: &FormTable) {
        let row = self.owners.len();
        let count = self.edges.len() - 1;
        let mut owners: Vec<usize> = Vec::with_capacity(count);
        for (index, one) in cells.iter().enumerate() {
            let column = owners.len();
            // Invariant: the cells of a row fill the grid.
            let columns = one.columns.min(count - column);
            let above = row.checked_sub(1).map(|above| self.owners[above][column.min(count - 1)]);
            let owner = if let Some(above) = above.filter(|_| one.continues()) {
                above
            } else {
                let side = match (index, index + 1 == cells.len()) {
                    (0, false) => LineSide::Left,
                    (1.., true) => LineSide::Right,
                    _ => LineSide::Middle,
                };
                self.cells.push(self.cell(flow, one, (row, column, columns), side, table.is_crowded()));
                self.cells.len() - 1
            };
            owners.extend(std::iter::repeat_n(owner, columns));
        }
        while owners.len() < count {
            let rest = (row, owners.len(), count - owners.len());
            self.cells.push(self.cell(flow, &FormCell::new(CellKind::Text, rest.2, ""), rest, LineSide::Middle, false));
            owners.extend(std::iter::repeat_n(self.cells.len() - 1, rest.2));
        }
        self.owners.push(owners);
    }

    fn cell(
        &self,
        flow: &Flow<'_>,
        one: &FormCell,
        (row, column, columns): (usize, usize, usize),
        side: LineSide,
        is_small: bool,
    ) -> CellBox {
        let (typeface, side) = match one.kind {
            CellKind::Heading => (Typeface::Hei, LineSide::Middle),
            CellKind::Text | CellKind::Number => (Typeface::Song, LineSide::Middle),
            CellKind::Prose => (Typeface::Song, LineSide::Both),
            CellKind::Above => (Typeface::Song, side),
        };
        let look = look::cell(typeface, is_small, side);
        let beside = if one.kind == CellKind::Prose { BESIDE + PROSE_BESIDE } else { BESIDE };
        let left = self.edges[column] + beside;
        let width = self.edges[column + columns] - self.edges[column] - 2 * beside;
        let mut paragraphs = Vec::new();
        let mut lines = Vec::new();
        for text in one.text.split('\n').filter(|_| !one.text.is_empty()) {
            let row = SignRow::new(&[(typeface, text)], look.size, flow.widths);
            let broken = if side == LineSide::Middle { row.balanced(width) } else { row.broken(width, 0) };
            lines.extend(broken.into_iter().map(|line| (paragraphs.len(), line)));
            paragraphs.push(row);
        }
        CellBox {
            first: row,
            rows: one.rows.max(1),
            column,
            columns,
            kind: one.kind,
            look,
            left,
            width,
            paragraphs,
            lines,
            spans: one.rows.max(1),
            drawn: 0,
            part: None,
        }
    }

    /// The heights of the rows: what a merged cell needs beyond its rows goes to the last of them.
    fn heights(&self, table: &FormTable) -> Vec<Thousandths> {
        let is_above = |row: &[FormCell]| row.iter().all(|cell| cell.kind == CellKind::Above);
        let mut heights: Vec<Thousandths> =
            table.rows.iter().map(|row| if is_above(row) { 0 } else { LEAST }).collect();
        let (single, merged): (Vec<&CellBox>, Vec<&CellBox>) = self.cells.iter().partition(|cell| cell.rows == 1);
        for cell in single {
            heights[cell.first] = heights[cell.first].max(cell.height());
        }
        for cell in merged {
            let end = (cell.first + cell.rows).min(heights.len());
            let there: Thousandths = heights[cell.first..end].iter().sum();
            heights[end - 1] += (cell.height() - there).max(0);
        }
        heights
    }

    /// How rows hold to each other: a merged cell that its text fills cannot be cut, since each piece takes room above and
    /// below its lines, and some of a line.
    fn holds(&self, heights: &[Thousandths], table: &FormTable) -> Vec<Hold> {
        let mut holds: Vec<Hold> =
            table.kept().into_iter().map(|is_kept| if is_kept { Hold::Kept } else { Hold::Free }).collect();
        for cell in self.cells.iter().filter(|cell| cell.rows > 1 && cell.lines.len() > 1) {
            let end = (cell.first + cell.rows).min(heights.len());
            let there: Thousandths = heights[cell.first..end].iter().sum();
            if cell.height() + 2 * ABOVE + 2 * cell.look.line > there {
                holds[cell.first..end - 1].fill(Hold::Bound);
            }
        }
        holds
    }

    /// Rows that take more than half of a page may be cut between lines; they become several rows of the grid.
    fn cut(&mut self, heights: &[Thousandths], table: &FormTable, flow: &Flow<'_>) {
        let holds = self.holds(heights, table);
        let line = look::cell(Typeface::Song, table.is_crowded(), LineSide::Left).line;
        // Headings that fill a page are not repeated on each.
        let of_headings: Thousandths = heights.iter().take(table.heading_rows).sum();
        let heading_rows = if of_headings > flow.body() / 2 { 0 } else { table.heading_rows };
        let mut firsts = Vec::with_capacity(heights.len() + 1);
        let owners = std::mem::take(&mut self.owners);
        for (row, owners) in owners.into_iter().enumerate() {
            firsts.push(self.rows.len());
            let (height, is_heading) = (heights[row], row < heading_rows);
            let is_cut = height > flow.body() / 2 && !is_heading;
            // Each page that it crosses takes the room above and below its lines.
            let pieces = if is_cut { fitting(height, line) + 2 + fitting(height, flow.body()) } else { 1 };
            for piece in 0..pieces {
                self.rows.push(RowBox {
                    height: if is_cut { line } else { height },
                    is_heading,
                    begins: piece == 0,
                    hold: match is_cut {
                        true if piece + 1 < BEGINNING => Hold::Kept,
                        true => Hold::Free,
                        false => holds[row],
                    },
                });
                self.owners.push(owners.clone());
            }
        }
        firsts.push(self.rows.len());
        for cell in &mut self.cells {
            let end = (cell.first + cell.rows).min(heights.len());
            (cell.first, cell.rows) = (firsts[cell.first], firsts[end] - firsts[cell.first]);
        }
    }

    /// The rows that stay together; not those that would leave much of a page blank.
    fn units(&self, table: &FormTable, body: Thousandths) -> Vec<Vec<usize>> {
        let mut units: Vec<Vec<usize>> = Vec::new();
        let mut height = 0;
        let mut hold = Hold::Free;
        for (index, row) in self.rows.iter().enumerate() {
            let limit = match hold {
                Hold::Free => 0,
                Hold::Kept => body / 2,
                Hold::Bound => body,
            };
            if height + row.height <= limit {
                // Invariant: what joins follows something.
                units.last_mut().expect("a unit").push(index);
                height += row.height;
            } else {
                units.push(vec![index]);
                height = row.height;
            }
            let is_above = index == 0 && table.rows[0].iter().all(|cell| cell.kind == CellKind::Above);
            hold = if row.is_heading || is_above { Hold::Bound } else { row.hold };
        }
        units
    }

    /// Draws some rows where the page goes on, below the headings where they are repeated.
    fn piece(&mut self, flow: &mut Flow<'_>, rows: &[usize], is_repeated: bool, table: PartId) {
        if rows.is_empty() {
            return;
        }
        let repeated = (0..self.rows.len()).filter(|row| is_repeated && self.rows[*row].is_heading);
        let mut placed: Vec<PlacedRow> = Vec::new();
        for (row, again) in repeated.map(|row| (row, true)).chain(rows.iter().map(|row| (*row, false))) {
            let height = self.rows[row].height;
            placed.push(PlacedRow { row, top: flow.top, height, again });
            flow.top += height;
        }
        self.rules(flow, &placed);
        let mut row_part = None;
        for (index, one) in placed.iter().enumerate() {
            if self.rows[one.row].begins && !one.again {
                row_part = Some(flow.canvas.part(DocumentPart::Row, Some(table)));
            }
            let mut column = 0;
            while column < self.edges.len() - 1 {
                let owner = self.owners[one.row][column];
                let is_first_here = index == 0
                    || placed[index - 1].again != one.again
                    || self.owners[placed[index - 1].row][column] != owner;
                if is_first_here {
                    self.text(flow, owner, &placed[index..], row_part);
                }
                column = self.cells[owner].column + self.cells[owner].columns;
            }
        }
    }

    /// The text of a cell, as far as it stands in the rows that begin here.
    fn text(&mut self, flow: &mut Flow<'_>, owner: usize, placed: &[PlacedRow], row: Option<PartId>) {
        let cell = &mut self.cells[owner];
        let (start, again) = (placed[0], placed[0].again);
        let mine = |one: &&PlacedRow| (cell.first..cell.first + cell.rows).contains(&one.row) && one.again == again;
        let (mut height, mut end) = (0, start.row);
        for one in placed.iter().take_while(mine) {
            height += one.height;
            end = one.row + 1;
        }
        if cell.part.is_none() && !again {
            let labels = (cell.kind == CellKind::Heading).then_some(if self.rows[cell.first].is_heading {
                Labels::Column
            } else {
                Labels::Row
            });
            let part = DocumentPart::Cell { columns: cell.columns, rows: cell.spans, labels };
            cell.part = Some(flow.canvas.part(part, row));
        }
        let is_whole = start.row == cell.first && end == cell.first + cell.rows;
        // A label that goes on is read again where the page begins.
        let is_label_again = !again && cell.kind == CellKind::Heading && cell.drawn == cell.lines.len();
        let is_again = again || is_label_again;
        let from = if is_again { 0 } else { cell.drawn };
        let fits = fitting(height - 2 * ABOVE, cell.look.line);
        let is_last = end == cell.first + cell.rows;
        let count = if is_last || again { cell.lines.len() - from } else { fits.min(cell.lines.len() - from) };
        if is_label_again && count < cell.lines.len() {
            return;
        }
        let used = times(count, cell.look.line);
        let in_middle = (is_whole || again) && cell.spans <= LONG;
        // A cell higher than a page may have had less room than its lines take.
        let pitch = if used > height { height / times(count, 1) } else { cell.look.line };
        let mut top = start.top + if in_middle { (height - used) / 2 } else { ABOVE };
        for (paragraph, line) in &cell.lines[from..from + count] {
            let room = LineRoom { left: cell.left, width: cell.width, top };
            let part = cell.part.filter(|_| !is_again);
            flow.sheet.write(&cell.paragraphs[*paragraph], line, room, cell.look, part);
            top += pitch;
        }
        if !is_again {
            cell.drawn += count;
        }
    }

    /// The rules between cells; those that lie in one line are one.
    fn rules(&self, flow: &mut Flow<'_>, placed: &[PlacedRow]) {
        let columns = self.edges.len() - 1;
        let owner = |place: Option<usize>, column: usize| {
            let one = placed.get(place?)?;
            Some((self.owners[one.row][column], one.again))
        };
        let is_ruled = |place: Option<usize>, column: usize| {
            owner(place, column).is_some_and(|(owner, _)| self.cells[owner].kind != CellKind::Above)
        };
        for place in 0..=placed.len() {
            let above = place.checked_sub(1);
            let below = (place < placed.len()).then_some(place);
            let top = below.map_or_else(|| placed.last().map_or(0, PlacedRow::bottom), |below| placed[below].top);
            let is_drawn = |column: usize| {
                let differs = owner(above, column) != owner(below, column);
                differs && (is_ruled(above, column) || is_ruled(below, column))
            };
            for (from, to) in runs(columns, is_drawn) {
                flow.sheet.rules.push(StraightRule { from: (self.edges[from], top), to: (self.edges[to], top) });
            }
        }
        for (edge, left) in self.edges.iter().enumerate() {
            let is_drawn = |place: usize| {
                let (before, after) = (edge.checked_sub(1), (edge < columns).then_some(edge));
                let at = |column: Option<usize>| column.and_then(|column| owner(Some(place), column));
                let ruled = |column: Option<usize>| column.is_some_and(|column| is_ruled(Some(place), column));
                at(before) != at(after) && (ruled(before) || ruled(after))
            };
            for (from, to) in runs(placed.len(), is_drawn) {
                let bottom = placed[to - 1].bottom();
                flow.sheet.rules.push(StraightRule { from: (*left, placed[from].top), to: (*left, bottom) });
            }
        }
    }
}

/// The edges of the columns, from the first: a column whose numbers or words would be broken gets what the others can spare.
fn wide_enough(flow: &Flow<'_>, table: &FormTable) -> Vec<Thousandths> {
    let edges: Vec<Thousandths> = table.edges(flow.paper.text).into_iter().map(length).collect();
    let mut widths: Vec<Thousandths> = edges.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mut least = vec![0; widths.len()];
    let size = look::cell(Typeface::Song, table.is_crowded(), LineSide::Middle).size;
    for row in &table.rows {
        let mut column = 0;
        for cell in row {
            if cell.columns == 1 && !cell.continues() && column < least.len() {
                let row = SignRow::new(&[(Typeface::Song, &cell.text)], size, flow.widths);
                least[column] = row.longest_word().max(least[column]);
            }
            column += cell.columns;
        }
    }
    let whole: Thousandths = widths.iter().sum();
    // What is longer is broken: a code, an address.
    let least = least.into_iter().map(|least| if least > whole / 4 { 0 } else { least + 2 * BESIDE + 2 });
    let lacks: Vec<Thousandths> = least.zip(&widths).map(|(least, width)| least - width).collect();
    let wanted: Thousandths = lacks.iter().filter(|lack| **lack > 0).sum();
    let spare: Thousandths = lacks.iter().filter(|lack| **lack < 0).map(|lack| -lack).sum();
    if wanted > 0 && wanted <= spare {
        for (width, lack) in widths.iter_mut().zip(lacks) {
            let given = i64::from(-lack.min(0)) * i64::from(wanted) / i64::from(spare);
            *width += lack.max(0) - given as Thousandths;
        }
    }
    let mut edge = 0;
    let mut edges: Vec<Thousandths> = std::iter::once(0)
        .chain(widths.iter().map(|width| {
            edge += width;
            edge
        }))
        .collect();
    // What rounding left goes to the last column.
    if let Some(last) = edges.last_mut() {
        *last = whole;
    }
    edges
}

/// A row on a page.
#[derive(Clone, Copy)]
struct PlacedRow {
    row: usize,
    top: Thousandths,
    height: Thousandths,
    /// Whether it is a heading that was read before.
    again: bool,
}

impl PlacedRow {
    fn bottom(&self) -> Thousandths {
        self.top + self.height
    }
}

/// The stretches of neighbours for which something is so, each with the one after its last.
fn runs(count: usize, is_so: impl Fn(usize) -> bool) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for index in (0..count).filter(|index| is_so(*index)) {
        match runs.last_mut().filter(|last| last.1 == index) {
            Some(last) => last.1 = index + 1,
            None => runs.push((index, index + 1)),
        }
    }
    runs
}
