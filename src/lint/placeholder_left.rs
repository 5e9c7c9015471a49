//! JX005: a placeholder or a form hint was left in a text.
//!
//! Serves 完整性. The placeholders are the word list `占位符` of the standard; 一体化 systems refuse some of them.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;
use crate::model::{DepartmentId, Project};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX005], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX005], check: Check::Department(check_department) };

fn check_department(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    for text in department.texts() {
        check(&text.value, text.span, standard, found);
    }
}

fn check_project(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    for (words, span) in project.all_words() {
        check(words, span, standard, found);
    }
}

fn check(text: &str, span: Span, standard: &Standard, found: &mut Findings) {
    if let Some(word) = standard.words("占位符").first_in(text) {
        found.push(Diagnostic::new(Code::JX005, texts::placeholder_left(word), span, texts::placeholder_here()));
    }
}
