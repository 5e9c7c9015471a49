//! The rules of monitoring and of self-evaluation, as a standard declares them over those it extends.

use rust_decimal::Decimal;

use super::super::read::{self, FieldEntry, any_name};
use super::super::unit::Dimension;
use super::method::{MethodKind, MethodRule, POINTS, ScoredKind};
use super::monitoring::{LightBand, LightColour, MonitoringRules, Pace};
use super::of_method::{self, hole, percent};
use super::parts::{be_sure, cite, word_of};
use super::scoring::{
    ExcessDeduction, ExcessRule, ExecutionRule, GradeBand, MoneyBase, RoundingMode, ScoringRules, WithoutBudget,
    WithoutValue,
};
use super::{Citation, Shared, Standard};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{Block, own};
use crate::source::Spanned;
use crate::syntax::{Node, ValueKind};

/// What a part does that has lists: the first line of a kind takes the place of those that are inherited.
pub(super) fn starts<T: PartialEq>(part: T, seen: &mut Vec<T>) -> bool {
    let is_first = !seen.contains(&part);
    if is_first {
        seen.push(part);
    }
    is_first
}

/// `监控规则 { … }`
pub(super) fn monitoring(node: Node<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Shared<MonitoringRules> {
    let mut rules = standard.monitoring.clone();
    let mut seen: Vec<own::MonitoringRules> = Vec::new();
    read::fields(node, Block::MonitoringRules, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::MonitoringRules::of) else { return };
        cited(entry, found);
        let is_first = starts(part, &mut seen);
        match part {
            own::MonitoringRules::Point => {
                if is_first {
                    rules.points.clear();
                }
                let date = read::one_date(entry, found);
                rules.points.extend(date.map(|date| Spanned::new(date, entry.values_span())));
            }
            own::MonitoringRules::ReportWithin => rules.report_within = days(entry, standard, found),
            own::MonitoringRules::Pace => rules.pace = words_of(entry, &Pace::ALL, found),
            own::MonitoringRules::Light => {
                if is_first {
                    rules.lights.clear();
                }
                rules.lights.extend(light(entry, standard, found));
            }
            own::MonitoringRules::DueSoon => rules.due_soon = days(entry, standard, found),
            own::MonitoringRules::Cumulative => rules.cumulative = words_of(entry, &Dimension::ALL, found),
            own::MonitoringRules::DeviationKinds => rules.deviation_kinds = names(entry),
            own::MonitoringRules::Possibilities => rules.possibilities = names(entry),
        }
    });
    if seen.contains(&own::MonitoringRules::Light) {
        check_lights(&rules.lights, node, found);
    }
    rules
}

/// `自评规则 { … }`
pub(super) fn scoring(node: Node<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Shared<ScoringRules> {
    let mut rules = standard.scoring.clone();
    let mut seen: Vec<own::ScoringRules> = Vec::new();
    read::fields(node, Block::ScoringRules, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::ScoringRules::of) else { return };
        if !matches!(part, own::ScoringRules::Execution | own::ScoringRules::Method | own::ScoringRules::Excess) {
            cited(entry, found);
        }
        let is_first = starts(part, &mut seen);
        match part {
            own::ScoringRules::Execution => rules.execution = execution(entry, standard, found),
            own::ScoringRules::Places => rules.places = places(entry, found),
            own::ScoringRules::Rounding => {
                rules.rounding = word_of(entry, &RoundingMode::ALL, found).map(|one| Spanned::new(one, entry.span()));
            }
            own::ScoringRules::Method => {
                if let Some((kind, rule)) = method_of(entry, standard, found) {
                    rules.set_method(kind, rule);
                }
            }
            own::ScoringRules::Excess => rules.excess = excess(entry, standard, found),
            own::ScoringRules::NotApplicable => {
                let word = word_of(entry, &WithoutValue::ALL, found);
                rules.not_applicable = word.map(|word| Spanned::new(word, entry.span()));
            }
            own::ScoringRules::Grade => {
                if is_first {
                    rules.grades.clear();
                }
                rules.grades.extend(grade(entry, standard, found));
            }
            own::ScoringRules::Uses => rules.uses = names(entry),
        }
    });
    if seen.contains(&own::ScoringRules::Grade) {
        check_grades(&rules.grades, found);
    }
    rules
}

