//! `--by department|project`: how many findings each has, a line each, the gravest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::FoundParts;
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Language, Severity, texts};
use crate::model::{DepartmentId, Project};
use crate::source::{Span, folder_of, signs};
use crate::workspace::Analysis;

/// So many rules are named in a line.
const NAMED: usize = 4;

/// What findings are summed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummedBy {
    /// Its name, and what lies in its folder.
    Department,
    /// Under the name of its department.
    Project,
}

/// The findings of one department or project.
#[derive(Default)]
struct Sum {
    name: String,
    of: BTreeMap<Severity, usize>,
    rules: BTreeMap<Code, usize>,
}

/// Writes a line for each department or project that has findings.
///
/// # Errors
/// Those of `out`.
pub fn write_sums(by: SummedBy, parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut sums: Vec<Sum> = Vec::new();
    let mut outside =
        Sum { name: texts::outside_departments().in_language(style.language).into_owned(), ..Sum::default() };
    parts.each(&mut |part| {
        let subjects = Subjects::of(part);
        let mut known: BTreeMap<SummedSubject, usize> = BTreeMap::new();
        for diagnostic in &part.diagnostics {
            let subject = diagnostic.span().and_then(|span| subjects.subject(span));
            let subject =
                subject.map(|subject| subject.summed_by(by)).filter(|subject| *subject != SummedSubject::default());
            let sum = match subject {
                None => &mut outside,
                Some(subject) => {
                    let index = *known.entry(subject).or_insert_with(|| {
                        sums.push(Sum { name: subjects.name(subject), ..Sum::default() });
                        sums.len() - 1
                    });
                    &mut sums[index]
                }
            };
            *sum.of.entry(diagnostic.severity).or_default() += 1;
            *sum.rules.entry(diagnostic.code).or_default() += 1;
        }
        Ok(())
    })?;
    sums.extend((!outside.of.is_empty()).then_some(outside));
    let count = |sum: &Sum, severity| Reverse(sum.of.get(&severity).copied().unwrap_or(0));
    sums.sort_by_key(|sum| [Severity::Error, Severity::Warning, Severity::Note].map(|severity| count(sum, severity)));
    let width = sums.iter().map(|sum| sum.name.width()).max().unwrap_or(0);
    sums.iter().try_for_each(|sum| writeln!(out, "{}", line(sum, width, style.language)))
}

fn line(sum: &Sum, width: usize, language: Language) -> String {
    use std::fmt::Write;

    let mut line = format!("{}{}", sum.name, " ".repeat(width - sum.name.width()));
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = sum.of.get(&severity).copied().unwrap_or(0);
        let _ = write!(line, "  {} {count:>4}", severity.word(language));
    }
    let mut rules: Vec<(Code, usize)> = sum.rules.iter().map(|(code, count)| (*code, *count)).collect();
    rules.sort_by_key(|(code, count)| (Reverse(*count), *code));
    let named: Vec<String> = rules.iter().take(NAMED).map(|(code, count)| format!("{} {count}", code.id())).collect();
    let more = if rules.len() > NAMED { " …" } else { "" };
    line + "   " + &named.join(" · ") + more
}

/// What a finding is about.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct SummedSubject {
    department: Option<DepartmentId>,
    /// By its index.
    project: Option<usize>,
}

impl SummedSubject {
    fn summed_by(self, by: SummedBy) -> Self {
        match by {
            SummedBy::Department => Self { project: None, ..self },
            SummedBy::Project => self,
        }
    }
}

/// Where projects begin, and which folders are departments'.
struct Subjects<'a> {
    part: &'a Analysis,
    /// By their places.
    projects: Vec<(Span, usize)>,
    folders: BTreeMap<&'a str, DepartmentId>,
}

impl<'a> Subjects<'a> {
    fn of(part: &'a Analysis) -> Self {
        let mut projects: Vec<(Span, usize)> =
            part.model.projects.iter().enumerate().map(|(index, project)| (project.span, index)).collect();
        projects.sort_unstable();
        let folder = |span: Span| folder_of(&part.sources.get(span.file).path);
        let departments = (0..).map(DepartmentId).zip(&part.model.departments);
        let folders = departments.map(|(id, one)| (folder(one.span), id)).collect();
        Self { part, projects, folders }
    }

    /// The last project of the file that begins before a place; else the department in whose folder the file lies.
    fn subject(&self, span: Span) -> Option<SummedSubject> {
        let after = self.projects.partition_point(|(begin, _)| (begin.file, begin.start) <= (span.file, span.start));
        if let Some((begin, index)) = self.projects[..after].last()
            && begin.file == span.file
        {
            return Some(SummedSubject { department: self.project(*index).department, project: Some(*index) });
        }
        let mut folder = folder_of(&self.part.sources.get(span.file).path);
        loop {
            if let Some(id) = self.folders.get(folder) {
                return Some(SummedSubject { department: Some(*id), project: None });
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder_of(folder);
        }
    }

    fn project(&self, index: usize) -> &Project {
        &self.part.model.projects[index]
    }

    fn name(&self, subject: SummedSubject) -> String {
        let department = subject.department.map(|id| &*self.part.model[id].name.value);
        let project = subject.project.map(|index| &*self.project(index).name.value);
        let names: Vec<_> = department.into_iter().chain(project).map(signs::in_one_line).collect();
        names.join(" · ")
    }
}
