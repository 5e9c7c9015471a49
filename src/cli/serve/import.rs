//! A document that is dropped on the page: read into the folder that is served, shown, and written when it is asked for.

use std::path::{Path, PathBuf};

use crate::cli::files::{self, Selection};
use crate::cli::imported_folder::{DocumentRecords, FolderThere, ImportedFolder, read_into};
use crate::cli::output::changes;
use crate::cli::{Failure, writing};
use crate::desk::{BroughtDocument, BroughtFile, ChangedFile};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::import::{self, Imported};
use crate::merge::Markers;
use crate::model::text::hash;
use crate::workspace::analyse;

/// A document as it comes over the wire.
#[derive(Clone)]
pub struct SentDocument {
    name: String,
    bytes: axum::body::Bytes,
    /// Where it conflicts with the folder, the document's is taken.
    takes_theirs: bool,
}

/// What would become of the folder.
pub struct ImportPlan {
    document: SentDocument,
    imported: Imported,
    folder: PathBuf,
    incoming: ImportedFolder,
    /// The texts and what the document said.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Told to the page, which gives it back: only what a person saw is written.
    pub key: String,
}

impl SentDocument {
    /// A name is one of a file, whatever a page sends.
    pub fn new(name: &str, bytes: axum::body::Bytes, takes_theirs: bool) -> Self {
        let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let is_bad = |sign: char| sign.is_control() || ":*?\"<>|".contains(sign);
        let plain: String = own.chars().map(|sign| if is_bad(sign) { '_' } else { sign }).collect();
        let plain = plain.trim_start_matches('.').trim();
        let name = if plain.is_empty() { "document".to_owned() } else { plain.to_owned() };
        Self { name, bytes, takes_theirs }
    }

    /// Reads it by what holds in the folder, and looks what both become. Nothing is written.
    ///
    /// # Errors
    /// Why it does not come in.
    pub fn plan(self, folder: &Path, language: Language) -> Result<ImportPlan, Vec<Diagnostic>> {
        let told = |Failure::Told(why): Failure| vec![why];
        let there = FolderThere::read(folder).map_err(told)?;
        let offices = there.offices();
        let choices = |document: Option<&Imported>| there.choices(&offices, document, language);
        let read = |choices: &import::Importing| import::import(&self.name, &self.bytes, choices);
        let imported = read_into(read, choices).map_err(|why| vec![why])?;
        let names = [self.name.clone()];
        let (imported, folder) = self.beside_known(imported, folder, &names, &choices);
        let there = FolderThere::read(&folder).map_err(told)?;
        let open = there.in_conflict();
        if !open.is_empty() {
            return Err(vec![Diagnostic::without_place(Code::JX608, texts::desk_conflicts_first(open.join(" ")))]);
        }
        let markers = Markers {
            ours: texts::side_of_folder().in_language(language).into_owned(),
            theirs: self.name.clone(),
            takes_theirs: self.takes_theirs,
            ..Markers::default()
        };
        let records = DocumentRecords::new(&folder, &names);
        let incoming = there.with(&records, &imported, &markers).map_err(told)?;
        let incoming = incoming.map_err(|refusal| there.refused(&refusal))?;
        let others = incoming.merged.files.iter().filter(|file| ImportedFolder::is_other(file));
        let texts = others.map(|file| (folder.join(&file.path), file.merged.text.as_bytes().to_vec()));
        let record = records.renewed(&imported).map_err(told)?;
        let files: Vec<_> = texts.chain([record]).collect();
        let befores: Vec<&str> = incoming.merged.files.iter().filter_map(|file| file.before.as_deref()).collect();
        let key = format!("{:016x}", hash(&format!("{files:?}{befores:?}")));
        Ok(ImportPlan { document: self, imported, folder, incoming, files, key })
    }

    /// What a form says of the year goes to the department whose targets are in the folder, wherever that lies there.
    fn beside_known(
        &self,
        own: Imported,
        folder: &Path,
        names: &[String],
        choices: &dyn Fn(Option<&Imported>) -> import::Importing,
    ) -> (Imported, PathBuf) {
        let stays = |own| (own, folder.to_path_buf());
        // What it said the last time is its own: it is merged.
        if !own.is_of_year() || DocumentRecords::new(folder, names).has_brought_projects() {
            return stays(own);
        }
        let Selection { inputs, settings, .. } = files::select_with_open(folder, &std::collections::BTreeMap::new());
        let there = analyse(inputs, settings);
        let Some(known) = own.known_in(&there.model) else { return stays(own) };
        let options = Imported::as_known(known, &choices(Some(&own)));
        let Ok(mut again) = import::import(&self.name, &self.bytes, &options) else { return stays(own) };
        let stem = Path::new(&self.name).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        again.put_beside(known, &stem.unwrap_or_default());
        let path = Path::new(&there.sources.get(there.model[known.id].span.file).path);
        let department = path.parent().unwrap_or(Path::new("")).to_owned();
        (again, department)
    }
}

impl ImportPlan {
    /// Writes all of it, or nothing; gives what became of which file.
    ///
    /// # Errors
    /// What cannot be written.
    pub fn write(&self) -> Result<Vec<ChangedFile>, Text> {
        let file = |(path, bytes): &(PathBuf, Vec<u8>)| ChangedFile {
            path: path.clone(),
            before: std::fs::read(path).ok(),
            after: Some(bytes.clone()),
        };
        let changed: Vec<ChangedFile> = self.files.iter().map(file).collect();
        writing::turn_together(&changed).map_err(|Failure::Told(why)| why.message.clone())?;
        Ok(changed)
    }

    /// For the page.
    pub fn shown(&self, is_written: bool, is_other: bool) -> BroughtDocument<'_> {
        let others = self.incoming.merged.files.iter().filter(|file| ImportedFolder::is_other(file));
        let file = |file: &crate::merge::folder::MergedFile| BroughtFile {
            path: file.path.clone(),
            is_new: file.before.is_none(),
            lines: match &file.before {
                None => file.merged.text.clone(),
                Some(before) => changes(&file.path, before, &file.merged.text),
            },
        };
        BroughtDocument {
            name: &self.document.name,
            imported: &self.imported,
            files: others.map(file).collect(),
            notes: self.incoming.notes(&self.folder, &self.document.name),
            conflicts: self.incoming.conflicts(),
            takes_theirs: self.document.takes_theirs,
            is_written,
            is_other,
        }
    }
}
