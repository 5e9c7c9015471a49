//! A `项目` declaration by its standard.

use super::by_kind;
use super::read::{self, FieldEntry, Name, any_name};
use super::standard::{CategoryMatch, Standard, framework};
use super::stated_target::{check_comparable, read_target};
use super::target::{Comparator, SinceLastYear, Target};
use super::{
    Basis, Budget, CategoryId, Damage, Direction, FundLine, Indicator, PlainFields, PlanLine, Project, SpendingPlan,
    StandardId, Text, mend, of_year,
};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Block, Field, own};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Value, ValueKind};

/// The code and the name after the keyword.
pub(super) fn head(node: Node<'_>) -> (Option<Text>, Text) {
    let entry = FieldEntry::of(node);
    let code = entry.values.iter().find(|value| value.kind == ValueKind::Code);
    let name = entry.values.iter().rev().find(|value| matches!(value.kind, ValueKind::Path | ValueKind::Quoted));
    let code = code.map(|value| Spanned::new(entry.node.words(value.bytes), entry.value_span(value)));
    let name = name.and_then(|value| read::any_name(entry, value));
    (code, name.unwrap_or_else(|| Spanned::new("".into(), node.head_span())))
}

/// A project of which only the head is read.
pub fn headed(node: Node<'_>, id: StandardId) -> Project {
    let (code, name) = head(node);
    Project {
        span: node.head_span(),
        department: None,
        standard: id,
        code,
        name,
        unit_of_account: None,
        budget: None,
        plan: None,
        investment: Vec::new(),
        plain: PlainFields::default(),
        indicators: Vec::new(),
        extra: Vec::new(),
        damage: Damage { head: node.is_broken(), ..Damage::default() },
        is_head: true,
    }
}

impl Project {
    /// A department as a whole, of which nothing is stated yet: lines of the year call it by the word for a department.
    pub(crate) fn whole(span: Span, standard: StandardId) -> Self {
        Self {
            span,
            department: None,
            standard,
            code: None,
            name: Spanned::new(Block::Department.word().0.into(), span),
            unit_of_account: None,
            budget: None,
            plan: None,
            investment: Vec::new(),
            plain: PlainFields::default(),
            indicators: Vec::new(),
            extra: Vec::new(),
            damage: Damage::default(),
            is_head: false,
        }
    }
}

/// Reads a project. What is damaged is marked, so that no rule reports what follows from a mistake.
pub fn project(node: Node<'_>, id: StandardId, standard: &Standard, found: &mut Vec<Diagnostic>) -> Project {
    let before_all = found.len();
    let (id, standard) = by_framework(node, id, standard, found);
    let mut project = Project { indicators: Vec::with_capacity(8), is_head: false, ..headed(node, id) };
    let mut plain = Vec::new();
    read::fields(node, Block::Project, &standard.field_rules, found, |name, entry, found| {
        let before = found.len();
        let damage = match name {
            Name::Indicator => {
                project.indicators.extend(indicator(entry, standard, found));
                &mut project.damage.indicators
            }
            Name::Extra(rule) => {
                project.extra.extend(mend::extra_field(entry, rule, standard, found));
                &mut project.damage.fields
            }
            Name::Word(field) => match own::Project::of(field) {
                Some(own::Project::Budget) => {
                    project.budget = Some(budget(entry, standard, found));
                    &mut project.damage.budget
                }
                Some(own::Project::SpendingPlan) => {
                    project.plan = Some(plan(entry, standard, found));
                    &mut project.damage.plan
                }
                Some(own::Project::Unit) => {
                    project.unit_of_account = read::code_and_name(entry, found).map(|(code, _)| code);
                    &mut project.damage.fields
                }
                None if field == Field::TotalInvestment => {
                    let is_parted_only =
                        entry.values.is_empty() && !entry.is_broken && entry.node.statement().has_block;
                    if !is_parted_only {
                        plain.extend(of_year::plain(entry, field, standard, found));
                    }
                    project.investment = fund_lines(entry, standard, found);
                    &mut project.damage.fields
                }
                None => {
                    plain.extend(of_year::plain(entry, field, standard, found));
                    &mut project.damage.fields
                }
            },
            Name::Free => return,
        };
        *damage |= entry.node.holds_mistake() || found[before..].iter().any(Diagnostic::is_error);
    });
    project.plain = plain.into_iter().collect();
    project.indicators.shrink_to_fit();
    // An unknown field may be any of those that are missing, or an indicator.
    let has_unknown = found[before_all..].iter().any(|one| [Code::JX214, Code::JX301].contains(&one.code));
    project.damage.fields |= has_unknown;
    project.damage.indicators |= has_unknown;
    project
}

