//! Values of the year as they are written, before it is known what they are values of.

use rust_decimal::Decimal;

use super::super::actual::Actual;
use super::super::calendar::Date;
use super::super::read::{self, FieldEntry};
use super::super::standard::Standard;
use super::super::unit::{Dimension, Quantity};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{NOT_APPLICABLE, PENDING, TO_FILL_IN, is_one_of};
use crate::source::{Span, Spanned, Words};
use crate::syntax::{Bytes, Value, ValueKind};

/// A value that was reached, as a report states it.
#[derive(Debug)]
pub struct ReportedValue {
    /// Without what it is a value of.
    pub span: Span,
    /// By its form alone.
    pub written: WrittenActual,
    /// By its target; [`Actual::Damaged`] also where that is not known.
    pub actual: Actual,
}

/// A value by its form alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenActual {
    /// `96%`
    Quantity(Quantity),
    /// `2025-10-20`
    Date(Date),
    /// `是`, `良`, `部分达成`: what it means, its target tells.
    Word(Words),
    /// `待测 "年底统一调查"`: empty where no reason is written.
    Pending(Words),
    /// `不适用 "…"`
    NotApplicable(Words),
    /// `待填`
    Blank,
    /// A mistake was reported here.
    Damaged,
}

/// Reads a value. JX129 where it is compared with something, JX135 where it fell away without a reason.
pub(super) fn value(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> ReportedValue {
    let written = if entry.is_broken { None } else { written(entry, values, standard, found) };
    let written = written.unwrap_or(WrittenActual::Damaged);
    ReportedValue { span: span(entry, values), written, actual: Actual::Damaged }
}

fn written(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<WrittenActual> {
    let wrong = |found: &mut Vec<Diagnostic>| {
        read::wrong_kind(entry, texts::expect_reached(), found);
        None
    };
    match values {
        [first, ..] if matches!(first.kind, ValueKind::Comparator | ValueKind::Plus) => {
            let place = entry.value_span(first);
            let message = texts::compared_actual(entry.slice(first));
            let finding = Diagnostic::new(Code::JX129, message, place, texts::compared_actual_here());
            found.push(finding.help(texts::state_what_was_measured()));
            None
        }
        [date] if date.kind == ValueKind::Date => read::date_of(entry, date, found).map(WrittenActual::Date),
        [first, ..] if first.kind == ValueKind::Number => {
            let mut of_value = Vec::new();
            let read = read::quantity(entry, values, None, standard, &mut of_value);
            // What its unit does not know is told once its target is known.
            found.extend(of_value.into_iter().filter(|one| one.code != Code::JX403));
            let (quantity, rest) = read?;
            if rest.is_empty() { Some(WrittenActual::Quantity(quantity)) } else { wrong(found) }
        }
        [word, rest @ ..] if word.kind == ValueKind::Path => {
            let said = entry.slice(word);
            let reason = match rest {
                [] => None,
                [reason] if matches!(reason.kind, ValueKind::Quoted | ValueKind::TextBlock) => {
                    Some(read::content(entry, reason, found)?.value)
                }
                _ => return wrong(found),
            };
            if is_one_of(said, &[PENDING]) {
                return Some(WrittenActual::Pending(reason.unwrap_or_else(|| "".into())));
            }
            if is_one_of(said, &[NOT_APPLICABLE]) {
                let reason = reason.filter(|reason| !reason.trim().is_empty());
                if reason.is_none() {
                    let place = span(entry, values);
                    let finding = Diagnostic::new(
                        Code::JX135,
                        texts::not_applicable_without_reason(),
                        place,
                        texts::reason_is_missing_here(),
                    );
                    found.push(finding.help(texts::write_the_reason(said)));
                }
                return reason.map(WrittenActual::NotApplicable);
            }
            match reason {
                Some(_) => wrong(found),
                None if is_one_of(said, &[TO_FILL_IN]) => Some(WrittenActual::Blank),
                None => Some(WrittenActual::Word(entry.node.words(word.bytes))),
            }
        }
        _ => wrong(found),
    }
}

/// An amount of money; the line that waits to be filled in has none.
pub(super) fn amount(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Quantity> {
    super::super::mend::amount(FieldEntry { values, ..entry }, standard, found)
        .filter(|amount| amount.dimension(standard) == Some(Dimension::Money))
}

/// Points, with or without the word for them: `7.5 分`.
pub(super) fn points(entry: FieldEntry<'_>, values: &[Value], found: &mut Vec<Diagnostic>) -> Option<Spanned<Decimal>> {
    match values {
        [number, rest @ ..] if number.kind == ValueKind::Number && is_points(entry, rest) => {
            let points = read::number_of(entry, number, found)?;
            Some(Spanned::new(points, entry.value_span(number)))
        }
        _ => {
            read::wrong_kind(entry, texts::expect_points(), found);
            None
        }
    }
}

/// Points, and what stands behind them.
pub(super) fn points_and_rest<'a>(
    entry: FieldEntry<'_>,
    values: &'a [Value],
    found: &mut Vec<Diagnostic>,
) -> Option<(Spanned<Decimal>, &'a [Value])> {
    let word = values.get(1).filter(|value| is_points(entry, std::slice::from_ref(value)));
    let (points_values, rest) = values.split_at(values.len().min(if word.is_some() { 2 } else { 1 }));
    Some((points(entry, points_values, found)?, rest))
}

/// The word for points, or none.
fn is_points(entry: FieldEntry<'_>, values: &[Value]) -> bool {
    const POINTS: (&str, &str) = ("分", "points");
    match values {
        [] => true,
        [word] => is_one_of(entry.slice(word), &[POINTS]),
        _ => false,
    }
}

/// Where some values of a line stand; its label where there are none.
pub(super) fn span(entry: FieldEntry<'_>, values: &[Value]) -> Span {
    match (values.first(), values.last()) {
        (Some(first), Some(last)) => entry.node.span(Bytes { start: first.bytes.start, end: last.bytes.end }),
        _ => entry.label_span(),
    }
}
