//! Several documents as one volume: a title with the contents of all, what stands before them, then each behind its own
//! title and contents. Pages are numbered through, so that each contents list names the pages of the volume.

use super::flow::running_head;
use super::{Canvas, DocumentPart, HeadingCount, ListedHeading, PaperSheet, PartId, SignWidths, blocks, contents};
use crate::backend::official::Drawn;
use crate::backend::official::paper::Paper;

/// A document in the volume.
struct PlacedDocument {
    /// The number of its title page.
    first: usize,
    /// Its headings, with the numbers of the volume.
    headings: Vec<ListedHeading>,
    front_sheets: usize,
}

/// Lays a volume out: `before` is its title and what stands before the documents. All is drawn more than once: contents
/// stand before what they list.
pub(in crate::backend) fn lay_out_volume<'a>(
    before: impl Fn() -> Drawn<'a>,
    count: usize,
    document: impl Fn(usize) -> Drawn<'a>,
    widths: &dyn SignWidths,
    canvas: &mut dyn Canvas,
) {
    let mut counted = HeadingCount::default();
    blocks::draw(before(), 1, widths, &mut counted);
    let mut next = counted.sheets + 1;
    let mut placed = Vec::with_capacity(count);
    for index in 0..count {
        let (one, sheets) = place(&document(index), document(index), next, widths);
        next += one.front_sheets + sheets;
        placed.push(one);
    }

    let mut all = counted.headings;
    let mut entries: Vec<usize> = (0..all.len()).filter(|index| all[*index].level == 1).collect();
    for (index, one) in placed.iter().enumerate() {
        entries.push(all.len());
        let drawn = document(index);
        let text = if drawn.owner.is_empty() { drawn.title } else { drawn.owner }.to_owned();
        all.push(ListedHeading { level: 1, text, sheet: 0, number: one.first, top: 0 });
        all.extend(one.headings.iter().map(|own| ListedHeading { level: own.level + 1, ..own.clone() }));
    }
    let cover = before();
    let listed = || entries.iter().map(|index| (*index, &all[*index]));
    let front = contents::lay_out(&cover, listed(), None, widths);
    let sheets = front.sheets();
    let titles = entries.len() - count;
    for heading in &mut all {
        heading.sheet = sheets + heading.number - 1;
    }
    canvas.headings(&all);
    front.draw(canvas);
    blocks::draw(cover, 1, widths, canvas);
    for (index, (one, title)) in placed.iter().zip(entries.into_iter().skip(titles)).enumerate() {
        let drawn = document(index);
        let mut deeper = Deeper {
            canvas: &mut *canvas,
            widths,
            paper: Paper::of(drawn.is_wide),
            name: all[title].text.clone(),
            has_title: false,
            has_sheet: false,
        };
        // Its headings follow its title in the list of all.
        let own = (title + 1..).zip(&one.headings);
        contents::lay_out(&drawn, own, Some(one.first), widths).draw(&mut deeper);
        blocks::draw(drawn, one.first + one.front_sheets, widths, &mut deeper);
    }
}

/// Where a document stands that begins on a page, and how many sheets it has behind its contents.
fn place(front_of: &Drawn<'_>, document: Drawn<'_>, first: usize, widths: &dyn SignWidths) -> (PlacedDocument, usize) {
    let mut counted = HeadingCount::default();
    blocks::draw(document, 1, widths, &mut counted);
    let mut front_sheets = 1;
    loop {
        let before = first + front_sheets - 1;
        let number = |one: &ListedHeading| ListedHeading { number: before + one.number, ..one.clone() };
        let headings: Vec<ListedHeading> = counted.headings.iter().map(number).collect();
        let sheets = contents::lay_out(front_of, headings.iter().enumerate(), Some(first), widths).sheets();
        // Longer numbers may take more lines; fewer never come of it.
        if sheets <= front_sheets {
            return (PlacedDocument { first, headings, front_sheets }, counted.sheets);
        }
        front_sheets = sheets;
    }
}

/// A document within another: its title is a heading of the first level, and its headings are one level deeper.
struct Deeper<'c> {
    canvas: &'c mut dyn Canvas,
    widths: &'c dyn SignWidths,
    paper: Paper,
    /// What stands at the head of its pages, but for the first, where the title says it.
    name: String,
    has_title: bool,
    has_sheet: bool,
}

impl Canvas for Deeper<'_> {
    fn headings(&mut self, _: &[ListedHeading]) {}

    fn part(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId {
        let part = match part {
            DocumentPart::Title if self.has_title => DocumentPart::Paragraph,
            DocumentPart::Title => {
                self.has_title = true;
                DocumentPart::Heading(1)
            }
            DocumentPart::Heading(level) => DocumentPart::Heading(level + 1),
            other => other,
        };
        self.canvas.part(part, within)
    }

    fn sheet(&mut self, mut sheet: PaperSheet) {
        if std::mem::replace(&mut self.has_sheet, true) {
            running_head(&mut sheet, self.paper, &self.name, self.widths);
        }
        self.canvas.sheet(sheet);
    }
}
