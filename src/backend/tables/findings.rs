//! Findings as facts: code, level and place. Their sentences are those of the rules.

use super::cell::EngineCell;
use super::offices::TableFinding;
use super::{PutRow, TableOffice};
use crate::backend::anchors::Anchor;

/// A finding with the key of its project and the number of its indicator.
type KeyedFinding<'a> = (Option<&'a str>, Option<usize>, TableFinding<'a>);

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let keyed = |one: &TableFinding<'_>| match one.anchor {
        Some(Anchor::Project(id, index)) => (office.key_of(id), index.map(|index| index + 1)),
        Some(Anchor::Department(_) | Anchor::FirstPart(_) | Anchor::SubGoal(..)) | None => (None, None),
    };
    let mut found: Vec<KeyedFinding<'_>> = office
        .found
        .iter()
        .map(|one| {
            let (key, indicator) = keyed(one);
            (key, indicator, *one)
        })
        .collect();
    // Stable: what is found about one thing stays in the order of its places.
    found.sort_by_key(|(key, indicator, _)| (*key, *indicator));
    for about_one in found.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        for (seq, (project, indicator, one)) in about_one.iter().enumerate() {
            let [year, region, key] = office.common();
            let [file, line, column] = office.place(one.diagnostic.span());
            put(&[
                year,
                region,
                key,
                EngineCell::may_text(*project),
                EngineCell::may_count(*indicator),
                EngineCell::count(seq + 1),
                EngineCell::text(one.diagnostic.code.id()),
                EngineCell::text(one.diagnostic.severity.id()),
                file,
                line,
                column,
                EngineCell::may_text(subject(office, one.anchor)),
            ]);
        }
    }
}

/// The name of what a finding is about.
fn subject<'a>(office: &TableOffice<'a>, anchor: Option<Anchor>) -> Option<&'a str> {
    let model = office.model;
    Some(match anchor? {
        Anchor::Project(id, Some(index)) => &*model[id].indicators[index].name.value,
        Anchor::Project(id, None) => &*model[id].name.value,
        Anchor::Department(id) | Anchor::FirstPart(id) | Anchor::SubGoal(id, _) => &*model[id].name.value,
    })
}
