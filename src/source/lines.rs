//! Byte offsets to lines and columns, in logarithmic time.

use std::ops::Range;
use std::sync::OnceLock;

use super::TextChange;

/// A line and a column, both counted from one. The column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// From one.
    pub line: u32,
    /// In characters, from one.
    pub column: u32,
}

/// The byte at which each line starts. LF, CRLF and a lone CR each end a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// The signs before each stretch of [`STRETCH`] bytes, once a long line was asked for.
    signs: OnceLock<Vec<u32>>,
}

/// A line of so many bytes and more is not counted through for each place in it.
const STRETCH: usize = 4096;

impl LineIndex {
    /// Finds all line starts of a text.
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(starts_after(text.as_bytes(), 0..text.len())).collect();
        Self { starts, signs: OnceLock::new() }
    }

    /// Follows a change of the text. Only what changed is looked at.
    pub fn follow(&mut self, change: &TextChange) {
        self.signs = OnceLock::new();
        // A line end just before may have become one half of CRLF.
        let first = self.line_index(change.start.saturating_sub(1) as u32);
        let behind = self.starts.partition_point(|start| *start as usize <= change.old_end);
        let from = self.starts[first] as usize;
        let new: Vec<u32> = starts_after(change.new.as_bytes(), from..change.new_end).collect();
        for start in &mut self.starts[behind..] {
            *start = change.after(*start as usize) as u32;
        }
        self.starts.splice(first + 1..behind.max(first + 1), new);
    }

    /// The 0-based index of the line that holds the byte.
    pub fn line_index(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The byte at which a line starts; the last line's end for an index past it.
    pub fn start(&self, line_index: usize) -> Option<u32> {
        self.starts.get(line_index).copied()
    }

    /// The line and column of a byte; the end for one behind it.
    pub fn location(&self, text: &str, offset: u32) -> Location {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line_index = self.line_index(offset as u32);
        let start = self.starts[line_index] as usize;
        let bytes = text.as_bytes();
        let column = if offset - start < STRETCH {
            signs(bytes, start..offset)
        } else {
            let known = self.signs.get_or_init(|| signs_before(bytes));
            let before =
                |place: usize| known[place / STRETCH] as usize + signs(bytes, place / STRETCH * STRETCH..place);
            before(offset) - before(start)
        };
        Location { line: line_index as u32 + 1, column: column as u32 + 1 }
    }
}

/// How many signs begin in a range, without marks of the byte order.
fn signs(bytes: &[u8], range: Range<usize>) -> usize {
    let begins = |at: &usize| bytes[*at] & 0xC0 != 0x80 && !bytes[*at..].starts_with("\u{FEFF}".as_bytes());
    range.filter(begins).count()
}

/// The signs before each stretch, and those of the whole.
fn signs_before(bytes: &[u8]) -> Vec<u32> {
    let ends = (0..=bytes.len() / STRETCH).map(|stretch| stretch * STRETCH);
    let mut count = 0;
    let mut last = 0;
    let counted = ends.map(|end| {
        count += signs(bytes, last..end) as u32;
        last = end;
        count
    });
    counted.collect()
}

/// Where lines start after the line ends in a range.
fn starts_after(bytes: &[u8], range: Range<usize>) -> impl Iterator<Item = u32> {
    let ends_line = |index: usize| match bytes[index] {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    range.filter(move |&index| ends_line(index)).map(|index| index as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_every_line_end_counts_once() {
        let text = "一二\r\n三\r四\n\n五";
        let lines = LineIndex::new(text);
        let at = |offset| {
            let Location { line, column } = lines.location(text, offset);
            (line, column)
        };
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 2));
        assert_eq!(at(8), (2, 1));
        assert_eq!(at(12), (3, 1));
        assert_eq!(at(16), (4, 1));
        assert_eq!(at(17), (5, 1));
        assert_eq!(at(999), (5, 2));
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_a_short_one() {
        let text = format!("一\n{}", "长a\u{FEFF}二".repeat(3000));
        let lines = LineIndex::new(&text);
        for (offset, _) in text.char_indices().skip(2).step_by(371) {
            let column = text[4..offset].chars().filter(|sign| *sign != '\u{FEFF}').count() as u32 + 1;
            assert_eq!(lines.location(&text, offset as u32), Location { line: 2, column }, "{offset}");
        }
    }
}
