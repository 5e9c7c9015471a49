//! A sound declaration to lines: one fact a line, indented by depth, with the author's comments and empty lines.
//!
//! Braces on one line stay so in standards, where they hold plain fields; elsewhere each field has its own line, so that
//! its change is a change of one line. An empty line stands before every indicator: edits of two indicators then never
//! touch, and git merges them.

use std::ops::Range;

use super::extents::Extents;
use super::order;
use super::regions::{line_end, line_start};
use super::spelling::{Room, Spelling};
use crate::syntax::vocabulary::{self, Block, Keyword, Realm};
use crate::syntax::{Node, StatementKind, Tree, is_blank, parts};

/// A line of the output, or several where a text block or a verbatim stretch stands in it.
pub(super) struct OutputLine {
    /// What it was in the source.
    pub source: Range<usize>,
    depth: usize,
    text: String,
    comment: Option<String>,
    has_blank_before: bool,
    kind: LineKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Plain,
    Opens,
    Closes,
}

/// Statements with the comments before them, as they move together.
pub(super) struct LayoutItem {
    pub lines: Vec<OutputLine>,
    /// The label where the item may move.
    pub label: Option<String>,
    pub is_indicator: bool,
    pub has_comment: bool,
}

/// Some statements of a row, laid out.
struct AlignedRow {
    lines: Vec<OutputLine>,
    /// How many statements they are.
    count: usize,
    /// Each fact has a line of its own.
    is_parted: bool,
}

pub(super) struct StatementLayout<'a> {
    text: &'a str,
    spelling: Spelling,
    extents: Extents<'a>,
    comments: Vec<Range<usize>>,
    /// The first comment that no line holds yet.
    next_comment: usize,
    /// Where the source stays as it is.
    stays: &'a [Range<usize>],
    starts: Vec<usize>,
    ends_with_declaration: bool,
}

impl<'a> StatementLayout<'a> {
    /// None where the braces do not pair.
    pub fn new(text: &'a str, tree: &Tree, spelling: Spelling, stays: &'a [Range<usize>]) -> Option<Self> {
        Some(Self {
            text,
            spelling,
            extents: Extents::new(text)?,
            comments: tree.comments.iter().map(|one| one.start as usize..one.end as usize).collect(),
            next_comment: 0,
            stays,
            ends_with_declaration: false,
            starts: tree.statements.iter().map(|one| one.head.start as usize).collect(),
        })
    }

