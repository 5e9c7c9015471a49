//! Where rows of projects stand, as a page links to them: in itself, or in a page that each project has for itself.

use std::collections::BTreeMap;

use crate::model::{DepartmentId, Model, ProjectId};

/// A page of more projects takes a megabyte and, in a browser, the best part of a second: each project gets its own.
const PROJECTS_A_PAGE: usize = 100;

/// How one page links to rows of projects.
#[derive(Default)]
pub(super) struct ProjectLinks {
    /// The pages of projects that have their own; empty where all stand in this one.
    pages: BTreeMap<ProjectId, String>,
}

impl ProjectLinks {
    /// Those of a department, whose projects get pages of their own in a folder where they are many.
    pub fn of(model: &Model, id: Option<DepartmentId>, folder: &str) -> Self {
        let count = model.projects_of(id).count();
        if count <= PROJECTS_A_PAGE {
            return Self::default();
        }
        // Addresses are short: there are thousands in one page.
        let width = count.to_string().len();
        let page = |number: usize| format!("{folder}/{number:0width$}.html");
        Self { pages: (1..).zip(model.projects_of(id)).map(|(number, (id, _))| (id, page(number))).collect() }
    }

    /// Whether projects have pages of their own.
    pub fn are_split(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The page of a project, where it has its own.
    pub fn page(&self, project: ProjectId) -> Option<&str> {
        self.pages.get(&project).map(String::as_str)
    }

    /// The address of a row of a project, or of its heading.
    pub fn href(&self, project: ProjectId, anchor: &str) -> String {
        let page = self.page(project).map(address).unwrap_or_default();
        format!("{page}#{anchor}")
    }
}

/// A path as an address: what an address reads otherwise is written by its number.
pub(super) fn address(path: &str) -> String {
    path.chars().fold(String::with_capacity(path.len()), |mut address, sign| {
        match sign {
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '?' => address.push_str("%3F"),
            ' ' => address.push_str("%20"),
            sign => address.push(sign),
        }
        address
    })
}
