//! Values as the language writes them.

use super::standard::Standard;
use super::target::{SinceLastYear, SymbolicAmount, Target};
use super::unit::{Measure, Quantity, blank_before};
use crate::language::Field;
use crate::syntax::vocabulary::quoted;

/// A number and its unit: signs such as % follow the number at once, words after a blank.
pub fn quantity(quantity: &Quantity, standard: &Standard) -> String {
    let unit = match &quantity.measure {
        Measure::Unit(unit) => {
            let unit = &standard.units[*unit as usize];
            unit.symbol.as_deref().unwrap_or(&unit.name)
        }
        Measure::Compound(written) => written,
    };
    let blank = blank_before(unit);
    format!("{}{blank}{}{unit}", quantity.value, quantity.multiplier.sign())
}

/// A target, with its scale and its quotes.
pub fn target(target: &Target, standard: &Standard) -> String {
    let sign = target.comparator().map(|comparator| format!("{} ", comparator.sign())).unwrap_or_default();
    let changed = |name: &str, change: Option<(&str, &Quantity)>| match change {
        Some((sign, by)) => format!("{name} {sign} {}", quantity(by, standard)),
        None => name.to_owned(),
    };
    let body = match target {
        Target::Quantity { quantity: one, .. } => quantity(one, standard),
        Target::Range { ends } => {
            format!("{} .. {}", quantity(&ends.low, standard), quantity(&ends.high, standard))
        }
        Target::Deadline { date, .. } => date.to_string(),
        Target::Money { symbol, share, .. } => {
            let name = match symbol {
                SymbolicAmount::Budget => Field::Budget.name,
                SymbolicAmount::Fund(source) => &standard.fund_sources[*source].name,
            };
            changed(name, share.as_deref().map(|share| ("×", share)))
        }
        Target::LastYear { change, .. } => {
            let change = change.as_deref().map(|(kind, by)| {
                let sign = match kind {
                    SinceLastYear::Plus => "+",
                    SinceLastYear::Minus => "-",
                    SinceLastYear::Times => "×",
                };
                (sign, by)
            });
            changed(Field::LastYear.name, change)
        }
        Target::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Target::Grade { grade, scale } => format!("定性 {grade} {{ {} }}", scale.join(" ")),
        Target::Words(text) => format!("定性 {}", quoted(text)),
        // What is not understood has no words but the author's.
        Target::Damaged => String::new(),
    };
    format!("{sign}{body}")
}
