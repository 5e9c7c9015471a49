//! Texts to a model, piece by piece, with what was found of each piece.
//!
//! A piece is a top-level declaration of a file. A [`Session`](super::Session) reads pieces again when they change; whose
//! finding is whose is kept for it.

use std::sync::Arc;

use crate::parallel::prelude::*;

use super::folders::Folders;
use super::{Analysis, Input};
use crate::config::{self, Config};
use crate::control::{Levels, Wishes};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{Level, Library, Standard, built_in_trees};
use crate::model::year::{self, Occasion, tie};
use crate::model::{Department, DepartmentId, Model, Project, StandardId, department, project, resolve};
use crate::source::{FileId, Sources, folder_of};
use crate::syntax::vocabulary::Keyword;
use crate::syntax::{self, Chunk, Node, StatementKind, Tree, split};

/// So many files or declarations are one task at least: a smaller one costs more to hand out than to do.
pub const SMALL: usize = 16;
/// A text of so many bytes is a task of its own: a report may say more than a hundred projects.
const LONG: usize = 16 << 10;

/// Does the same for all of some texts, the long ones first; what comes of them, in no order that means anything.
pub fn for_each_text<I: Copy + Sync, T: Send>(
    all: &[I],
    length: impl Fn(I) -> usize,
    each: impl Fn(I) -> T + Sync,
) -> Vec<T> {
    let (long, short): (Vec<I>, Vec<I>) = all.iter().copied().partition(|one| length(*one) >= LONG);
    let long = long.par_iter().with_max_len(1);
    long.chain(short.par_iter().with_min_len(SMALL)).map(|one| each(*one)).collect()
}

/// A workspace that was read, before anything is checked across its declarations.
pub struct Base {
    /// Sources, settings and model; nothing is found yet.
    pub analysis: Analysis,
    pub wishes: Wishes,
    pub library: Library,
    /// The standard where none is named.
    pub fallback: StandardId,
    pub profile: Option<StandardId>,
    /// The files of the workspace, by path.
    pub files: Vec<File>,
    /// The piece of each project of the model.
    pub pieces: Vec<PieceId>,
    pub next_piece: u32,
    /// Two departments claim one folder.
    pub has_shared_folder: bool,
}

/// What holds for all files of a workspace.
#[derive(Clone)]
pub struct WorkspaceWide {
    /// The built-in standards and the settings, and files of the workspace.
    pub sources: Sources,
    pub config: Config,
    pub wishes: Wishes,
    pub library: Library,
    pub fallback: StandardId,
    pub profile: Option<StandardId>,
}

impl WorkspaceWide {
    /// Reads the standards that files declare, and what the settings and the person make of them.
    pub fn new(sources: Sources, config: Config, wishes: Wishes, early: &[Early], whole: &mut Vec<Diagnostic>) -> Self {
        let library = declared_standards(&sources, early, whole);
        let fallback = fallback(&library, &config, whole);
        let profile = profile(&library, &config, &wishes, whole);
        Self { sources, config, wishes, library, fallback, profile }
    }
}

/// A file of the workspace.
pub struct File {
    pub id: FileId,
    pub department: Option<DepartmentId>,
    /// None where the file was refused.
    pub pieces: Option<Vec<Piece>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PieceId(pub u32);

/// A declaration with its place, or what stands before any.
pub struct Piece {
    pub id: PieceId,
    pub chunk: Chunk,
    pub departments: Vec<DepartmentId>,
    pub has_standard: bool,
    pub projects: u32,
    /// It declares what happened in the year.
    pub is_of_the_year: bool,
}

impl Piece {
    pub fn new(id: PieceId, chunk: Chunk) -> Self {
        Self { id, chunk, departments: Vec::new(), has_standard: false, projects: 0, is_of_the_year: false }
    }
}

/// What made a finding: it makes its findings anew when what it looks at changes. The order is that of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// Settings, standards, folders.
    Whole,
    Department(DepartmentId),
    /// Syntax and types of a piece.
    Piece(PieceId),
    References(DepartmentId),
    /// What the year of a department names, or of what lies outside any.
    Year(Option<DepartmentId>),
    Workspace,
    /// Rules over a department, or over the projects outside any.
    Group(Option<DepartmentId>),
    /// Rules over the projects of a piece.
    Projects(PieceId),
}

