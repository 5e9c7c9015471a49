//! JX086: a basis does not say of which kind it is (计划标准, 行业标准 …). Off unless a standard or the settings want it.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX086], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let kinds = row.standard.words("依据类别");
    let names_kind = |text: &str| kinds.start_of(text).is_some();
    if let Some(basis) =
        row.indicator.basis.as_ref().filter(|basis| basis.kind.is_none() && !names_kind(&basis.text.value))
    {
        let message = texts::basis_without_kind(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX086, message, basis.text.span, texts::basis_without_kind_here())
                .help(texts::basis_kinds_are(kinds.words().join(" "))),
        );
    }
}
