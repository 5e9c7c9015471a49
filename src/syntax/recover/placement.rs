//! Pieces to places: which statement stands in which block.
//!
//! Braces decide where they pair sensibly. Where they do not, words and indentation do: a statement that cannot stand in
//! a block closes it, and one that is deeper than the statement before, and can stand in its block, opens it. How many
//! braces are missing or left over is counted: where they balance, none is guessed but by the layout.

use std::ops::Range;
use std::rc::Rc;

use super::super::vocabulary::{self, Block, Field, KEYWORDS, Keyword};
use super::findings::RecoveryFindings;
use super::labels::{declaration, first_word, is_indicator, label_of};
use super::pieces::{Head, Piece};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::{FileId, Span};

/// What decides where a statement stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trust {
    /// The braces as they are.
    Braces,
    /// Words and the layout, where as many braces are missing as the count says.
    Count,
    /// Words and the layout, whatever the count says: one brace too many may hide one too few.
    Layout,
}

/// The heads with their places, and what is wrong with the braces: by the way of reading with the fewest mistakes. Braces
/// that pair are believed where no other way has fewer.
pub(super) fn place(file: FileId, text: &str, pieces: &[Piece]) -> (Vec<Placed>, RecoveryFindings) {
    let by = |trust| Placement::new(file, text, trust).place(pieces);
    let mut best = by(Trust::Braces);
    let are_paired = best.found.is_empty();
    if best.mistakes == 0 {
        return (best.placed, best.found);
    }
    // Two are held at once: the best so far, and the next.
    let mut is_braces = true;
    for trust in [Trust::Count, Trust::Layout] {
        let way = by(trust);
        if way.mistakes < best.mistakes || way.mistakes == best.mistakes && is_braces && !are_paired {
            (best, is_braces) = (way, false);
        }
    }
    (best.placed, best.found)
}

/// One way of reading the braces.
struct Way {
    placed: Vec<Placed>,
    found: RecoveryFindings,
    /// What is found, and what the model will say of statements in blocks that do not know them.
    mistakes: usize,
}

/// A head, the block it stands in, and how deep.
pub(super) struct Placed {
    pub head: Rc<Head>,
    pub depth: usize,
    pub context: Context,
    pub has_block: bool,
    /// What was lost: the line that opened this block stands nowhere.
    pub lost: Option<Block>,
    /// Its block never closes.
    pub is_cut_off: bool,
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
    /// The head that opened it.
    opener: Range<usize>,
    /// The index of the statement that opened it; none where no statement did.
    statement: Option<usize>,
    /// How far its first line stands from the margin.
    content_indent: Option<usize>,
    /// The fields in it that stand once.
    fields: Vec<Field>,
}

impl Frame {
    fn new(context: Context, indent: usize, opener: Range<usize>, statement: Option<usize>) -> Self {
        Self { context, indent, opener, statement, content_indent: None, fields: Vec::new() }
    }

    /// The field of its block that a label names, where it stands once.
    fn field(&self, label: &str) -> Option<Field> {
        let Context::Block(block) = self.context else { return None };
        vocabulary::field(block, label).filter(|field| !field.repeats)
    }

    fn holds(&self, label: &str) -> bool {
        self.field(label).is_some_and(|field| self.fields.contains(&field))
    }
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
    found: RecoveryFindings,
    /// How many more braces open than close, with those that were guessed or left out so far.
    excess: isize,
    /// Lines stand deeper than others: the layout says something.
    is_indented: bool,
    /// How many statements stand in blocks that do not know them.
    misfits: usize,
}

impl<'a> Placement<'a> {
    fn new(file: FileId, text: &'a str, trust: Trust) -> Self {
        Self {
            file,
            text,
            trust,
            frames: Vec::new(),
            placed: Vec::new(),
            last: None,
            end_of_content: 0,
            found: RecoveryFindings::default(),
            excess: 0,
            is_indented: false,
            misfits: 0,
        }
    }

