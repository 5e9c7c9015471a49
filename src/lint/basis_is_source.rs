//! JX084: the basis names where the actual value will be found (word list `数据来源`), not why the target is what it is. Who
//! set the value (`权威用语`), a document, a number or an earlier year are a reason.

use super::vague_basis::{is_vague, without_year};
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::language::{self, Block, Field};
use crate::model::standard::List;

pub const RULE: Rule = Rule { codes: &[Code::JX084], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(key), Some(basis)) = (row.basis(), &row.indicator.basis) else { return };
    let is_source = key.end_of(List::Source).is_some();
    let cites = || {
        key.contains(['《', '〔', '['])
            || without_year(&key).contains(|sign: char| sign.is_ascii_digit())
            || key.first_in(List::Authority).is_some()
            || key.first_in(List::EarlierYear).is_some()
    };
    if basis.kind.is_some() || !is_source || cites() || is_vague(key) {
        return;
    }
    let message = texts::basis_is_source(&*basis.text.value);
    let diagnostic = Diagnostic::new(Code::JX084, message, basis.text.span, texts::basis_is_source_here());
    let diagnostic = diagnostic.help(texts::basis_is_source_help());
    found.push(diagnostic.edits(texts::move_to_source(), Safety::Safe, relabel(row)));
}

/// `来源` in the place of `依据`: where the indicator states no source yet, and the standard does not demand a basis.
fn relabel(row: &Row<'_>) -> Vec<Edit> {
    let Some(basis) = row.indicator.basis.as_ref().filter(|_| row.indicator.source().is_none()) else {
        return Vec::new();
    };
    let demands = row.standard.required_fields(Block::Indicator).any(|rule| rule.name == Field::Basis.name);
    let label = row.context.label_before(basis.text.span).filter(|_| !demands);
    let field = label.and_then(|(label, span)| Some((language::field(Block::Indicator, label)?, label, span)));
    match field {
        Some((Field::Basis, label, span)) => {
            let to = Field::Source;
            let right = if label == Field::Basis.english { to.english } else { to.name };
            vec![Edit { span, text: right.to_owned() }]
        }
        _ => Vec::new(),
    }
}
