//! A method of scoring and its parameters, as a standard or an indicator writes it.

use rust_decimal::Decimal;

use super::super::attainment::Attainment;
use super::super::comparator::Comparator;
use super::super::read::{self, FieldEntry, Name};
use super::super::unit::{Dimension, Quantity};
use super::Standard;
use super::method::{Band, Loss, Method, MethodKind, POINTS, Steps, Tier, TierBound};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Block, Field, own};
use crate::source::{Sources, Span, Spanned};
use crate::syntax::{self, ValueKind};

/// All that may stand in the braces behind a method, each with its place.
#[derive(Default)]
struct Parameters {
    multiple: Option<Spanned<Decimal>>,
    each: Option<Spanned<Quantity>>,
    loss: Option<Spanned<Loss>>,
    begun_counts: Option<Span>,
    tiers: Vec<Spanned<Tier>>,
    bands: Vec<Spanned<Band>>,
}

/// The method that a word names, with the parameters in the braces behind it. Reports what does not belong to it, what it
/// lacks, and scales with holes.
pub(in crate::model) fn method(
    kind: MethodKind,
    entry: FieldEntry<'_>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
    mut cited: impl FnMut(own::Method, FieldEntry<'_>, &mut Vec<Diagnostic>),
) -> Option<Method> {
    let before = found.len();
    let mut all = Parameters::default();
    read::fields(entry.node, Block::Method, &[], found, |name, entry, found| match name {
        Name::Word(field) => match own::Method::of(field) {
            Some(own::Method::Multiple) => all.multiple = read::one_number(entry, found),
            Some(own::Method::Each) => {
                let each = read::one_quantity(entry, None, texts::expect_quantity(), standard, found);
                all.each = each.map(|each| Spanned::new(each, entry.span()));
            }
            Some(own::Method::Loss) => all.loss = loss(entry, standard, found),
            Some(own::Method::BegunCounts) => all.begun_counts = Some(entry.label_span()),
            Some(own::Method::Tier) => all.tiers.extend(tier(entry, standard, found)),
            Some(part @ (own::Method::CitedFrom | own::Method::Sureness)) => cited(part, entry, found),
            None => {}
        },
        Name::Extra(_) | Name::Free | Name::Indicator => named(kind, entry, standard, &mut all, found),
    });
    let is_sound = !found[before..].iter().any(Diagnostic::is_error) && !entry.node.holds_mistake();
    refuse(kind, &all, found);
    let one = Decimal::ONE;
    let method = match kind {
        MethodKind::Ratio => Method::Ratio,
        MethodKind::Inverse => Method::Inverse,
        MethodKind::Linear => Method::Linear { multiple: all.multiple.map_or(one, |multiple| multiple.value) },
        MethodKind::BothWays => Method::BothWays,
        MethodKind::Between => Method::Between { multiple: all.multiple.map_or(one, |multiple| multiple.value) },
        MethodKind::AllOrNothing => Method::AllOrNothing,
        MethodKind::Increment => Method::Increment,
        MethodKind::ByHand => Method::ByHand,
        MethodKind::Steps => {
            let missing = [(all.each.is_none(), Field::Each), (all.loss.is_none(), Field::Loss)];
            for (_, field) in missing.iter().filter(|(is_missing, _)| *is_missing && is_sound) {
                let message = texts::method_needs(kind.word(), field.name);
                found.push(Diagnostic::new(Code::JX209, message, entry.span(), texts::expected(what(*field))));
            }
            let (each, loss) = all.each.zip(all.loss)?;
            let begun_counts = all.begun_counts.is_some();
            Method::Steps(Box::new(Steps { each: each.value, loss: loss.value, begun_counts }))
        }
        MethodKind::Tiers => {
            if all.tiers.is_empty() && is_sound {
                let message = texts::method_needs(kind.word(), Field::Tier.name);
                found.push(Diagnostic::new(Code::JX209, message, entry.span(), texts::expected(what(Field::Tier))));
            }
            check_tiers(&all.tiers, standard, found);
            Method::Tiers(all.tiers.into_iter().map(|tier| tier.value).collect())
        }
        MethodKind::Bands => {
            check_bands(&all.bands, found);
            Method::Bands(all.bands.into_iter().map(|band| band.value).collect())
        }
    };
    (!found[before..].iter().any(Diagnostic::is_error)).then_some(method)
}

fn what(field: Field) -> crate::diagnostic::Text {
    crate::diagnostic::Text::new(field.chinese_meaning, field.english_meaning)
}

/// JX301: what stands in the braces and is no parameter of the method.
fn refuse(kind: MethodKind, all: &Parameters, found: &mut Vec<Diagnostic>) {
    let takes: &[Field] = match kind {
        MethodKind::Linear | MethodKind::Between => &[Field::Multiple],
        MethodKind::Steps => &[Field::Each, Field::Loss, Field::BegunCounts],
        MethodKind::Tiers => &[Field::Tier],
        MethodKind::Ratio
        | MethodKind::Inverse
        | MethodKind::BothWays
        | MethodKind::AllOrNothing
        | MethodKind::Increment
        | MethodKind::Bands
        | MethodKind::ByHand => &[],
    };
    let numbered = all.tiers.iter().find(|tier| matches!(tier.value.bound, TierBound::Number(..)));
    let stated = [
        (Field::Multiple, all.multiple.as_ref().map(|one| one.span)),
        (Field::Each, all.each.as_ref().map(|one| one.span)),
        (Field::Loss, all.loss.as_ref().map(|one| one.span)),
        (Field::BegunCounts, all.begun_counts),
        (Field::Tier, numbered.map(|one| one.span)),
    ];
    for (field, span) in stated {
        if let Some(span) = span.filter(|_| !takes.contains(&field)) {
            let message = texts::method_without(kind.word(), field.name);
            let takes = if takes.is_empty() {
                texts::method_takes_nothing(kind.word())
            } else {
                texts::method_takes(kind.word(), takes.iter().map(|one| one.name).collect::<Vec<_>>().join(" "))
            };
            found.push(Diagnostic::new(Code::JX301, message, span, texts::unknown_field_here()).help(takes));
        }
    }
}

/// `达成 80% .. 100%` of bands, `良 80%` of tiers.
fn named(
    kind: MethodKind,
    entry: FieldEntry<'_>,
    standard: &Standard,
    all: &mut Parameters,
    found: &mut Vec<Diagnostic>,
) {
    let label = entry.label_text();
    match kind {
        MethodKind::Bands if Attainment::find(&label).is_some() => {
            if let Some((low, high)) = percent_range(entry, standard, found) {
                let name = Attainment::find(&label).map_or("", Attainment::word).into();
                all.bands.push(Spanned::new(Band { name, low, high }, entry.span()));
            }
        }
        MethodKind::Tiers => {
            if let Some(share) = percent(entry, standard, found) {
                let bound = TierBound::Name(label.as_str().into());
                all.tiers.push(Spanned::new(Tier { bound, share }, entry.span()));
            }
        }
        _ if entry.is_broken => {}
        _ => {
            let names: Vec<&str> = match kind {
                MethodKind::Bands => Attainment::ALL.into_iter().rev().map(Attainment::word).collect(),
                _ => language::fields_of(Block::Method).iter().map(|field| field.name).collect(),
            };
            let message = texts::method_without(kind.word(), &label);
            let span = entry.label_span();
            let meant = language::nearest(&label, names.iter().map(|name| (*name, *name)));
            found.push(match meant {
                Some(right) => Diagnostic::new(Code::JX301, message, span, texts::did_you_mean(right)).fix(
                    texts::replace_by(right),
                    span,
                    right,
                ),
                None => Diagnostic::new(Code::JX301, message, span, texts::unknown_field_here())
                    .help(texts::method_takes(kind.word(), names.join(" "))),
            });
        }
    }
}

/// A share in percent.
pub(super) fn percent(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Decimal> {
    let share = read::one_quantity(entry, Some(Dimension::Ratio), texts::expect_percent(), standard, found)?;
    share.base_value(standard)
}

/// `60% .. 80%`, in percent.
fn percent_range(
    entry: FieldEntry<'_>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(Decimal, Decimal)> {
    let sign = entry.values.iter().position(|value| value.kind == ValueKind::RangeSign);
    let Some(sign) = sign else {
        read::wrong_kind(entry, texts::expect_range(), found);
        return None;
    };
    let ratio = Some(Dimension::Ratio);
    let (high, rest) = read::quantity(entry, &entry.values[sign + 1..], ratio, standard, found)?;
    let low = match &entry.values[..sign] {
        // 60 .. 80%: the sign stands once.
        [number] => Quantity { value: read::number_of(entry, number, found)?, ..high.clone() },
        low => read::quantity(entry, low, ratio, standard, found)?.0,
    };
    let (low, high) = (low.base_value(standard)?, high.base_value(standard)?);
    if !rest.is_empty() {
        read::wrong_kind(entry, texts::expect_range(), found);
        return None;
    }
    if low > high {
        let message = texts::reversed_range(low, high);
        found.push(Diagnostic::new(Code::JX404, message, entry.values_span(), texts::swap_ends()));
        return None;
    }
    Some((low, high))
}

/// `扣 10%`, `扣 0.5 分`
fn loss(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Spanned<Loss>> {
    let quantity = read::one_quantity(entry, None, texts::expect_loss(), standard, found)?;
    let loss = if quantity.dimension(standard) == Some(Dimension::Ratio) {
        Loss::Percent(quantity.base_value(standard)?)
    } else if quantity.written_unit(standard) == POINTS {
        Loss::Points(quantity.value)
    } else {
        read::wrong_kind(entry, texts::expect_loss(), found);
        return None;
    };
    Some(Spanned::new(loss, entry.span()))
}

/// `档 ≥ 90% 100%`
fn tier(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Spanned<Tier>> {
    let [sign, rest @ ..] = entry.values else {
        read::wrong_kind(entry, texts::expect_tier(), found);
        return None;
    };
    if sign.kind != ValueKind::Comparator {
        read::wrong_kind(entry, texts::expect_tier(), found);
        return None;
    }
    let (bound, rest) = read::quantity(entry, rest, None, standard, found)?;
    let share = read::quantity(entry, rest, Some(Dimension::Ratio), standard, found);
    let Some((share, [])) = share.filter(|(share, _)| share.dimension(standard) == Some(Dimension::Ratio)) else {
        read::wrong_kind(entry, texts::expect_tier(), found);
        return None;
    };
    let comparator = Comparator::read(entry.slice(sign));
    let tier = Tier { bound: TierBound::Number(comparator, bound), share: share.base_value(standard)? };
    Some(Spanned::new(tier, entry.span()))
}

/// JX505: a tier that none can earn, since one before it is as easy.
fn check_tiers(tiers: &[Spanned<Tier>], standard: &Standard, found: &mut Vec<Diagnostic>) {
    for pair in tiers.windows(2) {
        let [first, second] = [&pair[0].value, &pair[1].value];
        let is_falling = first.share > second.share;
        let is_easier = match (&first.bound, &second.bound) {
            (TierBound::Number(sign, one), TierBound::Number(other_sign, other)) => {
                let values = one.base_value(standard).zip(other.base_value(standard));
                let (one, other) = values.unwrap_or((one.value, other.value));
                let is_upward = matches!(sign, Comparator::AtLeast | Comparator::Above);
                sign == other_sign && if is_upward { one > other } else { one < other }
            }
            (TierBound::Name(one), TierBound::Name(other)) => one != other,
            (TierBound::Number(..), TierBound::Name(_)) | (TierBound::Name(_), TierBound::Number(..)) => false,
        };
        if !is_falling || !is_easier {
            found.push(
                Diagnostic::new(Code::JX505, texts::tiers_out_of_order(), pair[1].span, texts::bound_here())
                    .label(pair[0].span, texts::stands_before())
                    .help(texts::tiers_help()),
            );
        }
    }
}

/// JX504: bands that leave a share to none, or to two.
fn check_bands(bands: &[Spanned<Band>], found: &mut Vec<Diagnostic>) {
    let mut sorted: Vec<&Spanned<Band>> = bands.iter().collect();
    sorted.sort_by_key(|band| (band.value.low, band.value.high));
    let mut end = Decimal::ZERO;
    for band in &sorted {
        if band.value.low != end {
            let (low, high) = if band.value.low > end { (end, band.value.low) } else { (band.value.low, end) };
            found.push(hole(&format!("{}%", low.normalize()), &format!("{}%", high.normalize()), band.span));
        }
        end = band.value.high;
    }
    if let Some(last) = sorted.last().filter(|_| end != Decimal::ONE_HUNDRED) {
        found.push(hole(&format!("{}%", end.normalize()), "100%", last.span));
    }
}

/// JX504: what lies between two bounds belongs to none, or to two.
pub(super) fn hole(low: &str, high: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::JX504, texts::scale_with_hole(low, high), span, texts::hole_here()).help(texts::hole_help())
}

/// The method that a text says, whole: `比例`, `逐次 { 每 10 天；扣 10% }`. None for any other text.
pub fn of_text(text: &str, standard: &Standard) -> Option<Method> {
    let word = text.split(|sign: char| !language::is_name_sign(sign)).next()?;
    let kind = MethodKind::find(word)?;
    if text.len() == word.len() && !needs_parameters(kind) {
        return bare(kind);
    }
    let source: std::sync::Arc<str> = format!("项目 甲 {{\n{} {text}\n}}\n", Field::Scoring.name).into();
    let file = Sources::default().add("", source.clone());
    let (tree, mut found) = syntax::parse(file, &source);
    let mut roots = tree.roots(file, &source);
    let (root, None) = (roots.next()?, roots.next()) else { return None };
    let mut children = root.children();
    let (child, None) = (children.next()?, children.next()) else { return None };
    let entry = FieldEntry::of(child);
    let method = matches!(entry.values, [_]).then(|| method(kind, entry, standard, &mut found, |_, _, _| {}))??;
    (found.is_empty() && tree.comments.is_empty()).then_some(method)
}

fn needs_parameters(kind: MethodKind) -> bool {
    matches!(kind, MethodKind::Steps | MethodKind::Tiers)
}

/// The method with its usual parameters.
fn bare(kind: MethodKind) -> Option<Method> {
    let multiple = Decimal::ONE;
    Some(match kind {
        MethodKind::Ratio => Method::Ratio,
        MethodKind::Inverse => Method::Inverse,
        MethodKind::Linear => Method::Linear { multiple },
        MethodKind::BothWays => Method::BothWays,
        MethodKind::Between => Method::Between { multiple },
        MethodKind::AllOrNothing => Method::AllOrNothing,
        MethodKind::Increment => Method::Increment,
        MethodKind::Bands => Method::Bands(Box::default()),
        MethodKind::ByHand => Method::ByHand,
        MethodKind::Steps | MethodKind::Tiers => return None,
    })
}
