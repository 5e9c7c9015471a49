//! A file that is filled in: what is written where, whatever the file is packed as.

use std::collections::BTreeMap;
use std::ops::Range;

use super::word::WordBody;
use super::workbook::Workbook;
use crate::diagnostic::{Diagnostic, Text, texts};
use crate::import::document::DocumentPlace;
use crate::import::kind::FileKind;
use crate::import::read::package::{Package, with_parts};
use crate::import::read::refusal;

/// A part of a cell, and what is written in its place.
#[derive(Clone, Debug)]
pub struct CellEdit<'a> {
    /// All that was read there.
    pub was: &'a str,
    pub part: Range<usize>,
    pub text: String,
}

/// Why a cell stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwritable {
    /// Nothing of the file stands where it was read.
    NotFound,
    /// What stands there is not all of what was read, or more: a field, a tracked change, an automatic number.
    OtherText,
    /// The value is computed by the workbook.
    Formula,
    /// Rows of a sheet are not moved.
    FixedRows,
}

impl CellEdit<'_> {
    /// How many lines the part has.
    pub fn was_lines(&self) -> usize {
        self.was.get(self.part.clone()).map_or(1, |part| part.split('\n').count())
    }
}

impl Unwritable {
    pub fn text(self) -> Text {
        match self {
            Unwritable::NotFound => texts::template_not_found(),
            Unwritable::OtherText => texts::template_other_text(),
            Unwritable::Formula => texts::template_formula(),
            Unwritable::FixedRows => texts::template_fixed_rows(),
        }
    }
}

/// The file.
pub enum Paper {
    Word { path: String, body: Box<WordBody> },
    Workbook(Workbook),
}

impl Paper {
    /// # Errors
    /// JX602 and JX604 where it cannot be read.
    pub fn read(kind: FileKind, name: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let mut package = Package::open(name, bytes)?;
        if kind == FileKind::Xlsx {
            return Ok(Paper::Workbook(Workbook::read(name, &mut package)?));
        }
        let path = package.main_part("word/document.xml")?;
        let damaged = || refusal::damaged(name, texts::reason_part_damaged(&path));
        let (bytes, is_damaged) = package.bytes(&path)?.ok_or_else(damaged)?;
        let text = String::from_utf8(bytes).ok().filter(|_| !is_damaged).ok_or_else(damaged)?;
        let body = WordBody::read(text).ok_or_else(damaged)?;
        Ok(Paper::Word { path, body: Box::new(body) })
    }

    pub fn write(&mut self, place: &DocumentPlace, edit: &CellEdit<'_>) -> Result<(), Unwritable> {
        match self {
            Paper::Word { body, .. } => body.write(place, edit),
            Paper::Workbook(book) => book.write(place, edit),
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
            Paper::Word { body, .. } => {
                let row = body.row_of(like).ok_or(Unwritable::NotFound)?;
                body.add_row(row, edits, shared)
            }
            Paper::Workbook(_) => Err(Unwritable::FixedRows),
        }
    }

    /// Leaves out the row of a place; `gone` are all that are left out.
    pub fn remove_row(&mut self, place: &DocumentPlace, gone: &[DocumentPlace]) -> Result<(), Unwritable> {
        match self {
            Paper::Word { body, .. } => {
                let gone: Vec<(u32, u32)> = gone.iter().filter_map(|place| body.row_of(place)).collect();
                let row = body.row_of(place).ok_or(Unwritable::NotFound)?;
                body.remove_row(row, &gone)
            }
            Paper::Workbook(_) => Err(Unwritable::FixedRows),
        }
    }

    /// The bytes of the file: what was not written stands there as it stood.
    pub fn finish(self, bytes: &[u8]) -> std::io::Result<Vec<u8>> {
        let parts = match self {
            Paper::Word { path, body } => BTreeMap::from([(path.to_lowercase(), body.finish())]),
            Paper::Workbook(book) => book.finish(),
        };
        with_parts(bytes, &parts)
    }
}
