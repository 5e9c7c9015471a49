//! A workspace on a desk: looked at in a browser, and changed by forms and as text, one smallest edit at a time.
//!
//! Pure: a change comes in, and out come the texts that are to be stored and the pages that show them. What a person saw
//! when they changed something comes with the change, so that two of them never overwrite each other: of a fact the value,
//! of a text the version, which is joined with what was written in between. Everything can be taken back.

mod change;
mod export;
mod fact;
mod form;
mod pages;
mod text;
mod value;
mod year;

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::SETTINGS_FILE;
use crate::control::Wishes;
use crate::diagnostic::{Diagnostic, Edit, texts};
use crate::edit::Patch;
use crate::merge::{Markers, merge};
use crate::model::DepartmentId;
use crate::model::calendar::Date;
use crate::score::checkpoints;
use crate::source::{FileId, folder_of};
use crate::workspace::{Analysis, Input, Session, analyse};

pub use change::{DeskChange, FindingKey};
pub use export::{Exported, FORMATS, export};
pub use fact::{Address, FormFact, NotMade};
pub use form::{FilledProject, FormRow, IndicatorForm};
pub use pages::changes::Changes;
pub use pages::import::{BroughtDocument, BroughtFile};
pub use pages::{DeskPage, PageStyle, asset, brought, by_id, found, fragments, not_brought, state, told, whole};
pub use text::{TextQuestion, TriedOut, asked, tried_out};

/// So many texts of a file are kept for those who have an older one before them.
const KEPT_VERSIONS: usize = 64;
/// So many changes can be taken back.
const KEPT_STEPS: usize = 200;

/// A workspace with what was done to it.
pub struct Desk {
    session: Session,
    settings: Option<Arc<str>>,
    /// The last texts of each file, the newest last, and the version of the newest.
    versions: BTreeMap<String, KeptVersions>,
    done: VecDeque<MadeStep>,
    undone: Vec<MadeStep>,
    /// What could not be read.
    pub unreadable: Vec<Diagnostic>,
    /// Rises with every change of anything.
    pub revision: u64,
}

struct KeptVersions {
    newest: u64,
    texts: VecDeque<Arc<str>>,
}

/// What a change did.
enum MadeStep {
    /// Files of the workspace got other texts.
    Texts(Vec<ChangedText>),
    /// Files came, or became others: a document came in, a report was begun.
    Files(Vec<ChangedFile>),
}

/// A file of the disk that is another now, or was not there before.
#[derive(Clone, Debug)]
pub struct ChangedFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What stood there; none where there was no file.
    pub before: Option<Vec<u8>>,
    /// What stands there now; none where there is no file any more.
    pub after: Option<Vec<u8>>,
}

impl ChangedFile {
    /// The other way round.
    fn turned(self) -> Self {
        Self { path: self.path, before: self.after, after: self.before }
    }
}

/// A file whose text is another now.
#[derive(Clone, Debug)]
pub struct ChangedText {
    /// As the workspace names it.
    pub path: String,
    /// What stood there.
    pub before: Arc<str>,
    /// What stands there now.
    pub after: Arc<str>,
}

impl Default for Desk {
    /// An empty desk, on which a workspace is put by [`Desk::reread`].
    fn default() -> Self {
        Self {
            session: Session::new(Vec::new(), None, Wishes::default()),
            settings: None,
            versions: BTreeMap::new(),
            done: VecDeque::new(),
            undone: Vec::new(),
            unreadable: Vec::new(),
            revision: 0,
        }
    }
}

impl Desk {
    /// The workspace as it is now.
    pub fn analysis(&self) -> &Analysis {
        self.session.analysis()
    }

