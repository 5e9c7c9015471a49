//! The points of the self-evaluation, and those of a review: of execution, of each indicator, and their sum.

use super::cell::EngineCell;
use super::{ColumnType, PutRow, TableOffice};
use crate::model::year::SnapshotKind;
use crate::score::{Exact, IndicatorRow, ScoreBasis, ScoredProject, score_projects, score_whole};

/// What a row says. Rows of a project stand in the order of their first three parts.
struct ScoreCells<'a> {
    indicator: Option<usize>,
    part: &'static str,
    period: &'static str,
    score: Option<Exact>,
    weight: Option<Exact>,
    method: Option<&'static str>,
    /// Of one, not of a hundred.
    rate: Option<Exact>,
    grade: Option<String>,
    name: Option<&'a str>,
}

const OWN: &str = "self_evaluation";
const REVIEWED: &str = "review";

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let is_evaluated = |record: &crate::model::YearRecord| {
        record.snapshots().any(|one| one.kind == SnapshotKind::SelfEvaluation) || record.reviews().next().is_some()
    };
    if !office.record().is_some_and(is_evaluated) {
        return;
    }
    let scored = score_projects(office.model, office.id, ScoreBasis::Reported);
    let whole = score_whole(office.model, office.id, &scored, ScoreBasis::Reported);
    for (key, id, _) in office.with_whole() {
        let Some(one) = whole.iter().chain(&scored).find(|one| one.id == id) else { continue };
        for row in of_project(office, one) {
            let [year, region, dept_key] = office.common();
            let share = |value: Option<&Exact>| EngineCell::computed(value, ColumnType::Share);
            let rate = row.rate.map(|rate| rate * Exact::hundred());
            put(&[
                year,
                region,
                dept_key,
                EngineCell::text(key),
                EngineCell::may_count(row.indicator),
                EngineCell::text(row.part),
                EngineCell::text(row.period),
                share(row.score.as_ref()),
                share(row.weight.as_ref()),
                EngineCell::may_text(row.method),
                share(rate.as_ref()),
                EngineCell::may_text(row.grade),
                EngineCell::may_text(row.name),
            ]);
        }
    }
}

fn of_project<'a>(office: &TableOffice<'_>, one: &'a ScoredProject<'_>) -> Vec<ScoreCells<'a>> {
    let standard = &office.model[one.in_force.project.standard];
    let (score, total) = (&one.score, &one.score.total);
    let reviewed = one.reviewed(office.model, office.id, standard);
    let sum = |total: &crate::score::Total, period| ScoreCells {
        indicator: None,
        part: "total",
        period,
        score: total.points.clone(),
        weight: Some(total.weight.clone()),
        method: None,
        rate: None,
        grade: total.grade.clone(),
        name: None,
    };
    let mut rows = vec![ScoreCells {
        indicator: None,
        part: "execution",
        period: OWN,
        score: score.execution.points.rounded.clone(),
        weight: score.execution.weight.as_ref().map(|weight| weight.value.clone()),
        method: None,
        rate: score.execution.rate.clone(),
        grade: None,
        name: None,
    }];
    rows.extend(reviewed.as_ref().map(|reviewed| sum(&reviewed.total, REVIEWED)));
    rows.push(sum(total, OWN));
    let indicators = one.in_force.indicators.iter().zip(&score.rows).zip(&score.weights).enumerate();
    for (index, ((in_force, row), weight)) in indicators {
        let Some((_, indicator)) = office.place_of(in_force.named) else { continue };
        let cells = |period, score, row: Option<&IndicatorRow>| ScoreCells {
            indicator,
            part: "indicator",
            period,
            score,
            weight: weight.clone(),
            method: row.and_then(|row| row.method.as_ref()).map(|(kind, _)| kind.english()),
            rate: row.and_then(|row| row.points.share.clone()),
            grade: None,
            name: Some(&in_force.indicator.name.value),
        };
        let given = reviewed.as_ref().and_then(|reviewed| reviewed.points.get(index).copied().flatten());
        rows.extend(given.map(|given| cells(REVIEWED, Some(given.points.value.into()), None)));
        rows.push(cells(OWN, row.points.rounded.clone(), Some(row)));
    }
    // Added and withdrawn indicators change their order.
    rows.sort_by_key(|row| (row.indicator, row.part, row.period));
    rows
}
