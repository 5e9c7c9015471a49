//! Lines to pieces: the heads of statements, and the braces between them.

use std::ops::Range;
use std::rc::Rc;

use super::super::Bytes;
use super::super::split::{Line, Mark, is_blank, scan_line};
use super::super::vocabulary;
use super::slips::numbering;

#[derive(Debug)]
pub(super) struct Head {
    pub bytes: Range<usize>,
    pub indent: usize,
    /// The text that does not close in this head: its start, and whether it is a block.
    pub unclosed: Option<(usize, bool)>,
    pub starts_line: bool,
    /// Where its numbering or bullet starts; none where it has none.
    pub numbered_from: Option<usize>,
}

/// Small, since a text may be nothing but braces.
#[derive(Debug)]
pub(super) enum Piece {
    /// Every way of reading the braces places it.
    Head(Rc<Head>),
    Open(u32),
    Close {
        offset: u32,
        indent: u32,
        starts_line: bool,
    },
}

/// The pieces of a stretch of text in order, and its comments.
pub(super) fn pieces(text: &str, bytes: Range<usize>) -> (Vec<Piece>, Vec<Bytes>) {
    let mut pieces = Vec::new();
    let mut comments = Vec::new();
    let mut position = bytes.start;
    while position < bytes.end {
        let line = scan_line(text, position);
        if let Some(comment) = &line.comment {
            comments.push(Bytes { start: comment.start as u32, end: comment.end as u32 });
        }
        if line.has_content {
            cut_line(text, &line, &mut pieces);
        }
        position = line.end;
    }
    (pieces, comments)
}

fn cut_line(text: &str, line: &Line, pieces: &mut Vec<Piece>) {
    let mut marks = line.marks.to_vec();
    let mut end = line.content.end;
    let last_word_start =
        text[line.content.start..end].trim_end_matches(|sign| !is_blank(sign)).len() + line.content.start;
    let last_word = &text[last_word_start..end];
    if let Some((offset, false)) = line.unclosed {
        // An open text runs to the line's end; a brace that ends the line was not meant as text.
        let rest = text[offset..end].trim_end_matches(is_blank);
        let has_open = marks.iter().any(|(_, mark)| *mark == Mark::Open);
        let mark = match rest.chars().next_back() {
            Some('{' | '｛') => Some(Mark::Open),
            Some('}' | '｝') if has_open => Some(Mark::Close),
            _ => None,
        };
        if let Some(mark) = mark {
            let length = rest.chars().next_back().map_or(1, char::len_utf8);
            end = offset + rest.len();
            marks.push((end - length, mark));
        }
    } else if let Some((at, mark)) = look_alike(last_word) {
        marks.push((last_word_start + at, mark));
    }
    drop_closings_inside_a_head(&mut marks, line.content.start);
    let mut start = line.content.start;
    let mut starts_line = true;
    let mut index = 0;
    while let Some(&(offset, mark)) = marks.get(index) {
        if mark == Mark::Open && is_scale(text, start, &marks[index..]) {
            // The braces of a grade scale belong to the head.
            marks.drain(index..index + 2);
            continue;
        }
        push_head(text, start..offset, line, starts_line, pieces);
        match mark {
            Mark::Open => pieces.push(Piece::Open(offset as u32)),
            Mark::Close => {
                let starts_line = offset == line.content.start;
                pieces.push(Piece::Close { offset: offset as u32, indent: line.indent as u32, starts_line });
            }
            Mark::Separator => {}
        }
        starts_line = false;
        start = offset + text[offset..].chars().next().map_or(1, char::len_utf8);
        index += 1;
    }
    push_head(text, start..end.max(start), line, starts_line, pieces);
}

/// `… 优 良 } {`: a closing brace that closes nothing on its line, with an opening one after it, belongs to the head.
fn drop_closings_inside_a_head(marks: &mut Vec<(usize, Mark)>, line_start: usize) {
    let last_open = marks.iter().rposition(|(_, mark)| *mark == Mark::Open).unwrap_or(0);
    let mut open = 0usize;
    let mut index = 0;
    marks.retain(|(offset, mark)| {
        index += 1;
        match mark {
            Mark::Open => open += 1,
            Mark::Close if open == 0 => return *offset == line_start || index > last_open,
            Mark::Close => open -= 1,
            Mark::Separator => {}
        }
        true
    });
}

/// A bracket of another kind where a brace was meant: the last word of a line, or the sign at its end that opens and closes
/// nothing. With its place in the word.
fn look_alike(word: &str) -> Option<(usize, Mark)> {
    const OPENING: [char; 8] = ['〔', '［', '[', '【', '（', '(', '《', '〈'];
    const CLOSING: [char; 8] = ['〕', '］', ']', '】', '）', ')', '》', '〉'];
    let last = word.chars().next_back()?;
    let at = word.len() - last.len_utf8();
    if OPENING.contains(&last) {
        return Some((at, Mark::Open));
    }
    (at == 0 && CLOSING.contains(&last)).then_some((at, Mark::Close))
}

fn push_head(text: &str, bytes: Range<usize>, line: &Line, starts_line: bool, pieces: &mut Vec<Piece>) {
    let stretch = &text[bytes.clone()];
    let trimmed = stretch.trim_matches(is_blank);
    if trimmed.is_empty() {
        return;
    }
    let start = bytes.start + (trimmed.as_ptr() as usize - stretch.as_ptr() as usize);
    let numbering = if starts_line { numbering(trimmed) } else { 0 };
    let numbered_from = (numbering > 0).then_some(start);
    let bytes = start + numbering..start + trimmed.len();
    let unclosed = line.unclosed.filter(|(offset, _)| bytes.contains(offset));
    pieces.push(Piece::Head(Rc::new(Head { bytes, indent: line.indent, unclosed, starts_line, numbered_from })));
}

/// `定性 优 { 优 良 中 差 }`: words only, in braces on the line of a grade.
fn is_scale(text: &str, start: usize, marks: &[(usize, Mark)]) -> bool {
    let [(open, Mark::Open), (close, Mark::Close), ..] = marks else { return false };
    let inside = text[*open..*close].trim_start_matches(['{', '｛']);
    let words =
        inside.split(|sign: char| is_blank(sign) || matches!(sign, ',' | '，' | '、')).filter(|word| !word.is_empty());
    let mut before = text[start..*open].split(is_blank).filter(|word| !word.is_empty()).rev();
    before.next().is_some_and(vocabulary::is_bare_name)
        && before.next().is_some_and(|word| [vocabulary::QUALITATIVE.0, vocabulary::QUALITATIVE.1].contains(&word))
        && words.clone().count() > 1
        && words.clone().all(vocabulary::is_bare_name)
}
