//! JX013: two projects share a code, or a name within one department.
//!
//! Serves 规范性: a project is identified by its code, and its name is what sub-goals refer to.

use std::collections::HashMap;

use super::across::Across;
use super::{Check, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::text::{hash, key};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX013], check: Check::Workspace(check) };

fn check(across: &Across<'_>, found: &mut Findings) {
    let mut codes: HashMap<u128, Span> = across.before.codes.clone();
    let mut names: HashMap<(Option<u32>, String), Span> = HashMap::new();
    // What was cut off or has no name of its own is told already.
    for project in across.projects.iter().filter(|project| !project.damage.head) {
        let department = project.department.map(|department| department.0);
        let same_code = project.code.as_ref().and_then(|code| {
            let first = *codes.entry(hash(&code.value)).or_insert(code.span);
            (first != code.span).then(|| (texts::duplicate_code(&*code.value), code.span, first))
        });
        let name_key = (department, key(&project.name.value));
        let same_name = if let Some(first) = names.get(&name_key) {
            Some((texts::duplicate_name(&*project.name.value), project.name.span, *first))
        } else {
            names.insert(name_key, project.name.span);
            None
        };
        // One finding a pair, the code first.
        if let Some((message, span, first)) = same_code.or(same_name).filter(|_| !project.name.value.is_empty()) {
            found.push(
                Diagnostic::new(Code::JX013, message, span, texts::stated_again_here())
                    .label(first, texts::stated_first_here()),
            );
        }
    }
}
