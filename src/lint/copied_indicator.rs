//! JX048: an indicator in words has the same name and the same words in several projects of a department.

use std::collections::HashMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::target::Target;
use crate::model::text::key;
use crate::model::{DepartmentId, Indicator};

pub const RULE: Rule = Rule { codes: &[Code::JX048], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let mut seen: HashMap<(String, String), (&Indicator, u32, usize)> = HashMap::new();
    let rows = || {
        context.projects_of(department).flat_map(|(id, project)| {
            let words = move |indicator: &'_ Indicator| match &indicator.target.value {
                Target::Words(words) => Some((key(&indicator.name.value), key(words))),
                _ => None,
            };
            project.indicators.iter().filter_map(move |indicator| Some((id, indicator, words(indicator)?)))
        })
    };
    for (project, indicator, words) in rows() {
        let entry = seen.entry(words).or_insert((indicator, project.0, 1));
        if entry.1 != project.0 {
            entry.1 = project.0;
            entry.2 += 1;
        }
    }
    for (_, indicator, words) in rows() {
        let (first, _, count) = seen[&words];
        if count < 2 {
            continue;
        }
        let message = texts::copied_indicator(&*indicator.name.value, count);
        let mut diagnostic = Diagnostic::new(Code::JX048, message, indicator.name.span, texts::copied_indicator_here());
        if first.name.span != indicator.name.span {
            diagnostic = diagnostic.label(first.name.span, texts::stated_first_here());
        }
        found.push(diagnostic);
    }
}
