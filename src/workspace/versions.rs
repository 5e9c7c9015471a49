//! Two versions of a workspace, read as far as a comparison of them needs.
//!
//! A text that both have is cut and parsed once. A project that stands word for word in both, in its department, in its
//! year and by the same standard, is known by its head: nothing in it changed, and nothing of what it means. Every other project is read, and where something in a
//! department changed, those that its sub-goals name; all of them where its year is reported, since points and lights
//! follow from any. No rule runs: what is found is what is not understood.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::parallel::prelude::*;

use super::reading::{Base, Cut, Declarations, Found, Owner, ReadPiece, SMALL, cut, for_each_text, is_late, owned};
use super::settle::by_file;
use super::{Analysis, Input};
use crate::control::Wishes;
use crate::diff::{self, Side};
use crate::model::text::key;
use crate::model::year::tie;
use crate::model::{DepartmentId, Project, ProjectId, StandardId, project, resolve};
use crate::source::{FileId, Sources};
use crate::syntax::{self, Chunk, Tree};

/// A version of a workspace, as it is handed in.
#[derive(Clone, Debug, Default)]
pub struct VersionInput {
    /// Its `.jx` files, in any order.
    pub files: Vec<Input>,
    /// Its `jixiao.toml`, where it has one.
    pub settings: Option<Input>,
}

/// Reads versions side by side. What it knows of their texts holds for the next two versions as well.
#[derive(Default)]
pub struct Versions {
    known: BTreeMap<Arc<str>, Option<Arc<KnownText>>>,
}

/// What a text without mistakes is cut into.
struct KnownText {
    chunks: Vec<Chunk>,
    trees: Vec<(usize, Arc<Tree>)>,
    /// The heads of projects, by piece.
    heads: BTreeMap<usize, Tree>,
}

impl VersionInput {
    /// Reads all of it.
    pub fn read(self) -> Analysis {
        let (mut base, mut found) = Base::read(self.files, self.settings, Wishes::default());
        base.tie_references(&mut found);
        mistakes(base, found)
    }
}

impl Versions {
    /// Reads two versions as far as their comparison needs.
    pub fn read(&mut self, old: VersionInput, new: VersionInput) -> [Analysis; 2] {
        self.learn([&old, &new].into_iter().flat_map(|version| &version.files));
        let versions = [old, new];
        let mut halves = versions.each_ref().map(|version| HalfRead::read(version.clone(), &self.known));
        let rest = Rest::of(&halves);
        for (half, side) in halves.iter_mut().zip(0..) {
            if !half.read_rest(&rest.kept[side], &rest.changed[side]) {
                return versions.map(VersionInput::read);
            }
        }
        halves.map(|half| mistakes(half.base, half.found))
    }

    /// Cuts the texts that are not known yet, and forgets those that are not asked for.
    fn learn<'f>(&mut self, files: impl Iterator<Item = &'f Input>) {
        let mut before = std::mem::take(&mut self.known);
        let mut fresh = BTreeSet::new();
        for Input { text, .. } in files {
            match before.remove_entry(text) {
                Some((text, known)) => drop(self.known.insert(text, known)),
                None if self.known.contains_key(text) => {}
                None => drop(fresh.insert(text.clone())),
            }
        }
        let fresh: Vec<Arc<str>> = fresh.into_iter().collect();
        self.known.par_extend(fresh.into_par_iter().map(|text| {
            let known = KnownText::of(&text).map(Arc::new);
            (text, known)
        }));
    }
}

impl KnownText {
    /// None where there are mistakes: they are told of each file anew.
    fn of(text: &Arc<str>) -> Option<Self> {
        let Cut { chunks, trees, found, refused: _ } = cut(Sources::default().add("", ""), text);
        let chunks = chunks.filter(|_| found.is_empty())?;
        let late = chunks.iter().enumerate().filter(|(_, chunk)| is_late(chunk) && chunk.conflicts.is_none());
        let heads = late.filter_map(|(piece, chunk)| Some((piece, syntax::parse_head(text, chunk)?))).collect();
        Some(Self { chunks, trees, heads })
    }

    fn cut(&self) -> Cut {
        Cut { chunks: Some(self.chunks.clone()), trees: self.trees.clone(), ..Cut::default() }
    }
}

/// A version with the heads of its projects.
struct HalfRead {
    base: Base,
    found: Vec<Found>,
    /// File and place of each piece, by its id.
    places: Vec<(usize, usize)>,
}

