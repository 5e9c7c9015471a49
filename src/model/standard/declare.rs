//! A `标准` declaration over the standard that it extends.

use std::collections::BTreeMap;

use super::super::read::{self, FieldEntry, any_name, content};
use super::super::unit::{Dimension, Unit};
use super::super::{number, text};
use super::framework::{category, framework, fund_source, label_in, weight_scheme};
use super::of_year;
use super::parts::{be_sure, cite, name_and_texts, report, word_of};
use super::project_form;
use super::year_form::{self, YearForm};
use super::{CheckFormula, Checkpoint, Citation, CodeForm, Column, FieldKind, FieldRule, Level, Standard, WordList};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{Block, is_name_sign, own};
use crate::source::Span;
use crate::syntax::{Node, ValueKind};

/// The standard that a declaration gives over its base. What cannot be used is reported (JX502 and the codes of values).
pub fn declare(node: Node<'_>, base: Standard, found: &mut Vec<Diagnostic>) -> Standard {
    let mut standard = Standard { is_default: false, ..base };
    standard.name = name_of(node);
    standard.declared_at = Some(node.head_span());
    let title = node.values().iter().find(|value| value.kind == ValueKind::Quoted).filter(|_| node.values().len() > 1);
    if let Some(title) = title.and_then(|title| content(FieldEntry::of(node), title, found)) {
        standard.title = Some(title.value.into());
    }
    // Lists replace what was inherited when the first of their kind is declared.
    let mut replaced: Vec<own::Standard> = Vec::new();
    let mut money_unit = None;
    read::fields(node, Block::Standard, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::Standard::of) else { return };
        let mut starts_list = |standard: &mut Standard, clear: fn(&mut Standard)| {
            if !replaced.contains(&part) {
                replaced.push(part);
                clear(standard);
            }
        };
        match part {
            own::Standard::Document => {
                starts_list(&mut standard, |standard| standard.documents.clear());
                standard.documents.extend(read::one_text(entry, found).map(|text| text.value.into()));
            }
            own::Standard::InForceFrom => standard.in_force_from = read::one_date(entry, found),
            own::Standard::InForceUntil => standard.in_force_until = read::one_date(entry, found),
            own::Standard::Default => standard.is_default = true,
            own::Standard::MoneyUnit => money_unit = read::one_name(entry, found),
            own::Standard::Measure => {
                if let Some(unit) = unit(entry, found) {
                    add_unit(&mut standard, unit);
                }
            }
            own::Standard::FundSource => {
                starts_list(&mut standard, |standard| standard.fund_sources.clear());
                standard.fund_sources.extend(fund_source(entry, found));
            }
            own::Standard::Checkpoint => {
                starts_list(&mut standard, |standard| standard.checkpoints.clear());
                if let Some(date) = read::one_date(entry, found) {
                    let label = label_in(entry.node, found);
                    standard.checkpoints.push(Checkpoint { date, label: label.unwrap_or_else(|| date.to_string()) });
                }
            }
            own::Standard::Category => {
                starts_list(&mut standard, |standard| standard.categories.clear());
                let category = category(entry, &standard, found);
                standard.categories.extend(category);
            }
            own::Standard::Framework => {
                if let Some(framework) = framework(entry, &standard, found) {
                    standard.frameworks.retain(|known| known.name != framework.name);
                    standard.frameworks.push(framework);
                }
            }
            own::Standard::ProjectKinds => {
                let names = entry.values.iter().filter_map(|value| any_name(entry, value));
                standard.project_kinds = names.map(|name| name.value.into()).collect::<Vec<_>>().into();
            }
            own::Standard::WeightTotal => {
                standard.weight_total = read::one_number(entry, found).map(|number| number.value);
            }
            own::Standard::WeightScheme => {
                starts_list(&mut standard, |standard| standard.weight_schemes.clear());
                let scheme = weight_scheme(entry, &standard.categories, found);
                standard.weight_schemes.push(scheme);
            }
            own::Standard::Grades => {
                standard.grades = entry
                    .values
                    .iter()
                    .filter_map(|value| any_name(entry, value))
                    .map(|name| name.value.into())
                    .collect::<Vec<_>>()
                    .into();
            }
            own::Standard::FieldRule => {
                if let Some(rule) = field_rule(entry, found) {
                    match standard.field_rules.iter_mut().find(|old| old.block == rule.block && old.name == rule.name) {
                        Some(old) => {
                            *old = FieldRule {
                                kind: rule.kind.or(old.kind),
                                label: rule.label.or(old.label.take()),
                                ..rule
                            }
                        }
                        None => standard.field_rules.push(rule),
                    }
                }
            }
            own::Standard::ProjectCode => standard.code_form = Some(code_form(entry.node, found)),
            own::Standard::IndicatorTable => indicator_table(entry.node, &mut standard, found),
            own::Standard::ProjectForm => standard.project_form = project_form::declare(entry, &standard, found).into(),
            own::Standard::Label => {
                if let Some((key, texts)) = name_and_texts(entry, found) {
                    standard.labels.insert(key, texts.into_iter().next().unwrap_or_default());
                }
            }
            own::Standard::WordList => word_list(entry, &mut standard.words, found),
            own::Standard::Reading => word_list(entry, &mut standard.readings, found),
            own::Standard::NameLength => {
                standard.name_length = read::one_whole(entry, found).map(|number| number.value);
            }
            own::Standard::RuleLevel => level(entry, &mut standard, found),
            own::Standard::RuleSource => rule_source(entry, &mut standard, found),
            own::Standard::MonitoringRules => standard.monitoring = of_year::monitoring(entry.node, &standard, found),
            own::Standard::ScoringRules => standard.scoring = of_year::scoring(entry.node, &standard, found),
            own::Standard::MonitoringForm => year_form::declare(YearForm::Monitoring, entry, &mut standard, found),
            own::Standard::SelfEvaluationForm => {
                year_form::declare(YearForm::SelfEvaluation, entry, &mut standard, found);
            }
            own::Standard::DepartmentForm => year_form::declare(YearForm::Department, entry, &mut standard, found),
            own::Standard::TransferForm => year_form::declare(YearForm::Transfer, entry, &mut standard, found),
            own::Standard::ReviewForm => year_form::declare(YearForm::Review, entry, &mut standard, found),
            own::Standard::CitedFrom | own::Standard::Sureness => {}
        }
    });
    if let Some(name) = money_unit {
        let unit = standard.unit(&name.value);
        standard.money_unit = unit.filter(|&unit| standard.units[unit as usize].measures(Dimension::Money));
        if standard.money_unit.is_none() {
            report(name.span, texts::reason_no_unit(&*name.value), found);
        }
    }
    if standard.units.capacity() > standard.units.len() {
        standard.units.shrink_to_fit();
    }
    standard.add_framed();
    standard
}

