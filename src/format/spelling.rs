//! One spelling for what means the same: heads of statements, their labels and values.
//!
//! What the values of a field are (`Takes`) decides which signs may be respelt: a full-width percent sign is a unit after a
//! number, and a name after `符号`. Where values are not what the field takes, they stay as they are.

use std::ops::Range;

use super::words::{self, EXTENDS, Pair, QUALITATIVE, SYMBOLS, YES_OR_NO, translated};
use crate::diagnostic::Language;
use crate::model::target::Comparator;
use crate::model::unit::blank_before;
use crate::model::{literal, number, text};
use crate::syntax::vocabulary::{self, BECOMES, Block, Field, INDICATOR, KEYWORDS, Takes, is_bare_name, quoted};
use crate::syntax::{Bytes, Node, Part, StatementKind, Value, ValueKind, unit_after};

/// How words are to be written.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    /// The language of labels and keywords; none for the author's.
    pub keywords: Option<Language>,
}

/// Where a text may become a text block: on a line of its own at a depth.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Lines { depth: usize },
    OneLine,
}

impl Spelling {
    /// A word of the language as it is to be written.
    fn word<'a>(self, written: &'a str, pairs: &[Pair]) -> &'a str {
        translated(written, pairs, self.keywords).unwrap_or(written)
    }

    /// The head of a declaration or of an indicator, without its block.
    pub fn head(self, node: Node<'_>) -> String {
        let values = node.values();
        let mut head = vec![self.word(node.label_text(), &words::keywords()).to_owned()];
        match node.kind() {
            StatementKind::Department | StatementKind::Project => {
                head.extend(values.iter().map(|value| name(node, *value, None)));
            }
            StatementKind::Standard => self.standard_head(node, &mut head),
            StatementKind::Occasion => head.extend(self.measured(node, values, Zeros::Dropped)),
            StatementKind::Indicator => {
                head.extend(self.indicator(node, values));
            }
            StatementKind::Field => head.extend(values.iter().map(|value| node.slice(value.bytes).to_owned())),
        }
        head.join(" ")
    }

    /// Category, name and target.
    fn indicator(self, node: Node<'_>, values: &[Value]) -> Vec<String> {
        let [category, called, target @ ..] = values else { return Vec::new() };
        let mut spelt = vec![category_path(node.slice(category.bytes)), name(node, *called, None)];
        spelt.extend(self.measured(node, target, Zeros::Dropped));
        spelt
    }

    fn standard_head(self, node: Node<'_>, head: &mut Vec<String>) {
        for (index, value) in node.values().iter().enumerate() {
            if value.kind == ValueKind::Extends {
                let before = &node.text[..value.bytes.start as usize];
                let before =
                    before.trim_end_matches(|sign| crate::syntax::is_blank(sign) || matches!(sign, ':' | '：'));
                let word = if before.ends_with(EXTENDS.1) { EXTENDS.1 } else { EXTENDS.0 };
                head.push(self.word(word, &[EXTENDS]).to_owned());
            }
            let is_title = index > 0 && value.kind == ValueKind::Quoted;
            head.push(if is_title { half_width_quotes(node.slice(value.bytes)) } else { name(node, *value, None) });
        }
    }

    /// A field in a block: its label and its values.
    pub fn part(self, node: Node<'_>, part: Part<'_>, block: Block, room: Room) -> String {
        let written = node.slice(part.label);
        let field = vocabulary::field(block, written);
        let label = match field {
            Some(field) => self.word(written, &[(field.name, field.english)]).to_owned(),
            None => free_label(node, part.label, block),
        };
        let values = match field {
            Some(field) if takes(field, part.values) => self.values(node, part.values, field, room),
            None => self.unknown_values(node, part.values, block, room),
            Some(_) => vec![node.slice(whole(part.values)).to_owned()],
        };
        let values = values.iter().filter(|value| !value.is_empty()).map(String::as_str);
        std::iter::once(label.as_str()).chain(values).collect::<Vec<_>>().join(" ")
    }

    fn values(self, node: Node<'_>, values: &[Value], field: Field, room: Room) -> Vec<String> {
        let last = values.len().saturating_sub(1);
        let each = |spell: &dyn Fn(usize, Value) -> String| {
            values.iter().enumerate().map(|(index, value)| spell(index, *value)).collect::<Vec<_>>()
        };
        let chosen = |index: usize, value: Value| self.chosen(node, value, field, index);
        let prose = |index: usize, value: Value| {
            let room = if index == last { room } else { Room::OneLine };
            prose(node, value, field.block, room)
        };
        match field.takes {
            Takes::Nothing
            | Takes::WholeNumber
            | Takes::Number
            | Takes::Date
            | Takes::Period
            | Takes::Amount
            | Takes::Target
            | Takes::Range
            | Takes::Quantity
            | Takes::Reached
            | Takes::Points => self.measured(node, values, Zeros::Dropped),
            Takes::Indicator => self.indicator(node, values),
            Takes::Subject | Takes::Scored => {
                let (first, rest) = values.split_at(values.len().min(1));
                let about = first.iter().map(|value| match field.takes {
                    Takes::Scored => category_path(node.slice(value.bytes)),
                    _ => subject(node, *value),
                });
                about.chain(self.measured(node, rest, Zeros::Dropped)).collect()
            }
            Takes::Text => each(&prose),
            Takes::Name | Takes::Names => each(&chosen),
            Takes::NameAndText | Takes::KindedText => each(&|index, value| {
                if index < last || field.takes == Takes::NameAndText && last == 0 {
                    chosen(index, value)
                } else {
                    self.text_or_choice(node, value, field, index, &prose)
                }
            }),
            Takes::NameAndTexts => each(&|index, value| {
                if index == 0 { chosen(index, value) } else { self.text_or_choice(node, value, field, index, &prose) }
            }),
            Takes::Cells => each(&|index, value| match value.kind {
                ValueKind::Number | ValueKind::Times => {
                    self.measured(node, std::slice::from_ref(&value), Zeros::Dropped).join(" ")
                }
                ValueKind::Date => date(node.slice(value.bytes)),
                _ => self.text_or_choice(node, value, field, index, &prose),
            }),
            Takes::Path if field.block == Block::SubGoal => each(&|_, value| reference(node, value)),
            Takes::Path => each(&|_, value| self.field_path(node.slice(value.bytes))),
            Takes::CodeAndName => code_and_name(node, values, field.block),
            Takes::Labelled => {
                let (first, rest) = values.split_at(values.len().min(1));
                let mut spelt: Vec<String> = first
                    .iter()
                    .map(|value| match value.kind {
                        ValueKind::Date => date(node.slice(value.bytes)),
                        _ => name(node, *value, Some(field.block)),
                    })
                    .collect();
                spelt.extend(self.measured(node, rest, Zeros::Dropped));
                spelt
            }
        }
    }

    /// A name, or a word out of those that the field offers.
    fn chosen(self, node: Node<'_>, value: Value, field: Field, index: usize) -> String {
        let spelt = name(node, value, Some(field.block));
        self.word(&spelt, &words::choices(field, index)).to_owned()
    }

    /// A text; where the field offers words at its place, one of them.
    fn text_or_choice(
        self,
        node: Node<'_>,
        value: Value,
        field: Field,
        index: usize,
        prose: &dyn Fn(usize, Value) -> String,
    ) -> String {
        let choices = words::choices(field, index);
        match translated(node.slice(value.bytes), &choices, self.keywords) {
            Some(word) => word.to_owned(),
            None => prose(index, value),
        }
    }

    /// A field of the standard, or a label out of its names; what it takes is not known here.
    fn unknown_values(self, node: Node<'_>, values: &[Value], block: Block, room: Room) -> Vec<String> {
        match values {
            [value] if matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock) => {
                vec![prose(node, *value, block, room)]
            }
            [value] if value.kind == ValueKind::Date => vec![date(node.slice(value.bytes))],
            [first, ..] if first.kind == ValueKind::Number => self.measured(node, values, Zeros::Kept),
            [] => Vec::new(),
            _ => vec![node.slice(whole(values)).to_owned()],
        }
    }

    /// Values of targets and amounts: a unit joins its number, all else stands apart.
    fn measured(self, node: Node<'_>, values: &[Value], zeros: Zeros) -> Vec<String> {
        let mut spelt = Vec::new();
        let mut rest = values;
        let mut scale = Vec::new();
        while let [value, after @ ..] = rest {
            let token = node.slice(value.bytes);
            rest = after;
            spelt.push(match value.kind {
                ValueKind::Number => {
                    let (unit, after) = unit_after(node, rest);
                    rest = after;
                    let unit = if unit.is_empty() { String::new() } else { half_width_unit(node.slice(whole(unit))) };
                    let blank = blank_before(&unit);
                    format!("{}{blank}{unit}", half_width_number(token, zeros))
                }
                ValueKind::Comparator => Comparator::read(token).sign().to_owned(),
                ValueKind::RangeSign => "..".to_owned(),
                ValueKind::Times => "×".to_owned(),
                ValueKind::Plus => if matches!(token, "+" | "＋") { "+" } else { "-" }.to_owned(),
                ValueKind::Date => date(token),
                ValueKind::Quoted => half_width_quotes(token),
                ValueKind::TextBlock => quoted(&text::unblock(token)),
                ValueKind::Qualitative => self.word(token, &[QUALITATIVE]).to_owned(),
                ValueKind::YesOrNo => self.word(token, &YES_OR_NO).to_owned(),
                ValueKind::Path => self.target_word(token, value, values),
                ValueKind::Becomes => self.becomes(node).to_owned(),
                ValueKind::ScaleGrade => {
                    scale.push(token);
                    continue;
                }
                ValueKind::Code | ValueKind::Multiplier | ValueKind::Unit | ValueKind::Extends | ValueKind::Grade => {
                    token.to_owned()
                }
            });
        }
        if !scale.is_empty() {
            spelt.push(format!("{{ {} }}", scale.join(" ")));
        }
        spelt
    }

    /// The word for the sign of a change, in the language of the line.
    fn becomes(self, node: Node<'_>) -> &'static str {
        let is_english = match self.keywords {
            Some(language) => language == Language::English,
            None => node.label_text().is_ascii(),
        };
        if is_english { BECOMES.1 } else { BECOMES.0 }
    }

    /// A word in a target: what it refers to after a comparator, or how it starts.
    fn target_word(self, token: &str, value: &Value, values: &[Value]) -> String {
        let index = values.iter().position(|one| one == value).unwrap_or(0);
        let follows = |kind| index.checked_sub(1).is_some_and(|before| values[before].kind == kind);
        let word = if follows(ValueKind::Comparator) {
            self.word(token, &SYMBOLS)
        } else if index == 0 && values.len() == 1 {
            self.word(token, &YES_OR_NO)
        } else {
            self.word(token, &words::said_of_the_year())
        };
        word.to_owned()
    }

    /// `项目.主管部门` in a standard: the word before the point says what has the field.
    fn field_path(self, token: &str) -> String {
        let pairs = [Block::Department, Block::Project, Block::Indicator].map(Block::word);
        match token.split_once(['.', '．']) {
            Some((block, name)) if words::keywords().iter().any(|pair| pair.0 == block || pair.1 == block) => {
                format!("{}.{name}", self.word(block, &pairs))
            }
            _ => token.to_owned(),
        }
    }
}

