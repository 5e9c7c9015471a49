//! A text as items whose pieces, one behind another, are the text again, sign by sign.
//!
//! What a piece says is compared, not how it is spelt: `15万元` is `150000元`, `10月底` is `10月31日`.
//!
//! An item is a declaration, an indicator or a field: what stands before it (blanks, comments), its head in slots, its
//! block, and the comment behind it. A declaration with mistakes is one piece.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic};
use crate::format::extents::Extents;
use crate::format::layout::inner_block;
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::target::Comparator;
use crate::model::unit::{self, Measure, Multiplier};
use crate::model::{number, text};
use crate::source::{FileId, Sources};
use crate::syntax::vocabulary::{self, BECOMES, Block, Takes};
use crate::syntax::{Bytes, Chunk, Node, StatementKind, Value, ValueKind, is_blank, parse_chunk, split, unit_after};

/// A whole text.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub items: Vec<OutlineItem>,
    /// What stands behind the last item.
    pub tail: String,
}

#[derive(Clone, Debug)]
pub(super) struct OutlineItem {
    pub kind: OutlineItemKind,
    /// What makes it the same item in another text.
    pub key: String,
    /// A weaker key: its name alone.
    pub name: String,
    pub depth: usize,
    /// From the end of what stands before to the head: blanks, line ends, comments, semicolons.
    pub lead: String,
    pub slots: Vec<HeadSlot>,
    pub block: Option<Body>,
    /// The comment behind it on its line.
    pub trail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OutlineItemKind {
    Declaration,
    Indicator,
    Field,
    /// A declaration with mistakes, in one slot.
    Opaque,
}

/// A part of a head that changes on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeadSlot {
    pub role: SlotRole,
    /// The blanks before it.
    pub gap: String,
    pub text: String,
    /// What it says, however it is spelt; the content of a text.
    pub meaning: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SlotRole {
    Label,
    Code,
    Category,
    Name,
    Target,
    Value,
    /// A text in quotes or a text block.
    Prose,
}

#[derive(Clone, Debug)]
pub(super) struct Body {
    /// From the end of the head through the brace and the comment behind it.
    pub open: String,
    pub items: Vec<OutlineItem>,
    /// From the end of the last item through the closing brace.
    pub tail: String,
}

impl OutlineItem {
    /// The item as written, without what stands before it.
    pub fn written(&self) -> String {
        let mut out = self.head();
        if let Some(body) = &self.block {
            out += &body.open;
            for item in &body.items {
                out += &item.lead;
                out += &item.written();
            }
            out += &body.tail;
        }
        out + &self.trail
    }

    pub fn head(&self) -> String {
        self.slots.iter().flat_map(|slot| [slot.gap.as_str(), slot.text.as_str()]).collect()
    }

    /// What it says with all it holds and its comments: equal where two differ in layout and spelling alone.
    pub fn meaning(&self) -> String {
        let mut out = comments(&self.lead).join("\n") + "\u{1}";
        self.add_meaning(&mut out);
        out
    }

    /// What it says, comments left out: how alike two items are.
    pub fn facts(&self) -> String {
        let mut out = self.slots.iter().skip(1).map(|slot| slot.meaning.as_str()).collect::<String>();
        for item in self.block.iter().flat_map(|body| &body.items) {
            out += &item.facts();
        }
        out
    }

    fn add_meaning(&self, out: &mut String) {
        for slot in &self.slots {
            *out += &slot.meaning;
            out.push('\u{1}');
        }
        if let Some(body) = &self.block {
            *out += "{";
            *out += &comments(&body.open).join("\n");
            for item in &body.items {
                *out += &item.meaning();
            }
            *out += &comments(&body.tail).join("\n");
            *out += "}";
        }
        *out += &comments(&self.trail).join("\n");
    }