/// Puts a list in the place of the inherited one, or adds to that.
fn word_list(entry: FieldEntry<'_>, lists: &mut BTreeMap<String, WordList>, found: &mut Vec<Diagnostic>) {
    let Some((key, words)) = name_and_texts(entry, found) else { return };
    let adds = words.first().is_some_and(|word| matches!(word.as_str(), "追加" | "append"));
    let inherited = lists.get(&key).filter(|_| adds).map(|list| list.entries().to_vec()).unwrap_or_default();
    let all = inherited.into_iter().chain(words.into_iter().skip(usize::from(adds)));
    lists.insert(key, WordList::new(all.collect()));
}

/// The name a standard is declared by.
pub(super) fn name_of(node: Node<'_>) -> String {
    let entry = FieldEntry::of(node);
    node.values().first().and_then(|value| any_name(entry, value)).map(|name| name.value.into()).unwrap_or_default()
}

/// The standard it extends, where it does; also where a mistake in the head hides it.
pub(super) fn extends(node: Node<'_>) -> Option<(String, Span)> {
    if let Some(value) = node.values().iter().find(|value| value.kind == ValueKind::Extends) {
        let token = node.slice(value.bytes);
        let name = if token.starts_with(['"', '“', '＂']) { text::unquote(token).0 } else { token.to_owned() };
        return Some((name, node.span(value.bytes)));
    }
    let head = node.slice(node.statement().head);
    let (_, after) = ["扩展", "extends"].iter().filter(|_| node.is_broken()).find_map(|word| head.split_once(word))?;
    let name: String = after.trim_start().chars().take_while(|sign| is_name_sign(*sign)).collect();
    Some((name, node.head_span()))
}

