//! A `项目` declaration by its standard.

use super::department::head;
use super::read::{self, FieldEntry, Name, any_name};
use super::standard::{CategoryMatch, Standard};
use super::target::{Comparator, Ends, SinceLastYear, SymbolicAmount, Target};
use super::unit::{Dimension, Quantity};
use super::{
    Basis, Budget, CategoryId, Damage, Direction, FundLine, Indicator, PlainFields, PlanLine, Project, SpendingPlan,
    StandardId, mend, of_year,
};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Block, Field, own};
use crate::source::{Span, Spanned, Words};
use crate::syntax::{Node, Value, ValueKind};

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
        plain: PlainFields::default(),
        indicators: Vec::new(),
        extra: Vec::new(),
        damage: Damage { head: node.is_broken(), ..Damage::default() },
        is_head: true,
    }
}

/// Reads a project. What is damaged is marked, so that no rule reports what follows from a mistake.
pub fn project(node: Node<'_>, id: StandardId, standard: &Standard, found: &mut Vec<Diagnostic>) -> Project {
    let mut project = Project { indicators: Vec::with_capacity(8), is_head: false, ..headed(node, id) };
    let before_all = found.len();
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
                None => {
                    plain.extend(mend::plain(entry, field, standard, found));
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
    let has_unknown = found[before_all..].iter().any(|diagnostic| diagnostic.code == Code::JX301);
    project.damage.fields |= has_unknown;
    project.damage.indicators |= has_unknown;
    project
}

fn budget(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Budget {
    let total = match entry.values {
        [] if !entry.is_broken => None,
        _ => mend::amount(entry, standard, found),
    };
    let mut funds: Vec<FundLine> = Vec::new();
    read::fields(entry.node, Block::Budget, &[], found, |_, line, found| {
        fund_line(line, &mut funds, standard, found);
    });
    Budget { span: entry.span(), total, funds }
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
                read::plain(entry, field, standard, found);
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
    let written = entry.slice(value).replace(['"', '“', '”', '＂'], "");
    let span = entry.value_span(value);
    match standard.find_category(&written) {
        CategoryMatch::One(id) => return Some(id),
        CategoryMatch::Several(ids) => {
            let paths: Vec<String> = ids.iter().map(|id| standard.category_path(*id)).collect();
            let message = texts::ambiguous_category(&written, ids.len());
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
            let message = texts::unknown_category(&written, &standard.name);
            let help = texts::categories_are(standard.category_names().join(" "));
            found.push(match standard.similar_category(&written) {
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

fn check_comparable(first: &Quantity, second: &Quantity, standard: &Standard, found: &mut Vec<Diagnostic>) {
    if !first.is_comparable(second, standard) {
        let message = texts::units_disagree(first.unit_label(standard), second.unit_label(standard));
        found.push(
            Diagnostic::new(Code::JX408, message, second.span, texts::unit_here())
                .label(first.span, texts::unit_here()),
        );
    }
}

/// The target that a row of values means.
pub(super) fn read_target(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Target {
    let before = found.len();
    let target = parse_target(entry, values, standard, found);
    if target.is_none() && found.len() == before {
        let span =
            values.first().zip(values.last()).map(|(first, last)| entry.value_span(first).to(entry.value_span(last)));
        let label = entry.label_text();
        let message = texts::wrong_kind(label, texts::expect_target());
        found.push(Diagnostic::new(Code::JX401, message, span.unwrap_or(entry.label_span()), texts::wrong_kind_here()));
    }
    target.unwrap_or(Target::Damaged)
}

fn parse_target(
    entry: FieldEntry<'_>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    match values {
        [only] if only.kind == ValueKind::YesOrNo || matches!(entry.slice(only), "是" | "否" | "yes" | "no") => {
            Some(Target::YesNo(matches!(entry.slice(only), "是" | "yes")))
        }
        [first, rest @ ..]
            if first.kind == ValueKind::Qualitative || matches!(entry.slice(first), "定性" | "qualitative") =>
        {
            qualitative(entry, rest, standard, found)
        }
        [comparator, rest @ ..] if comparator.kind == ValueKind::Comparator => {
            let comparator = Comparator::read(entry.slice(comparator));
            match rest {
                [date] if date.kind == ValueKind::Date => {
                    Some(Target::Deadline { comparator: Some(comparator), date: read::date_of(entry, date, found)? })
                }
                [word, change @ ..] if word.kind == ValueKind::Path => {
                    symbolic(entry, comparator, word, change, standard, found)
                }
                _ => quantity_target(entry, Some(comparator), rest, standard, found),
            }
        }
        [date] if date.kind == ValueKind::Date => {
            Some(Target::Deadline { comparator: None, date: read::date_of(entry, date, found)? })
        }
        _ => quantity_target(entry, None, values, standard, found),
    }
}

fn qualitative(
    entry: FieldEntry<'_>,
    rest: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let [first, scale @ ..] = rest else { return None };
    if matches!(first.kind, ValueKind::Quoted | ValueKind::TextBlock) {
        return scale.is_empty().then(|| read::content(entry, first, found).map(|text| Target::Words(text.value)))?;
    }
    let grade = entry.node.words(first.bytes);
    let mut scale: Vec<Words> = scale.iter().map(|value| entry.node.words(value.bytes)).collect();
    if scale.is_empty() {
        scale = standard.grades.iter().map(|grade| grade.as_str().into()).collect();
    }
    let span = entry.value_span(first);
    if scale.is_empty() {
        let message = texts::missing_scale(&*grade, &standard.name);
        found.push(Diagnostic::new(Code::JX409, message, span, texts::no_scale_here()).help(texts::write_scale()));
        return None;
    }
    if !scale.contains(&grade) {
        let message = texts::grade_not_on_scale(&*grade, scale.join(" "));
        found.push(Diagnostic::new(Code::JX406, message, span, texts::grade_here()));
        return None;
    }
    Some(Target::Grade { grade, scale: scale.into() })
}

/// `≤ 预算 × 95%`, `≤ 财政资金`, `≥ 上年 + 2%`.
fn symbolic(
    entry: FieldEntry<'_>,
    comparator: Comparator,
    word: &Value,
    change: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let name = entry.slice(word);
    let change = match change {
        [] => None,
        [sign, rest @ ..] => {
            let kind = match (sign.kind, entry.slice(sign)) {
                (ValueKind::Times, _) => SinceLastYear::Times,
                (ValueKind::Plus, "+" | "＋") => SinceLastYear::Plus,
                (ValueKind::Plus, _) => SinceLastYear::Minus,
                _ => return None,
            };
            let (quantity, rest) = read::quantity(entry, rest, None, standard, found)?;
            if !rest.is_empty() {
                return None;
            }
            Some((kind, quantity))
        }
    };
    if Field::LastYear.is_called(name) {
        return Some(Target::LastYear { comparator, change: change.map(Box::new) });
    }
    let symbol = match name {
        _ if Field::Budget.is_called(name) => SymbolicAmount::Budget,
        _ => {
            if let Some(source) = standard.fund_sources.iter().position(|source| source.name == name) {
                SymbolicAmount::Fund(source)
            } else {
                let funds = standard.fund_sources.iter().map(|source| source.name.as_str());
                let names: Vec<&str> = [Field::Budget.name, Field::LastYear.name].into_iter().chain(funds).collect();
                found.push(
                    Diagnostic::new(
                        Code::JX401,
                        texts::unknown_symbol(name),
                        entry.value_span(word),
                        texts::not_found_here(),
                    )
                    .help(texts::symbols_are(names.join(" "))),
                );
                return None;
            }
        }
    };
    match change {
        None => Some(Target::Money { comparator, symbol, share: None }),
        Some((SinceLastYear::Times, share)) if share.dimension(standard) == Some(Dimension::Ratio) => {
            Some(Target::Money { comparator, symbol, share: Some(Box::new(share)) })
        }
        Some(_) => None,
    }
}

fn quantity_target(
    entry: FieldEntry<'_>,
    comparator: Option<Comparator>,
    values: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<Target> {
    let sign = values.iter().position(|value| value.kind == ValueKind::RangeSign);
    let Some(sign) = sign.filter(|_| comparator.is_none()) else {
        let (quantity, rest) = read::quantity(entry, values, None, standard, found)?;
        return rest.is_empty().then_some(Target::Quantity { comparator, quantity });
    };
    let (high, rest) = read::quantity(entry, &values[sign + 1..], None, standard, found)?;
    if !rest.is_empty() {
        return None;
    }
    let low = match &values[..sign] {
        // 90 .. 95%: the unit stands once.
        [number] => {
            Quantity { span: entry.value_span(number), value: read::number_of(entry, number, found)?, ..high.clone() }
        }
        low => {
            let (low, rest) = read::quantity(entry, low, None, standard, found)?;
            if !rest.is_empty() {
                return None;
            }
            low
        }
    };
    if !low.is_comparable(&high, standard) {
        check_comparable(&low, &high, standard, found);
        return None;
    }
    let is_reversed = match (low.base_value(standard), high.base_value(standard)) {
        (Some(low), Some(high)) => low > high,
        _ => low.value > high.value,
    };
    if is_reversed {
        let message = texts::reversed_range(low.value, high.value);
        let span = low.span.to(high.span);
        found.push(Diagnostic::new(Code::JX404, message, span, texts::swap_ends()));
        return None;
    }
    Some(Target::Range { ends: Box::new(Ends { low, high }) })
}
