//! Hovers.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::{offset, place};
use crate::editor;
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::ServerState;

pub fn hover(state: &ServerState<'_>, params: HoverParams) -> Result<Option<Hover>, NoAnswer> {
    let position = params.text_document_position_params;
    let place = place(state, &position.text_document.uri)?;
    let found = editor::hover::hover(place.analysis, place.file, offset(&place, position.position), state.language);
    Ok(found.map(|hover| Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: hover.text }),
        range: Some(place.range(hover.span)),
    }))
}
