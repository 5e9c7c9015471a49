//! JX046: a quality indicator measures whether work was completed (word list `完成用语`), not how well.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};

pub const RULE: Rule = Rule { codes: &[Code::JX046], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let is_completion = || row.name().first_in(List::Completion).is_some();
    if row.role == Some(Role::Quality) && is_completion() {
        let message = texts::quality_is_completion(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX046, message, row.name_span(), texts::quality_is_completion_here())
                .help(texts::quality_is_completion_help()),
        );
    }
}
