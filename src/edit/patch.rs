//! Edits that are made together: told where they would meet, made, and taken back.

use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::source::{FileId, Sources, Span};

/// Edits of any files, in the order of places. No two of them meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    edits: Vec<Edit>,
}

/// Two edits that cannot both be made as they were meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// In what way they meet.
    pub kind: ConflictKind,
    /// The one that starts first.
    pub first: Edit,
    /// The one that starts second.
    pub second: Edit,
}

/// How two edits meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Both replace some of the same signs.
    Overlap,
    /// Both are about the same place: which comes first, or which holds, nobody has said.
    SamePlace,
    /// One is about what the other removes.
    InsideRemoved,
}

impl Patch {
    /// # Errors
    /// Every pair of edits that meet.
    pub fn new(mut edits: Vec<Edit>) -> Result<Self, Vec<Conflict>> {
        edits.retain(|edit| edit.span.start < edit.span.end || !edit.text.is_empty());
        edits.sort_by_key(|edit| edit.span);
        let mut conflicts = Vec::new();
        for (index, first) in edits.iter().enumerate() {
            // Invariant: places are sorted by their start, so what starts behind the end meets nothing before it.
            let reached = |second: &&Edit| second.span.file == first.span.file && second.span.start <= first.span.end;
            for second in edits[index + 1..].iter().take_while(reached) {
                conflicts.extend(kind(first, second).map(|kind| Conflict {
                    kind,
                    first: first.clone(),
                    second: second.clone(),
                }));
            }
        }
        if conflicts.is_empty() { Ok(Self { edits }) } else { Err(conflicts) }
    }

    /// Edits that were thought out together: those that touch are one.
    ///
    /// # Errors
    /// Every pair of edits that meet.
    pub fn touching(mut edits: Vec<Edit>) -> Result<Self, Vec<Conflict>> {
        edits.sort_by_key(|edit| edit.span);
        let mut apart: Vec<Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            match apart.last_mut() {
                Some(last) if last.span.file == edit.span.file && last.span.end == edit.span.start => {
                    last.span.end = edit.span.end;
                    last.text += &edit.text;
                }
                _ => apart.push(edit),
            }
        }
        Self::new(apart)
    }

    /// Of edits that meet the first in the text, and what it left out.
    pub fn first_come(mut edits: Vec<Edit>) -> (Self, Vec<Conflict>) {
        let mut left_out = Vec::new();
        loop {
            match Self::new(edits.clone()) {
                Ok(patch) => return (patch, left_out),
                Err(mut conflicts) => {
                    let conflict = conflicts.swap_remove(0);
                    let index = edits.iter().rposition(|edit| *edit == conflict.second).unwrap_or_default();
                    edits.remove(index);
                    left_out.push(conflict);
                }
            }
        }
    }

    /// Patches of the same texts as one.
    ///
    /// # Errors
    /// Every pair of edits that meet.
    pub fn join(patches: impl IntoIterator<Item = Patch>) -> Result<Self, Vec<Conflict>> {
        Self::new(patches.into_iter().flat_map(|patch| patch.edits).collect())
    }

    /// By their places, none over another.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// The edits, by their places.
    pub fn into_edits(self) -> Vec<Edit> {
        self.edits
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The new texts of the files that change.
    pub fn apply(&self, sources: &Sources) -> BTreeMap<FileId, String> {
        let in_file = |edits: &[Edit]| (edits[0].span.file, made(&sources.get(edits[0].span.file).text, edits));
        self.by_file().map(in_file).collect()
    }

    /// What takes it back: a patch of the new texts that gives the old ones, sign by sign.
    #[must_use]
    pub fn inverse(&self, sources: &Sources) -> Self {
        let mut edits = Vec::with_capacity(self.edits.len());
        for of_file in self.by_file() {
            let (mut old_end, mut new_end) = (0, 0);
            for edit in of_file {
                let Span { file, .. } = edit.span;
                let start = new_end + edit.span.start as usize - old_end;
                (old_end, new_end) = (edit.span.end as usize, start + edit.text.len());
                let text = sources.slice(edit.span).to_owned();
                edits.push(Edit { span: Span::new(file, start, new_end), text });
            }
        }
        // Invariant: what did not meet in one text does not meet in the other.
        Self { edits }
    }

    /// Where a byte that no edit touches comes to stand.
    pub fn moved(&self, file: FileId, offset: usize) -> usize {
        self.moves().offset(file, offset)
    }

    /// Where places come to stand, for many of them.
    pub fn moves(&self) -> PatchMoves {
        let mut ends: Vec<MovedEnd> = Vec::with_capacity(self.edits.len());
        for Edit { span, text } in &self.edits {
            let before = ends.last().filter(|last| last.file == span.file);
            let (removed, added) = before.map_or((0, 0), |last| (last.removed, last.added));
            ends.push(MovedEnd {
                file: span.file,
                end: span.end as usize,
                removed: removed + span.range().len(),
                added: added + text.len(),
            });
        }
        PatchMoves { ends }
    }

    fn by_file(&self) -> impl Iterator<Item = &[Edit]> {
        self.edits.chunk_by(|one, other| one.span.file == other.span.file)
    }
}

