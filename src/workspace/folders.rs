//! Which department a file belongs to, by its folder.

use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::{Department, DepartmentId};

/// Which folder belongs to which department: a folder with a `部门` and all below it, down to the next.
#[derive(Default)]
pub struct Folders {
    folders: Vec<(String, DepartmentId)>,
    is_shared: bool,
}

pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

impl Folders {
    pub fn add(
        &mut self,
        folder: &str,
        id: DepartmentId,
        department: &Department,
        departments: &[Department],
        found: &mut Vec<Diagnostic>,
    ) {
        self.is_shared |= self.folders.iter().any(|(known, _)| known == folder);
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

    /// Whether two departments claim one folder.
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    pub fn department_of(&self, path: &str) -> Option<DepartmentId> {
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
