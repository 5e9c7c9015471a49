//! Documents of offices to source text. Bytes in, texts out: no file is touched here.
//!
//! ```text
//!        read              recognise            fit, type                write
//!  bytes ────▶ Document ─────────────▶ Draft ─────────────▶ Model ─────────────▶ texts
//!  (docx …)    cells, paragraphs       pieces of cells      by a standard        .jx
//! ```
//!
//! A reader says what stands where; the labels and headings say what it means, and their words are data of the standards.
//! Every sign of the document is accounted for: placed, printed by the form itself, said again, or left over.

mod account;
mod beside;
mod build;
pub(crate) mod document;
mod known_year;
mod read;
mod recognise;
pub mod report;
pub mod template;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::backend::source_text::{self, Comments};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::language::{Block, Field};
use crate::model::standard::{Library, built_in_trees};
use crate::model::{Model, ProjectId, StandardId};
use crate::source::{Sources, Span, Words};
use crate::syntax::vocabulary::written_name;
use crate::syntax::{self, StatementKind};

use build::of_year::StatedFigure;
use build::{fit, form_layout, indicator_columns, levels, parted_projects, typed, whole, year_form};
use document::{Document, DocumentPlace, Remark};
use kind::FileKind;
use read::limits;
use recognise::draft::{DepartmentDraft, Draft, ProjectDraft, Reading};
use recognise::lexicon::Lexicon;
use recognise::office;

pub(crate) use account::Tally;
use account::{Destination, Use};
pub use build::typed_actual;
pub use known_year::KnownOffice;
pub use read::{json, kind};

/// What the person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Importing {
    /// The standard to import into; where absent, the one whose form is nearest.
    pub standard: Option<String>,
    /// Source texts that declare standards of the workspace: paths and texts.
    pub standards: Vec<(String, String)>,
    /// The language of comments that keep what was left over.
    pub language: Language,
}

/// An imported document.
#[derive(Debug)]
pub struct Imported {
    /// Paths and texts of the files of the office.
    pub files: Vec<(String, String)>,
    /// Read from [`Self::files`], as a check would read it.
    pub model: Model,
    reading: Reading,
    /// What the form states and the language computes otherwise of it alone.
    open_figures: Vec<(ProjectId, StatedFigure)>,
    language: Language,
    /// The name of the standard whose form is nearest, or of the one that was declared over it.
    pub standard: String,
    /// Found by the bytes, not by the name of the file.
    pub kind: FileKind,
    /// What the reader could not hand over as it stood.
    pub remarks: Vec<Remark>,
    /// Marks of a word processor that are no words of the document.
    marks: Vec<(DocumentPlace, Words)>,
}

/// A part of the document that stands nowhere in the targets.
#[derive(Clone, Debug)]
pub struct LeftOver {
    /// As people count in the document.
    pub place: DocumentPlace,
    /// As it stands there.
    pub text: String,
}

impl Imported {
    /// Where the signs of the document went; blanks do not count.
    pub fn tally(&self) -> Tally {
        let signs = |text: &Words| text.chars().filter(|sign| !sign.is_whitespace()).count();
        let mut tally = self.reading.account.tally(&self.reading.cells);
        tally.furniture += self.marks.iter().map(|(_, text)| signs(text)).sum::<usize>();
        tally
    }

