//! Numbers as a section of a format writes them: digits in their places, words between and around them, percents, scales.
//!
//! Thousands are not parted, and a currency of yuan is left out: they say nothing of the value.

use rust_decimal::{Decimal, RoundingStrategy};

use super::code::{FormatPart, FormatSection};
use crate::model::number::plain;

/// What a section makes of a number.
pub struct WrittenNumber {
    /// As the sheet shows it, thousands not parted.
    pub shown: String,
    /// Where the format scales: the whole number in that scale, `51.654109` where the sheet shows `51.7`.
    pub scaled: Option<String>,
    /// Whether digits were rounded away.
    pub is_rounded: bool,
}

/// The places for digits of a section, without what only parts them.
#[derive(Default)]
struct DigitPlaces<'a> {
    before: String,
    after: String,
    /// Left of the point: a place for a digit, or words between two of them.
    whole: Vec<Result<char, &'a str>>,
    /// The decimal places: how many there are, and how many are always written.
    places: u32,
    least_places: u32,
    /// By which power of ten the number is divided.
    scale: u32,
    percents: u32,
}

/// The number, which the section may not hold; none where nothing fits.
pub fn written(section: &FormatSection, number: Decimal) -> Option<WrittenNumber> {
    let has_digits = section.parts.iter().any(|part| matches!(part, FormatPart::Digit(_)));
    let is_plain = !has_digits || [FormatPart::Exponent, FormatPart::Slash].iter().any(|part| section.has(part));
    if is_plain {
        return written_as_it_is(section, number, has_digits);
    }
    let places = DigitPlaces::of(section);
    let mut value = number;
    for _ in 0..places.percents {
        value = value.checked_mul(Decimal::ONE_HUNDRED)?;
    }
    let exact = value.checked_mul(Decimal::try_new(1, places.scale).ok()?)?.normalize();
    let rounded = exact.round_dp_with_strategy(places.places, RoundingStrategy::MidpointAwayFromZero);
    let scaled = (places.scale > 0).then(|| places.scaled(number, exact));
    Some(WrittenNumber { shown: places.write(rounded), scaled, is_rounded: rounded != exact })
}

/// `General`, `@`, words alone, and the forms in which every number would be written: fractions, powers of ten.
fn written_as_it_is(section: &FormatSection, number: Decimal, has_digits: bool) -> Option<WrittenNumber> {
    let mut shown = String::new();
    let mut has_number = false;
    let mut percented = number;
    for part in &section.parts {
        match part {
            FormatPart::Words(words) => shown.push_str(words),
            FormatPart::General | FormatPart::Text | FormatPart::Digit(_) if !has_number => {
                has_number = true;
                if section.has(&FormatPart::Percent) {
                    percented = number.checked_mul(Decimal::ONE_HUNDRED)?;
                }
                shown.push_str(&plain(percented));
            }
            FormatPart::Percent => shown.push('%'),
            FormatPart::Slash if !has_digits => shown.push('/'),
            FormatPart::Point if !has_digits => shown.push('.'),
            FormatPart::Comma if !has_digits => shown.push(','),
            FormatPart::General
            | FormatPart::Text
            | FormatPart::Digit(_)
            | FormatPart::Point
            | FormatPart::Comma
            | FormatPart::Slash
            | FormatPart::Exponent
            | FormatPart::Clock(..) => {}
        }
    }
    let shown = without_yuan(&shown).to_owned();
    // Words for a number: the sheet does not show which.
    let is_rounded = !has_number && !number.is_zero() && !shown.is_empty();
    Some(WrittenNumber { shown, scaled: None, is_rounded })
}

