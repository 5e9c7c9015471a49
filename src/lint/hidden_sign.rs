//! JX087: a name, a code or a text holds a sign that nobody sees, a letter of another script among Latin ones, or a radical
//! in the place of the Han sign that it is drawn as.
//!
//! Two names that look alike are then two, and a text can be shown in an order in which it is not written. What else looks
//! alike belongs in [`signs::twin`].

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::{DepartmentId, Project, extra_texts};
use crate::source::{Span, Words, signs};
use crate::syntax::vocabulary::{quoted, written_name};

pub const RULE: Rule = Rule { codes: &[Code::JX087], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX087], check: Check::Department(check_department) };

/// A text with nothing hidden and its own letters, and the first sign that was not so.
struct Cleaned {
    first: usize,
    sign: char,
    /// What the sign is taken for; none where it is hidden.
    letter: Option<char>,
    text: String,
}

fn check_project(context: &Context<'_>, project: &Project, found: &mut Findings) {
    if let Some(code) = &project.code {
        check_name(context, &code.value, code.span, found);
    }
    let name = cleaned(&project.name.value);
    if let Some(name) = &name {
        found.push(report(name, project.name.span, context.rename_project(project, &name.text)));
    }
    for indicator in &project.indicators {
        if let Some(cleaned) = cleaned(&indicator.name.value) {
            // A reference may be written anew with the name of the project: that comes first.
            let edits = if name.is_none() { context.rename(project, indicator, &cleaned.text) } else { Vec::new() };
            found.push(report(&cleaned, indicator.name.span, edits));
        }
    }
    let is_name = |span: Span| {
        span == project.name.span || project.indicators.iter().any(|indicator| indicator.name.span == span)
    };
    let of_indicators = project.indicators.iter().flat_map(|indicator| extra_texts(&indicator.extra));
    for (words, span) in project.all_words().chain(extra_texts(&project.extra)).chain(of_indicators) {
        if let Some(cleaned) = cleaned(words).filter(|_| !is_name(span)) {
            check_text(context, words, span, &cleaned, found);
        }
    }
}

fn check_department(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    if let Some(code) = &department.code {
        check_name(context, &code.value, code.span, found);
    }
    check_name(context, &department.name.value, department.name.span, found);
    for name in department.units_of_account.iter().flat_map(|unit| std::iter::once(&unit.code).chain(&unit.name)) {
        check_name(context, &name.value, name.span, found);
    }
    let texts = department.texts().map(|text| (&text.value, text.span));
    for (words, span) in texts.chain(extra_texts(&department.extra)) {
        if let Some(cleaned) = cleaned(words) {
            check_text(context, words, span, &cleaned, found);
        }
    }
}

/// A name that may be referred to elsewhere by what it looks like.
fn check_name(context: &Context<'_>, name: &Words, span: Span, found: &mut Findings) {
    if let Some(cleaned) = cleaned(name) {
        let is_quoted = context.slice(span).starts_with(['"', '“', '＂']);
        let text = if is_quoted { written_name(&cleaned.text) } else { cleaned.text.clone() };
        found.push(report(&cleaned, span, vec![Edit { span, text }]));
    }
}

fn check_text(context: &Context<'_>, words: &Words, span: Span, cleaned: &Cleaned, found: &mut Findings) {
    let end = cleaned.first + cleaned.sign.len_utf8();
    let place = context.place_in(words, span, cleaned.first..end);
    let token = context.slice(span);
    let edit = if place != span {
        Some(Edit { span: place, text: cleaned.letter.map(String::from).unwrap_or_default() })
    } else if token.starts_with(['"', '“', '＂']) && crate::syntax::three_quotes(token).is_none() {
        // Written as an escape: the whole text is written anew.
        Some(Edit { span, text: quoted(&cleaned.text) })
    } else {
        None
    };
    found.push(report(cleaned, place, edit.into_iter().collect()));
}

fn report(cleaned: &Cleaned, place: Span, edits: Vec<Edit>) -> Diagnostic {
    let (message, safety, title) = match cleaned.letter {
        None => {
            let sign = format!("U+{:04X}", cleaned.sign as u32);
            (texts::hidden_sign(sign), Safety::Safe, texts::delete_this())
        }
        Some(letter) => (texts::twin_sign(cleaned.sign, letter), Safety::Suggested, texts::replace_by(letter)),
    };
    Diagnostic::new(Code::JX087, message, place, texts::hidden_sign_here()).edits(title, safety, edits)
}

/// None where there is nothing to clean.
fn cleaned(text: &str) -> Option<Cleaned> {
    if signs::is_plain(text) {
        return None;
    }
    let hidden: Vec<(usize, char)> = signs::hidden(text).collect();
    let is_hidden = |place: usize| hidden.binary_search_by_key(&place, |(place, _)| *place).is_ok();
    let mut first = hidden.first().map(|(place, sign)| (*place, *sign, None));
    let mut clean = String::with_capacity(text.len());
    for (place, sign) in text.char_indices().filter(|(place, _)| !is_hidden(*place)) {
        let twin = || signs::twin(sign).filter(|_| stands_among_latin(text, place));
        let letter = signs::radical(sign).or_else(twin);
        if let Some(letter) = letter
            && first.is_none_or(|(first, ..)| first > place)
        {
            first = Some((place, sign, Some(letter)));
        }
        clean.push(letter.unwrap_or(sign));
    }
    first.map(|(first, sign, letter)| Cleaned { first, sign, letter, text: clean })
}

/// Whether the word around a letter holds a Latin one or a figure.
fn stands_among_latin(text: &str, place: usize) -> bool {
    let is_letter = |sign: &char| sign.is_ascii_alphanumeric() || signs::twin(*sign).is_some();
    let (before, after) =
        (text[..place].chars().rev().take_while(is_letter), text[place..].chars().take_while(is_letter));
    before.chain(after).any(|sign| sign.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_told_among_latin_ones_alone() {
        let clean = |text: &str| cleaned(text).map(|one| one.text);
        assert_eq!(clean("НР-2 打印机 HР").as_deref(), Some("НР-2 打印机 HP"));
        assert_eq!(clean("Россия 援助"), None);
        assert_eq!(clean("绩效⽬标").as_deref(), Some("绩效目标"));
        assert_eq!(clean("政\u{200B}府\u{202E}采购").as_deref(), Some("政府采购"));
        assert_eq!(clean("≥ 95%，完成。"), None);
    }
}
