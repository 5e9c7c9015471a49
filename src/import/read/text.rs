//! Plain text, as word processors and extractors save a document: one cell a line, led by a tab, a blank line after each
//! row, merged cells as empty cells; or one row a line, its cells parted by tabs; or columns parted by wide blanks, or
//! under lines of dashes.

mod ruled;

use std::ops::Range;
use std::sync::Arc;

use super::{continued, encoding};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Table, TableRow};
use crate::source::Words;

/// Signs of a wide blank that parts two columns of a line.
const COLUMN_GAP: usize = 2;
/// Lines in a row that must hold wide blanks before they are read as a table.
const GAP_LINES: usize = 2;

/// Reads the bytes of a text in any encoding that is told from them.
pub fn read_bytes(bytes: &[u8]) -> Document {
    let decoded = encoding::decode(bytes, None);
    let mut document = read(decoded.text.into());
    document.remarks.extend(decoded.remarks);
    document
}

/// Reads a text. Every text is some document.
pub fn read(text: Arc<str>) -> Document {
    let lines = lines_of(&text);
    let mut reader =
        TextReader { document: Document::default(), rows: Vec::new(), row: TableRow::default(), text: &text };
    let mut index = 0;
    let ends_rows = ends_rows_with_blanks(&lines, &text);
    let contents: Vec<&str> = lines.iter().map(|line| &text[line.clone()]).collect();
    let has_rules = contents.iter().any(|line| ruled::is_rule(line));
    let has_tabs = lines.iter().any(|line| text[line.clone()].contains('\t'));
    while index < lines.len() {
        let line = lines[index].clone();
        let content = &text[line.clone()];
        let number = index as u32 + 1;
        if let Some(table) = has_rules.then(|| ruled::table(&contents[index..])).flatten() {
            reader.ruled(&lines[index..], index, table.rows);
            index += table.lines;
            continue;
        }
        index += 1;
        if has_rules && ruled::is_rule(content) {
            reader.end_table();
        } else if content.contains('\t') {
            reader.cells(line, number);
        } else if content.trim().is_empty() {
            reader.end_row();
        } else if let Some(cell) =
            reader.row.cells.last_mut().filter(|cell| ends_rows || carries_on(&cell.text, content))
        {
            // A second paragraph of the cell above stands on a line of its own, without a tab.
            let joined = format!("{}\n{}", cell.text, content.trim());
            cell.text = joined.into();
        } else if !has_tabs
            && gap_columns(content).len() > 1
            && (!reader.rows.is_empty() || is_table(&lines[index - 1..], &text))
        {
            reader.end_row();
            for columns in gap_columns(content) {
                reader.cell(line.start + columns.start..line.start + columns.end, number);
            }
            reader.end_row();
        } else {
            reader.end_table();
            let cell = reader.clean(line, DocumentPlace::Line(number));
            if !cell.is_blank() {
                reader.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level: 0, cell }));
            }
        }
    }
    reader.end_table();
    reader.document
}

struct TextReader<'a> {
    document: Document,
    rows: Vec<TableRow>,
    row: TableRow,
    text: &'a Arc<str>,
}

impl TextReader<'_> {
    /// The cells of a line with tabs: one led by a tab, or a whole row.
    fn cells(&mut self, line: Range<usize>, number: u32) {
        let content = &self.text[line.clone()];
        let led = content.starts_with('\t') && !content[1..].contains('\t');
        if led {
            self.cell(line.start + 1..line.end, number);
            return;
        }
        self.end_row();
        let mut start = line.start;
        for part in content.split('\t') {
            self.cell(start..start + part.len(), number);
            start += part.len() + 1;
        }
        self.end_row();
    }

    fn cell(&mut self, bytes: Range<usize>, number: u32) {
        let cell = self.clean(bytes, DocumentPlace::Line(number));
        self.row.cells.push(cell);
    }

    /// The text between two places without blanks at its ends; word processors' marks are set aside.
    fn clean(&mut self, bytes: Range<usize>, place: DocumentPlace) -> Cell {
        const OPENING: &str = "[bookmark:";
        let content = &self.text[bytes.clone()];
        if !content.contains(OPENING) {
            return Cell::new(trimmed(self.text, bytes), place);
        }
        let mut kept = String::new();
        let mut rest = content;
        while let Some(start) = rest.find(OPENING) {
            let Some(length) = rest[start..].find(']') else { break };
            kept += &rest[..start];
            self.document.marks.push((place.clone(), rest[start..=start + length].to_owned().into()));
            rest = &rest[start + length + 1..];
        }
        kept += rest;
        Cell::new(kept.trim().to_owned(), place)
    }

    /// The rows of a table that lines of dashes frame; `first` counts the lines before those.
    fn ruled(&mut self, lines: &[Range<usize>], first: usize, rows: Vec<Vec<Vec<(usize, Range<usize>)>>>) {
        self.end_table();
        for row in rows {
            for parts in row {
                let place = DocumentPlace::Line((first + parts.first().map_or(0, |part| part.0) + 1) as u32);
                let bytes = |(line, bytes): &(usize, Range<usize>)| {
                    let start = lines[*line].start;
                    start + bytes.start..start + bytes.end
                };
                let cell = match &parts[..] {
                    [] => Cell::new("", place),
                    [only] => self.clean(bytes(only), place),
                    several => {
                        let texts: Vec<&str> = several.iter().map(|part| &self.text[bytes(part)]).collect();
                        Cell::new(texts.join("\n"), place)
                    }
                };
                self.row.cells.push(cell);
            }
            self.end_row();
        }
        self.end_table();
    }

    fn end_row(&mut self) {
        let row = std::mem::take(&mut self.row);
        if row.cells.iter().any(|cell| !cell.is_blank()) {
            self.rows.push(row);
        }
    }

    fn end_table(&mut self) {
        self.end_row();
        let rows = std::mem::take(&mut self.rows);
        if !rows.is_empty() {
            let mut table = Table { rows };
            continued::go_on_over_blanks(&mut table);
            self.document.blocks.push(DocumentBlock::Table(table));
        }
    }
}

