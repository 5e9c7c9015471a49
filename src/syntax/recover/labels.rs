//! The first word of a head, and what it says.

use super::super::split::is_blank;
use super::super::vocabulary::{self, KEYWORDS, Keyword};

/// Up to the first blank, colon or comma.
pub(super) fn first_word(head: &str) -> &str {
    let end = head
        .find(|sign: char| is_blank(sign) || matches!(sign, ':' | '：' | '\n' | '\r' | '，' | ',' | '、' | '|' | '｜'))
        .unwrap_or(head.len());
    &head[..end]
}

/// The label of a head, without quotes.
pub(super) fn label_of(head: &str) -> &str {
    first_word(head).trim_matches(['"', '“', '”', '＂'])
}

pub(super) fn is_indicator(label: &str) -> bool {
    label == vocabulary::INDICATOR.0 || label == vocabulary::INDICATOR.1
}

/// The declaration a word starts, also where it is misspelt by one sign; then with the right word.
pub(super) fn declaration(label: &str) -> Option<(Keyword, Option<&'static str>)> {
    let exact = KEYWORDS.iter().find(|(_, name, english)| *name == label || *english == label);
    if let Some(&(keyword, ..)) = exact {
        return Some((keyword, None));
    }
    let near = |&&(_, name, english): &&(Keyword, &str, &str)| {
        vocabulary::is_near(label, name) || vocabulary::is_near(label, english)
    };
    KEYWORDS
        .iter()
        .find(near)
        .map(|&(keyword, name, english)| (keyword, Some(if label.is_ascii() { english } else { name })))
}
