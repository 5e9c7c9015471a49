//! DocxFields: of what lies between their marks only the result is shown. Form fields show what was chosen in them.

use std::mem::take;

use super::looks::is_on;
use crate::import::read::xml::XmlElement;

/// The fields that are open, the innermost last.
#[derive(Default)]
pub struct DocxFields {
    open: Vec<ComplexField>,
    /// How many of them are still in their code.
    codes: usize,
}

#[derive(Default)]
struct ComplexField {
    is_result: bool,
    has_words: bool,
    code: String,
    /// Words in the code, such as the results of fields in it.
    words: String,
    form: Option<DocxFormField>,
}

enum DocxFormField {
    DropDown { chosen: Option<usize>, usual: usize, entries: Vec<String> },
    CheckBox { is_checked: Option<bool>, usual: bool },
}

/// What a field leaves behind when it ends.
pub enum FieldEnd {
    /// Its result has been read, or it has none.
    Nothing,
    /// What a form field shows.
    Shown(String),
    /// The code of a formula that is drawn, and has no result.
    Drawn(String),
}

/// The signs of a code that are kept to tell of it.
const CODE: usize = 200;

impl DocxFields {
    /// Whether words are shown here.
    pub fn is_shown(&self) -> bool {
        self.codes == 0
    }

    pub fn count(&self) -> usize {
        self.open.len()
    }

    /// Takes the mark of a field: of its begin, its result or its end.
    pub fn mark(&mut self, kind: &str) -> FieldEnd {
        match kind {
            "begin" => {
                self.open.push(ComplexField::default());
                self.codes += 1;
            }
            "separate" => {
                if let Some(field) = self.open.last_mut().filter(|field| !field.is_result) {
                    field.is_result = true;
                    self.codes -= 1;
                }
            }
            "end" => {
                if let Some(field) = self.pop() {
                    return field.shown();
                }
            }
            _ => {}
        }
        FieldEnd::Nothing
    }

    pub fn code(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.code.len() < CODE) {
            field.code.extend(text.chars().take(CODE));
        }
    }

    /// Takes note of words that are read here.
    pub fn words(&mut self, text: &str) {
        let is_shown = self.is_shown();
        let Some(field) = self.open.last_mut() else { return };
        field.has_words |= !text.trim().is_empty();
        if !is_shown {
            field.words.push_str(text);
        }
    }

    /// Begins a form field of the innermost field.
    pub fn begin_form(&mut self, name: &str) {
        let form = match name {
            "ddList" => DocxFormField::DropDown { chosen: None, usual: 0, entries: Vec::new() },
            "checkBox" => DocxFormField::CheckBox { is_checked: None, usual: false },
            _ => return,
        };
        if let Some(field) = self.open.last_mut() {
            field.form = Some(form);
        }
    }

    pub fn form_property(&mut self, element: &XmlElement) {
        let value = element.attribute("val");
        match (element.name(), self.open.last_mut().and_then(|field| field.form.as_mut())) {
            ("result", Some(DocxFormField::DropDown { chosen, .. })) => *chosen = element.number("val"),
            ("default", Some(DocxFormField::DropDown { usual, .. })) => {
                *usual = element.number("val").unwrap_or_default();
            }
            ("listEntry", Some(DocxFormField::DropDown { entries, .. })) => {
                entries.push(value.unwrap_or_default().into_owned());
            }
            ("checked", Some(DocxFormField::CheckBox { is_checked, .. })) => {
                *is_checked = Some(value.as_deref().is_none_or(is_on));
            }
            ("default", Some(DocxFormField::CheckBox { usual, .. })) => *usual = value.as_deref().is_none_or(is_on),
            (_, _) => {}
        }
    }

    /// Ends all but the outer `count` fields, which have no end of their own. The words that are not shown by it.
    pub fn end_beyond(&mut self, count: usize) -> Option<String> {
        let mut words = String::new();
        while self.open.len() > count {
            if let Some(field) = self.pop() {
                words.insert_str(0, &field.words);
            }
        }
        (!words.trim().is_empty()).then_some(words)
    }

    fn pop(&mut self) -> Option<ComplexField> {
        let field = self.open.pop()?;
        self.codes -= usize::from(!field.is_result);
        Some(field)
    }
}

impl ComplexField {
    fn shown(mut self) -> FieldEnd {
        if self.has_words && self.is_result {
            return FieldEnd::Nothing;
        }
        match &mut self.form {
            Some(DocxFormField::DropDown { chosen, usual, entries }) => entries
                .get_mut(chosen.unwrap_or(*usual))
                .map_or(FieldEnd::Nothing, |entry| FieldEnd::Shown(take(entry))),
            Some(DocxFormField::CheckBox { is_checked, usual }) => {
                FieldEnd::Shown(box_sign(is_checked.unwrap_or(*usual)).to_owned())
            }
            None => {
                let code = self.code.trim();
                let is_drawn = code.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("eq "));
                if is_drawn { FieldEnd::Drawn(code.to_owned()) } else { FieldEnd::Nothing }
            }
        }
    }
}

/// A box that is ticked, or not.
pub fn box_sign(is_checked: bool) -> &'static str {
    if is_checked { "☑" } else { "☐" }
}
