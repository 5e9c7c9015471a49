//! A declaration with mistakes: what is sound in it is respelt where it stands, what is wrong stays sign by sign.
//!
//! Its lines keep their places, because with a mistake nobody knows for certain which block a line is of. Where the braces
//! pair, sound lines are indented by them.

use std::ops::Range;
use std::sync::Arc;

use super::extents::Extents;
use super::layout::inner_block;
use super::regions::line_end;
use super::spelling::{Room, Spelling};
use crate::source::FileId;
use crate::syntax::vocabulary::Block;
use crate::syntax::{Mark, Node, StatementKind, Tree, ValueKind, is_blank, parts, scan_line};

/// How much of a text with mistakes is touched.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Heads, indentation, empty lines.
    Lines,
    /// Heads alone.
    Heads,
}

struct Respelling {
    bytes: Range<usize>,
    text: String,
}

/// The text with its sound parts respelt. `stays` is left alone.
pub(super) fn format_around(
    tree: &Tree,
    text: &Arc<str>,
    file: FileId,
    spelling: Spelling,
    stays: &[Range<usize>],
    care: Care,
) -> String {
    let mut heads = Vec::new();
    for root in tree.roots(file, text) {
        respell(root, None, spelling, &mut heads);
    }
    let broken: Vec<Range<usize>> = tree
        .statements
        .iter()
        .filter(|statement| statement.broken)
        .map(|statement| statement.head.start as usize..statement.head.end as usize)
        .collect();
    let mut edits = heads;
    if let Some(extents) = Extents::new(text).filter(|_| care == Care::Lines) {
        edits.extend(line_edits(text, &broken));
        for root in tree.roots(file, text) {
            respell_braces(root, &extents, &mut edits);
        }
    }
    let stays_there =
        |edit: &Respelling| stays.iter().any(|stay| edit.bytes.start < stay.end && stay.start < edit.bytes.end);
    edits.retain(|edit| !stays_there(edit));
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    apply(text, &edits)
}

fn apply(text: &str, edits: &[Respelling]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits.iter().filter(|edit| !edit.bytes.is_empty() || !edit.text.is_empty()) {
        if edit.bytes.start < end {
            continue;
        }
        out.push_str(&text[end..edit.bytes.start]);
        out.push_str(&edit.text);
        end = edit.bytes.end;
    }
    out + &text[end..]
}

/// New spellings of the sound heads on one line that stand in a known block.
fn respell(node: Node<'_>, block: Option<Block>, spelling: Spelling, edits: &mut Vec<Respelling>) {
    let statement = node.statement();
    let is_scale = node.values().last().is_some_and(|value| value.kind == ValueKind::ScaleGrade);
    let bytes = statement.head.start as usize..statement.head.end as usize;
    let is_one_line = !node.text[bytes.clone()].contains('\n');
    if !statement.broken && !is_scale && is_one_line {
        let text = match block {
            Some(block) if node.kind() == StatementKind::Field => {
                let mut all = parts(node, block);
                let first = all.next().filter(|_| all.next().is_none());
                first.map(|part| spelling.part(node, part, block, Room::OneLine))
            }
            None if node.kind() == StatementKind::Field => None,
            _ => Some(spelling.head(node)),
        };
        edits.extend(text.map(|text| Respelling { bytes, text }));
    }
    let inner = inner_block(node, block);
    for child in node.children() {
        respell(child, inner, spelling, edits);
    }
}

/// Half-width braces of sound statements, with one blank before the opening one.
fn respell_braces(node: Node<'_>, extents: &Extents<'_>, edits: &mut Vec<Respelling>) {
    let head = node.statement().head.end as usize;
    if let Some((open, close)) = extents.block(node).filter(|_| !node.is_broken()) {
        if node.text[head..open].chars().all(is_blank) {
            edits.push(Respelling { bytes: head..extents.after(open), text: " {".to_owned() });
        }
        edits.push(Respelling { bytes: close..extents.after(close), text: "}".to_owned() });
    }
    for child in node.children() {
        respell_braces(child, extents, edits);
    }
}

/// Indentation by braces, no blanks at ends, one empty line where there are several; lines with mistakes stay.
fn line_edits(text: &str, broken: &[Range<usize>]) -> Vec<Respelling> {
    let mut edits = Vec::new();
    let mut depth = 0usize;
    let mut was_empty = true;
    let mut position = 0;
    while position < text.len() {
        let line = scan_line(text, position);
        let first_end = line_end(text, position);
        let is_empty = !line.has_content && line.comment.is_none();
        let is_wrong = broken.iter().any(|head| head.start < line.end && position < head.end);
        let closes = line.has_content && text[line.content.clone()].starts_with(['}', '｝']);
        let indent = depth.saturating_sub(usize::from(closes)) * 2;
        if is_empty && was_empty && line.end < text.len() {
            edits.push(Respelling { bytes: position..line.end, text: String::new() });
        } else if is_empty {
            let blanks = text[position..first_end].trim_end_matches('\n').len();
            edits.push(Respelling { bytes: position..position + blanks, text: String::new() });
        } else if !is_wrong {
            let start = line.content.start;
            edits.push(Respelling { bytes: position..start, text: " ".repeat(indent) });
            let content = text[..line.end].trim_end_matches('\n').trim_end_matches(is_blank).len();
            edits.push(Respelling {
                bytes: content..text[..line.end].trim_end_matches('\n').len(),
                text: String::new(),
            });
        }
        was_empty = is_empty;
        for (_, mark) in &line.marks {
            match mark {
                Mark::Open => depth += 1,
                Mark::Close => depth = depth.saturating_sub(1),
                Mark::Separator => {}
            }
        }
        position = line.end;
    }
    edits
}
