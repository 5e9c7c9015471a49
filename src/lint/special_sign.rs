//! JX077: a text holds a sign that budget systems refuse or damage.
//!
//! `*`, `_` and `-` in the words of a target; a name made of nothing else (both seen in the messages of 一体化 systems);
//! `≧ ≦ ═` in either.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::target::Target;
use crate::source::{Span, Words};

pub const RULE: Rule = Rule { codes: &[Code::JX077], check: Check::Indicator(check) };

const REPLACED: [(char, &str); 3] = [('≧', "≥"), ('≦', "≤"), ('═', "=")];

fn check(row: &Row<'_>, found: &mut Findings) {
    let name = &row.indicator.name;
    let is_refused = |sign: char| matches!(sign, '*' | '_' | '-');
    if !name.value.is_empty() && name.value.chars().all(is_refused) {
        found.push(report(&name.value, name.span));
    } else {
        replace_in_name(row, found);
    }
    if let Target::Words(words) = &row.indicator.target.value {
        match words.char_indices().find(|(_, sign)| is_refused(*sign)) {
            Some((offset, sign)) => {
                let place = row.context.place_in(words, row.target_span(), offset..offset + sign.len_utf8());
                found.push(report(&sign.to_string(), place));
            }
            None => replace(row, words, row.target_span(), found),
        }
    }
}

/// Han signs start with other bytes.
fn may_hold_replaced(text: &str) -> bool {
    text.as_bytes().contains(&0xE2)
}

fn report(sign: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::JX077, texts::special_sign(sign), place, texts::special_sign_here())
}

fn replace_in_name(row: &Row<'_>, found: &mut Findings) {
    let name = &row.indicator.name;
    if !may_hold_replaced(&name.value) {
        return;
    }
    let Some((sign, right)) = REPLACED.iter().find(|(sign, _)| name.value.contains(*sign)) else { return };
    let better = REPLACED.iter().fold(name.value.to_string(), |name, (sign, right)| name.replace(*sign, right));
    let edits = row.context.rename(row.project, row.indicator, &better);
    found.push(report(&sign.to_string(), name.span).edits(texts::replace_by(*right), Safety::Safe, edits));
}

fn replace(row: &Row<'_>, words: &Words, span: Span, found: &mut Findings) {
    if !may_hold_replaced(words) {
        return;
    }
    for (offset, sign) in words.char_indices() {
        let Some((_, right)) = REPLACED.iter().find(|(one, _)| *one == sign) else { continue };
        let place = row.context.place_in(words, span, offset..offset + sign.len_utf8());
        let edits = if place == span { Vec::new() } else { vec![Edit { span: place, text: (*right).to_owned() }] };
        found.push(report(&sign.to_string(), place).edits(texts::replace_by(*right), Safety::Safe, edits));
    }
}
