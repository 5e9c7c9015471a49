//! Making the fixes that diagnostics carry.

use std::collections::BTreeMap;

use super::{Diagnostic, Edit, Safety};
use crate::source::{FileId, Sources};

/// What a round of fixing gives: the new texts of the files it changes, and how many findings it mended.
#[derive(Debug, Default)]
pub struct Fixed {
    /// Of the files that change, whole.
    pub texts: BTreeMap<FileId, String>,
    /// How many findings were mended.
    pub count: usize,
}

/// Makes every fix that is safe, and the suggested ones where they are wanted. Of fixes that touch the same place the
/// first is made and the others wait: run again after a new check.
pub fn apply<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>, sources: &Sources, with_suggested: bool) -> Fixed {
    let mut taken: BTreeMap<FileId, BTreeMap<(u32, u32), &Edit>> = BTreeMap::new();
    let mut count = 0;
    let fixes = diagnostics.filter_map(|diagnostic| diagnostic.fix.as_ref());
    for fix in fixes.filter(|fix| with_suggested || fix.safety == Safety::Safe) {
        let is_free = |edit: &Edit| taken.get(&edit.span.file).is_none_or(|edits| !overlaps(edits, edit));
        if !fix.edits.iter().all(is_free) {
            continue;
        }
        count += 1;
        for edit in &fix.edits {
            taken.entry(edit.span.file).or_default().insert((edit.span.start, edit.span.end), edit);
        }
    }
    let texts = taken.into_iter().map(|(file, edits)| (file, rewrite(&sources.get(file).text, &edits))).collect();
    Fixed { texts, count }
}

/// Whether an edit touches one of those taken, which do not touch each other.
fn overlaps(taken: &BTreeMap<(u32, u32), &Edit>, edit: &Edit) -> bool {
    let after = taken.range((edit.span.start, 0)..).next();
    let before = taken.range(..(edit.span.start, 0)).next_back();
    after.is_some_and(|((start, _), _)| *start <= edit.span.end)
        || before.is_some_and(|((_, end), _)| *end >= edit.span.start)
}

fn rewrite(text: &str, edits: &BTreeMap<(u32, u32), &Edit>) -> String {
    let mut rewritten = String::with_capacity(text.len());
    let mut end = 0;
    for edit in edits.values() {
        rewritten += &text[end..edit.span.start as usize];
        rewritten += &edit.text;
        end = edit.span.end as usize;
    }
    rewritten + &text[end..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Text};
    use crate::source::Span;

    #[test]
    fn the_first_of_two_that_touch_is_made_and_a_fix_is_made_whole_or_not_at_all() {
        let mut sources = Sources::default();
        let file = sources.add("甲", "一二三四");
        let finding = |edits: &[(usize, usize, &str)], safety| {
            let edits = edits
                .iter()
                .map(|(start, end, text)| Edit { span: Span::new(file, *start, *end), text: (*text).to_owned() });
            Diagnostic::without_place(Code::JX001, Text::same("")).edits(Text::same(""), safety, edits.collect())
        };
        let found = [
            finding(&[(0, 3, "1"), (9, 12, "4")], Safety::Safe),
            finding(&[(3, 6, "2"), (9, 12, "5")], Safety::Safe),
            finding(&[(6, 6, "+")], Safety::Suggested),
        ];
        let fixed = apply(found.iter(), &sources, false);
        assert_eq!((fixed.count, fixed.texts[&file].as_str()), (1, "1二三4"));
        let fixed = apply(found.iter(), &sources, true);
        assert_eq!((fixed.count, fixed.texts[&file].as_str()), (2, "1二+三4"));
    }
}
