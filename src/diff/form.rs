//! A model as a flat list of facts, each at its place: what a comparison compares, and what changes are applied to.

use std::collections::BTreeMap;

/// Every fact of a model by its place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    pub facts: BTreeMap<Vec<String>, String>,
}

/// A change of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Put(Vec<String>, String),
    Remove(Vec<String>),
}
