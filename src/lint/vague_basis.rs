//! JX083: the whole basis is a vague phrase (word list `空泛依据`): no title, no number, no date.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;

pub const RULE: Rule = Rule { codes: &[Code::JX083], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(key), Some(basis)) = (&row.basis, &row.indicator.basis) else { return };
    if is_vague(key, row.standard) {
        let message = texts::vague_basis(&*basis.text.value);
        found.push(
            Diagnostic::new(Code::JX083, message, basis.text.span, texts::vague_basis_here()).help(texts::basis_help()),
        );
    }
}

/// Whether every part of a basis is on the list, with or without 根据 and the year in front and 等 behind (word lists
/// `依据引语`, `依据尾语`).
pub(super) fn is_vague(basis: &str, standard: &Standard) -> bool {
    let mut parts = basis.split(['、', '，', '；', ',', ';']).filter(|part| !part.is_empty()).peekable();
    parts.peek().is_some() && parts.all(|part| is_vague_phrase(part, standard))
}

fn is_vague_phrase(phrase: &str, standard: &Standard) -> bool {
    let (vague, leads, tails) = (standard.words("空泛依据"), standard.words("依据引语"), standard.words("依据尾语"));
    let mut rest = phrase;
    loop {
        let tail = tails.end_of(rest).map_or(0, str::len);
        if vague.holds(rest) || vague.holds(&rest[..rest.len() - tail]) {
            return true;
        }
        let shorter = match leads.start_of(rest) {
            Some(lead) => &rest[lead.len()..],
            None => without_year(rest),
        };
        if shorter.len() == rest.len() {
            return false;
        }
        rest = shorter;
    }
}

/// A text without a year at its start: the year that is planned is no basis.
pub(super) fn without_year(text: &str) -> &str {
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let rest = text[digits..].strip_prefix('年').filter(|_| digits == 4);
    rest.map_or(text, |rest| rest.strip_prefix('度').unwrap_or(rest))
}