/// A finding and what made it.
#[derive(PartialEq, Eq)]
pub struct Found {
    pub owner: Owner,
    pub diagnostic: Diagnostic,
}

pub fn owned(owner: Owner, found: Vec<Diagnostic>) -> impl Iterator<Item = Found> {
    found.into_iter().map(move |diagnostic| Found { owner, diagnostic })
}

/// A declaration that is parsed early, by file and piece.
pub struct Early {
    file: usize,
    piece: usize,
    id: FileId,
    tree: Arc<Tree>,
    /// What the syntax says of it: the standard may say it better.
    found: Vec<Diagnostic>,
}

/// A text cut into its pieces.
#[derive(Default)]
pub struct Cut {
    /// None where it was refused.
    pub chunks: Option<Vec<Chunk>>,
    /// What is parsed early, by piece.
    pub trees: Vec<(usize, Arc<Tree>)>,
    pub found: Vec<(usize, Vec<Diagnostic>)>,
    pub refused: Option<Diagnostic>,
}

/// The projects of a piece, and what was found of it.
pub struct ReadPiece {
    pub file: usize,
    pub piece: usize,
    pub projects: Vec<Project>,
    pub occasions: Vec<Occasion>,
    pub found: Vec<Diagnostic>,
}

/// A workspace without its projects, and what they are read from.
pub struct Declarations {
    pub base: Base,
    pub early: Vec<Early>,
    /// File and piece of the projects that are not parsed yet.
    pub late: Vec<(usize, usize)>,
    pub found: Vec<Found>,
}

impl Base {
    /// Reads a workspace.
    pub fn read(files: Vec<Input>, settings: Option<Input>, wishes: Wishes) -> (Self, Vec<Found>) {
        Self::finished(Self::declared(files, settings, wishes, &cut))
    }

    /// Reads the projects, too.
    pub fn finished(declarations: Declarations) -> (Self, Vec<Found>) {
        let Declarations { mut base, early, late, mut found } = declarations;
        let length = |(file, piece): (usize, usize)| base.chunk(file, piece).bytes.len();
        let mut read = for_each_text(&late, length, |(file, piece)| base.read_late(file, piece));
        read.extend(early.iter().map(|one| base.read_early(one)));
        base.take_in(read, &mut found);
        (base, found)
    }

    /// Reads all but the projects.
    pub fn declared(
        files: Vec<Input>,
        settings: Option<Input>,
        wishes: Wishes,
        cut: &(dyn Fn(FileId, &Arc<str>) -> Cut + Sync),
    ) -> Declarations {
        let (mut sources, config, mut whole) = settings_read(settings);
        let ids = added(files, &mut sources);
        let mut found = Vec::new();
        let (files, early, late) = read_declarations(&sources, &ids, cut, &mut found);
        let common = WorkspaceWide::new(sources, config, wishes, &early, &mut whole);
        Self::with_departments(common, (files, early, late), whole, found)
    }

    /// Reads all but the projects of some files, for which holds what is common to a larger workspace; `whole` was found
    /// of them before.
    pub fn part(common: &WorkspaceWide, files: Vec<Input>, mut whole: Vec<Diagnostic>) -> Declarations {
        let mut common = common.clone();
        let ids = added(files, &mut common.sources);
        // A file that declares a standard is there a second time.
        let twin = |file: FileId| {
            let path = &common.sources.get(file).path;
            ids.iter().copied().find(|own| common.sources.get(*own).path == *path).unwrap_or(file)
        };
        for diagnostic in &mut whole {
            diagnostic.in_files(twin);
        }
        let mut found = Vec::new();
        let read = read_declarations(&common.sources, &ids, &cut, &mut found);
        Self::with_departments(common, read, whole, found)
    }