    /// The slot's text of a role.
    pub fn slot(&self, role: SlotRole) -> Option<&HeadSlot> {
        self.slots.iter().find(|slot| slot.role == role)
    }
}

/// The comments of a stretch between facts, one a line.
pub(super) fn comments(trivia: &str) -> Vec<&str> {
    let comment = |line: &'_ str| line.find(['#', '＃']).map(|start| start..line.len());
    trivia.lines().filter_map(|line| comment(line).map(|range| line[range].trim_end())).collect()
}

/// By what values are read where their texts alone do not say it.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReadBy<'s> {
    /// The year of dates without one.
    pub year: Option<u16>,
    /// Whose units they are in.
    pub standard: Option<&'s Standard>,
}

/// Reads texts that have most of their declarations in common: each is read once.
#[derive(Default)]
pub(super) struct Outlines<'t, 's> {
    known: HashMap<&'t str, OutlinedDeclaration>,
    by: ReadBy<'s>,
}

#[derive(Clone)]
struct OutlinedDeclaration {
    items: Vec<OutlineItem>,
    /// What is left behind the items.
    rest: String,
    has_mistakes: bool,
}

impl<'t, 's> Outlines<'t, 's> {
    pub(super) fn by(by: ReadBy<'s>) -> Self {
        Self { known: HashMap::new(), by }
    }

    /// The outline of a text with line feeds at the ends of its lines.
    pub(super) fn read(&mut self, text: &'t str) -> Outline {
        let file = Sources::default().add("", "");
        let Ok(chunks) = split(file, text) else {
            return Outline { items: vec![opaque(text, String::new())], tail: String::new() };
        };
        let mut outline = Outline::default();
        for chunk in &chunks {
            let piece = &text[chunk.bytes.clone()];
            let read = || declaration(file, piece, chunk, self.by);
            let OutlinedDeclaration { mut items, rest, .. } =
                if stands_alone(chunk) { self.known.entry(piece).or_insert_with(read).clone() } else { read() };
            match items.first_mut() {
                Some(first) => {
                    first.lead.insert_str(0, &std::mem::replace(&mut outline.tail, rest));
                    outline.items.append(&mut items);
                }
                None => outline.tail += &rest,
            }
        }
        outline
    }

    /// Whether a text has a mistake of syntax, conflicts left aside.
    pub(super) fn has_mistakes(&self, text: &str) -> bool {
        self.has_any(text, |_| true)
    }

    /// Whether one of its mistakes leaves something unread.
    pub(super) fn has_errors(&self, text: &str) -> bool {
        self.has_any(text, Diagnostic::is_error)
    }

    fn has_any(&self, text: &str, is_meant: impl Fn(&Diagnostic) -> bool) -> bool {
        let file = Sources::default().add("", "");
        let has_mistakes = |chunk: &Chunk| match self.known.get(&text[chunk.bytes.clone()]) {
            Some(known) if stands_alone(chunk) && !known.has_mistakes => false,
            _ => parse_chunk(file, text, chunk).1.iter().any(|one| one.code != Code::JX213 && is_meant(one)),
        };
        split(file, text).map_or(true, |chunks| chunks.iter().any(has_mistakes))
    }
}

/// Whether a declaration is read as if nothing stood around it.
fn stands_alone(chunk: &Chunk) -> bool {
    chunk.is_whole && chunk.conflicts.is_none()
}

/// The items of a chunk.
fn declaration(file: FileId, piece: &str, chunk: &Chunk, by: ReadBy<'_>) -> OutlinedDeclaration {
    let shared: Arc<str> = piece.into();
    let chunk = chunk.alone(piece);
    let (tree, found) = parse_chunk(file, &shared, &chunk);
    if found.is_empty()
        && let Some(extents) = Extents::new(&shared)
    {
        let mut reader = OutlineReader { text: &shared, extents, position: 0, by };
        let items = reader.items(tree.roots(file, &shared), None, 0);
        let rest = piece[if items.is_empty() { 0 } else { reader.position }..].to_owned();
        return OutlinedDeclaration { items, rest, has_mistakes: false };
    }
    let body = piece.trim_end_matches(['\n', '\r', ' ', '\t']);
    let key = tree
        .roots(file, &shared)
        .next()
        .filter(|root| !root.is_broken())
        .map_or_else(String::new, |root| root_key(root, by));
    let has_mistakes = found.iter().any(|one| one.code != Code::JX213);
    OutlinedDeclaration { items: vec![opaque(body, key)], rest: piece[body.len()..].to_owned(), has_mistakes }
}

