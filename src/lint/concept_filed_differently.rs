//! JX045: indicators about one thing (word list `同类概念`) stand under different categories of benefit in one department.

use std::collections::BTreeMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role, Searched};
use crate::model::{DepartmentId, Indicator};

pub const RULE: Rule = Rule { codes: &[Code::JX045], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let mut concepts: BTreeMap<String, Vec<&Indicator>> = BTreeMap::new();
    for (_, project) in context.projects_of(department) {
        let standard = &context[project.standard];
        for indicator in &project.indicators {
            if indicator.category.and_then(|id| standard.role(id)) != Some(Role::Benefit) {
                continue;
            }
            let name = Searched::new(standard, &*indicator.name.value);
            if let Some(word) = name.phrase().first_in(List::Concept) {
                concepts.entry(word.to_owned()).or_default().push(indicator);
            }
        }
    }
    for (concept, indicators) in concepts {
        let first = indicators[0];
        let Some(other) = indicators.iter().find(|one| one.category != first.category) else { continue };
        for indicator in &indicators {
            let elsewhere = if indicator.category == first.category { other } else { first };
            let message = texts::concept_filed_differently(&concept);
            found.push(
                Diagnostic::new(Code::JX045, message, indicator.category_span, texts::filed_here())
                    .label(elsewhere.category_span, texts::filed_elsewhere_here()),
            );
        }
    }
}
