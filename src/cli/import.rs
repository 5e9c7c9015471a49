//! `jixiao import`: documents to a workspace. What is there stays what it is, but for what the document says anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, Command, ValueHint};
use rayon::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::convert;
use super::files;
use super::imported_folder::{DocumentRecords, FolderOffices, FolderThere, FolderWork, ImportedFolder, read_into};
use super::listing::Listing;
use super::options::told;
use super::output::{Terminal, cannot};
use super::outputs;
use super::writing;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::import::{self, Imported, KnownOffice, report};
use crate::merge::Markers;
use crate::workspace::{Analysis, analyse};

/// A document and what became of it.
struct OfficeDocument {
    path: PathBuf,
    /// The folder to write its office to.
    folder: PathBuf,
    result: Result<Imported, Diagnostic>,
    state: DocumentState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DocumentState {
    Written,
    Unchanged,
    /// With `--diff`: something would be written.
    Shown,
    Conflict,
    Failed,
}

/// What `jixiao import` is asked.
#[derive(Args)]
#[group(skip)]
pub struct ImportOptions {
    #[arg(num_args = 1.., action = ArgAction::Set, required = true, value_hint = ValueHint::AnyPath)]
    documents: Vec<PathBuf>,
    #[arg(short, long, value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
    #[arg(long)]
    standard: Option<String>,
    #[arg(long, value_hint = ValueHint::FilePath)]
    report: Option<PathBuf>,
    #[arg(long)]
    diff: bool,
    #[arg(long)]
    force: bool,
    #[arg(long)]
    convert: bool,
}

pub fn command(language: Language) -> Command {
    let about = ["把已有的文档变成绩效目标的文件", "turn documents into files of targets"];
    told(
        ImportOptions::augment_args(Command::new("import")),
        language,
        about,
        &[
            (
                "documents",
                Some(["文档", "DOCUMENT"]),
                [
                    "docx、xlsx、html、ofd、csv、txt 文档，本程序的 targets.json，或放着它们的文件夹",
                    "docx, xlsx, html, ofd, csv or txt documents, our own targets.json, or folders of them",
                ],
            ),
            (
                "output",
                Some(["文件夹", "DIR"]),
                ["写到哪个文件夹；不写时用文档的名称", "the folder to write to; else the document's name"],
            ),
            (
                "standard",
                Some(["标准", "STANDARD"]),
                [
                    "按这个标准导入；不写时选表式最接近的",
                    "import into this standard; else the one whose form is nearest",
                ],
            ),
            (
                "report",
                Some(["文件", "FILE"]),
                [
                    "写出每个字的去处：文件.json 和 文件.html；带扩展名时只写那一种",
                    "write where every sign went: FILE.json and FILE.html, or one of them by its extension",
                ],
            ),
            (
                "diff",
                None,
                ["只显示文件夹里会改什么，什么也不写", "show what would change in the folder, and write nothing"],
            ),
            (
                "force",
                None,
                ["有冲突的地方取文档里的，不写冲突标记", "where there are conflicts take what the document says"],
            ),
            (
                "convert",
                None,
                [
                    "doc、wps、rtf 等先用机器上的 LibreOffice 转换",
                    "convert doc, wps, rtf and the like first, by LibreOffice on this machine",
                ],
            ),
        ],
    )
}

pub fn run(options: &ImportOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let output = options.output.as_deref();
    let (documents, unreadable) = documents(&options.documents)?;
    for diagnostic in &unreadable {
        terminal.tell(diagnostic);
    }
    let is_single = documents.len() == 1 && options.documents[0].is_file();
    let bar = terminal.progress_of(documents.len() as u64, &texts::importing(documents.len()));
    let with_offices = |there: FolderThere| {
        let offices = there.offices();
        (there, offices)
    };
    let around = output.map(|output| FolderThere::read(output).map(with_offices)).transpose()?;
    // What comes into a folder follows the standard there, unless the person names one.
    let choices_in = |(there, offices): &(FolderThere, FolderOffices), document: Option<&Imported>| {
        let choices = there.choices(offices, document, terminal.language);
        import::Importing { standard: options.standard.clone().or(choices.standard), ..choices }
    };
    let import_into = |path: &Path, there: &(FolderThere, FolderOffices)| {
        let read = |choices: &import::Importing| import_file(path, options.convert, choices, terminal);
        read_into(read, |document| choices_in(there, document))
    };
    // In the order of the documents, whichever is read first.
    let import = |path: PathBuf| {
        let folder = folder_of(&path, output, is_single);
        let result = if let Some(there) = &around {
            import_into(&path, there)
        } else {
            let there = FolderThere::read(&folder).map(with_offices).map_err(|Failure::Told(why)| why);
            there.and_then(|there| import_into(&path, &there))
        };
        if let Some(bar) = &bar {
            bar.inc(1);
        }
        OfficeDocument { path, folder, result, state: DocumentState::Failed }
    };
    let mut read: Vec<OfficeDocument> = documents.into_par_iter().map(import).collect();
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    part_folders(&mut read);
    let names = record_names(&read);
    let nowhere = with_offices(FolderThere::default());
    let choices_of = |imported: &Imported| choices_in(around.as_ref().unwrap_or(&nowhere), Some(imported));
    put_beside_known(&mut read, &names, output, options.convert, &choices_of, terminal);
    // What is of a department of the folder goes to it, wherever that lies.
    if let (Some((around, _)), Some(output)) = (around.as_ref().filter(|_| !is_single), output) {
        for document in &mut read {
            if document.result.as_ref().is_ok_and(|imported| around.has_department_of(&imported.files)) {
                document.folder = output.to_path_buf();
            }
        }
    }
    for (document, names) in read.iter_mut().zip(&names) {
        // What cannot be written of one keeps nothing of the others back.
        if let Err(Failure::Told(failure)) = write(document, names, options, terminal) {
            document.state = DocumentState::Failed;
            document.result = Err(failure);
        }
    }
    if let Some(path) = &options.report {
        write_report(path, &read, terminal)?;
    }
    if is_single && (!terminal.is_quiet || read[0].result.is_err()) {
        tell(&read[0], terminal)?;
    } else {
        for document in &read {
            if let Err(diagnostic) = &document.result {
                terminal.tell(diagnostic);
            }
        }
        if !terminal.is_quiet {
            terminal.print(&summary(&read, terminal))?;
        }
    }
    let outcome = outcome(&read);
    Ok(if unreadable.is_empty() || outcome != Outcome::Fine { outcome } else { Outcome::Findings })
}

fn outcome(read: &[OfficeDocument]) -> Outcome {
    if read.iter().all(|document| document.state == DocumentState::Failed) {
        return Outcome::CouldNotRun;
    }
    let is_fine = |document: &OfficeDocument| {
        let whole = document.result.as_ref().is_ok_and(Imported::is_whole);
        whole && matches!(document.state, DocumentState::Written | DocumentState::Unchanged)
    };
    if read.iter().all(is_fine) { Outcome::Fine } else { Outcome::Findings }
}

/// The documents of the paths: files as they are, folders with every document below them; and what could not be read.
fn documents(paths: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<Diagnostic>), Failure> {
    let mut documents = Vec::new();
    let mut missed = Vec::new();
    for path in paths {
        if path.is_dir() {
            let Listing { files: found, unreadable } = files::documents_below(path);
            missed.extend(unreadable);
            if found.is_empty() && missed.is_empty() {
                return Err(cannot(Code::JX908, texts::no_documents(files::shown(path))));
            }
            documents.extend(found);
        } else {
            documents.push(path.clone());
        }
    }
    Ok((documents, missed))
}

fn import_file(
    path: &Path,
    converts: bool,
    options: &import::Importing,
    terminal: &Terminal,
) -> Result<Imported, Diagnostic> {
    let name = files::shown(path);
    let bytes = files::read_bytes(path, import::MAXIMUM_FILE_BYTES)?;
    if let Some(converter) = import::kind::converter(import::kind::FileKind::of(&name, &bytes)).filter(|_| converts) {
        let (name, bytes) = convert::convert(path, converter, import::kind::FileKind::of(&name, &bytes))?;
        terminal.note(&texts::converted_by(converter.program()));
        return import::import(&name, &bytes, options);
    }
    import::import(&name, &bytes, options)
}

/// One document goes to the folder itself, each of several to a folder of its own below it.
fn folder_of(path: &Path, output: Option<&Path>, is_single: bool) -> PathBuf {
    let stem = path.file_stem().map_or_else(|| PathBuf::from("office"), PathBuf::from);
    match output {
        Some(folder) if is_single => folder.to_path_buf(),
        Some(folder) => folder.join(stem),
        None => stem,
    }
}

/// A department whose targets are there already, or come from another of the documents.
struct KnownFolder<'a> {
    known: KnownOffice<'a>,
    folder: PathBuf,
    /// Texts of standards that its targets rest on, beside those of the workspace.
    standards: Vec<(String, String)>,
}

