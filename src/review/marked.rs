//! Two values side by side: which parts of each are not in the other.

use std::borrow::Cow;

use super::{blank, nothing};
use crate::diagnostic::{Language, Text};
use crate::diff::{Change, Said};
use crate::source::signs;
use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A value in parts.
pub type MarkedValue = Vec<MarkedPart>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedPart {
    pub text: String,
    pub has_changed: bool,
}

/// Longer values are marked as a whole.
const MOST_TOKENS: usize = 4000;
/// Values that share less, in percent, are marked as a whole: single signs in common are chance.
const LEAST_COMMON: usize = 30;

/// The parts of both. Numbers and Latin words are not taken apart.
pub fn marked(old: &str, new: &str) -> (MarkedValue, MarkedValue) {
    let (before, after) = (tokens(old), tokens(new));
    let whole = || (vec![part(old, true)], vec![part(new, true)]);
    if before.len() > MOST_TOKENS || after.len() > MOST_TOKENS {
        return whole();
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut common = 0;
    for operation in capture_diff_slices(Algorithm::RawMyers, &before, &after) {
        let has_changed = operation.tag() != DiffTag::Equal;
        let (one, other) = (before[operation.old_range()].concat(), after[operation.new_range()].concat());
        if !has_changed {
            common += one.chars().filter(|sign| !sign.is_whitespace()).count();
        }
        push(&mut left, &one, has_changed);
        push(&mut right, &other, has_changed);
    }
    let signs = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).count();
    let longer = signs(old).max(signs(new));
    // A comparator and a unit are few signs but much in common.
    if longer > 16 && common * 100 < longer * LEAST_COMMON { whole() } else { (left, right) }
}

/// Both sides of a change, in words where one is empty or is not there; none where there is nothing to show.
pub fn sides(change: &Change, language: Language) -> Option<(MarkedValue, MarkedValue)> {
    sides_as(change, language, |text| text.into())
}

/// The same with each value as `show` shows it.
pub fn sides_as(
    change: &Change,
    language: Language,
    show: impl Fn(&str) -> Cow<'_, str>,
) -> Option<(MarkedValue, MarkedValue)> {
    let show = |text: &str| show(&signs::in_lines(text)).into_owned();
    let words = |text: Text| plain(text.in_language(language));
    let alone = |side: &Option<Said>| match side {
        None => words(nothing()),
        Some(said) if said.text.is_empty() => words(blank()),
        Some(said) => plain(show(&said.text)),
    };
    match (&change.old, &change.new) {
        (None, None) => None,
        (Some(old), Some(new)) if !old.text.is_empty() && !new.text.is_empty() => {
            Some(marked(&show(&old.text), &show(&new.text)))
        }
        (old, new) => Some((alone(old), alone(new))),
    }
}

/// A value that has nothing to be compared with.
pub fn plain(text: impl Into<String>) -> MarkedValue {
    vec![MarkedPart { text: text.into(), has_changed: false }]
}

fn part(text: &str, has_changed: bool) -> MarkedPart {
    MarkedPart { text: text.to_owned(), has_changed }
}

fn push(parts: &mut MarkedValue, text: &str, has_changed: bool) {
    if text.is_empty() {
        return;
    }
    match parts.last_mut().filter(|last| last.has_changed == has_changed) {
        Some(last) => last.text += text,
        None => parts.push(part(text, has_changed)),
    }
}

fn tokens(text: &str) -> Vec<&str> {
    let is_inner = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | ',' | '-' | '_');
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_ascii_alphanumeric() {
            rest.find(|sign| !is_inner(sign)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(parts: &MarkedValue) -> String {
        parts.iter().map(|part| if part.has_changed { format!("[{}]", part.text) } else { part.text.clone() }).collect()
    }

    #[test]
    fn a_number_is_one_part() {
        let (old, new) = marked("≥ 90%", "≥ 95%");
        assert_eq!((&*shown(&old), &*shown(&new)), ("≥ [90]%", "≥ [95]%"));
    }

    #[test]
    fn values_with_little_in_common_are_marked_whole() {
        let (old, new) = marked("完成全部工作任务，质量达到规定的要求。", "每季度走访一次服务对象并且记录他们的意见。");
        assert!(old.len() == 1 && new.len() == 1 && old[0].has_changed);
    }
}
