//! Which region and which years a workspace is of: the codes of its projects say the one, by the form that their standard
//! declares, its departments the other. A file of a table is of one of each.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Model, code};

/// The regions that the codes of projects name, with how many name each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegionsOfCodes(pub BTreeMap<String, usize>);

impl RegionsOfCodes {
    /// Those of a model. A code that does not have its form says nothing.
    pub fn of(model: &Model) -> Self {
        let mut found = Self::default();
        found.add(model);
        found
    }

    /// Adds those of another part of the workspace.
    pub fn add(&mut self, model: &Model) {
        for project in &model.projects {
            let form = model[project.standard].code_form.as_ref();
            let region = project.code.as_ref().zip(form).and_then(|(written, form)| code::region(form, &written.value));
            if let Some(region) = region {
                *self.0.entry(region.to_owned()).or_default() += 1;
            }
        }
    }

    /// The region, where all of them name just one.
    pub fn only(&self) -> Option<&str> {
        self.0.first_key_value().filter(|_| self.0.len() == 1).map(|(region, _)| region.as_str())
    }
}

/// The fiscal years of a workspace, and what states none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatedYears {
    /// Those that departments state.
    pub years: BTreeSet<u16>,
    /// The names of departments that state none, in the order of the files.
    pub without: Vec<String>,
    /// Whether anything stands outside any department.
    pub is_any_outside: bool,
}

impl StatedYears {
    /// Those of a model.
    pub fn of(model: &Model) -> Self {
        let mut found = Self::default();
        found.add(model);
        found
    }

    /// Adds those of another part of the workspace.
    pub fn add(&mut self, model: &Model) {
        let without = model.departments.iter().filter(|one| one.year.is_none());
        self.years.extend(model.departments.iter().filter_map(|one| Some(one.year.as_ref()?.value)));
        self.without.extend(without.map(|one| one.name.value.to_string()));
        self.is_any_outside |= model.groups().any(|id| id.is_none());
    }

    /// The year, where all that state one state the same.
    pub fn only(&self) -> Option<u16> {
        self.years.first().copied().filter(|_| self.years.len() == 1)
    }
}