/// Forms of the year meet the targets of their projects: those below the output, else those of the other documents, of which
/// plain targets come first. What they say of the year goes there.
fn put_beside_known(
    read: &mut [OfficeDocument],
    names: &[Vec<String>],
    output: Option<&Path>,
    converts: bool,
    choices_of: &dyn Fn(&Imported) -> import::Importing,
    terminal: &Terminal,
) {
    let is_of_year = |document: &OfficeDocument| document.result.as_ref().is_ok_and(Imported::is_of_year);
    if !read.iter().any(is_of_year) {
        return;
    }
    let there = output.and_then(offices_below);
    let mut is_base: Vec<bool> = read.iter().map(|document| document.result.is_ok() && !is_of_year(document)).collect();
    for index in 0..read.len() {
        if !is_of_year(&read[index]) {
            continue;
        }
        // What it said the last time is its own: it is merged.
        if DocumentRecords::new(&read[index].folder, &names[index]).has_brought_projects() {
            is_base[index] = true;
            continue;
        }
        let Ok(own) = &read[index].result else { continue };
        let below = there.as_ref().and_then(|there| {
            let known = own.known_in(&there.model)?;
            let path = Path::new(&there.sources.get(there.model[known.id].span.file).path);
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            Some(KnownFolder { known, folder, standards: Vec::new() })
        });
        let among = || {
            let bases = read.iter().zip(&is_base).filter(|(_, is_base)| **is_base);
            bases.into_iter().find_map(|(other, _)| {
                let base = other.result.as_ref().ok()?;
                let known = own.known_in(&base.model)?;
                let standards = base.files.iter().filter(|(path, _)| path == import::STANDARD_FILE).cloned();
                // Of several departments each has a folder of its own, which only a check of what is written finds.
                let is_alone = base.model.departments.len() == 1;
                is_alone.then(|| KnownFolder { known, folder: other.folder.clone(), standards: standards.collect() })
            })
        };
        let Some(KnownFolder { known, folder, standards }) = below.or_else(among) else {
            is_base[index] = true;
            continue;
        };
        let mut options = Imported::as_known(known, &choices_of(own));
        options.standards.extend(standards);
        let stem = read[index].path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let again = import_file(&read[index].path, converts, &options, terminal);
        let Ok(mut again) = again else { continue };
        again.put_beside(known, &stem);
        read[index].result = Ok(again);
        read[index].folder = folder;
    }
    part_files(read);
}

