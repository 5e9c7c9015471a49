//! What a text is by its signs alone: a year, an amount, a unit of money, a list of names.

use super::lexicon::{Lexicon, key_of};
use crate::model::calendar::{Date, Period};

/// The bytes of `2025` where a text starts with `2025年`, `２０２５ 年` or `二〇二五年`, or is just a year.
pub fn year_length(text: &str) -> Option<usize> {
    let end = year_figures(text)?;
    (text.len() == end || text[end..].trim_start().starts_with('年')).then_some(end)
}

/// The bytes of the four figures of a year at the start of a text, whatever follows.
pub fn year_figures(text: &str) -> Option<usize> {
    let is_year = year_of(text).is_some_and(|year| (2000..2100).contains(&year));
    is_year.then(|| text.chars().take(4).map(char::len_utf8).sum())
}

/// The year that the four figures at the start of a text say, in figures of any width or in Han signs.
pub fn year_of(text: &str) -> Option<u16> {
    let mut year = 0;
    let mut signs = text.chars();
    for _ in 0..4 {
        let digit = match signs.next()? {
            sign @ '０'..='９' => sign as u32 - '０' as u32,
            sign if sign.is_ascii_digit() => sign.to_digit(10)?,
            '〇' | '○' => 0,
            sign => "零一二三四五六七八九".chars().position(|one| one == sign)? as u32,
        };
        year = year * 10 + digit as u16;
    }
    Some(year)
}

/// The first year of a text; one in brackets needs no 年: `绩效目标申报表 (2024)`.
pub fn year_in(text: &str) -> Option<std::ops::Range<usize>> {
    text.char_indices().find_map(|(at, _)| {
        let rest = &text[at..];
        let of_year = year_length(rest).filter(|length| rest.len() > *length);
        let in_brackets = || {
            let inner = rest.find([')', '）']).map(|end| rest[..end].trim())?;
            year_length(inner).filter(|length| *length == inner.len() && text[..at].ends_with(['(', '（', ' ']))
        };
        of_year.or_else(in_brackets).map(|length| at..at + length)
    })
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

/// `单位：万元`, `（金额单位：人民币万元）`, `计量单位：元（人民币）` anywhere in a text: its bytes, brackets around it included, and
/// the unit.
pub fn money_unit_in(text: &str, lexicon: &Lexicon) -> Option<(std::ops::Range<usize>, String)> {
    let (label_ends, currencies) = lexicon.money_unit_words();
    let behind = |colon: usize, sign: char| {
        let label = text[..colon].trim_end();
        let before = label.char_indices().rev().find(|(_, sign)| !sign.is_alphabetic());
        let label_start = before.map_or(0, |(at, sign)| at + sign.len_utf8());
        let is_label = label_ends.iter().any(|end| label[label_start..].ends_with(end.as_str()));
        let after = text[colon + sign.len_utf8()..].trim_start();
        let value = currencies.iter().find_map(|word| after.strip_prefix(word.as_str())).unwrap_or(after);
        let length = value.find(|sign: char| !sign.is_alphabetic()).unwrap_or(value.len());
        let (unit, rest) = value.split_at(length);
        if !is_label || !is_money_word(unit) {
            return None;
        }
        let note = rest.strip_prefix(['(', '（']).and_then(|note| {
            let rest = currencies.iter().find_map(|word| note.strip_prefix(word.as_str()))?;
            rest.strip_prefix([')', '）'])
        });
        let (mut start, mut end) = (label_start, text.len() - note.unwrap_or(rest).len());
        let opening = text[..start].chars().next_back().filter(|sign| "([（［【".contains(*sign));
        let closing = text[end..].chars().next().filter(|sign| ")]）］】".contains(*sign));
        if let (Some(opening), Some(closing)) = (opening, closing) {
            start -= opening.len_utf8();
            end += closing.len_utf8();
        }
        Some((start..end, unit.to_owned()))
    };
    text.char_indices().filter(|(_, sign)| matches!(sign, ':' | '：')).find_map(|(colon, sign)| behind(colon, sign))
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

/// Where a note in brackets behind a number starts; none where there is none.
pub fn without_note(text: &str) -> Option<usize> {
    let start = text.find(['(', '（']).filter(|_| text.trim_end().ends_with([')', '）']))?;
    let number = text[..start].trim_end();
    (!number.is_empty() && amount_like(number)).then_some(number.len())
}

pub fn amount_like(text: &str) -> bool {
    if let Some(end) = without_note(text) {
        return amount_like(&text[..end]);
    }
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
