//! The sub-goals of departments, and the indicators that they name.

use super::cell::EngineCell;
use super::{PutRow, TableOffice};
use crate::syntax::vocabulary::written_name;

pub(super) fn goals(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    for (seq, goal) in office.department().iter().flat_map(|one| &one.sub_goals).enumerate() {
        let [year, region, key] = office.common();
        put(&[year, region, key, EngineCell::count(seq + 1), EngineCell::words(goal.goal.as_ref())]);
    }
}

pub(super) fn goal_refs(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    for (goal_seq, goal) in office.department().iter().flat_map(|one| &one.sub_goals).enumerate() {
        for (seq, reference) in goal.indicators.iter().enumerate() {
            let [year, region, key] = office.common();
            let project = reference.target.and_then(|id| office.key_of(id.project));
            let indicator = reference.target.map(|id| id.index as usize + 1);
            let written = match &reference.project {
                Some(project) => format!("{}.{}", written_name(project), written_name(&reference.indicator)),
                None => written_name(&reference.indicator),
            };
            put(&[
                year,
                region,
                key,
                EngineCell::count(goal_seq + 1),
                EngineCell::count(seq + 1),
                EngineCell::may_text(project),
                EngineCell::may_count(indicator.filter(|_| project.is_some())),
                EngineCell::text(written),
            ]);
        }
    }
}
