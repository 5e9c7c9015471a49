//! Documents that a Word document holds as a whole (`altChunk`): pages are read in their place, other kinds are told.

use super::DocxReader;
use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::{Document, DocumentBlock, DocumentPlace, Remark, Table};
use crate::import::read::kind::FileKind;
use crate::import::read::{html, mhtml};

impl DocxReader<'_> {
    /// Reads the document that a relation names.
    pub(super) fn embedded(&mut self, relation: &str) -> Result<(), Diagnostic> {
        let path = self.relations.iter().find(|one| one.id == relation).map(|one| one.path.clone());
        let bytes = match &path {
            Some(path) => self.package.bytes(path)?,
            None => None,
        };
        let page = bytes.and_then(|(bytes, is_damaged)| {
            let page = page(path.as_deref().unwrap_or_default(), &bytes)?;
            Some((page, is_damaged))
        });
        let place = self.place();
        let Some((page, is_damaged)) = page else {
            self.remark(place, texts::embedded_not_read());
            return Ok(());
        };
        if is_damaged {
            self.remark(place, texts::breaks_off());
        }
        self.take_in(page);
        Ok(())
    }

    /// Puts the blocks of a page where the document stands. In a cell its words are words of the cell.
    fn take_in(&mut self, page: Document) {
        let (mut paragraphs, mut tables) = (0, 0);
        for block in &page.blocks {
            match block {
                DocumentBlock::Part(_) => {}
                DocumentBlock::Paragraph(_) => paragraphs += 1,
                DocumentBlock::Table(_) => tables += 1,
            }
        }
        let before = (self.paragraph_count, self.tables.count_on(tables));
        self.paragraph_count += paragraphs;
        for remark in page.remarks {
            self.document.remarks.push(Remark { place: remark.place.map(|place| moved(&place, before)), ..remark });
        }
        let marks = page.marks.into_iter().map(|(place, words)| (moved(&place, before), words));
        self.document.marks.extend(marks);
        for block in page.blocks {
            match block {
                DocumentBlock::Part(_) => self.document.blocks.push(block),
                DocumentBlock::Paragraph(mut paragraph) => {
                    self.signs += paragraph.cell.text.chars().filter(|sign| !sign.is_whitespace()).count();
                    if !self.tables.write(&paragraph.cell.text) {
                        paragraph.cell.place = moved(&paragraph.cell.place, before);
                        self.document.blocks.push(DocumentBlock::Paragraph(paragraph));
                    }
                }
                DocumentBlock::Table(mut table) => {
                    let number = move_table(&mut table, before);
                    if self.tables.open.is_empty() {
                        self.document.blocks.push(DocumentBlock::Table(table));
                    } else {
                        self.tables.add(number, table);
                    }
                }
            }
        }
    }
}

/// The document of a page; none where it is of another kind, or cannot be read.
fn page(path: &str, bytes: &[u8]) -> Option<Document> {
    match FileKind::of(path, bytes) {
        FileKind::Html => html::read(path, bytes).ok(),
        FileKind::Mhtml => mhtml::read(path, bytes).ok(),
        FileKind::Docx
        | FileKind::Xlsx
        | FileKind::Csv
        | FileKind::Json
        | FileKind::Markdown
        | FileKind::Text
        | FileKind::Doc
        | FileKind::Xls
        | FileKind::Slides
        | FileKind::Rtf
        | FileKind::Odt
        | FileKind::OtherWorkbook
        | FileKind::WordXml
        | FileKind::ExcelXml
        | FileKind::Pdf
        | FileKind::Ofd
        | FileKind::Image
        | FileKind::Archive
        | FileKind::Unknown => None,
    }
}

/// A place of a page, counted on from the paragraphs and tables before it.
fn moved(place: &DocumentPlace, (paragraphs, tables): (u32, u32)) -> DocumentPlace {
    match place {
        DocumentPlace::Paragraph(number) => DocumentPlace::Paragraph(number + paragraphs),
        DocumentPlace::Table { table, row, cell } => {
            DocumentPlace::Table { table: table + tables, row: *row, cell: *cell }
        }
        DocumentPlace::Line(_) | DocumentPlace::Sheet { .. } | DocumentPlace::Record { .. } => place.clone(),
    }
}

/// Moves the cells of a table. Its number.
fn move_table(table: &mut Table, before: (u32, u32)) -> u32 {
    let mut number = before.1;
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.place = moved(&cell.place, before);
        if let DocumentPlace::Table { table, .. } = &cell.place {
            number = *table;
        }
    }
    number
}