    /// What each of its cells and paragraphs says, in reading order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let cells = &self.reading.cells;
        (0..cells.len()).map(|cell| &*cells.get(cell).text)
    }

    /// Of all projects.
    pub fn indicator_count(&self) -> usize {
        self.model.projects.iter().map(|project| project.indicators.len()).sum()
    }

    /// What stands nowhere in the targets, in reading order.
    pub fn left_over(&self) -> Vec<LeftOver> {
        let piece = |piece: account::CellPiece| LeftOver {
            place: self.reading.cells.place(&piece).clone(),
            text: self.reading.text(&piece).trim().to_owned(),
        };
        self.reading.account.left_over(&self.reading.cells).into_iter().map(piece).collect()
    }

    /// The same as comments of the language.
    fn left_over_comments(&self) -> Vec<String> {
        let pieces = self.reading.account.left_over(&self.reading.cells);
        pieces.iter().map(|piece| left_over_comment(&self.reading, piece, self.language)).collect()
    }

    /// What the document does not say in so many words.
    pub fn guesses(&self) -> &[Remark] {
        &self.reading.draft.guesses
    }

    /// What is to be told, in this order: what could not be read (JX607), comparators that look damaged (JX610), figures of
    /// the form that are not the computed ones (JX612), what was guessed (JX606), what is left over (JX605).
    pub fn findings(&self) -> Vec<Remark> {
        let is_told = |left: &LeftOver| {
            let mut compared = self.guesses().iter().filter(|one| one.code == Code::JX612);
            compared.any(|one| one.place.as_ref() == Some(&left.place))
        };
        let left_over = self.left_over().into_iter().filter(|left| !is_told(left)).map(|left| Remark {
            code: Code::JX605,
            place: Some(left.place),
            text: Text::same(left.text.replace('\n', " ")),
        });
        let mut findings: Vec<Remark> = self.remarks.iter().chain(self.guesses()).cloned().chain(left_over).collect();
        let rank = |remark: &Remark| TOLD.iter().position(|code| *code == remark.code);
        findings.sort_by_key(rank);
        findings
    }

    /// Whether all of the document is in the targets.
    pub fn is_whole(&self) -> bool {
        self.left_over().is_empty()
            && self.remarks.iter().chain(self.guesses()).all(|remark| remark.code != Code::JX607)
    }
}

/// The codes of what is told of an import, in the order in which it is told.
pub const TOLD: [Code; 5] = [Code::JX607, Code::JX610, Code::JX612, Code::JX606, Code::JX605];

/// Imports one file. `name` is its name, which tells the kind where its content does not.
///
/// # Errors
/// JX601 to JX604 where it cannot be read, JX609 where it holds no targets, JX303 for an unknown standard.
pub fn import(name: &str, bytes: &[u8], options: &Importing) -> Result<Imported, Diagnostic> {
    let mut imported = imported(name, bytes, options)?;
    // What was recognised is in the model now.
    let draft = &mut imported.reading.draft;
    *draft = Draft { guesses: std::mem::take(&mut draft.guesses), ..Draft::default() };
    Ok(imported)
}

/// The same, with what was recognised.
fn imported(name: &str, bytes: &[u8], options: &Importing) -> Result<Imported, Diagnostic> {
    let (kind, remark) = kind::readable(name, bytes)?;
    if kind == FileKind::Json {
        return of_json(name, bytes, options);
    }
    let mut document = read::document(kind, name, bytes)?;
    document.remarks.extend(remark);
    office_of(name, document, kind, options)
}

/// Our own format holds typed facts: nothing is recognised or guessed, and what it does not know it refuses.
fn of_json(name: &str, bytes: &[u8], options: &Importing) -> Result<Imported, Diagnostic> {
    let (library, _) = library(&options.standards, None);
    let mut model = json::read(name, bytes, &library)?;
    model.standards = library.standards;
    let standards: std::collections::BTreeSet<&str> =
        model.departments.iter().map(|department| model[department.standard].name.as_str()).collect();
    let standard = standards.into_iter().collect::<Vec<_>>().join(" ");
    let files = source_text::files(&model, &Comments::default());
    let (remarks, marks, reading, open_figures) = (Vec::new(), Vec::new(), Reading::default(), Vec::new());
    let (language, kind) = (options.language, FileKind::Json);
    Ok(Imported { files, model, reading, open_figures, language, standard, kind, remarks, marks })
}

