//! JX155: less was spent since January than at the checkpoint before.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX155], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for pair in year.checkpoints.windows(2) {
        let [before, now] = pair else { continue };
        for project in now.all() {
            let standard = &year.context[project.in_force.project.standard];
            let earlier = before.all().find(|one| one.id == project.id).and_then(|one| one.report.line);
            let (Some(old), Some(line)) = (earlier, project.report.line) else {
                continue;
            };
            let value = |amount: &Option<crate::model::unit::Quantity>| amount.as_ref()?.base_value(standard);
            if value(&old.amount).zip(value(&line.amount)).is_some_and(|(old, new)| new < old) {
                let message = texts::spending_falls(&*project.in_force.project.name.value);
                found.push(
                    Diagnostic::new(Code::JX155, message, line.span, texts::spent_here())
                        .label(old.span, texts::more_here())
                        .help(texts::value_falls_help()),
                );
            }
        }
    }
}
