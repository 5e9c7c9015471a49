//! What the server knows: what the client can do, the open documents, and the workspaces.

use std::collections::BTreeMap;
use std::sync::Arc;

use lsp_server::{Connection, Message, Response};
use lsp_types::Uri;
use serde_json::Value;

use super::documents::OpenDocument;
use super::paths;
use super::positions::{self, Encoding};
use super::workspaces::{Disk, Workspace};
use super::{findings, initialize};
use crate::diagnostic::Language;
use crate::source::{FileId, Source, Span};
use crate::workspace::Analysis;

pub struct ServerState<'a> {
    pub disk: &'a dyn Disk,
    pub language: Language,
    pub encoding: Encoding,
    pub client: Client,
    /// The open documents, by path.
    pub documents: BTreeMap<String, OpenDocument>,
    /// One for each folder of the client, and one for each open document outside of them.
    pub workspaces: Vec<Workspace>,
    /// Messages for the client, in order.
    pub outgoing: Vec<Message>,
}

/// What the client can do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Client {
    pub shows_related_places: bool,
    pub shows_tags: bool,
    pub takes_registrations_of_watchers: bool,
    pub takes_snippets: bool,
    pub tells_settings: bool,
}

/// A document as it was checked.
pub struct CheckedDocument<'s> {
    pub analysis: &'s Analysis,
    pub file: FileId,
    pub source: &'s Source,
    pub encoding: Encoding,
}

impl ServerState<'_> {
    /// A document as it was checked last; none where it is no source text.
    pub fn place(&self, uri: &Uri) -> Option<CheckedDocument<'_>> {
        self.place_of(&paths::path_of(uri))
    }

    pub fn place_of(&self, path: &str) -> Option<CheckedDocument<'_>> {
        let workspace = &self.workspaces[self.home_of(path)?];
        let session = workspace.session.as_ref()?;
        let file = session.file(path)?;
        let analysis = session.analysis();
        Some(CheckedDocument { analysis, file, source: analysis.sources.get(file), encoding: self.encoding })
    }

    /// The first file of a workspace, for answers about all of it.
    pub fn place_in<'s>(&'s self, workspace: &'s Workspace) -> Option<CheckedDocument<'s>> {
        let analysis = workspace.session.as_ref()?.analysis();
        let (file, source) = analysis.sources.iter().next()?;
        Some(CheckedDocument { analysis, file, source, encoding: self.encoding })
    }

    /// The address of a file: an open document's own, as the client wrote it.
    pub fn uri_of(&self, path: &str) -> Option<Uri> {
        self.documents.get(path).map(|document| document.uri.clone()).or_else(|| paths::uri_of(path))
    }

    /// The innermost workspace that reads a path.
    pub fn home_of(&self, path: &str) -> Option<usize> {
        let homes = self.workspaces.iter().enumerate().filter(|(_, workspace)| workspace.checks(path));
        homes.max_by_key(|(_, workspace)| workspace.path.len()).map(|(index, _)| index)
    }

    /// The texts of the open documents: they count over what is stored.
    pub fn open_texts(&self) -> BTreeMap<String, Arc<str>> {
        self.documents.iter().map(|(path, document)| (path.clone(), document.text.clone())).collect()
    }

    /// Brings every workspace up to date.
    pub fn check(&mut self) {
        let open = if self.workspaces.iter().any(|workspace| workspace.is_stale) {
            self.open_texts()
        } else {
            BTreeMap::new()
        };
        for workspace in &mut self.workspaces {
            workspace.check(self.disk, &open, &self.documents);
        }
    }

    /// Brings every workspace up to date and tells the client what changed.
    pub fn check_and_publish(&mut self) {
        self.check();
        findings::publish(self);
    }

    /// Reads everything again.
    pub fn start_anew(&mut self) {
        for workspace in &mut self.workspaces {
            workspace.session = None;
            workspace.is_stale = true;
        }
    }

    pub fn send_all(&mut self, connection: &Connection) {
        for message in self.outgoing.drain(..) {
            let _ = connection.sender.send(message);
        }
    }

    /// An answer of the client to a question of ours.
    pub fn answered(&mut self, response: Response) {
        if response.id.to_string().contains(initialize::SETTINGS_QUESTION)
            && let Ok(Value::Array(settings)) = response.response_result
            && let Some(settings) = settings.first()
        {
            self.set(settings);
        }
    }

    /// The settings of the client's section `jixiao`.
    pub fn set(&mut self, settings: &Value) {
        if let Some(language) = settings.get("language").and_then(Value::as_str).and_then(initialize::language)
            && language != self.language
        {
            self.language = language;
            self.workspaces.iter_mut().for_each(Workspace::tell_everything);
        }
    }
}

impl CheckedDocument<'_> {
    /// The byte of a position.
    pub fn offset(&self, position: lsp_types::Position) -> usize {
        positions::offset(&self.source.text, self.source.lines(), self.encoding, position)
    }

    /// The bytes of a range.
    pub fn bytes(&self, range: lsp_types::Range) -> std::ops::Range<usize> {
        positions::bytes(&self.source.text, self.source.lines(), self.encoding, range)
    }

    /// The range of a place in any file of the workspace.
    pub fn range(&self, span: Span) -> lsp_types::Range {
        range(self.analysis, span, self.encoding)
    }
}

pub fn range(analysis: &Analysis, span: Span, encoding: Encoding) -> lsp_types::Range {
    let source = analysis.sources.get(span.file);
    positions::range(&source.text, source.lines(), encoding, span.range())
}