/// What a document says, as an office.
fn office_of(name: &str, mut document: Document, kind: FileKind, options: &Importing) -> Result<Imported, Diagnostic> {
    /// The words of the standards in the binary.
    static BUILT_IN: OnceLock<Lexicon> = OnceLock::new();
    let (known, known_place) = library(&options.standards, None);
    let of_workspace =
        (!options.standards.is_empty()).then(|| Lexicon::new(&known.standards, &declared(&options.standards)));
    let lexicon = of_workspace.as_ref().unwrap_or_else(|| BUILT_IN.get_or_init(|| Lexicon::new(&known.standards, &[])));
    let (remarks, marks) = (std::mem::take(&mut document.remarks), std::mem::take(&mut document.marks));
    if document.is_picture {
        return Err(Diagnostic::without_place(Code::JX609, texts::only_pictures(name)).help(texts::pictures_help()));
    }
    let mut reading = office::read(document, lexicon);
    // A part of a project lies where it was read, also after parts of one project are put together.
    let mut spans: Vec<_> =
        reading.draft.projects.iter().map(|project| (project.cells.clone(), name_of(&reading, project))).collect();
    // Projects beside each other are read one after the other.
    spans.sort_by_key(|(cells, _)| cells.start);
    parted_projects::reunite(&mut reading);
    let says_nothing =
        |department: &DepartmentDraft| department.overall_goal.is_empty() && department.sub_goals.is_empty();
    if reading.draft.projects.is_empty()
        && reading.draft.wholes.is_empty()
        && reading.draft.departments.iter().all(says_nothing)
    {
        // A table that was not read says why.
        if let Some(unread) = reading.draft.guesses.iter().find(|one| one.code == Code::JX607) {
            let message = texts::no_targets_because(name, unread.text.clone());
            return Err(Diagnostic::without_place(Code::JX609, message).help(texts::projects_beside_help()));
        }
        let is_blank = (0..reading.cells.len()).all(|cell| reading.cells.get(cell).is_blank());
        let message = if is_blank { texts::no_words(name) } else { texts::no_targets(name) };
        return Err(Diagnostic::without_place(Code::JX609, message).help(texts::labels_wanted()));
    }
    let stem = stem(name);
    let origin = texts::own_standard_origin(file_name(name)).in_language(options.language).into_owned();
    let (mut own, mut names): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let fallback = &known.standards[known.fallback().0 as usize];
    for department in 0..reading.draft.departments.len() {
        let mut form = fit::form(&reading, department);
        whole::fill(&mut form, &reading, department);
        let base = base_standard(&mut reading, department, &form, &known, options)?;
        let base = &known.standards[base.0 as usize];
        let stated = reading.draft.departments[department].standard.clone();
        if let Some(piece) = stated.filter(|piece| reading.text(piece) == base.name) {
            let Reading { cells, account, .. } = &mut reading;
            account.claim(
                &piece,
                Use::Placed(Destination { project: None, indicator: None, field: Field::DepartmentStandard.name }),
                cells,
            );
        }
        for (first, second) in &form.categories {
            if let Some(right) = levels::elsewhere(first, second, &known) {
                reading.draft.guesses.push(Remark::guess(None, texts::guessed_level_elsewhere(first, second, right)));
            }
        }
        let name = own_name(&stem, own.len());
        let tables = indicator_columns::declared(&form, base).into_iter().chain(whole::framework(&form, base));
        let tables = tables.chain(year_form::declared(&form, &reading, department, base));
        match fit::own_standard(&form, base, fallback, &name, &origin, tables) {
            Some(text) => {
                let text_of_guess = texts::guessed_own_standard(&name, &base.name);
                reading.draft.guesses.push(Remark::guess(None, text_of_guess));
                own.push(text);
                names.push(name);
            }
            None => names.push(base.name.clone()),
        }
    }
    let joined = |own: &[String]| (!own.is_empty()).then(|| own.join("\n"));
    let (library, place) = match joined(&own) {
        Some(own) => self::library(&options.standards, Some(&own)),
        None => (known, known_place),
    };
    let mut office = TypedOffice { stem: &stem, origin: &origin, lexicon, own, names };
    let told = reading.draft.guesses.len();
    let (mut model, mut open_figures) = office.model(&mut reading, library, place);
    // How the form is laid out shows when it is known what each of its cells became.
    if office.declare_layouts(&mut reading, &model) {
        let library = joined(&office.own).map(|own| self::library(&options.standards, Some(&own)));
        if let Some((library, place)) = library {
            let layouts = reading.draft.guesses.split_off(told);
            (model, open_figures) = office.model(&mut reading, library, place);
            let said: Vec<Remark> = reading.draft.guesses.split_off(told);
            let is_new = |one: &Remark| !said.iter().any(|known| known.place == one.place && known.text == one.text);
            let new: Vec<Remark> = layouts.into_iter().filter(is_new).collect();
            reading.draft.guesses.extend(said);
            reading.draft.guesses.extend(new);
        }
    }
    let TypedOffice { own, mut names, .. } = office;
    let own = joined(&own);
    names.dedup();
    let standard_name = names.join(" ");
    let comments = comments(&reading, &spans, &model, options.language);
    let mut files = source_text::files(&model, &comments);
    if let Some(own) = own {
        files.push((STANDARD_FILE.to_owned(), own));
    }
    let language = options.language;
    Ok(Imported { files, model, reading, open_figures, language, standard: standard_name, kind, remarks, marks })
}

