//! What is not done: rectifications without a result, and what nobody reported.

use std::collections::BTreeMap;

use super::OverviewCheckpoint;
use crate::diagnostic::Text;
use crate::model::calendar::{Date, Day};
use crate::model::year::{NamedThing, Rectification, Snapshot};
use crate::score::{NoPoints, ScoredProject, StandingProject};
use crate::syntax::vocabulary::written_name;

/// 整改 without a result.
pub(in crate::backend) struct OpenRectification<'a> {
    pub line: &'a Rectification,
    /// Days from the last checkpoint to the day that it is due; fewer than none where that has passed.
    pub left: i64,
}

/// What a checkpoint or the self-evaluation lacks.
pub(in crate::backend) struct MissingReports {
    /// None for the self-evaluation.
    pub at: Option<Date>,
    /// Of projects and indicators, each with what is missing where that is not told by itself.
    pub paths: Vec<(String, Option<Text>)>,
}

/// The open ones by their days, as of the last checkpoint, and how many are closed. One is known by what it is about and its
/// day; where several checkpoints tell of it, the last is right.
pub(super) fn rectifications<'a>(
    snapshots: &[&'a Snapshot],
    last: Option<&OverviewCheckpoint<'_>>,
    year: u16,
) -> (Vec<OpenRectification<'a>>, usize) {
    let Some(last) = last else { return (Vec::new(), 0) };
    let dated = snapshots.iter().filter_map(|one| Some((one.checkpoint.as_ref()?.value.in_year(year), *one)));
    let mut dated: Vec<(Day, &Snapshot)> = dated.filter(|(day, _)| *day <= last.day).collect();
    dated.sort_by_key(|(day, _)| *day);
    let mut known: BTreeMap<(Day, Option<NamedThing>), &'a Rectification> = BTreeMap::new();
    for line in dated.iter().flat_map(|(_, one)| &one.rectifications) {
        known.insert((line.due.value.in_year(year), line.subject.named), line);
    }
    let all = known.len();
    let open: Vec<OpenRectification<'a>> = (known.into_iter())
        .filter(|(_, line)| line.result.is_none())
        .map(|((due, _), line)| OpenRectification { line, left: due.number() - last.day.number() })
        .collect();
    let closed = all - open.len();
    (open, closed)
}

/// Checkpoints and the self-evaluation that lack something.
pub(super) fn missing(checkpoints: &[OverviewCheckpoint<'_>], scored: &[ScoredProject<'_>]) -> Vec<MissingReports> {
    let of_checkpoint = |one: &OverviewCheckpoint<'_>| {
        let paths = one.standing.iter().flat_map(StandingProject::missing);
        MissingReports { at: Some(one.date), paths: paths.map(|path| (path, None)).collect() }
    };
    let of_year = MissingReports { at: None, paths: scored.iter().flat_map(unscored).collect() };
    checkpoints.iter().map(of_checkpoint).chain([of_year]).filter(|one| !one.paths.is_empty()).collect()
}

/// What has no points because somebody has yet to say something.
fn unscored(one: &ScoredProject<'_>) -> Vec<(String, Option<Text>)> {
    let project = one.in_force.project;
    let money = one.report.spent.is_none() && one.in_force.money.total.is_some();
    let money = money.then(|| (written_name(&project.name.value), Some(NoPoints::NoSpending.text())));
    let rows = one.in_force.indicators.iter().zip(&one.score.rows);
    let rows = rows.filter_map(|(indicator, row)| {
        let why = row.points.none.as_ref().filter(|why| why.waits())?;
        Some((project.path_to(&indicator.indicator.name.value), Some(why.text())))
    });
    money.into_iter().chain(rows).collect()
}
