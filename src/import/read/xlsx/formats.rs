//! How a workbook shows its numbers: as they are, as percents, as dates, with words before and after them.
//!
//! Digits are not rounded to the format: what is stored counts; but noughts that the format shows at the end are shown, so
//! that 87000.00 stays so. A program keeps numbers in binary and shows fifteen
//! digits of them, so `0.07` may be stored as `7.0000000000000007E-2`.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::import::read::xml::{XmlPiece, XmlPieces};

/// The format of each cell style, by its number.
#[derive(Default)]
pub struct Formats {
    of_style: Vec<Format>,
    counts_from_1904: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Format {
    kind: FormatKind,
    before: String,
    after: String,
    /// The decimal places that are shown at least.
    places: u32,
    /// Whether negative numbers have a format of their own.
    is_for_positive: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum FormatKind {
    #[default]
    Number,
    Percent,
    Date,
    /// A month without a day.
    Month,
    DateAndTime,
    Time,
}

/// The digits that programs show of a number.
const DIGITS: u32 = 15;

impl Formats {
    /// The formats of `styles.xml`, as far as it can be read.
    pub fn read(text: &str, counts_from_1904: bool) -> Self {
        let mut own: BTreeMap<u32, Format> = BTreeMap::new();
        let mut of_style = Vec::new();
        let mut open: Vec<bool> = Vec::new();
        let mut xml = XmlPieces::new(text);
        while let Ok(Some(piece)) = xml.next() {
            match piece {
                XmlPiece::Open(element) => {
                    let in_styles = open.last() == Some(&true);
                    if element.name() == "numFmt" {
                        let format = Format::of_code(&element.attribute("formatCode").unwrap_or_default());
                        own.insert(element.number("numFmtId").unwrap_or_default(), format);
                    } else if in_styles && element.name() == "xf" {
                        let id = element.number("numFmtId").unwrap_or_default();
                        of_style.push(own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
                    }
                    open.push(element.name() == "cellXfs");
                }
                XmlPiece::Close => {
                    open.pop();
                }
                XmlPiece::Text(_) => {}
            }
        }
        Self { of_style, counts_from_1904 }
    }

    /// What a cell of this style shows for a stored number. What is no number stays as it is.
    pub fn shown(&self, style: usize, stored: &str) -> String {
        let plain = Format::default();
        let format = self.of_style.get(style).unwrap_or(&plain);
        let Some(number) = number(stored) else { return stored.to_owned() };
        let shown = match format.kind {
            FormatKind::Number => format.filled(number),
            FormatKind::Percent => match number.checked_mul(Decimal::ONE_HUNDRED) {
                Some(percents) => format!("{}%", format.filled(percents)),
                None => plain_number(number),
            },
            FormatKind::Date | FormatKind::Month | FormatKind::DateAndTime | FormatKind::Time => {
                return self.date(format.kind, number).unwrap_or_else(|| plain_number(number));
            }
        };
        if format.is_for_positive && number.is_sign_negative() {
            return shown;
        }
        format!("{}{shown}{}", format.before, format.after)
    }

    /// A count of days as a date in digits; none where it lies outside the calendar of programs.
    fn date(&self, kind: FormatKind, number: Decimal) -> Option<String> {
        let days = number.floor().to_i64().filter(|days| (0..2_958_466).contains(days))?;
        let part = number - number.floor();
        let seconds = (part * Decimal::from(86_400)).round().to_i64()?.min(86_399);
        let time = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (year, month, day) = self.calendar(days);
        Some(match kind {
            FormatKind::Time => time,
            FormatKind::Month => format!("{year:04}-{month:02}"),
            FormatKind::DateAndTime if seconds > 0 => format!("{year:04}-{month:02}-{day:02} {time}"),
            FormatKind::Date | FormatKind::DateAndTime | FormatKind::Number | FormatKind::Percent => {
                format!("{year:04}-{month:02}-{day:02}")
            }
        })
    }

    /// Day 1 is the first of 1900, and 1900 has a 29 February in this calendar; or day 0 is the first of 1904.
    fn calendar(&self, days: i64) -> (i64, i64, i64) {
        let since_1970 = match (self.counts_from_1904, days) {
            (true, days) => days - 24_107,
            (false, 60) => return (1900, 2, 29),
            (false, 0..60) => days - 25_568,
            (false, _) => days - 25_569,
        };
        // Eras of 400 years that begin on the first of March.
        let shifted = since_1970 + 719_468;
        let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        (year_of_era + era * 400 + i64::from(month <= 2), month, day)
    }
}

impl Format {
    /// The formats that have numbers only. Those from 27 on are dates in Chinese programs.
    fn built_in(id: u32) -> Self {
        let kind = match id {
            9 | 10 => FormatKind::Percent,
            17 | 27 | 36 | 50 | 52 | 57 => FormatKind::Month,
            14..=16 | 28..=31 | 51 | 53 | 54 | 58 => FormatKind::Date,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => FormatKind::Time,
            22 => FormatKind::DateAndTime,
            _ => FormatKind::Number,
        };
        let places = if matches!(id, 2 | 4 | 10) { 2 } else { 0 };
        Self { kind, places, ..Self::default() }
    }

    /// A number with noughts at its end up to the places of the format.
    fn filled(&self, number: Decimal) -> String {
        let mut number = number.normalize();
        if number.scale() < self.places {
            number.rescale(self.places);
        }
        number.to_string()
    }

    /// A format such as `0.00%`, `yyyy"年"m"月"`, `"≥"0"人"`: its part for positive numbers.
    fn of_code(code: &str) -> Self {
        let mut format = Self::default();
        let mut letters = String::new();
        let (mut is_scaled, mut is_percent, mut after_digits, mut in_places) = (false, false, false, false);
        let mut signs = code.chars();
        while let Some(sign) = signs.next() {
            let literal: String = match sign {
                ';' => {
                    format.is_for_positive = true;
                    break;
                }
                '%' => {
                    is_percent = true;
                    continue;
                }
                '"' => signs.by_ref().take_while(|sign| *sign != '"').collect(),
                '\\' | '!' => signs.next().into_iter().collect(),
                // A blank as wide as the next sign; a sign that fills the cell.
                '_' | '*' => {
                    signs.next();
                    continue;
                }
                '[' => {
                    let inner: String = signs.by_ref().take_while(|sign| *sign != ']').collect();
                    if inner.chars().all(|sign| "hms".contains(sign.to_ascii_lowercase())) {
                        letters.push_str(&inner.to_lowercase());
                    }
                    // A format for some numbers only.
                    is_scaled |= inner.starts_with(['<', '>', '=']);
                    continue;
                }
                '0' | '#' | '?' => {
                    is_scaled |= after_digits && !format.after.is_empty();
                    after_digits = true;
                    format.places += u32::from(in_places && sign == '0');
                    continue;
                }
                '.' if after_digits => {
                    in_places = true;
                    continue;
                }
                ',' => {
                    let next = signs.as_str().chars().next();
                    is_scaled |= after_digits && !next.is_some_and(|next| "0#?".contains(next));
                    continue;
                }
                sign if sign.is_ascii_alphabetic() => {
                    letters.push(sign.to_ascii_lowercase());
                    after_digits |= letters == "general";
                    continue;
                }
                '.' | '@' | '/' | ':' | '-' | '+' | '(' | ')' | ' ' => continue,
                sign => sign.to_string(),
            };
            if after_digits { format.after.push_str(&literal) } else { format.before.push_str(&literal) }
        }
        format.kind = kind(&letters, is_percent);
        if letters.contains('e') || is_scaled {
            format.places = 0;
        }
        for side in [&mut format.before, &mut format.after] {
            *side = side.trim().trim_matches(['¥', '￥', '$', '€']).trim().to_owned();
        }
        // Ten thousands shown as ones: the words after them would be wrong beside the number itself.
        if is_scaled {
            (format.before, format.after) = (String::new(), String::new());
        }
        format
    }
}

/// What the letters of a format make of a number.
fn kind(letters: &str, is_percent: bool) -> FormatKind {
    let letters = letters.trim_start_matches("general");
    let has = |letter: char| letters.contains(letter);
    match (has('y') || has('e') && has('m'), has('d'), has('h') || has('s')) {
        (_, true, true) => FormatKind::DateAndTime,
        (_, true, false) => FormatKind::Date,
        (true, false, _) => FormatKind::Month,
        (false, false, true) => FormatKind::Time,
        (false, false, false) if has('m') => FormatKind::Month,
        (false, false, false) if is_percent => FormatKind::Percent,
        (false, false, false) => FormatKind::Number,
    }
}

/// A stored number, in as many digits as programs show.
fn number(stored: &str) -> Option<Decimal> {
    let stored = stored.trim();
    let number = Decimal::from_str_exact(stored).or_else(|_| Decimal::from_scientific(stored)).ok();
    let number = number.or_else(|| stored.parse().ok())?;
    Some(number.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(number))
}

fn plain_number(number: Decimal) -> String {
    number.normalize().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, stored: &str) -> String {
        let formats = Formats { of_style: vec![Format::of_code(code)], counts_from_1904: false };
        formats.shown(0, stored)
    }

    #[test]
    fn numbers_are_those_that_people_see() {
        for (code, stored, expected) in [
            ("General", "516541.09", "516541.09"),
            ("General", "516541.09000000003", "516541.09"),
            ("General", "100", "100"),
            ("General", "1E+15", "1000000000000000"),
            ("General", "1e-7", "0.0000001"),
            ("General", "-0", "0"),
            ("General", "1e300", "1e300"),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", "1234.5", "1234.50"),
            ("0%", "0.25", "25%"),
            ("0.00%;[Red]-0.00%", "7.0000000000000007E-2", "7.00%"),
            ("\"≥\"0%", "0.9", "≥90%"),
            ("0\"人次\"", "12", "12人次"),
            ("0.00\"%\"", "95", "95.00%"),
            ("General\"人\"", "95", "95人"),
            ("[>=10000]0!.0,\"万\";0\"元\"", "20000", "20000"),
            ("\"增\"0;\"减\"0", "-5", "-5"),
            ("0.00E+00", "1200", "1200"),
            ("0\\%", "95", "95%"),
            ("0!.0,\"万\"", "12345", "12345"),
            ("\"¥\"#,##0.00", "3.5", "3.50"),
            ("yyyy/m/d", "46387", "2026-12-31"),
            ("yyyy\"年\"m\"月\"", "46296", "2026-10"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "46387.5", "2026-12-31"),
            ("yyyy-mm-dd hh:mm", "46387.5", "2026-12-31 12:00:00"),
            ("h:mm", "0.75", "18:00:00"),
            ("yyyy-mm-dd", "-5", "-5"),
            ("yyyy-mm-dd", "60", "1900-02-29"),
            ("yyyy-mm-dd", "1", "1900-01-01"),
            ("0%", "文字", "文字"),
        ] {
            assert_eq!(shown(code, stored), expected, "{code} {stored}");
        }
    }
}
