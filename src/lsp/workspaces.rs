//! What is checked together: a folder of the client, or a document outside of all of them with what lies around it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::documents::OpenDocument;
use crate::control::Wishes;
use crate::diagnostic::Diagnostic;
use crate::source::FileId;
use crate::syntax;
use crate::workspace::{Input, Session};

/// Where stored files are read from.
pub trait Disk {
    /// What `check` reads of a folder or a file. The texts of open documents count over what is stored.
    fn read(&self, path: &str, open: &BTreeMap<String, Arc<str>>) -> WorkspaceReading;
}

/// What was read.
#[derive(Default)]
pub struct WorkspaceReading {
    /// Sources, in the order of their paths.
    pub files: Vec<Input>,
    /// The settings file; none where there is none.
    pub settings: Option<Input>,
    /// Paths of the files whose findings are wanted.
    pub asked_for: BTreeSet<String>,
    /// What is to be said of files that could not be read.
    pub unreadable: Vec<Diagnostic>,
}

pub struct Workspace {
    /// The folder, or the document.
    pub path: String,
    pub is_folder: bool,
    pub session: Option<Session>,
    /// It has to be read again.
    pub is_stale: bool,
    /// Open documents with a new text.
    pub changed: BTreeSet<String>,
    pub asked_for: BTreeSet<String>,
    pub settings: Option<String>,
    pub unreadable: Vec<Diagnostic>,
    /// Files whose findings the client has not been told yet; none means all.
    pub untold: Option<BTreeSet<FileId>>,
    /// Paths of which the client was told findings.
    pub told: BTreeSet<String>,
}

impl Workspace {
    pub fn new(path: String, is_folder: bool) -> Self {
        Self {
            path,
            is_folder,
            session: None,
            is_stale: true,
            changed: BTreeSet::new(),
            asked_for: BTreeSet::new(),
            settings: None,
            unreadable: Vec::new(),
            untold: None,
            told: BTreeSet::new(),
        }
    }

    /// Whether a path lies in it.
    pub fn holds(&self, path: &str) -> bool {
        if !self.is_folder {
            return path == self.path;
        }
        path.strip_prefix(&*self.path).is_some_and(|rest| rest.starts_with('/') || self.path.ends_with('/'))
    }

    /// Whether the findings of a file are told here.
    pub fn checks(&self, path: &str) -> bool {
        self.asked_for.contains(path)
    }

    pub fn tell_everything(&mut self) {
        self.untold = None;
    }

    /// Brings it up to date.
    pub fn check(
        &mut self,
        disk: &dyn Disk,
        open: &BTreeMap<String, Arc<str>>,
        documents: &BTreeMap<String, OpenDocument>,
    ) {
        let changed = std::mem::take(&mut self.changed);
        if self.is_stale {
            self.is_stale = false;
            let WorkspaceReading { files, settings, asked_for, unreadable } = disk.read(&self.path, open);
            self.asked_for = asked_for;
            self.settings = settings.as_ref().map(|settings| settings.path.clone());
            self.unreadable = unreadable;
            // Of the same files only what changed is checked again.
            let keeps = |session: &mut Session| session.reread(&files, settings.as_ref());
            if !self.session.as_mut().is_some_and(keeps) {
                self.session = Some(Session::new(files, settings, Wishes::default()));
            }
            self.untold = None;
            return;
        }
        let Some(session) = &mut self.session else { return };
        // As a file would be read.
        let read = |text: &Arc<str>| match syntax::with_line_feeds(text) {
            Cow::Borrowed(_) => text.clone(),
            Cow::Owned(text) => text.into(),
        };
        let texts = changed.iter().filter_map(|path| Some((session.file(path)?, read(&documents.get(path)?.text))));
        let texts: Vec<(FileId, Arc<str>)> = texts.collect();
        if texts.is_empty() {
            return;
        }
        let told_anew = session.update(texts);
        if let Some(untold) = &mut self.untold {
            untold.extend(told_anew);
        }
    }
}
