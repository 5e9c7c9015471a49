//! A department as tables see it: its keys, its projects in the order of their keys, and what was found in it.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::EngineCell;
use crate::backend::anchors::{Anchor, anchor_of, anchors};
use crate::backend::official::standard_of;
use crate::backend::{CheckOutcome, Scope};
use crate::diagnostic::Diagnostic;
use crate::model::standard::Standard;
use crate::model::year::{AdjustedFact, Adjustment, AdjustmentChange, NamedThing, Occasion};
use crate::model::{Department, DepartmentId, Model, Project, ProjectId, YearRecord};
use crate::source::{FileId, Sources, Span};

/// What all departments of a run share.
#[derive(Clone, Copy)]
pub(in crate::backend) struct TableContext<'a> {
    /// Six signs; empty where it is not known.
    pub region: &'a str,
    /// Of what states none; zero where it is not known.
    pub year: u16,
    /// What was found; none where it is left out.
    pub review: Option<CheckOutcome<'a>>,
    /// The texts that places are in; none where there are no files.
    pub sources: Option<&'a Sources>,
    /// What the paths of all sources begin with.
    pub root: &'a str,
}

/// A finding, and what it is about; none where it stands in no declaration.
#[derive(Clone, Copy)]
pub(in crate::backend) struct TableFinding<'a> {
    pub diagnostic: &'a Diagnostic,
    pub anchor: Option<Anchor>,
}

/// A department, or what lies outside any.
pub(in crate::backend) struct TableOffice<'a> {
    pub model: &'a Model,
    pub id: Option<DepartmentId>,
    pub context: TableContext<'a>,
    /// As it is stated, or told for what states none; else zero.
    pub year: u16,
    pub key: String,
    /// No other of its year comes before it: what is no department's stands in its rows.
    pub is_first: bool,
    /// In the order of their keys; those of a part of the workspace where that is asked for.
    projects: Vec<(String, ProjectId)>,
    /// By project, in the whole department.
    keys: BTreeMap<ProjectId, String>,
    /// What was found in it, in the order of files and places.
    pub found: Vec<TableFinding<'a>>,
    /// Whether a project alone is asked for, without what its department says.
    is_part: bool,
}

/// Keys that departments have, by year.
pub(in crate::backend) type KeysTaken = BTreeMap<u16, BTreeSet<String>>;

/// The departments of a scope.
pub(in crate::backend) struct TableOffices<'a> {
    /// In the order of their keys, year by year: the order in which rows are written.
    pub years: Vec<(u16, Vec<TableOffice<'a>>)>,
    /// What was found in no declaration: it stands before the first of all, with its year.
    pub nowhere: TableOffice<'a>,
}

/// The departments of a scope. Where they come in parts, each from a model of its own, a part gets the keys that those
/// before it have taken.
pub(in crate::backend) fn offices<'a>(
    model: &'a Model,
    scope: Scope,
    context: TableContext<'a>,
    taken: &mut KeysTaken,
) -> TableOffices<'a> {
    let mut by_key: BTreeMap<(u16, String), Option<DepartmentId>> = BTreeMap::new();
    // Keys are those that the departments have in the whole.
    for id in model.groups() {
        let year = Some(model.fiscal_year(id)).filter(|year| *year != 0).unwrap_or(context.year);
        let key = id.map_or_else(String::new, |id| own_key(&model[id]));
        by_key.insert((year, told_apart(key, taken.entry(year).or_default())), id);
    }
    let FoundByDepartment { mut within, mut elsewhere } = FoundByDepartment::of(model, context);
    if scope != Scope::Workspace {
        elsewhere.clear();
    }
    let is_meant: BTreeSet<Option<DepartmentId>> = scope.groups(model).map(|(_, id)| id).collect();
    let mut years: Vec<(u16, Vec<TableOffice<'a>>)> = Vec::new();
    for ((year, key), id) in by_key {
        if !is_meant.contains(&id) {
            continue;
        }
        if years.last().is_none_or(|(last, _)| *last != year) {
            years.push((year, Vec::new()));
        }
        let Some((_, of_year)) = years.last_mut() else { continue };
        let keys = project_keys(model, id);
        let asked = scope.projects_of(model, id).filter_map(|(_, one, _)| Some((keys.get(&one)?.clone(), one)));
        let mut projects: Vec<(String, ProjectId)> = asked.collect();
        projects.sort();
        let is_first = of_year.is_empty();
        let is_part = scope.project().is_some();
        let mut found = within.remove(&id).unwrap_or_default();
        let is_asked = |one: &TableFinding<'_>| match one.anchor {
            Some(Anchor::Project(id, _)) => projects.iter().any(|(_, asked)| *asked == id),
            Some(Anchor::Department(_) | Anchor::FirstPart(_) | Anchor::SubGoal(..)) | None => false,
        };
        found.retain(|one| !is_part || is_asked(one));
        of_year.push(TableOffice { model, id, context, year, key, is_first, projects, keys, found, is_part });
    }
    let year = years.first().map_or(context.year, |(year, _)| *year);
    TableOffices { years, nowhere: TableOffice::nowhere(model, context, year, elsewhere) }
}

