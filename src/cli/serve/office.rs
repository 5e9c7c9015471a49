//! The office that is served: its desk, its files, and who waits for news of them.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use super::import::SentDocument;
use crate::cli::files::{self, Selection};
use crate::cli::paths::shown;
use crate::cli::{Failure, writing};
use crate::desk::{ChangedFile, ChangedText, Desk, DeskChange, NotMade, PageStyle, brought};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::syntax;

/// An office on its desk.
pub struct ServedOffice {
    pub folder: PathBuf,
    desk: Mutex<Desk>,
    /// The revision of the desk.
    news: watch::Sender<u64>,
    pub is_read_only: bool,
    pub language: Language,
}

impl ServedOffice {
    pub fn open(folder: &Path, is_read_only: bool, language: Language) -> Self {
        let desk = Desk::default();
        let office = Self {
            folder: folder.to_owned(),
            news: watch::Sender::new(desk.revision),
            desk: Mutex::new(desk),
            is_read_only,
            language,
        };
        office.look_again();
        office
    }

    /// The desk, for as long as nobody else has it.
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells when the desk changes.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Reads the folder again; who has a page open is told where anything is another.
    pub fn look_again(&self) {
        let mut desk = self.desk();
        self.reread(&mut desk);
        self.tell(&desk);
    }

    fn reread(&self, desk: &mut Desk) {
        let selection = files::select_with_open(&self.folder, &std::collections::BTreeMap::new());
        let Selection { inputs, settings, unreadable, .. } = selection;
        desk.reread(inputs, settings, unreadable);
    }

    fn tell(&self, desk: &Desk) {
        self.news.send_if_modified(|revision| std::mem::replace(revision, desk.revision) != desk.revision);
    }

    /// Makes a change and stores what it changed: whole, and only over what it was made from.
    ///
    /// # Errors
    /// Why nothing was changed.
    pub fn make(&self, change: &DeskChange) -> Result<(), NotMade> {
        if self.is_read_only {
            return Err(NotMade::because(texts::desk_read_only()));
        }
        let mut desk = self.desk();
        let made = match desk.files_to_turn(change) {
            Some(files) => self.turned(&mut desk, change, &files),
            None => self.stored(&mut desk, change),
        };
        self.tell(&desk);
        made
    }

    fn stored(&self, desk: &mut Desk, change: &DeskChange) -> Result<(), NotMade> {
        let mut made = desk.make(change);
        if !made.as_ref().is_ok_and(|changed| changed.iter().all(is_on_disk)) {
            // Somebody else wrote in between, or was writing when it was read: what they wrote is read, and the change made
            // once more, or refused.
            if let Ok(changed) = &made {
                desk.put_back(change, changed);
            }
            self.reread(desk);
            made = desk.make(change);
        }
        let changed = made?;
        let files: Vec<(PathBuf, Vec<u8>)> =
            changed.iter().map(|one| (PathBuf::from(&one.path), one.after.as_bytes().to_vec())).collect();
        writing::write_together(&files).map_err(|failure| {
            desk.put_back(change, &changed);
            let Failure::Told(told) = failure;
            NotMade::because(told.message.clone())
        })
    }

    /// Takes what came into the folder out of it again, or brings it back: whole, and only where nobody changed it since.
    fn turned(&self, desk: &mut Desk, change: &DeskChange, files: &[ChangedFile]) -> Result<(), NotMade> {
        if let Some(other) = files.iter().find(|file| std::fs::read(&file.path).ok() != file.before) {
            return Err(NotMade::because(texts::desk_changed_since(shown(&other.path))));
        }
        writing::turn_together(files).map_err(|Failure::Told(why)| NotMade::because(why.message.clone()))?;
        desk.note_turned(change);
        self.reread(desk);
        Ok(())
    }

    /// Begins the report of a checkpoint: a new file, whole, where none is.
    ///
    /// # Errors
    /// Why it is not begun.
    pub fn begin(&self, department: usize, checkpoint: &str) -> Result<(), NotMade> {
        if self.is_read_only {
            return Err(NotMade::because(texts::desk_read_only()));
        }
        let mut desk = self.desk();
        self.reread(&mut desk);
        let (path, text) = desk.begun(department, checkpoint)?;
        let place = PathBuf::from(&path);
        if place.symlink_metadata().is_ok() {
            return Err(NotMade::because(texts::file_is_there(path)));
        }
        let report = vec![ChangedFile { path: place, before: None, after: Some(text.into_bytes()) }];
        writing::turn_together(&report).map_err(|Failure::Told(why)| NotMade::because(why.message.clone()))?;
        self.reread(&mut desk);
        desk.note_files(report);
        self.tell(&desk);
        Ok(())
    }

    /// Reads a document that was dropped; writes it where `seen` is what would be written.
    ///
    /// # Errors
    /// Why it does not come in.
    pub fn bring(
        &self,
        document: SentDocument,
        seen: Option<&str>,
        pages: PageStyle<'_>,
    ) -> Result<BroughtPage, Vec<Diagnostic>> {
        let told = |text: Text| vec![Diagnostic::without_place(Code::JX608, text)];
        if self.is_read_only {
            return Err(told(texts::desk_read_only()));
        }
        // Who only looks keeps nobody waiting; while it is written nobody else writes.
        let mut desk = seen.map(|_| self.desk());
        let plan = document.plan(&self.folder, self.language)?;
        let is_written = seen == Some(&*plan.key);
        if let Some(desk) = desk.as_mut().filter(|_| is_written) {
            let changed = plan.write().map_err(told)?;
            self.reread(desk);
            desk.note_files(changed);
            self.tell(desk);
        }
        let is_other = seen.is_some() && !is_written;
        let markup = brought(&plan.shown(is_written, is_other), pages);
        Ok(BroughtPage { markup, key: plan.key, is_written })
    }
}

/// What is told of a document that was dropped.
pub struct BroughtPage {
    pub markup: String,
    pub key: String,
    pub is_written: bool,
}

/// Whether a file holds what a change was made from.
fn is_on_disk(one: &ChangedText) -> bool {
    let bytes = std::fs::read(&one.path);
    bytes.is_ok_and(|bytes| syntax::decode(&one.path, bytes).is_ok_and(|text| *text == *one.before))
}
