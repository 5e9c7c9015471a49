//! 计分方法: how an actual value earns points. One of eleven shapes with parameters, never an expression.

use rust_decimal::Decimal;

use super::super::comparator::Comparator;
use super::super::unit::Quantity;
use super::Citation;
use crate::language::{Field, QUALITATIVE};
use crate::source::{Span, Spanned, Words};

/// A shape with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// The share of the target that was reached.
    Ratio,
    /// The share that the target is of what was reached.
    Inverse,
    /// One less the deviation, so many times.
    Linear {
        /// How often the deviation counts.
        multiple: Decimal,
    },
    /// One less the deviation to either side.
    BothWays,
    /// Full inside, by ratio below, linear above.
    Between {
        /// How often a deviation above counts.
        multiple: Decimal,
    },
    /// Full where it is reached, else nothing.
    AllOrNothing,
    /// So much less for each step of the deviation.
    Steps(Box<Steps>),
    /// The share of the first tier that is reached; none where it is left to the standard.
    Tiers(Box<[Tier]>),
    /// The share of the way from last year's value to the target.
    Increment,
    /// A person gives points inside the band of what was attained. Without bands of its own it has those of words.
    Bands(Box<[Band]>),
    /// A person gives the points.
    ByHand,
}

/// A [`Method`] without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MethodKind {
    /// [`Method::Ratio`]
    Ratio,
    /// [`Method::Inverse`]
    Inverse,
    /// [`Method::Linear`]
    Linear,
    /// [`Method::BothWays`]
    BothWays,
    /// [`Method::Between`]
    Between,
    /// [`Method::AllOrNothing`]
    AllOrNothing,
    /// [`Method::Steps`]
    Steps,
    /// [`Method::Tiers`]
    Tiers,
    /// [`Method::Increment`]
    Increment,
    /// [`Method::Bands`]
    Bands,
    /// [`Method::ByHand`]
    ByHand,
}

/// 逐次 `{ 每 10 天；扣 10% }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    /// How large one is.
    pub each: Quantity,
    /// What each costs.
    pub loss: Loss,
    /// One that is begun counts.
    pub begun_counts: bool,
}

/// What a step costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// In percent of the weight.
    Percent(Decimal),
    /// In points.
    Points(Decimal),
}

/// 档 `≥ 80% 80%`, or a grade and its share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// What is to be reached.
    pub bound: TierBound,
    /// In percent of the weight.
    pub share: Decimal,
}

/// What a tier asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TierBound {
    /// A number.
    Number(Comparator, Quantity),
    /// A grade, or how words were met.
    Name(Words),
}

/// 分段 `{ 达成 80% .. 100% }`: the lower end belongs to it; the upper one to the top band only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// 达成, 部分达成, 未达成.
    pub name: Words,
    /// In percent of the weight.
    pub low: Decimal,
    /// In percent of the weight.
    pub high: Decimal,
}

/// What kind of target a standard's line of scoring is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScoredKind {
    /// `≥`, `>`
    Up,
    /// `≤`, `<`
    Down,
    /// `=`, and no comparator.
    Equal,
    /// `=` in a category of costs.
    EqualCost,
    /// `90% .. 95%`
    Range,
    /// `≤ 0`, `= 0`
    Zero,
    /// `≤ 10月底`
    Deadline,
    /// `是`
    YesNo,
    /// `定性 优`
    Grade,
    /// `定性 "…"`
    Words,
    /// `≥` in a category that measures satisfaction; as [`ScoredKind::Up`] where a standard has no line for it.
    Satisfaction,
}

/// What a target asks for, as far as it decides which methods can score it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalShape {
    /// At least so much.
    AtLeast,
    /// At most so much.
    AtMost,
    /// Just so much.
    Exact,
    /// Between two.
    Range,
    /// By a day.
    Deadline,
    /// An answer.
    YesNo,
    /// A grade of a scale.
    Grade,
    /// Words.
    Words,
}

