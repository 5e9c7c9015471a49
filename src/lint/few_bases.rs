//! JX085: the indicators of a project, costs apart, rest on one or two bases.

use std::borrow::Cow;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::standard::Role;
use crate::model::text::folded;

pub const RULE: Rule = Rule { codes: &[Code::JX085], check: Check::Project(check) };

const ROWS: usize = 4;
const BASES: usize = 2;

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let mut bases: Vec<Cow<'_, str>> = project
        .indicators
        .iter()
        .filter(|indicator| indicator.category.and_then(|id| standard.role(id)) != Some(Role::Cost))
        .filter_map(|indicator| Some(folded(&indicator.basis.as_ref()?.text.value)))
        .collect();
    let rows = bases.len();
    bases.sort_unstable();
    bases.dedup();
    if rows >= ROWS && bases.len() <= BASES {
        let message = texts::few_bases(&*project.name.value, rows, bases.len());
        found.push(
            Diagnostic::new(Code::JX085, message, project.span, texts::few_bases_here()).help(texts::basis_help()),
        );
    }
}
