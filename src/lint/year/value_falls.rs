//! JX132: what counts from January is less than at the checkpoint before.

use super::{Check, Findings, ReportedYear, Rule, WatchedRow};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::monitoring::Counting;
use crate::score::{Reached, counting_of};

pub const RULE: Rule = Rule { codes: &[Code::JX132], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.watched() {
        if counting_of(row.in_force.indicator, row.standard) != Counting::Cumulative {
            continue;
        }
        let before = |other: &WatchedRow<'_>| other.in_force.named == row.in_force.named && other.at.day < row.at.day;
        let Some(earlier) = year.watched().filter(before).last() else { continue };
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
