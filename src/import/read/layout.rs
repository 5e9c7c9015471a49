//! A page of fixed layout to paragraphs and tables: where signs and lines stand is all that such a file says.
//!
//! Lines that cross make a grid (`grid`); a missing inner line is a merged cell. Signs go to the cell that they stand in,
//! what stands outside of grids is text. Lengths are whole thousandths of a millimetre, counted from the upper left corner.

mod grid;

use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Table, TableRow};
use crate::source::Words;

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

/// The pages of a document that were read.
#[derive(Default)]
pub struct Pages {
    pub document: Document,
    paragraphs: u32,
    tables: u32,
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
        self.signs.iter().map(|sign| sign.right).max().unwrap_or(0)
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
        let mut blocks: Vec<(Length, PageBlock<'_>)> = Vec::new();
        blocks
            .extend(paragraphs(lines(outside)).into_iter().map(|lines| (lines[0].top(), PageBlock::Paragraph(lines))));
        blocks.extend(grids.iter().zip(inside).map(|(grid, cells)| (grid.top(), PageBlock::Table(grid, cells))));
        blocks.sort_by_key(|(top, _)| *top);
        for (_, block) in blocks {
            match block {
                PageBlock::Paragraph(lines) => self.paragraph(&lines),
                PageBlock::Table(grid, cells) => self.table(grid, cells),
            }
        }
    }

    fn paragraph(&mut self, lines: &[WrittenLine]) {
        let place = DocumentPlace::Paragraph(self.paragraphs + 1);
        let text = self.text(lines, &place);
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
                let text = lines.map_or_else(|| Words::from(""), |lines| self.text(&lines, &place));
                cells.push(Cell { columns: cell.columns, continues: cell.continues, ..Cell::new(text, place) });
            }
            table.rows.push(TableRow { cells });
        }
        self.document.blocks.push(DocumentBlock::Table(table));
    }

    /// Lines below one another as a text: one that fills its width goes on in the next.
    fn text(&mut self, lines: &[WrittenLine], place: &DocumentPlace) -> Words {
        let mut text = SeenText::default();
        let right = lines.iter().map(WrittenLine::right).max().unwrap_or(0);
        for (index, line) in lines.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| &lines[before]) {
                let is_full = right - before.right() < before.size() * 3 / 2;
                let is_latin = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphabetic());
                let are_words =
                    is_latin(text.as_str().chars().next_back()) && is_latin(line.signs.first().map(|sign| sign.sign));
                match (is_full, are_words) {
                    (true, true) => text.part(' '),
                    (true, false) => {}
                    (false, _) => text.part('\n'),
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

/// Lines as paragraphs: one that reaches the right edge of the text goes on in the next, unless that is indented.
fn paragraphs(lines: Vec<WrittenLine>) -> Vec<Vec<WrittenLine>> {
    let left = lines.iter().map(WrittenLine::left).min().unwrap_or(0);
    let right = lines.iter().map(WrittenLine::right).max().unwrap_or(0);
    let mut paragraphs: Vec<Vec<WrittenLine>> = Vec::new();
    for line in lines {
        let goes_on = paragraphs.last().and_then(|paragraph| paragraph.last()).is_some_and(|before| {
            let size = before.size();
            let is_near = line.top() - before.top() < size * 5 / 2;
            let is_full = right - before.right() < size * 3 / 2;
            is_near && is_full && line.left() - left < size && (line.size() - size).abs() * 10 < size
        });
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}