impl HalfRead {
    fn read(version: VersionInput, known: &BTreeMap<Arc<str>, Option<Arc<KnownText>>>) -> Self {
        let find = |text: &Arc<str>| known.get(text).and_then(Option::as_ref);
        let cut = |file: FileId, text: &Arc<str>| find(text).map_or_else(|| cut(file, text), |known| known.cut());
        let declared = Base::declared(version.files, version.settings, Wishes::default(), &cut);
        let Declarations { mut base, early, late, mut found } = declared;
        let text = |file: usize| &base.analysis.sources.get(base.files[file].id).text;
        let of_files: Vec<Option<&Arc<KnownText>>> = (0..base.files.len()).map(|file| find(text(file))).collect();
        let read_late = |(file, piece): (usize, usize)| {
            let head = of_files[file].and_then(|known| known.heads.get(&piece));
            head.map_or_else(|| base.read_late(file, piece), |head| read_head(&base, file, piece, head))
        };
        let length = |(file, piece): (usize, usize)| base.chunk(file, piece).bytes.len();
        let mut read = for_each_text(&late, length, read_late);
        read.extend(early.iter().map(|one| base.read_early(one)));
        base.take_in(read, &mut found);
        let pieces = base.files.iter().map(|file| file.pieces.as_ref().map_or(0, Vec::len));
        let places = pieces.enumerate().flat_map(|(file, count)| (0..count).map(move |piece| (file, piece))).collect();
        Self { base, found, places }
    }

    fn side(&self) -> Side<'_> {
        Side { model: &self.base.analysis.model, sources: &self.base.analysis.sources }
    }

    /// What a piece says.
    fn words(&self, (file, piece): (usize, usize)) -> &str {
        let file = &self.base.files[file];
        let chunk = &file.pieces.as_ref().expect("a piece")[piece].chunk;
        &self.base.analysis.sources.get(file.id).text[chunk.bytes.clone()]
    }

    fn place(&self, project: ProjectId) -> (usize, usize) {
        self.places[self.base.pieces[project.0 as usize].0 as usize]
    }

    /// What declares the standards, and each department.
    fn declarations(&self) -> (Vec<&str>, Vec<&str>) {
        let (mut standards, mut departments) = (Vec::new(), vec![""; self.base.analysis.model.departments.len()]);
        for place in &self.places {
            let piece = &self.base.files[place.0].pieces.as_ref().expect("a piece")[place.1];
            standards.extend(piece.has_standard.then(|| self.words(*place)));
            piece.departments.iter().for_each(|id| departments[id.0 as usize] = self.words(*place));
        }
        (standards, departments)
    }

    /// What happened in the year of each department, and outside any, word for word.
    fn years(&self) -> BTreeMap<Option<DepartmentId>, Vec<&str>> {
        let mut years: BTreeMap<_, Vec<&str>> = BTreeMap::new();
        for place in &self.places {
            let file = &self.base.files[place.0];
            if file.pieces.as_ref().is_some_and(|pieces| pieces[place.1].is_of_the_year) {
                years.entry(file.department).or_default().push(self.words(*place));
            }
        }
        years
    }

    fn reports(&self, department: Option<DepartmentId>) -> bool {
        self.base.analysis.model.record(department).is_reported()
    }

    /// The projects that the sub-goals of a department name; all of them where one names an indicator alone.
    fn referred(&self, department: DepartmentId, found: &mut BTreeSet<ProjectId>) {
        let model = &self.base.analysis.model;
        let references = || model[department].sub_goals.iter().flat_map(|goal| &goal.indicators);
        let projects = || model.projects_of(Some(department));
        if references().any(|reference| reference.project.is_none()) {
            found.extend(projects().map(|(id, _)| id));
            return;
        }
        let wanted: BTreeSet<String> = references().filter_map(|one| one.project.as_deref()).map(key).collect();
        if !wanted.is_empty() {
            found.extend(projects().filter(|(_, one)| wanted.contains(&key(&one.name.value))).map(|(id, _)| id));
        }
    }

    /// Reads the projects that are not kept, and ties the references of changed departments. False where a project turns
    /// out to be none, or several.
    fn read_rest(&mut self, kept: &BTreeSet<ProjectId>, changed: &[DepartmentId]) -> bool {
        let model = &self.base.analysis.model;
        let heads = model.project_ids().filter(|id| model[*id].is_head && !kept.contains(id));
        let heads: Vec<ProjectId> = heads.collect();
        let read_late = |id: &ProjectId| {
            let (file, piece) = self.place(*id);
            self.base.read_late(file, piece)
        };
        let read: Vec<ReadPiece> = heads.par_iter().with_min_len(SMALL).map(read_late).collect();
        for (id, ReadPiece { mut projects, found, .. }) in heads.into_iter().zip(read) {
            let (Some(project), true) = (projects.pop(), projects.is_empty()) else { return false };
            self.base.analysis.model.projects[id.0 as usize] = project;
            self.found.extend(owned(Owner::Piece(self.base.pieces[id.0 as usize]), found));
        }
        for id in changed {
            let found = resolve::resolve(&mut self.base.analysis.model, *id);
            self.found.extend(owned(Owner::References(*id), found));
        }
        for group in self.base.analysis.model.groups().collect::<Vec<_>>() {
            let found = tie::tie(&mut self.base.analysis.model, group);
            self.found.extend(owned(Owner::Year(group), found));
        }
        true
    }
}

