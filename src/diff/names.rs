//! The keys of what a side holds, and its facts under them.

use std::collections::BTreeMap;

use super::facts::{self, Key, Sink, Worth};
use super::form::{Entity, Form, Item, Kind, Place, REPEATED, Value, distinct};
use super::{Fact, Side, standard};
use crate::language::Block;
use crate::model::standard::Standard;
use crate::model::year::{NamedThing, Occasion, YearLine, YearSubject};
use crate::model::{DepartmentId, IndicatorId, ProjectId, Reference};
use crate::source::Span;

/// A side with the keys of its departments and projects. Those of what stands inside are made when they are asked for.
pub(super) struct Names<'a> {
    pub(super) side: Side<'a>,
    departments: Vec<Entity>,
    projects: Vec<Entity>,
    /// Of each department what it has as a whole.
    wholes: Vec<Entity>,
}

/// The facts of one thing, each with its place in the sources.
pub(super) type Facts = BTreeMap<(Fact, Item), (Value, Option<Span>)>;

/// A thing with its facts.
pub(super) struct Thing {
    pub(super) entity: Entity,
    pub(super) facts: Facts,
}

impl<'a> Names<'a> {
    pub(super) fn new(side: Side<'a>) -> Self {
        let model = side.model;
        let departments: Vec<Entity> = distinct(model.departments.iter().map(|one| one.name.value.to_string()))
            .into_iter()
            .map(|key| Entity::of(Kind::Department, key))
            .collect();
        let mut projects = Vec::with_capacity(model.projects.len());
        for group in model.groups() {
            let keys = distinct(model.projects_of(group).map(|(_, project)| match &project.code {
                Some(code) => format!("{} {}", code.value, project.name.value),
                None => project.name.value.to_string(),
            }));
            projects.extend(keys.into_iter().map(|key| match group {
                Some(id) => departments[id.0 as usize].with(Kind::Project, key),
                None => Entity::of(Kind::Project, key),
            }));
        }
        let whole = |one: &Entity| one.with(Kind::WholeDepartment, Block::Department.word().0.to_owned());
        let wholes = departments.iter().map(whole).collect();
        Self { side, departments, projects, wholes }
    }

    pub(super) fn department(&self, id: DepartmentId) -> &Entity {
        &self.departments[id.0 as usize]
    }

    pub(super) fn project(&self, id: ProjectId) -> &Entity {
        match id.whole_of() {
            Some(department) => &self.wholes[department.0 as usize],
            None => &self.projects[id.0 as usize],
        }
    }

    pub(super) fn indicators(&self, id: ProjectId) -> Vec<Entity> {
        let names = self.side.model[id].indicators.iter().map(|one| one.name.value.to_string());
        distinct(names).into_iter().map(|key| self.project(id).with(Kind::Indicator, key)).collect()
    }

    fn indicator(&self, id: IndicatorId) -> Entity {
        let all = &self.side.model[id.project].indicators;
        let name = &all[id.index as usize].name.value;
        let earlier = all[..id.index as usize].iter().filter(|one| one.name.value == *name).count();
        let keys = distinct((0..=earlier).map(|_| name.to_string()));
        self.project(id.project).with(Kind::Indicator, keys[earlier].clone())
    }

    pub(super) fn sub_goals(&self, id: DepartmentId) -> Vec<Entity> {
        let goals = self.side.model[id].sub_goals.iter();
        let keys = distinct(goals.map(|one| one.goal.as_ref().map(|goal| goal.value.to_string()).unwrap_or_default()));
        keys.into_iter().map(|key| self.department(id).with(Kind::SubGoal, key)).collect()
    }

    pub(super) fn safeguards(&self, id: DepartmentId) -> Vec<Entity> {
        let keys = distinct(self.side.model[id].safeguards.iter().map(|one| one.name.value.to_string()));
        keys.into_iter().map(|key| self.department(id).with(Kind::Safeguard, key)).collect()
    }

    /// What a reference leads to; its words where it leads nowhere.
    pub(super) fn referred(&self, reference: &Reference) -> Item {
        match (reference.target, &reference.project) {
            (Some(id), _) => Item::Of(self.indicator(id)),
            (None, Some(project)) => Item::Named(format!("{project}.{}", reference.indicator)),
            (None, None) => Item::Named(reference.indicator.to_string()),
        }
    }

    pub(super) fn department_facts(&self, id: DepartmentId) -> Facts {
        let department = &self.side.model[id];
        let mut collector = self.collector();
        facts::department(self.side, department, &mut collector);
        let units = collector.items_of(Fact::Unit);
        collector.order(Fact::UnitOrder, units, Some(department.span));
        let of = |entities: Vec<Entity>| entities.into_iter().map(Item::Of).collect();
        collector.order(Fact::SubGoalOrder, of(self.sub_goals(id)), Some(department.span));
        collector.order(Fact::SafeguardOrder, of(self.safeguards(id)), Some(department.span));
        collector.facts
    }

