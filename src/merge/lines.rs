//! Three texts cut into lines or sentences: what each side changed, and where both did.

use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// A stretch of the result.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stretch<'a> {
    Clean(Vec<&'a str>),
    Conflict { ours: Vec<&'a str>, base: Vec<&'a str>, theirs: Vec<&'a str> },
}

/// What two changes that touch, but do not overlap, are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Touching {
    /// Two changes, made one after the other: sentences, comments.
    Apart,
    /// One conflict, as git sees it: lines whose structure nobody knows.
    Together,
}

/// One side's change: the base's pieces, and what stands there now.
struct Hunk<'a> {
    base: Range<usize>,
    now: Vec<&'a str>,
}

/// Merges pieces three ways.
pub(super) fn merge<'a>(
    base: &[&'a str],
    ours: &[&'a str],
    theirs: &[&'a str],
    touching: Touching,
) -> Vec<Stretch<'a>> {
    let (left, right) = (changes(base, ours), changes(base, theirs));
    let mut stretches = Vec::new();
    let (mut next_left, mut next_right, mut position) = (0, 0, 0);
    while let Some(mut group) = first(&left, next_left, &right, next_right) {
        let (from_left, from_right) = (next_left, next_right);
        next_left += usize::from(left.get(next_left).is_some_and(|change| change.base == group));
        if next_left == from_left {
            next_right += 1;
        }
        loop {
            let meets = |change: &Hunk<'_>| meet(&change.base, &group, touching);
            if let Some(change) = left.get(next_left).filter(|change| meets(change)) {
                group = group.start.min(change.base.start)..group.end.max(change.base.end);
                next_left += 1;
            } else if let Some(change) = right.get(next_right).filter(|change| meets(change)) {
                group = group.start.min(change.base.start)..group.end.max(change.base.end);
                next_right += 1;
            } else {
                break;
            }
        }
        stretches.push(Stretch::Clean(base[position..group.start].to_vec()));
        let (left, right) = (&left[from_left..next_left], &right[from_right..next_right]);
        let (one, other) = (applied(base, &group, left), applied(base, &group, right));
        stretches.push(if right.is_empty() || one == other {
            Stretch::Clean(one)
        } else if left.is_empty() {
            Stretch::Clean(other)
        } else {
            Stretch::Conflict { ours: one, base: base[group.clone()].to_vec(), theirs: other }
        });
        position = group.end;
    }
    stretches.push(Stretch::Clean(base[position..].to_vec()));
    stretches
}

/// The merged pieces where nothing conflicts.
pub(super) fn merge_clean<'a>(base: &[&'a str], ours: &[&'a str], theirs: &[&'a str]) -> Option<Vec<&'a str>> {
    let mut merged = Vec::new();
    for stretch in merge(base, ours, theirs, Touching::Apart) {
        match stretch {
            Stretch::Clean(pieces) => merged.extend(pieces),
            Stretch::Conflict { .. } => return None,
        }
    }
    Some(merged)
}

/// The merged pieces; where both sides changed the same, first ours, then what only they have.
pub(super) fn merge_both<'a>(base: &[&'a str], ours: &[&'a str], theirs: &[&'a str]) -> Vec<&'a str> {
    let mut merged = Vec::new();
    for stretch in merge(base, ours, theirs, Touching::Apart) {
        match stretch {
            Stretch::Clean(pieces) => merged.extend(pieces),
            Stretch::Conflict { ours, theirs, .. } => {
                let more: Vec<&str> = theirs.into_iter().filter(|piece| !ours.contains(piece)).collect();
                merged.extend(ours.into_iter().chain(more));
            }
        }
    }
    merged
}

/// The lines of a text, each with its end.
pub(super) fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn changes<'a>(base: &[&'a str], side: &[&'a str]) -> Vec<Hunk<'a>> {
    let mut changes: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in capture_diff_slices(Algorithm::RawMyers, base, side) {
        let (tag, old, new) = op.as_tag_tuple();
        if tag == DiffTag::Equal {
            continue;
        }
        match changes.last_mut() {
            Some((base, now)) if base.end == old.start && now.end == new.start => {
                (base.end, now.end) = (old.end, new.end);
            }
            _ => changes.push((old, new)),
        }
    }
    changes.into_iter().map(|(base, now)| Hunk { base, now: side[now].to_vec() }).collect()
}

/// The base's range of the change that comes first.
fn first(left: &[Hunk<'_>], next_left: usize, right: &[Hunk<'_>], next_right: usize) -> Option<Range<usize>> {
    let place = |change: &Hunk<'_>| (change.base.start, change.base.end);
    match (left.get(next_left), right.get(next_right)) {
        (Some(one), Some(other)) => Some(if place(one) <= place(other) { &one.base } else { &other.base }.clone()),
        (Some(one), None) | (None, Some(one)) => Some(one.base.clone()),
        (None, None) => None,
    }
}

fn meet(one: &Range<usize>, other: &Range<usize>, touching: Touching) -> bool {
    let overlap = one.start < other.end && other.start < one.end;
    let touch = one.start <= other.end && other.start <= one.end;
    let inside = |point: &Range<usize>, range: &Range<usize>| {
        point.is_empty() && range.start < point.start && point.start < range.end
    };
    let same_point = one.is_empty() && other.is_empty() && one.start == other.start;
    overlap || same_point || inside(one, other) || inside(other, one) || touching == Touching::Together && touch
}

/// What one side has where the base has a range.
fn applied<'a>(base: &[&'a str], range: &Range<usize>, changes: &[Hunk<'a>]) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut position = range.start;
    for change in changes {
        pieces.extend(&base[position..change.base.start]);
        pieces.extend(&change.now);
        position = change.base.end;
    }
    pieces.extend(&base[position..range.end]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merged(base: &str, ours: &str, theirs: &str, touching: Touching) -> String {
        let cut = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let leak = |text: &str| -> &'static str { Box::leak(text.to_owned().into_boxed_str()) };
        let stretches = merge(&cut(leak(base)), &cut(leak(ours)), &cut(leak(theirs)), touching);
        let shown = stretches.into_iter().map(|stretch| match stretch {
            Stretch::Clean(pieces) => pieces.join(" "),
            Stretch::Conflict { ours, theirs, .. } => format!("<{}|{}>", ours.join(" "), theirs.join(" ")),
        });
        shown.filter(|one| !one.is_empty()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn changes_that_touch_are_two_or_one_as_asked() {
        assert_eq!(merged("a b c d", "A b c d", "a b c D", Touching::Together), "A b c D");
        assert_eq!(merged("a b c", "A b c", "a B c", Touching::Apart), "A B c");
        assert_eq!(merged("a b c", "A b c", "a B c", Touching::Together), "<A b|a B> c");
        assert_eq!(merged("a b", "a X b", "a Y b", Touching::Apart), "a <X|Y> b");
        assert_eq!(merged("a b", "a X b", "a X b", Touching::Apart), "a X b");
        assert_eq!(merged("a b c", "a c", "a B c", Touching::Apart), "a <|B> c");
        assert_eq!(merged("a b", "a B", "a b c", Touching::Apart), "a B c");
    }
}
