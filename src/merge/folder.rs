//! A folder of texts merged with another version of it: what a document says anew goes into the files where people keep it.
//!
//! Declarations find each other by department, code and name, whatever their files are called. What both sides began with
//! is what the same document said the time before; where that is not known, what one side alone says stays or comes in, and
//! what both say differently is a conflict. A declaration that the other version no longer has stays, and is told.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::label;
use super::outline::{OutlineItem, OutlineItemKind, Outlines, SlotRole};
use super::{Markers, Merged, merge};
use crate::language::Keyword;
use crate::model::text::file_name;

/// A text and its path below the folder, parted by `/`.
pub type PlacedText = (String, String);

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedFile {
    /// Below the folder, parted by `/`.
    pub path: String,
    /// What stood there; none for a new file.
    pub before: Option<String>,
    /// What it becomes.
    pub merged: Merged,
}

/// What becomes of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergedFolder {
    /// The files into which something goes, by path.
    pub files: Vec<MergedFile>,
    /// The declarations that theirs had before, has no more, and that stay.
    pub kept: Vec<String>,
}

/// Why nothing is merged: the folder is another department's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDepartment {
    /// The department of the folder.
    pub ours: String,
    /// The department that was to go into it.
    pub theirs: String,
}

/// Merges the texts of a folder (`ours`) with other texts (`theirs`); `base` is what theirs said before, empty where
/// nobody knows.
///
/// # Errors
/// The department of theirs is not the one that stands at its place in ours.
pub fn merge_folder(
    base: &[PlacedText],
    ours: &[PlacedText],
    theirs: &[PlacedText],
    markers: &Markers,
) -> Result<MergedFolder, OtherDepartment> {
    let mut outlines = Outlines::default();
    let [base, ours_read, theirs_read] = [base, ours, theirs].map(|texts| FolderOutline::read(texts, &mut outlines));
    let scopes = theirs_read.scopes_in(&ours_read)?;
    let of_base = base.scopes_in(&theirs_read).unwrap_or_default();
    let mut parts: BTreeMap<String, FileParts> = BTreeMap::new();
    let mut taken: BTreeSet<String> = ours.iter().map(|(path, _)| path.clone()).collect();
    let mut folder = MergedFolder::default();
    let mut matched: BTreeSet<(usize, usize)> = BTreeSet::new();
    let mut new_paths: BTreeMap<usize, String> = BTreeMap::new();
    // A document that lacks projects is of a part of the department: what it does not say of the whole is not taken back.
    let is_part = base.files.iter().enumerate().any(|(file, items)| {
        let scope = counterpart(&of_base, base.scope_of(file));
        let is_gone = |item: &OutlineItem| theirs_read.find(item, |other| other == scope).is_none();
        items.iter().any(|item| keyword(item) == Some(Keyword::Project) && is_gone(item))
    });
    for (file, items) in theirs_read.files.iter().enumerate() {
        let scope = theirs_read.scope_of(file);
        let own = &*scopes.get(scope).cloned().unwrap_or_else(|| theirs_read.new_scope(scope, &ours_read));
        for item in items {
            let before = base.find(item, |other| counterpart(&of_base, other) == scope);
            let named = || ours_read.find(item, |other| other == own).map(|(file, _)| file);
            let at = |path: &str, scope: &str| {
                let there = joined(own, below(path, scope));
                ours_read.paths.iter().position(|path| *path == there)
            };
            // Who renamed it in the files kept its place.
            let kept = || before.and_then(|(file, _)| at(base.paths[file], base.scope_of(file)));
            // A declaration of the year may be split over files: its own is meant, by whatever name that goes now.
            let place = if is_of_the_year(item) {
                at(theirs_read.paths[file], scope).or_else(kept).or_else(|| before.and_then(|_| named()))
            } else {
                named().or_else(kept)
            };
            let path = place.map_or_else(
                || {
                    let new = || free_path(&joined(own, below(theirs_read.paths[file], scope)), &mut taken);
                    new_paths.entry(file).or_insert_with(new).clone()
                },
                |file| ours_read.paths[file].to_owned(),
            );
            let part = parts.entry(path).or_default();
            part.theirs.push(item);
            if let Some((file, index)) = before {
                matched.insert((file, index));
                if !(is_part && is_department(item)) {
                    part.base.push(&base.files[file][index]);
                }
            }
        }
    }
    for (file, items) in base.files.iter().enumerate() {
        let own = counterpart(&scopes, counterpart(&of_base, base.scope_of(file)));
        let stays = |(index, item): &(usize, &OutlineItem)| {
            !matched.contains(&(file, *index)) && ours_read.find(item, |other| other == own).is_some()
        };
        folder.kept.extend(items.iter().enumerate().filter(stays).map(|(_, item)| called(item)));
    }
    for (path, part) in parts {
        let before = ours.iter().find(|(other, _)| *other == path).map(|(_, text)| text.clone());
        let theirs = text_of(&part.theirs);
        let merged = match &before {
            Some(before) => merge(&text_of(&part.base), before, &theirs, markers),
            None => Merged { text: theirs, conflicts: Vec::new() },
        };
        folder.files.push(MergedFile { path, before, merged });
    }
    Ok(folder)
}

/// Whether a department of some texts is one of those in a folder.
pub fn shares_department(ours: &[PlacedText], theirs: &[PlacedText]) -> bool {
    let mut outlines = Outlines::default();
    let [ours, theirs] = [ours, theirs].map(|texts| FolderOutline::read(texts, &mut outlines));
    theirs.scopes_in(&ours).is_ok_and(|scopes| !scopes.is_empty())
}

/// What goes into a file.
#[derive(Default)]
struct FileParts<'o> {
    base: Vec<&'o OutlineItem>,
    theirs: Vec<&'o OutlineItem>,
}

