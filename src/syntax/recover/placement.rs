//! Pieces to places: which statement stands in which block.
//!
//! Braces decide where they pair sensibly. Where they do not, words and indentation do: a statement that cannot stand in
//! a block closes it, and one that is deeper than the statement before, and can stand in its block, opens it.

use std::ops::Range;

use super::super::split::is_blank;
use super::super::vocabulary::{self, Block, KEYWORDS, Keyword};
use super::pieces::{Head, Piece};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::{FileId, Span};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Braces,
    Hints,
}

/// A head, the block it stands in, and how deep.
pub(super) struct Placed {
    pub head: Head,
    pub depth: usize,
    pub context: Context,
    pub has_block: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Context {
    File,
    Block(Block),
    /// Inside a statement of no known kind.
    Unknown,
    /// Inside braces that no statement opened.
    Stray,
}

struct Frame {
    context: Context,
    indent: usize,
    /// The end of the head that opened it.
    opener: Range<usize>,
}

pub(super) struct Placement<'a> {
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
    pub fn new(file: FileId, text: &'a str, trust: Trust) -> Self {
        Self {
            file,
            text,
            trust,
            frames: Vec::new(),
            placed: Vec::new(),
            last: None,
            end_of_content: 0,
            found: Vec::new(),
        }
    }

    /// The heads with their places, and what is wrong with the braces.
    pub fn place(mut self, pieces: &[Piece]) -> (Vec<Placed>, Vec<Diagnostic>) {
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
        } else if !self.frames.is_empty() && allows(self.context(), label) == PlaceFit::No {
            let fits_outside =
                self.frames.iter().rev().skip(1).any(|frame| allows(frame.context, label) == PlaceFit::Yes);
            if fits_outside && self.trust == Trust::Braces {
                // The braces pair, but not as they were meant: say so once, so that hints are used instead.
                self.found.push(Diagnostic::without_place(Code::JX203, texts::missing_close_brace()));
            }
        }
        self.placed.push(Placed {
            head: head.clone(),
            depth: self.frames.len(),
            context: self.context(),
            has_block: false,
        });
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
        let fit_inside = allows(inner, label);
        let fit_here = allows(last.context, label);
        let is_deeper = head.indent > last.head.indent;
        is_deeper && (fit_inside != PlaceFit::No || fit_here == PlaceFit::No)
            || fit_inside == PlaceFit::Yes && fit_here == PlaceFit::No
    }

    /// Leaves the blocks in which the head cannot stand: their closing braces are missing.
    fn leave_blocks_before(&mut self, head: &Head, label: &str) {
        let fits = |frame: &Frame| allows(frame.context, label);
        let deeper = |frame: &&Frame| head.indent > frame.indent;
        let innermost = |accept: &dyn Fn(&Frame) -> bool| self.frames.iter().rposition(accept);
        let target = innermost(&|frame| fits(frame) != PlaceFit::No && deeper(&frame))
            .or_else(|| innermost(&|frame| fits(frame) == PlaceFit::Yes))
            .or_else(|| innermost(&|frame| deeper(&frame)))
            .or_else(|| self.frames.len().checked_sub(1));
        let keep = target.map_or(0, |index| index + 1);
        while self.frames.len() > keep {
            let frame = self.frames.pop().expect("the stack is longer than what is kept");
            self.report_missing_close(&frame);
        }
    }

    fn open(&mut self, offset: usize) {
        if let Some(last) =
            self.last.filter(|&last| !self.placed[last].has_block && self.placed[last].depth == self.frames.len())
        {
            let end = self.placed[last].head.bytes.end;
            if self.text[end..offset].contains(['\n', '\r']) {
                self.report_stray(offset, texts::brace_on_its_own_line());
            } else {
                self.check_sign(offset, "{");
            }
            self.push_frame(last);
        } else {
            self.report_stray(offset, texts::brace_without_statement());
            self.frames.push(Frame { context: Context::Stray, indent: usize::MAX, opener: offset..offset + 1 });
            self.last = None;
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
            let diagnostic =
                Diagnostic::new(Code::JX201, texts::unexpected(found), span, texts::expected(format!("`{right}`")));
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
            Context::Unknown | Context::Stray => Context::Unknown,
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

/// Whether a statement with this label can stand in a context.
fn allows(context: Context, label: &str) -> PlaceFit {
    match context {
        Context::File => {
            if declaration(label).is_some() {
                PlaceFit::Yes
            } else {
                PlaceFit::No
            }
        }
        Context::Block(Block::Project) if is_indicator(label) => PlaceFit::Yes,
        Context::Block(block) if vocabulary::field(block, label).is_some() => PlaceFit::Yes,
        Context::Block(block) if block.has_free_labels() => {
            let known_elsewhere = vocabulary::field(Block::Project, label).is_some() || is_indicator(label);
            if known_elsewhere { PlaceFit::No } else { PlaceFit::Perhaps }
        }
        Context::Block(_) => PlaceFit::No,
        Context::Unknown | Context::Stray => PlaceFit::Perhaps,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceFit {
    Yes,
    Perhaps,
    No,
}

pub(super) fn first_word(head: &str) -> &str {
    let end = head.find(|sign: char| is_blank(sign) || matches!(sign, ':' | '：' | '\n' | '\r')).unwrap_or(head.len());
    &head[..end]
}

/// The label of a head, without quotes.
pub(super) fn label_of(head: &str) -> &str {
    first_word(head).trim_matches(['"', '“', '”', '＂'])
}

pub(super) fn is_indicator(label: &str) -> bool {
    label == vocabulary::INDICATOR.0 || label == vocabulary::INDICATOR.1
}

/// The declaration a word starts, also where it is misspelt by one sign; then with the right word.
pub(super) fn declaration(label: &str) -> Option<(Keyword, Option<&'static str>)> {
    let exact = KEYWORDS.iter().find(|(_, name, english)| *name == label || *english == label);
    if let Some(&(keyword, ..)) = exact {
        return Some((keyword, None));
    }
    let near = |&&(_, name, english): &&(Keyword, &str, &str)| {
        vocabulary::is_near(label, name) || vocabulary::is_near(label, english)
    };
    KEYWORDS
        .iter()
        .find(near)
        .map(|&(keyword, name, english)| (keyword, Some(if label.is_ascii() { english } else { name })))
}
