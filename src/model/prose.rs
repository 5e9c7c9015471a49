//! Numbers with units in running text, `共需20.5万元`, `修建10公里`; and days, `10月底前`.

use std::ops::Range;

use rust_decimal::Decimal;

use super::calendar::Date;
use super::number;
use super::standard::Standard;
use super::unit::{Dimension, Multiplier};

/// A number in a text, with its unit where one follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The number and the unit, in bytes of the text.
    pub bytes: Range<usize>,
    pub value: Decimal,
    pub multiplier: Multiplier,
    /// The index in the standard's units.
    pub unit: Option<u32>,
}

impl Mention {
    /// The value in the base unit of its dimension; none without a unit.
    pub fn base_value(&self, standard: &Standard) -> Option<Decimal> {
        let factor = standard.units[self.unit? as usize].factor.unwrap_or(Decimal::ONE);
        self.value.checked_mul(self.multiplier.factor())?.checked_mul(factor)
    }

    /// Half of the last digit as written, in the base unit: what rounding may hide.
    pub fn tolerance(&self, standard: &Standard) -> Option<Decimal> {
        let digit = Decimal::new(5, self.value.scale() + 1);
        let factor = standard.units[self.unit? as usize].factor.unwrap_or(Decimal::ONE);
        digit.checked_mul(self.multiplier.factor())?.checked_mul(factor)
    }

    pub fn dimension(&self, standard: &Standard) -> Option<Dimension> {
        Some(standard.units[self.unit? as usize].dimension)
    }
}

/// Every number of a text, from the left. Numbers too long to keep exactly are passed over.
pub fn mentions<'a>(text: &'a str, standard: &'a Standard) -> impl Iterator<Item = Mention> + 'a {
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = position + text[position..].find(is_digit)?;
            let length = number_length(&text[start..]);
            let end = start + length;
            position = end;
            let Some(value) = number::decimal(&text[start..end]) else { continue };
            let (multiplier, unit, unit_length) = unit_at(&text[end..], standard);
            position = end + unit_length;
            return Some(Mention { bytes: start..position, value, multiplier, unit });
        }
    })
}

/// A day of a text as far as it is stated: `2024年10月底`, `10月31日`, `2025-10-31`, `2024年`, `年底`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateMention {
    /// In bytes of the text.
    pub bytes: Range<usize>,
    /// None for the year that is meant.
    pub year: Option<u16>,
    /// None where only a year is stated.
    pub month: Option<u8>,
    /// None for the end of the month.
    pub day: Option<u8>,
    /// Nothing says which day of the month.
    is_month: bool,
    /// 前 follows.
    is_before: bool,
}

impl DateMention {
    /// Whether it can mean a date in a fiscal year. `11月前` is by the end of October.
    pub fn may_be(&self, date: Date, fiscal_year: Option<u16>) -> bool {
        let year = date.year.or(fiscal_year);
        let is_year = self.year.zip(year).is_none_or(|(stated, meant)| stated == meant);
        let Some(month) = self.month else { return is_year };
        let calendar = year.or(self.year).unwrap_or_default();
        let (own, meant) = (Date { year: None, month, day: self.day }.in_year(calendar), date.in_year(calendar));
        let is_first = self.is_month || self.day == Some(1);
        let is_next = self.is_before && is_first && u16::from(month) == u16::from(meant.month) + 1;
        is_year && (own == meant || self.is_month && own.month == meant.month || is_next)
    }

    /// Whether the text says that something is done by then.
    pub fn is_limit(&self, text: &str) -> bool {
        self.is_before || text[self.bytes.clone()].ends_with(['底', '末', '日', '号'])
    }
}

/// Every day of a text, from the left.
pub fn dates(text: &str) -> impl Iterator<Item = DateMention> + '_ {
    let mut position = 0;
    std::iter::from_fn(move || {
        loop {
            let start = position + text[position..].find(|sign| is_digit(sign) || sign == '年')?;
            if let Some(rest) = text[start..].strip_prefix('年') {
                position = text.len() - rest.len();
                if let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '底' | '末')) {
                    position += sign.len_utf8();
                    return Some(date_at(text, start..position, None, Some(12), None, false));
                }
                continue;
            }
            let is_part =
                |sign: char| is_digit(sign) || matches!(sign, '年' | '月' | '日' | '号' | '底' | '末' | '-' | '.');
            let length = text[start..].find(|sign| !is_part(sign)).unwrap_or(text.len() - start);
            let token = text[start..start + length].trim_end_matches(['-', '.']);
            position = start + length;
            let bytes = start..start + token.len();
            let has_signs = token.contains(['-', '.']);
            let is_day = has_signs && !token.contains('月') && token.split(['-', '.']).count() == 3;
            let is_stated = is_day || !has_signs && (token.contains('月') || token.ends_with(['底', '末']));
            let of_year = token.strip_suffix('年').and_then(number::whole).filter(|year| (1900..2200).contains(year));
            if let Some(year) = of_year {
                return Some(date_at(text, bytes, Some(year), None, None, false));
            }
            if let Some(Date { year, month, day }) = Date::read(token).filter(|_| is_stated) {
                return Some(date_at(text, bytes, year, Some(month), day, token.ends_with('月')));
            }
        }
    })
}

