//! Answers about places in a text: [`crate::editor`] gives them, here they take the form of the protocol.

pub mod actions;
pub mod colours;
pub mod completion;
pub mod hints;
pub mod hover;
pub mod navigation;
pub mod outline;

use std::str::FromStr;

use lsp_types::{Location, Position, TextEdit, Uri};
use serde_json::{Value, json};

use super::paths;
use super::requests::NoAnswer;
use super::state::{CheckedDocument, ServerState};
use crate::diagnostic::{Edit, Text};
use crate::editor;
use crate::source::Span;

/// The scheme of documents that are in the program: the built-in standards.
pub const SCHEME: &str = "jixiao";
const BUILT_IN: &str = "<standards>/";

/// The document of a request, as it was checked.
fn place<'s>(state: &'s ServerState<'_>, uri: &Uri) -> Result<CheckedDocument<'s>, NoAnswer> {
    state.place(uri).ok_or(NoAnswer::NotHere)
}

/// A place in any file of a workspace, built-in standards among them.
fn location(state: &ServerState<'_>, place: &CheckedDocument<'_>, span: Span) -> Option<Location> {
    let path = &place.analysis.sources.get(span.file).path;
    Some(Location { uri: uri_of(state, path)?, range: place.range(span) })
}

fn uri_of(state: &ServerState<'_>, path: &str) -> Option<Uri> {
    match path.strip_prefix(BUILT_IN) {
        Some(name) => Uri::from_str(&format!("{SCHEME}:/standards/{}", paths::encoded(name))).ok(),
        None => state.uri_of(path),
    }
}

/// The text of a document that is in the program: `workspace/textDocumentContent`.
pub fn content(_: &ServerState<'_>, params: Value) -> Result<Value, NoAnswer> {
    let uri = params.get("uri").and_then(Value::as_str).unwrap_or_default();
    let name = uri.strip_prefix(SCHEME).and_then(|rest| rest.rsplit('/').next()).unwrap_or_default();
    let name = paths::decoded(name);
    let text = editor::built_in_text(&format!("{BUILT_IN}{name}")).ok_or(NoAnswer::NotHere)?;
    Ok(json!({ "text": &*text }))
}

/// Edits of any files, as the protocol's edit of a workspace.
fn workspace_edit(state: &ServerState<'_>, place: &CheckedDocument<'_>, edits: &[Edit]) -> Value {
    let mut changes = serde_json::Map::new();
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| edit.span);
    for edit in sorted {
        let path = &place.analysis.sources.get(edit.span.file).path;
        let Some(uri) = uri_of(state, path) else { continue };
        let edit = json!(TextEdit { range: place.range(edit.span), new_text: edit.text.clone() });
        match changes.entry(uri.as_str().to_owned()).or_insert_with(|| json!([])) {
            Value::Array(edits) => edits.push(edit),
            _ => unreachable!("every entry is a list"),
        }
    }
    json!({ "changes": changes })
}

fn offset(place: &CheckedDocument<'_>, position: Position) -> usize {
    place.offset(position)
}

/// A text in the language of the client.
fn say(state: &ServerState<'_>, text: Text) -> String {
    text.in_language(state.language).into_owned()
}
