//! Dates as budgets use them: a day, or the end of a month, with or without its year.

use smallvec::SmallVec;

use super::number;

/// A date as written. Without a year it lies in the fiscal year of the department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date {
    /// None for the fiscal year.
    pub year: Option<u16>,
    /// From one.
    pub month: u8,
    /// None for the end of the month (`10月底`).
    pub day: Option<u8>,
}

/// From one date to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// Reads what its text form writes: `2024年1月1日 .. 2026年12月31日`.
    pub fn read(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..").or_else(|| text.split_once(['～', '~', '至']))?;
        Some(Self { from: Date::read(from.trim())?, to: Date::read(to.trim())? })
    }
}

/// What a date is written with.
#[derive(Clone, Copy)]
enum DatePart<'a> {
    Figures(&'a str),
    Sign(char),
}

impl<'a> DatePart<'a> {
    /// Figures and the signs around them, blanks left out. None where there are more than any date has.
    fn of(token: &'a str) -> Option<SmallVec<[Self; 6]>> {
        let is_figure = |sign: char| sign.is_ascii_digit() || ('０'..='９').contains(&sign);
        let mut parts = SmallVec::new();
        let mut rest = token;
        while let Some(sign) = rest.chars().next() {
            let length = rest.find(|sign| !is_figure(sign)).unwrap_or(rest.len());
            let length = if length == 0 { sign.len_utf8() } else { length };
            let (part, after) = rest.split_at(length);
            rest = after;
            if parts.len() == 6 {
                return None;
            }
            match is_figure(sign) {
                true => parts.push(Self::Figures(part)),
                false if sign.is_whitespace() => {}
                false => parts.push(Self::Sign(sign)),
            }
        }
        Some(parts)
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Of the common era.
    pub year: u16,
    /// From one.
    pub month: u8,
    /// From one.
    pub day: u8,
}

impl Date {
    /// Reads `2025-12-31`, `2025年12月31日`, `2025年12月底`, `2025年12月`, `12月31日`, `12月底`, `12月`, `2025年底`, and nothing
    /// else: a word between the figures makes another thing of them. None where the calendar has no such day.
    pub fn read(token: &str) -> Option<Self> {
        use DatePart::{Figures, Sign};
        let parts = DatePart::of(token)?;
        let (year, month, day) = match parts[..] {
            [Figures(year), Sign('年'), Sign('底' | '末')] => (Some(year), "12", None),
            [Figures(year), Sign('年'), Figures(month), Sign('月')]
            | [Figures(year), Sign('年'), Figures(month), Sign('月'), Sign('底' | '末')] => {
                (Some(year), month, None)
            }
            [Figures(year), Sign('年'), Figures(month), Sign('月'), Figures(day), Sign('日' | '号')] => {
                (Some(year), month, Some(day))
            }
            [Figures(year), Sign(one), Figures(month), Sign(other), Figures(day)]
                if one == other && matches!(one, '-' | '－' | '−' | '.' | '/' | '／') =>
            {
                (Some(year), month, Some(day))
            }
            [Figures(month), Sign('月')] | [Figures(month), Sign('月'), Sign('底' | '末')] => (None, month, None),
            [Figures(month), Sign('月'), Figures(day), Sign('日' | '号')] => (None, month, Some(day)),
            _ => return None,
        };
        let is_short = |figures: &str| figures.chars().count() <= 2;
        if !is_short(month)
            || day.is_some_and(|day| !is_short(day))
            || year.is_some_and(|year| year.chars().count() != 4)
        {
            return None;
        }
        let month = number::whole(month)?;
        let day = day.map_or(Some(None), |day| number::whole(day).map(Some))?;
        let date = Self { year: year.map_or(Some(None), |year| number::whole(year).map(Some))?, month, day };
        // Without a year, 29 February may exist.
        let last = days_in_month(date.year.unwrap_or(2000), date.month)?;
        date.day.is_none_or(|day| (1..=last).contains(&day)).then_some(date)
    }

    /// The day it means in a fiscal year.
    pub fn in_year(self, fiscal_year: u16) -> Day {
        let year = self.year.unwrap_or(fiscal_year);
        let last = days_in_month(year, self.month).unwrap_or(31);
        Day { year, month: self.month, day: self.day.unwrap_or(last).min(last) }
    }

    /// Where it lies in a year without regard to the year: for the order of checkpoints.
    pub fn order(self) -> (u8, u8) {
        (self.month, self.day.unwrap_or(31))
    }
}

impl Day {
    /// 31 December.
    pub fn last_of(year: u16) -> Self {
        Self { year, month: 12, day: 31 }
    }

    /// How many months of its year are over at its end.
    pub fn months_passed(self) -> u8 {
        let is_last = days_in_month(self.year, self.month).is_none_or(|last| self.day >= last);
        self.month - u8::from(!is_last)
    }

    /// The days that lie between two days are the difference of their numbers.
    pub fn number(self) -> i64 {
        // A year begins in March, so that the odd day of February is its last.
        let (month, year) = (i64::from(self.month), i64::from(self.year) - i64::from(self.month < 3));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day);
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year
    }
}

impl std::fmt::Display for Date {
    /// As official tables write it: `2025年12月31日`, `10月底`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(year) = self.year {
            write!(formatter, "{year}年")?;
        }
        match self.day {
            Some(day) => write!(formatter, "{}月{day}日", self.month),
            None => write!(formatter, "{}月底", self.month),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} .. {}", self.from, self.to)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn days_in_month(year: u16, month: u8) -> Option<u8> {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    Some(match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_numbered_without_a_gap() {
        let number = |token| Date::read(token).map(|date| date.in_year(2025).number()).expect("a day");
        let mut last = number("1999-12-31");
        for year in 2000..2030_u16 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month).expect("a month") {
                    let next = Day { year, month, day }.number();
                    assert_eq!(next, last + 1, "{year}-{month}-{day}");
                    last = next;
                }
            }
        }
        assert_eq!(number("2025-10-20") - number("2025-09-30"), 20);
    }

    #[test]
    fn dates_are_read_in_every_form_and_refused_where_the_calendar_has_none() {
        let day = |token| Date::read(token).map(|date| date.in_year(2025).to_string());
        assert_eq!(day("2024-02-29").as_deref(), Some("2024-02-29"));
        assert_eq!(day("2025年12月31日").as_deref(), Some("2025-12-31"));
        assert_eq!(day("2月底").as_deref(), Some("2025-02-28"));
        assert_eq!(day("2026年底").as_deref(), Some("2026-12-31"));
        assert_eq!(day("９月３０日").as_deref(), Some("2025-09-30"));
        assert_eq!(day("2025-02-29"), None);
        assert_eq!(day("13月底"), None);
        assert_eq!(day("4月31日"), None);
        assert_eq!(day("2025 年 6 月"), Some("2025-06-30".to_owned()));
        for other in
            ["2025年第3季度末", "2025年1-6月底", "每年12月底", "2025年5月和10月底", "6个月末", "2025年6月12", "1月31"]
        {
            assert_eq!(day(other), None, "{other}");
        }
    }
}