/// Whether zeros before a whole number go. They stay where the digits may be a code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zeros {
    Kept,
    Dropped,
}

/// All of some values, as written.
fn whole(values: &[Value]) -> Bytes {
    let start = values.first().map_or(0, |value| value.bytes.start);
    Bytes { start, end: values.last().map_or(start, |value| value.bytes.end) }
}

/// Whether values are what a field takes, as far as their kinds say.
fn takes(field: Field, values: &[Value]) -> bool {
    let is_text = |value: &Value| {
        matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock | ValueKind::Path | ValueKind::Code)
    };
    let is_name = |value: &Value| {
        matches!(value.kind, ValueKind::Quoted | ValueKind::Path | ValueKind::Code | ValueKind::Date | ValueKind::Unit)
    };
    let is_number = |value: &Value| value.kind == ValueKind::Number;
    let is_measured = |value: &Value| {
        is_number(value)
            || matches!(value.kind, ValueKind::Comparator | ValueKind::Multiplier | ValueKind::Unit | ValueKind::Path)
    };
    match (field.takes, values) {
        (Takes::Nothing, values) => values.is_empty(),
        (Takes::Name, [value]) => is_name(value),
        (Takes::Path, [value]) => matches!(value.kind, ValueKind::Path | ValueKind::Quoted),
        (Takes::WholeNumber | Takes::Number, [value]) => is_number(value),
        (Takes::Date, [value]) => value.kind == ValueKind::Date,
        (Takes::Period, [first, _, last]) => [first, last].iter().all(|value| value.kind == ValueKind::Date),
        (Takes::Amount | Takes::Quantity | Takes::Range | Takes::Points, [first, ..]) => is_number(first),
        (Takes::Target | Takes::CodeAndName | Takes::Reached, [_, ..]) | (Takes::Indicator, [_, _, _, ..]) => true,
        (Takes::Subject | Takes::Scored, [first, ..]) => matches!(first.kind, ValueKind::Path | ValueKind::Quoted),
        (Takes::Text | Takes::NameAndText | Takes::KindedText, [value]) => is_name(value) || is_text(value),
        (Takes::NameAndText | Takes::KindedText, [first, second]) => {
            is_name(first) && (is_text(second) || is_name(second))
        }
        (Takes::NameAndTexts, [first, rest @ ..]) => {
            is_name(first) && rest.iter().all(|one| is_text(one) || is_name(one))
        }
        (Takes::Cells, [first, ..]) => is_name(first) || is_text(first),
        (Takes::Names, values) => values.iter().all(is_name),
        (Takes::Labelled, [first, rest @ ..]) => is_name(first) && rest.iter().all(is_measured),
        _ => values.is_empty(),
    }
}

