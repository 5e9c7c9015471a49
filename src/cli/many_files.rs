//! A folder of very many files, checked a department at a time, so that memory stays flat. What is printed is what is
//! printed of one that is read at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::cache::CacheFolder;
use super::files::{self, Selection};
use super::output::{SeverityCounts, Terminal};
use crate::backend::Departments;
use crate::config::Config;
use crate::control::{Verdict, Wishes};
use crate::diagnostic::{Code, Diagnostic, Language};
use crate::findings::FoundParts;
use crate::model::Model;
use crate::model::standard::Standard;
use crate::workspace::{Analysis, ByDepartment, Input, KeptEntries};

/// A folder of fewer files is read at once: it takes little room.
const MANY: usize = 256;

/// A folder whose files were listed and not read.
pub struct ManyFiles {
    /// Below the folder and above it, in order.
    paths: Vec<String>,
    settings: Option<Input>,
    /// What lies above the folder and holds for it.
    above: BTreeMap<String, Arc<str>>,
    unreadable: Vec<Diagnostic>,
    unreadable_above: Vec<Diagnostic>,
    /// What could not be read when it was asked for.
    failures: Mutex<BTreeMap<String, Diagnostic>>,
}

impl ManyFiles {
    /// What the paths of a command mean, where they mean a folder of many files.
    pub fn listed(paths: &[String]) -> Option<Self> {
        let [path] = paths else { return None };
        let folder = Path::new(path).is_dir().then(|| Path::new(path))?;
        let (files, Selection { inputs, settings, unreadable, .. }, unreadable_above) = files::listed(folder, MANY)?;
        let above: BTreeMap<String, Arc<str>> = inputs.into_iter().map(|input| (input.path, input.text)).collect();
        let mut paths: Vec<String> = files.into_iter().map(|file| files::shown(&file)).collect();
        paths.extend(above.keys().cloned());
        paths.sort_unstable();
        paths.dedup();
        let failures = Mutex::default();
        Some(Self { paths, settings, above, unreadable, unreadable_above, failures })
    }

    /// The text of a file; none where it cannot be read, which is told in the end.
    pub fn text(&self, path: &str) -> Option<Arc<str>> {
        if let Some(text) = self.above.get(path) {
            return Some(text.clone());
        }
        match files::read_text(Path::new(path)) {
            Ok(text) => Some(text.into()),
            Err(failure) => {
                self.failures().insert(path.to_owned(), failure);
                None
            }
        }
    }

    /// The files below the folder, in order.
    pub fn below(&self) -> impl Iterator<Item = &str> {
        self.paths.iter().filter(|path| !self.above.contains_key(*path)).map(String::as_str)
    }

    /// What could not be read so far.
    pub fn unreadable(&self) -> Vec<Diagnostic> {
        let failures = self.failures_beside(&BTreeSet::new());
        self.unreadable.iter().cloned().chain(failures).chain(self.unreadable_above.iter().cloned()).collect()
    }

    fn failures(&self) -> MutexGuard<'_, BTreeMap<String, Diagnostic>> {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What could not be read besides some files.
    fn failures_beside(&self, told: &BTreeSet<String>) -> Vec<Diagnostic> {
        let failures = self.failures();
        failures.iter().filter(|(path, _)| !told.contains(*path)).map(|(_, failure)| failure.clone()).collect()
    }

