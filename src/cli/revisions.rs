//! What OLD and NEW mean: revisions of git, the working tree, folders, files, documents.

use std::path::Path;

use super::Failure;
use super::files::{self, Selection};
use super::output::cannot;
use super::repository::{Repository, Revision, RevisionFiles};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::import;
use crate::source::signs;
use crate::syntax;

/// One of the two versions that are compared.
#[derive(Clone)]
pub struct ComparedVersion {
    /// As people call it.
    pub name: Text,
    pub selection: Selection,
}

/// What the paths mean in a version of the repository, by the rules that hold for the disk. Paths count from the top of the
/// repository (see [`Repository::path_of`]), where the empty one is; those that the version does not have are passed over,
/// so that the selection may be empty. Neither the working tree nor the index is touched.
///
/// # Errors
/// The repository lacks something of it (JX706).
pub fn selection_at(repository: &Repository, revision: &Revision, paths: &[String]) -> Result<Selection, Failure> {
    let snapshot = repository.snapshot(revision)?;
    let mut selection = Selection::default();
    for path in paths {
        let is_folder = snapshot.is_folder(path);
        if is_folder || snapshot.is_file(path) {
            files::select_from(&snapshot, Path::new(path), is_folder, &mut selection);
        }
    }
    snapshot.is_whole()?;
    Ok(selection)
}

/// The two versions of a command line: none, one or two names, and the paths to which the comparison is limited.
pub fn versions(
    names: &[String],
    paths: &[String],
    language: Language,
) -> Result<(ComparedVersion, ComparedVersion), Failure> {
    let (old, new) = match names {
        [] => against_working_tree(Repository::around(Path::new("."))?, "HEAD", paths)?,
        [one] => of_one(one, paths, language)?,
        [old, new, ..] => {
            let before = of_name(old, paths, new, None, language)?;
            let after = of_name(new, paths, old, Some(&before), language)?;
            (before, after)
        }
    };
    let is_empty =
        |version: &ComparedVersion| version.selection.inputs.is_empty() && version.selection.unreadable.is_empty();
    if is_empty(&old) && is_empty(&new) {
        let asked = if paths.is_empty() { names } else { paths };
        let missing = paths.iter().find(|path| !Path::new(path).exists());
        return Err(match missing {
            Some(path) => cannot(Code::JX907, texts::cannot_read(path, texts::no_such_file())),
            None if asked.is_empty() => files::nothing_to_check(&[".".to_owned()]),
            None => files::nothing_to_check(asked),
        });
    }
    Ok((old, new))
}

/// One name: a revision against the working tree, two revisions (`A..B`, `A...B`), or a path since the last commit.
fn of_one(name: &str, paths: &[String], language: Language) -> Result<(ComparedVersion, ComparedVersion), Failure> {
    if is_path(name)? {
        let path = Path::new(name);
        let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new("")) };
        let limits = limited(name, paths);
        // The path may lie in another repository than the folder one stands in.
        let repository = Repository::around(folder)?;
        let inside: Vec<String> = limits.iter().map(|path| files::shown(&full(path))).collect();
        let old = at(&repository, &repository.revision("HEAD")?, &inside)?;
        let selection = on_disk(&limits, Some(&old))?;
        return Ok((old, ComparedVersion { name: texts::working_tree(), selection }));
    }
    let repository = Repository::around(Path::new("."))?;
    let or_head = |name: &str| if name.is_empty() { "HEAD".to_owned() } else { name.to_owned() };
    if let Some((one, other)) = name.split_once("...") {
        let (one, other) = (or_head(one), or_head(other));
        let mut base = repository.merge_base(&one, &other)?;
        base.name = format!("{one}…{}", base.name.get(..8).unwrap_or(&base.name));
        return Ok((at(&repository, &base, paths)?, at(&repository, &repository.revision(&other)?, paths)?));
    }
    if let Some((one, other)) = name.split_once("..") {
        let (one, other) = (repository.revision(&or_head(one))?, repository.revision(&or_head(other))?);
        return Ok((at(&repository, &one, paths)?, at(&repository, &other, paths)?));
    }
    if let Some((revision, path)) = name.split_once(':') {
        let old = of_stored(&repository, revision, path, paths, "", language)?;
        let (from_top, _) = in_repository(&repository, path)?;
        let up = repository.path_to_top()?;
        let here = files::shown(&Path::new(&up).join(from_top));
        let selection = if is_document(&here) {
            imported(&here, &read_document(&here)?, &[], language)?
        } else {
            on_disk(&limited(&here, paths), Some(&old))?
        };
        return Ok((old, ComparedVersion { name: texts::working_tree(), selection }));
    }
    against_working_tree(repository, name, paths)
}

