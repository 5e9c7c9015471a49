//! `jixiao lsp`: the language server on standard input and output.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use clap::Command;

use super::Outcome;
use super::files::{self, Selection};
use super::options::{Common, told};
use super::output::Terminal;
use crate::diagnostic::Language;
use crate::lsp::{self, Disk, WorkspaceReading};

pub fn command(language: Language) -> Command {
    let about =
        ["语言服务器，供编辑器用，走标准输入输出", "the language server for editors, on standard input and output"];
    told(Command::new("lsp"), language, about, &[])
}

pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let is_asked_for =
        common.lang.is_some() || std::env::var_os("JIXIAO_LANG").is_some_and(|language| !language.is_empty());
    let (connection, writer) = lsp::standard_streams();
    let is_fine = lsp::serve(&connection, &Stored, is_asked_for.then_some(terminal.language));
    drop(connection);
    let _ = writer.join();
    if is_fine { Outcome::Fine } else { Outcome::Findings }
}

/// The files of this machine.
struct Stored;

impl Disk for Stored {
    fn read(&self, path: &str, open: &BTreeMap<String, Arc<str>>) -> WorkspaceReading {
        let Selection { inputs, settings, asked_for, unreadable, .. } = files::select_with_open(Path::new(path), open);
        WorkspaceReading { files: inputs, settings, asked_for, unreadable }
    }
}
