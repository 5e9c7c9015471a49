//! Which item of one text is which of another, and in what order the merged items stand.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{OutlineItem, OutlineItemKind, SlotRole};
use crate::model::similarity::are_alike;

/// Renamed items are at least so alike, in percent, where they stand between the same neighbours.
const ALIKE_IN_PLACE: usize = 50;
/// The same where they stand apart.
const ALIKE_ANYWHERE: usize = 75;

/// An item of the result: its places in the three lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct MatchedItem {
    pub base: Option<usize>,
    pub ours: Option<usize>,
    pub theirs: Option<usize>,
}

/// For each item of one list its place in the other. Equal keys first, then equal names, then what is alike.
pub(super) fn matched(from: &[OutlineItem], to: &[OutlineItem]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; from.len()];
    let mut taken = vec![false; to.len()];
    // Of several with one key those that are the same in all they hold are paired first.
    let repeated = repeated_keys(from, to);
    let whole = |item: &OutlineItem| repeated.contains(item.key.as_str()).then(|| item.meaning());
    if !repeated.is_empty() {
        in_place(from, to, &mut pairs, &mut taken, whole);
    }
    by_key(from, to, &mut pairs, &mut taken, whole);
    by_key(from, to, &mut pairs, &mut taken, |item| (!item.key.is_empty()).then(|| item.key.clone()));
    by_key(from, to, &mut pairs, &mut taken, |item| (!item.name.is_empty()).then(|| item.name.clone()));
    by_likeness(from, to, &mut pairs, &mut taken);
    pairs
}

/// Pairs what stands at the same place, counted from the front or from the back.
fn in_place(
    from: &[OutlineItem],
    to: &[OutlineItem],
    pairs: &mut [Option<usize>],
    taken: &mut [bool],
    key: impl Fn(&OutlineItem) -> Option<String>,
) {
    let from_back = |index: usize| (index + to.len()).checked_sub(from.len());
    for place in [&Some as &dyn Fn(usize) -> Option<usize>, &from_back] {
        for (index, item) in from.iter().enumerate().filter(|(index, _)| pairs[*index].is_none()).collect::<Vec<_>>() {
            let other = place(index).filter(|other| *other < to.len() && !taken[*other]);
            if let (Some(other), Some(key_of_item)) = (other, key(item))
                && key(&to[other]) == Some(key_of_item)
            {
                pairs[index] = Some(other);
                taken[other] = true;
            }
        }
    }
}

fn repeated_keys<'a>(from: &'a [OutlineItem], to: &'a [OutlineItem]) -> BTreeSet<&'a str> {
    let mut repeated = BTreeSet::new();
    for list in [from, to] {
        let mut known = BTreeSet::new();
        repeated.extend(list.iter().map(|item| item.key.as_str()).filter(|key| !known.insert(*key)));
    }
    repeated
}

/// Pairs the first with the first, the second with the second of each key.
fn by_key(
    from: &[OutlineItem],
    to: &[OutlineItem],
    pairs: &mut [Option<usize>],
    taken: &mut [bool],
    key: impl Fn(&OutlineItem) -> Option<String>,
) {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, item) in to.iter().enumerate().rev().filter(|(index, _)| !taken[*index]) {
        if let Some(key) = key(item) {
            places.entry(key).or_default().push(index);
        }
    }
    for (index, item) in from.iter().enumerate() {
        let place = |key: String| places.get_mut(&key).and_then(Vec::pop);
        if pairs[index].is_none()
            && let Some(found) = key(item).and_then(place)
        {
            pairs[index] = Some(found);
            taken[found] = true;
        }
    }
}

