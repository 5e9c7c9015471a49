//! What stands for what on the two sides: departments, projects, and one-to-one matching by likeness.

use std::collections::{BTreeMap, HashMap};

use super::facts::Bytes;
use super::{Evidence, Match, Side};
use crate::model::code::segments;
use crate::model::similarity::Similarity;
use crate::model::text::{folded, key};
use crate::model::{DepartmentId, Project, ProjectId};

/// Above so many candidate pairs likeness is not looked at pair by pair.
const MOST_PAIRS: usize = 40_000;
/// A trait that more things share says nothing of one of them.
const COMMON: usize = 16;
/// So many candidates of one project are looked at closely.
const CLOSELY: usize = 12;
/// From here on two projects are taken for one.
const SAME_PROJECT: usize = 55;
/// The segments of a code that change from year to year.
const YEARLY_SEGMENTS: [&str; 2] = ["年度", "校验"];

/// Which department and which project became which.
#[derive(Default)]
pub(super) struct Pairs {
    /// By the old id.
    pub(super) departments: Vec<Option<DepartmentId>>,
    /// By the old id.
    pub(super) projects: Vec<Option<ProjectId>>,
    pub(super) matches: Vec<Match>,
}

impl Pairs {
    pub(super) fn new(old: Side<'_>, new: Side<'_>) -> Self {
        let mut matching = Matching::by_heads(old, new);
        matching.in_order(Bytes::of_project);
        matching.by_content();
        matching.in_order(|_, project| key(&project.name.value));
        matching.departments();
        matching.pairs.matches.sort_by_key(|one| one.new);
        matching.pairs
    }

    /// The pairs for which codes and names speak, whatever else the projects say: [`Self::new`] adds to them.
    pub(super) fn by_heads(old: Side<'_>, new: Side<'_>) -> Self {
        Matching::by_heads(old, new).pairs
    }

    /// Whether a pair of projects stays in its department, as far as is known.
    pub(super) fn stays(&self, from: Option<DepartmentId>, to: Option<DepartmentId>) -> bool {
        match from {
            Some(from) => to.is_some() && self.departments[from.0 as usize] == to,
            None => to.is_none(),
        }
    }
}

struct Matching<'a> {
    old: Side<'a>,
    new: Side<'a>,
    pairs: Pairs,
    is_taken: Vec<bool>,
}

impl<'a> Matching<'a> {
    fn by_heads(old: Side<'a>, new: Side<'a>) -> Self {
        let mut matching = Self::new(old, new);
        matching.by(Evidence::Code, |_, side, project| {
            let code = project.code.as_ref()?;
            Some(format!("{} {}", code.value, side.model.year_of(project).unwrap_or_default()))
        });
        matching.by(Evidence::Code, |_, _, project| project.code.as_ref().map(|code| code.value.to_string()));
        matching.by(Evidence::CodeSequence, |_, side, project| code_sequence(side, project));
        matching.departments();
        let old_departments = matching.old_departments();
        matching.by(Evidence::Name, |is_new, _, project| {
            let place = project.department.map(|id| if is_new { id.0 } else { old_departments[id.0 as usize] });
            Some(format!("{place:?} {}", folded(&project.name.value)))
        });
        matching.by(Evidence::Name, |_, _, project| Some(key(&project.name.value)));
        matching
    }

    fn new(old: Side<'a>, new: Side<'a>) -> Self {
        let pairs = Pairs {
            departments: vec![None; old.model.departments.len()],
            projects: vec![None; old.model.projects.len()],
            matches: Vec::new(),
        };
        Self { old, new, pairs, is_taken: vec![false; new.model.projects.len()] }
    }

    fn free_old(&self) -> impl Iterator<Item = (ProjectId, &'a Project)> + use<'a, '_> {
        let all = &self.old.model.projects;
        (0..).map(ProjectId).zip(all).filter(|(id, _)| self.pairs.projects[id.0 as usize].is_none())
    }

    fn free_new(&self) -> impl Iterator<Item = (ProjectId, &'a Project)> + use<'a, '_> {
        let all = &self.new.model.projects;
        (0..).map(ProjectId).zip(all).filter(|(id, _)| !self.is_taken[id.0 as usize])
    }

    fn take(&mut self, old: ProjectId, new: ProjectId, evidence: Evidence) {
        self.pairs.projects[old.0 as usize] = Some(new);
        self.is_taken[new.0 as usize] = true;
        self.pairs.matches.push(Match { old, new, evidence });
    }

