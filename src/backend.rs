//! Models to what offices publish. A backend sees only models without errors, and touches no file: it writes artifacts into
//! a [`Sink`], piece by piece, of the whole workspace or of a part of it.
//!
//! ```
//! use jixiao::backend::{ALL, Memory, RenderOptions, Scope};
//! use jixiao::workspace::{Input, analyse};
//!
//! let text = "项目 防火宣传 {\n  预算 2 万元\n  目标 \"办好宣传。\"\n  指标 数量 宣传场次 ≥ 6 场\n}\n";
//! let analysis = analyse(vec![Input { path: "宣传.jx".to_owned(), text: text.into() }], None);
//!
//! let csv = ALL.iter().find(|backend| backend.name() == "csv").expect("a format");
//! let mut written = Memory::default();
//! csv.render(&analysis.model, Scope::Workspace, &RenderOptions::default(), &mut written)?;
//! let table = String::from_utf8_lossy(&written.0[0].bytes);
//! assert!(table.lines().nth(1).expect("a row").contains("宣传场次"));
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! To add one: a file here, and its line in [`ALL`]. The suite runs every backend on every example.

mod anchors;
mod changes;
mod county;
mod csv_table;
#[cfg(feature = "office")]
mod docx;
pub(crate) mod flat;
mod forms;
mod html;
mod json;
mod markdown;
#[cfg(feature = "office")]
mod ofd;
mod official;
mod overview;
#[cfg(feature = "office")]
mod page;
#[cfg(feature = "tables")]
mod parquet_table;
#[cfg(feature = "pdf")]
mod pdf;
mod plain_text;
mod printed;
pub mod report;
mod scope;
mod sink;
pub(crate) mod source_text;
mod stream;
#[cfg(feature = "tables")]
pub mod tables;
#[cfg(feature = "pdf")]
mod volume;
#[cfg(feature = "office")]
mod xlsx;
pub(crate) mod xml;

use std::io;

use crate::diagnostic::{Diagnostic, Language};
use crate::model::standard::year_form::YearForm;
use crate::model::{Model, Project};
use crate::source::Sources;

pub use changes::{ChangeOwner, ChangedValue, ChangesSince, ToldChange};
pub use forms::{AskedCheckpoint, AskedForms, has_form, reported_checkpoints, without_layout};
#[cfg(feature = "office")]
pub use page::Typeface;
#[cfg(feature = "pdf")]
pub use pdf::{FontFile, Pdf, PrintFonts};
pub use scope::Scope;
pub use sink::{Artifact, ArtifactNames, Contents, Memory, Sink};
pub use stream::{Aside, Departments, RoomAside, Stream};

/// A format to compile to.
pub trait Backend: Sync {
    /// The word after `--to`.
    fn name(&self) -> &'static str;
    /// Whether `build` makes it where no format is named.
    fn is_default(&self) -> bool {
        true
    }
    /// Whether it can hold a form of the year: one that is to be looked at is a page.
    fn holds(&self, form: YearForm) -> bool {
        form != YearForm::Overview
    }
    /// Writes the files of a scope. The same model gives the same bytes, and a part of it those of that part.
    ///
    /// # Errors
    /// What the sink could not write.
    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()>;
    /// Writes the targets of a workspace that is too large to be held, the same bytes; none where that cannot be done.
    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        None
    }
}

/// What the person chose.
#[derive(Clone, Copy, Debug, Default)]
pub struct RenderOptions<'a> {
    /// The language of what is not printed in the official form: the report's controls.
    pub language: Language,
    /// What the check found, where the output is to tell of it. Only the report does.
    pub review: Option<CheckOutcome<'a>>,
    /// Whether a table as text begins with a byte order mark: without one the usual spreadsheet reads Chinese as something
    /// else.
    pub byte_order_mark: bool,
    /// What changed since another version, where the report is to tell of it.
    pub since: Option<&'a ChangesSince>,
    /// Whether the report is one page however large it is: for paper.
    pub is_one_page: bool,
    /// The forms of the year that are wanted; none for the targets as they were approved.
    pub forms: Option<AskedForms<'a>>,
    /// The texts that the model was read from, for tables that say where a row comes from.
    pub sources: Option<&'a Sources>,
    /// The region of tables for engines; none for the one that the codes of all projects name.
    pub region: Option<&'a str>,
    /// The year of tables for what states none; none for the one that all other departments state. Where departments are
    /// looked at one by one, it has to be known then.
    pub year: Option<u16>,
    /// Where a stream keeps what is too much to be held; none for memory.
    pub room: Option<&'a dyn RoomAside>,
}

/// The findings of the run that made the model.
#[derive(Clone, Copy, Debug)]
pub struct CheckOutcome<'a> {
    /// Those that no comment excuses.
    pub diagnostics: &'a [Diagnostic],
    /// The texts that their places are in.
    pub sources: &'a Sources,
    /// Whether they are printed, too, not only shown on the screen.
    pub in_print: bool,
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
    #[cfg(feature = "office")]
    &ofd::Ofd,
    #[cfg(feature = "tables")]
    &parquet_table::Parquet,
];

/// The words after `--to`.
pub fn names() -> Vec<&'static str> {
    ALL.iter().map(|backend| backend.name()).collect()
}

pub use crate::model::text::file_name;

/// `03-农村公路养护项目`: what the file of a project is called, without an ending, where its department has so many.
fn project_stem(number: usize, count: usize, project: &Project) -> String {
    let width = count.to_string().len().max(2);
    format!("{number:0width$}-{}", file_name(&project.name.value))
}

/// The JSON Schema of the JSON output, as text.
pub fn schema() -> String {
    json::schema()
}

/// The JSON Schema of the forms of the year, as text.
pub fn schema_of_forms() -> String {
    json::schema_of_forms()
}

/// The scripts of all pages that are made: a page that shows them within itself allows these and no others.
pub fn scripts() -> [&'static str; 3] {
    html::SCRIPTS
}
