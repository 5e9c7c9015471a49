//! JX048: an indicator in words has the same name and the same words in several projects of a department.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::text::folded;
use crate::model::{DepartmentId, Indicator, ProjectId};

pub const RULE: Rule = Rule { codes: &[Code::JX048], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let mut known: HashMap<(Cow<'_, str>, Cow<'_, str>), usize> = HashMap::new();
    let mut seen: Vec<Seen<'_>> = Vec::new();
    let mut rows: Vec<(&Indicator, usize)> = Vec::new();
    for (project, indicators) in context.projects_of(department).map(|(id, project)| (id, &project.indicators)) {
        for (indicator, words) in indicators.iter().filter_map(|indicator| Some((indicator, words(indicator)?))) {
            let index = *known.entry(words).or_insert(seen.len());
            if index == seen.len() {
                seen.push(Seen { first: indicator, last: project, projects: 1 });
            }
            let seen = &mut seen[index];
            seen.projects += usize::from(seen.last != project);
            seen.last = project;
            rows.push((indicator, index));
        }
    }
    for (indicator, index) in rows {
        let Seen { first, projects: count, .. } = seen[index];
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

/// What stands somewhere, and in how many projects.
struct Seen<'a> {
    first: &'a Indicator,
    last: ProjectId,
    projects: usize,
}

/// Name and target, as keys for comparison.
fn words(indicator: &Indicator) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    let (words, _) = indicator.target_words()?;
    Some((folded(&indicator.name.value), folded(words)))
}
