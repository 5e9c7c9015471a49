//! Sources to a checked model. No file system here: callers hand in texts.
//!
//! Standards are read first, then departments, then projects, each project by the standard of its department and all of
//! them in parallel. A project's tree is dropped as soon as it is read, so that memory stays near the size of the text.

mod by_department;
mod folders;
mod offer;
mod reading;
mod session;
mod settle;
mod update;
mod versions;

use std::sync::Arc;

use crate::config::Config;
use crate::control::{self, Excused, Verdict, Wishes};
use crate::diagnostic::Diagnostic;
use crate::lint::{self, Across, Marks, MarksBefore, Undecided};
use crate::model::Model;
use crate::model::standard::{Library, Standard};
use crate::source::{FileId, Sources, Span};
use offer::TriedFixes;
use reading::{Base, Found, Owner, built_in_files, cut, declared_standards, owned, read_declarations};
use settle::{by_file, settle};

pub use by_department::{ByDepartment, SourceReader};
pub use session::Session;
pub use versions::{VersionInput, Versions};

/// What a run found.
#[derive(Debug, Default)]
pub struct Analysis {
    /// What was read, by [`FileId`].
    pub sources: Sources,
    /// What the settings file asks for.
    pub config: Config,
    /// Also what holds mistakes, with marks of damage.
    pub model: Model,
    /// Errors, warnings and notes that nothing excuses, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments excuse, in the order of [`Self::diagnostics`].
    pub excused: Vec<Excused>,
    /// What the run says of each rule.
    pub verdicts: Vec<Verdict>,
}

/// A file handed in: the path as shown to people, with `/`, and its text.
#[derive(Clone, Debug)]
pub struct Input {
    /// As findings name it.
    pub path: String,
    /// As it was read, decoded.
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

    /// Whether a finding keeps the model from being published.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Checks a workspace: its `.jx` files, and its `jixiao.toml` where it has one. The order of the files does not matter.
pub fn analyse(files: Vec<Input>, settings: Option<Input>) -> Analysis {
    analyse_with(files, settings, &Wishes::default())
}

/// Checks a workspace as a person wishes.
pub fn analyse_with(files: Vec<Input>, settings: Option<Input>, wishes: &Wishes) -> Analysis {
    let (base, found) = Base::read(files, settings, wishes.clone());
    let read = Linted::of(base, found);
    let marks = if read.base.analysis.model.departments.len() > 1 { read.marks() } else { Vec::new() };
    read.settled(&marks, &MarksBefore::default())
}

/// What was read and checked, each department for itself.
struct Linted {
    base: Base,
    found: Vec<Found>,
    undecided: Vec<Undecided>,
}

impl Linted {
    fn of(mut base: Base, mut found: Vec<Found>) -> Self {
        base.tie_references(&mut found);
        let levels = base.levels();
        let Analysis { model, sources, .. } = &base.analysis;
        let linted = lint::check(model, sources, |code, standard| base.is_wanted(&levels, code, standard));
        found.extend(owned(Owner::Workspace, linted.diagnostics));
        Self { base, found, undecided: linted.undecided }
    }

    /// Of its departments, in their order.
    fn marks(&self) -> Vec<Marks<Span>> {
        lint::marks(&self.base.analysis.model)
    }

    /// Compares its departments with each other and with those before it, and makes of the findings what is told.
    fn settled(self, marks: &[Marks<Span>], before: &MarksBefore<Span>) -> Analysis {
        let Self { base, mut found, undecided } = self;
        let across = lint::check_across(&Across::new(&base.analysis.model, marks, before));
        found.extend(owned(Owner::Workspace, across.diagnostics));
        let levels = base.levels();
        let by_file = by_file(found, &base, &levels);
        let (mut diagnostics, mut excused) = (Vec::new(), Vec::new());
        for (file, found) in by_file {
            let found = found.into_iter().map(|one| one.diagnostic).collect();
            let (settled, more) = settle(file, found, &base, &levels, &mut TriedFixes::default());
            diagnostics.extend(settled);
            excused.extend(more);
        }
        let verdicts = control::verdicts(&diagnostics, &undecided, &base.analysis.model, &levels);
        Analysis { diagnostics, excused, verdicts, ..base.analysis }
    }
}

/// The standards of a workspace and those in the binary, for facts that are not yet source text. What is wrong with them is
/// told when the workspace is checked.
pub fn library(files: Vec<Input>) -> Library {
    let mut sources = built_in_files();
    let files: Vec<FileId> = files.into_iter().map(|Input { path, text }| sources.add(path, text)).collect();
    let mut found = Vec::new();
    let (_, early, _) = read_declarations(&sources, &files, &cut, &mut found);
    declared_standards(&sources, &early, &mut Vec::new())
}
