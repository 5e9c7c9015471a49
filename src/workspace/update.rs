//! Some files get new texts: what is read and checked again, and what only moves.
//!
//! A declaration whose text stays is not read again; its places follow the change. Rules over a project run again where
//! the project, its fiscal year or a reference to one of its indicators changed; rules over a department where anything in
//! the department changed. Standards, and which departments there are, reach everything: then nothing is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::reading::{File, Found, Owner, Piece, PieceId, order, owned, read_department};
use super::session::{References, Session};
use super::settle::in_order;
use crate::diagnostic::{Diagnostic, Parts};
use crate::model::year::{NamedThing, Occasion};
use crate::model::{DepartmentId, Project, ProjectId};
use crate::source::{FileId, TextChange};
use crate::syntax::{self, Chunk, StatementKind, Tree};

/// What a change left to do.
#[derive(Default)]
struct Remaining {
    /// The departments in which something changed.
    groups: BTreeSet<Option<DepartmentId>>,
    /// Departments that were read again.
    departments: BTreeSet<DepartmentId>,
    /// Departments of which a declaration of the year was read again.
    read_years: BTreeSet<Option<DepartmentId>>,
    /// Departments with another fiscal year.
    other_year: BTreeSet<DepartmentId>,
    /// Pieces that were read.
    fresh: BTreeSet<PieceId>,
    /// Pieces that are no more.
    gone: BTreeSet<PieceId>,
    /// Findings of what was read.
    found: Vec<Found>,
    /// Files whose findings moved or changed.
    touched: BTreeSet<FileId>,
    /// Files with a new text.
    changed: BTreeSet<FileId>,
}

impl Session {
    /// Takes in new texts. Returns the files of which something else is to be told now; none where all has to be read
    /// again.
    pub(super) fn change(&mut self, texts: &[(FileId, Arc<str>)]) -> Option<BTreeSet<FileId>> {
        let mut work = Remaining::default();
        for (file, text) in texts {
            if let Some(change) = TextChange::between(*file, &self.base.analysis.sources.get(*file).text, text) {
                self.read_again(&change, &mut work)?;
            }
        }
        if work.changed.is_empty() {
            return Some(work.changed);
        }
        let mut stale: BTreeSet<Owner> = work.groups.iter().map(|group| Owner::Group(*group)).collect();
        stale.insert(Owner::Workspace);
        let mut found = std::mem::take(&mut work.found);
        let mut unchecked = work.fresh.clone();
        for group in work.groups.iter().copied() {
            stale.extend(group.map(Owner::References));
            stale.insert(Owner::Year(group));
            let before = self.references.remove(&group).unwrap_or_default();
            found.extend(self.resolve(group));
            let after = &self.references[&group];
            let is_read_again =
                group.is_some_and(|id| work.departments.contains(&id)) || work.read_years.contains(&group);
            unchecked.extend(differences(&before, after, is_read_again).filter(|piece| !work.gone.contains(piece)));
        }
        for (project, piece) in self.base.analysis.model.projects.iter().zip(&self.base.pieces) {
            if project.department.is_some_and(|department| work.other_year.contains(&department)) {
                unchecked.insert(*piece);
            }
        }
        stale.extend(unchecked.iter().map(|piece| Owner::Projects(*piece)));
        self.undecided.retain(|owner, _| !stale.contains(owner));
        found.extend(self.lint(&work.groups, |piece| unchecked.contains(&piece)));
        self.renew(&stale, found, &mut work.touched);
        let mut changed = work.changed;
        for file in work.touched {
            if self.settle(file) {
                changed.insert(file);
            }
        }
        Some(changed)
    }

    /// Takes out what some work found before.
    fn forget(&mut self, stale: &BTreeSet<Owner>, touched: &mut BTreeSet<FileId>) {
        self.undecided.retain(|owner, _| !stale.contains(owner));
        for (file, found) in &mut self.found {
            let before = found.len();
            found.retain(|one| !stale.contains(&one.owner));
            if found.len() != before {
                touched.extend(*file);
            }
        }
    }

