//! The folder that an import writes to: what stands there, what the document said the last time, and what both become.
//!
//! What a document said is kept in a hidden folder beside the texts, a file a document, so that the next import knows what
//! changed in the document and what people changed since. It belongs into the repository like the texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Failure;
use super::files;
use super::output::cannot;
use super::writing;
use crate::diagnostic::{Code, texts};
use crate::language::Block;
use crate::merge::Markers;
use crate::merge::folder::{MergedFolder, OtherDepartment, PlacedText, merge_folder};
use crate::workspace::{Input, analyse};

/// The hidden folder of what documents said.
const RECORDS: &str = ".jixiao.imports";

/// What stands in the folder before an import.
#[derive(Default)]
pub struct FolderThere {
    texts: Vec<PlacedText>,
}

impl FolderThere {
    /// Reads a folder; one that is not there holds nothing.
    ///
    /// # Errors
    /// What cannot be read: it might hold what the document says.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let below = |path: PathBuf| files::shown(path.strip_prefix(folder).unwrap_or(&path));
        let texts = files::sources_below(folder)?.into_iter().map(|(path, text)| (below(path), text));
        Ok(Self { texts: texts.collect() })
    }

    /// The texts that declare standards.
    pub fn standards(&self) -> Vec<PlacedText> {
        self.texts.iter().filter(|(_, text)| files::declares_standard(text)).cloned().collect()
    }

    /// The standard of its department, where it has one alone: what comes in follows it.
    pub fn standard(&self) -> Option<String> {
        let inputs = self.texts.iter().map(|(path, text)| Input { path: path.clone(), text: text.as_str().into() });
        let model = analyse(inputs.collect(), None).model;
        match &*model.departments {
            [department] => Some(model[department.standard].name.clone()),
            _ => None,
        }
    }

    /// What becomes of it when a document comes in.
    ///
    /// # Errors
    /// It is another department's.
    pub fn with(
        &self,
        folder: &Path,
        document: &str,
        imported: &[PlacedText],
        markers: &Markers,
    ) -> Result<MergedFolder, OtherDepartment> {
        merge_folder(&said_before(folder, document), &self.texts, imported, markers)
    }
}

/// What a document said the last time; nothing where nobody knows.
fn said_before(folder: &Path, document: &str) -> Vec<PlacedText> {
    let text = std::fs::read_to_string(record_of(folder, document)).unwrap_or_default();
    let texts: BTreeMap<String, String> = serde_json::from_str(&text).unwrap_or_default();
    texts.into_iter().collect()
}

/// Whether a document said of projects what they are, the last time that it came into a folder.
pub fn has_brought_projects(folder: &Path, document: &str) -> bool {
    let head = format!("{} ", Block::Project.word().0);
    said_before(folder, document).iter().any(|(_, text)| text.lines().any(|line| line.starts_with(&head)))
}

/// Keeps what a document says.
///
/// # Errors
/// JX909 where it cannot be written.
pub fn keep(folder: &Path, document: &str, imported: &[PlacedText]) -> Result<(), Failure> {
    let texts: BTreeMap<&str, &str> = imported.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut text = serde_json::to_string_pretty(&texts)
        .map_err(|error| cannot(Code::JX909, texts::cannot_write(document, error.to_string())))?;
    text.push('\n');
    writing::write(&record_of(folder, document), text.as_bytes())
}

fn record_of(folder: &Path, document: &str) -> PathBuf {
    folder.join(RECORDS).join(format!("{document}.json"))
}
