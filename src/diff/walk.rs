//! The walk over what stands for what: departments, projects and indicators with their changes, in a fixed order.

use std::collections::BTreeSet;

use crate::parallel::prelude::*;

use super::facts::Bytes;
use super::form::{Edit, Entity, Item, Moves};
use super::names::Names;
use super::pairs::{Lists, Pairs, lists};
use super::ranks::{AFTER_OWN, Rank, Ranks, TOP};
use super::report::{self, Group, added, differences, is_order, item_name, removed, usual_class};
use super::{Change, Class, Said, Side, Subject, indicators, projects, year};
use crate::model::text::key;
use crate::model::{DepartmentId, ProjectId, Reference, StandardId, SubGoal, resolve, written};

/// From this likeness on two sub-goals or safeguards are taken for one.
const SAME_WORDS: usize = 60;

/// The two sides and what stands for what.
pub(super) struct Walk<'a> {
    pub(super) old: Names<'a>,
    pub(super) new: Names<'a>,
    pub(super) pairs: Pairs,
    pub(super) moves: Moves,
}

/// A pair of projects that are not the same in every fact, with the pairs of their indicators.
pub(super) struct Changed {
    pub(super) old: ProjectId,
    pub(super) new: ProjectId,
    pub(super) indicators: Lists,
}

/// All changes of facts, each with its place among the others.
pub(super) struct Walked<'a> {
    pub(super) walk: Walk<'a>,
    pub(super) ranks: Ranks,
    pub(super) groups: Vec<(Rank, Rank, Vec<Change>)>,
    left_over: Vec<Edit>,
}

impl Walked<'_> {
    /// All changes in their order, and what was taken for the same.
    pub(super) fn in_order(mut self) -> (Vec<Change>, Vec<super::Match>) {
        self.groups.sort_by_key(|(department, project, _)| (*department, *project));
        let mut changes: Vec<Change> = self.groups.into_iter().flat_map(|(_, _, changes)| changes).collect();
        if let Some(first) = changes.first_mut() {
            first.edits.extend(self.left_over);
        }
        (changes, self.walk.pairs.matches)
    }
}

/// Compares all facts.
pub(super) fn changes<'a>(old: Side<'a>, new: Side<'a>) -> Walked<'a> {
    let mut walk =
        Walk { old: Names::new(old), new: Names::new(new), pairs: Pairs::new(old, new), moves: Moves::default() };
    let pairs = walk.changed_projects();
    let departments = walk.changed_departments();
    let wholes = walk.changed_wholes();
    let mut left_over = walk.take_moves(pairs.iter().chain(&wholes), &departments);

    let mut groups: Vec<(Rank, Rank, Vec<Change>)> = Vec::new();
    let mut close = |department: Rank, project: Rank, group: Group| {
        let (told, rest) = group.close();
        left_over.extend(rest);
        groups.push((department, project, told));
    };
    close(TOP, TOP, report::standards(&walk.old, &walk.new));
    let ranks = Ranks::new(&walk.pairs, new.model.departments.len());
    for one in &departments {
        close(ranks.new_department(Some(one.new)), TOP, walk.department(one));
    }
    let pairs_of_departments = (0..).map(DepartmentId).zip(&walk.pairs.departments);
    let pairs_of_departments = pairs_of_departments.filter_map(|(old, new)| Some((Some(old), Some((*new)?))));
    for (old, new) in pairs_of_departments.chain([(None, None)]) {
        let things = [walk.old.year_things(old), walk.new.year_things(new)];
        let subject = || new.map_or_else(Subject::default, |_| walk.department_subject(old, new));
        close(ranks.new_department(new), AFTER_OWN, year::changes(things, &walk.moves, &subject));
    }
    for (department, change) in walk.lone_wholes() {
        close(ranks.new_department(Some(department)), TOP, Group::of(change));
    }
    walk.lone_departments(|is_new, id, change| {
        let rank = if is_new { ranks.new_department(Some(id)) } else { ranks.old_department(Some(id)) };
        close(rank, TOP, Group::of(change));
    });
    let of_projects: Vec<Group> = pairs.par_iter().chain(&wholes).map(|one| walk.project(one)).collect();
    for (one, group) in pairs.iter().chain(&wholes).zip(of_projects) {
        let department = walk.new.side.model[one.new].department;
        close(ranks.new_department(department), Ranks::new_project(one.new), group);
    }
    walk.lone_projects(|is_new, id, change| {
        let (names, department, project) = if is_new {
            (&walk.new, &ranks.new_departments, Ranks::new_project(id))
        } else {
            (&walk.old, &ranks.old_departments, ranks.old_project(id))
        };
        let department = Ranks::of(department, names.side.model[id].department);
        close(department, project, Group::of(change));
    });
    for (department, change) in projects::between_projects(&walk, &pairs) {
        close(ranks.new_department(department), AFTER_OWN, Group::of(change));
    }
    Walked { walk, ranks, groups, left_over }
}

