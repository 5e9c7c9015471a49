//! Files to inputs and back: which files a path means, and writing whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use super::Failure;
use super::output::cannot;
use crate::backend::Contents;
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::syntax::{self, vocabulary};
use crate::workspace::Input;

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
    /// Files that could not be read; each is an error of its own.
    pub unreadable: Vec<Diagnostic>,
}

pub(super) const SETTINGS_FILE: &str = "jixiao.toml";
/// Folders that tools make.
pub(super) const BUILT_FOLDERS: [&str; 2] = ["target", "node_modules"];

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
    for path in paths {
        if path == "-" {
            let mut bytes = Vec::new();
            let limit = syntax::MAXIMUM_FILE_BYTES as u64 + 1;
            let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
            read.map_err(|error| cannot(Code::JX907, texts::cannot_read(stdin_name, error.to_string())))?;
            add(&mut selection, stdin_name.to_owned(), bytes);
            continue;
        }
        select_path(&stored, Path::new(path), &mut selection)?;
    }
    Ok(selection)
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
    };
    for (name, text) in open.iter().filter(|(name, _)| **name == folder || is_inside(name)) {
        if !selection.holds(name) {
            add(&mut selection, name.clone(), text.as_bytes().to_vec());
        }
    }
    selection.unreadable.dedup_by(|one, other| one.message == other.message);
    selection
}

fn select_path(stored: &StoredFiles<'_>, path: &Path, selection: &mut Selection) -> Result<(), Failure> {
    let is_folder = std::fs::metadata(path)
        .map_err(|error| cannot(Code::JX907, texts::cannot_read(shown(path), reason(&error))))?
        .is_dir();
    select_from(stored, path, is_folder, selection);
    Ok(())
}

/// What holds files: the disk, or a revision of a repository. The same rules say of both which files a path means.
pub(super) trait FileTree {
    /// The sources that lie in a folder itself, by name.
    fn files_in(&self, folder: &Path) -> Vec<PathBuf>;
    /// The sources below a folder, but not in hidden folders nor in what tools build.
    fn files_below(&self, folder: &Path) -> Vec<PathBuf>;
    /// The nearest folder upward that holds the settings; none beyond the repository.
    fn root_of(&self, folder: &Path) -> Option<PathBuf>;
    fn parent_of(&self, folder: &Path) -> PathBuf;
    fn same_folder(&self, one: &Path, other: &Path) -> bool;
    fn text(&self, path: &Path) -> Result<Arc<str>, Diagnostic>;
}

/// Adds what a file or a folder of a tree means.
pub(super) fn select_from(tree: &dyn FileTree, path: &Path, is_folder: bool, selection: &mut Selection) {
    let folder = if is_folder { path } else { path.parent().unwrap_or(Path::new("")) };
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
    if is_folder {
        for file in tree.files_below(path) {
            read(tree, &file, selection, true);
        }
    } else {
        read(tree, path, selection, true);
        let is_department = selection.inputs.last().is_some_and(|input| declares_department(&input.text));
        if is_department {
            return;
        }
        // The file may be one project of a department: its neighbours say which standard applies.
        let mut neighbours = tree.files_in(folder);
        neighbours.retain(|file| file != path);
        if neighbours.iter().any(|file| tree.text(file).is_ok_and(|text| declares_department(&text))) {
            for file in neighbours {
                read(tree, &file, selection, false);
            }
        }
    }
    // Declarations further up, as far as the settings reach, hold for everything below.
    let Some(root) = selection.root.clone() else { return };
    let mut above = folder.to_path_buf();
    while !tree.same_folder(&root, &above) {
        above = tree.parent_of(&above);
        for file in tree.files_in(&above) {
            read(tree, &file, selection, false);
        }
    }
}

fn declares_department(text: &str) -> bool {
    text.lines().any(|line| vocabulary::keyword_at(line.trim_start()) == Some(vocabulary::Keyword::Department))
}

/// The disk.
struct StoredFiles<'a> {
    /// Texts that are known, by their bytes.
    texts: BTreeMap<&'a [u8], &'a Arc<str>>,
}

const DISK: StoredFiles<'static> = StoredFiles { texts: BTreeMap::new() };

