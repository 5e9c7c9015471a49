//! 完成值: what was reached, as a report states it.

pub use super::attainment::Attainment;
use super::calendar::Date;
use super::unit::Quantity;
use crate::source::Words;

/// A typed actual value. A comparator is none of it: a report says what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actual {
    /// `96%`
    Quantity(Quantity),
    /// `2025-10-20`: the day it was done. In the fiscal year, where it states none.
    Date(Date),
    /// `是` or `否`
    YesNo(bool),
    /// `良`: a grade of the target's scale.
    Grade(Words),
    /// `部分达成`: how words were met.
    Attainment(Attainment),
    /// `未完成`: a deadline that nothing was done for.
    NotDone,
    /// `待测 "年底统一调查"`: in monitoring, what is not measured yet, and why.
    Pending(Words),
    /// `不适用 "…"`: what fell away, and why.
    NotApplicable(Words),
    /// `待填`: a line that waits to be filled in.
    Blank,
    /// A mistake was reported here.
    Damaged,
}
