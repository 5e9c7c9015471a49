//! What several blocks of a standard hold: words out of a table, the document behind a rule, how sure it is.

use super::super::read::{self, FieldEntry};
use super::Citation;
use crate::diagnostic::{Code, Diagnostic, texts};

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