fn root_key(root: Node<'_>, by: ReadBy<'_>) -> String {
    let label = label_of(root, None);
    let first = root.values().first().map_or_else(String::new, |value| meaning(root, &[*value], by));
    format!("{label}\u{1}{first}")
}

fn opaque(text: &str, key: String) -> OutlineItem {
    let slot = HeadSlot { role: SlotRole::Value, gap: String::new(), text: text.to_owned(), meaning: text.to_owned() };
    OutlineItem {
        kind: OutlineItemKind::Opaque,
        name: key.clone(),
        key,
        depth: 0,
        lead: String::new(),
        slots: vec![slot],
        block: None,
        trail: String::new(),
    }
}

struct OutlineReader<'a> {
    text: &'a str,
    extents: Extents<'a>,
    /// What stands before it is read.
    position: usize,
    by: ReadBy<'a>,
}

impl OutlineReader<'_> {
    fn items<'n>(
        &mut self,
        nodes: impl Iterator<Item = Node<'n>>,
        block: Option<Block>,
        depth: usize,
    ) -> Vec<OutlineItem> {
        nodes.map(|node| self.item(node, block, depth)).collect()
    }

    fn item(&mut self, node: Node<'_>, block: Option<Block>, depth: usize) -> OutlineItem {
        let extent = self.extents.extent(node);
        let lead = self.text[self.position..extent.start].to_owned();
        let braces = self.extents.block(node);
        let head_end =
            braces.map_or(extent.end, |(open, _)| extent.start + self.text[extent.start..open].trim_end().len());
        self.position = head_end;
        let slots = slots(node, block, head_end, self.by);
        let body = braces.map(|(open, close)| self.body(node, block, depth, (open, close)));
        let trail = self.comment_behind();
        let (key, name) = keys(node, block, &slots);
        let kind = match node.kind() {
            StatementKind::Department | StatementKind::Project | StatementKind::Standard | StatementKind::Occasion => {
                OutlineItemKind::Declaration
            }
            StatementKind::Indicator => OutlineItemKind::Indicator,
            StatementKind::Field => OutlineItemKind::Field,
        };
        OutlineItem { kind, key, name, depth, lead, slots, block: body, trail }
    }

    fn body(&mut self, node: Node<'_>, block: Option<Block>, depth: usize, (open, close): (usize, usize)) -> Body {
        let start = self.position;
        self.position = self.extents.after(open);
        self.comment_behind();
        let open = self.text[start..self.position].to_owned();
        let items = self.items(node.children(), inner_block(node, block), depth + 1);
        let end = self.extents.after(close);
        let tail = self.text[self.position..end].to_owned();
        self.position = end;
        Body { open, items, tail }
    }

    /// Reads the comment on the rest of the line, where there is nothing else.
    fn comment_behind(&mut self) -> String {
        let rest = &self.text[self.position..];
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        if !line.trim_start_matches(is_blank).starts_with(['#', '＃']) {
            return String::new();
        }
        self.position += line.len();
        line.to_owned()
    }
}

/// What a statement is the same by, and its name.
fn keys(node: Node<'_>, block: Option<Block>, slots: &[HeadSlot]) -> (String, String) {
    let said = |index: usize| slots.get(index).map_or("", |slot| slot.meaning.as_str());
    let label = said(0);
    let key = match node.kind() {
        // A file holds one department.
        StatementKind::Department => label.to_owned(),
        StatementKind::Project if said(1).is_empty() => format!("{label}\u{1}{}", said(2)),
        StatementKind::Project | StatementKind::Standard | StatementKind::Occasion => {
            format!("{label}\u{1}{}", said(1))
        }
        StatementKind::Indicator => format!("{label}\u{1}{}\u{1}{}", said(1), said(2)),
        StatementKind::Field => match block.and_then(|block| vocabulary::field(block, node.label_text())) {
            Some(field) if field.repeats => format!("{label}\u{1}{}", said(1)),
            Some(_) | None => label.to_owned(),
        },
    };
    let name = match node.kind() {
        StatementKind::Department | StatementKind::Field | StatementKind::Occasion => String::new(),
        StatementKind::Project | StatementKind::Indicator => said(2).to_owned(),
        StatementKind::Standard => said(1).to_owned(),
    };
    (key, name)
}

