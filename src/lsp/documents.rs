//! Open documents, and everything the client tells without asking.

use std::sync::Arc;

use lsp_server::Notification;
use lsp_types::{
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, FileChangeType,
    MessageType, TextDocumentContentChangeEvent, Uri,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::positions::{self, Encoding};
use super::state::ServerState;
use super::wire::NOT_UNDERSTOOD;
use super::workspaces::Workspace;
use super::{initialize, paths};
use crate::diagnostic::texts;
use crate::source::{LineIndex, Sources, TextChange};

/// A document that the client has open.
pub struct OpenDocument {
    /// The address as the client writes it.
    pub uri: Uri,
    pub version: i32,
    pub text: Arc<str>,
    pub lines: LineIndex,
}

/// Takes in a notification; one that is unknown or not understood changes nothing.
pub fn notified(state: &mut ServerState<'_>, notification: Notification) {
    let Notification { method, params } = notification;
    match method.as_str() {
        "initialized" => initialize::initialized(state),
        "textDocument/didOpen" => read(params).into_iter().for_each(|params| opened(state, params)),
        "textDocument/didChange" => read(params).into_iter().for_each(|params| changed(state, params)),
        "textDocument/didClose" => read(params).into_iter().for_each(|params| closed(state, &params)),
        "workspace/didChangeWatchedFiles" => read(params).into_iter().for_each(|params| stored(state, params)),
        "workspace/didChangeWorkspaceFolders" => read(params).into_iter().for_each(|params| folders(state, params)),
        "workspace/didChangeConfiguration" => read(params).into_iter().for_each(|params| settings(state, &params)),
        NOT_UNDERSTOOD => {
            let params = json!({ "type": MessageType::ERROR, "message": texts::message_not_understood().in_language(state.language) });
            state.outgoing.push(super::notification("window/logMessage", params));
        }
        _ => {}
    }
}

/// The parameters of a message; none where they are not what the protocol says.
pub fn read<T: DeserializeOwned>(mut params: Value) -> Option<T> {
    // Addresses are mended only where they must be: a document's text is long.
    T::deserialize(&params).ok().or_else(|| {
        paths::mend_addresses(&mut params);
        serde_json::from_value(params).ok()
    })
}

fn opened(state: &mut ServerState<'_>, params: DidOpenTextDocumentParams) {
    let document = params.text_document;
    let path = paths::path_of(&document.uri);
    if !path.ends_with(".jx") && document.language_id != "jixiao" {
        return;
    }
    let text: Arc<str> = document.text.into();
    state.documents.insert(path.clone(), OpenDocument::new(document.uri, document.version, text));
    find_home(state, path);
}

/// Marks an open document as changed where it is checked; one that nobody checks yet is read with its workspace.
fn find_home(state: &mut ServerState<'_>, path: String) {
    if let Some(home) = state.home_of(&path) {
        state.workspaces[home].changed.insert(path);
        return;
    }
    let mut is_below_folder = false;
    for workspace in state.workspaces.iter_mut().filter(|workspace| workspace.is_folder && workspace.holds(&path)) {
        workspace.is_stale = true;
        is_below_folder = true;
    }
    if is_below_folder {
        state.check();
    }
    if state.home_of(&path).is_none() {
        state.workspaces.push(Workspace::new(path, false));
    }
}

fn changed(state: &mut ServerState<'_>, params: DidChangeTextDocumentParams) {
    let path = paths::path_of(&params.text_document.uri);
    let Some(document) = state.documents.get_mut(&path) else { return };
    document.version = params.text_document.version;
    document.change(params.content_changes, state.encoding);
    for workspace in &mut state.workspaces {
        workspace.changed.insert(path.clone());
    }
}

impl OpenDocument {
    fn new(uri: Uri, version: i32, text: Arc<str>) -> Self {
        let lines = LineIndex::new(&text);
        Self { uri, version, text, lines }
    }

    /// Takes in changes, each of which is told in the positions that the one before it left.
    fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            let bytes = match change.range {
                Some(range) => positions::bytes(&self.text, &self.lines, encoding, range),
                None => 0..self.text.len(),
            };
            let change = TextChange::replacing(Sources::default().add("", ""), &self.text, bytes, &change.text);
            self.lines.follow(&change);
            self.text = change.new;
        }
    }
}

fn closed(state: &mut ServerState<'_>, params: &DidCloseTextDocumentParams) {
    let path = paths::path_of(&params.text_document.uri);
    if state.documents.remove(&path).is_none() {
        return;
    }
    let mut gone = Vec::new();
    state.workspaces.retain_mut(|workspace| {
        // What is stored counts again.
        workspace.is_stale |= workspace.session.as_ref().is_some_and(|session| session.file(&path).is_some());
        let stays = workspace.is_folder || workspace.path != path;
        if !stays {
            gone.extend(std::mem::take(&mut workspace.told));
        }
        stays
    });
    for path in &gone {
        super::findings::take_back(state, path);
    }
}

/// Files changed outside of the editor. An open document is what the editor says.
fn stored(state: &mut ServerState<'_>, params: DidChangeWatchedFilesParams) {
    for change in params.changes {
        let path = paths::path_of(&change.uri);
        if change.typ == FileChangeType::CHANGED && state.documents.contains_key(&path) {
            continue;
        }
        // Settings and standards further up hold, too: reading anew is cheaper than knowing whether they do.
        state.workspaces.iter_mut().for_each(|workspace| workspace.is_stale = true);
    }
}

fn folders(state: &mut ServerState<'_>, params: DidChangeWorkspaceFoldersParams) {
    let removed: Vec<String> = params.event.removed.iter().map(|folder| initialize::folder_path(&folder.uri)).collect();
    let mut gone = Vec::new();
    state.workspaces.retain_mut(|workspace| {
        let stays = !workspace.is_folder || !removed.contains(&workspace.path);
        if !stays {
            gone.extend(std::mem::take(&mut workspace.told));
        }
        stays
    });
    for path in &gone {
        super::findings::take_back(state, path);
    }
    for folder in params.event.added {
        let path = initialize::folder_path(&folder.uri);
        if !state.workspaces.iter().any(|workspace| workspace.is_folder && workspace.path == path) {
            state.workspaces.push(Workspace::new(path, true));
        }
    }
    // A document may have come into a folder, or have lost its own.
    state.check();
    let loose: Vec<String> = state.workspaces.iter().filter(|one| !one.is_folder).map(|one| one.path.clone()).collect();
    for path in loose {
        if state.workspaces.iter().any(|workspace| workspace.is_folder && workspace.checks(&path)) {
            state.workspaces.retain(|workspace| workspace.is_folder || workspace.path != path);
        }
    }
    let open: Vec<String> = state.documents.keys().cloned().collect();
    for path in open {
        find_home(state, path);
    }
    state.workspaces.iter_mut().for_each(Workspace::tell_everything);
}

fn settings(state: &mut ServerState<'_>, params: &DidChangeConfigurationParams) {
    if state.client.tells_settings {
        initialize::ask_for_settings(state);
    } else if let Some(settings) = params.settings.get("jixiao") {
        state.set(settings);
    }
}
