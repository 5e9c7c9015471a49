//! A workspace that is too large to be held at once, a department at a time: what is found, and in which order, is what
//! [`analyse`](super::analyse) finds.
//!
//! Every file is read twice: first to learn which folder belongs to which department and which standards hold, then with
//! its department. Rules that compare departments look at their marks, and no more is kept of those before.

mod kept;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

use crate::parallel::current_num_threads;
use crate::parallel::prelude::*;
use serde::{Deserialize, Serialize};

use super::reading::{Base, Found, WorkspaceWide, added, cut, read_declarations, settings_read};
use super::{Analysis, Input, Linted};
use crate::config::Config;
use crate::control::{Excused, Verdict, Wishes, joined};
use crate::diagnostic::{Code, Diagnostic};
use crate::lint::{Marks, MarksBefore};
use crate::model::standard::Standard;
use crate::model::{Before, Model, StandardId};
use crate::source::{FileId, Sources, Span, folder_of};
use crate::syntax::vocabulary::{self, Keyword};
use crate::syntax::{StatementKind, parse_chunk, split};
use kept::{Hash, KeptFiles, OfWorkspace};

pub use kept::{EntryStore, KeptEntries};

/// The text of a file by its path; none where it cannot be read, which its maker tells. It is asked twice for each, by
/// several threads.
pub type SourceReader<'a> = &'a (dyn Fn(&str) -> Option<Arc<str>> + Sync);

/// Departments of so many bytes of text are held at once for each thread.
const HELD_BYTES: usize = 512 << 10;

/// A workspace whose departments can be read one by one.
pub struct ByDepartment<'a> {
    read: SourceReader<'a>,
    /// Of all files, in order.
    paths: &'a [String],
    common: WorkspaceWide,
    settings: Option<String>,
    /// What was found of the settings and the standards.
    whole: Vec<Diagnostic>,
    /// The files that belong to no department, by path.
    outside: Vec<String>,
    /// In the order of their files.
    departments: Vec<DepartmentFiles>,
    kept: Option<OfWorkspace<'a>>,
    /// Of the texts, by [`Self::paths`], where something is kept; none for one that cannot be read.
    hashes: Vec<Option<Hash>>,
}

struct DepartmentFiles {
    /// What lies below a folder stands together.
    paths: Range<usize>,
    bytes: usize,
}

/// What a file declares.
#[derive(Default)]
struct Surveyed {
    bytes: usize,
    department: bool,
    /// A project, or what happened in the year.
    needs_department: bool,
    area: bool,
    /// Its text, where it declares a standard.
    standard: Option<Arc<str>>,
    /// Where it is asked for.
    hash: Option<Hash>,
}

/// A place in a file of a department.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct PlaceInFiles {
    /// By its number among all files.
    file: u32,
    start: u32,
    end: u32,
}

impl<'a> ByDepartment<'a> {
    /// Looks through the files of a workspace, which are given in order. None where it has to be read at once: a project or
    /// a line of the year lies in no department, a 区域 looks across departments, or there is but one.
    pub fn survey(
        paths: &'a [String],
        settings: Option<Input>,
        wishes: Wishes,
        read: SourceReader<'a>,
    ) -> Option<Self> {
        Self::survey_kept(paths, settings, wishes, read, None)
    }

