//! Sources to a checked model. No file system here: callers hand in texts.
//!
//! Standards are read first, then departments, then projects, each project by the standard of its department and all of
//! them in parallel. A project's tree is dropped as soon as it is read, so that memory stays near the size of the text.

mod session;

use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::control::{self, Excused, Levels, Suppressions, Verdict, Wishes};
use crate::diagnostic::{self, Code, Diagnostic, texts};
use crate::lint;
use crate::model::standard::{Level, Library, Standard, built_in_trees};
use crate::model::{Department, DepartmentId, Model, Project, StandardId, department, project, resolve};
use crate::source::{FileId, Sources};
use crate::syntax::vocabulary::Keyword;
use crate::syntax::{self, Chunk, StatementKind, Tree, split};

pub use session::Session;

/// What a run found.
#[derive(Debug)]
pub struct Analysis {
    pub sources: Sources,
    pub config: Config,
    pub model: Model,
    pub diagnostics: Vec<Diagnostic>,
    /// What comments excuse, in the order of [`Self::diagnostics`].
    pub excused: Vec<Excused>,
    /// What the run says of each rule.
    pub verdicts: Vec<Verdict>,
}

/// A file handed in: the path as shown to people, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct Input {
    pub path: String,
    pub text: Arc<str>,
}

