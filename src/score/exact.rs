//! Exact numbers: what is computed of decimals stays exact until it is rounded once, by a named rule.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use rust_decimal::Decimal;

use crate::model::standard::scoring::RoundingMode;

/// A rational of any size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(BigRational);

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
        self.0.to_string()
    }

    /// Whether it is a decimal of so few places.
    pub fn has_places(&self, places: u32) -> bool {
        (&self.0 * power(places)).is_integer()
    }

    /// With just so many decimals. What lies behind them is cut off: round before.
    pub fn fixed(&self, places: u32) -> String {
        let scaled = (&self.0 * power(places)).trunc().to_integer();
        let (sign, digits) = (if scaled.is_negative() { "-" } else { "" }, scaled.abs().to_string());
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
        let scaled = &self.0 * power(places);
        let (down, rest) = (scaled.floor(), scaled.fract());
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        let rounded = match mode {
            RoundingMode::Down => scaled.trunc(),
            RoundingMode::HalfEven if rest.abs() == half => {
                let is_even = (down.to_integer() % BigInt::from(2)).is_zero();
                if is_even { down } else { down + BigRational::one() }
            }
            // Away from zero at a half: a negative number rounds like its positive one.
            RoundingMode::HalfUp | RoundingMode::HalfEven => scaled.round(),
        };
        Self(rounded / power(places))
    }

    /// The quotient; none by zero.
    pub fn over(&self, divisor: &Self) -> Option<Self> {
        (!divisor.0.is_zero()).then(|| Self(&self.0 / &divisor.0))
    }

    /// At least zero and at most one.
    #[must_use]
    pub fn clamped(self) -> Self {
        self.max(Self::zero()).min(Self::one())
    }

    /// Without its sign.
    #[must_use]
    pub fn absolute(&self) -> Self {
        Self(self.0.abs())
    }

    /// The next whole number below, or itself.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// The next whole number above, or itself.
    #[must_use]
    pub fn ceiling(&self) -> Self {
        Self(self.0.ceil())
    }

    /// Nothing.
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// The whole.
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// A hundred.
    pub fn hundred() -> Self {
        Self::from(Decimal::ONE_HUNDRED)
    }

    /// A share of a hundred: `90` as `9/10`.
    pub fn percent(value: Decimal) -> Self {
        Self(Self::from(value).0 / Self::hundred().0)
    }

    /// Above zero.
    pub fn is_positive(&self) -> bool {
        self.0.is_positive()
    }

    /// Neither above nor below.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// As a percentage with two decimals: `96.15%`.
    pub fn as_percent(&self) -> String {
        format!("{}%", (self.clone() * Self::hundred()).rounded(2, RoundingMode::HalfUp).fixed(2))
    }
}

fn power(places: u32) -> BigRational {
    BigRational::from_integer(BigInt::from(10).pow(places))
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(BigRational::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale())))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $sign:tt;)*) => { $(
        impl std::ops::$trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                Exact(self.0 $sign other.0)
            }
        }
        impl std::ops::$trait<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                Exact(&self.0 $sign &other.0)
            }
        }
    )* };
}
operators! {
    Add add +;
    Sub sub -;
    Mul mul *;
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
}
