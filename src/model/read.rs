//! Statements to typed values: which field a statement is, and what its values mean.

use rust_decimal::Decimal;

use super::calendar::Date;
use super::standard::{FieldRule, Standard};
use super::unit::{self, Dimension, Measure, Multiplier, Quantity, slip};
use super::{Text, number, text};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, Text as Message, texts};
use crate::language::{self, Block, Field, Takes};
use crate::source::{Span, Spanned, Words};
use crate::syntax::{Bytes, Node, StatementKind, Value, ValueKind, parts, second_field, unit_after, vocabulary};

/// A statement as one field: its values, and the node whose block is its block.
#[derive(Clone, Copy)]
pub(super) struct FieldEntry<'a> {
    pub node: Node<'a>,
    pub label: Bytes,
    pub values: &'a [Value],
    /// A mistake was reported in it: what is missing in it is not reported again.
    pub is_broken: bool,
}

/// Which field an entry is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Name {
    Word(Field),
    /// The index in the standard's field rules.
    Extra(usize),
    /// A label that is a name of the standard: a fund source, a checkpoint, a category.
    Free,
    Indicator,
}

impl Name {
    pub fn word(self) -> Option<Field> {
        match self {
            Name::Word(field) => Some(field),
            Name::Extra(_) | Name::Free | Name::Indicator => None,
        }
    }
}

impl<'a> FieldEntry<'a> {
    pub fn of(node: Node<'a>) -> Self {
        Self { node, label: node.statement().label, values: node.values(), is_broken: node.is_broken() }
    }

    pub fn label_text(self) -> String {
        name_words(self.node, self.label).to_string()
    }

    pub fn label_span(self) -> Span {
        self.node.span(self.label)
    }

    /// The values; where there are none, the label.
    pub fn values_span(self) -> Span {
        match (self.values.first(), self.values.last()) {
            (Some(first), Some(last)) => self.node.span(first.bytes).to(self.node.span(last.bytes)),
            _ => self.label_span(),
        }
    }

    pub fn span(self) -> Span {
        self.label_span().to(self.values_span())
    }

    pub fn slice(self, value: &Value) -> &'a str {
        self.node.slice(value.bytes)
    }

    pub fn value_span(self, value: &Value) -> Span {
        self.node.span(value.bytes)
    }
}

/// The text of a name, bare or in quotes.
pub(super) fn name_words(node: Node<'_>, bytes: Bytes) -> Words {
    let token = node.slice(bytes);
    if token.contains('\\') {
        return text::unquote(token).0.into();
    }
    let inside = text::inside_quotes(token);
    node.words(Bytes { start: bytes.start + inside.start as u32, end: bytes.start + inside.end as u32 })
}

/// Calls `each` for every field of a block, in the author's order. Reports unknown and repeated labels; a label that is
/// clearly misspelt is reported and then taken for what it was meant to be.
pub(super) fn fields<'a>(
    node: Node<'a>,
    block: Block,
    extra: &[FieldRule],
    found: &mut Vec<Diagnostic>,
    mut each: impl FnMut(Name, FieldEntry<'a>, &mut Vec<Diagnostic>),
) {
    let mut seen: Vec<(&str, Span)> = Vec::new();
    for child in node.children() {
        for entry in entries(child, block, found) {
            let Some(name) = field_name(entry, block, extra, found) else { continue };
            if !holds_block(name) {
                report_block(entry, found);
            }
            let once = match name {
                Name::Word(field) if !field.repeats => Some(field.name),
                Name::Extra(rule) => Some(extra[rule].name.as_str()),
                Name::Word(_) | Name::Free | Name::Indicator => None,
            };
            if let Some(once) = once {
                if let Some((_, first)) = seen.iter().find(|(name, _)| *name == once) {
                    let message = texts::repeated_field(once);
                    found.push(
                        Diagnostic::new(Code::JX302, message, entry.label_span(), texts::stated_again_here())
                            .label(*first, texts::stated_first_here()),
                    );
                    continue;
                }
                // Invariant: the name lives in the vocabulary or in the standard, both of which outlive the call.
                seen.push((once, entry.label_span()));
            }
            each(name, entry, found);
        }
    }
}

/// Whether braces may follow the field.
fn holds_block(name: Name) -> bool {
    match name {
        Name::Word(field) => field.inner.is_some(),
        Name::Indicator => true,
        Name::Extra(_) | Name::Free => false,
    }
}

