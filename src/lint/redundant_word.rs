//! JX057: a name or description holds a redundant word (word list `冗词`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX057], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let list = row.standard.words("冗词");
    let name = &row.indicator.name;
    let in_name = list.all_in(&name.value).find(|term| term.replacement.is_some());
    let mut edits = Vec::new();
    let mut place = None;
    if let Some(term) = &in_name {
        let better = name.value.replace(term.word, term.replacement.unwrap_or_default());
        edits.extend(row.context.rename(row.project, row.indicator, &better));
        place = Some(name.span);
    }
    let mut term = in_name;
    if let Some(description) = row.indicator.description()
        && let Some(in_description) = list.all_in(&description.value).find(|term| term.replacement.is_some())
    {
        let span = row.context.place_in(&description.value, description.span, in_description.bytes.clone());
        if span != description.span {
            edits.push(Edit { span, text: in_description.replacement.unwrap_or_default().to_owned() });
        }
        place.get_or_insert(span);
        term.get_or_insert(in_description);
    }
    if let (Some(term), Some(place)) = (term, place) {
        let right = term.replacement.unwrap_or_default();
        found.push(
            Diagnostic::new(Code::JX057, texts::redundant_word(term.word), place, texts::write_instead(right)).edits(
                texts::replace_by(right),
                Safety::Safe,
                edits,
            ),
        );
    }
}
