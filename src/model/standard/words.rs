//! 词表: the words a rule looks for, all at once.

use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;

/// A list of words of a standard. Searching takes one pass over a text, however long the list is.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    words: Vec<String>,
    search: OnceLock<Option<Arc<AhoCorasick>>>,
}

impl WordList {
    pub const fn none() -> Self {
        Self { words: Vec::new(), search: OnceLock::new() }
    }

    pub fn new(words: Vec<String>) -> Self {
        Self { words, search: OnceLock::new() }
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// The word of the list that occurs first in a text.
    pub fn first_in(&self, text: &str) -> Option<&str> {
        let search = self.search.get_or_init(|| {
            let words = self.words.iter().filter(|word| !word.is_empty());
            AhoCorasick::new(words).ok().filter(|_| !self.words.is_empty()).map(Arc::new)
        });
        let found = search.as_ref()?.find(text)?;
        Some(self.words.iter().filter(|word| !word.is_empty()).nth(found.pattern().as_usize())?.as_str())
    }

    /// Whether a text ends in a word of the list.
    pub fn any_ends(&self, text: &str) -> bool {
        self.words.iter().any(|word| text.ends_with(word.as_str()))
    }
}
