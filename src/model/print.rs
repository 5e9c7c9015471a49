//! How official tables print a target, and what was reached.

use crate::language::{Field, NOT_APPLICABLE, NOT_DONE, PENDING, TO_FILL_IN, YES_OR_NO};
use rust_decimal::Decimal;

use super::actual::Actual;
use super::standard::Standard;
use super::target::{SinceLastYear, SymbolicAmount, Target};
use super::unit::Quantity;
use super::{Indicator, Project};

/// The cells of a target: tables that have one column for all print them glued.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// `≥`; `定性` for grades and words; blank where the author wrote no comparator.
    pub nature: String,
    /// The value without its comparator; grades with their scale, words as written.
    pub value: String,
    /// As tables print the unit; blank where the value has none.
    pub unit: String,
}

impl Printed {
    /// `≥90比率`
    pub fn glued(&self) -> String {
        let is_qualitative = self.nature == QUALITATIVE;
        format!("{}{}{}", if is_qualitative { "" } else { &self.nature }, self.value, self.unit)
    }
}

/// What tables print as the nature of grades and words.
pub const QUALITATIVE: &str = "定性";

/// The whole target in one cell: the author's wording where there is one.
pub fn target_cell(indicator: &Indicator, standard: &Standard) -> String {
    match indicator.wording() {
        Some(wording) => wording.value.to_string(),
        None => printed(&indicator.target.value, standard).glued(),
    }
}

/// The parts of a target as its standard prints them.
pub fn printed(target: &Target, standard: &Standard) -> Printed {
    let sign = target.comparator().map(|comparator| comparator.sign().to_owned()).unwrap_or_default();
    let words = |value: String| Printed { nature: QUALITATIVE.to_owned(), value, unit: String::new() };
    match target {
        Target::Quantity { quantity, .. } => {
            Printed { nature: sign, value: quantity.value.to_string(), unit: quantity.unit_label(standard) }
        }
        Target::Range { ends } => {
            let (low, high) = (&ends.low, &ends.high);
            let unit = high.unit_label(standard);
            let low_unit = low.unit_label(standard);
            let low_unit = if low_unit == unit { "" } else { &low_unit };
            Printed { nature: sign, value: format!("{}{low_unit}～{}", low.value, high.value), unit }
        }
        Target::Deadline { date, .. } => Printed { nature: sign, value: date.to_string(), unit: String::new() },
        Target::Money { symbol, share, .. } => {
            let name = match symbol {
                SymbolicAmount::Budget => standard.label("预算").to_owned(),
                SymbolicAmount::Fund(source) => standard.fund_sources[*source].name.clone(),
            };
            Printed {
                nature: sign,
                value: with_change(name, share.as_deref().map(|share| (SinceLastYear::Times, share)), standard),
                unit: String::new(),
            }
        }
        Target::LastYear { change, .. } => {
            let change = change.as_deref().map(|(change, quantity)| (*change, quantity));
            Printed {
                nature: sign,
                value: with_change(Field::LastYear.name.to_owned(), change, standard),
                unit: String::new(),
            }
        }
        Target::YesNo(yes) => Printed { value: if *yes { "是" } else { "否" }.to_owned(), ..Printed::default() },
        Target::Grade { grade, .. } => words(grade.to_string()),
        Target::Words(text) => words(text.to_string()),
        Target::Damaged => Printed::default(),
    }
}

/// A value that was reached, as tables print it.
pub fn actual(actual: &Actual, standard: &Standard) -> String {
    match actual {
        Actual::Quantity(quantity) => format!("{}{}", quantity.value, quantity.unit_label(standard)),
        Actual::Date(date) => date.to_string(),
        Actual::YesNo(yes) => if *yes { YES_OR_NO[0] } else { YES_OR_NO[1] }.0.to_owned(),
        Actual::Grade(word) => word.to_string(),
        Actual::Attainment(state) => state.word().to_owned(),
        Actual::NotDone => NOT_DONE.0.to_owned(),
        Actual::Pending(_) => PENDING.0.to_owned(),
        Actual::NotApplicable(_) => NOT_APPLICABLE.0.to_owned(),
        Actual::Blank => TO_FILL_IN.0.to_owned(),
        Actual::Damaged => String::new(),
    }
}

fn with_change(name: String, change: Option<(SinceLastYear, &Quantity)>, standard: &Standard) -> String {
    let Some((change, quantity)) = change else { return name };
    let sign = match change {
        SinceLastYear::Plus => "+",
        SinceLastYear::Minus => "-",
        SinceLastYear::Times => "×",
    };
    format!("{name}{sign}{}{}", quantity.value, quantity.unit_label(standard))
}

/// What a symbolic or relative target comes to: an amount in the base unit of money, or a value in the unit of last
/// year's. None where what it refers to is blank, or cannot be computed exactly.
pub fn resolved(indicator: &Indicator, project: &Project, standard: &Standard) -> Option<Decimal> {
    match &indicator.target.value {
        Target::Money { symbol, share, .. } => {
            let budget = project.budget.as_ref()?;
            let amount = match symbol {
                SymbolicAmount::Budget => budget.total.as_ref()?,
                SymbolicAmount::Fund(source) => {
                    budget.funds.iter().find(|line| line.source == *source)?.amount.as_ref()?
                }
            };
            let amount = amount.base_value(standard)?;
            match share {
                Some(share) => amount.checked_mul(share.base_value(standard)?)?.checked_div(Decimal::ONE_HUNDRED),
                None => Some(amount),
            }
        }
        Target::LastYear { change, .. } => {
            let last_year = indicator.last_year()?;
            let Some((kind, quantity)) = change.as_deref() else { return Some(last_year.value) };
            match kind {
                SinceLastYear::Plus | SinceLastYear::Minus if quantity.measure != last_year.measure => None,
                SinceLastYear::Plus => last_year.value.checked_add(quantity.value),
                SinceLastYear::Minus => last_year.value.checked_sub(quantity.value),
                SinceLastYear::Times => last_year.value.checked_mul(quantity.value)?.checked_div(Decimal::ONE_HUNDRED),
            }
        }
        _ => None,
    }
}

/// An amount as the standard prints it: in its money unit, with the digits the author wrote.
pub fn amount(quantity: &Quantity, standard: &Standard) -> String {
    let as_written =
        quantity.measure == standard.money_unit.map_or(quantity.measure.clone(), super::unit::Measure::Unit);
    if as_written && quantity.multiplier == super::unit::Multiplier::One {
        return quantity.value.to_string();
    }
    match quantity.base_value(standard).and_then(|base| base.checked_div(standard.money_factor())) {
        Some(value) => value.normalize().to_string(),
        None => quantity.value.to_string(),
    }
}

/// An amount in the base unit as the standard prints it.
pub fn base_amount(base: Decimal, standard: &Standard) -> Decimal {
    let value = base.checked_div(standard.money_factor()).unwrap_or(base);
    if standard.money_factor() == Decimal::ONE { value } else { value.normalize() }
}
