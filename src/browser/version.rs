//! Files that were dropped, read as a version of a workspace.

use std::sync::Arc;

use super::documents::{DroppedDocument, beside_texts, standards_in};
use super::frame::NamedBytes;
use crate::config::SETTINGS_FILE;
use crate::diagnostic::{Diagnostic, Language, Severity, Text};
use crate::diff::Side;
use crate::import::{Imported, kind};
use crate::review;
use crate::source::{folder_of, signs};
use crate::syntax;
use crate::workspace::{Analysis, Input, VersionInput, Versions, analyse};

/// A version: what was dropped, and what it comes to.
pub struct DroppedVersion {
    /// As people call it: the file or the folder.
    pub name: String,
    pub documents: Vec<DroppedDocument>,
    /// The texts, those of documents among them.
    pub files: Vec<Input>,
    pub settings: Option<Input>,
    /// The texts that could not be read.
    pub unreadable: Vec<Diagnostic>,
    /// Checked as `check` does.
    pub analysis: Analysis,
    /// The documents as they were given.
    offered: Vec<NamedBytes>,
}

/// The list that a folder keeps of what was written into it.
pub struct OutputList<'a> {
    folder: &'a str,
    text: &'a str,
}

/// What tools make, and what `build` writes where nobody says otherwise.
const BUILT_FOLDERS: [&str; 3] = ["target", "node_modules", "jixiao-out"];

impl<'a> OutputList<'a> {
    /// Each is its folder, a line end and its text.
    pub fn all(lists: &'a [String]) -> Vec<Self> {
        let list = |list: &'a String| list.split_once('\n').map(|(folder, text)| Self { folder, text });
        lists.iter().filter_map(list).collect()
    }

    fn names(&self, path: &str) -> bool {
        let below = path.strip_prefix(self.folder).map(|rest| rest.trim_start_matches('/'));
        below.is_some_and(|below| self.text.lines().any(|line| line == below))
    }
}

/// The files of a folder that are read: texts, settings and documents, but not what is hidden, made by tools or written by
/// the compiler.
pub fn chosen(paths: Vec<String>, lists: &[OutputList<'_>]) -> Vec<String> {
    let is_passed_over = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        let folders = || folder_of(path).split('/').skip(1);
        name.starts_with('.') || folders().any(|one| one.starts_with('.') || BUILT_FOLDERS.contains(&one))
    };
    let is_kind = |path: &str| {
        let ending = path.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase());
        ending == "jx" || path.ends_with(SETTINGS_FILE) || kind::EXTENSIONS.contains(&&*ending)
    };
    let is_written = |path: &str| lists.iter().any(|list| list.names(path));
    let is_wanted = |path: &String| is_kind(path) && !is_passed_over(path) && !is_written(path);
    let mut chosen: Vec<String> = paths.into_iter().filter(is_wanted).collect();
    let is_text = |path: &String| path.ends_with(".jx");
    // Beside texts lie the documents that they came from, or are about.
    if chosen.iter().any(is_text) {
        chosen.retain(|path| is_text(path) || path.ends_with(SETTINGS_FILE));
    }
    chosen
}

impl DroppedVersion {
    /// Reads files as they were dropped, each by its path.
    pub fn read(name: String, mut files: Vec<NamedBytes>, language: Language) -> Self {
        files.sort();
        let (mut texts, mut unreadable, mut settings) = (Vec::new(), Vec::new(), None::<Input>);
        let mut offered = Vec::new();
        for (path, bytes) in files {
            let is_text = path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("jx"));
            let is_settings = path.rsplit('/').next() == Some(SETTINGS_FILE);
            if !is_text && !is_settings {
                offered.push((path, bytes));
                continue;
            }
            match syntax::decode(&path, bytes) {
                Ok(text) => {
                    let input = Input { path, text: text.into() };
                    // The outermost counts, which is the first: others hold for what they lie in when that is read alone.
                    if is_text {
                        texts.push(input);
                    } else if settings.as_ref().is_none_or(|one| depth(&input.path) < depth(&one.path)) {
                        settings = Some(input);
                    }
                }
                Err(diagnostic) => unreadable.push(diagnostic),
            }
        }
        let documents = beside_texts(&offered, &texts, settings.as_ref(), language);
        let mut files = texts;
        files.extend(of_documents(&documents));
        files.sort_by(|one, other| one.path.cmp(&other.path));
        let mut analysis = analyse(files.clone(), settings.clone());
        analysis.diagnostics.splice(0..0, unreadable.iter().cloned());
        Self { name, documents, files, settings, unreadable, analysis, offered }
    }

    /// The documents that came in, by name.
    pub fn imports(&self) -> Vec<(String, &Imported)> {
        self.documents.iter().filter_map(|one| Some((one.path.clone(), one.result.as_ref().ok()?))).collect()
    }

    /// As a side of a review, read as far as that needs.
    pub fn as_reviewed<'a>(&self, read: &'a Analysis) -> review::Version<'a> {
        // A rule of the field that is broken keeps nothing from being understood.
        let is_error = |one: &&Diagnostic| one.severity == Severity::Error && !one.code.has_level();
        let errors = read.diagnostics.iter().chain(&self.unreadable).filter(is_error).count();
        review::Version { name: Text::same(signs::in_one_line(&self.name)), side: side(read), errors }
    }

    /// What is compared with another version, by whose standards its documents are read, too.
    fn beside(&self, other: &Self, language: Language) -> VersionInput {
        let mut foreign = standards_in(&other.files);
        // What declares a department, too, is a version of its own.
        foreign.retain(|input| syntax::declares_standards_alone(&input.text));
        let mut files = self.files.clone();
        if !self.offered.is_empty() && !foreign.is_empty() {
            let is_own =
                |input: &Input| !self.documents.iter().any(|one| one.texts().any(|(path, _)| path == input.path));
            files.retain(is_own);
            let known: Vec<Input> = files.iter().cloned().chain(foreign).collect();
            let documents = beside_texts(&self.offered, &known, self.settings.as_ref(), language);
            files = known;
            files.extend(of_documents(&documents));
        }
        VersionInput { files, settings: self.settings.clone() }
    }
}

/// Reads two versions for their comparison.
pub fn compared(old: &DroppedVersion, new: &DroppedVersion, language: Language) -> [Analysis; 2] {
    Versions::default().read(old.beside(new, language), new.beside(old, language))
}

/// The texts that documents came to.
fn of_documents(documents: &[DroppedDocument]) -> impl Iterator<Item = Input> {
    let texts = documents.iter().flat_map(DroppedDocument::texts);
    texts.map(|(path, text)| Input { path, text: Arc::from(text) })
}

pub fn side(read: &Analysis) -> Side<'_> {
    Side { model: &read.model, sources: &read.sources }
}

fn depth(path: &str) -> usize {
    path.matches('/').count()
}
