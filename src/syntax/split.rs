//! Cuts a file into its top-level declarations by one scan of its lines.
//!
//! The scan knows texts, text blocks, comments and braces, as the grammar does; a test compares the two ways. A
//! declaration starts where a line starts with `项目` or `部门`, which cannot stand inside another declaration, or with
//! another keyword and a brace: so a forgotten brace never reaches the next one.

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use super::conflict::{Conflicts, conflicts};
use super::limits::{self, MAXIMUM_DEPTH};
use super::vocabulary::{self, Keyword};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, TextChange, line_start};

/// The text of one declaration, up to the start of the next; the first chunk may be what stands before any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// In the file.
    pub bytes: Range<usize>,
    /// The keyword the chunk starts with; none for what stands before the first declaration.
    pub keyword: Option<Keyword>,
    /// Braces pair, texts close, and nothing follows the declaration: the grammar may read it as it is.
    pub is_whole: bool,
    /// The conflicts of the file, where git left any.
    pub conflicts: Option<Arc<Conflicts>>,
}

impl Chunk {
    /// The chunk as a text of its own.
    #[must_use]
    pub fn alone(&self, text: &str) -> Self {
        Self { bytes: 0..text.len(), conflicts: conflicts(text), ..self.clone() }
    }
}

/// The chunks of a file in order. Together they cover it.
///
/// # Errors
/// JX902 where braces nest deeper than [`MAXIMUM_DEPTH`].
pub fn split(file: FileId, text: &str) -> Result<Vec<Chunk>, Diagnostic> {
    split_from(file, text, 0, |_| false)
}

/// The chunks from the start of one on, up to where `is_known` says of the start of a chunk that it and what follows is
/// known.
fn split_from(
    file: FileId,
    text: &str,
    start: usize,
    mut is_known: impl FnMut(usize) -> bool,
) -> Result<Vec<Chunk>, Diagnostic> {
    let conflicts = conflicts(text);
    let text = conflicts.as_ref().map_or(text, |conflicts| &conflicts.masked);
    let mut chunks = Vec::new();
    let new = |start, keyword| Chunk { bytes: start..start, keyword, is_whole: true, conflicts: conflicts.clone() };
    let mut current = new(start, None);
    let mut depth = 0u32;
    let mut closed = true;
    let mut layout = Layout::default();
    let mut position = start;
    while position < text.len() {
        let line = scan_line(text, position);
        if let Some(keyword) = line.keyword.filter(|&keyword| starts_declaration(keyword, depth, &line)) {
            finish(&mut current, depth, closed, position);
            let previous = std::mem::replace(&mut current, new(position, Some(keyword)));
            if previous.keyword.is_some() || !text[previous.bytes.clone()].is_empty() {
                chunks.push(previous);
            }
            if is_known(position) {
                return Ok(chunks);
            }
            depth = 0;
            closed = false;
        } else if line.has_content && closed {
            current.is_whole = false;
        }
        current.is_whole &= line.is_sound && layout.is_plausible(&line, text);
        for &(offset, mark) in &line.marks {
            match mark {
                Mark::Open => depth += 1,
                Mark::Close if depth == 0 => current.is_whole = false,
                Mark::Close => {
                    depth -= 1;
                    closed = depth == 0;
                    current.is_whole &= !closed || ends_there(text, offset, &line.content);
                }
                Mark::Separator => {}
            }
            if depth > MAXIMUM_DEPTH {
                return Err(limits::too_deep(file, offset));
            }
        }
        position = line.end;
    }
    finish(&mut current, depth, closed, text.len());
    chunks.push(current);
    Ok(chunks)
}

/// The chunk of a project or a department by where its keyword stands, as [`split`] gives it, without a look at what
/// stands before it. None where it does not start a line.
pub fn chunk_of(file: FileId, text: &str, head: usize) -> Option<Chunk> {
    let start = line_start(text, head);
    let line = scan_line(text, start);
    let starts_always = matches!(line.keyword, Some(Keyword::Project | Keyword::Department));
    if !starts_always || line.content.start != head {
        return None;
    }
    split_from(file, text, start, |position| position > start).ok()?.into_iter().next()
}

