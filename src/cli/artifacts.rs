//! Where the artifacts of `build` go, and of which formats they are.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::output::{Terminal, cannot};
use super::{Failure, files, outputs, writing};
use crate::backend::{self, Backend, Contents, Sink};
use crate::diagnostic::{Code, Diagnostic, texts};

/// # Errors
/// JX909 where an artifact would take the place of a source.
pub fn refuse_overwriting(folder: &Path, names: &[PathBuf], sources: &[PathBuf]) -> Result<(), Failure> {
    let there: BTreeMap<PathBuf, &PathBuf> =
        names.iter().filter_map(|name| Some((std::fs::canonicalize(folder.join(name)).ok()?, name))).collect();
    // What is not there yet takes nobody's place.
    if there.is_empty() {
        return Ok(());
    }
    let real = |source: &PathBuf| std::fs::canonicalize(source).ok();
    match sources.iter().filter_map(real).find_map(|source| there.get(&source)) {
        Some(name) => {
            let message = texts::would_overwrite_source(files::shown(&folder.join(name)));
            Err(Failure::Told(Diagnostic::without_place(Code::JX909, message).help(texts::write_elsewhere())))
        }
        None => Ok(()),
    }
}

/// The backends of the formats that are named, or those that are made where none is.
pub fn chosen(wanted: &[String]) -> impl Iterator<Item = &'static dyn Backend> + Clone {
    let is_chosen =
        |one: &&dyn Backend| wanted.is_empty() && one.is_default() || wanted.iter().any(|name| *name == one.name());
    backend::ALL.iter().copied().filter(is_chosen)
}

/// JX909: what is made of some formats does not fit on standard output.
pub fn not_one_file(wanted: &[String], count: usize) -> Failure {
    let is_one_format = wanted.len() == 1 && count > 1;
    let message = if is_one_format {
        texts::one_file_for_standard_output(count)
    } else {
        texts::one_format_for_standard_output()
    };
    cannot(Code::JX909, message)
}

/// Where it is written to where nobody says so.
pub fn output_folder(settings: Option<&Path>, output: Option<&str>) -> Result<PathBuf, Failure> {
    match (settings, output) {
        (Some(settings), Some(output)) => below(settings, output),
        _ => Ok(PathBuf::from(outputs::FOLDER)),
    }
}

/// The folder of the setting `output`, which counts from its file. Links on the way may not lead out of there: who may edit
/// the settings of a workspace does not choose what is written elsewhere.
fn below(settings: &Path, output: &str) -> Result<PathBuf, Failure> {
    let home = settings.parent().unwrap_or(Path::new(""));
    let folder = home.join(output);
    let real =
        |path: &Path| std::fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }).ok();
    let there = folder.ancestors().find_map(real);
    match (real(home), there) {
        (Some(home), Some(there)) if !there.starts_with(&home) => {
            Err(cannot(Code::JX909, texts::output_leads_outside(files::shown(&folder))))
        }
        _ => Ok(folder),
    }
}

/// Files in a folder, each told when it is there.
pub struct Folder<'a> {
    pub path: PathBuf,
    /// The last file that was begun.
    pub last: PathBuf,
    pub terminal: &'a Terminal,
}

impl Sink for Folder<'_> {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()> {
        self.last = self.path.join(path);
        writing::write_by(&self.last, contents)?;
        self.terminal.note(&texts::written(files::shown(&self.last)));
        Ok(())
    }
}

/// The one artifact that is an answer.
pub struct SingleArtifact<'a>(pub &'a mut dyn Write);

impl Sink for SingleArtifact<'_> {
    fn artifact(&mut self, _: &Path, contents: Contents<'_>) -> io::Result<()> {
        contents(self.0)
    }
}