fn date_at(
    text: &str,
    bytes: Range<usize>,
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    is_month: bool,
) -> DateMention {
    let is_before = ["前", "之前", "以前"].iter().any(|word| text[bytes.end..].starts_with(word));
    DateMention { bytes, year, month, day, is_month, is_before }
}

/// Whether a text says how much or by when: a number with a unit, in figures or in words. The year it is about says
/// neither, unless something is to be done by its end.
pub fn holds_measure(text: &str, standard: &Standard) -> bool {
    let says = |mention: Mention| {
        let is_year = mention.dimension(standard) == Some(Dimension::Duration)
            && (Decimal::from(1900)..Decimal::from(2200)).contains(&mention.value);
        mention.unit.is_some() && (!is_year || text[mention.bytes.end..].starts_with(['底', '末', '前', '内']))
    };
    mentions(text, standard).any(says) || holds_number_in_words(text, standard)
}

/// Whether a text holds `二十场` or `百分之九十`. A single sign such as 一 or 两 is mostly no number.
fn holds_number_in_words(text: &str, standard: &Standard) -> bool {
    let is_numeral = |sign: char| {
        matches!(
            sign,
            '〇' | '零'
                | '一'
                | '二'
                | '三'
                | '四'
                | '五'
                | '六'
                | '七'
                | '八'
                | '九'
                | '十'
                | '百'
                | '千'
                | '万'
                | '两'
        )
    };
    let mut position = 0;
    while let Some(start) = text[position..].find(is_numeral) {
        let start = position + start;
        let rest = &text[start..];
        let length = rest.find(|sign: char| !is_numeral(sign)).unwrap_or(rest.len());
        position = start + length;
        if rest[..length].chars().count() > 1 && unit_at(&text[position..], standard).1.is_some() {
            return true;
        }
    }
    let shares = text.match_indices('百').filter_map(|(start, _)| text[start..].strip_prefix("百分之"));
    shares.into_iter().any(|rest| rest.starts_with(is_numeral))
}

fn is_digit(sign: char) -> bool {
    sign.is_ascii_digit() || ('０'..='９').contains(&sign)
}

/// Digits with a point and thousand separators between them.
fn number_length(text: &str) -> usize {
    let mut end = 0;
    for (offset, sign) in text.char_indices() {
        if is_digit(sign) {
            end = offset + sign.len_utf8();
        } else if !parts_digits(sign, offset, end, &text[offset + sign.len_utf8()..]) {
            break;
        } else {
            end = offset + sign.len_utf8();
        }
    }
    end
}

/// Whether a sign right after digits is a point or a thousand separator of the same number.
fn parts_digits(sign: char, offset: usize, end: usize, rest: &str) -> bool {
    let is_point = matches!(sign, '.' | '．') && rest.starts_with(is_digit);
    let is_separator = matches!(sign, ',' | '，') && is_group(rest);
    offset == end && (is_point || is_separator)
}

/// Whether just three digits follow: a comma in prose mostly parts clauses.
fn is_group(text: &str) -> bool {
    let digits = text.chars().take_while(|sign| is_digit(*sign)).count();
    digits == 3
}

/// The longest unit that a text starts with: multiplier, unit, and the bytes they take.
fn unit_at(text: &str, standard: &Standard) -> (Multiplier, Option<u32>, usize) {
    let blank = text.len() - text.trim_start_matches([' ', '\u{3000}', '多', '余']).len();
    let rest = &text[blank..];
    let written = |text: &str| {
        let ends: Vec<usize> = text.char_indices().map(|(offset, sign)| offset + sign.len_utf8()).take(5).collect();
        ends.into_iter().rev().find_map(|end| Some((standard.unit(&text[..end])?, end)))
    };
    if let Some((unit, length)) = written(rest) {
        return (Multiplier::One, Some(unit), blank + length);
    }
    let (multiplier, after) = Multiplier::strip(rest);
    let sign = rest.len() - after.len();
    match written(after).filter(|_| multiplier != Multiplier::One) {
        Some((unit, length)) => (multiplier, Some(unit), blank + sign + length),
        None => (Multiplier::One, None, 0),
    }
}
