//! The parts of a document as tags: what a screen reader reads, in which order.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::LANGUAGE;
use crate::backend::page::{DocumentPart, Labels, ListedHeading, PartId};

#[derive(Default)]
pub(super) struct Tags {
    parts: Vec<Tagged>,
}

struct Tagged {
    part: DocumentPart,
    within: Option<PartId>,
    content: Vec<Identifier>,
}

impl Tags {
    pub fn begin(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId {
        self.parts.push(Tagged { part, within, content: Vec::new() });
        PartId(self.parts.len() - 1)
    }

    pub fn holds(&mut self, part: PartId, content: Identifier) {
        self.parts[part.0].content.push(content);
    }

    /// Parts come before what is within them, so that they are closed from the last to the first.
    pub fn tree(self, headings: &[ListedHeading]) -> TagTree {
        let mut texts = headings.iter();
        let groups = self.parts.into_iter().map(|one| {
            let title = matches!(one.part, DocumentPart::Heading(_))
                .then(|| texts.next().map(|one| one.text.clone()))
                .flatten();
            (group(one.part, title, one.content), one.within)
        });
        let mut groups: Vec<(Option<TagGroup>, Option<PartId>)> =
            groups.map(|(group, within)| (Some(group), within)).collect();
        let mut above: Vec<Vec<TagGroup>> = groups.iter().map(|_| Vec::new()).collect();
        let mut tops = Vec::new();
        for index in (0..groups.len()).rev() {
            let (Some(mut group), within) = (groups[index].0.take(), groups[index].1) else { continue };
            group.children.extend(above[index].drain(..).rev().map(Node::Group));
            match within {
                Some(within) => above[within.0].push(group),
                None => tops.push(group),
            }
        }
        let mut tree = TagTree::new().with_lang(Some(LANGUAGE.to_owned()));
        for group in tops.into_iter().rev() {
            tree.push(group);
        }
        tree
    }
}

fn group(part: DocumentPart, title: Option<String>, content: Vec<Identifier>) -> TagGroup {
    let content: Vec<Node> = content.into_iter().map(Node::Leaf).collect();
    let kind: TagKind = match part {
        DocumentPart::Title => Tag::Title.into(),
        DocumentPart::Heading(level) => {
            Tag::Hn(NonZeroU16::new(u16::from(level)).unwrap_or(NonZeroU16::MIN), title).into()
        }
        DocumentPart::Paragraph => Tag::P.into(),
        DocumentPart::Contents => Tag::TOC.into(),
        DocumentPart::Entry => {
            let link = TagGroup::with_children(Tag::Link, content);
            return TagGroup::with_children(Tag::TOCI, vec![Node::Group(link)]);
        }
        DocumentPart::Table(description) => Tag::Table.with_summary(Some(description)).into(),
        DocumentPart::Row => Tag::TR.into(),
        DocumentPart::Cell { columns, rows, labels } => {
            let span = |count: usize| u32::try_from(count).ok().filter(|count| *count > 1).and_then(NonZeroU32::new);
            let (columns, rows) = (span(columns), span(rows));
            match labels {
                Some(Labels::Column) => {
                    Tag::TH(TableHeaderScope::Column).with_col_span(columns).with_row_span(rows).into()
                }
                Some(Labels::Row) => Tag::TH(TableHeaderScope::Row).with_col_span(columns).with_row_span(rows).into(),
                None => Tag::TD.with_col_span(columns).with_row_span(rows).into(),
            }
        }
    };
    TagGroup::with_children(kind, content)
}
