//! Files to inputs: which files a path means.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::listing::{self, BUILT_FOLDERS, Listing};
use super::outputs;
use super::paths::{cannot_read, no_regular_file, or_here};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Keyword;
use crate::syntax::{self, vocabulary::declares};
use crate::workspace::Input;

pub use super::paths::{reason, shown};

/// What a command was asked to look at.
#[derive(Clone, Default)]
pub struct Selection {
    pub inputs: Vec<Input>,
    pub settings: Option<Input>,
    /// The folder of `jixiao.toml`.
    pub root: Option<PathBuf>,
    /// Paths of inputs that were asked for.
    pub asked_for: BTreeSet<String>,
    /// Paths of those that are read because the others refer to them.
    pub beside: BTreeSet<String>,
    /// What could not be read: each is an error of its own.
    pub unreadable: Vec<Diagnostic>,
    /// Folders whose files were looked at for the sake of one of them.
    neighbourhoods: BTreeSet<PathBuf>,
    /// Folders whose files hold for what lies below.
    above: BTreeSet<PathBuf>,
}

pub(super) use crate::config::SETTINGS_FILE;
/// The name of standard input, unless the person gives it another.
pub const STDIN: &str = "<stdin>";

impl Selection {
    fn holds(&self, path: &str) -> bool {
        self.asked_for.contains(path) || self.beside.contains(path)
    }

    /// Takes in a text under a path that it does not hold.
    pub(super) fn add(&mut self, path: String, text: impl Into<Arc<str>>, is_asked_for: bool) {
        let paths = if is_asked_for { &mut self.asked_for } else { &mut self.beside };
        paths.insert(path.clone());
        self.inputs.push(Input { path, text: text.into() });
    }
}

/// Reads everything the paths mean.
///
/// # Errors
/// A path that does not exist (JX907), and paths without any `.jx` file (JX908).
pub fn select(paths: &[String], stdin_name: &str) -> Result<Selection, Failure> {
    let selection = gather(paths, stdin_name)?;
    if selection.asked_for.is_empty() && selection.unreadable.is_empty() {
        return Err(nothing_to_check(paths));
    }
    Ok(selection)
}

/// That paths hold no `.jx` file.
pub(super) fn nothing_to_check(paths: &[String]) -> Failure {
    let diagnostic = Diagnostic::without_place(Code::JX908, texts::nothing_to_check(paths.join(" ")));
    Failure::Told(diagnostic.help(texts::nothing_to_check_help()))
}

/// Reads everything the paths mean, which may be nothing.
pub(super) fn gather(paths: &[String], stdin_name: &str) -> Result<Selection, Failure> {
    gather_beside(&Selection::default(), paths, stdin_name)
}

/// The same where another version is there already: a file that has the bytes of one of its texts shares it.
pub(super) fn gather_beside(other: &Selection, paths: &[String], stdin_name: &str) -> Result<Selection, Failure> {
    let texts = other.inputs.iter().map(|input| (input.text.as_bytes(), &input.text)).collect();
    let stored = StoredFiles { texts };
    let mut selection = Selection::default();
    // First: it counts over the file that it stands for.
    if paths.iter().any(|path| path == "-") {
        read_stdin(stdin_name, &mut selection)?;
    }
    for path in paths.iter().filter(|path| *path != "-") {
        select_path(&stored, Path::new(path), &mut selection)?;
    }
    told_once(&mut selection.unreadable);
    Ok(selection)
}

/// Takes in standard input. Where it has the name of a file it is read as that file would be: with its department and its
/// settings.
fn read_stdin(name: &str, selection: &mut Selection) -> Result<(), Failure> {
    let mut bytes = Vec::new();
    let limit = syntax::MAXIMUM_FILE_BYTES as u64 + 1;
    let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Failure::Told(cannot_read(Path::new(name), reason(&error))))?;
    if name == STDIN {
        add(selection, name.to_owned(), bytes);
        return Ok(());
    }
    match syntax::decode(name, bytes) {
        Ok(text) => {
            let open = BTreeMap::from([(shown(Path::new(name)), text.into())]);
            select_from(&Edited { open: &open }, Path::new(name), false, selection);
        }
        Err(diagnostic) => selection.unreadable.push(diagnostic),
    }
    Ok(())
}

fn told_once(unreadable: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    unreadable.retain(|one| told.insert(one.message.clone()));
}

