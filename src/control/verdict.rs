//! What a run says of each rule: that it found something, that it found nothing, that it could not tell, or that it was off.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Levels;
use crate::diagnostic::{Code, Diagnostic};
use crate::lint::Undecided;
use crate::model::Model;
use crate::model::standard::Level;

/// What a run says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The code that the rule reports.
    pub code: Code,
    /// What its findings come to.
    pub state: VerdictState,
    /// How many findings it has.
    pub findings: usize,
    /// In how many places it could not tell.
    pub undecided: usize,
}

/// What the findings of a rule come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VerdictState {
    /// It has findings.
    Found,
    /// It could judge everywhere, and everything is right.
    NothingFound,
    /// It found nothing, and there are places where the data does not suffice to tell.
    NotEnoughData,
    /// Off under every standard in use.
    Off,
}

impl VerdictState {
    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            VerdictState::Found => "found",
            VerdictState::NothingFound => "nothing_found",
            VerdictState::NotEnoughData => "not_enough_data",
            VerdictState::Off => "off",
        }
    }
}

impl Verdict {
    /// Adds findings that were made elsewhere.
    pub(crate) fn add_findings(&mut self, count: usize) {
        self.findings += count;
        if count > 0 {
            self.state = VerdictState::Found;
        }
    }
}

/// The verdicts on two parts of a workspace as those on both; a part that is not there has none.
pub fn joined(mut one: Vec<Verdict>, other: Vec<Verdict>) -> Vec<Verdict> {
    if one.is_empty() {
        return other;
    }
    for (one, other) in one.iter_mut().zip(other) {
        one.findings += other.findings;
        one.undecided += other.undecided;
        let is_off = [one.state, other.state].iter().all(|state| *state == VerdictState::Off);
        one.state = match (one.findings, one.undecided) {
            (1.., _) => VerdictState::Found,
            _ if is_off => VerdictState::Off,
            (0, 0) => VerdictState::NothingFound,
            _ => VerdictState::NotEnoughData,
        };
    }
    one
}

/// A verdict on every rule that has a level, by its number.
pub fn verdicts(
    diagnostics: &[Diagnostic],
    undecided: &[Undecided],
    model: &Model,
    levels: &Levels<'_>,
) -> Vec<Verdict> {
    let mut findings: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *findings.entry(diagnostic.code).or_default() += 1;
    }
    let mut unclear: BTreeMap<Code, usize> = BTreeMap::new();
    for place in undecided {
        *unclear.entry(place.code).or_default() += 1;
    }
    let mut standards: Vec<_> = model.projects.iter().map(|project| project.standard).collect();
    standards.extend(model.departments.iter().map(|department| department.standard));
    standards.sort_unstable();
    standards.dedup();
    let verdict = |code: Code| {
        let count = |counts: &BTreeMap<Code, usize>| counts.get(&code).copied().unwrap_or(0);
        let (findings, undecided) = (count(&findings), count(&unclear));
        let is_on = |standard| levels.level(code, standard) != Level::Off;
        let is_on = standards.iter().any(|id| is_on(Some(&model[*id]))) || standards.is_empty() && is_on(None);
        let state = match (findings, undecided) {
            (1.., _) => VerdictState::Found,
            _ if !is_on => VerdictState::Off,
            (0, 0) if !standards.is_empty() => VerdictState::NothingFound,
            _ => VerdictState::NotEnoughData,
        };
        Verdict { code, state, findings, undecided }
    };
    Code::ALL.iter().copied().filter(|code| code.has_level()).map(verdict).collect()
}
