//! `# 允许 JX061：理由`: a comment that excuses findings of a place, with the reason that a reviewer will read.
//!
//! At the end of a line it excuses what stands on that line; on a line of its own, the next statement with its block.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::source::{FileId, Span, line_start};
use crate::syntax::vocabulary::EXCUSES;
use crate::syntax::{Chunk, Tree, parse_chunk};

/// A finding that a comment excuses, and the comment's reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excused {
    /// As it would be shown without the comment.
    pub diagnostic: Diagnostic,
    /// What stands behind the codes.
    pub reason: Arc<str>,
}

/// One comment.
#[derive(Debug)]
struct Suppression {
    /// The comment, and the bytes to delete with it: its line, or the blanks before it.
    whole: Span,
    codes: Vec<(Code, Span)>,
    used: Vec<bool>,
    reason: Arc<str>,
    excuses: Range<u32>,
}

/// The comments of a file.
#[derive(Debug, Default)]
pub struct Suppressions {
    comments: Vec<Suppression>,
}

impl Suppressions {
    /// Reads the comments of a file that was split before. Reports JX513.
    pub fn read<'a>(
        file: FileId,
        text: &str,
        chunks: impl Iterator<Item = &'a Chunk>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        if !EXCUSES.iter().any(|word| text.contains(word)) {
            return Self::default();
        }
        let chunks: Vec<&Chunk> = chunks.collect();
        Self { comments: read_file(file, text, &chunks, found) }
    }

    /// Takes out what is excused.
    pub fn excuse(&mut self, found: &mut Vec<Diagnostic>) -> Vec<Excused> {
        if self.comments.is_empty() {
            return Vec::new();
        }
        let mut excused = Vec::new();
        let reaches = Reaches::of(&self.comments);
        found.retain(|diagnostic| match self.reason(&reaches, diagnostic) {
            Some(reason) => {
                excused.push(Excused { diagnostic: diagnostic.clone(), reason });
                false
            }
            None => true,
        });
        excused
    }

    fn reason(&mut self, reaches: &Reaches, diagnostic: &Diagnostic) -> Option<Arc<str>> {
        let (comment, code) = reaches.first(diagnostic.code, diagnostic.span()?.start)?;
        let comment = &mut self.comments[comment];
        comment.used[code] = true;
        Some(comment.reason.clone())
    }

    /// JX514 for every code that excused nothing, of those that were looked for.
    pub fn unused(&self, is_wanted: impl Fn(Code) -> bool) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for comment in &self.comments {
            let is_needless = |index: usize| !comment.used[index] && is_wanted(comment.codes[index].0);
            let needless: Vec<usize> = (0..comment.codes.len()).filter(|index| is_needless(*index)).collect();
            for &index in &needless {
                let (code, span) = comment.codes[index];
                let edit = if needless.len() == comment.codes.len() {
                    Edit { span: comment.whole, text: String::new() }
                } else {
                    Edit { span: comment.with_separator(index), text: String::new() }
                };
                found.push(
                    Diagnostic::new(
                        Code::JX514,
                        texts::unused_suppression(code.id()),
                        span,
                        texts::unused_suppression_here(),
                    )
                    .edits(texts::delete_suppression(), Safety::Safe, vec![edit]),
                );
            }
        }
        found
    }
}

/// What the comments excuse, by code, so that a finding need not ask every comment.
struct Reaches(BTreeMap<Code, Vec<Reach>>);

/// The stretch of a comment for one of its codes.
struct Reach {
    bytes: Range<u32>,
    /// The comment, and which of its codes.
    place: (usize, usize),
    /// The furthest end of this and all that start before it.
    furthest: u32,
}

/// What is excused, with the comment that does it and which of its codes.
type Stretches = BTreeMap<(u32, u32), (usize, usize)>;

impl Reaches {
    fn of(comments: &[Suppression]) -> Self {
        let mut by_code: BTreeMap<Code, Stretches> = BTreeMap::new();
        for (index, comment) in comments.iter().enumerate() {
            for (place, (code, _)) in comment.codes.iter().enumerate() {
                let Range { start, end } = comment.excuses;
                // The first of several that say the same.
                by_code.entry(*code).or_default().entry((start, end)).or_insert((index, place));
            }
        }
        let reaches = |stretches: Stretches| {
            let mut furthest = 0;
            let reach = |((start, end), place): ((u32, u32), (usize, usize))| {
                furthest = end.max(furthest);
                Reach { bytes: start..end, place, furthest }
            };
            stretches.into_iter().map(reach).collect()
        };
        Self(by_code.into_iter().map(|(code, stretches)| (code, reaches(stretches))).collect())
    }

    /// The first comment that excuses a code at a byte.
    fn first(&self, code: Code, byte: u32) -> Option<(usize, usize)> {
        let reaches = self.0.get(&code)?;
        let behind = reaches.partition_point(|reach| reach.bytes.start <= byte);
        let before = reaches[..behind].iter().rev().take_while(|reach| reach.furthest > byte);
        before.filter(|reach| reach.bytes.contains(&byte)).map(|reach| reach.place).min()
    }
}

