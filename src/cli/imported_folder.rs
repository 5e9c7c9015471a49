//! The folder that an import writes to: what stands there, what the document said the last time, and what both become.
//!
//! What a document said is kept in a hidden folder beside the texts, a file a document, so that the next import knows what
//! changed in the document and what people changed since. It belongs into the repository like the texts.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::Failure;
use super::files;
use super::output::{Terminal, cannot};
use super::writing;
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::edit::{Patch, rename};
use crate::import::{Imported, Importing};
use crate::language::Keyword;
use crate::merge::folder::{
    FolderRefusal, MergedFile, MergedFolder, PlacedText, Renamed, merge_folder, renamed, shares_department,
};
use crate::merge::{Markers, Merged, ReadBy, taking_theirs};
use crate::model::text::key;
use crate::model::{IndicatorId, Model, ProjectId};
use crate::source::{Sources, folder_of};
use crate::syntax::{self, vocabulary::declares};
use crate::workspace::{Analysis, Input, analyse};

/// The hidden folder of what documents said.
const RECORDS: &str = ".jixiao.imports";

/// What stands in the folder before an import, and what holds there.
#[derive(Default)]
pub struct FolderThere {
    folder: PathBuf,
    texts: Vec<PlacedText>,
    /// What lies above the folder, and holds in it.
    above: Vec<Input>,
    settings: Option<Input>,
}

/// The departments of a folder, as a check reads them.
pub struct FolderOffices {
    offices: Vec<FolderOffice>,
    /// The standard of departments that name none, where the settings say so.
    fallback: Option<String>,
}

struct FolderOffice {
    /// Code and name, as they are compared.
    code: Option<String>,
    name: String,
    folder: String,
    standard: String,
}

/// What becomes of a folder, and what followed a name that the document changed.
pub struct ImportedFolder {
    pub merged: MergedFolder,
    pub renamed: Vec<Renamed>,
}

impl ImportedFolder {
    /// Whether a file becomes another.
    pub fn is_other(file: &MergedFile) -> bool {
        file.before.as_ref() != Some(&file.merged.text)
    }

    /// What a person has to know of it: conflicts, names that were followed, what stays as it is. `name` is the document's.
    pub fn notes(&self, folder: &Path, name: &str) -> Vec<Text> {
        let MergedFolder { files, kept, gone } = &self.merged;
        let mut notes = Vec::new();
        for file in files {
            let shown = files::shown(&folder.join(&file.path));
            let conflicts = file.merged.conflicts.iter();
            let told = conflicts.map(|one| texts::conflict_in(&*shown, if one.is_empty() { "?" } else { one }));
            notes.extend(told);
        }
        for Renamed { project, indicator, new } in &self.renamed {
            let old = indicator.as_ref().map_or_else(|| project.clone(), |indicator| format!("{project}.{indicator}"));
            notes.push(texts::import_renamed(old, new.clone()));
        }
        let unchanged = files.iter().filter(|file| !Self::is_other(file)).count();
        notes.extend((unchanged > 0).then(|| texts::unchanged_files(unchanged)));
        notes.extend((!kept.is_empty()).then(|| texts::no_more_in_document(name, kept.join(" "))));
        notes.extend((!gone.is_empty()).then(|| texts::gone_from_folder(gone.join(" "), name)));
        notes
    }

    pub fn conflicts(&self) -> usize {
        self.merged.files.iter().map(|file| file.merged.conflicts.len()).sum()
    }
}

/// Reads a document by what holds in the folder that it goes into, which `choices` tells.
pub fn read_into(
    read: impl Fn(&Importing) -> Result<Imported, Diagnostic>,
    choices: impl Fn(Option<&Imported>) -> Importing,
) -> Result<Imported, Diagnostic> {
    let before = choices(None);
    let imported = read(&before)?;
    // Only the document says of which department it is.
    let own = choices(Some(&imported));
    if own == before { Ok(imported) } else { read(&own) }
}

