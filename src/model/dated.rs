//! Dates in the forms of offices that are none of the language's: `2025.12.31`, `年底`, `第3季度末`.
//!
//! What stands between the figures must be known whole: a sign or a word that is not makes another thing of them.

use super::number;
use super::standard::Standard;

/// `2025.12.31`, `2025/12/31`, `2025年12月31`, `2025-12`, `12.31` before a word such as 前: in the form of the language.
pub(super) fn numeric_date(body: &str, is_deadline: bool) -> Option<String> {
    let is_figure = |sign: char| sign.is_ascii_digit();
    let signs: Vec<char> = body.chars().filter(|sign| !is_figure(*sign)).take(4).collect();
    let figures: Vec<&str> = body.split(|sign| !is_figure(sign)).filter(|part| !part.is_empty()).collect();
    let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let is_short = |part: &&str| part.len() <= 2;
    let is_between = |sign: char| ['.', '．', '。', '/', '-', '－', '–', '—', '、'].contains(&sign);
    match figures[..] {
        _ if !body.starts_with(is_figure) => None,
        [year, month, day] if is_year(year) && is_short(&month) && is_short(&day) => {
            let is_date = match signs[..] {
                [one, other] => one == other && is_between(one) || (one, other) == ('年', '月'),
                ['年', '月', '日' | '号'] => true,
                _ => false,
            };
            is_date.then(|| format!("{year}-{month}-{day}"))
        }
        [year, month] if is_year(year) && is_short(&month) => {
            let is_month =
                matches!(signs[..], [one] if is_between(one)) || matches!(signs[..], ['年', '月', '底' | '末']);
            is_month.then(|| format!("{year}年{month}月底"))
        }
        [month, day] if is_short(&month) && is_short(&day) => {
            let is_day = matches!(signs[..], ['月'] | ['月', '日' | '号'])
                || is_deadline && matches!(signs[..], ['.' | '．' | '/'] | ['.' | '．' | '/', '日' | '号']);
            is_day.then(|| format!("{month}月{day}日"))
        }
        _ => None,
    }
}

/// The date that a text with a word for one means, after a year or alone, in the form of the language. A word for a stretch
/// of time is its end, but not where something is to be done before it.
pub(super) fn date_in_words(body: &str, is_before: bool, standard: &Standard) -> Option<String> {
    let lists: &[&str] = if is_before { &["时点用语"] } else { &["时点用语", "时段用语"] };
    let entries = lists.iter().flat_map(|list| standard.words(list).entries());
    let found = entries.filter_map(|entry| {
        let (word, date) = entry.split_once('→')?;
        // Most entries are of other words, which their last sign tells.
        let last = word.chars().next_back()?;
        if !number::is_of_number(last) && !body.ends_with(last) {
            return None;
        }
        let word = number::with_digits(word);
        Some((word.len(), body.strip_suffix(word.as_str())?, date))
    });
    let (_, before, date) = found.max_by_key(|(length, ..)| *length)?;
    let date = format!("{before}{date}");
    let is_plain = date.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '年' | '月' | '日' | '底' | '末'));
    is_plain.then_some(date)
}

/// Whether a short text names a day, a month or a quarter among other things.
pub(super) fn speaks_of_a_day(text: &str) -> bool {
    let digits = number::with_digits(text);
    let is_short = digits.chars().count() <= 24;
    is_short
        && digits.char_indices().any(|(at, sign)| {
            let before = digits[..at].chars().next_back();
            match sign {
                '年' | '月' | '日' | '号' => before.is_some_and(|sign| sign.is_ascii_digit()),
                '底' | '末' => matches!(before, Some('年' | '月' | '度')),
                _ => false,
            }
        })
}
