//! A fact of the department beside its label: `[036]交通运输局`, `2025年度`.

use super::lexicon::Content;
use super::signs::year_length;
use super::view::View;
use crate::import::account::CellPiece;

/// What a value says of the department.
pub struct DepartmentFact {
    /// The fact itself.
    pub value: CellPiece,
    /// The code that stands before a name.
    pub code: Option<CellPiece>,
    /// The signs around both.
    pub furniture: Vec<CellPiece>,
    /// Whether nothing else is known: a second department in one document, or a slip, overwrites nothing.
    pub is_new_or_same: bool,
}

/// What a value says under the label of a content; none where it cannot be that.
pub fn read(view: &View<'_>, content: Content, value: &CellPiece) -> Option<DepartmentFact> {
    let text = view.text(value);
    let plain = DepartmentFact { value: value.clone(), code: None, furniture: Vec::new(), is_new_or_same: true };
    let fact = match content {
        Content::Year => {
            let length = year_length(text)?;
            DepartmentFact {
                value: value.part(text, 0..length),
                furniture: vec![value.part(text, length..text.len())],
                ..plain
            }
        }
        Content::DepartmentName => {
            code_before_name(view, value).or_else(|| code_behind_name(view, value)).unwrap_or(plain)
        }
        _ => plain,
    };
    let is_new_or_same =
        view.draft.department.fact(content).is_none_or(|known| view.text(known) == view.text(&fact.value));
    Some(DepartmentFact { is_new_or_same, ..fact })
}

/// `[036]交通运输局`: none where no code stands before the name, or another than is known.
fn code_before_name(view: &View<'_>, value: &CellPiece) -> Option<DepartmentFact> {
    let text = view.text(value);
    let signs = |sign: char| {
        matches!(sign, '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）' | '-' | '—') || sign.is_whitespace()
    };
    let inner = text.trim_start_matches(signs);
    let start = text.len() - inner.len();
    let length = inner.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(inner.len());
    let name = inner[length..].trim_start_matches(signs);
    // 12345热线中心 is a name.
    let is_parted = start + length + name.len() < text.len();
    if view.at.has_code_column
        || length < 3
        || !is_parted
        || !name.starts_with(char::is_alphabetic)
        || name.starts_with('年')
    {
        return None;
    }
    let code = value.part(text, start..start + length);
    let name = value.part(text, text.len() - name.len()..text.len());
    if is_other_code(view, &code) {
        return None;
    }
    let between = start + length..text.len() - view.text(&name).len();
    let furniture = vec![value.part(text, 0..start), value.part(text, between)];
    Some(DepartmentFact { value: name, code: Some(code), furniture, is_new_or_same: true })
}

/// `交通运输局 036`, `交通运输局（036001）`: none where nothing parts the code from the name.
fn code_behind_name(view: &View<'_>, value: &CellPiece) -> Option<DepartmentFact> {
    let text = view.text(value);
    let inner = text.trim_end_matches(|sign: char| matches!(sign, ']' | '】' | ')' | '）') || sign.is_whitespace());
    let digits = inner.len() - inner.trim_end_matches(|sign: char| sign.is_ascii_digit()).len();
    let name = inner[..inner.len() - digits].trim_end_matches(|sign: char| {
        matches!(sign, '[' | '【' | '(' | '（' | '-' | '—' | '/') || sign.is_whitespace()
    });
    let is_parted = name.len() + digits < inner.len();
    if view.at.has_code_column || digits < 3 || !is_parted || !name.ends_with(char::is_alphabetic) {
        return None;
    }
    let code = value.part(text, inner.len() - digits..inner.len());
    let furniture = vec![value.part(text, name.len()..inner.len() - digits), value.part(text, inner.len()..text.len())];
    let name = value.part(text, 0..name.len());
    (!is_other_code(view, &code)).then_some(DepartmentFact {
        value: name,
        code: Some(code),
        furniture,
        is_new_or_same: true,
    })
}

/// Whether another code of the department is known.
fn is_other_code(view: &View<'_>, code: &CellPiece) -> bool {
    view.draft.department.code.as_ref().is_some_and(|known| view.text(known) != view.text(code))
}
