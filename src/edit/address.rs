//! What an edit is about: things of a model, or places in a text.

use super::EditRefusal;
use super::declaration::{Declaration, PlacedStatement};
use crate::model::calendar::Date;
use crate::model::text::{inside_quotes, key, unblock, unquote};
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId};
use crate::source::{FileId, Sources, Span};
use crate::syntax::vocabulary;
use crate::syntax::{ValueKind, parts};

/// A statement, or a file as the place of its declarations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// Of declarations.
    File(FileId),
    /// By its number in the model.
    Department(DepartmentId),
    /// By its number in the model.
    Project(ProjectId),
    /// By its project and its number there.
    Indicator(IndicatorId),
    /// The innermost statement whose head holds the start of a place.
    Span(Span),
    /// A line in the block of another statement: its label, and its first value where several lines have that label.
    Line {
        /// The statement with the block.
        of: Box<At>,
        /// In either language.
        label: String,
        /// The first value, without quotes; none where the label is there once.
        first: Option<String>,
    },
}

impl At {
    /// A line in the block of this.
    #[must_use]
    pub fn line(self, label: impl Into<String>) -> Self {
        At::Line { of: Box::new(self), label: label.into(), first: None }
    }

    /// A line in the block of this, by its label and its first value.
    #[must_use]
    pub fn line_of(self, label: impl Into<String>, first: impl Into<String>) -> Self {
        At::Line { of: Box::new(self), label: label.into(), first: Some(first.into()) }
    }

    /// The head of the declaration that it is or lies in, where the model knows it.
    fn head(&self, model: &Model) -> Option<Span> {
        match self {
            At::Department(id) => Some(model[*id].span),
            At::Project(project) | At::Indicator(IndicatorId { project, .. }) => Some(model[*project].span),
            At::Line { of, .. } => of.head(model),
            At::File(_) | At::Span(_) => None,
        }
    }
}

/// A thing by names or codes, from the outermost: a project needs no department before it, nor an indicator a project,
/// where there is only one of the name.
///
/// # Errors
/// Where none or several have these names.
pub fn find(
    model: &Model,
    department: Option<&str>,
    project: Option<&str>,
    indicator: Option<&str>,
) -> Result<At, EditRefusal> {
    let is_called = |name: &str, code: Option<&str>, wanted: &str| key(name) == key(wanted) || code == Some(wanted);
    let departments: Vec<DepartmentId> = (0..model.departments.len() as u32)
        .map(DepartmentId)
        .filter(|id| {
            let one = &model[*id];
            let code = one.code.as_ref().map(|code| &*code.value);
            department.is_none_or(|wanted| is_called(&one.name.value, code, wanted))
        })
        .collect();
    let projects = model.project_ids().filter(|id| {
        let one = &model[*id];
        let is_in = department.is_none() || one.department.is_some_and(|id| departments.contains(&id));
        let code = one.code.as_ref().map(|code| &*code.value);
        is_in && project.is_none_or(|wanted| is_called(&one.name.value, code, wanted))
    });
    if let Some(indicator) = indicator {
        let all = projects.flat_map(|project| {
            (0..model[project].indicators.len() as u32).map(move |index| IndicatorId { project, index })
        });
        only(all.filter(|id| is_called(&model[*id].name.value, None, indicator)).map(At::Indicator))
    } else if project.is_some() {
        only(projects.map(At::Project))
    } else {
        only(departments.into_iter().map(At::Department))
    }
}

fn only(mut found: impl Iterator<Item = At>) -> Result<At, EditRefusal> {
    let first = found.next().ok_or(EditRefusal::NotFound)?;
    if found.next().is_some() { Err(EditRefusal::Ambiguous) } else { Ok(first) }
}

/// The file and the byte at which the outermost part of an address stands; the byte of a file is none.
pub(super) fn start(model: &Model, at: &At) -> Result<(FileId, Option<usize>), EditRefusal> {
    let span = match at {
        At::File(file) => return Ok((*file, None)),
        At::Department(id) => model.departments.get(id.0 as usize).map(|one| one.span),
        At::Project(id) => model.projects.get(id.0 as usize).map(|one| one.span),
        At::Indicator(id) => {
            let project = model.projects.get(id.project.0 as usize);
            project.and_then(|project| Some(project.indicators.get(id.index as usize)?.span))
        }
        At::Span(span) => Some(*span),
        At::Line { of, .. } => return start(model, of),
    };
    let span = span.ok_or(EditRefusal::NotFound)?;
    Ok((span.file, Some(span.start as usize)))
}

/// The declaration in which an address stands.
pub(crate) fn declaration<'a>(model: &Model, sources: &'a Sources, at: &At) -> Result<Declaration<'a>, EditRefusal> {
    let (file, offset) = start(model, at)?;
    let offset = offset.ok_or(EditRefusal::NotHere)?;
    let declaration = match at.head(model) {
        Some(head) => Declaration::of_head(sources, file, head.start as usize),
        None => Declaration::at(sources, file, offset),
    };
    declaration.ok_or(EditRefusal::Damaged)
}