/// Documents about the same day of one department: none takes the file of another.
fn part_files(read: &mut [OfficeDocument]) {
    let mut taken: BTreeSet<PathBuf> = BTreeSet::new();
    for document in read {
        let Ok(imported) = &mut document.result else { continue };
        for (path, _) in &mut imported.files {
            let plain = path.clone();
            let mut number = 2;
            while !taken.insert(document.folder.join(&*path)) {
                *path = plain.replace(".jx", &format!("-{number}.jx"));
                number += 1;
            }
        }
    }
}

/// What a folder holds already; none where nothing is there.
fn offices_below(folder: &Path) -> Option<Analysis> {
    let path = folder.is_dir().then(|| folder.to_str())??.to_owned();
    let selection = files::gather(&[path], files::STDIN).ok().filter(|found| !found.inputs.is_empty())?;
    Some(analyse(selection.inputs, selection.settings))
}

/// What each document is called in the records of folders: by its file, with the folder around it where others have that
/// name; and what it may be called there, when it came with others or without.
fn record_names(read: &[OfficeDocument]) -> Vec<Vec<String>> {
    let name = |document: &OfficeDocument| document.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let all = |document: &OfficeDocument| {
        let own = name(document);
        let full = std::path::absolute(&document.path).ok();
        let around = full.as_ref().and_then(|path| path.parent()).and_then(Path::file_name);
        let long = around.map(|around| format!("{}-{own}", around.to_string_lossy()));
        let is_shared = read.iter().filter(|other| name(other) == own).count() > 1;
        match long {
            // The short name may be that of another one.
            Some(long) if is_shared => vec![long],
            Some(long) => vec![own, long],
            None => vec![own],
        }
    };
    read.iter().map(all).collect()
}

