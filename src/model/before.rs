//! What stands before a part of a workspace that is read a part at a time.

use super::Model;

/// What stands before a part of a workspace: numbers that are printed count on from there.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before {
    /// So many departments.
    pub departments: usize,
    /// So many projects.
    pub projects: usize,
}

impl Before {
    /// Tells the next part what stands before it, and stands before the one behind.
    pub(crate) fn stands_before(&mut self, part: &mut Model) {
        part.before = Some(*self);
        self.departments += part.departments.len();
        self.projects += part.projects.len();
    }
}

impl Model {
    /// Whether the workspace has several groups, if only one of them is here.
    pub(crate) fn has_several_groups(&self) -> bool {
        self.before.is_some() || self.groups().count() > 1
    }
}
