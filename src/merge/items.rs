//! Items merged piece by piece: heads by slots, blocks by their items, comments as lists.

use super::lines::{self, merge_both, merge_clean};
use super::matching::{MatchedItem, entries};
use super::outline::{Body, HeadSlot, Outline, OutlineItem, OutlineItemKind, SlotRole, comments};
use super::{LINES, stretches_to_pieces};
use crate::model::literal;
use crate::syntax::three_quotes;
use crate::syntax::vocabulary::quoted;

/// A piece of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MergedPiece {
    Text(String),
    /// Both sides of whole lines and what they began with, without the last line end.
    Conflict {
        ours: String,
        base: String,
        theirs: String,
        subject: String,
    },
}

/// A conflict inside a line: it has to be told for what stands around.
struct Wider;

/// An item of the result.
struct MergedItem {
    kind: OutlineItemKind,
    lead: String,
    /// It was the first of its block where its lead comes from.
    was_first: bool,
    pieces: Vec<MergedPiece>,
    ends_with_comment: bool,
}

/// The same stretch in the three texts.
struct Three<'a, T: ?Sized> {
    base: &'a T,
    ours: &'a T,
    theirs: &'a T,
}

impl<T: ?Sized> Clone for Three<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Three<'_, T> {}

#[derive(Default)]
pub(super) struct Merger {
    /// The items around, from the outside, by what they are and are called.
    path: Vec<(OutlineItemKind, String)>,
}

impl Merger {
    /// None where a conflict cannot be told on lines of its own.
    pub fn merge(&mut self, [base, ours, theirs]: &[Outline; 3]) -> Option<Vec<MergedPiece>> {
        let items = Three { base: &*base.items, ours: &*ours.items, theirs: &*theirs.items };
        let (mut pieces, must_break) = self.list(items, true).ok()?;
        let tail = trivia(Three { base: base.tail.as_str(), ours: &ours.tail, theirs: &theirs.tail });
        let tail = if pieces.is_empty() { tail.trim_start_matches('\n').to_owned() } else { tail };
        if must_break && !tail.is_empty() && !starts_line(&tail) {
            pieces.push(MergedPiece::Text("\n".to_owned()));
        }
        if must_break && tail.is_empty() && ours.tail.ends_with('\n') {
            pieces.push(MergedPiece::Text("\n".to_owned()));
        }
        pieces.push(MergedPiece::Text(tail));
        Some(pieces)
    }

    /// The items of a block, and whether a line must end behind them.
    fn list(&mut self, items: Three<'_, [OutlineItem]>, is_root: bool) -> Result<(Vec<MergedPiece>, bool), Wider> {
        let mut pieces: Vec<MergedPiece> = Vec::new();
        let mut must_break = false;
        let mut after_conflict = false;
        let mut is_first = true;
        for entry in entries(items.base, items.ours, items.theirs) {
            let Some(mut merged) = self.entry(entry, items) else { continue };
            let lead = placed_lead(&merged, is_first, is_root, must_break);
            if after_conflict && !starts_line(&lead) {
                return Err(Wider);
            }
            if let Some(MergedPiece::Conflict { ours, base, theirs, .. }) = merged.pieces.first_mut() {
                let line_start = lead.rfind('\n').map(|end| end + 1);
                let at = line_start.or((is_root && is_first).then_some(0)).ok_or(Wider)?;
                let (before, indent) = lead.split_at(at);
                for side in [ours, base, theirs].into_iter().filter(|side| !side.is_empty()) {
                    side.insert_str(0, indent);
                }
                pieces.push(MergedPiece::Text(before.to_owned()));
            } else {
                pieces.push(MergedPiece::Text(lead));
            }
            pieces.append(&mut merged.pieces);
            after_conflict = matches!(pieces.last(), Some(MergedPiece::Conflict { .. }));
            must_break = after_conflict || merged.ends_with_comment;
            is_first = false;
        }
        Ok((pieces, must_break))
    }

