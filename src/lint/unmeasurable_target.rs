//! JX060, JX061, JX062, JX075: a target in words that cannot be measured, told as precisely as it can be: the name again
//! (JX061), the description again (JX062), a qualitative target without a scale where the table has a column for its
//! nature (JX075), else just words (JX060). One finding an indicator.
//!
//! Words that hold a number with a unit, or that are on the list `可判定用语` (or end, or begin, with
//! a word of `可判定结尾`, `可判定开头`), can be told reached or not: they are left
//! alone.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::prose::holds_measure;
use crate::model::similarity::without_numbering;
use crate::model::standard::{List, Phrase};

pub const RULE: Rule =
    Rule { codes: &[Code::JX060, Code::JX061, Code::JX062, Code::JX075], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if row.is_damaged() {
        return found.cannot_tell(Code::JX060, row.indicator.span);
    }
    let Some(code) = unmeasurable(row) else { return };
    let name = &*row.indicator.name.value;
    let span = row.target_span();
    found.push(match code {
        Code::JX061 => Diagnostic::new(code, texts::target_repeats_name(name), span, texts::target_repeats_name_here())
            .label(row.name_span(), texts::name_here())
            .help(texts::measurable_help()),
        Code::JX062 => {
            let text = row.indicator.description().map_or(span, |text| text.span);
            Diagnostic::new(
                code,
                texts::target_repeats_description(name),
                span,
                texts::target_repeats_description_here(),
            )
            .label(text, texts::description_here())
            .help(texts::measurable_help())
        }
        Code::JX075 => {
            let help = match &row.standard.grades[..] {
                [] => texts::write_scale(),
                [best, ..] => texts::write_grade(best, row.standard.grades.join(" ")),
            };
            Diagnostic::new(code, texts::qualitative_without_scale(name), span, texts::no_scale_here()).help(help)
        }
        _ => Diagnostic::new(code, texts::unmeasurable(name), span, texts::unmeasurable_here())
            .help(texts::measurable_help()),
    });
}

/// The code under which a target in words cannot be measured; none where it can.
pub(super) fn unmeasurable<'a>(row: &'a Row<'_>) -> Option<Code> {
    let plain = |text: Phrase<'a>| {
        let numbering = text.len() - without_numbering(&text).len();
        text.part(numbering..text.len()).trim_end_matches(&['。', '；', ';', '.'])
    };
    let words = plain(row.words().filter(|words| !words.is_empty())?);
    if *words == *plain(row.name()) {
        return Some(Code::JX061);
    }
    let is_decidable = words.is_in(List::Decidable)
        || words.end_of(List::DecidableEnding).is_some()
        || words.start_of(List::DecidableStart).is_some();
    if is_decidable || holds_measure(&words, row.standard) {
        return None;
    }
    if row.description().is_some_and(|description| *plain(description) == *words) {
        return Some(Code::JX062);
    }
    let states_nature = row.standard.columns.iter().any(|column| column.content == "指标性质");
    Some(if states_nature { Code::JX075 } else { Code::JX060 })
}
