//! What rules look at: the model, the sources behind it, and an indicator with all that rules ask about it.

use std::collections::HashMap;
use std::ops::{Deref, Range};

use super::said::{SaidOfIndicator, SaidText};
use crate::diagnostic::Edit;
use crate::edit::declaration::Declaration;
use crate::edit::page::{NewStatement, Page};
use crate::edit::{rename, written};
use crate::format::extents::Extents;
use crate::model::standard::{List, Phrase, Role, Standard};
use crate::model::target::Target;
use crate::model::{Indicator, Model, Project, ProjectId};
use crate::source::{Sources, Span, Words};
use crate::syntax::vocabulary::{self, Block, INDICATOR};

/// The workspace under review.
pub struct Context<'a> {
    model: &'a Model,
    sources: &'a Sources,
    /// Where an indicator is referred to, by the place of its name: in sub-goals and in lines of the year.
    references: HashMap<Span, Vec<Span>>,
}

impl Deref for Context<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}

impl<'a> Context<'a> {
    pub fn new(model: &'a Model, sources: &'a Sources) -> Self {
        let mut references: HashMap<Span, Vec<Span>> = HashMap::new();
        for (id, span) in model.groups().flat_map(|group| rename::references(model, group)) {
            references.entry(model[id].name.span).or_default().push(span);
        }
        Self { model, sources, references }
    }

    /// The source text of a span.
    pub fn slice(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    /// The place of some bytes of a text inside the token that holds it; the whole token where escapes or joined lines
    /// leave it unclear.
    pub fn place_in(&self, words: &Words, token: Span, bytes: Range<usize>) -> Span {
        let text = &self.sources.get(token.file).text;
        if let Some(start) = words.start_in(text) {
            return Span::new(token.file, start + bytes.start, start + bytes.end);
        }
        let (slice, part) = (self.slice(token), &words[bytes]);
        match slice.find(part).filter(|first| slice.rfind(part) == Some(*first)) {
            Some(offset) => {
                let start = token.start as usize + offset;
                Span::new(token.file, start, start + part.len())
            }
            None => token,
        }
    }

    /// The edits that give an indicator another name, wherever it is written. None where another indicator of the
    /// project has that name.
    pub fn rename(&self, project: &Project, indicator: &Indicator, name: &str) -> Vec<Edit> {
        let references = self.references.get(&indicator.name.span).into_iter().flatten().copied();
        // Whether another project has an indicator of that name is no matter of this project.
        rename::indicator_with(self.sources, project, indicator, references, name, false).unwrap_or_default()
    }

    /// The edits that give a project another name, wherever it is written. None where another of its department has it.
    pub fn rename_project(&self, project: &Project, name: &str) -> Vec<Edit> {
        let index = self.model.projects.iter().position(|one| one.span == project.span);
        let id = index.map(|index| ProjectId(index as u32));
        id.and_then(|id| rename::project(self.model, self.sources, id, name).ok()).unwrap_or_default()
    }

    /// The edits that state a field that an indicator does not state yet, first in its block.
    pub fn state(&self, project: &Project, indicator: &Indicator, field: &str, value: &str) -> Vec<Edit> {
        let file = project.span.file;
        let text = &self.sources.get(file).text;
        let head = indicator.span.range();
        if !project.damage.any()
            && let Some(extents) = Extents::within(text, head.start..head.start)
        {
            let label = written::label_in(text[head.clone()].starts_with(INDICATOR.1), Block::Indicator, field);
            if let Some(edits) = Page::new(text, extents).insert_first(file, head, &format!("{label} {value}")) {
                return edits;
            }
        }
        let start = project.span.start as usize;
        let declaration = Declaration::starting_at(file, text, start);
        let placed = declaration.placed();
        let node = placed.iter().find(|one| one.node.head_span().start == indicator.span.start).map(|one| one.node);
        let extents = Extents::within(declaration.text, declaration.bytes.clone());
        let sound = extents.zip(node).filter(|(_, node)| !node.is_broken());
        sound.map_or_else(Vec::new, |(extents, node)| {
            let line = format!("{} {value}", written::label(node, Block::Indicator, field));
            let piece = NewStatement { lines: vec![line], is_spaced: false };
            Page::new(declaration.text, extents).insert(node, None, &[piece])
        })
    }

    /// The edits that put a field first into the braces of a line of the year. None where it is not laid out as usual.
    pub fn state_of_line(&self, line: Span, block: Block, field: &str, value: &str) -> Vec<Edit> {
        let text = &self.sources.get(line.file).text;
        let head = line.range();
        let label = written::label_in(self.is_in_english(line), block, field);
        let extents = Extents::within(text, head.start..head.start);
        let edits = extents
            .and_then(|extents| Page::new(text, extents).insert_first(line.file, head, &format!("{label} {value}")));
        edits.unwrap_or_default()
    }

    /// Whether a statement is written in the language's English words.
    pub fn is_in_english(&self, statement: Span) -> bool {
        self.slice(statement).starts_with(|sign: char| sign.is_ascii_alphabetic())
    }

    /// The last word of the line before a place: the label of a value.
    pub fn label_before(&self, span: Span) -> Option<(&str, Span)> {
        let text = &self.sources.get(span.file).text[..span.start as usize];
        let label = text.trim_end_matches([' ', '\t', '\u{3000}', ':', '：']);
        let start = label
            .rfind(|sign: char| !vocabulary::is_name_sign(sign))
            .map_or(0, |offset| offset + label[offset..].chars().next().map_or(0, char::len_utf8));
        (start < label.len()).then(|| (&label[start..], Span::new(span.file, start, label.len())))
    }
}

/// An indicator, what it belongs to, and its texts.
pub struct Row<'a> {
    pub context: &'a Context<'a>,
    pub standard: &'a Standard,
    pub project: &'a Project,
    pub indicator: &'a Indicator,
    pub role: Option<Role>,
    pub said: SaidOfIndicator<'a>,
}

