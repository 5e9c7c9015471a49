//! JX059: a name has more signs than the standard's `名称长度`.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX059], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Some(limit) = row.standard.name_length else { return };
    let length = row.name().chars().count();
    if length > limit {
        let message = texts::long_name(&*row.indicator.name.value, length, limit);
        found.push(
            Diagnostic::new(Code::JX059, message, row.name_span(), texts::long_name_here())
                .help(texts::long_name_help()),
        );
    }
}
