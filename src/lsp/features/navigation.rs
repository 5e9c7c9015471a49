//! Definitions, references, highlights, renaming.

use lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, Location, ReferenceParams,
    RenameParams, TextDocumentPositionParams,
};
use serde_json::{Value, json};

use super::{location, offset, place, workspace_edit};
use crate::editor::{references, rename};
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::ServerState;

pub fn definition(state: &ServerState<'_>, params: GotoDefinitionParams) -> Result<Option<Location>, NoAnswer> {
    let position = params.text_document_position_params;
    let place = place(state, &position.text_document.uri)?;
    let found = references::definition(place.analysis, place.file, offset(&place, position.position));
    Ok(found.and_then(|(_, span)| location(state, &place, span)))
}

pub fn all(state: &ServerState<'_>, params: ReferenceParams) -> Result<Vec<Location>, NoAnswer> {
    let position = params.text_document_position;
    let place = place(state, &position.text_document.uri)?;
    let found = references::references(place.analysis, place.file, offset(&place, position.position));
    let wanted = found.into_iter().filter(|one| params.context.include_declaration || !one.is_declaration);
    Ok(wanted.filter_map(|one| location(state, &place, one.span)).collect())
}

pub fn highlights(
    state: &ServerState<'_>,
    params: DocumentHighlightParams,
) -> Result<Vec<DocumentHighlight>, NoAnswer> {
    let position = params.text_document_position_params;
    let place = place(state, &position.text_document.uri)?;
    let found = references::references_in(place.analysis, place.file, offset(&place, position.position));
    let highlight = |one: references::Occurrence| DocumentHighlight {
        range: place.range(one.span),
        kind: Some(if one.is_declaration { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    };
    Ok(found.into_iter().map(highlight).collect())
}

pub fn prepare_rename(state: &ServerState<'_>, position: TextDocumentPositionParams) -> Result<Value, NoAnswer> {
    let place = place(state, &position.text_document.uri)?;
    let prepared = rename::prepare(place.analysis, place.file, offset(&place, position.position));
    let (span, name) = prepared.map_err(NoAnswer::Because)?;
    Ok(json!({ "range": place.range(span), "placeholder": name }))
}

pub fn rename(state: &ServerState<'_>, params: RenameParams) -> Result<Value, NoAnswer> {
    let position = params.text_document_position;
    let place = place(state, &position.text_document.uri)?;
    let edits = rename::rename(place.analysis, place.file, offset(&place, position.position), &params.new_name);
    Ok(workspace_edit(state, &place, &edits.map_err(NoAnswer::Because)?))
}