impl FolderThere {
    /// Reads a folder; one that is not there holds nothing.
    ///
    /// # Errors
    /// What cannot be read: it might hold what the document says.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        let mut selection = files::surroundings(folder);
        if let Some(diagnostic) = selection.unreadable.pop() {
            return Err(Failure::Told(diagnostic));
        }
        let root = files::shown(folder);
        let below = |path: &str| {
            let rest = Path::new(path).strip_prefix(folder).or_else(|_| Path::new(path).strip_prefix(&*root));
            rest.map_or_else(|_| path.to_owned(), files::shown)
        };
        let (own, above): (Vec<Input>, Vec<Input>) =
            selection.inputs.into_iter().partition(|input| selection.asked_for.contains(&input.path));
        let texts = own.into_iter().map(|input| (below(&input.path), input.text.to_string()));
        Ok(Self { folder: folder.to_path_buf(), texts: texts.collect(), above, settings: selection.settings })
    }

    /// Its departments.
    pub fn offices(&self) -> FolderOffices {
        let Analysis { model, sources, config, .. } = self.analysis(&self.texts);
        let below: BTreeMap<String, &str> =
            self.texts.iter().map(|(path, _)| (self.full(path), path.as_str())).collect();
        let offices = model.departments.iter().filter_map(|one| {
            let path = below.get(&*sources.get(one.span.file).path)?;
            Some(FolderOffice {
                code: one.code.as_ref().map(|code| key(&code.value)),
                name: key(&one.name.value),
                folder: folder_of(path).to_owned(),
                standard: model[one.standard].name.clone(),
            })
        });
        let fallback = config.standard.map(|(name, _)| name.to_string());
        FolderOffices { offices: offices.collect(), fallback }
    }

    /// How a document is read that goes into the folder: by the standard that a check would take there, and by those that its
    /// department sees. Before it is read it is taken for the document of the only department.
    pub fn choices(&self, offices: &FolderOffices, document: Option<&Imported>, language: Language) -> Importing {
        let all = &offices.offices;
        let own = match document {
            Some(imported) => all.iter().find(|one| one.is_of(&imported.model)),
            None => all.first().filter(|_| all.len() == 1),
        };
        let is_seen = |path: &str| {
            let around = |one: &&FolderOffice| is_inside(path, &one.folder);
            // The innermost department around it.
            let owner = all.iter().filter(around).max_by_key(|one| one.folder.len());
            owner.is_none_or(|owner| {
                owner.folder.is_empty() || own.is_some_and(|own| is_inside(&own.folder, &owner.folder))
            })
        };
        let declares = |text: &str| declares(text, |keyword| keyword == Keyword::Standard);
        let below = self.texts.iter().filter(|(path, text)| declares(text) && is_seen(path)).cloned();
        let above = self.above.iter().filter(|input| declares(&input.text));
        let above = above.map(|input| (input.path.clone(), input.text.to_string()));
        Importing {
            standard: own.map(|one| one.standard.clone()).or_else(|| offices.fallback.clone()),
            standards: below.chain(above).collect(),
            language,
        }
    }

    /// The path of a text as a check calls it.
    fn full(&self, path: &str) -> String {
        files::shown(&self.folder.join(path))
    }

    fn analysis(&self, texts: &[PlacedText]) -> Analysis {
        let input = |(path, text): &PlacedText| Input { path: self.full(path), text: text.as_str().into() };
        let inputs = texts.iter().map(input).chain(self.above.iter().cloned());
        analyse(inputs.collect(), self.settings.clone())
    }

    /// What becomes of it when a document comes in.
    ///
    /// # Errors
    /// A record that cannot be read.
    pub fn with(
        &self,
        records: &DocumentRecords,
        imported: &Imported,
        markers: &Markers,
    ) -> Result<Result<ImportedFolder, FolderRefusal>, Failure> {
        let base = records.said_before()?;
        let department = imported.model.departments.first();
        let by = ReadBy {
            year: department.and_then(|one| one.year.as_ref()).map(|year| year.value),
            standard: department.map(|one| &imported.model[one.standard]),
        };
        let renamed = renamed(&base, &self.texts, &imported.files, by);
        let (texts, renamed) = self.following(renamed);
        let merged = merge_folder(&base, &texts, &imported.files, markers, by);
        Ok(merged.map(|mut merged| {
            for ((path, before), (_, text)) in
                self.texts.iter().zip(&texts).filter(|((_, one), (_, other))| one != other)
            {
                match merged.files.iter_mut().find(|file| file.path == *path) {
                    Some(file) => file.before = Some(before.clone()),
                    None => merged.files.push(MergedFile {
                        path: path.clone(),
                        before: Some(before.clone()),
                        merged: Merged { text: text.clone(), conflicts: Vec::new() },
                    }),
                }
            }
            ImportedFolder { merged, renamed }
        }))
    }

    /// Its texts where everything goes by the new names, and which of these there are. Projects first: the paths of their
    /// indicators begin with their names.
    fn following(&self, wanted: Vec<Renamed>) -> (Vec<PlacedText>, Vec<Renamed>) {
        let mut texts = self.texts.clone();
        let mut followed = Vec::new();
        let (indicators, projects): (Vec<Renamed>, Vec<Renamed>) =
            wanted.into_iter().partition(|one| one.indicator.is_some());
        let mut called: BTreeMap<String, String> = BTreeMap::new();
        for all in [projects, indicators] {
            if all.is_empty() {
                continue;
            }
            let Analysis { model, sources, .. } = self.analysis(&texts);
            let mut edits = Vec::new();
            for one in all {
                let project = called.get(&one.project).unwrap_or(&one.project);
                if let Some(more) = renaming(&model, &sources, project, &one) {
                    edits.extend(more);
                    if one.indicator.is_none() {
                        called.insert(one.project.clone(), one.new.clone());
                    }
                    followed.push(one);
                }
            }
            let (patch, _) = Patch::first_come(edits);
            for (file, new) in patch.apply(&sources) {
                let changed = &sources.get(file).path;
                if let Some((_, text)) = texts.iter_mut().find(|(known, _)| self.full(known) == **changed) {
                    *text = new;
                }
            }
        }
        (texts, followed)
    }

    /// Whether it holds the department of some texts.
    pub fn has_department_of(&self, imported: &[PlacedText]) -> bool {
        shares_department(&self.texts, imported)
    }

    /// The files with conflicts that nobody has settled.
    pub fn in_conflict(&self) -> Vec<&str> {
        let texts = self.texts.iter().filter(|(_, text)| syntax::conflicts(text).is_some());
        texts.map(|(path, _)| path.as_str()).collect()
    }

    /// The first mistake of a file, with its line.
    pub fn first_mistake(&self, path: &str) -> Option<(usize, Diagnostic)> {
        let (_, text) = self.texts.iter().find(|(known, _)| known == path)?;
        let mut sources = Sources::default();
        let file = sources.add(path, text.as_str());
        let text = sources.get(file).text.clone();
        let found = syntax::parse(file, &text).1.into_iter().find(Diagnostic::is_error)?;
        let span = found.span()?;
        Some((sources.get(file).location(span.start).line as usize, found))
    }

    /// Why a document cannot come in.
    pub fn refused(&self, refusal: &FolderRefusal) -> Vec<Diagnostic> {
        let refuse = |text: Text| Diagnostic::without_place(Code::JX608, text);
        match refusal {
            FolderRefusal::OtherDepartment { ours, theirs } => {
                vec![refuse(texts::folder_of_other_department(ours, theirs))]
            }
            FolderRefusal::Damaged(paths) => {
                let told = |path: &String| {
                    let (line, why) = self.first_mistake(path).map_or_else(
                        || (1, Text::same(String::new())),
                        |(line, mistake)| (line, mistake.message.clone()),
                    );
                    refuse(texts::damaged_in_folder(self.full(path), line, why))
                };
                paths.iter().map(told).collect()
            }
        }
    }

    /// Takes in each of them what the document said. Their paths, what they were and what they are.
    pub fn take_theirs(&mut self) -> Vec<(String, String, String)> {
        let settle = |(path, text): &mut PlacedText| {
            let settled = taking_theirs(text);
            (path.clone(), std::mem::replace(text, settled.clone()), settled)
        };
        self.texts.iter_mut().filter(|(_, text)| syntax::conflicts(text).is_some()).map(settle).collect()
    }
}

