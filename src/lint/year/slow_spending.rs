//! JX121: what was spent by a checkpoint is far behind what was due.

use super::{Check, Findings, ReportedYear, Rule, colour, is_warning};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX121], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for at in &year.checkpoints {
        for project in at.all() {
            let money = &project.standing.money;
            let (Some(line), Some(pace)) = (project.report.line, &money.pace) else { continue };
            if let Some(colour) = colour(&money.light).filter(|colour| is_warning(Some(*colour))) {
                let name = &*project.in_force.project.name.value;
                let message = texts::slow_spending(name, pace.as_percent(), colour.word(), colour.english());
                found.push(
                    Diagnostic::new(Code::JX121, message, line.span, texts::spent_here())
                        .help(texts::slow_spending_help()),
                );
            }
        }
    }
}
