//! What was found of a department is kept by what it was found of: a run over the same texts reads it instead of checking.
//!
//! The name of an entry is a hash of all that decides what it holds: the build of the program, what the person wishes, the
//! settings, every standard, and the texts of the department with their paths. So an entry is never out of date, and never
//! changed. It holds the texts that its findings point into: nothing has to be read a second time.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ByDepartment, PlaceInFiles};
use crate::config::Config;
use crate::control::{Excused, Verdict, Wishes};
use crate::diagnostic::Diagnostic;
use crate::lint::{Marks, MarksBefore};
use crate::source::{Sources, Span};
use crate::workspace::reading::WorkspaceWide;
use crate::workspace::{Analysis, Input, Linted};

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

/// What is known of a department before it is compared with others.
pub(super) struct KeptFiles {
    pub marks: Vec<Marks<PlaceInFiles>>,
    /// Of its marks among the entries.
    name: Option<String>,
    /// None where its marks were kept.
    linted: Option<(Linted, Vec<Marks<Span>>)>,
}

/// A place that a department meets, by all that can be told of it.
#[derive(Clone, Serialize)]
struct MetPlace<'p> {
    path: &'p str,
    text: Option<Hash>,
    start: u32,
    end: u32,
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
}

/// The same as it is written.
#[derive(Serialize)]
struct NewEntry<'e> {
    files: Vec<(&'e str, Option<&'e str>)>,
    diagnostics: &'e [Diagnostic],
    excused: Vec<(&'e Diagnostic, &'e str)>,
    verdicts: &'e [Verdict],
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

    /// The name of the marks of some files; no hash for one that cannot be read.
    fn name<'p>(&self, files: impl Iterator<Item = (&'p str, Option<Hash>)>) -> String {
        let mut hash = Sha256::new_with_prefix(self.common);
        for (path, text) in files {
            add(&mut hash, path.as_bytes());
            add(&mut hash, text.as_ref().map_or(&[], Hash::as_slice));
        }
        hex(&hash.finalize())
    }

    fn load<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        opened(name, &self.entries.store.load(name)?, |bytes| postcard::from_bytes(bytes).ok())
    }

    fn keep(&self, name: &str, entry: &impl Serialize) {
        if let Some(bytes) = sealed(name, entry) {
            self.entries.store.keep(name, &bytes);
        }
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
    /// What is compared of a department: as it was kept, else by checking it.
    pub(super) fn known(&self, index: usize) -> KeptFiles {
        let first = self.departments[index].paths.start as u32;
        let moved = |marks: Vec<Marks<PlaceInFiles>>, by: &dyn Fn(u32) -> u32| -> Vec<Marks<PlaceInFiles>> {
            let moved = |one: PlaceInFiles| Some(PlaceInFiles { file: by(one.file), ..one });
            marks.into_iter().map(|one| one.placed(moved)).collect()
        };
        if let Some(kept) = &self.kept {
            let hashes = &self.hashes[self.departments[index].paths.clone()];
            let name = kept.name(self.paths_of(index).iter().map(String::as_str).zip(hashes.iter().copied()));
            if let Some(marks) = kept.load(&name) {
                return KeptFiles { marks: moved(marks, &|file| file + first), name: Some(name), linted: None };
            }
        }
        let (linted, spans) = self.linted(index);
        let sources = &linted.base.analysis.sources;
        let placed = |one: &Marks<Span>| one.clone().placed(|span| self.place(index, span, sources));
        let marks: Vec<Marks<PlaceInFiles>> = spans.iter().map(placed).collect();
        let name = self.kept.as_ref().map(|kept| {
            let name = self.name_of(kept, index, sources);
            kept.keep(&name, &moved(marks.clone(), &|file| file - first));
            name
        });
        KeptFiles { marks, name, linted: Some((linted, spans)) }
    }

    /// By what was read: it need not be what was read before.
    fn name_of(&self, kept: &OfWorkspace<'_>, index: usize, sources: &Sources) -> String {
        let own = sources.iter().skip(self.common.sources.len());
        let mut own = own.map(|(_, source)| (&*source.path, hash(&source.text))).peekable();
        kept.name(self.paths_of(index).iter().map(|path| {
            let text = own.next_if(|(read, _)| read == path).map(|(_, hash)| hash);
            (path.as_str(), text)
        }))
    }

    /// The name of what is found of a department that meets others.
    fn name_with(
        &self,
        name: &str,
        marks: &[Marks<PlaceInFiles>],
        met: &MarksBefore<PlaceInFiles>,
        text: impl Fn(u32) -> Option<Hash>,
    ) -> Option<String> {
        let met = met.met_by(marks, |place| {
            let (path, text) = (&*self.paths[place.file as usize], text(place.file));
            Some(MetPlace { path, text, start: place.start, end: place.end })
        });
        let met = postcard::to_stdvec(&met.in_order()).ok()?;
        let mut hash = Sha256::new_with_prefix(name);
        add(&mut hash, &met);
        Some(hex(&hash.finalize()))
    }

    /// What is found of a department: as it was kept, else what checking and comparing it finds.
    pub(super) fn found(&self, index: usize, known: KeptFiles, met: &MarksBefore<PlaceInFiles>) -> Analysis {
        let KeptFiles { marks, name, linted } = known;
        if linted.is_none()
            && let Some((kept, own)) = self.kept.as_ref().zip(name.as_deref())
            && let Some(name) = self.name_with(own, &marks, met, |file| self.hashes[file as usize])
            && let Some(bytes) = kept.entries.store.load(&name)
            && let Some(found) = opened(&name, &bytes, |bytes| found_again(&self.common, bytes))
        {
            if !kept.entries.with_models {
                return found;
            }
            let (mut base, mut more) = self.read_again(index);
            if self.name_of(kept, index, &base.analysis.sources) == own {
                let Analysis { sources, diagnostics, excused, verdicts, .. } = found;
                base.tie_references(&mut more);
                // Its own files have their texts, since the models have places in them; behind them come those that it meets.
                let own = &mut base.analysis.sources;
                for (_, source) in sources.iter().skip(own.len()) {
                    own.add(source.path.clone(), source.text.clone());
                }
                return Analysis { diagnostics, excused, verdicts, ..base.analysis };
            }
        }
        let (mut linted, spans) = linted.unwrap_or_else(|| self.linted(index));
        let sources = &mut linted.base.analysis.sources;
        let own = self.kept.as_ref().map(|kept| self.name_of(kept, index, sources));
        let (met_here, files) = self.met_in_sources(&marks, met, sources);
        let texts = |file: u32| files.get(&file).map(|file| hash(&sources.get(*file).text));
        // Marks that were kept are those of other texts where these changed meanwhile.
        let name = own.filter(|own| Some(own) == name.as_ref());
        let name = name.and_then(|own| self.name_with(&own, &marks, met, texts));
        let analysis = linted.settled(&spans, &met_here);
        if let Some((kept, name)) = self.kept.as_ref().zip(name) {
            keep(kept, &self.common, &name, &analysis);
        }
        analysis
    }
}

