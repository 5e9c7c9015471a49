//! JX069: a target of the year is due after the year.
//!
//! Serves 可行性. Deadlines without a year lie in the fiscal year by definition; later ones belong under `实施期`.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::target::Target;

pub const RULE: Rule = Rule { codes: &[Code::JX069], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let Some(year) = context.year_of(project) else { return };
    for indicator in &project.indicators {
        let Target::Deadline { date, .. } = indicator.target.value else { continue };
        let day = date.in_year(year);
        if day.year > year {
            let message = texts::deadline_after_year(day.to_string(), u32::from(year));
            found.push(
                Diagnostic::new(Code::JX069, message, indicator.target.span, texts::deadline_here())
                    .help(texts::deadline_help()),
            );
        }
    }
}
