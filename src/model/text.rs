//! The content of texts: quotes and escapes taken off, the lines of a text block joined.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use unicode_width::UnicodeWidthChar;

use crate::source::signs;

/// A name without the signs that file systems refuse, not longer than they take.
pub fn file_name(name: &str) -> String {
    name.chars()
        .filter(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '（' | '）' | '·'))
        .take(60)
        .collect()
}

/// The bytes between the quotes of a token: all of it where it has none, up to the end where it is not closed.
pub fn inside_quotes(token: &str) -> std::ops::Range<usize> {
    let Some(opening) = token.chars().next().filter(|sign| matches!(sign, '"' | '“' | '＂')) else {
        return 0..token.len();
    };
    let closing = if opening == '“' { '”' } else { opening };
    let start = opening.len_utf8();
    let end = token[start..].strip_suffix(closing).map_or(token.len(), |body| start + body.len());
    start..end
}

/// The content of a text in quotes, and the first escape that means nothing with its place in the token.
pub fn unquote(token: &str) -> (String, Option<(usize, String)>) {
    let body = &token[inside_quotes(token)];
    if !body.contains('\\') {
        return (body.to_owned(), None);
    }
    let mut text = String::with_capacity(body.len());
    let mut unknown = None;
    let mut rest = body;
    while let Some(position) = rest.find('\\') {
        text.push_str(&rest[..position]);
        let escape = &rest[position..];
        let sign = escape[1..].chars().next();
        let length = 1 + sign.map_or(0, char::len_utf8);
        let mut escape_length = length;
        match sign {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some(sign @ ('"' | '\\' | '“' | '”' | '＂')) => text.push(sign),
            Some('u') if unicode_escape(&escape[2..]).is_some() => {
                let (sign, hex) = unicode_escape(&escape[2..]).unwrap_or_default();
                text.push(sign);
                escape_length += hex;
            }
            _ => {
                text.push_str(&escape[..length]);
                let offset = escape.as_ptr() as usize - token.as_ptr() as usize;
                unknown.get_or_insert_with(|| (offset, escape[..length].to_owned()));
            }
        }
        rest = &escape[escape_length..];
    }
    text.push_str(rest);
    (text, unknown)
}

/// `{4E00}`: the sign and the length of the escape's braces.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let end = rest.find('}')?;
    let hex = rest[..end].strip_prefix('{')?;
    let sign = char::from_u32(u32::from_str_radix(hex, 16).ok()?)?;
    (hex.len() <= 6).then_some((sign, end + 1))
}

/// The content of a text block: one sentence a line becomes a paragraph, an empty line parts paragraphs (`\n`).
pub fn unblock(token: &str) -> String {
    let quotes = |sign: char| matches!(sign, '"' | '“' | '”' | '＂');
    let body = token.trim_start_matches(quotes);
    let body = body.trim_end_matches(quotes);
    // Lines end with LF, CRLF or CR.
    let body = if body.contains('\r') {
        Cow::Owned(body.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(body)
    };
    let mut text = String::with_capacity(body.len());
    let mut parts_paragraph = false;
    for line in body.lines() {
        let line = line.trim_matches(|sign: char| sign.is_whitespace() || sign == '\u{FEFF}');
        if line.is_empty() {
            parts_paragraph = !text.is_empty();
            continue;
        }
        if parts_paragraph {
            text.push('\n');
        } else if let (Some(before), Some(after)) = (text.chars().next_back(), line.chars().next())
            && !joins_without_blank(before, after)
        {
            text.push(' ');
        }
        text.push_str(line);
        parts_paragraph = false;
    }
    text
}

/// Nothing stands between Han characters, nor after full-width punctuation; elsewhere one blank does.
fn joins_without_blank(before: char, after: char) -> bool {
    let is_wide = |sign: char| sign.width() == Some(2) || matches!(sign, '”' | '“' | '’' | '‘' | '…' | '—');
    is_wide(before) && (is_wide(after) || !before.is_alphanumeric())
}

/// A text in 128 bits: what is equal has the same, and nothing else that anybody will meet.
pub(crate) fn hash(text: &str) -> u128 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
}

/// A text as a key for comparison: full-width letters, digits and brackets folded, and the radicals that a PDF has for Han
/// signs; blanks dropped, and what nobody sees.
pub fn key(text: &str) -> String {
    folded(text).into_owned()
}

/// The same, borrowed where there is nothing to fold.
pub fn folded(text: &str) -> Cow<'_, str> {
    // Most texts are Han signs and figures throughout, which bytes alone tell.
    let is_plain = |byte: u8| matches!(byte, 0x21..=0xC1 | 0xE4..=0xEE);
    let is_dropped = |sign: char| sign.is_whitespace() || signs::is_hidden(sign);
    if text.bytes().fold(true, |are_plain, byte| are_plain & is_plain(byte))
        || text.chars().all(|sign| !is_dropped(sign) && fold(sign) == sign)
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|sign| !is_dropped(*sign)).map(fold).collect())
}

fn fold(sign: char) -> char {
    match sign {
        '（' => '(',
        '）' => ')',
        '％' => '%',
        '／' => '/',
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
        _ => signs::radical(sign).unwrap_or(sign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_join_by_what_stands_on_both_sides() {
        assert_eq!(unblock("\"\"\"\n  甲。\n  乙\n  丙。\n\n  丁\n  \"\"\""), "甲。乙丙。\n丁");
        assert_eq!(unblock("\"\"\"\r  甲。\r  乙\r\n\r\n  丙。\r  \"\"\""), "甲。乙\n丙。");
        assert_eq!(unblock("\"\"\"\n  one\n  two\n  \"\"\""), "one two");
        assert_eq!(unblock("\"\"\"\n  办结。\n  12345 热线\n  \"\"\""), "办结。12345 热线");
    }

    #[test]
    fn a_key_is_what_a_person_reads() {
        assert_eq!(key("绩效⽬标 （２０２５）\u{200B}"), "绩效目标(2025)");
        assert_eq!(key("二级\u{AD}指标"), "二级指标");
        assert!(matches!(folded("≥90%，办结。"), Cow::Borrowed(_)));
    }

    #[test]
    fn quotes_close_by_their_own_kind_and_escapes_are_read() {
        assert_eq!(unquote("“说\"好\"”"), ("说\"好\"".to_owned(), None));
        assert_eq!(unquote(r#""a\"b\\c\n\u{4E00}""#), ("a\"b\\c\n一".to_owned(), None));
        assert_eq!(unquote(r#""a\qb""#), ("a\\qb".to_owned(), Some((2, "\\q".to_owned()))));
    }
}