impl<'a> DigitPlaces<'a> {
    fn of(section: &'a FormatSection) -> Self {
        let parts = &section.parts;
        let is_digit = |part: &FormatPart| matches!(part, FormatPart::Digit(_));
        let first = parts.iter().position(is_digit).unwrap_or(0);
        let last = parts.iter().rposition(is_digit).unwrap_or(0);
        let point = parts.iter().position(|part| *part == FormatPart::Point);
        // Among digits a point that is escaped is one to people, and moves the number behind it: `0!.0,`.
        let escaped = (first..last).find(|at| matches!(&parts[*at], FormatPart::Words(words) if words == "."));
        let moved = escaped.filter(|_| point.is_none());
        let end_of_whole = point.or(moved).unwrap_or(parts.len());
        let last_whole = parts[..end_of_whole].iter().rposition(is_digit).unwrap_or(0);
        let mut places = Self::default();
        for (at, part) in parts.iter().enumerate() {
            match part {
                FormatPart::Digit(sign) if at < end_of_whole => places.whole.push(Ok(*sign)),
                FormatPart::Digit(sign) => {
                    places.places += 1;
                    places.scale += u32::from(moved.is_some());
                    if *sign == '0' {
                        places.least_places = places.places;
                    }
                }
                FormatPart::Comma if at > first && (at > last || (last_whole < at && at < end_of_whole)) => {
                    places.scale += 3;
                }
                FormatPart::Words(_) if Some(at) == moved => {}
                FormatPart::Words(words) if at > first && at < end_of_whole && at < last_whole => {
                    places.whole.push(Err(words));
                }
                FormatPart::Words(words) => places.beside(at > first, words),
                FormatPart::Percent => {
                    places.percents += 1;
                    places.beside(at > first, "%");
                }
                FormatPart::Point
                | FormatPart::Comma
                | FormatPart::Slash
                | FormatPart::Exponent
                | FormatPart::General
                | FormatPart::Text
                | FormatPart::Clock(..) => {}
            }
        }
        places
    }

    fn beside(&mut self, is_after: bool, words: &str) {
        if is_after { self.after.push_str(words) } else { self.before.push_str(words) }
    }

    /// A number that is rounded to the places.
    fn write(&self, number: Decimal) -> String {
        let mut number = number.normalize();
        if number.scale() < self.least_places {
            number.rescale(self.least_places);
        }
        let digits = number.abs().to_string();
        let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
        let mut text = self.before.clone();
        if number.is_sign_negative() && !number.is_zero() {
            text.push('-');
        }
        // A nought before the point is written by `0` only, and read by people in any case.
        let whole = if whole == "0" && part.is_empty() { "" } else { whole };
        let count = self.whole.iter().filter(|place| place.is_ok()).count();
        let mut left = whole.len().max(count);
        for place in &self.whole {
            match place {
                Ok(_) if left == whole.len().max(count) && whole.len() > count => {
                    text.push_str(&whole[..=whole.len() - count]);
                    left = count - 1;
                }
                Ok(sign) => {
                    match whole.len().checked_sub(left) {
                        Some(at) => text.push_str(&whole[at..=at]),
                        None if *sign == '0' => text.push('0'),
                        None => {}
                    }
                    left -= 1;
                }
                Err(words) => text.push_str(words),
            }
        }
        if count == 0 {
            text.push_str(whole);
        }
        if !part.is_empty() {
            text.push('.');
            text.push_str(part);
        }
        text.push_str(&self.after);
        without_yuan(&text).to_owned()
    }

    /// The number in the scale of the format, with all its digits; in yuan where the words of the format name the scale.
    fn scaled(&self, number: Decimal, exact: Decimal) -> String {
        const SCALES: [(&str, u32); 6] = [("千万", 7), ("百万", 6), ("十万", 5), ("千", 3), ("万", 4), ("亿", 8)];
        let after = self.after.trim();
        let named = SCALES.iter().find_map(|(word, scale)| Some((after.strip_prefix(word)?, *scale)));
        let text = match named {
            Some((unit, scale)) if scale == self.scale && !unit.is_empty() => {
                format!("{}{}{unit}", self.before, plain(number))
            }
            Some(_) | None => format!("{}{}{after}", self.before, plain(exact)),
        };
        without_yuan(&text).to_owned()
    }
}

fn without_yuan(text: &str) -> &str {
    text.trim().trim_matches(['¥', '￥']).trim()
}