fn unit(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Unit> {
    let name = read::one_name(entry, found)?;
    let mut unit = Unit {
        name: name.value.into(),
        dimension: Dimension::Other,
        symbol: None,
        aliases: Vec::new(),
        printed: None,
        factor: None,
        bounds: None,
        is_whole: false,
    };
    read::fields(entry.node, Block::Unit, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::Unit::of) else { return };
        match part {
            own::Unit::Dimension => unit.dimension = word_of(entry, &Dimension::ALL, found).unwrap_or(Dimension::Other),
            own::Unit::Symbol => unit.symbol = text_or_unit(entry, found),
            own::Unit::Alias => {
                unit.aliases = entry
                    .values
                    .iter()
                    .filter_map(|value| any_name(entry, value))
                    .map(|name| name.value.into())
                    .collect();
            }
            own::Unit::PrintedAs => unit.printed = text_or_unit(entry, found),
            own::Unit::Factor => {
                let factor = read::one_number(entry, found);
                if let Some(factor) = factor.filter(|factor| factor.value <= rust_decimal::Decimal::ZERO) {
                    report(factor.span, texts::reason_factor(), found);
                } else {
                    unit.factor = factor.map(|factor| factor.value);
                }
            }
            own::Unit::Bounds => unit.bounds = range(entry, found),
            own::Unit::Whole => unit.is_whole = true,
            own::Unit::CitedFrom | own::Unit::Sureness => {}
        }
    });
    Some(unit)
}

/// A symbol: in quotes, a word, or a sign such as % on its own.
fn text_or_unit(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<String> {
    read::one_name(entry, found).map(|name| name.value.into())
}

fn add_unit(standard: &mut Standard, unit: Unit) {
    let index = standard.units.len() as u32;
    for form in unit.forms() {
        standard.unit_forms.insert_mut(form.into(), index);
        standard.unit_forms.insert_mut(text::key(form).into(), index);
    }
    standard.units.push(unit.into());
}

fn range(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<(rust_decimal::Decimal, rust_decimal::Decimal)> {
    let [low, sign, high] = entry.values else {
        read::wrong_kind(entry, texts::expect_range(), found);
        return None;
    };
    if [low.kind, sign.kind, high.kind] != [ValueKind::Number, ValueKind::RangeSign, ValueKind::Number] {
        read::wrong_kind(entry, texts::expect_range(), found);
        return None;
    }
    let (low, high) = (read::number_of(entry, low, found)?, read::number_of(entry, high, found)?);
    if low > high {
        let message = texts::reversed_range(low, high);
        found.push(Diagnostic::new(Code::JX404, message, entry.values_span(), texts::swap_ends()));
        return None;
    }
    Some((low, high))
}

fn field_rule(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<FieldRule> {
    let path = read::one_name(entry, found)?;
    let known = [Block::Department, Block::Project, Block::Indicator];
    let (block, name) = path.value.split_once(['.', '．']).unwrap_or(("", &path.value));
    let Some(block) = known.into_iter().find(|known| known.word().0 == block || known.word().1 == block) else {
        report(path.span, texts::reason_unknown_word(block), found);
        return None;
    };
    let mut rule = FieldRule {
        block,
        name: name.to_owned(),
        is_required: false,
        is_total: false,
        kind: None,
        label: None,
        citation: Citation::default(),
    };
    read::fields(entry.node, Block::FieldRule, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::FieldRule::of) else { return };
        match part {
            own::FieldRule::Required => rule.is_required = true,
            own::FieldRule::Total => rule.is_total = true,
            own::FieldRule::Kind => rule.kind = word_of(entry, &FieldKind::ALL, found),
            own::FieldRule::Label => rule.label = read::one_text(entry, found).map(|text| text.value.into()),
            own::FieldRule::CitedFrom => cite(&mut rule.citation, entry, found),
            own::FieldRule::Sureness => be_sure(&mut rule.citation, entry, found),
        }
    });
    Some(rule)
}

fn code_form(node: Node<'_>, found: &mut Vec<Diagnostic>) -> CodeForm {
    let mut form = CodeForm::default();
    let (mut base, mut remainder) = (None, None);
    read::fields(node, Block::CodeForm, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::CodeForm::of) else { return };
        match part {
            own::CodeForm::Segment => match entry.values {
                [name, length] if length.kind == ValueKind::Number => {
                    let name = any_name(entry, name);
                    let length = number::whole::<usize>(entry.slice(length));
                    form.segments.extend(name.zip(length).map(|(name, length)| (name.value.into(), length)));
                }
                _ => read::wrong_kind(entry, texts::expect_whole_number(), found),
            },
            own::CodeForm::Alphabet => {
                form.alphabet = read::one_text(entry, found).map(|text| text.value.into()).unwrap_or_default();
            }
            own::CodeForm::CheckBase => base = read::one_whole(entry, found).map(|number| number.value),
            own::CodeForm::CheckRemainder => remainder = read::one_whole(entry, found).map(|number| number.value),
            own::CodeForm::CitedFrom => cite(&mut form.citation, entry, found),
            own::CodeForm::Sureness => be_sure(&mut form.citation, entry, found),
        }
    });
    form.check = base.zip(remainder).map(|(base, remainder)| CheckFormula { base, remainder });
    form
}

