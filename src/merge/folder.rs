//! A folder of texts merged with another version of it: what a document says anew goes into the files where people keep it.
//!
//! Declarations find each other by department, code and name, whatever their files are called. What both sides began with
//! is what the same document said the time before; where that is not known, what one side alone says stays or comes in, and
//! what both say differently is a conflict. A declaration that the other version no longer has stays, and is told; one that
//! somebody took out of the folder stays out as long as the other version says of it what it said before.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{label, matched};
use super::outline::{OutlineItem, OutlineItemKind, Outlines, SlotRole};
use super::{Markers, Merged, ReadBy, merge_by};
use crate::language::Keyword;
use crate::model::text::file_name;
use crate::source::folder_of;

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
    /// The declarations that theirs says as before, and that somebody took out of the folder.
    pub gone: Vec<String>,
}

/// Why nothing is merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderRefusal {
    /// The folder is another department's.
    OtherDepartment {
        /// The department of the folder.
        ours: String,
        /// The department that was to go into it.
        theirs: String,
    },
    /// Files of the department have mistakes: what they say is not known. Their paths.
    Damaged(Vec<String>),
}

/// A name that theirs changed, where ours still has the old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The project, as ours calls it.
    pub project: String,
    /// Its indicator, as ours calls it; none where the project itself is renamed.
    pub indicator: Option<String>,
    /// As theirs calls it now.
    pub new: String,
}

/// Merges the texts of a folder (`ours`) with other texts (`theirs`); `base` is what theirs said before, empty where
/// nobody knows.
///
/// # Errors
/// The department of theirs is not the one that stands at its place in ours, or a file of it has mistakes.
pub fn merge_folder(
    base: &[PlacedText],
    ours: &[PlacedText],
    theirs: &[PlacedText],
    markers: &Markers,
    by: ReadBy<'_>,
) -> Result<MergedFolder, FolderRefusal> {
    if ours.is_empty() {
        let new = |(path, text): &PlacedText| MergedFile {
            path: path.clone(),
            before: None,
            merged: Merged { text: text.clone(), conflicts: Vec::new() },
        };
        let mut files: Vec<MergedFile> = theirs.iter().map(new).collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        return Ok(MergedFolder { files, ..MergedFolder::default() });
    }
    let mut outlines = Outlines::by(by);
    let [base, ours_read, theirs_read] = [base, ours, theirs].map(|texts| FolderOutline::read(texts, &mut outlines));
    let scopes = theirs_read.scopes_in(&ours_read)?;
    let is_meant = |path: &str| {
        let scope = ours_read.scope_around(path);
        // What stands in no department may be a part of this one.
        !ours_read.departments.contains_key(scope) || scopes.values().any(|one| one == scope)
    };
    let damaged = ours.iter().filter(|(path, text)| is_meant(path) && outlines.has_errors(text));
    let damaged: Vec<String> = damaged.map(|(path, _)| path.clone()).collect();
    if !damaged.is_empty() {
        return Err(FolderRefusal::Damaged(damaged));
    }
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
        // Who emptied the folder begins anew.
        let is_known = (0..ours_read.files.len()).any(|file| ours_read.scope_of(file) == own);
        for item in items {
            let before = base.find(item, |other| counterpart(&of_base, other) == scope).filter(|_| is_known);
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
            // Whoever took it out of the folder knew what it says.
            if let (None, Some((file, index))) = (place, before)
                && base.files[file][index].facts() == item.facts()
            {
                matched.insert((file, index));
                folder.gone.push(called(item));
                continue;
            }
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
            Some(before) => merge_by(&text_of(&part.base), before, &theirs, markers, by),
            // What somebody took out, and theirs says otherwise now, is for a person to decide.
            None if !part.base.is_empty() => merge_by(&text_of(&part.base), "", &theirs, markers, by),
            None => Merged { text: theirs, conflicts: Vec::new() },
        };
        folder.files.push(MergedFile { path, before, merged });
    }
    Ok(folder)
}