    /// Reads departments, and finds which files are theirs.
    fn with_departments(
        common: WorkspaceWide,
        (mut files, early, late): (Vec<File>, Vec<Early>, Late),
        mut whole: Vec<Diagnostic>,
        mut found: Vec<Found>,
    ) -> Declarations {
        let WorkspaceWide { sources, config, wishes, library, fallback, profile } = common;
        let mut folders = Folders::default();
        let mut departments: Vec<Department> = Vec::new();
        for (early, node) in collect_nodes(&early, &sources, StatementKind::Department) {
            let id = DepartmentId(departments.len() as u32);
            let mut more = Vec::new();
            let department = read_department(node, &library, fallback, &mut more).with_id(id);
            found.extend(owned(Owner::Department(id), more));
            folders.add(folder_of(&sources.get(node.file).path), id, &department, &departments, &mut whole);
            departments.push(department);
            piece_mut(&mut files, early).departments.push(id);
        }
        for (early, _) in collect_nodes(&early, &sources, StatementKind::Standard) {
            piece_mut(&mut files, early).has_standard = true;
        }
        let has_shared_folder = folders.is_shared();
        for file in &mut files {
            file.department = folders.department_of(&sources.get(file.id).path);
        }
        found.extend(owned(Owner::Whole, whole));
        let model = Model { standards: library.standards.clone(), departments, ..Model::default() };
        let pieces = files.iter().flat_map(|file| &file.pieces).map(Vec::len).sum::<usize>() as u32;
        let base = Self {
            analysis: Analysis { sources, config, model, ..Analysis::default() },
            wishes,
            library,
            fallback,
            profile,
            files,
            pieces: Vec::new(),
            next_piece: pieces,
            has_shared_folder,
        };
        Declarations { base, early, late, found }
    }

    /// Ties the references of every department.
    pub fn tie_references(&mut self, found: &mut Vec<Found>) {
        for id in (0..self.analysis.model.departments.len() as u32).map(DepartmentId) {
            found.extend(owned(Owner::References(id), resolve::resolve(&mut self.analysis.model, id)));
            found.extend(owned(Owner::Year(Some(id)), tie::tie(&mut self.analysis.model, Some(id))));
        }
        found.extend(owned(Owner::Year(None), tie::tie(&mut self.analysis.model, None)));
    }

    /// A piece of a file that was cut.
    pub fn chunk(&self, file: usize, piece: usize) -> &Chunk {
        &self.files[file].pieces.as_ref().expect("a piece")[piece].chunk
    }

    /// Reads a project that was left for later.
    pub fn read_late(&self, file: usize, piece: usize) -> ReadPiece {
        let id = self.files[file].id;
        let text = &self.analysis.sources.get(id).text;
        let (tree, mut found) = syntax::parse_chunk(id, text, self.chunk(file, piece));
        let (projects, occasions) = self.declarations(&self.files[file], &tree, &mut found);
        ReadPiece { file, piece, projects, occasions, found }
    }

    /// Reads the projects of what was parsed early: of a text with mistakes.
    pub fn read_early(&self, one: &Early) -> ReadPiece {
        let mut found = one.found.clone();
        let (projects, occasions) = self.declarations(&self.files[one.file], &one.tree, &mut found);
        ReadPiece { file: one.file, piece: one.piece, projects, occasions, found }
    }

    /// Makes what was read the projects of the model.
    pub fn take_in(&mut self, mut read: Vec<ReadPiece>, found: &mut Vec<Found>) {
        read.sort_by_key(|one| (one.file, one.piece));
        let count = read.iter().map(|one| one.projects.len()).sum();
        let mut all = Vec::with_capacity(count);
        let mut pieces: Vec<(u32, PieceId)> = Vec::with_capacity(count);
        for ReadPiece { file, piece, projects, occasions, found: more } in read {
            let own = self.files[file].department;
            let department = order(own);
            let is_of_the_year = !occasions.is_empty();
            self.analysis.model.record_mut(own).occasions.extend(occasions);
            let piece = &mut self.files[file].pieces.as_mut().expect("a piece")[piece];
            piece.projects = projects.len() as u32;
            piece.is_of_the_year = is_of_the_year;
            found.extend(owned(Owner::Piece(piece.id), more));
            pieces.extend(projects.iter().map(|_| (department, piece.id)));
            all.extend(projects);
        }
        all.sort_by_key(|project: &Project| order(project.department));
        pieces.sort_by_key(|(department, _)| *department);
        self.analysis.model.projects = all;
        self.pieces = pieces.into_iter().map(|(_, piece)| piece).collect();
    }

