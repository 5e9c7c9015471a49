//! What changed since another version, as pages tell it: finished lines, so that neither of the two models is held.

use crate::diff::Class;

/// The changes since a version, in order.
#[derive(Clone, Debug, Default)]
pub struct ChangesSince {
    /// The version, as people call it.
    pub version: String,
    /// One for each change.
    pub lines: Vec<ToldChange>,
}

/// A change, in the language of the page.
#[derive(Clone, Debug)]
pub struct ToldChange {
    /// What it does.
    pub class: Class,
    /// Of what it is.
    pub owner: ChangeOwner,
    /// The number of its project among those of the workspace, from one; none where it is of none, or of one that is gone.
    pub project: Option<usize>,
    /// The number of its indicator in the project, from one.
    pub indicator: Option<usize>,
    /// The project, as it is called now.
    pub title: Option<String>,
    /// What of it changed.
    pub place: Option<String>,
    /// What stood there, and what stands there now.
    pub sides: Option<[ChangedValue; 2]>,
    /// What follows by arithmetic.
    pub details: Vec<String>,
    /// `folder/file.jx:12`, and whether that is a line of the other version.
    pub source: Option<(String, bool)>,
}

/// Of what a change is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeOwner {
    /// Of a department, by its number among those of the workspace, from one.
    Department(usize),
    /// Of a project outside any.
    Outside,
    /// Of a department that is gone, or a standard: what it is called.
    Elsewhere(String),
}

/// A value in parts, each with whether it differs from the other side.
pub type ChangedValue = Vec<(String, bool)>;