    /// An item of the result; none where it is removed.
    fn entry(&mut self, entry: MatchedItem, items: Three<'_, [OutlineItem]>) -> Option<MergedItem> {
        let base = entry.base.map(|index| &items.base[index]);
        let ours = entry.ours.map(|index| &items.ours[index]);
        let theirs = entry.theirs.map(|index| &items.theirs[index]);
        let was_first = entry.ours.or(entry.theirs) == Some(0);
        match (base, ours, theirs) {
            (_, Some(ours), Some(theirs)) => {
                let lead_of = |item: Option<&OutlineItem>| item.map_or_else(String::new, |item| item.lead.clone());
                let (b, o, t) = (lead_of(base), &ours.lead, &theirs.lead);
                let takes_theirs = o == &b && t != &b;
                let lead = trivia(Three { base: b.as_str(), ours: o, theirs: t });
                let was_first = if takes_theirs { entry.theirs == Some(0) } else { was_first };
                self.path.push((ours.kind, name_of(ours)));
                let pieces = self.item(base, ours, theirs);
                self.path.pop();
                let ends_with_comment = !ours.trail.is_empty() || !theirs.trail.is_empty();
                Some(MergedItem { kind: ours.kind, lead, was_first, pieces, ends_with_comment })
            }
            (None, Some(only), None) | (None, None, Some(only)) => Some(MergedItem {
                kind: only.kind,
                lead: only.lead.clone(),
                was_first,
                pieces: vec![MergedPiece::Text(only.written())],
                ends_with_comment: !only.trail.is_empty(),
            }),
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) if kept.meaning() == base.meaning() => None,
            (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
                self.path.push((kept.kind, name_of(kept)));
                let subject = self.subject(None);
                self.path.pop();
                let (with, without) = (kept.written(), String::new());
                let (ours, theirs) = if ours.is_some() { (with, without) } else { (without, with) };
                let pieces = vec![MergedPiece::Conflict { ours, base: base.written(), theirs, subject }];
                let (kind, lead) = (kept.kind, kept.lead.clone());
                Some(MergedItem { kind, lead, was_first, pieces, ends_with_comment: false })
            }
            (_, None, None) => None,
        }
    }

    /// An item that both sides have.
    fn item(&mut self, base: Option<&OutlineItem>, ours: &OutlineItem, theirs: &OutlineItem) -> Vec<MergedPiece> {
        let (one, other) = (ours.written(), theirs.written());
        let before = base.map(OutlineItem::written);
        if one == other || before.as_ref() == Some(&other) {
            return vec![MergedPiece::Text(one)];
        }
        if before.as_ref() == Some(&one) {
            return vec![MergedPiece::Text(other)];
        }
        if [Some(ours), Some(theirs), base].into_iter().flatten().any(|item| item.kind == OutlineItemKind::Opaque) {
            return raw(&before.unwrap_or_default(), &one, &other, &self.subject(None));
        }
        self.by_parts(base, ours, theirs).unwrap_or_else(|Wider| {
            let base = before.unwrap_or_default();
            vec![MergedPiece::Conflict { ours: one, base, theirs: other, subject: self.subject(None) }]
        })
    }

    fn by_parts(
        &mut self,
        base: Option<&OutlineItem>,
        ours: &OutlineItem,
        theirs: &OutlineItem,
    ) -> Result<Vec<MergedPiece>, Wider> {
        let head = head(base, ours, theirs);
        let trail = trivia(Three {
            base: base.map_or("", |item| item.trail.as_str()),
            ours: &ours.trail,
            theirs: &theirs.trail,
        });
        let body = self.body(base.and_then(|item| item.block.as_ref()), ours.block.as_ref(), theirs.block.as_ref())?;
        let mut pieces = Vec::new();
        let Some(role) = head.conflict else {
            pieces.push(MergedPiece::Text(head.ours));
            if let Some((open, items, closing)) = body {
                pieces.push(MergedPiece::Text(open));
                pieces.extend(items);
                pieces.push(MergedPiece::Text(closing));
            }
            pieces.push(MergedPiece::Text(trail));
            return Ok(pieces);
        };
        let subject = self.subject(Some(role));
        let Some((open, items, closing)) = body else {
            let [ours, base, theirs] = head.sides(&trail);
            return Ok(vec![MergedPiece::Conflict { ours, base, theirs, subject }]);
        };
        let follows = match items.first() {
            Some(MergedPiece::Text(text)) => starts_line(text),
            Some(MergedPiece::Conflict { .. }) => false,
            None => starts_line(&closing),
        };
        if !follows {
            return Err(Wider);
        }
        let [ours, base, theirs] = head.sides(&open);
        pieces.push(MergedPiece::Conflict { ours, base, theirs, subject });
        pieces.extend(items);
        pieces.push(MergedPiece::Text(closing + &trail));
        Ok(pieces)
    }

    /// What opens a block, its items, and what closes it; none where the result has no block.
    fn body(
        &mut self,
        base: Option<&Body>,
        ours: Option<&Body>,
        theirs: Option<&Body>,
    ) -> Result<Option<(String, Vec<MergedPiece>, String)>, Wider> {
        let Some(either) = ours.or(theirs) else { return Ok(None) };
        let items = |body: Option<&Body>| body.map_or_else(Vec::new, |body| body.items.clone());
        let (b, o, t) = (items(base), items(ours), items(theirs));
        let (pieces, must_break) = self.list(Three { base: &b, ours: &o, theirs: &t }, false)?;
        let is_wanted = if ours.is_some() == theirs.is_some() { true } else { base.is_none() };
        if pieces.is_empty() && !is_wanted {
            return Ok(None);
        }
        let (one, other) = (ours.unwrap_or(either), theirs.unwrap_or(either));
        let origin = base.unwrap_or(either);
        let open = Three { base: origin.open.as_str(), ours: &one.open, theirs: &other.open };
        let open = picked(open).unwrap_or_else(|| {
            let more: Vec<&str> = comments(open.theirs).into_iter().filter(|one| !open.ours.contains(one)).collect();
            [open.ours, &more.join(" ")].join(" ")
        });
        let inside = |body: &Body| body.tail.trim_end_matches(['}', '｝']).to_owned();
        let (b, o, t) = (inside(origin), inside(one), inside(other));
        let tail = trivia(Three { base: b.as_str(), ours: &o, theirs: &t });
        let closing = &one.tail[o.len()..];
        let must_break = must_break || pieces.is_empty() && !comments(&open).is_empty();
        if must_break && !starts_line(&tail) {
            if matches!(pieces.last(), Some(MergedPiece::Conflict { .. })) {
                return Err(Wider);
            }
            return Ok(Some((open, pieces, format!("\n{}{closing}", tail.trim_start()))));
        }
        Ok(Some((open, pieces, tail + closing)))
    }

    /// `项目.指标 字段`: what a conflict is about.
    fn subject(&self, role: Option<SlotRole>) -> String {
        let part = match role {
            Some(SlotRole::Code) => "编码",
            Some(SlotRole::Category) => "类别",
            Some(SlotRole::Name) => "名称",
            Some(SlotRole::Target) => "指标值",
            Some(SlotRole::Label | SlotRole::Value | SlotRole::Prose) | None => "",
        };
        let mut subject = String::new();
        let parts = self.path.iter().map(|(kind, name)| (*kind, name.as_str())).chain([(OutlineItemKind::Field, part)]);
        for (kind, name) in parts.filter(|(_, name)| !name.is_empty()) {
            if !subject.is_empty() {
                subject.push(if kind == OutlineItemKind::Indicator { '.' } else { ' ' });
            }
            subject += name;
        }
        subject
    }
}

