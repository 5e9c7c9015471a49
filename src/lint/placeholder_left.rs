//! JX005: a placeholder or a form hint was left in a text.
//!
//! Serves 完整性. The placeholders are the word list `占位符` of the standard; 一体化 systems refuse some of them.

use super::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::{DepartmentId, Model, Project};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX005], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX005], check: Check::Department(check_department) };

fn check_department(model: &Model, id: DepartmentId, found: &mut Vec<Diagnostic>) {
    let department = &model[id];
    let standard = &model[department.standard];
    let goals = department.sub_goals.iter().filter_map(|goal| goal.goal.as_ref());
    let safeguards = department.safeguards.iter().flat_map(|one| std::iter::once(&one.name).chain(&one.text));
    for text in department.overall_goal.iter().chain(goals).chain(safeguards) {
        check(&text.value, text.span, standard, found);
    }
}

fn check_project(model: &Model, project: &Project, found: &mut Vec<Diagnostic>) {
    let standard = &model[project.standard];
    for text in [Some(&project.name), project.purpose.as_ref(), project.goal.as_ref()].into_iter().flatten() {
        check(&text.value, text.span, standard, found);
    }
    for indicator in &project.indicators {
        check(&indicator.name.value, indicator.name.span, standard, found);
        let basis = indicator.basis.as_ref().map(|basis| &basis.text);
        let texts = [
            indicator.description.as_ref(),
            indicator.source.as_deref(),
            indicator.wording.as_deref(),
            indicator.scoring.as_deref(),
            basis,
        ];
        for text in texts.into_iter().flatten() {
            check(&text.value, text.span, standard, found);
        }
        if let Target::Words(words) = &indicator.target.value {
            check(words, indicator.target.span, standard, found);
        }
    }
}

fn check(text: &str, span: Span, standard: &Standard, found: &mut Vec<Diagnostic>) {
    if let Some(word) = standard.words("占位符").first_in(text) {
        found.push(Diagnostic::new(Code::JX005, texts::placeholder_left(word), span, texts::placeholder_here()));
    }
}