/// Pairs what is left by how alike it is, the most alike first.
fn by_likeness(from: &[OutlineItem], to: &[OutlineItem], pairs: &mut [Option<usize>], taken: &mut [bool]) {
    let left: Vec<usize> =
        (0..from.len()).filter(|index| pairs[*index].is_none() && can_be_renamed(&from[*index])).collect();
    let free: Vec<usize> = (0..to.len()).filter(|index| !taken[*index] && can_be_renamed(&to[*index])).collect();
    if left.is_empty() || free.is_empty() || left.len() * free.len() > 10_000 {
        return;
    }
    let gaps = Gaps::new(pairs);
    let facts: Vec<String> = free.iter().map(|index| to[*index].facts()).collect();
    let mut candidates = Vec::new();
    for &one in &left {
        let own = from[one].facts();
        for (&other, facts) in free.iter().zip(&facts) {
            if from[one].kind != to[other].kind || label(&from[one]) != label(&to[other]) {
                continue;
            }
            let in_place = gaps.before(one) == gaps.before_in_other(other);
            let percent = if in_place { ALIKE_IN_PLACE } else { ALIKE_ANYWHERE };
            if let Some(similarity) = are_alike(&own, facts, percent) {
                candidates.push((std::cmp::Reverse(similarity.percent()), one, other));
            }
        }
    }
    candidates.sort_unstable();
    for (_, one, other) in candidates {
        if pairs[one].is_none() && !taken[other] {
            pairs[one] = Some(other);
            taken[other] = true;
        }
    }
}

/// Whether an item keeps its identity under another name: a field that stands once does not, its label is its name.
fn can_be_renamed(item: &OutlineItem) -> bool {
    match item.kind {
        OutlineItemKind::Declaration | OutlineItemKind::Indicator => true,
        OutlineItemKind::Field => label(item) != item.key,
        OutlineItemKind::Opaque => false,
    }
}

/// The keyword or the field of an item.
pub(super) fn label(item: &OutlineItem) -> &str {
    item.slot(SlotRole::Label).map_or("", |slot| slot.meaning.as_str())
}

/// The neighbours of items that have no pair yet.
struct Gaps {
    /// By item: the place in the other list of the nearest paired item before it.
    before: Vec<Option<usize>>,
    paired: Vec<usize>,
}

impl Gaps {
    fn new(pairs: &[Option<usize>]) -> Self {
        let mut last = None;
        let before = pairs
            .iter()
            .map(|pair| {
                last = pair.or(last);
                last
            })
            .collect();
        let mut paired: Vec<usize> = pairs.iter().flatten().copied().collect();
        paired.sort_unstable();
        Self { before, paired }
    }

    fn before(&self, index: usize) -> Option<usize> {
        self.before[index]
    }

    fn before_in_other(&self, index: usize) -> Option<usize> {
        let next = self.paired.partition_point(|place| *place < index);
        next.checked_sub(1).map(|last| self.paired[last])
    }
}

/// Every item that may stand in the result, in order. What one side moved is moved; what one side added stands behind the
/// neighbour it had there, ours first.
pub(super) fn entries(base: &[OutlineItem], ours: &[OutlineItem], theirs: &[OutlineItem]) -> Vec<MatchedItem> {
    let (to_ours, to_theirs) = (matched(base, ours), matched(base, theirs));
    let mut linked: Vec<MatchedItem> = (0..base.len())
        .map(|index| MatchedItem { base: Some(index), ours: to_ours[index], theirs: to_theirs[index] })
        .collect();
    linked.extend(added_by_both(ours, theirs, &to_ours, &to_theirs));
    let mut order = skeleton(&linked);
    let place = |pairs: Vec<(usize, MatchedItem)>| pairs.into_iter().collect::<BTreeMap<usize, MatchedItem>>();
    let by_ours = place(linked.iter().filter_map(|entry| Some((entry.ours?, *entry))).collect());
    let by_theirs = place(linked.iter().filter_map(|entry| Some((entry.theirs?, *entry))).collect());
    insert(&mut order, ours.len(), |index| {
        by_ours.get(&index).copied().unwrap_or(MatchedItem { ours: Some(index), ..MatchedItem::default() })
    });
    insert(&mut order, theirs.len(), |index| {
        by_theirs.get(&index).copied().unwrap_or(MatchedItem { theirs: Some(index), ..MatchedItem::default() })
    });
    order
}

