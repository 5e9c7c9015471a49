//! The target that a row of values means: `≥ 90%`, `30% .. 40%`, `≤ 预算 × 95%`, `定性 优 { 优 良 中 差 }`.

use super::read::{self, FieldEntry, content};
use super::standard::Standard;
use super::target::{Comparator, Ends, SinceLastYear, SymbolicAmount, Target};
use super::unit::{Dimension, Quantity};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::source::Words;
use crate::syntax::{Value, ValueKind};

/// The target that a row of values means.
pub(super) fn read_target(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Target {
    let before = found.len();
    let target = parse_target(entry, values, standard, found);
    if target.is_none() && found.len() == before {
        let span =
            values.first().zip(values.last()).map(|(first, last)| entry.value_span(first).to(entry.value_span(last)));
        let label = entry.label_text();
        let message = texts::wrong_kind(label, texts::expect_target());
        found.push(Diagnostic::new(Code::JX401, message, span.unwrap_or(entry.label_span()), texts::wrong_kind_here()));
    }
    target.unwrap_or(Target::Damaged)
}

fn parse_target(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    match values {
        [only] if only.kind == ValueKind::YesOrNo || matches!(entry.slice(only), "是" | "否" | "yes" | "no") => {
            Some(Target::YesNo(matches!(entry.slice(only), "是" | "yes")))
        }
        [first, rest @ ..]
            if first.kind == ValueKind::Qualitative || matches!(entry.slice(first), "定性" | "qualitative") =>
        {
            qualitative(entry, rest, standard, found)
        }
        [comparator, rest @ ..] if comparator.kind == ValueKind::Comparator => {
            let comparator = Comparator::read(entry.slice(comparator));
            match rest {
                [date] if date.kind == ValueKind::Date => {
                    Some(Target::Deadline { comparator: Some(comparator), date: read::date_of(entry, date, found)? })
                }
                [word, change @ ..] if word.kind == ValueKind::Path => {
                    symbolic(entry, comparator, word, change, standard, found)
                }
                _ => quantity_target(entry, Some(comparator), rest, standard, found),
            }
        }
        [date] if date.kind == ValueKind::Date => {
            Some(Target::Deadline { comparator: None, date: read::date_of(entry, date, found)? })
        }
        _ => quantity_target(entry, None, values, standard, found),
    }
}

fn qualitative(
    entry: FieldEntry<'_>,
    rest: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let [first, scale @ ..] = rest else { return None };
    if matches!(first.kind, ValueKind::Quoted | ValueKind::TextBlock) {
        return scale.is_empty().then(|| content(entry, first, found).map(|text| Target::Words(text.value)))?;
    }
    let grade = entry.node.words(first.bytes);
    let mut scale: Vec<Words> = scale.iter().map(|value| entry.node.words(value.bytes)).collect();
    if scale.is_empty() {
        scale = standard.grades.iter().map(|grade| grade.as_str().into()).collect();
    }
    let span = entry.value_span(first);
    if scale.is_empty() {
        let message = texts::missing_scale(&*grade, &standard.name);
        found.push(Diagnostic::new(Code::JX409, message, span, texts::no_scale_here()).help(texts::write_scale()));
        return None;
    }
    if !scale.contains(&grade) {
        let message = texts::grade_not_on_scale(&*grade, scale.join(" "));
        found.push(Diagnostic::new(Code::JX406, message, span, texts::grade_here()));
        return None;
    }
    Some(Target::Grade { grade, scale: scale.into() })
}

/// `≤ 预算 × 95%`, `≤ 财政资金`, `≥ 上年 + 2%`.
fn symbolic(
    entry: FieldEntry<'_>,
    comparator: Comparator,
    word: &Value,
    change: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let name = entry.slice(word);
    let change = match change {
        [] => None,
        [sign, rest @ ..] => {
            let kind = match (sign.kind, entry.slice(sign)) {
                (ValueKind::Times, _) => SinceLastYear::Times,
                (ValueKind::Plus, "+" | "＋") => SinceLastYear::Plus,
                (ValueKind::Plus, _) => SinceLastYear::Minus,
                _ => return None,
            };
            let (quantity, rest) = read::quantity(entry, rest, None, standard, found)?;
            if !rest.is_empty() {
                return None;
            }
            Some((kind, quantity))
        }
    };
    if Field::LastYear.is_called(name) {
        return Some(Target::LastYear { comparator, change: change.map(Box::new) });
    }
    let symbol = match name {
        _ if Field::Budget.is_called(name) => SymbolicAmount::Budget,
        _ => {
            if let Some(source) = standard.fund_sources.iter().position(|source| source.name == name) {
                SymbolicAmount::Fund(source)
            } else {
                let funds = standard.fund_sources.iter().map(|source| source.name.as_str());
                let names: Vec<&str> = [Field::Budget.name, Field::LastYear.name].into_iter().chain(funds).collect();
                found.push(
                    Diagnostic::new(
                        Code::JX401,
                        texts::unknown_symbol(name),
                        entry.value_span(word),
                        texts::not_found_here(),
                    )
                    .help(texts::symbols_are(names.join(" "))),
                );
                return None;
            }
        }
    };
    match change {
        None => Some(Target::Money { comparator, symbol, share: None }),
        Some((SinceLastYear::Times, share)) if share.dimension(standard) == Some(Dimension::Ratio) => {
            Some(Target::Money { comparator, symbol, share: Some(Box::new(share)) })
        }
        Some(_) => None,
    }
}

fn quantity_target(
    entry: FieldEntry<'_>,
    comparator: Option<Comparator>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let sign = values.iter().position(|value| value.kind == ValueKind::RangeSign);
    let Some(sign) = sign.filter(|_| comparator.is_none()) else {
        let (quantity, rest) = read::quantity(entry, values, None, standard, found)?;
        return rest.is_empty().then_some(Target::Quantity { comparator, quantity });
    };
    let (high, rest) = read::quantity(entry, &values[sign + 1..], None, standard, found)?;
    if !rest.is_empty() {
        return None;
    }
    let low = match &values[..sign] {
        // 90 .. 95%: the unit stands once.
        [number] => {
            Quantity { span: entry.value_span(number), value: read::number_of(entry, number, found)?, ..high.clone() }
        }
        low => {
            let (low, rest) = read::quantity(entry, low, None, standard, found)?;
            if !rest.is_empty() {
                return None;
            }
            low
        }
    };
    if !low.is_comparable(&high, standard) {
        check_comparable(&low, &high, standard, found);
        return None;
    }
    let is_reversed = match (low.base_value(standard), high.base_value(standard)) {
        (Some(low), Some(high)) => low > high,
        _ => low.value > high.value,
    };
    if is_reversed {
        let message = texts::reversed_range(low.value, high.value);
        let span = low.span.to(high.span);
        found.push(Diagnostic::new(Code::JX404, message, span, texts::swap_ends()));
        return None;
    }
    Some(Target::Range { ends: Box::new(Ends { low, high }) })
}

/// JX408: two quantities that should be comparable are not.
pub(super) fn check_comparable(first: &Quantity, second: &Quantity, standard: &Standard, found: &mut Vec<Diagnostic>) {
    if !first.is_comparable(second, standard) {
        let message = texts::units_disagree(first.unit_label(standard), second.unit_label(standard));
        found.push(
            Diagnostic::new(Code::JX408, message, second.span, texts::unit_here())
                .label(first.span, texts::unit_here()),
        );
    }
}