impl<'a> Row<'a> {
    pub fn new(context: &'a Context<'a>, project: &'a Project, indicator: &'a Indicator) -> Self {
        let standard = &context.model[project.standard];
        Self {
            context,
            standard,
            project,
            indicator,
            role: indicator.category.and_then(|category| standard.role(category)),
            said: SaidOfIndicator::new(standard, indicator),
        }
    }

    /// The name as a key for comparison, as are those below.
    pub fn name(&self) -> Phrase<'_> {
        self.said.name.key()
    }

    /// The description, where it is not empty.
    pub fn description(&self) -> Option<Phrase<'_>> {
        self.said.description.as_ref().map(SaidText::key).filter(|text| !text.is_empty())
    }

    /// The basis without the stop at its end, where it is not empty.
    pub fn basis(&self) -> Option<Phrase<'_>> {
        let basis = self.said.basis.as_ref().map(SaidText::key).filter(|text| !text.is_empty());
        basis.map(|text| text.trim_end_matches(&['。', '；', '，', ';', '.']))
    }

    /// The words of a target that has no type.
    pub fn words(&self) -> Option<Phrase<'_>> {
        self.said.words.as_ref().map(SaidText::key)
    }

    /// The name, the description and the words of the target: where a word may stand that says what is measured.
    pub fn says(&self) -> impl Iterator<Item = Phrase<'_>> {
        std::iter::once(self.name()).chain(self.description()).chain(self.words())
    }

    /// Whether the basis is called after a rule, such as 养护技术规范: it may well have the words of the name.
    pub fn basis_is_rule(&self) -> bool {
        self.basis().is_some_and(|basis| basis.end_of(List::Document).is_some())
    }

    /// Whether a mistake in its line was reported.
    pub fn is_damaged(&self) -> bool {
        matches!(self.indicator.target.value, Target::Damaged)
    }

    /// The place of the name.
    pub fn name_span(&self) -> Span {
        self.indicator.name.span
    }

    /// The place of the target.
    pub fn target_span(&self) -> Span {
        self.indicator.target.span
    }
}
