//! JX082: the basis is the name or the description again, or the better part of one.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Phrase;

pub const RULE: Rule = Rule { codes: &[Code::JX082], check: Check::Indicator(check) };

/// A part of so many percent of the whole says nothing new.
const PERCENT: usize = 70;

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(key), Some(basis)) = (row.basis(), &row.indicator.basis) else { return };
    let repeats =
        |text: Phrase<'_>| text.contains(&*key) && 100 * key.chars().count() >= PERCENT * text.chars().count();
    let original = if repeats(row.name()) {
        Some((row.name_span(), texts::name_here()))
    } else {
        let description = row.indicator.description();
        let is_repeated = row.description().is_some_and(repeats);
        description.filter(|_| is_repeated).map(|text| (text.span, texts::description_here()))
    };
    if let Some((span, label)) = original.filter(|_| !row.basis_is_rule()) {
        let message = texts::basis_repeats_name(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX082, message, basis.text.span, texts::basis_repeats_name_here())
                .label(span, label)
                .help(texts::basis_help()),
        );
    }
}
