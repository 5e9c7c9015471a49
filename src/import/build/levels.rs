//! A second level that a form has below another first level than the standards.

use crate::model::standard::{CategoryMatch, Library};

/// Where the second level of two names belongs, if no standard has it below the first: every one that has it has it
/// elsewhere.
pub fn elsewhere(first: &str, second: &str, library: &Library) -> Option<String> {
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let mut right = None;
    for standard in &library.standards {
        let path = |id| standard.category_path(id);
        match standard.find_category(&format!("{first}.{second}")) {
            CategoryMatch::One(_) => return None,
            CategoryMatch::WrongParent { right: id, .. } => right = right.or(Some(path(id))),
            CategoryMatch::Several(_) | CategoryMatch::None => {}
        }
    }
    right
}