/// What people call an item.
fn name_of(item: &OutlineItem) -> String {
    let said = |role| item.slot(role).map(|slot| slot.meaning.as_str()).filter(|said| !said.is_empty());
    match item.kind {
        OutlineItemKind::Declaration | OutlineItemKind::Indicator => said(SlotRole::Name).unwrap_or("").to_owned(),
        // A line of the year is known by what it is about.
        OutlineItemKind::Field => {
            let words = [SlotRole::Label, SlotRole::Name].into_iter().filter_map(said);
            words.collect::<Vec<_>>().join(" ")
        }
        OutlineItemKind::Opaque => item.key.rsplit('\u{1}').next().unwrap_or("").to_owned(),
    }
}

/// A merged head: once where nothing conflicts, else as each side has it.
struct ItemHead {
    ours: String,
    /// Empty where both sides added the item.
    base: String,
    theirs: String,
    /// The first slot that both changed.
    conflict: Option<SlotRole>,
}

impl ItemHead {
    /// The head as each text has it, with what follows it.
    fn sides(self, follows: &str) -> [String; 3] {
        [self.ours, self.base, self.theirs].map(|head| if head.is_empty() { head } else { head + follows })
    }
}

fn head(base: Option<&OutlineItem>, ours: &OutlineItem, theirs: &OutlineItem) -> ItemHead {
    let same_slots = |one: &OutlineItem, other: &OutlineItem| {
        one.slots.len() == other.slots.len()
            && one.slots.iter().zip(&other.slots).all(|(one, other)| is_same_part(one.role, other.role))
    };
    let is_regular = same_slots(ours, theirs) && base.is_none_or(|base| same_slots(base, ours));
    let whole = |item: &OutlineItem| {
        let meaning = item.slots.iter().map(|slot| slot.meaning.as_str()).collect::<Vec<_>>().join("\u{1}");
        vec![HeadSlot { role: SlotRole::Value, gap: String::new(), text: item.head(), meaning }]
    };
    let slots = |item: &OutlineItem| if is_regular { item.slots.clone() } else { whole(item) };
    let (before, one, other) = (base.map(slots), slots(ours), slots(theirs));
    let mut head = ItemHead { ours: String::new(), base: String::new(), theirs: String::new(), conflict: None };
    for (index, (one, other)) in one.iter().zip(&other).enumerate() {
        let before = before.as_ref().map(|slots| &slots[index]);
        let (mine, was, yours) = if let Some(slot) = slot(before, one, other, ours.depth) {
            (slot.clone(), before.map(|_| slot.clone()), slot)
        } else {
            head.conflict.get_or_insert(one.role);
            (one.clone(), before.cloned(), other.clone())
        };
        head.base += &was.map_or_else(String::new, |was| joined(&head.base, &was));
        head.ours += &joined(&head.ours, &mine);
        head.theirs += &joined(&head.theirs, &yours);
    }
    head
}