fn label_of(node: Node<'_>, block: Option<Block>) -> String {
    let written = node.label_text();
    let field = block.and_then(|block| vocabulary::field(block, written));
    let pairs = || vocabulary::KEYWORDS.iter().map(|(_, name, english)| (*name, *english));
    match (node.kind(), field) {
        (StatementKind::Field, Some(field)) => field.name.to_owned(),
        (StatementKind::Field, None) => half_width(&text::unquote(written).0),
        (StatementKind::Indicator, _) => vocabulary::INDICATOR.0.to_owned(),
        _ => pairs()
            .find(|(name, english)| *name == written || *english == written)
            .unwrap_or((written, ""))
            .0
            .to_owned(),
    }
}

/// The head of a statement in slots. Statements of one kind have the same slots, where they can; one that is left out is
/// empty.
fn slots(node: Node<'_>, block: Option<Block>, head_end: usize, by: ReadBy<'_>) -> Vec<HeadSlot> {
    let values = node.values();
    let label = node.statement().label;
    let field = block.and_then(|block| vocabulary::field(block, node.label_text()));
    let first = HeadSlot {
        role: SlotRole::Label,
        gap: String::new(),
        text: node.slice(label).to_owned(),
        meaning: label_of(node, block),
    };
    // The values of each slot, from the left.
    let cut: Vec<(SlotRole, usize)> = match node.kind() {
        StatementKind::Indicator => {
            vec![(SlotRole::Category, 1), (SlotRole::Name, 1), (SlotRole::Target, values.len().saturating_sub(2))]
        }
        StatementKind::Department | StatementKind::Project => {
            vec![(SlotRole::Code, values.len().saturating_sub(1)), (SlotRole::Name, 1)]
        }
        StatementKind::Standard => vec![(SlotRole::Name, 1), (SlotRole::Value, values.len().saturating_sub(1))],
        StatementKind::Occasion => vec![(SlotRole::Value, values.len())],
        StatementKind::Field => match (field.map(|field| field.takes), values.len()) {
            (Some(Takes::Subject | Takes::Scored), count) if count > 1 => {
                vec![(SlotRole::Name, 1), (SlotRole::Value, count - 1)]
            }
            (Some(Takes::CodeAndName), _) => {
                let joined = values.windows(2).take_while(|pair| pair[0].bytes.end == pair[1].bytes.start).count() + 1;
                let code = joined.min(values.len());
                vec![(SlotRole::Code, code), (SlotRole::Name, values.len() - code)]
            }
            (Some(Takes::KindedText), 1 | 2) => vec![(SlotRole::Value, values.len() - 1), (SlotRole::Prose, 1)],
            (Some(Takes::NameAndText), 2) => vec![(SlotRole::Name, 1), (SlotRole::Prose, 1)],
            // The day of an interim target, the colour of a light, the kind that a method is for.
            (Some(Takes::Labelled), count) if count > 1 => vec![(SlotRole::Name, 1), (SlotRole::Value, count - 1)],
            (Some(Takes::Names), count) if count > 1 && field.is_some_and(|field| field.repeats) => {
                vec![(SlotRole::Name, 1), (SlotRole::Value, count - 1)]
            }
            (_, 1) if matches!(values[0].kind, ValueKind::Quoted | ValueKind::TextBlock) => vec![(SlotRole::Prose, 1)],
            (_, count) => vec![(SlotRole::Value, count)],
        },
    };
    let mut slots = vec![first];
    let (mut taken, mut position) = (0, label.end as usize);
    let last = cut.len().saturating_sub(1);
    for (index, (role, count)) in cut.into_iter().enumerate() {
        let values = &values[taken..taken + count];
        taken += count;
        let start = values.first().map_or(position, |value| value.bytes.start as usize);
        let end = values.last().map_or(position, |value| value.bytes.end as usize);
        // The braces of a scale belong to its target.
        let end = if index == last { end.max(head_end) } else { end };
        let slice = |start: usize, end: usize| node.slice(Bytes { start: start as u32, end: end as u32 }).to_owned();
        slots.push(HeadSlot {
            role,
            gap: slice(position, start),
            text: slice(start, end),
            meaning: meaning(node, values, by),
        });
        position = end;
    }
    slots
}

