//! What can be folded away: blocks, text blocks, runs of comments, stretches that the formatter leaves alone.

use super::declaration::{Declaration, PlacedStatement};
use crate::source::{FileId, Span};
use crate::syntax::{Mark, scan_line};
use crate::workspace::Analysis;

/// A stretch of whole lines: the first stays to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// From the line that stays to the last that goes.
    pub span: Span,
    /// What a client calls it.
    pub kind: FoldKind,
}

/// What a fold hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// What stands in braces.
    Block,
    /// A text block.
    Text,
    /// Several lines of comments.
    Comments,
    /// Between `# 格式：关` and `# 格式：开`.
    Region,
}

/// The folds of a file, in order.
pub fn folds(analysis: &Analysis, file: FileId) -> Vec<Fold> {
    let text = &*analysis.sources.get(file).text;
    let mut folds = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let mut off: Option<usize> = None;
    let mut position = 0;
    let fold = |start: usize, end: usize, kind: FoldKind| Fold { span: Span::new(file, start, end), kind };
    let is_long = |start: usize, end: usize| text[start..end].contains(['\n', '\r']);
    while position < text.len() {
        let line = scan_line(text, position);
        for (offset, mark) in &line.marks {
            match mark {
                Mark::Open => open.push(*offset),
                Mark::Close => {
                    if let Some(start) = open.pop().filter(|start| is_long(*start, *offset)) {
                        folds.push(fold(start, *offset, FoldKind::Block));
                    }
                }
                Mark::Separator => {}
            }
        }
        if line.has_content && line.keyword.is_some() && line.indent == 0 {
            open.truncate(usize::from(line.opens_block));
        }
        let content = &text[line.content.clone()];
        if let Some(quote) = content.find("\"\"\"").filter(|_| is_long(line.content.start, line.content.end)) {
            folds.push(fold(line.content.start + quote, line.content.end, FoldKind::Text));
        }
        match &line.comment {
            Some(comment) if !line.has_content => {
                run = Some((run.map_or(comment.start, |(start, _)| start), comment.end));
                match formatter_switch(&text[comment.clone()]) {
                    Some(false) => off = off.or(Some(comment.start)),
                    Some(true) => folds.extend(off.take().map(|start| fold(start, comment.end, FoldKind::Region))),
                    None => {}
                }
            }
            Some(_) | None => {
                let ended = run.take().filter(|(start, end)| is_long(*start, *end));
                folds.extend(ended.map(|(start, end)| fold(start, end, FoldKind::Comments)));
            }
        }
        position = line.end;
    }
    let ended = run.filter(|(start, end)| is_long(*start, *end));
    folds.extend(ended.map(|(start, end)| fold(start, end, FoldKind::Comments)));
    folds
        .extend(off.filter(|start| is_long(*start, text.len())).map(|start| fold(start, text.len(), FoldKind::Region)));
    folds.sort();
    folds
}

/// Whether a comment switches the formatter on or off.
fn formatter_switch(comment: &str) -> Option<bool> {
    let words = comment.trim_start_matches(['#', '＃', ' ', '\u{3000}', '\t']);
    let (topic, word) = words.split_once([':', '：'])?;
    match (topic.trim(), word.trim()) {
        ("格式", "关") | ("format", "off") => Some(false),
        ("格式", "开") | ("format", "on") => Some(true),
        _ => None,
    }
}

/// The byte where a statement ends with its block, braces and all.
pub fn end_of(declaration: &Declaration<'_>, placed: &PlacedStatement<'_>) -> u32 {
    let statement = placed.node.statement();
    let inner = placed.node.children().last();
    if !statement.has_block {
        return statement.head.end;
    }
    let text = declaration.text;
    let limit = declaration.bytes.end;
    let mut position = statement.head.end as usize;
    // A scale stands in the head; the block opens behind it.
    let mut depth = 0usize;
    while position < limit {
        let line = scan_line(text, position);
        for (offset, mark) in &line.marks {
            match mark {
                Mark::Open => depth += 1,
                Mark::Close if depth <= 1 => {
                    return *offset as u32 + text[*offset..].chars().next().map_or(1, |sign| sign.len_utf8() as u32);
                }
                Mark::Close => depth -= 1,
                Mark::Separator => {}
            }
        }
        position = line.end.max(position + 1);
    }
    inner.map_or(statement.head.end, |inner| inner.statement().head.end.max(statement.head.end))
}
