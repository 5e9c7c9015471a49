//! `jixiao check`

use std::path::Path;

use clap::ArgMatches;

use super::checking::{checked, outcome, select};
use super::files;
use super::output::{Terminal, cannot, summary};
use super::{Failure, Outcome, fix};
use crate::control::Wishes;
use crate::control::baseline::Baseline;
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::findings::Format;
use crate::workspace::Analysis;

pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let wishes = wishes(arguments)?;
    let mut selection = select(arguments)?;
    if arguments.get_flag("fix") {
        let fixed = fix::run(arguments, &mut selection, &wishes, terminal)?;
        if fixed.is_preview {
            return Ok(if fixed.changes { Outcome::Findings } else { Outcome::Fine });
        }
    }
    let mut analysis = checked(selection, &wishes, terminal);
    if let Some(path) = arguments.get_one::<std::path::PathBuf>("write-baseline") {
        let baseline = Baseline::of(&analysis.diagnostics, &analysis.sources, |name| name_from(path, name));
        files::write(path, baseline.to_json().as_bytes())?;
        terminal.note(&texts::written(files::shown(path)));
        terminal.note(&summary(&analysis));
        return Ok(Outcome::Fine);
    }
    if let Some(path) = arguments.get_one::<std::path::PathBuf>("baseline") {
        subtract(path, &mut analysis, terminal)?;
    }
    let outcome = outcome(&analysis);
    let counts = summary(&analysis);
    if terminal.is_quiet {
        analysis.diagnostics.retain(Diagnostic::is_error);
    }
    let most = arguments.get_one::<usize>("max-findings").copied().unwrap_or(usize::MAX);
    let left_out = analysis.diagnostics.len().saturating_sub(most);
    analysis.diagnostics.truncate(most);
    let format = match arguments.get_one::<String>("format") {
        _ if arguments.get_flag("full") => Format::Full,
        name => name.and_then(|name| Format::find(name)).unwrap_or(Format::Grouped),
    };
    terminal.answer(|out| format.write(&analysis, terminal.style, out))?;
    if left_out > 0 {
        terminal.note(&texts::more_findings(left_out));
    }
    terminal.note(&counts);
    if let (Format::Grouped, Some(first)) = (format, analysis.diagnostics.first()) {
        terminal.note(&texts::explain_hint(first.code.id()));
    }
    Ok(outcome)
}

fn wishes(arguments: &ArgMatches) -> Result<Wishes, Failure> {
    let mut wishes = Wishes { profile: arguments.get_one::<String>("profile").cloned(), ..Wishes::default() };
    let names = |option| arguments.get_many::<String>(option).into_iter().flatten().map(|name| name.trim());
    for name in names("select") {
        wishes.select.extend(codes(name)?);
    }
    for name in names("ignore") {
        wishes.ignore.extend(codes(name)?);
    }
    for name in names("deny") {
        match name {
            "warnings" => wishes.deny_warnings = true,
            name => wishes.deny.extend(codes(name)?),
        }
    }
    Ok(wishes)
}

/// The rules of a name.
fn codes(name: &str) -> Result<Vec<Code>, Failure> {
    let found = Code::matching(name);
    if found.is_empty() {
        return Err(cannot(Code::JX910, texts::unknown_code(name)));
    }
    Ok(found)
}

fn subtract(path: &Path, analysis: &mut Analysis, terminal: &Terminal) -> Result<(), Failure> {
    let shown = files::shown(path);
    let text = files::read_text(path).map_err(Failure::Told)?;
    let baseline =
        Baseline::from_json(&text).map_err(|reason| cannot(Code::JX907, texts::bad_baseline(shown, reason)))?;
    let Analysis { diagnostics, sources, .. } = analysis;
    let (known, gone) = baseline.subtract(diagnostics, sources, |name| name_from(path, name));
    if known > 0 {
        terminal.note(&texts::known_findings(known));
    }
    if gone > 0 {
        terminal.note(&texts::gone_findings(gone));
    }
    Ok(())
}

/// A file's path from the folder of the baseline, so that it holds wherever the command is run.
fn name_from(baseline: &Path, name: &str) -> String {
    let folder = baseline.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let full = |path: &Path| std::fs::canonicalize(path).ok();
    match (full(folder), full(Path::new(name))) {
        (Some(folder), Some(file)) => file.strip_prefix(&folder).map_or_else(|_| name.to_owned(), files::shown),
        _ => name.to_owned(),
    }
}
