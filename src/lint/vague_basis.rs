//! JX083: the whole basis is a vague phrase (word list `空泛依据`): no title, no number, no date.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Phrase};

pub const RULE: Rule = Rule { codes: &[Code::JX083], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(key), Some(basis)) = (row.basis(), &row.indicator.basis) else { return };
    if is_vague(key) {
        let message = texts::vague_basis(&*basis.text.value);
        found.push(
            Diagnostic::new(Code::JX083, message, basis.text.span, texts::vague_basis_here()).help(texts::basis_help()),
        );
    }
}

/// Whether every part of a basis is on the list, with or without 根据 and the year in front and 等 behind (word lists
/// `依据引语`, `依据尾语`).
pub(super) fn is_vague(basis: Phrase<'_>) -> bool {
    let parts = basis.as_str().split(['、', '，', '；', ',', ';']).map(|part| {
        let offset = part.as_ptr().addr() - basis.as_ptr().addr();
        basis.part(offset..offset + part.len())
    });
    let mut parts = parts.filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(is_vague_phrase)
}

fn is_vague_phrase(phrase: Phrase<'_>) -> bool {
    let mut rest = phrase;
    loop {
        let tail = rest.end_of(List::BasisTail).map_or(0, str::len);
        if rest.is_in(List::VagueBasis) || rest.part(0..rest.len() - tail).is_in(List::VagueBasis) {
            return true;
        }
        let lead = match rest.start_of(List::BasisLead) {
            Some(lead) => lead.len(),
            None => rest.len() - without_year(&rest).len(),
        };
        if lead == 0 {
            return false;
        }
        rest = rest.part(lead..rest.len());
    }
}

/// A text without a year at its start: the year that is planned is no basis.
pub(super) fn without_year(text: &str) -> &str {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix('年').filter(|_| digits == 4);
    rest.map_or(text, |rest| rest.strip_prefix('度').unwrap_or(rest))
}
