//! Bytes to positions and back, in the units that client and server agreed on.
//!
//! A line ends as the protocol says: after LF, CRLF or a lone CR, as in [`LineIndex`]. A position out of range means the
//! nearest one that is in it.

use std::ops::Range;

use lsp_types::{Position, PositionEncodingKind};

use crate::source::LineIndex;

/// What the columns of a position count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits.
    Utf16,
}

impl Encoding {
    /// Bytes, where a client offers them; else what every client knows.
    pub fn agreed(offered: Option<&[PositionEncodingKind]>) -> Self {
        match offered {
            Some(offered) if offered.contains(&PositionEncodingKind::UTF8) => Self::Utf8,
            _ => Self::Utf16,
        }
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.encode_utf16().count(),
        }
    }
}

/// The position of a byte.
pub fn position(text: &str, lines: &LineIndex, encoding: Encoding, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let line = lines.line_index(offset as u32);
    let start = lines.start(line).map_or(0, |start| start as usize);
    Position { line: line as u32, character: encoding.length(&text[start..offset]) as u32 }
}

/// The byte of a position; inside a sign, the byte where it starts.
pub fn offset(text: &str, lines: &LineIndex, encoding: Encoding, position: Position) -> usize {
    let Some(start) = lines.start(position.line as usize) else { return text.len() };
    let start = start as usize;
    let end = lines.start(position.line as usize + 1).map_or(text.len(), |end| end as usize);
    let line = text[start..end].trim_end_matches(['\n', '\r']);
    let wanted = position.character as usize;
    let mut units = 0;
    for (offset, sign) in line.char_indices() {
        units += match encoding {
            Encoding::Utf8 => sign.len_utf8(),
            Encoding::Utf16 => sign.len_utf16(),
        };
        if units > wanted {
            return start + offset;
        }
    }
    start + line.len()
}

/// The bytes of a range; empty where it ends before it starts.
pub fn bytes(text: &str, lines: &LineIndex, encoding: Encoding, range: lsp_types::Range) -> Range<usize> {
    let start = offset(text, lines, encoding, range.start);
    start..offset(text, lines, encoding, range.end).max(start)
}

/// The range of some bytes.
pub fn range(text: &str, lines: &LineIndex, encoding: Encoding, bytes: Range<usize>) -> lsp_types::Range {
    lsp_types::Range {
        start: position(text, lines, encoding, bytes.start),
        end: position(text, lines, encoding, bytes.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "指标 a\r\n😀b\r最后\n";

    #[test]
    fn every_byte_comes_back_in_both_encodings() {
        let lines = LineIndex::new(TEXT);
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (byte, _) in TEXT.char_indices().chain([(TEXT.len(), ' ')]) {
                let there = position(TEXT, &lines, encoding, byte);
                // Between CR and LF there is no position of its own.
                let expected =
                    if TEXT[..byte].ends_with('\r') && TEXT[byte..].starts_with('\n') { byte - 1 } else { byte };
                assert_eq!(offset(TEXT, &lines, encoding, there), expected, "{encoding:?} {byte}");
            }
        }
    }

    #[test]
    fn columns_count_the_units_agreed_on() {
        let lines = LineIndex::new(TEXT);
        let after_emoji = TEXT.find('b').expect("b");
        assert_eq!(position(TEXT, &lines, Encoding::Utf8, after_emoji), Position::new(1, 4));
        assert_eq!(position(TEXT, &lines, Encoding::Utf16, after_emoji), Position::new(1, 2));
    }

    #[test]
    fn a_position_out_of_range_is_the_nearest_one() {
        let lines = LineIndex::new(TEXT);
        let at = |line, character| offset(TEXT, &lines, Encoding::Utf16, Position::new(line, character));
        assert_eq!(at(0, u32::MAX), "指标 a".len());
        assert_eq!(at(1, 1), at(1, 0), "inside a sign");
        assert_eq!(at(9, 0), TEXT.len());
        assert_eq!(at(u32::MAX, u32::MAX), TEXT.len());
        let backwards = lsp_types::Range { start: Position::new(2, 0), end: Position::new(0, 0) };
        assert!(bytes(TEXT, &lines, Encoding::Utf16, backwards).is_empty());
    }
}
