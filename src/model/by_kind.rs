//! Values of fields by what their rows take, and of those that a standard declares, by their kinds.

use super::calendar::Period;
use super::read::{FieldEntry, amount, date_of, one_date, one_name, one_number, one_quantity, one_text, wrong_kind};
use super::standard::{FieldKind, Standard};
use super::unit::{Dimension, Quantity};
use super::{ExtraField, ExtraValue, Plain};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{Field, PlainKind};
use crate::source::Spanned;
use crate::syntax::ValueKind;

/// A plain field, by what it takes.
pub(super) fn plain(
    entry: FieldEntry<'_>,
    field: Field,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(Field, Plain)> {
    let quantity = |quantity: Quantity| Plain::Quantity(Box::new(quantity));
    let value = match field.plain? {
        PlainKind::Text => one_text(entry, found).map(Plain::Text),
        PlainKind::Name => one_name(entry, found).map(Plain::Text),
        PlainKind::Number => one_number(entry, found).map(Plain::Number),
        PlainKind::Date => one_date(entry, found).map(|date| Plain::Date(Spanned::new(date, entry.values_span()))),
        PlainKind::Period => period(entry, found).map(Plain::Period),
        PlainKind::Amount => amount(entry, standard, found).map(quantity),
        PlainKind::Quantity => one_quantity(entry, None, texts::expect_quantity(), standard, found).map(quantity),
    };
    value.map(|value| (field, value))
}

/// A field of the standard, by its declared kind.
pub(super) fn extra_field(
    entry: FieldEntry<'_>,
    rule: usize,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<ExtraField> {
    let value = match standard.field_rules[rule].kind? {
        FieldKind::Text => ExtraValue::Text(one_text(entry, found)?.value),
        FieldKind::Number => ExtraValue::Number(one_number(entry, found)?.value),
        FieldKind::Amount => ExtraValue::Quantity(amount(entry, standard, found)?),
        FieldKind::Ratio => {
            ExtraValue::Quantity(one_quantity(entry, Some(Dimension::Ratio), texts::expect_percent(), standard, found)?)
        }
        FieldKind::Date => ExtraValue::Date(one_date(entry, found)?),
        FieldKind::YesNo => match entry.values {
            [value] if matches!(entry.slice(value), "是" | "yes") => ExtraValue::YesNo(true),
            [value] if matches!(entry.slice(value), "否" | "no") => ExtraValue::YesNo(false),
            _ => {
                wrong_kind(entry, texts::expect_yes_or_no(), found);
                return None;
            }
        },
    };
    Some(ExtraField { rule, span: entry.span(), value })
}

/// `2024-01-01 .. 2026-12-31`. JX404 where it ends before it begins.
fn period(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<Period>> {
    let [from, sign, to] = entry.values else {
        wrong_kind(entry, texts::expect_period(), found);
        return None;
    };
    if [from.kind, sign.kind, to.kind] != [ValueKind::Date, ValueKind::RangeSign, ValueKind::Date] {
        wrong_kind(entry, texts::expect_period(), found);
        return None;
    }
    let (from, to) = (date_of(entry, from, found)?, date_of(entry, to, found)?);
    // Without a year both lie in the fiscal year.
    let year = from.year.or(to.year).unwrap_or_default();
    if from.in_year(year) > to.in_year(year) {
        let message = texts::reversed_range(from.to_string(), to.to_string());
        found.push(Diagnostic::new(Code::JX404, message, entry.values_span(), texts::swap_ends()));
        return None;
    }
    Some(Spanned::new(Period { from, to }, entry.values_span()))
}