/// The key of a department before it is told from others: its code, else its name.
fn own_key(department: &Department) -> String {
    department.code.as_ref().unwrap_or(&department.name).value.to_string()
}

/// A key that nothing else has: the second of the same has `#2` behind it.
fn told_apart(key: String, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{key}#{number}"));
    let free = std::iter::once(key.clone()).chain(numbered).find(|one| !taken.contains(one)).unwrap_or(key);
    taken.insert(free.clone());
    free
}

/// The keys of a department's projects: codes, else names; told apart in the order of the text.
fn project_keys(model: &Model, id: Option<DepartmentId>) -> BTreeMap<ProjectId, String> {
    // The empty one is that of the department as a whole.
    let mut taken = BTreeSet::from([String::new()]);
    let own = |one: &Project| one.code.as_ref().unwrap_or(&one.name).value.to_string();
    model.projects_of(id).map(|(id, one)| (id, told_apart(own(one), &mut taken))).collect()
}

/// What was found, each with what it is about.
#[derive(Default)]
struct FoundByDepartment<'a> {
    /// By the department in which it stands.
    within: BTreeMap<Option<DepartmentId>, Vec<TableFinding<'a>>>,
    /// What stands in no declaration.
    elsewhere: Vec<TableFinding<'a>>,
}

impl<'a> FoundByDepartment<'a> {
    fn of(model: &Model, context: TableContext<'a>) -> Self {
        let mut found = Self::default();
        let diagnostics = context.review.map_or(&[][..], |review| review.diagnostics);
        if diagnostics.is_empty() {
            return found;
        }
        let anchors = anchors(model);
        for diagnostic in diagnostics {
            let anchor = diagnostic.span().and_then(|span| anchor_of(span, &anchors));
            let group = match anchor {
                Some(anchor) => found.within.entry(anchor.department(model)).or_default(),
                None => &mut found.elsewhere,
            };
            group.push(TableFinding { diagnostic, anchor });
        }
        found
    }
}

impl<'a> TableOffice<'a> {
    /// None, with nothing but what was found in none.
    fn nowhere(model: &'a Model, context: TableContext<'a>, year: u16, found: Vec<TableFinding<'a>>) -> Self {
        let (key, projects, keys) = (String::new(), Vec::new(), BTreeMap::new());
        Self { model, id: None, context, year, key, is_first: false, projects, keys, found, is_part: true }
    }

    /// The first three cells of a row.
    pub fn common(&self) -> [EngineCell<'_>; 3] {
        [
            EngineCell::Whole(self.year.into()),
            EngineCell::text(self.context.region),
            EngineCell::text(self.key.as_str()),
        ]
    }