    /// The version of a file; none where there is no such file.
    pub fn version(&self, path: &str) -> Option<u64> {
        Some(self.versions.get(path)?.newest)
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&Arc<str>> {
        self.session.file(path).map(|file| &self.analysis().sources.get(file).text)
    }

    /// Whether something can be taken back, and done again.
    pub fn can_undo_and_redo(&self) -> [bool; 2] {
        [!self.done.is_empty(), !self.undone.is_empty()]
    }

    /// Takes in what was read of the disk anew. True where anything is another.
    pub fn reread(&mut self, files: Vec<Input>, settings: Option<Input>, unreadable: Vec<Diagnostic>) -> bool {
        let is_same = files.len() == self.versions.len()
            && files.iter().all(|file| self.text(&file.path).is_some_and(|text| *text == file.text));
        let text = settings.as_ref().map(|settings| settings.text.clone());
        let has_same_settings = std::mem::replace(&mut self.settings, text.clone()) == text;
        let is_as_unreadable = self.unreadable == unreadable;
        self.unreadable = unreadable;
        if is_same && has_same_settings && is_as_unreadable {
            return false;
        }
        if !self.session.reread(&files, settings.as_ref()) {
            self.session = Session::new(files, settings, Wishes::default());
        }
        self.note_versions();
        self.revision += 1;
        true
    }

    /// Makes a change. The texts are to be stored; where they cannot be, [`Self::put_back`] takes the change out again.
    ///
    /// # Errors
    /// Why nothing was changed.
    pub fn make(&mut self, change: &DeskChange) -> Result<Vec<ChangedText>, NotMade> {
        let (changed, is_step) = self.applied(change)?;
        if !changed.is_empty() {
            self.note_versions();
            self.revision += 1;
            if is_step {
                self.note_step(MadeStep::Texts(changed.clone()));
            }
        }
        Ok(changed)
    }

    /// Notes what was done to files of the disk, which can be taken back by [`Self::files_to_turn`].
    pub fn note_files(&mut self, changed: Vec<ChangedFile>) {
        if !changed.is_empty() {
            self.note_step(MadeStep::Files(changed));
        }
    }

    fn note_step(&mut self, step: MadeStep) {
        self.done.push_back(step);
        self.undone.clear();
        if self.done.len() > KEPT_STEPS {
            self.done.pop_front();
        }
    }

    /// What an undo or a redo does to files of the disk; none where it changes texts, or is neither.
    pub fn files_to_turn(&self, change: &DeskChange) -> Option<Vec<ChangedFile>> {
        match change {
            DeskChange::Undo => match self.done.back()? {
                MadeStep::Files(files) => Some(files.iter().cloned().map(ChangedFile::turned).collect()),
                MadeStep::Texts(_) => None,
            },
            DeskChange::Redo => match self.undone.last()? {
                MadeStep::Files(files) => Some(files.clone()),
                MadeStep::Texts(_) => None,
            },
            _ => None,
        }
    }

    /// Notes that the files of an undo or a redo were turned.
    pub fn note_turned(&mut self, change: &DeskChange) {
        let is_back = *change == DeskChange::Undo;
        let step = if is_back { self.done.pop_back() } else { self.undone.pop() };
        if let Some(step) = step {
            self.keep(step, is_back);
        }
    }

    /// Looks at the workspace as it would be after a change, which is not kept.
    ///
    /// # Errors
    /// Why it would not be made.
    pub fn try_out<T>(&mut self, change: &DeskChange, look: impl FnOnce(&Self) -> T) -> Result<T, NotMade> {
        if matches!(change, DeskChange::Undo | DeskChange::Redo) {
            return Ok(look(self));
        }
        let (changed, _) = self.applied(change)?;
        let seen = look(self);
        self.set_texts(changed.iter().map(|one| (&*one.path, &one.before)));
        Ok(seen)
    }

    /// Looks at the workspace with a text of a page in a file, whatever was written there since; it is not kept. None
    /// where there is no such file.
    pub fn with_text<T>(&mut self, path: &str, text: &str, look: impl FnOnce(&Self, FileId) -> T) -> Option<T> {
        let before = self.versions.contains_key(path).then(|| self.text(path).cloned())??;
        let file = self.session.file(path)?;
        let typed: Arc<str> = as_stored(&before, text).into();
        if typed == before {
            return Some(look(self, file));
        }
        self.set_texts(std::iter::once((path, &typed)));
        let seen = look(self, file);
        self.set_texts(std::iter::once((path, &before)));
        Some(seen)
    }

    /// A report of a checkpoint that is to be begun: its path and its text, whose lines wait. It reads back well.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn begun(&self, department: usize, checkpoint: &str) -> Result<(String, String), NotMade> {
        let analysis = self.analysis();
        let model = &analysis.model;
        let nothing = || NotMade::because(texts::report_nothing_left());
        let group = department.checked_sub(1).and_then(|index| model.groups().nth(index)).ok_or_else(nothing)?;
        let wanted = Date::read(checkpoint).filter(|date| checkpoints(model, group).contains(date));
        let (Some(id), Some(date)) = (group, wanted) else { return Err(nothing()) };
        if analysis.diagnostics.iter().any(|one| one.is_error() && !one.code.has_level()) {
            return Err(NotMade::because(texts::desk_has_errors()));
        }
        let text = year::new_report(model, id, date).ok_or_else(nothing)?;
        let path = report_place(self, group, date).ok_or_else(nothing)?;
        let mut inputs: Vec<Input> = self.versions.keys().filter_map(|path| self.input(path)).collect();
        inputs.push(Input { path: path.clone(), text: text.as_str().into() });
        let settings = self.settings.clone().map(|text| Input { path: SETTINGS_FILE.to_owned(), text });
        let after = analyse(inputs, settings);
        let is_own = |one: &&Diagnostic| one.span().is_some_and(|span| after.sources.get(span.file).path == path);
        let is_mistake = |one: &&Diagnostic| one.is_error() && !one.code.has_level();
        match after.diagnostics.iter().filter(is_own).find(is_mistake) {
            Some(_) => Err(NotMade::because(texts::draft_not_sound())),
            None => Ok((path, text)),
        }
    }