/// The standard with the categories of the framework that a project names. JX313 where the standard has none of the name.
fn by_framework<'a>(
    node: Node<'_>,
    id: StandardId,
    standard: &'a Standard,
    found: &mut Vec<Diagnostic>,
) -> (StandardId, &'a Standard) {
    let is_meant = |child: &Node<'_>| Field::ProjectFramework.is_called(child.label_text());
    let line = node.children().find(|child| !child.is_broken() && is_meant(child));
    let named = line.and_then(|child| Some((child, child.values().first()?)));
    let Some(name) = named.and_then(|(child, value)| any_name(FieldEntry::of(child), value)) else {
        return (id, standard);
    };
    if standard.framework.as_deref() == Some(&*name.value) {
        return (id, standard);
    }
    standard.in_framework(id, &name.value).unwrap_or_else(|| {
        found.push(framework::unknown(&name.value, name.span, standard));
        (id, standard)
    })
}

pub(super) fn budget(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Budget {
    let total = match entry.values {
        [] if !entry.is_broken => None,
        _ => mend::amount(entry, standard, found),
    };
    Budget { span: entry.span(), total, funds: fund_lines(entry, standard, found) }
}

/// The parts of an amount in its braces.
fn fund_lines(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Vec<FundLine> {
    let mut funds: Vec<FundLine> = Vec::new();
    read::fields(entry.node, Block::Budget, &[], found, |_, line, found| {
        fund_line(line, &mut funds, standard, found);
    });
    funds
}

/// A line by fund source, which has one line only.
pub(super) fn fund_line(
    line: FieldEntry<'_>,
    funds: &mut Vec<FundLine>,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) {
    let Some(source) = fund_source(line, standard, found) else { return };
    if let Some(first) = funds.iter().find(|line| line.source == source) {
        found.push(repeated(&line.label_text(), line.label_span(), first.span));
        return;
    }
    let amount = if line.values.is_empty() && !line.is_broken { None } else { mend::amount(line, standard, found) };
    funds.push(FundLine { span: line.span(), source, amount });
}

/// The fund source that a label names. JX307.
pub(super) fn fund_source(line: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<usize> {
    let label = line.label_text();
    let source = standard.fund_sources.iter().position(|source| source.name == label);
    if source.is_none() && !line.is_broken {
        let names: Vec<&str> = standard.fund_sources.iter().map(|source| source.name.as_str()).collect();
        let message = texts::unknown_fund_source(&label, &standard.name);
        let help = texts::fund_sources_are(names.join(" "));
        found.push(unknown_name(Code::JX307, message, help, line, &label, &names));
    }
    source
}

fn plan(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> SpendingPlan {
    if !entry.values.is_empty() {
        read::wrong_kind(entry, texts::expect_nothing(), found);
    }
    let mut lines: Vec<PlanLine> = Vec::new();
    read::fields(entry.node, Block::Plan, &[], found, |_, line, found| {
        let label = line.label_text();
        let date = super::calendar::Date::read(&label);
        let known =
            |checkpoint: &super::standard::Checkpoint| checkpoint.label == label || Some(checkpoint.date) == date;
        let Some(checkpoint) = standard.checkpoints.iter().position(known) else {
            if !line.is_broken {
                let names: Vec<&str> = standard.checkpoints.iter().map(|one| one.label.as_str()).collect();
                let message = texts::unknown_checkpoint(&label, &standard.name);
                let help = texts::checkpoints_are(names.join(" "));
                found.push(unknown_name(Code::JX308, message, help, line, &label, &names));
            }
            return;
        };
        if let Some(first) = lines.iter().find(|line| line.checkpoint == checkpoint) {
            found.push(repeated(&label, line.label_span(), first.span));
            return;
        }
        let share = mend::ratio(line, standard, found);
        if let Some(share) = share {
            lines.push(PlanLine { span: line.span(), checkpoint, share });
        }
    });
    SpendingPlan { span: entry.span(), lines }
}

fn repeated(label: &str, again: Span, first: Span) -> Diagnostic {
    Diagnostic::new(Code::JX302, texts::repeated_field(label), again, texts::stated_again_here())
        .label(first, texts::stated_first_here())
}

/// A label that should be a name of the standard: with the nearest name, else with all of them.
fn unknown_name(
    code: Code,
    message: crate::diagnostic::Text,
    help: crate::diagnostic::Text,
    line: FieldEntry<'_>,
    label: &str,
    names: &[&str],
) -> Diagnostic {
    let span = line.label_span();
    match language::nearest(label, names.iter().map(|name| (*name, *name))) {
        Some(right) => Diagnostic::new(code, message, span, texts::did_you_mean(right))
            .fix(texts::replace_by(right), span, right)
            .help(help),
        None => Diagnostic::new(code, message, span, texts::not_found_here()).help(help),
    }
}

/// A row of an indicator: category, name and target, with its fields.
pub(super) fn indicator(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Indicator> {
    let [path, name, rest @ ..] = entry.values else {
        if !entry.is_broken {
            read::wrong_kind(entry, texts::expect_path(), found);
        }
        // Its fields may hold mistakes of their own.
        read::fields(entry.node, Block::Indicator, &standard.field_rules, found, |name, entry, found| {
            if let Some(field) = name.word() {
                by_kind::plain(entry, field, standard, found);
            }
        });
        return None;
    };
    let name = any_name(entry, name)?;
    Some(named_indicator(entry, path, name, rest, standard, found))
}

/// An indicator of a known name: the rest of its row, and its fields.
pub(super) fn named_indicator(
    entry: FieldEntry<'_>,
    path: &Value,
    name: super::Text,
    rest: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Indicator {
    let category = category(entry, path, standard, found);
    let end = entry.node.after_head();
    let target_span = match (rest.first(), rest.last()) {
        (Some(first), Some(last)) => entry.value_span(first).to(entry.value_span(last)),
        _ => end,
    };
    let before_target = found.len();
    let target = if entry.is_broken { Target::Damaged } else { read_target(entry, rest, standard, found) };
    if target == Target::Damaged {
        mend::target(entry, &name, before_target, standard, found);
    }
    let mut indicator = Indicator {
        span: entry.span(),
        category,
        category_span: entry.value_span(path),
        name,
        target: Spanned::new(target, target_span),
        whole_period: None,
        basis: None,
        direction: None,
        interim: Box::default(),
        plain: PlainFields::default(),
        extra: Box::default(),
    };
    let mut has_damage = entry.is_broken;
    let before = found.len();
    let (mut plain, mut extra, mut interims) = (Vec::new(), Vec::new(), Vec::new());
    read::fields(entry.node, Block::Indicator, &standard.field_rules, found, |name, entry, found| {
        has_damage |= entry.is_broken;
        match name {
            Name::Word(field) => match own::Indicator::of(field) {
                Some(own::Indicator::Basis) => {
                    let before = found.len();
                    let basis = basis(entry, found);
                    indicator.basis = mend::text(basis, entry, before, found);
                }
                Some(own::Indicator::Direction) => indicator.direction = direction(entry, found),
                Some(own::Indicator::WholePeriod) => {
                    let target = if entry.is_broken {
                        Target::Damaged
                    } else {
                        read_target(entry, entry.values, standard, found)
                    };
                    indicator.whole_period = Some(Box::new(Spanned::new(target, entry.values_span())));
                }
                Some(own::Indicator::Interim) => {
                    let target =
                        |values: &[Value], found: &mut Vec<Diagnostic>| read_target(entry, values, standard, found);
                    let interim = of_year::interim(entry, &interims, found, target);
                    interims.extend(interim);
                }
                None => plain.extend(of_year::plain(entry, field, standard, found)),
            },
            Name::Extra(rule) => extra.extend(mend::extra_field(entry, rule, standard, found)),
            Name::Free | Name::Indicator => {}
        }
    });
    indicator.plain = plain.into_iter().collect();
    indicator.extra = extra.into();
    indicator.interim = interims.into();
    if !has_damage && found.len() == before {
        check_direction(&indicator, found);
        check_last_year(&indicator, standard, found);
        of_year::check_method(&indicator, standard, found);
    }
    indicator
}

/// JX041, JX305, JX306.
fn category(
    entry: FieldEntry<'_>,
    value: &Value,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<CategoryId> {
    category_of(&category_path(entry.slice(value)), entry.value_span(value), standard, found)
}

/// A category as it is written, without quotes.
pub(crate) fn category_path(token: &str) -> String {
    token.replace(['"', '“', '”', '＂'], "")
}

/// The category that a path names.
pub(crate) fn category_of(
    written: &str,
    span: Span,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<CategoryId> {
    match standard.find_category(written) {
        CategoryMatch::One(id) => return Some(id),
        CategoryMatch::Several(ids) => {
            let paths: Vec<String> = ids.iter().map(|id| standard.category_path(*id)).collect();
            let message = texts::ambiguous_category(written, ids.len());
            let help = texts::write_one_of(paths.join(" "));
            found.push(Diagnostic::new(Code::JX306, message, span, texts::ambiguous_here()).help(help));
        }
        CategoryMatch::WrongParent { written: parent, right } => {
            let child = standard.subcategory(right).map_or("", |subcategory| subcategory.name.as_str());
            let message = texts::wrong_parent(child, &parent, &standard.category(right).name);
            let path = standard.category_path(right);
            found.push(Diagnostic::new(Code::JX041, message, span, texts::did_you_mean(&path)).fix(
                texts::replace_by(&path),
                span,
                path,
            ));
        }
        CategoryMatch::None => {
            let message = texts::unknown_category(written, standard.name_in_full());
            let help = texts::categories_are(standard.category_names().join(" "));
            found.push(match standard.similar_category(written) {
                Some(right) => Diagnostic::new(Code::JX305, message, span, texts::did_you_mean(&right))
                    .fix(texts::replace_by(&right), span, right)
                    .help(help),
                None => Diagnostic::new(Code::JX305, message, span, texts::not_found_here()).help(help),
            });
        }
    }
    None
}

fn basis(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Basis> {
    match entry.values {
        [kind, text] => {
            let kind = any_name(entry, kind).map(Box::new);
            let text = read::content(entry, text, found)?;
            Some(Basis { kind, text })
        }
        _ => read::one_text(entry, found).map(|text| Basis { kind: None, text }),
    }
}

fn direction(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<Direction>> {
    let name = read::one_name(entry, found)?;
    let direction = match &*name.value {
        "正向" | "up" => Direction::Up,
        "反向" | "down" => Direction::Down,
        _ => {
            read::wrong_kind(entry, texts::expect_one_of("正向 反向"), found);
            return None;
        }
    };
    Some(Spanned::new(direction, name.span))
}

/// JX405: `方向 反向` with `≥`, `方向 正向` with `≤`.
fn check_direction(indicator: &Indicator, found: &mut Vec<Diagnostic>) {
    let (Some(direction), Some(comparator)) = (&indicator.direction, indicator.target.value.comparator()) else {
        return;
    };
    let (contradicts, word) = match direction.value {
        Direction::Up => (matches!(comparator, Comparator::AtMost | Comparator::Below), "正向"),
        Direction::Down => (matches!(comparator, Comparator::AtLeast | Comparator::Above), "反向"),
    };
    if contradicts {
        let message = texts::direction_contradicts(word, comparator.sign());
        found.push(
            Diagnostic::new(Code::JX405, message, direction.span, texts::direction_here())
                .label(indicator.target.span, texts::comparator_is_here())
                .help(texts::directions()),
        );
    }
}

/// JX407 and JX408: a target relative to last year needs last year's value, in a unit that fits; so do interim targets.
fn check_last_year(indicator: &Indicator, standard: &Standard, found: &mut Vec<Diagnostic>) {
    let target = &indicator.target;
    match (&target.value, indicator.last_year()) {
        (Target::LastYear { .. }, None) => {
            let label = texts::missing_baseline_here();
            found.push(
                Diagnostic::new(Code::JX407, texts::missing_baseline(), target.span, label)
                    .help(texts::state_baseline()),
            );
        }
        (Target::LastYear { change: Some(change), .. }, Some(last_year)) if change.0 != SinceLastYear::Times => {
            check_comparable(&change.1, last_year, standard, found);
        }
        (Target::Quantity { quantity, .. }, Some(last_year)) => check_comparable(quantity, last_year, standard, found),
        _ => {}
    }
    for interim in &indicator.interim {
        if let (Target::Quantity { quantity, .. }, Target::Quantity { quantity: due, .. }) =
            (&target.value, &interim.target.value)
        {
            check_comparable(quantity, due, standard, found);
        }
    }
}
