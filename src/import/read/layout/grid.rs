//! Lines to grids: the columns and rows that they part, and which cells are merged because no line parts them.

use super::{Length, Ruling};

/// Lines nearer than this are one line, drawn twice or by two cells.
const NEAR: Length = 1_200;
/// A grid less wide or less high than this is a letter or an ornament that is drawn with lines.
const LEAST: (Length, Length) = (20_000, 4_000);
/// Lines of a page beyond so many are a drawing, no table.
const MOST_LINES: usize = 20_000;
/// The cells of a grid beyond which it is a drawing.
const MOST_CELLS: usize = 1_000_000;

/// A table as its lines make it.
pub struct LineGrid {
    /// The lines between columns, from the left; those between rows, from above.
    columns: Vec<Length>,
    rows: Vec<Length>,
    /// For each place of the grid, row by row, the merged cell that it is part of: the number of its first place.
    cells: Vec<usize>,
}

/// A cell in a row.
pub struct GridCell {
    /// The number of its first place.
    pub cell: usize,
    /// How many columns it takes.
    pub columns: u16,
    /// Where it begins and ends.
    pub left: Length,
    pub right: Length,
    /// Whether it began in a row above.
    pub continues: bool,
}

impl LineGrid {
    /// How many places it has.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Its upper edge.
    pub fn top(&self) -> Length {
        self.rows[0]
    }

    pub fn area(&self) -> Length {
        let extent = |lines: &[Length]| lines[lines.len() - 1] - lines[0];
        extent(&self.columns).saturating_mul(extent(&self.rows))
    }

    /// The cell at a place of the page; none outside.
    pub fn cell(&self, (x, y): (Length, Length)) -> Option<usize> {
        let (column, row) = (stretch(&self.columns, x)?, stretch(&self.rows, y)?);
        Some(self.cells[row * self.width() + column])
    }

    /// The cells of each row, from the left.
    pub fn rows(&self) -> Vec<Vec<GridCell>> {
        let width = self.width();
        let row = |(number, places): (usize, &[usize])| {
            let mut cells: Vec<GridCell> = Vec::new();
            for (&cell, edges) in places.iter().zip(self.columns.windows(2)) {
                match cells.last_mut() {
                    Some(last) if last.cell == cell => {
                        last.columns = last.columns.saturating_add(1);
                        last.right = edges[1];
                    }
                    _ => {
                        let (left, right) = (edges[0], edges[1]);
                        cells.push(GridCell { cell, columns: 1, left, right, continues: cell / width < number });
                    }
                }
            }
            cells
        };
        self.cells.chunks(width).enumerate().map(row).collect()
    }

    fn width(&self) -> usize {
        self.columns.len() - 1
    }

    /// The grid of lines that hang together; none where they part nothing.
    fn of(rulings: &[&Ruling]) -> Option<Self> {
        // The outer lines may be missing: the others end there.
        let edges = |is_vertical: bool| {
            let along = rulings.iter().filter(|ruling| ruling.is_vertical == is_vertical).map(|ruling| ruling.at);
            let across = rulings.iter().filter(|ruling| ruling.is_vertical != is_vertical);
            let ends =
                across.clone().map(|ruling| ruling.start).min().into_iter().chain(across.map(|one| one.end).max());
            distinct(along.chain(ends).collect())
        };
        let (columns, rows) = (edges(true), edges(false));
        let is_small = |lines: &[Length], least: Length| {
            lines.last().zip(lines.first()).is_none_or(|(last, first)| last - first < least)
        };
        if is_small(&columns, LEAST.0)
            || is_small(&rows, LEAST.1)
            || (columns.len() - 1) * (rows.len() - 1) > MOST_CELLS
        {
            return None;
        }
        let (width, height) = (columns.len() - 1, rows.len() - 1);
        // How much of each edge between two places is drawn.
        let mut beside = vec![0; columns.len() * height];
        let mut below = vec![0; rows.len() * width];
        for ruling in rulings {
            let (along, across) = if ruling.is_vertical { (&columns, &rows) } else { (&rows, &columns) };
            let line = nearest(along, ruling.at);
            let first = across.partition_point(|edge| *edge <= ruling.start).saturating_sub(1);
            for stretch in first..across.len() - 1 {
                let drawn = ruling.end.min(across[stretch + 1]) - ruling.start.max(across[stretch]);
                if across[stretch] >= ruling.end {
                    break;
                }
                if drawn > 0 {
                    let drawn_here = if ruling.is_vertical {
                        &mut beside[line * height + stretch]
                    } else {
                        &mut below[line * width + stretch]
                    };
                    *drawn_here += drawn;
                }
            }
        }
        let is_open_beside = |column: usize, row: usize| beside[column * height + row] * 2 < rows[row + 1] - rows[row];
        let is_open_below =
            |row: usize, column: usize| below[row * width + column] * 2 < columns[column + 1] - columns[column];
        let mut first: Vec<usize> = (0..width * height).collect();
        for row in 0..height {
            for column in 0..width {
                let place = row * width + column;
                if column + 1 < width && is_open_beside(column + 1, row) {
                    join(&mut first, place, place + 1);
                }
                if row + 1 < height && is_open_below(row + 1, column) {
                    join(&mut first, place, place + width);
                }
            }
        }
        let mut cells: Vec<usize> = (0..width * height).map(|place| root(&mut first, place)).collect();
        part_what_is_no_rectangle(&mut cells, width, is_open_beside);
        Some(Self { columns, rows, cells })
    }
}

