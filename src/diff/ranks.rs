//! Where changes stand among others: in the order of the new side, and what is gone after what stood before it.

use super::pairs::Pairs;
use crate::model::{DepartmentId, ProjectId};

/// The place of a change among those of its kind.
pub(super) type Rank = (u8, i64, u8, usize);

pub(super) const TOP: Rank = (0, -1, 0, 0);
/// Right after the changes of a department itself.
pub(super) const AFTER_OWN: Rank = (1, -1, 0, 0);

/// The places of departments and projects of both sides in the order of the new side.
pub(super) struct Ranks {
    pub(super) old_departments: Vec<Rank>,
    pub(super) new_departments: Vec<Rank>,
    old_projects: Vec<Rank>,
}

impl Ranks {
    pub(super) fn new(pairs: &Pairs, new_departments: usize) -> Self {
        let new_departments = (0..new_departments as u32).map(|index| (1, i64::from(index), 0, 0)).collect();
        let old_departments = old_ranks(pairs.departments.iter().map(|id| id.map(|id| id.0)));
        let old_projects = old_ranks(pairs.projects.iter().map(|id| id.map(|id| id.0)));
        Self { old_departments, new_departments, old_projects }
    }

    pub(super) fn of(ranks: &[Rank], department: Option<DepartmentId>) -> Rank {
        department.map_or((2, 0, 0, 0), |id| ranks[id.0 as usize])
    }

    pub(super) fn new_department(&self, id: Option<DepartmentId>) -> Rank {
        Self::of(&self.new_departments, id)
    }

    pub(super) fn old_department(&self, id: Option<DepartmentId>) -> Rank {
        Self::of(&self.old_departments, id)
    }

    pub(super) fn new_project(id: ProjectId) -> Rank {
        (2, i64::from(id.0), 0, 0)
    }

    pub(super) fn old_project(&self, id: ProjectId) -> Rank {
        let (_, place, is_gone, index) = self.old_projects[id.0 as usize];
        (2, place, is_gone, index)
    }
}

/// What is gone stands after the last thing before it that is still there.
pub(super) fn old_ranks(pairs: impl Iterator<Item = Option<u32>>) -> Vec<Rank> {
    let mut last = -1;
    pairs
        .enumerate()
        .map(|(index, pair)| match pair {
            Some(new) => {
                last = i64::from(new);
                (1, last, 0, 0)
            }
            None => (1, last, 1, index),
        })
        .collect()
}
