//! Inlay hints and code lenses.

use lsp_types::{CodeLens, CodeLensParams, Command, InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};
use serde_json::json;

use super::{place, say};
use crate::editor::hints::{HintSide, hints};
use crate::editor::lenses::lenses;
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::ServerState;
use crate::source::Span;

/// What a client may do where a lens is clicked: show places.
const SHOW_REFERENCES: &str = "jixiao.showReferences";

pub fn inlay(state: &ServerState<'_>, params: InlayHintParams) -> Result<Vec<InlayHint>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let bytes = place.bytes(params.range);
    let found = hints(place.analysis, Span::new(place.file, bytes.start, bytes.end));
    let told = found.into_iter().map(|hint| InlayHint {
        position: place.range(Span { file: hint.file, start: hint.offset, end: hint.offset }).start,
        label: InlayHintLabel::String(hint.label.trim().to_owned()),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(say(state, hint.meaning))),
        padding_left: Some(hint.side == HintSide::After),
        padding_right: Some(hint.side == HintSide::Before),
        data: None,
    });
    Ok(told.collect())
}

pub fn code_lenses(state: &ServerState<'_>, params: CodeLensParams) -> Result<Vec<CodeLens>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let told = lenses(place.analysis, place.file).into_iter().map(|lens| {
        let range = place.range(lens.span);
        let has_places = lens.references.is_some();
        CodeLens {
            range,
            command: Some(Command {
                title: say(state, lens.title),
                // A title without a command is plain text.
                command: if has_places { SHOW_REFERENCES.to_owned() } else { String::new() },
                arguments: has_places.then(|| vec![json!(params.text_document.uri), json!(range.start)]),
            }),
            data: None,
        }
    });
    Ok(told.collect())
}