    pub(super) fn sub_goal_facts(&self, id: DepartmentId, index: usize) -> Facts {
        let goal = &self.side.model[id].sub_goals[index];
        let mut collector = self.collector();
        facts::sub_goal(goal, &mut collector);
        let references = goal.indicators.iter().map(|reference| self.referred(reference)).collect();
        collector.order(Fact::ReferenceOrder, references, Some(goal.span));
        collector.facts
    }

    pub(super) fn safeguard_facts(&self, id: DepartmentId, index: usize) -> Facts {
        let mut collector = self.collector();
        facts::safeguard(&self.side.model[id].safeguards[index], &mut collector);
        collector.facts
    }

    pub(super) fn project_facts(&self, id: ProjectId) -> Facts {
        let project = &self.side.model[id];
        let mut collector = self.collector();
        facts::project(self.side, project, &mut collector);
        let order = self.indicators(id).into_iter().map(Item::Of).collect();
        collector.order(Fact::IndicatorOrder, order, Some(project.span));
        collector.facts
    }

    pub(super) fn indicator_facts(&self, id: IndicatorId) -> Facts {
        let standard = &self.side.model[self.side.model[id.project].standard];
        let mut collector = self.collector();
        facts::indicator(self.side, &self.side.model[id], standard, &mut collector);
        collector.facts
    }

    pub(super) fn standard_facts(&self, of: &Standard) -> Facts {
        let mut collector = self.collector();
        standard::facts(of, &mut collector);
        for (field, order) in standard::orders(of) {
            collector.order(field, order.into_iter().map(Item::Named).collect(), None);
        }
        collector.facts
    }

    /// A project and its indicators.
    pub(super) fn project_things(&self, id: ProjectId) -> Vec<Thing> {
        let own = Thing { entity: self.project(id).clone(), facts: self.project_facts(id) };
        let indicators = self.indicators(id).into_iter().enumerate().map(|(index, entity)| {
            let id = IndicatorId { project: id, index: index as u32 };
            Thing { entity, facts: self.indicator_facts(id) }
        });
        std::iter::once(own).chain(indicators).collect()
    }

    /// A department, its sub-goals, its safeguards and its year.
    pub(super) fn department_things(&self, id: DepartmentId) -> Vec<Thing> {
        let own = Thing { entity: self.department(id).clone(), facts: self.department_facts(id) };
        let goals = self.sub_goals(id).into_iter().enumerate();
        let goals = goals.map(|(index, entity)| Thing { entity, facts: self.sub_goal_facts(id, index) });
        let safeguards = self.safeguards(id).into_iter().enumerate();
        let safeguards = safeguards.map(|(index, entity)| Thing { entity, facts: self.safeguard_facts(id, index) });
        let whole = self.side.model.whole_of(Some(id)).into_iter().flat_map(|(id, _)| self.project_things(id));
        std::iter::once(own).chain(goals).chain(safeguards).chain(whole).chain(self.year_things(Some(id))).collect()
    }

    /// The declarations of a department's year, or of what lies outside any; those of one checkpoint are one thing.
    pub(super) fn year_things(&self, group: Option<DepartmentId>) -> Vec<Thing> {
        let model = self.side.model;
        let record = model.record(group);
        let fallback = || model.standards.iter().find(|one| one.is_default).or(model.standards.first());
        let standard = match group {
            Some(id) => Some(&model[model[id].standard]),
            None => model.projects_of(None).next().map(|(_, project)| &model[project.standard]),
        };
        let Some(standard) = standard.or_else(|| fallback().map(|one| &**one)) else { return Vec::new() };
        let year = group.and_then(|id| model[id].year.as_ref()).map(|year| year.value);
        let mut all: BTreeMap<String, Facts> = BTreeMap::new();
        for occasion in &record.occasions {
            let facts = all.entry(occasion_key(occasion, year)).or_default();
            for line in occasion.lines(standard) {
                self.add_line(facts, &line, None);
            }
        }
        let of = |key: String| match group {
            Some(id) => self.department(id).with(Kind::Occasion, key),
            None => Entity::of(Kind::Occasion, key),
        };
        all.into_iter().map(|(key, facts)| Thing { entity: of(key), facts }).collect()
    }

