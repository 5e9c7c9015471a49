//! What a text is by its signs alone: a year, an amount, a unit of money, a list of names.

use super::lexicon::key_of;
use crate::model::calendar::Date;

/// The bytes of `2025` where a text starts with `2025年` or is just a year.
pub fn year_length(text: &str) -> Option<usize> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_year = digits.starts_with("20") && (text.len() == 4 || text[4..].starts_with('年'));
    is_year.then_some(4)
}

pub fn is_money_word(text: &str) -> bool {
    text.ends_with('元') && text.chars().count() <= 4 && !text.contains(|sign: char| sign.is_ascii_digit())
}

/// `项目资金（万元）`: the bracket states the unit of the amounts.
pub fn unit_in_bracket(label: &str) -> Option<String> {
    let bracket = key_of(label).bracket?;
    let unit = bracket.rsplit(['：', ':']).next().unwrap_or("");
    is_money_word(unit).then(|| unit.to_owned())
}

pub fn amount_like(text: &str) -> bool {
    let rest = text.trim_start_matches(['¥', '￥', '-']);
    let digits = rest.trim_end_matches(|sign: char| !sign.is_ascii_digit() && !('０'..='９').contains(&sign));
    !digits.is_empty()
        && digits.chars().all(|sign| sign.is_ascii_digit() || ('０'..='９').contains(&sign) || ".,，． ".contains(sign))
        && rest[digits.len()..].chars().count() <= 3
}

/// `3月底`, `6月`, `2025年9月30日`
pub fn is_checkpoint(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_digit() || "年月日号底末".contains(sign);
    text.contains('月') && text.chars().all(is_sign) && Date::read(text).is_some()
}

/// The names of a list: parted by 、 or ；, with a full stop at its end.
pub fn names_in(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().chain([(text.len(), '、')]) {
        if matches!(sign, '、' | '；' | ';' | '。' | '\n') {
            let name = &text[start..at];
            if !name.trim().is_empty() {
                let lead = name.len() - name.trim_start().len();
                names.push(start + lead..start + lead + name.trim().len());
            }
            start = at + if at < text.len() { sign.len_utf8() } else { 0 };
        }
    }
    names
}
