//! Semantic tokens.

use lsp_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensLegend,
    SemanticTokensParams, SemanticTokensRangeParams,
};

use super::place;
use crate::editor::semantic::{Coloured, MODIFIERS, TokenKind, coloured};
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::{CheckedDocument, ServerState};
use crate::source::Span;

/// What the numbers of a token mean.
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: TokenKind::NAMES.iter().map(|name| SemanticTokenType::new(name)).collect(),
        token_modifiers: MODIFIERS.iter().map(|name| SemanticTokenModifier::new(name)).collect(),
    }
}

pub fn full(state: &ServerState<'_>, params: SemanticTokensParams) -> Result<SemanticTokens, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let whole = Span::new(place.file, 0, place.source.text.len());
    Ok(told(&place, &coloured(place.analysis, whole)))
}

pub fn range(state: &ServerState<'_>, params: SemanticTokensRangeParams) -> Result<SemanticTokens, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let bytes = place.bytes(params.range);
    Ok(told(&place, &coloured(place.analysis, Span::new(place.file, bytes.start, bytes.end))))
}

/// Each token by its distance from the one before.
fn told(place: &CheckedDocument<'_>, tokens: &[Coloured]) -> SemanticTokens {
    let (mut line, mut character) = (0, 0);
    let data = tokens.iter().map(|token| {
        let range = place.range(token.span);
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 { range.start.character - character } else { range.start.character };
        (line, character) = (range.start.line, range.start.character);
        SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: token.kind as u32,
            token_modifiers_bitset: token.modifiers,
        }
    });
    SemanticTokens { result_id: None, data: data.collect() }
}
