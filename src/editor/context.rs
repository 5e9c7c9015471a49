//! Where a cursor stands, in a text that is being typed: in which block, behind which words of its statement.
//!
//! The text before the cursor is read by itself, so that a line need not be finished. Where braces do not pair, the
//! indentation says which blocks are still open.

use std::ops::Range;

use crate::format::words;
use crate::source::FileId;
use crate::syntax::vocabulary::{self, Block, INDICATOR};
use crate::syntax::{Line, Mark, braces, is_blank, scan_line, split};

/// What surrounds a cursor.
#[derive(Debug)]
pub struct CursorContext<'a> {
    pub place: CursorPlace,
    /// The open blocks, outermost first.
    pub open: Vec<Open>,
    /// Where the statement starts, and its words before the cursor.
    pub start: usize,
    pub pieces: Vec<StatementPiece<'a>>,
    offset: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CursorPlace {
    Statement,
    /// Inside quotes or a text block.
    Text,
    /// In a comment that starts here.
    Comment {
        start: usize,
    },
}

/// An open brace.
#[derive(Clone, Copy, Debug)]
pub struct Open {
    /// Where the statement starts that it belongs to.
    pub head: usize,
    pub inside: Inside,
    indent: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inside {
    Block(Block),
    /// `定性 优 { … }`
    Scale,
    Unknown,
}

/// A word of a statement that may be unfinished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementPiece<'a> {
    pub kind: PieceKind,
    pub text: &'a str,
    pub start: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    Word,
    Quoted,
    Number,
    Comparator,
    /// `×`, `+`, `..`
    Operator,
}

impl<'a> CursorContext<'a> {
    /// The context of a byte; none in a file that is refused whole.
    pub fn at(file: FileId, text: &'a str, offset: usize) -> Option<Self> {
        let chunks = split(file, text).ok()?;
        let index = chunks.partition_point(|chunk| chunk.bytes.start <= offset).checked_sub(1)?;
        let declaration = chunks[index].bytes.clone();
        let pair = braces(&text[declaration.clone()]).is_some();
        let mut reader = ContextReader { text: &text[..offset], open: Vec::new(), start: offset, before: None, pair };
        let mut place = CursorPlace::Statement;
        let mut position = declaration.start;
        while position < offset {
            let line = scan_line(reader.text, position);
            reader.line(&line);
            place = place_after(&line, offset);
            position = line.end;
            let ends_line = reader.text[..position].ends_with(['\n', '\r']);
            if ends_line && place != CursorPlace::Text {
                reader.start = position;
                place = CursorPlace::Statement;
            }
        }
        let start = reader.start.min(offset);
        let start = start + (text[start..offset].len() - text[start..offset].trim_start_matches(is_blank).len());
        let pieces = pieces(&text[start..offset], start);
        Some(Self { place, open: reader.open, start, pieces, offset })
    }

    /// What the innermost open brace holds; none at the top.
    pub fn inside(&self) -> Option<Inside> {
        self.open.last().map(|open| open.inside)
    }

    /// The word that is being typed: empty behind a blank, a number, a comparator.
    pub fn typed(&self) -> &'a str {
        self.unfinished().map_or("", |piece| piece.text)
    }

    /// The bytes that a completion replaces.
    pub fn replaces(&self) -> Range<usize> {
        self.unfinished().map_or(self.offset, |piece| piece.start)..self.offset
    }

    /// The words before the one that is being typed.
    pub fn before(&self) -> &[StatementPiece<'a>] {
        let count = self.pieces.len() - usize::from(self.unfinished().is_some());
        &self.pieces[..count]
    }

    fn unfinished(&self) -> Option<StatementPiece<'a>> {
        let last = self.pieces.last().copied()?;
        (last.kind == PieceKind::Word && last.start + last.text.len() == self.offset).then_some(last)
    }
}

fn place_after(line: &Line, offset: usize) -> CursorPlace {
    match (&line.comment, line.unclosed) {
        (Some(comment), _) if comment.end == offset => CursorPlace::Comment { start: comment.start },
        (_, Some(_)) if line.end == offset => CursorPlace::Text,
        _ => CursorPlace::Statement,
    }
}

struct ContextReader<'a> {
    text: &'a str,
    open: Vec<Open>,
    start: usize,
    /// The line before: where its content starts, its indentation, and whether it opens a block.
    before: Option<(usize, usize, bool)>,
    /// The braces of the declaration pair: indentation is not asked.
    pair: bool,
}

