//! `jixiao build`

use std::path::PathBuf;

use clap::ArgMatches;

use super::check::outcome;
use super::files::{self, Selection};
use super::output::{Terminal, cannot, summary};
use super::{Failure, Outcome};
use crate::backend::{self, Options, Review};
use crate::diagnostic::{Code, texts};
use crate::workspace::{Analysis, analyse};

pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let analysis = analyse_all(arguments, terminal)?;
    let to_terminal = terminal.report(&analysis.diagnostics, &analysis.sources, false);
    anstream::eprint!("{to_terminal}");
    if analysis.has_errors() {
        terminal.note(&summary(&analysis.diagnostics));
        terminal.note(&texts::nothing_written());
        return Ok(outcome(&analysis));
    }
    let wanted: Vec<&String> = arguments.get_many::<String>("to").into_iter().flatten().collect();
    let backends = backend::ALL
        .iter()
        .filter(|one| wanted.is_empty() && one.is_default() || wanted.iter().any(|name| *name == one.name()));
    let findings = arguments.get_one::<String>("findings").map(String::as_str);
    let review =
        Review { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: findings == Some("print") };
    let options = Options { language: terminal.language, review: (findings != Some("none")).then_some(review) };
    let artifacts: Vec<backend::Artifact> =
        backends.flat_map(|backend| backend.render(&analysis.model, &options)).collect();
    let folder = match arguments.get_one::<String>("output").map(String::as_str) {
        Some("-") => {
            let [artifact] = &artifacts[..] else {
                return Err(cannot(Code::JX909, texts::one_format_for_standard_output()));
            };
            terminal.print(&String::from_utf8_lossy(&artifact.bytes))?;
            return Ok(Outcome::Fine);
        }
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(analysis.config.output.as_deref().unwrap_or("jixiao-out")),
    };
    for artifact in &artifacts {
        let path = folder.join(&artifact.path);
        files::write(&path, &artifact.bytes)?;
        terminal.note(&texts::written(files::shown(&path)));
    }
    terminal.note(&summary(&analysis.diagnostics));
    Ok(Outcome::Fine)
}

/// Reads and checks what a command was asked to, and all that is compiled with it: the neighbours of a single file stand
/// in the outputs, too, so that what is found in them counts, unlike in `check`.
fn analyse_all(arguments: &ArgMatches, terminal: &Terminal) -> Result<Analysis, Failure> {
    let paths: Vec<String> = arguments.get_many::<String>("paths").into_iter().flatten().cloned().collect();
    let stdin_name = arguments.get_one::<String>("stdin-filename").map_or("<stdin>", String::as_str);
    let Selection { inputs, settings, mut unreadable, .. } = files::select(&paths, stdin_name)?;
    let bar = terminal.progress(inputs.iter().map(|input| input.text.len()).sum());
    let mut analysis = analyse(inputs, settings);
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    unreadable.append(&mut analysis.diagnostics);
    analysis.diagnostics = unreadable;
    Ok(analysis)
}
