//! A target as the set of values that reach it, so that tighter and looser are decided and not guessed.
//!
//! The set depends on one target alone: tighter is a smaller set, and what is tighter than the tighter is tighter.

use rust_decimal::Decimal;

use super::{Comparator, SinceLastYear, SymbolicAmount, Target};
use crate::model::calendar::{Date, Day};
use crate::model::standard::{List, Searched, Standard};
use crate::model::unit::{Dimension, Measure, Multiplier, Quantity};
use crate::model::{Indicator, Project, Text};

/// A target with what has to be known to tell which values reach it.
#[derive(Clone, Copy)]
pub struct Stated<'a> {
    /// The target itself: the indicator's own, or that of the whole period.
    pub target: &'a Target,
    /// Its last year's value may be what the target counts from.
    pub indicator: &'a Indicator,
    /// Its budget may be what the target counts from.
    pub project: &'a Project,
    /// Converts the units.
    pub standard: &'a Standard,
    /// The fiscal year; none where it is not stated.
    pub year: Option<u16>,
}

/// An interval of a space. No end where it goes on for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// What its values are; only sets of one space can be compared.
    pub space: Space,
    /// None: any value below is reached.
    pub low: Option<End>,
    /// None: any value above is reached.
    pub high: Option<End>,
}

/// What is measured: only values of one space can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Space {
    /// In the base unit of a dimension.
    Dimension(Dimension),
    /// In a unit that the standard does not convert.
    Unit(String),
    /// Days of the fiscal year, by month and day; of the calendar where no year is stated.
    Days {
        /// Whether the fiscal year is known.
        of_fiscal_year: bool,
    },
    /// In percent of an amount that is not known.
    Share(String),
    /// Against a value of last year that is not known.
    LastYear(Option<Box<Space>>),
}

/// Where an interval ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// In the base unit of the space.
    pub value: Decimal,
    /// The end itself reaches the target.
    pub is_included: bool,
}

/// How two sets lie to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The same values.
    Equal,
    /// The second is a part of the first.
    Smaller,
    /// The first is a part of the second.
    Larger,
    /// Neither is a part of the other.
    Apart,
    /// They measure different things.
    Incomparable,
}

impl Admitted {
    /// None for targets that are not numbers, and where a number is too large to compute with.
    pub fn of(stated: Stated<'_>) -> Option<Self> {
        let Stated { target, standard, .. } = stated;
        match target {
            Target::Quantity { comparator, quantity } => {
                let (space, value) = measured(quantity, standard)?;
                let set = Self::compared(space, comparator.unwrap_or(Comparator::Equal), value);
                Some(set.bounded(quantity, &[value], stated))
            }
            Target::Range { ends } => {
                let (space, low) = measured(&ends.low, standard)?;
                let (other, high) = measured(&ends.high, standard)?;
                let set = Self { low: End::included(low), high: End::included(high), space: space.clone() };
                (space == other).then(|| set.bounded(&ends.high, &[low, high], stated))
            }
            Target::Deadline { comparator, date } => Some(deadline(*comparator, *date, stated.year)),
            Target::Money { comparator, symbol, share } => {
                let share = share.as_ref().map_or(Some(Decimal::ONE_HUNDRED), |one| one.base_value(standard))?;
                Some(match amount(*symbol, share, stated.project, standard) {
                    Some(amount) => Self::compared(Space::Dimension(Dimension::Money), *comparator, amount),
                    None => Self::compared(Space::Share(symbol_name(*symbol, standard)), *comparator, share),
                })
            }
            Target::LastYear { comparator, change } => last_year(*comparator, change.as_deref(), stated),
            Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => None,
        }
    }

    /// Whether a value of its space, in its base unit, reaches the target.
    pub fn admits(&self, value: Decimal) -> bool {
        let is_above = self.low.is_none_or(|low| value > low.value || low.is_included && value == low.value);
        let is_below = self.high.is_none_or(|high| value < high.value || high.is_included && value == high.value);
        is_above && is_below
    }