/// What a path means to an editor: the texts of open documents count over those of files, and one that was never stored is
/// a file, too. Nothing fails: a path that is gone means nothing.
pub fn select_with_open(path: &Path, open: &BTreeMap<String, Arc<str>>) -> Selection {
    let mut selection = Selection::default();
    // What is not there at all holds nothing but open documents.
    if let Ok(kind) = std::fs::metadata(path) {
        select_from(&Edited { open }, path, kind.is_dir(), &mut selection);
    }
    let folder = shown(path);
    let is_inside = |name: &str| {
        let rest = name.strip_prefix(&*folder).and_then(|rest| rest.strip_prefix('/'));
        let is_passed_over = |part: &str| part.starts_with('.') || BUILT_FOLDERS.contains(&part);
        rest.is_some_and(|rest| is_source(Path::new(rest)) && !rest.split('/').any(is_passed_over))
            && !outputs::is_listed(Path::new(name), path)
    };
    for (name, text) in open.iter().filter(|(name, _)| **name == folder || is_inside(name)) {
        if !selection.holds(name) {
            add(&mut selection, name.clone(), text.as_bytes().to_vec());
        }
    }
    told_once(&mut selection.unreadable);
    selection
}

fn select_path(stored: &StoredFiles<'_>, path: &Path, selection: &mut Selection) -> Result<(), Failure> {
    let kind = std::fs::metadata(path).map_err(|error| Failure::Told(cannot_read(path, reason(&error))))?;
    select_from(stored, path, kind.is_dir(), selection);
    Ok(())
}

/// What holds files: the disk, or a revision of a repository. The same rules say of both which files a path means.
pub(super) trait FileTree {
    /// The sources that lie in a folder itself, by name.
    fn files_in(&self, folder: &Path) -> Listing;
    /// The sources below a folder, but not in hidden folders, in what tools build nor what `build` wrote.
    fn files_below(&self, folder: &Path) -> Listing;
    /// The nearest folder upward that holds the settings; none beyond the repository.
    fn root_of(&self, folder: &Path) -> Option<PathBuf>;
    fn parent_of(&self, folder: &Path) -> PathBuf;
    fn same_folder(&self, one: &Path, other: &Path) -> bool;
    fn text(&self, path: &Path) -> Result<Arc<str>, Diagnostic>;
}

/// Adds what a file or a folder of a tree means.
pub(super) fn select_from(tree: &dyn FileTree, path: &Path, is_folder: bool, selection: &mut Selection) {
    let folder = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
    read_settings(tree, folder, selection);
    if is_folder {
        let Listing { files, unreadable } = tree.files_below(path);
        selection.unreadable.extend(unreadable);
        for file in files {
            read(tree, &file, selection, true);
        }
    } else {
        read(tree, path, selection, true);
        let is_department = selection.inputs.last().is_some_and(|input| declares_department(&input.text));
        if is_department {
            return;
        }
        read_neighbours(tree, folder, path, selection);
    }
    read_above(tree, folder, selection);
}

/// The sources below a folder where there are so many and more, and what holds for them: its settings and what lies above.
/// What could not be read of the latter comes apart.
pub(super) fn listed(folder: &Path, many: usize) -> Option<(Vec<PathBuf>, Selection, Vec<Diagnostic>)> {
    let mut selection = Selection::default();
    read_settings(&DISK, folder, &mut selection);
    let Listing { files, unreadable } = DISK.files_below(folder);
    if files.len() < many {
        return None;
    }
    selection.unreadable.extend(unreadable);
    let mut below = std::mem::take(&mut selection.unreadable);
    read_above(&DISK, folder, &mut selection);
    told_once(&mut below);
    let above = std::mem::replace(&mut selection.unreadable, below);
    Some((files, selection, above))
}

/// What a folder means that may not be there yet: what lies above it holds for it all the same.
pub(super) fn surroundings(folder: &Path) -> Selection {
    let mut selection = Selection::default();
    if folder.is_dir() {
        select_from(&DISK, folder, true, &mut selection);
        return selection;
    }
    let mut above = folder.to_path_buf();
    while !or_here(&above).is_dir() {
        let higher = DISK.parent_of(&above);
        if higher == above {
            return selection;
        }
        above = higher;
    }
    read_settings(&DISK, &above, &mut selection);
    if selection.root.is_some() {
        read_folder_above(&DISK, &above, &mut selection);
        read_above(&DISK, &above, &mut selection);
    }
    selection
}

fn read_settings(tree: &dyn FileTree, folder: &Path, selection: &mut Selection) {
    if selection.root.is_none()
        && let Some(root) = tree.root_of(folder)
    {
        let file = root.join(SETTINGS_FILE);
        match tree.text(&file) {
            Ok(text) => selection.settings = Some(Input { path: shown(&file), text }),
            Err(diagnostic) => selection.unreadable.push(diagnostic),
        }
        selection.root = Some(root);
    }
}