/// What values say, however they are spelt.
fn meaning(node: Node<'_>, values: &[Value], by: ReadBy<'_>) -> String {
    let mut out = String::new();
    let mut rest = values;
    while let [value, after @ ..] = rest {
        rest = after;
        let token = node.slice(value.bytes);
        let joins = matches!(value.kind, ValueKind::Unit | ValueKind::Multiplier);
        if !out.is_empty() && !joins {
            out.push('\u{1}');
        }
        match value.kind {
            ValueKind::Number => {
                let (unit, behind) = unit_after(node, after);
                let counted = number::decimal(token).and_then(|number| amount(number, node, unit, by));
                if let Some(amount) = &counted {
                    rest = behind;
                    out += amount;
                } else {
                    out += &half_width(token);
                }
            }
            ValueKind::Date => out += &Date::read(token).map_or_else(|| half_width(token), |date| day(date, by.year)),
            ValueKind::Comparator => out += Comparator::read(token).sign(),
            ValueKind::RangeSign => out += "..",
            ValueKind::Times => out += "×",
            ValueKind::Quoted | ValueKind::Extends => out += &text::unquote(token).0,
            ValueKind::TextBlock => out += &text::unblock(token),
            ValueKind::Path => out += &token.replace(['"', '“', '”', '＂'], "").replace('．', "."),
            ValueKind::Code
            | ValueKind::Multiplier
            | ValueKind::Unit
            | ValueKind::Plus
            | ValueKind::Qualitative
            | ValueKind::Grade
            | ValueKind::ScaleGrade
            | ValueKind::YesOrNo => out += &half_width(token),
            ValueKind::Becomes => out += BECOMES.0,
        }
    }
    out
}

/// A number with the unit behind it, in the base unit where it is known: without noughts at its end.
fn amount(number: Decimal, node: Node<'_>, unit: &[Value], by: ReadBy<'_>) -> Option<String> {
    let words: String = unit.iter().map(|value| node.slice(value.bytes)).collect();
    let folded = half_width(&words);
    let (mut number, mut name) = (number, folded.as_str());
    match by.standard.and_then(|standard| Some((standard, unit::find(standard, &folded)?))) {
        Some((standard, (multiplier, Measure::Unit(known)))) => {
            let known = &standard.units[known as usize];
            number = number.checked_mul(multiplier.factor())?;
            if let Some(factor) = known.factor {
                number = number.checked_mul(factor)?;
                name = known.dimension.id();
            } else {
                name = &known.name;
            }
        }
        Some((_, (_, Measure::Compound(_)))) => {}
        None => {
            let (multiplier, rest) = Multiplier::strip(&folded);
            if !rest.is_empty() {
                number = number.checked_mul(multiplier.factor())?;
                name = rest;
            }
        }
    }
    Some(format!("{}{name}", number.normalize()))
}

/// A day, and whether it is the last of its month: of February that hangs on the year.
fn day(date: Date, year: Option<u16>) -> String {
    const LEAP: u16 = 2000;
    if let Some(year) = date.year.or(year) {
        let Day { year, month, day } = date.in_year(year);
        return format!("{year}-{month}-{day}");
    }
    let last = Date { day: None, ..date }.in_year(LEAP).day;
    match date.day.filter(|day| *day != last) {
        Some(day) => format!("{}-{day}", date.month),
        None => date.month.to_string(),
    }
}

fn half_width(token: &str) -> String {
    text::key(token).replace(['－', '−'], "-").replace('＋', "+")
}