    /// How another set lies to this one.
    pub fn relation(&self, other: &Self) -> Relation {
        if self.space != other.space {
            return Relation::Incomparable;
        }
        match (self.holds(other), other.holds(self)) {
            (true, true) => Relation::Equal,
            (true, false) => Relation::Smaller,
            (false, true) => Relation::Larger,
            (false, false) => Relation::Apart,
        }
    }

    fn compared(space: Space, comparator: Comparator, value: Decimal) -> Self {
        let (at, beyond) = (End::included(value), Some(End { value, is_included: false }));
        let (low, high) = match comparator {
            Comparator::AtLeast => (at, None),
            Comparator::Above => (beyond, None),
            Comparator::AtMost => (None, at),
            Comparator::Below => (None, beyond),
            Comparator::Equal => (at, at),
        };
        Self { space, low, high }
    }

    /// What is possible in the unit: within its bounds, not below nothing, whole where only whole numbers are.
    fn bounded(mut self, quantity: &Quantity, ends: &[Decimal], stated: Stated<'_>) -> Self {
        let Measure::Unit(index) = quantity.measure else { return self };
        let unit = &stated.standard.units[index as usize];
        let factor = unit.factor.unwrap_or(Decimal::ONE);
        let (mut least, mut most) = (can_be_counted(unit.dimension).then_some(Decimal::ZERO), None);
        if let Some((low, high)) = unit.bounds.filter(|_| !may_pass_bounds(stated.indicator, stated.standard)) {
            (least, most) = (low.checked_mul(factor), high.checked_mul(factor));
        }
        // What lies outside its bounds is a mistake of its own, and is taken as it is written.
        least = least.filter(|least| ends.iter().all(|end| end >= least));
        most = most.filter(|most| ends.iter().all(|end| end <= most));
        self.low = self.low.or(least.and_then(End::included));
        self.high = self.high.or(most.and_then(End::included));
        if unit.is_whole && factor == Decimal::ONE {
            self.low = self.low.map(|end| end.whole(true));
            self.high = self.high.map(|end| end.whole(false));
        }
        self
    }

    /// Whether every value of the other is one of this.
    fn holds(&self, other: &Self) -> bool {
        let low = match (self.low, other.low) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => {
                own.value < other.value || own.value == other.value && (own.is_included || !other.is_included)
            }
        };
        let high = match (self.high, other.high) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => {
                own.value > other.value || own.value == other.value && (own.is_included || !other.is_included)
            }
        };
        low && high
    }
}

impl End {
    #[expect(clippy::unnecessary_wraps, reason = "ends are optional wherever they are used")]
    fn included(value: Decimal) -> Option<Self> {
        Some(Self { value, is_included: true })
    }

    /// The whole number nearest to it inside the set: `> 9` is `≥ 10`.
    fn whole(self, is_low: bool) -> Self {
        let rounded = if is_low { self.value.ceil() } else { self.value.floor() };
        let step = if self.is_included || rounded != self.value { Decimal::ZERO } else { Decimal::ONE };
        let value = if is_low { rounded.checked_add(step) } else { rounded.checked_sub(step) };
        value.map_or(self, |value| Self { value, is_included: true })
    }
}

/// Whether a ratio may lie outside its bounds: name or description speak of growth or of completion (word list
/// `可超百分之百`), and it is no share of what comes in time (`按时比率`).
pub fn may_pass_bounds(indicator: &Indicator, standard: &Standard) -> bool {
    let says = |text: &Text| Searched::new(standard, &*text.value).holds(List::MayPassHundred);
    let name = Searched::new(standard, &*indicator.name.value);
    let is_share = name.phrase().end_of(List::Punctual).is_some();
    !is_share && (says(&indicator.name) || indicator.description().is_some_and(says))
}

/// Where no year is stated the days of a common year are meant.
const COMMON_YEAR: u16 = 2025;

/// Things that are counted or weighed are never fewer than none. A balance may be, and so may a temperature.
fn can_be_counted(dimension: Dimension) -> bool {
    match dimension {
        Dimension::Count
        | Dimension::Duration
        | Dimension::Length
        | Dimension::Area
        | Dimension::Volume
        | Dimension::Mass
        | Dimension::Energy => true,
        Dimension::Ratio | Dimension::Money | Dimension::Other => false,
    }
}

