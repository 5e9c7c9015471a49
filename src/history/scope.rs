//! What a history is of: one topic, or all that a file declares, followed wherever it went.

use std::collections::BTreeSet;

use super::{Topic, TopicValue};
use crate::diff::{Change, Class, Comparison};
use crate::model::Model;
use crate::source::Sources;

/// Topics, and departments and standards by their names.
#[derive(Clone, Debug)]
pub struct HistoryScope {
    topics: Vec<Topic>,
    others: BTreeSet<String>,
}

impl HistoryScope {
    pub fn of(topic: Topic) -> Self {
        Self { topics: vec![topic], others: BTreeSet::new() }
    }

    /// What a file declares; none where it declares nothing.
    pub fn of_file(model: &Model, sources: &Sources, path: &str) -> Option<Self> {
        let is_here = |file| sources.get(file).path == path;
        let projects = model.project_ids().filter(|id| is_here(model[*id].span.file));
        let topics: Vec<Topic> = projects.map(|id| Topic::project(model, id)).collect();
        let departments = model.departments.iter().filter(|one| is_here(one.span.file));
        let others: BTreeSet<String> = departments.map(|one| one.name.value.to_string()).collect();
        (!topics.is_empty() || !others.is_empty()).then_some(Self { topics, others })
    }

    /// Its name and its value, where it is one topic.
    pub fn one(&self) -> Option<&Topic> {
        match &self.topics[..] {
            [topic] if self.others.is_empty() => Some(topic),
            _ => None,
        }
    }

    pub fn value(&self, model: &Model) -> Option<TopicValue> {
        self.one()?.value(model)
    }

    /// Every indicator of it in a version.
    pub fn indicators(&self, model: &Model) -> Vec<Topic> {
        self.topics.iter().flat_map(|topic| topic.indicators(model)).collect()
    }

    /// What of a comparison touches it, in the order of the comparison. From then on it bears the names of the older side.
    pub fn step(&mut self, old: &Model, new: &Model, comparison: &Comparison) -> Vec<Change> {
        let mut numbers: BTreeSet<usize> = BTreeSet::new();
        for topic in &mut self.topics {
            numbers.extend(topic.step(old, new, comparison));
        }
        for (number, change) in comparison.changes.iter().enumerate() {
            let Some(name) = change.subject.department.as_ref().filter(|_| change.subject.project.is_none()) else {
                continue;
            };
            if self.others.contains(name) {
                numbers.insert(number);
                if let (Class::DepartmentRenamed, Some(old)) = (change.class, &change.old) {
                    self.others.insert(old.text.trim_matches(['"', '“', '”']).to_owned());
                }
            }
        }
        numbers.into_iter().map(|number| comparison.changes[number].clone()).collect()
    }
}
