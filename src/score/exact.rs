//! Exact numbers: what is computed of decimals stays exact until it is rounded once, by a named rule.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

use crate::model::standard::scoring::RoundingMode;

/// A rational of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exact(Number);

/// Money and shares fit into a machine's integers, with which a year of hundreds of projects is computed several times as
/// fast; what does not fit becomes large, and never anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Number {
    Small(Ratio<i128>),
    /// Invariant: it does not fit.
    Large(BigRational),
}

/// Both parts of a small number stay below, so that a step of rounding fits as well.
const SMALL: i128 = 1 << 120;

/// Decimals up to so many are shown whole; of longer ones one less, and that they go on.
const SHOWN: u32 = 6;

impl Exact {
    /// The decimals of a number that goes on, cut off: `7.41818…`. One that ends is shown whole.
    pub fn shown(&self) -> String {
        let cut = self.rounded(SHOWN, RoundingMode::Down);
        if cut == *self {
            cut.plain(SHOWN)
        } else {
            format!("{}…", self.rounded(SHOWN - 1, RoundingMode::Down).fixed(SHOWN - 1))
        }
    }

    /// `51/55`; a whole number without its denominator.
    pub fn fraction(&self) -> String {
        match &self.0 {
            Number::Small(one) => one.to_string(),
            Number::Large(one) => one.to_string(),
        }
    }

    /// Whether it is a decimal of so few places.
    pub fn has_places(&self, places: u32) -> bool {
        match (self * &power(places)).0 {
            Number::Small(one) => one.is_integer(),
            Number::Large(one) => one.is_integer(),
        }
    }

    /// With just so many decimals. What lies behind them is cut off: round before.
    pub fn fixed(&self, places: u32) -> String {
        let scaled = (self * &power(places)).each(Ratio::trunc, Ratio::trunc).fraction();
        let (sign, digits) = scaled.strip_prefix('-').map_or(("", &*scaled), |digits| ("-", digits));
        if places == 0 {
            return format!("{sign}{digits}");
        }
        let places = places as usize;
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        format!("{sign}{whole}.{fraction}")
    }

    /// With so many decimals at most, without zeros at the end.
    pub fn plain(&self, most: u32) -> String {
        let fixed = self.fixed(most);
        if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.').to_owned() } else { fixed }
    }

    /// Cut to so many decimals by a rule.
    #[must_use]
    pub fn rounded(&self, places: u32, mode: RoundingMode) -> Self {
        let power = power(places);
        let whole = (self * &power).each(|one| whole(one, mode), |one| whole(one, mode));
        // Invariant: no power of ten is zero.
        whole.over(&power).unwrap_or(whole)
    }

    /// The quotient; none by zero.
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| self.with(divisor, Ratio::checked_div, |one, other| one / other))
    }

    /// At least zero and at most one.
    #[must_use]
    pub fn clamped(self) -> Self {
        self.max(Self::zero()).min(Self::one())
    }

    /// Without its sign.
    #[must_use]
    pub fn absolute(&self) -> Self {
        self.each(Signed::abs, Signed::abs)
    }

    /// The next whole number below, or itself.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.each(Ratio::floor, Ratio::floor)
    }

    /// The next whole number above, or itself.
    #[must_use]
    pub fn ceiling(&self) -> Self {
        self.each(Ratio::ceil, Ratio::ceil)
    }

    /// Nothing.
    pub fn zero() -> Self {
        Self(Number::Small(Ratio::zero()))
    }

    /// The whole.
    pub fn one() -> Self {
        Self(Number::Small(Ratio::one()))
    }

    /// A hundred.
    pub fn hundred() -> Self {
        power(2)
    }

    /// A share of a hundred: `90` as `9/10`.
    pub fn percent(value: Decimal) -> Self {
        let value = Self::from(value);
        value.over(&Self::hundred()).unwrap_or(value)
    }

    /// Above zero.
    pub fn is_positive(&self) -> bool {
        *self > Self::zero()
    }

    /// Neither above nor below.
    pub fn is_zero(&self) -> bool {
        *self == Self::zero()
    }

    /// As a percentage with two decimals: `96.15%`.
    pub fn as_percent(&self) -> String {
        format!("{}%", (self.clone() * Self::hundred()).rounded(2, RoundingMode::HalfUp).fixed(2))
    }
}

impl Exact {
    fn each(&self, small: impl Fn(&Ratio<i128>) -> Ratio<i128>, large: impl Fn(&BigRational) -> BigRational) -> Self {
        match &self.0 {
            Number::Small(one) => small(one).into(),
            Number::Large(one) => large(one).into(),
        }
    }

    fn with(
        &self,
        other: &Self,
        small: impl Fn(&Ratio<i128>, &Ratio<i128>) -> Option<Ratio<i128>>,
        large: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        let fitting = match (&self.0, &other.0) {
            (Number::Small(one), Number::Small(other)) => small(one, other),
            _ => None,
        };
        fitting.map_or_else(|| large(self.large(), other.large()).into(), Self::from)
    }

    fn large(&self) -> BigRational {
        match &self.0 {
            Number::Small(one) => enlarged(one),
            Number::Large(one) => one.clone(),
        }
    }
}

fn enlarged(number: &Ratio<i128>) -> BigRational {
    BigRational::new_raw(BigInt::from(*number.numer()), BigInt::from(*number.denom()))
}