/// A name, bare where it can be. In a block a bare name must not be the label of a field.
fn name(node: Node<'_>, value: Value, block: Option<Block>) -> String {
    let token = node.slice(value.bytes);
    let is_quoted = matches!(value.kind, ValueKind::Quoted | ValueKind::Extends) && starts_with_quote(token);
    if !is_quoted {
        return token.to_owned();
    }
    let (content, unknown) = text::unquote(token);
    let is_label =
        block.is_some_and(|block| block == Block::WeightScheme || vocabulary::field(block, &content).is_some());
    if unknown.is_none() && !is_label && is_bare_name(&content) { content } else { half_width_quotes(token) }
}

/// A text: as a text block where it holds several sentences and there is room for lines.
fn prose(node: Node<'_>, value: Value, block: Block, room: Room) -> String {
    let token = node.slice(value.bytes);
    let has_prose = matches!(block, Block::Department | Block::SubGoal | Block::Project | Block::Indicator);
    match (value.kind, room) {
        (ValueKind::TextBlock, Room::Lines { depth }) => literal::literal(&text::unblock(token), depth),
        (ValueKind::TextBlock, Room::OneLine) => quoted(&text::unblock(token)),
        (ValueKind::Quoted, Room::Lines { depth }) if has_prose => {
            let (content, unknown) = text::unquote(token);
            let block = literal::block(&content, depth).filter(|_| unknown.is_none());
            block.unwrap_or_else(|| half_width_quotes(token))
        }
        (ValueKind::Quoted, _) => half_width_quotes(token),
        _ => token.to_owned(),
    }
}

