//! JX141: the reason of a deviation is a phrase.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX141], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(standard) = year.standard() else { return };
    let words = standard.words("空泛原因");
    let lines = year.record.snapshots().flat_map(|one| {
        let spent = one.spent.iter().flat_map(|line| &line.deviations);
        spent.chain(one.reached.iter().flat_map(|line| &line.deviations))
    });
    for text in lines.filter_map(|deviation| deviation.text.as_ref()) {
        let plain = text.value.trim().trim_end_matches(['。', '.', '；', ';']);
        if words.holds(plain) {
            found.push(
                Diagnostic::new(Code::JX141, texts::vague_reason(plain), text.span, texts::reason_here())
                    .help(texts::vague_reason_help()),
            );
        }
    }
}
