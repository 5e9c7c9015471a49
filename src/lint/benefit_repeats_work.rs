//! JX050: a benefit says that work goes on (word list `履职用语`), not what changes by it.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};

pub const RULE: Rule = Rule { codes: &[Code::JX050], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if row.role != Some(Role::Benefit) || row.words().is_none() {
        return;
    }
    if let Some(word) = row.name().first_in(List::Work) {
        let message = texts::benefit_repeats_work(&*row.indicator.name.value, word);
        found.push(
            Diagnostic::new(Code::JX050, message, row.name_span(), texts::benefit_repeats_work_here())
                .help(texts::benefit_repeats_work_help()),
        );
    }
}
