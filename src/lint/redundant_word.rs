//! JX057: a name or description holds a redundant word (word list `冗词`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::standard::List;

pub const RULE: Rule = Rule { codes: &[Code::JX057], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let in_name = row.said.name.terms(List::Redundant).next();
    let mut edits = Vec::new();
    let mut place = None;
    if let Some(term) = &in_name {
        let name = &row.indicator.name;
        let better = name.value.replace(term.word, term.right);
        edits.extend(row.context.rename(row.project, row.indicator, &better));
        place = Some(name.span);
    }
    let mut term = in_name;
    if let Some(description) = &row.said.description
        && let Some(in_description) = description.terms(List::Redundant).next()
    {
        let span = row.context.place_in(description.words, description.span, in_description.bytes.clone());
        if span != description.span {
            edits.push(Edit { span, text: in_description.right.to_owned() });
        }
        place.get_or_insert(span);
        term.get_or_insert(in_description);
    }
    if let (Some(term), Some(place)) = (term, place) {
        let right = term.right;
        found.push(
            Diagnostic::new(Code::JX057, texts::redundant_word(term.word), place, texts::write_instead(right)).edits(
                texts::replace_by(right),
                Safety::Safe,
                edits,
            ),
        );
    }
}
