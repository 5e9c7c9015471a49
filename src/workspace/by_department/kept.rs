//! What was found of a department is kept by what it was found of: a run over the same texts reads it instead of checking.
//!
//! The name of an entry is a hash of all that decides what it holds: the build of the program, what the person wishes, the
//! settings, every standard, and the texts of the department with their paths. So an entry is never out of date, and never
//! changed. It holds the texts that its findings point into: nothing has to be read a second time.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ByDepartment, TakenCode};
use crate::config::Config;
use crate::control::{Excused, Verdict, Wishes};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::workspace::reading::WorkspaceWide;
use crate::workspace::{Analysis, Input, checked};

/// Where entries are kept between runs.
pub trait EntryStore: Sync {
    /// The bytes of an entry as they were kept, as far as is known: what is damaged is noticed.
    fn load(&self, name: &str) -> Option<Vec<u8>>;
    /// Keeps an entry; what cannot be kept is not.
    fn keep(&self, name: &str, bytes: &[u8]);
}

/// What a run keeps, and what it wants of it.
#[derive(Clone, Copy)]
pub struct KeptEntries<'a> {
    /// Where they are.
    pub store: &'a dyn EntryStore,
    /// Whether the models of the departments are looked at, not only what was found of them: they are not kept.
    pub with_models: bool,
}

/// What decides an entry.
pub(super) type Hash = [u8; 32];

/// What is looked at between departments, of one of them: all that is known of a department that was not read again.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Across {
    /// The codes of its projects, in the order in which the rule looks at them.
    pub codes: Vec<PlacedCode>,
}

/// A code of a project.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct PlacedCode {
    pub code: String,
    /// By its number among the files of the department.
    pub file: u32,
    pub start: u32,
    pub end: u32,
}

/// An entry as it is read.
#[derive(Deserialize)]
struct KeptEntry<'e> {
    /// Behind those that are common; no text where nothing points into it.
    #[serde(borrow)]
    files: Vec<(&'e str, Option<&'e str>)>,
    diagnostics: Vec<Diagnostic>,
    excused: Vec<(Diagnostic, String)>,
    verdicts: Vec<Verdict>,
    across: Across,
}

/// The same as it is written.
#[derive(Serialize)]
struct NewEntry<'e> {
    files: Vec<(&'e str, Option<&'e str>)>,
    diagnostics: &'e [Diagnostic],
    excused: Vec<(&'e Diagnostic, &'e str)>,
    verdicts: &'e [Verdict],
    across: &'e Across,
}

/// What is asked of the entries of a workspace.
pub(super) struct OfWorkspace<'a> {
    entries: KeptEntries<'a>,
    common: Hash,
}

impl<'a> OfWorkspace<'a> {
    /// `standards` are the texts that declare any, in order.
    pub fn new(entries: KeptEntries<'a>, settings: Option<&Input>, wishes: &Wishes, standards: &[Input]) -> Self {
        let mut hash = Sha256::new();
        add(&mut hash, BUILD.as_bytes());
        add(&mut hash, format!("{wishes:?}").as_bytes());
        for input in settings.into_iter().chain(standards) {
            add(&mut hash, input.path.as_bytes());
            add(&mut hash, input.text.as_bytes());
        }
        // So that settings are no standard.
        add(&mut hash, &[u8::from(settings.is_some())]);
        Self { entries, common: hash.finalize().into() }
    }

    /// The name of what is found of some files; no hash for one that cannot be read.
    fn name<'p>(
        &self,
        files: impl Iterator<Item = (&'p str, Option<Hash>)>,
        taken: impl Iterator<Item = (&'p str, &'p str, u32, Option<Hash>)>,
    ) -> String {
        let mut hash = Sha256::new_with_prefix(self.common);
        let add_file = |hash: &mut Sha256, path: &str, text: Option<Hash>| {
            add(hash, path.as_bytes());
            add(hash, text.as_ref().map_or(&[], Hash::as_slice));
        };
        for (path, text) in files {
            add_file(&mut hash, path, text);
        }
        for (code, path, start, text) in taken {
            add(&mut hash, code.as_bytes());
            hash.update(start.to_le_bytes());
            add_file(&mut hash, path, text);
        }
        hex(&hash.finalize())
    }
}

/// Names the build of the program: what another one keeps is not read.
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " ", env!("JIXIAO_BUILD"));

/// The hash of a text.
pub(super) fn hash(text: &str) -> Hash {
    Sha256::digest(text).into()
}

