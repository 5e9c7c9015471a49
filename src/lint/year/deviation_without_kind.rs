//! JX140: a deviation is not put under one of the kinds that the standard declares.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX140], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(standard) = year.standard() else { return };
    let kinds = &standard.monitoring.deviation_kinds;
    if kinds.is_empty() {
        return;
    }
    let deviations = year.record.snapshots().flat_map(|one| {
        let spent = one.spent.iter().flat_map(|line| &line.deviations);
        spent.chain(one.reached.iter().flat_map(|line| &line.deviations))
    });
    for deviation in deviations {
        let message = match &deviation.kind {
            Some(kind) if kinds.iter().any(|known| *known == *kind.value) => continue,
            Some(kind) => texts::deviation_of_unknown_kind(&*kind.value),
            None => texts::deviation_without_kind(),
        };
        let finding = Diagnostic::new(Code::JX140, message, deviation.span, texts::reason_here());
        found.push(finding.help(texts::deviation_kinds_are(kinds.join(" "))));
    }
}