/// Where the places of the old texts stand in the new ones.
#[derive(Clone, Debug)]
pub struct PatchMoves {
    /// Invariant: in the order of places, as edits do not meet.
    ends: Vec<MovedEnd>,
}

/// The end of an edit, and the bytes that all edits of its file up to it removed and added.
#[derive(Clone, Copy, Debug)]
struct MovedEnd {
    file: FileId,
    end: usize,
    removed: usize,
    added: usize,
}

impl PatchMoves {
    /// Where a byte that no edit touches comes to stand.
    fn offset(&self, file: FileId, offset: usize) -> usize {
        let count = self.ends.partition_point(|one| (one.file, one.end) <= (file, offset));
        let last = self.ends[..count].last().filter(|last| last.file == file);
        last.map_or(offset, |last| offset - last.removed + last.added)
    }

    /// Where a place comes to stand whose ends no edit runs over.
    #[must_use]
    pub fn span(&self, Span { file, start, end }: Span) -> Span {
        let start = self.offset(file, start as usize);
        Span::new(file, start, self.offset(file, end as usize).max(start))
    }
}

/// How two edits meet, of which the first starts no later. Neighbours that only touch do not.
fn kind(first: &Edit, second: &Edit) -> Option<ConflictKind> {
    let (one, other) = (first.span, second.span);
    if one == other {
        return Some(ConflictKind::SamePlace);
    }
    if other.start >= one.end || other.end <= one.start {
        return None;
    }
    let removes = |outer: &Edit, inner: Span| {
        outer.text.is_empty() && outer.span.start <= inner.start && inner.end <= outer.span.end
    };
    let is_inside = removes(first, other) || removes(second, one);
    Some(if is_inside { ConflictKind::InsideRemoved } else { ConflictKind::Overlap })
}

/// A text with edits made that do not meet, in the order of places.
fn made(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.text.len()).sum::<usize>());
    let mut end = 0;
    for edit in edits {
        out += &text[end..edit.span.start as usize];
        out += &edit.text;
        end = edit.span.end as usize;
    }
    out + &text[end..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_that_meet_are_told_and_others_are_made_and_taken_back() {
        let mut sources = Sources::default();
        let file = sources.add("甲", "一二三四");
        let edit = |start, end, text: &str| Edit { span: Span::new(file, start, end), text: text.to_owned() };
        let kinds = |edits: &[Edit]| -> Vec<ConflictKind> {
            let conflicts = Patch::new(edits.to_vec()).err().unwrap_or_default();
            conflicts.into_iter().map(|conflict| conflict.kind).collect()
        };
        assert_eq!(kinds(&[edit(0, 6, "甲"), edit(3, 9, "乙")]), [ConflictKind::Overlap]);
        assert_eq!(kinds(&[edit(3, 3, "甲"), edit(3, 3, "甲")]), [ConflictKind::SamePlace]);
        assert_eq!(kinds(&[edit(0, 9, ""), edit(3, 6, "乙")]), [ConflictKind::InsideRemoved]);
        assert_eq!(kinds(&[edit(0, 3, ""), edit(0, 9, "")]), [ConflictKind::InsideRemoved]);
        assert_eq!(kinds(&[edit(0, 3, "甲"), edit(3, 3, "+"), edit(3, 6, "乙")]), []);
        assert_eq!(kinds(&[edit(0, 12, ""), edit(3, 3, "+"), edit(6, 9, "丙")]), [ConflictKind::InsideRemoved; 2]);

        let patch = Patch::new(vec![edit(9, 12, ""), edit(0, 0, "零"), edit(3, 6, "2两")]).expect("apart");
        let new = patch.apply(&sources);
        assert_eq!(new[&file], "零一2两三");
        let mut after = Sources::default();
        after.add("甲", new[&file].as_str());
        assert_eq!(patch.inverse(&sources).apply(&after)[&file], "一二三四");
    }
}
