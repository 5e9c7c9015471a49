//! A git repository, read through the `git` program: names to revisions, revisions to files. Nothing is written, and
//! neither the working tree nor the index is touched.
//!
//! Whose repository it is we do not know: git is told not to fetch what is missing and to start no program that the
//! configuration of the repository names.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::sync::{Arc, Weak};

use super::Failure;
use super::files::{FileTree, SETTINGS_FILE, is_source};
use super::listing::{BUILT_FOLDERS, Listing};
use super::output::cannot;
use super::outputs;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::syntax;

/// Settings under which git starts no program for what we ask: no watcher of files, no check of signatures, no hooks.
const HARMLESS: [&str; 4] =
    ["core.quotepath=false", "core.fsmonitor=false", "log.showSignature=false", "core.hooksPath=/dev/null"];

/// What git lists a submodule as.
const SUBMODULE: &str = "160000";

/// A repository as seen from a folder.
#[derive(Default)]
pub struct Repository {
    folder: PathBuf,
    /// The folder's path in the repository, without a `/` at its end; empty at the top and in a bare repository.
    prefix: String,
    /// Whether its versions hold what its submodules hold.
    reads_submodules: bool,
    blobs: RefCell<Option<Blobs>>,
    /// The texts that are in use, by the hashes of their files.
    texts: RefCell<BTreeMap<String, Weak<str>>>,
}

/// A version of all files, by the hash of its tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As it was asked for.
    pub name: String,
    /// None before the first commit: nothing was there.
    pub tree: Option<String>,
}

