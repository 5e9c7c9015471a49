//! Next year's targets, as edits on this year's text: comments, order and all that nobody touches stay as they are written.
//!
//! ```text
//! 年度 2025                                    年度 2026
//! 项目 13022925P00JXC4198951 政府业务费 {  ─▶  项目 13022926P00JXC419895U 政府业务费 {
//!   指标 数量 会议服务保障率 ≥ 90%               指标 数量 会议服务保障率 ≥ 90% {
//!                                                  上年 90%
//!                                                }
//! ```
//!
//! The value of last year is what this year reached, as the self-evaluation or the last checkpoint reports it; where
//! nobody has reported it, what this year was to reach. What happened in the year stays behind.

mod last_year;
mod old_year;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Edit, Text, texts};
use crate::edit::{EditRefusal, Patch};
use crate::format::extents::Extents;
use crate::language::Field;
use crate::model::calendar::Date;
use crate::model::code::{check_sign, segments};
use crate::model::target::Target;
use crate::model::{Model, Project};
use crate::source::{FileId, Sources, Span};
use crate::syntax::{self, Node, StatementKind, Tree};

/// What became of a workspace.
#[derive(Debug, Default)]
pub struct Rolled {
    /// The new texts of the files that change.
    pub texts: BTreeMap<FileId, String>,
    /// What was written otherwise, in the order of the text.
    pub changes: Vec<Note>,
    /// What a person should look at.
    pub looks: Vec<Note>,
    /// The files that hold nothing but what happened in the year: they stay behind.
    pub left_behind: BTreeSet<FileId>,
    /// The values of last year that nobody has reported: they are targets.
    pub from_targets: usize,
}

/// Something to tell about a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Where it stands in next year's text; none for what is about the whole text.
    pub span: Option<Span>,
    /// On one line, for a person.
    pub text: Text,
    /// None for what is no finding of its own.
    pub code: Option<Code>,
}

/// Rolls the asked files over to a year; they are in the order of their ids.
///
/// # Errors
/// JX714 where a file has mistakes of syntax, or a department is of that year or a later one already. A department that
/// states no year is taken to be of the year before.
pub fn roll_over(model: &Model, sources: &Sources, asked: &[FileId], to: u16) -> Result<Rolled, Diagnostic> {
    let trees = trees(sources, asked)?;
    let mut work = Rollover { model, sources, asked, to, edits: Vec::new(), rolled: Rolled::default() };
    work.departments()?;
    for project in model.projects.iter().filter(|project| asked.binary_search(&project.span.file).is_ok()) {
        let from = model.year_of(project).unwrap_or(to.saturating_sub(1));
        work.code(project, from);
        work.deadlines(project, from);
        old_year::project(&mut work, project, from);
    }
    let years = years(model, asked);
    for (file, tree) in &trees {
        work.year_stays(*file, tree);
        last_year::file(&mut work, *file, tree);
        let from = years.get(file).copied().unwrap_or(to.saturating_sub(1));
        old_year::comments(&mut work, *file, tree, from);
    }
    Ok(work.finished())
}

/// The trees of the files, all without mistakes of syntax.
fn trees(sources: &Sources, asked: &[FileId]) -> Result<Vec<(FileId, Tree)>, Diagnostic> {
    let read = |file: &FileId| {
        let source = sources.get(*file);
        let (tree, found) = syntax::parse(*file, &source.text);
        if found.is_empty() { Ok((*file, tree)) } else { Err(refusal(&source.path, texts::roll_syntax())) }
    };
    asked.iter().map(read).collect()
}

/// The year of the projects or of the department in each file.
fn years(model: &Model, asked: &[FileId]) -> BTreeMap<FileId, u16> {
    let projects = model.projects.iter().filter_map(|one| Some((one.span.file, model.year_of(one)?)));
    let departments = model.departments.iter().filter_map(|one| Some((one.span.file, one.year.as_ref()?.value)));
    projects.chain(departments).filter(|(file, _)| asked.binary_search(file).is_ok()).collect()
}

fn refusal(name: &str, reason: Text) -> Diagnostic {
    let message = texts::cannot_roll_over(name, reason);
    Diagnostic::without_place(Code::JX714, message).help(texts::roll_check_first())
}

struct Rollover<'a> {
    model: &'a Model,
    sources: &'a Sources,
    asked: &'a [FileId],
    to: u16,
    edits: Vec<Edit>,
    rolled: Rolled,
}

impl<'a> Rollover<'a> {
    fn edit(&mut self, span: Span, text: impl Into<String>) {
        self.edits.push(Edit { span, text: text.into() });
    }

    fn changed(&mut self, span: Span, text: Text) {
        self.rolled.changes.push(Note { span: Some(span), text, code: None });
    }

    fn look(&mut self, span: Span, text: Text) {
        self.rolled.looks.push(Note { span: Some(span), text, code: None });
    }

    fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// What happened in the year is no part of the next one.
    fn year_stays(&mut self, file: FileId, tree: &Tree) {
        let text = &self.sources.get(file).text;
        let is_of_the_year = |node: &Node<'_>| node.kind() == StatementKind::Occasion;
        let occasions: Vec<Node<'_>> = tree.roots(file, text).filter(is_of_the_year).collect();
        if occasions.is_empty() {
            return;
        }
        if occasions.len() == tree.roots(file, text).count() {
            self.rolled.left_behind.insert(file);
            return;
        }
        let Some(extents) = Extents::new(text) else { return };
        for node in occasions {
            let extent = extents.extent(node);
            let end = text[extent.end..].find('\n').map_or(text.len(), |length| extent.end + length + 1);
            self.edit(Span::new(file, extent.start, end), "");
        }
    }

    fn departments(&mut self) -> Result<(), Diagnostic> {
        for department in self.model.departments.iter().filter(|one| self.asked.binary_search(&one.span.file).is_ok()) {
            let name = &*department.name.value;
            let Some(year) = &department.year else {
                let from = self.to.saturating_sub(1);
                self.look(department.span, texts::look_no_year(name, u32::from(from)));
                old_year::department(self, department, from);
                continue;
            };
            if year.value >= self.to {
                return Err(refusal(name, texts::roll_same_year(u32::from(year.value))));
            }
            self.edit(year.span, self.to.to_string());
            self.changed(year.span, texts::rolled_year(u32::from(year.value), u32::from(self.to)));
            old_year::department(self, department, year.value);
        }
        Ok(())
    }

    /// The year in the project's code, by the form that the standard declares.
    fn code(&mut self, project: &Project, from: u16) {
        let Some(code) = &project.code else { return };
        let written = &*code.value;
        match renewed(self.model, project, written, from, self.to) {
            Ok(new) => {
                self.changed(code.span, texts::rolled_code(written, &new));
                self.edit(code.span, new);
            }
            Err(reason) => {
                let text = texts::look_code(written, reason);
                self.rolled.looks.push(Note { span: Some(code.span), text, code: Some(Code::JX715) });
            }
        }
    }

    /// Deadlines that name the year.
    fn deadlines(&mut self, project: &Project, from: u16) {
        for indicator in &project.indicators {
            let Target::Deadline { date, .. } = &indicator.target.value else { continue };
            if date.year != Some(from) {
                continue;
            }
            let span = indicator.target.span;
            let name = &*indicator.name.value;
            let token = self.slice(span);
            match old_year::place(token, from).map(|place| (span.start as usize + place.start, place)) {
                Some((start, place)) if is_date(&token.replacen(&token[place.clone()], &self.to.to_string(), 1)) => {
                    let year = Span::new(span.file, start, start + place.len());
                    let new = token.replacen(&token[place], &self.to.to_string(), 1);
                    self.changed(span, texts::rolled_deadline(name, token, new));
                    self.edit(year, self.to.to_string());
                }
                Some(_) | None => self.look(span, texts::look_date(token)),
            }
        }
    }

    fn finished(mut self) -> Rolled {
        let (patch, left_out) = Patch::first_come(std::mem::take(&mut self.edits));
        self.rolled.texts = patch.apply(self.sources);
        for conflict in left_out {
            self.look(conflict.second.span, EditRefusal::Conflict(Box::new(conflict)).text());
        }
        let moves = patch.moves();
        for note in self.rolled.changes.iter_mut().chain(&mut self.rolled.looks) {
            note.span = note.span.map(|span| moves.span(span));
        }
        self.rolled.changes.sort_by_key(|note| note.span);
        self.rolled.looks.sort_by_key(|note| note.span);
        self.rolled.looks.dedup();
        self.rolled
    }
}

/// The date of a deadline after its comparator.
fn is_date(token: &str) -> bool {
    let date = token.trim_start_matches(|sign: char| !sign.is_numeric());
    Date::read(date).is_some()
}

/// A code with another year and its check sign.
fn renewed(model: &Model, project: &Project, code: &str, from: u16, to: u16) -> Result<String, Text> {
    let form = model[project.standard].code_form.as_ref().ok_or_else(texts::look_code_without_form)?;
    let parts = segments(form, code).map_err(|_| texts::look_code_form())?;
    let mut new = String::new();
    let mut is_renewed = false;
    for (name, part) in parts {
        if name != YEAR {
            new += part;
            continue;
        }
        let digits = |year: u16| {
            let year = format!("{year:04}");
            year.len().checked_sub(part.len()).map(|cut| year[cut..].to_owned())
        };
        if digits(from).as_deref() != Some(part) {
            return Err(texts::look_code_year(part));
        }
        new += &digits(to)
            .filter(|_| part.len() == 4 || from / 100 == to / 100)
            .ok_or_else(|| texts::look_code_width(u32::from(to)))?;
        is_renewed = true;
    }
    if !is_renewed {
        return Err(texts::look_code_without_form());
    }
    if let Some(sign) = check_sign(form, &new) {
        new.pop();
        new.push(sign);
    }
    Ok(new)
}

/// The segment of a code that is its year, as standards name it.
const YEAR: &str = Field::Year.row().name;
