//! What a text is by its signs alone: a year, an amount, a unit of money, a list of names.

use super::lexicon::key_of;
use crate::model::calendar::{Date, Period};

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
    let unit = |bracket: &str| {
        let unit = bracket.rsplit(['：', ':']).next().unwrap_or("");
        is_money_word(unit).then(|| unit.to_owned())
    };
    // 预算执行情况（万元）（20分）
    key_of(label)
        .bracket
        .and_then(|bracket| unit(&bracket))
        .or_else(|| brackets(label).find_map(|bytes| unit(&label[bytes])))
}

/// Where a bracket states points: `20分` in `数量指标（20分）`.
pub fn points_in_bracket(label: &str) -> Option<std::ops::Range<usize>> {
    let is_points = |text: &str| {
        let digits = text.strip_suffix('分').unwrap_or("");
        digits.starts_with(|sign: char| sign.is_ascii_digit())
            && digits.chars().all(|sign| sign.is_ascii_digit() || sign == '.')
    };
    brackets(label).find(|bytes| is_points(&label[bytes.clone()]))
}

/// What stands in the brackets of a label, one after another.
fn brackets(label: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    label.char_indices().filter(|(_, sign)| matches!(sign, '(' | '（')).filter_map(|(at, sign)| {
        let start = at + sign.len_utf8();
        let length = label[start..].find([')', '）'])?;
        Some(start..start + length)
    })
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

/// `2024年1月至2026年12月`, `2024—2026年`: the first day and the last. None where the text says anything else.
pub fn period_in(text: &str) -> Option<Period> {
    let folded: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let ends = ["..", "至", "到", "—", "－", "–", "~", "～"].iter().find_map(|sign| folded.split_once(sign));
    // A hyphen may also part year, month and day.
    let ends = ends.or_else(|| folded.split_once('-').filter(|(_, to)| !to.contains('-')))?;
    let (from, to) = (ends.0.trim_end_matches(['—', '-']), ends.1.trim_start_matches(['—', '-']));
    let from = day_of(from, (1, Some(1)))?;
    let to = day_of(to, (12, Some(31)))?;
    let in_order = (from.year, from.month, from.day) <= (to.year, to.month, to.day.or(Some(31)));
    in_order.then_some(Period { from, to })
}

/// A day, or that of a month or of a year which is wanted: `2024年`, `2024年1月`, `2024.1`, `2024-01-01`.
fn day_of(text: &str, (month, day): (u8, Option<u8>)) -> Option<Date> {
    let parts = text.trim_end_matches(['日', '号']).trim_end_matches(['月', '年']);
    let parts: Vec<&str> = parts.split(['年', '月', '.', '-', '/']).collect();
    let (year, rest) = parts.split_first()?;
    let year = Some(year.parse().ok().filter(|_| year_length(year).is_some())?);
    let number = |part: &str| part.parse::<u8>().ok();
    let date = match rest {
        [] => Date { year, month, day },
        // A month without a day ends with its last.
        [one] => Date { year, month: number(one)?, day: day.filter(|day| *day == 1) },
        [month, day] => Date { year, month: number(month)?, day: Some(number(day)?) },
        _ => return None,
    };
    // As a text writes it, so that no day is made that the calendar lacks.
    Date::read(&date.to_string())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_its_first_day_and_its_last() {
        let cases = [
            ("2024年1月至2026年12月", "2024年1月1日 .. 2026年12月底"),
            ("2024-2026年", "2024年1月1日 .. 2026年12月31日"),
            ("2024年1月1日—2026年6月30日", "2024年1月1日 .. 2026年6月30日"),
            ("2024.3-2025.2", "2024年3月1日 .. 2025年2月底"),
            ("2024-01-01至2024-12-31", "2024年1月1日 .. 2024年12月31日"),
        ];
        for (text, wanted) in cases {
            let period = period_in(text).map(|one| format!("{} .. {}", one.from, one.to));
            assert_eq!(period.as_deref(), Some(wanted), "{text}");
        }
        for other in ["三年", "2024年", "2026年至2024年", "长期", "2024年起至完成", "2024年2月至2024年13月"]
        {
            assert_eq!(period_in(other), None, "{other}");
        }
    }
}