fn trimmed(text: &Arc<str>, bytes: Range<usize>) -> Words {
    let content = &text[bytes.clone()];
    let start = bytes.start + (content.len() - content.trim_start().len());
    Words::shared(text, start..start + content.trim().len())
}

fn lines_of(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        lines.push(start..start + content.len());
        start += line.len();
    }
    lines
}

/// Whether a blank line ends each row of cells: then a line without a tab, before it, is more of a cell. Cells of several
/// paragraphs are few.
fn ends_rows_with_blanks(lines: &[Range<usize>], text: &str) -> bool {
    let content = |line: &Range<usize>| &text[line.clone()];
    let ends = lines.windows(2).filter(|pair| content(&pair[0]).starts_with('\t') && !content(&pair[1]).contains('\t'));
    let (blank, full): (Vec<_>, Vec<_>) = ends.partition(|pair| content(&pair[1]).trim().is_empty());
    blank.len() > full.len() * 2
}

/// Whether a line without a tab right below a cell is more of that cell: the next of its numbered paragraphs, or the
/// rest of a sentence; not the heading of what follows.
fn carries_on(cell: &str, content: &str) -> bool {
    let is_numbered = |text: &str| {
        let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit());
        rest.len() < text.len() && rest.starts_with(['.', '、', '．', ')', '）'])
    };
    let content = content.trim();
    !cell.is_empty() && (is_numbered(cell) && is_numbered(content) || content.ends_with(['。', '；', ';', '，']))
}

/// The columns of a line that wide blanks part, in bytes of the line.
fn gap_columns(line: &str) -> Vec<Range<usize>> {
    let mut columns: Vec<Range<usize>> = Vec::new();
    let mut blanks = COLUMN_GAP;
    for (offset, sign) in line.char_indices() {
        if matches!(sign, ' ' | '\u{A0}' | '\u{3000}') {
            blanks += if sign == '\u{3000}' { 2 } else { 1 };
            continue;
        }
        let end = offset + sign.len_utf8();
        match columns.last_mut() {
            Some(last) if blanks < COLUMN_GAP => last.end = end,
            _ => columns.push(offset..end),
        }
        blanks = 0;
    }
    columns
}

/// Whether the first of the lines starts a run of lines with columns.
fn is_table(lines: &[Range<usize>], text: &str) -> bool {
    let full = lines.iter().map(|line| &text[line.clone()]).filter(|line| !line.trim().is_empty());
    full.take(GAP_LINES).filter(|line| gap_columns(line).len() > 1).count() == GAP_LINES
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let document = read(text.into());
        let tables = document.blocks.iter().filter_map(|block| match block {
            DocumentBlock::Table(table) => Some(table),
            DocumentBlock::Part(_) | DocumentBlock::Paragraph(_) => None,
        });
        let cells = |row: &TableRow| row.cells.iter().map(|cell| cell.text.to_string()).collect();
        tables.flat_map(|table| table.rows.iter().map(cells)).collect()
    }

    #[test]
    fn one_cell_a_line_and_one_row_a_line_are_the_same_table() {
        let wanted = [["甲", "", "乙"], ["丙", "丁", "戊"]];
        assert_eq!(rows("题目\n\t甲\n\t\n\t乙\n\n\t丙\n\t丁\n\t戊\n\n"), wanted);
        assert_eq!(rows("甲\t\t乙\n丙\t丁\t戊\n"), wanted);
    }

    #[test]
    fn wide_blanks_part_columns_where_several_lines_have_them() {
        assert_eq!(
            rows("项目编码   A1   项目名称   甲\n预算数   10   用途   乙\n"),
            [["项目编码", "A1", "项目名称", "甲"], ["预算数", "10", "用途", "乙"]]
        );
        assert!(rows("某某局   2025年\n正文。\n").is_empty());
    }

    #[test]
    fn marks_of_word_processors_are_set_aside() {
        let document = read("[bookmark: _Toc1]一、总体目标\n".into());
        assert_eq!(document.marks.len(), 1);
        assert!(matches!(&document.blocks[..], [DocumentBlock::Paragraph(one)] if &*one.cell.text == "一、总体目标"));
    }
}
