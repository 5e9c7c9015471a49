//! The numbers that a target states and those that a text states, to be held against each other.

use std::ops::Range;

use rust_decimal::Decimal;

use super::Row;
use crate::model::prose::mentions;
use crate::model::standard::Standard;
use crate::model::target::admitted::{Admitted, Space, Stated, measured};
use crate::model::target::{SinceLastYear, Target};
use crate::model::unit::{Dimension, Measure, Multiplier, Quantity};

/// A number of a text in the base unit of what it measures.
pub struct SaidNumber {
    pub bytes: Range<usize>,
    pub unit: u32,
    pub space: Space,
    pub value: Decimal,
    /// Amounts are often rounded.
    tolerance: Decimal,
}

impl SaidNumber {
    /// Whether it is one of some values.
    pub fn is_one_of(&self, values: &[(Space, Decimal)]) -> bool {
        let is_near = |value: Decimal| value.checked_sub(self.value).is_some_and(|off| off.abs() <= self.tolerance);
        values.iter().any(|(space, value)| *space == self.space && is_near(*value))
    }
}

/// Each is held against each of another text: more than so many are passed over.
const NUMBERS: usize = 60;

/// The first numbers of a text that have a unit.
pub fn said(text: &str, standard: &Standard) -> Vec<SaidNumber> {
    let of = |mention: crate::model::prose::Mention| {
        let unit = mention.unit?;
        let declared = &standard.units[unit as usize];
        let (value, is_money) = (mention.base_value(standard)?, declared.dimension == Dimension::Money);
        let tolerance = if is_money { mention.tolerance(standard)? } else { Decimal::ZERO };
        let space = match declared.factor {
            Some(_) => Space::Dimension(declared.dimension),
            None => Space::Unit(declared.name.clone()),
        };
        Some(SaidNumber { bytes: mention.bytes, unit, space, value, tolerance })
    };
    mentions(text, standard).filter_map(of).take(NUMBERS).collect()
}

/// The values that a text about a target may well repeat: those it is compared with, and what they follow from.
pub fn values(row: &Row<'_>) -> Vec<(Space, Decimal)> {
    let standard = row.standard;
    let (target, indicator, project) = (&row.indicator.target.value, row.indicator, row.project);
    let ends = || {
        let year = row.context.year_of(project);
        let admitted = Admitted::of(Stated { target, indicator, project, standard, year });
        admitted.into_iter().flat_map(|set| {
            let ends = [set.low, set.high].into_iter().flatten();
            ends.map(move |end| (set.space.clone(), end.value)).collect::<Vec<_>>()
        })
    };
    match target {
        Target::Quantity { quantity, .. } => stated(quantity, standard).into_iter().collect(),
        Target::Range { ends } => [&ends.low, &ends.high].into_iter().filter_map(|end| stated(end, standard)).collect(),
        Target::Money { share, .. } => {
            let share = share.as_ref().and_then(|share| stated(share, standard));
            ends().filter(|(space, _)| *space == Space::Dimension(Dimension::Money)).chain(share).collect()
        }
        Target::LastYear { change, .. } => {
            let base = indicator.last_year().and_then(|last| stated(last, standard));
            let by = change.as_ref().and_then(|change| stated(&change.1, standard));
            // × 110% is ten percent more.
            let more = change.as_ref().filter(|change| change.0 == SinceLastYear::Times).and(by.clone());
            let more = more.and_then(|(space, share)| Some((space, share.checked_sub(Decimal::ONE_HUNDRED)?.abs())));
            ends().chain(base).chain(by).chain(more).collect()
        }
        Target::Words(words) => said(words, standard).into_iter().map(|said| (said.space, said.value)).collect(),
        Target::Deadline { .. } | Target::YesNo(_) | Target::Grade { .. } | Target::Damaged => Vec::new(),
    }
}

/// A quantity as a text would say it: of `元/人` the amount.
fn stated(quantity: &Quantity, standard: &Standard) -> Option<(Space, Decimal)> {
    let (space, value) = measured(quantity, standard)?;
    let Measure::Compound(written) = &quantity.measure else { return Some((space, value)) };
    let first = written.split(['/', '·']).next()?;
    let name = if standard.unit(first).is_some() { first } else { Multiplier::strip(first).1 };
    let unit = &standard.units[standard.unit(name)? as usize];
    let space = match unit.factor {
        Some(_) => Space::Dimension(unit.dimension),
        None => Space::Unit(unit.name.clone()),
    };
    Some((space, value))
}
