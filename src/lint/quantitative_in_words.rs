//! JX095: a field of the standard calls the indicator quantitative (word list `定量用语`), and its target is words or a
//! grade.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::extra_texts;
use crate::model::prose::holds_measure;
use crate::model::standard::{List, Searched};
use crate::model::target::Target;

pub const RULE: Rule = Rule { codes: &[Code::JX095], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let holds_number = match &row.indicator.target.value {
        Target::Words(words) => holds_measure(words, row.standard),
        Target::Grade { .. } => false,
        _ => true,
    };
    if holds_number {
        return;
    }
    let is_word = |text: &str| Searched::new(row.standard, text).phrase().is_in(List::Quantitative);
    if let Some((_, span)) = extra_texts(&row.indicator.extra).find(|(words, _)| is_word(words)) {
        let message = texts::quantitative_in_words(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX095, message, row.target_span(), texts::quantitative_in_words_here())
                .label(span, texts::called_quantitative_here())
                .help(texts::quantitative_in_words_help()),
        );
    }
}
