//! The parts of a statement: several fields on one line, and which values after a number are its unit.

use std::ops::Range;

use super::vocabulary::{self, BECOMES, Block, Takes};
use super::{Bytes, Node, StatementKind, Value, ValueKind};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};

/// One field of a statement: its label and its values.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    pub label: Bytes,
    pub values: &'a [Value],
}

/// Braces on one line may hold several fields parted by blanks alone: `{ 量纲 比例  符号 "%" }`.
pub fn parts(node: Node<'_>, block: Block) -> impl Iterator<Item = Part<'_>> {
    let mut rest = Some(Part { label: node.statement().label, values: node.values() });
    let may_hold_several = !node.values().is_empty() && is_inline(node) && node.kind() == StatementKind::Field;
    std::iter::from_fn(move || {
        let part = rest.take()?;
        let start = if may_hold_several { next_field(node, part, block) } else { None };
        let Some(index) = start else { return Some(part) };
        rest = Some(Part { label: part.values[index].bytes, values: &part.values[index + 1..] });
        Some(Part { values: &part.values[..index], ..part })
    })
}

/// Whether a brace or a semicolon follows on the line of the statement.
fn is_inline(node: Node<'_>) -> bool {
    let after = &node.text[node.statement().head.end as usize..];
    after.trim_start_matches([' ', '\t', '\u{3000}']).starts_with(['}', '｝', ';', '；'])
}

/// The value of a part that is the label of the next one.
fn next_field(node: Node<'_>, part: Part<'_>, block: Block) -> Option<usize> {
    let takes_nothing =
        vocabulary::field(block, node.slice(part.label)).is_some_and(|field| field.takes == Takes::Nothing);
    let first = usize::from(!takes_nothing);
    let is_label = |value: &Value| {
        value.kind == ValueKind::Path
            && (block == Block::WeightScheme || vocabulary::field(block, node.slice(value.bytes)).is_some())
    };
    (first..part.values.len()).find(|&index| is_label(&part.values[index]))
}

/// JX214: `描述 "次数" 依据 "计划"`. The value that is the label of another field behind a text, where a field has a line of
/// its own.
pub fn second_field(node: Node<'_>, block: Block) -> Option<(usize, Diagnostic)> {
    let values = node.values();
    if values.len() < 3 || node.statement().has_block || node.kind() != StatementKind::Field {
        return None;
    }
    let is_field = |bytes: Bytes| vocabulary::field(block, node.slice(bytes)).is_some();
    let is_text = |value: &Value| matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock);
    let is_second = |pair: &[Value]| is_text(&pair[0]) && pair[1].kind == ValueKind::Path && is_field(pair[1].bytes);
    let index = values[..values.len() - 1].windows(2).position(is_second)? + 1;
    let (before, label) = (values[index - 1].bytes, values[index].bytes);
    let start = node.statement().head.start as usize;
    let line = &node.text[node.text[..start].rfind('\n').map_or(0, |end| end + 1)..start];
    let indent = &line[..line.len() - line.trim_start().len()];
    let edit = Edit { span: node.span(Bytes { start: before.end, end: label.start }), text: format!("\n{indent}") };
    let message = texts::one_field_a_line(node.slice(label));
    let diagnostic = Diagnostic::new(Code::JX214, message, node.span(label), texts::fields_on_one_line());
    let is_known = is_field(node.statement().label);
    is_known.then(|| (index, diagnostic.edits(texts::put_on_own_line(), Safety::Suggested, vec![edit])))
}

/// The multipliers of a number before its unit.
const MULTIPLIERS: [&str; 3] = ["万亿", "亿", "万"];

/// The values after a number that are its unit, and the rest: one word, what joins it without a blank, and the word
/// after a multiplier.
pub fn unit_after<'a>(node: Node<'_>, values: &'a [Value]) -> (&'a [Value], &'a [Value]) {
    let is_unit = |value: &Value| {
        let is_word = matches!(value.kind, ValueKind::Unit | ValueKind::Path | ValueKind::Multiplier);
        is_word && !vocabulary::is_one_of(node.slice(value.bytes), &[BECOMES])
    };
    let mut length = 0;
    while let Some(next) = values.get(length).filter(|value| is_unit(value)) {
        if let (Some(first), Some(last)) = (values.first(), values[..length].last()) {
            let so_far = node.slice(Bytes { start: first.bytes.start, end: last.bytes.end });
            if next.bytes.start != last.bytes.end && !MULTIPLIERS.contains(&so_far) {
                break;
            }
        }
        length += 1;
    }
    values.split_at(length)
}

/// The point of a path that stands outside quotes.
pub fn point_of(token: &str) -> Option<Range<usize>> {
    let mut closing = None;
    let mut is_escaped = false;
    for (offset, sign) in token.char_indices() {
        match (closing, sign) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(quote), _) if sign == quote => closing = None,
            (None, '"' | '＂') => closing = Some(sign),
            (None, '“') => closing = Some('”'),
            (None, '.' | '．') => return Some(offset..offset + sign.len_utf8()),
            (Some(_) | None, _) => {}
        }
    }
    None
}
