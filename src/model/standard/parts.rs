//! What several blocks of a standard hold: words out of a table, a name and its texts, the document behind a rule, how sure
//! it is.

use super::super::read::{self, FieldEntry, any_name, content};
use super::Citation;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::source::Span;

/// A word out of a table of words, in either language.
pub fn word_of<T: Copy>(entry: FieldEntry<'_>, table: &[(T, &str, &str)], found: &mut Vec<Diagnostic>) -> Option<T> {
    let name = read::one_name(entry, found)?;
    let meant = table.iter().find(|(_, chinese, english)| *chinese == &*name.value || *english == &*name.value);
    if meant.is_none() {
        let names: Vec<&str> = table.iter().map(|(_, chinese, _)| *chinese).collect();
        let message = texts::wrong_kind(entry.label_text(), texts::expect_one_of(names.join(" ")));
        found.push(Diagnostic::new(Code::JX401, message, name.span, texts::wrong_kind_here()));
    }
    meant.map(|(value, ..)| *value)
}

/// The document behind what a block of a standard says.
pub fn cite(citation: &mut Citation, entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) {
    citation.document = read::one_text(entry, found).map(|text| text.value.into());
}

/// How sure it is.
pub fn be_sure(citation: &mut Citation, entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) {
    citation.sureness = read::one_name(entry, found).map(|name| name.value.into());
}

/// A name, then names or texts.
pub fn name_and_texts(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<(String, Vec<String>)> {
    let name = entry.values.first().and_then(|value| any_name(entry, value));
    let Some(name) = name else {
        read::wrong_kind(entry, texts::expect_name_and_text(), found);
        return None;
    };
    let mut rest = Vec::new();
    for value in &entry.values[1..] {
        if let Some(text) = content(entry, value, found).or_else(|| any_name(entry, value)) {
            rest.push(text.value.into());
        } else {
            read::wrong_kind(entry, texts::expect_name_and_text(), found);
            return None;
        }
    }
    Some((name.value.into(), rest))
}

/// JX502: what a standard says cannot be used.
pub fn report(span: Span, reason: Text, found: &mut Vec<Diagnostic>) {
    found.push(Diagnostic::new(Code::JX502, texts::bad_standard(reason), span, texts::bad_standard_here()));
}
