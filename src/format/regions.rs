//! What stays verbatim: between `# 格式：关` and `# 格式：开`, conflicts that git left, and the lines outside a wished range.

use std::ops::{Range, RangeInclusive};

use crate::syntax::is_blank;

const OFF: [(&str, &str); 2] = [("格式", "关"), ("format", "off")];
const ON: [(&str, &str); 2] = [("格式", "开"), ("format", "on")];

/// The stretches of a text that stay, in order, each of whole lines. `comments` are those on lines of their own.
pub(super) fn verbatim(
    text: &str,
    comments: &[Range<usize>],
    conflicts: impl Iterator<Item = Range<usize>>,
    lines: Option<&RangeInclusive<usize>>,
) -> Vec<Range<usize>> {
    let mut stays = Vec::new();
    let mut off: Option<usize> = None;
    for comment in comments {
        let words = &text[comment.clone()];
        if off.is_none() && says(words, &OFF) {
            off = Some(line_start(text, comment.start));
        } else if says(words, &ON)
            && let Some(start) = off.take()
        {
            stays.push(start..line_end(text, comment.end));
        }
    }
    stays.extend(off.map(|start| start..text.len()));
    stays.extend(conflicts.map(|conflict| line_start(text, conflict.start)..line_end(text, conflict.end)));
    if let Some(lines) = lines {
        let start_of = |number: usize| {
            let ends = text.match_indices('\n').map(|(offset, _)| offset + 1);
            number.checked_sub(2).map_or(0, |skipped| ends.clone().nth(skipped).unwrap_or(text.len()))
        };
        stays.extend([0..start_of(*lines.start()), start_of(lines.end().saturating_add(1))..text.len()]);
    }
    merged(stays)
}

fn merged(mut stays: Vec<Range<usize>>) -> Vec<Range<usize>> {
    stays.retain(|range| !range.is_empty());
    stays.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in stays {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Whether a comment starts or ends a stretch that stays: it is about lines, not about a fact.
pub(crate) fn is_switch(comment: &str) -> bool {
    says(comment, &OFF) || says(comment, &ON)
}

/// Whether a comment says one of the pairs, with a colon between.
fn says(comment: &str, pairs: &[(&str, &str)]) -> bool {
    let comment = comment.trim_start_matches(['#', '＃']);
    let Some((first, second)) = comment.split_once([':', '：']) else { return false };
    let trimmed = |words: &str| words.trim_matches(is_blank).to_owned();
    pairs.iter().any(|(topic, word)| trimmed(first) == *topic && trimmed(second) == *word)
}

pub(super) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |end| end + 1)
}

/// The start of the next line.
pub(super) fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |length| offset + length + 1)
}
