//! JX054: the description is the name again. Some systems fill it in so, which is why this is a note.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX054], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if let (Some(key), Some(description)) = (row.description(), row.indicator.description())
        && *key == *row.name()
    {
        let message = texts::description_repeats_name(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX054, message, description.span, texts::same_as_name_here())
                .help(texts::description_repeats_name_help()),
        );
    }
}