    /// None for what lies outside any, and where a project alone is asked for.
    pub fn department(&self) -> Option<&'a Department> {
        self.id.filter(|_| !self.is_part).map(|id| &self.model[id])
    }

    /// The standard of the department.
    pub fn standard(&self) -> &'a Standard {
        standard_of(self.model, self.id)
    }

    /// Its projects in the order of their keys.
    pub fn projects(&self) -> impl Iterator<Item = (&str, ProjectId, &'a Project)> {
        self.projects.iter().map(|(key, id)| (key.as_str(), *id, &self.model[*id]))
    }

    /// The same, after what it has as a whole, whose key is empty.
    pub fn with_whole(&self) -> impl Iterator<Item = (&str, ProjectId, &'a Project)> {
        let whole = self.model.whole_of(self.id).filter(|_| !self.is_part);
        whole.map(|(id, one)| ("", id, one)).into_iter().chain(self.projects())
    }

    /// The key of a project of it; empty for what it has as a whole.
    pub fn key_of(&self, id: ProjectId) -> Option<&str> {
        if id.whole_of().is_some() { Some("") } else { self.keys.get(&id).map(String::as_str) }
    }

    /// Key and number of what a line of the year names. Indicators that adjustments add are counted on behind the approved
    /// ones.
    pub fn place_of(&self, named: NamedThing) -> Option<(&str, Option<usize>)> {
        let key = |id| self.key_of(id);
        match named {
            NamedThing::Department => Some(("", None)),
            NamedThing::Project(id) => Some((key(id)?, None)),
            NamedThing::Indicator(id) => Some((key(id.project)?, Some(id.index as usize + 1))),
            NamedThing::Added { project, .. } => {
                let all = self.changes().map(|(named, ..)| named);
                let mut added =
                    all.filter(|one| matches!(one, NamedThing::Added { project: of, .. } if *of == project));
                let number = added.position(|one| one == named)?;
                Some((key(project)?, Some(self.model[project].indicators.len() + number + 1)))
            }
        }
    }

    /// The lines of its adjustments in the order of the files, with what each is about.
    pub fn changes(&self) -> impl Iterator<Item = (NamedThing, &'a Adjustment, &'a AdjustmentChange)> {
        let (model, id) = (self.model, self.id);
        let occasions = (0..).zip(&model.record(id).occasions);
        occasions.flat_map(move |(occasion, one)| {
            let adjustment = if let Occasion::Adjustment(one) = one { Some(one) } else { None };
            let changes = adjustment.into_iter().flat_map(|one| (0..).zip(&one.changes).map(move |line| (one, line)));
            changes.filter_map(move |(adjustment, (change, line))| {
                let named = line.subject.named?;
                let project = named.holder(model, id);
                let named = match &line.fact {
                    AdjustedFact::Added(_) => NamedThing::Added { project: project?, occasion, change },
                    _ => named,
                };
                Some((named, adjustment, line))
            })
        })
    }

    /// By which a line about something is read.
    pub fn standard_of(&self, named: NamedThing) -> &'a Standard {
        let holder = named.holder(self.model, self.id);
        holder.map_or_else(|| self.standard(), |id| &self.model[self.model[id].standard])
    }

    /// What happened in its year; none where a project alone is asked for.
    pub fn record(&self) -> Option<&'a YearRecord> {
        (!self.is_part).then(|| self.model.record(self.id))
    }

    /// File and line, and the column, of a place; NULL without sources.
    pub fn place(&self, span: Option<Span>) -> [EngineCell<'a>; 3] {
        let Some((span, sources)) = span.zip(self.context.sources) else { return [const { EngineCell::Null }; 3] };
        let source = sources.get(span.file);
        let location = source.location(span.start);
        let path = source.path.strip_prefix(self.context.root).unwrap_or(&source.path);
        let number = |number: u32| EngineCell::count(number as usize);
        [EngineCell::text(path), number(location.line), number(location.column)]
    }

    /// The files in which it is declared, in their order.
    pub fn files(&self) -> Vec<FileId> {
        let own = self.id.map(|id| self.model[id].span);
        let projects = self.model.projects_of(self.id).map(|(_, one)| one.span);
        let year = self.model.record(self.id).occasions.iter().map(Occasion::span);
        let mut files: Vec<FileId> = own.into_iter().chain(projects).chain(year).map(|span| span.file).collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_stay_apart_whatever_they_are() {
        let mut taken = BTreeSet::from([String::new()]);
        let keys = ["甲", "甲", "甲#2", "甲", "", "甲#2"].map(|key| told_apart(key.to_owned(), &mut taken));
        assert_eq!(keys, ["甲", "甲#2", "甲#2#2", "甲#3", "#2", "甲#2#3"]);
    }
}