impl Repository {
    /// The repository around a folder.
    ///
    /// # Errors
    /// There is none (JX701), or no `git` (JX704).
    pub fn around(folder: &Path) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder }.to_path_buf();
        let mut repository = Self { folder, reads_submodules: true, ..Self::default() };
        let prefix = repository.git(&["rev-parse", "--show-prefix"])?.map_err(|complaint| {
            let message = texts::not_in_a_repository(super::files::shown(&repository.folder));
            let diagnostic = Diagnostic::without_place(Code::JX701, message);
            Failure::Told(diagnostic.help(texts::git_says(complaint)))
        })?;
        let prefix = String::from_utf8_lossy(&prefix);
        prefix.trim_end_matches(['\n', '\r']).trim_end_matches('/').clone_into(&mut repository.prefix);
        Ok(repository)
    }

    /// Without what submodules hold: their commits have a history of their own.
    #[must_use]
    pub fn without_submodules(self) -> Self {
        Self { reads_submodules: false, ..self }
    }

    /// Runs git; what it complains where it fails.
    pub fn git(&self, arguments: &[&str]) -> Result<Result<Vec<u8>, String>, Failure> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(|error| cannot_start(&error))?;
        if output.status.success() {
            return Ok(Ok(output.stdout));
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Ok(Err(complaint.trim().lines().next().unwrap_or("").to_owned()))
    }

    /// Runs git where it has no reason to fail.
    ///
    /// # Errors
    /// JX706 with what it says.
    pub fn must(&self, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
        self.git(arguments)?.map_err(|complaint| cannot(Code::JX706, texts::git_failed(complaint)))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        // Nothing is refreshed on the way, and nobody is asked for a password.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C.UTF-8");
        // The objects that a partial clone lacks are not fetched; an older git that does not know the first finds no
        // protocol allowed.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
        command.current_dir(&self.folder).arg("--no-pager").args(HARMLESS.iter().flat_map(|one| ["-c", one]));
        command.args(arguments);
        command
    }

    /// The hash of what a name means, such as `HEAD~1` or a tag; of its commit or its tree.
    pub fn hash(&self, name: &str, kind: &str) -> Result<Option<String>, Failure> {
        if name.is_empty() || name.starts_with('-') {
            return Ok(None);
        }
        let wanted = format!("{name}^{{{kind}}}");
        let found = self.git(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted])?;
        Ok(found.ok().map(|hash| String::from_utf8_lossy(&hash).trim().to_owned()))
    }

    /// Whether a name is that of a branch, a tag or HEAD. Folders of years are called like the beginnings of hashes: these
    /// do not count.
    pub fn is_reference(&self, name: &str) -> Result<bool, Failure> {
        if name.starts_with('-') {
            return Ok(false);
        }
        let found =
            self.git(&["rev-parse", "--symbolic-full-name", "--verify", "--quiet", "--end-of-options", name])?;
        Ok(found.is_ok_and(|full| !full.trim_ascii().is_empty()))
    }

    /// The version of a name.
    ///
    /// # Errors
    /// Nothing is called that (JX702).
    pub fn revision(&self, name: &str) -> Result<Revision, Failure> {
        if let Some(tree) = self.hash(name, "tree")? {
            return Ok(Revision { name: name.to_owned(), tree: Some(tree) });
        }
        if name == "HEAD" {
            return Ok(Revision { name: name.to_owned(), tree: None });
        }
        let diagnostic = Diagnostic::without_place(Code::JX702, texts::unknown_revision(name));
        let help = self.revision_hint(name)?;
        Err(Failure::Told(diagnostic.help(help)))
    }

    fn revision_hint(&self, name: &str) -> Result<Text, Failure> {
        if self.hash("HEAD", "commit")?.is_none() {
            return Ok(texts::no_commit_yet());
        }
        if self.is_shallow()? {
            return Ok(texts::shallow_repository());
        }
        let listed = self.must(&["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags"])?;
        let listed = String::from_utf8_lossy(&listed);
        // Another year is what is mistyped most: a branch is only told, never written.
        let near = listed.lines().find(|known| strsim::osa_distance(name, known) <= 2);
        Ok(near.map_or_else(texts::revisions_are, texts::did_you_mean))
    }

    /// The version on which two lines of work parted.
    pub fn merge_base(&self, one: &str, other: &str) -> Result<Revision, Failure> {
        for name in [one, other] {
            if self.hash(name, "commit")?.is_none() {
                self.revision(name)?;
                return Err(cannot(Code::JX702, texts::unknown_revision(name)));
            }
        }
        let base = self.git(&["merge-base", "--end-of-options", one, other])?;
        let base = base.map_err(|_| cannot(Code::JX702, texts::no_common_base(one, other)))?;
        self.revision(String::from_utf8_lossy(&base).trim())
    }

    /// A path of the person as the repository calls it: from its top, with `/`; none where it lies outside.
    pub fn path_of(&self, path: &str) -> Option<String> {
        let mut parts: Vec<&str> = self.prefix.split('/').filter(|part| !part.is_empty()).collect();
        let top;
        let mut rest = path;
        if Path::new(path).is_absolute() {
            let answer = self.git(&["rev-parse", "--show-toplevel"]).ok()?.ok()?;
            top = String::from_utf8(answer).ok()?;
            let full = std::fs::canonicalize(path).map_or_else(|_| path.to_owned(), |full| super::files::shown(&full));
            let inside = Path::new(&full).strip_prefix(top.trim_end_matches(['\n', '\r'])).ok()?.to_path_buf();
            return Some(super::files::shown(&inside));
        } else if let Some(from_top) = path.strip_prefix(":/") {
            parts.clear();
            rest = from_top;
        }
        for part in rest.split(['/', std::path::MAIN_SEPARATOR]) {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }

    pub fn has_working_tree(&self) -> Result<bool, Failure> {
        Ok(self.must(&["rev-parse", "--is-inside-work-tree"])?.starts_with(b"true"))
    }

    /// From the folder to the top: empty, or `../`, as often as it takes.
    pub fn path_to_top(&self) -> Result<String, Failure> {
        if !self.has_working_tree()? {
            return Err(cannot(Code::JX703, texts::no_working_tree()));
        }
        let up = self.must(&["rev-parse", "--show-cdup"])?;
        Ok(String::from_utf8_lossy(&up).trim().to_owned())
    }

    /// The files of a version.
    pub fn snapshot(&self, revision: &Revision) -> Result<RevisionFiles<'_>, Failure> {
        let mut files = BTreeMap::new();
        if let Some(tree) = &revision.tree {
            self.list(tree, "", None, &mut files)?;
        }
        Ok(RevisionFiles { repository: self, files, damage: RefCell::default() })
    }

    /// Adds the files of a tree, and those of its submodules as far as they are checked out here: the working tree holds
    /// them, too.
    fn list(
        &self,
        tree: &str,
        prefix: &str,
        home: Option<&Rc<Repository>>,
        files: &mut BTreeMap<String, StoredFile>,
    ) -> Result<(), Failure> {
        // From the top, whichever folder this is.
        let listed = self.must(&["ls-tree", "-r", "-z", "--full-tree", tree])?;
        for entry in listed.split(|byte| *byte == 0) {
            let Ok(entry) = std::str::from_utf8(entry) else { continue };
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let mut words = head.split(' ');
            let (Some(mode), Some(hash)) = (words.next(), words.nth(1)) else { continue };
            let full = format!("{prefix}{path}");
            if mode.starts_with("100") {
                files.insert(full, StoredFile { hash: hash.to_owned(), home: home.cloned() });
            } else if mode == SUBMODULE
                && let Some(inner) = self.submodule(path)?
            {
                let Some(inner_tree) = inner.hash(hash, "tree")? else {
                    let diagnostic = Diagnostic::without_place(Code::JX706, texts::missing_object(full, hash));
                    return Err(Failure::Told(diagnostic.help(texts::missing_submodule_help())));
                };
                let inner = Rc::new(inner);
                inner.list(&inner_tree, &format!("{full}/"), Some(&inner), files)?;
            }
        }
        Ok(())
    }

    /// The repository of a submodule by its path from the top; none where it is not checked out, or nobody asks for it.
    fn submodule(&self, path: &str) -> Result<Option<Repository>, Failure> {
        if !self.reads_submodules || path.split('/').any(|part| part == "..") || !self.has_working_tree()? {
            return Ok(None);
        }
        let top = self.must(&["rev-parse", "--show-toplevel"])?;
        let folder = Path::new(String::from_utf8_lossy(&top).trim_end_matches(['\n', '\r'])).join(path);
        let is_there = folder.join(".git").exists();
        Ok(is_there.then(|| Repository { folder, reads_submodules: true, ..Self::default() }))
    }

    /// The commits at which a shallow clone ends that a name leads to: their parents are not there, though git says that
    /// they have none.
    pub fn cut_at(&self, name: &str) -> Result<Vec<String>, Failure> {
        if !self.is_shallow()? {
            return Ok(Vec::new());
        }
        let roots = self.must(&["rev-list", "--max-parents=0", "--end-of-options", name])?;
        let mut cut = Vec::new();
        for root in String::from_utf8_lossy(&roots).lines() {
            let stored = self.must(&["cat-file", "commit", root])?;
            let mut head = stored.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
            if head.any(|line| line.starts_with(b"parent ")) {
                cut.push(root.to_owned());
            }
        }
        Ok(cut)
    }

    fn is_shallow(&self) -> Result<bool, Failure> {
        Ok(self.git(&["rev-parse", "--is-shallow-repository"])?.is_ok_and(|answer| answer.starts_with(b"true")))
    }

    /// The bytes of a stored file, of at most so many and one more.
    fn blob(&self, hash: &str, limit: u64) -> std::io::Result<Vec<u8>> {
        let mut blobs = self.blobs.borrow_mut();
        if blobs.is_none() {
            *blobs = Some(Blobs::start(self.command(&["cat-file", "--batch"]))?);
        }
        let Some(open) = blobs.as_mut() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
        open.read(hash, limit)
    }
}

