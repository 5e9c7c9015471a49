//! The words of the language, as the grammar knows names.

pub use crate::language::*;

/// Whether a text can be written as a bare name: a letter first, then letters, digits, `_ - · （ ）`. The grammar knows
/// fewer letters and digits than [`char::is_alphanumeric`]: `²` and `Ⅳ` are none.
pub fn is_bare_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(is_name_sign)
        && super::grammar::is_word(text)
}

/// Where what follows a label completes a name, as in `单 位 434001`: what comes behind that.
pub fn completed<'a>(name: &str, label: &str, after: &'a str) -> Option<&'a str> {
    after.strip_prefix(name.strip_prefix(label).filter(|tail| !tail.is_empty())?)
}

/// A name as the language writes it: bare where it can be, else in quotes.
pub fn written_name(name: &str) -> String {
    if is_bare_name(name) { name.to_owned() } else { quoted(name) }
}

/// Whether a text declares something, seen by its lines alone.
pub fn declares(text: &str, is_wanted: impl Fn(Keyword) -> bool) -> bool {
    text.lines().any(|line| keyword_at(line.trim_start()).is_some_and(&is_wanted))
}