/// Keeps what was found.
fn keep(kept: &OfWorkspace<'_>, common: &WorkspaceWide, name: &str, analysis: &Analysis) {
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
    kept.keep(name, &NewEntry { files: files.collect(), diagnostics, excused, verdicts });
}

/// The bytes of an entry.
fn sealed(name: &str, entry: &impl Serialize) -> Option<Vec<u8>> {
    let mut bytes = postcard::to_extend(entry, vec![0; CHECKED]).ok()?;
    let check = check(name, &bytes[CHECKED..]);
    bytes[..CHECKED].copy_from_slice(&check);
    Some(bytes)
}

/// What is read of them; none where they are not what was kept under the name.
fn opened<T>(name: &str, bytes: &[u8], read: impl FnOnce(&[u8]) -> Option<T>) -> Option<T> {
    let (stated, bytes) = bytes.split_at_checked(CHECKED)?;
    if stated == check(name, bytes) { read(bytes) } else { None }
}

/// What was found, by the bytes of its entry.
fn found_again(common: &WorkspaceWide, bytes: &[u8]) -> Option<Analysis> {
    let KeptEntry { files, diagnostics, excused, verdicts } = postcard::from_bytes(bytes).ok()?;
    let mut sources: Sources = common.sources.clone();
    for (path, text) in files {
        sources.add(path, text.unwrap_or_default());
    }
    let excused = excused.into_iter().map(|(diagnostic, reason)| Excused { diagnostic, reason: reason.into() });
    let excused = excused.collect();
    let config: Config = common.config.clone();
    Some(Analysis { sources, config, diagnostics, excused, verdicts, ..Analysis::default() })
}

/// Before the bytes of an entry stands so much of their hash, and that of their name.
const CHECKED: usize = 16;

fn check(name: &str, bytes: &[u8]) -> [u8; CHECKED] {
    let hash = Sha256::new_with_prefix(name).chain_update(bytes).finalize();
    std::array::from_fn(|index| hash[index])
}
