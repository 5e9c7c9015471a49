//! Where `check` and `build` keep what they found of departments: a folder of the person's caches, or the one that is named.
//! Nothing rests on it: what cannot be read is found again, what cannot be written is not kept.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, SystemTime};

use clap::{Args, ValueHint};

use super::options::OptionTexts;
use super::writing;
use crate::workspace::EntryStore;

/// What a person asks for.
#[derive(Args)]
#[group(skip)]
pub struct CacheOptions {
    #[arg(long, value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,
}

/// Names the folder where no option does; empty, nothing is kept.
const CHOSEN: &str = "JIXIAO_CACHE";

impl CacheOptions {
    pub const CACHE: OptionTexts = (
        "cache",
        Some(["文件夹", "DIR"]),
        [
            "很多文件的文件夹：各部门查到的结果记在哪里，没有改过的部门下次不再查；不写时看 JIXIAO_CACHE，再不然是用户的缓存文件夹",
            "for a folder of many files: where what was found of each department is kept, so that one that did not change is not checked again; else JIXIAO_CACHE, else the cache folder of the user",
        ],
    );
    pub const NO_CACHE: OptionTexts =
        ("no_cache", None, ["不看也不记以前查到的结果", "neither read nor keep what was found before"]);

    /// The folder; none where nothing is to be kept.
    pub fn folder(&self) -> Option<CacheFolder> {
        if self.no_cache {
            return None;
        }
        let chosen = self.cache.clone().or_else(|| std::env::var_os(CHOSEN).map(PathBuf::from));
        let folder = chosen.or_else(|| usual(&|name| std::env::var_os(name)))?;
        // One without a name is none.
        (!folder.as_os_str().is_empty()).then(|| CacheFolder::new(folder))
    }
}

/// Where the system keeps what a program can find again.
fn usual(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let caches = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("jixiao"))
}

/// The end of the names of entries.
const ENTRY: &str = ".found";
/// An entry that no run wanted for so long goes.
const KEPT_FOR: Duration = Duration::from_hours(14 * 24);
/// That an entry was wanted is noted once in so long.
const NOTED_AFTER: Duration = Duration::from_hours(24);
/// Beyond so many bytes those go that were not wanted for longest, but for what the run itself wanted.
const MOST_BYTES: u64 = 1 << 30;

/// A folder of entries. It is made when the first is kept.
pub struct CacheFolder {
    path: PathBuf,
    prepared: Once,
    /// What was read or written.
    wanted: Mutex<BTreeSet<String>>,
    has_new: AtomicBool,
    /// Once something cannot be written, nothing more is tried.
    is_closed: AtomicBool,
}

impl CacheFolder {
    fn new(path: PathBuf) -> Self {
        Self {
            path,
            prepared: Once::new(),
            wanted: Mutex::default(),
            has_new: AtomicBool::new(false),
            is_closed: AtomicBool::new(false),
        }
    }

    fn wanted(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Removes what was not wanted for long. A run that adds nothing makes the folder no larger.
    pub fn prune(&self) {
        if self.has_new.load(Ordering::Relaxed) {
            prune(&self.path, &self.wanted(), SystemTime::now(), MOST_BYTES);
        }
    }
}

impl EntryStore for CacheFolder {
    fn load(&self, name: &str) -> Option<Vec<u8>> {
        let path = self.path.join(name.to_owned() + ENTRY);
        let mut file = File::open(&path).ok()?;
        let about = file.metadata().ok()?;
        if !about.is_file() {
            return None;
        }
        let mut bytes = Vec::with_capacity(about.len() as usize);
        file.read_to_end(&mut bytes).ok()?;
        let age = about.modified().ok().and_then(|then| SystemTime::now().duration_since(then).ok());
        if age.is_some_and(|age| age > NOTED_AFTER) {
            // Where it cannot be noted, it is found again some day.
            let _ = File::options().write(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        self.wanted().insert(name.to_owned());
        Some(bytes)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.prepared.call_once(|| prepare(&self.path));
        if self.is_closed.load(Ordering::Relaxed) {
            return;
        }
        let path = self.path.join(name.to_owned() + ENTRY);
        match writing::write_by(&path, &mut |out| out.write_all(bytes)) {
            Ok(()) => {
                self.has_new.store(true, Ordering::Relaxed);
                self.wanted().insert(name.to_owned());
            }
            Err(_) => self.is_closed.store(true, Ordering::Relaxed),
        }
    }
}

/// Makes the folder, for nobody else's eyes: it holds texts. Backups and git pass it over.
fn prepare(folder: &Path) {
    let is_empty = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
    if !is_empty || fs::create_dir_all(folder).is_err() {
        return;
    }
    #[cfg(unix)]
    let _ = fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700));
    let tag =
        "Signature: 8a477f597d28d172789f06886806bc55\n# What jixiao found before. It may be removed at any time.\n";
    for (name, text) in [("CACHEDIR.TAG", tag), (".gitignore", "*\n")] {
        let _ = writing::write(&folder.join(name), text.as_bytes());
    }
}

/// Removes entries; nothing else that lies there.
fn prune(folder: &Path, wanted: &BTreeSet<String>, now: SystemTime, most: u64) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut left = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let file_name = entry.file_name();
        let Some(name) = file_name.to_str().and_then(|name| name.strip_suffix(ENTRY)) else { continue };
        let is_name = name.len() == 64 && name.bytes().all(|sign| sign.is_ascii_hexdigit());
        let Some(about) = entry.metadata().ok().filter(|about| is_name && about.is_file()) else { continue };
        bytes += about.len();
        if !wanted.contains(name) {
            let age = about.modified().ok().and_then(|then| now.duration_since(then).ok());
            left.push((age.unwrap_or_default(), about.len(), entry.path()));
        }
    }
    left.sort();
    for (age, length, path) in left.into_iter().rev() {
        if age <= KEPT_FOR && bytes <= most {
            break;
        }
        // Another run may have removed it.
        let _ = fs::remove_file(path);
        bytes -= length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_run_wants_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = ["a", "b", "c", "d"].map(|sign| sign.repeat(64));
        let put = |name: &str, days: u64| {
            let path = folder.path().join(name);
            fs::write(&path, [0; 10]).expect("written");
            let then = SystemTime::now() - Duration::from_secs(days * 24 * 60 * 60);
            File::options().write(true).open(path).expect("it").set_modified(then).expect("noted");
        };
        for (name, days) in names.iter().zip([100, 20, 3, 2]) {
            put(&(name.clone() + ENTRY), days);
        }
        put("mine.found", 100);
        let left = |most: u64| {
            prune(folder.path(), &BTreeSet::from([names[0].clone()]), SystemTime::now(), most);
            let entries = fs::read_dir(folder.path()).expect("a folder").filter_map(Result::ok);
            let mut left: Vec<String> =
                entries.map(|entry| entry.file_name().to_string_lossy()[..1].to_owned()).collect();
            left.sort();
            left.join("")
        };
        assert_eq!(left(1000), "acdm");
        assert_eq!(left(25), "adm");
        assert_eq!(left(0), "am");
    }
}
