//! Plain fields and fields of a standard in the words of their cells.

use super::numbers;
use super::wording::{self, By};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::unit::Quantity;
use crate::model::{ExtraField, ExtraValue, Plain};

/// A plain field in the words of its cell.
pub fn plain(cell: &str, old: Option<By<'_, Plain>>, new: Option<By<'_, Plain>>) -> Option<String> {
    let value = new.as_ref().or(old.as_ref())?.value;
    let text = |one: &Option<By<'_, Plain>>| one.as_ref()?.value.as_text().map(|text| text.value.to_string());
    match value {
        Plain::Text(_) => wording::prose(cell, text(&old).as_deref(), text(&new).as_deref()),
        Plain::Number(_) => {
            let of = |one: &Option<By<'_, Plain>>| match one.as_ref()?.value {
                Plain::Number(number) => Some(number.value),
                _ => None,
            };
            wording::number(cell, of(&old), of(&new))
        }
        Plain::Quantity(_) => {
            fn quantity<'a>(one: &By<'a, Plain>) -> Option<By<'a, Quantity>> {
                match one.value {
                    Plain::Quantity(quantity) => Some(By { value: &**quantity, standard: one.standard }),
                    _ => None,
                }
            }
            wording::quantity(cell, old.as_ref().and_then(quantity), new.as_ref().and_then(quantity))
        }
        Plain::Date(_) => {
            let of = |one: &Option<By<'_, Plain>>| match one.as_ref()?.value {
                Plain::Date(date) => Some(date.value),
                _ => None,
            };
            date(cell, of(&old), of(&new))
        }
        Plain::Period(_) => {
            let of = |one: &Option<By<'_, Plain>>| match one.as_ref()?.value {
                Plain::Period(period) => Some(period.value),
                _ => None,
            };
            let (old, new) = (of(&old), of(&new));
            match (old, new) {
                (Some(old), Some(new)) if old == new => None,
                (Some(old), Some(new)) => {
                    let (from, to) = halves(cell)?;
                    let words = |part: &str, old, new| {
                        if old == new { Some(part.to_owned()) } else { numbers::redated(part, old, new) }
                    };
                    Some(words(from, old.from, new.from)? + &words(to, old.to, new.to)?)
                }
                (None, Some(new)) => Some(new.to_string()),
                (_, None) => Some(String::new()),
            }
        }
    }
}

/// The two dates of a period, each with the words behind it: as many digits on both sides.
fn halves(cell: &str) -> Option<(&str, &str)> {
    let is_digit = |sign: char| sign.is_ascii_digit();
    let starts: Vec<usize> = cell
        .char_indices()
        .filter(|(at, sign)| is_digit(*sign) && !cell[..*at].ends_with(is_digit))
        .map(|(at, _)| at)
        .collect();
    (starts.len().is_multiple_of(2) && !starts.is_empty()).then(|| cell.split_at(starts[starts.len() / 2]))
}

/// A day in the form of its cell.
pub fn date(cell: &str, old: Option<Date>, new: Option<Date>) -> Option<String> {
    match (old, new) {
        (old, new) if old == new => None,
        (Some(old), Some(new)) => Some(numbers::redated(cell, old, new).unwrap_or_else(|| new.to_string())),
        (None, Some(new)) => Some(new.to_string()),
        (_, None) => Some(String::new()),
    }
}

/// A field of the standard as tables print it.
pub fn said(field: &ExtraField, standard: &Standard) -> String {
    match &field.value {
        ExtraValue::Text(text) => text.to_string(),
        ExtraValue::Number(number) => number.to_string(),
        ExtraValue::Quantity(quantity) => format!("{}{}", quantity.value, quantity.written_unit(standard)),
        ExtraValue::Date(date) => date.to_string(),
        ExtraValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
    }
}
