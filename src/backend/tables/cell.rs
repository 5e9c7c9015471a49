//! A cell of a table for engines, and numbers that fit it exactly or not at all.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::ColumnType;
use crate::model::Text;
use crate::model::calendar::Day;
use crate::model::standard::scoring::RoundingMode;
use crate::score::Exact;

/// What stands in a cell. A decimal is counted in ten-thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::backend) enum EngineCell<'a> {
    Null,
    Text(Cow<'a, str>),
    Whole(i32),
    Decimal(i64),
    /// Since 1 January 1970.
    Day(i32),
    Truth(bool),
}

impl<'a> EngineCell<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// NULL where there is none.
    pub fn may_text(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Null, Self::text)
    }

    /// The words of a text; NULL where there is none, or it is empty.
    pub fn words(text: Option<&'a Text>) -> Self {
        Self::may_text(text.map(|text| &*text.value).filter(|text| !text.is_empty()))
    }

    /// Counts beyond 32 bits have no file that is read.
    pub fn count(number: usize) -> Self {
        Self::Whole(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// NULL where there is none.
    pub fn may_count(number: Option<usize>) -> Self {
        number.map_or(Self::Null, Self::count)
    }

    /// Takes off what a text begins with, where it does.
    pub fn strip(&mut self, beginning: &str) {
        match self {
            Self::Text(Cow::Borrowed(text)) => *text = text.strip_prefix(beginning).unwrap_or(text),
            Self::Text(Cow::Owned(text)) if text.starts_with(beginning) => {
                text.drain(..beginning.len());
            }
            _ => {}
        }
    }

    /// NULL where there is none, or it does not fit exactly.
    pub fn number(value: Option<Decimal>, kind: ColumnType) -> Self {
        value.and_then(|value| scaled(value, kind)).map_or(Self::Null, Self::Decimal)
    }

    /// A computed number, cut once, away from zero at a half; NULL where there is none, or it is too wide.
    pub fn computed(value: Option<&Exact>, kind: ColumnType) -> Self {
        let cut = |value: &Exact| {
            let digits = value.rounded(ColumnType::PLACES, RoundingMode::HalfUp).fixed(ColumnType::PLACES);
            in_width(digits.replace('.', "").parse().ok()?, kind)
        };
        value.and_then(cut).map_or(Self::Null, Self::Decimal)
    }

    pub fn day(day: Option<Day>) -> Self {
        const FIRST: Day = Day { year: 1970, month: 1, day: 1 };
        let number = |day: Day| i32::try_from(day.number() - FIRST.number()).unwrap_or(i32::MAX);
        day.map_or(Self::Null, |day| Self::Day(number(day)))
    }
}

/// A number in ten-thousandths; none where it has more decimals, or more digits than the column: it is never cut, and never
/// wraps.
pub(super) fn scaled(value: Decimal, kind: ColumnType) -> Option<i64> {
    let value = value.normalize();
    let missing = ColumnType::PLACES.checked_sub(value.scale())?;
    let scaled = value.mantissa().checked_mul(10_i128.pow(missing))?;
    in_width(i64::try_from(scaled).ok()?, kind)
}

fn in_width(scaled: i64, kind: ColumnType) -> Option<i64> {
    let limit = 10_u64.pow(kind.digits()?);
    (scaled.unsigned_abs() < limit).then_some(scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_fits_exactly_or_not_at_all() {
        let read = |text: &str| Decimal::from_str_exact(text).expect("a number");
        for (text, wide, narrow) in [
            ("87000.00", Some(870_000_000), Some(870_000_000)),
            ("0.0001", Some(1), Some(1)),
            ("-12.5", Some(-125_000), Some(-125_000)),
            ("99999.9999", Some(999_999_999), Some(999_999_999)),
            ("100000", Some(1_000_000_000), None),
            ("99999999999999.9999", Some(999_999_999_999_999_999), None),
            ("100000000000000", None, None),
            ("1234567890123456789012345678", None, None),
            ("-7922816251426433759354395033", None, None),
            ("0.00001", None, None),
            ("1.50000000", Some(15_000), Some(15_000)),
        ] {
            assert_eq!(scaled(read(text), ColumnType::Decimal), wide, "{text}");
            assert_eq!(scaled(read(text), ColumnType::Share), narrow, "{text}");
        }
    }

    #[test]
    fn what_is_computed_is_cut_once() {
        let third = Exact::from(Decimal::TWO).over(&Exact::from(Decimal::from(3))).expect("a quotient");
        assert_eq!(EngineCell::computed(Some(&third), ColumnType::Share), EngineCell::Decimal(6667));
        let small = Exact::from(Decimal::new(-5, 5));
        assert_eq!(EngineCell::computed(Some(&small), ColumnType::Decimal), EngineCell::Decimal(-1));
        let wide = Exact::from(Decimal::MAX);
        assert_eq!(EngineCell::computed(Some(&wide), ColumnType::Decimal), EngineCell::Null);
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |year, month, day| EngineCell::day(Some(Day { year, month, day }));
        assert_eq!(day(1970, 1, 1), EngineCell::Day(0));
        assert_eq!(day(2025, 12, 31), EngineCell::Day(20_453));
        assert_eq!(day(1969, 12, 31), EngineCell::Day(-1));
    }
}