    /// Reads the projects of a tree of a file, and what it says of the year; `found` holds what the syntax says of it.
    pub fn declarations(&self, file: &File, tree: &Tree, found: &mut Vec<Diagnostic>) -> (Vec<Project>, Vec<Occasion>) {
        let id = self.standard_of(file.department);
        let standard = &self.analysis.model[id];
        // Nearly always one: room for more would cost as much as the project.
        let (mut projects, mut occasions) = (Vec::with_capacity(1), Vec::new());
        let text = &self.analysis.sources.get(file.id).text;
        for node in tree.roots(file.id, text) {
            match node.kind() {
                StatementKind::Project => {
                    let project = project::project(node, id, standard, found);
                    projects.push(Project { department: file.department, ..project });
                }
                StatementKind::Occasion => occasions.extend(year::occasion(node, standard, found)),
                StatementKind::Department
                | StatementKind::Standard
                | StatementKind::Indicator
                | StatementKind::Field => {}
            }
        }
        (projects, occasions)
    }

    /// The standard of a department, or of what lies outside any.
    pub fn standard_of(&self, department: Option<DepartmentId>) -> StandardId {
        department.map_or(self.fallback, |id| self.analysis.model[id].standard)
    }

    /// The standard by which a file is judged.
    pub fn standard_in(&self, file: FileId) -> &Standard {
        let department = self.file(file).and_then(|file| file.department);
        &self.analysis.model[self.standard_of(department)]
    }

    pub fn index_of(&self, file: FileId) -> Option<usize> {
        self.files.binary_search_by_key(&file, |known| known.id).ok()
    }

    pub fn file(&self, file: FileId) -> Option<&File> {
        self.index_of(file).map(|index| &self.files[index])
    }

    pub fn levels(&self) -> Levels<'_> {
        let profile = self.profile.map(|id| &self.analysis.model[id]);
        Levels { wishes: &self.wishes, config: &self.analysis.config, profile }
    }

    pub fn is_wanted(&self, levels: &Levels<'_>, code: Code, standard: StandardId) -> bool {
        levels.level(code, Some(&self.analysis.model[standard])) != Level::Off
    }
}

/// Where the projects of a department stand among those of others.
pub fn order(department: Option<DepartmentId>) -> u32 {
    department.map_or(u32::MAX, |department| department.0)
}

pub fn read_department(
    node: Node<'_>,
    library: &Library,
    fallback: StandardId,
    found: &mut Vec<Diagnostic>,
) -> Department {
    let standard = department::standard_of(node, library, fallback, found);
    department::department(node, standard, &library.standards[standard.0 as usize], found)
}

fn piece_mut<'a>(files: &'a mut [File], early: &Early) -> &'a mut Piece {
    &mut files[early.file].pieces.as_mut().expect("a piece")[early.piece]
}

fn fallback(library: &Library, config: &Config, found: &mut Vec<Diagnostic>) -> StandardId {
    match &config.standard {
        Some((name, span)) => library.find(name).unwrap_or_else(|| {
            let (report, meant) = library.report_unknown(name, *span);
            found.push(report);
            meant.unwrap_or(library.fallback())
        }),
        None => library.fallback(),
    }
}

fn profile(library: &Library, config: &Config, wishes: &Wishes, found: &mut Vec<Diagnostic>) -> Option<StandardId> {
    let names = || library.names().join(" ");
    match (&wishes.profile, &config.profile) {
        (Some(name), _) => library.find(name).or_else(|| {
            found.push(Diagnostic::without_place(Code::JX303, texts::unknown_profile(name, names())));
            None
        }),
        (None, Some((name, span))) => library.find(name).or_else(|| {
            let message = texts::unknown_profile(&**name, names());
            found.push(Diagnostic::new(Code::JX303, message, *span, texts::not_found_here()));
            None
        }),
        (None, None) => None,
    }
}