impl Analysis {
    /// The standard of the first project; else of the first department, else the one used where none is named.
    pub fn main_standard(&self) -> Option<&Standard> {
        let of_projects = self.model.projects.iter().map(|project| project.standard);
        let of_departments = self.model.departments.iter().map(|department| department.standard);
        let used = of_projects.chain(of_departments).next().map(|id| &self.model[id]);
        used.or_else(|| self.model.standards.iter().map(|standard| &**standard).find(|standard| standard.is_default))
    }

    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Checks a workspace: its `.jx` files, and its `jixiao.toml` where it has one. The order of the files does not matter.
pub fn analyse(files: Vec<Input>, settings: Option<Input>) -> Analysis {
    analyse_with(files, settings, &Wishes::default())
}

/// Checks a workspace as a person wishes.
pub fn analyse_with(mut files: Vec<Input>, settings: Option<Input>, wishes: &Wishes) -> Analysis {
    let mut sources = built_in_files();
    let mut found = Vec::new();
    let mut config = Config::default();
    if let Some(Input { path, text }) = settings {
        let file = sources.add(path, text.clone());
        (config, found) = config::read(file, &text);
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let workspace: Vec<FileId> = files.into_iter().map(|Input { path, text }| sources.add(path, text)).collect();

    let (early, late) = read_declarations(&sources, &workspace, &mut found);
    let library = declared_standards(&sources, &early, &mut found);
    let fallback = match &config.standard {
        Some((name, span)) => library.find(name).unwrap_or_else(|| {
            found.push(library.report_unknown(name, *span));
            library.fallback()
        }),
        None => library.fallback(),
    };

    let profile = match (&wishes.profile, &config.profile) {
        (Some(name), _) => library.find(name).or_else(|| {
            let names = library.names().join(" ");
            found.push(Diagnostic::without_place(Code::JX303, texts::unknown_profile(name, names)));
            None
        }),
        (None, Some((name, span))) => library.find(name).or_else(|| {
            let names = library.names().join(" ");
            found.push(Diagnostic::new(
                Code::JX303,
                texts::unknown_profile(&**name, names),
                *span,
                texts::not_found_here(),
            ));
            None
        }),
        (None, None) => None,
    };

    let mut folders = Folders::default();
    let mut departments: Vec<Department> = Vec::new();
    for node in collect_nodes(&early, &sources, StatementKind::Department) {
        let id = DepartmentId(departments.len() as u32);
        let standard = department::standard_of(node, &library, fallback, &mut found);
        let department = department::department(node, standard, &library.standards[standard.0 as usize], &mut found);
        folders.add(folder_of(&sources.get(node.file).path), id, &department, &departments, &mut found);
        departments.push(department);
    }

    let place = |file: FileId| {
        let department = folders.department_of(&sources.get(file).path);
        (department, department.map_or(fallback, |id: DepartmentId| departments[id.0 as usize].standard))
    };
    let read_all = |tree: &Tree, file: FileId| {
        let (department, standard_id) = place(file);
        let standard = &library.standards[standard_id.0 as usize];
        read_projects(tree, file, &sources, department, standard_id, standard)
    };
    let mut parts: Vec<(u32, usize, Vec<Project>, Vec<Diagnostic>)> = late
        .par_iter()
        .map(|(file, chunk)| {
            let (tree, mut found) = syntax::parse_chunk(*file, &sources.get(*file).text, chunk);
            let (projects, more) = read_all(&tree, *file);
            found.extend(more);
            (file_order(&workspace, *file), chunk.bytes.start, projects, found)
        })
        .collect();
    parts.extend(early.iter().map(|(file, tree)| {
        let (projects, found) = read_all(tree, *file);
        let start = tree.statements.first().map_or(0, |statement| statement.head.start as usize);
        (file_order(&workspace, *file), start, projects, found)
    }));
    parts.sort_by_key(|(file, start, ..)| (*file, *start));

    let count = parts.iter().map(|(_, _, projects, _)| projects.len()).sum();
    let mut model = Model { standards: library.standards, departments, projects: Vec::with_capacity(count) };
    for (_, _, projects, more) in parts {
        model.projects.extend(projects);
        found.extend(more);
    }
    model.projects.sort_by_key(|project| project.department.map_or(u32::MAX, |department| department.0));
    found.extend(resolve::resolve(&mut model));
    let levels = Levels { wishes, config: &config, profile: profile.map(|id| &model[id]) };
    let linted =
        lint::check(&model, &sources, |code, standard| levels.level(code, Some(&model[standard])) != Level::Off);
    found.extend(linted.diagnostics);
    let standard_of = |file: FileId| {
        let department = folders.department_of(&sources.get(file).path);
        &model[department.map_or(fallback, |id| model[id].standard)]
    };
    let mut suppressions = Suppressions::read(&sources, &workspace, &mut found);
    let keep = |levels: &Levels<'_>, diagnostic: &mut Diagnostic| {
        let standard = diagnostic.span().map(|span| standard_of(span.file));
        levels.apply(diagnostic, standard)
    };
    found.retain_mut(|diagnostic| keep(&levels, diagnostic));
    diagnostic::sort(&mut found);
    let excused = suppressions.excuse(&mut found);
    let mut unused = suppressions.unused(|code, file| levels.level(code, Some(standard_of(file))) != Level::Off);
    unused.retain_mut(|diagnostic| keep(&levels, diagnostic));
    if !unused.is_empty() {
        found.extend(unused);
        diagnostic::sort(&mut found);
    }
    finish(&mut found, standard_of);
    let verdicts = control::verdicts(&found, &linted.undecided, &model, &levels);
    Analysis { sources, config, model, diagnostics: found, excused, verdicts }
}

/// The standards of a workspace and those in the binary, for facts that are not yet source text. What is wrong with them is
/// told when the workspace is checked.
pub fn library(files: Vec<Input>) -> Library {
    let mut sources = built_in_files();
    let files: Vec<FileId> = files.into_iter().map(|Input { path, text }| sources.add(path, text)).collect();
    let mut found = Vec::new();
    let (early, _) = read_declarations(&sources, &files, &mut found);
    declared_standards(&sources, &early, &mut found)
}

/// Sources that begin with the built-in standards.
fn built_in_files() -> Sources {
    let mut sources = Sources::default();
    for (path, text, _) in built_in_trees() {
        sources.add(path.clone(), text.clone());
    }
    sources
}

fn declared_standards(sources: &Sources, early: &[(FileId, Tree)], found: &mut Vec<Diagnostic>) -> Library {
    Library::new(
        built_in_trees().iter().zip(sources.iter()).flat_map(|((_, text, tree), (file, _))| tree.roots(file, text)),
        collect_nodes(early, sources, StatementKind::Standard).into_iter(),
        found,
    )
}

fn file_order(workspace: &[FileId], file: FileId) -> u32 {
    workspace.binary_search(&file).map_or(0, |index| index as u32)
}

type Early = Vec<(FileId, Tree)>;
type Late = Vec<(FileId, Chunk)>;

/// Splits all files. What declares standards and departments, and what may hide such a declaration behind a mistake, is
/// parsed at once; sound projects are left for later.
fn read_declarations(sources: &Sources, files: &[FileId], found: &mut Vec<Diagnostic>) -> (Early, Late) {
    let parts: Vec<(Early, Late, Vec<Diagnostic>)> = files
        .par_iter()
        .map(|&file| {
            let text = &*sources.get(file).text;
            let (mut early, mut late, mut found) = (Vec::new(), Vec::new(), Vec::new());
            match split(file, text) {
                Ok(chunks) => {
                    for chunk in chunks {
                        if chunk.is_whole && chunk.keyword == Some(Keyword::Project) {
                            late.push((file, chunk));
                        } else {
                            let (tree, more) = syntax::parse_chunk(file, text, &chunk);
                            early.push((file, tree));
                            found.extend(more);
                        }
                    }
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
            (early, late, found)
        })
        .collect();
    let (mut early, mut late) = (Vec::new(), Vec::new());
    for (one, other, more) in parts {
        early.extend(one);
        late.extend(other);
        found.extend(more);
    }
    (early, late)
}

fn collect_nodes<'a>(trees: &'a [(FileId, Tree)], sources: &'a Sources, kind: StatementKind) -> Vec<syntax::Node<'a>> {
    let roots = trees.iter().flat_map(|(file, tree)| tree.roots(*file, &sources.get(*file).text));
    roots.filter(|node| node.kind() == kind).collect()
}

fn read_projects(
    tree: &Tree,
    file: FileId,
    sources: &Sources,
    department: Option<DepartmentId>,
    standard_id: StandardId,
    standard: &Standard,
) -> (Vec<Project>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    // Nearly always one: room for more would cost as much as the project.
    let mut projects = Vec::with_capacity(1);
    for node in tree.roots(file, &sources.get(file).text).filter(|node| node.kind() == StatementKind::Project) {
        let project = project::project(node, standard_id, standard, &mut found);
        projects.push(Project { department, ..project });
    }
    (projects, found)
}

/// Which folder belongs to which department: a folder with a `部门` and all below it, down to the next.
#[derive(Default)]
struct Folders {
    folders: Vec<(String, DepartmentId)>,
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Folders {
    fn add(
        &mut self,
        folder: &str,
        id: DepartmentId,
        department: &Department,
        departments: &[Department],
        found: &mut Vec<Diagnostic>,
    ) {
        match self.folders.iter().find(|(known, _)| known == folder) {
            Some((_, first)) => found.push(
                Diagnostic::new(
                    Code::JX310,
                    texts::duplicate_declaration(texts::kind_department(), &*department.name.value),
                    department.span,
                    texts::one_department_a_folder(),
                )
                .label(departments[first.0 as usize].span, texts::stated_first_here()),
            ),
            None => self.folders.push((folder.to_owned(), id)),
        }
    }

    fn department_of(&self, path: &str) -> Option<DepartmentId> {
        let mut folder = folder_of(path);
        loop {
            if let Some((_, id)) = self.folders.iter().find(|(known, _)| known == folder) {
                return Some(*id);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder_of(folder);
        }
    }
}

/// Caps the syntax errors of each file, and fills in what only the standard knows.
fn finish<'a>(found: &mut Vec<Diagnostic>, standard_of: impl Fn(FileId) -> &'a Standard) {
    syntax::cap(found);
    for diagnostic in found.iter_mut().filter(|one| one.code == Code::JX210 && one.help.is_none()) {
        diagnostic.help = diagnostic.span().and_then(|span| unit_examples(standard_of(span.file)));
    }
}

/// The units that the standard names as the usual ones.
fn unit_examples(standard: &Standard) -> Option<diagnostic::Text> {
    let examples = standard.words("常用单位").words();
    (!examples.is_empty()).then(|| texts::units_such_as(examples.join(" "), &standard.name))
}
