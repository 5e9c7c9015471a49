//! A page of fixed layout to paragraphs and tables: where signs and lines stand is all that such a file says.
//!
//! Lines that cross make a grid (`grid`); a missing inner line is a merged cell. Signs go to the cell that they stand in,
//! what stands outside of grids is text. Lengths are whole thousandths of a millimetre, counted from the upper left corner.

mod grid;

use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Table, TableRow};
use crate::source::Words;
use crate::source::signs::is_han;

use super::seen_text::{Manner, SeenText};
use grid::LineGrid;

/// Lengths in thousandths of a millimetre.
pub type Length = i64;

/// A sign where it stands.
#[derive(Clone, Copy, Debug)]
pub struct PlacedSign {
    pub sign: char,
    pub left: Length,
    pub right: Length,
    /// Of its line of writing.
    pub baseline: Length,
    /// The height of its font.
    pub size: Length,
}

/// A line along an edge of the page.
#[derive(Clone, Copy, Debug)]
pub struct Ruling {
    pub is_vertical: bool,
    /// From the left where it is vertical, else from above.
    pub at: Length,
    pub start: Length,
    pub end: Length,
}

#[derive(Default)]
pub struct LaidPage {
    pub signs: Vec<PlacedSign>,
    pub rulings: Vec<Ruling>,
}

/// Narrower than this a filled area is a line.
const THIN: Length = 1_000;
/// A line that strays less than this from its direction is straight.
const STRAIGHT: Length = 300;

impl LaidPage {
    /// Takes in a drawn shape by its corners: lines along the edges of the page, thin areas, and the edges of frames.
    pub fn shape(&mut self, points: &[(Length, Length)], is_filled: bool, is_stroked: bool) {
        if points.len() < 2 {
            return;
        }
        let extent = |of: fn(&(Length, Length)) -> Length| {
            let all = points.iter().map(of);
            all.clone().min().zip(all.max()).unwrap_or_default()
        };
        let (across, down) = (extent(|point| point.0), extent(|point| point.1));
        let (width, height) = (across.1 - across.0, down.1 - down.0);
        if is_filled && width.min(height) < THIN && width.max(height) >= THIN {
            let is_vertical = height > width;
            let (at, along) = if is_vertical { (across, down) } else { (down, across) };
            let at = Length::midpoint(at.0, at.1);
            self.rulings.push(Ruling { is_vertical, at, start: along.0, end: along.1 });
        } else if is_stroked {
            self.rulings.extend(points.windows(2).filter_map(|pair| ruling(pair[0], pair[1])));
        }
    }
}

/// A straight line along an edge of the page; none for one that slants, or for a point.
fn ruling(from: (Length, Length), to: (Length, Length)) -> Option<Ruling> {
    let (width, height) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
    if width.max(height) < THIN || width.min(height) > STRAIGHT {
        return None;
    }
    let is_vertical = height > width;
    let (at, one, other) = if is_vertical { (from.0, from.1, to.1) } else { (from.1, from.0, to.0) };
    Some(Ruling { is_vertical, at, start: one.min(other), end: one.max(other) })
}

/// The pages of a document that were read.
#[derive(Default)]
pub struct Pages {
    pub document: Document,
    paragraphs: u32,
    tables: u32,
    /// Where the text of the last page began and ended.
    frame: Option<(Length, Length)>,
}

impl PlacedSign {
    fn top(&self) -> Length {
        self.baseline - self.size * 86 / 100
    }

    fn bottom(&self) -> Length {
        self.baseline + self.size * 14 / 100
    }

    /// The middle of the sign, from the left and from above.
    fn middle(&self) -> (Length, Length) {
        (i64::midpoint(self.left, self.right), i64::midpoint(self.top(), self.bottom()))
    }
}

/// Signs on one line of writing, from the left.
struct WrittenLine {
    signs: Vec<PlacedSign>,
}

impl WrittenLine {
    fn left(&self) -> Length {
        self.signs.first().map_or(0, |sign| sign.left)
    }

