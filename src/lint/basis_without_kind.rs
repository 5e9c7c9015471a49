//! JX086: a basis does not say of which kind it is (计划标准, 行业标准 …). Off unless a standard or the settings want it.

use super::{Check, Findings, Row, Rule, SaidText};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::List;

pub const RULE: Rule = Rule { codes: &[Code::JX086], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let names_kind = |said: &SaidText<'_>| said.written().start_of(List::BasisKind).is_some();
    let (Some(basis), Some(said)) = (&row.indicator.basis, &row.said.basis) else { return };
    if basis.kind.is_none() && !names_kind(said) {
        let kinds = row.standard.words(List::BasisKind.name());
        let message = texts::basis_without_kind(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX086, message, basis.text.span, texts::basis_without_kind_here())
                .help(texts::basis_kinds_are(kinds.words().join(" "))),
        );
    }
}