/// Documents of one name, such as a.docx and a.xlsx, must not share a folder.
fn part_folders(read: &mut [OfficeDocument]) {
    for index in 1..read.len() {
        let taken = |folder: &Path| read[..index].iter().any(|other| other.folder == folder);
        let mut folder = read[index].folder.clone();
        let mut number = 2;
        while taken(&folder) {
            let name = read[index].folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            folder = read[index].folder.with_file_name(format!("{name}-{number}"));
            number += 1;
        }
        read[index].folder = folder;
    }
}

/// Writes an office, over what stands there: a new text where there is none, else what both become. Both sides of a
/// conflict stand in the file. All is written, or nothing.
fn write(
    document: &mut OfficeDocument,
    names: &[String],
    options: &ImportOptions,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let Ok(imported) = &document.result else { return Ok(()) };
    let name = document.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let markers = Markers {
        ours: texts::side_of_folder().in_language(terminal.language).into_owned(),
        theirs: name.clone(),
        takes_theirs: options.force,
        ..Markers::default()
    };
    let mut there = FolderThere::read(&document.folder)?;
    let mut work = FolderWork::new(&document.folder, options.diff, terminal);
    if options.force {
        for (path, old, new) in there.take_theirs() {
            work.put(&path, Some(&old), &new)?;
        }
    }
    let open = there.in_conflict();
    let refuse = |text: Text| Diagnostic::without_place(Code::JX608, text);
    if !open.is_empty() {
        terminal.tell(&refuse(texts::conflicts_first(open.join(" "))));
        document.state = DocumentState::Conflict;
        return Ok(());
    }
    let records = DocumentRecords::new(&document.folder, names);
    let incoming = match there.with(&records, imported, &markers)? {
        Ok(merged) => merged,
        Err(refusal) => {
            for one in there.refused(&refusal) {
                terminal.tell(&one);
            }
            document.state = DocumentState::Conflict;
            return Ok(());
        }
    };
    let files = &incoming.merged.files;
    let conflicts = incoming.conflicts();
    for file in files.iter().filter(|file| ImportedFolder::is_other(file)) {
        work.put(&file.path, file.before.as_deref(), &file.merged.text)?;
    }
    work.finish(&records, imported)?;
    for note in incoming.notes(&document.folder, &name) {
        terminal.note(&note);
    }
    if conflicts > 0 && !options.force {
        terminal.tell(&refuse(texts::import_conflicts(conflicts)));
    }
    document.state = match conflicts {
        0 if !files.iter().any(ImportedFolder::is_other) => DocumentState::Unchanged,
        _ if options.diff => DocumentState::Shown,
        0 => DocumentState::Written,
        _ if options.force => DocumentState::Written,
        _ => DocumentState::Conflict,
    };
    Ok(())
}