/// A pair of departments, with the pairs of what they hold.
struct ChangedDepartment {
    old: DepartmentId,
    new: DepartmentId,
    sub_goals: Lists,
    safeguards: Lists,
}

impl Walk<'_> {
    /// The pairs of projects that differ in any fact, or in what facts mean, by the new side.
    fn changed_projects(&self) -> Vec<Changed> {
        let alike = self.standards_alike();
        let means_another = |one: &super::Match| {
            let (from, to) = (&self.old.side.model[one.old], &self.new.side.model[one.new]);
            let year = |side: Side<'_>, project| side.model.year_of(project);
            !alike.contains(&(from.standard, to.standard)) || year(self.old.side, from) != year(self.new.side, to)
        };
        let differs = |one: &&super::Match| {
            let bytes = |names: &Names<'_>, id: ProjectId| Bytes::of_project(names.side, &names.side.model[id]);
            let is_known = self.old.side.model[one.old].is_head && self.new.side.model[one.new].is_head;
            let is_other = || means_another(one) || bytes(&self.old, one.old) != bytes(&self.new, one.new);
            !is_known && is_other() || self.is_moved(one.old, one.new)
        };
        let changed: Vec<super::Match> = self.pairs.matches.par_iter().filter(differs).copied().collect();
        let pair = |one: super::Match| Changed {
            old: one.old,
            new: one.new,
            indicators: indicators::pairs(self.old.side, self.new.side, one.old, one.new),
        };
        changed.into_par_iter().map(pair).collect()
    }

    /// The standards, old and new, by which the same words mean the same.
    fn standards_alike(&self) -> BTreeSet<(StandardId, StandardId)> {
        let models = (self.old.side.model, self.new.side.model);
        let of_pair = |one: &super::Match| (models.0[one.old].standard, models.1[one.new].standard);
        let all: BTreeSet<_> = self.pairs.matches.iter().map(of_pair).collect();
        let is_alike = |&(old, new): &(StandardId, StandardId)| {
            let (one, other) = (&models.0[old], &models.1[new]);
            std::ptr::eq(one, other)
                || one.framework == other.framework && self.old.standard_facts(one) == self.new.standard_facts(other)
        };
        all.into_iter().filter(is_alike).collect()
    }

    /// Whether a project belongs to another department.
    pub(super) fn is_moved(&self, old: ProjectId, new: ProjectId) -> bool {
        !self.pairs.stays(self.old.side.model[old].department, self.new.side.model[new].department)
    }

    fn changed_departments(&self) -> Vec<ChangedDepartment> {
        let pairs = (0..).map(DepartmentId).zip(&self.pairs.departments);
        let pairs = pairs.filter_map(|(old, new)| Some((old, (*new)?)));
        pairs
            .map(|(old, new)| {
                let (from, to) = (&self.old.side.model[old], &self.new.side.model[new]);
                let goal = |is_new: bool, index: usize| {
                    let goals = if is_new { &to.sub_goals } else { &from.sub_goals };
                    goals[index].goal.as_ref().map(|goal| goal.value.to_string()).unwrap_or_default()
                };
                let safeguard =
                    |is_new: bool, index: usize| &(if is_new { &to.safeguards } else { &from.safeguards })[index];
                let name = |is_new, index| safeguard(is_new, index).name.value.to_string();
                let words = |is_new, index| {
                    safeguard(is_new, index).text.as_ref().map(|text| text.value.to_string()).unwrap_or_default()
                };
                let sub_goals = lists(
                    (from.sub_goals.len(), to.sub_goals.len()),
                    &[&|is_new, index| Some(goal(is_new, index)), &|is_new, index| Some(key(&goal(is_new, index)))],
                    SAME_WORDS,
                    |one, other| super::pairs::likeness(&goal(false, one), &goal(true, other)),
                );
                let safeguards = lists(
                    (from.safeguards.len(), to.safeguards.len()),
                    &[&|is_new, index| Some(name(is_new, index)), &|is_new, index| Some(key(&name(is_new, index)))],
                    SAME_WORDS,
                    |one, other| {
                        let by_name = super::pairs::likeness(&name(false, one), &name(true, other));
                        let by_text = super::pairs::likeness(&words(false, one), &words(true, other));
                        by_name.max(if words(false, one).is_empty() { 0 } else { by_text })
                    },
                );
                ChangedDepartment { old, new, sub_goals, safeguards }
            })
            .collect()
    }

    /// Departments on both sides, old and new, with whether they have anything as a whole.
    fn wholes(&self) -> impl Iterator<Item = ([DepartmentId; 2], [bool; 2])> + '_ {
        let pairs = (0..).map(DepartmentId).zip(&self.pairs.departments);
        pairs.filter_map(|(old, new)| {
            let both = [old, (*new)?];
            let has = |names: &Names<'_>, id: DepartmentId| names.side.model[id].whole.is_some();
            Some((both, [has(&self.old, both[0]), has(&self.new, both[1])]))
        })
    }

    /// What departments have as a whole on both sides.
    fn changed_wholes(&self) -> Vec<Changed> {
        let both = self.wholes().filter(|(_, has)| *has == [true, true]);
        let pair = both.map(|([old, new], _)| {
            let (old, new) = (ProjectId::of_whole(old), ProjectId::of_whole(new));
            Changed { old, new, indicators: indicators::pairs(self.old.side, self.new.side, old, new) }
        });
        pair.collect()
    }

    /// What departments have as a whole on one side alone, by the department of the new side.
    fn lone_wholes(&self) -> Vec<(DepartmentId, Change)> {
        let told = |([old, new], has): ([DepartmentId; 2], [bool; 2])| {
            let subject = self.department_subject(Some(old), Some(new));
            let (old_id, new_id) = (ProjectId::of_whole(old), ProjectId::of_whole(new));
            let change = match has {
                [false, true] => {
                    let things = self.new.project_things(new_id);
                    added(Class::WholeTargetsAdded, subject, head_of(&self.new, new_id), things)
                }
                [true, false] => {
                    let things = self.old.project_things(old_id);
                    removed(Class::WholeTargetsRemoved, subject, head_of(&self.old, old_id), &things)
                }
                [true, true] | [false, false] => return None,
            };
            Some((new, change))
        };
        self.wholes().filter_map(told).collect()
    }

    /// Notes what is known by another key, from the outermost inwards, and returns the edits that say so.
    fn take_moves<'c>(
        &mut self,
        changed: impl Iterator<Item = &'c Changed>,
        departments: &[ChangedDepartment],
    ) -> Vec<Edit> {
        let mut edits = Vec::new();
        let moves = &mut self.moves;
        let mut note = |old: Entity, new: &Entity| {
            if moves.entity(&old) != *new {
                moves.add(old.clone(), new.clone());
                edits.push(Edit::Move(old, new.clone()));
            }
        };
        for one in departments {
            note(self.old.department(one.old).clone(), self.new.department(one.new));
            let (goals, safeguards) = (self.new.sub_goals(one.new), self.new.safeguards(one.new));
            let olds = self.old.sub_goals(one.old);
            one.sub_goals.pairs.iter().for_each(|(old, new, _)| note(olds[*old].clone(), &goals[*new]));
            let olds = self.old.safeguards(one.old);
            one.safeguards.pairs.iter().for_each(|(old, new, _)| note(olds[*old].clone(), &safeguards[*new]));
        }
        for one in &self.pairs.matches {
            note(self.old.project(one.old).clone(), self.new.project(one.new));
        }
        for one in changed {
            let (olds, news) = (self.old.indicators(one.old), self.new.indicators(one.new));
            one.indicators.pairs.iter().for_each(|(old, new, _)| note(olds[*old].clone(), &news[*new]));
        }
        edits
    }

    fn department(&self, one: &ChangedDepartment) -> Group {
        let mut group = Group::default();
        let entity = self.new.department(one.new);
        let subject = || self.department_subject(Some(one.old), Some(one.new));
        let of = |name: Option<&Said>| Subject { item: name.map(|said| said.text.clone()), ..subject() };
        let (from, to) = (self.old.department_facts(one.old), self.new.department_facts(one.new));
        for difference in differences(from, to, &self.moves) {
            let class = usual_class(&difference);
            if is_order(&difference) {
                group.order(class, subject(), entity, difference);
                continue;
            }
            let class = if class == Class::FieldChanged {
                indicators::extra_class(self, one.old, one.new, &difference)
            } else {
                class
            };
            let mut change = difference.change(class, subject(), entity);
            if class == Class::DepartmentRenamed {
                change.details.extend(report::likeness(change.old.as_ref(), change.new.as_ref()));
            }
            group.push(change);
        }
        let (olds, news) = (self.old.department_things(one.old), self.new.department_things(one.new));
        let (mut olds, mut news): (Vec<_>, Vec<_>) =
            (olds.into_iter().skip(1).map(Some).collect(), news.into_iter().skip(1).map(Some).collect());
        let (old_goals, new_goals) = {
            let model = (&self.old.side.model[one.old], &self.new.side.model[one.new]);
            (model.0.sub_goals.len(), model.1.sub_goals.len())
        };
        let kinds = [
            (&one.sub_goals, 0, 0, Class::SubGoalAdded, Class::SubGoalRemoved),
            (&one.safeguards, old_goals, new_goals, Class::SafeguardAdded, Class::SafeguardRemoved),
        ];
        for (lists, first_old, first_new, class_added, class_removed) in kinds {
            for index in &lists.removed {
                let Some(thing) = olds[first_old + index].take() else { continue };
                let said = name_of(&thing);
                group.push(removed(class_removed, of(Some(&said)), said, &[thing]));
            }
            for (old, new, _) in &lists.pairs {
                let (Some(before), Some(after)) = (olds[first_old + old].take(), news[first_new + new].take()) else {
                    continue;
                };
                let name = name_of(&after);
                let identity = format!("{}/{}", subject().identity, name_of(&before).text);
                let subject = || Subject { identity: identity.clone(), ..of(Some(&name)) };
                for difference in differences(before.facts, after.facts, &self.moves) {
                    let class = usual_class(&difference);
                    if is_order(&difference) {
                        group.order(class, subject(), &after.entity, difference);
                        continue;
                    }
                    let mut change = difference.change(class, subject(), &after.entity);
                    change.subject.item = Some(name.text.clone());
                    match class {
                        Class::SubGoalGained | Class::SubGoalLost => {
                            let goals =
                                (&self.old.side.model[one.old].sub_goals, &self.new.side.model[one.new].sub_goals);
                            self.name_reference(&mut change, &difference.item, &goals.0[*old], &goals.1[*new]);
                        }
                        Class::SubGoalReworded => {
                            change.details.extend(report::likeness(change.old.as_ref(), change.new.as_ref()));
                        }
                        _ => {}
                    }
                    group.push(change);
                }
            }
            for index in &lists.added {
                let Some(thing) = news[first_new + index].take() else { continue };
                let said = name_of(&thing);
                group.push(added(class_added, of(Some(&said)), said, vec![thing]));
            }
        }
        group
    }

    /// A gained or lost indicator is said by its path.
    fn name_reference(&self, change: &mut Change, item: &Item, old: &SubGoal, new: &SubGoal) {
        let path = |names: &Names<'_>, reference: &Reference| match reference.target {
            Some(id) => resolve::path(names.side.model, id),
            None => item_name(&names.referred(reference)),
        };
        let lost = old.indicators.iter().find(|one| self.moves.item(&self.old.referred(one)) == *item);
        if let (Some(said), Some(reference)) = (&mut change.old, lost) {
            said.text = path(&self.old, reference);
        }
        let gained = new.indicators.iter().find(|one| self.new.referred(one) == *item);
        if let (Some(said), Some(reference)) = (&mut change.new, gained) {
            said.text = path(&self.new, reference);
        }
    }

    fn lone_departments(&self, mut told: impl FnMut(bool, DepartmentId, Change)) {
        let taken: std::collections::BTreeSet<DepartmentId> =
            self.pairs.departments.iter().flatten().copied().collect();
        for (id, pair) in (0..).map(DepartmentId).zip(&self.pairs.departments) {
            if pair.is_none() {
                let things = self.old.department_things(id);
                let name = &self.old.side.model[id].name;
                let said = Said::new(&*name.value, Some(name.span));
                let subject = self.department_subject(Some(id), None);
                told(false, id, removed(Class::DepartmentRemoved, subject, said, &things));
            }
        }
        for id in (0..self.new.side.model.departments.len() as u32).map(DepartmentId) {
            if !taken.contains(&id) {
                let name = &self.new.side.model[id].name;
                let said = Said::new(&*name.value, Some(name.span));
                let subject = self.department_subject(None, Some(id));
                told(true, id, added(Class::DepartmentAdded, subject, said, self.new.department_things(id)));
            }
        }
    }

    /// All changes of a pair of projects and of their indicators.
    fn project(&self, one: &Changed) -> Group {
        let mut group = Group::default();
        projects::project(self, one, &mut group);
        indicators::changes(self, one, &mut group);
        group
    }

    fn lone_projects(&self, mut told: impl FnMut(bool, ProjectId, Change)) {
        let taken: std::collections::BTreeSet<ProjectId> = self.pairs.projects.iter().flatten().copied().collect();
        for id in self.old.side.model.project_ids().filter(|id| self.pairs.projects[id.0 as usize].is_none()) {
            let subject = self.project_subject(Some(id), None);
            let things = self.old.project_things(id);
            told(false, id, removed(Class::ProjectRemoved, subject, head_of(&self.old, id), &things));
        }
        for id in self.new.side.model.project_ids().filter(|id| !taken.contains(id)) {
            let subject = self.project_subject(None, Some(id));
            let things = self.new.project_things(id);
            told(true, id, added(Class::ProjectAdded, subject, head_of(&self.new, id), things));
        }
    }
}

/// What a new or lost project is about: its budget, where it states one.
fn head_of(names: &Names<'_>, id: ProjectId) -> Said {
    let project = &names.side.model[id];
    let standard = &names.side.model[project.standard];
    let total = project.budget.as_ref().and_then(|budget| budget.total.as_ref());
    let text = total.map_or_else(|| project.name.value.to_string(), |total| written::quantity(total, standard));
    Said::new(text, Some(project.span))
}

/// The text of a sub-goal, or the name of a safeguard.
fn name_of(thing: &super::names::Thing) -> Said {
    use super::Fact;
    use super::form::Value;
    let wanted = |field: Fact| matches!(field, Fact::SubGoalText | Fact::SafeguardName);
    let found = thing.facts.iter().find(|((field, _), _)| wanted(*field));
    match found {
        Some((_, (Value::Said(text), span))) => Said::new(text.clone(), *span),
        _ => Said::new("", None),
    }
}
