//! What a line of the year is about: an indicator, a project, or the department as a whole.

use super::super::read::{self, FieldEntry};
use super::super::standard::Standard;
use super::super::{DepartmentId, IndicatorId, Model, ProjectId, StandardId, Text, text};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, WHOLE_DEPARTMENT, is_one_of};
use crate::source::{Span, Words};
use crate::syntax::vocabulary::written_name;
use crate::syntax::{Bytes, Value, ValueKind, point_of};

/// `政府业务费.会议服务保障率` as written, and what it names where there is such a thing.
#[derive(Debug)]
pub struct YearSubject {
    /// The whole path.
    pub span: Span,
    /// The project; none for `部门`, the department itself.
    pub project: Option<Words>,
    /// None where the line is about all of it.
    pub indicator: Option<Words>,
    /// None where nothing has that name, or it is not known yet.
    pub named: Option<NamedThing>,
}

/// What a path of the year names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedThing {
    /// `部门`
    Department,
    /// `政府业务费`
    Project(ProjectId),
    /// `政府业务费.会议服务保障率`
    Indicator(IndicatorId),
    /// An indicator that an adjustment adds.
    Added {
        /// The project that it is added to.
        project: ProjectId,
        /// The index in the occasions of the record.
        occasion: u32,
        /// The index in the changes of that adjustment.
        change: u32,
    },
}

/// 应用: how a result is used.
#[derive(Debug)]
pub struct ResultUse {
    /// The label and the values.
    pub span: Span,
    /// None where the declaration is about one thing.
    pub subject: Option<YearSubject>,
    /// 继续安排, 核减, 整改 …: one of the words that the standard lists.
    pub kind: Text,
    /// None where only the kind is written.
    pub note: Option<Text>,
}

impl NamedThing {
    /// The project that it is, or that it belongs to.
    pub fn project(self) -> Option<ProjectId> {
        match self {
            NamedThing::Department => None,
            NamedThing::Project(project) | NamedThing::Added { project, .. } => Some(project),
            NamedThing::Indicator(id) => Some(id.project),
        }
    }

    /// What has the money and the targets that it is about: a project, or the department as a whole where it has any as
    /// such.
    pub fn holder(self, model: &Model, department: Option<DepartmentId>) -> Option<ProjectId> {
        match self {
            NamedThing::Department => model.whole_of(department).map(|(id, _)| id),
            NamedThing::Project(_) | NamedThing::Indicator(_) | NamedThing::Added { .. } => self.project(),
        }
    }

    /// The same, to follow projects that move.
    pub(crate) fn project_mut(&mut self) -> Option<&mut ProjectId> {
        match self {
            NamedThing::Department => None,
            NamedThing::Project(project) | NamedThing::Added { project, .. } => Some(project),
            NamedThing::Indicator(id) => Some(&mut id.project),
        }
    }
}

impl YearSubject {
    /// As a text writes it, in full.
    pub fn path(&self) -> String {
        let project = match &self.project {
            // A project of that name keeps its quotes.
            Some(name) if is_one_of(name, &[Block::Department.word()]) => crate::language::quoted(name),
            Some(name) => written_name(name),
            None => Block::Department.word().0.to_owned(),
        };
        match &self.indicator {
            Some(indicator) => format!("{project}.{}", written_name(indicator)),
            None => project,
        }
    }

    /// The standard by which a line about it is read: in the framework for whole departments where it is about one.
    pub(crate) fn standard<'a>(&self, standard: &'a Standard) -> &'a Standard {
        let whole = standard.in_framework(StandardId::default(), WHOLE_DEPARTMENT.0).filter(|_| self.project.is_none());
        whole.map_or(standard, |(_, whole)| whole)
    }

    /// The same for two spellings of one path.
    pub fn key(&self) -> (Option<String>, Option<String>) {
        let key = |words: &Option<Words>| words.as_deref().map(text::key);
        (key(&self.project), key(&self.indicator))
    }
}

/// What a line is about, and what it says of it.
pub(super) fn subject<'a>(entry: FieldEntry<'a>, found: &mut Vec<Diagnostic>) -> Option<(YearSubject, &'a [Value])> {
    // Of a line that was not read to its end, nobody knows where its path ends.
    let values = Some(entry.values).filter(|_| !entry.is_broken);
    let read = values.and_then(<[Value]>::split_first).and_then(|(first, rest)| Some((one(entry, first)?, rest)));
    if read.is_none() {
        read::wrong_kind(entry, texts::expect_subject(), found);
    }
    read
}

/// A path of one or two names.
pub(super) fn one(entry: FieldEntry<'_>, value: &Value) -> Option<YearSubject> {
    let span = entry.value_span(value);
    let whole = Bytes { start: 0, end: value.bytes.end - value.bytes.start };
    let words = |part: Bytes| {
        let start = value.bytes.start;
        read::name_words(entry.node, Bytes { start: start + part.start, end: start + part.end })
    };
    let (project, indicator) = match value.kind {
        ValueKind::Quoted => (Some(words(whole)), None),
        ValueKind::Path => {
            let token = entry.slice(value);
            let point = point_of(token);
            let end = point.as_ref().map_or(token.len(), |point| point.start);
            let rest = point.map(|point| point.end);
            if rest.is_some_and(|rest| point_of(&token[rest..]).is_some()) {
                return None;
            }
            let is_department = is_one_of(&token[..end], &[Block::Department.word()]);
            let project = (!is_department).then(|| words(Bytes { start: 0, end: end as u32 }));
            (project, rest.map(|rest| words(Bytes { start: rest as u32, end: whole.end })))
        }
        _ => return None,
    };
    Some(YearSubject { span, project, indicator, named: None })
}

/// `政府业务费 整改 "九月底前补齐制度。"`, or without a project where the declaration is about one.
pub(super) fn result_use(entry: FieldEntry<'_>, has_subject: bool, found: &mut Vec<Diagnostic>) -> Option<ResultUse> {
    let (subject, rest) = if has_subject {
        let (subject, rest) = subject(entry, found)?;
        (Some(subject), rest)
    } else {
        (None, entry.values)
    };
    let (kind, note) = match rest {
        [kind] => (kind, None),
        [kind, note] => (kind, read::content(entry, note, found)),
        _ => {
            read::wrong_kind(entry, texts::expect_use(), found);
            return None;
        }
    };
    let kind = read::any_name(entry, kind)?;
    Some(ResultUse { span: entry.span(), subject, kind, note })
}
