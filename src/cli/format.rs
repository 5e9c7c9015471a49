//! `jixiao fmt`: writes files in the one layout, or says which are not in it.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use clap::ArgMatches;
use similar::TextDiff;

use super::checking::select;
use super::files;
use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Language, texts};
use crate::format::{Formatted, Options, format};

/// A file that formatting changes.
struct Reformatted {
    path: String,
    old: Arc<str>,
    new: String,
}

pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let selection = select(arguments)?;
    let options = options(arguments)?;
    let asked = || selection.inputs.iter().filter(|input| selection.asked_for.contains(&input.path));
    if options.lines.is_some() && asked().count() > 1 {
        return Err(cannot(Code::JX910, texts::range_of_one_file()));
    }
    let mut could_not = !selection.unreadable.is_empty();
    selection.unreadable.iter().for_each(|diagnostic| terminal.tell(diagnostic));
    let mut changes = Vec::new();
    let mut count = 0;
    for input in asked() {
        let Formatted { text, has_mistakes, is_refused } = format(&input.text, &options);
        count += 1;
        if is_refused {
            could_not = true;
            terminal.note(&texts::not_formatted(&input.path));
        } else if has_mistakes {
            terminal.note(&texts::formatted_around_mistakes(&input.path));
        }
        changes.push(Reformatted { path: input.path.clone(), old: input.text.clone(), new: text });
    }
    let only_shows = arguments.get_flag("check") || arguments.get_flag("diff");
    if reads_stdin(arguments) && !only_shows {
        let stdin = arguments.get_one::<String>("stdin-filename").map_or("", String::as_str);
        let (answers, files) = changes.into_iter().partition(|change| change.path == stdin);
        changes = files;
        let answers: Vec<Reformatted> = answers;
        answers.iter().try_for_each(|answer| terminal.print(&answer.new))?;
    }
    changes.retain(|change| change.new != *change.old);
    let outcome = if only_shows { show(arguments, &changes, count, terminal)? } else { write(&changes, terminal)? };
    Ok(if could_not { Outcome::CouldNotRun } else { outcome })
}

fn write(changes: &[Reformatted], terminal: &Terminal) -> Result<Outcome, Failure> {
    for change in changes {
        files::write(Path::new(&change.path), change.new.as_bytes())?;
        terminal.note(&texts::written(&change.path));
    }
    Ok(Outcome::Fine)
}

/// Says what would change: names with `--check`, lines with `--diff`.
fn show(
    arguments: &ArgMatches,
    changes: &[Reformatted],
    count: usize,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    for change in changes {
        if arguments.get_flag("diff") {
            let diff = TextDiff::from_lines(&*change.old, &change.new);
            let (from, to) = (format!("a/{}", change.path), format!("b/{}", change.path));
            terminal.print(&diff.unified_diff().header(&from, &to).to_string())?;
        } else {
            terminal.print(&format!("{}\n", change.path))?;
        }
    }
    terminal.note(&texts::would_format(changes.len(), count));
    Ok(if changes.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

fn reads_stdin(arguments: &ArgMatches) -> bool {
    arguments.get_many::<String>("paths").into_iter().flatten().any(|path| path == "-")
}

fn options(arguments: &ArgMatches) -> Result<Options, Failure> {
    let keywords = arguments.get_one::<String>("keywords").map(|language| match language.as_str() {
        "en" => Language::English,
        _ => Language::Chinese,
    });
    let lines = match arguments.get_one::<String>("range") {
        Some(range) => Some(lines(range).ok_or_else(|| cannot(Code::JX910, texts::bad_range(range)))?),
        None => None,
    };
    Ok(Options { keywords, lines })
}

/// `START:END`, counted from one, both included.
fn lines(range: &str) -> Option<RangeInclusive<usize>> {
    let (start, end) = range.split_once([':', '：'])?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (1 <= start && start <= end).then_some(start..=end)
}