    /// The lines of a text: its declaration, and the comments around it.
    pub fn lines<'n>(&mut self, roots: impl Iterator<Item = Node<'n>>) -> Vec<OutputLine> {
        let mut lines = Vec::new();
        let mut end = 0;
        for root in roots {
            let mut before = self.comments_before(root.statement().head.start as usize, 0);
            before.extend(self.row_lines(&[root], None, 0).lines);
            if let Some(first) = before.first_mut().filter(|_| end > 0) {
                first.has_blank_before = true;
            }
            lines.extend(before);
            end = self.extents.extent(root).end;
        }
        let mut after = self.comments_before(self.text.len(), 0);
        if let Some(first) = after.first_mut().filter(|_| end > 0) {
            first.has_blank_before = true;
        }
        self.ends_with_declaration = end > 0 && after.is_empty();
        lines.extend(after);
        lines
    }

    /// Whether no comment stands behind the last declaration.
    pub fn ends_with_declaration(&self) -> bool {
        self.ends_with_declaration
    }

    fn block(&mut self, node: Node<'_>, inside: Range<usize>, depth: usize, block: Block) -> Vec<OutputLine> {
        let children: Vec<Node<'_>> = node.children().collect();
        let mut items: Vec<LayoutItem> = Vec::new();
        let mut index = 0;
        while index < children.len() {
            let child = children[index];
            let first_comment = self.next_comment;
            let mut lines = self.comments_before(child.statement().head.start as usize, depth);
            let is_indicator = child.kind() == StatementKind::Indicator;
            let row = self.row(&children[index..]);
            let row = self.row_lines(&children[index..index + row], Some(block), depth);
            lines.extend(row.lines);
            index += row.count;
            if is_indicator && let Some(first) = lines.first_mut() {
                first.has_blank_before = true;
            }
            let label = row.is_parted.then(|| child.label_text().to_owned());
            let has_comment = self.next_comment > first_comment;
            // Several fields of one statement are lines of their own.
            let more: Vec<String> =
                parts(child, block).skip(1).map(|part| child.slice(part.label).to_owned()).collect();
            let more_lines = lines.split_off(lines.len() - if row.is_parted { more.len() } else { 0 });
            items.push(LayoutItem { lines, label, is_indicator, has_comment });
            items.extend(more.into_iter().zip(more_lines).map(|(label, line)| LayoutItem {
                lines: vec![line],
                label: Some(label),
                is_indicator: false,
                has_comment: false,
            }));
        }
        let is_free = !self.stays.iter().any(|stay| stay.start < inside.end && inside.start < stay.end);
        let items = if is_free { order::sorted(items, block) } else { items };
        let mut lines: Vec<OutputLine> = items.into_iter().flat_map(|item| item.lines).collect();
        lines.extend(self.comments_before(inside.end, depth));
        lines
    }

    /// The lines of the first statement of a row, or of all where they have to stay together.
    fn row_lines(&mut self, row: &[Node<'_>], block: Option<Block>, depth: usize) -> AlignedRow {
        let start = row[0].statement().head.start as usize;
        let Some(comment) = self.shared_comment(row, block) else {
            return AlignedRow { lines: self.statement(row[0], block, depth), count: 1, is_parted: true };
        };
        let excuses = vocabulary::EXCUSES.iter().any(|word| self.text[comment.clone()].contains(word));
        let is_unknown = |one: &Node<'_>| self.extents.block(*one).is_some() && inner_block(*one, block).is_none();
        if excuses || row.iter().any(is_unknown) {
            let end = self.extents.extent(row[row.len() - 1]).end;
            return AlignedRow { lines: vec![self.raw(start..end, depth)], count: row.len(), is_parted: false };
        }
        self.next_comment += 1;
        let text = self.comment_text(&comment);
        let mut lines =
            vec![OutputLine { has_blank_before: self.has_blank_before(start), ..plain(comment, depth, text) }];
        let first = self.statement(row[0], block, depth).into_iter().enumerate();
        lines.extend(
            first.map(|(index, line)| OutputLine { has_blank_before: index > 0 && line.has_blank_before, ..line }),
        );
        AlignedRow { lines, count: 1, is_parted: true }
    }

    fn statement(&mut self, node: Node<'_>, block: Option<Block>, depth: usize) -> Vec<OutputLine> {
        let extent = self.extents.extent(node);
        let has_blank_before = self.has_blank_before(extent.start);
        let Some((opening, closing)) = self.extents.block(node) else {
            let mut lines: Vec<OutputLine> = self
                .heads(node, block, Room::Lines { depth })
                .into_iter()
                .map(|text| OutputLine { has_blank_before: false, ..plain(extent.clone(), depth, text) })
                .collect();
            lines.first_mut().into_iter().for_each(|line| line.has_blank_before = has_blank_before);
            let comment = self.comment_after(extent.end);
            lines.last_mut().into_iter().for_each(|line| line.comment.clone_from(&comment));
            return lines;
        };
        let Some(inner) = inner_block(node, block) else {
            return vec![self.raw(extent, depth)];
        };
        let is_one_line = !self.text[extent.clone()].contains('\n');
        if is_one_line && keeps_one_line(node, inner) {
            let head = self.heads(node, block, Room::OneLine).concat();
            let inside: Vec<String> =
                node.children().flat_map(|child| self.heads(child, Some(inner), Room::OneLine)).collect();
            let text = format!("{head} {{ {} }}", inside.join("；"));
            let comment = self.comment_after(extent.end);
            return vec![OutputLine { comment, has_blank_before, ..plain(extent, depth, text) }];
        }
        let mut lines = Vec::new();
        // A comment behind a block on one line is about all of it: it stays so before the block on several lines.
        let moved = if is_one_line { self.comment_after(extent.end) } else { None };
        lines.extend(moved.map(|text| OutputLine { has_blank_before, ..plain(extent.clone(), depth, text) }));
        let head = self.heads(node, block, Room::Lines { depth }).concat();
        lines.push(OutputLine {
            has_blank_before: has_blank_before && lines.is_empty(),
            comment: self.comment_after(self.extents.after(opening)),
            kind: LineKind::Opens,
            ..plain(extent.start..self.extents.after(opening), depth, format!("{head} {{"))
        });
        lines.extend(self.block(node, self.extents.after(opening)..closing, depth + 1, inner));
        lines.push(OutputLine {
            comment: self.comment_after(extent.end),
            kind: LineKind::Closes,
            ..plain(closing..extent.end, depth, "}".to_owned())
        });
        lines
    }

    /// The heads that a statement is: one for each field on its line.
    fn heads(&self, node: Node<'_>, block: Option<Block>, room: Room) -> Vec<String> {
        match block {
            Some(block) if node.kind() == StatementKind::Field => {
                parts(node, block).map(|part| self.spelling.part(node, part, block, room)).collect()
            }
            _ => vec![self.spelling.head(node)],
        }
    }

    /// How many of the statements share the line on which the first starts.
    fn row(&self, nodes: &[Node<'_>]) -> usize {
        let shares = |pair: &&[Node<'_>]| {
            let between = self.extents.extent(pair[0]).end..pair[1].statement().head.start as usize;
            !self.text[pair[0].statement().head.start as usize..between.end].contains('\n')
        };
        1 + nodes.windows(2).take_while(shares).count()
    }

    /// The comment that ends a line on which several facts stand: on lines of their own, it would be about one of them. So
    /// it stands before them; and where it excuses findings of its line, they stay together.
    fn shared_comment(&self, row: &[Node<'_>], block: Option<Block>) -> Option<Range<usize>> {
        let (first, last) = (row.first()?, row.last()?);
        let start = first.statement().head.start as usize;
        let line = line_start(self.text, start)..line_end(self.text, start);
        let comment = self.comments.get(self.next_comment).filter(|comment| line.contains(&comment.start))?;
        let starts =
            self.starts.partition_point(|one| *one < line.end) - self.starts.partition_point(|one| *one < start);
        let holds_several = starts > 1 || block.is_some_and(|block| parts(*first, block).nth(1).is_some());
        let is_one_block =
            row.len() == 1 && self.extents.block(*first).is_some() && self.extents.extent(*last).end <= comment.start;
        (holds_several && !is_one_block).then(|| comment.clone())
    }

    /// A stretch of the source as it is, with the comments in it and behind it.
    fn raw(&mut self, stretch: Range<usize>, depth: usize) -> OutputLine {
        let has_blank_before = self.has_blank_before(stretch.start);
        while self.comments.get(self.next_comment).is_some_and(|comment| comment.start < stretch.end) {
            self.next_comment += 1;
        }
        let text = self.text[stretch.clone()].to_owned();
        OutputLine { has_blank_before, comment: self.comment_after(stretch.end), ..plain(stretch, depth, text) }
    }

    /// The comments before a place that no line holds, each as a line.
    fn comments_before(&mut self, place: usize, depth: usize) -> Vec<OutputLine> {
        let mut lines = Vec::new();
        while let Some(comment) = self.comments.get(self.next_comment).filter(|comment| comment.start < place).cloned()
        {
            self.next_comment += 1;
            let has_blank_before = self.has_blank_before(comment.start);
            let text = self.comment_text(&comment);
            lines.push(OutputLine { has_blank_before, ..plain(comment, depth, text) });
        }
        lines
    }

    /// The comment on the line of a place, with nothing between.
    fn comment_after(&mut self, place: usize) -> Option<String> {
        let comment = self.comments.get(self.next_comment).filter(|comment| comment.start >= place)?.clone();
        let between = &self.text[place..comment.start];
        if !between.chars().all(|sign| is_blank(sign) || matches!(sign, ';' | '；')) {
            return None;
        }
        self.next_comment += 1;
        Some(self.comment_text(&comment))
    }

    fn comment_text(&self, comment: &Range<usize>) -> String {
        let words = self.text[comment.clone()].trim_end_matches(|sign: char| is_blank(sign) || sign.is_whitespace());
        words.strip_prefix('＃').map_or_else(|| words.to_owned(), |rest| format!("#{rest}"))
    }

    /// Whether the author left a line empty before a place.
    fn has_blank_before(&self, place: usize) -> bool {
        let gap = |sign: &char| is_blank(*sign) || matches!(sign, '\n' | ';' | '；');
        self.text[..place].chars().rev().take_while(gap).filter(|sign| *sign == '\n').count() > 1
    }
}

fn plain(source: Range<usize>, depth: usize, text: String) -> OutputLine {
    OutputLine { source, depth, text, comment: None, has_blank_before: false, kind: LineKind::Plain }
}

/// The block that a statement opens; none where its label is no known word.
pub fn inner_block(node: Node<'_>, block: Option<Block>) -> Option<Block> {
    match node.kind() {
        StatementKind::Department => Some(Block::Department),
        StatementKind::Project => Some(Block::Project),
        StatementKind::Standard => Some(Block::Standard),
        StatementKind::Occasion => Keyword::of(node.label_text()).map(Block::declared_by),
        StatementKind::Indicator => Some(Block::Indicator),
        StatementKind::Field => vocabulary::field(block?, node.label_text())?.inner,
    }
}

/// Whether braces that stand on one line stay there: plain fields of a standard.
fn keeps_one_line(node: Node<'_>, inner: Block) -> bool {
    let mut children = node.children().peekable();
    inner.realm() == Realm::Standard
        && node.kind() == StatementKind::Field
        && children.peek().is_some()
        && children.all(|child| !child.statement().has_block)
}

/// The text of lines. Where the source stays, it is taken from there.
pub(super) fn write(lines: &[OutputLine], text: &str, stays: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut stays = snapped(lines, text, stays).into_iter().peekable();
    let mut verbatim_until = 0;
    let mut may_have_blank = false;
    for line in lines {
        while let Some(stay) = stays.next_if(|stay| stay.start <= line.source.start) {
            verbatim_until = stay.end;
            copy(&stay, text, &mut out, may_have_blank);
            may_have_blank = true;
        }
        if line.source.start < verbatim_until {
            continue;
        }
        if line.has_blank_before && may_have_blank && line.kind != LineKind::Closes {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n("  ", line.depth));
        out.push_str(&line.text);
        if let Some(comment) = &line.comment {
            out.push_str("  ");
            out.push_str(comment);
        }
        out.push('\n');
        may_have_blank = line.kind != LineKind::Opens;
    }
    for stay in stays {
        copy(&stay, text, &mut out, may_have_blank);
    }
    out
}

fn copy(stay: &Range<usize>, text: &str, out: &mut String, may_have_blank: bool) {
    let before = text[..stay.start].trim_end_matches(|sign| is_blank(sign) || sign == '\n');
    if may_have_blank && text[before.len()..stay.start].matches('\n').count() > 1 {
        out.push('\n');
    }
    out.push_str(&text[stay.clone()]);
}

/// No stretch that stays cuts a line of the output: such a line is written whole.
fn snapped(lines: &[OutputLine], text: &str, stays: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut stays = stays.to_vec();
    for stay in &mut stays {
        for line in lines.iter().filter(|line| text[line.source.clone()].contains('\n')) {
            let whole = line_start(text, line.source.start)..line_end(text, line.source.end);
            if whole.start < stay.start && stay.start < whole.end {
                stay.start = whole.end;
            }
            if whole.start < stay.end && stay.end < whole.end {
                stay.end = whole.start;
            }
        }
    }
    stays.retain(|stay| stay.start < stay.end);
    stays
}
