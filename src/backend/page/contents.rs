//! What stands before the first part: the title, and the contents with the number of each page.

use super::flow::{Flow, LineRoom, length};
use super::lines::SignRow;
use super::look::{self, LineSide};
use super::{
    Canvas, DocumentPart, LinkTo, ListedHeading, POINT, PaperSheet, PartId, SignWidths, Thousandths, Typeface, fitting,
    times,
};
use crate::backend::official::{CONTENTS, Drawn};

/// The pages before the first part, as they are to be drawn.
#[derive(Default)]
pub(super) struct Front {
    parts: Vec<(DocumentPart, Option<PartId>)>,
    sheets: Vec<PaperSheet>,
}

impl Front {
    pub fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// Hands its parts and sheets on, with the numbers that the canvas gives to the parts.
    pub fn draw(self, canvas: &mut dyn Canvas) {
        let mut ids: Vec<PartId> = Vec::with_capacity(self.parts.len());
        for (part, within) in self.parts {
            let within = within.map(|within| ids[within.0]);
            ids.push(canvas.part(part, within));
        }
        for mut sheet in self.sheets {
            for words in &mut sheet.words {
                words.part = words.part.map(|part| ids[part.0]);
            }
            for link in &mut sheet.links {
                link.part = ids[link.part.0];
            }
            canvas.sheet(sheet);
        }
    }
}

impl Canvas for Front {
    fn headings(&mut self, _: &[ListedHeading]) {}

    fn part(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId {
        self.parts.push((part, within));
        PartId(self.parts.len() - 1)
    }

    fn sheet(&mut self, sheet: PaperSheet) {
        self.sheets.push(sheet);
    }
}

/// Title and contents of a document: entries are headings, each with its place among all that are listed. Its pages have
/// numbers where it stands in a volume, from that of the first on.
pub(super) fn lay_out<'h>(
    document: &Drawn<'_>,
    entries: impl Iterator<Item = (usize, &'h ListedHeading)>,
    number: Option<usize>,
    widths: &dyn SignWidths,
) -> Front {
    let mut front = Front::default();
    let mut flow = Flow::new(document.is_wide, number, widths, &mut front);
    // The first paragraph of a page stands at its top.
    flow.top += look::TITLE.before;
    let title = look::Look { before: 0, ..look::TITLE };
    let rest = document.title.strip_prefix(document.owner).unwrap_or(document.title);
    if document.owner.is_empty() {
        flow.paragraph(&[rest], title, DocumentPart::Title);
    } else {
        flow.paragraph(&[document.owner], look::Look { after: 0, ..title }, DocumentPart::Title);
        flow.paragraph(&[rest], title, DocumentPart::Title);
    }
    flow.paragraph(&[CONTENTS], look::CONTENTS, DocumentPart::Paragraph);
    let contents = flow.canvas.part(DocumentPart::Contents, None);
    for (index, heading) in entries {
        entry(&mut flow, index, heading, contents);
    }
    flow.end();
    front
}

/// How far entries below the first level stand in.
const INDENT: Thousandths = 21 * POINT;
/// From one point of a leader to the next.
const LEADER: Thousandths = 5 * POINT;

/// An entry, a row of points, and the number of the page at the right.
fn entry(flow: &mut Flow<'_>, index: usize, heading: &ListedHeading, contents: PartId) {
    let mut look = look::ENTRY;
    if heading.level == 1 {
        look.typeface = Typeface::Hei;
    }
    let indent = if heading.level == 1 { 0 } else { INDENT };
    let number = heading.number.to_string();
    let number_row = SignRow::new(&[(Typeface::Song, &number)], look.size, flow.widths);
    let row = SignRow::new(&[(look.typeface, &heading.text)], look.size, flow.widths);
    let (left, width) = (length(flow.paper.margin()) + indent, length(flow.paper.text) - indent);
    let before_number = width - number_row.width() - look.size;
    let lines = row.broken(before_number, 0);
    flow.reserve(times(lines.len(), look.line) + if heading.level == 1 { 6 * POINT } else { 0 });
    if heading.level == 1 {
        flow.top += 6 * POINT;
    }
    let part = flow.canvas.part(DocumentPart::Entry, Some(contents));
    let top = flow.top;
    for line in &lines {
        let room = LineRoom { left, width, top: flow.top };
        flow.sheet.write(&row, line, room, look, Some(part));
        if !line.goes_on {
            let end = look::ENTRY.size / 2;
            let from = left + line.width + end;
            leader(flow, from, left + width - number_row.width() - end);
            for line in number_row.broken(width, 0) {
                let look = look::Look { typeface: Typeface::Song, side: LineSide::Right, ..look };
                flow.sheet.write(&number_row, &line, room, look, Some(part));
            }
        }
        flow.top += look.line;
    }
    flow.sheet.links.push(LinkTo { left, top, width, height: flow.top - top, heading: index, part });
}

/// Thousandths that stand one below the other from entry to entry.
fn leader(flow: &mut Flow<'_>, from: Thousandths, to: Thousandths) {
    let first = (from + LEADER - 1) / LEADER;
    let count = fitting(to - first * LEADER, LEADER);
    if count == 0 {
        return;
    }
    let look = look::ENTRY;
    flow.sheet.words.push(super::WordsAt {
        left: first * LEADER,
        baseline: flow.top + look::baseline(look),
        size: look.size,
        typeface: Typeface::Song,
        text: ".".repeat(count),
        advances: vec![LEADER; count],
        part: None,
    });
}