    fn place(mut self, pieces: &[Piece]) -> Way {
        for piece in pieces {
            match piece {
                Piece::Head(head) => self.is_indented |= head.indent > 0,
                Piece::Open(_) => self.excess += 1,
                Piece::Close { .. } => self.excess -= 1,
            }
        }
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Head(head) => self.place_head(head, &pieces[index + 1..]),
                Piece::Open(offset) => self.open(*offset as usize),
                Piece::Close { offset, indent, starts_line } => {
                    let (offset, indent) = (*offset as usize, *indent as usize);
                    if !self.leaves_out(offset, indent, pieces.get(index + 1)) {
                        self.close(offset, indent, *starts_line);
                    }
                }
            }
        }
        while let Some(frame) = self.frames.pop() {
            if let Some(statement) = frame.statement {
                self.placed[statement].is_cut_off = true;
            }
            self.report_missing_close(&frame);
        }
        let mistakes = self.found.len() + self.misfits;
        Way { placed: self.placed, found: self.found, mistakes }
    }

    fn context(&self) -> Context {
        self.frames.last().map_or(Context::File, |frame| frame.context)
    }

    fn place_head(&mut self, head: &Rc<Head>, rest: &[Piece]) {
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
            self.excess += 1;
            self.push_frame(last);
        } else if self.trust != Trust::Braces && head.starts_line && !self.is_pasted(head, label, rest) {
            self.leave_blocks_before(head, label);
            self.find_lost_line(head, label);
        }
        self.misfits += self.misfit(head, label, rest);
        if let Some(frame) = self.frames.last_mut().filter(|_| head.starts_line) {
            frame.content_indent.get_or_insert(head.indent);
            if !frame.holds(label) {
                frame.fields.extend(frame.field(label));
            }
        }
        self.push_placed(Rc::clone(head), None);
        self.last = Some(self.placed.len() - 1);
        self.end_of_content = head.bytes.end;
    }

    /// How many mistakes it makes that a head stands where it does. What stands by the layout where it cannot stand by
    /// its word is likelier to follow from a brace.
    fn misfit(&self, head: &Head, label: &str, rest: &[Piece]) -> usize {
        let is_again = self.frames.last().is_some_and(|frame| frame.holds(label));
        if allows(self.context(), label) != PlaceFit::No {
            return usize::from(is_again);
        }
        let is_outside = self.is_indented && self.frames.last().is_some_and(|frame| head.indent <= frame.indent);
        if is_outside && !self.is_pasted(head, label, rest) { 3 } else { 1 }
    }

    /// A block in the midst of another, which goes on behind it: it was pasted there.
    fn is_pasted(&self, head: &Head, label: &str, rest: &[Piece]) -> bool {
        let Some(frame) = self.frames.last().filter(|frame| allows(frame.context, label) == PlaceFit::No) else {
            return false;
        };
        if !matches!(rest.first(), Some(Piece::Open(_))) || head.indent > frame.indent {
            return false;
        }
        let mut depth = 0usize;
        // What is pasted is a block or two.
        let end = rest.iter().take(64).position(|piece| {
            match piece {
                Piece::Open(_) => depth += 1,
                Piece::Close { .. } => depth -= 1,
                Piece::Head(_) => {}
            }
            depth == 0
        });
        let Some(Piece::Head(next)) = end.and_then(|end| rest.get(end + 1)) else { return false };
        next.indent > frame.indent
            && allows(frame.context, label_of(&self.text[next.bytes.clone()])) == PlaceFit::Yes
            && allows(self.outer_context(), label_of(&self.text[next.bytes.clone()])) == PlaceFit::No
    }

    /// The block around the innermost one.
    fn outer_context(&self) -> Context {
        self.frames.iter().rev().nth(1).map_or(Context::File, |frame| frame.context)
    }

    fn push_placed(&mut self, head: Rc<Head>, lost: Option<Block>) {
        let (depth, context) = (self.frames.len(), self.context());
        self.placed.push(Placed { head, depth, context, has_block: lost.is_some(), lost, is_cut_off: false });
    }

    /// A head that no block around can hold, but a block in this one: the line that opens that block was lost. It is put
    /// in its place, so that what it holds is read.
    fn find_lost_line(&mut self, head: &Head, label: &str) {
        let context = self.context();
        if allows(context, label) != PlaceFit::No {
            return;
        }
        let is_deeper =
            self.frames.last().and_then(|frame| frame.content_indent).is_some_and(|indent| head.indent > indent);
        let has_surplus = self.excess < 0;
        let inner = match context {
            Context::File if allows(Context::Block(Block::Project), label) == PlaceFit::Yes => Block::Project,
            Context::File => match of_the_year().find(|block| vocabulary::field(*block, label).is_some()) {
                Some(block) => block,
                None => return,
            },
            Context::Block(Block::Project)
                if has_surplus
                    && (is_deeper || !self.is_indented)
                    && allows(Context::Block(Block::Indicator), label) == PlaceFit::Yes =>
            {
                Block::Indicator
            }
            Context::Block(_) | Context::Unknown | Context::Stray => return,
        };
        let text = self.text;
        let is_project = |one: &&mut Placed| {
            let label = label_of(&text[one.head.bytes.clone()]);
            one.depth == 0 && matches!(declaration(label), Some((Keyword::Project, _)))
        };
        if inner == Block::Project
            && let Some(before) = self.placed.iter_mut().rfind(is_project)
        {
            // What it lacks may stand here.
            before.is_cut_off = true;
        }
        let at = head.bytes.start;
        let first = self.span(at..at + first_word(&self.text[head.bytes.clone()]).len());
        let word = inner.word().0;
        let line = match inner {
            Block::Project => texts::line_of_project(),
            Block::Indicator => texts::line_of_indicator(),
            _ => texts::line_of_occasion(word),
        };
        let code = if inner == Block::Indicator { Code::JX202 } else { Code::JX211 };
        let message = texts::lost_line(label, word);
        self.found.push(Diagnostic::new(code, message, first, texts::lost_line_here(word)).help(line));
        let lost = Head { bytes: at..at, indent: head.indent, unclosed: None, starts_line: true, numbered_from: None };
        self.push_placed(Rc::new(lost), Some(inner));
        // Its block may end with its own brace, or with the text.
        let indent = if inner == Block::Indicator { head.indent.saturating_sub(1) } else { 0 };
        self.frames.push(Frame::new(Context::Block(inner), indent, at..at, None));
        self.excess += 1;
        self.last = None;
    }

    /// Whether a closing brace closes nothing, although a block is open: what follows stands in that block by its words
    /// and its layout. Then it is reported and left out.
    fn leaves_out(&mut self, offset: usize, indent: usize, next: Option<&Piece>) -> bool {
        let Some(Piece::Head(head)) = next.filter(|_| self.trust != Trust::Braces) else { return false };
        let Some(frame) = self.frames.last().filter(|_| head.starts_line) else { return false };
        let label = label_of(&self.text[head.bytes.clone()]);
        let fits_here = allows(frame.context, label) == PlaceFit::Yes
            && allows(self.outer_context(), label) == PlaceFit::No
            && !frame.holds(label);
        let is_inside = head.indent > frame.indent || !self.is_indented;
        let by_layout = self.trust == Trust::Layout && self.is_indented && indent != frame.indent;
        let is_surplus = self.excess < 0 || by_layout;
        if !(fits_here && is_inside && is_surplus) {
            return false;
        }
        self.report_surplus(offset);
        self.excess += 1;
        self.end_of_content = offset + self.sign_length(offset);
        true
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
        // Where braces balance, none is missing that a name of the author's alone would ask for.
        let may_lack = self.excess < 0 || self.trust == Trust::Layout || fit_inside == PlaceFit::Yes;
        is_deeper && may_lack && (fit_inside != PlaceFit::No || fit_here == PlaceFit::No)
            || self.trust != Trust::Braces && fit_inside == PlaceFit::Yes && fit_here == PlaceFit::No && self.excess < 0
    }

    /// Leaves the blocks in which the head cannot stand: their closing braces are missing.
    fn leave_blocks_before(&mut self, head: &Head, label: &str) {
        let Some(inner) = self.frames.last() else { return };
        let is_misfit = allows(inner.context, label) == PlaceFit::No;
        let stays = if self.is_indented && head.indent > inner.indent {
            // Deeper than the line that opened the block: a field in the wrong block, unless a brace is missing and this
            // is a line with a block of its own.
            let is_sibling = inner.content_indent == Some(head.indent) && !is_indicator(label);
            is_misfit && (is_sibling || self.excess <= 0)
        } else {
            let by_layout = self.trust == Trust::Layout && self.is_indented;
            self.excess <= 0 && !by_layout
        };
        if stays {
            return;
        }
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
            self.excess -= 1;
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
            let opener = offset..offset + 1;
            self.frames.push(Frame::new(Context::Stray, usize::MAX, opener, None));
            self.last = None;
        }
        self.end_of_content = offset + self.sign_length(offset);
    }

    fn close(&mut self, offset: usize, indent: usize, starts_line: bool) {
        if self.trust != Trust::Braces && starts_line {
            let aligned = self.frames.iter().rposition(|frame| frame.indent == indent);
            if let Some(index) = aligned {
                while self.frames.len() > index + 1 && self.excess > 0 {
                    let frame = self.frames.pop().expect("the aligned frame lies below");
                    self.excess -= 1;
                    self.report_missing_close(&frame);
                }
            }
        }
        if self.frames.pop().is_some() {
            self.check_sign(offset, "}");
        } else {
            self.report_surplus(offset);
            self.excess += 1;
        }
        self.last = None;
        self.end_of_content = offset + self.sign_length(offset);
    }

    fn report_surplus(&mut self, offset: usize) {
        if self.found.counts_only() {
            return;
        }
        let span = self.span(offset..offset + self.sign_length(offset));
        let label = texts::stray_close_brace_here();
        let diagnostic = Diagnostic::new(Code::JX204, texts::stray_close_brace(), span, label);
        self.found.push(diagnostic.fix(texts::delete_this(), span, ""));
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
        self.frames.push(Frame::new(context, indent, bytes, Some(opener)));
        self.last = None;
    }

    /// The block that a statement opens.
    fn inner_context(&self, placed: &Placed) -> Context {
        let label = label_of(&self.text[placed.head.bytes.clone()]);
        match placed.context {
            Context::File => match declaration(label) {
                Some((keyword, _)) => Context::Block(Block::declared_by(keyword)),
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
        if self.found.counts_only() {
            return;
        }
        let span = self.span(offset..offset + self.sign_length(offset));
        self.found.push(Diagnostic::new(Code::JX201, texts::unexpected_brace(), span, label));
    }

    fn report_missing_close(&mut self, frame: &Frame) {
        if frame.statement.is_none() || self.found.counts_only() {
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
            let mut others = of_the_year().chain([Block::Project]);
            let known_elsewhere = is_indicator(label) || others.any(|other| vocabulary::field(other, label).is_some());
            if known_elsewhere { PlaceFit::No } else { PlaceFit::Perhaps }
        }
        Context::Block(_) => PlaceFit::No,
        Context::Unknown | Context::Stray => PlaceFit::Perhaps,
    }
}

/// The blocks of the declarations of what happened in the year.
fn of_the_year() -> impl Iterator<Item = Block> {
    let keywords = KEYWORDS.iter().map(|(keyword, ..)| *keyword);
    keywords.filter(|keyword| keyword.is_of_the_year()).map(Block::declared_by)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PlaceFit {
    Yes,
    Perhaps,
    No,
}
