//! `jixiao fmt`: writes files in the one layout, or says which are not in it.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Command};

use super::files::Selection;
use super::many_files::ManyFiles;
use super::options::{Asked, told};
use super::output::{Terminal, cannot};
use super::writing;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::format::{self, Formatted};
use crate::source::signs;

/// A file that formatting changes.
struct Reformatted {
    path: String,
    old: Arc<str>,
    new: String,
}

/// What `jixiao fmt` is asked.
#[derive(Args)]
#[group(skip)]
pub struct FormatOptions {
    #[arg(long)]
    check: bool,
    #[arg(long)]
    diff: bool,
    #[arg(long)]
    range: Option<String>,
    #[arg(long, value_parser = keywords())]
    keywords: Option<Language>,
    #[command(flatten)]
    asked: Asked,
}

pub fn command(language: Language) -> Command {
    let about = ["整理成统一的写法，不改内容", "write files in the one layout, their meaning unchanged"];
    told(
        FormatOptions::augment_args(Command::new("fmt")),
        language,
        about,
        &[
            Asked::PATHS,
            (
                "check",
                None,
                [
                    "只列出会改动的文件，不写；有则退出状态为 1",
                    "list the files that would change, write nothing; status 1 if any",
                ],
            ),
            (
                "diff",
                None,
                ["只显示会改什么，不写；有则退出状态为 1", "show what would change, write nothing; status 1 if any"],
            ),
            (
                "range",
                Some(["起:止", "START:END"]),
                ["只整理这些行，行号从 1 数起", "only these lines, counted from 1"],
            ),
            (
                "keywords",
                Some(["语言", "LANG"]),
                [
                    "把关键字和字段名换成中文（zh）或英文（en）",
                    "write keywords and labels in Chinese (zh) or English (en)",
                ],
            ),
            Asked::STDIN_FILENAME,
        ],
    )
}

fn keywords() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["zh", "en"]).map(|name| if name == "en" { Language::English } else { Language::Chinese })
}

pub fn run(options: &FormatOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let layout = layout(options)?;
    let files = FilesToFormat::of(&options.asked)?;
    if layout.lines.is_some() && files.len() > 1 {
        return Err(cannot(Code::JX910, texts::range_of_one_file()));
    }
    let mut could_not = false;
    let mut changes = Vec::new();
    let count = files.each(&mut |path, old| {
        let Formatted { text, has_mistakes, is_refused } = format::format(old, &layout);
        if is_refused {
            could_not = true;
            terminal.tell(&Diagnostic::without_place(Code::JX909, texts::not_formatted(path)));
        } else if has_mistakes {
            terminal.note(&texts::formatted_around_mistakes(path));
        }
        // What stays as it is, is let go: a county has thousands of files.
        if text != **old || options.asked.is_stdin(path) {
            changes.push(Reformatted { path: path.to_owned(), old: old.clone(), new: text });
        }
    });
    for diagnostic in files.unreadable() {
        could_not = true;
        terminal.tell(&diagnostic);
    }
    let only_shows = options.check || options.diff;
    if !only_shows {
        let (answers, files) = changes.into_iter().partition(|change| options.asked.is_stdin(&change.path));
        changes = files;
        let answers: Vec<Reformatted> = answers;
        answers.iter().try_for_each(|answer| terminal.print(&answer.new))?;
    }
    changes.retain(|change| change.new != *change.old);
    let outcome = if only_shows { show(options, &changes, count, terminal)? } else { write(&changes, terminal) };
    Ok(if could_not { Outcome::CouldNotRun } else { outcome })
}

/// What is formatted: files that were read, or very many that are read one by one.
enum FilesToFormat {
    Read(Selection),
    Listed(ManyFiles),
}

impl FilesToFormat {
    fn of(asked: &Asked) -> Result<Self, Failure> {
        match ManyFiles::listed(&asked.paths) {
            Some(files) => Ok(Self::Listed(files)),
            None => asked.select().map(Self::Read),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Read(selection) => selection.asked_for.len(),
            Self::Listed(files) => files.below().count(),
        }
    }

    /// Hands in the path and the text of each that can be read; how many they are.
    fn each(&self, take: &mut dyn FnMut(&str, &Arc<str>)) -> usize {
        match self {
            Self::Read(selection) => {
                let asked = selection.inputs.iter().filter(|input| selection.asked_for.contains(&input.path));
                asked.map(|input| take(&input.path, &input.text)).count()
            }
            Self::Listed(files) => {
                let read = files.below().filter_map(|path| Some((path, files.text(path)?)));
                read.map(|(path, text)| take(path, &text)).count()
            }
        }
    }

    fn unreadable(&self) -> Vec<Diagnostic> {
        match self {
            Self::Read(selection) => selection.unreadable.clone(),
            Self::Listed(files) => files.unreadable(),
        }
    }
}

/// Writes what can be written; a file that cannot keeps no other from its layout.
fn write(changes: &[Reformatted], terminal: &Terminal) -> Outcome {
    let mut outcome = Outcome::Fine;
    for change in changes {
        match writing::write(Path::new(&change.path), change.new.as_bytes()) {
            Ok(()) => terminal.note(&texts::written(&change.path)),
            Err(failure) => outcome = failure.report(terminal),
        }
    }
    outcome
}

/// Says what would change: names with `--check`, lines with `--diff`.
fn show(
    options: &FormatOptions,
    changes: &[Reformatted],
    count: usize,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    for change in changes {
        if options.diff {
            terminal.print_changes(&change.path, &change.old, &change.new)?;
        } else {
            terminal.print(&format!("{}\n", signs::in_one_line(&change.path)))?;
        }
    }
    terminal.note(&texts::would_format(changes.len(), count));
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn layout(options: &FormatOptions) -> Result<format::Formatting, Failure> {
    let lines = match &options.range {
        Some(range) => Some(lines(range).ok_or_else(|| cannot(Code::JX910, texts::bad_range(range)))?),
        None => None,
    };
    Ok(format::Formatting { keywords: options.keywords, lines })
}

/// `START:END`, counted from one, both included.
fn lines(range: &str) -> Option<RangeInclusive<usize>> {
    let (start, end) = range.split_once([':', '：'])?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (1 <= start && start <= end).then_some(start..=end)
}