    /// Puts what is found now, where it is wanted, in the place of what some work found before. A file of which the same
    /// is found again is not touched: rules over a department find most of it anew after every change.
    fn renew(&mut self, stale: &BTreeSet<Owner>, found: Vec<Found>, touched: &mut BTreeSet<FileId>) {
        let levels = self.base.levels();
        let mut fresh: BTreeMap<Option<FileId>, Vec<Found>> = BTreeMap::new();
        for mut one in found {
            let file = one.diagnostic.span().map(|span| span.file);
            if levels.apply(&mut one.diagnostic, file.map(|file| self.base.standard_in(file))) {
                fresh.entry(file).or_default().push(one);
            }
        }
        for file in fresh.keys() {
            self.found.entry(*file).or_default();
        }
        for (file, found) in &mut self.found {
            let mut new = fresh.remove(file).unwrap_or_default();
            in_order(&mut new);
            if found.iter().filter(|one| stale.contains(&one.owner)).eq(&new) {
                continue;
            }
            found.retain(|one| !stale.contains(&one.owner));
            found.append(&mut new);
            in_order(found);
            touched.extend(*file);
        }
    }

    /// Reads the pieces of a file that changed. None where the change reaches beyond what pieces tell.
    fn read_again(&mut self, change: &TextChange, work: &mut Remaining) -> Option<()> {
        let index = self.base.index_of(change.file)?;
        let department = self.base.files[index].department;
        let old = self.base.files[index].pieces.take()?;
        let holds_departments = old.iter().any(|piece| !piece.departments.is_empty());
        if old.iter().any(|piece| piece.has_standard) || holds_departments && self.base.has_shared_folder {
            return None;
        }
        let chunks: Vec<Chunk> = old.iter().map(|piece| piece.chunk.clone()).collect();
        let (before, between, after) = syntax::split_again(&chunks, change).ok()?;
        self.base.analysis.sources.change(change);
        self.withdraw(change.file);
        self.follow(change, work);

        let first_after = old.len() - after;
        let start = self.first_project_of(index);
        let count: usize = old.iter().map(|piece| piece.projects as usize).sum();
        let mut projects: Vec<Project> = self.base.analysis.model.projects.drain(start..start + count).collect();
        self.base.pieces.drain(start..start + count);
        let mut kept_projects = projects.drain(..);
        let mut between = between.into_iter();
        let (mut pieces, mut new_projects, mut owners) = (Vec::with_capacity(old.len()), Vec::new(), Vec::new());
        let mut departments: Vec<DepartmentId> = Vec::new();
        let mut to_read: Vec<ChangedStretch> = Vec::new();
        for (number, mut piece) in old.into_iter().enumerate() {
            if number == before {
                to_read.extend(between.by_ref().map(ChangedStretch::Read));
            }
            let own: Vec<Project> = kept_projects.by_ref().take(piece.projects as usize).collect();
            let is_behind = number >= first_after;
            if is_behind {
                piece.chunk = syntax::moved(&piece.chunk, change);
            }
            if (number < before || is_behind) && piece.chunk.is_whole {
                to_read.push(ChangedStretch::Keep(piece, own));
                continue;
            }
            work.gone.insert(piece.id);
            departments.extend(piece.departments);
            if number < before || is_behind {
                // Where a text does not close, recovery may look further than the piece.
                to_read.push(ChangedStretch::Read(piece.chunk));
            }
        }
        to_read.extend(between.map(ChangedStretch::Read));
        drop(kept_projects);

        let mut occasions = Vec::new();
        let mut departments = departments.into_iter();
        for step in to_read {
            let (piece, own) = match step {
                ChangedStretch::Keep(piece, mut own) => {
                    for project in &mut own {
                        project.follow(change);
                    }
                    for id in &piece.departments {
                        self.base.analysis.model.departments[id.0 as usize].follow(change);
                    }
                    if piece.is_of_the_year {
                        // What was found of it follows the change; what it says is read as it stands now.
                        let (tree, mut known) = self.parse(index, &piece.chunk);
                        occasions.extend(self.base.declarations(&self.base.files[index], &tree, &mut known).1);
                    }
                    (piece, own)
                }
                ChangedStretch::Read(chunk) => self.read_piece(index, chunk, &mut departments, &mut occasions, work)?,
            };
            owners.extend(own.iter().map(|_| piece.id));
            new_projects.extend(own);
            pieces.push(piece);
        }
        // Fewer departments than before.
        if departments.next().is_some() {
            return None;
        }
        self.shift_references(start + count, start + new_projects.len(), department);
        self.base.analysis.model.projects.splice(start..start, new_projects);
        self.base.pieces.splice(start..start, owners);
        self.base.files[index].pieces = Some(pieces);
        let record = &mut self.base.analysis.model.record_mut(department).occasions;
        record.retain(|one| one.span().file != change.file);
        let at = record.partition_point(|one| one.span().file < change.file);
        record.splice(at..at, occasions);
        self.forget_pieces(work);
        work.groups.insert(department);
        work.touched.insert(change.file);
        work.changed.insert(change.file);
        Some(())
    }

