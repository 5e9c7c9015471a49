//! What `build` and the report of an import wrote is no source: a hidden list beside it names it, so that the next run over
//! the folder around it does not read it. Named on the command line it is read like any other file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Failure;
use super::paths::shown;
use super::writing;

/// Where `build` writes when nobody says otherwise.
pub const FOLDER: &str = "jixiao-out";
/// The name of the list.
pub const LIST: &str = ".jixiao.outputs";

/// What a folder's list names.
pub fn listed_in(folder: &Path) -> Vec<PathBuf> {
    let text = std::fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    listed(folder, &text).collect()
}

/// What the text of a list names.
pub fn listed<'a>(folder: &'a Path, text: &'a str) -> impl Iterator<Item = PathBuf> + 'a {
    text.lines().filter(|line| !line.is_empty()).map(|line| folder.join(line))
}

/// Whether the list of a folder around a file, up to that of the workspace, names it.
pub fn is_listed(file: &Path, workspace: &Path) -> bool {
    let around = file.ancestors().skip(1).take_while(|folder| folder.starts_with(workspace));
    around.into_iter().any(|folder| listed_in(folder).iter().any(|one| one == file))
}

/// Adds files to the list of a folder, before they are written: a run that is ended in between leaves nothing unlisted.
/// What is gone leaves the list.
///
/// # Errors
/// JX909 where the list cannot be written.
pub fn note<'a>(folder: &Path, names: impl IntoIterator<Item = &'a Path>) -> Result<(), Failure> {
    let before = listed_in(folder);
    let kept = before.iter().filter(|path| path.exists()).filter_map(|path| path.strip_prefix(folder).ok());
    let all: BTreeSet<String> = kept.map(shown).chain(names.into_iter().map(shown)).collect();
    let text: String = all.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    if before.is_empty() && all.is_empty() { Ok(()) } else { writing::write(&folder.join(LIST), text.as_bytes()) }
}