/// Adds bytes that cannot be taken for parts of others.
fn add(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Invariant: a string takes everything.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl ByDepartment<'_> {
    /// What is found of a department: as it was kept, else by checking it.
    pub(super) fn found(&self, index: usize, taken: &[TakenCode<'_>]) -> (Analysis, Across) {
        let Some(kept) = &self.kept else { return self.checked_anew(index, taken) };
        let hashes = &self.hashes[self.departments[index].paths.clone()];
        let files = self.paths_of(index).iter().map(String::as_str).zip(hashes.iter().copied());
        if !kept.entries.with_models {
            let taken = taken.iter().map(|one| {
                let path = &*self.paths[one.place.file as usize];
                (one.code, path, one.place.start, (self.read)(path).map(|text| hash(&text)))
            });
            let name = kept.name(files, taken);
            let entry = kept.entries.store.load(&name).and_then(|bytes| found_again(&self.common, &name, &bytes));
            if let Some(found) = entry {
                return found;
            }
        }
        let (base, found, taken_texts) = self.read_again(index, taken);
        // By what was read now: it need not be what was read before.
        let own = base.analysis.sources.iter().skip(self.common.sources.len());
        let mut own = own.map(|(_, source)| (&*source.path, hash(&source.text))).peekable();
        let mut files = Vec::new();
        for path in self.paths_of(index) {
            files.push((&**path, own.next_if(|(read, _)| read == path).map(|(_, hash)| hash)));
        }
        let name = kept.name(
            files.into_iter(),
            taken.iter().map(|one| {
                let path = &*self.paths[one.place.file as usize];
                (one.code, path, one.place.start, own.next_if(|(read, _)| *read == path).map(|(_, hash)| hash))
            }),
        );
        drop(own);
        if kept.entries.with_models
            && let Some(bytes) = kept.entries.store.load(&name)
            && let Some((analysis, across)) = found_again(&self.common, &name, &bytes)
        {
            let Analysis { diagnostics, excused, verdicts, .. } = analysis;
            let (mut base, mut found) = (base, found);
            base.tie_references(&mut found);
            return (Analysis { diagnostics, excused, verdicts, ..base.analysis }, across);
        }
        let analysis = checked(base, found, &taken_texts);
        let across = Across::of(self.paths_of(index), &analysis);
        if let Some(bytes) = entry(&self.common, &name, &analysis, &across) {
            kept.entries.store.keep(&name, &bytes);
        }
        (analysis, across)
    }

    fn checked_anew(&self, index: usize, taken: &[TakenCode<'_>]) -> (Analysis, Across) {
        let (base, found, taken) = self.read_again(index, taken);
        let analysis = checked(base, found, &taken);
        let across = Across::of(self.paths_of(index), &analysis);
        (analysis, across)
    }
}

impl Across {
    fn of(paths: &[String], analysis: &Analysis) -> Self {
        let sound = analysis.model.projects.iter().filter(|project| !project.damage.head);
        let codes = sound.filter_map(|project| project.code.as_ref()).filter_map(|code| {
            let file = paths.binary_search(&analysis.sources.get(code.span.file).path).ok()?;
            let (start, end) = (code.span.start, code.span.end);
            Some(PlacedCode { code: code.value.clone().into(), file: file as u32, start, end })
        });
        Self { codes: codes.collect() }
    }
}

/// The bytes of an entry.
fn entry(common: &WorkspaceWide, name: &str, analysis: &Analysis, across: &Across) -> Option<Vec<u8>> {
    let Analysis { sources, diagnostics, excused, verdicts, .. } = analysis;
    let mut is_shown = vec![false; sources.len()];
    for diagnostic in diagnostics.iter().chain(excused.iter().map(|one| &one.diagnostic)) {
        let edits = diagnostic.fix.iter().flat_map(|fix| fix.edits.iter()).map(|edit| edit.span);
        for span in diagnostic.labels.iter().map(|label| label.span).chain(edits) {
            is_shown[span.file.index()] = true;
        }
    }
    let files = sources.iter().skip(common.sources.len());
    let files = files.map(|(id, source)| (&*source.path, is_shown[id.index()].then_some(&*source.text)));
    let excused = excused.iter().map(|one| (&one.diagnostic, &*one.reason)).collect();
    let entry = NewEntry { files: files.collect(), diagnostics, excused, verdicts, across };
    let begun = vec![0; CHECKED];
    let mut bytes = postcard::to_extend(&entry, begun).ok()?;
    let check = check(name, &bytes[CHECKED..]);
    bytes[..CHECKED].copy_from_slice(&check);
    Some(bytes)
}

/// What an entry holds; none where it is not what was kept under the name.
fn found_again(common: &WorkspaceWide, name: &str, bytes: &[u8]) -> Option<(Analysis, Across)> {
    let (stated, bytes) = bytes.split_at_checked(CHECKED)?;
    if stated != check(name, bytes) {
        return None;
    }
    let KeptEntry { files, diagnostics, excused, verdicts, across } = postcard::from_bytes(bytes).ok()?;
    let mut sources: Sources = common.sources.clone();
    for (path, text) in files {
        sources.add(path, text.unwrap_or_default());
    }
    let excused = excused.into_iter().map(|(diagnostic, reason)| Excused { diagnostic, reason: reason.into() });
    let excused = excused.collect();
    let config: Config = common.config.clone();
    Some((Analysis { sources, config, diagnostics, excused, verdicts, ..Analysis::default() }, across))
}

/// Before the bytes of an entry stands so much of their hash, and that of their name.
const CHECKED: usize = 16;

fn check(name: &str, bytes: &[u8]) -> [u8; CHECKED] {
    let hash = Sha256::new_with_prefix(name).chain_update(bytes).finalize();
    std::array::from_fn(|index| hash[index])
}