impl FolderOffice {
    fn is_of(&self, model: &Model) -> bool {
        let is_it = |one: &crate::model::Department| {
            let codes = self.code.as_ref().zip(one.code.as_ref());
            codes.map_or_else(|| self.name == key(&one.name.value), |(own, code)| *own == key(&code.value))
        };
        model.departments.iter().any(is_it)
    }
}

/// The edits that give a project or an indicator the name that the document has for it now.
fn renaming(
    model: &Model,
    sources: &Sources,
    project: &str,
    renamed: &Renamed,
) -> Option<Vec<crate::diagnostic::Edit>> {
    let ids = (0..).map(ProjectId).zip(&model.projects);
    let mut named = ids.filter(|(_, one)| key(&one.name.value) == key(project));
    let (id, found) = named.next().filter(|_| named.next().is_none())?;
    let Some(indicator) = &renamed.indicator else { return rename::project(model, sources, id, &renamed.new).ok() };
    let index = found.indicators.iter().position(|one| key(&one.name.value) == key(indicator))?;
    rename::indicator(model, sources, IndicatorId { project: id, index: index as u32 }, &renamed.new).ok()
}

/// Where a folder keeps what a document said.
pub struct DocumentRecords {
    folder: PathBuf,
    /// What the document is called there, and what it may be called there: with the folder around it, or without.
    names: Vec<String>,
}

