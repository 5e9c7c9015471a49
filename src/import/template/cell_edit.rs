//! What is written in a part of a cell, and why it may not be.

use std::ops::Range;

use crate::diagnostic::{Text, texts};

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
