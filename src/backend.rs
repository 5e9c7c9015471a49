//! Models to what offices publish. A backend sees only models without errors, and touches no file: it returns artifacts.
//!
//! To add one: a file here, and its line in [`ALL`]. The suite runs every backend on every example.

mod csv_table;
#[cfg(feature = "office")]
mod docx;
pub(crate) mod flat;
mod html;
mod json;
mod markdown;
mod official;
mod plain_text;
pub(crate) mod source_text;
#[cfg(feature = "office")]
mod xlsx;
pub(crate) mod xml;

use std::path::PathBuf;

use crate::diagnostic::{Diagnostic, Language};
use crate::model::Model;
use crate::source::Sources;

/// A format to compile to.
pub trait Backend: Sync {
    /// The word after `--to`.
    fn name(&self) -> &'static str;
    /// Whether `build` makes it where no format is named.
    fn is_default(&self) -> bool {
        true
    }
    /// The files it makes. The same model gives the same bytes.
    fn render(&self, model: &Model, options: &Options<'_>) -> Vec<Artifact>;
}

/// What the person chose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'a> {
    /// The language of what is not printed in the official form: the report's controls.
    pub language: Language,
    /// What the check found, where the output is to tell of it. Only the report does.
    pub review: Option<Review<'a>>,
    /// Whether a table as text begins with a byte order mark: without one the usual spreadsheet reads Chinese as something
    /// else.
    pub byte_order_mark: bool,
}

/// The findings of the run that made the model.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    pub diagnostics: &'a [Diagnostic],
    pub sources: &'a Sources,
    /// Whether they are printed, too, not only shown on the screen.
    pub in_print: bool,
}

/// A file to write: its path below the output folder, and its bytes.
#[derive(Clone, Debug)]
pub struct Artifact {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Every backend.
pub const ALL: &[&dyn Backend] = &[
    &html::Html,
    &json::Json,
    &source_text::SourceText,
    &plain_text::PlainText,
    #[cfg(feature = "office")]
    &docx::Docx,
    #[cfg(feature = "office")]
    &xlsx::Xlsx,
    &csv_table::Csv,
    &markdown::Markdown,
];

/// The words after `--to`.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|backend| backend.name()).collect()
}

/// A name without the signs that file systems refuse, not longer than they take.
fn file_name(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '（' | '）' | '·'))
        .take(60)
        .collect()
}

/// The JSON Schema of the JSON output, as text.
pub fn schema() -> String {
    json::schema()
}