/// JSON and HTML beside each other; only one of them where the path has its extension.
fn write_report(path: &Path, read: &[OfficeDocument], terminal: &Terminal) -> Result<(), Failure> {
    let imports: Vec<(String, &Imported)> = read
        .iter()
        .filter_map(|document| Some((files::shown(&document.path), document.result.as_ref().ok()?)))
        .collect();
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    for kind in ["json", "html"] {
        let wanted = !matches!(extension, "json" | "html") || extension == kind;
        if wanted {
            let path = if extension == kind {
                path.to_path_buf()
            } else {
                PathBuf::from(format!("{}.{kind}", path.display()))
            };
            let text = if kind == "json" { report::json } else { report::html }(&imports, terminal.language);
            let folder = path.parent().unwrap_or(Path::new(""));
            outputs::note(folder, path.file_name().map(Path::new))?;
            writing::write(&path, text.as_bytes())?;
            terminal.note(&texts::written(files::shown(&path)));
        }
    }
    Ok(())
}

/// What was read, what was guessed and what is left over, line by line.
fn tell(document: &OfficeDocument, terminal: &Terminal) -> Result<(), Failure> {
    let imported = match &document.result {
        Ok(imported) => imported,
        Err(diagnostic) => {
            terminal.tell(diagnostic);
            return Ok(());
        }
    };
    let say = |text: &Text| text.in_language(terminal.language).into_owned();
    let mut lines = String::new();
    let name = files::shown(&document.path);
    lines +=
        &say(&texts::imported(name, imported.model.projects.len(), imported.indicator_count(), &*imported.standard));
    lines.push('\n');
    let place = |place: Option<&import::document::DocumentPlace>| {
        place.map_or_else(|| say(&texts::whole_document()), |place| say(&place.shown()))
    };
    let findings = imported.findings();
    for code in import::TOLD {
        let found: Vec<_> = findings.iter().filter(|finding| finding.code == code).collect();
        if !found.is_empty() {
            let _ = writeln!(lines, "\n{}", say(&texts::finding_heading(code.id(), code.title(), found.len())));
        }
        for finding in found {
            let _ = writeln!(lines, "  {}  {}", place(finding.place.as_ref()), say(&finding.text));
        }
    }
    if !imported.is_whole() {
        let _ = writeln!(lines, "\n{}", say(&texts::left_over_kept()));
    }
    terminal.print(&lines)
}

fn count(imported: &Imported, codes: &[Code]) -> usize {
    imported.findings().iter().filter(|finding| codes.contains(&finding.code)).count()
}

/// A line a document.
fn summary(read: &[OfficeDocument], terminal: &Terminal) -> String {
    let say = |text: Text| text.in_language(terminal.language).into_owned();
    let headings = [
        texts::column_document(),
        texts::column_projects(),
        texts::column_indicators(),
        texts::column_guesses(),
        texts::column_left_over(),
        texts::column_standard(),
        texts::column_result(),
    ];
    let mut rows = vec![headings.map(&say)];
    for document in read {
        let result = match document.state {
            DocumentState::Written => texts::result_written(),
            DocumentState::Unchanged => texts::result_unchanged(),
            DocumentState::Shown => texts::result_shown(),
            DocumentState::Conflict => texts::result_conflict(),
            DocumentState::Failed => texts::result_failed(),
        };
        let counts = document.result.as_ref().ok().map(|imported| {
            let counts = [
                imported.model.projects.len(),
                imported.indicator_count(),
                count(imported, &[Code::JX606, Code::JX610]),
                count(imported, &[Code::JX605, Code::JX607]),
            ];
            (counts.map(|count| count.to_string()), imported.standard.clone())
        });
        let ([projects, indicators, guesses, left], standard) = counts.unwrap_or_default();
        rows.push([files::shown(&document.path), projects, indicators, guesses, left, standard, say(result)]);
    }
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..7).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let blank = " ".repeat(width - cell.width());
            // Numbers stand at the right.
            if (1..5).contains(&column) { format!("{blank}{cell}") } else { format!("{cell}{blank}") }
        });
        text += cells.collect::<Vec<_>>().join("  ").trim_end();
        text.push('\n');
    }
    text
}