    /// The same; what is found of a department is kept, and read where it was kept before.
    pub fn survey_kept(
        paths: &'a [String],
        settings: Option<Input>,
        wishes: Wishes,
        read: SourceReader<'a>,
        entries: Option<KeptEntries<'a>>,
    ) -> Option<Self> {
        debug_assert!(paths.is_sorted());
        let survey = |text: Arc<str>| {
            let hash = entries.is_some().then(|| kept::hash(&text));
            Surveyed { hash, ..Surveyed::of(&text) }
        };
        let surveyed: Vec<Surveyed> =
            paths.par_iter().map(|path| read(path).map_or_else(Surveyed::default, survey)).collect();
        let homes: BTreeSet<&str> =
            paths.iter().zip(&surveyed).filter(|(_, file)| file.department).map(|(path, _)| folder_of(path)).collect();
        if surveyed.iter().any(|file| file.area) {
            return None;
        }
        let (mut outside, mut departments) = (Vec::new(), Vec::<DepartmentFiles>::new());
        let mut last = None;
        for (index, (path, file)) in paths.iter().zip(&surveyed).enumerate() {
            let home = outermost(folder_of(path), &homes);
            match home {
                None if file.needs_department => return None,
                None => outside.push(path.clone()),
                Some(home) if last == Some(home) => departments.last_mut()?.add(index, file.bytes),
                Some(_) => departments.push(DepartmentFiles { paths: index..index + 1, bytes: file.bytes }),
            }
            last = home.or(last);
        }
        if departments.len() < 2 {
            return None;
        }
        let named = settings.as_ref().map(|settings| settings.path.clone());
        let hashes = if entries.is_some() { surveyed.iter().map(|file| file.hash).collect() } else { Vec::new() };
        let standards = paths
            .iter()
            .zip(surveyed)
            .filter_map(|(path, file)| file.standard.map(|text| Input { path: path.clone(), text }));
        let standards: Vec<Input> = standards.collect();
        let kept = entries.map(|entries| OfWorkspace::new(entries, settings.as_ref(), &wishes, &standards));
        let (mut sources, config, mut whole) = settings_read(settings);
        let ids = added(standards, &mut sources);
        let (_, early, _) = read_declarations(&sources, &ids, &cut, &mut Vec::new());
        let common = WorkspaceWide::new(sources, config, wishes, &early, &mut whole);
        Some(Self { read, paths, common, settings: named, whole, outside, departments, kept, hashes })
    }

    /// Checks everything; `take` gets the parts in the order of their files, each with the findings about it. The verdicts
    /// are those on the whole.
    pub fn check(&self, take: &mut dyn FnMut(&mut Analysis)) -> Vec<Verdict> {
        let mut outside = Outside::of(self);
        let mut verdicts = Vec::new();
        outside.tell_before(None, take);
        let mut marks_before = MarksBefore::default();
        let mut before = Before::default();
        for window in self.windows() {
            let known: Vec<KeptFiles> = window.clone().into_par_iter().map(|index| self.known(index)).collect();
            let compared = window.clone().zip(known).map(|(index, known)| {
                let met = marks_before.met_by(&known.marks, |place: &PlaceInFiles| Some(*place));
                known.marks.iter().for_each(|one| marks_before.add(one));
                (index, known, met)
            });
            let compared: Vec<(usize, KeptFiles, MarksBefore<PlaceInFiles>)> = compared.collect();
            let analyses: Vec<Analysis> =
                compared.into_par_iter().map(|(index, known, met)| self.found(index, known, &met)).collect();
            for (index, mut analysis) in window.zip(analyses) {
                before.stands_before(&mut analysis.model);
                outside.tell_before(self.paths_of(index).first(), take);
                take(&mut analysis);
                verdicts = joined(verdicts, analysis.verdicts);
            }
        }
        outside.tell_rest(take);
        for verdict in &mut verdicts {
            verdict.add_findings(outside.count(verdict.code));
        }
        verdicts
    }

    /// Reads the departments without checking them, in order.
    ///
    /// # Errors
    /// That of `take`, with which it ends.
    pub fn models<E>(&self, take: &mut dyn FnMut(&Model) -> Result<(), E>) -> Result<(), E> {
        let mut before = Before::default();
        for window in self.windows() {
            let read = |index: usize| {
                let (mut base, mut found) = self.part(self.paths_of(index), Vec::new());
                base.tie_references(&mut found);
                base.analysis.model
            };
            let models: Vec<Model> = window.into_par_iter().map(read).collect();
            for mut model in models {
                before.stands_before(&mut model);
                take(&model)?;
            }
        }
        Ok(())
    }

    /// Departments that are held at once.
    fn windows(&self) -> impl Iterator<Item = Range<usize>> {
        let held = HELD_BYTES * current_num_threads();
        let from = move |start: usize| {
            let mut bytes = 0;
            let fit = self.departments[start..].iter().take_while(|one| {
                bytes += one.bytes;
                bytes <= held
            });
            (start < self.departments.len()).then(|| start..start + fit.count().max(1))
        };
        std::iter::successors(from(0), move |last| from(last.end))
    }

