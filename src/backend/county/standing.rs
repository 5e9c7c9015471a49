//! How a department stands in the year, in a few figures.

use crate::backend::reported_checkpoints;
use crate::model::calendar::Date;
use crate::model::standard::monitoring::LightColour;
use crate::model::year::SnapshotKind;
use crate::model::{DepartmentId, Model, ProjectId};
use crate::score::{Exact, Light, ScoreBasis, monitor_projects, score_projects};

/// How many projects have each light; that of a project is the worse of its money's and its goals'.
pub(in crate::backend) struct LightCounts {
    pub checkpoint: Date,
    pub red: usize,
    pub yellow: usize,
    /// As planned, or beyond.
    pub green: usize,
    /// Nothing tells.
    pub none: usize,
    /// The projects with a red or a yellow one.
    pub lit: Vec<(LightColour, ProjectId)>,
}

/// What the projects of a self-evaluation earn.
pub(in crate::backend) struct MeanScore {
    /// Of those that have a total.
    pub mean: Exact,
    pub projects: usize,
    /// What each earns, the least first.
    pub points: Vec<(Exact, ProjectId)>,
}

/// At the last checkpoint of which something was reported.
pub(super) fn lights(model: &Model, department: Option<DepartmentId>) -> Option<LightCounts> {
    let checkpoint = reported_checkpoints(model, department).pop()?;
    let mut counts = LightCounts { checkpoint, red: 0, yellow: 0, green: 0, none: 0, lit: Vec::new() };
    for one in monitor_projects(model, department, checkpoint) {
        let money = match one.standing.money.light {
            Light::Lit(colour) => Some(colour),
            Light::Grey(_) | Light::Unruled => None,
        };
        let worst = money.into_iter().chain(one.standing.goals).min();
        let is_bad = |colour: &LightColour| matches!(colour, LightColour::Red | LightColour::Yellow);
        counts.lit.extend(worst.filter(is_bad).map(|colour| (colour, one.id)));
        let count = match worst {
            Some(LightColour::Red) => &mut counts.red,
            Some(LightColour::Yellow) => &mut counts.yellow,
            Some(LightColour::Green | LightColour::Blue) => &mut counts.green,
            None => &mut counts.none,
        };
        *count += 1;
    }
    Some(counts)
}

/// None without a self-evaluation, or where no project has a total.
pub(super) fn score(model: &Model, department: Option<DepartmentId>) -> Option<MeanScore> {
    let mut snapshots = model.record(department).snapshots();
    if !snapshots.any(|one| one.kind == SnapshotKind::SelfEvaluation) {
        return None;
    }
    let scored = score_projects(model, department, ScoreBasis::Reported);
    let mut points: Vec<(Exact, ProjectId)> =
        scored.into_iter().filter_map(|one| Some((one.score.total.points?, one.id))).collect();
    let projects = points.len();
    let count = Exact::from(rust_decimal::Decimal::from(projects));
    let mean = points.iter().map(|(points, _)| points.clone()).sum::<Exact>().over(&count)?;
    points.sort();
    Some(MeanScore { mean, projects, points })
}
