//! JX143: a reason is stated, and nothing that will be done.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX143], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let lines = year.record.snapshots().flat_map(|one| {
        let spent = one.spent.iter().map(|line| (&line.subject, &line.deviations, &line.measures));
        spent.chain(one.reached.iter().map(|line| (&line.subject, &line.deviations, &line.measures)))
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
