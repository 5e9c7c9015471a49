//! Statements put into a block and taken out of it, as edits of whole lines where lines hold one fact, and inside a line
//! where they hold several.
//!
//! ```text
//! 指标 数量 宣传场次 ≥ 6 次  # 含夜校    ─▶   指标 数量 宣传场次 ≥ 6 次 {  # 含夜校
//!                                               来源 "台账"
//!                                             }
//! ```

use std::ops::Range;

use crate::diagnostic::Edit;
use crate::format::extents::Extents;
use crate::format::regions::is_switch;
use crate::source::{FileId, Span};
use crate::syntax::vocabulary::Block;
use crate::syntax::{Bytes, Node, Part, StatementKind, is_blank, parts, scan_line};

/// A text whose braces pair, around some statements.
pub struct Page<'a> {
    text: &'a str,
    pub extents: Extents<'a>,
}

/// What becomes of the comments of a statement that is removed: those in it and those behind it on its last line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemovedComments {
    /// They stay, each on a line of its own.
    #[default]
    Stay,
    /// They go with it, and so do those on the lines right above it.
    Go,
}

/// A statement to put in: its lines without the indentation of its block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStatement {
    pub lines: Vec<String>,
    /// An empty line stands before it: it is an indicator or a declaration.
    pub is_spaced: bool,
}

impl<'a> Page<'a> {
    pub fn new(text: &'a str, extents: Extents<'a>) -> Self {
        Self { text, extents }
    }

    /// Puts pieces into the block of a statement: behind one of those it holds, else before all of them. A statement
    /// without a block gets one.
    pub fn insert(&self, owner: Node<'_>, behind: Option<Node<'_>>, pieces: &[NewStatement]) -> Vec<Edit> {
        let file = owner.file;
        let edit = |start, end, text| Edit { span: Span::new(file, start, end), text };
        let indent = self.indent(owner.statement().head.start as usize);
        let newline = self.newline(owner.statement().head.start as usize);
        let inner = self.inner_indent(owner, indent);
        let body = |starts_block| body(pieces, &inner, newline, starts_block);
        let Some((open, close)) = self.extents.block(owner) else {
            let end = self.extents.head_end(owner);
            let line_end = self.line_end(end);
            let block = format!("{}{newline}{indent}}}", body(true));
            // A comment behind the head stays behind the head.
            return if is_comment(self.text[end..line_end].trim_start_matches(is_blank)) {
                vec![edit(end, end, " {".to_owned()), edit(line_end, line_end, block)]
            } else {
                vec![edit(end, end, format!(" {{{block}"))]
            };
        };
        let at = behind.map_or_else(|| self.extents.after(open), |node| self.extents.extent(node).end);
        let is_empty = self.text[self.extents.after(open)..close].chars().all(is_blank);
        if is_empty {
            return vec![edit(self.extents.after(open), close, format!("{}{newline}{indent}", body(true)))];
        }
        let line_end = self.line_end(at);
        let rest = self.text[at..line_end].trim_start_matches(|sign| is_blank(sign) || is_separator(sign));
        if line_end <= close && (rest.is_empty() || is_comment(rest)) {
            let mut text = body(behind.is_none());
            let next = owner.children().next().filter(|_| behind.is_none());
            if next.is_some_and(|next| next.kind() == StatementKind::Indicator) {
                text += newline;
            }
            return vec![edit(line_end, line_end, text)];
        }
        // Other facts stand on the line: beside them, where there is room.
        let lines: Vec<&String> = pieces.iter().flat_map(|piece| &piece.lines).collect();
        if lines.len() > pieces.len() {
            let text = format!("{}{newline}{inner}", body(behind.is_none()));
            return vec![edit(at, at, text)];
        }
        let joined = lines.into_iter().map(String::as_str).collect::<Vec<_>>().join("；");
        let text = if behind.is_some() { format!("；{joined}") } else { format!(" {joined}；") };
        vec![edit(at, at, text)]
    }

