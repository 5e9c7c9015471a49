//! JX081: the basis is the target again, or nearly so.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Indicator;
use crate::model::print::target_cell;
use crate::model::similarity::are_alike;
use crate::model::target::Target;
use crate::model::text::folded;

pub const RULE: Rule = Rule { codes: &[Code::JX081], check: Check::Indicator(check) };

const PERCENT: usize = 85;

/// A target without its comparator.
fn number_of(target: &str) -> &str {
    target.trim_start_matches(['≥', '≤', '>', '<', '='])
}

/// Whether a basis begins as the target is printed: most do not, and printing takes long.
fn may_be_printed(indicator: &Indicator, basis: &str) -> bool {
    let is_number = match indicator.target.value {
        Target::Quantity { .. } | Target::Range { .. } | Target::Deadline { .. } => indicator.wording().is_none(),
        Target::Money { .. }
        | Target::LastYear { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => false,
    };
    !is_number || number_of(basis).starts_with(|sign: char| sign.is_ascii_digit() || sign == '-')
}

fn check(row: &Row<'_>, found: &mut Findings) {
    let (Some(key), Some(basis)) = (row.basis(), &row.indicator.basis) else { return };
    let repeats = match row.words() {
        Some(words) => are_alike(&key, &words, PERCENT).is_some(),
        None => {
            may_be_printed(row.indicator, &key)
                && number_of(&folded(&target_cell(row.indicator, row.standard))) == number_of(&key)
        }
    };
    if repeats && !row.basis_is_rule() {
        let message = texts::basis_repeats_target(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX081, message, basis.text.span, texts::same_as_target_here())
                .label(row.target_span(), texts::target_here())
                .help(texts::basis_help()),
        );
    }
}
