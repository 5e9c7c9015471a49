//! Where the next thing is set: below what stands on the page, or on the next page.

use super::lines::{SetLine, SignRow};
use super::look::{self, LineSide, Look};
use super::{
    Canvas, DocumentPart, HeadingAt, PaperSheet, PartId, SignWidths, TWENTIETH, Thousandths, Typeface, WordsAt, times,
};
use crate::backend::official::FormBlock;
use crate::backend::official::paper::Paper;

/// Where the next thing is set.
pub(super) struct Flow<'a> {
    pub paper: Paper,
    pub widths: &'a dyn SignWidths,
    pub canvas: &'a mut dyn Canvas,
    pub sheet: PaperSheet,
    /// From the top of the sheet.
    pub top: Thousandths,
}

impl<'a> Flow<'a> {
    pub fn new(is_wide: bool, number: Option<usize>, widths: &'a dyn SignWidths, canvas: &'a mut dyn Canvas) -> Self {
        let paper = Paper::of(is_wide);
        Self { paper, widths, canvas, sheet: blank(paper, number), top: length(paper.top) }
    }

    /// A heading that contents list.
    pub fn heading(&mut self, block: &FormBlock) {
        let Some((level, text)) = block.listed() else { return };
        let shown = if let FormBlock::Project(tables) = block { &tables.heading } else { &text };
        let look = look::heading(level);
        let row = SignRow::new(&[(look.typeface, shown)], look.size, self.widths);
        let lines = self.lines(&row, look);
        self.reserve(look.before + times(lines.len(), look.line));
        self.sheet.headings.push(HeadingAt { level, text, top: self.top });
        self.set(&row, &lines, look, DocumentPart::Heading(level));
    }

    /// A paragraph; of two texts the first leads.
    pub fn paragraph(&mut self, texts: &[&str], look: Look, part: DocumentPart) {
        let stretches: Vec<(Typeface, &str)> = match texts {
            [lead, text] => vec![(Typeface::Kai, *lead), (look.typeface, *text)],
            texts => texts.iter().map(|text| (look.typeface, *text)).collect(),
        };
        let row = SignRow::new(&stretches, look.size, self.widths);
        let lines = self.lines(&row, look);
        self.set(&row, &lines, look, part);
    }

    fn lines(&self, row: &SignRow, look: Look) -> Vec<SetLine> {
        let width = length(self.paper.text);
        if look.side == LineSide::Middle { row.balanced(width) } else { row.broken(width, look.indent) }
    }

    /// Neither the first nor the last line of a paragraph stands alone on a page.
    fn set(&mut self, row: &SignRow, lines: &[SetLine], look: Look, part: DocumentPart) {
        let part = self.canvas.part(part, None);
        if self.top > length(self.paper.top) {
            self.top += look.before;
        }
        let (left, width) = (length(self.paper.margin()), length(self.paper.text));
        for (index, line) in lines.iter().enumerate() {
            let stay = match (index, lines.len() - index) {
                (0, 3) => 3,
                (0, 2..) | (_, 2) => 2,
                _ => 1,
            };
            self.reserve(stay * look.line);
            let indent = if index == 0 { look.indent } else { 0 };
            let room = LineRoom { left: left + indent, width: width - indent, top: self.top };
            self.sheet.write(row, line, room, look, Some(part));
            self.top += look.line;
        }
        self.top += look.after;
    }

    /// Goes to the next page where so much does not fit on this one.
    pub fn reserve(&mut self, height: Thousandths) {
        if self.top + height > self.bottom() && self.top > length(self.paper.top) {
            self.turn();
        }
    }

    pub fn bottom(&self) -> Thousandths {
        length(self.paper.height - self.paper.bottom)
    }

    /// What a page holds.
    pub fn body(&self) -> Thousandths {
        self.bottom() - length(self.paper.top)
    }

    /// Goes to the next page.
    pub fn turn(&mut self) {
        let number = self.sheet.number.map(|number| number + 1);
        let full = std::mem::replace(&mut self.sheet, blank(self.paper, number));
        self.hand_on(full);
        self.top = length(self.paper.top);
    }

    pub fn end(mut self) {
        let last = std::mem::replace(&mut self.sheet, blank(self.paper, None));
        self.hand_on(last);
    }

    fn hand_on(&mut self, mut sheet: PaperSheet) {
        if let Some(number) = sheet.number {
            let look = look::FOOT;
            let text = format!("— {number} —");
            let row = SignRow::new(&[(look.typeface, &text)], look.size, self.widths);
            let top = length(self.paper.height - self.paper.foot) - look.line;
            let room = LineRoom { left: length(self.paper.margin()), width: length(self.paper.text), top };
            for line in row.broken(room.width, 0) {
                sheet.write(&row, &line, room, look, None);
            }
        }
        self.canvas.sheet(sheet);
    }
}

/// Writes a line above what stands on a sheet.
pub(super) fn running_head(sheet: &mut PaperSheet, paper: Paper, text: &str, widths: &dyn SignWidths) {
    let look = look::RUNNING_HEAD;
    let row = SignRow::new(&[(look.typeface, text)], look.size, widths);
    let top = length(paper.top) - 2 * look.line;
    let room = LineRoom { left: length(paper.margin()), width: length(paper.text), top };
    // A name that takes several lines is told by its first.
    for line in row.broken(room.width, 0).iter().take(1) {
        sheet.write(&row, line, room, look, None);
    }
}

/// Twentieths of a point as they are measured here.
pub(super) fn length(twentieths: usize) -> Thousandths {
    times(twentieths, TWENTIETH)
}

fn blank(paper: Paper, number: Option<usize>) -> PaperSheet {
    PaperSheet {
        width: length(paper.width),
        height: length(paper.height),
        number,
        words: Vec::new(),
        rules: Vec::new(),
        links: Vec::new(),
        headings: Vec::new(),
    }
}

/// Where a line is set.
#[derive(Clone, Copy)]
pub(super) struct LineRoom {
    pub left: Thousandths,
    pub width: Thousandths,
    pub top: Thousandths,
}

impl PaperSheet {
    pub(super) fn write(&mut self, row: &SignRow, line: &SetLine, room: LineRoom, look: Look, part: Option<PartId>) {
        let missing = room.width - line.width;
        let mut left = room.left
            + match look.side {
                LineSide::Left | LineSide::Both => 0,
                LineSide::Middle => missing / 2,
                LineSide::Right => missing,
            };
        let fill = (look.side == LineSide::Both).then_some(room.width);
        for stretch in row.stretches(line, fill) {
            let advance: Thousandths = stretch.advances.iter().sum();
            self.words.push(WordsAt {
                left,
                baseline: room.top + look::baseline(look),
                size: look.size,
                typeface: stretch.typeface,
                text: stretch.text,
                advances: stretch.advances,
                part,
            });
            left += advance;
        }
    }
}