fn cannot_start(error: &std::io::Error) -> Failure {
    let diagnostic = Diagnostic::without_place(Code::JX704, texts::no_git(super::files::reason(error)));
    Failure::Told(diagnostic.help(texts::no_git_help()))
}

/// A `git cat-file --batch` that answers one question after the other.
struct Blobs {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    fn start(mut command: Command) -> std::io::Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let broken = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let questions = Some(child.stdin.take().ok_or_else(broken)?);
        let answers = BufReader::new(child.stdout.take().ok_or_else(broken)?);
        Ok(Self { child, questions, answers })
    }

    fn read(&mut self, hash: &str, limit: u64) -> std::io::Result<Vec<u8>> {
        let broken = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        let questions = self.questions.as_mut().ok_or_else(broken)?;
        writeln!(questions, "{hash}")?;
        questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        // `hash type size`, or `hash missing`.
        if head.trim_end().ends_with(" missing") {
            return Err(std::io::ErrorKind::NotFound.into());
        }
        let size: u64 = head.trim_end().split(' ').nth(2).and_then(|size| size.parse().ok()).ok_or_else(broken)?;
        let mut bytes = Vec::new();
        let taken = size.min(limit + 1);
        self.answers.by_ref().take(taken).read_to_end(&mut bytes)?;
        std::io::copy(&mut self.answers.by_ref().take(size - taken + 1), &mut std::io::sink())?;
        Ok(bytes)
    }
}

impl Drop for Blobs {
    fn drop(&mut self) {
        // It ends when there are no more questions.
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

/// The files of a version: paths from the top of the repository, and the hashes of what they hold.
pub struct RevisionFiles<'a> {
    repository: &'a Repository,
    files: BTreeMap<String, StoredFile>,
    /// The first file whose bytes the repository does not have.
    damage: RefCell<Option<Diagnostic>>,
}

/// What a file of a version holds, by its hash.
struct StoredFile {
    hash: String,
    /// The submodule that it is in; none for the repository itself.
    home: Option<Rc<Repository>>,
}

impl RevisionFiles<'_> {
    /// Fails where something that was asked for is not in the repository: a version that lacks it is another one.
    ///
    /// # Errors
    /// JX706 with the file.
    pub fn is_whole(&self) -> Result<(), Failure> {
        self.damage.take().map_or(Ok(()), |damage| Err(Failure::Told(damage)))
    }