/// The declaration that starts at the head of a line, up to its closing brace or to the next declaration: as much of a
/// file as its edits need. What stands around it is not looked at.
pub fn chunk_from(text: &str, start: usize) -> Chunk {
    let start = line_start(text, start);
    let mut chunk = Chunk { bytes: start..text.len(), keyword: None, is_whole: true, conflicts: None };
    let (mut depth, mut closed, mut layout, mut position) = (0u32, false, Layout::default(), start);
    while position < text.len() && !closed {
        let line = scan_line(text, position);
        if position == start {
            chunk.keyword = line.keyword;
        } else if line.keyword.is_some_and(|keyword| starts_declaration(keyword, depth, &line)) {
            break;
        }
        chunk.is_whole &= line.is_sound && layout.is_plausible(&line, text);
        for &(offset, mark) in &line.marks {
            match mark {
                Mark::Open => depth += 1,
                Mark::Close if depth == 0 => chunk.is_whole = false,
                Mark::Close => {
                    depth -= 1;
                    chunk.is_whole &= depth > 0 || ends_there(text, offset, &line.content);
                }
                Mark::Separator => {}
            }
            closed = depth == 0;
        }
        position = line.end;
    }
    finish(&mut chunk, depth, closed, position);
    chunk
}

/// Whether nothing follows a closing brace on its line: another declaration would be overlooked.
fn ends_there(text: &str, brace: usize, content: &Range<usize>) -> bool {
    let after = text.get(brace..content.end).unwrap_or_default();
    after.chars().skip(1).all(|sign| is_blank(sign) || matches!(sign, ';' | '；'))
}

/// The chunks of a text that was split before and then changed: how many at the start stay, those between, and how many
/// at the end stay and only move. The same as [`split`] gives, without a look at the whole text.
///
/// # Errors
/// JX902, as [`split`].
pub fn split_again(old: &[Chunk], change: &TextChange) -> Result<(usize, Vec<Chunk>, usize), Diagnostic> {
    // What a conflict hides depends on markers anywhere.
    if old.iter().any(|chunk| chunk.conflicts.is_some()) || conflicts(&change.new).is_some() {
        return Ok((0, split(change.file, &change.new)?, 0));
    }
    // A text that does not close looks as far as the end of the file for where it might.
    let first_open = old.iter().position(|chunk| !chunk.is_whole).unwrap_or(old.len());
    let first_touched = old.partition_point(|chunk| chunk.bytes.end < change.start);
    // The start of the one that is touched may go, and then the one before it is longer.
    let first = first_open.min(first_touched).saturating_sub(1);
    // The scan starts one chunk earlier, because a chunk begins by the layout of the lines before it.
    let (mut first, skipped) = if first >= 2 { (first, 1) } else { (0, 0) };
    let start = old.get(first - skipped).map_or(0, |chunk| chunk.bytes.start);
    let mut kept = 0;
    let mut is_last_known = false;
    let mut new = split_from(change.file, &change.new, start, |position| {
        // Two starts in a row that are those of old chunks, with all between unchanged: what follows is the same.
        let was = (position > change.new_end).then(|| position - change.new_end + change.old_end);
        let index = was.and_then(|was| old.binary_search_by_key(&was, |chunk| chunk.bytes.start).ok());
        let is_known = index.is_some_and(|index| index > 0 && old[index - 1].bytes.start > change.old_end);
        let stop = is_known && is_last_known;
        is_last_known = index.is_some();
        if stop {
            kept = old.len() - index.unwrap_or(old.len());
        }
        stop
    })?;
    let mut between = skipped.min(new.len())..new.len();
    // What was scanned for safety and came out the same stays, too.
    let stays = |chunk: &Chunk| old.get(first) == Some(chunk) && chunk.bytes.end < change.start;
    let same = usize::from(new[between.clone()].first().is_some_and(stays));
    first += same;
    between.start += same;
    while first + kept < old.len()
        && old[old.len() - kept - 1].bytes.start > change.old_end
        && let Some(last) = new[between.clone()].last().filter(|chunk| chunk.bytes.start > change.new_end)
        && moved(&old[old.len() - kept - 1], change) == *last
    {
        kept += 1;
        between.end -= 1;
    }
    Ok((first, new.drain(between).collect(), kept))
}