impl ContextReader<'_> {
    fn line(&mut self, line: &Line) {
        self.start = line.content.start;
        let content = &self.text[line.content.clone()];
        let is_of_cursor = line.end == self.text.len();
        if !self.pair && line.has_content && !content.starts_with(['}', '｝']) {
            self.leave_blocks(line.indent);
        }
        if !self.pair && (line.has_content || is_of_cursor) {
            self.enter_block(line.indent);
        }
        for (offset, mark) in &line.marks {
            let length = self.text[*offset..].chars().next().map_or(1, char::len_utf8);
            match mark {
                Mark::Open => {
                    self.push(*offset, line.indent);
                    self.start = offset + length;
                }
                Mark::Separator => self.start = offset + length,
                Mark::Close => {
                    let closed = self.open.pop();
                    self.start = match closed {
                        // The statement goes on behind a scale.
                        Some(Open { inside: Inside::Scale, head, .. }) => head,
                        _ => offset + length,
                    };
                }
            }
        }
        if line.has_content {
            self.before = Some((line.content.start, line.indent, line.opens_block));
        }
    }

    /// A line that is no deeper than the head of a block stands behind it.
    fn leave_blocks(&mut self, indent: usize) {
        while self.open.last().is_some_and(|open| indent <= open.indent) && self.is_indented() {
            self.open.pop();
        }
    }

    /// A line that is deeper than a head without a brace stands in its block.
    fn enter_block(&mut self, indent: usize) {
        if let Some((head, before, false)) = self.before.filter(|(_, before, _)| indent > *before) {
            let inside = self.inside(head, self.text.len());
            if let Inside::Block(_) = inside {
                self.open.push(Open { head, inside, indent: before });
            }
        }
    }

    /// Whether any block so far is indented.
    fn is_indented(&self) -> bool {
        self.before.is_some_and(|(_, indent, _)| indent > 0)
    }

    fn push(&mut self, offset: usize, indent: usize) {
        let inside = self.inside(self.start, offset);
        self.open.push(Open { head: self.start, inside, indent });
    }

    /// What a brace at a byte holds, by the words before it.
    fn inside(&self, head: usize, end: usize) -> Inside {
        let line_end = self.text[head..end].find(['\n', '\r']).map_or(end, |length| head + length);
        let words = pieces(&self.text[head..line_end], head);
        let Some(label) = words.first() else { return Inside::Unknown };
        let qualitative = words.iter().rposition(|word| is_one(word.text, &[words::QUALITATIVE]));
        let is_word = |index: usize| words.get(index).is_some_and(|word| word.kind == PieceKind::Word);
        if qualitative.is_some_and(|index| index > 0 && is_word(index + 1) && words.len() == index + 2) {
            return Inside::Scale;
        }
        let block = match self.open.last().map(|open| open.inside) {
            None => vocabulary::keyword_at(label.text).map(Block::declared_by),
            Some(Inside::Block(Block::Project)) if is_one(label.text, &[INDICATOR]) => Some(Block::Indicator),
            Some(Inside::Block(block)) => vocabulary::field(block, label.text).and_then(|field| field.inner),
            Some(Inside::Scale | Inside::Unknown) => None,
        };
        block.map_or(Inside::Unknown, Inside::Block)
    }
}

pub fn is_one(word: &str, pairs: &[words::Pair]) -> bool {
    pairs.iter().any(|(chinese, english)| *chinese == word || *english == word)
}

/// The words of an unfinished statement.
fn pieces(text: &str, base: usize) -> Vec<StatementPiece<'_>> {
    let mut pieces = Vec::new();
    let mut position = 0;
    while let Some(sign) = text[position..].chars().next() {
        let rest = &text[position..];
        let (kind, length) = match sign {
            _ if is_blank(sign) || matches!(sign, ':' | '：' | ',' | '，' | '、' | '\n' | '\r') => {
                position += sign.len_utf8();
                continue;
            }
            '"' | '“' | '”' | '＂' => (PieceKind::Quoted, quoted_length(rest)),
            '≥' | '≤' | '≧' | '≦' | '⩾' | '⩽' | '>' | '<' | '=' | '＞' | '＜' | '＝' | '═' => {
                (PieceKind::Comparator, run(rest, |sign| "≥≤≧≦⩾⩽><=＞＜＝═".contains(sign)))
            }
            '×' | '*' | '＊' | '+' | '＋' | '~' | '～' | '−' | '－' => (PieceKind::Operator, sign.len_utf8()),
            '.' | '．' => (PieceKind::Operator, run(rest, |sign| matches!(sign, '.' | '．'))),
            '-' if !rest[1..].starts_with(|next: char| next.is_numeric()) => (PieceKind::Operator, 1),
            '-' => (PieceKind::Number, 1 + run(&rest[1..], is_of_number)),
            _ if sign.is_numeric() => (PieceKind::Number, number_length(rest)),
            '{' | '}' | '｛' | '｝' | ';' | '；' => (PieceKind::Operator, sign.len_utf8()),
            _ => (PieceKind::Word, run(rest, is_of_word).max(sign.len_utf8())),
        };
        pieces.push(StatementPiece { kind, text: &rest[..length], start: base + position });
        position += length;
    }
    pieces
}

fn is_of_number(sign: char) -> bool {
    sign.is_numeric() || matches!(sign, '.' | '．' | '_')
}

/// A number up to a range sign.
fn number_length(rest: &str) -> usize {
    let length = run(rest, is_of_number);
    rest[..length].find("..").unwrap_or(length)
}

fn is_of_word(sign: char) -> bool {
    !is_blank(sign) && !"\n\r\"“”＂{}｛｝;；:：,，、≥≤≧≦⩾⩽><=＞＜＝═×*＊+＋~～#＃".contains(sign)
}

fn run(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.find(|sign| !holds(sign)).unwrap_or(text.len())
}

fn quoted_length(rest: &str) -> usize {
    let opening = rest.chars().next().unwrap_or('"');
    let closing = if opening == '“' { '”' } else { opening };
    let mut is_escaped = false;
    for (offset, sign) in rest.char_indices().skip(1) {
        match sign {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if sign == closing => return offset + sign.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}
