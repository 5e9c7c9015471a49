//! `jixiao new`: a starter workspace that checks clean.

use std::path::Path;

use clap::{Args, Command, ValueHint};
use include_dir::{Dir, include_dir};

use super::files;
use super::options::told;
use super::output::{Terminal, cannot};
use super::writing::{self, NewFolder};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Language, texts};

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/入门");

/// What `jixiao new` is asked.
#[derive(Args)]
#[group(skip)]
pub struct NewOptions {
    #[arg(value_hint = ValueHint::DirPath)]
    folder: String,
}

pub fn command(language: Language) -> Command {
    told(
        NewOptions::augment_args(Command::new("new")),
        language,
        ["建一个起步的文件夹", "make a starter workspace"],
        &[("folder", Some(["文件夹", "DIR"]), ["新文件夹，不能已有内容", "a new folder; must be empty"])],
    )
}

/// Writes the tutorial example into a new or empty folder.
pub fn run(options: &NewOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let name = options.folder.as_str();
    let folder = Path::new(name);
    let is_taken = folder.exists() && std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some());
    if is_taken {
        return Err(cannot(Code::JX909, texts::cannot_write(name, texts::exists_already())));
    }
    let mut starter: Vec<_> = STARTER.files().collect();
    starter.sort_by_key(|file| file.path());
    let files: Vec<_> = starter.iter().map(|file| (file.path().to_path_buf(), file.contents())).collect();
    writing::write_folders(&[NewFolder { path: folder.to_path_buf(), files }])?;
    for file in starter {
        terminal.note(&texts::written(files::shown(&folder.join(file.path()))));
    }
    terminal.note(&texts::what_next(name));
    Ok(Outcome::Fine)
}