/// A chunk behind a change, at its new place.
pub fn moved(chunk: &Chunk, change: &TextChange) -> Chunk {
    Chunk { bytes: change.after(chunk.bytes.start)..change.after(chunk.bytes.end), ..chunk.clone() }
}

fn finish(chunk: &mut Chunk, depth: u32, closed: bool, end: usize) {
    chunk.bytes.end = end;
    chunk.is_whole &= depth == 0 && closed;
}

/// The lines before, as far as they say where the next one is likely to stand.
///
/// A line that is deeper without a brace before it, or less deep without a brace on it, hints at two forgotten braces
/// that happen to pair. Such a declaration is read with care; the layout alone never makes an error.
#[derive(Default)]
struct Layout {
    indent: usize,
    opens: bool,
    closes: bool,
}

impl Layout {
    fn is_plausible(&mut self, line: &Line, text: &str) -> bool {
        if !line.has_content {
            return true;
        }
        let closes = text[line.content.clone()].starts_with(['}', '｝']);
        let deeper_by_chance = line.indent > self.indent && !self.opens;
        let shallower_by_chance = line.indent < self.indent && !closes && !self.closes;
        let still_deep = line.indent < self.indent && self.closes && !closes;
        *self = Self { indent: line.indent, opens: line.opens_block, closes };
        !deeper_by_chance && !shallower_by_chance && !still_deep
    }
}

/// Only `项目` and `部门` never start a line of a block. `标准` is also a field of a department, `调整` may be one of a
/// standard: they declare only with a block, or at the margin outside any block.
fn starts_declaration(keyword: Keyword, depth: u32, line: &Line) -> bool {
    match keyword {
        Keyword::Project | Keyword::Department => true,
        Keyword::Standard
        | Keyword::Approval
        | Keyword::Adjustment
        | Keyword::Monitoring
        | Keyword::SelfEvaluation
        | Keyword::Review
        | Keyword::Evaluation
        | Keyword::Area => line.opens_block && (depth == 0 || line.indent == 0) || depth == 0 && line.indent == 0,
    }
}

/// A sign that opens, closes or parts statements.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `;`
    Separator,
}

/// What one line holds, or several where a text block opens on it.
pub struct Line {
    /// Where the next line starts.
    pub end: usize,
    /// Where the content starts and ends, without blanks and comment.
    pub content: Range<usize>,
    /// How far the content stands from the margin.
    pub indent: usize,
    /// Something stands there besides blanks and a comment.
    pub has_content: bool,
    /// The keyword it starts with, where a declaration may start.
    pub keyword: Option<Keyword>,
    /// Braces and semicolons outside texts and comments.
    pub marks: SmallVec<[(usize, Mark); 2]>,
    /// Its last mark is an open brace.
    pub opens_block: bool,
    /// Every text and text block that opens here closes.
    pub is_sound: bool,
    /// From its `#` to the end of the line.
    pub comment: Option<Range<usize>>,
    /// The first text that does not close: where it starts, and whether it is a block.
    pub unclosed: Option<(usize, bool)>,
}

/// The braces of a text outside texts and comments: each opening one with its closing one, by the opening. None where
/// they do not pair or a text does not close.
pub fn braces(text: &str) -> Option<Vec<(usize, usize)>> {
    let mut pairs = Vec::new();
    let mut open = Vec::new();
    let mut position = 0;
    while position < text.len() {
        let line = scan_line(text, position);
        if !line.is_sound {
            return None;
        }
        for &(offset, mark) in &line.marks {
            match mark {
                Mark::Open => open.push(offset),
                Mark::Close => pairs.push((open.pop()?, offset)),
                Mark::Separator => {}
            }
        }
        position = line.end;
    }
    pairs.sort_unstable();
    open.is_empty().then_some(pairs)
}

