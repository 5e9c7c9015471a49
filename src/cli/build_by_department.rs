//! `jixiao build` of a folder of very many files: its targets go to the formats a department at a time.

use std::io;
use std::path::PathBuf;

use super::artifacts::{Folder, SingleArtifact, chosen, not_one_file, output_folder, refuse_overwriting};
use super::cache::CacheFolder;
use super::many_files::{CheckedParts, ManyFiles};
use super::output::Terminal;
use super::staged::StagedArtifacts;
use super::writing;
use super::{Failure, Outcome, outputs};
use crate::backend::{Backend, CheckOutcome, RenderOptions, Sink, Stream};
use crate::control::Wishes;
use crate::diagnostic::texts;
use crate::findings::{FoundParts, draw};

/// What is to be built of the targets.
pub struct WantedTargets<'a> {
    /// Those that are made by default where none is named.
    pub formats: &'a [String],
    pub output: Option<&'a str>,
    /// Where the report shows findings: `screen`, `print` or `none`.
    pub findings: &'a str,
    /// Whether a table as text begins with a byte order mark.
    pub has_mark: bool,
}

/// None where the paths, or a format that is asked for, have to be read at once.
pub fn run(
    wanted: &WantedTargets<'_>,
    paths: &[String],
    cache: Option<&CacheFolder>,
    terminal: &Terminal,
) -> Option<Result<Outcome, Failure>> {
    let mut streams = chosen(wanted.formats).map(Backend::stream).collect::<Option<Vec<_>>>()?;
    let files = ManyFiles::listed(paths)?;
    let wishes = Wishes { fixes_of_errors_alone: true, ..Wishes::default() };
    files.check(&wishes, cache, true, terminal, |parts| build(&mut streams, parts, wanted, terminal))
}

fn build(
    streams: &mut [Box<dyn Stream + '_>],
    parts: &mut CheckedParts<'_>,
    wanted: &WantedTargets<'_>,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let shape =
        RenderOptions { language: terminal.language, byte_order_mark: wanted.has_mark, ..RenderOptions::default() };
    parts.are_all_asked_for = true;
    let mut staged = StagedArtifacts::new()?;
    let (mut looked, mut has_errors) = (Ok(()), false);
    let drawn = parts.each(&mut |part| {
        let errors = part.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let _ = draw(errors, part, terminal.style, &mut anstream::stderr().lock());
        has_errors |= part.has_errors();
        if looked.is_ok() && !has_errors {
            let review = CheckOutcome {
                diagnostics: &part.diagnostics,
                sources: &part.sources,
                in_print: wanted.findings == "print",
            };
            let shape = RenderOptions { review: (wanted.findings != "none").then_some(review), ..shape };
            looked = streams.iter_mut().try_for_each(|stream| stream.look(&part.model, &shape, &mut staged));
        }
        Ok(())
    });
    // Invariant: what is handed in above says of no part that it failed.
    drop(drawn);
    if parts.counts.has_errors() {
        terminal.note(&parts.counts.summary());
        terminal.note(&texts::nothing_written());
        return Ok(Outcome::Findings);
    }
    let folder = match wanted.output {
        Some("-") => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(output_folder(parts.settings(), parts.config().output.as_deref())?),
    };
    let of_streams = streams.iter().flat_map(|stream| stream.names());
    let names: Vec<PathBuf> = staged.names.iter().cloned().chain(of_streams).collect();
    let sources: Vec<PathBuf> = parts.paths().map(PathBuf::from).collect();
    let write = |parts: &mut CheckedParts<'_>, sink: &mut dyn Sink| -> io::Result<()> {
        looked?;
        staged.release(sink)?;
        streams.iter_mut().try_for_each(|stream| stream.write(parts, &shape, sink))
    };
    let Some(folder) = folder else {
        if names.len() != 1 {
            return Err(not_one_file(wanted.formats, names.len()));
        }
        terminal.answer(|out| write(parts, &mut SingleArtifact(out)))?;
        return Ok(Outcome::Fine);
    };
    refuse_overwriting(&folder, &names, &sources)?;
    outputs::note(&folder, names.iter().map(PathBuf::as_path))?;
    let mut sink = Folder { path: folder, last: PathBuf::new(), terminal };
    write(parts, &mut sink).map_err(|error| writing::cannot_write(&sink.last, &error))?;
    terminal.note(&parts.counts.summary());
    Ok(Outcome::Fine)
}
