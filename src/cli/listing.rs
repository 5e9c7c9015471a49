//! What a folder of the disk holds: the files that are wanted, and all that could not be looked at. Nothing is passed over
//! in silence that may hold what is wanted.

use std::collections::BTreeSet;
use std::fs::{self, FileType};
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::outputs;
use super::paths::{cannot_read, no_regular_file, or_here, reason};
use crate::diagnostic::{Diagnostic, texts};

/// Folders that tools make.
pub const BUILT_FOLDERS: [&str; 3] = ["target", "node_modules", outputs::FOLDER];

/// A link to a folder is searched for so many entries for something that is wanted.
const MOST_BEHIND_A_LINK: usize = 10_000;

/// What was found in a folder.
#[derive(Default)]
pub struct Listing {
    /// By path.
    pub files: Vec<PathBuf>,
    /// What may hold more, and could not be read.
    pub unreadable: Vec<Diagnostic>,
}

/// The wanted files that lie in a folder itself. A folder that is not there holds none.
pub fn files_in(folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Listing {
    let mut listing = Listing::default();
    let entries = match fs::read_dir(or_here(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return listing,
        Err(error) => {
            listing.unreadable.push(cannot_read(or_here(folder), reason(&error)));
            return listing;
        }
    };
    let mut names = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) => names.push(entry.file_name()),
            Err(error) => listing.unreadable.push(cannot_read(or_here(folder), reason(&error))),
        }
    }
    names.sort();
    for path in names.into_iter().map(|name| folder.join(name)).filter(|path| is_wanted(path)) {
        match fs::metadata(&path) {
            Ok(metadata) => listing.take(path, metadata.file_type()),
            Err(error) => listing.unreadable.push(cannot_read(&path, reason(&error))),
        }
    }
    listing
}

/// The wanted files below a folder, but not in hidden folders, in what tools build, nor what `build` wrote.
pub fn files_below(folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Listing {
    let mut listing = Listing::default();
    let mut written = BTreeSet::new();
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_entry(|entry| {
        let enters = !is_passed_over(entry);
        if enters && entry.file_type().is_dir() {
            written.extend(outputs::listed_in(entry.path()));
        }
        enters
    });
    let mut found = Vec::new();
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => found.push(entry),
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_path_buf();
                let why = error.io_error().map_or_else(texts::is_link, reason);
                listing.unreadable.push(cannot_read(&path, why));
            }
        }
    }
    // Where there are sources besides, what `build` wrote into the folder itself is none. A folder without any is one of
    // outputs: whoever names it means them.
    let is_source = |entry: &DirEntry| entry.path().extension().is_some_and(|extension| extension == "jx");
    if !found.iter().any(|entry| is_source(entry) && !written.contains(entry.path())) {
        for own in outputs::listed_in(folder) {
            written.remove(&own);
        }
    }
    for entry in found {
        if entry.path_is_symlink() {
            listing.unreadable.extend(missed_behind(&entry, folder, &is_wanted));
        } else if is_wanted(entry.path()) && !written.contains(entry.path()) {
            let kind = entry.file_type();
            listing.take(entry.into_path(), kind);
        }
    }
    listing
}

impl Listing {
    fn take(&mut self, path: PathBuf, kind: FileType) {
        if path.to_str().is_none() {
            self.unreadable.push(cannot_read(&path, texts::name_not_utf_8()));
        } else if kind.is_file() {
            self.files.push(path);
        } else if !kind.is_dir() {
            self.unreadable.push(no_regular_file(&path));
        }
    }
}

fn is_passed_over(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let may_be_folder = entry.file_type().is_dir() || entry.path_is_symlink();
    entry.depth() > 0 && (name.starts_with('.') || may_be_folder && BUILT_FOLDERS.contains(&&*name))
}

/// What a walk misses because it follows no links, where that is anything which it does not find elsewhere.
fn missed_behind(link: &DirEntry, folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Option<Diagnostic> {
    let path = link.path();
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return is_wanted(path).then(|| cannot_read(path, reason(&error))),
    };
    if is_found_anyway(path, folder) {
        return None;
    }
    let holds_wanted = if metadata.is_dir() {
        let behind = WalkDir::new(path).into_iter().filter_entry(|entry| !is_passed_over(entry));
        let mut entries = behind.take(MOST_BEHIND_A_LINK).filter_map(Result::ok);
        entries.any(|entry| entry.file_type().is_file() && is_wanted(entry.path()))
    } else {
        is_wanted(path)
    };
    holds_wanted.then(|| cannot_read(path, texts::is_link()).help(texts::link_help()))
}

/// Whether a link leads to what a walk of the folder meets on its own way.
fn is_found_anyway(link: &Path, folder: &Path) -> bool {
    let (Ok(target), Ok(folder)) = (fs::canonicalize(link), fs::canonicalize(or_here(folder))) else { return false };
    let is_walked = |part: std::path::Component<'_>| {
        let name = part.as_os_str().to_string_lossy();
        !name.starts_with('.') && !BUILT_FOLDERS.contains(&&*name)
    };
    // A link upward leads into the folder again.
    folder.starts_with(&target) || target.strip_prefix(&folder).is_ok_and(|inside| inside.components().all(is_walked))
}
