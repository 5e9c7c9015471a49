//! A file that is filled in: what is written where, whatever the file is packed as.

use std::collections::BTreeMap;

use super::cell_edit::{CellEdit, Unwritable};
use super::word::WordBody;
use super::workbook::Workbook;
use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::DocumentPlace;
use crate::import::kind::FileKind;
use crate::import::read::package::{Package, with_parts};
use crate::import::read::refusal;

/// The file.
pub enum TemplateFile {
    Word { path: String, body: Box<WordBody> },
    Workbook(Workbook),
}

impl TemplateFile {
    /// # Errors
    /// JX602 and JX604 where it cannot be read.
    pub fn read(kind: FileKind, name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let mut package = Package::open(name, bytes)?;
        if kind == FileKind::Xlsx {
            return Ok(TemplateFile::Workbook(Workbook::read(name, &mut package)?));
        }
        let path = package.main_part("word/document.xml")?;
        let damaged = || refusal::damaged(name, texts::reason_part_damaged(&path));
        let (bytes, is_damaged) = package.bytes(&path)?.ok_or_else(damaged)?;
        let text = String::from_utf8(bytes).ok().filter(|_| !is_damaged).ok_or_else(damaged)?;
        let body = WordBody::read(text).ok_or_else(damaged)?;
        Ok(TemplateFile::Word { path, body: Box::new(body) })
    }

    pub fn write(&mut self, place: &DocumentPlace, edit: &CellEdit<'_>) -> Result<(), Unwritable> {
        match self {
            TemplateFile::Word { body, .. } => body.write(place, edit),
            TemplateFile::Workbook(book) => book.write(place, edit),
        }
    }

    /// A copy of the row of a place, behind it.
    pub fn add_row(
        &mut self,
        like: &DocumentPlace,
        edits: &[(DocumentPlace, CellEdit<'_>)],
        shared: &[DocumentPlace],
    ) -> Result<(), Unwritable> {
        match self {
            TemplateFile::Word { body, .. } => {
                let row = body.row_of(like).ok_or(Unwritable::NotFound)?;
                body.add_row(row, edits, shared)
            }
            TemplateFile::Workbook(_) => Err(Unwritable::FixedRows),
        }
    }

    /// Leaves out the row of a place; `gone` are all that are left out.
    pub fn remove_row(&mut self, place: &DocumentPlace, gone: &[DocumentPlace]) -> Result<(), Unwritable> {
        match self {
            TemplateFile::Word { body, .. } => {
                let gone: Vec<(u32, u32)> = gone.iter().filter_map(|place| body.row_of(place)).collect();
                let row = body.row_of(place).ok_or(Unwritable::NotFound)?;
                body.remove_row(row, &gone)
            }
            TemplateFile::Workbook(_) => Err(Unwritable::FixedRows),
        }
    }

    /// The bytes of the file: what was not written stands there as it stood.
    pub fn finish(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let parts = match self {
            TemplateFile::Word { path, body } => BTreeMap::from([(path.to_lowercase(), body.finish())]),
            TemplateFile::Workbook(book) => book.finish(),
        };
        with_parts(bytes, &parts)
    }
}
