//! What changed between two checked workspaces, in the terms of those who review them.
//!
//! It works on models: layout, the order of fields, the language of keywords and the files that hold a declaration are no
//! change. Every fact of a model is compared, and [`apply`] shows that nothing is lost: the changes from one model to
//! another, made on the facts of the one, give the facts of the other.

mod change;
mod class;
mod computed;
mod fact;
mod facts;
mod form;
mod indicators;
mod meaning;
mod money;
mod names;
mod pairs;
mod plan;
mod projects;
mod ranks;
mod report;
mod standard;
mod subjects;
mod target;
mod walk;
mod year;

use crate::model::{DepartmentId, Model, ProjectId};
use crate::source::Sources;
use pairs::Pairs;

pub use change::{Change, Detail, IndicatorName, Named, Said, Subject};
pub use class::{Class, Risk, Sense};
pub use fact::Fact;
pub use form::{Edit, Entity, Form, Item, Kind, Place, Value, apply};
pub use meaning::ChangeMeaning;
pub use names::form;

/// One of the two workspaces that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// As it was read; its findings do not count.
    pub model: &'a Model,
    /// The texts that its places are in.
    pub sources: &'a Sources,
}

/// What changed, and which projects were taken for the same.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// Standards first, then by department, project and indicator of the new side; what is gone stands where it stood.
    pub changes: Vec<Change>,
    /// In the order of the new side.
    pub matches: Vec<Match>,
}

/// Two projects that are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// On the old side.
    pub old: ProjectId,
    /// On the new side.
    pub new: ProjectId,
    /// The strongest that there is.
    pub evidence: Evidence,
}

/// Why two projects are taken for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Both have the same code.
    Code,
    /// The code without the segments that change from year to year.
    CodeSequence,
    /// Both have the same name, in the same department.
    Name,
    /// What they hold is alike, and nothing else fits better.
    Content {
        /// Two fifths by name, two fifths by indicators, one fifth by goal and purpose.
        percent: usize,
    },
}

/// What codes and names alone show to be the same on both sides.
#[derive(Clone, Debug, Default)]
pub struct SameHeads {
    /// Each in the department where it was.
    pub projects: Vec<(ProjectId, ProjectId)>,
    /// The new departments, by the old id.
    pub departments: Vec<Option<DepartmentId>>,
}

/// What is the same whatever else projects say: [`compare`] takes it for the same, too.
#[must_use]
pub fn heads(old: Side<'_>, new: Side<'_>) -> SameHeads {
    let pairs = Pairs::by_heads(old, new);
    let stays = |one: &&Match| pairs.stays(old.model[one.old].department, new.model[one.new].department);
    let projects = pairs.matches.iter().filter(stays).map(|one| (one.old, one.new)).collect();
    SameHeads { projects, departments: pairs.departments }
}

/// What changed from one side to the other.
#[must_use]
pub fn compare(old: Side<'_>, new: Side<'_>) -> Comparison {
    let mut walked = walk::changes(old, new);
    computed::add(&mut walked);
    let (changes, matches) = walked.in_order();
    Comparison { changes, matches }
}
