//! Formatting by the smallest edits: lines that stay are not touched.

use std::ops::RangeInclusive;

use lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit, Uri,
};
use similar::{DiffOp, TextDiff};

use super::requests::NoAnswer;
use super::state::ServerState;
use super::{paths, positions};
use crate::format::{Formatting, format};
use crate::source::{LineIndex, Sources};
use crate::syntax;

type Edits = Result<Vec<TextEdit>, NoAnswer>;

pub fn document(state: &ServerState<'_>, params: DocumentFormattingParams) -> Edits {
    edits(state, &params.text_document.uri, |_, _| Some(Wanted::default()))
}

pub fn range(state: &ServerState<'_>, params: DocumentRangeFormattingParams) -> Edits {
    edits(state, &params.text_document.uri, |text, lines| {
        let bytes = positions::bytes(text, lines, state.encoding, params.range);
        let first = lines.line_index(bytes.start as u32);
        // A selection of whole lines ends at the start of the next one.
        let last = lines.line_index(bytes.end.saturating_sub(1).max(bytes.start) as u32);
        Some(Wanted { lines: Some(first..=last), only: None })
    })
}

/// After a line end, the line before; after a brace, what it closes.
pub fn on_type(state: &ServerState<'_>, params: DocumentOnTypeFormattingParams) -> Edits {
    let place = params.text_document_position;
    edits(state, &place.text_document.uri, |text, lines| {
        let offset = positions::offset(text, lines, state.encoding, place.position);
        let current = lines.line_index(offset as u32);
        if params.ch == "\n" {
            let before = current.checked_sub(1)?;
            return Some(Wanted { lines: Some(before..=before), only: Some(before..=before) });
        }
        let brace = text[..offset].char_indices().next_back().filter(|(_, sign)| matches!(sign, '}' | '｝'))?.0;
        let opening = opening_of(text, brace)?;
        let closed = lines.line_index(opening as u32)..=current;
        Some(Wanted { lines: Some(closed.clone()), only: Some(closed) })
    })
}

/// The brace that a brace closes, inside its declaration.
fn opening_of(text: &str, brace: usize) -> Option<usize> {
    let chunks = syntax::split(Sources::default().add("", ""), text).ok()?;
    let chunk = chunks.into_iter().find(|chunk| chunk.bytes.contains(&brace))?;
    let pairs = syntax::braces(&text[chunk.bytes.clone()])?;
    let pair = pairs.into_iter().find(|(_, closing)| chunk.bytes.start + closing == brace)?;
    Some(chunk.bytes.start + pair.0)
}

/// The lines to format, counted from zero, and the lines that an edit may touch; none for all.
#[derive(Default)]
struct Wanted {
    lines: Option<RangeInclusive<usize>>,
    only: Option<RangeInclusive<usize>>,
}

fn edits(state: &ServerState<'_>, uri: &Uri, wanted: impl FnOnce(&str, &LineIndex) -> Option<Wanted>) -> Edits {
    let document = state.documents.get(&paths::path_of(uri)).ok_or(NoAnswer::NotHere)?;
    let (text, lines) = (&*document.text, &document.lines);
    let Some(Wanted { lines: formatted, only }) = wanted(text, lines) else { return Ok(Vec::new()) };
    let formatted = formatted.map(|wanted| {
        // Empty lines before belong to what they stand before: the layout counts them.
        let is_empty = |line: &usize| line_text(text, lines, *line).trim().is_empty();
        let first = (0..*wanted.start()).rev().take_while(is_empty).last().unwrap_or(*wanted.start());
        first + 1..=wanted.end() + 1
    });
    let new = format(text, &Formatting { keywords: None, lines: formatted }).text;
    let mut edits = differences(text, &new, lines, state.encoding);
    if let Some(only) = only {
        let touches_others = |edit: &TextEdit| {
            let (first, end) = (edit.range.start.line as usize, edit.range.end.line as usize);
            first < *only.start() || end > *only.end() + 1 || first > *only.end()
        };
        edits.retain(|edit| !touches_others(edit));
    }
    Ok(edits)
}

fn line_text<'a>(text: &'a str, lines: &LineIndex, line: usize) -> &'a str {
    let start = lines.start(line).map_or(text.len(), |start| start as usize);
    &text[start..lines.start(line + 1).map_or(text.len(), |end| end as usize)]
}

/// The edits that make one text of another, by lines.
fn differences(old: &str, new: &str, lines: &LineIndex, encoding: positions::Encoding) -> Vec<TextEdit> {
    if old == new {
        return Vec::new();
    }
    let diff = TextDiff::from_lines(old, new);
    let start_of = |line: usize| lines.start(line).map_or(old.len(), |start| start as usize);
    let edit = |operation: &DiffOp| {
        let (old_lines, written) = (operation.old_range(), operation.new_range());
        let bytes = start_of(old_lines.start)..start_of(old_lines.end);
        let new_text = written.filter_map(|line| diff.new_slice(line)).collect();
        TextEdit { range: positions::range(old, lines, encoding, bytes), new_text }
    };
    diff.ops().iter().filter(|operation| !matches!(operation, DiffOp::Equal { .. })).map(edit).collect()
}
