//! A declaration with mistakes, read statement by statement.
//!
//! Three steps: cut the lines into heads and braces; decide which statement stands in which block, by the braces where
//! they pair sensibly and otherwise by words and indentation; match each head alone. Every step reports a mistake once,
//! at its own place, and marks the statement as broken so that nothing that follows from it is reported again.

use std::ops::Range;

use super::parse::{Rule, mismatch, parse_as};
use super::split::{Chunk, Line, Mark, is_blank, scan_line};
use super::vocabulary::{self, Block, Keyword, KEYWORDS};
use super::{Bytes, Statement, StatementKind, Tree, Value, ValueKind};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::{FileId, Span};

/// The tree of a chunk that the grammar does not accept, and at least one diagnostic.
pub(super) fn parse_statements(file: FileId, text: &str, chunk: &Chunk) -> (Tree, Vec<Diagnostic>) {
    let mut recovery = Recovery { file, text, tree: Tree::default(), diagnostics: Vec::new() };
    let (pieces, comments) = pieces(text, chunk.bytes.clone());
    recovery.tree.comments = comments;
    let trust = if Placement::new(&recovery, Trust::Braces).place(&pieces).1.is_empty() { Trust::Braces } else { Trust::Hints };
    let (placed, found) = Placement::new(&recovery, trust).place(&pieces);
    recovery.diagnostics = found;
    let mut cursor = 0;
    while cursor < placed.len() {
        recovery.add(&placed, &mut cursor, None);
    }
    recovery.diagnostics.sort_by_key(Diagnostic::span);
    (recovery.tree, recovery.diagnostics)
}

struct Recovery<'a> {
    file: FileId,
    text: &'a str,
    tree: Tree,
    diagnostics: Vec<Diagnostic>,
}

// ── Lines to pieces ──────────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone, Debug)]
struct Head {
    bytes: Range<usize>,
    indent: usize,
    /// The text that does not close in this head: its start, and whether it is a block.
    unclosed: Option<(usize, bool)>,
    starts_line: bool,
}

#[derive(Clone, Debug)]
enum Piece {
    Head(Head),
    Open(usize),
    Close { offset: usize, indent: usize, starts_line: bool },
}