/// The names that theirs changed since the base, where ours still has the old ones: whatever names these things has to
/// follow.
pub fn renamed(base: &[PlacedText], ours: &[PlacedText], theirs: &[PlacedText], by: ReadBy<'_>) -> Vec<Renamed> {
    if base.is_empty() || ours.is_empty() {
        return Vec::new();
    }
    let mut outlines = Outlines::by(by);
    let [base, ours, theirs] = [base, ours, theirs].map(|texts| FolderOutline::read(texts, &mut outlines));
    let (Ok(scopes), Ok(of_base)) = (theirs.scopes_in(&ours), base.scopes_in(&theirs)) else { return Vec::new() };
    let mut renamed = Vec::new();
    for (file, items) in theirs.files.iter().enumerate() {
        let scope = theirs.scope_of(file);
        let Some(own) = scopes.get(scope) else { continue };
        for item in items.iter().filter(|item| keyword(item) == Some(Keyword::Project)) {
            let before = base.find(item, |other| counterpart(&of_base, other) == scope);
            let here = ours.find(item, |other| other == own);
            let (Some(before), Some(here)) = (before.map(|at| base.item(at)), here.map(|at| ours.item(at))) else {
                continue;
            };
            let project = &here.name;
            if before.name != item.name && *project == before.name {
                renamed.push(Renamed { project: project.clone(), indicator: None, new: item.name.clone() });
            }
            let indicators = |item: &OutlineItem| -> Vec<OutlineItem> {
                let all = item.block.iter().flat_map(|body| &body.items);
                all.filter(|one| one.kind == OutlineItemKind::Indicator).cloned().collect()
            };
            let [before, here, now] = [before, here, item].map(indicators);
            let has = |all: &[OutlineItem], name: &str| all.iter().any(|one| one.name == name);
            for (one, other) in before.iter().zip(matched(&before, &now)) {
                let Some(new) = other.map(|other| &now[other].name) else { continue };
                if *new != one.name && has(&here, &one.name) && !has(&here, new) && !has(&now, &one.name) {
                    let (project, indicator) = (project.clone(), Some(one.name.clone()));
                    renamed.push(Renamed { project, indicator, new: new.clone() });
                }
            }
        }
    }
    renamed
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
    fn read(texts: &'t [PlacedText], outlines: &mut Outlines<'t, '_>) -> Self {
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
        self.scope_around(self.paths[file])
    }

    fn scope_around<'p>(&self, path: &'p str) -> &'p str {
        let mut folder = folder_of(path);
        while !folder.is_empty() && !self.departments.contains_key(folder) {
            folder = folder_of(folder);
        }
        folder
    }

    /// For the folder of each department the one of the same department in another version.
    fn scopes_in(&self, other: &FolderOutline<'_>) -> Result<BTreeMap<&'t str, String>, FolderRefusal> {
        let mut scopes = BTreeMap::new();
        for (folder, (code, name)) in &self.departments {
            let has_code = |(_, one): &(&&str, &(String, String))| !code.is_empty() && one.0 == *code;
            let has_name =
                |(_, one): &(&&str, &(String, String))| one.1 == *name && (code.is_empty() || one.0.is_empty());
            let found = other.departments.iter().find(has_code).or_else(|| other.departments.iter().find(has_name));
            if let Some((there, _)) = found {
                scopes.insert(*folder, (*there).to_owned());
            } else if let Some((_, ours)) = other.departments.get(folder) {
                return Err(FolderRefusal::OtherDepartment { ours: ours.clone(), theirs: name.clone() });
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

    fn item(&self, (file, index): (usize, usize)) -> &OutlineItem {
        &self.files[file][index]
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
    let day = item.slot(SlotRole::Value).map_or("", |slot| slot.text.trim());
    let words = [said(SlotRole::Label), said(SlotRole::Name), day];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
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