/// A whole number by a rule.
fn whole<Part: Clone + Integer>(number: &Ratio<Part>, mode: RoundingMode) -> Ratio<Part> {
    let two = Part::one() + Part::one();
    let down = number.floor();
    match mode {
        RoundingMode::Down => number.trunc(),
        RoundingMode::HalfEven if number - &down == Ratio::new(Part::one(), two) => {
            if down.to_integer().is_even() {
                down
            } else {
                down + Part::one()
            }
        }
        // Away from zero at a half: a negative number rounds like its positive one.
        RoundingMode::HalfUp | RoundingMode::HalfEven => number.round(),
    }
}

fn power(places: u32) -> Exact {
    match 10_i128.checked_pow(places) {
        Some(power) => Ratio::from_integer(power).into(),
        None => BigRational::from_integer(BigInt::from(10).pow(places)).into(),
    }
}

impl From<Ratio<i128>> for Exact {
    fn from(number: Ratio<i128>) -> Self {
        let is_small = *number.denom() < SMALL && (-SMALL..SMALL).contains(number.numer());
        Self(if is_small { Number::Small(number) } else { Number::Large(enlarged(&number)) })
    }
}

impl From<BigRational> for Exact {
    fn from(number: BigRational) -> Self {
        let part = |part: &BigInt| part.to_i128().filter(|part| (-SMALL..SMALL).contains(part));
        match part(number.numer()).zip(part(number.denom())) {
            Some((numerator, denominator)) => Self(Number::Small(Ratio::new_raw(numerator, denominator))),
            None => Self(Number::Large(number)),
        }
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        // Invariant: 28 decimals at most.
        Ratio::new(value.mantissa(), 10_i128.pow(value.scale())).into()
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Number::Small(one), Number::Small(other)) => one.cmp(other),
            _ => self.large().cmp(&other.large()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $checked:ident $sign:tt;)*) => { $(
        impl std::ops::$trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                &self $sign &other
            }
        }
        impl std::ops::$trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                self.with(other, Ratio::$checked, |one, other| one $sign other)
            }
        }
    )* };
}
operators! {
    Add add checked_add +;
    Sub sub checked_sub -;
    Mul mul checked_mul *;
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::zero(), |sum, one| sum + one)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        let number = |text: &str| Exact::from(Decimal::from_str_exact(text).expect("a number"));
        number(numerator).over(&number(denominator)).expect("a denominator")
    }

    #[test]
    fn a_number_is_cut_once_by_its_rule() {
        for (number, half_up, half_even, down) in [
            ("0.125", "0.13", "0.12", "0.12"),
            ("0.135", "0.14", "0.14", "0.13"),
            ("20/3", "6.67", "6.67", "6.66"),
            ("9.995", "10.00", "10.00", "9.99"),
            ("-0.125", "-0.13", "-0.12", "-0.12"),
            ("7", "7.00", "7.00", "7.00"),
        ] {
            let cut = |mode| exact(number).rounded(2, mode).fixed(2);
            let found = [cut(RoundingMode::HalfUp), cut(RoundingMode::HalfEven), cut(RoundingMode::Down)];
            assert_eq!(found, [half_up, half_even, down], "{number}");
        }
    }

    #[test]
    fn what_ends_is_shown_whole_and_what_goes_on_says_so() {
        for (number, shown) in [("14.296875", "14.296875"), ("408/55", "7.41818…"), ("12", "12"), ("-1/3", "-0.33333…")]
        {
            assert_eq!(exact(number).shown(), shown);
        }
        assert_eq!(exact("5.1/5.5").fraction(), "51/55");
        assert_eq!(exact("629.8/655").as_percent(), "96.15%");
    }

    /// Numbers around the border, each as it is and as it would be large.
    #[test]
    fn small_and_large_numbers_are_the_same_numbers() {
        let large = |number: &Exact| Exact(Number::Large(number.large()));
        let tenth = exact("1/10");
        let mut numbers = vec![Exact::zero(), exact("1/3"), exact("-0.125"), exact("129135.27"), exact("-7/2")];
        for base in
            ["79228162514264337593543950335", "-7922816251426433759354395033.5", "3/79228162514264337593543950335"]
        {
            let base = exact(base);
            numbers.extend([&base * &base, &base * &tenth, &base * &exact("1000000000"), base]);
        }
        let is_canonical = |number: &Exact| *number == Exact::from(number.large());
        for one in &numbers {
            for mode in [RoundingMode::HalfUp, RoundingMode::HalfEven, RoundingMode::Down] {
                for places in [0, 2, 6] {
                    let rounded = one.rounded(places, mode);
                    assert!(is_canonical(&rounded));
                    assert_eq!(rounded, large(one).rounded(places, mode), "{one:?} {places} {mode:?}");
                }
            }
            for other in &numbers {
                for (found, wanted) in [
                    (one + other, large(one) + large(other)),
                    (one - other, large(one) - large(other)),
                    (one * other, large(one) * large(other)),
                ] {
                    assert!(is_canonical(&found));
                    assert_eq!(found, wanted, "{one:?} {other:?}");
                }
                assert_eq!(one.over(other), large(one).over(other), "{one:?} {other:?}");
                assert_eq!(one.cmp(other), one.large().cmp(&other.large()), "{one:?} {other:?}");
            }
            assert_eq!(one.fixed(3), large(one).fixed(3));
        }
    }
}
