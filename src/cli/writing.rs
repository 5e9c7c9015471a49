//! The one door to the disk: what is written is written whole or not at all, and a file stays what it is besides its bytes.
//!
//! A new text goes to a hidden draft beside its place and is renamed. So a file keeps its mode and, where the system lets
//! us, its owner; a link is followed, and what it leads to is written. A file of several names (hard links) is written in
//! place, so that they stay names of one file, and put back where that fails. What is marked read-only, or may not be
//! written, is refused although a rename would get round the mark. Pipes and devices are written as they are.
//!
//! A draft is locked as long as its run lives: what another run finds unlocked was left by one that was ended.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::Failure;
use super::output::cannot;
use super::paths::{or_here, reason, shown};
use crate::backend::Contents;
#[cfg(feature = "serve")]
use crate::desk::ChangedFile;
use crate::diagnostic::{Code, texts};

/// Writes a file.
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

/// Writes several files, all or none of them, as far as the file system allows: everything is on the disk before the first
/// takes its place, and where one cannot, those before it become again what they were.
///
/// # Errors
/// JX909 with the reason, and what could not be undone.
pub fn write_together(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let mut prepared = Vec::with_capacity(files.len());
    let mut folders = NewFolders::default();
    for (path, bytes) in files {
        match PreparedFile::new(path, bytes, &mut folders) {
            Ok(file) => prepared.push(file),
            Err(error) => {
                drop(prepared);
                folders.remove();
                return Err(cannot_write(path, &error));
            }
        }
    }
    let mut done: Vec<(&Path, Option<Vec<u8>>)> = Vec::new();
    for (file, (path, bytes)) in prepared.into_iter().zip(files) {
        let before = file.before;
        let placed = match file.draft {
            Some(draft) => draft.persist(&file.path).map(|_| ()).map_err(|error| error.error),
            None => write_by(path, &mut |out| out.write_all(bytes)),
        };
        if let Err(error) = placed {
            let undo = |(path, before): &(&Path, Option<Vec<u8>>)| match before {
                Some(before) => write_by(path, &mut |out| out.write_all(before)),
                None => fs::remove_file(path),
            };
            let left: Vec<String> =
                done.iter().rev().filter(|one| undo(one).is_err()).map(|(path, _)| shown(path)).collect();
            folders.remove();
            let Failure::Told(failure) = cannot_write(path, &error);
            return Err(Failure::Told(if left.is_empty() {
                failure.help(texts::no_file_written())
            } else {
                failure.help(texts::written_before(left.join(" ")))
            }));
        }
        done.push((path, before));
    }
    Ok(())
}

/// Gives files their other bytes, or takes them away, all or none of them.
///
/// # Errors
/// JX909 with the reason.
#[cfg(feature = "serve")]
pub fn turn_together(files: &[ChangedFile]) -> Result<(), Failure> {
    let written: Vec<(PathBuf, Vec<u8>)> =
        files.iter().filter_map(|file| Some((file.path.clone(), file.after.clone()?))).collect();
    write_together(&written)?;
    let gone: Vec<&ChangedFile> = files.iter().filter(|file| file.after.is_none()).collect();
    for (index, file) in gone.iter().enumerate() {
        if let Err(error) = fs::remove_file(&file.path) {
            let others = files.iter().filter(|file| file.after.is_some()).chain(gone[..index].iter().copied());
            for other in others {
                let _ = match &other.before {
                    Some(before) => write_by(&other.path, &mut |out| out.write_all(before)),
                    None => fs::remove_file(&other.path),
                };
            }
            return Err(cannot_write(&file.path, &error));
        }
    }
    Ok(())
}

/// A file that is ready to take its place.
struct PreparedFile {
    /// Where a link leads to.
    path: PathBuf,
    /// None for what is written in place: files of several names, pipes and devices.
    draft: Option<NamedTempFile>,
    before: Option<Vec<u8>>,
}

impl PreparedFile {
    fn new(path: &Path, bytes: &[u8], folders: &mut NewFolders) -> io::Result<Self> {
        let contents = &mut |out: &mut dyn Write| out.write_all(bytes);
        match fs::metadata(path) {
            Ok(there) if there.is_file() => {
                if there.permissions().readonly() {
                    return Err(io::ErrorKind::ReadOnlyFilesystem.into());
                }
                let path = fs::canonicalize(path)?;
                // Who may not write the file must not write another in its place.
                OpenOptions::new().read(true).write(true).open(&path)?;
                let before = Some(fs::read(&path)?);
                let draft = if has_several_names(&there) {
                    None
                } else {
                    Some(drafted(folder_of(&path), Some(&there), contents)?)
                };
                Ok(Self { path, draft, before })
            }
            Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => Ok(Self { path: path.to_path_buf(), draft: None, before: None }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = end_of_links(path)?;
                folders.make(folder_of(&path))?;
                let draft = Some(drafted(folder_of(&path), None, contents)?);
                Ok(Self { path, draft, before: None })
            }
            Err(error) => Err(error),
        }
    }
}