/// The declarations of some texts.
struct FolderOutline<'t> {
    paths: Vec<&'t str>,
    files: Vec<Vec<OutlineItem>>,
    /// The folder of each department, and how it is declared there.
    departments: BTreeMap<&'t str, (String, String)>,
}

impl<'t> FolderOutline<'t> {
    fn read(texts: &'t [PlacedText], outlines: &mut Outlines<'t>) -> Self {
        let mut folder = Self { paths: Vec::new(), files: Vec::new(), departments: BTreeMap::new() };
        for (path, text) in texts {
            let outline = outlines.read(text);
            let mut items = outline.items;
            match items.last_mut() {
                // What stands behind the last declaration is of it.
                Some(last) => last.trail.push_str(outline.tail.trim_end()),
                None => continue,
            }
            for item in items.iter().filter(|item| is_department(item)) {
                let said = |role| item.slot(role).map_or_else(String::new, |slot| slot.meaning.clone());
                folder
                    .departments
                    .entry(folder_of(path))
                    .or_insert_with(|| (said(SlotRole::Code), said(SlotRole::Name)));
            }
            folder.paths.push(path);
            folder.files.push(items);
        }
        folder
    }

    /// The folder of the department that a file belongs to: the nearest around it that has one.
    fn scope_of(&self, file: usize) -> &'t str {
        let mut folder = folder_of(self.paths[file]);
        while !folder.is_empty() && !self.departments.contains_key(folder) {
            folder = folder_of(folder);
        }
        folder
    }

    /// For the folder of each department the one of the same department in another version.
    fn scopes_in(&self, other: &FolderOutline<'_>) -> Result<BTreeMap<&'t str, String>, OtherDepartment> {
        let mut scopes = BTreeMap::new();
        for (folder, (code, name)) in &self.departments {
            let has_code = |(_, one): &(&&str, &(String, String))| !code.is_empty() && one.0 == *code;
            let has_name =
                |(_, one): &(&&str, &(String, String))| one.1 == *name && (code.is_empty() || one.0.is_empty());
            let found = other.departments.iter().find(has_code).or_else(|| other.departments.iter().find(has_name));
            if let Some((there, _)) = found {
                scopes.insert(*folder, (*there).to_owned());
            } else if let Some((_, ours)) = other.departments.get(folder) {
                return Err(OtherDepartment { ours: ours.clone(), theirs: name.clone() });
            }
        }
        Ok(scopes)
    }

    /// The folder of a department that another version does not have: one of its own where that holds others.
    fn new_scope(&self, scope: &str, other: &FolderOutline<'_>) -> String {
        match self.departments.get(scope) {
            Some((_, name)) if scope.is_empty() && !other.departments.is_empty() => file_name(name),
            _ => scope.to_owned(),
        }
    }

    /// Where a declaration stands: by its key, then by its name.
    fn find(&self, item: &OutlineItem, is_scope: impl Fn(&str) -> bool) -> Option<(usize, usize)> {
        let all = || {
            let files = self.files.iter().enumerate().filter(|(file, _)| is_scope(self.scope_of(*file)));
            files.flat_map(|(file, items)| items.iter().enumerate().map(move |(index, one)| (file, index, one)))
        };
        let by_key = all().find(|(_, _, one)| !item.key.is_empty() && one.key == item.key);
        let by_name = || {
            let is_it = |one: &OutlineItem| !item.name.is_empty() && one.name == item.name && label(one) == label(item);
            all().find(|(_, _, one)| is_it(one))
        };
        by_key.or_else(by_name).map(|(file, index, _)| (file, index))
    }
}

/// The folder in another version of a folder of this one; the same where it has no department.
fn counterpart<'s>(scopes: &'s BTreeMap<&str, String>, scope: &'s str) -> &'s str {
    scopes.get(scope).map_or(scope, String::as_str)
}

fn is_of_the_year(item: &OutlineItem) -> bool {
    keyword(item).is_some_and(Keyword::is_of_the_year)
}

fn is_department(item: &OutlineItem) -> bool {
    keyword(item) == Some(Keyword::Department)
}

fn keyword(item: &OutlineItem) -> Option<Keyword> {
    (item.kind == OutlineItemKind::Declaration).then(|| Keyword::of(label(item)))?
}

/// What people call a declaration: `图书采购`, `监控 6月底`.
fn called(item: &OutlineItem) -> String {
    let said = |role| item.slot(role).map_or("", |slot| slot.meaning.as_str());
    if let Some(Keyword::Department | Keyword::Project) = keyword(item) {
        return said(SlotRole::Name).to_owned();
    }
    let words = [SlotRole::Label, SlotRole::Name, SlotRole::Value].map(said);
    let words: Vec<String> =
        words.iter().filter(|word| !word.is_empty()).map(|word| word.replace('\u{1}', " ")).collect();
    words.join(" ")
}

/// Declarations as one text.
fn text_of(items: &[&OutlineItem]) -> String {
    let mut text = String::new();
    for item in items {
        let lead = item.lead.trim_start_matches('\n');
        text.extend([if text.is_empty() { "" } else { "\n" }, lead, &item.written(), "\n"]);
    }
    text
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path without the folder that it lies in.
fn below<'p>(path: &'p str, folder: &str) -> &'p str {
    path.strip_prefix(folder).map_or(path, |rest| rest.trim_start_matches('/'))
}

fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// A path that no file has.
fn free_path(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = wanted.strip_suffix(".jx").unwrap_or(wanted);
    let mut path = wanted.to_owned();
    let mut number = 2;
    while !taken.insert(path.clone()) {
        path = format!("{stem}-{number}.jx");
        number += 1;
    }
    path
}
