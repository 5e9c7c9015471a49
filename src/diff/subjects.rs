//! What changes are about: a department, a project or an indicator, as people and approvals know it.

use super::form::Entity;
use super::names::Names;
use super::walk::Walk;
use super::{IndicatorName, Named, Subject};
use crate::model::{DepartmentId, IndicatorId, ProjectId};

impl Walk<'_> {
    pub(super) fn department_subject(&self, old: Option<DepartmentId>, new: Option<DepartmentId>) -> Subject {
        let name = |names: &Names<'_>, id: DepartmentId| names.side.model[id].name.value.to_string();
        let of_new = new.map(|id| name(&self.new, id));
        let identity = old.map(|id| name(&self.old, id)).or_else(|| of_new.clone()).unwrap_or_default();
        let department = of_new.or_else(|| old.map(|id| name(&self.old, id)));
        Subject { department, identity: format!("department/{identity}"), ..Subject::default() }
    }

    pub(super) fn project_subject(&self, old: Option<ProjectId>, new: Option<ProjectId>) -> Subject {
        let (names, id) = match (new, old) {
            (Some(id), _) => (&self.new, id),
            (None, Some(id)) => (&self.old, id),
            (None, None) => return Subject::default(),
        };
        let project = &names.side.model[id];
        let project_name = Named {
            code: project.code.as_ref().map(|code| code.value.to_string()),
            name: project.name.value.to_string(),
        };
        let identity = match (old, new) {
            (Some(id), _) => identity(&self.old, id),
            (None, Some(id)) => identity(&self.new, id),
            (None, None) => String::new(),
        };
        Subject {
            department: project.department.map(|id| names.side.model[id].name.value.to_string()),
            project: Some(project_name),
            old_project: old,
            new_project: new,
            identity,
            ..Subject::default()
        }
    }

    pub(super) fn indicator_subject(
        &self,
        projects: (ProjectId, ProjectId),
        old: Option<(u32, &Entity)>,
        new: Option<(u32, &Entity)>,
    ) -> Subject {
        let ids = |project, index: Option<(u32, &Entity)>| index.map(|(index, _)| IndicatorId { project, index });
        let (old_id, new_id) = (ids(projects.0, old), ids(projects.1, new));
        let (names, id) = match (new_id, old_id) {
            (Some(id), _) => (&self.new, Some(id)),
            (None, id) => (&self.old, id),
        };
        let mut subject = self.project_subject(Some(projects.0), Some(projects.1));
        if let Some(id) = id {
            let standard = &names.side.model[names.side.model[id.project].standard];
            let indicator = &names.side.model[id];
            subject.indicator = Some(IndicatorName {
                category: indicator.category.map(|category| standard.category_path(category)),
                name: indicator.name.value.to_string(),
            });
        }
        let key = old.or(new).and_then(|(_, entity)| entity.0.last()).map_or("", |(_, key)| key.as_str());
        subject.identity = format!("{}/{key}", subject.identity);
        Subject { old_indicator: old_id, new_indicator: new_id, ..subject }
    }
}

/// A project with a code is known by it wherever it stands.
fn identity(names: &Names<'_>, id: ProjectId) -> String {
    let project = &names.side.model[id];
    if let Some(code) = &project.code {
        return format!("project/{}", code.value);
    }
    let path: Vec<&str> = names.project(id).0.iter().map(|(_, key)| key.as_str()).collect();
    format!("project/{}", path.join("/"))
}
