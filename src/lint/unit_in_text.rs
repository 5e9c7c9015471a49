//! JX058: a name or description ends with a unit in brackets, though the unit has its own place in the target.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::target::Target;
use crate::model::unit::{Measure, Quantity};

pub const RULE: Rule = Rule { codes: &[Code::JX058], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    if let Some(bracketed) = bracketed(&row.indicator.name.value) {
        report(row, quantity, &bracketed, None, found);
    }
    if let Some(text) = row.indicator.description()
        && let Some(bracketed) = bracketed(&text.value)
    {
        report(row, quantity, &bracketed, Some(text), found);
    }
}

struct Bracketed {
    before: usize,
    unit: String,
}

/// What stands in brackets at the end of a text.
fn bracketed(text: &str) -> Option<Bracketed> {
    let inner = text.strip_suffix([')', '）'])?;
    let before = inner.rfind(['(', '（']).filter(|before| *before > 0)?;
    let unit = inner[before..].trim_start_matches(['(', '（']);
    Some(Bracketed { before, unit: unit.trim().to_owned() })
}

fn report(
    row: &Row<'_>,
    quantity: &Quantity,
    found_in: &Bracketed,
    text: Option<&crate::model::Text>,
    found: &mut Findings,
) {
    let Some(unit) = row.standard.unit(&found_in.unit) else { return };
    let is_own = quantity.measure == Measure::Unit(unit);
    let whole = text.unwrap_or(&row.indicator.name);
    let place = row.context.place_in(&whole.value, whole.span, found_in.before..whole.value.len());
    let safety = if is_own { Safety::Safe } else { Safety::Suggested };
    let edits = match text {
        None => row.context.rename(row.project, row.indicator, &whole.value[..found_in.before]),
        Some(_) if place != whole.span => vec![Edit { span: place, text: String::new() }],
        Some(_) => Vec::new(),
    };
    found.push(
        Diagnostic::new(Code::JX058, texts::unit_in_text(&found_in.unit), place, texts::unit_in_text_here())
            .label(quantity.span, texts::unit_has_its_place_here())
            .edits(texts::delete_this(), safety, edits),
    );
}