    fn input(&self, path: &str) -> Option<Input> {
        Some(Input { path: path.to_owned(), text: self.text(path)?.clone() })
    }

    /// Takes a change out again that could not be stored.
    pub fn put_back(&mut self, change: &DeskChange, changed: &[ChangedText]) {
        self.set_texts(changed.iter().map(|one| (&*one.path, &one.before)));
        match change {
            DeskChange::Undo => self.done.extend(self.undone.pop()),
            DeskChange::Redo => self.undone.extend(self.done.pop_back()),
            DeskChange::Set { .. }
            | DeskChange::Add { .. }
            | DeskChange::Remove { .. }
            | DeskChange::Text { .. }
            | DeskChange::Mend { .. }
            | DeskChange::Excuse { .. } => drop(self.done.pop_back()),
        }
        self.note_versions();
        self.revision += 1;
    }

    /// The texts that a change made, and whether it can be taken back.
    fn applied(&mut self, change: &DeskChange) -> Result<(Vec<ChangedText>, bool), NotMade> {
        match change {
            DeskChange::Undo | DeskChange::Redo => Ok((self.stepped(*change == DeskChange::Undo)?, false)),
            DeskChange::Set { at, fact: FormFact::Reported(checkpoint), was, value, .. } => {
                Ok((self.reported(at, checkpoint, was, value)?, true))
            }
            DeskChange::Text { path, version, text } => Ok((self.retyped(path, *version, text)?, true)),
            DeskChange::Set { .. }
            | DeskChange::Add { .. }
            | DeskChange::Remove { .. }
            | DeskChange::Mend { .. }
            | DeskChange::Excuse { .. } => {
                let edits = change::edits(self.analysis(), change)?;
                Ok((self.edited(edits)?, true))
            }
        }
    }

    fn edited(&mut self, edits: Vec<Edit>) -> Result<Vec<ChangedText>, NotMade> {
        let patch = Patch::touching(edits).map_err(|_| NotMade::because(texts::edit_overlap()))?;
        let sources = &self.analysis().sources;
        let own = |file: FileId| self.versions.contains_key(&sources.get(file).path);
        let changed: Vec<ChangedText> = patch
            .apply(sources)
            .into_iter()
            .filter(|(file, _)| own(*file))
            .map(|(file, text)| {
                let source = sources.get(file);
                ChangedText { path: source.path.clone(), before: source.text.clone(), after: text.into() }
            })
            .filter(|one| one.before != one.after)
            .collect();
        self.set_texts(changed.iter().map(|one| (&*one.path, &one.after)));
        Ok(changed)
    }

    /// A line of a report gets another value: the first way to write it that says what was reached, and is no mistake.
    fn reported(
        &mut self,
        at: &Address,
        checkpoint: &str,
        was: &str,
        value: &str,
    ) -> Result<Vec<ChangedText>, NotMade> {
        let now = year::shown(self.analysis(), at, checkpoint)?;
        if now == value.trim() {
            return Ok(Vec::new());
        }
        if now != was {
            return Err(NotMade::Conflict { now, yours: value.to_owned() });
        }
        let before = self.mistakes();
        let mut refused = None;
        for edits in year::edits(self.analysis(), at, checkpoint, value)? {
            let changed = self.edited(edits)?;
            let is_new = |one: &&Diagnostic| one.is_error() && !before.contains(&(one.code, one.message.clone()));
            let analysis = self.analysis();
            let mut new = analysis.diagnostics.iter().filter(is_new);
            let mistake = new.clone().find(|one| !one.code.has_level());
            if mistake.is_none() && year::is_understood(analysis, at, checkpoint) {
                return Ok(changed);
            }
            let found = mistake.or_else(|| new.next()).cloned();
            refused = refused.or(found);
            self.set_texts(changed.iter().map(|one| (&*one.path, &one.before)));
        }
        Err(match refused {
            Some(found) => {
                let reason = texts::edit_mistake(found.message.clone());
                NotMade::Refused { reason, finding: Some(Box::new(found)), may_be_verbatim: false }
            }
            None => NotMade::because(texts::desk_not_reached()),
        })
    }

