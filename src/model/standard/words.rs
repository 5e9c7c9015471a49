//! 词表: the words a rule looks for, all at once.

use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};

/// A list of words of a standard; an entry `甲→乙` is the word 甲 with what should stand in its place. However long the
/// list is, searching takes one pass over a text, and looking at a text's start, end or whole takes one look-up for each
/// length of word. Standards that extend one another share their lists.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// None for the list without words.
    list: Option<Arc<List>>,
}

#[derive(Debug, Default)]
struct List {
    entries: Vec<String>,
    words: Vec<String>,
    search: OnceLock<Option<AhoCorasick>>,
    sorted: OnceLock<Sorted>,
}

/// The words by their bytes, and the lengths that occur, longest first.
#[derive(Clone, Debug, Default)]
struct Sorted {
    words: Vec<String>,
    lengths: Vec<usize>,
}

/// A word found in a text: which bytes, the word, and what should stand in its place where the list says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundWord<'a> {
    /// Where it stands in the text.
    pub bytes: std::ops::Range<usize>,
    /// As the list has it.
    pub word: &'a str,
    /// None where the list only names what to look for.
    pub replacement: Option<&'a str>,
}

impl WordList {
    /// The empty list.
    pub const fn none() -> Self {
        Self { list: None }
    }

    /// A list of entries; empty ones are left out.
    pub fn new(mut entries: Vec<String>) -> Self {
        entries.retain(|entry| !left(entry).is_empty());
        let words = entries.iter().map(|entry| left(entry).to_owned()).collect();
        Self { list: Some(Arc::new(List { entries, words, ..List::default() })) }
    }

    /// The entries as declared.
    pub fn entries(&self) -> &[String] {
        self.list.as_ref().map_or(&[], |list| &list.entries)
    }

    /// In the order of the standard; without replacements.
    pub fn words(&self) -> &[String] {
        self.list.as_ref().map_or(&[], |list| &list.words)
    }

    /// The word of the list that occurs first in a text; the longest of those that start there.
    pub fn first_in(&self, text: &str) -> Option<&str> {
        let found = self.search()?.find(text)?;
        Some(self.words()[found.pattern().as_usize()].as_str())
    }

    /// Every word of the list in a text, from the left, none inside another.
    pub fn all_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = FoundWord<'a>> {
        self.search().into_iter().flat_map(move |search| {
            search.find_iter(text).map(|found| {
                let index = found.pattern().as_usize();
                let replacement = self.entries()[index].split_once('→').map(|(_, right)| right);
                FoundWord { bytes: found.start()..found.end(), word: &self.words()[index], replacement }
            })
        })
    }

    /// The longest word that a text starts with.
    pub fn start_of(&self, text: &str) -> Option<&str> {
        let sorted = self.sorted()?;
        sorted.lengths.iter().find_map(|&length| sorted.find(text.get(..length)?))
    }

    /// The longest word that a text ends with.
    pub fn end_of(&self, text: &str) -> Option<&str> {
        let sorted = self.sorted()?;
        sorted.lengths.iter().find_map(|&length| sorted.find(text.get(text.len().checked_sub(length)?..)?))
    }

    /// Whether a text is a word of the list.
    pub fn holds(&self, text: &str) -> bool {
        self.sorted().is_some_and(|sorted| sorted.find(text).is_some())
    }

    fn search(&self) -> Option<&AhoCorasick> {
        let list = self.list.as_deref()?;
        let build = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&list.words).ok();
        list.search.get_or_init(|| build().filter(|_| !list.words.is_empty())).as_ref()
    }

    fn sorted(&self) -> Option<&Sorted> {
        let list = self.list.as_deref()?;
        Some(list.sorted.get_or_init(|| {
            let mut words = list.words.clone();
            words.sort_unstable();
            words.dedup();
            let mut lengths: Vec<usize> = words.iter().map(String::len).collect();
            lengths.sort_unstable_by(|one, other| other.cmp(one));
            lengths.dedup();
            Sorted { words, lengths }
        }))
    }
}

/// The word of an entry.
fn left(entry: &str) -> &str {
    entry.split_once('→').map_or(entry, |(left, _)| left)
}

impl Sorted {
    fn find(&self, word: &str) -> Option<&str> {
        let index = self.words.binary_search_by(|one| one.as_str().cmp(word)).ok()?;
        Some(&self.words[index])
    }
}