/// The index of an address in the statements of its declaration, and the part of its statement that it is.
pub(super) fn index(model: &Model, placed: &[PlacedStatement<'_>], at: &At) -> Result<(usize, usize), EditRefusal> {
    if let At::Line { of, label, first } = at {
        let (owner, _) = index(model, placed, of)?;
        return line(placed, owner, label, first.as_deref());
    }
    let (_, offset) = start(model, at)?;
    let head = |one: &PlacedStatement<'_>| one.node.statement().head;
    // Heads stand in the order of the text.
    let before = offset.map_or(0, |offset| placed.partition_point(|one| head(one).start as usize <= offset));
    let holds = |one: &PlacedStatement<'_>| offset.is_some_and(|offset| offset <= head(one).end as usize);
    let found = placed[..before].iter().rposition(holds).ok_or(EditRefusal::NotFound)?;
    let node = placed[found].node;
    // Of several fields on one line, the one that holds the place.
    let part = placed[found].block.zip(offset).map_or(0, |(block, offset)| {
        parts(node, block).take_while(|part| part.label.start as usize <= offset).count().saturating_sub(1)
    });
    Ok((found, part))
}

/// The line with a label in the block of a statement.
pub(super) fn line(
    placed: &[PlacedStatement<'_>],
    owner: usize,
    label: &str,
    first: Option<&str>,
) -> Result<(usize, usize), EditRefusal> {
    let mut found = Vec::new();
    for (index, child) in children(placed, owner) {
        let Some(block) = child.block else { continue };
        for (part, written) in parts(child.node, block).enumerate() {
            let token = child.node.slice(written.label);
            let is_date = || Date::read(token).is_some() && Date::read(token) == Date::read(label);
            let is_label = vocabulary::field(block, token).is_some_and(|field| field.is_called(label))
                || unquoted(token) == label
                || is_date();
            let value = written.values.first().map(|value| match value.kind {
                ValueKind::TextBlock => unblock(child.node.slice(value.bytes)),
                _ => unquoted(child.node.slice(value.bytes)),
            });
            if is_label && first.is_none_or(|first| value.as_deref() == Some(first)) {
                found.push((index, part));
            }
        }
    }
    match found[..] {
        [] => Err(EditRefusal::NotFound),
        [one] => Ok(one),
        _ => Err(EditRefusal::Ambiguous),
    }
}

/// What a line says.
pub(crate) struct LineValue {
    /// The words of a text alone, else the values as they are written.
    pub shown: String,
    /// From the first value to the last; none where there is none.
    pub span: Option<Span>,
}

/// The statements of a declaration, parsed once for many questions.
pub(crate) struct DeclaredLines<'d, 'a> {
    declaration: &'d Declaration<'a>,
    placed: Vec<PlacedStatement<'d>>,
}

impl<'d, 'a> DeclaredLines<'d, 'a> {
    pub fn of(declaration: &'d Declaration<'a>) -> Self {
        Self { declaration, placed: declaration.placed() }
    }

    /// What a line of a block says; none where there is no such line, or several.
    pub fn value(&self, model: &Model, at: &At) -> Option<LineValue> {
        let Self { declaration, placed } = self;
        let (index, part) = index(model, placed, at).ok()?;
        let part = parts(placed[index].node, placed[index].block?).nth(part)?;
        let span = part.values.first().zip(part.values.last()).map(|(first, last)| Span {
            file: declaration.file,
            start: first.bytes.start,
            end: last.bytes.end,
        });
        let shown = match part.values {
            [only] => match only.kind {
                ValueKind::TextBlock => unblock(declaration.slice(only.bytes)),
                ValueKind::Quoted => unquoted(declaration.slice(only.bytes)),
                _ => declaration.slice(only.bytes).to_owned(),
            },
            // A kind or a name before a text.
            [first, last] if last.kind == ValueKind::Quoted => {
                format!("{}：{}", declaration.slice(first.bytes), unquoted(declaration.slice(last.bytes)))
            }
            [first, .., last] => declaration.text[first.bytes.start as usize..last.bytes.end as usize].to_owned(),
            [] => String::new(),
        };
        Some(LineValue { shown, span })
    }

    /// Whether a place stands in the declaration.
    pub fn holds(&self, place: Span) -> bool {
        place.file == self.declaration.file && self.declaration.bytes.contains(&(place.start as usize))
    }

    /// Whether several lines of a block have a label.
    pub fn has_several(&self, model: &Model, at: &At) -> bool {
        matches!(index(model, &self.placed, at), Err(EditRefusal::Ambiguous))
    }
}

/// The statements in the block of another, with their indices.
pub(super) fn children<'p, 'a>(
    placed: &'p [PlacedStatement<'a>],
    owner: usize,
) -> impl Iterator<Item = (usize, PlacedStatement<'a>)> + use<'p, 'a> {
    let depth = placed[owner].depth;
    let inside = placed[owner + 1..].iter().take_while(move |one| one.depth > depth);
    inside.enumerate().filter(move |(_, one)| one.depth == depth + 1).map(move |(index, one)| (owner + 1 + index, *one))
}

/// The statement in whose block another stands.
pub(super) fn owner(placed: &[PlacedStatement<'_>], index: usize) -> Option<usize> {
    let depth = placed[index].depth.checked_sub(1)?;
    placed[..index].iter().rposition(|one| one.depth == depth)
}

pub(super) fn unquoted(token: &str) -> String {
    if token.contains('\\') { unquote(token).0 } else { token[inside_quotes(token)].to_owned() }
}
