//! What follows from changed facts by the rules of a standard: points, lights and grades that are others than before.
//!
//! They are no facts, so there is nothing to apply; each names the change that moved it. Compared is what stood on both
//! sides: what was reported for the first time, or withdrawn, is told as such.

use std::collections::BTreeMap;

use crate::parallel::prelude::*;

use super::form::{Edit, Entity, Item};
use super::ranks::Ranks;
use super::walk::{Walk, Walked};
use super::{Change, Class, Detail, Said, Side, Subject};
use crate::diagnostic::{Language, Text, texts};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::year::{NamedThing, SnapshotKind};
use crate::model::{DepartmentId, Model, ProjectId};
use crate::score::{
    Absence, Exact, InForce, Light, Rounding, ScoreBasis, ScoredProject, StandingProject, checkpoints,
    monitor_projects, monitor_whole, score_projects, score_whole,
};

/// So many changes are named as what moved a value.
const MAXIMUM_OF_CAUSES: usize = 5;

/// The changes of facts, by what they are about.
struct Causes<'c> {
    by_entity: BTreeMap<&'c Entity, Vec<&'c Change>>,
    of_standards: Vec<&'c Change>,
}

/// A department, or what lies outside any, on both sides.
type BothGroups = [Option<DepartmentId>; 2];

/// A project's year on both sides.
struct BothYears<'a, 'w> {
    walk: &'w Walk<'a>,
    causes: &'w Causes<'w>,
    ids: [ProjectId; 2],
    /// The places of the indicators that are the same, the old one first.
    indicators: Vec<(usize, usize)>,
}

impl<'c> Causes<'c> {
    fn of(changes: impl Iterator<Item = &'c Change>) -> Self {
        let mut causes = Self { by_entity: BTreeMap::new(), of_standards: Vec::new() };
        for change in changes {
            if change.subject.standard.is_some() || change.class == Class::StandardSwitched {
                causes.of_standards.push(change);
            }
            let mut about: Vec<&Entity> = Vec::new();
            for edit in &change.edits {
                let (Edit::Put(place, _) | Edit::Take(place)) = edit else { continue };
                about.push(&place.entity);
                about.extend(if let Item::Of(entity) = &place.item { Some(entity) } else { None });
            }
            about.sort();
            about.dedup();
            for entity in about {
                causes.by_entity.entry(entity).or_default().push(change);
            }
        }
        causes
    }

    /// What moved a value of an indicator or of a project's money: what was said of it, else of the money, else the rules.
    fn of_value(&self, indicator: Option<&Entity>, project: &Entity) -> Vec<Detail> {
        let about = |entity: &Entity| self.by_entity.get(entity).map_or(&[][..], Vec::as_slice);
        let own = indicator.map_or(&[][..], about);
        let of_money = || about(project).iter().filter(|change| change.class.moves_money());
        let all: Vec<&Change> = if own.is_empty() { of_money().copied().collect() } else { own.to_vec() };
        let all = if all.is_empty() { &self.of_standards } else { &all };
        all.iter().take(MAXIMUM_OF_CAUSES).map(|change| because(change)).collect()
    }
}

fn because(change: &Change) -> Detail {
    let said = |side: &Option<Said>| side.as_ref().map(|said| said.text.clone());
    Detail::Because { class: change.class, old: said(&change.old), new: said(&change.new) }
}

/// Adds what is computed otherwise than before, each after what changed in its project.
pub(super) fn add(walked: &mut Walked<'_>) {
    let Walked { walk, ranks, groups, .. } = walked;
    let has_year = |side: Side<'_>, group| side.model.record(group).is_reported();
    let pairs = (0..).map(DepartmentId).zip(&walk.pairs.departments);
    let pairs = pairs.filter_map(|(old, new)| Some([Some(old), Some((*new)?)])).chain([[None, None]]);
    let reported = |both: &BothGroups| has_year(walk.old.side, both[0]) && has_year(walk.new.side, both[1]);
    let pairs: Vec<BothGroups> = pairs.filter(reported).collect();
    if pairs.is_empty() {
        return;
    }
    let causes = Causes::of(groups.iter().flat_map(|(_, _, told)| told));
    let of = |both: &BothGroups| {
        let department = ranks.new_department(both[1]);
        let made = changes(walk, *both, &causes);
        made.into_iter().map(|(id, told)| (department, Ranks::new_project(id), told)).collect::<Vec<_>>()
    };
    let made: Vec<_> = pairs.par_iter().flat_map_iter(of).collect();
    groups.extend(made);
}