fn against_working_tree(
    repository: Repository,
    name: &str,
    paths: &[String],
) -> Result<(ComparedVersion, ComparedVersion), Failure> {
    let old = at(&repository, &repository.revision(name)?, paths)?;
    if !repository.has_working_tree()? {
        return Err(cannot(Code::JX703, texts::no_working_tree()));
    }
    let selection = on_disk(&or_here(paths), Some(&old))?;
    Ok((old, ComparedVersion { name: texts::working_tree(), selection }))
}

/// What some paths mean on this disk, as a revision has it.
pub fn before(revision: &str, paths: &[String]) -> Result<ComparedVersion, Failure> {
    let first = paths.first().map_or(Path::new("."), Path::new);
    let folder = if first.is_dir() { first } else { first.parent().unwrap_or(Path::new("")) };
    // The paths may lie in another repository than the folder one stands in.
    let repository = Repository::around(folder)?;
    if paths.iter().any(|path| path == "-") {
        return Err(cannot(Code::JX703, texts::outside_repository("-")));
    }
    let inside: Vec<String> = paths.iter().map(|path| files::shown(&full(path))).collect();
    at(&repository, &repository.revision(revision)?, &inside)
}

/// One of two names.
fn of_name(
    name: &str,
    paths: &[String],
    beside: &str,
    other: Option<&ComparedVersion>,
    language: Language,
) -> Result<ComparedVersion, Failure> {
    if is_path(name)? {
        let selection = if is_document(name) {
            imported(name, &read_document(name)?, &standards_of(beside)?, language)?
        } else {
            on_disk(&limited(name, paths), other)?
        };
        return Ok(ComparedVersion { name: Text::same(name), selection });
    }
    let repository = Repository::around(Path::new("."))?;
    match name.split_once(':') {
        Some((revision, path)) => of_stored(&repository, revision, path, paths, beside, language),
        None => at(&repository, &repository.revision(name)?, paths),
    }
}

/// `REV:path`: a folder, a file or a document as a revision holds it.
fn of_stored(
    repository: &Repository,
    revision: &str,
    path: &str,
    paths: &[String],
    beside: &str,
    language: Language,
) -> Result<ComparedVersion, Failure> {
    let name = Text::same(signs::in_one_line(&format!("{revision}:{path}")));
    let revision = repository.revision(revision)?;
    let (path, snapshot) = (in_repository(repository, path)?.0, repository.snapshot(&revision)?);
    if !snapshot.is_file(&path) && !snapshot.is_folder(&path) {
        return Err(cannot(Code::JX907, texts::cannot_read(name, texts::no_such_file())));
    }
    let selection = if is_document(&path) {
        let bytes = stored_document(&snapshot, &path)?;
        imported(&path, &bytes, &standards_of(beside)?, language)?
    } else {
        let limits = if paths.is_empty() {
            vec![path]
        } else {
            paths.iter().map(|inside| files::shown(&Path::new(&path).join(inside))).collect()
        };
        selection_at(repository, &revision, &limits)?
    };
    Ok(ComparedVersion { name, selection })
}

/// The path after `REV:` counts from the top of the repository, unless it begins with a dot.
fn in_repository(repository: &Repository, path: &str) -> Result<(String, bool), Failure> {
    let is_relative = path.starts_with("./") || path.starts_with("../") || path == ".";
    let asked = if is_relative { path.to_owned() } else { format!(":/{path}") };
    let found = repository.path_of(&asked).ok_or_else(|| cannot(Code::JX703, texts::outside_repository(path)))?;
    Ok((found, is_relative))
}

/// The paths, or the folder one stands in, in a version.
fn at(repository: &Repository, revision: &Revision, paths: &[String]) -> Result<ComparedVersion, Failure> {
    let inside =
        |path: &String| repository.path_of(path).ok_or_else(|| cannot(Code::JX703, texts::outside_repository(path)));
    let paths = or_here(paths).iter().map(inside).collect::<Result<Vec<_>, _>>()?;
    let selection = selection_at(repository, revision, &paths)?;
    Ok(ComparedVersion { name: Text::same(&*revision.name), selection })
}