/// JX201: what stands in braces where none belong would be lost.
fn report_block(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) {
    let first = entry.node.children().next().filter(|_| !entry.node.holds_mistake());
    if let Some(first) = first {
        let label = texts::no_block_after(entry.label_text());
        found.push(Diagnostic::new(Code::JX201, texts::unexpected_brace(), first.head_span(), label));
    }
}

/// The fields of a statement: several where braces on one line hold them, or where the line end between two was lost.
fn entries<'a>(
    node: Node<'a>,
    block: Block,
    found: &mut Vec<Diagnostic>,
) -> impl Iterator<Item = FieldEntry<'a>> + use<'a> {
    let whole = FieldEntry::of(node);
    let second = second_field(node, block).map(|(index, diagnostic)| {
        found.push(diagnostic);
        let second = FieldEntry { label: whole.values[index].bytes, values: &whole.values[index + 1..], ..whole };
        [FieldEntry { values: &whole.values[..index], ..whole }, second]
    });
    let alone = second.is_none().then(|| parts(node, block)).into_iter().flatten();
    let alone = alone.map(move |part| FieldEntry { label: part.label, values: part.values, ..whole });
    second.into_iter().flatten().chain(alone)
}

/// `用 途 "…"`, `预 算20万元`: a blank stands inside the label, and what comes behind it is a value.
fn parted_label(entry: FieldEntry<'_>, label: &str, right: &str) -> Option<Diagnostic> {
    let value = entry.values.first()?;
    let rest = vocabulary::completed(right, label, entry.slice(value))?;
    let place = Span { end: value.bytes.end, ..entry.label_span() };
    let meant = if rest.is_empty() { right.to_owned() } else { format!("{right} {rest}") };
    let message = texts::written_otherwise(&entry.node.text[place.range()], &meant);
    let diagnostic = Diagnostic::new(Code::JX214, message, place, texts::label_in_one_piece(right));
    Some(diagnostic.fix(texts::replace_by(&meant), place, meant))
}

fn field_name(entry: FieldEntry<'_>, block: Block, extra: &[FieldRule], found: &mut Vec<Diagnostic>) -> Option<Name> {
    if entry.node.kind() == StatementKind::Indicator {
        return Some(Name::Indicator);
    }
    let raw = entry.node.slice(entry.label);
    let word = language::field(block, raw);
    if let Some(field) = word.filter(|field| !field.is_sparse) {
        return Some(Name::Word(field));
    }
    let label = entry.label_text();
    let own = |rule: &FieldRule| rule.block == block && rule.kind.is_some();
    // A standard that declared a field before the language had one of that name means its own, in either language.
    let is_meant = |name: &str| name == label || word.is_some_and(|field| field.is_called(name));
    let declared = extra.iter().position(|rule| own(rule) && is_meant(&rule.name));
    if let Some(name) = declared.map(Name::Extra).or(word.map(Name::Word)) {
        return Some(name);
    }
    if block.has_free_labels() {
        return Some(Name::Free);
    }
    let (word, _) = block.word();
    // Only an indicator holds a category, a name and a target on its line.
    let (chinese, english) = language::INDICATOR;
    if block == Block::Project && entry.values.len() > 2 {
        let right = [chinese, english].into_iter().find(|name| language::is_near(&label, name));
        if let Some(right) = right {
            found.push(
                Diagnostic::new(
                    Code::JX301,
                    texts::unknown_field(&label, word),
                    entry.label_span(),
                    texts::did_you_mean(right),
                )
                .fix(texts::replace_by(right), entry.label_span(), right),
            );
            return Some(Name::Indicator);
        }
    }
    let fields = language::fields_of(block).iter().filter(|field| may_take(**field, entry));
    let names = fields.flat_map(|field| [field.name, field.english].map(|name| (name, Name::Word(*field))));
    let of_standard = extra.iter().enumerate().filter(|(_, rule)| own(rule));
    let names = names.chain(of_standard.map(|(index, rule)| (rule.name.as_str(), Name::Extra(index))));
    let meant = language::nearest(&label, names);
    let message = texts::unknown_field(&label, word);
    let diagnostic = if let Some(meant) = meant {
        let right = match meant {
            Name::Word(field) if label.is_ascii() => field.english,
            Name::Extra(rule) => extra[rule].name.as_str(),
            Name::Word(_) | Name::Free | Name::Indicator => meant.word().map_or("", |field| field.name),
        };
        let place = entry.label_span();
        if let Some(parted) = parted_label(entry, &label, right) {
            found.push(parted);
            return None;
        }
        Diagnostic::new(Code::JX301, message, place, texts::did_you_mean(right)).fix(
            texts::replace_by(right),
            place,
            right,
        )
    } else {
        let own = extra.iter().filter(|rule| own(rule)).map(|rule| rule.name.as_str());
        let names: Vec<&str> = language::fields_of(block).iter().map(|field| field.name).chain(own).collect();
        let elsewhere = [Block::Project, Block::Indicator, Block::Department].into_iter().find(|other| {
            language::field(*other, &label).is_some()
                || *other == Block::Project && [chinese, english].contains(&&*label)
        });
        let help = match elsewhere {
            Some(other) => texts::field_of_other_block(&label, other.word().0),
            None => texts::fields_are(word, names.join(" ")),
        };
        Diagnostic::new(Code::JX301, message, entry.label_span(), texts::unknown_field_here()).help(help)
    };
    if !entry.is_broken {
        found.push(diagnostic);
    }
    meant
}

