//! The tree of one file: statements and their values, nothing resolved, numbers still text.
//!
//! Parsing never fails: [`parse`] gives a tree and diagnostics for every text. A file is first cut into its top-level
//! declarations by a scan of its lines ([`split`]), then pest reads one declaration at a time, which keeps memory near
//! the size of the text and lets declarations be read in parallel. A declaration that does not match the grammar is cut
//! into single statements and read again (`recover`), so that one mistake costs one statement.
//!
//! The tree is flat: a statement is followed by its descendants, and knows where they end.

mod canonical;
mod conflict;
mod grammar;
mod limits;
mod parse;
mod parts;
mod recover;
mod split;
pub mod vocabulary;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span, Words};

pub(crate) use conflict::conflicts;
pub use limits::{
    MAXIMUM_DEPTH, MAXIMUM_FILE_BYTES, MAXIMUM_OF_A_RULE, MAXIMUM_OF_AN_ERROR, MAXIMUM_SYNTAX_ERRORS, cap, cap_each,
    decode, with_line_feeds,
};
pub use parse::{canonical_tree, grammar_accepts, parse_chunk, parse_head, whole_tree};
pub(crate) use parts::{Part, parts, point_of, second_field, unit_after};
pub use split::{
    Chunk, Line, Mark, braces, chunk_from, chunk_of, is_blank, moved, scan_line, split, split_again, three_quotes,
};

/// One or several declarations with all they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// In the order of the text: a statement, then those in its block.
    pub statements: Vec<Statement>,
    /// Of all statements, in the order of the text.
    pub values: Vec<Value>,
    /// With their `#`, in the order of the text.
    pub comments: Vec<Bytes>,
}

/// A half-open range of bytes in the file of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

/// One fact: a label, its values, and the statements of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it starts with.
    pub kind: StatementKind,
    /// A mistake was reported inside this statement's own line: what follows from it is not reported again.
    pub broken: bool,
    /// Braces follow, maybe with nothing between them.
    pub has_block: bool,
    /// The first word, keywords included; empty where it is missing.
    pub label: Bytes,
    /// The label and the values, without the block.
    pub head: Bytes,
    values: Range<u32>,
    /// The index after the last descendant.
    end: u32,
}

/// What a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// `部门 …`
    Department,
    /// `项目 …`
    Project,
    /// `标准 …`
    Standard,
    /// `监控 …`, `调整 …` and their like: what happened in the year.
    Occasion,
    /// `指标 …`
    Indicator,
    /// Any other line.
    Field,
}

/// A value of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    /// How it is written.
    pub kind: ValueKind,
    /// With its quotes and signs.
    pub bytes: Bytes,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A bare name, or a path of names joined by points.
    Path,
    /// On one line, with its quotes.
    Quoted,
    /// Between three quotes on each side.
    TextBlock,
    /// The code in a head.
    Code,
    /// Without its unit.
    Number,
    /// `万` or `亿` standing apart from its unit.
    Multiplier,
    /// With a multiplier that touches it.
    Unit,
    /// A day or a month by its end.
    Date,
    /// `≥`, `>=` and the like.
    Comparator,
    /// `..`
    RangeSign,
    /// `×`, `*`
    Times,
    /// `+`, `-`
    Plus,
    /// `→`, `->`
    Becomes,
    /// The name after `扩展`.
    Extends,
    /// The word `定性`.
    Qualitative,
    /// The grade that is the target.
    Grade,
    /// A grade in the braces of a scale.
    ScaleGrade,
    /// `是`, `否`
    YesOrNo,
}

/// A statement inside its tree and text: how the model reads it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    /// The tree that holds it.
    pub tree: &'a Tree,
    /// The text that the bytes of the tree count in.
    pub text: &'a Arc<str>,
    /// The file that its spans name.
    pub file: FileId,
    index: u32,
}

impl Statement {
    /// A statement of which only the label is read; its first value comes next.
    fn opened(kind: StatementKind, label: Bytes, first: u32) -> Self {
        Self { kind, broken: false, has_block: false, label, head: label, values: first..first, end: 0 }
    }
}

impl Tree {
    /// The declarations at the top.
    pub fn roots<'a>(&'a self, file: FileId, text: &'a Arc<str>) -> impl Iterator<Item = Node<'a>> {
        siblings(self, text, file, 0..self.statements.len() as u32)
    }

    /// The statement of an index.
    ///
    /// # Panics
    /// Later, on an index beyond the last.
    pub fn node<'a>(&'a self, index: usize, file: FileId, text: &'a Arc<str>) -> Node<'a> {
        Node { tree: self, text, file, index: index as u32 }
    }