/// What is there of the paths. What the other version holds, too, is not made twice.
fn on_disk(paths: &[String], other: Option<&ComparedVersion>) -> Result<Selection, Failure> {
    let there: Vec<String> = paths.iter().filter(|path| Path::new(path).exists()).cloned().collect();
    let nothing = Selection::default();
    files::gather_beside(other.map_or(&nothing, |other| &other.selection), &there, files::STDIN)
}

fn or_here(paths: &[String]) -> Vec<String> {
    if paths.is_empty() { vec![".".to_owned()] } else { paths.to_vec() }
}

/// A folder, or the paths inside it.
fn limited(folder: &str, paths: &[String]) -> Vec<String> {
    if paths.is_empty() {
        return vec![folder.to_owned()];
    }
    paths.iter().map(|path| files::shown(&Path::new(folder).join(path))).collect()
}

fn full(path: &str) -> std::path::PathBuf {
    let folder = std::env::current_dir().unwrap_or_default();
    folder.join(path)
}

/// Whether a name is a path on this disk.
///
/// # Errors
/// It is written as a path and is none (JX907); it is the name of a branch or a tag, too (JX703); it is neither (JX701,
/// JX702).
fn is_path(name: &str) -> Result<bool, Failure> {
    let is_there = Path::new(name).exists();
    let is_plain =
        name.starts_with("./") || name.starts_with("../") || name.ends_with('/') || name == "." || name == "..";
    if is_plain || Path::new(name).is_absolute() {
        return if is_there {
            Ok(true)
        } else {
            Err(cannot(Code::JX907, texts::cannot_read(name, texts::no_such_file())))
        };
    }
    let Ok(repository) = Repository::around(Path::new(".")) else {
        return if is_there { Ok(true) } else { Err(cannot(Code::JX701, texts::no_path_nor_revision(name))) };
    };
    if !is_there {
        return Ok(false);
    }
    // A bare repository is a folder with a file HEAD in it: nobody means that one.
    if !repository.has_working_tree()? {
        return Ok(repository.hash(name, "tree")?.is_none());
    }
    if repository.is_reference(name)? {
        let diagnostic = Diagnostic::without_place(Code::JX703, texts::path_and_revision(name));
        return Err(Failure::Told(diagnostic.help(texts::path_and_revision_help(name))));
    }
    Ok(true)
}

fn is_document(path: &str) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str()).unwrap_or("");
    import::kind::EXTENSIONS.contains(&&*extension.to_ascii_lowercase())
}

fn read_document(path: &str) -> Result<Vec<u8>, Failure> {
    files::read_bytes(Path::new(path), import::MAXIMUM_FILE_BYTES).map_err(Failure::Told)
}

fn stored_document(snapshot: &RevisionFiles<'_>, path: &str) -> Result<Vec<u8>, Failure> {
    let bytes = snapshot.bytes(path, import::MAXIMUM_FILE_BYTES).map_err(Failure::Told)?;
    if bytes.len() as u64 > import::MAXIMUM_FILE_BYTES {
        let limit = texts::limit_bytes((import::MAXIMUM_FILE_BYTES / 1024 / 1024) as usize);
        return Err(cannot(Code::JX604, texts::document_too_large(path, limit)));
    }
    Ok(bytes)
}

/// The standards that a folder declares: a document on the other side is read by them, too.
fn standards_of(name: &str) -> Result<Vec<(String, String)>, Failure> {
    let path = Path::new(name);
    if path.is_dir() { files::standards_below(path) } else { Ok(Vec::new()) }
}

fn imported(
    path: &str,
    bytes: &[u8],
    standards: &[(String, String)],
    language: Language,
) -> Result<Selection, Failure> {
    let options = import::Importing { standards: standards.to_vec(), language, ..import::Importing::default() };
    let imported = import::import(path, bytes, &options).map_err(Failure::Told)?;
    let mut selection = Selection::default();
    // What declares a department, too, is a version of its own.
    for (path, text) in standards.iter().filter(|(_, text)| syntax::declares_standards_alone(text)) {
        selection.add(path.clone(), text.clone(), false);
    }
    for (file, text) in imported.files {
        selection.add(format!("{path}/{file}"), text, true);
    }
    Ok(selection)
}