/// The space of a quantity, and its value there.
pub fn measured(quantity: &Quantity, standard: &Standard) -> Option<(Space, Decimal)> {
    let value = quantity.value.checked_mul(quantity.multiplier.factor())?;
    match &quantity.measure {
        Measure::Unit(index) => {
            let unit = &standard.units[*index as usize];
            match unit.factor {
                Some(factor) => Some((Space::Dimension(unit.dimension), value.checked_mul(factor)?)),
                None => Some((Space::Unit(unit.name.clone()), value)),
            }
        }
        Measure::Compound(written) => {
            let (first, rest) = written.split_at(written.find(['/', '·']).unwrap_or(written.len()));
            let (multiplier, name) = match standard.unit(first) {
                Some(_) => (Multiplier::One, first),
                None => Multiplier::strip(first),
            };
            let unit = standard.unit(name);
            let unit = unit.map(|index| &standard.units[index as usize]);
            let Some((unit, factor)) = unit.and_then(|unit| Some((unit, unit.factor?))) else {
                return Some((Space::Unit(written.to_string()), value));
            };
            let value = value.checked_mul(multiplier.factor())?.checked_mul(factor)?;
            Some((Space::Unit(format!("{}{rest}", unit.dimension.id())), value))
        }
    }
}

/// What a share of the project's money comes to; none where the money is blank.
pub fn amount(symbol: SymbolicAmount, share: Decimal, project: &Project, standard: &Standard) -> Option<Decimal> {
    let budget = project.budget.as_ref()?;
    let whole = match symbol {
        SymbolicAmount::Budget => budget.total.as_ref()?,
        SymbolicAmount::Fund(source) => budget.funds.iter().find(|line| line.source == source)?.amount.as_ref()?,
    };
    whole.base_value(standard)?.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED)
}

fn symbol_name(symbol: SymbolicAmount, standard: &Standard) -> String {
    match symbol {
        SymbolicAmount::Budget => String::new(),
        SymbolicAmount::Fund(source) => standard.fund_sources[source].name.clone(),
    }
}

/// A day by its month and day. A date without a comparator is one by which something is done.
fn deadline(comparator: Option<Comparator>, date: Date, fiscal_year: Option<u16>) -> Admitted {
    let of_fiscal_year = fiscal_year.is_some() || date.year.is_none();
    let year = fiscal_year.unwrap_or(COMMON_YEAR);
    let day = date.in_year(year);
    let base = if of_fiscal_year { year } else { 0 };
    let comparator = comparator.unwrap_or(Comparator::AtMost);
    let (day, comparator) = match comparator {
        Comparator::Below => (neighbour(day, false), Comparator::AtMost),
        Comparator::Above => (neighbour(day, true), Comparator::AtLeast),
        Comparator::AtLeast | Comparator::AtMost | Comparator::Equal => (day, comparator),
    };
    let years = i64::from(day.year) - i64::from(base);
    let number = (years * 12 + i64::from(day.month) - 1) * 31 + i64::from(day.day) - 1;
    Admitted::compared(Space::Days { of_fiscal_year }, comparator, Decimal::from(number))
}

/// The day before or after.
fn neighbour(day: Day, is_next: bool) -> Day {
    let last_of = |year: u16, month: u8| Date { year: Some(year), month, day: None }.in_year(year);
    match (is_next, day.month) {
        (true, month) if day != last_of(day.year, month) => Day { day: day.day + 1, ..day },
        (true, 12) => Day { year: day.year.saturating_add(1), month: 1, day: 1 },
        (true, month) => Day { month: month + 1, day: 1, ..day },
        (false, _) if day.day > 1 => Day { day: day.day - 1, ..day },
        (false, 1) => last_of(day.year.saturating_sub(1), 12),
        (false, month) => last_of(day.year, month - 1),
    }
}

