//! Symbols, folds, growing selections.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, FoldingRange, FoldingRangeKind, FoldingRangeParams, SelectionRange,
    SelectionRangeParams, SymbolKind, WorkspaceSymbolParams,
};
use serde_json::{Value, json};

use super::{location, offset, place, say};
use crate::editor::folding::{FoldKind, folds};
use crate::editor::outline::{self, OutlineSymbol};
use crate::editor::selection::selections;
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::{CheckedDocument, ServerState};

pub fn document_symbols(
    state: &ServerState<'_>,
    params: DocumentSymbolParams,
) -> Result<Vec<DocumentSymbol>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let symbols = outline::symbols(place.analysis, place.file);
    Ok(symbols.into_iter().map(|one| symbol(state, &place, one)).collect())
}

#[expect(deprecated, reason = "the protocol's type has the field still")]
fn symbol(state: &ServerState<'_>, place: &CheckedDocument<'_>, symbol: OutlineSymbol) -> DocumentSymbol {
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail.map(|text| say(state, text)),
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: place.range(symbol.span),
        selection_range: place.range(symbol.name_span),
        children: Some(symbol.children.into_iter().map(|child| self::symbol(state, place, child)).collect()),
    }
}

fn kind(kind: outline::SymbolKind) -> SymbolKind {
    match kind {
        outline::SymbolKind::Department => SymbolKind::NAMESPACE,
        outline::SymbolKind::Project => SymbolKind::CLASS,
        outline::SymbolKind::Standard => SymbolKind::INTERFACE,
        outline::SymbolKind::Occasion => SymbolKind::MODULE,
        outline::SymbolKind::Indicator => SymbolKind::FUNCTION,
        outline::SymbolKind::SubGoal => SymbolKind::EVENT,
        outline::SymbolKind::Safeguard => SymbolKind::KEY,
        outline::SymbolKind::Category => SymbolKind::ENUM,
        outline::SymbolKind::Unit => SymbolKind::CONSTANT,
        outline::SymbolKind::Field => SymbolKind::PROPERTY,
    }
}

/// Over all workspaces of the client.
#[expect(clippy::unnecessary_wraps, reason = "every answer may be refused")]
pub fn workspace_symbols(state: &ServerState<'_>, params: WorkspaceSymbolParams) -> Result<Vec<Value>, NoAnswer> {
    let mut all = Vec::new();
    for place in state.workspaces.iter().filter_map(|workspace| state.place_in(workspace)) {
        for found in outline::search(place.analysis, &params.query) {
            let Some(location) = location(state, &place, found.span) else { continue };
            all.push(json!({
                "name": found.name,
                "kind": kind(found.kind),
                "location": location,
                "containerName": found.container,
            }));
        }
    }
    Ok(all)
}

pub fn folding(state: &ServerState<'_>, params: FoldingRangeParams) -> Result<Vec<FoldingRange>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let ranges = folds(place.analysis, place.file).into_iter().map(|fold| {
        let range = place.range(fold.span);
        // The closing brace stays to be seen.
        let end = match fold.kind {
            FoldKind::Block | FoldKind::Text => range.end.line.saturating_sub(1).max(range.start.line),
            FoldKind::Comments | FoldKind::Region => range.end.line,
        };
        FoldingRange {
            start_line: range.start.line,
            end_line: end,
            kind: match fold.kind {
                FoldKind::Comments => Some(FoldingRangeKind::Comment),
                FoldKind::Region => Some(FoldingRangeKind::Region),
                FoldKind::Block | FoldKind::Text => None,
            },
            ..FoldingRange::default()
        }
    });
    Ok(ranges.collect())
}

pub fn selection(state: &ServerState<'_>, params: SelectionRangeParams) -> Result<Vec<SelectionRange>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let grown = |position| {
        let spans = selections(place.analysis, place.file, offset(&place, position));
        let mut outer: Option<Box<SelectionRange>> = None;
        for span in spans.into_iter().rev() {
            outer = Some(Box::new(SelectionRange { range: place.range(span), parent: outer }));
        }
        outer.map(|range| *range)
    };
    Ok(params.positions.into_iter().filter_map(grown).collect())
}
