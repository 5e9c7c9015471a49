//! JX074: a service costs many times what every other department pays for it, or they pay many times as much; how many
//! times is the standard's `限度`.
//!
//! Serves 适当性. Compared are costs of one name in one unit, between departments of one year. A price is held against all
//! before it, so that one that is out of line is told once, and not at all the others.

use rust_decimal::Decimal;

use super::across::{Across, MarksBefore, PriceMark};
use super::{Check, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX074], check: Check::Workspace(check) };

fn check(across: &Across<'_>, found: &mut Findings) {
    let prices = across.before.prices.clone();
    let mut before = MarksBefore { prices, ..MarksBefore::default() };
    for marks in across.marks {
        for (key, price) in &marks.prices {
            if let Some([low, high]) = before.prices.get(key) {
                tell(across, price, [low, high], found);
            }
        }
        before.add_prices(marks);
    }
}

fn tell(across: &Across<'_>, price: &PriceMark<Span>, [low, high]: [&PriceMark<Span>; 2], found: &mut Findings) {
    let Some(limit) = across[price.standard].limit(Code::JX074) else { return };
    let is_far = |less: Decimal, greater: Decimal| {
        let (less, greater) = (less.checked_mul(limit), greater.checked_mul(Decimal::ONE_HUNDRED));
        less.zip(greater).is_some_and(|(less, greater)| greater >= less)
    };
    let limit_told = format!("{}%", plain(limit));
    let (other, label) = if is_far(high.value, price.value) {
        (high, texts::price_far_above_here(limit_told))
    } else if is_far(price.value, low.value) {
        (low, texts::price_far_below_here(limit_told))
    } else {
        return;
    };
    let message = texts::price_far_from_others(&*price.name, &*price.printed, &*other.department, &*other.printed);
    found.push(
        Diagnostic::new(Code::JX074, message, price.place, label)
            .label(other.place, texts::stated_first_here())
            .help(texts::price_far_from_others_help()),
    );
}
