//! From differences of facts to changes: every difference becomes a change or belongs to one.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::form::{Edit, Entity, Item, Kind, Moves, Place, REPEATED, Value};
use super::names::{Facts, Names, Thing};
use super::{Change, Class, Detail, Fact, Said, Subject};
use crate::diagnostic::Language;
use crate::source::Span;

/// A fact that is not the same on both sides.
pub(super) struct Difference {
    pub(super) field: Fact,
    pub(super) item: Item,
    pub(super) old: Option<(Value, Option<Span>)>,
    pub(super) new: Option<(Value, Option<Span>)>,
    /// An order as the old side calls its items.
    old_order: Vec<Item>,
}

/// The changes of one thing and of what belongs to it, and edits that follow from them.
#[derive(Default)]
pub(super) struct Group {
    pub(super) changes: Vec<Change>,
    consequences: Vec<Edit>,
}

impl Group {
    pub(super) fn of(change: Change) -> Self {
        Self { changes: vec![change], consequences: Vec::new() }
    }

    pub(super) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    pub(super) fn follows(&mut self, edit: Edit) {
        self.consequences.push(edit);
    }

    /// Puts what follows with the first change; what has none to stand with is left over.
    pub(super) fn close(mut self) -> (Vec<Change>, Vec<Edit>) {
        let consequences = std::mem::take(&mut self.consequences);
        match self.changes.first_mut() {
            Some(first) => {
                first.edits.extend(consequences);
                (self.changes, Vec::new())
            }
            None => (self.changes, consequences),
        }
    }

    /// A difference of the order of things. One that follows from what was added, removed or renamed is no change of its own.
    pub(super) fn order(&mut self, class: Class, subject: Subject, entity: &Entity, difference: Difference) {
        let Difference { field, item, old, new, old_order } = difference;
        let items = |side: &Option<(Value, Option<Span>)>| match side {
            Some((Value::Order(items), _)) => items.clone(),
            Some((Value::Said(_), _)) | None => Vec::new(),
        };
        let (before, after) = (items(&old), items(&new));
        let edit = edit(entity, field, item, new.as_ref().map(|(value, _)| value));
        // What stands on both sides, by its place among the items of a side.
        let kept = |of: &[Item], others: &[Item]| {
            let others: BTreeSet<&Item> = others.iter().collect();
            (0..of.len()).filter(|index| others.contains(&of[*index])).collect::<Vec<_>>()
        };
        let (left, right) = (kept(&before, &after), kept(&after, &before));
        if left.iter().map(|index| &before[*index]).eq(right.iter().map(|index| &after[*index])) {
            self.follows(edit);
            return;
        }
        let say = |items: &[Item], kept: &[usize], side: &Option<(Value, Option<Span>)>| {
            let names: Vec<String> = kept.iter().map(|index| own_name(&items[*index])).collect();
            Some(Said::new(names.join("、"), side.as_ref().and_then(|(_, span)| *span)))
        };
        let mut change = Change::new(class, subject, say(&old_order, &left, &old), say(&after, &right, &new));
        change.subject.extend_identity(&field.name().in_language(Language::English));
        change.subject.field = Some(field.name());
        change.edits.push(edit);
        self.push(change);
    }
}

impl Difference {
    pub(super) fn old_said(&self) -> Option<Said> {
        said(self.old.as_ref())
    }

    pub(super) fn new_said(&self) -> Option<Said> {
        said(self.new.as_ref())
    }

    /// The edit that makes the new side of it.
    pub(super) fn edit(&self, entity: &Entity) -> Edit {
        edit(entity, self.field, self.item.clone(), self.new.as_ref().map(|(value, _)| value))
    }

    /// The change that it is, about a subject whose field it fills in.
    pub(super) fn change(&self, class: Class, subject: Subject, entity: &Entity) -> Change {
        let mut change = Change::new(class, subject, self.old_said(), self.new_said());
        change.subject.field = Some(self.field.name());
        change.subject.extend_identity(&self.field.name().in_language(Language::English));
        if self.item != Item::Whole {
            let name = item_name(&self.item);
            change.subject.extend_identity(&name);
            change.subject.item = Some(name);
        }
        change.edits.push(self.edit(entity));
        change
    }
}

fn said(side: Option<&(Value, Option<Span>)>) -> Option<Said> {
    side.map(|(value, span)| match value {
        Value::Said(text) => Said::new(text.clone(), *span),
        Value::Order(items) => Said::new(items.iter().map(item_name).collect::<Vec<_>>().join(" "), *span),
    })
}

