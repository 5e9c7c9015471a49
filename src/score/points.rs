//! 得分: what points rest on, what they come to, and why there may be none.

use rust_decimal::Decimal;

use super::{DerivationStep, Exact, Figure, Goal, InUnit, Reached};
use crate::diagnostic::{Text, texts};
use crate::model::standard::method::Method;
use crate::model::standard::scoring::{RoundingMode, ScoringRules};
use crate::source::Spanned;

/// How scores are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// The decimals of a score.
    pub places: u32,
    /// By which rule.
    pub mode: RoundingMode,
}

/// What is scored: everything that the points rest on.
#[derive(Clone, Copy)]
pub struct Scored<'a> {
    /// What is to be reached.
    pub goal: &'a Goal,
    /// What was reached.
    pub reached: &'a Reached,
    /// What all of it earns.
    pub weight: &'a Figure,
    /// How it is scored.
    pub method: &'a Spanned<Method>,
    /// The value of last year, in the unit of the goal.
    pub last_year: Option<&'a Figure>,
    /// What a person gave, for methods that need one.
    pub given: Option<&'a Figure>,
    /// The unit of the goal.
    pub unit: InUnit<'a>,
    /// The rules of the standard.
    pub rules: &'a ScoringRules,
}

/// What an indicator earns, and how it came about.
#[derive(Clone, Debug, Default)]
pub struct Points {
    /// Of the weight, from zero to one; none where there is none.
    pub share: Option<Exact>,
    /// Before it is cut.
    pub exact: Option<Exact>,
    /// As it is printed and added up.
    pub rounded: Option<Exact>,
    /// How it came about.
    pub steps: Vec<DerivationStep>,
    /// Why there are none.
    pub none: Option<NoPoints>,
    /// The target was passed so far that a reason is due: the share of it that was reached.
    pub excess: Option<Exact>,
    /// What was reached meets the target; none where that is not known.
    pub is_met: Option<bool>,
}

/// Why there are no points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPoints {
    /// No value was reported.
    Missing,
    /// It was not measured yet.
    Pending,
    /// The value is of another kind or unit.
    WrongKind,
    /// The target is not above zero.
    NoRatio,
    /// There is no value of last year to start from.
    NoLastYear,
    /// A person has to give points.
    ByHand,
    /// A person gave points outside the band.
    Outside(String, String),
    /// The budget is zero.
    NoBudget,
    /// No money was reported as spent.
    NoSpending,
    /// It does not apply, and leaves the total.
    NotApplicable,
    /// The standard does not say how.
    NoRule,
    /// No weight is stated.
    NoWeight,
    /// The method is for other targets.
    NoFit,
    /// Scoring is in words.
    InWords,
    /// What the target comes to is not known.
    NoTarget,
}

impl NoPoints {
    /// Whether somebody has yet to say something: a value, or points. Else it lies in the target or in the rules.
    pub fn waits(&self) -> bool {
        match self {
            NoPoints::Missing
            | NoPoints::Pending
            | NoPoints::WrongKind
            | NoPoints::ByHand
            | NoPoints::Outside(..)
            | NoPoints::NoSpending
            | NoPoints::InWords => true,
            NoPoints::NoRatio
            | NoPoints::NoLastYear
            | NoPoints::NoBudget
            | NoPoints::NotApplicable
            | NoPoints::NoRule
            | NoPoints::NoWeight
            | NoPoints::NoFit
            | NoPoints::NoTarget => false,
        }
    }

    /// In both languages.
    pub fn text(&self) -> Text {
        match self {
            NoPoints::Missing => texts::no_points_missing(),
            NoPoints::Pending => texts::no_points_pending(),
            NoPoints::WrongKind => texts::no_points_kind(),
            NoPoints::NoRatio => texts::no_points_ratio(),
            NoPoints::NoLastYear => texts::no_points_last_year(),
            NoPoints::ByHand => texts::no_points_by_hand(),
            NoPoints::Outside(low, high) => texts::no_points_outside(low, high),
            NoPoints::NoBudget => texts::no_points_budget(),
            NoPoints::NoSpending => texts::no_points_spent(),
            NoPoints::NotApplicable => texts::no_points_not_applicable(),
            NoPoints::NoRule => texts::no_points_rule(),
            NoPoints::NoWeight => texts::no_points_weight(),
            NoPoints::NoFit => texts::no_points_method(),
            NoPoints::InWords => texts::no_points_words(),
            NoPoints::NoTarget => texts::no_points_target(),
        }
    }

    /// The rule that tells it, where one does.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            NoPoints::Missing | NoPoints::NoSpending => Some("JX111"),
            NoPoints::WrongKind => Some("JX112"),
            NoPoints::NoBudget => Some("JX117"),
            NoPoints::Outside(..) => Some("JX119"),
            NoPoints::ByHand | NoPoints::InWords => Some("JX144"),
            NoPoints::NoRatio => Some("JX150"),
            NoPoints::NoFit | NoPoints::NoLastYear => Some("JX411"),
            NoPoints::Pending
            | NoPoints::NotApplicable
            | NoPoints::NoRule
            | NoPoints::NoWeight
            | NoPoints::NoTarget => None,
        }
    }
}

impl Points {
    /// No points, and why.
    pub fn none(why: NoPoints) -> Self {
        Self { none: Some(why), ..Self::default() }
    }
}

impl Rounding {
    /// That of a standard; none where it does not say.
    pub fn of(rules: &ScoringRules) -> Option<Self> {
        Some(Self { places: rules.places?.value, mode: rules.rounding?.value })
    }

    /// A number cut by it.
    pub fn cut(self, exact: &Exact) -> Exact {
        exact.rounded(self.places, self.mode)
    }
}

/// Whether a stated score is the exact one, cut to the places that it is stated with.
pub fn is_right(exact: &Exact, stated: Decimal, mode: RoundingMode) -> bool {
    exact.rounded(stated.scale(), mode) == Exact::from(stated)
}
