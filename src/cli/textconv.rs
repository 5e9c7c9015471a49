//! `jixiao textconv`: called by git to show a file in a diff. A document is shown as the `.jx` text that an import makes
//! of it; before each project and indicator stands a line that names it, for git to put into the headers of hunks.
//!
//! Git takes for a header the last such line above what it shows, and it shows three lines around a change. So three empty
//! lines follow the name: without them a header would name the indicator before.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Command};

use super::files;
use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::Language;
use crate::import;
use crate::model::text;
use crate::source::Sources;
use crate::syntax::{self, Node, StatementKind, ValueKind};

/// What a line that names begins with; git is told to look for it.
pub const RULER: &str = "── ";
/// Git cuts a header after so many bytes, if need be through a sign.
const HEADER_BYTES: usize = 78;

/// What git tells `jixiao textconv`.
#[derive(Args)]
#[group(skip)]
pub struct TextconvOptions {
    file: PathBuf,
}

pub fn command(language: Language) -> Command {
    let about = ["由 git 调用：把文件变成便于比较的文字", "called by git: a file as text to compare"];
    told(
        TextconvOptions::augment_args(Command::new("textconv")).hide(true),
        language,
        about,
        &[("file", Some(["文件", "FILE"]), ["jx、docx、xlsx 等文件", "a jx, docx or xlsx file"])],
    )
}

/// Prints the text. A document that cannot be read is one line that says so: git would give up the whole diff otherwise.
pub fn run(options: &TextconvOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let path = &options.file;
    let text = if path.extension().is_some_and(|extension| extension == "jx") {
        source(path, terminal.language)
    } else {
        document(path, terminal.language)
    };
    terminal.print(&text)?;
    Ok(Outcome::Fine)
}

fn source(path: &Path, language: Language) -> String {
    let bytes = match files::read_bytes(path, syntax::MAXIMUM_FILE_BYTES as u64) {
        Ok(bytes) => bytes,
        Err(diagnostic) => return format!("{}\n", diagnostic.message.in_language(language)),
    };
    match syntax::decode(&files::shown(path), bytes.clone()) {
        Ok(text) => with_rulers(&text),
        Err(_) => String::from_utf8_lossy(&bytes).into_owned(),
    }
}

fn document(path: &Path, language: Language) -> String {
    let options = import::Importing { language, ..import::Importing::default() };
    let read = files::read_bytes(path, import::MAXIMUM_FILE_BYTES);
    let imported =
        read.as_ref().map_err(Clone::clone).and_then(|bytes| import::import(&files::shown(path), bytes, &options));
    match imported {
        Ok(imported) => imported.files.iter().map(|(_, text)| with_rulers(text) + "\n").collect(),
        Err(diagnostic) => {
            use sha2::{Digest, Sha256};
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let message = diagnostic.message.in_language(language).replace(&files::shown(path), &name);
            // Two unreadable documents that differ still do.
            let bytes = read.unwrap_or_default();
            let digest = Sha256::digest(&bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
            format!("{message}\nsha256 {digest}\n")
        }
    }
}

/// The text with a line that names it before each declaration and each indicator.
pub fn with_rulers(text: &str) -> String {
    let shared: Arc<str> = text.into();
    let file = Sources::default().add("", "");
    let (tree, _) = syntax::parse(file, &shared);
    let mut rulers = Vec::new();
    for root in tree.roots(file, &shared) {
        let name = name_of(root);
        rulers.push((start_of(text, root), shortened(&name, "")));
        for child in root.children().filter(|child| child.kind() == StatementKind::Indicator) {
            rulers.push((start_of(text, child), shortened(&name, &name_of(child))));
        }
    }
    rulers.sort();
    let mut out = String::new();
    let mut end = 0;
    for (start, name) in rulers.into_iter().filter(|(_, name)| !name.is_empty()) {
        out += &text[end..start];
        out.extend([RULER, &name, "\n\n\n\n"]);
        end = start;
    }
    out + &text[end..]
}

fn name_of(node: Node<'_>) -> String {
    let values = node.values();
    let place = match node.kind() {
        StatementKind::Indicator => values.get(1),
        StatementKind::Standard => values.first(),
        StatementKind::Occasion => return node.slice(node.statement().head).to_owned(),
        StatementKind::Department | StatementKind::Project | StatementKind::Field => {
            values.iter().rfind(|value| matches!(value.kind, ValueKind::Path | ValueKind::Quoted))
        }
    };
    place.map_or_else(String::new, |value| text::unquote(node.slice(value.bytes)).0)
}

/// The start of the first line that belongs to a statement: its own, or that of the comments right above it.
fn start_of(text: &str, node: Node<'_>) -> usize {
    let line_of = |offset: usize| text[..offset].rfind('\n').map_or(0, |end| end + 1);
    let mut start = line_of(node.statement().head.start as usize);
    while start > 0 {
        let above = line_of(start - 1);
        if !text[above..start].trim_start().starts_with(['#', '＃']) {
            break;
        }
        start = above;
    }
    start
}

/// `项目 · 指标` in as many bytes as git shows; the indicator is cut last.
fn shortened(project: &str, indicator: &str) -> String {
    let fit = |text: &str, bytes: usize| {
        if text.len() <= bytes {
            return text.to_owned();
        }
        let ends = text.char_indices().map(|(offset, _)| offset).take_while(|offset| offset + "…".len() <= bytes);
        format!("{}…", &text[..ends.last().unwrap_or(0)])
    };
    if indicator.is_empty() {
        return fit(project, HEADER_BYTES);
    }
    let between = " · ";
    let indicator = fit(indicator, HEADER_BYTES - between.len() - 15);
    format!("{}{between}{indicator}", fit(project, HEADER_BYTES - between.len() - indicator.len()))
}
