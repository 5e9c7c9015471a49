//! What is to be reached and what was, as numbers that can be compared: in the unit of the target, symbols and last year's
//! value put in.

use rust_decimal::Decimal;

use super::{Exact, Figure, FigureOrigin};
use crate::model::actual::{Actual, Attainment};
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::standard::method::{GoalShape, ScoredKind};
use crate::model::standard::scoring::ScoringRules;
use crate::model::target::{Comparator, SinceLastYear, Target};
use crate::model::unit::{Dimension, Measure, Multiplier, Quantity};
use crate::model::{Direction, print};
use crate::source::{Span, Spanned, Words};

/// What is to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// `≥ 90%`. A strict bound on whole things is the next one: `> 3 次` is `≥ 4 次`. On others the bound itself counts.
    Number {
        /// [`Comparator::Equal`] where none is written.
        comparator: Comparator,
        /// What is compared with.
        bound: Figure,
    },
    /// Both ends included.
    Range {
        /// The lower end.
        low: Figure,
        /// The upper end.
        high: Figure,
    },
    /// The last day on which it is in time.
    Deadline(Day),
    /// The answer that is wanted.
    YesNo(bool),
    /// A grade of a scale, best first.
    Grade {
        /// The one to reach.
        grade: Words,
        /// Best first.
        scale: Box<[Words]>,
    },
    /// A person tells whether they are met.
    Words,
    /// What it refers to is not known.
    Unknown,
}

/// What was reached, in the terms of the goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reached {
    /// In the unit of the target.
    Number(Figure),
    /// The day it was done.
    Day(Day),
    /// Nothing was done for a deadline.
    NotDone,
    /// The answer.
    YesNo(bool),
    /// The place on the scale of the goal.
    Grade(usize),
    /// How words were met.
    State(Attainment),
    /// There is no value.
    Absent(Absence),
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absence {
    /// Nobody reported one, or the line waits to be filled in.
    Missing,
    /// It was not measured yet.
    Pending,
    /// It does not apply any more.
    NotApplicable,
    /// It is of another kind or unit than the target, or was not understood.
    WrongKind,
}

/// The unit in which a goal and its actual value are compared.
#[derive(Clone, Copy)]
pub struct InUnit<'a> {
    /// None for goals without a unit.
    pub quantity: Option<&'a Quantity>,
    /// Whose units they are.
    pub standard: &'a Standard,
}

impl InUnit<'_> {
    /// A share as a number of this unit; none where that measures something else.
    pub fn of_share(self, share: &Exact) -> Option<Exact> {
        let unit = self.quantity.filter(|unit| unit.dimension(self.standard) == Some(Dimension::Ratio))?;
        (share * &Exact::hundred()).over(&size(unit, self.standard)?)
    }

    /// A quantity as a number of this unit; none where the two cannot be compared.
    pub fn figure(self, one: &Quantity) -> Option<Figure> {
        let unit = self.quantity?;
        let origin = FigureOrigin::Stated(one.span);
        if one.measure == unit.measure && one.multiplier == unit.multiplier {
            return Some(Figure::new(one.value.into(), one.value.normalize().to_string(), origin));
        }
        let value = amount(one, self.standard)?.over(&size(unit, self.standard)?)?;
        let is_comparable = one.measure == unit.measure || one.is_comparable(unit, self.standard);
        is_comparable.then(|| Figure::new(value.clone(), value.shown(), origin))
    }
}

/// One of a unit, with its multiplier, in base units; in itself where it has no factor.
fn size(quantity: &Quantity, standard: &Standard) -> Option<Exact> {
    let factor = match quantity.measure {
        Measure::Unit(unit) => standard.units.get(unit as usize)?.factor.unwrap_or(Decimal::ONE),
        Measure::Compound(_) => Decimal::ONE,
    };
    Some(Exact::from(factor) * Exact::from(quantity.multiplier.factor()))
}

/// A quantity in base units.
pub(super) fn amount(quantity: &Quantity, standard: &Standard) -> Option<Exact> {
    Some(Exact::from(quantity.value) * size(quantity, standard)?)
}