fn is_same_part(one: SlotRole, other: SlotRole) -> bool {
    let is_value = |role| matches!(role, SlotRole::Value | SlotRole::Prose);
    one == other || is_value(one) && is_value(other)
}

/// A slot behind what stands before it: something parts the two.
fn joined(before: &str, slot: &HeadSlot) -> String {
    let gap = if slot.gap.is_empty() && !slot.text.is_empty() && !before.is_empty() { " " } else { &slot.gap };
    format!("{gap}{}", slot.text)
}

/// One slot; none where both sides changed it differently.
fn slot(base: Option<&HeadSlot>, ours: &HeadSlot, theirs: &HeadSlot, depth: usize) -> Option<HeadSlot> {
    let said = |slot: &HeadSlot| (!slot.text.is_empty(), slot.meaning.clone());
    let Some(base) = base else {
        // Who says nothing does not say otherwise.
        return match (ours.text.is_empty(), theirs.text.is_empty()) {
            (true, false) => Some(theirs.clone()),
            (false, true) => Some(ours.clone()),
            _ => (said(ours) == said(theirs)).then(|| ours.clone()),
        };
    };
    if said(ours) == said(theirs) {
        let is_as_before = (&ours.text, &ours.gap) == (&base.text, &base.gap);
        return Some(if is_as_before { theirs } else { ours }.clone());
    }
    if said(theirs) == said(base) {
        return Some(ours.clone());
    }
    if said(ours) == said(base) {
        return Some(theirs.clone());
    }
    let is_prose = [base, ours, theirs].iter().all(|slot| slot.role == SlotRole::Prose);
    let text = if is_prose { prose(base, ours, theirs, depth)? } else { return None };
    Some(HeadSlot { text, ..ours.clone() })
}

/// A text of which each side changed other sentences.
fn prose(base: &HeadSlot, ours: &HeadSlot, theirs: &HeadSlot, depth: usize) -> Option<String> {
    let is_block = |slot: &HeadSlot| three_quotes(&slot.text).is_some();
    if is_block(base) && is_block(ours) && is_block(theirs) {
        let lines = merge_clean(&lines::lines(&base.text), &lines::lines(&ours.text), &lines::lines(&theirs.text));
        if let Some(lines) = lines {
            return Some(lines.concat());
        }
    }
    let merged =
        merge_clean(&sentences(&base.meaning), &sentences(&ours.meaning), &sentences(&theirs.meaning))?.concat();
    Some(if is_block(ours) || is_block(theirs) { literal::literal(&merged, depth) } else { quoted(&merged) })
}

