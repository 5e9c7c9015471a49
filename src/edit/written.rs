//! A statement as the one layout writes it, whatever its author's signs: what is put into a text is laid out already.

use std::sync::Arc;

use super::EditRefusal;
use crate::diagnostic::Diagnostic;
use crate::format;
use crate::source::{FileId, Sources};
use crate::syntax::vocabulary::{self, BECOMES, Block};
use crate::syntax::{self, Node, StatementKind, Tree, parts};

/// One statement in the layout of the formatter, at the margin.
pub struct Written {
    pub lines: Vec<String>,
    text: Arc<str>,
    tree: Tree,
    depth: usize,
}

/// A statement of a block; a declaration where there is no block.
///
/// # Errors
/// What the compiler says of it, or that it is not one statement.
pub fn written(statement: &str, block: Option<Block>) -> Result<Written, EditRefusal> {
    let heads = block.map(openings).unwrap_or_default();
    let depth = heads.len();
    let opened: String = heads.iter().flat_map(|head| [head.as_str(), " {\n"]).collect();
    let text = format!("{opened}{}{statement}\n{}", "  ".repeat(depth), "}\n".repeat(depth));
    let file = no_file();
    if let Some(found) = syntax::parse(file, &text).1.into_iter().next() {
        return Err(EditRefusal::Mistake(without_places(found)));
    }
    let text: Arc<str> = format::format(&text, &format::Formatting::default()).text.into();
    let tree = syntax::parse(file, &text).0;
    let all: Vec<&str> = text.lines().collect();
    let inside = all.get(depth..all.len().saturating_sub(depth)).unwrap_or_default();
    let indent = "  ".repeat(depth);
    let lines = inside.iter().map(|line| line.strip_prefix(indent.as_str()).unwrap_or(line).to_owned()).collect();
    let written = Written { lines, text, tree, depth };
    if written.count(block) == 1 { Ok(written) } else { Err(EditRefusal::NotOne) }
}

impl Written {
    pub fn node(&self) -> Option<Node<'_>> {
        let mut node = self.tree.roots(no_file(), &self.text).next()?;
        for _ in 0..self.depth {
            node = node.children().next()?;
        }
        Some(node)
    }

    pub fn has_comment(&self) -> bool {
        !self.tree.comments.is_empty()
    }

    /// How many facts stand in its place.
    fn count(&self, block: Option<Block>) -> usize {
        let mut nodes: Vec<Node<'_>> = self.tree.roots(no_file(), &self.text).collect();
        for _ in 0..self.depth {
            let [outer] = nodes[..] else { return 0 };
            nodes = outer.children().collect();
        }
        let count = |node: &Node<'_>| match block {
            Some(block) if node.kind() == StatementKind::Field => parts(*node, block).count(),
            _ => 1,
        };
        nodes.iter().map(count).sum()
    }
}

/// The heads of the statements around what stands in a block, from the outermost.
fn openings(block: Block) -> Vec<String> {
    let outer = Block::ALL.into_iter().find(|outer| holds(*outer, block));
    let mut heads = outer.map(openings).unwrap_or_default();
    let word = block.word().0;
    heads.push(match block {
        Block::Department | Block::Project | Block::Standard | Block::Area => format!("{word} 甲"),
        Block::Indicator => format!("{word} 甲 甲 是"),
        Block::Approval | Block::Adjustment | Block::Review => format!("{word} 2025-01-01"),
        Block::Evaluation => format!("{word} 2025-01-01 甲"),
        Block::Monitoring => format!("{word} 12月底"),
        Block::Execution => format!("{word} 甲 0 元"),
        Block::Completion => format!("{word} 甲.甲 是"),
        Block::Rectification => format!("{word} 甲 2025-01-01 \"\""),
        Block::AdjustedBudget => format!("{word} 甲 0 元 {} 0 元", BECOMES.0),
        Block::SubGoal
        | Block::Budget
        | Block::Plan
        | Block::Unit
        | Block::FundSource
        | Block::Category
        | Block::Subcategory
        | Block::Framework
        | Block::WeightScheme
        | Block::FieldRule
        | Block::CodeForm
        | Block::IndicatorTable
        | Block::YearForm
        | Block::ProjectForm
        | Block::FormGroup
        | Block::RuleSource
        | Block::MonitoringRules
        | Block::ScoringRules
        | Block::ExecutionScore
        | Block::Method
        | Block::Excess
        | Block::Cited
        | Block::SelfEvaluation => word.to_owned(),
    });
    heads
}

/// Whether a block stands inside another.
fn holds(outer: Block, inner: Block) -> bool {
    if matches!(inner, Block::Indicator | Block::Budget) {
        return outer == Block::Project;
    }
    vocabulary::fields_of(outer).iter().any(|field| field.inner == Some(inner))
}

/// The label of a field as the statement that it is for writes its own words.
pub fn label(owner: Node<'_>, block: Block, name: &str) -> String {
    label_in(owner.label_text().is_ascii(), block, name)
}

/// The label of a field in English, or in Chinese.
pub fn label_in(is_english: bool, block: Block, name: &str) -> String {
    match vocabulary::field(block, name) {
        Some(field) if is_english => field.english.to_owned(),
        Some(field) => field.name.to_owned(),
        None if crate::model::calendar::Date::read(name).is_some() => name.to_owned(),
        None => vocabulary::written_name(name),
    }
}

/// What is said of a text that nobody sees has no place in one that they do.
pub fn without_places(mut found: Diagnostic) -> Diagnostic {
    found.labels = crate::diagnostic::Few::default();
    found.fix = None;
    found
}

fn no_file() -> FileId {
    Sources::default().add("", "")
}
