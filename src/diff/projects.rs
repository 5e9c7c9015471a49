//! What became of projects and of their money: budgets, plans, splits and mergers, and money that moved.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::pairs::common;
use super::report::{Group, differences, is_order, likeness, usual_class};
use super::walk::{Changed, Walk};
use super::{Change, Class, Detail, Fact, Said, Subject, indicators, money, plan};
use crate::diagnostic::Language;
use crate::model::standard::Standard;
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::model::{DepartmentId, Project, ProjectId, written};

/// So many percent of a project's indicators must be found in another for the one to come from the other.
const COMES_FROM: usize = 50;
/// A name that more projects use for an indicator says nothing of where it came from.
const COMMON: usize = 20;
/// Up to so many amounts are tried for a sum that another one equals.
const MOST_AMOUNTS: usize = 24;

/// The changes of a project itself.
pub(super) fn project(walk: &Walk<'_>, one: &Changed, group: &mut Group) {
    let entity = walk.new.project(one.new);
    let subject = || walk.project_subject(Some(one.old), Some(one.new));
    let (from, to) = (&walk.old.side.model[one.old], &walk.new.side.model[one.new]);
    let standards = (&walk.old.side.model[from.standard], &walk.new.side.model[to.standard]);
    if walk.is_moved(one.old, one.new) {
        group.push(moved_project(walk, one));
    }
    let mut planned: Option<Change> = None;
    for difference in differences(walk.old.project_facts(one.old), walk.new.project_facts(one.new), &walk.moves) {
        let class = usual_class(&difference);
        if is_order(&difference) {
            group.order(class, subject(), entity, difference);
            continue;
        }
        let mut change = difference.change(class, subject(), entity);
        match difference.field {
            Fact::Budget => {
                let total = |project: &'_ Project| project.budget.as_ref().and_then(|budget| budget.total.clone());
                let (before, after) = (total(from), total(to));
                let sides = ((before.as_ref(), standards.0), (after.as_ref(), standards.1));
                (change.class, change.details) = money::compare(&money::BUDGET, sides.0, sides.1);
            }
            Fact::Fund => {
                let name = change.subject.item.clone().unwrap_or_default();
                let sides =
                    ((fund(from, standards.0, &name), standards.0), (fund(to, standards.1, &name), standards.1));
                (change.class, change.details) = money::compare(&money::FUND, sides.0, sides.1);
            }
            Fact::Plan | Fact::Checkpoint => {
                let plan = planned.get_or_insert_with(|| plan_change(from, to, standards, subject()));
                plan.edits.extend(change.edits);
                continue;
            }
            Fact::ProjectExtra => {
                change.class = indicators::extra_of_project(walk, one.old, one.new, &difference);
            }
            Fact::ProjectName => {
                change.details.extend(likeness(change.old.as_ref(), change.new.as_ref()));
            }
            _ => {}
        }
        group.push(change);
    }
    if let Some(change) = planned {
        group.push(change);
    }
    if let Some((details, names)) = money::between_funds((from, standards.0), (to, standards.1)) {
        let said = |project: &Project, standard: &Standard| {
            let amount = |name: &String| {
                let amount = fund(project, standard, name).map(|amount| written::quantity(amount, standard));
                format!("{name} {}", amount.unwrap_or_default()).trim_end().to_owned()
            };
            let span = project.budget.as_ref().map(|budget| budget.span);
            Some(Said::new(names.iter().map(amount).collect::<Vec<_>>().join("，"), span))
        };
        let subject = Subject { field: Some(Fact::Fund.name()), ..subject() };
        let mut change = Change::new(Class::FundsMoved, subject, said(from, standards.0), said(to, standards.1));
        change.details = details;
        group.push(change);
    }
}

fn moved_project(walk: &Walk<'_>, one: &Changed) -> Change {
    let department = |names: &super::names::Names<'_>, id: Option<DepartmentId>| {
        id.map(|id| Said::new(&*names.side.model[id].name.value, Some(names.side.model[id].name.span)))
    };
    let old = department(&walk.old, walk.old.side.model[one.old].department);
    let new = department(&walk.new, walk.new.side.model[one.new].department);
    Change::new(Class::ProjectMoved, walk.project_subject(Some(one.old), Some(one.new)), old, new)
}

fn fund<'p>(project: &'p Project, standard: &Standard, name: &str) -> Option<&'p Quantity> {
    let funds = &project.budget.as_ref()?.funds;
    funds.iter().find(|line| standard.fund_sources[line.source].name == name)?.amount.as_ref()
}

