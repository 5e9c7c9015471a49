//! A workspace that is checked again after every change of a file, without doing again what the change leaves as it was.
//!
//! What is found is the same as [`analyse`](super::analyse) finds of the same texts, in the same order: every finding knows
//! what made it ([`Owner`]), and only what looks at something that changed is asked again (`update`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::parallel::prelude::*;

use super::offer::TriedFixes;
use super::reading::{Base, Found, Owner, PieceId, owned};
use super::settle::{by_file, settle};
use super::{Analysis, Input};
use crate::control::{self, Excused, Wishes};
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Across, Context, Findings, Marks, MarksBefore, Plan, Undecided};
use crate::model::year::{NamedThing, Occasion, tie};
use crate::model::{DepartmentId, resolve};
use crate::source::{FileId, Span};

/// What was read and found, kept up to date.
pub struct Session {
    pub(super) base: Base,
    settings: Option<Input>,
    paths: BTreeMap<String, FileId>,
    /// Every finding that is wanted, before comments excuse some.
    pub(super) found: BTreeMap<Option<FileId>, Vec<Found>>,
    pub(super) undecided: BTreeMap<Owner, Vec<Undecided>>,
    /// Where the sub-goals and the year of each department name the projects and indicators of a piece.
    pub(super) references: BTreeMap<Option<DepartmentId>, References>,
    /// Of each department, where there are several to be compared.
    marks: Vec<Marks<Span>>,
    /// What was made out of fixes before.
    pub(super) fixes: TriedFixes,
}

/// What names something in a piece, by piece.
pub type References = BTreeMap<PieceId, Vec<ReferenceToPiece>>;

/// The project in the piece, the indicator of it, and which reference of the department it is: of its sub-goals, else of
/// its year.
pub type ReferenceToPiece = (usize, Option<u32>, bool, usize);

impl Session {
    /// Checks a workspace for the first time.
    pub fn new(files: Vec<Input>, settings: Option<Input>, wishes: Wishes) -> Self {
        let (base, found) = Base::read(files, settings.clone(), wishes);
        let known = base.files.iter().map(|file| (base.analysis.sources.get(file.id).path.clone(), file.id));
        let mut session = Self {
            paths: known.collect(),
            base,
            settings,
            found: BTreeMap::new(),
            undecided: BTreeMap::new(),
            references: BTreeMap::new(),
            marks: Vec::new(),
            fixes: TriedFixes::default(),
        };
        let groups: BTreeSet<Option<DepartmentId>> = session.base.analysis.model.groups().collect();
        let mut found = found;
        for group in &groups {
            found.extend(session.resolve(*group));
        }
        found.extend(session.lint(&groups, |_| true));
        let levels = session.base.levels();
        session.found = by_file(found, &session.base, &levels);
        let (mut diagnostics, mut excused) = (Vec::new(), Vec::new());
        for (file, found) in &session.found {
            let found = found.iter().map(|one| one.diagnostic.clone()).collect();
            let (settled, more) = settle(*file, found, &session.base, &levels, &mut session.fixes);
            diagnostics.extend(settled);
            excused.extend(more);
        }
        (session.base.analysis.diagnostics, session.base.analysis.excused) = (diagnostics, excused);
        session.judge();
        session
    }

    /// As a check of the same texts from nothing would give it.
    pub fn analysis(&self) -> &Analysis {
        &self.base.analysis
    }

