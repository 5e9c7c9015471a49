//! `jixiao build`

use std::path::PathBuf;

use clap::ArgMatches;

use super::checking::{checked, outcome, select};
use super::files;
use super::output::{Terminal, cannot, summary};
use super::pdf;
use super::{Failure, Outcome};
use crate::backend::{self, Options, Review};
use crate::control::Wishes;
use crate::diagnostic::{Code, texts};
use crate::findings::draw;

pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut selection = select(arguments)?;
    // The neighbours of a single file stand in the outputs, too: what is found in them counts, unlike in `check`.
    selection.asked_for = selection.inputs.iter().map(|input| input.path.clone()).collect();
    let analysis = checked(selection, &Wishes::default(), terminal);
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let _ = draw(errors, &analysis, terminal.style, &mut anstream::stderr().lock());
    if analysis.has_errors() {
        terminal.note(&summary(&analysis));
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
    let options = Options {
        language: terminal.language,
        review: (findings != Some("none")).then_some(review),
        byte_order_mark: arguments.get_flag("bom"),
    };
    let mut artifacts: Vec<backend::Artifact> =
        backends.flat_map(|backend| backend.render(&analysis.model, &options)).collect();
    if wanted.iter().any(|name| *name == pdf::NAME) {
        artifacts.extend(pdf::render(&analysis.model, &options)?);
    }
    let folder = match arguments.get_one::<String>("output").map(String::as_str) {
        Some("-") => {
            let [artifact] = &artifacts[..] else {
                return Err(cannot(Code::JX909, texts::one_format_for_standard_output()));
            };
            terminal.print_bytes(&artifact.bytes)?;
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
    terminal.note(&summary(&analysis));
    Ok(Outcome::Fine)
}
