//! The declaration around a place, parsed again on its own.

use std::ops::Range;
use std::sync::Arc;

use crate::format::inner_block;
use crate::source::{FileId, Sources, Span};
use crate::syntax::vocabulary::Block;
use crate::syntax::{Bytes, Chunk, Node, Tree, chunk_from, chunk_of, parse_chunk, split};

/// A top-level declaration with what stands before the next one.
pub struct Declaration<'a> {
    pub file: FileId,
    pub text: &'a Arc<str>,
    pub bytes: Range<usize>,
    pub tree: Tree,
}

/// A statement, the block it stands in, and where it ends with its own block.
#[derive(Clone, Copy)]
pub struct PlacedStatement<'a> {
    pub node: Node<'a>,
    /// The block it stands in; none at the top, and where the block is none of the language.
    pub block: Option<Block>,
    pub depth: usize,
}

impl<'a> Declaration<'a> {
    /// The declaration around a byte; none in a file that is refused whole.
    pub fn at(sources: &'a Sources, file: FileId, offset: usize) -> Option<Self> {
        let text = &sources.get(file).text;
        let chunks = split(file, text).ok()?;
        // A place just behind a declaration belongs to it: that is where people write on.
        let index = chunks.partition_point(|chunk| chunk.bytes.start <= offset).checked_sub(1)?;
        Some(Self::of(file, text, &chunks[index]))
    }

    /// The declaration around a head, as [`Self::at`] gives it; more quickly where the head is that of the declaration.
    pub fn of_head(sources: &'a Sources, file: FileId, head: usize) -> Option<Self> {
        let text = &sources.get(file).text;
        let chunk = chunk_of(file, text, head);
        chunk.map_or_else(|| Self::at(sources, file, head), |chunk| Some(Self::of(file, text, &chunk)))
    }

    /// The declaration that starts at a known head, without a look at the rest of the file.
    pub fn starting_at(file: FileId, text: &'a Arc<str>, start: usize) -> Self {
        Self::of(file, text, &chunk_from(text, start))
    }

    /// Every declaration of a file.
    pub fn all(sources: &'a Sources, file: FileId) -> Vec<Self> {
        let text = &sources.get(file).text;
        let chunks = split(file, text).unwrap_or_default();
        chunks.iter().map(|chunk| Self::of(file, text, chunk)).collect()
    }

    pub fn of(file: FileId, text: &'a Arc<str>, chunk: &Chunk) -> Self {
        Self { file, text, bytes: chunk.bytes.clone(), tree: parse_chunk(file, text, chunk).0 }
    }

    pub fn roots(&self) -> impl Iterator<Item = Node<'_>> {
        self.tree.roots(self.file, self.text)
    }

    /// Every statement, each before those it holds.
    pub fn placed(&self) -> Vec<PlacedStatement<'_>> {
        let mut all = Vec::with_capacity(self.tree.statements.len());
        for node in self.roots() {
            add(PlacedStatement { node, block: None, depth: 0 }, &mut all);
        }
        all
    }

    pub fn span(&self, bytes: Bytes) -> Span {
        Span { file: self.file, start: bytes.start, end: bytes.end }
    }

    /// The whole value that a part of it stands in: a path.
    pub fn value_around(&self, part: Bytes) -> &'a str {
        // Invariant: values stand in the order of the text.
        let index = self.tree.values.partition_point(|value| value.bytes.start <= part.start);
        let value = index.checked_sub(1).map(|index| self.tree.values[index].bytes);
        self.slice(value.filter(|value| value.end >= part.end).unwrap_or(part))
    }

    pub fn slice(&self, bytes: Bytes) -> &'a str {
        &self.text[bytes.start as usize..bytes.end as usize]
    }
}

fn add<'a>(placed: PlacedStatement<'a>, all: &mut Vec<PlacedStatement<'a>>) {
    all.push(placed);
    let block = inner_block(placed.node, placed.block);
    for node in placed.node.children() {
        add(PlacedStatement { node, block, depth: placed.depth + 1 }, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::StatementKind;

    const TEXT: &str = concat!(
        include_str!("../../examples/yutian-2025/02-残疾人保障金.jx"),
        "\n# 下一个\n",
        include_str!("../../examples/yutian-2025/03-法律顾问服务费.jx"),
    );

    /// Damage of every line: what stands before a declaration does not change how it is read alone.
    #[test]
    fn a_declaration_is_the_same_by_its_head_and_in_its_file() {
        let lines: Vec<&str> = TEXT.split_inclusive('\n').collect();
        for number in 0..lines.len() {
            for damaged in ["", "}\n", "  {\n", "说明 \"\"\"\n", "项目 另一个 {\n", "<<<<<<< 甲\n"] {
                let text = [&lines[..number].concat(), damaged, &lines[number + 1..].concat()].concat();
                let mut sources = Sources::default();
                let file = sources.add("甲.jx", text);
                let all = Declaration::all(&sources, file);
                for one in &all {
                    let starts_always =
                        |root: &Node<'_>| matches!(root.kind(), StatementKind::Project | StatementKind::Department);
                    let Some(root) = one.roots().next().filter(starts_always) else { continue };
                    let head = root.statement().head.start as usize;
                    let alone = Declaration::of_head(&sources, file, head).expect("the declaration");
                    assert_eq!(alone.bytes, one.bytes, "{damaged:?} for line {number}");
                    assert_eq!(format!("{:?}", alone.tree), format!("{:?}", one.tree), "{damaged:?} for line {number}");
                }
            }
        }
    }
}