fn edit(entity: &Entity, field: Fact, item: Item, new: Option<&Value>) -> Edit {
    let place = Place { entity: entity.clone(), field, item };
    match new {
        Some(value) => Edit::Put(place, value.clone()),
        None => Edit::Take(place),
    }
}

/// How people call an item.
pub(super) fn item_name(item: &Item) -> String {
    let name = |key: &str| key.split(REPEATED).next().unwrap_or_default().to_owned();
    match item {
        Item::Whole => String::new(),
        Item::Named(key) => name(key),
        Item::Of(Entity(path)) => {
            let wanted = path.iter().filter(|(kind, _)| *kind != Kind::Department);
            wanted.map(|(_, key)| name(key)).collect::<Vec<_>>().join(".")
        }
    }
}

/// The same without what it belongs to.
fn own_name(item: &Item) -> String {
    match item {
        Item::Of(Entity(path)) => item_name(&Item::Named(path.last().map(|(_, key)| key.clone()).unwrap_or_default())),
        Item::Whole | Item::Named(_) => item_name(item),
    }
}

/// What differs between the facts of a thing, once the old ones are called as on the new side.
pub(super) fn differences(old: Facts, mut new: Facts, moves: &Moves) -> Vec<Difference> {
    let mut differences = Vec::new();
    for ((field, item), (value, span)) in old {
        let (item, before) = (moves.item(&item), moves.value(&value));
        match new.remove(&(field, item.clone())) {
            Some((now, _)) if now == before => {}
            after => {
                let old_order = if let Value::Order(items) = value { items } else { Vec::new() };
                differences.push(Difference { field, item, old: Some((before, span)), new: after, old_order });
            }
        }
    }
    for ((field, item), after) in new {
        differences.push(Difference { field, item, old: None, new: Some(after), old_order: Vec::new() });
    }
    differences.sort_by(|one, other| (one.field, &one.item).cmp(&(other.field, &other.item)));
    differences
}

/// The change that things are new.
pub(super) fn added(class: Class, subject: Subject, said: Said, things: Vec<Thing>) -> Change {
    let mut change = Change::new(class, subject, None, Some(said));
    change.content = content(&things);
    for Thing { entity, facts } in things {
        let puts = facts
            .into_iter()
            .map(|((field, item), (value, _))| Edit::Put(Place { entity: entity.clone(), field, item }, value));
        change.edits.extend(puts);
    }
    change
}

/// The change that things are gone.
pub(super) fn removed(class: Class, subject: Subject, said: Said, things: &[Thing]) -> Change {
    let mut change = Change::new(class, subject, Some(said), None);
    change.content = content(things);
    change.edits.extend(things.first().map(|thing| Edit::Drop(thing.entity.clone())));
    change
}