/// The goal that a target states. `money` is what a symbolic amount comes to in base units, by its source; `last_year` the
/// value it rests on. With it the unit in which it is measured.
pub fn goal<'a>(
    target: &'a Spanned<Target>,
    last_year: Option<&'a Quantity>,
    money: impl Fn(crate::model::target::SymbolicAmount) -> Option<Figure>,
    year: u16,
    standard: &'a Standard,
) -> (Goal, InUnit<'a>) {
    let unit = |quantity| InUnit { quantity, standard };
    let origin = FigureOrigin::Stated(target.span);
    match &target.value {
        Target::Quantity { comparator, quantity } => {
            let written = quantity.value.normalize().to_string();
            let bound = Figure::new(quantity.value.into(), written, origin);
            (number(comparator.unwrap_or(Comparator::Equal), bound, is_whole(quantity, standard)), unit(Some(quantity)))
        }
        Target::Range { ends } => {
            let in_unit = unit(Some(&ends.high));
            let goal = match (in_unit.figure(&ends.low), in_unit.figure(&ends.high)) {
                (Some(low), Some(high)) => Goal::Range { low, high },
                _ => Goal::Unknown,
            };
            (goal, in_unit)
        }
        Target::Deadline { date, .. } => (Goal::Deadline(date.in_year(year)), unit(None)),
        Target::Money { comparator, symbol, share } => {
            let share = share.as_deref().map_or(Some(Exact::one()), |share| {
                amount(share, standard).and_then(|share| share.over(&Exact::hundred()))
            });
            let goal = match (money(*symbol), share) {
                (Some(amount), Some(share)) if share == Exact::one() => number(*comparator, amount, false),
                (Some(amount), Some(share)) => number(*comparator, Figure::computed(amount.value * share), false),
                _ => Goal::Unknown,
            };
            (goal, unit(None))
        }
        Target::LastYear { comparator, change } => {
            let Some(last_year) = last_year else { return (Goal::Unknown, unit(None)) };
            let in_unit = unit(Some(last_year));
            let before = Exact::from(last_year.value);
            let value = match change.as_deref() {
                None => Some(before),
                Some((SinceLastYear::Plus, by)) => in_unit.figure(by).map(|by| before + by.value),
                Some((SinceLastYear::Minus, by)) => in_unit.figure(by).map(|by| before - by.value),
                Some((SinceLastYear::Times, by)) => {
                    amount(by, standard).and_then(|by| by.over(&Exact::hundred())).map(|by| before * by)
                }
            };
            let goal = value.map_or(Goal::Unknown, |value| {
                number(*comparator, Figure::computed(value), is_whole(last_year, standard))
            });
            (goal, in_unit)
        }
        Target::YesNo(wanted) => (Goal::YesNo(*wanted), unit(None)),
        Target::Grade { grade, scale } => (Goal::Grade { grade: grade.clone(), scale: scale.clone() }, unit(None)),
        Target::Words(_) => (Goal::Words, unit(None)),
        Target::Damaged => (Goal::Unknown, unit(None)),
    }
}

/// A bound that itself reaches the target: a strict one on whole things is the next one.
fn number(comparator: Comparator, bound: Figure, is_whole: bool) -> Goal {
    let next = |value: Exact| Figure { written: value.plain(0), value, origin: bound.origin };
    match comparator {
        Comparator::Above if is_whole => {
            Goal::Number { comparator: Comparator::AtLeast, bound: next(bound.value.floor() + Exact::one()) }
        }
        Comparator::Below if is_whole => {
            Goal::Number { comparator: Comparator::AtMost, bound: next(bound.value.ceiling() - Exact::one()) }
        }
        Comparator::Above => Goal::Number { comparator: Comparator::AtLeast, bound },
        Comparator::Below => Goal::Number { comparator: Comparator::AtMost, bound },
        Comparator::AtLeast | Comparator::AtMost | Comparator::Equal => Goal::Number { comparator, bound },
    }
}

fn is_whole(quantity: &Quantity, standard: &Standard) -> bool {
    let Measure::Unit(unit) = quantity.measure else { return false };
    quantity.multiplier == Multiplier::One && standard.units.get(unit as usize).is_some_and(|unit| unit.is_whole)
}

