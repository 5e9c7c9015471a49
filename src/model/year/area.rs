//! 区域: a transfer payment summed over departments.

use super::super::read::{self, FieldEntry, Name};
use super::super::standard::Standard;
use super::super::{Indicator, Text, project};
use super::subject;
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, own};
use crate::source::{Span, Spanned, Words};
use crate::syntax::Node;

/// What several departments reach together.
#[derive(Debug)]
pub struct AreaTotal {
    /// The head of the declaration.
    pub span: Span,
    /// Without quotes.
    pub name: Text,
    /// 汇总, in the order of the text.
    pub members: Vec<AreaMember>,
    /// The targets of the area itself.
    pub indicators: Vec<Indicator>,
}

/// `甲县.学生资助`: a project of a department.
#[derive(Debug)]
pub struct AreaMember {
    /// The whole path.
    pub span: Span,
    /// The name of the department.
    pub department: Words,
    /// The name of its project.
    pub project: Words,
}

pub(super) fn area(node: Node<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> AreaTotal {
    let name = read::one_name(FieldEntry::of(node), found);
    let name = name.unwrap_or_else(|| Spanned::new("".into(), node.head_span()));
    let mut area = AreaTotal { span: node.head_span(), name, members: Vec::new(), indicators: Vec::new() };
    read::fields(node, Block::Area, &[], found, |name, entry, found| match name {
        Name::Word(field) => match own::Area::of(field) {
            Some(own::Area::Member) => area.members.extend(member(entry, found)),
            Some(own::Area::Indicator) => area.indicators.extend(project::indicator(entry, standard, found)),
            None => {}
        },
        Name::Extra(_) | Name::Free | Name::Indicator => {}
    });
    area
}

fn member(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<AreaMember> {
    let path = match entry.values {
        [path] => subject::one(entry, path),
        _ => None,
    };
    let parts = path.and_then(|path| Some((path.span, path.project?, path.indicator?)));
    if parts.is_none() {
        read::wrong_kind(entry, texts::expect_member(), found);
    }
    parts.map(|(span, department, project)| AreaMember { span, department, project })
}
