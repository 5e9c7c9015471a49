//! JX056: target and description are nearly the same words: one is likely a slip of the other.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::similarity::are_alike;
use crate::syntax::vocabulary::quoted;

pub const RULE: Rule = Rule { codes: &[Code::JX056], check: Check::Indicator(check) };

const PERCENT: usize = 80;

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(words), Some(description), Some(text)) = (row.words(), row.description(), row.indicator.description())
    else {
        return;
    };
    let is_part = words.contains(&*description) || description.contains(&*words);
    if *words == *description || is_part {
        return;
    }
    if let Some(similarity) = are_alike(&words, &description, PERCENT) {
        let message = texts::near_miss_wording(&*words, similarity.percent());
        found.push(
            Diagnostic::new(Code::JX056, message, text.span, texts::near_miss_here())
                .label(row.target_span(), texts::target_here())
                .fix(texts::replace_by(&*words), text.span, quoted(&words)),
        );
    }
}