fn indicator_table(node: Node<'_>, standard: &mut Standard, found: &mut Vec<Diagnostic>) {
    standard.columns.clear();
    standard.merged_columns.clear();
    read::fields(node, Block::IndicatorTable, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::IndicatorTable::of) else { return };
        match part {
            own::IndicatorTable::Column => {
                if let Some((content, texts)) = name_and_texts(entry, found) {
                    let (above, heading) = year_form::headings(texts, &content);
                    standard.columns.push(Column { content, above, heading });
                }
            }
            own::IndicatorTable::Merged => {
                let names = entry.values.iter().filter_map(|value| any_name(entry, value));
                standard.merged_columns.extend(names.map(|name| String::from(name.value)));
            }
            own::IndicatorTable::CitedFrom | own::IndicatorTable::Sureness => {}
        }
    });
}

fn level(entry: FieldEntry<'_>, standard: &mut Standard, found: &mut Vec<Diagnostic>) {
    let Some((code, words)) = name_and_texts(entry, found) else { return };
    let Some(code) = Code::find(&code) else {
        report(entry.values_span(), texts::reason_no_code(&code), found);
        return;
    };
    if !code.has_level() {
        report(entry.values_span(), texts::reason_fixed_level(code.id()), found);
        return;
    }
    let word = words.first().map_or("", String::as_str);
    match Level::ALL.iter().find(|(_, chinese, english)| *chinese == word || *english == word) {
        Some((level, ..)) => {
            standard.levels.insert(code, *level);
        }
        None => report(entry.values_span(), texts::reason_unknown_word(word), found),
    }
}

/// `规则 JX061 { … }`: what a rule serves, and the document behind it. What it does not say stays as it is inherited.
fn rule_source(entry: FieldEntry<'_>, standard: &mut Standard, found: &mut Vec<Diagnostic>) {
    let Some(name) = read::one_name(entry, found) else { return };
    let Some(code) = Code::find(&name.value) else {
        report(name.span, texts::reason_no_code(&*name.value), found);
        return;
    };
    let mut source = standard.rule_sources.get(&code).cloned().unwrap_or_default();
    read::fields(entry.node, Block::RuleSource, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::RuleSource::of) else { return };
        match part {
            own::RuleSource::Criteria => {
                let names = entry.values.iter().filter_map(|value| any_name(entry, value));
                source.criteria = names.map(|name| name.value.into()).collect();
            }
            own::RuleSource::Limit => {
                let standard = &*standard;
                let limit = read::one_quantity(entry, Some(Dimension::Ratio), texts::expect_percent(), standard, found);
                source.limit = limit.and_then(|limit| limit.base_value(standard));
            }
            own::RuleSource::CitedFrom => cite(&mut source.citation, entry, found),
            own::RuleSource::Sureness => be_sure(&mut source.citation, entry, found),
        }
    });
    standard.rule_sources.insert(code, source);
}