    pub fn is_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    pub fn is_folder(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }

    /// The bytes of a file of at most so many and one more.
    pub fn bytes(&self, path: &str, limit: u64) -> Result<Vec<u8>, Diagnostic> {
        let cannot = |reason: Text| Diagnostic::without_place(Code::JX907, texts::cannot_read(path, reason));
        let StoredFile { hash, home } = self.files.get(path).ok_or_else(|| cannot(texts::no_such_file()))?;
        let repository = home.as_deref().unwrap_or(self.repository);
        repository.blob(hash, limit).map_err(|error| {
            let is_missing = error.kind() == std::io::ErrorKind::NotFound;
            let message = if is_missing {
                texts::missing_object(path, hash)
            } else {
                texts::git_failed(super::files::reason(&error))
            };
            let damage = Diagnostic::without_place(Code::JX706, message).help(texts::missing_object_help());
            self.damage.borrow_mut().get_or_insert_with(|| damage.clone());
            damage
        })
    }

    /// What the lists of `build` below a folder name.
    fn written(&self, folder: &str) -> BTreeSet<PathBuf> {
        let lists = self.below(folder).map(|(path, _)| Path::new(path));
        let lists = lists.filter(|path| path.file_name() == Some(outputs::LIST.as_ref()));
        lists.filter_map(Path::parent).flat_map(|folder| self.listed_in(folder)).collect()
    }

    /// What the list of `build` in a folder names.
    fn listed_in(&self, folder: &Path) -> Vec<PathBuf> {
        let list = folder.join(outputs::LIST);
        let text = if self.is_file(&super::files::shown(&list)) { self.text(&list).ok() } else { None };
        text.map_or_else(Vec::new, |text| outputs::listed(folder, &text).collect())
    }

    /// Paths below a folder, each with the part after it.
    fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let start = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let from = self.files.range(start.clone()..);
        from.map_while(move |(path, _)| Some((path.as_str(), path.strip_prefix(&start)?)))
    }
}

impl FileTree for RevisionFiles<'_> {
    fn files_in(&self, folder: &Path) -> Listing {
        let folder = super::files::shown(folder);
        let own = self.below(&folder).filter(|(_, rest)| !rest.contains('/'));
        let files = own.map(|(path, _)| PathBuf::from(path)).filter(|path| is_source(path)).collect();
        Listing { files, ..Listing::default() }
    }

    fn files_below(&self, folder: &Path) -> Listing {
        let folder = super::files::shown(folder);
        let is_wanted = |rest: &str| {
            let folders = rest.rsplit_once('/').map_or("", |(folders, _)| folders);
            !rest.split('/').any(|part| part.starts_with('.'))
                && !folders.split('/').any(|part| BUILT_FOLDERS.contains(&part))
        };
        let wanted = self.below(&folder).filter(|(_, rest)| is_wanted(rest));
        let wanted = wanted.map(|(path, _)| PathBuf::from(path)).filter(|path| is_source(path));
        let written = self.written(&folder);
        let (built, mut files): (Vec<_>, Vec<_>) = wanted.partition(|path| written.contains(path));
        if files.is_empty() {
            let own = self.listed_in(Path::new(&folder));
            files.extend(built.into_iter().filter(|path| own.contains(path)));
        }
        Listing { files, ..Listing::default() }
    }

    fn root_of(&self, folder: &Path) -> Option<PathBuf> {
        let holds = |folder: &&Path| self.is_file(&super::files::shown(&folder.join(SETTINGS_FILE)));
        folder.ancestors().find(holds).map(Path::to_path_buf)
    }

    fn parent_of(&self, folder: &Path) -> PathBuf {
        folder.parent().unwrap_or(Path::new("")).to_path_buf()
    }

    fn same_folder(&self, one: &Path, other: &Path) -> bool {
        one == other
    }

    fn text(&self, path: &Path) -> Result<Arc<str>, Diagnostic> {
        let name = super::files::shown(path);
        let hash = self.files.get(&name).map(|file| &file.hash);
        let known = hash.and_then(|hash| self.repository.texts.borrow().get(hash)?.upgrade());
        if let Some(text) = known {
            return Ok(text);
        }
        let bytes = self.bytes(&name, syntax::MAXIMUM_FILE_BYTES as u64)?;
        let text: Arc<str> = syntax::decode(&name, bytes)?.into();
        if let Some(hash) = hash {
            self.repository.texts.borrow_mut().insert(hash.clone(), Arc::downgrade(&text));
        }
        Ok(text)
    }
}
