//! `jixiao merge-driver`: called by git to merge one file. `jixiao git setup` tells git about it.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use clap::{Args, Command};

use super::Outcome;
use super::files;
use super::options::told;
use super::output::Terminal;
use super::writing;
use crate::diagnostic::{Language, texts};
use crate::merge::{Markers, merge};

pub const NAME: &str = "merge-driver";

/// What git tells `jixiao merge-driver`.
#[derive(Args)]
#[group(skip)]
pub struct MergeDriverOptions {
    base: PathBuf,
    ours: PathBuf,
    theirs: PathBuf,
    path: Option<String>,
    #[arg(short = 'L', default_value = "7")]
    size: usize,
}

pub fn command(language: Language) -> Command {
    let about = ["由 git 调用：三方合并一个文件", "called by git: merge one file three ways"];
    told(
        MergeDriverOptions::augment_args(Command::new(NAME)).hide(true),
        language,
        about,
        &[
            ("base", Some(["base"; 2]), ["共同的旧版本", "the common old version"]),
            ("ours", Some(["ours"; 2]), ["我方的版本；结果写在这里", "our version; the result is written here"]),
            ("theirs", Some(["theirs"; 2]), ["对方的版本", "their version"]),
            ("path", Some(["PATH"; 2]), ["文件在仓库里的路径", "the path of the file in the repository"]),
            ("size", Some(["N"; 2]), ["冲突标记的长度", "how many signs a conflict marker has"]),
        ],
    )
}

/// 0 where nothing conflicts, 1 where markers were written; what git takes for a crash where nothing could be merged, so
/// that it never takes ours for the result.
pub fn run(options: &MergeDriverOptions, terminal: &Terminal) -> Outcome {
    let MergeDriverOptions { base, ours, theirs, path, size } = options;
    let size = *size;
    let read = |path: &Path| files::read_text(path);
    let (Ok(before), Ok(one), Ok(other)) = (read(base), read(ours), read(theirs)) else {
        return by_git([ours, base, theirs], size);
    };
    let marked = |shows_base| merge(&before, &one, &other, &Markers { size, shows_base, ..Markers::default() });
    let mut merged = marked(false);
    if !merged.conflicts.is_empty() && wants_base() {
        merged = marked(true);
    }
    if let Err(failure) = writing::write(ours, merged.text.as_bytes()) {
        failure.report(terminal);
        return Outcome::Crashed;
    }
    let shown = path.clone().unwrap_or_else(|| files::shown(ours));
    for conflict in &merged.conflicts {
        terminal.note(&texts::conflict_in(&*shown, if conflict.is_empty() { "?" } else { conflict }));
    }
    if merged.conflicts.is_empty() { Outcome::Fine } else { Outcome::Findings }
}

/// Whether the person wants to see what both sides of a conflict began with.
fn wants_base() -> bool {
    let style = std::process::Command::new("git").args(["config", "--get", "merge.conflictStyle"]).output();
    style.is_ok_and(|style| style.stdout.trim_ascii().ends_with(b"diff3"))
}

/// What is no text of ours is merged as git merges texts.
fn by_git(files: [&Path; 3], size: usize) -> Outcome {
    let mut git = std::process::Command::new("git");
    git.args(["merge-file", "-q", "--marker-size", &size.to_string()]);
    git.args(["-L", "ours", "-L", "base", "-L", "theirs", "--"]).args(files).stdin(Stdio::null());
    match git.status().ok().and_then(|status| status.code()) {
        Some(0) => Outcome::Fine,
        Some(1..=127) => Outcome::Findings,
        _ => Outcome::Crashed,
    }
}
