//! The indicators of two projects: which stands for which, and what became of each.

use super::form::Entity;
use super::names::Thing;
use super::pairs::{Lists, likeness, lists};
use super::ranks::old_ranks;
use super::report::{Difference, Group, added, differences, likeness as alike, removed, usual_class};
use super::target;
use super::walk::{Changed, Walk};
use super::{Change, Class, Fact, Said, Side};
use crate::diagnostic::Language;
use crate::language::Field;
use crate::model::cells::same_but_blanks;
use crate::model::print::{printed, target_cell};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::target::admitted::{Stated, measured};
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::model::{DepartmentId, ExtraField, ExtraValue, Indicator, IndicatorId, Plain, Project, ProjectId, written};
use crate::source::Spanned;

/// From here on two indicators of a project are taken for one that was renamed.
const SAME_INDICATOR: usize = 60;

/// Pairs the indicators of two projects: by category and name, by name, then by likeness.
pub(super) fn pairs(old: Side<'_>, new: Side<'_>, from: ProjectId, to: ProjectId) -> Lists {
    let (from, to) = (&old.model[from], &new.model[to]);
    let standards = (&old.model[from.standard], &new.model[to.standard]);
    let of = |is_new: bool, index: usize| &(if is_new { to } else { from }).indicators[index];
    let category = |is_new: bool, one: &Indicator| {
        let standard = if is_new { standards.1 } else { standards.0 };
        one.category.map(|id| standard.category_path(id)).unwrap_or_default()
    };
    let target = |is_new: bool, one: &Indicator| {
        written::target(&one.target.value, if is_new { standards.1 } else { standards.0 })
    };
    let exact = |is_new: bool, index: usize| {
        let one = of(is_new, index);
        Some(format!("{} {}", category(is_new, one), &*one.name.value))
    };
    let named = |is_new: bool, index: usize| Some(key(&of(is_new, index).name.value));
    let score = |one: usize, other: usize| {
        let (one, other) = (of(false, one), of(true, other));
        let description = |indicator: &Indicator| indicator.description().map(|text| text.value.to_string());
        let described = match (description(one), description(other)) {
            (Some(one), Some(other)) => likeness(&one, &other) / 10,
            _ => 0,
        };
        let same_category = if category(false, one) == category(true, other) { 15 } else { 0 };
        let same_target = if target(false, one) == target(true, other) { 15 } else { 0 };
        likeness(&one.name.value, &other.name.value) * 60 / 100 + same_category + same_target + described
    };
    lists((from.indicators.len(), to.indicators.len()), &[&exact, &named], SAME_INDICATOR, score)
}

/// All changes of the indicators of a pair of projects, in the order of the new side.
pub(super) fn changes(walk: &Walk<'_>, one: &Changed, group: &mut Group) {
    let (olds, news) = (walk.old.indicators(one.old), walk.new.indicators(one.new));
    let mut of_old: Vec<Option<u32>> = vec![None; olds.len()];
    one.indicators.pairs.iter().for_each(|(old, new, _)| of_old[*old] = Some(*new as u32));
    let ranks = old_ranks(of_old.into_iter());
    let mut told: Vec<((i64, u8, usize), Vec<Change>)> = Vec::new();
    for index in &one.indicators.removed {
        let (_, place, is_gone, own) = ranks[*index];
        told.push(((place, is_gone, own), vec![lone(walk, one, *index, &olds[*index], false)]));
    }
    for index in &one.indicators.added {
        told.push(((i64::from(*index as u32), 0, 0), vec![lone(walk, one, *index, &news[*index], true)]));
    }
    for (old, new, percent) in &one.indicators.pairs {
        let pair = IndicatorPair { walk, one, old: (*old as u32, &olds[*old]), new: (*new as u32, &news[*new]) };
        let changes = pair.changes(percent.is_some());
        if !changes.is_empty() {
            told.push(((i64::from(*new as u32), 0, 0), changes));
        }
    }
    told.sort_by_key(|(rank, _)| *rank);
    told.into_iter().flat_map(|(_, changes)| changes).for_each(|change| group.push(change));
}

/// An indicator without a counterpart.
fn lone(walk: &Walk<'_>, one: &Changed, index: usize, entity: &Entity, is_new: bool) -> Change {
    let (names, project) = if is_new { (&walk.new, one.new) } else { (&walk.old, one.old) };
    let id = IndicatorId { project, index: index as u32 };
    let indicator = &names.side.model[id];
    let facts = names.indicator_facts(id);
    let standard = &names.side.model[names.side.model[project].standard];
    let said = Said::new(written::target(&indicator.target.value, standard), Some(indicator.span));
    let place = Some((index as u32, entity));
    let thing = Thing { entity: entity.clone(), facts };
    let projects = (one.old, one.new);
    if is_new {
        let subject = walk.indicator_subject(projects, None, place);
        added(Class::IndicatorAdded, subject, said, vec![thing])
    } else {
        removed(Class::IndicatorRemoved, walk.indicator_subject(projects, place, None), said, &[thing])
    }
}

