//! What a value means that is not written as the language writes it: the finding then says what to write.
//!
//! The syntax tells that a value is none; only the standard knows what its words mean. So what was found of the value is
//! replaced by one finding (JX214) that has the way out, or stays as it was where nothing is clear.

use super::by_kind;
use super::meant::{self, Meant};
use super::read::{self, FieldEntry};
use super::standard::{FieldKind, Standard};
use super::unit::{Dimension, Quantity};
use super::{ExtraField, Plain, Text};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{Field, PlainKind};
use crate::source::Span;
use crate::syntax::vocabulary::{quoted, written_name};
use crate::syntax::{Bytes, MAXIMUM_SYNTAX_ERRORS};

/// Says what the target of an indicator means that was not understood; `before` counts what was found before it was read.
pub(super) fn target(
    entry: FieldEntry<'_>,
    name: &Text,
    before: usize,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) {
    let Some((written, place)) = written(entry, name.span.end) else {
        return target_in_name(entry, name, before, standard, found);
    };
    if let Some(meant) = meant::target(written, &name.value, standard, place) {
        return tell(entry, written, place, meant, before, found);
    }
    // 宣传 场次 不少于6次: the name goes on behind its blank.
    let start = target_start(written, standard).filter(|start| written[..*start].ends_with(char::is_whitespace));
    let Some(start) = start else { return };
    let whole = name.span.to(place);
    let token = &entry.node.text[whole.range()];
    let alone = token[..token.len() - written[start..].len()].trim_end();
    if let Some(meant) = meant::target(&written[start..], alone, standard, place).filter(|_| !alone.contains('"')) {
        let text = format!("{} {}", written_name(alone), meant.text);
        tell(entry, token, whole, Meant { text, why: texts::name_needs_quotes(), completes: false }, before, found);
    }
}

/// Where a target may start inside a text, behind its start.
fn target_start(text: &str, standard: &Standard) -> Option<usize> {
    let comparators = standard.words("比较用语").words().iter().chain(standard.words("比较符写法").words());
    let starts = comparators.filter_map(|word| text.find(word.as_str()));
    // 不会少于: what turns a comparison around is part of it.
    let turned = ['不', '未', '无', '没', '得', '会', '能', '应', '须', '可', '最', '至'];
    let is_sign =
        |sign: char| sign.is_ascii_digit() || matches!(sign, '≥' | '≤' | '>' | '<' | '=' | '＞' | '＜' | '＝');
    starts.chain(text.find(is_sign)).min().filter(|start| *start > 0 && !text[..*start].ends_with(turned))
}

