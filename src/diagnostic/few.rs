//! A list that nearly always has one entry: findings have a place, fixes an edit.

use std::ops::{Deref, DerefMut};

/// Any number of entries; one costs no allocation. It reads as a slice.
#[derive(Clone, Debug)]
pub enum Few<Entry> {
    /// Held in place.
    One(Entry),
    /// None, or more than one.
    Many(Vec<Entry>),
}

impl<Entry> Few<Entry> {
    pub(super) fn push(&mut self, entry: Entry) {
        *self = match std::mem::take(self) {
            Few::One(first) => Few::Many(vec![first, entry]),
            Few::Many(none) if none.is_empty() => Few::One(entry),
            Few::Many(mut all) => {
                all.push(entry);
                Few::Many(all)
            }
        };
    }
}

impl<Entry> Default for Few<Entry> {
    fn default() -> Self {
        Few::Many(Vec::new())
    }
}

impl<Entry> From<Vec<Entry>> for Few<Entry> {
    fn from(all: Vec<Entry>) -> Self {
        <[Entry; 1]>::try_from(all).map_or_else(Few::Many, |[one]| Few::One(one))
    }
}

impl<Entry> Deref for Few<Entry> {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        match self {
            Few::One(one) => std::slice::from_ref(one),
            Few::Many(all) => all,
        }
    }
}

impl<Entry> DerefMut for Few<Entry> {
    fn deref_mut(&mut self) -> &mut [Entry] {
        match self {
            Few::One(one) => std::slice::from_mut(one),
            Few::Many(all) => all,
        }
    }
}

impl<'a, Entry> IntoIterator for &'a Few<Entry> {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a, Entry> IntoIterator for &'a mut Few<Entry> {
    type Item = &'a mut Entry;
    type IntoIter = std::slice::IterMut<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl<Entry: PartialEq> PartialEq for Few<Entry> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<Entry: Eq> Eq for Few<Entry> {}