    fn mistakes(&self) -> Vec<(crate::diagnostic::Code, crate::diagnostic::Text)> {
        let errors = self.analysis().diagnostics.iter().filter(|one| one.is_error());
        errors.map(|one| (one.code, one.message.clone())).collect()
    }

    /// A text typed over a version of a file, joined with what was written since.
    fn retyped(&mut self, path: &str, version: u64, text: &str) -> Result<Vec<ChangedText>, NotMade> {
        let kept = self.versions.get(path).ok_or_else(|| NotMade::because(texts::desk_file_gone(path)))?;
        let Some(now) = self.text(path).cloned() else { return Err(NotMade::because(texts::desk_file_gone(path))) };
        let conflict = || NotMade::Conflict { now: now.to_string(), yours: text.to_owned() };
        let base = kept.text(version).ok_or_else(conflict)?;
        let typed = as_stored(&now, text);
        let after: Arc<str> = if *base == now {
            typed.into()
        } else {
            let merged = merge(base, &now, &typed, &Markers::default());
            if !merged.conflicts.is_empty() {
                return Err(conflict());
            }
            merged.text.into()
        };
        if after == now {
            return Ok(Vec::new());
        }
        let changed = vec![ChangedText { path: path.to_owned(), before: now, after }];
        self.set_texts(changed.iter().map(|one| (&*one.path, &one.after)));
        Ok(changed)
    }

    /// Takes the last change back, or does it again.
    fn stepped(&mut self, is_back: bool) -> Result<Vec<ChangedText>, NotMade> {
        let step = if is_back { self.done.pop_back() } else { self.undone.pop() };
        let texts = match step {
            Some(MadeStep::Texts(texts)) => texts,
            other => {
                if let Some(files) = other {
                    self.keep(files, !is_back);
                }
                return Err(NotMade::because(texts::desk_nothing_to_undo()));
            }
        };
        let turned = |one: &ChangedText| {
            let ChangedText { path, before, after } = one.clone();
            if is_back {
                ChangedText { path, before: after, after: before }
            } else {
                ChangedText { path, before, after }
            }
        };
        let changed: Vec<ChangedText> = texts.iter().map(turned).collect();
        if let Some(other) = changed.iter().find(|one| self.text(&one.path) != Some(&one.before)) {
            let refused = NotMade::because(texts::desk_changed_since(&*other.path));
            self.keep(MadeStep::Texts(texts), !is_back);
            return Err(refused);
        }
        self.set_texts(changed.iter().map(|one| (&*one.path, &one.after)));
        self.keep(MadeStep::Texts(texts), is_back);
        Ok(changed)
    }

    /// Keeps a step among those that were taken back, or that were made.
    fn keep(&mut self, step: MadeStep, is_taken_back: bool) {
        if is_taken_back {
            self.undone.push(step);
        } else {
            self.done.push_back(step);
        }
    }

    fn set_texts<'t>(&mut self, texts: impl Iterator<Item = (&'t str, &'t Arc<str>)>) {
        let texts = texts.filter_map(|(path, text)| Some((self.session.file(path)?, text.clone())));
        let texts: Vec<(FileId, Arc<str>)> = texts.collect();
        self.session.update(texts);
    }

    /// Counts the versions of the files on.
    fn note_versions(&mut self) {
        let session = &self.session;
        self.versions.retain(|path, _| session.file(path).is_some());
        for (_, source) in session.analysis().sources.iter() {
            if session.file(&source.path).is_none() {
                continue;
            }
            let kept = self
                .versions
                .entry(source.path.clone())
                .or_insert_with(|| KeptVersions { newest: 0, texts: VecDeque::new() });
            if kept.texts.back() != Some(&source.text) {
                kept.newest += 1;
                kept.texts.push_back(source.text.clone());
                if kept.texts.len() > KEPT_VERSIONS {
                    kept.texts.pop_front();
                }
            }
        }
    }
}

/// A text of a page, which has line feeds only, with the line ends of what is stored.
fn as_stored(stored: &str, text: &str) -> String {
    if stored.contains("\r\n") { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text.to_owned() }
}

impl KeptVersions {
    fn text(&self, version: u64) -> Option<&Arc<str>> {
        let behind = usize::try_from(self.newest.checked_sub(version)?).ok()?;
        self.texts.get(self.texts.len().checked_sub(behind + 1)?)
    }
}

/// The path of the report of a checkpoint of a department; none outside any department.
fn report_place(desk: &Desk, department: Option<DepartmentId>, date: Date) -> Option<String> {
    let analysis = desk.analysis();
    let own = &analysis.sources.get(analysis.model[department?].span.file).path;
    let folder = folder_of(own);
    let place = year::usual_place(date);
    Some(if folder.is_empty() { place } else { format!("{folder}/{place}") })
}
