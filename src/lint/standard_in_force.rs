//! JX503: the standard is not in force in the department's fiscal year.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;

pub const RULE: Rule = Rule { codes: &[Code::JX503], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    let Some(year) = &department.year else { return };
    let starts_later = standard.in_force_from.is_some_and(|date| date.in_year(year.value).year > year.value);
    let ended_before = standard.in_force_until.is_some_and(|date| date.in_year(year.value).year < year.value);
    if starts_later || ended_before {
        let message = texts::not_in_force(&standard.name, u32::from(year.value));
        found.push(Diagnostic::new(Code::JX503, message, year.span, texts::not_in_force_here()));
    }
}