    /// Pairs what many projects of a department are called, or say word for word: the first with the first. Where it comes
    /// after likeness, there were too many to look at each.
    fn in_order<K: Ord>(&mut self, key: impl Fn(Side<'a>, &Project) -> K) {
        let departments = self.old_departments();
        let mut keys: BTreeMap<(Option<u32>, K), [Vec<ProjectId>; 2]> = BTreeMap::new();
        for (id, project) in self.free_old() {
            let place = project.department.map(|id| departments[id.0 as usize]);
            keys.entry((place, key(self.old, project))).or_default()[0].push(id);
        }
        for (id, project) in self.free_new() {
            let place = project.department.map(|id| id.0);
            keys.entry((place, key(self.new, project))).or_default()[1].push(id);
        }
        let mut found: Vec<_> = keys.into_values().flat_map(|[olds, news]| olds.into_iter().zip(news)).collect();
        found.sort_unstable();
        for (old, new) in found {
            self.take(old, new, Evidence::Name);
        }
    }

    /// Pairs what has a key that is the only one of its kind on both sides.
    fn by(&mut self, evidence: Evidence, key: impl Fn(bool, Side<'a>, &Project) -> Option<String>) {
        let mut keys: HashMap<String, [Option<Option<ProjectId>>; 2]> = HashMap::new();
        let mut note = |side: usize, id: ProjectId, key: Option<String>| {
            if let Some(key) = key {
                let slot = &mut keys.entry(key).or_default()[side];
                *slot = Some(if slot.is_none() { Some(id) } else { None });
            }
        };
        self.free_old().for_each(|(id, project)| note(0, id, key(false, self.old, project)));
        self.free_new().for_each(|(id, project)| note(1, id, key(true, self.new, project)));
        let mut found: Vec<(ProjectId, ProjectId)> =
            keys.into_values().filter_map(|[old, new]| old.flatten().zip(new.flatten())).collect();
        found.sort_unstable();
        for (old, new) in found {
            self.take(old, new, evidence);
        }
    }

    /// The new numbers of the old departments; what has none gets a number of its own.
    fn old_departments(&self) -> Vec<u32> {
        let known = self.pairs.departments.iter().enumerate();
        known.map(|(index, new)| new.map_or(u32::MAX - index as u32, |id| id.0)).collect()
    }

    /// Departments by name, then by code, then by the projects that they share.
    fn departments(&mut self) {
        let (old, new) = (&self.old.model.departments, &self.new.model.departments);
        let ids = |count: usize| (0..count as u32).map(DepartmentId);
        let mut taken = vec![false; new.len()];
        self.pairs.departments.iter().flatten().for_each(|id| taken[id.0 as usize] = true);
        for by_name in [true, false] {
            let mut keys: BTreeMap<String, [Vec<DepartmentId>; 2]> = BTreeMap::new();
            let of = |department: &crate::model::Department| {
                if by_name {
                    Some(key(&department.name.value))
                } else {
                    department.code.as_ref().map(|code| code.value.to_string())
                }
            };
            for id in ids(old.len()).filter(|id| self.pairs.departments[id.0 as usize].is_none()) {
                if let Some(key) = of(&old[id.0 as usize]) {
                    keys.entry(key).or_default()[0].push(id);
                }
            }
            for id in ids(new.len()).filter(|id| !taken[id.0 as usize]) {
                if let Some(key) = of(&new[id.0 as usize]) {
                    keys.entry(key).or_default()[1].push(id);
                }
            }
            for [olds, news] in keys.into_values() {
                for (old, new) in olds.into_iter().zip(news) {
                    self.pairs.departments[old.0 as usize] = Some(new);
                    taken[new.0 as usize] = true;
                }
            }
        }
        let mut votes: BTreeMap<(DepartmentId, DepartmentId), usize> = BTreeMap::new();
        for one in &self.pairs.matches {
            let (from, to) = (self.old.model[one.old].department, self.new.model[one.new].department);
            if let (Some(from), Some(to)) = (from, to)
                && self.pairs.departments[from.0 as usize].is_none()
                && !taken[to.0 as usize]
            {
                *votes.entry((from, to)).or_default() += 1;
            }
        }
        let size = |side: Side<'_>, id| side.model.projects_of(Some(id)).count();
        let mut votes: Vec<_> = votes
            .into_iter()
            .filter(|((from, to), count)| 2 * count >= size(self.old, *from).min(size(self.new, *to)))
            .map(|((from, to), count)| (std::cmp::Reverse(count), from.0.abs_diff(to.0), from.0 + to.0, from, to))
            .collect();
        votes.sort_unstable();
        for (.., from, to) in votes {
            if self.pairs.departments[from.0 as usize].is_none() && !taken[to.0 as usize] {
                self.pairs.departments[from.0 as usize] = Some(to);
                taken[to.0 as usize] = true;
            }
        }
    }

    /// Pairs what is left by what it says: candidates share a trait that few have.
    fn by_content(&mut self) {
        let traits = |free: &[(ProjectId, &Project)]| {
            let mut traits: HashMap<String, Vec<usize>> = HashMap::new();
            for (index, (_, project)) in free.iter().enumerate() {
                for one in traits_of(project) {
                    traits.entry(one).or_default().push(index);
                }
            }
            traits
        };
        let olds: Vec<(ProjectId, &Project)> = self.free_old().collect();
        let news: Vec<(ProjectId, &Project)> = self.free_new().collect();
        if olds.is_empty() || news.is_empty() {
            return;
        }
        let candidates: Vec<(usize, usize)> = if olds.len() * news.len() <= MOST_PAIRS / 10 {
            (0..olds.len()).flat_map(|old| (0..news.len()).map(move |new| (old, new))).collect()
        } else {
            let (of_olds, of_news) = (traits(&olds), traits(&news));
            let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
            for (one, olds) in &of_olds {
                let Some(news) = of_news.get(one) else { continue };
                if olds.len().max(news.len()) <= COMMON {
                    let pairs = olds.iter().flat_map(|old| news.iter().map(move |new| (*old, *new)));
                    pairs.for_each(|pair| *shared.entry(pair).or_default() += 1);
                }
            }
            closest(shared)
        };
        let score = |(old, new): (usize, usize)| {
            let (one, other) = (olds[old].1, news[new].1);
            let percent = project_likeness(one, other);
            (percent >= SAME_PROJECT).then_some((percent, old, new))
        };
        let scored = candidates.into_iter().filter_map(score).collect();
        for (percent, old, new) in best(scored) {
            self.take(olds[old].0, news[new].0, Evidence::Content { percent });
        }
    }
}

/// The pairs that share most: those that are among the first for either of the two.
fn closest(shared: BTreeMap<(usize, usize), usize>) -> Vec<(usize, usize)> {
    let mut ranked: Vec<((usize, usize), usize)> = shared.into_iter().collect();
    ranked.sort_by_key(|((old, new), count)| (std::cmp::Reverse(*count), old.abs_diff(*new), old + new));
    let (mut of_old, mut of_new) = (HashMap::<usize, usize>::new(), HashMap::<usize, usize>::new());
    let mut pairs = Vec::new();
    for (pair, _) in ranked {
        let (of_old, of_new) = (of_old.entry(pair.0).or_default(), of_new.entry(pair.1).or_default());
        if *of_old < CLOSELY || *of_new < CLOSELY {
            pairs.push(pair);
        }
        *of_old += 1;
        *of_new += 1;
    }
    pairs
}

/// One-to-one, the likest first. It chooses the same pairs when the sides are exchanged.
pub(super) fn best(mut scored: Vec<(usize, usize, usize)>) -> Vec<(usize, usize, usize)> {
    scored.sort_by_key(|(score, old, new)| (std::cmp::Reverse(*score), old.abs_diff(*new), old + new));
    let (mut olds, mut news) = (std::collections::HashSet::new(), std::collections::HashSet::new());
    scored.retain(|(_, old, new)| {
        let is_free = !olds.contains(old) && !news.contains(new);
        if is_free {
            olds.insert(*old);
            news.insert(*new);
        }
        is_free
    });
    scored
}

/// Pairs two lists: what `same` says is the same in order of likeness of its grades, then by score from a threshold on.
pub(super) struct Lists {
    pub(super) pairs: Vec<(usize, usize, Option<usize>)>,
    pub(super) removed: Vec<usize>,
    pub(super) added: Vec<usize>,
}

/// Pairs two lists by keys, the strictest first, and what is left by likeness.
pub(super) fn lists(
    counts: (usize, usize),
    keys: &[&dyn Fn(bool, usize) -> Option<String>],
    threshold: usize,
    likeness: impl Fn(usize, usize) -> usize,
) -> Lists {
    let (mut olds, mut news) = (vec![false; counts.0], vec![false; counts.1]);
    let mut pairs = Vec::new();
    for key in keys {
        let mut found: HashMap<String, Vec<usize>> = HashMap::new();
        for new in (0..counts.1).rev().filter(|new| !news[*new]) {
            if let Some(key) = key(true, new) {
                found.entry(key).or_default().push(new);
            }
        }
        for (old, is_taken) in olds.iter_mut().enumerate().filter(|(_, is_taken)| !**is_taken) {
            if let Some(new) = key(false, old).and_then(|key| found.get_mut(&key)).and_then(Vec::pop) {
                (*is_taken, news[new]) = (true, true);
                pairs.push((old, new, None));
            }
        }
    }
    let free = |taken: &[bool]| (0..taken.len()).filter(|index| !taken[*index]).collect::<Vec<_>>();
    let (left, right) = (free(&olds), free(&news));
    if left.len() * right.len() <= MOST_PAIRS {
        let all = left.iter().flat_map(|old| right.iter().map(move |new| (*old, *new)));
        let scored = all.map(|(old, new)| (likeness(old, new), old, new)).filter(|one| one.0 >= threshold).collect();
        for (percent, old, new) in best(scored) {
            (olds[old], news[new]) = (true, true);
            pairs.push((old, new, Some(percent)));
        }
    }
    pairs.sort_by_key(|(_, new, _)| *new);
    Lists { pairs, removed: free(&olds), added: free(&news) }
}

/// How alike two texts are, in percent.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    if one.is_empty() && other.is_empty() {
        return 100;
    }
    // Long texts are told apart by their beginnings.
    let start = |text: &str| folded(text).chars().take(200).collect::<String>();
    Similarity::of(&start(one), &start(other)).percent()
}