    /// The same for a line put first into the block of an indicator whose project has no mistakes, without a tree: lines
    /// tell all, as nearly everybody lays them out. None where they do not.
    pub fn insert_first(&self, file: FileId, head: Range<usize>, line: &str) -> Option<Vec<Edit>> {
        let edit = |start, end, text| Edit { span: Span::new(file, start, end), text };
        let (indent, newline, line_end) = (self.indent(head.start), self.newline(head.start), self.line_end(head.end));
        let step = if indent.contains('\t') { "\t" } else { "  " };
        let is_free = |rest: &str| rest.is_empty() || is_comment(rest);
        let behind = self.text[head.end..line_end].trim_start_matches(is_blank);
        let Some(rest) = behind.strip_prefix(['{', '｛']) else {
            let opened = format!("{newline}{indent}{step}{line}{newline}{indent}}}");
            return is_free(behind).then(|| match behind {
                "" => vec![edit(head.end, head.end, format!(" {{{opened}"))],
                _ => vec![edit(head.end, head.end, " {".to_owned()), edit(line_end, line_end, opened)],
            });
        };
        let mut next = self.next_line(line_end);
        while next < self.text.len() && is_free(self.text[next..self.line_end(next)].trim_start_matches(is_blank)) {
            next = self.next_line(self.line_end(next));
        }
        let first = self.text[next..].trim_start_matches(is_blank);
        let inner = match first.chars().next()? {
            '}' | '｝' => format!("{indent}{step}"),
            _ => self.indent(self.text.len() - first.len()).to_owned(),
        };
        let is_usual = is_free(rest.trim_start_matches(is_blank)) && !first.starts_with(is_separator);
        is_usual.then(|| vec![edit(line_end, line_end, format!("{newline}{inner}{line}"))])
    }

    /// Takes statements out of the block that they stand in.
    pub fn remove(&self, nodes: &[Node<'_>], comments: RemovedComments) -> Vec<Edit> {
        let Some(first) = nodes.first() else { return Vec::new() };
        let mut lines: Vec<Range<usize>> = Vec::new();
        let mut edits = Vec::new();
        for node in nodes {
            match self.removal(*node, comments) {
                Removal::Lines(range) => match lines.last_mut() {
                    Some(last) if self.text[last.end..range.start].trim().is_empty() => last.end = range.end,
                    _ => lines.push(range),
                },
                Removal::Signs(range, text) => edits.push((range, text)),
            }
        }
        edits.extend(lines.into_iter().map(|range| (self.without_gap(range), String::new())));
        let file = first.file;
        edits.into_iter().map(|(range, text)| Edit { span: Span::new(file, range.start, range.end), text }).collect()
    }

    /// Takes one of several fields out of a statement that holds them on one line.
    pub fn remove_part(node: Node<'_>, block: Block, index: usize) -> Option<Edit> {
        let all: Vec<Part<'_>> = parts(node, block).collect();
        let end = |part: &Part<'_>| part.values.last().map_or(part.label.end, |value| value.bytes.end);
        let part = all.get(index)?;
        let bytes = match (all.get(index + 1), index.checked_sub(1).map(|before| &all[before])) {
            (Some(next), _) => Bytes { start: part.label.start, end: next.label.start },
            (None, Some(before)) => Bytes { start: end(before), end: end(part) },
            (None, None) => return None,
        };
        Some(Edit { span: node.span(bytes), text: String::new() })
    }

    /// A statement with its comments as it is written, without its indentation; none where it shares a line.
    pub fn piece(&self, node: Node<'_>) -> Option<NewStatement> {
        let extent = self.extents.extent(node);
        let start = self.text_start(extent.start);
        let end = self.line_end(extent.end);
        let rest = self.text[extent.end..end].trim_start_matches(|sign| is_blank(sign) || is_separator(sign));
        if !self.text[start..extent.start].chars().all(is_blank) || !(rest.is_empty() || is_comment(rest)) {
            return None;
        }
        let indent = self.indent(extent.start);
        let gap = if rest.is_empty() { "" } else { "  " };
        let written = format!("{}{gap}{rest}", &self.text[self.with_comments_above(start)..extent.end]);
        let without_indent = |line: &str| match line.strip_prefix(indent) {
            Some(line) => line.to_owned(),
            None => line.trim_start_matches(is_blank).to_owned(),
        };
        let lines = written.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(without_indent).collect();
        Some(NewStatement { lines, is_spaced: node.kind() != StatementKind::Field })
    }

    /// Lines put behind a declaration, or before it.
    pub fn beside(&self, node: Node<'_>, is_behind: bool, piece: &NewStatement) -> Edit {
        let extent = self.extents.extent(node);
        let newline = self.newline(extent.start);
        let text = piece.lines.join(newline);
        let (at, text) = if is_behind {
            (self.line_end(extent.end), format!("{newline}{newline}{text}"))
        } else {
            (self.with_comments_above(self.text_start(extent.start)), format!("{text}{newline}{newline}"))
        };
        Edit { span: Span::new(node.file, at, at), text }
    }

    /// The end of the line of a place; of the line before where the text ends. What stands elsewhere in the file does not
    /// count: a session looks anew only at what changed.
    pub fn newline(&self, place: usize) -> &'static str {
        let end_of = |end: usize| match &self.text[end..self.next_line(end)] {
            "\r\n" => "\r\n",
            "\r" => "\r",
            _ => "\n",
        };
        let line = self.text_start(place);
        match self.line_end(place) {
            end if end < self.text.len() => end_of(end),
            _ => end_of(line - self.line_end_length_before(line)),
        }
    }