impl GoalShape {
    /// That of a number behind a comparator.
    pub fn compared(comparator: Comparator) -> Self {
        match comparator {
            Comparator::AtLeast | Comparator::Above => GoalShape::AtLeast,
            Comparator::AtMost | Comparator::Below => GoalShape::AtMost,
            Comparator::Equal => GoalShape::Exact,
        }
    }
}

/// A line of scoring of a standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodRule {
    /// How such targets are scored.
    pub method: Spanned<Method>,
    /// The document that says so.
    pub citation: Citation,
}

impl MethodKind {
    /// The names of methods in both languages.
    pub const ALL: [(MethodKind, &'static str, &'static str); 11] = [
        (MethodKind::Ratio, "比例", "ratio"),
        (MethodKind::Inverse, "反比", "inverse"),
        (MethodKind::Linear, "线性", "linear"),
        (MethodKind::BothWays, "双向", "both_ways"),
        (MethodKind::Between, "区间", "between"),
        (MethodKind::AllOrNothing, "全或无", "all_or_nothing"),
        (MethodKind::Steps, "逐次", "steps"),
        (MethodKind::Tiers, "分档", "tiers"),
        (MethodKind::Increment, "增量", "increment"),
        (MethodKind::Bands, "分段", "bands"),
        (MethodKind::ByHand, "人工", "by_hand"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The word in machine output.
    pub fn english(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Whether it can score a target of a shape.
    pub fn fits(self, shape: GoalShape) -> bool {
        use GoalShape::{AtLeast, AtMost, Deadline, Exact, Grade, Range, Words};
        match self {
            MethodKind::ByHand | MethodKind::AllOrNothing => true,
            MethodKind::Ratio | MethodKind::Increment => matches!(shape, AtLeast | Exact),
            MethodKind::Inverse | MethodKind::Linear => matches!(shape, AtMost | Exact),
            MethodKind::BothWays => shape == Exact,
            MethodKind::Between => shape == Range,
            MethodKind::Steps => matches!(shape, AtLeast | AtMost | Exact | Range | Deadline),
            MethodKind::Tiers => matches!(shape, AtLeast | AtMost | Exact | Range | Grade | Words),
            MethodKind::Bands => matches!(shape, Grade | Words),
        }
    }

    /// The method that a word in either language names.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, chinese, english)| *chinese == word || *english == word).map(|(kind, ..)| *kind)
    }
}

impl ScoredKind {
    /// The names of the kinds in both languages.
    pub const ALL: [(ScoredKind, &'static str, &'static str); 11] = [
        (ScoredKind::Up, "正向", "up"),
        (ScoredKind::Down, "反向", "down"),
        (ScoredKind::Equal, "等于", "equal"),
        (ScoredKind::EqualCost, "等于成本", "equal_cost"),
        (ScoredKind::Range, "区间", "range"),
        (ScoredKind::Zero, "零目标", "zero"),
        (ScoredKind::Deadline, "时限", "deadline"),
        (ScoredKind::YesNo, "是否", "yes_no"),
        (ScoredKind::Grade, Field::Grades.row().name, Field::Grades.row().english),
        (ScoredKind::Words, QUALITATIVE.0, QUALITATIVE.1),
        (ScoredKind::Satisfaction, "满意度", "satisfaction"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl Method {
    /// Its shape.
    pub fn kind(&self) -> MethodKind {
        match self {
            Method::Ratio => MethodKind::Ratio,
            Method::Inverse => MethodKind::Inverse,
            Method::Linear { .. } => MethodKind::Linear,
            Method::BothWays => MethodKind::BothWays,
            Method::Between { .. } => MethodKind::Between,
            Method::AllOrNothing => MethodKind::AllOrNothing,
            Method::Steps(_) => MethodKind::Steps,
            Method::Tiers(_) => MethodKind::Tiers,
            Method::Increment => MethodKind::Increment,
            Method::Bands(_) => MethodKind::Bands,
            Method::ByHand => MethodKind::ByHand,
        }
    }
}

/// The word for points of a score.
pub const POINTS: &str = "分";

impl MethodRule {
    /// Where its line stands.
    pub fn span(&self) -> Span {
        self.method.span
    }
}