impl FileTree for StoredFiles<'_> {
    fn files_in(&self, folder: &Path) -> Vec<PathBuf> {
        let start = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let mut names: Vec<_> = std::fs::read_dir(start)
            .into_iter()
            .flatten()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().is_file())
            .map(|entry| entry.file_name())
            .collect();
        names.sort();
        names.into_iter().map(|name| folder.join(name)).filter(|path| is_source(path)).collect()
    }

    fn files_below(&self, folder: &Path) -> Vec<PathBuf> {
        entries_below(folder, is_source)
    }

    fn root_of(&self, folder: &Path) -> Option<PathBuf> {
        let mut current = folder.to_path_buf();
        let full = std::fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
        for _ in full.ancestors() {
            if current.join(SETTINGS_FILE).is_file() {
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
        let full =
            |path: &Path| std::fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }).ok();
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
    fn files_in(&self, folder: &Path) -> Vec<PathBuf> {
        DISK.files_in(folder)
    }

    fn files_below(&self, folder: &Path) -> Vec<PathBuf> {
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

/// Every wanted file below a folder, but not in hidden folders nor in what tools build.
fn entries_below(folder: &Path, is_file_wanted: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let is_wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(name.starts_with('.') || entry.file_type().is_dir() && BUILT_FOLDERS.contains(&&*name))
    };
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(is_wanted)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && is_file_wanted(entry.path()))
        .map(walkdir::DirEntry::into_path)
        .collect()
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
        Err(diagnostic) if is_asked_for => selection.unreadable.push(diagnostic),
        Err(_) => {}
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
pub fn documents_below(folder: &Path) -> Vec<PathBuf> {
    let is_wanted = |path: &Path| {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("").to_ascii_lowercase();
        crate::import::kind::EXTENSIONS.contains(&extension.as_str())
    };
    entries_below(folder, is_wanted)
}

/// The sources below a folder that declare standards: paths and texts.
pub fn standards_below(folder: &Path) -> Vec<(String, String)> {
    let texts = DISK.files_below(folder).into_iter().filter_map(|path| Some((shown(&path), read_text(&path).ok()?)));
    let declares = |text: &str| {
        text.lines().any(|line| vocabulary::keyword_at(line.trim_start()) == Some(vocabulary::Keyword::Standard))
    };
    texts.filter(|(_, text)| declares(text)).collect()
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
    let read = || {
        let file = std::fs::File::open(path)?;
        let size = file.metadata()?.len().min(most);
        let mut bytes = Vec::with_capacity(size as usize);
        file.take(most).read_to_end(&mut bytes).map(|_| bytes)
    };
    read().map_err(|error| Diagnostic::without_place(Code::JX907, texts::cannot_read(shown(path), reason(&error))))
}

/// A path as people read it: with `/`, without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string().replace('\\', "/");
    text.strip_prefix("./").filter(|rest| !rest.is_empty()).map_or(text.clone(), str::to_owned)
}

pub fn reason(error: &std::io::Error) -> crate::diagnostic::Text {
    match error.kind() {
        std::io::ErrorKind::NotFound => texts::no_such_file(),
        std::io::ErrorKind::PermissionDenied => texts::no_permission(),
        std::io::ErrorKind::AlreadyExists => texts::exists_already(),
        _ => crate::diagnostic::Text::same(error.to_string()),
    }
}

/// Writes a file whole or not at all: to a temporary file beside it, then renamed.
///
/// # Errors
/// JX909 with the reason.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_by(path, &mut |file| file.write_all(bytes)).map_err(|error| cannot_write(path, &error))
}

/// The failure to write a file.
pub fn cannot_write(path: &Path, error: &io::Error) -> Failure {
    cannot(Code::JX909, texts::cannot_write(shown(path), reason(error)))
}

/// Lets a file be written, whole or not at all.
///
/// # Errors
/// What the disk or the contents say.
pub fn write_by(path: &Path, contents: Contents<'_>) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(tempfile::Builder::new().prefix(".jixiao-").tempfile_in(folder)?);
    contents(&mut file)?;
    let file = file.into_inner()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // Temporary files are private; what is published is not.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
