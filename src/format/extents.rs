//! Where statements end: the tree knows heads, the braces of the text know blocks.

use std::ops::Range;

use crate::syntax::{Node, ValueKind, braces};

/// The braces of a text in which they pair.
#[derive(Clone)]
pub(crate) struct Extents<'a> {
    text: &'a str,
    braces: Vec<(usize, usize)>,
}

impl<'a> Extents<'a> {
    /// None where the braces do not pair.
    pub fn new(text: &'a str) -> Option<Self> {
        Self::within(text, 0..text.len())
    }

    /// The braces of a stretch of whole lines.
    pub fn within(text: &'a str, stretch: Range<usize>) -> Option<Self> {
        let mut braces = braces(&text[stretch.clone()])?;
        for (open, close) in &mut braces {
            (*open, *close) = (*open + stretch.start, *close + stretch.start);
        }
        Some(Self { text, braces })
    }

    /// From the head to the closing brace.
    pub fn extent(&self, node: Node<'_>) -> Range<usize> {
        let start = node.statement().head.start as usize;
        let block = self.block(node);
        start..block.map_or_else(|| self.head_end(node), |(_, close)| self.after(close))
    }

    /// The braces of a statement's block.
    pub fn block(&self, node: Node<'_>) -> Option<(usize, usize)> {
        let end = self.head_end(node);
        let next = self.braces.partition_point(|(open, _)| *open < end);
        self.braces.get(next).copied().filter(|_| node.statement().has_block)
    }

    /// The end of the head; the braces of a scale belong to it.
    pub fn head_end(&self, node: Node<'_>) -> usize {
        let head = node.statement().head;
        let has_scale = node.values().last().is_some_and(|value| value.kind == ValueKind::ScaleGrade);
        let scale = self.braces.partition_point(|(open, _)| *open < head.start as usize);
        match self.braces.get(scale).filter(|_| has_scale) {
            Some((_, close)) => self.after(*close),
            None => head.end as usize,
        }
    }

    /// The place behind a sign.
    pub fn after(&self, offset: usize) -> usize {
        offset + self.text[offset..].chars().next().map_or(0, char::len_utf8)
    }
}
