//! Where a statement stands in its block when nobody says where: as the formatter orders fields, and as a standard orders
//! its fund sources and checkpoints.

use super::address::unquoted;
use super::page::{NewStatement, Page};
use crate::diagnostic::Edit;
use crate::format::order::{is_sorted, place_of};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::syntax::vocabulary::{Block, fields_of};
use crate::syntax::{Node, StatementKind};

/// Puts pieces into a block, each with its order, behind the statements that come before it and stay.
pub fn insert(
    page: &Page<'_>,
    owner: Node<'_>,
    stays: &dyn Fn(&Node<'_>) -> bool,
    block: Block,
    standard: Option<&Standard>,
    mut pieces: Vec<(usize, NewStatement)>,
) -> Vec<Edit> {
    pieces.sort_by_key(|(order, _)| *order);
    let is_before = |node: &Node<'_>, order: usize| !is_ordered(block) || of(*node, block, standard) <= order;
    let behind = |order: usize| owner.children().filter(stays).filter(|node| is_before(node, order)).last();
    let place = |order: usize| behind(order).map(|node| node.statement().head);
    let groups = pieces.chunk_by(|one, other| place(one.0) == place(other.0));
    let put = |group: &[(usize, NewStatement)]| {
        let pieces: Vec<NewStatement> = group.iter().map(|(_, piece)| piece.clone()).collect();
        page.insert(owner, behind(group[0].0), &pieces)
    };
    groups.flat_map(put).collect()
}

/// Whether the lines of a block have an order of their own, in the language or in its standard.
pub fn is_ordered(block: Block) -> bool {
    is_sorted(block) || matches!(block, Block::Budget | Block::Plan)
}

/// Where a statement that is there stands in the order of its block.
pub fn of(node: Node<'_>, block: Block, standard: Option<&Standard>) -> usize {
    of_label(&unquoted(node.label_text()), node.kind(), block, standard)
}

/// Where a statement stands in the order of its block: fields, then those of the standard, then indicators.
pub fn of_label(label: &str, kind: StatementKind, block: Block, standard: Option<&Standard>) -> usize {
    let count = fields_of(block).len();
    if kind == StatementKind::Indicator {
        return count + 1;
    }
    let sources = standard.filter(|_| block == Block::Budget).map(|one| &one.fund_sources);
    let checkpoints = standard.filter(|_| block == Block::Plan).map(|one| &one.checkpoints);
    let date = Date::read(label);
    let known = if let Some(sources) = sources {
        sources.iter().position(|one| one.name == label)
    } else if let Some(checkpoints) = checkpoints {
        checkpoints.iter().position(|one| one.label == label || Some(one.date) == date)
    } else {
        place_of(label, block)
    };
    known.unwrap_or(if is_sorted(block) { count } else { usize::MAX })
}