/// Two indicators that stand for one.
struct IndicatorPair<'w, 'a> {
    walk: &'w Walk<'a>,
    one: &'w Changed,
    old: (u32, &'w Entity),
    new: (u32, &'w Entity),
}

impl IndicatorPair<'_, '_> {
    fn changes(&self, by_likeness: bool) -> Vec<Change> {
        let IndicatorPair { walk, one, .. } = self;
        let id = |project, (index, _): (u32, &Entity)| IndicatorId { project, index };
        let from = walk.old.indicator_facts(id(one.old, self.old));
        let to = walk.new.indicator_facts(id(one.new, self.new));
        let mut changes: Vec<(Fact, Change)> = Vec::new();
        let differences = differences(from, to, &walk.moves);
        for (field, is_whole) in [(Fact::Target, false), (Fact::WholePeriod, true)] {
            if differences.iter().all(|difference| difference.field != field) {
                changes.extend(self.in_the_same_words(field, is_whole).map(|change| (field, change)));
            }
        }
        for difference in differences {
            let is_basis =
                |change: &&mut Change| difference.field == Fact::Basis && change.class == Class::BasisChanged;
            // The kind of a basis and its words are one.
            if let Some(basis) = changes.last_mut().map(|(_, change)| change).filter(is_basis) {
                let whole = difference.change(Class::BasisChanged, basis.subject.clone(), self.new.1);
                basis.edits.extend(whole.edits);
                (basis.old, basis.new) = (joined(basis.old.take(), whole.old), joined(basis.new.take(), whole.new));
                basis.subject.field = whole.subject.field;
                continue;
            }
            let mut change = self.change(&difference);
            if change.class == Class::IndicatorRenamed && by_likeness {
                change.details.extend(alike(change.old.as_ref(), change.new.as_ref()));
            }
            changes.push((difference.field, change));
        }
        changes.sort_by_key(|(field, _)| *field);
        changes.into_iter().map(|(_, change)| change).collect()
    }

    /// What became of a target whose words are the same: other values may reach it, or it may be printed otherwise.
    fn in_the_same_words(&self, field: Fact, is_whole: bool) -> Option<Change> {
        let (old, new) = (self.side(false), self.side(true));
        let (before, after) = (old.stated(is_whole)?, new.stated(is_whole)?);
        let says = |stated: Stated<'_>| written::target(stated.target, stated.standard);
        let prints = |stated: Stated<'_>| printed(stated.target, stated.standard).glued();
        let (class, details, said) = if let Some((class, details)) = target::in_the_same_words(before, after) {
            (class, details, [says(before), says(after)])
        } else {
            let has_wording = [&old, &new].into_iter().any(|half| half.indicator.wording().is_some());
            let said = [prints(before), prints(after)];
            if !is_whole && has_wording || same_but_blanks(&said[0], &said[1]) {
                return None;
            }
            (Class::PrintedChanged, Vec::new(), said)
        };
        let place = |half: &Half<'_>| half.target(is_whole).map(|target| target.span);
        let [from, to] = said;
        let subject = self.walk.indicator_subject((self.one.old, self.one.new), Some(self.old), Some(self.new));
        let mut change =
            Change::new(class, subject, Some(Said::new(from, place(&old))), Some(Said::new(to, place(&new))));
        change.subject.field = Some(field.name());
        change.subject.extend_identity(&field.name().in_language(Language::English));
        // Both sides say the same: who approves it approves what it comes to.
        change.content =
            details.iter().map(|detail| detail.text().in_language(Language::English).into_owned()).collect();
        change.details = details;
        Some(change)
    }

    fn change(&self, difference: &Difference) -> Change {
        let IndicatorPair { walk, one, .. } = self;
        let subject = walk.indicator_subject((one.old, one.new), Some(self.old), Some(self.new));
        let (old, new) = (self.side(false), self.side(true));
        let class = usual_class(difference);
        let mut change = difference.change(class, subject, self.new.1);
        match difference.field {
            Fact::Target | Fact::WholePeriod => {
                let is_whole = difference.field == Fact::WholePeriod;
                if let (Some(before), Some(after)) = (old.stated(is_whole), new.stated(is_whole)) {
                    (change.class, change.details) = target::compare(before, after);
                }
            }
            Fact::Plain(Field::Wording) => {
                if let (Some(before), Some(after)) = (old.stated(false), new.stated(false)) {
                    let cell = |half: &Half<'_>| target_cell(half.indicator, half.standard);
                    let said = |said: Option<Said>, half| Said::new(cell(half), said.and_then(|said| said.span));
                    change.class = target::printed(before, after).unwrap_or(Class::WordingChanged);
                    (change.old, change.new) = (Some(said(change.old, &old)), Some(said(change.new, &new)));
                }
            }
            Fact::Plain(field) => {
                let values = (old.indicator.plain.get(field), new.indicator.plain.get(field));
                if let (Some(before), Some(after)) = values {
                    plain(field, (before, old.standard), (after, new.standard), &mut change);
                }
            }
            Fact::IndicatorExtra => {
                let fields = (&*old.indicator.extra, &*new.indicator.extra);
                change.class = extra(difference, (fields.0, old.standard), (fields.1, new.standard));
            }
            _ => {}
        }
        change
    }

    fn side(&self, is_new: bool) -> Half<'_> {
        let (names, project, index) = if is_new {
            (&self.walk.new, self.one.new, self.new.0)
        } else {
            (&self.walk.old, self.one.old, self.old.0)
        };
        let model = names.side.model;
        let project = &model[project];
        Half {
            indicator: &project.indicators[index as usize],
            project,
            standard: &model[project.standard],
            year: model.year_of(project),
        }
    }
}

/// An indicator of one side with what its meaning rests on.
struct Half<'a> {
    indicator: &'a Indicator,
    project: &'a Project,
    standard: &'a Standard,
    year: Option<u16>,
}

