//! Dates and times: a count of days as a format words it. What the sheet does not show, such as the year of `9月`, is not
//! told either.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::code::{ClockPart, FormatPart, FormatSection};

/// The first day that programs do not know: after the year 9999.
const DAYS: i64 = 2_958_466;
const DAY_SECONDS: i64 = 86_400;

/// A day and a time of it.
struct SheetTime {
    year: i64,
    month: i64,
    day: i64,
    /// From Monday on.
    weekday: i64,
    /// Since midnight.
    seconds: i64,
    /// Since the calendar began.
    all_seconds: i64,
}

/// A count of days in the words of a section; none where it lies outside the calendar of programs.
pub fn worded(section: &FormatSection, number: Decimal, counts_from_1904: bool) -> Option<String> {
    let days = number.floor().to_i64().filter(|days| (0..DAYS).contains(days))?;
    let seconds = ((number - number.floor()) * Decimal::from(DAY_SECONDS)).round().to_i64()?.min(DAY_SECONDS - 1);
    let (year, month, day) = calendar(days, counts_from_1904);
    let shift = if counts_from_1904 { 4 } else { 5 };
    let weekday = (days + shift).rem_euclid(7);
    let time = SheetTime { year, month, day, weekday, seconds, all_seconds: days * DAY_SECONDS + seconds };
    let mut parts = section.parts.as_slice();
    let is_of_a_day = |part: &FormatPart| {
        matches!(part, FormatPart::Clock(ClockPart::Year | ClockPart::Month | ClockPart::Day | ClockPart::Weekday, _))
    };
    let is_time = |part: &FormatPart| matches!(part, FormatPart::Clock(part, _) if part.is_time());
    // Midnight is no time of a day.
    if seconds == 0 && parts.iter().any(is_of_a_day) {
        let start = parts.iter().position(is_time).unwrap_or(parts.len());
        if parts[..start].iter().any(is_of_a_day) {
            parts = &parts[..start];
        }
    }
    if !is_in_our_order(parts) {
        return Some(time.in_digits(parts));
    }
    let has_halves = parts.iter().any(|part| matches!(part, FormatPart::Clock(ClockPart::HalfDay, _)));
    let mut text = String::new();
    for part in parts {
        match part {
            FormatPart::Words(words) => text.push_str(words),
            FormatPart::Point => text.push('.'),
            FormatPart::Comma => text.push(','),
            FormatPart::Slash => text.push('/'),
            FormatPart::Percent => text.push('%'),
            // Parts of a second.
            FormatPart::Digit(_) | FormatPart::Exponent | FormatPart::General | FormatPart::Text => {}
            FormatPart::Clock(part, count) => text.push_str(&time.part(*part, *count, has_halves)),
        }
    }
    Some(text.trim().trim_end_matches('.').to_owned())
}

/// Whether year, month and day follow one another as they do in Chinese, in digits.
fn is_in_our_order(parts: &[FormatPart]) -> bool {
    let place = |part: &FormatPart| match part {
        FormatPart::Clock(ClockPart::Year, _) => Some(0),
        FormatPart::Clock(ClockPart::Month, _) => Some(1),
        FormatPart::Clock(ClockPart::Day, _) => Some(2),
        _ => None,
    };
    let is_lettered = |part: &FormatPart| matches!(part, FormatPart::Clock(ClockPart::Month, 3..));
    parts.iter().filter_map(place).is_sorted() && !parts.iter().any(is_lettered)
}

impl ClockPart {
    fn is_time(self) -> bool {
        match self {
            ClockPart::Hour | ClockPart::Minute | ClockPart::Second | ClockPart::HalfDay | ClockPart::Passed(_) => true,
            ClockPart::Year | ClockPart::Month | ClockPart::Day | ClockPart::Weekday => false,
        }
    }
}

impl SheetTime {
    fn part(&self, part: ClockPart, count: usize, has_halves: bool) -> String {
        let number = match part {
            // Two digits of a year are read as the year that they stand for.
            ClockPart::Year => return format!("{:04}", self.year),
            ClockPart::Weekday => {
                let name = ["一", "二", "三", "四", "五", "六", "日"][self.weekday as usize];
                return if count > 3 { format!("星期{name}") } else { name.to_owned() };
            }
            ClockPart::HalfDay => return if self.seconds < DAY_SECONDS / 2 { "上午" } else { "下午" }.to_owned(),
            ClockPart::Month => self.month,
            ClockPart::Day => self.day,
            ClockPart::Hour if has_halves => (self.seconds / 3600 + 11) % 12 + 1,
            ClockPart::Hour => self.seconds / 3600,
            ClockPart::Minute => self.seconds / 60 % 60,
            ClockPart::Second => self.seconds % 60,
            ClockPart::Passed(of) => self.all_seconds / i64::from(of),
        };
        if count > 1 { format!("{number:02}") } else { number.to_string() }
    }

    /// The parts that a section shows, in the order of programs: for names of months and the orders of other countries.
    fn in_digits(&self, parts: &[FormatPart]) -> String {
        let shows = |wanted| parts.iter().any(|part| matches!(part, FormatPart::Clock(part, _) if *part == wanted));
        let mut text = match (shows(ClockPart::Year), shows(ClockPart::Day)) {
            (true, true) => format!("{:04}-{:02}-{:02}", self.year, self.month, self.day),
            (true, false) => format!("{:04}-{:02}", self.year, self.month),
            (false, true) => format!("{}月{}日", self.month, self.day),
            (false, false) => format!("{}月", self.month),
        };
        if shows(ClockPart::Hour) {
            let seconds = self.seconds;
            text += &format!(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
        }
        text
    }
}

/// Day 1 is the first of 1900, and 1900 has a 29 February in this calendar; or day 0 is the first of 1904.
fn calendar(days: i64, counts_from_1904: bool) -> (i64, i64, i64) {
    let since_1970 = match (counts_from_1904, days) {
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
