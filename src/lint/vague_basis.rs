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

/// Whether a basis is on the list, with or without 根据 in front and 等 behind (word lists `依据引语`, `依据尾语`).
pub(super) fn is_vague(basis: &str, standard: &Standard) -> bool {
    let vague = standard.words("空泛依据");
    let basis = basis.trim_end_matches(['。', '；', '，', '.']);
    let lead = standard.words("依据引语").start_of(basis).map_or(0, str::len);
    let tail = standard.words("依据尾语").end_of(&basis[lead..]).map_or(0, str::len);
    vague.holds(basis) || vague.holds(&basis[lead..]) || vague.holds(&basis[lead..basis.len() - tail])
}