/// What an office is typed by: the standards of its departments, some of them declared for it.
struct TypedOffice<'a> {
    stem: &'a str,
    origin: &'a str,
    lexicon: &'a Lexicon,
    /// The texts of the standards that are declared for it.
    own: Vec<String>,
    /// The standard of each department.
    names: Vec<String>,
}

impl TypedOffice<'_> {
    fn model(&self, reading: &mut Reading, library: Library, place: Span) -> (Model, Vec<(ProjectId, StatedFigure)>) {
        let id = |name: &String| library.find(name).unwrap_or_else(|| library.fallback());
        let ids: Vec<StandardId> = self.names.iter().map(id).collect();
        typed::office(reading, self.lexicon, library.standards, &ids, place, self.stem)
    }

    /// Declares the layouts of forms that the standards do not print as they are. Whether there is one.
    fn declare_layouts(&mut self, reading: &mut Reading, model: &Model) -> bool {
        let mut has_any = false;
        for department in 0..self.names.len() {
            let Some(of_department) = model.departments.get(department) else { continue };
            let standard = &model[of_department.standard];
            let layout = form_layout::of_department(reading, self.lexicon, model, department, standard);
            let Some((form, told)) = layout else { continue };
            has_any = true;
            let lines = form.declared();
            let name = &self.names[department];
            let head = format!("{} {} ", Block::Standard.word().0, written_name(name));
            let own = self.own.iter_mut().find(|text| text.lines().any(|line| line.starts_with(&head)));
            if let Some(text) = own {
                fit::add_lines(text, &lines);
            } else {
                let own_name = own_name(self.stem, self.own.len());
                reading.draft.guesses.push(Remark::guess(None, texts::guessed_own_standard(&own_name, name)));
                self.own.push(fit::declared(&own_name, name, self.origin, &lines));
                self.names[department] = own_name;
            }
            reading.draft.guesses.extend(told);
        }
        has_any
    }
}

/// The bytes of a file to import.
pub const MAXIMUM_FILE_BYTES: u64 = limits::FILE_BYTES;
/// The file of a standard that a document declares.
pub const STANDARD_FILE: &str = "标准.jx";

/// The standards of a run and of the workspace, with the document's own; and a place for what has none in a source.
fn library(standards: &[(String, String)], own: Option<&str>) -> (Library, Span) {
    let mut sources = Sources::default();
    for (path, text, _) in built_in_trees() {
        sources.add(path.clone(), text.clone());
    }
    let own = own.map(|text| (STANDARD_FILE.to_owned(), text.to_owned()));
    let texts: Vec<(crate::source::FileId, Arc<str>)> = standards
        .iter()
        .chain(&own)
        .map(|(path, text)| {
            let text: Arc<str> = text.as_str().into();
            (sources.add(path.clone(), text.clone()), text)
        })
        .collect();
    let place = Span::new(sources.add("", ""), 0, 0);
    let trees: Vec<_> = texts.iter().map(|(file, text)| (*file, text, syntax::parse(*file, text).0)).collect();
    let declared = trees.iter().flat_map(|(file, text, tree)| tree.roots(*file, text));
    let built_in =
        built_in_trees().iter().zip(sources.iter()).flat_map(|((_, text, tree), (file, _))| tree.roots(file, text));
    let library =
        Library::new(built_in, declared.filter(|node| node.kind() == StatementKind::Standard), &mut Vec::new());
    (library, place)
}

/// The names of the standards that some source texts declare.
fn declared(standards: &[(String, String)]) -> Vec<String> {
    let built_in: Vec<String> =
        library(&[], None).0.standards.into_iter().map(|standard| standard.name.clone()).collect();
    let all = library(standards, None).0.standards.into_iter().map(|standard| standard.name.clone());
    all.filter(|name| !built_in.contains(name)).collect()
}

