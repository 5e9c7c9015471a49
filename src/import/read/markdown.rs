//! Markdown, as models and recognisers of pictures write a document, and as `build --to markdown` does: headings,
//! paragraphs, pipe tables, and tables in HTML between them.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostic::Diagnostic;

use super::{continued, encoding, html, limits, refusal};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Table, TableRow};

/// The document of a text in Markdown.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let decoded = encoding::decode(bytes, None);
    let mut reading = MarkdownReading {
        name,
        lines: Lines::of(&decoded.text),
        document: Document { remarks: decoded.remarks, ..Document::default() },
        text: String::new(),
        start: 0,
        level: 0,
        table: None,
        page: String::new(),
        cells: 0,
    };
    for (event, range) in Parser::new_ext(&decoded.text, Options::ENABLE_TABLES).into_offset_iter() {
        reading.event(event, range, &decoded.text)?;
    }
    reading.end_page()?;
    Ok(reading.document)
}

/// Whether a text holds a pipe table: the line under its headings is of dashes and strokes only.
pub fn has_table(text: &str) -> bool {
    let is_rule = |line: &str| {
        let line = line.trim();
        line.contains('|')
            && line.contains("--")
            && line.chars().all(|sign| matches!(sign, '|' | '-' | ':' | ' ' | '\t'))
    };
    text.lines().zip(text.lines().skip(1)).any(|(above, line)| above.contains('|') && is_rule(line))
}

/// The lines of a text, to be counted by bytes.
struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect() }
    }

    fn place(&self, byte: usize) -> DocumentPlace {
        DocumentPlace::Line(self.starts.partition_point(|start| *start <= byte) as u32)
    }
}

struct MarkdownReading<'a> {
    name: &'a str,
    lines: Lines,
    document: Document,
    /// The text of the paragraph or the cell that is open, and where it begins.
    text: String,
    start: usize,
    /// Of the heading that is open.
    level: u8,
    table: Option<Table>,
    /// HTML that is not read yet.
    page: String,
    cells: usize,
}

impl MarkdownReading<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>, source: &str) -> Result<(), Diagnostic> {
        match event {
            Event::Html(html) => self.page.push_str(&html),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(tag) => {
                self.end_page()?;
                self.open(&tag, &range, source);
            }
            Event::End(tag) => self.close(tag)?,
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::InlineHtml(tag) => {
                if tag.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("<br")) {
                    self.text.push('\n');
                }
            }
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            // A line across the page; the rest is not asked for.
            Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>, source: &str) {
        match tag {
            Tag::Heading { level, .. } => {
                self.begin(range.start);
                self.level = match level {
                    HeadingLevel::H1 => 1,
                    HeadingLevel::H2 => 2,
                    HeadingLevel::H3 => 3,
                    HeadingLevel::H4 => 4,
                    HeadingLevel::H5 => 5,
                    HeadingLevel::H6 => 6,
                };
            }
            // The paragraph of an item follows its number.
            Tag::Paragraph if self.text.trim().is_empty() => self.begin(range.start),
            Tag::Item => {
                self.paragraph();
                self.begin(range.start);
                let number: String = source[range.clone()]
                    .chars()
                    .take_while(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ')'))
                    .collect();
                self.text.push_str(&number);
            }
            Tag::Table(_) => {
                self.paragraph();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                self.table.get_or_insert_default().rows.push(TableRow::default());
            }
            Tag::TableCell | Tag::CodeBlock(_) => self.begin(range.start),
            _ => {}
        }
    }

    fn close(&mut self, tag: TagEnd) -> Result<(), Diagnostic> {
        match tag {
            TagEnd::TableCell => {
                let cell = Cell::new(std::mem::take(&mut self.text).trim(), self.lines.place(self.start));
                self.cells += 1;
                if self.cells > limits::CELLS {
                    return Err(refusal::too_many_cells(self.name));
                }
                if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
                    row.cells.push(cell);
                }
            }
            TagEnd::Table => {
                let mut table = self.table.take().unwrap_or_default();
                table.rows.retain(|row| row.cells.iter().any(|cell| !cell.is_blank()));
                continued::go_on_over_blanks(&mut table);
                if !table.rows.is_empty() {
                    self.document.blocks.push(DocumentBlock::Table(table));
                }
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock => self.paragraph(),
            TagEnd::HtmlBlock => self.end_page()?,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, start: usize) {
        self.text.clear();
        self.start = start;
        self.level = 0;
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            let cell = Cell::new(text.trim(), self.lines.place(self.start));
            self.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level: self.level, cell }));
        }
        self.level = 0;
    }

    /// Reads the HTML that has come together.
    fn end_page(&mut self) -> Result<(), Diagnostic> {
        let page = std::mem::take(&mut self.page);
        if !page.trim().is_empty() {
            let mut inner = html::page(self.name, &page)?;
            self.document.blocks.append(&mut inner.blocks);
            self.document.remarks.append(&mut inner.remarks);
            self.document.marks.append(&mut inner.marks);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::{shown, survives};

    const TEXT: &str = "# 题目\n\n| 甲 | 乙 |\n|---|:-:|\n| 一\\|二<br>三 | **四** |\n\n正文，\n还是正文。\n\n1. 首先\n2. 其次\n\n<table><tr><td>\
        丙</td>\n\n<td>丁</td></tr></table>\n";

    #[test]
    fn headings_paragraphs_and_tables() {
        let document = read("甲.md", TEXT.as_bytes()).expect("document");
        let expected = ["1:题目", "甲|乙 ; 一|二/三|四", "0:正文，/还是正文。", "0:1.首先", "0:2.其次", "丙|丁"];
        assert_eq!(shown(&document), expected);
        let DocumentBlock::Table(table) = &document.blocks[1] else { panic!("a table") };
        assert_eq!(table.rows[1].cells[0].place, DocumentPlace::Line(5));
        survives(TEXT.as_bytes(), 2000, |bytes| drop(read("甲.md", bytes)));
    }

    #[test]
    fn a_text_with_a_pipe_table_is_known() {
        assert!(has_table("说明\n| 甲 | 乙 |\n| --- | --- |\n"));
        assert!(!has_table("甲|乙\n丙|丁\n"));
        assert!(!has_table("----\n甲 | 乙\n"));
    }
}
