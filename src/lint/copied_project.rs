//! JX049: a project says word for word what a project of another department says.
//!
//! Serves 相关性: targets that fit two offices word for word were written for neither. Compared are the names and the targets
//! of all indicators, in any order, between departments of one year; the later one is told.

use super::across::{Across, MarksBefore};
use super::{Check, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX049], check: Check::Workspace(check) };

/// Fewer may well be the same by chance.
const INDICATORS: u32 = 4;

fn check(across: &Across<'_>, found: &mut Findings) {
    let projects = across.before.projects.clone();
    let mut before = MarksBefore { projects, ..MarksBefore::default() };
    for marks in across.marks {
        for (key, project) in marks.projects.iter().filter(|(_, project)| project.indicators >= INDICATORS) {
            let Some(first) = before.projects.get(key) else { continue };
            let message = texts::copied_project(project.indicators as usize, &*first.department);
            found.push(
                Diagnostic::new(Code::JX049, message, project.place, texts::copied_project_here())
                    .label(first.place, texts::stated_first_here())
                    .help(texts::copied_project_help()),
            );
        }
        before.add_projects(marks);
    }
}
