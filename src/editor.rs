//! What an editor asks about a text: what may stand here, what this is, where it is declared, who refers to it.
//!
//! Pure functions over an [`Analysis`], a file and a byte; answers are plain types with byte spans. The protocol is none
//! of their business. Only the declaration around the cursor is parsed again, so that an answer does not wait for the
//! size of the file.
//!
//! ```text
//!  text around the cursor ─▶ Declaration ─▶ tokens, each with its Role ─▶ Entity that it names ─▶ answers
//!                          └▶ Context (for half-typed lines) ─▶ completion
//! ```

pub mod actions;
pub mod completion;
mod context;
mod declaration;
mod entity;
pub mod folding;
pub mod hints;
pub mod hover;
pub mod lenses;
pub mod outline;
pub mod references;
pub mod rename;
mod reported;
pub mod selection;
pub mod semantic;
mod sites;
mod spelling;
mod tokens;

use std::sync::Arc;

use crate::model::standard::{Standard, built_in_trees};
use crate::model::{Department, DepartmentId, Model};
use crate::source::{FileId, Source};
use crate::workspace::Analysis;

pub(crate) use declaration::Declaration;
pub(crate) use spelling::{Fit, filter_text, fit};

/// The texts of the built-in standards, by the path that spans in them have: a client shows them as documents that cannot
/// be written.
pub fn built_in_text(path: &str) -> Option<Arc<str>> {
    built_in_trees().iter().find(|(known, ..)| known == path).map(|(_, text, _)| text.clone())
}

/// Whether a file is one of the built-in standards.
pub fn is_built_in(source: &Source) -> bool {
    source.path.starts_with("<standards>/")
}

/// Whether a file holds the settings of the workspace.
fn is_settings(source: &Source) -> bool {
    source.path.ends_with(".toml")
}

/// The department that a file belongs to: of its own folder, or of the nearest one above.
fn department_of(analysis: &Analysis, file: FileId) -> Option<DepartmentId> {
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let path = &analysis.sources.get(file).path;
    let holds = |department: &Department| {
        let own = folder(&analysis.sources.get(department.span.file).path);
        path.starts_with(&own).then_some(own.len())
    };
    let departments = analysis.model.departments.iter().enumerate();
    let nearest = departments.filter_map(|(index, department)| Some((holds(department)?, std::cmp::Reverse(index))));
    nearest.max().map(|(_, index)| DepartmentId(index.0 as u32))
}

/// The standard that holds in a file.
fn standard_of(analysis: &Analysis, file: FileId) -> Option<&Standard> {
    let department = department_of(analysis, file).map(|id| analysis.model[id].standard);
    let of_projects = || project_in(&analysis.model, file).map(|project| project.standard);
    match department.or_else(of_projects) {
        Some(id) => Some(&analysis.model[id]),
        None => analysis.main_standard(),
    }
}

fn project_in(model: &Model, file: FileId) -> Option<&crate::model::Project> {
    model.projects.iter().find(|project| project.span.file == file)
}