/// Sources that begin with the built-in standards and the settings, and what these ask for.
pub fn settings_read(settings: Option<Input>) -> (Sources, Config, Vec<Diagnostic>) {
    let mut sources = built_in_files();
    let (config, found) = match settings {
        Some(Input { path, text }) => config::read(sources.add(path, text.clone()), &text),
        None => (Config::default(), Vec::new()),
    };
    (sources, config, found)
}

/// Adds files in the order of their paths.
pub fn added(mut files: Vec<Input>, sources: &mut Sources) -> Vec<FileId> {
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.into_iter().map(|Input { path, text }| sources.add(path, text)).collect()
}

/// Sources that begin with the built-in standards.
pub fn built_in_files() -> Sources {
    let mut sources = Sources::default();
    for (path, text, _) in built_in_trees() {
        sources.add(path.clone(), text.clone());
    }
    sources
}

pub fn declared_standards(sources: &Sources, early: &[Early], found: &mut Vec<Diagnostic>) -> Library {
    Library::new(
        built_in_trees().iter().zip(sources.iter()).flat_map(|((_, text, tree), (file, _))| tree.roots(file, text)),
        collect_nodes(early, sources, StatementKind::Standard).into_iter().map(|(_, node)| node),
        found,
    )
}

/// Whether a piece may be read by the grammar once its standard is known; everything else is parsed at once.
pub fn is_late(chunk: &Chunk) -> bool {
    chunk.is_whole && chunk.keyword.is_some_and(|keyword| keyword == Keyword::Project || keyword.is_of_the_year())
}

type Late = Vec<(usize, usize)>;

/// Cuts a text, and parses what cannot wait.
pub fn cut(file: FileId, text: &Arc<str>) -> Cut {
    let chunks = match split(file, text) {
        Ok(chunks) => chunks,
        Err(diagnostic) => return Cut { refused: Some(diagnostic), ..Cut::default() },
    };
    let mut cut = Cut::default();
    for (index, chunk) in chunks.iter().enumerate().filter(|(_, chunk)| !is_late(chunk)) {
        let (tree, found) = syntax::parse_chunk(file, text, chunk);
        cut.trees.push((index, Arc::new(tree)));
        if !found.is_empty() {
            cut.found.push((index, found));
        }
    }
    Cut { chunks: Some(chunks), ..cut }
}

/// Splits all files. What declares standards and departments, and what may hide such a declaration behind a mistake, is
/// parsed at once; sound projects are left for later.
pub fn read_declarations(
    sources: &Sources,
    ids: &[FileId],
    cut: &(dyn Fn(FileId, &Arc<str>) -> Cut + Sync),
    found: &mut Vec<Found>,
) -> (Vec<File>, Vec<Early>, Late) {
    let parts: Vec<Cut> = ids.par_iter().with_min_len(SMALL).map(|id| cut(*id, &sources.get(*id).text)).collect();
    let (mut files, mut all_early, mut late) = (Vec::with_capacity(parts.len()), Vec::new(), Vec::new());
    let mut next = 0;
    for (file, (part, id)) in parts.into_iter().zip(ids).enumerate() {
        found.extend(owned(Owner::Whole, part.refused.into_iter().collect()));
        let pieces = part.chunks.map(|chunks| {
            let pieces = chunks.into_iter().enumerate().map(|(piece, chunk)| {
                if is_late(&chunk) {
                    late.push((file, piece));
                }
                next += 1;
                Piece::new(PieceId(next - 1), chunk)
            });
            pieces.collect::<Vec<_>>()
        });
        let mut found = part.found.into_iter().peekable();
        all_early.extend(part.trees.into_iter().map(|(piece, tree)| {
            let found = found.next_if(|(of, _)| *of == piece).map_or_else(Vec::new, |(_, found)| found);
            Early { file, piece, id: *id, tree, found }
        }));
        files.push(File { id: *id, department: None, pieces });
    }
    (files, all_early, late)
}

fn collect_nodes<'a>(early: &'a [Early], sources: &'a Sources, kind: StatementKind) -> Vec<(&'a Early, Node<'a>)> {
    let roots =
        early.iter().flat_map(|one| one.tree.roots(one.id, &sources.get(one.id).text).map(move |node| (one, node)));
    roots.filter(|(_, node)| node.kind() == kind).collect()
}
