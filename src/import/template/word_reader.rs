//! The body of a Word document byte by byte: where its cells, paragraphs and texts stand in the XML.
//!
//! Tables, rows, cells and paragraphs are counted as the reader of documents counts them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::import::document::DocumentPlace;
use crate::import::read::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub struct WordRow {
    pub whole: Range<usize>,
    /// The indices of its cells, with the columns of the grid in which they begin.
    pub cells: Vec<(u32, usize)>,
}

/// A cell, or a paragraph outside tables.
#[derive(Debug, Default)]
pub struct TextBox {
    pub whole: Range<usize>,
    /// The element that says how it is merged with its neighbours.
    pub merge: Option<(Range<usize>, bool)>,
    /// Where such an element would stand: behind its width.
    pub merge_at: Option<usize>,
    pub paragraphs: Vec<TextParagraph>,
    pub columns: u32,
}

#[derive(Debug, Default)]
pub struct TextParagraph {
    pub whole: Range<usize>,
    /// Behind its opening tag.
    pub opened: usize,
    pub properties: Range<usize>,
    /// The looks of its first run with words, else of its first run.
    pub run_looks: Option<Range<usize>>,
    /// The looks of its mark.
    pub mark_looks: Option<Range<usize>>,
    pub segments: Vec<Segment>,
    /// Whether it holds nothing but words.
    pub is_plain: bool,
}

/// An element that holds signs.
#[derive(Debug)]
pub struct Segment {
    pub element: Range<usize>,
    pub text: String,
    /// A tab or a line end, not a text.
    pub is_sign: bool,
}

/// Elements while they are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum WordElement {
    Paragraph,
    ParagraphProperties,
    Run,
    RunLooks { of_mark: bool },
    Text,
    Left,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    Choice { signs: usize },
    Other,
}

struct OpenRun {
    looks: Option<Range<usize>>,
    is_hidden: bool,
}

#[derive(Default)]
struct WordTable {
    number: u32,
    rows: u32,
    row: WordRow,
    column: u32,
    /// The cell that is open.
    cell: Option<TextBox>,
    count: u32,
}

#[derive(Default)]
pub struct WordReader {
    pub boxes: Vec<TextBox>,
    pub at: BTreeMap<DocumentPlace, usize>,
    pub rows: BTreeMap<(u32, u32), WordRow>,
    open: Vec<(WordElement, usize)>,
    paragraphs: Vec<(u32, TextParagraph)>,
    runs: Vec<OpenRun>,
    tables: Vec<WordTable>,
    table_count: u32,
    paragraph_count: u32,
    signs: usize,
    choice_signs: usize,
}

impl WordReader {
    /// Reads a body to its end.
    pub fn read(&mut self, text: &str) -> Result<(), Trouble> {
        let mut xml = XmlPieces::new(text);
        loop {
            let before = xml.position();
            match xml.next()? {
                None => return Ok(()),
                Some(XmlPiece::Text(words)) => {
                    if let (Some((WordElement::Text, _)), Some((_, paragraph))) =
                        (self.open.last(), self.paragraphs.last_mut())
                        && let Some(segment) = paragraph.segments.last_mut()
                    {
                        self.signs += words.chars().filter(|sign| !sign.is_whitespace()).count();
                        segment.text.push_str(&words);
                    }
                }
                Some(XmlPiece::Open(element)) => {
                    // Text between elements may have been read on the way.
                    let start = text[..xml.position()].rfind('<').unwrap_or(before).max(before);
                    match self.element(&element, start, xml.position()) {
                        Some(open) => self.open.push((open, start)),
                        None => xml.skip()?,
                    }
                }
                Some(XmlPiece::Close) => {
                    if let Some((open, start)) = self.open.pop() {
                        self.close(open, start..xml.position());
                    }
                }
            }
        }
    }

