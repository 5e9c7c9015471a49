//! JX052: a name that starts with a verb of wish (word list `口号动词`) over a target in words: a direction, not a quantity.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Safety, texts};
use crate::model::standard::List;

pub const RULE: Rule = Rule { codes: &[Code::JX052], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if row.words().is_none() {
        return;
    }
    let Some(verb) = row.name().start_of(List::Slogan) else { return };
    let message = texts::slogan_name(&*row.indicator.name.value, verb);
    let mut diagnostic = Diagnostic::new(Code::JX052, message, row.name_span(), texts::slogan_name_here());
    diagnostic = match noun_form(row, verb) {
        Some(noun) => {
            let edits = row.context.rename(row.project, row.indicator, &noun);
            diagnostic.help(texts::noun_form(&noun)).edits(texts::replace_by(&noun), Safety::Suggested, edits)
        }
        None => diagnostic.help(texts::slogan_name_help()),
    };
    found.push(diagnostic);
}

/// What is left without the verb, where that is the name of something that can be measured: its ending is on the list
/// `量的后缀` (率 水平 能力 …).
fn noun_form(row: &Row<'_>, verb: &str) -> Option<String> {
    let noun = row.name().part(verb.len()..row.name().len());
    let is_name = noun.end_of(List::Measurable).is_some() && noun.chars().count() > 2;
    (is_name && !noun.contains(['，', '、', '。', '；'])).then(|| noun.as_str().to_owned())
}