    fn right(&self) -> Length {
        let seen = self.signs.iter().filter(|one| !one.sign.is_whitespace());
        seen.map(|sign| sign.right).max().unwrap_or(0)
    }

    fn top(&self) -> Length {
        self.signs.iter().map(PlacedSign::top).min().unwrap_or(0)
    }

    /// The font of most of its signs.
    fn size(&self) -> Length {
        let mut sizes: Vec<Length> = self.signs.iter().map(|sign| sign.size).collect();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).copied().unwrap_or(0)
    }

    /// Whether it is an entry of contents: the number of a page behind a row of points.
    fn is_entry(&self) -> bool {
        let mut signs = self.signs.iter().rev().map(|one| one.sign).filter(|sign| !sign.is_whitespace()).peekable();
        let mut has_number = false;
        while signs.next_if(char::is_ascii_digit).is_some() {
            has_number = true;
        }
        has_number && signs.take(LEADER).filter(|sign| matches!(sign, '.' | '…' | '·')).count() == LEADER
    }

    /// How much of its beginning cannot be parted from its first Han sign: brackets, numbers, Latin words.
    fn first_word(&self) -> Length {
        let word = self.signs.iter().take_while(|one| !is_han(one.sign) && !one.sign.is_whitespace());
        word.last().map_or(0, |last| last.right - self.left())
    }

    /// Whether it begins with the number of a chapter or an item: `二、`, `（一）`, `2.`. Names may end with `（2）`.
    fn begins_item(&self) -> bool {
        let mut signs = self.signs.iter().map(|one| one.sign).filter(|sign| !sign.is_whitespace()).peekable();
        let is_bracketed = signs.next_if(|sign| matches!(sign, '（' | '(')).is_some();
        let is_han = signs.peek().copied().is_some_and(is_han_number);
        let is_one = |sign: &char| if is_han { is_han_number(*sign) } else { sign.is_ascii_digit() };
        let mut count = 0;
        while signs.next_if(is_one).is_some() {
            count += 1;
        }
        let (end, after) = (signs.next(), signs.next());
        count > 0
            && match end {
                Some('）' | ')') => is_bracketed && is_han,
                Some('、') => !is_bracketed && is_han,
                Some('.' | '．') => !is_bracketed && !is_han && !after.is_some_and(|sign| sign.is_ascii_digit()),
                _ => false,
            }
    }

    fn middle(&self) -> Length {
        Length::midpoint(self.left(), self.right())
    }

    fn write(&self, text: &mut SeenText) {
        let (size, mut before): (Length, Option<&PlacedSign>) = (self.size(), None);
        let mut baselines: Vec<Length> =
            self.signs.iter().filter(|sign| sign.size * 4 > size * 3).map(|sign| sign.baseline).collect();
        baselines.sort_unstable();
        let baseline = baselines.get(baselines.len() / 2).copied().unwrap_or(0);
        for sign in &self.signs {
            // Printed twice to look bold.
            let is_again = before.is_some_and(|before| {
                let is_near = (sign.left - before.left).abs() * 4 < sign.size;
                before.sign == sign.sign && is_near && (sign.baseline - before.baseline).abs() * 4 < sign.size
            });
            if is_again {
                continue;
            }
            let is_small = sign.size * 4 <= size * 3;
            let manner = match baseline - sign.baseline {
                raised if is_small && raised * 6 > size => Manner::Raised,
                lowered if is_small && lowered * 12 < -size => Manner::Lowered,
                _ => Manner::Plain,
            };
            let has_gap = before.is_some_and(|before| (sign.left - before.right) * 5 > size * 4);
            if has_gap && !sign.sign.is_whitespace() && !text.as_str().ends_with(char::is_whitespace) {
                text.part(' ');
            }
            text.push(sign.sign, manner);
            before = Some(sign);
        }
    }
}

