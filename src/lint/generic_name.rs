//! JX053: a name that could stand in any project (word list `空泛名称`): it does not say whose or what.

use super::name_is_category::is_category;
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Safety, texts};
use crate::model::standard::{List, Phrase};

pub const RULE: Rule = Rule { codes: &[Code::JX053], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    // JX038 tells names of categories.
    if !row.name().is_in(List::GenericName) || is_category(row) {
        return;
    }
    let message = texts::generic_name(&*row.indicator.name.value);
    let mut diagnostic = Diagnostic::new(Code::JX053, message, row.name_span(), texts::generic_name_here())
        .help(texts::generic_name_help());
    let better = row.description().filter(|description| **description != *row.name() && is_a_name(row, *description));
    if let Some(better) = better {
        let edits = row.context.rename(row.project, row.indicator, &better);
        diagnostic = diagnostic.edits(texts::replace_by(&*better), Safety::Suggested, edits);
    }
    found.push(diagnostic);
}

/// Whether a description can serve as a name: short, one phrase, no unit in brackets, itself not generic.
fn is_a_name(row: &Row<'_>, text: Phrase<'_>) -> bool {
    let limit = row.standard.name_length.unwrap_or(usize::MAX);
    let is_phrase = !text.contains(['，', '。', '；', '(', '=', '/', '×']);
    is_phrase && text.chars().count() <= limit && !text.is_in(List::GenericName)
}