/// The plan as a whole: its checkpoints change together.
fn plan_change(from: &Project, to: &Project, standards: (&Standard, &Standard), subject: Subject) -> Change {
    let said = |project: &Project, standard: &Standard| {
        let plan = project.plan.as_ref()?;
        let line = |line: &crate::model::PlanLine| {
            let share = written::quantity(&line.share, standard);
            format!("{} {share}", standard.checkpoints[line.checkpoint].label)
        };
        Some(Said::new(plan.lines.iter().map(line).collect::<Vec<_>>().join("，"), Some(plan.span)))
    };
    let (class, details) = plan::compare((from.plan.as_ref(), standards.0), (to.plan.as_ref(), standards.1));
    let subject = Subject {
        identity: format!("{}/{}", subject.identity, Fact::Plan.name().in_language(Language::English)),
        field: Some(Fact::Plan.name()),
        ..subject
    };
    let mut change = Change::new(class, subject, said(from, standards.0), said(to, standards.1));
    change.details = details;
    change
}

/// Projects that were split or merged, and money that went from one to another: by the department of the new side.
pub(super) fn between_projects(walk: &Walk<'_>, changed: &[Changed]) -> Vec<(Option<DepartmentId>, Change)> {
    let mut told = Vec::new();
    let changed_pairs: BTreeSet<(ProjectId, ProjectId)> = changed.iter().map(|one| (one.old, one.new)).collect();
    let mut accounted: BTreeSet<ProjectId> = BTreeSet::new();
    let lone: (Vec<ProjectId>, Vec<ProjectId>) = {
        let taken: BTreeSet<ProjectId> = walk.pairs.projects.iter().flatten().copied().collect();
        let old = walk.old.side.model.project_ids().filter(|id| walk.pairs.projects[id.0 as usize].is_none());
        (old.collect(), walk.new.side.model.project_ids().filter(|id| !taken.contains(id)).collect())
    };
    for is_split in [true, false] {
        let (wholes, parts, whole_side, part_side) =
            if is_split { (&lone.0, &lone.1, &walk.old, &walk.new) } else { (&lone.1, &lone.0, &walk.new, &walk.old) };
        // What may have been divided: what is gone, and what is left with less.
        let mut pairs: BTreeMap<ProjectId, Option<ProjectId>> = wholes.iter().map(|id| (*id, None)).collect();
        pairs.extend(
            changed_pairs.iter().map(|(old, new)| if is_split { (*old, Some(*new)) } else { (*new, Some(*old)) }),
        );
        let models = (whole_side.side.model, part_side.side.model);
        for (whole, mut found) in divisions(models, &pairs, parts) {
            let rest = pairs.get(&whole).copied().flatten();
            found.extend(rest);
            found.sort_unstable();
            if found.len() < 2 || !is_division(models, whole, &found) {
                continue;
            }
            accounted.extend(if is_split { rest.into_iter().collect::<Vec<_>>() } else { vec![whole] });
            let names: Vec<String> = found.iter().map(|id| models.1[*id].name.value.to_string()).collect();
            let (one, several) = (
                Said::new(&*models.0[whole].name.value, Some(models.0[whole].span)),
                Said::new(names.join("、"), found.first().map(|id| models.1[*id].span)),
            );
            let (class, subject, old, new) = if is_split {
                (Class::ProjectSplit, walk.project_subject(Some(whole), rest), one, several)
            } else {
                (Class::ProjectsMerged, walk.project_subject(rest, Some(whole)), several, one)
            };
            let department = if is_split {
                models.0[whole].department.and_then(|id| walk.pairs.departments[id.0 as usize])
            } else {
                models.0[whole].department
            };
            let mut change = Change::new(class, subject, Some(old), Some(new));
            change.details = division_details(models, whole, &found);
            told.push((department, change));
        }
    }
    told.extend(transfers(walk, changed, &accounted));
    told
}

type Models<'a> = (&'a crate::model::Model, &'a crate::model::Model);

