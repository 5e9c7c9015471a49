//! Byte offsets to lines and columns, in logarithmic time.

use std::ops::Range;

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
}

impl LineIndex {
    /// Finds all line starts of a text.
    pub fn new(text: &str) -> Self {
        Self { starts: std::iter::once(0).chain(starts_after(text.as_bytes(), 0..text.len())).collect() }
    }

    /// Follows a change of the text. Only what changed is looked at.
    pub fn follow(&mut self, change: &TextChange) {
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
        let column = text[start..offset].chars().filter(|&sign| sign != '\u{FEFF}').count();
        Location { line: line_index as u32 + 1, column: column as u32 + 1 }
    }
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
}