impl Suppression {
    /// A code with the separator to its neighbour.
    fn with_separator(&self, index: usize) -> Span {
        let span = self.codes[index].1;
        match (self.codes.get(index + 1), index.checked_sub(1).map(|before| self.codes[before].1)) {
            (Some((_, next)), _) => Span { end: next.start, ..span },
            (None, Some(before)) => Span { start: before.end, ..span },
            (None, None) => span,
        }
    }
}

/// Parses only the declarations that hold an opening word.
fn read_file(file: FileId, text: &str, chunks: &[&Chunk], found: &mut Vec<Diagnostic>) -> Vec<Suppression> {
    let mut comments = Vec::new();
    for (index, chunk) in chunks.iter().enumerate() {
        if !EXCUSES.iter().any(|word| text[chunk.bytes.clone()].contains(word)) {
            continue;
        }
        let (tree, _) = parse_chunk(file, text, chunk);
        let next = chunks.get(index + 1).map(|chunk| chunk.bytes.clone());
        for comment in &tree.comments {
            let bytes = comment.start as usize..comment.end as usize;
            comments.extend(read_comment(file, text, bytes, &tree, next.as_ref(), found));
        }
    }
    comments
}

fn read_comment(
    file: FileId,
    text: &str,
    bytes: Range<usize>,
    tree: &Tree,
    next: Option<&Range<usize>>,
    found: &mut Vec<Diagnostic>,
) -> Option<Suppression> {
    let comment = &text[bytes.clone()];
    let body = comment.trim_start_matches(['#', '＃', ' ', '\t', '\u{3000}']);
    let rest = EXCUSES.iter().find_map(|word| body.strip_prefix(word))?;
    let (names, reason) = rest.split_once(['：', ':']).unwrap_or((rest, ""));
    let offset = bytes.end - rest.len();
    let names: Vec<&str> =
        names.split([' ', '\t', '\u{3000}', '、', ',', '，']).filter(|name| !name.is_empty()).collect();
    if !names.first().is_some_and(|name| looks_like_code(name)) {
        return None;
    }
    let mut codes = Vec::new();
    for name in names {
        let start = offset + name.as_ptr().addr() - rest.as_ptr().addr();
        let span = Span::new(file, start, start + name.len());
        match Code::find(name) {
            Some(code) if code.has_level() => codes.push((code, span)),
            Some(code) => found.push(Diagnostic::new(
                Code::JX513,
                texts::not_suppressible(code.id()),
                span,
                texts::not_suppressible_here(),
            )),
            None => found.push(unknown(name, span)),
        }
    }
    let reason = reason.trim();
    if reason.is_empty() {
        let span = Span::new(file, bytes.start, bytes.start + comment.trim_end().len());
        found.push(Diagnostic::new(Code::JX513, texts::no_reason(), span, texts::no_reason_here()));
        return None;
    }
    let line = line_start(text, bytes.start);
    let before = text[line..bytes.start].trim_end_matches([' ', '\t', '\u{3000}', '\u{feff}']);
    let after = &text[bytes.end..];
    let line_end =
        bytes.end + ["\r\n", "\n", "\r"].iter().find(|end| after.starts_with(**end)).map_or(0, |end| end.len());
    let (whole, excuses) = if before.is_empty() {
        (line..line_end, next_statement(tree, bytes.end).or_else(|| next.cloned())?)
    } else {
        (line + before.len()..bytes.end, same_line(tree, line, bytes.end))
    };
    Some(Suppression {
        whole: Span::new(file, whole.start, whole.end),
        used: vec![false; codes.len()],
        codes,
        reason: reason.into(),
        excuses: excuses.start as u32..excuses.end as u32,
    })
}

fn looks_like_code(name: &str) -> bool {
    let has_prefix = name.get(..2).is_some_and(|prefix| prefix.eq_ignore_ascii_case("JX"));
    has_prefix || Code::find(name).is_some() || name.contains('-') && name.is_ascii()
}

fn unknown(name: &str, span: Span) -> Diagnostic {
    let message = texts::unknown_code(name);
    match Code::meant_by(name) {
        Some(code) => Diagnostic::new(Code::JX513, message, span, texts::did_you_mean(code.id())).fix(
            texts::replace_by(code.id()),
            span,
            code.id(),
        ),
        None => Diagnostic::new(Code::JX513, message, span, texts::not_found_here()),
    }
}

/// The next statement after a place, with its block.
fn next_statement(tree: &Tree, place: usize) -> Option<Range<usize>> {
    let statements = &tree.statements;
    let first = statements.partition_point(|statement| (statement.head.start as usize) < place);
    let end = tree.end_of(first)?;
    Some(statements[first].head.start as usize..end as usize)
}

/// A line, from the start of the statements that reach into it.
fn same_line(tree: &Tree, line: usize, end: usize) -> Range<usize> {
    // Invariant: heads stand in the order of the text, none in another.
    let first = tree.statements.partition_point(|statement| statement.head.end as usize <= line);
    let start = tree.statements.get(first).map(|statement| statement.head.start as usize).filter(|start| *start < end);
    start.map_or(line, |start| start.min(line))..end
}