/// A label that is no word of the language: bare where it cannot be taken for one.
fn free_label(node: Node<'_>, label: Bytes, block: Block) -> String {
    let token = node.slice(label);
    if !starts_with_quote(token) {
        let is_date = token.starts_with(|sign: char| sign.is_numeric());
        return if is_date && block == Block::Plan { date(token) } else { token.to_owned() };
    }
    let (content, unknown) = text::unquote(token);
    let is_word = [INDICATOR.0, INDICATOR.1].contains(&content.as_str())
        || KEYWORDS.iter().any(|(_, chinese, english)| *chinese == content || *english == content)
        || Block::ALL.iter().any(|block| vocabulary::field(*block, &content).is_some());
    if unknown.is_none() && !is_word && is_bare_name(&content) { content } else { half_width_quotes(token) }
}

/// `434001 示例局`: a code is what no blank parts, sign by sign.
fn code_and_name(node: Node<'_>, values: &[Value], block: Block) -> Vec<String> {
    let joined = values.windows(2).take_while(|pair| pair[0].bytes.end == pair[1].bytes.start).count();
    let (code, called) = values.split_at((joined + 1).min(values.len()));
    let mut spelt = vec![node.slice(whole(code)).to_owned()];
    match called {
        [] => {}
        [only] => spelt.push(name(node, *only, Some(block))),
        several => spelt.push(node.slice(whole(several)).to_owned()),
    }
    spelt
}