impl Pages {
    /// Takes in a page.
    pub fn add(&mut self, page: &LaidPage) {
        let grids = grid::grids(&page.rulings);
        let mut inside: Vec<Vec<Vec<PlacedSign>>> = grids.iter().map(|grid| vec![Vec::new(); grid.len()]).collect();
        let mut outside = Vec::new();
        for sign in &page.signs {
            let place = sign.middle();
            // A grid in a cell of another one is the smaller.
            let around =
                grids.iter().enumerate().filter_map(|(index, grid)| Some((grid.area(), index, grid.cell(place)?)));
            match around.min() {
                Some((_, grid, cell)) => inside[grid][cell].push(*sign),
                None => outside.push(*sign),
            }
        }
        let outside = lines(outside);
        let frame = self.frame_of(&outside);
        let mut blocks: Vec<(Length, PageBlock<'_>)> = Vec::new();
        blocks
            .extend(paragraphs(outside, frame).into_iter().map(|lines| (lines[0].top(), PageBlock::Paragraph(lines))));
        blocks.extend(grids.iter().zip(inside).map(|(grid, cells)| (grid.top(), PageBlock::Table(grid, cells))));
        blocks.sort_by_key(|(top, _)| *top);
        for (_, block) in blocks {
            match block {
                PageBlock::Paragraph(lines) => self.paragraph(&lines),
                PageBlock::Table(grid, cells) => self.table(grid, cells),
            }
        }
    }

    /// Where the text of a page begins and ends: no line of a page of short paragraphs may reach the edges, so those of the
    /// page before count as long as they fit.
    fn frame_of(&mut self, lines: &[WrittenLine]) -> (Length, Length) {
        let Some(left) = lines.iter().map(WrittenLine::left).min() else { return (0, 0) };
        let right = lines.iter().map(WrittenLine::right).max().unwrap_or(left);
        let size = lines.iter().map(WrittenLine::size).max().unwrap_or(0);
        let fits = |(from, to): &(Length, Length)| (*from..=from + size * 3).contains(&left) && right <= to + size;
        let frame = self.frame.filter(fits).unwrap_or((left, right));
        self.frame = Some(frame);
        frame
    }

    fn paragraph(&mut self, lines: &[WrittenLine]) {
        let place = DocumentPlace::Paragraph(self.paragraphs + 1);
        let text = self.text(lines, None, &place);
        if !text.is_empty() {
            self.paragraphs += 1;
            self.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level: 0, cell: Cell::new(text, place) }));
        }
    }

    fn table(&mut self, grid: &LineGrid, cells: Vec<Vec<PlacedSign>>) {
        self.tables += 1;
        let mut texts: Vec<Option<Vec<WrittenLine>>> = cells.into_iter().map(|signs| Some(lines(signs))).collect();
        let mut table = Table::default();
        for (number, row) in grid.rows().iter().enumerate() {
            let mut cells = Vec::with_capacity(row.len());
            for (index, cell) in row.iter().enumerate() {
                let (row, number) = (number as u32 + 1, index as u32 + 1);
                let place = DocumentPlace::Table { table: self.tables, row, cell: number };
                let lines = if cell.continues { None } else { texts[cell.cell].take() };
                let text = lines
                    .map_or_else(|| Words::from(""), |lines| self.text(&lines, Some((cell.left, cell.right)), &place));
                cells.push(Cell { columns: cell.columns, continues: cell.continues, ..Cell::new(text, place) });
            }
            table.rows.push(TableRow { cells });
        }
        self.document.blocks.push(DocumentBlock::Table(table));
    }

    /// Lines below one another as a text, between the edges of a cell where it stands in one: a line that fills its width
    /// goes on in the next.
    fn text(&mut self, lines: &[WrittenLine], edges: Option<(Length, Length)>, place: &DocumentPlace) -> Words {
        let mut text = SeenText::default();
        let longest = lines.iter().map(WrittenLine::right).max().unwrap_or(0);
        // As far from one edge of the cell as from the other.
        let left = lines.iter().map(WrittenLine::left).min().unwrap_or(0);
        let right = edges.map_or(longest, |(from, to)| longest.max(to - (left - from)));
        let is_centred = are_centred(lines);
        for (index, line) in lines.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| &lines[before]) {
                // What stands in the middle is broken so that its lines are alike, and hardly ever said in two paragraphs.
                let is_filled = right - before.right() < before.size() * 3 / 2 + line.first_word();
                let is_full = is_centred || is_filled && !line.begins_item();
                let is_latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
                let are_words =
                    is_latin(text.as_str().chars().next_back()) && is_latin(line.signs.first().map(|sign| sign.sign));
                match (is_full, are_words) {
                    (true, true) => text.part(' '),
                    (true, false) => {}
                    (false, _) => {
                        text.part('\n');
                        // An empty line stands between.
                        if (line.top() - before.top()) * 10 > before.size() * 22 && edges.is_some() {
                            text.part('\n');
                        }
                    }
                }
            }
            line.write(&mut text);
        }
        text.finish(Some(place), &mut self.document.remarks).into()
    }
}