fn sentences(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for (index, paragraph) in text.split('\n').enumerate() {
        if index > 0 {
            pieces.push("\n");
        }
        pieces.extend(literal::sentences(paragraph).into_iter().filter(|sentence| !sentence.is_empty()));
    }
    pieces
}

/// What stands before an item at its new place: what parts it from the item before.
fn placed_lead(item: &MergedItem, is_first: bool, is_root: bool, must_break: bool) -> String {
    let lead = &item.lead;
    let blank = lead.len() - lead.trim_start_matches('\n').len();
    if is_first {
        let keep = usize::from(!is_root);
        return if item.was_first || blank <= keep { lead.clone() } else { lead[blank - keep..].to_owned() };
    }
    let wanted = match item.kind {
        OutlineItemKind::Declaration | OutlineItemKind::Opaque => 2,
        OutlineItemKind::Indicator if lead.contains('\n') || must_break => 2,
        OutlineItemKind::Indicator | OutlineItemKind::Field => usize::from(must_break),
    };
    let is_parted = lead.contains(['\n', ';', '；']) && (!must_break || blank > 0);
    if !is_parted && wanted == 0 {
        return format!("；{}", lead.trim_start());
    }
    if item.was_first && blank < wanted || !is_parted {
        return format!("{}{}", "\n".repeat(wanted.max(1) - blank.min(wanted)), lead);
    }
    lead.clone()
}

/// Whether a text begins with the end of a line.
fn starts_line(text: &str) -> bool {
    text.trim_start_matches([' ', '\t']).starts_with('\n')
}

/// Blanks and comments; comments that both sides changed are all kept.
fn trivia(three: Three<'_, str>) -> String {
    picked(three).unwrap_or_else(|| {
        let comments = merge_both(&comments(three.base), &comments(three.ours), &comments(three.theirs));
        if !three.ours.contains('\n') && !three.theirs.contains('\n') {
            return format!(" {}", comments.join(" "));
        }
        let layout = if comments.is_empty() || three.ours.contains('\n') { three.ours } else { three.theirs };
        let before = &layout[..layout.len() - layout.trim_start_matches('\n').len()];
        let indent = layout.rfind('\n').map_or("", |end| &layout[end + 1..]);
        let indent = if indent.contains(['#', '＃']) { "" } else { indent };
        let lines: String = comments.iter().flat_map(|comment| [*comment, "\n", indent]).collect();
        format!("{before}{indent}{lines}")
    })
}

/// One of three stretches of blanks and comments, where one side alone changed the comments.
fn picked(three: Three<'_, str>) -> Option<String> {
    let (base, ours, theirs) = (comments(three.base), comments(three.ours), comments(three.theirs));
    let picked = if ours == theirs {
        if three.ours == three.base { three.theirs } else { three.ours }
    } else if theirs == base {
        three.ours
    } else if ours == base {
        three.theirs
    } else {
        return None;
    };
    Some(picked.to_owned())
}

/// A merge by lines of texts whose structure is not known. A text ends without its last line end.
pub(super) fn raw(base: &str, ours: &str, theirs: &str, subject: &str) -> Vec<MergedPiece> {
    let ends = ours.ends_with('\n');
    let whole = |text: &str| if text.is_empty() { String::new() } else { format!("{}\n", text.trim_end_matches('\n')) };
    let (base, ours, theirs) = (whole(base), whole(ours), whole(theirs));
    let merged = lines::merge(&lines::lines(&base), &lines::lines(&ours), &lines::lines(&theirs), LINES);
    let mut pieces = stretches_to_pieces(merged, subject);
    match pieces.last_mut() {
        Some(MergedPiece::Text(text)) if !ends => {
            if text.ends_with('\n') {
                text.pop();
            }
        }
        Some(MergedPiece::Conflict { .. }) if ends => pieces.push(MergedPiece::Text("\n".to_owned())),
        Some(MergedPiece::Text(_) | MergedPiece::Conflict { .. }) | None => {}
    }
    pieces
}