    /// Reads a piece with its projects, and the departments it holds, which must be those that stood here before.
    fn read_piece(
        &mut self,
        index: usize,
        chunk: Chunk,
        departments: &mut impl Iterator<Item = DepartmentId>,
        occasions: &mut Vec<Occasion>,
        work: &mut Remaining,
    ) -> Option<(Piece, Vec<Project>)> {
        let id = PieceId(self.base.next_piece);
        self.base.next_piece = self.base.next_piece.checked_add(1)?;
        let (tree, mut found) = self.parse(index, &chunk);
        let (projects, of_year) = self.base.declarations(&self.base.files[index], &tree, &mut found);
        let file = self.base.files[index].id;
        let text = self.base.analysis.sources.get(file).text.clone();
        let own = self.read_departments(&tree, file, &text, departments, work)?;
        work.found.extend(owned(Owner::Piece(id), found));
        work.fresh.insert(id);
        let piece = Piece {
            departments: own,
            projects: projects.len() as u32,
            is_of_the_year: !of_year.is_empty(),
            ..Piece::new(id, chunk)
        };
        if piece.is_of_the_year {
            work.read_years.insert(self.base.files[index].department);
        }
        occasions.extend(of_year);
        Some((piece, projects))
    }

    fn parse(&self, index: usize, chunk: &Chunk) -> (Tree, Vec<Diagnostic>) {
        let file: &File = &self.base.files[index];
        syntax::parse_chunk(file.id, &self.base.analysis.sources.get(file.id).text, chunk)
    }

    fn read_departments(
        &mut self,
        tree: &Tree,
        file: FileId,
        text: &Arc<str>,
        departments: &mut impl Iterator<Item = DepartmentId>,
        work: &mut Remaining,
    ) -> Option<Vec<DepartmentId>> {
        let mut own = Vec::new();
        for node in tree.roots(file, text) {
            match node.kind() {
                StatementKind::Standard => return None,
                StatementKind::Department => {
                    let id = departments.next()?;
                    let mut found = Vec::new();
                    let department =
                        read_department(node, &self.base.library, self.base.fallback, &mut found).with_id(id);
                    let known = &mut self.base.analysis.model.departments[id.0 as usize];
                    if department.standard != known.standard {
                        return None;
                    }
                    let year = |one: &crate::model::Department| one.year.as_ref().map(|year| year.value);
                    if year(&department) != year(known) {
                        work.other_year.insert(id);
                    }
                    let record = std::mem::take(&mut known.record);
                    *known = crate::model::Department { record, ..department };
                    self.forget(&BTreeSet::from([Owner::Department(id)]), &mut work.touched);
                    // It may have been read once before in this round.
                    work.found.retain(|one| one.owner != Owner::Department(id));
                    work.found.extend(owned(Owner::Department(id), found));
                    work.departments.insert(id);
                    own.push(id);
                }
                StatementKind::Project | StatementKind::Occasion | StatementKind::Indicator | StatementKind::Field => {}
            }
        }
        Some(own)
    }