enum PageBlock<'a> {
    Paragraph(Vec<WrittenLine>),
    Table(&'a LineGrid, Vec<Vec<PlacedSign>>),
}

/// Signs as lines of writing, from above. A raised or lowered sign is on the line that it reaches into by half.
fn lines(mut signs: Vec<PlacedSign>) -> Vec<WrittenLine> {
    signs.sort_by_key(|sign| (sign.baseline, sign.left));
    let mut lines: Vec<(Length, Length, WrittenLine)> = Vec::new();
    for sign in signs {
        let (top, bottom) = (sign.top(), sign.bottom());
        let height = (bottom - top).max(1);
        match lines.last_mut() {
            Some((line_top, line_bottom, line))
                if (bottom.min(*line_bottom) - top.max(*line_top)) * 2
                    >= height.min(*line_bottom - *line_top).max(1) =>
            {
                *line_top = (*line_top).min(top);
                *line_bottom = (*line_bottom).max(bottom);
                line.signs.push(sign);
            }
            _ => lines.push((top, bottom, WrittenLine { signs: vec![sign] })),
        }
    }
    let in_order = |(_, _, mut line): (Length, Length, WrittenLine)| {
        line.signs.sort_by_key(|sign| sign.left);
        line
    };
    lines.into_iter().map(in_order).collect()
}

fn is_han_number(sign: char) -> bool {
    "一二三四五六七八九十".contains(sign)
}

/// Whether lines stand in the middle of one another, and are not alike at either side.
fn are_centred(lines: &[WrittenLine]) -> bool {
    let Some((first, others)) = lines.split_first() else { return false };
    let size = first.size();
    let is_inside = |one: &WrittenLine| (one.left() - first.left()).abs() > size / 4;
    others.iter().any(is_inside) && others.iter().all(|one| (one.middle() - first.middle()).abs() <= size / 2)
}

/// The least points of a row that leads to a number.
const LEADER: usize = 3;

/// Lines as paragraphs: one that reaches the right edge of the text goes on in the next, unless that is indented. Two lines
/// of large signs in the middle are one title.
fn paragraphs(lines: Vec<WrittenLine>, (left, right): (Length, Length)) -> Vec<Vec<WrittenLine>> {
    let mut sizes: Vec<Length> = lines.iter().map(WrittenLine::size).collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    let mut paragraphs: Vec<Vec<WrittenLine>> = Vec::new();
    for line in lines {
        let goes_on = paragraphs.last().and_then(|paragraph| paragraph.last()).is_some_and(|before| {
            let size = before.size();
            let is_near = line.top() - before.top() < size * 5 / 2;
            let is_filled = right - before.right() < size * 3 / 2 + line.first_word();
            let is_full = is_filled && line.left() - left < size;
            let is_in_middle = before.left() - left > size && (before.middle() - line.middle()).abs() <= size / 2;
            let is_title = is_in_middle && size * 5 > usual * 6;
            let is_alike = (line.size() - size).abs() * 10 < size;
            let is_apart = before.is_entry() || line.begins_item();
            is_near && is_alike && !is_apart && (is_full || is_title)
        });
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}
