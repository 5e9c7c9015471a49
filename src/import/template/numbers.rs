//! Numbers inside the words of a cell, and others in their place: as many decimals, separators where there were some.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::model::calendar::Date;
use crate::model::number;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberIn {
    pub bytes: Range<usize>,
    pub value: Decimal,
    pub places: u32,
    pub is_grouped: bool,
}

/// The numbers of a text, in their order.
pub fn all(text: &str) -> Vec<NumberIn> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() {
            let goes_on = bytes[at].is_ascii_digit()
                || matches!(bytes[at], b'.' | b',') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            if !goes_on {
                break;
            }
            at += 1;
        }
        let written = &text[start..at];
        let is_grouped = written.contains(',');
        let plain = written.replace(',', "");
        let Ok(value) = plain.parse::<Decimal>() else { continue };
        let sign = start.checked_sub(1).is_some_and(|before| bytes[before] == b'-' && before == 0);
        let (start, value) = if sign { (start - 1, -value) } else { (start, value) };
        let places = plain.split_once('.').map_or(0, |(_, digits)| digits.len() as u32);
        found.push(NumberIn { bytes: start..at, value, places, is_grouped });
    }
    found
}

/// The number of a text that has no other.
pub fn only(text: &str) -> Option<NumberIn> {
    let mut all = all(text);
    if all.len() == 1 { all.pop() } else { None }
}

/// A text with another number in the place of one of its own, with the decimals that it is written with.
pub fn put(text: &str, old: &NumberIn, value: Decimal) -> String {
    let plain = value.to_string();
    let written = if old.is_grouped { number::in_groups(&plain) } else { plain };
    format!("{}{written}{}", &text[..old.bytes.start], &text[old.bytes.end..])
}

/// The same with as many decimals as there were.
pub fn put_in_form(text: &str, old: &NumberIn, value: Decimal) -> String {
    let written = in_form(value, old.places, old.is_grouped);
    format!("{}{written}{}", &text[..old.bytes.start], &text[old.bytes.end..])
}

/// A number with at least so many decimals.
pub fn in_form(value: Decimal, places: u32, is_grouped: bool) -> String {
    let mut value = value.normalize();
    if value.scale() < places {
        value.rescale(places);
    }
    let plain = value.to_string();
    if is_grouped { number::in_groups(&plain) } else { plain }
}

/// A date in the form of another: each of its numbers in the place of the one that stood there.
pub fn redated(text: &str, old: Date, new: Date) -> Option<String> {
    let found = all_digits(text);
    let parts = |date: Date| -> Vec<Option<u32>> {
        vec![date.year.map(u32::from), Some(u32::from(date.month)), date.day.map(u32::from)]
    };
    let (was, becomes) = (parts(old), parts(new));
    let mut written = String::new();
    let mut at = 0;
    let mut part = 0;
    for bytes in found {
        let value: u32 = text[bytes.clone()].parse().ok()?;
        // A year that is left out counts for none.
        while part < 3 && was[part] != Some(value) {
            part += 1;
        }
        if part == 3 {
            return None;
        }
        let new = becomes[part]?;
        written.push_str(&text[at..bytes.start]);
        let is_padded = text[bytes.clone()].starts_with('0') || bytes.len() == 2 && value > 9 && text.contains("-0");
        let number = if is_padded { format!("{new:02}") } else { new.to_string() };
        written.push_str(&number);
        at = bytes.end;
        part += 1;
    }
    written.push_str(&text[at..]);
    // What the new date says must stand somewhere.
    let says = |part: usize| becomes[part].is_none() || was[part].is_some();
    ((0..3).all(says) && at > 0).then_some(written)
}

fn all_digits(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        if at > start {
            found.push(start..at);
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_takes_the_form_of_another() {
        let written = |text: &str, value: &str| {
            let number = only(text).expect("one number");
            put_in_form(text, &number, value.parse().expect("a number"))
        };
        assert_eq!(written("≥90%", "95"), "≥95%");
        assert_eq!(written("1,234.50万元", "9876543.2"), "9,876,543.20万元");
        assert_eq!(written("112.90", "8"), "8.00");
        let number = only("92.5%").expect("one number");
        assert_eq!(put("92.5%", &number, Decimal::from(93)), "93%");
        assert_eq!(only("30～50"), None);
    }

    #[test]
    fn a_date_takes_the_form_of_another() {
        let date = |text: &str| Date::read(text).expect("a date");
        let old = date("2025-01-05");
        assert_eq!(redated("2025-01-05", old, date("2026-11-20")).as_deref(), Some("2026-11-20"));
        assert_eq!(redated("2025年1月5日前", old, date("2026-11-20")).as_deref(), Some("2026年11月20日前"));
        assert_eq!(redated("下半年", old, date("2026-11-20")), None);
    }
}