/// The standard that was chosen, that the document names, or that fits best.
fn base_standard(
    reading: &mut Reading,
    department: usize,
    form: &fit::DocumentForm,
    known: &Library,
    options: &Importing,
) -> Result<StandardId, Diagnostic> {
    if let Some(wanted) = &options.standard {
        let unknown = || known.report_unknown_name(wanted);
        return known.find(wanted).ok_or_else(unknown);
    }
    let stated = reading.draft.departments[department].standard.as_ref().map(|piece| reading.text(piece).to_owned());
    if let Some(id) = stated.and_then(|name| known.find(&name)) {
        return Ok(id);
    }
    let (id, is_tie) = fit::choose(form, known);
    let name = &known.standards[id.0 as usize].name;
    let text = if is_tie { texts::guessed_standard_tie(name) } else { texts::guessed_standard(name) };
    reading.draft.guesses.push(Remark::guess(None, text));
    Ok(id)
}

/// What a project is told by: its department, and its code or its name.
type ProjectKey = (usize, String);

fn name_of(reading: &Reading, project: &ProjectDraft) -> Option<ProjectKey> {
    let piece = project.code.as_ref().or(project.name.as_ref()).or(project.title.as_ref());
    piece.map(|piece| (project.department, reading.text(piece).to_owned()))
}

/// What was left over, as comments at the places where it stood.
fn comments(
    reading: &Reading,
    spans: &[(std::ops::Range<u32>, Option<ProjectKey>)],
    model: &Model,
    language: Language,
) -> Comments {
    let mut comments = Comments::default();
    let mut index_of: BTreeMap<ProjectKey, u32> = BTreeMap::new();
    for (index, draft) in (0u32..).zip(&reading.draft.projects) {
        for piece in [&draft.code, &draft.name, &draft.title].into_iter().flatten() {
            index_of.entry((draft.department, reading.text(piece).to_owned())).or_insert(index);
        }
    }
    // The furthest that the rows of a project have come, row by row: where a project has thousands, nobody walks them for
    // each part that is left over.
    let rows_until = |draft: &ProjectDraft| -> Vec<u32> {
        let reached = draft.indicators.iter().scan(0, |furthest, one| {
            *furthest = one.first_cell.max(*furthest);
            Some(*furthest)
        });
        reached.collect()
    };
    let rows: Vec<Vec<u32>> = reading.draft.projects.iter().map(rows_until).collect();
    for piece in reading.account.left_over(&reading.cells) {
        let comment = left_over_comment(reading, &piece, language);
        let at = spans.partition_point(|(cells, _)| cells.start <= piece.cell);
        let span = at.checked_sub(1).map(|at| &spans[at]).filter(|(cells, _)| piece.cell < cells.end);
        let project = span.and_then(|(_, name)| index_of.get(name.as_ref()?));
        match project {
            Some(project) => {
                let before = rows[*project as usize].partition_point(|furthest| *furthest <= piece.cell);
                let before = before.min(model.projects[*project as usize].indicators.len());
                comments.indicators.entry((*project, before as u32)).or_default().push(comment);
            }
            None if !model.departments.is_empty() => comments.departments.entry(0).or_default().push(comment),
            None => {}
        }
    }
    comments
}

fn left_over_comment(reading: &Reading, piece: &account::CellPiece, language: Language) -> String {
    let place = reading.cells.place(piece).shown();
    let text: Vec<&str> = reading.text(piece).split_whitespace().collect();
    texts::left_over_comment(place, text.join(" ")).in_language(language).into_owned()
}

fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// The name of a file without its folder and its extension.
fn stem(name: &str) -> String {
    let name = file_name(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// A name for the document's own standard that can be written without quotes, numbered after the first.
fn own_name(stem: &str, before: usize) -> String {
    let plain: String = stem.chars().filter(|sign| sign.is_alphanumeric()).take(30).collect();
    let lead = if plain.starts_with(char::is_alphabetic) { "" } else { "导入" };
    let number = if before == 0 { String::new() } else { (before + 1).to_string() };
    format!("{lead}{plain}表式{number}")
}
