//! Values as the language writes them.

use super::standard::Standard;
use super::standard::method::{Band, Loss, Method, POINTS, Steps, Tier, TierBound};
use super::target::{SinceLastYear, SymbolicAmount, Target};
use super::unit::{Measure, Quantity, blank_before};
use crate::language::Field;
use crate::syntax::vocabulary::quoted;
use rust_decimal::Decimal;

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

impl Method {
    /// Its parameters as the language writes them; empty where it has none, or those that are usual.
    pub fn parameters(&self, standard: &Standard) -> Vec<String> {
        let percent = |share: Decimal| format!("{}%", share.normalize());
        match self {
            Method::Linear { multiple } | Method::Between { multiple } => {
                vec![format!("{} {}", Field::Multiple.name, multiple.normalize())]
            }
            Method::Steps(steps) => {
                let Steps { each, loss, begun_counts } = &**steps;
                let loss = match loss {
                    Loss::Percent(share) => percent(*share),
                    Loss::Points(points) => format!("{} {POINTS}", points.normalize()),
                };
                let each = format!("{} {}", Field::Each.name, quantity(each, standard));
                let begun = begun_counts.then(|| Field::BegunCounts.name.to_owned());
                [each, format!("{} {loss}", Field::Loss.name)].into_iter().chain(begun).collect()
            }
            Method::Tiers(tiers) => {
                let tier = |Tier { bound, share }: &Tier| match bound {
                    TierBound::Number(comparator, bound) => {
                        let bound = quantity(bound, standard);
                        format!("{} {} {bound} {}", Field::Tier.name, comparator.sign(), percent(*share))
                    }
                    TierBound::Name(name) => format!("{} {}", &**name, percent(*share)),
                };
                tiers.iter().map(tier).collect()
            }
            Method::Bands(bands) => {
                let band =
                    |Band { name, low, high }: &Band| format!("{} {} .. {}", &**name, percent(*low), percent(*high));
                bands.iter().map(band).collect()
            }
            Method::Ratio
            | Method::Inverse
            | Method::BothWays
            | Method::AllOrNothing
            | Method::Increment
            | Method::ByHand => Vec::new(),
        }
    }

    /// As the language writes it: `逐次 { 每 10 天；扣 10% }`.
    pub fn written(&self, standard: &Standard) -> String {
        let parameters = self.parameters(standard);
        let word = self.kind().word();
        if parameters.is_empty() { word.to_owned() } else { format!("{word} {{ {} }}", parameters.join("；")) }
    }
}
