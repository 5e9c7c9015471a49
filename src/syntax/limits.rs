//! What is refused before anything is parsed, so that time and memory stay bounded on any bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::{FileId, Span};

/// A larger file is refused whole (JX901). A county's whole budget is below 3 MiB.
pub const MAXIMUM_FILE_BYTES: usize = 32 * 1024 * 1024;
/// Blocks nested deeper are refused before parsing (JX902), because the grammar recurses once a level.
pub const MAXIMUM_DEPTH: u32 = 64;
/// Syntax errors shown a file; the rest is counted (JX903).
pub const MAXIMUM_SYNTAX_ERRORS: usize = 50;
/// Errors of one code shown a file; the rest is counted (JX903).
pub const MAXIMUM_OF_AN_ERROR: usize = 100;
/// Findings of one rule of the field shown a file; the rest is counted (JX903).
pub const MAXIMUM_OF_A_RULE: usize = 1000;

/// The text of a file's bytes. A CR that stands alone is LF.
///
/// # Errors
/// JX901 too large, JX905 UTF-16, JX904 not UTF-8 (with the line of the first bad byte), JX906 control characters.
pub fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    let refuse = |code, message| Err(Diagnostic::without_place(code, message));
    if bytes.len() > MAXIMUM_FILE_BYTES {
        let limit = MAXIMUM_FILE_BYTES / 1024 / 1024;
        let diagnostic = Diagnostic::without_place(Code::JX901, texts::file_too_large(path, limit));
        return Err(diagnostic.help(texts::file_too_large_help()));
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let diagnostic = Diagnostic::without_place(Code::JX905, texts::utf_16(path));
        return Err(diagnostic.help(texts::save_as_utf_8()));
    }
    let text = match simdutf8::compat::from_utf8(&bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let valid = &bytes[..error.valid_up_to()];
            let line = valid.split(|&byte| byte == b'\n').count();
            let diagnostic = Diagnostic::without_place(Code::JX904, texts::not_utf_8(path, line));
            return Err(diagnostic.help(texts::save_as_utf_8()));
        }
    };
    let forbidden = |byte: &u8| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t');
    // Many bytes at once: in nearly every text there is none.
    let holds_any = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | forbidden(byte));
    if text.as_bytes().chunks(256).any(holds_any)
        && let Some(offset) = text.bytes().position(|byte| forbidden(&byte))
    {
        let line = text[..offset].bytes().filter(|&byte| byte == b'\n').count() + 1;
        let name = format!("U+{:04X}", text.as_bytes()[offset]);
        return refuse(Code::JX906, texts::control_character(path, line, name));
    }
    Ok(match with_line_feeds(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    })
}

/// The text with LF for each CR that stands alone, as programs of old wrote them: as long as it was.
pub fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let is_alone = |at: usize| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.as_bytes().contains(&b'\r') || !text.match_indices('\r').any(|(at, _)| is_alone(at)) {
        return Cow::Borrowed(text);
    }
    text.char_indices().map(|(at, sign)| if sign == '\r' && is_alone(at) { '\n' } else { sign }).collect()
}

pub(super) fn too_deep(file: FileId, offset: usize) -> Diagnostic {
    let span = Span::new(file, offset, offset + 1);
    Diagnostic::new(Code::JX902, texts::nesting_too_deep(MAXIMUM_DEPTH), span, texts::nesting_too_deep_here())
}

/// Keeps the first [`MAXIMUM_OF_AN_ERROR`] or [`MAXIMUM_OF_A_RULE`] findings of each code in a file, and says how many more
/// there are. The diagnostics are those of one file, by place.
pub fn cap_each(diagnostics: &mut Vec<Diagnostic>) {
    let mut shown: BTreeMap<Code, (usize, Span)> = BTreeMap::new();
    let most = |code: Code| if code.has_level() { MAXIMUM_OF_A_RULE } else { MAXIMUM_OF_AN_ERROR };
    diagnostics.retain(|diagnostic| {
        let Some(span) = diagnostic.span() else { return true };
        let (count, last) = shown.entry(diagnostic.code).or_insert((0, span));
        *count += 1;
        if *count <= most(diagnostic.code) {
            *last = span;
        }
        *count <= most(diagnostic.code)
    });
    let excess = shown.into_iter().filter(|(code, (count, _))| *count > most(*code));
    diagnostics.extend(excess.map(|(code, (count, last))| {
        let message = texts::too_many_of_a_code(count - most(code), code.id(), code.title());
        Diagnostic::new(Code::JX903, message, last, texts::last_shown_here())
    }));
}

/// Keeps the first [`MAXIMUM_SYNTAX_ERRORS`] syntax errors of each file and says how many were left out. The diagnostics
/// are sorted by place.
pub fn cap(diagnostics: &mut Vec<Diagnostic>) {
    let mut shown: BTreeMap<FileId, (usize, usize, Span)> = BTreeMap::new();
    diagnostics.retain(|diagnostic| {
        let Some(span) = diagnostic.span().filter(|_| diagnostic.code.is_syntax()) else { return true };
        let (count, more, last) = shown.entry(span.file).or_insert((0, 0, span));
        *count += 1;
        *more += diagnostic.more as usize;
        if *count <= MAXIMUM_SYNTAX_ERRORS {
            *last = span;
        } else {
            *more += 1;
        }
        *count <= MAXIMUM_SYNTAX_ERRORS
    });
    let excess = shown.into_values().filter(|(_, more, _)| *more > 0);
    diagnostics.extend(excess.map(|(_, more, last)| {
        let message = texts::too_many_errors(more);
        Diagnostic::new(Code::JX903, message, last, texts::last_shown_here())
    }));
}
