//! `jixiao new`: a starter workspace that checks clean.

use std::path::Path;

use clap::ArgMatches;
use include_dir::{Dir, include_dir};

use super::files;
use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, texts};

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/入门");

/// Writes the tutorial example into a new or empty folder.
pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let name = arguments.get_one::<String>("folder").map_or("", String::as_str);
    let folder = Path::new(name);
    let is_taken = folder.exists() && std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_some());
    if is_taken {
        return Err(cannot(Code::JX909, texts::cannot_write(name, texts::exists_already())));
    }
    let mut starter: Vec<_> = STARTER.files().collect();
    starter.sort_by_key(|file| file.path());
    for file in starter {
        let path = folder.join(file.path());
        files::write(&path, file.contents())?;
        terminal.note(&texts::written(files::shown(&path)));
    }
    terminal.note(&texts::what_next(name));
    Ok(Outcome::Fine)
}