/// What an actual value is worth beside a goal. Money that a symbolic target asks for is compared in base units.
pub fn reached(actual: &Actual, place: Span, goal: &Goal, unit: InUnit<'_>, year: u16) -> Reached {
    match (actual, goal) {
        (Actual::Blank, _) => Reached::Absent(Absence::Missing),
        (Actual::Pending(_), _) => Reached::Absent(Absence::Pending),
        (Actual::NotApplicable(_), _) => Reached::Absent(Absence::NotApplicable),
        (Actual::Quantity(one), Goal::Number { .. } | Goal::Range { .. }) => {
            let figure = match unit.quantity {
                Some(_) => unit.figure(one),
                None if one.is_money(unit.standard) => amount(one, unit.standard)
                    .map(|value| Figure::new(value, print::amount(one, unit.standard), FigureOrigin::Stated(place))),
                None => None,
            };
            figure.map_or(Reached::Absent(Absence::WrongKind), |figure| {
                Reached::Number(Figure { origin: FigureOrigin::Stated(place), ..figure })
            })
        }
        (Actual::Date(date), Goal::Deadline(_)) => Reached::Day(date.in_year(year)),
        (Actual::NotDone, Goal::Deadline(_)) => Reached::NotDone,
        (Actual::YesNo(answer), Goal::YesNo(_)) => Reached::YesNo(*answer),
        (Actual::Grade(grade), Goal::Grade { scale, .. }) => {
            scale.iter().position(|one| one == grade).map_or(Reached::Absent(Absence::WrongKind), Reached::Grade)
        }
        (Actual::Attainment(state), Goal::Grade { .. } | Goal::Words) => Reached::State(*state),
        (
            Actual::Quantity(_)
            | Actual::Date(_)
            | Actual::YesNo(_)
            | Actual::Grade(_)
            | Actual::Attainment(_)
            | Actual::NotDone
            | Actual::Damaged,
            _,
        ) => Reached::Absent(Absence::WrongKind),
    }
}

/// Which line of a standard's rules a goal is scored by.
pub fn scored_kind(
    goal: &Goal,
    direction: Option<Direction>,
    (is_cost, is_satisfaction): (bool, bool),
    rules: &ScoringRules,
) -> Option<ScoredKind> {
    Some(match goal {
        Goal::Number { comparator, bound } => match comparator {
            Comparator::AtLeast | Comparator::Above => {
                let has_line = is_satisfaction && rules.method(ScoredKind::Satisfaction).is_some();
                if has_line { ScoredKind::Satisfaction } else { ScoredKind::Up }
            }
            Comparator::AtMost | Comparator::Below | Comparator::Equal if bound.value.is_zero() => ScoredKind::Zero,
            Comparator::AtMost | Comparator::Below => ScoredKind::Down,
            Comparator::Equal => match direction {
                Some(Direction::Up) => ScoredKind::Up,
                Some(Direction::Down) => ScoredKind::Down,
                None if is_cost => ScoredKind::EqualCost,
                None => ScoredKind::Equal,
            },
        },
        Goal::Range { .. } => ScoredKind::Range,
        Goal::Deadline(_) => ScoredKind::Deadline,
        Goal::YesNo(_) => ScoredKind::YesNo,
        Goal::Grade { .. } => ScoredKind::Grade,
        Goal::Words => ScoredKind::Words,
        Goal::Unknown => return None,
    })
}

impl Goal {
    /// Whether a value meets it; none where only a person can tell.
    pub fn is_met(&self, reached: &Reached) -> Option<bool> {
        Some(match (self, reached) {
            (Goal::Number { comparator, bound }, Reached::Number(actual)) => match comparator {
                Comparator::AtLeast | Comparator::Above => actual.value >= bound.value,
                Comparator::AtMost | Comparator::Below => actual.value <= bound.value,
                Comparator::Equal => actual.value == bound.value,
            },
            (Goal::Range { low, high }, Reached::Number(actual)) => {
                low.value <= actual.value && actual.value <= high.value
            }
            (Goal::Deadline(last), Reached::Day(day)) => day <= last,
            (Goal::Deadline(_), Reached::NotDone) => false,
            (Goal::YesNo(wanted), Reached::YesNo(answer)) => wanted == answer,
            (goal, reached) => goal.state(reached)? == Attainment::Reached,
        })
    }

    /// What decides which methods can score it; none where it is not known.
    pub fn shape(&self) -> Option<GoalShape> {
        Some(match self {
            Goal::Number { comparator, .. } => GoalShape::compared(*comparator),
            Goal::Range { .. } => GoalShape::Range,
            Goal::Deadline(_) => GoalShape::Deadline,
            Goal::YesNo(_) => GoalShape::YesNo,
            Goal::Grade { .. } => GoalShape::Grade,
            Goal::Words => GoalShape::Words,
            Goal::Unknown => return None,
        })
    }

    /// How a grade or a state meets the goal: a grade one step below is partly met.
    pub fn state(&self, reached: &Reached) -> Option<Attainment> {
        match (self, reached) {
            (_, Reached::State(state)) => Some(*state),
            (Goal::Grade { grade, scale }, Reached::Grade(place)) => {
                let wanted = scale.iter().position(|one| one == grade)?;
                Some(match place.checked_sub(wanted) {
                    None | Some(0) => Attainment::Reached,
                    Some(1) => Attainment::Partly,
                    Some(_) => Attainment::Missed,
                })
            }
            _ => None,
        }
    }
}
