//! Hovers.

use lsp_types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};

use super::{offset, place};
use crate::editor;
use crate::lsp::requests::Refusal;
use crate::lsp::state::State;

pub fn hover(state: &State<'_>, params: HoverParams) -> Result<Option<Hover>, Refusal> {
    let position = params.text_document_position_params;
    let place = place(state, &position.text_document.uri)?;
    let found = editor::hover::hover(place.analysis, place.file, offset(&place, position.position), state.language);
    Ok(found.map(|hover| Hover {
        contents: HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: hover.text }),
        range: Some(place.range(hover.span)),
    }))
}
