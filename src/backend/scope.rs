//! How much of a model is published: a county can be written a department at a time, and a preview asks for one project.

use crate::model::{DepartmentId, Model, Project, ProjectId};

/// Numbers and paths of a part are those that it has in the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All that was read.
    Workspace,
    /// None: the projects outside any department.
    Department(Option<DepartmentId>),
    /// A project without what its department says of itself.
    Project(ProjectId),
}

impl Scope {
    /// The departments that lie in it, if only with one project, each with its place in the whole.
    pub(super) fn groups(self, model: &Model) -> impl Iterator<Item = (usize, Option<DepartmentId>)> {
        let is_meant = move |id: Option<DepartmentId>| match self {
            Scope::Workspace => true,
            Scope::Department(wanted) => id == wanted,
            Scope::Project(project) => id == model[project].department,
        };
        let before = model.before.map_or(0, |before| before.departments);
        (before..).zip(model.groups()).filter(move |(_, id)| is_meant(*id))
    }

    /// What of it lies in a department: all of that, or one project.
    pub(super) fn within(self, id: Option<DepartmentId>) -> Self {
        match self {
            Scope::Workspace | Scope::Department(_) => Scope::Department(id),
            Scope::Project(_) => self,
        }
    }

    /// The project that it is, where it is one.
    pub(super) fn project(self) -> Option<ProjectId> {
        match self {
            Scope::Workspace | Scope::Department(_) => None,
            Scope::Project(id) => Some(id),
        }
    }

    /// Its projects of a department, each with its number there.
    pub(super) fn projects_of(
        self,
        model: &Model,
        id: Option<DepartmentId>,
    ) -> impl Iterator<Item = (usize, ProjectId, &Project)> {
        let numbered = (1..).zip(model.projects_of(id)).map(|(number, (id, one))| (number, id, one));
        numbered.filter(move |(_, id, _)| self.project().is_none_or(|only| only == *id))
    }

    /// Its projects, department by department.
    pub(super) fn projects(self, model: &Model) -> impl Iterator<Item = (ProjectId, &Project)> {
        let of_group = move |(_, id)| self.projects_of(model, id).map(|(_, id, one)| (id, one));
        self.groups(model).flat_map(of_group)
    }
}