/// Reads the line that starts at `start`.
pub fn scan_line(text: &str, start: usize) -> Line {
    let bytes = text.as_bytes();
    let content_start = skip_blanks(bytes, start);
    let mut line = Line {
        end: text.len(),
        content: content_start..content_start,
        indent: content_start - start,
        has_content: false,
        keyword: None,
        marks: SmallVec::new(),
        opens_block: false,
        is_sound: true,
        comment: None,
        unclosed: None,
    };
    let mut position = content_start;
    let mut last = content_start;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'\n' | b'\r' => break,
            b'#' => {
                position = comment_end(bytes, &mut line, position);
                break;
            }
            b'{' | b'}' => {
                line.marks.push((position, if byte == b'{' { Mark::Open } else { Mark::Close }));
                position += 1;
            }
            b';' => {
                line.marks.push((position, Mark::Separator));
                position += 1;
            }
            b'"' => position = skip_text(text, start, position, &mut line),
            0xE2 if text[position..].starts_with(['“', '”']) => {
                position = skip_text(text, start, position, &mut line);
            }
            0xEF => match text[position..].chars().next() {
                Some('＃') => {
                    position = comment_end(bytes, &mut line, position);
                    break;
                }
                Some('＂') => position = skip_text(text, start, position, &mut line),
                Some('｛') => {
                    line.marks.push((position, Mark::Open));
                    position += 3;
                }
                Some('｝') => {
                    line.marks.push((position, Mark::Close));
                    position += 3;
                }
                Some('；') => {
                    line.marks.push((position, Mark::Separator));
                    position += 3;
                }
                _ => position += 3,
            },
            _ => {
                position += 1;
                // Most of a line is letters: pass over them without a look at each kind.
                while let Some(byte) = bytes.get(position) {
                    if PLAIN[*byte as usize] { position += 1 } else { break }
                }
            }
        }
        last = position;
    }
    line.end = line_end(bytes, position);
    line.content.end =
        content_start + text[content_start..last.min(position).max(content_start)].trim_end_matches(is_blank).len();
    line.has_content = !line.content.is_empty();
    line.opens_block = matches!(line.marks.last(), Some((_, Mark::Open)));
    if line.has_content {
        line.keyword = vocabulary::keyword_at(&text[content_start..line.content.end]);
    }
    line
}

const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut special = [b'\n', b'\r', b'#', b'{', b'}', b';', b'"', 0xE2, 0xEF].as_slice();
    while let [first, rest @ ..] = special {
        plain[*first as usize] = false;
        special = rest;
    }
    plain
};

/// Whether a sign parts words, and no lines.
pub fn is_blank(sign: char) -> bool {
    matches!(sign, ' ' | '\t' | '\u{3000}' | '\u{A0}' | '\u{FEFF}')
}

fn skip_blanks(bytes: &[u8], mut position: usize) -> usize {
    loop {
        position += match bytes.get(position) {
            Some(b' ' | b'\t') => 1,
            Some(0xC2) if bytes.get(position + 1) == Some(&0xA0) => 2,
            Some(0xE3) if bytes[position..].starts_with("\u{3000}".as_bytes()) => 3,
            Some(0xEF) if bytes[position..].starts_with("\u{FEFF}".as_bytes()) => 3,
            _ => return position,
        };
    }
}

fn line_end(bytes: &[u8], mut position: usize) -> usize {
    while let Some(byte) = bytes.get(position) {
        position += 1;
        match byte {
            b'\n' => break,
            b'\r' => {
                position += usize::from(bytes.get(position) == Some(&b'\n'));
                break;
            }
            _ => {}
        }
    }
    position
}