/// The grids of a page.
pub fn grids(rulings: &[Ruling]) -> Vec<LineGrid> {
    if rulings.len() > MOST_LINES {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..rulings.len()).collect();
    let (vertical, horizontal): (Vec<usize>, Vec<usize>) =
        group.iter().copied().partition(|index| rulings[*index].is_vertical);
    for &one in &vertical {
        for &other in &horizontal {
            if crosses(&rulings[one], &rulings[other]) {
                join(&mut group, one, other);
            }
        }
    }
    // Pieces of one line, drawn cell by cell.
    for mut lines in [vertical, horizontal] {
        lines.sort_by_key(|index| (rulings[*index].at, rulings[*index].start));
        for (place, &one) in lines.iter().enumerate() {
            let near = lines[place + 1..].iter().take_while(|other| rulings[**other].at - rulings[one].at <= NEAR);
            for &other in near {
                let (one_line, other_line) = (&rulings[one], &rulings[other]);
                if other_line.start <= one_line.end + NEAR && one_line.start <= other_line.end + NEAR {
                    join(&mut group, one, other);
                }
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<&Ruling>> = std::collections::BTreeMap::new();
    for (index, ruling) in rulings.iter().enumerate() {
        groups.entry(root(&mut group, index)).or_default().push(ruling);
    }
    let has_both =
        |lines: &&Vec<&Ruling>| lines.iter().any(|one| one.is_vertical) && lines.iter().any(|one| !one.is_vertical);
    groups.values().filter(has_both).filter_map(|lines| LineGrid::of(lines)).collect()
}

fn crosses(vertical: &Ruling, horizontal: &Ruling) -> bool {
    let reaches = |ruling: &Ruling, at: Length| ruling.start - NEAR <= at && at <= ruling.end + NEAR;
    reaches(vertical, horizontal.at) && reaches(horizontal, vertical.at)
}

/// Of a group that is no rectangle, since a line is missing that nobody meant to leave out, each row is parted by itself.
fn part_what_is_no_rectangle(cells: &mut [usize], width: usize, is_open_beside: impl Fn(usize, usize) -> bool) {
    let mut extents: std::collections::BTreeMap<usize, (usize, usize, usize, usize, usize)> =
        std::collections::BTreeMap::new();
    for (place, cell) in cells.iter().enumerate() {
        let (row, column) = (place / width, place % width);
        let extent = extents.entry(*cell).or_insert((row, row, column, column, 0));
        *extent = (extent.0.min(row), extent.1.max(row), extent.2.min(column), extent.3.max(column), extent.4 + 1);
    }
    let is_rectangle = |cell: usize| {
        let (top, bottom, left, right, count) = extents[&cell];
        (bottom - top + 1) * (right - left + 1) == count
    };
    let parted: Vec<bool> = cells.iter().map(|cell| !is_rectangle(*cell)).collect();
    for place in (0..cells.len()).filter(|place| parted[*place]) {
        let (row, column) = (place / width, place % width);
        let goes_on = column > 0 && parted[place - 1] && is_open_beside(column, row);
        cells[place] = if goes_on { cells[place - 1] } else { place };
    }
}

/// Positions that are far enough from one another, in order.
fn distinct(mut positions: Vec<Length>) -> Vec<Length> {
    positions.sort_unstable();
    let mut last: Option<Length> = None;
    positions.retain(|position| {
        let is_new = last.is_none_or(|last| position - last > NEAR);
        if is_new {
            last = Some(*position);
        }
        is_new
    });
    positions
}

fn nearest(positions: &[Length], wanted: Length) -> usize {
    let next = positions.partition_point(|position| *position < wanted).min(positions.len() - 1);
    match next.checked_sub(1) {
        Some(before) if wanted - positions[before] <= (positions[next] - wanted).abs() => before,
        _ => next,
    }
}

/// Between which two lines a place lies.
fn stretch(lines: &[Length], place: Length) -> Option<usize> {
    let next = lines.partition_point(|line| *line <= place);
    (next > 0 && next < lines.len()).then(|| next - 1)
}

fn root(group: &mut [usize], mut index: usize) -> usize {
    while group[index] != index {
        group[index] = group[group[index]];
        index = group[index];
    }
    index
}

/// The smaller number stands for both.
fn join(group: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(group, one), root(group, other));
    group[one.max(other)] = one.min(other);
}