    /// The byte where a statement and all it holds end; none where there is no such statement.
    pub fn end_of(&self, index: usize) -> Option<u32> {
        // Invariant: heads stand in the order of the text.
        let last = self.statements.get(index)?.end as usize - 1;
        Some(self.statements[last].head.end)
    }

    /// The indices of the statements that one holds, those in their blocks among them.
    pub fn inside(&self, index: usize) -> Range<usize> {
        index + 1..self.statements[index].end as usize
    }

    fn append(&mut self, other: Tree) {
        let (statements, values) = (self.statements.len() as u32, self.values.len() as u32);
        self.statements.extend(other.statements.into_iter().map(|mut statement| {
            statement.values = statement.values.start + values..statement.values.end + values;
            statement.end += statements;
            statement
        }));
        self.values.extend(other.values);
        self.comments.extend(other.comments);
    }
}

fn siblings<'a>(tree: &'a Tree, text: &'a Arc<str>, file: FileId, range: Range<u32>) -> impl Iterator<Item = Node<'a>> {
    let mut next = range.start;
    std::iter::from_fn(move || {
        if next >= range.end {
            return None;
        }
        let index = next;
        next = tree.statements[index as usize].end;
        Some(Node { tree, text, file, index })
    })
}

impl<'a> Node<'a> {
    /// What the tree holds of it.
    pub fn statement(self) -> &'a Statement {
        &self.tree.statements[self.index as usize]
    }

    /// What it starts with.
    pub fn kind(self) -> StatementKind {
        self.statement().kind
    }

    /// Whether a mistake was reported in its own line.
    pub fn is_broken(self) -> bool {
        self.statement().broken
    }

    /// The statements of its block, without those in theirs.
    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        siblings(self.tree, self.text, self.file, self.index + 1..self.statement().end)
    }

    /// Whether a mistake was reported in this statement or in one it holds.
    pub fn holds_mistake(self) -> bool {
        self.tree.statements[self.index as usize..self.statement().end as usize].iter().any(|one| one.broken)
    }

    /// Of its own line.
    pub fn values(self) -> &'a [Value] {
        let range = &self.statement().values;
        &self.tree.values[range.start as usize..range.end as usize]
    }

    /// The text of some bytes.
    ///
    /// # Panics
    /// On bytes of another text.
    pub fn slice(self, bytes: Bytes) -> &'a str {
        &self.text[bytes.start as usize..bytes.end as usize]
    }

    /// The bytes as a text that shares the file's.
    pub fn words(self, bytes: Bytes) -> Words {
        Words::shared(self.text, bytes.start as usize..bytes.end as usize)
    }

    /// The place of some bytes.
    pub fn span(self, bytes: Bytes) -> Span {
        Span { file: self.file, start: bytes.start, end: bytes.end }
    }

    /// The label as written.
    pub fn label_text(self) -> &'a str {
        self.slice(self.statement().label)
    }

    /// Where the label stands.
    pub fn label_span(self) -> Span {
        self.span(self.statement().label)
    }

    /// Where label and values stand, without the block.
    pub fn head_span(self) -> Span {
        self.span(self.statement().head)
    }

    /// The place just after the head, where something missing would stand.
    pub fn after_head(self) -> Span {
        let end = self.statement().head.end;
        self.span(Bytes { start: end, end })
    }
}

/// Parses a whole file. The tree holds every declaration; the diagnostics are sorted and capped at
/// [`MAXIMUM_SYNTAX_ERRORS`].
pub fn parse(file: FileId, text: &str) -> (Tree, Vec<Diagnostic>) {
    let mut tree = Tree::default();
    let mut diagnostics = Vec::new();
    match split(file, text) {
        Ok(chunks) => {
            for chunk in chunks {
                let (part, found) = parse_chunk(file, text, &chunk);
                tree.append(part);
                diagnostics.extend(found);
            }
        }
        Err(diagnostic) => diagnostics.push(diagnostic),
    }
    cap(&mut diagnostics);
    (tree, diagnostics)
}

/// Whether a text declares standards and nothing else; a department has a field of that word, too.
pub(crate) fn declares_standards_alone(text: &str) -> bool {
    if !vocabulary::declares(text, |keyword| keyword == vocabulary::Keyword::Standard) {
        return false;
    }
    let file = Sources::default().add("", "");
    let text: Arc<str> = text.into();
    let tree = parse(file, &text).0;
    let mut kinds = tree.roots(file, &text).map(Node::kind).peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == StatementKind::Standard)
}