impl<'a> Half<'a> {
    fn target(&self, of_whole_period: bool) -> Option<&'a Spanned<Target>> {
        if of_whole_period { self.indicator.whole_period.as_deref() } else { Some(&self.indicator.target) }
    }

    fn stated(&self, of_whole_period: bool) -> Option<Stated<'a>> {
        let Half { indicator, project, standard, year } = *self;
        let target = &self.target(of_whole_period)?.value;
        Some(Stated { target, indicator, project, standard, year })
    }
}

fn joined(first: Option<Said>, second: Option<Said>) -> Option<Said> {
    match (first, second) {
        (Some(kind), Some(words)) => Some(Said::new(format!("{} {}", kind.text, words.text), words.span)),
        (kind, words) => words.or(kind),
    }
}

/// Whether two quantities are worth the same.
fn is_same(old: (&Quantity, &Standard), new: (&Quantity, &Standard)) -> bool {
    let (before, after) = (measured(old.0, old.1), measured(new.0, new.1));
    before.is_some() && before == after
}

/// A number or a quantity of the schema: risen, fallen, changed by so much, or only rewritten.
fn plain(field: Field, old: (&Plain, &Standard), new: (&Plain, &Standard), change: &mut Change) {
    match (old.0, new.0) {
        (Plain::Number(before), Plain::Number(after)) => {
            let [risen, fallen] = Class::of_plain(field);
            change.class = match after.value.cmp(&before.value) {
                std::cmp::Ordering::Greater => risen,
                std::cmp::Ordering::Less => fallen,
                std::cmp::Ordering::Equal => Class::FigureRewritten,
            };
        }
        (Plain::Quantity(before), Plain::Quantity(after)) => {
            if is_same((before, old.1), (after, new.1)) {
                change.class = Class::FigureRewritten;
            } else {
                change.details.extend(target::difference(before, old.1, after, new.1));
            }
        }
        (Plain::Text(_) | Plain::Number(_) | Plain::Quantity(_) | Plain::Date(_) | Plain::Period(_), _) => {}
    }
}

/// A field of the standard: changed, or only rewritten.
fn extra(difference: &Difference, old: (&[ExtraField], &Standard), new: (&[ExtraField], &Standard)) -> Class {
    let value = |(fields, standard): (&'_ [ExtraField], &Standard)| {
        let name = super::report::item_name(&difference.item);
        fields.iter().position(|one| standard.field_rules[one.rule].name == name)
    };
    let (Some(before), Some(after)) = (value(old), value(new)) else { return Class::FieldChanged };
    let is_same = match (&old.0[before].value, &new.0[after].value) {
        (ExtraValue::Number(before), ExtraValue::Number(after)) => before == after,
        (ExtraValue::Quantity(before), ExtraValue::Quantity(after)) => is_same((before, old.1), (after, new.1)),
        _ => false,
    };
    if is_same { Class::FigureRewritten } else { Class::FieldChanged }
}

/// The same for a department.
pub(super) fn extra_class(walk: &Walk<'_>, old: DepartmentId, new: DepartmentId, difference: &Difference) -> Class {
    let (from, to) = (walk.old.side.model, walk.new.side.model);
    extra(difference, (&from[old].extra, &from[from[old].standard]), (&to[new].extra, &to[to[new].standard]))
}

/// The same for a project.
pub(super) fn extra_of_project(walk: &Walk<'_>, old: ProjectId, new: ProjectId, difference: &Difference) -> Class {
    let (from, to) = (walk.old.side.model, walk.new.side.model);
    extra(difference, (&from[old].extra, &from[from[old].standard]), (&to[new].extra, &to[to[new].standard]))
}