fn read_head(base: &Base, file: usize, piece: usize, head: &Tree) -> ReadPiece {
    let known = &base.files[file];
    let standard = base.standard_of(known.department);
    let node = head.roots(known.id, &base.analysis.sources.get(known.id).text).next();
    let project = node.map(|node| Project { department: known.department, ..project::headed(node, standard) });
    ReadPiece { file, piece, projects: project.into_iter().collect(), occasions: Vec::new(), found: Vec::new() }
}

/// What two versions need to be read further for, the old one first.
struct Rest {
    /// The projects for which their heads will do.
    kept: [BTreeSet<ProjectId>; 2],
    /// The departments in which something changed.
    changed: [Vec<DepartmentId>; 2],
}

impl Rest {
    fn of([old, new]: &[HalfRead; 2]) -> Self {
        let models = [old, new].map(|half| &half.base.analysis.model);
        let ([old_standards, new_standards], departments) = {
            let [(old_standards, olds), (new_standards, news)] = [old.declarations(), new.declarations()];
            ([old_standards, new_standards], [olds, news])
        };
        let has_same_standards = old_standards == new_standards;
        let is_same_standard = |one: StandardId, other: StandardId| {
            let frameworks = (&models[0][one].framework, &models[1][other].framework);
            let (one, other) = (one.declared().0 as usize, other.declared().0 as usize);
            let (one, other) = (&models[0].standards[one], &models[1].standards[other]);
            let has_same_name = || (&one.name, one.is_built_in) == (&other.name, other.is_built_in);
            frameworks.0 == frameworks.1 && (Arc::ptr_eq(one, other) || has_same_standards && has_same_name())
        };
        let heads = diff::heads(old.side(), new.side());
        let is_same = |&(one, other): &(ProjectId, ProjectId)| {
            let (from, to) = (&models[0][one], &models[1][other]);
            from.is_head
                && to.is_head
                && models[0].year_of(from) == models[1].year_of(to)
                && is_same_standard(from.standard, to.standard)
                && old.words(old.place(one)) == new.words(new.place(other))
        };
        let mut kept: Vec<(ProjectId, ProjectId)> = heads.projects.into_iter().filter(is_same).collect();

        let mut counts = vec![0; models[0].departments.len()];
        for department in kept.iter().filter_map(|(one, _)| models[0][*one].department) {
            counts[department.0 as usize] += 1;
        }
        let mut changed = models.map(|model| vec![true; model.departments.len()]);
        for (one, other) in (0..).map(DepartmentId).zip(&heads.departments) {
            let Some(other) = *other else { continue };
            let count = |side: usize, id| models[side].projects_of(Some(id)).count();
            let (index, other_index) = (one.0 as usize, other.0 as usize);
            let is_same = departments[0][index] == departments[1][other_index]
                && is_same_standard(models[0][one].standard, models[1][other].standard)
                && [count(0, one), count(1, other)] == [counts[index]; 2];
            (changed[0][index], changed[1][other_index]) = (!is_same, !is_same);
        }
        let changed = changed.map(|all| {
            let ids = (0..).map(DepartmentId).zip(all);
            ids.filter_map(|(id, is_changed)| is_changed.then_some(id)).collect::<Vec<_>>()
        });
        let mut referred = [BTreeSet::new(), BTreeSet::new()];
        for (half, side) in [old, new].into_iter().zip(0..) {
            changed[side].iter().for_each(|id| half.referred(*id, &mut referred[side]));
        }
        let years = [old.years(), new.years()];
        let pairs = (0..).map(DepartmentId).zip(&heads.departments);
        let pairs = pairs.filter_map(|(one, other)| Some([Some(one), Some((*other)?)])).chain([[None; 2]]);
        let reported = pairs.filter(|[one, other]| old.reports(*one) && new.reports(*other));
        let outside = || kept.iter().filter(|(one, _)| models[0][*one].department.is_none()).count();
        let moved = reported.filter(|[one, other]| {
            let known = one.map_or_else(outside, |id| counts[id.0 as usize]);
            let count = |side: usize, id| models[side].projects_of(id).count();
            let declared = |side: usize, id: &Option<DepartmentId>| id.map(|id| departments[side][id.0 as usize]);
            declared(0, one) != declared(1, other)
                || years[0].get(one) != years[1].get(other)
                || [count(0, *one), count(1, *other)] != [known; 2]
        });
        let moved: BTreeSet<Option<DepartmentId>> = moved.map(|[one, _]| one).collect();
        kept.retain(|(one, _)| !moved.contains(&models[0][*one].department));
        kept.retain(|(one, other)| !referred[0].contains(one) && !referred[1].contains(other));
        let (olds, news) = kept.into_iter().unzip();
        Self { kept: [olds, news], changed }
    }
}

/// What was read, with what was not understood.
fn mistakes(mut base: Base, found: Vec<Found>) -> Analysis {
    for (_, found) in by_file(found, &base, &base.levels()) {
        let mut found = found.into_iter().map(|one| one.diagnostic).collect();
        syntax::cap(&mut found);
        base.analysis.diagnostics.extend(found);
    }
    base.analysis
}
