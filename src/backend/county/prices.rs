//! What different departments pay for one of the same.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::PlaceInCounty;
use crate::model::Indicator;
use crate::model::price::ServicePrice;
use crate::model::print::printed;
use crate::model::standard::Standard;

/// Prices by the key of the name of what they are for, and by its unit.
#[derive(Default)]
pub(in crate::backend) struct Prices(BTreeMap<(String, String), Vec<PriceOfService>>);

/// A price in one place.
pub(in crate::backend) struct PriceOfService {
    pub place: PlaceInCounty,
    /// In base units of money.
    pub value: Decimal,
    /// As a form prints it.
    pub printed: String,
}

/// The prices of one service in several departments.
pub(in crate::backend) struct ServicePrices<'a> {
    pub name: &'a str,
    pub departments: usize,
    /// The lowest first.
    pub prices: Vec<&'a PriceOfService>,
    /// How many times the lowest the highest is.
    pub spread: Decimal,
}

impl Prices {
    /// Adds the target of an indicator where it is a price.
    pub fn add(&mut self, indicator: &Indicator, standard: &Standard, place: impl Fn() -> PlaceInCounty) {
        let Some(ServicePrice { service, unit, value }) = ServicePrice::of(indicator, standard) else { return };
        let printed = printed(&indicator.target.value, standard).glued();
        let price = PriceOfService { place: place(), value, printed };
        self.0.entry((service, unit)).or_default().push(price);
    }

    /// The services that several departments pay for at different prices, the widest spread first.
    pub fn compared(&self) -> Vec<ServicePrices<'_>> {
        let mut services: Vec<ServicePrices<'_>> = self.0.values().filter_map(|all| ServicePrices::of(all)).collect();
        services.sort_by(|one, other| other.spread.cmp(&one.spread).then_with(|| one.name.cmp(other.name)));
        services
    }
}

impl<'a> ServicePrices<'a> {
    fn of(all: &'a [PriceOfService]) -> Option<Self> {
        let mut departments: Vec<usize> = all.iter().map(|price| price.place.department).collect();
        departments.dedup();
        let departments = departments.len();
        let mut prices: Vec<&PriceOfService> = all.iter().collect();
        prices.sort_by_key(|price| (price.value, price.place.department, price.place.project));
        let (low, high) = (prices.first()?.value, prices.last()?.value);
        let spread = high.checked_div(low)?;
        let name = all[0].place.indicator_name();
        (departments > 1 && high > low).then_some(Self { name, departments, prices, spread })
    }
}
