//! Indicators that several departments have with the same name and the same words.

use std::collections::HashMap;

use super::PlaceInCounty;
use crate::model::Indicator;
use crate::model::text::{folded, hash};

/// Indicators in words, by a hash of what they say.
#[derive(Default)]
pub(in crate::backend) struct Words(HashMap<u128, SharedWords>);

/// What is said in several places.
pub(in crate::backend) struct SharedWords {
    pub name: String,
    pub words: String,
    pub count: usize,
    /// The first place in each department.
    pub places: Vec<PlaceInCounty>,
}

impl Words {
    /// Adds an indicator where its target is words.
    pub fn add(&mut self, indicator: &Indicator, department: usize, place: impl Fn() -> PlaceInCounty) {
        let Some((words, _)) = indicator.target_words() else { return };
        let text = format!("{}\n{}", folded(&indicator.name.value), folded(words));
        let shared = self.0.entry(hash(&text)).or_insert_with(|| SharedWords {
            name: indicator.name.value.to_string(),
            words: words.to_string(),
            count: 0,
            places: Vec::new(),
        });
        shared.count += 1;
        if shared.places.last().is_none_or(|last| last.department != department) {
            shared.places.push(place());
        }
    }

    /// What several departments say, the most departments first.
    pub fn compared(&self) -> Vec<&SharedWords> {
        let mut shared: Vec<&SharedWords> = self.0.values().filter(|one| one.places.len() > 1).collect();
        shared.sort_by(|one, other| {
            let counts = (other.places.len(), other.count).cmp(&(one.places.len(), one.count));
            counts.then_with(|| (&one.name, &one.words).cmp(&(&other.name, &other.words)))
        });
        shared
    }
}
