//! Comparators in running text: their signs, and the words for them that the standards list.

use crate::model::standard::Standard;

const SIGNS: [char; 12] = ['≥', '≧', '⩾', '≤', '≦', '⩽', '>', '＞', '<', '＜', '=', '＝'];

#[derive(Debug, Default)]
pub struct Comparators {
    words: Vec<String>,
}

impl Comparators {
    /// Where the first comparator of a text begins, and how long it is.
    pub fn first_in(&self, text: &str) -> Option<(usize, usize)> {
        let length = |rest: &str| {
            let sign = rest.chars().next().filter(|sign| SIGNS.contains(sign)).map(char::len_utf8);
            let words = self.words.iter().filter(|word| rest.starts_with(word.as_str()));
            sign.or_else(|| words.map(String::len).max())
        };
        text.char_indices().find_map(|(at, _)| Some((at, length(&text[at..])?)))
    }

    pub fn add(&mut self, standard: &Standard) {
        let words = standard.words("比较用语").words().iter().filter_map(|entry| entry.split('→').next());
        self.words.extend(words.map(str::to_owned));
    }
}