    /// Lets what was found in it be written, and the models be looked at where they are wanted: the command's outcome follows from what `CheckedParts` counts. None where it
    /// has to be read at once.
    pub fn check<T>(
        &self,
        wishes: &Wishes,
        cache: Option<&CacheFolder>,
        with_models: bool,
        terminal: &Terminal,
        then: impl FnOnce(&mut CheckedParts<'_>) -> T,
    ) -> Option<T> {
        let read = |path: &str| self.text(path);
        let entries = cache.map(|store| KeptEntries { store, with_models });
        let departments =
            ByDepartment::survey_kept(&self.paths, self.settings.clone(), wishes.clone(), &read, entries)?;
        let bar = terminal.progress(departments.bytes());
        let mut parts = CheckedParts {
            files: self,
            departments: &departments,
            are_all_asked_for: false,
            are_errors_alone: false,
            most: usize::MAX,
            told: 0,
            left_out: 0,
            counts: SeverityCounts::default(),
            first: None,
            verdicts: Vec::new(),
            language: terminal.language,
        };
        let done = then(&mut parts);
        bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
        if let Some(cache) = cache {
            cache.prune();
        }
        Some(done)
    }
}

/// The departments of a folder as they are checked, and what is counted of them on the way.
pub struct CheckedParts<'a> {
    files: &'a ManyFiles,
    departments: &'a ByDepartment<'a>,
    /// Whether what lies above the folder counts like what was asked for.
    pub are_all_asked_for: bool,
    /// Whether nothing but errors is told.
    pub are_errors_alone: bool,
    /// So many findings are told at most.
    pub most: usize,
    told: usize,
    /// How many are not told for that.
    pub left_out: usize,
    /// All that was found.
    pub counts: SeverityCounts,
    /// The code of the first that is told.
    pub first: Option<Code>,
    verdicts: Vec<Verdict>,
    language: Language,
}

impl CheckedParts<'_> {
    /// What the settings of the folder ask for.
    pub fn config(&self) -> &Config {
        self.departments.config()
    }

    /// The file of the settings.
    pub fn settings(&self) -> Option<&Path> {
        self.files.settings.as_ref().map(|settings| Path::new(&settings.path))
    }

    /// Every file that is read.
    pub fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.paths.iter()
    }

    /// Leaves out what was not asked for, counts the rest, and leaves what is to be told.
    fn limit(&mut self, part: &mut Analysis) {
        let Analysis { diagnostics, excused, sources, .. } = part;
        let is_asked = |one: &Diagnostic| {
            let is_above = |path: &str| self.files.above.contains_key(path);
            self.are_all_asked_for || one.span().is_none_or(|span| !is_above(&sources.get(span.file).path))
        };
        diagnostics.retain(is_asked);
        excused.retain(|excused| is_asked(&excused.diagnostic));
        self.counts.add(diagnostics, excused.len());
        if self.are_errors_alone {
            diagnostics.retain(Diagnostic::is_error);
        }
        let room = self.most - self.told;
        self.left_out += diagnostics.len().saturating_sub(room);
        diagnostics.truncate(room);
        self.told += diagnostics.len();
        self.first = self.first.or(diagnostics.first().map(|one| one.code));
    }
}

impl FoundParts for CheckedParts<'_> {
    fn each(&mut self, take: &mut dyn FnMut(&Analysis) -> io::Result<()>) -> io::Result<()> {
        let told: BTreeSet<String> = self.files.failures().keys().cloned().collect();
        let mut unreadable = Analysis { diagnostics: self.files.unreadable(), ..Analysis::default() };
        self.limit(&mut unreadable);
        let mut outcome = take(&unreadable);
        let departments = self.departments;
        // What nobody reads any more is counted all the same: it decides how the command ends.
        let verdicts = departments.check(&mut |part| {
            self.limit(part);
            if outcome.is_ok() {
                outcome = take(part);
            }
        });
        self.verdicts = verdicts;
        let mut gone = Analysis { diagnostics: self.files.failures_beside(&told), ..Analysis::default() };
        self.limit(&mut gone);
        outcome.and_then(|()| take(&gone))
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.verdicts.clone()
    }

    fn main_standard(&self) -> Option<Arc<Standard>> {
        self.departments.main_standard()
    }
}

impl Departments for CheckedParts<'_> {
    fn each(&mut self, take: &mut dyn FnMut(&Model) -> io::Result<()>) -> io::Result<()> {
        self.departments.models(take)?;
        // Nothing is written without what could be read when it was checked.
        let failure = self.files.failures_beside(&BTreeSet::new()).into_iter().next();
        let told = |failure: Diagnostic| failure.message.in_language(self.language).into_owned();
        failure.map_or(Ok(()), |failure| Err(io::Error::other(told(failure))))
    }
}