/// What both sides have and the base has not.
fn added_by_both(
    ours: &[OutlineItem],
    theirs: &[OutlineItem],
    to_ours: &[Option<usize>],
    to_theirs: &[Option<usize>],
) -> Vec<MatchedItem> {
    let new = |count: usize, pairs: &[Option<usize>]| {
        let known: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
        (0..count).filter(|index| !known.contains(index)).collect::<Vec<_>>()
    };
    let (mine, yours) = (new(ours.len(), to_ours), new(theirs.len(), to_theirs));
    let mut both = Vec::new();
    let mut free: BTreeSet<usize> = yours.iter().copied().collect();
    // By key first; then by name, since one side may know a code, or another category, and mean the same.
    for by_name in [false, true] {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let key = |item: &'_ OutlineItem| if by_name { item.name.clone() } else { item.key.clone() };
        let known: BTreeMap<usize, String> = free.iter().map(|index| (*index, key(&theirs[*index]))).collect();
        for (&index, key) in known.iter().rev().filter(|(_, key)| !key.is_empty()) {
            places.entry(key).or_default().push(index);
        }
        for &index in &mine {
            let is_open = both.iter().all(|one: &MatchedItem| one.ours != Some(index));
            let Some(place) = places.get_mut(key(&ours[index]).as_str()).filter(|_| is_open) else { continue };
            if by_name && place.last().is_some_and(|other| are_others(&ours[index], &theirs[*other])) {
                continue;
            }
            let Some(theirs) = place.pop() else { continue };
            free.remove(&theirs);
            both.push(MatchedItem { base: None, ours: Some(index), theirs: Some(theirs) });
        }
    }
    both
}

/// Whether two items of one name are two things: of another kind, or of another code.
fn are_others(one: &OutlineItem, other: &OutlineItem) -> bool {
    let code =
        |item: &OutlineItem| item.slot(SlotRole::Code).map(|slot| slot.meaning.clone()).filter(|code| !code.is_empty());
    one.kind != other.kind
        || label(one) != label(other)
        || code(one).zip(code(other)).is_some_and(|(one, other)| one != other)
}

/// The items that both sides have, in the merged order. Of two items each text says which comes first; two of the three
/// always agree with what was changed, or with each other.
fn skeleton(linked: &[MatchedItem]) -> Vec<MatchedItem> {
    let both: Vec<MatchedItem> =
        linked.iter().filter(|entry| entry.ours.is_some() && entry.theirs.is_some()).copied().collect();
    let is_sorted = |by: fn(&MatchedItem) -> Option<usize>| both.iter().filter_map(by).is_sorted();
    let mut order = both.clone();
    let known_to_all = both.iter().all(|entry| entry.base.is_some());
    if known_to_all && is_sorted(|entry| entry.ours) {
        order.sort_by_key(|entry| entry.theirs);
    } else if known_to_all && is_sorted(|entry| entry.theirs) || both.len() > 2_000 {
        order.sort_by_key(|entry| entry.ours);
    } else {
        let comes_first = |one: &MatchedItem, other: &MatchedItem| {
            let (ours, theirs) = (one.ours < other.ours, one.theirs < other.theirs);
            let base = one.base.zip(other.base).map_or(!ours, |(one, other)| one < other);
            if ours == theirs || theirs == base { ours } else { theirs }
        };
        let wins = |one: &MatchedItem| both.iter().filter(|other| *other != one && comes_first(one, other)).count();
        order.sort_by_cached_key(|one| (std::cmp::Reverse(wins(one)), one.base, one.ours));
    }
    order
}

/// Puts the items of one side that are not in the order yet behind those that stand before them on that side.
fn insert(order: &mut Vec<MatchedItem>, count: usize, entry_of: impl Fn(usize) -> MatchedItem) {
    let mut known: BTreeSet<MatchedItem> = BTreeSet::new();
    let placed: BTreeSet<MatchedItem> = order.iter().copied().collect();
    let mut previous: Option<MatchedItem> = None;
    for index in 0..count {
        let entry = entry_of(index);
        if !placed.contains(&entry) {
            let mut place =
                previous.and_then(|one| order.iter().position(|other| *other == one)).map_or(0, |at| at + 1);
            // What the other side put behind the same neighbour stays next to it.
            while order.get(place).is_some_and(|other| is_added(other) && !known.contains(other) && is_added(&entry)) {
                place += 1;
            }
            order.insert(place, entry);
            known.insert(entry);
        }
        previous = Some(entry);
    }
}

fn is_added(entry: &MatchedItem) -> bool {
    entry.base.is_none() && (entry.ours.is_none() || entry.theirs.is_none())
}