/// A digest of all that things say: orders and keys aside, which depend on their neighbours.
fn content(things: &[Thing]) -> String {
    let mut hash = Sha256::new();
    for ((field, item), (value, _)) in things.iter().flat_map(|thing| &thing.facts) {
        if let (Value::Said(text), item) = (value, item_name(item)) {
            for part in [&*field.name().in_language(Language::English), &item, text] {
                // As wide on every machine.
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
    }
    hash.finalize().iter().take(8).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The usual class of a difference of a field; what becomes of numbers and targets is looked at more closely.
pub(super) fn usual_class(difference: &Difference) -> Class {
    let by_presence = |added, removed, changed| match (&difference.old, &difference.new) {
        (None, _) => added,
        (_, None) => removed,
        (Some(_), Some(_)) => changed,
    };
    match difference.field {
        Fact::Plain(field) => {
            let [one, fallen] = Class::of_plain(field);
            by_presence(one, fallen, one)
        }
        Fact::DepartmentName => Class::DepartmentRenamed,
        Fact::DepartmentCode => Class::DepartmentCodeChanged,
        Fact::Year => Class::YearChanged,
        Fact::DepartmentStandard | Fact::ProjectStandard => Class::StandardSwitched,
        Fact::Unit => by_presence(Class::UnitAdded, Class::UnitRemoved, Class::UnitRenamed),
        Fact::DepartmentExtra | Fact::ProjectExtra | Fact::IndicatorExtra => Class::FieldChanged,
        Fact::UnitOrder | Fact::SubGoalOrder | Fact::SafeguardOrder | Fact::ReferenceOrder => Class::Reordered,
        Fact::DepartmentDamage | Fact::ProjectDamage => {
            by_presence(Class::NotUnderstood, Class::Understood, Class::NotUnderstood)
        }
        Fact::SubGoalText => Class::SubGoalReworded,
        Fact::Reference => by_presence(Class::SubGoalGained, Class::SubGoalLost, Class::SubGoalReworded),
        Fact::SafeguardName | Fact::SafeguardText => Class::SafeguardChanged,
        Fact::ProjectName => Class::ProjectRenamed,
        Fact::ProjectCode => Class::ProjectCodeChanged,
        Fact::ProjectUnit => Class::ProjectUnitChanged,
        Fact::Budget => by_presence(Class::BudgetStated, Class::BudgetBlanked, Class::AmountRewritten),
        Fact::Fund => by_presence(Class::FundStated, Class::FundBlanked, Class::AmountRewritten),
        Fact::InvestmentFund => Class::TotalInvestmentChanged,
        Fact::Plan | Fact::Checkpoint => Class::PlanReshaped,
        Fact::IndicatorOrder => Class::IndicatorsReordered,
        Fact::IndicatorName => Class::IndicatorRenamed,
        Fact::Category => Class::CategoryMoved,
        Fact::Target => Class::TargetRedefined,
        Fact::WholePeriod => by_presence(Class::WholePeriodAdded, Class::WholePeriodRemoved, Class::TargetRedefined),
        Fact::BasisKind | Fact::Basis => Class::BasisChanged,
        Fact::Direction => Class::DirectionChanged,
        Fact::Interim => Class::InterimChanged,
        Fact::StandardName
        | Fact::Title
        | Fact::Document
        | Fact::DocumentOrder
        | Fact::InForceFrom
        | Fact::InForceUntil
        | Fact::Default
        | Fact::MoneyUnit
        | Fact::Measure
        | Fact::UnitForm
        | Fact::FundSource
        | Fact::FundSourceOrder
        | Fact::CheckpointRule
        | Fact::CheckpointOrder
        | Fact::CategoryRule
        | Fact::CategoryOrder
        | Fact::Framework
        | Fact::ProjectKinds
        | Fact::WeightTotal
        | Fact::WeightScheme
        | Fact::WeightSchemeOrder
        | Fact::Grades
        | Fact::FieldRule
        | Fact::FieldRuleOrder
        | Fact::CodeForm
        | Fact::Column
        | Fact::ColumnOrder
        | Fact::MergedColumns
        | Fact::Label
        | Fact::Words
        | Fact::Reading
        | Fact::Level
        | Fact::RuleSource
        | Fact::NameLength
        | Fact::MonitoringRules
        | Fact::ScoringRules
        | Fact::YearForm
        | Fact::ProjectForm => {
            by_presence(Class::StandardPartAdded, Class::StandardPartRemoved, Class::StandardPartChanged)
        }
    }
}

/// Whether a difference is one of order.
pub(super) fn is_order(difference: &Difference) -> bool {
    [&difference.old, &difference.new].into_iter().flatten().any(|(value, _)| matches!(value, Value::Order(_)))
}

/// The standards that workspaces declare, by name.
pub(super) fn standards(old: &Names<'_>, new: &Names<'_>) -> Group {
    let mut group = Group::default();
    let mut left: Vec<_> = new.standards().collect();
    let subject = |name: &str| Subject {
        standard: Some(name.to_owned()),
        identity: format!("standard/{name}"),
        ..Subject::default()
    };
    for (entity, standard) in old.standards() {
        let facts = old.standard_facts(standard);
        let Some(index) = left.iter().position(|(other, _)| *other == entity) else {
            let said = Said::new(standard.name.clone(), None);
            let things = [Thing { entity, facts }];
            group.push(removed(Class::StandardRemoved, subject(&standard.name), said, &things));
            continue;
        };
        let (_, now) = left.remove(index);
        for difference in differences(facts, new.standard_facts(now), &Moves::default()) {
            let class = usual_class(&difference);
            if is_order(&difference) {
                group.order(Class::StandardPartChanged, subject(&standard.name), &entity, difference);
            } else {
                group.push(difference.change(class, subject(&standard.name), &entity));
            }
        }
    }
    for (entity, standard) in left {
        let said = Said::new(standard.name.clone(), None);
        let things = vec![Thing { entity, facts: new.standard_facts(standard) }];
        group.push(added(Class::StandardAdded, subject(&standard.name), said, things));
    }
    group
}

/// Why a renamed thing is taken for the same.
pub(super) fn likeness(old: Option<&Said>, new: Option<&Said>) -> Option<Detail> {
    let (old, new) = (old?, new?);
    let percent = super::pairs::likeness(&old.text, &new.text);
    Some(Detail::Alike { percent, old: old.text.clone(), new: new.text.clone() })
}