/// From which project the indicators of each part come.
fn divisions(
    (whole_model, part_model): Models<'_>,
    wholes: &BTreeMap<ProjectId, Option<ProjectId>>,
    parts: &[ProjectId],
) -> BTreeMap<ProjectId, Vec<ProjectId>> {
    let mut homes: BTreeMap<String, Vec<ProjectId>> = BTreeMap::new();
    if !parts.is_empty() {
        for id in wholes.keys() {
            for name in names_of(&whole_model[*id]) {
                homes.entry(name).or_default().push(*id);
            }
        }
    }
    let mut found: BTreeMap<ProjectId, Vec<ProjectId>> = BTreeMap::new();
    for part in parts {
        let names = names_of(&part_model[*part]);
        let mut counts: BTreeMap<ProjectId, usize> = BTreeMap::new();
        for home in names.iter().filter_map(|name| homes.get(name)).filter(|homes| homes.len() <= COMMON).flatten() {
            *counts.entry(*home).or_default() += 1;
        }
        let most = counts.values().max().copied().unwrap_or(0);
        let mut best = counts.iter().filter(|(_, count)| **count == most).map(|(id, _)| *id);
        // Two that are equally likely are no evidence.
        if let (Some(home), None) = (best.next(), best.next())
            && 100 * most >= COMES_FROM * names.len()
        {
            found.entry(home).or_default().push(*part);
        }
    }
    found
}

/// Whether parts make up a whole: by their money, or by nearly all of its indicators.
fn is_division((whole_model, part_model): Models<'_>, whole: ProjectId, parts: &[ProjectId]) -> bool {
    let amount = |model: &crate::model::Model, id: ProjectId| model[id].budget_amount(&model[model[id].standard]);
    let total: Option<Decimal> =
        parts.iter().try_fold(Decimal::ZERO, |total, id| total.checked_add(amount(part_model, *id)?));
    if total.is_some() && total == amount(whole_model, whole) {
        return true;
    }
    let own = names_of(&whole_model[whole]);
    let mut of_parts: Vec<String> = parts.iter().flat_map(|id| names_of(&part_model[*id])).collect();
    of_parts.sort_unstable();
    of_parts.dedup();
    // A part takes something along that the whole no longer has.
    let is_divided = parts.iter().all(|id| common(&own, &names_of(&part_model[*id])) < own.len());
    is_divided && 10 * common(&own, &of_parts) >= 8 * own.len()
}

fn division_details((whole_model, part_model): Models<'_>, whole: ProjectId, parts: &[ProjectId]) -> Vec<Detail> {
    let own = names_of(&whole_model[whole]);
    parts
        .iter()
        .map(|id| {
            let project = &part_model[*id];
            let names = names_of(project);
            let percent = (100 * common(&own, &names)).checked_div(names.len()).unwrap_or(0);
            let standard = &part_model[project.standard];
            let total = project.budget.as_ref().and_then(|budget| budget.total.as_ref());
            Detail::Part {
                name: project.name.value.to_string(),
                amount: total.map(|total| written::quantity(total, standard)),
                shared_percent: percent,
            }
        })
        .collect()
}