    /// The blanks at the start of the line of a place.
    pub fn indent(&self, place: usize) -> &'a str {
        let line = &self.text[self.text_start(place)..place];
        &line[..line.len() - line.trim_start_matches(is_blank).len()]
    }

    /// What indents the statements of a block: as those do that are there.
    fn inner_indent(&self, owner: Node<'_>, indent: &str) -> String {
        let starts = owner.children().map(|child| child.statement().head.start as usize);
        let mut own_lines = starts.filter(|start| self.indent(*start).len() == start - self.text_start(*start));
        let step = if indent.contains('\t') { "\t" } else { "  " };
        let owner_line = self.text_start(owner.statement().head.start as usize);
        let there = own_lines.find(|start| self.text_start(*start) != owner_line).map(|start| self.indent(start));
        there.map_or_else(|| format!("{indent}{step}"), str::to_owned)
    }

    /// Takes away the block of a statement with all in it; none where it has to stay, or holds comments that would go.
    pub fn without_block(&self, owner: Node<'_>) -> Option<Vec<Edit>> {
        let (open, close) = self.extents.block(owner)?;
        let may_go = match owner.kind() {
            StatementKind::Indicator => true,
            StatementKind::Field => !owner.values().is_empty(),
            StatementKind::Department | StatementKind::Project | StatementKind::Standard | StatementKind::Occasion => {
                false
            }
        };
        let (after_open, after_close) = (self.extents.after(open), self.extents.after(close));
        let head = self.text[..open].trim_end_matches(is_blank).len();
        let edit = |start, end| Edit { span: Span::new(owner.file, start, end), text: String::new() };
        let line_end = self.line_end(after_open);
        let comments = comments_in(owner, open..close);
        match comments.as_slice() {
            _ if !may_go => None,
            [] => Some(vec![edit(head, after_close)]),
            // The comment behind the head stays there, unless another would come behind it.
            [only] if only.end <= line_end => {
                let rest = &self.text[after_close..self.line_end(after_close)];
                let is_free = rest.chars().all(is_blank);
                is_free.then(|| vec![edit(head, after_open), edit(line_end, after_close)])
            }
            _ => None,
        }
    }

    fn removal(&self, node: Node<'_>, comments: RemovedComments) -> Removal {
        let extent = self.extents.extent(node);
        let start = self.text_start(extent.start);
        let line_end = self.line_end(extent.end);
        let rest = &self.text[extent.end..line_end];
        let rest = rest.trim_start_matches(|sign| is_blank(sign) || is_separator(sign));
        let newline = self.newline(extent.start);
        let indent = self.indent(extent.start);
        let mut kept: Vec<&str> = match comments {
            RemovedComments::Stay => {
                comments_in(node, extent.clone()).into_iter().map(|bytes| &self.text[bytes]).collect()
            }
            RemovedComments::Go => Vec::new(),
        };
        let between = format!("{newline}{indent}");
        if self.text[start..extent.start].chars().all(is_blank) && (rest.is_empty() || is_comment(rest)) {
            if comments == RemovedComments::Stay && !rest.is_empty() {
                kept.push(rest);
            }
            return if kept.is_empty() {
                let from = if comments == RemovedComments::Go { self.with_comments_above(start) } else { start };
                Removal::Lines(from..self.next_line(line_end))
            } else {
                Removal::Signs(extent.start..line_end, kept.join(&between))
            };
        }
        let lines: String = kept.iter().flat_map(|comment| [between.as_str(), comment]).collect();
        let has_next = !rest.is_empty() && !is_comment(rest) && !rest.starts_with(['}', '｝']);
        if has_next {
            let text = if kept.is_empty() { String::new() } else { format!("{lines}{between}") };
            return Removal::Signs(extent.start..line_end - rest.len(), text);
        }
        let before = self.text[..extent.start].trim_end_matches(|sign| is_blank(sign) || is_separator(sign)).len();
        let text = if kept.is_empty() || rest.is_empty() { lines } else { format!("{lines}{between}") };
        Removal::Signs(before.max(start)..extent.end, text)
    }

    /// Whole lines to take away, with one of the two empty lines that would meet, or that would stand at the edge of a
    /// block.
    fn without_gap(&self, lines: Range<usize>) -> Range<usize> {
        let above_end = lines.start - self.line_end_length_before(lines.start);
        let above = &self.text[self.text_start(above_end)..above_end];
        let is_text = above.trim_start_matches(is_blank).starts_with(['"', '“', '”', '＂']);
        let starts_block = lines.start <= self.text_start(0)
            || !is_text && scan_line(self.text, self.text_start(above_end)).opens_block;
        let below_end = self.line_end(lines.end);
        let below = self.text[lines.end..below_end].trim_matches(is_blank);
        let has_gap_above = above.chars().all(is_blank) && !starts_block;
        let is_last = lines.end == self.text.len();
        if (has_gap_above || starts_block) && below.is_empty() && !is_last {
            return lines.start..self.next_line(below_end);
        }
        if has_gap_above && (is_last || below.starts_with(['}', '｝'])) {
            return self.text_start(above_end)..lines.end;
        }
        lines
    }

    /// Where the comments start that stand on the lines right above a line; the line itself where there are none.
    fn with_comments_above(&self, line: usize) -> usize {
        let mut first = line;
        while let Some(end) = first.checked_sub(self.line_end_length_before(first)).filter(|end| *end < first) {
            let start = self.text_start(end);
            let above = self.text[start..end].trim_start_matches(is_blank);
            if !is_comment(above) || is_switch(above) {
                break;
            }
            first = start;
        }
        first
    }

    /// The start of the line of a place, behind the byte order mark.
    fn text_start(&self, place: usize) -> usize {
        match self.text[..place].rfind(['\n', '\r']) {
            Some(end) => end + 1,
            None if self.text.starts_with('\u{FEFF}') => '\u{FEFF}'.len_utf8(),
            None => 0,
        }
    }

    fn line_end(&self, place: usize) -> usize {
        self.text[place..].find(['\n', '\r']).map_or(self.text.len(), |length| place + length)
    }

    /// The start of the next line after the end of one.
    fn next_line(&self, line_end: usize) -> usize {
        let rest = &self.text[line_end..];
        line_end + ["\r\n", "\n", "\r"].into_iter().find(|end| rest.starts_with(*end)).map_or(0, str::len)
    }

    fn line_end_length_before(&self, line: usize) -> usize {
        let before = &self.text[..line];
        ["\r\n", "\n", "\r"].into_iter().find(|end| before.ends_with(*end)).map_or(0, str::len)
    }
}

/// Pieces as lines, each behind a line end.
fn body(pieces: &[NewStatement], indent: &str, newline: &str, starts_block: bool) -> String {
    let mut body = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        if piece.is_spaced && !(starts_block && index == 0) {
            body += newline;
        }
        for line in &piece.lines {
            body += newline;
            if !line.is_empty() {
                body += indent;
                body += line;
            }
        }
    }
    body
}

/// How a statement goes.
enum Removal {
    Lines(Range<usize>),
    /// Some signs of a line, and what stands there instead.
    Signs(Range<usize>, String),
}

fn comments_in(node: Node<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let comments = node.tree.comments.iter().map(|one| one.start as usize..one.end as usize);
    comments.filter(|one| range.contains(&one.start)).collect()
}

fn is_comment(text: &str) -> bool {
    text.starts_with(['#', '＃'])
}

fn is_separator(sign: char) -> bool {
    matches!(sign, ';' | '；')
}
