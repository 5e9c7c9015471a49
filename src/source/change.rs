//! A file gets a new text: how places in it move.

use std::ops::Range;
use std::sync::Arc;

use super::{FileId, Span, Words};

/// One stretch of a file is replaced by another; what stands around it stays.
#[derive(Clone, Debug)]
pub struct TextChange {
    /// The file that changes.
    pub file: FileId,
    /// Where the stretch starts, in both texts.
    pub start: usize,
    /// Where it ends in the old text.
    pub old_end: usize,
    /// Where it ends in the new text.
    pub new_end: usize,
    /// The whole text before.
    pub old: Arc<str>,
    /// The whole text after.
    pub new: Arc<str>,
}

impl TextChange {
    /// The change that puts another text in the place of some bytes.
    pub fn replacing(file: FileId, old: &Arc<str>, bytes: Range<usize>, text: &str) -> Self {
        let new = [&old[..bytes.start], text, &old[bytes.end..]].concat().into();
        Self { file, start: bytes.start, old_end: bytes.end, new_end: bytes.start + text.len(), old: old.clone(), new }
    }

    /// The shortest stretch in which two texts differ; none where they are the same.
    pub fn between(file: FileId, old: &Arc<str>, new: &Arc<str>) -> Option<Self> {
        let (one, other) = (old.as_bytes(), new.as_bytes());
        let mut start = common(one, other, |bytes, at, length| &bytes[at..at + length]);
        if start == one.len() && start == other.len() {
            return None;
        }
        while !old.is_char_boundary(start) || !new.is_char_boundary(start) {
            start -= 1;
        }
        let (one, other) = (&one[start..], &other[start..]);
        let mut same = common(one, other, |bytes, at, length| &bytes[bytes.len() - at - length..bytes.len() - at]);
        while !old.is_char_boundary(old.len() - same) || !new.is_char_boundary(new.len() - same) {
            same -= 1;
        }
        let (old_end, new_end) = (old.len() - same, new.len() - same);
        Some(Self { file, start, old_end, new_end, old: old.clone(), new: new.clone() })
    }

    /// Where a byte behind the stretch comes to stand.
    pub fn after(&self, offset: usize) -> usize {
        offset - self.old_end + self.new_end
    }

    /// Whether a place lies behind the stretch, or may reach over it.
    pub fn reaches(&self, span: Span) -> bool {
        span.file == self.file && span.end as usize >= self.start
    }

    /// Moves a place that lies behind the stretch.
    pub fn span(&self, span: &mut Span) {
        if self.reaches(*span) && span.start as usize >= self.old_end {
            *span = Span::new(span.file, self.after(span.start as usize), self.after(span.end as usize));
        }
    }

    /// Lets a text of the old file be one of the new.
    pub fn words(&self, words: &mut Words) {
        if Arc::ptr_eq(&words.source, &self.old) {
            words.source = self.new.clone();
            if words.start as usize >= self.old_end {
                words.start = self.after(words.start as usize) as u32;
                words.end = self.after(words.end as usize) as u32;
            }
        }
    }
}

/// How many bytes are the same from one end, compared by blocks first.
fn common<'a>(one: &'a [u8], other: &'a [u8], part: impl Fn(&'a [u8], usize, usize) -> &'a [u8]) -> usize {
    const BLOCK: usize = 4096;
    let length = one.len().min(other.len());
    let mut at = 0;
    while at + BLOCK <= length && part(one, at, BLOCK) == part(other, at, BLOCK) {
        at += BLOCK;
    }
    while at < length && part(one, at, 1) == part(other, at, 1) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::{LineIndex, Sources};
    use super::*;

    #[test]
    fn a_change_is_the_shortest_and_lines_follow_it() {
        let file = Sources::default().add("", "");
        let parts = ["", "a", "\r", "\n", "\r\n", "指标", "😀", "aa\n", "\n\r"];
        let mut texts: Vec<String> = Vec::new();
        for one in parts {
            for other in parts {
                texts.extend(parts.map(|last| format!("{one}{other}{last}")));
            }
        }
        for old in texts.iter().step_by(3) {
            for new in texts.iter().step_by(2) {
                let (old, new): (Arc<str>, Arc<str>) = (old.as_str().into(), new.as_str().into());
                let Some(change) = TextChange::between(file, &old, &new) else {
                    assert_eq!(old, new);
                    continue;
                };
                let made = [&old[..change.start], &new[change.start..change.new_end], &old[change.old_end..]].concat();
                assert_eq!(made, *new);
                let mut lines = LineIndex::new(&old);
                lines.follow(&change);
                assert_eq!(lines, LineIndex::new(&new), "{old:?} {new:?}");
            }
        }
    }
}