/// `项目.指标` of a reference: each part bare where it can be.
fn reference(node: Node<'_>, value: Value) -> String {
    if value.kind == ValueKind::Quoted {
        return name(node, value, None);
    }
    let spell = |part: &str| {
        let (content, unknown) = text::unquote(part);
        if !starts_with_quote(part) || unknown.is_none() && is_bare_name(&content) {
            content
        } else {
            half_width_quotes(part)
        }
    };
    path_parts(node.slice(value.bytes)).into_iter().map(spell).collect::<Vec<_>>().join(".")
}

/// What a line of the year is about. The department is written without quotes; a project of that name keeps them.
fn subject(node: Node<'_>, value: Value) -> String {
    let spelt = reference(node, value);
    let is_own = |part: &str| vocabulary::is_one_of(part, &[Block::Department.word()]);
    let first = path_parts(&spelt).first().is_some_and(|first| is_own(first));
    if first && starts_with_quote(node.slice(value.bytes)) { half_width_quotes(node.slice(value.bytes)) } else { spelt }
}

/// `产出指标.数量指标`: quotes mean nothing in a category.
fn category_path(token: &str) -> String {
    let spell = |part: &str| {
        let inside = &part[text::inside_quotes(part)];
        if is_bare_name(inside) { inside.to_owned() } else { part.to_owned() }
    };
    path_parts(token).into_iter().map(spell).collect::<Vec<_>>().join(".")
}

/// The parts of a path, at the points outside quotes.
pub(super) fn path_parts(token: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut closing) = (0, None);
    let mut signs = token.char_indices();
    while let Some((offset, sign)) = signs.next() {
        match (sign, closing) {
            ('\\', Some(_)) => {
                signs.next();
            }
            (sign, Some(close)) if sign == close => closing = None,
            ('"' | '＂', None) => closing = Some(sign),
            ('“', None) => closing = Some('”'),
            ('.' | '．', None) => {
                parts.push(&token[start..offset]);
                start = offset + sign.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&token[start..]);
    parts
}

fn starts_with_quote(token: &str) -> bool {
    token.starts_with(['"', '“', '”', '＂'])
}

/// A text in straight quotes, unless it holds one: no sign inside it changes.
fn half_width_quotes(token: &str) -> String {
    let body = &token[text::inside_quotes(token)];
    if token.starts_with('"') || body.contains('"') { token.to_owned() } else { format!("\"{body}\"") }
}

fn half_width_digit(sign: char) -> char {
    match sign {
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        '．' => '.',
        '－' | '−' => '-',
        '＋' => '+',
        _ => sign,
    }
}

/// A number without separators; its scale stays.
fn half_width_number(token: &str, zeros: Zeros) -> String {
    let plain: String = token.chars().filter(|sign| !matches!(sign, '_' | ',' | '，')).map(half_width_digit).collect();
    if zeros == Zeros::Kept || number::decimal(token).is_none() {
        return plain;
    }
    let digits: Range<usize> = plain.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0)..plain.len();
    let (sign, digits) = (&plain[..digits.start], &plain[digits]);
    let whole_digits = digits.find('.').unwrap_or(digits.len());
    let dropped = digits.bytes().take(whole_digits.saturating_sub(1)).take_while(|digit| *digit == b'0').count();
    format!("{sign}{}", &digits[dropped..])
}

fn date(token: &str) -> String {
    token.chars().map(half_width_digit).collect()
}

/// A unit after a number, without blanks.
fn half_width_unit(written: &str) -> String {
    let half = |sign: char| match sign {
        '％' => '%',
        '／' => '/',
        '０'..='９' => half_width_digit(sign),
        _ => sign,
    };
    written.chars().filter(|sign| !sign.is_whitespace()).map(half).collect()
}
