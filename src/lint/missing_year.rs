//! JX003: a department states no fiscal year.
//!
//! Serves 完整性. FISCAL_YEAR is a required element of the national exchange format (known by name, not re-read).

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;

pub const RULE: Rule = Rule { codes: &[Code::JX003], check: Check::Department(check) };

fn check(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    if department.year.is_none() && !department.is_damaged {
        found.push(Diagnostic::new(Code::JX003, texts::missing_year(), department.span, texts::missing_year_here()));
    }
}