/// Declarations further up, as far as the settings reach, hold for everything below.
fn read_above(tree: &dyn FileTree, folder: &Path, selection: &mut Selection) {
    let Some(root) = selection.root.clone() else { return };
    let mut above = folder.to_path_buf();
    while !tree.same_folder(&root, &above) {
        above = tree.parent_of(&above);
        read_folder_above(tree, &above, selection);
    }
}

fn read_folder_above(tree: &dyn FileTree, above: &Path, selection: &mut Selection) {
    if selection.above.insert(above.to_path_buf()) {
        let Listing { files, unreadable } = tree.files_in(above);
        selection.unreadable.extend(unreadable);
        for file in files {
            read(tree, &file, selection, false);
        }
    }
}

/// A file may be one project of a department, or what happened to it in the year: the others of the department say which
/// standard applies, and what its lines name. What happened may lie in folders below that of the department.
fn read_neighbours(tree: &dyn FileTree, folder: &Path, path: &Path, selection: &mut Selection) {
    let is_of_year = selection.inputs.last().is_some_and(|input| declares(&input.text, Keyword::is_of_the_year));
    let levels = if is_of_year { DEEPEST_OF_DEPARTMENT } else { 1 };
    let mut home = folder.to_path_buf();
    for _ in 0..levels {
        if !selection.neighbourhoods.insert(home.clone()) {
            return;
        }
        let Listing { files, unreadable } = tree.files_in(&home);
        if files.iter().any(|file| tree.text(file).is_ok_and(|text| declares_department(&text))) {
            let below = tree.files_below(&home).files.into_iter().filter(|file| !files.contains(file));
            let of_year = below.filter(|file| {
                tree.text(file).is_ok_and(|text| declares(&text, Keyword::is_of_the_year) && !declares_targets(&text))
            });
            let of_year: Vec<PathBuf> = of_year.collect();
            selection.unreadable.extend(unreadable);
            for file in files.iter().chain(&of_year).filter(|file| *file != path) {
                read(tree, file, selection, false);
            }
            return;
        }
        let above = tree.parent_of(&home);
        let is_top = selection.root.as_ref().is_some_and(|root| tree.same_folder(root, &home));
        if is_top || tree.same_folder(&above, &home) {
            return;
        }
        home = above;
    }
}

/// How deep files lie in the folder of their department: `监控/06月底/办公室.jx`.
const DEEPEST_OF_DEPARTMENT: usize = 3;

fn declares_department(text: &str) -> bool {
    declares(text, |keyword| keyword == Keyword::Department)
}

/// Targets of another department may lie in a folder below.
fn declares_targets(text: &str) -> bool {
    declares(text, |keyword| matches!(keyword, Keyword::Department | Keyword::Project | Keyword::Standard))
}

/// The disk.
struct StoredFiles<'a> {
    /// Texts that are known, by their bytes.
    texts: BTreeMap<&'a [u8], &'a Arc<str>>,
}

const DISK: StoredFiles<'static> = StoredFiles { texts: BTreeMap::new() };

impl FileTree for StoredFiles<'_> {
    fn files_in(&self, folder: &Path) -> Listing {
        listing::files_in(folder, is_source)
    }

    fn files_below(&self, folder: &Path) -> Listing {
        listing::files_below(folder, is_source)
    }

    fn root_of(&self, folder: &Path) -> Option<PathBuf> {
        let mut current = folder.to_path_buf();
        let full = std::fs::canonicalize(or_here(folder)).ok()?;
        for _ in full.ancestors() {
            // Whatever is called so: what is no file is told when it is read.
            if current.join(SETTINGS_FILE).symlink_metadata().is_ok() {
                return Some(current);
            }
            if current.join(".git").exists() {
                return None;
            }
            current = self.parent_of(&current);
        }
        None
    }

    fn parent_of(&self, folder: &Path) -> PathBuf {
        if folder.file_name().is_some() {
            folder.parent().unwrap_or(Path::new("")).to_path_buf()
        } else {
            folder.join("..")
        }
    }

    fn same_folder(&self, one: &Path, other: &Path) -> bool {
        let full = |path: &Path| std::fs::canonicalize(or_here(path)).ok();
        full(one) == full(other)
    }

    fn text(&self, path: &Path) -> Result<Arc<str>, Diagnostic> {
        let bytes = beginning(path, syntax::MAXIMUM_FILE_BYTES as u64 + 1)?;
        match self.texts.get(&*bytes) {
            Some(text) => Ok(Arc::clone(text)),
            None => syntax::decode(&shown(path), bytes).map(Arc::from),
        }
    }
}

