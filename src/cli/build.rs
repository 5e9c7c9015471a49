//! `jixiao build`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::checking::{checked, outcome, select};
use super::files;
use super::output::{Terminal, cannot, summary};
use super::pdf;
use super::{Failure, Outcome};
use crate::backend::{self, Contents, Names, Options, Review, Scope, Sink};
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
    // First, so that nothing is written where no program can print it.
    let pdf = if wanted.iter().any(|name| *name == pdf::NAME) {
        pdf::render(&analysis.model, Scope::Workspace, &options)?
    } else {
        Vec::new()
    };
    let render = |sink: &mut dyn Sink| -> io::Result<()> {
        for backend in backends.clone() {
            backend.render(&analysis.model, Scope::Workspace, &options, sink)?;
        }
        pdf.iter().try_for_each(|artifact| sink.artifact(&artifact.path, &mut |out| out.write_all(&artifact.bytes)))
    };
    let folder = match arguments.get_one::<String>("output").map(String::as_str) {
        Some("-") => {
            let mut names = Names::default();
            terminal.answer(|_| render(&mut names))?;
            if names.0.len() != 1 {
                return Err(cannot(Code::JX909, texts::one_format_for_standard_output()));
            }
            terminal.answer(|out| render(&mut Answer(out)))?;
            return Ok(Outcome::Fine);
        }
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(analysis.config.output.as_deref().unwrap_or("jixiao-out")),
    };
    let mut folder = Folder { path: folder, last: PathBuf::new(), terminal };
    render(&mut folder).map_err(|error| files::cannot_write(&folder.last, &error))?;
    terminal.note(&summary(&analysis));
    Ok(Outcome::Fine)
}

/// Files in a folder, each told when it is there.
struct Folder<'a> {
    path: PathBuf,
    /// The last file that was begun.
    last: PathBuf,
    terminal: &'a Terminal,
}

impl Sink for Folder<'_> {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()> {
        self.last = self.path.join(path);
        files::write_by(&self.last, contents)?;
        self.terminal.note(&texts::written(files::shown(&self.last)));
        Ok(())
    }
}

/// The one artifact that is an answer.
struct Answer<'a>(&'a mut dyn Write);

impl Sink for Answer<'_> {
    fn artifact(&mut self, _: &Path, contents: Contents<'_>) -> io::Result<()> {
        contents(self.0)
    }
}
