//! Which department or project a head declares. The declaration around a place is read by [`crate::edit::declaration`].

use crate::model::{Department, DepartmentId, Project, ProjectId};
use crate::source::Span;
use crate::workspace::Analysis;

pub(crate) use crate::edit::declaration::{Declaration, PlacedStatement};

/// The project that a head declares.
pub fn project_at(analysis: &Analysis, head: Span) -> Option<(ProjectId, &Project)> {
    let is_it = |project: &Project| project.span.file == head.file && project.span.start == head.start;
    let index = analysis.model.projects.iter().position(is_it)?;
    Some((ProjectId(index as u32), &analysis.model.projects[index]))
}

/// The department that a head declares.
pub fn department_at(analysis: &Analysis, head: Span) -> Option<(DepartmentId, &Department)> {
    let is_it = |department: &Department| department.span.file == head.file && department.span.start == head.start;
    let index = analysis.model.departments.iter().position(is_it)?;
    Some((DepartmentId(index as u32), &analysis.model.departments[index]))
}