/// The disk with the texts that are open in an editor: these count over those of the files.
struct Edited<'a> {
    open: &'a BTreeMap<String, Arc<str>>,
}

impl FileTree for Edited<'_> {
    fn files_in(&self, folder: &Path) -> Listing {
        DISK.files_in(folder)
    }

    fn files_below(&self, folder: &Path) -> Listing {
        DISK.files_below(folder)
    }

    fn root_of(&self, folder: &Path) -> Option<PathBuf> {
        DISK.root_of(folder)
    }

    fn parent_of(&self, folder: &Path) -> PathBuf {
        DISK.parent_of(folder)
    }

    fn same_folder(&self, one: &Path, other: &Path) -> bool {
        DISK.same_folder(one, other)
    }

    fn text(&self, path: &Path) -> Result<Arc<str>, Diagnostic> {
        let name = shown(path);
        match self.open.get(&name) {
            Some(text) => syntax::decode(&name, text.as_bytes().to_vec()).map(Arc::from),
            None => DISK.text(path),
        }
    }
}

pub(super) fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "jx")
}

fn read(tree: &dyn FileTree, path: &Path, selection: &mut Selection, is_asked_for: bool) {
    let name = shown(path);
    if is_asked_for && selection.beside.remove(&name) {
        selection.asked_for.insert(name);
        return;
    }
    if selection.holds(&name) {
        return;
    }
    match tree.text(path) {
        Ok(text) => selection.add(name, text, is_asked_for),
        // What others rest on counts like what was asked for: without it they mean something else.
        Err(diagnostic) if is_document(path) => {
            selection.unreadable.push(diagnostic.help(texts::import_it_first(name)));
        }
        Err(diagnostic) => selection.unreadable.push(diagnostic),
    }
}

/// Adds what stands in no file.
fn add(selection: &mut Selection, name: String, bytes: Vec<u8>) {
    match syntax::decode(&name, bytes) {
        Ok(text) => selection.add(name, text, true),
        Err(diagnostic) => selection.unreadable.push(diagnostic),
    }
}

/// Every document below a folder that an import may read, but no source of ours.
pub fn documents_below(folder: &Path) -> Listing {
    listing::files_below(folder, is_document)
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
    crate::import::kind::EXTENSIONS.contains(&extension.as_str())
}

/// The sources below a folder: their paths and texts. A folder that is not there holds none.
///
/// # Errors
/// What cannot be read.
pub fn sources_below(folder: &Path) -> Result<Vec<(PathBuf, String)>, Failure> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let Listing { files, unreadable } = DISK.files_below(folder);
    if let Some(diagnostic) = unreadable.into_iter().next() {
        return Err(Failure::Told(diagnostic));
    }
    files.into_iter().map(|path| Ok((path.clone(), read_text(&path).map_err(Failure::Told)?))).collect()
}

/// Those of the sources below a folder that declare standards.
///
/// # Errors
/// What cannot be read: it might declare one.
pub fn standards_below(folder: &Path) -> Result<Vec<(String, String)>, Failure> {
    let mut texts = sources_below(folder)?;
    texts.retain(|(_, text)| declares(text, |keyword| keyword == Keyword::Standard));
    Ok(texts.into_iter().map(|(path, text)| (shown(&path), text)).collect())
}

/// The bytes of a file of at most so many.
///
/// # Errors
/// JX907 with the reason, JX604 where the file is larger.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let bytes = beginning(path, limit + 1)?;
    if bytes.len() as u64 > limit {
        let message = texts::document_too_large(shown(path), texts::limit_bytes((limit / 1024 / 1024) as usize));
        return Err(Diagnostic::without_place(Code::JX604, message));
    }
    Ok(bytes)
}

pub fn read_text(path: &Path) -> Result<String, Diagnostic> {
    let bytes = beginning(path, syntax::MAXIMUM_FILE_BYTES as u64 + 1)?;
    syntax::decode(&shown(path), bytes)
}

/// The first bytes of a file, in one read where it is what its size says.
fn beginning(path: &Path, most: u64) -> Result<Vec<u8>, Diagnostic> {
    let failed = |error: std::io::Error| cannot_read(path, reason(&error));
    // Before it is opened: a pipe that nobody writes to would be waited for.
    let metadata = std::fs::metadata(path).map_err(failed)?;
    if metadata.is_dir() {
        return Err(cannot_read(path, texts::is_a_folder()));
    }
    if !metadata.is_file() {
        return Err(no_regular_file(path));
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(most) as usize);
    std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(failed)?;
    Ok(bytes)
}
