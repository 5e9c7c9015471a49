//! Finding Chinese names by what a keyboard without an IME types: pinyin in full, its initials, or a mixture.
//!
//! `ysbzl`, `yusuan`, `yusbzl` and `预算bz` find 预算保障率. A sign with several readings is found by each of them.

use pinyin::{Pinyin, ToPinyin, ToPinyinMulti};

/// How well a name fits what was typed; the first is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It begins with what was typed.
    Start,
    /// It begins so in pinyin or in English.
    SpeltStart,
    /// It holds what was typed.
    Inside,
    /// It holds it in pinyin.
    SpeltInside,
}

/// Whether a name, or one of its other names, is what was typed so far; an empty text fits every name.
pub fn fit(typed: &str, name: &str, others: &[&str]) -> Option<Fit> {
    let typed = typed.to_lowercase();
    let lower = name.to_lowercase();
    if lower.starts_with(&typed) {
        return Some(Fit::Start);
    }
    let signs: Vec<char> = typed.chars().map(|sign| if sign == '．' { '.' } else { sign }).collect();
    let is_spelt = |name: &str| is_spelt(&signs, name);
    if others.iter().any(|other| other.to_lowercase().starts_with(&typed)) || is_spelt(name) {
        return Some(Fit::SpeltStart);
    }
    if lower.contains(&typed) {
        return Some(Fit::Inside);
    }
    let starts = name.char_indices().skip(1);
    let inside = starts.filter(|(_, sign)| !sign.is_ascii()).any(|(start, _)| is_spelt(&name[start..]));
    inside.then_some(Fit::SpeltInside)
}

/// Spellings of a name that a client is told of at most; of a name of many signs with several readings these are the
/// first.
const MOST_SPELLINGS: usize = 16;

/// What a client that filters by itself compares with what is typed: the spelling that begins with it, the name, the
/// initials and the pinyin in full by every reading, and the other names.
pub fn filter_text(typed: &str, name: &str, others: &[&str]) -> String {
    let initials = spellings(name, |reading| reading.chars().take(1).collect());
    let full = spellings(name, str::to_owned);
    let mut forms: Vec<&str> = vec![name];
    forms.extend(initials.iter().chain(&full).map(String::as_str));
    forms.extend(others);
    forms.dedup();
    let typed = typed.to_lowercase();
    match forms.iter().position(|form| form.to_lowercase().starts_with(&typed)) {
        Some(index) => forms.swap(0, index),
        None => forms.insert(0, &typed),
    }
    forms.join(" ")
}

/// A name spelt by the readings of its signs, the usual ones first.
fn spellings(name: &str, part: impl Fn(&str) -> String) -> Vec<String> {
    let mut all = vec![String::new()];
    for sign in name.chars() {
        let mut parts: Vec<String> = Vec::new();
        let usual = sign.to_pinyin().map(plain);
        let others = sign.to_pinyin_multi().into_iter().flatten().map(plain);
        for reading in usual.into_iter().chain(others) {
            let part = part(&reading);
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        if parts.is_empty() {
            parts.push(sign.to_lowercase().collect());
        }
        all = parts.iter().flat_map(|part| all.iter().map(move |start| format!("{start}{part}"))).collect();
        all.truncate(MOST_SPELLINGS);
    }
    all
}

/// Whether what was typed spells the beginning of a name: each sign by itself or by some first letters, the last by any
/// number of them.
fn is_spelt(typed: &[char], name: &str) -> bool {
    if typed.is_empty() || typed.len() > 63 {
        return false;
    }
    // The bits are the numbers of typed signs that the signs so far can account for.
    let mut reached: u64 = 1;
    for sign in name.chars() {
        let mut next: u64 = 0;
        for start in (0..typed.len()).filter(|start| reached >> start & 1 == 1) {
            let mut read = |reading: &mut dyn Iterator<Item = char>| {
                let pairs = typed[start..].iter().zip(reading);
                let common = pairs.take_while(|(typed, read)| *typed == read).count();
                (1..=common).for_each(|length| next |= 1 << (start + length));
            };
            read(&mut sign.to_lowercase());
            if typed[start].is_ascii_lowercase() {
                let readings = sign.to_pinyin_multi().into_iter().flatten();
                readings.for_each(|one| read(&mut one.plain().chars().map(on_keyboard)));
            }
        }
        if next >> typed.len() & 1 == 1 {
            return true;
        }
        if next == 0 {
            return false;
        }
        reached = next;
    }
    false
}

fn plain(reading: Pinyin) -> String {
    reading.plain().chars().map(on_keyboard).collect()
}

/// Keyboards have v for ü.
fn on_keyboard(sign: char) -> char {
    if sign == 'ü' { 'v' } else { sign }
}

#[cfg(test)]
mod tests {
    use super::filter_text;

    #[test]
    fn every_reading_of_a_sign_can_be_filtered_by() {
        let text = filter_text("", "行业标准", &["industry"]);
        let forms: Vec<&str> = text.split(' ').collect();
        for form in ["行业标准", "hybz", "xybz", "hangyebiaozhun", "xingyebiaozhun", "industry"] {
            assert!(forms.contains(&form), "{form} is not in {text}");
        }
        assert!(filter_text("", &"行".repeat(60), &[]).len() < 20_000, "spellings are bounded");
    }
}
