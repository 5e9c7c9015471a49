//! JX132: what counts from January is less than at the checkpoint before.

use std::collections::BTreeMap;

use super::{Check, Findings, ReportedYear, Rule, WatchedRow};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::monitoring::Counting;
use crate::model::year::NamedThing;
use crate::score::{Reached, counting_of};

pub const RULE: Rule = Rule { codes: &[Code::JX132], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    // Rows come in the order of their checkpoints.
    let mut before: BTreeMap<NamedThing, WatchedRow<'_>> = BTreeMap::new();
    let cumulative = |row: &WatchedRow<'_>| counting_of(row.in_force.indicator, row.standard) == Counting::Cumulative;
    for row in year.watched().filter(cumulative) {
        let Some(earlier) = before.insert(row.in_force.named, row) else { continue };
        let (Reached::Number(now), Reached::Number(then)) = (&row.standing.reached, &earlier.standing.reached) else {
            continue;
        };
        if let (Some(line), Some(old)) = (row.line.filter(|_| now.value < then.value), earlier.line) {
            let message = texts::value_falls(row.path(), &*then.written, &*now.written);
            found.push(
                Diagnostic::new(Code::JX132, message, line.span, texts::reached_here())
                    .label(old.span, texts::more_here())
                    .help(texts::value_falls_help()),
            );
        }
    }
}
