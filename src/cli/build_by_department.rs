//! `jixiao build` of a folder of very many files: its targets go to the formats a department at a time.

use std::io;
use std::path::PathBuf;

use super::artifacts::{Folder, SingleArtifact, chosen, not_one_file, output_folder, refuse_overwriting};
use super::cache::CacheFolder;
use super::many_files::{CheckedParts, ManyFiles};
use super::options::Asked;
use super::output::{SeverityCounts, Terminal};
use super::region::{self, StatedPlaces};
use super::revisions::ComparedVersion;
use super::since;
use super::staged::{RoomOfSystem, StagedArtifacts};
use super::writing;
use super::{Failure, Outcome, outputs};
use crate::backend::{Backend, ChangesSince, CheckOutcome, RenderOptions, Sink, Stream};
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
    /// What the report tells the changes since.
    pub since: Option<&'a ComparedVersion>,
    /// Of tables for engines.
    pub region: Option<&'a str>,
    pub year: Option<u16>,
}

/// What the formats have seen of all departments.
struct Looked<'s> {
    streams: Vec<Box<dyn Stream + 's>>,
    staged: StagedArtifacts,
    places: StatedPlaces,
    /// What could not be written aside.
    outcome: io::Result<()>,
}

/// None where the paths, or a format that is asked for, have to be read at once.
pub fn run(
    wanted: &WantedTargets<'_>,
    asked: &Asked,
    cache: Option<&CacheFolder>,
    terminal: &Terminal,
) -> Option<Result<Outcome, Failure>> {
    streams(wanted)?;
    let files = ManyFiles::listed(&asked.paths)?;
    let wishes = Wishes { fixes_of_errors_alone: true, ..Wishes::default() };
    files.check(&wishes, cache, true, terminal, |parts| {
        let changes = match wanted.since {
            None => None,
            Some(version) => Some(since::changes(version.clone(), asked.select()?, terminal)),
        };
        build(parts, (wanted, changes.as_ref()), terminal)
    })
}

fn streams(wanted: &WantedTargets<'_>) -> Option<Vec<Box<dyn Stream>>> {
    chosen(wanted.formats).map(Backend::stream).collect()
}

fn build(
    parts: &mut CheckedParts<'_>,
    (wanted, since): (&WantedTargets<'_>, Option<&ChangesSince>),
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let shape = RenderOptions {
        language: terminal.language,
        since,
        byte_order_mark: wanted.has_mark,
        region: wanted.region,
        year: wanted.year,
        room: Some(&RoomOfSystem),
        ..RenderOptions::default()
    };
    parts.are_all_asked_for = true;
    let mut looked = look(parts, wanted, &shape, terminal)?;
    if parts.counts.has_errors() {
        terminal.note(&parts.counts.summary());
        terminal.note(&texts::nothing_written());
        return Ok(Outcome::Findings);
    }
    let place = region::of_tables(wanted.region, wanted.year, wanted.formats, &looked.places, terminal)?;
    let shape = RenderOptions { region: place.region.as_deref(), year: place.year, ..shape };
    if shape.year != wanted.year && !looked.places.years.without.is_empty() {
        // What states no year is of the one that all others state, which nobody knew.
        parts.counts = SeverityCounts::default();
        looked = look(parts, wanted, &shape, terminal)?;
    }
    let Looked { mut streams, staged, outcome, .. } = looked;
    let folder = match wanted.output {
        Some("-") => None,
        Some(folder) => Some(PathBuf::from(folder)),
        None => Some(output_folder(parts.settings(), parts.config().output.as_deref())?),
    };
    let of_streams = streams.iter().flat_map(|stream| stream.names());
    let names: Vec<PathBuf> = staged.names.iter().cloned().chain(of_streams).collect();
    let sources: Vec<PathBuf> = parts.paths().map(PathBuf::from).collect();
    let write = |parts: &mut CheckedParts<'_>, sink: &mut dyn Sink| -> io::Result<()> {
        outcome?;
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

/// Checks all departments, and lets the formats look at them until there is an error.
fn look(
    parts: &mut CheckedParts<'_>,
    wanted: &WantedTargets<'_>,
    shape: &RenderOptions<'_>,
    terminal: &Terminal,
) -> Result<Looked<'static>, Failure> {
    let (streams, staged) = (streams(wanted).unwrap_or_default(), StagedArtifacts::new()?);
    let mut looked = Looked { streams, staged, places: StatedPlaces::default(), outcome: Ok(()) };
    let mut has_errors = false;
    let drawn = parts.each(&mut |part| {
        let errors = part.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let _ = draw(errors, part, terminal.style, &mut anstream::stderr().lock());
        has_errors |= part.has_errors();
        looked.places.add(&part.model);
        if looked.outcome.is_ok() && !has_errors {
            let review = CheckOutcome {
                diagnostics: &part.diagnostics,
                sources: &part.sources,
                in_print: wanted.findings == "print",
            };
            let review = (wanted.findings != "none").then_some(review);
            let shape = RenderOptions { review, sources: Some(&part.sources), ..*shape };
            let Looked { streams, staged, .. } = &mut looked;
            looked.outcome = streams.iter_mut().try_for_each(|stream| stream.look(&part.model, &shape, staged));
        }
        Ok(())
    });
    // Invariant: what is handed in above says of no part that it failed.
    drop(drawn);
    Ok(looked)
}
