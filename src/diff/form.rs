//! A model as a flat list of facts, each at its place: what a comparison compares, and what changes are applied to.

use std::collections::BTreeMap;

use super::{Change, Fact};

/// Every fact of a model by its place. Two models are the same for a comparison where their forms are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// In the order of their places.
    pub facts: BTreeMap<Place, Value>,
}

/// Where a fact stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The thing that has it.
    pub entity: Entity,
    /// Which fact of the thing.
    pub field: Fact,
    /// Which of several; the only one where there is one.
    pub item: Item,
}

/// What has facts: by its kind and key, from the outermost inwards.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity(pub Vec<(Kind, String)>);

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// By its name.
    Standard,
    /// By its name.
    Department,
    /// By its text.
    SubGoal,
    /// By its name.
    Safeguard,
    /// The department as a whole.
    WholeDepartment,
    /// By its code or name.
    Project,
    /// By its category and name.
    Indicator,
    /// By its keyword and when it was: 监控 2025-06-30.
    Occasion,
}

/// Which of several facts of one field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// The field has one.
    Whole,
    /// By name: a fund source, a checkpoint, a unit.
    Named(String),
    /// By what it refers to.
    Of(Entity),
}

/// What a fact says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// In the words of the language; empty where the field is there and blank.
    Said(String),
    /// Which item comes after which.
    Order(Vec<Item>),
}

/// A change of a form. Those of one comparison are made together: see [`apply`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// A thing goes with all that belongs to it, by its old place.
    Drop(Entity),
    /// A thing is known by another key.
    Move(Entity, Entity),
    /// A fact at its new place.
    Put(Place, Value),
    /// A fact goes, by its new place.
    Take(Place),
}

/// What entities of the old side are called on the new one.
#[derive(Clone, Debug, Default)]
pub(super) struct Moves {
    moves: BTreeMap<Entity, Entity>,
}

/// The form after the changes of a comparison: first what is gone goes, then what was renamed moves, then facts change.
#[must_use]
pub fn apply(form: &Form, changes: &[Change]) -> Form {
    let mut moves = Moves::default();
    let mut dropped = Vec::new();
    let edits = || changes.iter().flat_map(|change| &change.edits);
    for edit in edits() {
        match edit {
            Edit::Drop(entity) => dropped.push(entity),
            Edit::Move(from, to) => moves.add(from.clone(), to.clone()),
            Edit::Put(..) | Edit::Take(_) => {}
        }
    }
    dropped.sort();
    let is_gone = |entity: &Entity| entity.owners().any(|owner| dropped.binary_search(&&owner).is_ok());
    let left = form.facts.iter().filter(|(place, _)| !is_gone(&place.entity));
    let mut facts: BTreeMap<Place, Value> =
        left.map(|(place, value)| (moves.place(place), moves.value(value))).collect();
    for edit in edits() {
        match edit {
            Edit::Put(place, value) => {
                facts.insert(place.clone(), value.clone());
            }
            Edit::Take(place) => {
                facts.remove(place);
            }
            Edit::Drop(_) | Edit::Move(..) => {}
        }
    }
    Form { facts }
}

impl Entity {
    /// An outermost one.
    #[must_use]
    pub fn of(kind: Kind, key: impl Into<String>) -> Self {
        Self(vec![(kind, key.into())])
    }

    /// One inside this.
    #[must_use]
    pub fn with(&self, kind: Kind, key: impl Into<String>) -> Self {
        let mut path = self.0.clone();
        path.push((kind, key.into()));
        Self(path)
    }

    /// Itself and what it belongs to. A project is no part of its department: it may stay where that goes.
    fn owners(&self) -> impl Iterator<Item = Entity> + '_ {
        let project = self.0.iter().position(|(kind, _)| *kind == Kind::Project);
        let least = project.map_or(1, |index| index + 1);
        (least..=self.0.len()).map(|length| Entity(self.0[..length].to_vec()))
    }

    fn parent(&self) -> Option<Entity> {
        let (_, parent) = self.0.split_last()?;
        (!parent.is_empty()).then(|| Entity(parent.to_vec()))
    }
}

impl Moves {
    pub(super) fn add(&mut self, from: Entity, to: Entity) {
        self.moves.insert(from, to);
    }

    /// The new name of an entity: its own, else its old key in what its owner has become.
    pub(super) fn entity(&self, entity: &Entity) -> Entity {
        if let Some(moved) = self.moves.get(entity) {
            return moved.clone();
        }
        match (entity.parent(), entity.0.last()) {
            (Some(parent), Some((kind, key))) => self.entity(&parent).with(*kind, key.clone()),
            _ => entity.clone(),
        }
    }

    pub(super) fn item(&self, item: &Item) -> Item {
        match item {
            Item::Of(entity) => Item::Of(self.entity(entity)),
            Item::Whole | Item::Named(_) => item.clone(),
        }
    }

    pub(super) fn value(&self, value: &Value) -> Value {
        match value {
            Value::Order(items) => Value::Order(items.iter().map(|item| self.item(item)).collect()),
            Value::Said(_) => value.clone(),
        }
    }

    fn place(&self, place: &Place) -> Place {
        Place { entity: self.entity(&place.entity), field: place.field, item: self.item(&place.item) }
    }
}

/// Stands between a name and its number where the name is there more than once: no name holds a control sign.
pub(super) const REPEATED: char = '\u{1}';

/// Keys that differ from one another: a second one of a name is told by its number.
pub(super) fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    names
        .map(|name| {
            let count = taken.entry(name.clone()).or_default();
            *count += 1;
            if *count == 1 { name } else { format!("{name}{REPEATED}{count}") }
        })
        .collect()
}
