//! `jixiao merge-driver`: called by git to merge one file. `jixiao git setup` tells git about it.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use clap::{Arg, ArgMatches, Command, value_parser};

use super::Outcome;
use super::files;
use super::output::Terminal;
use crate::diagnostic::{Language, texts};
use crate::merge::{Markers, merge};

pub fn command(language: Language) -> Command {
    let t = |chinese: &'static str, english: &'static str| match language {
        Language::Chinese => chinese,
        Language::English => english,
    };
    let file = |id: &'static str, help: &'static str| {
        Arg::new(id).value_name(id).help(help).value_parser(value_parser!(PathBuf)).required(true)
    };
    Command::new("merge-driver")
        .about(t("由 git 调用：三方合并一个文件", "called by git: merge one file three ways"))
        .hide(true)
        .arg(file("base", t("共同的旧版本", "the common old version")))
        .arg(file("ours", t("我方的版本；结果写在这里", "our version; the result is written here")))
        .arg(file("theirs", t("对方的版本", "their version")))
        .arg(
            Arg::new("path").value_name("PATH").help(t("文件在仓库里的路径", "the path of the file in the repository")),
        )
        .arg(
            Arg::new("size")
                .short('L')
                .value_name("N")
                .help(t("冲突标记的长度", "how many signs a conflict marker has"))
                .value_parser(value_parser!(usize))
                .default_value("7"),
        )
}

/// 0 where nothing conflicts, 1 where markers were written; what git takes for a crash where nothing could be merged, so
/// that it never takes ours for the result.
pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Outcome {
    let path = |name: &str| arguments.get_one::<PathBuf>(name).cloned().unwrap_or_default();
    let (base, ours, theirs) = (path("base"), path("ours"), path("theirs"));
    let size = arguments.get_one::<usize>("size").copied().unwrap_or(7);
    let read = |path: &Path| files::read_text(path);
    let (Ok(before), Ok(one), Ok(other)) = (read(&base), read(&ours), read(&theirs)) else {
        return by_git([&ours, &base, &theirs], size);
    };
    let merged = merge(&before, &one, &other, &Markers { size, ..Markers::default() });
    if let Err(failure) = files::write(&ours, merged.text.as_bytes()) {
        failure.report(terminal);
        return Outcome::Crashed;
    }
    let shown = arguments.get_one::<String>("path").map_or_else(|| files::shown(&ours), Clone::clone);
    for conflict in &merged.conflicts {
        terminal.note(&texts::conflict_in(&*shown, if conflict.is_empty() { "?" } else { conflict }));
    }
    if merged.conflicts.is_empty() { Outcome::Fine } else { Outcome::Findings }
}

/// What is no text of ours is merged as git merges texts.
fn by_git(files: [&Path; 3], size: usize) -> Outcome {
    let mut git = std::process::Command::new("git");
    git.args(["merge-file", "-q", "--marker-size", &size.to_string()]);
    git.args(["-L", "ours", "-L", "base", "-L", "theirs"]).args(files).stdin(Stdio::null());
    match git.status().ok().and_then(|status| status.code()) {
        Some(0) => Outcome::Fine,
        Some(1..=127) => Outcome::Findings,
        _ => Outcome::Crashed,
    }
}