fn names_of(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = project.indicators.iter().map(|one| key(&one.name.value)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A project whose budget changed, and by how much in the base unit.
#[derive(Clone)]
struct Moved {
    name: String,
    identity: String,
    department: Option<DepartmentId>,
    change: Decimal,
    before: String,
    after: String,
}

/// Equal amounts that left some projects and came to others: within a department first, then between two projects of
/// different ones.
fn transfers(
    walk: &Walk<'_>,
    changed: &[Changed],
    accounted: &BTreeSet<ProjectId>,
) -> Vec<(Option<DepartmentId>, Change)> {
    let mut of_department: BTreeMap<Option<DepartmentId>, Vec<Moved>> = BTreeMap::new();
    for one in changed.iter().filter(|one| !accounted.contains(&one.new)) {
        let (from, to) = (&walk.old.side.model[one.old], &walk.new.side.model[one.new]);
        let standards = (&walk.old.side.model[from.standard], &walk.new.side.model[to.standard]);
        let amounts = from.budget_amount(standards.0).zip(to.budget_amount(standards.1));
        let Some(change) = amounts.and_then(|(before, after)| after.checked_sub(before)) else { continue };
        let say = |project: &Project, standard: &Standard| {
            let total = project.budget.as_ref().and_then(|budget| budget.total.as_ref());
            total.map(|total| written::quantity(total, standard)).unwrap_or_default()
        };
        if change != Decimal::ZERO {
            of_department.entry(to.department).or_default().push(Moved {
                name: to.name.value.to_string(),
                identity: walk.project_subject(Some(one.old), Some(one.new)).identity,
                department: to.department,
                change,
                before: say(from, standards.0),
                after: say(to, standards.1),
            });
        }
    }
    let mut told = Vec::new();
    let mut left = Vec::new();
    for moved in of_department.into_values() {
        let (sets, rest) = balanced_sets(moved);
        told.extend(sets);
        left.extend(rest);
    }
    // Between departments only two amounts that nobody else moved are evidence.
    let mut by_amount: BTreeMap<Decimal, Vec<Moved>> = BTreeMap::new();
    for one in left {
        by_amount.entry(one.change.abs().normalize()).or_default().push(one);
    }
    told.extend(by_amount.into_values().filter(|both| both.len() == 2 && both[0].change != both[1].change));
    told.into_iter().filter_map(|set| transfer(walk, set)).collect()
}

/// Sets of changes that add up to nothing: all of them, else two, else one against several.
fn balanced_sets(mut moved: Vec<Moved>) -> (Vec<Vec<Moved>>, Vec<Moved>) {
    let sum = |moved: &[Moved]| moved.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.change));
    if moved.len() > 1 && sum(&moved) == Some(Decimal::ZERO) {
        return (vec![moved], Vec::new());
    }
    let mut sets = Vec::new();
    let mut index = 0;
    while index < moved.len() {
        let same = |one: &Moved| one.change.abs() == moved[index].change.abs();
        let alike: Vec<usize> = (0..moved.len()).filter(|other| same(&moved[*other])).collect();
        match alike[..] {
            [one, other] if moved[one].change != moved[other].change => {
                let second = moved.remove(other);
                let first = moved.remove(one);
                sets.push(vec![first, second]);
            }
            _ => index += 1,
        }
    }
    let mut single = 0;
    while single < moved.len() && moved.len() <= MOST_AMOUNTS {
        match parts_of(&moved, single) {
            Some(parts) => {
                let (set, rest) = moved
                    .into_iter()
                    .enumerate()
                    .partition::<Vec<_>, _>(|(index, _)| *index == single || parts.contains(index));
                sets.push(set.into_iter().map(|(_, one)| one).collect());
                moved = rest.into_iter().map(|(_, one)| one).collect();
            }
            None => single += 1,
        }
    }
    (sets, moved)
}

/// The two or three amounts that one amount was divided into, where just one such choice exists.
fn parts_of(moved: &[Moved], single: usize) -> Option<Vec<usize>> {
    let wanted = -moved[single].change;
    let others: Vec<usize> =
        (0..moved.len()).filter(|index| (moved[*index].change > Decimal::ZERO) == (wanted > Decimal::ZERO)).collect();
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (place, one) in others.iter().enumerate() {
        for (next, other) in others.iter().enumerate().skip(place + 1) {
            let two = moved[*one].change.checked_add(moved[*other].change)?;
            if two == wanted {
                found.push(vec![*one, *other]);
            }
            let third =
                others[next + 1..].iter().filter(|third| two.checked_add(moved[**third].change) == Some(wanted));
            found.extend(third.map(|third| vec![*one, *other, *third]));
        }
    }
    if found.len() == 1 { found.pop() } else { None }
}

fn transfer(walk: &Walk<'_>, set: Vec<Moved>) -> Option<(Option<DepartmentId>, Change)> {
    let first = set.first()?;
    let department = first.department;
    let standard = department.map(|id| &walk.new.side.model[walk.new.side.model[id].standard]);
    let standard =
        standard.or_else(|| walk.new.side.model.standards.iter().map(|one| &**one).find(|one| one.is_default))?;
    let moved: Vec<(String, Decimal)> = set.iter().map(|one| (one.name.clone(), one.change)).collect();
    let (details, _) = money::balanced(&moved, standard)?;
    let said = |side: fn(&Moved) -> &String| {
        let all = set.iter().map(|one| format!("{} {}", one.name, side(one)));
        Some(Said::new(all.collect::<Vec<_>>().join("，"), None))
    };
    let mut subject = walk.department_subject(None, department);
    let mut identities: Vec<&str> = set.iter().map(|one| one.identity.as_str()).collect();
    identities.sort_unstable();
    subject.identity = format!("money/{}", identities.join("/"));
    subject.field = Some(Fact::Budget.name());
    let mut change = Change::new(Class::MoneyMoved, subject, said(|one| &one.before), said(|one| &one.after));
    change.details = details;
    Some((department, change))
}
