//! JX035: a text holds a term for which the standard prefers another (word list `规范用语`), outside names in which it is
//! right (`规范用语例外`).

use super::said::Term;
use super::{Check, Context, Findings, Row, Rule, SaidText};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::DepartmentId;
use crate::model::standard::List;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Indicator(check_row) };
pub const PROSE_RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Prose(check_prose) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX035], check: Check::Department(check_references) };

fn check_row(row: &Row<'_>, found: &mut Findings) {
    let name = &row.indicator.name;
    // One finding an indicator, with every place mended at once.
    let mut diagnostic: Option<Diagnostic> = None;
    let mut edits: Vec<Edit> = Vec::new();
    for said in row.said.all() {
        for term in terms(said) {
            let place = row.context.place_in(said.words, said.span, term.bytes.clone());
            if said.span != name.span && place != said.span {
                edits.push(Edit { span: place, text: term.right.to_owned() });
            }
            diagnostic.get_or_insert_with(|| report(&term, place));
        }
    }
    let Some(diagnostic) = diagnostic else { return };
    let better = replaced(&row.said.name);
    if better != *name.value {
        edits.extend(row.context.rename(row.project, row.indicator, &better));
    }
    found.push(diagnostic.edits(texts::use_preferred(), Safety::Suggested, edits));
}

/// The first such term of a text, with every one of them mended.
fn check_prose(context: &Context<'_>, said: &SaidText<'_>, found: &mut Findings) {
    let place = |term: &Term<'_>| context.place_in(said.words, said.span, term.bytes.clone());
    let mend = |term: Term<'_>| Edit { span: place(&term), text: term.right.to_owned() };
    if let Some(term) = terms(said).next() {
        let edits = terms(said).map(mend).filter(|edit| edit.span != said.span).collect();
        found.push(report(&term, place(&term)).edits(texts::use_preferred(), Safety::Suggested, edits));
    }
}

/// Mended where the indicator is.
fn check_references(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    for reference in department.sub_goals.iter().flat_map(|goal| &goal.indicators) {
        let Some(indicator) = reference.target.map(|id| &context[id]) else { continue };
        if let Some(term) = terms(&SaidText::text(&context[department.standard], &indicator.name)).next() {
            found.push(report(&term, reference.span));
        }
    }
}

/// A text with every such term replaced.
fn replaced(said: &SaidText<'_>) -> String {
    let mut better = String::new();
    let mut end = 0;
    for term in terms(said) {
        better += &said.words[end..term.bytes.start];
        better += term.right;
        end = term.bytes.end;
    }
    better + &said.words[end..]
}

fn report(term: &Term<'_>, place: Span) -> Diagnostic {
    let Term { word, right, .. } = *term;
    Diagnostic::new(Code::JX035, texts::preferred_term(word, right), place, texts::write_instead(right))
}

fn terms<'a>(said: &'a SaidText<'_>) -> impl Iterator<Item = Term<'a>> {
    let exceptions = || said.written().all_in(List::PreferredException);
    said.terms(List::Preferred).filter(move |Term { bytes: term, .. }| {
        !exceptions().any(|outer| outer.start <= term.start && term.end <= outer.end)
    })
}
