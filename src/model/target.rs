//! 指标值: what an indicator is to reach.

pub mod admitted;

use super::calendar::Date;
use super::unit::Quantity;
use crate::source::Words;

/// A typed target. Words are legal and printed as written; everything else can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `≥ 90%`; without a comparator equality is meant, and the table prints none.
    Quantity { comparator: Option<Comparator>, quantity: Quantity },
    /// `90% .. 95%`, both ends included.
    Range { ends: Box<Ends> },
    /// `≤ 10月底`
    Deadline { comparator: Option<Comparator>, date: Date },
    /// `≤ 预算 × 95%`: moves with the project's own money.
    Money { comparator: Comparator, symbol: SymbolicAmount, share: Option<Box<Quantity>> },
    /// `≥ 上年 + 2%`
    LastYear { comparator: Comparator, change: Option<Box<(SinceLastYear, Quantity)>> },
    /// `是`
    YesNo(bool),
    /// `定性 优 { 优 良 中 差 }`; the scale is best first.
    Grade { grade: Words, scale: Box<[Words]> },
    /// `定性 "…"`
    Words(Words),
    /// A mistake was reported here.
    Damaged,
}

/// The ends of a range, in comparable units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    pub low: Quantity,
    pub high: Quantity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    AtLeast,
    AtMost,
    Above,
    Below,
    Equal,
}

/// What a symbolic amount refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolicAmount {
    Budget,
    /// The index in the standard's fund sources.
    Fund(usize),
}

/// How a target relates to last year's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinceLastYear {
    Plus,
    Minus,
    Times,
}

impl Comparator {
    const ALL: [(Comparator, &'static str, &'static str, &'static str); 5] = [
        (Comparator::AtLeast, "≥", ">=", "at_least"),
        (Comparator::AtMost, "≤", "<=", "at_most"),
        (Comparator::Above, ">", ">", "above"),
        (Comparator::Below, "<", "<", "below"),
        (Comparator::Equal, "=", "=", "equal"),
    ];

    /// The signs of all, as tables print them.
    pub const SIGNS: [&'static str; 5] = ["≥", "≤", ">", "<", "="];

    /// The comparator a token stands for, in any of its widths.
    pub fn read(token: &str) -> Comparator {
        let has_equals = token.ends_with(['=', '＝']);
        match token.chars().next() {
            Some('≥' | '≧' | '⩾') => Comparator::AtLeast,
            Some('≤' | '≦' | '⩽') => Comparator::AtMost,
            Some('>' | '＞') if has_equals => Comparator::AtLeast,
            Some('<' | '＜') if has_equals => Comparator::AtMost,
            Some('>' | '＞') => Comparator::Above,
            Some('<' | '＜') => Comparator::Below,
            _ => Comparator::Equal,
        }
    }

    pub fn sign(self) -> &'static str {
        self.entry().1
    }

    /// For systems that damage `≥` in transport.
    pub fn ascii(self) -> &'static str {
        self.entry().2
    }

    /// The word in machine output.
    pub fn id(self) -> &'static str {
        self.entry().3
    }

    fn entry(self) -> (Comparator, &'static str, &'static str, &'static str) {
        Self::ALL[self as usize]
    }
}

impl Target {
    pub fn comparator(&self) -> Option<Comparator> {
        match self {
            Target::Quantity { comparator, .. } | Target::Deadline { comparator, .. } => *comparator,
            Target::Money { comparator, .. } | Target::LastYear { comparator, .. } => Some(*comparator),
            Target::Range { .. } | Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => None,
        }
    }

    /// Whether reaching it can be told without judgement: all but words.
    pub fn is_measurable(&self) -> bool {
        !matches!(self, Target::Words(_) | Target::Damaged)
    }

    /// Whether it holds a number.
    pub fn is_quantitative(&self) -> bool {
        match self {
            Target::Quantity { .. }
            | Target::Range { .. }
            | Target::Deadline { .. }
            | Target::Money { .. }
            | Target::LastYear { .. } => true,
            Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => false,
        }
    }
}
