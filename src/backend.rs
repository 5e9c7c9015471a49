//! Models to what offices publish. A backend sees only models without errors, and touches no file: it returns artifacts.
//!
//! To add one: a file here, and its line in [`ALL`]. The suite runs every backend on every example.

mod html;
mod json;
mod text;

use std::path::PathBuf;

use crate::diagnostic::Language;
use crate::model::Model;

/// A format to compile to.
pub trait Backend: Sync {
    /// The word after `--to`.
    fn name(&self) -> &'static str;
    /// Whether `build` makes it where no format is named.
    fn is_default(&self) -> bool {
        true
    }
    /// The files it makes. The same model gives the same bytes.
    fn render(&self, model: &Model, options: &Options) -> Vec<Artifact>;
}

/// What the person chose.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The language of what is not printed in the official form: the report's controls.
    pub language: Language,
}

/// A file to write: its path below the output folder, and its bytes.
#[derive(Clone, Debug)]
pub struct Artifact {
    pub path: PathBuf,
    pub bytes: Vec<u8>,
}

/// Every backend.
pub const ALL: &[&dyn Backend] = &[&html::Html, &json::Json, &text::SourceText];

/// The words after `--to`.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|backend| backend.name()).collect()
}

/// The JSON Schema of the JSON output, as text.
pub fn schema() -> String {
    json::schema()
}