fn pieces(text: &str, bytes: Range<usize>) -> (Vec<Piece>, Vec<Bytes>) {
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
    let mut marks = line.marks.clone();
    let mut end = line.content.end;
    let last_word_start = text[line.content.start..end].trim_end_matches(|sign| !is_blank(sign)).len() + line.content.start;
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
    } else if let Some(mark) = look_alike(last_word) {
        marks.push((last_word_start, mark));
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
            Mark::Open => pieces.push(Piece::Open(offset)),
            Mark::Close => {
                let starts_line = offset == line.content.start;
                pieces.push(Piece::Close { offset, indent: line.indent, starts_line });
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

/// A bracket of another kind where a brace was meant: the last word of a line.
fn look_alike(word: &str) -> Option<Mark> {
    match word {
        "〔" | "［" | "[" | "【" | "（" | "(" | "《" | "〈" => Some(Mark::Open),
        "〕" | "］" | "]" | "】" | "）" | ")" | "》" | "〉" => Some(Mark::Close),
        _ => None,
    }
}

fn push_head(text: &str, bytes: Range<usize>, line: &Line, starts_line: bool, pieces: &mut Vec<Piece>) {
    let stretch = &text[bytes.clone()];
    let trimmed = stretch.trim_matches(is_blank);
    if trimmed.is_empty() {
        return;
    }
    let start = bytes.start + (trimmed.as_ptr() as usize - stretch.as_ptr() as usize);
    let bytes = start..start + trimmed.len();
    let unclosed = line.unclosed.filter(|(offset, _)| bytes.contains(offset));
    pieces.push(Piece::Head(Head { bytes, indent: line.indent, unclosed, starts_line }));
}

/// `定性 优 { 优 良 中 差 }`: words only, in braces on the line of a grade.
fn is_scale(text: &str, start: usize, marks: &[(usize, Mark)]) -> bool {
    let [(open, Mark::Open), (close, Mark::Close), ..] = marks else { return false };
    let inside = text[*open..*close].trim_start_matches(['{', '｛']);
    let words = inside.split(|sign: char| is_blank(sign) || matches!(sign, ',' | '，' | '、')).filter(|word| !word.is_empty());
    let mut before = text[start..*open].split(is_blank).filter(|word| !word.is_empty()).rev();
    before.next().is_some_and(vocabulary::is_bare_name)
        && before.next().is_some_and(|word| matches!(word, "定性" | "qualitative"))
        && words.clone().count() > 1
        && words.clone().all(vocabulary::is_bare_name)
}

// ── Pieces to places ─────────────────────────────────────────────────────────────────────────────────────────────

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    Braces,
    Hints,
}

/// A head, the block it stands in, and how deep.
struct Placed {
    head: Head,
    depth: usize,
    context: Context,
    has_block: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Context {
    File,
    Block(Block),
    /// Inside a statement of no known kind.
    Unknown,
}

struct Frame {
    context: Context,
    indent: usize,
    /// The end of the head that opened it.
    opener: Range<usize>,
}

struct Placement<'a> {
    file: FileId,
    text: &'a str,
    trust: Trust,
    frames: Vec<Frame>,
    placed: Vec<Placed>,
    /// The last head directly in the innermost frame, as long as a block may still be opened for it.
    last: Option<usize>,
    end_of_content: usize,
    found: Vec<Diagnostic>,
}

impl<'a> Placement<'a> {
    fn new(recovery: &Recovery<'a>, trust: Trust) -> Self {
        Self {
            file: recovery.file,
            text: recovery.text,
            trust,
            frames: Vec::new(),
            placed: Vec::new(),
            last: None,
            end_of_content: 0,
            found: Vec::new(),
        }
    }

    fn place(mut self, pieces: &[Piece]) -> (Vec<Placed>, Vec<Diagnostic>) {
        for piece in pieces {
            match piece {
                Piece::Head(head) => self.place_head(head),
                Piece::Open(offset) => self.open(*offset),
                Piece::Close { offset, indent, starts_line } => self.close(*offset, *indent, *starts_line),
            }
        }
        while let Some(frame) = self.frames.pop() {
            self.report_missing_close(&frame);
        }
        (self.placed, self.found)
    }

    fn context(&self) -> Context {
        self.frames.last().map_or(Context::File, |frame| frame.context)
    }

    fn place_head(&mut self, head: &Head) {
        let label = label_of(&self.text[head.bytes.clone()]);
        if self.opens_without_brace(head, label) {
            let last = self.last.expect("a head without a block stands before");
            let at = self.placed[last].head.bytes.end;
            let diagnostic = Diagnostic::new(
                Code::JX202,
                texts::missing_open_brace(),
                self.span(at..at),
                texts::missing_open_brace_here(),
            );
            self.found.push(diagnostic.fix(texts::insert("{"), self.span(at..at), " {"));
            self.push_frame(last);
        } else if self.trust == Trust::Hints && head.starts_line {
            self.leave_blocks_before(head, label);
        } else if !self.frames.is_empty() && self.allows(self.context(), label) == Fit::No {
            let fits_outside = self.frames.iter().rev().skip(1).any(|frame| self.allows(frame.context, label) == Fit::Yes);
            if fits_outside && self.trust == Trust::Braces {
                // The braces pair, but not as they were meant: say so once, so that hints are used instead.
                self.found.push(Diagnostic::without_place(Code::JX203, texts::missing_close_brace()));
            }
        }
        self.placed.push(Placed { head: head.clone(), depth: self.frames.len(), context: self.context(), has_block: false });
        self.last = Some(self.placed.len() - 1);
        self.end_of_content = head.bytes.end;
    }

    /// Whether the statement before must have lost its opening brace: this head is deeper and stands in its block.
    fn opens_without_brace(&self, head: &Head, label: &str) -> bool {
        let Some(last) = self.last.map(|last| &self.placed[last]).filter(|last| !last.has_block) else { return false };
        if !head.starts_line || last.depth != self.frames.len() {
            return false;
        }
        let inner = self.inner_context(last);
        let Context::Block(_) = inner else { return false };
        let fit_inside = self.allows(inner, label);
        let fit_here = self.allows(last.context, label);
        let is_deeper = head.indent > last.head.indent;
        is_deeper && fit_inside != Fit::No || is_deeper && fit_here == Fit::No || fit_inside == Fit::Yes && fit_here == Fit::No
    }

    /// Leaves the blocks in which the head cannot stand: their closing braces are missing.
    fn leave_blocks_before(&mut self, head: &Head, label: &str) {
        let fits = |frame: &Frame| self.allows(frame.context, label);
        let deeper = |frame: &&Frame| head.indent > frame.indent;
        let innermost = |accept: &dyn Fn(&Frame) -> bool| self.frames.iter().rposition(accept);
        let target = innermost(&|frame| fits(frame) != Fit::No && deeper(&frame))
            .or_else(|| innermost(&|frame| fits(frame) == Fit::Yes))
            .or_else(|| innermost(&|frame| deeper(&frame)))
            .or_else(|| self.frames.len().checked_sub(1));
        let keep = target.map_or(0, |index| index + 1);
        while self.frames.len() > keep {
            let frame = self.frames.pop().expect("the stack is longer than what is kept");
            self.report_missing_close(&frame);
        }
    }

    fn open(&mut self, offset: usize) {
        match self.last.filter(|&last| !self.placed[last].has_block && self.placed[last].depth == self.frames.len()) {
            Some(last) => {
                let end = self.placed[last].head.bytes.end;
                if self.text[end..offset].contains(['\n', '\r']) {
                    self.report_stray(offset, texts::brace_on_its_own_line());
                } else {
                    self.check_sign(offset, "{");
                }
                self.push_frame(last);
            }
            None => {
                self.report_stray(offset, texts::brace_without_statement());
                self.frames.push(Frame { context: Context::Unknown, indent: usize::MAX, opener: offset..offset + 1 });
                self.last = None;
            }
        }
        self.end_of_content = offset + self.sign_length(offset);
    }

    fn close(&mut self, offset: usize, indent: usize, starts_line: bool) {
        if self.trust == Trust::Hints && starts_line {
            let aligned = self.frames.iter().rposition(|frame| frame.indent == indent);
            if let Some(index) = aligned {
                while self.frames.len() > index + 1 {
                    let frame = self.frames.pop().expect("the aligned frame lies below");
                    self.report_missing_close(&frame);
                }
            }
        }
        let stray = self.frames.pop().is_none();
        if stray {
            let diagnostic = Diagnostic::new(
                Code::JX204,
                texts::stray_close_brace(),
                self.span(offset..offset + self.sign_length(offset)),
                texts::stray_close_brace_here(),
            );
            let span = self.span(offset..offset + self.sign_length(offset));
            self.found.push(diagnostic.fix(texts::delete_this(), span, ""));
        }
        if !stray {
            self.check_sign(offset, "}");
        }
        self.last = None;
        self.end_of_content = offset + self.sign_length(offset);
    }

    /// Reports a bracket of another kind that stands for a brace.
    fn check_sign(&mut self, offset: usize, right: &str) {
        let found = &self.text[offset..offset + self.sign_length(offset)];
        if !matches!(found, "{" | "｛" | "}" | "｝") {
            let span = self.span(offset..offset + found.len());
            let diagnostic = Diagnostic::new(Code::JX201, texts::unexpected(found), span, texts::expected(format!("`{right}`")));
            self.found.push(diagnostic.fix(texts::replace_by(right), span, right));
        }
    }

    fn sign_length(&self, offset: usize) -> usize {
        self.text[offset..].chars().next().map_or(0, char::len_utf8)
    }

    fn push_frame(&mut self, opener: usize) {
        let placed = &mut self.placed[opener];
        placed.has_block = true;
        let (indent, bytes) = (placed.head.indent, placed.head.bytes.clone());
        let context = self.inner_context(&self.placed[opener]);
        self.frames.push(Frame { context, indent, opener: bytes });
        self.last = None;
    }

    /// The block that a statement opens.
    fn inner_context(&self, placed: &Placed) -> Context {
        let label = label_of(&self.text[placed.head.bytes.clone()]);
        match placed.context {
            Context::File => match declaration(label) {
                Some((Keyword::Department, _)) => Context::Block(Block::Department),
                Some((Keyword::Project, _)) => Context::Block(Block::Project),
                Some((Keyword::Standard, _)) => Context::Block(Block::Standard),
                None => Context::Unknown,
            },
            Context::Block(Block::Project) if is_indicator(label) => Context::Block(Block::Indicator),
            Context::Block(block) => vocabulary::field(block, label)
                .or_else(|| vocabulary::similar_field(block, label))
                .and_then(|field| field.inner)
                .map_or(Context::Unknown, Context::Block),
            Context::Unknown => Context::Unknown,
        }
    }

    fn allows(&self, context: Context, label: &str) -> Fit {
        match context {
            Context::File => if declaration(label).is_some() { Fit::Yes } else { Fit::No },
            Context::Block(Block::Project) if is_indicator(label) => Fit::Yes,
            Context::Block(block) if vocabulary::field(block, label).is_some() => Fit::Yes,
            Context::Block(block) if block.has_free_labels() => {
                let known_elsewhere = vocabulary::field(Block::Project, label).is_some() || is_indicator(label);
                if known_elsewhere { Fit::No } else { Fit::Perhaps }
            }
            Context::Block(_) => Fit::No,
            Context::Unknown => Fit::Perhaps,
        }
    }

    fn span(&self, bytes: Range<usize>) -> Span {
        Span::new(self.file, bytes.start, bytes.end)
    }

    fn report_stray(&mut self, offset: usize, label: crate::diagnostic::Text) {
        let span = self.span(offset..offset + self.sign_length(offset));
        self.found.push(Diagnostic::new(Code::JX201, texts::unexpected_brace(), span, label));
    }

    fn report_missing_close(&mut self, frame: &Frame) {
        if frame.indent == usize::MAX {
            return;
        }
        let at = self.end_of_content;
        let indent = " ".repeat(frame.indent);
        let label = first_word(&self.text[frame.opener.clone()]);
        let diagnostic = Diagnostic::new(
            Code::JX203,
            texts::missing_close_brace(),
            self.span(at..at),
            texts::missing_close_brace_here(),
        );
        let opener = self.span(frame.opener.start..frame.opener.start + label.len());
        let diagnostic = diagnostic.label(opener, texts::block_opened_here(label));
        self.found.push(diagnostic.fix(texts::insert("}"), self.span(at..at), format!("\n{indent}}}")));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Yes,
    Perhaps,
    No,
}

fn first_word(head: &str) -> &str {
    let end = head.find(|sign: char| is_blank(sign) || matches!(sign, ':' | '：' | '\n' | '\r')).unwrap_or(head.len());
    &head[..end]
}

/// The label of a head, without quotes.
fn label_of(head: &str) -> &str {
    first_word(head).trim_matches(['"', '“', '”', '＂'])
}

fn is_indicator(label: &str) -> bool {
    label == vocabulary::INDICATOR.0 || label == vocabulary::INDICATOR.1
}

/// The declaration a word starts, also where it is misspelt by one sign; then with the right word.
fn declaration(label: &str) -> Option<(Keyword, Option<&'static str>)> {
    let exact = KEYWORDS.iter().find(|(_, name, english)| *name == label || *english == label);
    if let Some(&(keyword, ..)) = exact {
        return Some((keyword, None));
    }
    let near = |&&(_, name, english): &&(Keyword, &str, &str)| vocabulary::is_near(label, name) || vocabulary::is_near(label, english);
    KEYWORDS.iter().find(near).map(|&(keyword, name, english)| {
        (keyword, Some(if label.is_ascii() { english } else { name }))
    })
}

// ── Places to tree ───────────────────────────────────────────────────────────────────────────────────────────────

impl Recovery<'_> {
    /// Adds the statement at the cursor and those it holds.
    fn add(&mut self, placed: &[Placed], cursor: &mut usize, parent: Option<usize>) {
        let current = &placed[*cursor];
        *cursor += 1;
        let index = self.tree.statements.len();
        let is_understood = self.add_head(current);
        while *cursor < placed.len() && placed[*cursor].depth > current.depth {
            if is_understood {
                self.add(placed, cursor, Some(index));
            } else {
                *cursor += 1;
            }
        }
        if is_understood {
            let end = self.tree.statements.len() as u32;
            let statement = &mut self.tree.statements[index];
            statement.end = end;
            statement.has_block |= current.has_block;
        } else if let Some(parent) = parent {
            self.tree.statements[parent].broken = true;
        }
    }

    /// Adds one statement without its block; false where nothing of it could be understood.
    fn add_head(&mut self, placed: &Placed) -> bool {
        let head = &placed.head;
        let stretch = &self.text[head.bytes.clone()];
        let label = label_of(stretch);
        let rule = match placed.context {
            Context::File => match declaration(label) {
                Some((keyword, misspelt)) => {
                    let rule = rule_of(keyword);
                    if let Some(right) = misspelt {
                        self.report_unknown_declaration(head, label, Some(right));
                        let word = first_word(stretch);
                        return self.add_repaired(head, rule, &format!("{right}{}", &stretch[word.len()..]), word.len(), right.len());
                    }
                    rule
                }
                None => {
                    self.report_unknown_declaration(head, label, None);
                    return false;
                }
            },
            Context::Block(Block::Project) if is_indicator(label) => Rule::one_indicator,
            Context::Block(_) => Rule::one_field,
            Context::Unknown => return false,
        };
        if let Some(unclosed) = head.unclosed {
            return self.add_unclosed(head, rule, unclosed);
        }
        if let Some(tree) = parse_as(rule, stretch, head.bytes.start) {
            self.tree.append(tree);
            return true;
        }
        self.report_mismatch(head, rule, stretch);
        self.add_broken(head, rule)
    }

    /// Parses a text in which the first `old` bytes were replaced by `new` bytes, and puts the places right.
    fn add_repaired(&mut self, head: &Head, rule: Rule, repaired: &str, old: usize, new: usize) -> bool {
        let Some(mut tree) = parse_as(rule, repaired, head.bytes.start) else { return self.add_broken(head, rule) };
        let start = head.bytes.start;
        let right = |offset: &mut u32| {
            let inside = *offset as usize - start;
            let moved = if inside >= new { inside - new + old } else { inside.min(old) };
            *offset = (start + moved) as u32;
        };
        for statement in &mut tree.statements {
            for offset in [&mut statement.label.start, &mut statement.label.end, &mut statement.head.start, &mut statement.head.end] {
                right(offset);
            }
        }
        for value in &mut tree.values {
            right(&mut value.bytes.start);
            right(&mut value.bytes.end);
        }
        self.tree.append(tree);
        true
    }

    /// A head whose last text does not close: closed for it, so that what stands before is understood.
    fn add_unclosed(&mut self, head: &Head, rule: Rule, (offset, is_block): (usize, bool)) -> bool {
        let stretch = &self.text[head.bytes.clone()];
        let opening = self.text[offset..].chars().next().unwrap_or('"');
        let closing = if opening == '“' { '”' } else { opening };
        let repaired = if is_block {
            self.report_unclosed_block(head, offset);
            format!("{stretch}\n\"\"\"")
        } else {
            let body = stretch.trim_end_matches(['"', '“', '”', '＂']);
            let body = if body.len() <= offset - head.bytes.start { stretch } else { body };
            self.report_unclosed_text(head, offset, closing, head.bytes.start + body.len());
            format!("{body}{closing}")
        };
        let end = head.bytes.end as u32;
        if let Some(mut tree) = parse_as(rule, &repaired, head.bytes.start) {
            for statement in &mut tree.statements {
                statement.broken = true;
                statement.head.end = statement.head.end.min(end);
            }
            for value in &mut tree.values {
                value.bytes.end = value.bytes.end.min(end);
            }
            self.tree.append(tree);
            return true;
        }
        self.add_broken(head, rule)
    }

    /// What can be saved of a head that does not match: its label and the values before the mistake.
    fn add_broken(&mut self, head: &Head, rule: Rule) -> bool {
        let stretch = &self.text[head.bytes.clone()];
        let start_rule = match rule {
            Rule::one_indicator => Rule::indicator_start,
            Rule::one_department | Rule::one_project | Rule::one_standard => Rule::project_start,
            _ => Rule::field_start,
        };
        let kind = match rule {
            Rule::one_department => StatementKind::Department,
            Rule::one_project => StatementKind::Project,
            Rule::one_standard => StatementKind::Standard,
            Rule::one_indicator => StatementKind::Indicator,
            _ => StatementKind::Field,
        };
        let mut tree = parse_as(start_rule, stretch, head.bytes.start).unwrap_or_else(|| self.bare(head, kind));
        for statement in &mut tree.statements {
            statement.kind = kind;
            statement.broken = true;
            statement.head.end = head.bytes.end as u32;
        }
        self.tree.append(tree);
        true
    }

    fn bare(&self, head: &Head, kind: StatementKind) -> Tree {
        let start = head.bytes.start;
        let word = first_word(&self.text[head.bytes.clone()]);
        let bytes = |range: Range<usize>| Bytes { start: range.start as u32, end: range.end as u32 };
        let rest = start + word.len()..head.bytes.end;
        let name = self.text[rest.clone()].trim_matches(is_blank);
        let name_start = rest.start + self.text[rest].find(name).unwrap_or(0);
        let values = if kind == StatementKind::Field || name.is_empty() {
            Vec::new()
        } else {
            vec![Value { kind: ValueKind::Path, bytes: bytes(name_start..name_start + name.len()) }]
        };
        let statement = Statement {
            kind,
            broken: true,
            has_block: false,
            label: bytes(start..start + word.len()),
            head: bytes(head.bytes.clone()),
            values: 0..values.len() as u32,
            end: 1,
        };
        Tree { statements: vec![statement], values, comments: Vec::new() }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn report_unknown_declaration(&mut self, head: &Head, label: &str, right: Option<&'static str>) {
        let first_line = self.text[head.bytes.clone()].lines().next().unwrap_or("");
        let word = first_word(first_line);
        let span = self.span(head.bytes.start, head.bytes.start + word.len());
        let diagnostic = match right {
            Some(right) => {
                Diagnostic::new(Code::JX211, texts::unknown_declaration(label), span, texts::did_you_mean(right))
                    .fix(texts::replace_by(right), span, right)
            }
            None => Diagnostic::new(Code::JX211, texts::unknown_declaration(label), span, texts::only_declarations_here()),
        };
        self.diagnostics.push(diagnostic.help(texts::declarations()));
    }

    fn report_unclosed_text(&mut self, head: &Head, offset: usize, closing: char, insert: usize) {
        let end = head.bytes.end;
        let diagnostic = Diagnostic::new(
            Code::JX205,
            texts::unclosed_text(closing),
            self.span(offset, end),
            texts::unclosed_text_here(closing),
        );
        self.diagnostics.push(diagnostic.fix(texts::insert(closing), self.span(insert, end), closing));
    }

    fn report_unclosed_block(&mut self, head: &Head, offset: usize) {
        let end = head.bytes.end;
        let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
        let line_start = self.text[..offset].rfind('\n').map_or(0, |line_end| line_end + 1);
        let indent = self.text[line_start..].len() - self.text[line_start..].trim_start_matches(is_blank).len();
        let place = self.span(end, end);
        let diagnostic = Diagnostic::new(
            Code::JX206,
            texts::unclosed_text_block(),
            self.span(end - last, end),
            texts::unclosed_text_block_here(),
        );
        let diagnostic = diagnostic.label(self.span(offset, offset + 3), texts::text_block_opened_here());
        self.diagnostics.push(diagnostic.fix(
            texts::insert("\"\"\""),
            place,
            format!("\n{}  \"\"\"", " ".repeat(indent)),
        ));
    }

    /// Says what was expected where the strict rule stopped.
    fn report_mismatch(&mut self, head: &Head, rule: Rule, stretch: &str) {
        let Some(mismatch) = mismatch(rule, stretch) else { return };
        let offset = mismatch.offset.min(stretch.len());
        let word_start = stretch[..offset].rfind(is_blank).map_or(0, |blank| {
            blank + stretch[blank..].chars().next().map_or(1, char::len_utf8)
        });
        let word_end = stretch[offset..].find(is_blank).map_or(stretch.len(), |length| offset + length);
        let start = head.bytes.start;
        let word = &stretch[word_start..word_end];
        let expected = texts::any_of(&mismatch.expected);
        let diagnostic = if offset == stretch.len() || word.is_empty() {
            let last = stretch.chars().next_back().map_or(0, char::len_utf8);
            let span = self.span(start + stretch.len() - last, start + stretch.len());
            if mismatch.expects_unit {
                Diagnostic::new(Code::JX210, texts::missing_unit(), span, texts::expected(texts::expect_unit()))
            } else {
                Diagnostic::new(Code::JX209, texts::missing_value(first_word(stretch)), span, texts::expected(expected))
            }
        } else if is_number_like(word) {
            let number_start = word.find(|sign: char| sign.is_numeric()).unwrap_or(0);
            let span = self.span(start + word_start + number_start, start + word_end);
            Diagnostic::new(Code::JX208, texts::bad_number(&word[number_start..]), span, texts::bad_number_here())
                .help(texts::number_forms())
        } else if mismatch.expects_unit {
            let span = self.span(start + offset, start + word_end);
            Diagnostic::new(Code::JX210, texts::missing_unit(), span, texts::expected(texts::expect_unit()))
        } else {
            let span = self.span(start + offset, start + word_end);
            let label = if mismatch.expected.is_empty() { texts::not_here() } else { texts::expected(expected) };
            Diagnostic::new(Code::JX201, texts::unexpected(&stretch[offset..word_end]), span, label)
        };
        self.diagnostics.push(diagnostic);
    }
}

/// A word that was meant as a number: it starts with a digit, perhaps after a comparator, and is none.
fn is_number_like(word: &str) -> bool {
    let word = word.trim_start_matches(['≥', '≤', '>', '<', '=', '＞', '＜', '＝', '-', '－', '−', '+', '.']);
    word.starts_with(|sign: char| sign.is_numeric())
}

fn rule_of(keyword: Keyword) -> Rule {
    match keyword {
        Keyword::Department => Rule::one_department,
        Keyword::Project => Rule::one_project,
        Keyword::Standard => Rule::one_standard,
    }
}
