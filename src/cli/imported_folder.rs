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
use crate::diagnostic::{Code, Text, texts};
use crate::language::Keyword;
use crate::merge::folder::{MergedFolder, OtherDepartment, PlacedText, merge_folder, shares_department};
use crate::merge::{Markers, taking_theirs};
use crate::syntax;
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
        let declares = |(_, text): &&PlacedText| files::declares(text, |keyword| keyword == Keyword::Standard);
        self.texts.iter().filter(declares).cloned().collect()
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
    ) -> Result<Result<MergedFolder, OtherDepartment>, Failure> {
        Ok(merge_folder(&said_before(folder, document)?, &self.texts, imported, markers))
    }

    /// Whether it holds the department of some texts.
    pub fn has_department_of(&self, imported: &[PlacedText]) -> bool {
        shares_department(&self.texts, imported)
    }

    /// The files with conflicts that nobody has settled.
    pub fn in_conflict(&self) -> Vec<&str> {
        let texts = self.texts.iter().filter(|(_, text)| syntax::conflicts(text).is_some());
        texts.map(|(path, _)| path.as_str()).collect()
    }

    /// Takes in each of them what the document said. Their paths, what they were and what they are.
    pub fn take_theirs(&mut self) -> Vec<(String, String, String)> {
        let settle = |(path, text): &mut PlacedText| {
            let settled = taking_theirs(text);
            (path.clone(), std::mem::replace(text, settled.clone()), settled)
        };
        self.texts.iter_mut().filter(|(_, text)| syntax::conflicts(text).is_some()).map(settle).collect()
    }
}

/// What a document said the last time; nothing where nobody knows.
///
/// # Errors
/// JX907 where the record is there and cannot be read.
fn said_before(folder: &Path, document: &str) -> Result<Vec<PlacedText>, Failure> {
    let path = record_of(folder, document);
    let unreadable = |why: Text| cannot(Code::JX907, texts::cannot_read(files::shown(&path), why));
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(files::reason(&error))),
    };
    let texts: BTreeMap<String, String> =
        serde_json::from_str(&text).map_err(|error| unreadable(texts::record_damaged(error.to_string())))?;
    Ok(texts.into_iter().collect())
}

/// Whether a document said of projects what they are, the last time that it came into a folder.
pub fn has_brought_projects(folder: &Path, document: &str) -> bool {
    let before = said_before(folder, document).unwrap_or_default();
    before.iter().any(|(_, text)| files::declares(text, |keyword| keyword == Keyword::Project))
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
