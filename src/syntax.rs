//! The tree of one file: statements and their values, nothing resolved, numbers still text.
//!
//! Parsing never fails: [`parse`] gives a tree and diagnostics for every text. A file is first cut into its top-level
//! declarations by a scan of its lines ([`split`]), then pest reads one declaration at a time, which keeps memory near
//! the size of the text and lets declarations be read in parallel. A declaration that does not match the grammar is cut
//! into single statements and read again (`recover`), so that one mistake costs one statement.
//!
//! The tree is flat: a statement is followed by its descendants, and knows where they end.

mod conflict;
mod limits;
mod parse;
mod parts;
mod recover;
mod split;
pub mod vocabulary;

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span, Words};

pub use conflict::{Conflicts, Region, conflicts};
pub use limits::{MAXIMUM_DEPTH, MAXIMUM_FILE_BYTES, MAXIMUM_SYNTAX_ERRORS, cap, decode, with_line_feeds};
pub use parse::{grammar_accepts, parse_chunk, parse_head};
pub use parts::{Part, parts, point_of, unit_after};
pub use split::{Chunk, Line, Mark, braces, chunk_from, is_blank, moved, scan_line, split, split_again, three_quotes};

/// One or several declarations with all they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    pub statements: Vec<Statement>,
    pub values: Vec<Value>,
    pub comments: Vec<Bytes>,
}

/// A half-open range of bytes in the file of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bytes {
    pub start: u32,
    pub end: u32,
}

/// One fact: a label, its values, and the statements of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub kind: StatementKind,
    /// A mistake was reported inside this statement's own line: what follows from it is not reported again.
    pub broken: bool,
    pub has_block: bool,
    pub label: Bytes,
    /// The label and the values, without the block.
    pub head: Bytes,
    values: Range<u32>,
    /// The index after the last descendant.
    end: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatementKind {
    Department,
    Project,
    Standard,
    Indicator,
    Field,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Value {
    pub kind: ValueKind,
    pub bytes: Bytes,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A bare name, or a path of names joined by points.
    Path,
    Quoted,
    TextBlock,
    Code,
    Number,
    /// `万` or `亿` standing apart from its unit.
    Multiplier,
    Unit,
    Date,
    Comparator,
    RangeSign,
    Times,
    Plus,
    /// The name after `扩展`.
    Extends,
    /// The word `定性`.
    Qualitative,
    Grade,
    ScaleGrade,
    YesOrNo,
}

/// A statement inside its tree and text: how the model reads it.
#[derive(Clone, Copy)]
pub struct Node<'a> {
    pub tree: &'a Tree,
    pub text: &'a Arc<str>,
    pub file: FileId,
    index: u32,
}

impl Tree {
    /// The declarations at the top.
    pub fn roots<'a>(&'a self, file: FileId, text: &'a Arc<str>) -> impl Iterator<Item = Node<'a>> {
        siblings(self, text, file, 0..self.statements.len() as u32)
    }

    /// The byte where a statement and all it holds end; none where there is no such statement.
    pub fn end_of(&self, index: usize) -> Option<u32> {
        let last = self.statements.get(index)?.end as usize - 1;
        self.statements[index..=last].iter().map(|statement| statement.head.end).max()
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
    pub fn statement(self) -> &'a Statement {
        &self.tree.statements[self.index as usize]
    }

    pub fn kind(self) -> StatementKind {
        self.statement().kind
    }

    pub fn is_broken(self) -> bool {
        self.statement().broken
    }

    pub fn children(self) -> impl Iterator<Item = Node<'a>> {
        siblings(self.tree, self.text, self.file, self.index + 1..self.statement().end)
    }

    /// Whether a mistake was reported in this statement or in one it holds.
    pub fn holds_mistake(self) -> bool {
        self.tree.statements[self.index as usize..self.statement().end as usize].iter().any(|one| one.broken)
    }

    pub fn values(self) -> &'a [Value] {
        let range = &self.statement().values;
        &self.tree.values[range.start as usize..range.end as usize]
    }

    pub fn slice(self, bytes: Bytes) -> &'a str {
        &self.text[bytes.start as usize..bytes.end as usize]
    }

    /// The bytes as a text that shares the file's.
    pub fn words(self, bytes: Bytes) -> Words {
        Words::shared(self.text, bytes.start as usize..bytes.end as usize)
    }

    pub fn span(self, bytes: Bytes) -> Span {
        Span { file: self.file, start: bytes.start, end: bytes.end }
    }

    pub fn label_text(self) -> &'a str {
        self.slice(self.statement().label)
    }

    pub fn label_span(self) -> Span {
        self.span(self.statement().label)
    }

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
