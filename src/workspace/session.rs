//! A workspace that is checked again after every change of a file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Analysis, Input, analyse_with};
use crate::control::Wishes;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// What was read and found, kept up to date.
pub struct Session {
    analysis: Analysis,
    settings: Option<Input>,
    wishes: Wishes,
    files: BTreeMap<String, FileId>,
}

impl Session {
    /// Checks a workspace for the first time.
    pub fn new(files: Vec<Input>, settings: Option<Input>, wishes: Wishes) -> Self {
        let paths: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
        let analysis = analyse_with(files, settings.clone(), &wishes);
        let known = analysis.sources.iter().filter(|(_, source)| paths.contains(&source.path));
        let files = known.map(|(file, source)| (source.path.clone(), file)).collect();
        Self { analysis, settings, wishes, files }
    }

    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// A file of the workspace by its path.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.files.get(path).copied()
    }

    /// Gives files new texts. Returns the files whose findings may have changed.
    pub fn update(&mut self, texts: Vec<(FileId, Arc<str>)>) -> BTreeSet<FileId> {
        let texts: BTreeMap<FileId, Arc<str>> = texts.into_iter().collect();
        let sources = &self.analysis.sources;
        let inputs = self.files.iter().map(|(path, file)| Input {
            path: path.clone(),
            text: texts.get(file).unwrap_or(&sources.get(*file).text).clone(),
        });
        self.analysis = analyse_with(inputs.collect(), self.settings.clone(), &self.wishes);
        self.analysis.sources.iter().map(|(file, _)| file).collect()
    }

    /// What was found in a file, in order.
    pub fn findings_in(&self, file: FileId) -> &[Diagnostic] {
        let found = &self.analysis.diagnostics;
        let file_of = |diagnostic: &Diagnostic| diagnostic.span().map(|span| span.file);
        let start = found.partition_point(|diagnostic| file_of(diagnostic) < Some(file));
        let end = found.partition_point(|diagnostic| file_of(diagnostic) <= Some(file));
        &found[start..end]
    }

    /// What was found of the workspace as a whole.
    pub fn placeless(&self) -> &[Diagnostic] {
        let end = self.analysis.diagnostics.partition_point(|diagnostic| diagnostic.span().is_none());
        &self.analysis.diagnostics[..end]
    }
}