    /// The standard of the first project; else of the first department.
    pub fn main_standard(&self) -> Option<Arc<Standard>> {
        let of_department = |paths: &[String]| {
            let model = self.part(paths, Vec::new()).0.analysis.model;
            let of_project = model.projects.first().map(|project| project.standard);
            let of_department = model.departments.first().map(|department| department.standard);
            let standard = |id: StandardId| model.standards[id.0 as usize].clone();
            (of_project.map(standard), of_department.map(standard))
        };
        let mut of_departments = (0..self.departments.len()).map(|index| of_department(self.paths_of(index)));
        let (of_project, first) = of_departments.next()?;
        of_project.or_else(|| of_departments.find_map(|(of_project, _)| of_project)).or(first)
    }

    /// What the settings ask for.
    pub fn config(&self) -> &Config {
        &self.common.config
    }

    /// How many bytes of text there are in departments.
    pub fn bytes(&self) -> usize {
        self.departments.iter().map(|one| one.bytes).sum()
    }

    /// Reads a department to check it.
    fn read_again(&self, index: usize) -> (Base, Vec<Found>) {
        let paths = self.paths_of(index);
        let is_own = |diagnostic: &&Diagnostic| {
            self.path_of(diagnostic).is_some_and(|path| paths.binary_search_by(|one| (**one).cmp(path)).is_ok())
        };
        let whole = self.whole.iter().filter(is_own).cloned().collect();
        self.part(paths, whole)
    }

    /// A department that was checked for itself, and its marks.
    fn linted(&self, index: usize) -> (Linted, Vec<Marks<Span>>) {
        let (base, found) = self.read_again(index);
        let linted = Linted::of(base, found);
        let marks = linted.marks();
        (linted, marks)
    }

    /// What a department meets, with the files in which it stands among its own.
    fn met_in_sources(
        &self,
        marks: &[Marks<PlaceInFiles>],
        met: &MarksBefore<PlaceInFiles>,
        sources: &mut Sources,
    ) -> (MarksBefore<Span>, HashMap<u32, FileId>) {
        let mut files = HashMap::new();
        let met = met.met_by(marks, |place: &PlaceInFiles| {
            let path = &self.paths[place.file as usize];
            let file = match files.entry(place.file) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(free) => *free.insert(sources.add(path.clone(), (self.read)(path)?)),
            };
            Some(Span { file, start: place.start, end: place.end })
        });
        (met, files)
    }

    /// A place in a file of a department.
    fn place(&self, department: usize, span: Span, sources: &Sources) -> Option<PlaceInFiles> {
        let path = &sources.get(span.file).path;
        let file = self.paths_of(department).binary_search(path).ok()?;
        let file = (self.departments[department].paths.start + file) as u32;
        Some(PlaceInFiles { file, start: span.start, end: span.end })
    }

    fn paths_of(&self, department: usize) -> &[String] {
        &self.paths[self.departments[department].paths.clone()]
    }

    /// Reads some files by the standards of all.
    fn part(&self, paths: &[String], whole: Vec<Diagnostic>) -> (Base, Vec<Found>) {
        let files = paths.iter().filter_map(|path| Some(Input { path: path.clone(), text: (self.read)(path)? }));
        Base::finished(Base::part(&self.common, files.collect(), whole))
    }

    /// The path of the file that a finding of the settings or the standards is about.
    fn path_of(&self, diagnostic: &Diagnostic) -> Option<&str> {
        diagnostic.span().map(|span| self.common.sources.get(span.file).path.as_str())
    }
}

impl DepartmentFiles {
    fn add(&mut self, file: usize, bytes: usize) {
        self.paths.end = file + 1;
        self.bytes += bytes;
    }
}

/// What was found outside departments, told where its files stand among theirs.
struct Outside {
    analysis: Analysis,
    /// By path; none for what is about the run or its settings, which comes first.
    found: BTreeMap<Option<String>, (Vec<Diagnostic>, Vec<Excused>)>,
    counts: BTreeMap<Code, usize>,
}

