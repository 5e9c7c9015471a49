//! JX125: an adjustment before the approval, or outside the fiscal year.
//!
//! Serves 可行性.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;

pub const RULE: Rule = Rule { codes: &[Code::JX125], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let dates = || department.record.adjustments().filter_map(|one| one.date.as_ref());
    let Some(year) = department.year.as_ref().map(|year| year.value) else {
        dates().for_each(|date| found.cannot_tell(Code::JX125, date.span));
        return;
    };
    let approvals = department.record.approvals().filter_map(|one| one.date.as_ref());
    let approved = approvals.min_by_key(|date| date.value.in_year(year));
    for date in dates() {
        let day = date.value.in_year(year);
        let before = approved.filter(|approved| day < approved.value.in_year(year));
        let message = match before {
            Some(approved) => {
                texts::adjusted_before_approval(day.to_string(), approved.value.in_year(year).to_string())
            }
            None if day.year != year => texts::adjusted_outside_year(day.to_string(), u32::from(year)),
            None => continue,
        };
        let finding = Diagnostic::new(Code::JX125, message, date.span, texts::adjustment_date_here());
        let finding = before
            .into_iter()
            .fold(finding, |finding, approved| finding.label(approved.span, texts::first_approved_here()));
        found.push(finding.help(texts::adjustment_date_help()));
    }
}