/// The points, grades and lights of a department's projects that are others, each with the new side of its project.
fn changes(walk: &Walk<'_>, both: BothGroups, causes: &Causes<'_>) -> BTreeMap<ProjectId, Vec<Change>> {
    let pairs = pairs(walk, both).into_iter().map(|ids| BothYears::of(walk, causes, ids));
    let pairs: Vec<BothYears<'_, '_>> = pairs.collect();
    if pairs.is_empty() {
        return BTreeMap::new();
    }
    let models = [walk.old.side.model, walk.new.side.model];
    let has = |kind: SnapshotKind| {
        models.iter().zip(both).all(|(model, group)| model.record(group).snapshots().any(|one| one.kind == kind))
    };
    let mut changes: BTreeMap<ProjectId, Vec<Change>> = BTreeMap::new();
    let mut push = |id: ProjectId, made: Vec<Change>| changes.entry(id).or_default().extend(made);
    if has(SnapshotKind::SelfEvaluation) {
        let scored = [0, 1].map(|side| scores(models[side], both[side]));
        for pair in &pairs {
            if let [Some(old), Some(new)] = [0, 1].map(|side| scored[side].get(&pair.ids[side])) {
                push(pair.ids[1], pair.points([old, new]));
            }
        }
    }
    if has(SnapshotKind::Monitoring) {
        let years_of = [0, 1].map(|side| models[side].fiscal_year(both[side]));
        let dates = [0, 1].map(|side| checkpoints(models[side], both[side]));
        // The same checkpoint in both, also where the years differ.
        for date in &dates[1] {
            let day = date.in_year(years_of[1]);
            let Some(old_date) = dates[0].iter().find(|one| one.in_year(years_of[1]) == day) else { continue };
            let standing = [*old_date, *date];
            let standing = [0, 1].map(|side| standings(models[side], both[side], standing[side]));
            for pair in &pairs {
                if let [Some(old), Some(new)] = [0, 1].map(|side| standing[side].get(&pair.ids[side])) {
                    push(pair.ids[1], pair.lights([old, new], *date));
                }
            }
        }
    }
    changes
}

/// The pairs of projects that were read on both sides, and the department as a whole.
fn pairs(walk: &Walk<'_>, both: BothGroups) -> Vec<[ProjectId; 2]> {
    let models = [walk.old.side.model, walk.new.side.model];
    let matches = walk.pairs.matches.iter().map(|one| [one.old, one.new]);
    let is_here = |ids: &[ProjectId; 2]| {
        [0, 1].iter().all(|side| {
            let project = &models[*side][ids[*side]];
            project.department == both[*side] && !project.is_head
        })
    };
    let whole = [0, 1].map(|side| models[side].whole_of(both[side]).map(|(id, _)| id));
    let whole = if let [Some(old), Some(new)] = whole { Some([old, new]) } else { None };
    matches.filter(is_here).chain(whole).collect()
}

fn scores(model: &Model, group: Option<DepartmentId>) -> BTreeMap<ProjectId, ScoredProject<'_>> {
    let mut all = score_projects(model, group, ScoreBasis::Reported);
    all.extend(score_whole(model, group, &all, ScoreBasis::Reported));
    all.into_iter().filter(|one| one.report.is_made()).map(|one| (one.id, one)).collect()
}

fn standings(model: &Model, group: Option<DepartmentId>, date: Date) -> BTreeMap<ProjectId, StandingProject<'_>> {
    let all = monitor_projects(model, group, date).into_iter().chain(monitor_whole(model, group, date));
    all.filter(|one| one.report.is_made()).map(|one| (one.id, one)).collect()
}

fn moved(class: Class, subject: Subject, item: &str, [old, new]: [String; 2], because: Vec<Detail>) -> Change {
    let mut change = Change::new(class, subject, Some(Said::new(old, None)), Some(Said::new(new, None)));
    change.subject.extend_identity(item);
    change.details = because;
    change
}

impl<'a, 'w> BothYears<'a, 'w> {
    fn of(walk: &'w Walk<'a>, causes: &'w Causes<'w>, ids: [ProjectId; 2]) -> Self {
        let pairs = super::indicators::pairs(walk.old.side, walk.new.side, ids[0], ids[1]).pairs;
        Self { walk, causes, ids, indicators: pairs.into_iter().map(|(old, new, _)| (old, new)).collect() }
    }

    fn standards(&self) -> [&Standard; 2] {
        let models = [self.walk.old.side.model, self.walk.new.side.model];
        [0, 1].map(|side| &models[side][models[side][self.ids[side]].standard])
    }

    fn project_subject(&self) -> Subject {
        self.walk.project_subject(Some(self.ids[0]), Some(self.ids[1]))
    }

    /// The places of the indicators of both sides that are the same, in the order of the new side.
    fn rows(&self, old: &[InForce<'_>], new: &[InForce<'_>]) -> Vec<[usize; 2]> {
        let index = |one: &InForce<'_>| match one.named {
            NamedThing::Indicator(id) => Some(id.index as usize),
            NamedThing::Department | NamedThing::Project(_) | NamedThing::Added { .. } => None,
        };
        let is_same = |one: &InForce<'_>, other: &InForce<'_>| match (index(one), index(other)) {
            (Some(one), Some(other)) => self.indicators.contains(&(one, other)),
            (None, None) => one.indicator.name.value == other.indicator.name.value,
            (Some(_), None) | (None, Some(_)) => false,
        };
        let of = |(at, one): (usize, &InForce<'_>)| Some([old.iter().position(|other| is_same(other, one))?, at]);
        new.iter().enumerate().filter_map(of).collect()
    }

