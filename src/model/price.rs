//! The price of a service: a target of a cost in money for one of something.

use rust_decimal::Decimal;

use super::Indicator;
use super::standard::Standard;
use super::target::Target;
use super::target::admitted::{Space, measured};
use super::text::key;
use super::unit::Measure;

/// What is paid for one of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServicePrice {
    /// The name of the service as a key for comparison.
    pub service: String,
    /// The unit as the standard compares it: only prices in one can be compared.
    pub unit: String,
    /// In base units of money for one of the unit; greater than zero.
    pub value: Decimal,
}

impl ServicePrice {
    /// The price that an indicator states. None where it is no cost, or no amount for one of something.
    pub fn of(indicator: &Indicator, standard: &Standard) -> Option<Self> {
        let Target::Quantity { quantity, .. } = &indicator.target.value else { return None };
        let is_cost = indicator.category.is_some_and(|category| standard.is_cost(category));
        let Measure::Compound(_) = &quantity.measure else { return None };
        if !is_cost {
            return None;
        }
        let (Space::Unit(unit), value) = measured(quantity, standard)? else { return None };
        (value > Decimal::ZERO).then(|| Self { service: key(&indicator.name.value), unit, value })
    }
}
