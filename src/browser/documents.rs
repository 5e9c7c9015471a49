//! Documents that were dropped, each as the texts of its office, in a folder that is called like it.
//!
//! What `import` does with several documents: a report of the year comes to the targets that it is about, whether these were
//! dropped as texts or as another document.

use std::collections::BTreeSet;

use super::frame::NamedBytes;
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::import::kind::{self, FileKind};
use crate::import::{self, Imported, Importing};
use crate::language::Keyword;
use crate::model::text::key;
use crate::model::{Department, Model};
use crate::source::folder_of;
use crate::syntax::vocabulary::declares;
use crate::workspace::{Analysis, Input, analyse};

/// A document and what it came to.
pub struct DroppedDocument {
    pub path: String,
    /// Where its texts lie.
    pub folder: String,
    /// What it holds, or why it is not read.
    pub result: Result<Imported, Diagnostic>,
}

impl DroppedDocument {
    /// The paths and texts of its office.
    pub fn texts(&self) -> impl Iterator<Item = (String, &str)> {
        let files = self.result.as_ref().map_or(&[][..], |imported| &imported.files);
        files.iter().map(|(path, text)| (format!("{}/{path}", self.folder), text.as_str()))
    }
}

/// Reads documents that were dropped beside some texts.
pub fn beside_texts(
    offered: &[NamedBytes],
    texts: &[Input],
    settings: Option<&Input>,
    language: Language,
) -> Vec<DroppedDocument> {
    if offered.is_empty() {
        return Vec::new();
    }
    let there = (!texts.is_empty()).then(|| analyse(texts.to_vec(), settings.cloned()));
    let standards = standards_in(texts).into_iter().map(|input| (input.path, input.text.to_string()));
    let standard = there.as_ref().and_then(|one| one.config.standard.as_ref()).map(|(name, _)| name.to_string());
    let options = Importing { standard, standards: standards.collect(), department: None, language };
    let mut folders = BTreeSet::new();
    let mut read: Vec<DroppedDocument> = Vec::new();
    for (path, bytes) in offered {
        let folder = free_folder(stem(path), &mut folders);
        let result = import::import(path, bytes, &options).map_err(|refused| for_a_page(refused, path, bytes));
        read.push(DroppedDocument { path: path.clone(), folder, result });
    }
    put_beside_known(&mut read, offered, there.as_ref(), &options);
    refuse_what_is_there(&mut read, there.as_ref());
    part_files(&mut read);
    read
}

/// What helps where there is no command line.
fn for_a_page(refused: Diagnostic, path: &str, bytes: &[u8]) -> Diagnostic {
    if refused.code != Code::JX601 {
        return refused;
    }
    let kind = FileKind::of(path, bytes);
    match kind::converter(kind) {
        Some(_) => refused.help(texts::save_as_in_office(kind::converted_extension(kind))),
        None if kind == FileKind::Pdf => refused.help(texts::pdf_not_in_page()),
        None => refused,
    }
}

/// The year of a department is put beside its targets.
fn put_beside_known(
    read: &mut [DroppedDocument],
    offered: &[NamedBytes],
    there: Option<&Analysis>,
    options: &Importing,
) {
    let is_of_year = |one: &DroppedDocument| one.result.as_ref().is_ok_and(Imported::is_of_year);
    let mut is_base: Vec<bool> = read.iter().map(|one| one.result.is_ok() && !is_of_year(one)).collect();
    for index in 0..read.len() {
        if !is_of_year(&read[index]) {
            continue;
        }
        let Ok(own) = &read[index].result else { continue };
        let bases = read.iter().zip(&is_base).enumerate().filter(|(_, (_, is_base))| **is_base);
        let bases = bases.filter_map(|(index, (other, _))| Some((index, other.result.as_ref().ok()?)));
        let Some(place) = own.reported_targets(there.map(|there| &there.model), bases) else {
            is_base[index] = true;
            continue;
        };
        let folder = match (place.document, there) {
            (None, Some(there)) => folder_of(&there.sources.get(there.model[place.known.id].span.file).path).to_owned(),
            (document, _) => document.map_or_else(String::new, |index| read[index].folder.clone()),
        };
        let (path, bytes) = &offered[index];
        let import = |options: &Importing| import::import(path, bytes, options);
        match Imported::read_beside(&place, options, stem(path), import) {
            Some(again) => (read[index].result, read[index].folder) = (Ok(again), folder),
            None => is_base[index] = true,
        }
    }
}

/// A department that lies there as texts is not read a second time from a document: the two are versions of each other.
fn refuse_what_is_there(read: &mut [DroppedDocument], there: Option<&Analysis>) {
    let Some(there) = there else { return };
    for document in read {
        let Ok(imported) = &document.result else { continue };
        let brings_targets = || imported.files.iter().any(|(_, text)| declares(text, |one| one == Keyword::Department));
        let twice = imported.model.departments.iter().find(|one| brings_targets() && has_department(&there.model, one));
        if let Some(department) = twice {
            let text = texts::department_dropped_twice(&document.path, &*department.name.value);
            let refused = Diagnostic::without_place(Code::JX608, text);
            document.result = Err(refused.help(texts::department_dropped_twice_help()));
        }
    }
}

fn has_department(model: &Model, own: &Department) -> bool {
    model.departments.iter().any(|other| {
        let codes = own.code.as_ref().zip(other.code.as_ref());
        key(&own.name.value) == key(&other.name.value)
            || codes.is_some_and(|(one, other)| key(&one.value) == key(&other.value))
    })
}

/// Documents about the same day of one department: none takes the file of another.
fn part_files(read: &mut [DroppedDocument]) {
    let mut taken = BTreeSet::new();
    for document in read {
        let Ok(imported) = &mut document.result else { continue };
        for (path, _) in &mut imported.files {
            let plain = path.clone();
            let mut number = 2;
            while !taken.insert(format!("{}/{path}", document.folder)) {
                *path = plain.replace(".jx", &format!("-{number}.jx"));
                number += 1;
            }
        }
    }
}

/// A folder that no other document has.
fn free_folder(stem: &str, taken: &mut BTreeSet<String>) -> String {
    let mut folder = stem.to_owned();
    let mut number = 2;
    while !taken.insert(folder.clone()) {
        folder = format!("{stem}-{number}");
        number += 1;
    }
    folder
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// The texts that declare standards.
pub fn standards_in(texts: &[Input]) -> Vec<Input> {
    let is_standard = |input: &&Input| declares(&input.text, |keyword| keyword == Keyword::Standard);
    texts.iter().filter(is_standard).cloned().collect()
}
