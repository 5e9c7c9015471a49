//! JX040: a compulsory category has no indicator.
//!
//! Serves 完整性. Which categories are compulsory, and by which document, is data of the standard.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::standard::stem;

pub const RULE: Rule = Rule { codes: &[Code::JX040], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    if project.damage.indicators || project.damage.head {
        return;
    }
    let standard = &context[project.standard];
    for (index, category) in standard.categories.iter().enumerate().filter(|(_, category)| category.is_compulsory) {
        let is_there = |id: crate::model::CategoryId| id.category as usize == index;
        if project.indicators.iter().filter_map(|indicator| indicator.category).any(is_there) {
            continue;
        }
        let message = texts::missing_category(&category.name, &*project.name.value);
        let example = category.subcategories.first().map_or(&category.name, |subcategory| &subcategory.name);
        let mut diagnostic = Diagnostic::new(Code::JX040, message, project.span, texts::missing_category_here());
        diagnostic = diagnostic.help(match &category.citation.document {
            Some(document) => texts::add_indicator_by(stem(example), document),
            None => texts::add_indicator(stem(example)),
        });
        found.push(diagnostic);
    }
}