    /// A file of the workspace by its path.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.paths.get(path).copied()
    }

    /// Gives files new texts. Returns the files of which something else is to be told now.
    pub fn update(&mut self, texts: Vec<(FileId, Arc<str>)>) -> BTreeSet<FileId> {
        let Some(changed) = self.change(&texts) else {
            self.start_anew(&texts);
            return self.base.analysis.sources.iter().map(|(file, _)| file).collect();
        };
        self.judge();
        changed
    }

    /// Takes in what was read of the disk anew. False where there are other files or settings than before.
    pub fn reread(&mut self, files: &[Input], settings: Option<&Input>) -> bool {
        let is_same = |one: &Input, other: &Input| (&one.path, &one.text) == (&other.path, &other.text);
        let has_same_settings = match (&self.settings, settings) {
            (Some(one), Some(other)) => is_same(one, other),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let texts = files.iter().map(|file| Some((self.file(&file.path)?, file.text.clone())));
        let texts: Option<Vec<(FileId, Arc<str>)>> = texts.collect();
        let Some(texts) = texts.filter(|_| has_same_settings && files.len() == self.paths.len()) else { return false };
        self.update(texts);
        true
    }

    /// What was found in a file, in order.
    pub fn findings_in(&self, file: FileId) -> &[Diagnostic] {
        let found = &self.base.analysis.diagnostics;
        &found[stretch(found, |diagnostic| diagnostic.span().map(|span| span.file), file)]
    }

    /// What was found of the workspace as a whole.
    pub fn placeless(&self) -> &[Diagnostic] {
        let end = self.base.analysis.diagnostics.partition_point(|diagnostic| diagnostic.span().is_none());
        &self.base.analysis.diagnostics[..end]
    }

    /// Reads everything again, because the change reaches too far: it touches standards, or which departments there are.
    fn start_anew(&mut self, texts: &[(FileId, Arc<str>)]) {
        let texts: BTreeMap<FileId, &Arc<str>> = texts.iter().map(|(file, text)| (*file, text)).collect();
        let files = self.paths.iter().map(|(path, file)| {
            let text = texts.get(file).copied().unwrap_or(&self.base.analysis.sources.get(*file).text);
            Input { path: path.clone(), text: text.clone() }
        });
        *self = Self::new(files.collect(), self.settings.take(), std::mem::take(&mut self.base.wishes));
    }

    /// Ties the references of a department and the lines of its year.
    pub(super) fn resolve(&mut self, group: Option<DepartmentId>) -> Vec<Found> {
        let model = &mut self.base.analysis.model;
        let of_goals = group.map(|id| owned(Owner::References(id), resolve::resolve(model, id)));
        let mut found: Vec<Found> = of_goals.into_iter().flatten().collect();
        found.extend(owned(Owner::Year(group), tie::tie(model, group)));
        self.references.insert(group, self.references_of(group));
        found
    }

    fn references_of(&self, group: Option<DepartmentId>) -> References {
        let model = &self.base.analysis.model;
        let sub_goals = group.into_iter().flat_map(|id| &model[id].sub_goals);
        let of_goals = sub_goals.flat_map(|goal| &goal.indicators).map(|one| one.target.map(NamedThing::Indicator));
        let of_year = model.record(group).occasions.iter().flat_map(Occasion::subjects).map(|one| one.named);
        let of_goals = of_goals.enumerate().map(|(number, named)| (named, true, number));
        let of_year = of_year.enumerate().map(|(number, named)| (named, false, number));
        let mut all = References::new();
        for (named, is_of_goals, number) in of_goals.chain(of_year) {
            let indicator = match named {
                Some(NamedThing::Indicator(id)) => Some(id.index),
                Some(NamedThing::Department | NamedThing::Project(_) | NamedThing::Added { .. }) | None => None,
            };
            let Some(id) = named.and_then(NamedThing::project).filter(|id| id.whole_of().is_none()) else { continue };
            let index = id.0 as usize;
            let piece = self.base.pieces[index];
            let before = self.base.pieces[..index].iter().rev().take_while(|other| **other == piece).count();
            all.entry(piece).or_default().push((before, indicator, is_of_goals, number));
        }
        all
    }

    /// Renews the marks of some departments.
    fn mark(&mut self, groups: &BTreeSet<Option<DepartmentId>>) {
        let model = &self.base.analysis.model;
        if model.departments.len() < 2 {
            self.marks.clear();
        } else if self.marks.len() == model.departments.len() {
            for id in groups.iter().flatten() {
                self.marks[id.0 as usize] = Marks::of(model, *id);
            }
        } else {
            self.marks = lint::marks(model);
        }
    }

    /// Runs the rules over everything, over some departments, and over the projects of some pieces.
    pub(super) fn lint(
        &mut self,
        groups: &BTreeSet<Option<DepartmentId>>,
        is_wanted: impl Fn(PieceId) -> bool + Sync,
    ) -> Vec<Found> {
        self.mark(groups);
        let base = &self.base;
        let levels = base.levels();
        let context = Context::new(&base.analysis.model, &base.analysis.sources);
        let plan = Plan::new(&base.analysis.model, |code, standard| base.is_wanted(&levels, code, standard));
        let before = MarksBefore::default();
        let across = Across::new(&base.analysis.model, &self.marks, &before);
        let mut all: Vec<(Owner, Findings)> = vec![(Owner::Workspace, lint::check_across(&across))];
        all.extend(groups.iter().map(|group| (Owner::Group(*group), lint::check_group(&context, *group, &plan))));
        let projects =
            base.analysis.model.projects.par_iter().zip(&base.pieces).filter(|(_, piece)| is_wanted(**piece));
        let of_projects =
            projects.map(|(project, piece)| (Owner::Projects(*piece), lint::check_project(&context, project, &plan)));
        all.extend(of_projects.collect::<Vec<_>>());
        let mut found = Vec::new();
        for (owner, findings) in all {
            if !findings.undecided.is_empty() {
                self.undecided.entry(owner).or_default().extend(findings.undecided);
            }
            found.extend(owned(owner, findings.diagnostics));
        }
        found
    }

    /// Tells nothing of a file until it is settled again: its findings are shared with nobody meanwhile.
    pub(super) fn withdraw(&mut self, file: FileId) {
        let diagnostics = &mut self.base.analysis.diagnostics;
        let place = stretch(diagnostics, |diagnostic| diagnostic.span().map(|span| span.file), file);
        diagnostics.drain(place);
    }

    /// Settles the findings of a file again. True where something else is to be told now.
    pub(super) fn settle(&mut self, file: FileId) -> bool {
        let levels = self.base.levels();
        let found = self.found.get(&Some(file)).into_iter().flatten().map(|one| one.diagnostic.clone()).collect();
        let (settled, excused) = settle(Some(file), found, &self.base, &levels, &mut self.fixes);
        let Analysis { diagnostics, excused: all_excused, .. } = &mut self.base.analysis;
        let place = stretch(diagnostics, |diagnostic| diagnostic.span().map(|span| span.file), file);
        let place_of_excused = stretch(all_excused, file_of_excused, file);
        let is_same = diagnostics[place.clone()] == settled[..] && all_excused[place_of_excused.clone()] == excused[..];
        if !is_same {
            diagnostics.splice(place, settled);
            all_excused.splice(place_of_excused, excused);
        }
        !is_same
    }

    /// Says of each rule what the run says of it.
    fn judge(&mut self) {
        let undecided: Vec<Undecided> = self.undecided.values().flatten().copied().collect();
        let levels = self.base.levels();
        self.base.analysis.verdicts =
            control::verdicts(&self.base.analysis.diagnostics, &undecided, &self.base.analysis.model, &levels);
    }
}

fn file_of_excused(excused: &Excused) -> Option<FileId> {
    excused.diagnostic.span().map(|span| span.file)
}

/// Where what belongs to a file stands among what is in the order of files.
fn stretch<T>(all: &[T], file_of: impl Fn(&T) -> Option<FileId>, file: FileId) -> std::ops::Range<usize> {
    let start = all.partition_point(|one| file_of(one) < Some(file));
    start..start + all[start..].partition_point(|one| file_of(one) <= Some(file))
}