impl DocumentRecords {
    pub fn new(folder: &Path, names: &[String]) -> Self {
        Self { folder: folder.to_path_buf(), names: names.to_vec() }
    }

    /// The record that is there, else the one to be made.
    pub fn path(&self) -> PathBuf {
        let of = |name: &String| self.folder.join(RECORDS).join(format!("{name}.json"));
        let mut all = self.names.iter().map(of);
        let first = all.clone().next().unwrap_or_default();
        all.find(|path| path.exists()).unwrap_or(first)
    }

    /// What the document said the last time; nothing where nobody knows.
    ///
    /// # Errors
    /// JX907 where the record is there and cannot be read.
    fn said_before(&self) -> Result<Vec<PlacedText>, Failure> {
        let path = self.path();
        let unreadable = |why: Text| cannot(Code::JX907, texts::cannot_read(files::shown(&path), why));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(files::reason(&error))),
        };
        let texts: BTreeMap<String, String> =
            serde_json::from_str(&text).map_err(|error| unreadable(texts::record_damaged(error.to_string())))?;
        Ok(texts.into_iter().collect())
    }

    /// What it is when the document has come in.
    ///
    /// # Errors
    /// JX909 where it cannot be written down.
    pub fn renewed(&self, imported: &Imported) -> Result<(PathBuf, Vec<u8>), Failure> {
        let path = self.path();
        let bytes = said_by(&files::shown(&path), &imported.files)?;
        Ok((path, bytes))
    }

    /// Whether the document said of projects what they are, the last time that it came into the folder.
    pub fn has_brought_projects(&self) -> bool {
        let before = self.said_before().unwrap_or_default();
        before.iter().any(|(_, text)| declares(text, |keyword| keyword == Keyword::Project))
    }
}

/// What is to be written of a folder: shown at once, written together.
pub struct FolderWork<'a> {
    folder: &'a Path,
    /// Nothing is written.
    only_shows: bool,
    terminal: &'a Terminal,
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Their paths: there may be thousands.
    paths: HashSet<PathBuf>,
}

impl<'a> FolderWork<'a> {
    pub fn new(folder: &'a Path, only_shows: bool, terminal: &'a Terminal) -> Self {
        Self { folder, only_shows, terminal, files: Vec::new(), paths: HashSet::new() }
    }

    /// # Errors
    /// What cannot be shown.
    pub fn put(&mut self, path: &str, before: Option<&str>, text: &str) -> Result<(), Failure> {
        let path = self.folder.join(path);
        let is_shown = self.only_shows || before.is_some() && !self.terminal.is_quiet;
        if is_shown {
            self.terminal.print_changes(&files::shown(&path), before.unwrap_or_default(), text)?;
        }
        // What was settled by force may be merged once more.
        if !self.paths.insert(path.clone()) {
            self.files.retain(|(other, _)| *other != path);
        }
        self.files.push((path, text.as_bytes().to_vec()));
        Ok(())
    }

    /// Writes it, with what the document says now.
    ///
    /// # Errors
    /// JX909 where one of them cannot be written: then none is.
    pub fn finish(mut self, records: &DocumentRecords, imported: &Imported) -> Result<(), Failure> {
        if self.only_shows {
            return Ok(());
        }
        let texts = self.files.len();
        self.files.push(records.renewed(imported)?);
        writing::write_together(&self.files)?;
        for (path, _) in &self.files[..texts] {
            self.terminal.note(&texts::written(files::shown(path)));
        }
        Ok(())
    }
}

/// What a record of a document is.
///
/// # Errors
/// JX909 where it cannot be written down.
fn said_by(document: &str, imported: &[PlacedText]) -> Result<Vec<u8>, Failure> {
    let texts: BTreeMap<&str, &str> = imported.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let mut text = serde_json::to_string_pretty(&texts)
        .map_err(|error| cannot(Code::JX909, texts::cannot_write(document, error.to_string())))?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// Whether a path lies in a folder, or is that.
fn is_inside(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
