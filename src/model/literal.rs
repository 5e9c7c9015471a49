//! Texts as the language writes them: prose of several sentences as a text block with one sentence a line.

use std::fmt::Write;

use super::text::unblock;
use crate::syntax::three_quotes;
use crate::syntax::vocabulary::quoted;

/// A text as a token that stands on a line of a depth: a text block where it holds several sentences, else in quotes.
pub fn literal(text: &str, depth: usize) -> String {
    block(text, depth).unwrap_or_else(|| quoted(text))
}

/// The text as a block; none where it is one sentence, or holds what no block can hold.
pub fn block(text: &str, depth: usize) -> Option<String> {
    let sentences = sentences(text);
    let fits = |line: &&str| three_quotes(line).is_none() && !line.contains("\"\"\"");
    if sentences.len() < 2 || text.contains('\r') || !sentences.iter().all(fits) {
        return None;
    }
    let indent = " ".repeat((depth + 1) * 2);
    let mut block = "\"\"\"\n".to_owned();
    for line in sentences {
        if line.is_empty() {
            block.push('\n');
        } else {
            let _ = writeln!(block, "{indent}{line}");
        }
    }
    block = block + &indent + "\"\"\"";
    // Invariant: a block reads back as the text, sign by sign; blanks at the ends of lines, for instance, do not.
    (unblock(&block) == text).then_some(block)
}

/// The sentences of a text, with an empty line between paragraphs.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    for (index, paragraph) in text.split('\n').enumerate() {
        if index > 0 {
            lines.push("");
        }
        let mut start = 0;
        for (offset, sign) in paragraph.char_indices() {
            let end = offset + sign.len_utf8();
            let rest = &paragraph[end..];
            if matches!(sign, '。' | '！' | '？' | '；')
                && !rest.is_empty()
                && !rest.starts_with(['”', '’', '）', '》', '」', ' ', '\u{3000}'])
            {
                lines.push(&paragraph[start..end]);
                start = end;
            }
        }
        lines.push(&paragraph[start..]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_sentences_make_a_block_and_one_stays_in_quotes() {
        assert_eq!(literal("甲。", 0), "\"甲。\"");
        assert_eq!(literal("甲。乙（丙。）丁。", 1), "\"\"\"\n    甲。\n    乙（丙。）丁。\n    \"\"\"");
        assert_eq!(literal("甲\n乙", 0), "\"\"\"\n  甲\n\n  乙\n  \"\"\"");
        assert_eq!(literal("甲。 \n\n乙", 0), "\"甲。 \\n\\n乙\"");
    }
}
