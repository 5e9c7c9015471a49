//! JX035: a text holds a term for which the standard prefers another (word list `规范用语`), outside names in which it is
//! right (`规范用语例外`).

use super::{Check, Context, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::standard::{FoundWord, Standard};
use crate::model::target::Target;
use crate::model::{DepartmentId, Project, Text};
use crate::source::{Span, Words};

pub const RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Indicator(check_row) };
pub const PROJECT_RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Department(check_department) };

fn check_row(row: &Row<'_>, found: &mut Findings) {
    let indicator = row.indicator;
    let target = match &indicator.target.value {
        Target::Words(words) => Some((words, indicator.target.span)),
        _ => None,
    };
    let others = [indicator.description(), indicator.basis.as_ref().map(|basis| &basis.text)];
    let others = others.into_iter().flatten().map(|text| (&text.value, text.span));
    let name = (&indicator.name.value, indicator.name.span);
    // One finding an indicator, with every place mended at once.
    let mut diagnostic: Option<Diagnostic> = None;
    let mut edits: Vec<Edit> = Vec::new();
    for (words, span) in std::iter::once(name).chain(target).chain(others) {
        for term in terms(words, row.standard) {
            let place = row.context.place_in(words, span, term.bytes.clone());
            let right = term.replacement.unwrap_or_default();
            if span != name.1 && place != span {
                edits.push(Edit { span: place, text: right.to_owned() });
            }
            diagnostic.get_or_insert_with(|| report(&term, place));
        }
    }
    let better = replaced(name.0, row.standard);
    if better != **name.0 {
        edits.extend(row.context.rename(row.project, indicator, &better));
    }
    if let Some(diagnostic) = diagnostic {
        found.push(diagnostic.edits(texts::use_preferred(), Safety::Suggested, edits));
    }
}

fn check_project(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let texts = [project.purpose(), project.goal()];
    for text in texts.into_iter().flatten() {
        check_text(context, text, &context[project.standard], found);
    }
}

fn check_department(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    for text in department.texts() {
        check_text(context, text, standard, found);
    }
    for reference in department.sub_goals.iter().flat_map(|goal| &goal.indicators) {
        let Some(indicator) = reference.target.map(|id| &context[id]) else { continue };
        if let Some(term) = terms(&indicator.name.value, standard).next() {
            // Mended where the indicator is.
            found.push(report(&term, reference.span));
        }
    }
}

/// The first such term of a text, with every one of them mended.
fn check_text(context: &Context<'_>, text: &Text, standard: &Standard, found: &mut Findings) {
    let place = |term: &FoundWord<'_>| context.place_in(&text.value, text.span, term.bytes.clone());
    let mend = |term: FoundWord<'_>| Edit { span: place(&term), text: term.replacement.unwrap_or_default().to_owned() };
    if let Some(term) = terms(&text.value, standard).next() {
        let edits = terms(&text.value, standard).map(mend).filter(|edit| edit.span != text.span).collect();
        found.push(report(&term, place(&term)).edits(texts::use_preferred(), Safety::Suggested, edits));
    }
}

/// A text with every such term replaced.
fn replaced(text: &Words, standard: &Standard) -> String {
    let mut better = String::new();
    let mut end = 0;
    for term in terms(text, standard) {
        better += &text[end..term.bytes.start];
        better += term.replacement.unwrap_or_default();
        end = term.bytes.end;
    }
    better + &text[end..]
}

fn report(term: &FoundWord<'_>, place: Span) -> Diagnostic {
    let right = term.replacement.unwrap_or_default();
    Diagnostic::new(Code::JX035, texts::preferred_term(term.word, right), place, texts::write_instead(right))
}

fn terms<'a>(words: &'a Words, standard: &'a Standard) -> impl Iterator<Item = FoundWord<'a>> {
    let exceptions = standard.words("规范用语例外");
    standard.words("规范用语").all_in(words).filter(move |term| {
        let is_inside = |exception: &FoundWord<'_>| {
            exception.bytes.start <= term.bytes.start && term.bytes.end <= exception.bytes.end
        };
        term.replacement.is_some() && !exceptions.all_in(words).any(|exception| is_inside(&exception))
    })
}
