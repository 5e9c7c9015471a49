//! Which department a file belongs to, by its folder.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::{Department, DepartmentId};
use crate::source::folder_of;

/// Which folder belongs to which department: a folder with a `部门` and all below it, down to the next.
#[derive(Default)]
pub struct Folders {
    folders: BTreeMap<String, DepartmentId>,
    is_shared: bool,
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
        match self.folders.entry(folder.to_owned()) {
            Entry::Occupied(first) => {
                self.is_shared = true;
                found.push(
                    Diagnostic::new(
                        Code::JX310,
                        texts::duplicate_declaration(texts::kind_department(), &*department.name.value),
                        department.span,
                        texts::one_department_a_folder(),
                    )
                    .label(departments[first.get().0 as usize].span, texts::stated_first_here()),
                );
            }
            Entry::Vacant(place) => drop(place.insert(id)),
        }
    }

    /// Whether two departments claim one folder.
    pub fn is_shared(&self) -> bool {
        self.is_shared
    }

    pub fn department_of(&self, path: &str) -> Option<DepartmentId> {
        let mut folder = folder_of(path);
        loop {
            if let Some(id) = self.folders.get(folder) {
                return Some(*id);
            }
            if folder.is_empty() {
                return None;
            }
            folder = folder_of(folder);
        }
    }
}