    /// Adds a line, and what stands in its braces about the same thing. Several lines of one kind are one fact.
    fn add_line(&self, facts: &mut Facts, line: &YearLine<'_>, about: Option<&Item>) {
        let item = about.cloned().unwrap_or_else(|| match line.named {
            Some(NamedThing::Project(id)) => Item::Of(self.project(id).clone()),
            Some(NamedThing::Indicator(id)) => Item::Of(self.indicator(id)),
            Some(NamedThing::Department | NamedThing::Added { .. }) | None if line.about.is_empty() => Item::Whole,
            Some(NamedThing::Department | NamedThing::Added { .. }) | None => Item::Named(line.about.clone()),
        });
        let funds = line.inner.iter().filter(|inner| inner.field.is_none()).map(YearLine::head);
        let said = std::iter::once(line.said.clone()).chain(funds).collect::<Vec<_>>().join("；");
        let Some(field) = line.field else { return };
        let (value, _) = facts
            .entry((Fact::Plain(field), item.clone()))
            .or_insert_with(|| (Value::Said(String::new()), Some(line.span)));
        if let Value::Said(known) = value {
            if !known.is_empty() {
                known.push('；');
            }
            known.push_str(&said);
        }
        for inner in &line.inner {
            self.add_line(facts, inner, Some(&item));
        }
    }

    /// The standards that the workspace declares.
    pub(super) fn standards(&self) -> impl Iterator<Item = (Entity, &'a Standard)> + use<'a> {
        let own: Vec<&Standard> =
            self.side.model.standards.iter().map(|one| &**one).filter(|one| !one.is_built_in).collect();
        let keys = distinct(own.iter().map(|one| one.name.clone()));
        keys.into_iter().map(|key| Entity::of(Kind::Standard, key)).zip(own)
    }

    fn collector(&self) -> Collector<'_, 'a> {
        Collector { names: self, facts: Facts::new(), repeated: BTreeMap::new() }
    }
}

/// What it is and when: the same for two declarations of one checkpoint.
fn occasion_key(occasion: &Occasion, year: Option<u16>) -> String {
    let (word, _) = Block::declared_by(occasion.keyword()).word();
    let day = occasion.date().map(|date| date.in_year(year.unwrap_or_default()).to_string());
    let of = match occasion {
        Occasion::Evaluation(one) => one.subject.as_ref().map(YearSubject::path),
        Occasion::Area(one) => Some(one.name.value.to_string()),
        Occasion::Approval(_) | Occasion::Adjustment(_) | Occasion::Snapshot(_) | Occasion::Review(_) => None,
    };
    [Some(word.to_owned()), day, of].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Every fact of a side under its place.
#[must_use]
pub fn form(side: Side<'_>) -> Form {
    let names = Names::new(side);
    let standards = names.standards().map(|(entity, standard)| Thing { entity, facts: names.standard_facts(standard) });
    let crate::model::Model { standards: _, departments, projects: _, outside: _, before: _ } = side.model;
    let departments = (0..departments.len() as u32).flat_map(|index| names.department_things(DepartmentId(index)));
    let projects = side.model.project_ids().flat_map(|id| names.project_things(id));
    let things = standards.chain(departments).chain(projects).chain(names.year_things(None));
    let facts = things.flat_map(|Thing { entity, facts }| {
        facts.into_iter().map(move |((field, item), (value, _))| (Place { entity: entity.clone(), field, item }, value))
    });
    Form { facts: facts.collect() }
}

/// Takes facts in words.
struct Collector<'n, 'a> {
    names: &'n Names<'a>,
    facts: Facts,
    repeated: BTreeMap<(Fact, Item), usize>,
}

impl Collector<'_, '_> {
    fn items_of(&self, field: Fact) -> Vec<Item> {
        let mut items: Vec<(Option<Span>, Item)> = self
            .facts
            .iter()
            .filter(|((known, _), _)| *known == field)
            .map(|((_, item), (_, span))| (*span, item.clone()))
            .collect();
        items.sort();
        items.into_iter().map(|(_, item)| item).collect()
    }

    fn order(&mut self, field: Fact, items: Vec<Item>, span: Option<Span>) {
        if !items.is_empty() {
            self.facts.insert((field, Item::Whole), (Value::Order(items), span));
        }
    }
}

impl Sink for Collector<'_, '_> {
    fn fact(&mut self, field: Fact, key: Key<'_>, worth: Worth<'_>, span: Option<Span>) {
        let item = match key {
            Key::Whole => Item::Whole,
            Key::Named(name) => Item::Named(name.to_owned()),
            Key::Of(reference) => self.names.referred(reference),
        };
        let count = self.repeated.entry((field, item.clone())).or_default();
        *count += 1;
        let (count, value) = (*count, Value::Said(worth.said()));
        match item {
            // A name that is stated twice is a mistake, but both are facts.
            Item::Named(name) if count > 1 => {
                self.facts.insert((field, Item::Named(format!("{name}{REPEATED}{count}"))), (value, span));
            }
            // So often the same indicator is named.
            Item::Of(_) if count > 1 => {
                self.facts.insert((field, item), (Value::Said(count.to_string()), span));
            }
            Item::Whole | Item::Named(_) | Item::Of(_) => {
                self.facts.insert((field, item), (value, span));
            }
        }
    }
}