/// The code without what changes from year to year; only where the standard says how codes are made.
fn code_sequence(side: Side<'_>, project: &Project) -> Option<String> {
    let form = side.model[project.standard].code_form.as_ref()?;
    let segments = segments(form, &project.code.as_ref()?.value).ok()?;
    let lasting: Vec<&str> =
        segments.into_iter().filter(|(name, _)| !YEARLY_SEGMENTS.contains(name)).map(|(_, text)| text).collect();
    Some(lasting.join("-"))
}

/// What a project may be known by: its indicators, and runs of signs of its name, long ones because short ones are common.
fn traits_of(project: &Project) -> Vec<String> {
    let name: Vec<char> = folded(&project.name.value).chars().collect();
    let lengths: &[usize] = if name.len() < 5 { &[2] } else { &[3, 5] };
    let runs = lengths.iter().flat_map(|length| name.windows(*length)).map(|run| run.iter().collect::<String>());
    let mut traits: Vec<String> =
        project.indicators.iter().map(|one| format!("指标 {}", folded(&one.name.value))).chain(runs).collect();
    traits.sort_unstable();
    traits.dedup();
    traits
}

/// In percent: two fifths by name, two fifths by indicators, one fifth by goal and purpose.
fn project_likeness(one: &Project, other: &Project) -> usize {
    let names = |project: &Project| {
        let mut names: Vec<String> = project.indicators.iter().map(|one| key(&one.name.value)).collect();
        names.sort_unstable();
        names
    };
    let (left, right) = (names(one), names(other));
    let common = common(&left, &right);
    let indicators = (200 * common).checked_div(left.len() + right.len()).unwrap_or(0);
    let text = |text: Option<&crate::model::Text>| text.map_or(String::new(), |text| text.value.to_string());
    let said = |project: &Project| text(project.purpose()) + &text(project.goal());
    let prose = likeness(&said(one), &said(other));
    (2 * likeness(&one.name.value, &other.name.value) + 2 * indicators + prose) / 5
}

/// How many words two sorted lists share.
pub(super) fn common(left: &[String], right: &[String]) -> usize {
    let (mut one, mut other, mut count) = (0, 0, 0);
    while let (Some(first), Some(second)) = (left.get(one), right.get(other)) {
        match first.cmp(second) {
            std::cmp::Ordering::Less => one += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => (one, other, count) = (one + 1, other + 1, count + 1),
        }
    }
    count
}
