//! 词表: a list of words as a standard declares it. What rules look for in texts, they ask of a
//! [`RuleLexicon`](super::RuleLexicon).

use std::sync::{Arc, OnceLock};

/// A list of words of a standard; an entry `甲→乙` is the word 甲 with what should stand in its place. Standards that
/// extend one another share their lists.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// None for the list without words.
    list: Option<Arc<SharedWords>>,
}

#[derive(Debug, Default)]
struct SharedWords {
    entries: Vec<String>,
    words: Vec<String>,
    /// Their numbers, in the order of their bytes: made when first asked for.
    order: OnceLock<Vec<usize>>,
}

impl WordList {
    /// The empty list.
    pub const fn none() -> Self {
        Self { list: None }
    }

    /// A list of entries; empty ones are left out.
    pub fn new(mut entries: Vec<String>) -> Self {
        entries.retain(|entry| !left(entry).is_empty());
        let words: Vec<String> = entries.iter().map(|entry| left(entry).to_owned()).collect();
        Self { list: Some(Arc::new(SharedWords { entries, words, order: OnceLock::new() })) }
    }

    /// The entries as declared.
    pub fn entries(&self) -> &[String] {
        self.list.as_ref().map_or(&[], |list| &list.entries)
    }

    /// In the order of the standard; without replacements.
    pub fn words(&self) -> &[String] {
        self.list.as_ref().map_or(&[], |list| &list.words)
    }

    /// Whether a text is a word of the list.
    pub fn holds(&self, text: &str) -> bool {
        self.entry(text).is_some()
    }

    /// What should stand in the place of a word, where the list says so.
    pub fn replacement(&self, word: &str) -> Option<&str> {
        self.entry(word)?.split_once('→').map(|(_, right)| right)
    }

    fn entry(&self, word: &str) -> Option<&str> {
        let SharedWords { entries, words, order } = self.list.as_deref()?;
        let order = order.get_or_init(|| {
            let mut order: Vec<usize> = (0..words.len()).collect();
            order.sort_by_key(|index| &words[*index]);
            // Of equal words the first counts.
            order.dedup_by(|next, first| words[*next] == words[*first]);
            order
        });
        let found = order.binary_search_by(|index| words[*index].as_str().cmp(word)).ok()?;
        Some(&entries[order[found]])
    }
}

/// The word of an entry.
fn left(entry: &str) -> &str {
    entry.split_once('→').map_or(entry, |(left, _)| left)
}