/// A target against last year's value: what it comes to where that is stated.
fn last_year(
    comparator: Comparator,
    change: Option<&(SinceLastYear, Quantity)>,
    stated: Stated<'_>,
) -> Option<Admitted> {
    let Stated { standard, indicator, .. } = stated;
    let base = indicator.last_year().and_then(|base| Some((base, measured(base, standard)?)));
    if let Some((base, (space, value))) = base {
        let by = |quantity: &Quantity| measured(quantity, standard).filter(|(other, _)| *other == space);
        let value = match change {
            None => Some(value),
            Some((SinceLastYear::Plus, by_this)) => by(by_this).and_then(|(_, by)| value.checked_add(by)),
            Some((SinceLastYear::Minus, by_this)) => by(by_this).and_then(|(_, by)| value.checked_sub(by)),
            Some((SinceLastYear::Times, share)) => {
                share.base_value(standard).and_then(|share| value.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED))
            }
        };
        if let Some(value) = value {
            return Some(Admitted::compared(space, comparator, value).bounded(base, &[value], stated));
        }
    }
    let (space, value) = match change {
        None => (None, Decimal::ONE_HUNDRED),
        Some((SinceLastYear::Times, share)) => (None, share.base_value(standard)?),
        Some((SinceLastYear::Plus, by)) => {
            measured(by, standard).map(|(space, value)| (Some(Box::new(space)), value))?
        }
        Some((SinceLastYear::Minus, by)) => {
            measured(by, standard).map(|(space, value)| (Some(Box::new(space)), -value))?
        }
    };
    Some(Admitted::compared(Space::LastYear(space), comparator, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;
    use crate::workspace::{Input, analyse};

    /// The set of a target of an indicator, in a project of 100 万元 in 2025.
    fn admitted(indicator: &str) -> Admitted {
        let model = model(indicator);
        let project = &model.projects[0];
        let indicator = &project.indicators[0];
        let target = &indicator.target.value;
        let standard = &model[project.standard];
        Admitted::of(Stated { target, indicator, project, standard, year: Some(2025) }).expect("numbers")
    }

    fn model(indicator: &str) -> Model {
        let text = format!("项目 甲 {{\n  预算 100 万元\n  指标 {indicator}\n}}\n");
        analyse(vec![Input { path: "甲.jx".to_owned(), text: text.into() }], None).model
    }

    /// Which of some values reach a target.
    fn reaching(indicator: &str, values: [&str; 4]) -> [bool; 4] {
        let set = admitted(indicator);
        values.map(|value| set.admits(value.parse().expect("a number")))
    }

    #[test]
    fn a_share_ends_at_a_hundred_and_things_begin_at_none() {
        assert_eq!(reaching("质量 合格率 ≥ 90%", ["89.9", "90", "100", "100.1"]), [false, true, true, false]);
        assert_eq!(reaching("数量 人数 < 10 人", ["-1", "0", "9", "10"]), [false, true, true, false]);
        assert_eq!(reaching("数量 人数 > 9 人", ["9", "9.5", "10", "11"]), [false, false, true, true]);
    }

    #[test]
    fn both_ends_of_a_range_reach_it() {
        assert_eq!(reaching("质量 合格率 90% .. 95%", ["89", "90", "95", "96"]), [false, true, true, false]);
    }

    #[test]
    fn money_is_counted_in_its_base_unit_and_follows_the_budget() {
        let stated = admitted("成本 费用 ≤ 95 万元");
        let symbolic = admitted("成本 费用 ≤ 预算 × 95%");
        assert_eq!(stated.high, symbolic.high);
        assert_eq!(stated.space, symbolic.space);
    }

    #[test]
    fn a_tighter_target_is_a_smaller_set() {
        let (loose, tight) = (admitted("质量 合格率 ≥ 90%"), admitted("质量 合格率 ≥ 95%"));
        assert_eq!((loose.relation(&tight), tight.relation(&loose)), (Relation::Smaller, Relation::Larger));
        assert_eq!(admitted("数量 人数 > 9 人").relation(&admitted("数量 人数 ≥ 10 人")), Relation::Equal);
        assert_eq!(loose.relation(&admitted("数量 人数 ≥ 10 人")), Relation::Incomparable);
        assert_eq!(loose.relation(&admitted("质量 合格率 ≤ 95%")), Relation::Apart);
    }
}
