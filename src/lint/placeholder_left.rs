//! JX005: a placeholder or a form hint was left in a text.
//!
//! Serves 完整性. The placeholders are the word list `占位符` of the standard; 一体化 systems refuse some of them.

use super::{Check, Context, Findings, Rule, SaidText};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::List;

pub const RULE: Rule = Rule { codes: &[Code::JX005], check: Check::Text(check) };

fn check(_: &Context<'_>, said: &SaidText<'_>, found: &mut Findings) {
    if let Some(word) = said.written().first_in(List::Placeholder) {
        found.push(Diagnostic::new(Code::JX005, texts::placeholder_left(word), said.span, texts::placeholder_here()));
    }
}
