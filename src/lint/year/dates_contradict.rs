//! JX134: a day of completion lies behind the day of reporting, or before the year.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::actual::Actual;

pub const RULE: Rule = Rule { codes: &[Code::JX134], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for snapshot in year.record.snapshots() {
        let filed = snapshot.filed.as_ref();
        for line in &snapshot.reached {
            let Actual::Date(date) = line.value.actual else { continue };
            let day = date.in_year(year.year);
            let late = filed.filter(|filed| filed.value.in_year(year.year) < day);
            if late.is_none() && day.year >= year.year {
                continue;
            }
            let message = texts::dates_contradict(line.subject.path(), day.to_string());
            let mut diagnostic = Diagnostic::new(Code::JX134, message, line.value.span, texts::reached_here());
            if let Some(filed) = late {
                diagnostic = diagnostic.label(filed.span, texts::filed_on_here());
            }
            found.push(diagnostic);
        }
    }
}