    /// Where the projects of a file stand in the model.
    fn first_project_of(&self, index: usize) -> usize {
        let department = self.base.files[index].department;
        let own = order(department);
        let first = self.base.analysis.model.projects.partition_point(|project| order(project.department) < own);
        let before = self.base.files[..index].iter().filter(|file| file.department == department);
        let pieces = before.flat_map(|file| file.pieces.iter().flatten());
        first + pieces.map(|piece| piece.projects as usize).sum::<usize>()
    }

    /// Lets findings everywhere follow a change; those that may point at it are told anew.
    fn follow(&mut self, change: &TextChange, work: &mut Remaining) {
        for (file, found) in &mut self.found {
            let mut is_touched = false;
            for one in found {
                is_touched |= follow(&mut one.diagnostic, change);
            }
            if is_touched {
                work.touched.extend(*file);
                // The same bytes may be on other lines now.
                work.changed.extend(*file);
            }
        }
        for one in &mut work.found {
            follow(&mut one.diagnostic, change);
        }
    }

    /// Projects behind a file have other numbers when there are more or fewer of them in it. The references of its own
    /// department are tied anew.
    fn shift_references(&mut self, old: usize, new: usize, own: Option<DepartmentId>) {
        if old == new {
            return;
        }
        let departments = self.base.analysis.model.departments.iter_mut().enumerate();
        let others = departments.filter(|(index, _)| own != Some(DepartmentId(*index as u32)));
        let references =
            others.flat_map(|(_, department)| &mut department.sub_goals).flat_map(|goal| &mut goal.indicators);
        for id in references.filter_map(|reference| reference.target.as_mut()) {
            if id.project.0 as usize >= old {
                id.project.0 = (id.project.0 as usize - old + new) as u32;
            }
        }
        let groups: Vec<_> = self.base.analysis.model.groups().filter(|group| *group != own).collect();
        for group in groups {
            let occasions = &mut self.base.analysis.model.record_mut(group).occasions;
            let named = occasions.iter_mut().flat_map(Occasion::subjects_mut).filter_map(|one| one.named.as_mut());
            let is_behind = |id: &&mut ProjectId| id.whole_of().is_none() && id.0 as usize >= old;
            for id in named.filter_map(NamedThing::project_mut).filter(is_behind) {
                id.0 = (id.0 as usize - old + new) as u32;
            }
        }
    }

    fn forget_pieces(&mut self, work: &mut Remaining) {
        let gone = work.gone.iter().flat_map(|piece| [Owner::Piece(*piece), Owner::Projects(*piece)]).collect();
        self.forget(&gone, &mut work.touched);
        work.found.retain(|one| !gone.contains(&one.owner));
        work.gone.iter().for_each(|piece| self.fixes.forget(*piece));
        work.fresh.retain(|piece| !work.gone.contains(piece));
    }
}

/// What becomes of a stretch of the file.
enum ChangedStretch {
    Keep(Piece, Vec<Project>),
    Read(Chunk),
}

/// True where a finding has a place that moved or may have changed.
fn follow(diagnostic: &mut Diagnostic, change: &TextChange) -> bool {
    let labels = diagnostic.labels.iter().map(|label| label.span);
    let edits = diagnostic.fix.iter().flat_map(|fix| fix.edits.iter()).map(|edit| edit.span);
    let is_touched = labels.chain(edits).any(|span| change.reaches(span));
    // What stays as it is stays shared.
    if is_touched {
        let Parts { labels, fix, .. } = &mut **diagnostic;
        labels.iter_mut().for_each(|label| change.span(&mut label.span));
        fix.iter_mut().flat_map(|fix| fix.edits.iter_mut()).for_each(|edit| change.span(&mut edit.span));
    }
    is_touched
}

/// The pieces whose references are others now; all that have any, where what refers to them was read again.
fn differences(before: &References, after: &References, is_read_again: bool) -> impl Iterator<Item = PieceId> {
    let all: BTreeSet<PieceId> = before.keys().chain(after.keys()).copied().collect();
    all.into_iter().filter(move |piece| is_read_again || before.get(piece) != after.get(piece))
}