/// Whether what stands behind a label can be what a field takes: `预标 2 万元 {` is no 目标.
fn may_take(field: Field, entry: FieldEntry<'_>) -> bool {
    let is_measured = match field.takes {
        Takes::WholeNumber
        | Takes::Number
        | Takes::Date
        | Takes::Period
        | Takes::Amount
        | Takes::Range
        | Takes::Quantity
        | Takes::Points => Some(true),
        Takes::Text | Takes::Name | Takes::Names | Takes::NameAndText | Takes::NameAndTexts | Takes::KindedText => {
            Some(false)
        }
        Takes::Nothing
        | Takes::Path
        | Takes::Cells
        | Takes::Target
        | Takes::CodeAndName
        | Takes::Labelled
        | Takes::Subject
        | Takes::Scored
        | Takes::Reached
        | Takes::Indicator => None,
    };
    let fits = entry.values.first().is_none_or(|first| match first.kind {
        ValueKind::Number => is_measured != Some(false),
        ValueKind::Quoted | ValueKind::TextBlock => is_measured != Some(true),
        _ => true,
    });
    fits && (field.inner.is_some() || !entry.node.statement().has_block)
}

/// Reports that a field takes something else, unless a mistake in it was reported already.
pub(super) fn wrong_kind(entry: FieldEntry<'_>, what: Message, found: &mut Vec<Diagnostic>) {
    if entry.is_broken {
        return;
    }
    let label = entry.label_text();
    let diagnostic = if entry.values.is_empty() {
        Diagnostic::new(Code::JX209, texts::missing_value(&label), entry.label_span(), texts::expected(what))
    } else {
        Diagnostic::new(Code::JX401, texts::wrong_kind(&label, what), entry.values_span(), texts::wrong_kind_here())
    };
    found.push(diagnostic);
}

/// The content of a text or a bare name.
pub(super) fn content(entry: FieldEntry<'_>, value: &Value, found: &mut Vec<Diagnostic>) -> Option<Text> {
    let token = entry.slice(value);
    let span = entry.value_span(value);
    let content: Words = match value.kind {
        ValueKind::Quoted if !token.contains('\\') => name_words(entry.node, value.bytes),
        ValueKind::Quoted => {
            let (content, unknown) = text::unquote(token);
            if let Some((offset, escape)) = unknown.filter(|_| !entry.is_broken) {
                let start = span.start as usize + offset;
                let place = Span::new(span.file, start, start + escape.len());
                let diagnostic = Diagnostic::new(Code::JX207, texts::unknown_escape(&escape), place, texts::not_here());
                found.push(diagnostic.help(texts::escapes()));
            }
            content.into()
        }
        ValueKind::TextBlock => text::unblock(token).into(),
        ValueKind::Path | ValueKind::Code => name_words(entry.node, value.bytes),
        _ => return None,
    };
    Some(Spanned::new(content, span))
}

