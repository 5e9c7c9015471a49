//! JX143: a reason is stated, and nothing that will be done. Of a target that was passed, nothing needs to be done.

use std::collections::BTreeSet;

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX143], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let met: BTreeSet<Span> =
        year.evaluated().filter(|row| row.is_met() == Some(true)).filter_map(|row| Some(row.line?.span)).collect();
    let lines = year.record.snapshots().flat_map(|one| {
        let spent = one.spent.iter().map(|line| (&line.subject, &line.deviations, &line.measures));
        let missed = one.reached.iter().filter(|line| !met.contains(&line.span));
        spent.chain(missed.map(|line| (&line.subject, &line.deviations, &line.measures)))
    });
    for (subject, deviations, measures) in lines {
        if let Some(deviation) = deviations.first().filter(|_| measures.is_empty()) {
            let message = texts::reason_without_measure(subject.path());
            found.push(
                Diagnostic::new(Code::JX143, message, deviation.span, texts::reason_here())
                    .help(texts::reason_without_measure_help()),
            );
        }
    }
}