/// The folders that were made on the way, the outer before the inner.
#[derive(Default)]
struct NewFolders(Vec<PathBuf>);

impl NewFolders {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|one| !or_here(one).exists()).collect();
        self.0.extend(missing.into_iter().rev().map(Path::to_path_buf));
        fs::create_dir_all(or_here(folder))
    }

    /// Those that hold nothing go.
    fn remove(&self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Lets a file be written.
///
/// # Errors
/// What the disk or the contents say.
pub fn write_by(path: &Path, contents: Contents<'_>) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(there) if there.is_file() => replace(&fs::canonicalize(path)?, &there, contents),
        Ok(there) if there.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(_) => {
            let mut stream = BufWriter::new(OpenOptions::new().write(true).open(path)?);
            contents(&mut stream)?;
            stream.flush()
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = end_of_links(path)?;
            let folder = folder_of(&path);
            fs::create_dir_all(folder)?;
            drafted(folder, None, contents)?.persist(&path)?;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Gives a file its new bytes.
fn replace(path: &Path, there: &Metadata, contents: Contents<'_>) -> io::Result<()> {
    if there.permissions().readonly() {
        return Err(io::ErrorKind::ReadOnlyFilesystem.into());
    }
    // Who may not write the file must not write another in its place.
    let mut file = OpenOptions::new().read(true).write(true).open(path)?;
    let mut draft = drafted(folder_of(path), Some(there), contents)?;
    if has_several_names(there) {
        let old = fs::read(path)?;
        draft.rewind()?;
        return overwrite(&mut file, draft.as_file_mut()).inspect_err(|_| {
            // Invariant: the old bytes had room there.
            let _ = overwrite(&mut file, &mut old.as_slice());
        });
    }
    drop(file);
    draft.persist(path)?;
    Ok(())
}

fn overwrite(file: &mut File, bytes: &mut dyn io::Read) -> io::Result<()> {
    file.rewind()?;
    let length = io::copy(bytes, file)?;
    file.set_len(length)
}

/// A draft with its contents, from its beginning as private as the file that it stands for.
fn drafted(folder: &Path, there: Option<&Metadata>, contents: Contents<'_>) -> io::Result<NamedTempFile> {
    let draft = new_draft(folder)?;
    if let Some(there) = there {
        keep_owner(draft.as_file(), there);
        draft.as_file().set_permissions(there.permissions())?;
    }
    let mut draft = BufWriter::new(draft);
    contents(&mut draft)?;
    Ok(draft.into_inner()?)
}

fn folder_of(path: &Path) -> &Path {
    or_here(path.parent().unwrap_or(Path::new("")))
}

/// Where a link leads to that leads to nothing yet.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    /// The system itself follows no more.
    const MOST: usize = 40;
    let mut path = path.to_path_buf();
    for _ in 0..MOST {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

#[cfg(unix)]
fn has_several_names(there: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(there) > 1
}

#[cfg(not(unix))]
fn has_several_names(_: &Metadata) -> bool {
    false
}

/// Gives a draft the owner and the group of a file; only some may do so.
#[cfg(unix)]
fn keep_owner(draft: &File, there: &Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(draft, Some(there.uid()), Some(there.gid())).is_err() {
        let _ = fchown(draft, None, Some(there.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) {}

const DRAFT: &str = ".jixiao-";
/// The signs behind [`DRAFT`] that part the drafts of a folder.
const DRAFT_SIGNS: usize = 6;
/// Behind the name of a draft: the folder that goes with it.
const SCRATCH: &str = ".d";

/// A draft in a folder, locked, with the mode of a new file.
fn new_draft(folder: &Path) -> io::Result<NamedTempFile> {
    sweep(folder);
    let mut builder = tempfile::Builder::new();
    builder.prefix(DRAFT).rand_bytes(DRAFT_SIGNS);
    #[cfg(unix)]
    {
        // As the person's mask has it: temporary files are private otherwise.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    loop {
        let draft = builder.tempfile_in(folder)?;
        // Some systems know no locks: there nothing is swept either.
        let _ = draft.as_file().lock();
        // Between its making and its lock another run may have taken it for a left one.
        if draft.path().exists() {
            return Ok(draft);
        }
    }
}

/// Removes the drafts of runs that were ended, once a folder and run.
fn sweep(folder: &Path) {
    static SWEPT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let Ok(full) = fs::canonicalize(folder) else { return };
    if !SWEPT.lock().unwrap_or_else(PoisonError::into_inner).insert(full) {
        return;
    }
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for entry in entries.filter(|entry| is_draft(&entry.file_name())) {
        // What cannot be removed stays: it is hidden, and nobody's loss.
        let _ = remove_left(&entry.path());
    }
}

fn is_draft(name: &OsStr) -> bool {
    let signs = name.to_str().and_then(|name| name.strip_prefix(DRAFT));
    let signs = signs.map(|signs| signs.strip_suffix(SCRATCH).unwrap_or(signs));
    signs.is_some_and(|signs| signs.len() == DRAFT_SIGNS && signs.bytes().all(|sign| sign.is_ascii_alphanumeric()))
}

fn remove_left(path: &Path) -> io::Result<()> {
    let kind = fs::symlink_metadata(path)?.file_type();
    if kind.is_file() {
        let draft = OpenOptions::new().write(true).open(path)?;
        match draft.try_lock() {
            Ok(()) => fs::remove_file(path),
            Err(TryLockError::WouldBlock) => Ok(()),
            Err(TryLockError::Error(error)) => Err(error),
        }
    } else if kind.is_dir() && !path.with_extension("").exists() {
        // Invariant: the draft that goes with a folder is made before it and removed after it.
        fs::remove_dir_all(path)
    } else {
        Ok(())
    }
}

/// A folder for what is made on the way. It goes when it is dropped, or is swept by a later run.
pub struct ScratchFolder {
    path: PathBuf,
    /// Says that the run lives.
    _draft: NamedTempFile,
}

impl ScratchFolder {
    /// Among the temporary files of the system, for nobody else's eyes.
    pub fn new() -> io::Result<Self> {
        let scratch = Self::new_in(&std::env::temp_dir())?;
        #[cfg(unix)]
        fs::set_permissions(&scratch.path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
        Ok(scratch)
    }

    fn new_in(folder: &Path) -> io::Result<Self> {
        let draft = new_draft(folder)?;
        let mut path = draft.path().as_os_str().to_owned();
        path.push(SCRATCH);
        let path = PathBuf::from(path);
        fs::create_dir(&path)?;
        Ok(Self { path, _draft: draft })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for ScratchFolder {
    fn drop(&mut self) {
        // Where it was renamed to its place it is gone.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// A folder that is not there yet, or is empty: its path, and its files by their paths below it.
pub struct NewFolder<'a> {
    pub path: PathBuf,
    pub files: Vec<(PathBuf, &'a [u8])>,
}

/// Writes new folders, all whole or none of them.
///
/// # Errors
/// JX909 with the reason; also where a folder is not empty.
pub fn write_folders(folders: &[NewFolder<'_>]) -> Result<(), Failure> {
    // By the highest folder that has to be made: one rename for all that lies in it.
    let mut made: Vec<(PathBuf, ScratchFolder)> = Vec::new();
    for folder in folders {
        let failed = |error: io::Error| cannot_write(&folder.path, &error);
        let path = end_of_links(&folder.path).map_err(failed)?;
        let top = path.ancestors().take_while(|one| !or_here(one).exists()).last().unwrap_or(&path).to_path_buf();
        let known = made.iter().position(|(known, _)| *known == top);
        let index = known.unwrap_or(made.len());
        if known.is_none() {
            made.push((top.clone(), ScratchFolder::new_in(folder_of(&top)).map_err(failed)?));
        }
        let place = made[index].1.path().join(path.strip_prefix(&top).unwrap_or(Path::new("")));
        for (name, bytes) in &folder.files {
            let file = place.join(name);
            fs::create_dir_all(folder_of(&file)).and_then(|()| fs::write(file, bytes)).map_err(failed)?;
        }
    }
    for (index, (top, scratch)) in made.iter().enumerate() {
        // An empty folder that is there gives way.
        let is_there = top.exists();
        let moved = if is_there { fs::remove_dir(top) } else { Ok(()) };
        if let Err(error) = moved.and_then(|()| fs::rename(scratch.path(), top)) {
            for (top, scratch) in &made[..index] {
                let _ = fs::rename(top, scratch.path());
            }
            if is_there {
                let _ = fs::create_dir(top);
            }
            return Err(cannot_write(top, &error));
        }
    }
    Ok(())
}