fn comment_end(bytes: &[u8], line: &mut Line, start: usize) -> usize {
    let length = bytes[start..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    let end = length.map_or(bytes.len(), |length| start + length);
    line.comment = Some(start..end);
    end
}

/// Passes over the text or text block that opens at `position`; where it does not close, over the rest of its line.
fn skip_text(text: &str, line_start: usize, position: usize, line: &mut Line) -> usize {
    let rest = &text[position..];
    if let Some(body) = block_body(rest) {
        let body_start = text.len() - body.len();
        return match block_end(body) {
            BlockEnd::Closed(length) => body_start + length,
            BlockEnd::Open => {
                line.is_sound = false;
                line.unclosed.get_or_insert((position, true));
                unclosed_block_end(text, line_start, body_start)
            }
        };
    }
    let opening = rest.chars().next().unwrap_or('"');
    // Almost every text: in straight quotes on one line, nothing escaped.
    if opening == '"'
        && let Some(length) = rest[1..].find('"')
        && !rest.as_bytes()[1..=length].iter().any(|byte| matches!(byte, b'\\' | b'\n' | b'\r'))
    {
        return position + length + 2;
    }
    let closing = if opening == '“' { '”' } else { opening };
    let mut signs = rest.char_indices().skip(1);
    while let Some((offset, sign)) = signs.next() {
        match sign {
            '\\' => {
                signs.next();
            }
            '\n' | '\r' => {
                line.is_sound = false;
                line.unclosed.get_or_insert((position, false));
                return position + offset;
            }
            sign if sign == closing => return position + offset + sign.len_utf8(),
            _ => {}
        }
    }
    line.is_sound = false;
    line.unclosed.get_or_insert((position, false));
    text.len()
}

/// The text after the three quotes and the line end, where a text block opens here.
fn block_body(rest: &str) -> Option<&str> {
    let after = three_quotes(rest)?.trim_start_matches(is_blank);
    after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r']))
}

const THREE_QUOTES: [&str; 4] = ["\"\"\"", "“““", "”””", "＂＂＂"];

/// What follows three quotes at the start of a text.
pub fn three_quotes(rest: &str) -> Option<&str> {
    THREE_QUOTES.iter().find_map(|quotes| rest.strip_prefix(quotes))
}

enum BlockEnd {
    /// The length of the body with its closing quotes.
    Closed(usize),
    Open,
}

/// A block closes at the first line that starts with three quotes. A line that holds three quotes elsewhere opens
/// another block: then this one was left open.
fn block_end(body: &str) -> BlockEnd {
    let mut offset = 0;
    while offset < body.len() {
        let line = &body[offset..line_end(body.as_bytes(), offset)];
        let content = line.trim_start_matches(is_blank);
        if let Some(rest) = three_quotes(content) {
            return BlockEnd::Closed(offset + line.len() - rest.len());
        }
        if content.contains(THREE_QUOTES[0]) {
            return BlockEnd::Open;
        }
        offset += line.len();
    }
    BlockEnd::Open
}

/// Where the text of a block that was left open most likely ends: before the first line that is not deeper than the line
/// that opened it; where the text is not indented at all, before a brace or a declaration.
fn unclosed_block_end(text: &str, line_start: usize, body_start: usize) -> usize {
    let bytes = text.as_bytes();
    let indent_of = |start: usize| skip_blanks(bytes, start) - start;
    let indent = indent_of(line_start);
    let is_indented = indent_of(body_start) > indent;
    let mut position = body_start;
    while position < text.len() {
        let end = line_end(bytes, position);
        let content = text[position..end].trim_matches(|sign| is_blank(sign) || matches!(sign, '\n' | '\r'));
        let ends_text = if is_indented {
            !content.is_empty() && indent_of(position) <= indent
        } else {
            content.starts_with(['}', '｝'])
                || content.ends_with(['{', '｛'])
                || vocabulary::keyword_at(content).is_some()
        };
        if ends_text {
            break;
        }
        position = end;
    }
    // The line end before belongs to the line, not to the text.
    text[..position].trim_end_matches(['\n', '\r']).len().max(body_start.min(position))
}