    /// What an indicator is called on both sides, and its place on the new one.
    fn indicator(&self, rows: [&InForce<'_>; 2]) -> (Subject, Option<Entity>) {
        let [NamedThing::Indicator(old), NamedThing::Indicator(new)] = rows.map(|row| row.named) else {
            let mut subject = self.project_subject();
            subject.item = Some(rows[1].indicator.name.value.to_string());
            return (subject, None);
        };
        let (olds, news) = (self.walk.old.indicators(self.ids[0]), self.walk.new.indicators(self.ids[1]));
        let [old_place, new_place] = [old.index, new.index].map(|index| index as usize);
        let (old, new) = ((old.index, &olds[old_place]), (new.index, &news[new_place]));
        let subject = self.walk.indicator_subject((self.ids[0], self.ids[1]), Some(old), Some(new));
        (subject, news.into_iter().nth(new_place))
    }

    fn points(&self, scored: [&ScoredProject<'_>; 2]) -> Vec<Change> {
        let standards = self.standards();
        let places = standards.map(|standard| Rounding::of(&standard.scoring).map_or(0, |rounding| rounding.places));
        let say = |side: usize, points: &Exact| points.fixed(places[side]);
        let both = |of: [&Option<Exact>; 2]| {
            let [Some(old), Some(new)] = of else { return None };
            (old != new).then(|| [say(0, old), say(1, new)])
        };
        let project = self.walk.new.project(self.ids[1]);
        let mut changes = Vec::new();
        let mut push = |mut subject: Subject, name: Text, said: [String; 2], because: Vec<Detail>| {
            subject.field = Some(name.clone());
            changes.push(moved(Class::PointsMoved, subject, &name.in_language(Language::English), said, because));
        };
        if let Some(said) = both(scored.map(|one| &one.score.execution.points.rounded)) {
            push(self.project_subject(), texts::points_of_execution(), said, self.causes.of_value(None, project));
        }
        let in_force = scored.map(|one| &one.in_force.indicators);
        for row in self.rows(in_force[0], in_force[1]) {
            let of = [0, 1].map(|side| &scored[side].score.rows[row[side]].points.rounded);
            let Some(said) = both(of) else { continue };
            let (subject, entity) = self.indicator([&in_force[0][row[0]], &in_force[1][row[1]]]);
            push(subject, texts::points_of_indicator(), said, self.causes.of_value(entity.as_ref(), project));
        }
        let in_all = both(scored.map(|one| &one.score.total.points));
        let because_of_grade = match &in_all {
            Some([old, new]) => {
                vec![Detail::Because { class: Class::PointsMoved, old: Some(old.clone()), new: Some(new.clone()) }]
            }
            None => self.causes.of_standards.iter().take(MAXIMUM_OF_CAUSES).map(|change| because(change)).collect(),
        };
        if let Some(said) = in_all {
            let rows = changes.iter().take(MAXIMUM_OF_CAUSES).map(because).collect();
            let mut subject = self.project_subject();
            subject.field = Some(texts::points_in_all());
            changes.push(moved(Class::PointsMoved, subject, "total", said, rows));
        }
        if let [Some(old), Some(new)] = scored.map(|one| &one.score.total.grade)
            && old != new
        {
            let said = [old.clone(), new.clone()];
            let subject = Subject { field: Some(texts::grade_in_all()), ..self.project_subject() };
            changes.push(moved(Class::GradeMoved, subject, "grade", said, because_of_grade));
        }
        changes
    }

    fn lights(&self, standing: [&StandingProject<'_>; 2], date: Date) -> Vec<Change> {
        let day = date.to_string();
        let both = |lights: [Light; 2]| {
            let is_reported = |light: &Light| *light != Light::Grey(Absence::Missing);
            let said = lights.map(|light| {
                light.text().map_or_else(|| "—".to_owned(), |text| text.in_language(Language::Chinese).into_owned())
            });
            (lights.iter().all(is_reported) && said[0] != said[1]).then_some(said)
        };
        let project = self.walk.new.project(self.ids[1]);
        let mut changes = Vec::new();
        let mut push = |mut subject: Subject, name: Text, said: [String; 2], because: Vec<Detail>| {
            subject.item =
                Some([Some(day.clone()), subject.item.take()].into_iter().flatten().collect::<Vec<_>>().join(" "));
            let item = format!("{day} {}", name.in_language(Language::English));
            subject.field = Some(name);
            changes.push(moved(Class::LightMoved, subject, &item, said, because));
        };
        if let Some(said) = both(standing.map(|one| one.standing.money.light)) {
            push(self.project_subject(), texts::light_of_money(), said, self.causes.of_value(None, project));
        }
        let in_force = standing.map(|one| &one.in_force.indicators);
        for row in self.rows(in_force[0], in_force[1]) {
            let lights = [0, 1].map(|side| standing[side].standing.indicators[row[side]].light.light);
            let Some(said) = both(lights) else { continue };
            let (subject, entity) = self.indicator([&in_force[0][row[0]], &in_force[1][row[1]]]);
            push(subject, texts::light_of_goal(), said, self.causes.of_value(entity.as_ref(), project));
        }
        changes
    }
}