impl Outside {
    fn of(all: &ByDepartment<'_>) -> Self {
        let of_department = |path: &str| {
            let index = all.paths.binary_search_by(|one| (**one).cmp(path)).ok();
            index.is_some_and(|index| all.departments.iter().any(|one| one.paths.contains(&index)))
        };
        let is_outside = |one: &&Diagnostic| all.path_of(one).is_none_or(|path| !of_department(path));
        let whole = all.whole.iter().filter(is_outside).cloned().collect();
        let (base, found) = all.part(&all.outside, whole);
        let mut analysis = Linted::of(base, found).settled(&[], &MarksBefore::default());
        let mut found: BTreeMap<_, (Vec<Diagnostic>, Vec<Excused>)> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        let path = |one: &Diagnostic, sources: &Sources| {
            let path = one.span().map(|span| sources.get(span.file).path.clone());
            path.filter(|path| Some(path) != all.settings.as_ref())
        };
        for diagnostic in std::mem::take(&mut analysis.diagnostics) {
            *counts.entry(diagnostic.code).or_default() += 1;
            found.entry(path(&diagnostic, &analysis.sources)).or_default().0.push(diagnostic);
        }
        for excused in std::mem::take(&mut analysis.excused) {
            found.entry(path(&excused.diagnostic, &analysis.sources)).or_default().1.push(excused);
        }
        Self { analysis, found, counts }
    }

    /// Tells what stands before a file; before all files where none is given.
    fn tell_before(&mut self, path: Option<&String>, take: &mut dyn FnMut(&mut Analysis)) {
        while let Some(first) = self.found.first_entry()
            && first.key().as_ref().is_none_or(|own| path.is_some_and(|path| own < path))
        {
            let (diagnostics, excused) = first.remove();
            self.tell(diagnostics, excused, take);
        }
    }

    fn tell_rest(&mut self, take: &mut dyn FnMut(&mut Analysis)) {
        for (diagnostics, excused) in std::mem::take(&mut self.found).into_values() {
            self.tell(diagnostics, excused, take);
        }
    }

    fn tell(&mut self, diagnostics: Vec<Diagnostic>, excused: Vec<Excused>, take: &mut dyn FnMut(&mut Analysis)) {
        self.analysis.diagnostics = diagnostics;
        self.analysis.excused = excused;
        take(&mut self.analysis);
    }

    fn count(&self, code: Code) -> usize {
        self.counts.get(&code).copied().unwrap_or(0)
    }
}

/// The highest folder of a department that holds a folder.
fn outermost<'p>(folder: &'p str, homes: &BTreeSet<&str>) -> Option<&'p str> {
    let above = std::iter::successors(Some(folder), |folder| (!folder.is_empty()).then(|| folder_of(folder)));
    above.filter(|folder| homes.contains(folder)).last()
}

impl Surveyed {
    fn of(text: &Arc<str>) -> Self {
        let mut one = Self { bytes: text.len(), ..Self::default() };
        let file = Sources::default().add("", "");
        // What is refused declares nothing.
        for chunk in split(file, text).unwrap_or_default() {
            let part = &text[chunk.bytes.clone()];
            if chunk.is_whole && chunk.keyword.is_some() {
                one.declares(chunk.keyword, text);
                continue;
            }
            let keywords = part.lines().map(|line| vocabulary::keyword_at(line.trim_start()));
            one.area |= keywords.into_iter().any(|keyword| keyword == Some(Keyword::Area));
            let (tree, _) = parse_chunk(file, text, &chunk);
            for root in tree.roots(file, text) {
                match root.kind() {
                    StatementKind::Department => one.declares(Some(Keyword::Department), text),
                    StatementKind::Standard => one.declares(Some(Keyword::Standard), text),
                    StatementKind::Project | StatementKind::Occasion => one.needs_department = true,
                    StatementKind::Indicator | StatementKind::Field => {}
                }
            }
        }
        one
    }

    fn declares(&mut self, keyword: Option<Keyword>, text: &Arc<str>) {
        match keyword {
            Some(Keyword::Department) => self.department = true,
            Some(Keyword::Standard) => self.standard = Some(text.clone()),
            Some(other) => {
                self.needs_department = true;
                self.area |= other == Keyword::Area;
            }
            None => {}
        }
    }
}