/// Where a rule comes from is for those who read the standard.
fn cited(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) {
    let mut citation = Citation::default();
    read::fields(entry.node, Block::Cited, &[], found, |name, entry, found| {
        match name.word().and_then(own::Cited::of) {
            Some(own::Cited::CitedFrom) => cite(&mut citation, entry, found),
            Some(own::Cited::Sureness) => be_sure(&mut citation, entry, found),
            None => {}
        }
    });
}

fn names(entry: FieldEntry<'_>) -> Vec<String> {
    entry.values.iter().filter_map(|value| any_name(entry, value)).map(|name| name.value.into()).collect()
}

/// Each value a word of a table.
fn words_of<T: Copy>(entry: FieldEntry<'_>, table: &[(T, &str, &str)], found: &mut Vec<Diagnostic>) -> Vec<T> {
    let each = entry.values.chunks(1).filter_map(|one| word_of(FieldEntry { values: one, ..entry }, table, found));
    each.collect()
}

/// A whole number of days.
fn days(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Spanned<u32>> {
    const DAY: Decimal = Decimal::from_parts(86400, 0, 0, false, 0);
    let duration = read::one_quantity(entry, Some(Dimension::Duration), texts::expect_days(), standard, found)?;
    let days = duration.base_value(standard).and_then(|seconds| seconds.checked_div(DAY));
    let whole = days.filter(|days| days.fract().is_zero()).and_then(|days| u32::try_from(days).ok());
    if whole.is_none() {
        read::wrong_kind(entry, texts::expect_days(), found);
    }
    whole.map(|days| Spanned::new(days, entry.values_span()))
}

/// The most decimals that a score has.
const MOST_PLACES: u32 = 6;

fn places(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<u32>> {
    let places = read::one_whole::<u32>(entry, found)?;
    if places.value > MOST_PLACES {
        read::wrong_kind(entry, texts::expect_places(MOST_PLACES as usize), found);
        return None;
    }
    Some(places)
}

/// A number of points.
pub(super) fn points(
    entry: FieldEntry<'_>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Spanned<Decimal>> {
    let points = read::one_quantity(entry, None, texts::expect_score(), standard, found)?;
    if points.written_unit(standard) != POINTS || points.value.is_sign_negative() {
        read::wrong_kind(entry, texts::expect_score(), found);
        return None;
    }
    Some(Spanned::new(points.value, points.span))
}

/// A share in percent, with its place.
fn share(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Spanned<Decimal>> {
    percent(entry, standard, found).map(|share| Spanned::new(share, entry.values_span()))
}

fn execution(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<ExecutionRule> {
    let points = points(entry, standard, found);
    let inherited = standard.scoring.execution.clone();
    let mut rule = ExecutionRule {
        points: points?,
        base: inherited.as_ref().map_or(MoneyBase::Adjusted, |rule| rule.base),
        explain_below: inherited.as_ref().and_then(|rule| rule.explain_below),
        zero_budget: inherited.as_ref().map_or(WithoutBudget::None, |rule| rule.zero_budget),
        citation: Citation::default(),
    };
    read::fields(entry.node, Block::ExecutionScore, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::ExecutionScore::of) else { return };
        match part {
            own::ExecutionScore::Base => {
                rule.base = word_of(entry, &MoneyBase::ALL, found).unwrap_or(rule.base);
            }
            own::ExecutionScore::ExplainBelow => rule.explain_below = share(entry, standard, found),
            own::ExecutionScore::ZeroBudget => {
                rule.zero_budget = word_of(entry, &WithoutBudget::ALL, found).unwrap_or(rule.zero_budget);
            }
            own::ExecutionScore::CitedFrom => cite(&mut rule.citation, entry, found),
            own::ExecutionScore::Sureness => be_sure(&mut rule.citation, entry, found),
        }
    });
    Some(rule)
}

/// `计分 反向 线性 { 倍数 1 }`
fn method_of(
    entry: FieldEntry<'_>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<(ScoredKind, MethodRule)> {
    let [kind, method] = entry.values else {
        let kinds: Vec<&str> = ScoredKind::ALL.iter().map(|(_, word, _)| *word).collect();
        read::wrong_kind(entry, texts::expect_kind_and_method(kinds.join(" ")), found);
        return None;
    };
    let kind = word_of(FieldEntry { values: std::slice::from_ref(kind), ..entry }, &ScoredKind::ALL, found);
    let word = FieldEntry { values: std::slice::from_ref(method), ..entry };
    let method = word_of(word, &MethodKind::ALL, found)?;
    let mut citation = Citation::default();
    let method = of_method::method(method, entry, standard, found, |part, entry, found| match part {
        own::Method::CitedFrom => cite(&mut citation, entry, found),
        own::Method::Sureness => be_sure(&mut citation, entry, found),
        own::Method::Multiple
        | own::Method::Each
        | own::Method::Loss
        | own::Method::BegunCounts
        | own::Method::Tier => {}
    })?;
    Some((kind?, MethodRule { method: Spanned::new(method, entry.span()), citation }))
}

fn excess(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<ExcessRule> {
    let threshold = share(entry, standard, found)?;
    let (mut multiple, mut floor, mut citation) = (None, None, Citation::default());
    read::fields(entry.node, Block::Excess, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::Excess::of) else { return };
        match part {
            own::Excess::Multiple => multiple = read::one_number(entry, found).map(|number| number.value),
            own::Excess::Floor => floor = percent(entry, standard, found),
            own::Excess::CitedFrom => cite(&mut citation, entry, found),
            own::Excess::Sureness => be_sure(&mut citation, entry, found),
        }
    });
    let deduction = multiple.map(|multiple| ExcessDeduction { multiple, floor: floor.unwrap_or_default() });
    Some(ExcessRule { threshold, deduction, citation })
}

/// `等次 优 90 分`
fn grade(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<GradeBand> {
    let [name, rest @ ..] = entry.values else {
        read::wrong_kind(entry, texts::expect_score(), found);
        return None;
    };
    let name = any_name(entry, name)?;
    let from = points(FieldEntry { values: rest, ..entry }, standard, found)?;
    Some(GradeBand { name: name.value.into(), from })
}

/// `灯 红 < 60%`, the highest without a bound.
fn light(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<LightBand> {
    let (first, rest) = entry.values.split_at(entry.values.len().min(1));
    let colour = word_of(FieldEntry { values: first, ..entry }, &LightColour::ALL, found)?;
    let below = match rest {
        [] => None,
        [sign, rest @ ..] if sign.kind == ValueKind::Comparator && matches!(entry.slice(sign), "<" | "＜") => {
            Some(share(FieldEntry { values: rest, ..entry }, standard, found)?)
        }
        _ => {
            read::wrong_kind(entry, texts::expect_light(), found);
            return None;
        }
    };
    Some(LightBand { colour, below })
}

/// JX505: lights that are not in order, or whose bounds are not. JX504: no light for the highest.
fn check_lights(lights: &[LightBand], node: Node<'_>, found: &mut Vec<Diagnostic>) {
    for pair in lights.windows(2) {
        let place = pair[1].below.or(pair[0].below).map_or_else(|| node.head_span(), |bound| bound.span);
        let is_rising = match (pair[0].below, pair[1].below) {
            (Some(first), Some(second)) => first.value < second.value,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !is_rising || pair[0].colour >= pair[1].colour {
            let message = texts::lights_out_of_order(pair[0].colour.word(), pair[1].colour.word());
            found.push(Diagnostic::new(Code::JX505, message, place, texts::bound_here()).help(texts::lights_help()));
        }
    }
    if let Some(bound) = lights.last().and_then(|last| last.below) {
        found.push(hole(&format!("{}%", bound.value.normalize()), "∞", bound.span));
    }
}

/// JX505: grades that do not fall. JX504: points that have no grade.
fn check_grades(grades: &[GradeBand], found: &mut Vec<Diagnostic>) {
    for pair in grades.windows(2) {
        if pair[0].from.value <= pair[1].from.value {
            let message = texts::grades_out_of_order(&pair[0].name, &pair[1].name);
            found.push(
                Diagnostic::new(Code::JX505, message, pair[1].from.span, texts::bound_here())
                    .label(pair[0].from.span, texts::stands_before())
                    .help(texts::grades_help()),
            );
        }
    }
    if let Some(last) = grades.last().filter(|last| !last.from.value.is_zero()) {
        found.push(hole("0", &last.from.value.normalize().to_string(), last.from.span));
    }
}
