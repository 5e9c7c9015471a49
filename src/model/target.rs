//! 指标值: what an indicator is to reach.

pub mod admitted;

use super::calendar::Date;
pub use super::comparator::Comparator;
use super::unit::Quantity;
use crate::source::Words;

/// A typed target. Words are legal and printed as written; everything else can be measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `≥ 90%`; without a comparator equality is meant, and the table prints none.
    Quantity {
        /// None where the author wrote none.
        comparator: Option<Comparator>,
        /// What is compared with.
        quantity: Quantity,
    },
    /// `90% .. 95%`, both ends included.
    Range {
        /// Low, then high: JX404 reports others.
        ends: Box<Ends>,
    },
    /// `≤ 10月底`
    Deadline {
        /// None where the author wrote none.
        comparator: Option<Comparator>,
        /// In the fiscal year, where it states none.
        date: Date,
    },
    /// `≤ 预算 × 95%`: moves with the project's own money.
    Money {
        /// Always written.
        comparator: Comparator,
        /// Whose amount it is.
        symbol: SymbolicAmount,
        /// None for all of it.
        share: Option<Box<Quantity>>,
    },
    /// `≥ 上年 + 2%`
    LastYear {
        /// Always written.
        comparator: Comparator,
        /// None for the value of last year itself.
        change: Option<Box<(SinceLastYear, Quantity)>>,
    },
    /// `是`
    YesNo(bool),
    /// `定性 优 { 优 良 中 差 }`; the scale is best first.
    Grade {
        /// The one to reach; JX406 reports one that is not on the scale.
        grade: Words,
        /// That of the standard where the author wrote none.
        scale: Box<[Words]>,
    },
    /// `定性 "…"`
    Words(Words),
    /// A mistake was reported here.
    Damaged,
}

/// The ends of a range, in comparable units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// Itself a value that reaches the target.
    pub low: Quantity,
    /// Itself a value that reaches the target.
    pub high: Quantity,
}

/// What a symbolic amount refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolicAmount {
    /// 预算: the total of the project.
    Budget,
    /// The index in the standard's fund sources.
    Fund(usize),
}

/// How a target relates to last year's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SinceLastYear {
    /// `上年 + 2%`
    Plus,
    /// `上年 - 2%`
    Minus,
    /// `上年 × 110%`
    Times,
}

impl Target {
    /// None also for targets that have none, such as words.
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