/// An amount of money.
pub(super) fn amount(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Quantity> {
    let before = found.len();
    let amount = read::amount(entry, standard, found);
    quantity(amount, entry, Some(Dimension::Money), before, standard, found)
}

/// A ratio, such as a share of the year's money.
pub(super) fn ratio(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Quantity> {
    let before = found.len();
    let ratio = read::one_quantity(entry, Some(Dimension::Ratio), texts::expect_percent(), standard, found);
    quantity(ratio, entry, Some(Dimension::Ratio), before, standard, found)
}

/// A plain field, by what it takes.
pub(super) fn plain(
    entry: FieldEntry<'_>,
    field: Field,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(Field, Plain)> {
    let before = found.len();
    let plain = by_kind::plain(entry, field, standard, found);
    let dimension = match field.plain? {
        PlainKind::Amount => Some(Dimension::Money),
        PlainKind::Quantity => None,
        PlainKind::Text => return text(plain, entry, before, found),
        PlainKind::Name | PlainKind::Number | PlainKind::Date | PlainKind::Period => return plain,
    };
    quantity(plain, entry, dimension, before, standard, found)
}

/// Says that a text stands in quotes: `用途 采购设备，印制材料`.
pub(super) fn text<T>(read: Option<T>, entry: FieldEntry<'_>, before: usize, found: &mut Vec<Diagnostic>) -> Option<T> {
    if read.is_none()
        && let Some((written, place)) = written(entry, entry.label.end)
        && !written.contains(['"', '“', '”', '＂', '\\', '\n'])
    {
        tell(
            entry,
            written,
            place,
            Meant { text: quoted(written), why: texts::text_in_quotes(), completes: true },
            before,
            found,
        );
    }
    read
}

/// A field of the standard, by its declared kind.
pub(super) fn extra_field(
    entry: FieldEntry<'_>,
    rule: usize,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<ExtraField> {
    let before = found.len();
    let extra = by_kind::extra_field(entry, rule, standard, found);
    let dimension = match standard.field_rules[rule].kind {
        Some(FieldKind::Amount) => Dimension::Money,
        Some(FieldKind::Ratio) => Dimension::Ratio,
        Some(FieldKind::Text | FieldKind::Number | FieldKind::Date | FieldKind::YesNo) | None => return extra,
    };
    quantity(extra, entry, Some(dimension), before, standard, found)
}

/// Says what the value of a field means that should be one quantity and could not be read.
fn quantity<T>(
    read: Option<T>,
    entry: FieldEntry<'_>,
    dimension: Option<Dimension>,
    before: usize,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<T> {
    if read.is_none()
        && let Some((written, place)) = written(entry, entry.label.end)
        && let Some(meant) = meant::quantity(written, dimension, standard, place)
    {
        tell(entry, written, place, meant, before, found);
    }
    read
}

/// `宣传场次不少于6次`, `"宣传场次≥6次"`: the target is glued to the name.
fn target_in_name(entry: FieldEntry<'_>, name: &Text, before: usize, standard: &Standard, found: &mut Vec<Diagnostic>) {
    let words = &*name.value;
    let Some(start) = target_start(words, standard) else { return };
    let meant = meant::target(&words[start..], &words[..start], standard, name.span);
    if let Some(meant) = meant.filter(|meant| meant.text.starts_with(['≥', '≤', '>', '<', '='])) {
        let alone = words[..start].trim_end_matches(|sign: char| sign.is_whitespace() || matches!(sign, ':' | '：'));
        let text = format!("{} {}", written_name(alone), meant.text);
        let token = &entry.node.text[name.span.range()];
        tell(entry, token, name.span, Meant { text, why: texts::target_in_name(), completes: false }, before, found);
    }
}

/// What stands behind a place in the head of a statement, without the blanks around it.
fn written(entry: FieldEntry<'_>, from: u32) -> Option<(&str, Span)> {
    let last = entry.values.last().map_or(from, |value| value.bytes.end);
    let end = if entry.is_broken { entry.node.statement().head.end } else { last };
    let rest = entry.node.slice(Bytes { start: from.min(end), end });
    let start = rest.trim_start_matches(|sign: char| sign.is_whitespace() || matches!(sign, ':' | '：' | ',' | '，'));
    let written = start.trim_end();
    let first = end - start.len() as u32;
    let place = entry.node.span(Bytes { start: first, end: first + written.len() as u32 });
    (!written.is_empty()).then_some((written, place))
}

/// Puts the finding that has the way out in the place of what was found.
fn tell(entry: FieldEntry<'_>, written: &str, place: Span, meant: Meant, before: usize, found: &mut Vec<Diagnostic>) {
    if written == meant.text {
        return;
    }
    // Of more the syntax tells nothing: its own come first.
    let head = entry.node.head_span();
    let is_here = |one: &Diagnostic| {
        let inside = |span: Span| span.file == head.file && head.start <= span.start && span.end <= head.end;
        one.code.is_syntax() && one.code != Code::JX214 && one.span().is_some_and(inside)
    };
    let is_of_form = |one: &Diagnostic| matches!(one.code, Code::JX209 | Code::JX210 | Code::JX304 | Code::JX401);
    let at = if entry.is_broken {
        found.iter().take(MAXIMUM_SYNTAX_ERRORS).position(is_here)
    } else {
        let is_one = found[before..].iter().filter(|one| one.is_error()).all(is_of_form);
        found[before..].iter().position(Diagnostic::is_error).filter(|_| is_one).map(|index| before + index)
    };
    let Some(at) = at else { return };
    let title = texts::replace_by(&meant.text);
    found[at] = if meant.completes {
        found[at].clone().fix(title, place, meant.text)
    } else {
        let message = texts::written_otherwise(written, &meant.text);
        Diagnostic::new(Code::JX214, message, place, meant.why).fix(title, place, meant.text)
    };
    if !entry.is_broken {
        found.truncate(at + 1);
    }
}
