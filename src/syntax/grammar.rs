//! The parser that pest makes of the files in `grammar/`.

use pest::Parser;
use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "grammar/file.pest"]
#[grammar = "grammar/canonical.pest"]
#[grammar = "grammar/recovery.pest"]
#[grammar = "grammar/tokens.pest"]
pub(super) struct Grammar;

/// Whether a text is one bare name of the grammar.
pub(super) fn is_word(text: &str) -> bool {
    Grammar::parse(Rule::word, text).is_ok_and(|pairs| pairs.as_str().len() == text.len())
}