    fn element(&mut self, element: &XmlElement<'_>, start: usize, end: usize) -> Option<WordElement> {
        let parent = self.open.last().map_or(WordElement::Other, |(open, _)| *open);
        Some(match (parent, element.name()) {
            (_, "p") => {
                if self.tables.is_empty() {
                    self.paragraph_count += 1;
                }
                let paragraph =
                    TextParagraph { opened: end, properties: end..end, is_plain: true, ..TextParagraph::default() };
                // A paragraph inside another belongs to a drawing.
                if let Some((_, outer)) = self.paragraphs.last_mut() {
                    outer.is_plain = false;
                }
                self.paragraphs.push((self.paragraph_count, paragraph));
                WordElement::Paragraph
            }
            (WordElement::Paragraph, "pPr") => WordElement::ParagraphProperties,
            (WordElement::ParagraphProperties, "rPr") => WordElement::RunLooks { of_mark: true },
            (_, "r") => {
                self.runs.push(OpenRun { looks: None, is_hidden: false });
                WordElement::Run
            }
            (WordElement::Run, "rPr") => WordElement::RunLooks { of_mark: false },
            (WordElement::RunLooks { of_mark: false }, "strike" | "dstrike" | "vanish") => {
                let is_on = element.attribute("val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off"));
                if let Some(run) = self.runs.last_mut().filter(|_| is_on) {
                    run.is_hidden = true;
                }
                WordElement::Other
            }
            (_, "t") if self.is_shown() => {
                self.segment(start..end, String::new(), false);
                WordElement::Text
            }
            (WordElement::Run, "tab" | "ptab") if self.is_shown() => self.sign('\t', start..end),
            (WordElement::Run, "br" | "cr") if self.is_shown() => self.sign('\n', start..end),
            (WordElement::Run, "noBreakHyphen") if self.is_shown() => self.sign('-', start..end),
            (WordElement::Run, "sym") if self.is_shown() => self.sign('\u{f0b3}', start..end),
            (_, "del" | "moveFrom") => WordElement::Left,
            (_, "Choice") => WordElement::Choice { signs: self.signs },
            (_, "Fallback") if self.signs > self.choice_signs => return None,
            (_, "tbl") => {
                self.table_count += 1;
                self.tables.push(WordTable { number: self.table_count, ..WordTable::default() });
                WordElement::Table
            }
            (_, "tr") => {
                if let Some(table) = self.tables.last_mut() {
                    table.rows += 1;
                    (table.row, table.column, table.count) = (WordRow::default(), 0, 0);
                }
                WordElement::Row
            }
            (WordElement::Row, "trPr") => WordElement::RowProperties,
            (WordElement::RowProperties, "gridBefore") => {
                if let Some(table) = self.tables.last_mut() {
                    table.column += element.number::<u32>("val").unwrap_or(1);
                }
                WordElement::Other
            }
            (_, "tc") => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = Some(TextBox { columns: 1, merge_at: None, ..TextBox::default() });
                }
                WordElement::Cell
            }
            (WordElement::Cell, "tcPr") => {
                if let Some(cell) = self.cell() {
                    cell.merge_at = Some(end);
                }
                WordElement::CellProperties
            }
            (WordElement::CellProperties, name @ ("tcW" | "gridSpan" | "hMerge" | "cnfStyle" | "vMerge")) => {
                let columns = element.number::<u32>("val").unwrap_or(1);
                let begins = element.attribute("val").is_some_and(|value| value == "restart");
                if let Some(cell) = self.cell() {
                    cell.merge_at = Some(end);
                    match name {
                        "gridSpan" => cell.columns = columns.max(1),
                        "vMerge" => cell.merge = Some((start..end, begins)),
                        _ => {}
                    }
                }
                WordElement::Other
            }
            (WordElement::Run, "lastRenderedPageBreak") => WordElement::Other,
            (WordElement::Run | WordElement::Paragraph, _) => {
                // A drawing, a bookmark: it stays where it is.
                if let Some((_, paragraph)) = self.paragraphs.last_mut() {
                    paragraph.is_plain = false;
                }
                WordElement::Other
            }
            (_, _) => WordElement::Other,
        })
    }

    /// Whether what is written here is seen.
    fn is_shown(&self) -> bool {
        !self.open.iter().any(|(open, _)| *open == WordElement::Left)
            && !self.runs.last().is_some_and(|run| run.is_hidden)
    }

    fn sign(&mut self, sign: char, element: Range<usize>) -> WordElement {
        self.segment(element, sign.to_string(), true);
        WordElement::Other
    }

    fn segment(&mut self, element: Range<usize>, text: String, is_sign: bool) {
        let looks = self.runs.last().and_then(|run| run.looks.clone());
        if let Some((_, paragraph)) = self.paragraphs.last_mut() {
            if paragraph.segments.is_empty() && looks.is_some() {
                paragraph.run_looks = looks;
            }
            paragraph.segments.push(Segment { element, text, is_sign });
        }
    }

    fn cell(&mut self) -> Option<&mut TextBox> {
        self.tables.last_mut()?.cell.as_mut()
    }

    fn close(&mut self, open: WordElement, whole: Range<usize>) {
        match open {
            WordElement::Text => {
                if let Some((_, paragraph)) = self.paragraphs.last_mut()
                    && let Some(segment) = paragraph.segments.last_mut()
                {
                    segment.element.end = whole.end;
                }
            }
            WordElement::ParagraphProperties => {
                if let Some((_, paragraph)) = self.paragraphs.last_mut() {
                    paragraph.properties = whole;
                }
            }
            WordElement::RunLooks { of_mark } => {
                if of_mark {
                    if let Some((_, paragraph)) = self.paragraphs.last_mut() {
                        paragraph.mark_looks = Some(whole);
                    }
                } else if let Some(run) = self.runs.last_mut() {
                    run.looks = Some(whole);
                }
            }
            WordElement::Run => {
                let looks = self.runs.pop().and_then(|run| run.looks);
                if let Some((_, paragraph)) = self.paragraphs.last_mut()
                    && paragraph.run_looks.is_none()
                {
                    paragraph.run_looks = looks;
                }
            }
            WordElement::Paragraph => {
                let Some((number, mut paragraph)) = self.paragraphs.pop() else { return };
                paragraph.whole = whole.clone();
                if let Some(cell) = self.cell() {
                    cell.paragraphs.push(paragraph);
                    return;
                }
                self.at.entry(DocumentPlace::Paragraph(number)).or_insert(self.boxes.len());
                self.boxes.push(TextBox { whole, paragraphs: vec![paragraph], ..TextBox::default() });
            }
            WordElement::Cell => {
                let Some(table) = self.tables.last_mut() else { return };
                let Some(mut cell) = table.cell.take() else { return };
                cell.whole = whole;
                table.count += 1;
                let place = DocumentPlace::Table { table: table.number, row: table.rows, cell: table.count };
                table.row.cells.push((table.column, self.boxes.len()));
                table.column += cell.columns;
                self.at.insert(place, self.boxes.len());
                self.boxes.push(cell);
            }
            WordElement::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row.whole = whole;
                    self.rows.insert((table.number, table.rows), std::mem::take(&mut table.row));
                }
            }
            WordElement::Table => {
                self.tables.pop();
            }
            WordElement::Choice { signs } => self.choice_signs = signs,
            WordElement::RowProperties | WordElement::CellProperties | WordElement::Left | WordElement::Other => {}
        }
    }
}