/// A field that takes one text.
pub(super) fn one_text(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Text> {
    let text = if let [value] = entry.values { content(entry, value, found) } else { None };
    if text.is_none() {
        wrong_kind(entry, texts::expect_text(), found);
    }
    text
}

/// A field that takes one name: bare, in quotes, or a date that serves as a name.
pub(super) fn one_name(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Text> {
    let name = match entry.values {
        [value] => any_name(entry, value),
        _ => None,
    };
    if name.is_none() {
        wrong_kind(entry, texts::expect_name(), found);
    }
    name
}

/// Any token that can serve as a name.
pub(super) fn any_name(entry: FieldEntry<'_>, value: &Value) -> Option<Text> {
    let span = entry.value_span(value);
    match value.kind {
        ValueKind::Quoted | ValueKind::Path | ValueKind::Code => {
            Some(Spanned::new(name_words(entry.node, value.bytes), span))
        }
        ValueKind::Date | ValueKind::Unit | ValueKind::Grade | ValueKind::ScaleGrade => {
            Some(Spanned::new(entry.node.words(value.bytes), span))
        }
        _ => None,
    }
}

/// A code and a name: the code as it stands, up to the first token that a blank parts from it.
pub(super) fn code_and_name(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<(Text, Option<Text>)> {
    let [first, rest @ ..] = entry.values else {
        wrong_kind(entry, texts::expect_code_and_name(), found);
        return None;
    };
    let mut end = first.bytes.end;
    let mut after = rest;
    while let [next, tail @ ..] = after {
        if next.bytes.start != end {
            break;
        }
        end = next.bytes.end;
        after = tail;
    }
    let bytes = Bytes { start: first.bytes.start, end };
    let code = Spanned::new(entry.node.words(bytes), entry.node.span(bytes));
    let name = match after {
        [] => None,
        [only] => any_name(entry, only),
        [start, .., last] => {
            let bytes = Bytes { start: start.bytes.start, end: last.bytes.end };
            Some(Spanned::new(entry.node.words(bytes), entry.node.span(bytes)))
        }
    };
    Some((code, name))
}

/// A number token as a decimal; JX410 where it is too long.
pub(super) fn number_of(entry: FieldEntry<'_>, value: &Value, found: &mut Vec<Diagnostic>) -> Option<Decimal> {
    let token = entry.slice(value);
    let number = number::decimal(token);
    if number.is_none() {
        found.push(Diagnostic::new(
            Code::JX410,
            texts::number_too_long(token),
            entry.value_span(value),
            texts::number_too_long_here(),
        ));
    }
    number
}

pub(super) fn one_number(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<Decimal>> {
    match entry.values {
        [value] if value.kind == ValueKind::Number => {
            number_of(entry, value, found).map(|number| Spanned::new(number, entry.value_span(value)))
        }
        _ => {
            wrong_kind(entry, texts::expect_number(), found);
            None
        }
    }
}

pub(super) fn one_whole<T: TryFrom<u64>>(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<T>> {
    let whole = match entry.values {
        [value] if value.kind == ValueKind::Number => {
            number::whole(entry.slice(value)).map(|number| Spanned::new(number, entry.value_span(value)))
        }
        _ => None,
    };
    if whole.is_none() {
        wrong_kind(entry, texts::expect_whole_number(), found);
    }
    whole
}

/// A date token; JX212 where the calendar has no such day.
pub(super) fn date_of(entry: FieldEntry<'_>, value: &Value, found: &mut Vec<Diagnostic>) -> Option<Date> {
    let token = entry.slice(value);
    let date = Date::read(token);
    if date.is_none() {
        let span = entry.value_span(value);
        found.push(Diagnostic::new(Code::JX212, texts::bad_date(token), span, texts::bad_date_here()));
    }
    date
}

pub(super) fn one_date(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Date> {
    match entry.values {
        [value] if value.kind == ValueKind::Date => date_of(entry, value, found),
        _ => {
            wrong_kind(entry, texts::expect_date(), found);
            None
        }
    }
}

/// Reads a quantity at the start of `values`: number, multiplier where there is one, unit. Gives the rest too.
pub(super) fn quantity<'a>(
    entry: FieldEntry<'a>,
    values: &'a [Value],
    dimension: Option<Dimension>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(Quantity, &'a [Value])> {
    let [number, rest @ ..] = values else { return None };
    if number.kind != ValueKind::Number {
        return None;
    }
    let (unit, rest) = unit_after(entry.node, rest);
    let (unit_start, unit_end) = unit
        .first()
        .zip(unit.last())
        .map_or((number.bytes.end, number.bytes.end), |(first, last)| (first.bytes.start, last.bytes.end));
    let value = number_of(entry, number, found)?;
    let span = entry.value_span(number).to(entry.node.span(Bytes { start: unit_start, end: unit_end }));
    if unit_end == number.bytes.end {
        if !entry.is_broken {
            let diagnostic =
                Diagnostic::new(Code::JX210, texts::missing_unit(), span, texts::expected(texts::expect_unit()));
            found.push(diagnostic);
        }
        return None;
    }
    let unit_bytes = Bytes { start: unit_start, end: unit_end };
    let written: String = entry.node.slice(unit_bytes).chars().filter(|sign| !sign.is_whitespace()).collect();
    let Some((multiplier, measure)) = unit::find(standard, &written) else {
        let FieldEntry { node, label, .. } = entry;
        let before = entry.values.iter().rfind(|value| value.bytes.end <= number.bytes.start);
        let (number, unit) = (number.bytes, unit_bytes);
        let unknown = slip::UnknownUnit { node, label, before, number, unit, written, dimension };
        found.push(slip::report(&unknown, standard));
        return None;
    };
    let quantity = Quantity { span, value, multiplier, measure };
    check_whole(&quantity, standard, found);
    check_category_word(&written, &quantity, entry.node.span(unit_bytes), standard, found);
    Some((quantity, rest))
}

/// JX065: the unit is written with a word of the list `类别词单位`, such as 人数 for 人.
fn check_category_word(
    written: &str,
    quantity: &Quantity,
    place: Span,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) {
    let right = quantity.written_unit(standard);
    if written != right && standard.words("类别词单位").holds(written) {
        let message = texts::category_word_as_unit(written, &right);
        let edit = Edit { span: place, text: right.clone() };
        found.push(Diagnostic::new(Code::JX065, message, place, texts::category_word_here(&right)).edits(
            texts::replace_by(&right),
            Safety::Safe,
            vec![edit],
        ));
    }
}

/// JX403: a unit of whole things with a fraction.
fn check_whole(quantity: &Quantity, standard: &Standard, found: &mut Vec<Diagnostic>) {
    let Measure::Unit(unit) = quantity.measure else { return };
    let unit = &standard.units[unit as usize];
    if unit.is_whole && quantity.multiplier == Multiplier::One && !quantity.value.fract().is_zero() {
        found.push(Diagnostic::new(
            Code::JX403,
            texts::not_whole(quantity.value, &unit.name),
            quantity.span,
            texts::not_whole_here(),
        ));
    }
}

/// A field that takes one quantity, of a dimension where one is given.
pub(super) fn one_quantity(
    entry: FieldEntry<'_>,
    dimension: Option<Dimension>,
    what: Message,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Quantity> {
    if !matches!(entry.values, [first, ..] if first.kind == ValueKind::Number) {
        wrong_kind(entry, what, found);
        return None;
    }
    let before = found.len();
    let result = quantity(entry, entry.values, dimension, standard, found);
    if entry.is_broken {
        found.truncate(before);
        return None;
    }
    let (quantity, rest) = result?;
    let fits = dimension.is_none_or(|dimension| quantity.dimension(standard) == Some(dimension));
    if !rest.is_empty() || !fits {
        wrong_kind(entry, what, found);
        return None;
    }
    Some(quantity)
}

/// So many values before and behind an amount are asked for its unit: enough for a budget.
const VALUES_BESIDE: usize = 64;

/// The unit of money that the amount next to an entry is written in, the one before it first.
fn money_unit_beside(entry: FieldEntry<'_>, standard: &Standard) -> Option<String> {
    let values = &entry.node.tree.values;
    let at = values.partition_point(|value| value.bytes.start < entry.label.start);
    let unit = |index: usize| {
        let (unit, _) = unit_after(entry.node, values.get(index + 1..)?);
        let written = entry.node.slice(Bytes { start: unit.first()?.bytes.start, end: unit.last()?.bytes.end });
        let written: String = written.chars().filter(|sign| !sign.is_whitespace()).collect();
        let (_, measure) = unit::find(standard, &written).filter(|_| values[index].kind == ValueKind::Number)?;
        let Measure::Unit(unit) = measure else { return None };
        (standard.units[unit as usize].dimension == Dimension::Money).then_some(written)
    };
    let before = (at.saturating_sub(VALUES_BESIDE)..at).rev().find_map(unit);
    before.or_else(|| (at..values.len().min(at + VALUES_BESIDE)).find_map(unit))
}

/// An amount of money. JX004 where it has no unit.
pub(super) fn amount(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Quantity> {
    if let [value] = entry.values
        && value.kind == ValueKind::Number
        && !entry.is_broken
    {
        let unit = money_unit_beside(entry, standard).unwrap_or_else(|| standard.money_unit_name());
        let span = entry.value_span(value);
        let end = Span { start: span.end, ..span };
        found.push(
            Diagnostic::new(
                Code::JX004,
                texts::missing_money_unit(entry.slice(value)),
                span,
                texts::missing_money_unit_here(&unit),
            )
            .fix(texts::insert(&unit), end, format!(" {unit}")),
        );
        return None;
    }
    one_quantity(entry, Some(Dimension::Money), texts::expect_amount(), standard, found)
}
