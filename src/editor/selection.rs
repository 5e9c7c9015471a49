//! Growing a selection: a name inside its quotes, a token, the head, the statement with its block, the declaration, the file.

use super::declaration::Declaration;
use super::folding::end_of;
use super::tokens::{token_at, tokens};
use crate::model::text::inside_quotes;
use crate::source::{FileId, Span};
use crate::syntax::is_blank;
use crate::workspace::Analysis;

/// The stretches around a byte, the smallest first; each holds the one before.
pub fn selections(analysis: &Analysis, file: FileId, offset: usize) -> Vec<Span> {
    let text = &analysis.sources.get(file).text;
    let mut spans: Vec<Span> = vec![Span::new(file, offset, offset)];
    if let Some(declaration) = Declaration::at(&analysis.sources, file, offset) {
        if let Some(token) = token_at(&tokens(&declaration), offset) {
            let inside = inside_quotes(declaration.slice(token.bytes));
            let start = token.bytes.start as usize;
            spans.push(Span::new(file, start + inside.start, start + inside.end));
            spans.push(declaration.span(token.bytes));
        }
        let mut around: Vec<Span> = Vec::new();
        for placed in declaration.placed() {
            let head = placed.node.head_span();
            around.push(head);
            around.push(Span { end: end_of(&declaration, &placed), ..head });
        }
        let trimmed =
            text[declaration.bytes.clone()].trim_end_matches(|sign| is_blank(sign) || matches!(sign, '\n' | '\r'));
        around.push(Span::new(file, declaration.bytes.start, declaration.bytes.start + trimmed.len()));
        around.sort_by_key(|span| span.end - span.start);
        spans.extend(around);
    }
    spans.push(Span::new(file, 0, text.len()));
    let at = offset as u32;
    spans.retain(|span| span.start <= at && at <= span.end);
    // Invariant: each holds the one before and is larger.
    let mut grown: Vec<Span> = Vec::new();
    for span in spans {
        let is_larger = |last: &Span| span.start <= last.start && last.end <= span.end && span != *last;
        if grown.last().is_none_or(is_larger) {
            grown.push(span);
        }
    }
    grown
}
