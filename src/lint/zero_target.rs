//! JX076: a target of zero is to be scored by ratio (word list `比例计分用语`), which divides by it.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Searched};
use crate::model::target::Target;

pub const RULE: Rule = Rule { codes: &[Code::JX076], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    let Some(scoring) = row.indicator.scoring().filter(|_| quantity.value.is_zero()) else { return };
    let text = Searched::new(row.standard, &*scoring.value);
    let is_denied = |start: usize| text.phrase()[..start].trim_end().ends_with(['不', '非']);
    if text.phrase().all_in(List::ScoredByRatio).any(|word| !is_denied(word.start)) {
        let message = texts::zero_target(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX076, message, scoring.span, texts::zero_target_here())
                .label(quantity.span, texts::zero_here())
                .help(texts::zero_target_help()),
        );
    }
}
