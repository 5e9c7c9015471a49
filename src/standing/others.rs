//! What is scored beside self-evaluations: 复核, 评价 and 区域.

use super::cells::{headings, printed, reason};
use super::page::{StandingPage, StandingPart};
use crate::diagnostic::{Language, texts};
use crate::model::Model;
use crate::model::standard::Standard;
use crate::model::written;
use crate::model::year::{LeafPoints, YearSubject};
use crate::score::{Reached, ReviewedProject, ScoredArea, ScoredEvaluation};
use crate::syntax::vocabulary::written_name;

/// In the place of the one column of points.
pub(super) const OF_REVIEW: [[&str; 2]; 3] =
    [["自评得分", "self-evaluation"], ["复核得分", "review"], ["复核理由", "reason"]];

const OF_EVALUATION: [[&str; 2]; 4] =
    [["评价指标", "leaf"], ["分值", "weight"], ["得分", "points"], ["得分依据", "derivation"]];

const OF_AREA: [[&str; 2]; 6] = [
    ["指标", "indicator"],
    ["指标值", "target"],
    ["各地合计", "together"],
    ["分值", "weight"],
    ["得分", "points"],
    ["得分依据", "derivation"],
];

/// Puts the points of a review behind those of the self-evaluation in the rows of a project, the last of which is its sum.
pub(super) fn review(reviewed: &ReviewedProject<'_>, standard: &Standard, rows: &mut [Vec<String>]) {
    const POINTS: usize = 4;
    let Some((last, rows)) = rows.split_last_mut() else { return };
    last.splice(
        POINTS..=POINTS,
        [last[POINTS].clone(), printed(reviewed.total.points.as_ref(), standard), String::new()],
    );
    // The row of execution stands before those of the indicators.
    let before = rows.len() - reviewed.points.len();
    for (index, row) in rows.iter_mut().enumerate() {
        let given = index.checked_sub(before).and_then(|index| reviewed.points[index]);
        let own = row[POINTS].clone();
        let (points, reason) = match given {
            Some(line) => (line.points.value.to_string(), line.reason.as_ref().map(|text| text.value.to_string())),
            None => (own.clone(), None),
        };
        row.splice(POINTS..=POINTS, [own, points, reason.unwrap_or_default()]);
    }
}

/// A table for each evaluation.
pub(super) fn evaluations(all: &[ScoredEvaluation<'_>], page: &mut StandingPage, language: Language) {
    for one in all {
        let evaluation = one.evaluation;
        let date = evaluation.date.as_ref().map(|date| date.value.to_string());
        let about = evaluation.subject.as_ref().map(YearSubject::path);
        let framework = evaluation.framework.as_ref().map(|name| name.value.to_string());
        let title = texts::evaluation_title().in_language(language).into_owned();
        let parts = [Some(title), date, about, framework].into_iter().flatten();
        page.parts.push(StandingPart::Heading(parts.collect::<Vec<_>>().join(" ")));
        let row = |leaf: &crate::score::ScoredLeaf<'_>| {
            let said = match &leaf.line.points {
                LeafPoints::Given { reason, .. } => {
                    reason.as_ref().map(|text| text.value.to_string()).unwrap_or_default()
                }
                LeafPoints::FromSelfEvaluation => reason(&leaf.points, language),
            };
            vec![
                leaf.line.leaf.value.to_string(),
                leaf.weight.as_ref().map(|weight| weight.written.clone()).unwrap_or_default(),
                printed(leaf.points.rounded.as_ref(), one.standard),
                said,
            ]
        };
        let mut rows: Vec<Vec<String>> = one.leaves.iter().map(row).collect();
        rows.push(vec![
            texts::score_total().in_language(language).into_owned(),
            one.total.weight.plain(2),
            printed(one.total.points.as_ref(), one.standard),
            one.total.grade.clone().unwrap_or_default(),
        ]);
        page.parts.push(StandingPart::Table {
            headings: headings(&OF_EVALUATION, language),
            numbers: vec![false, true, true, false],
            rows,
        });
    }
}

/// A table for each area.
pub(super) fn areas(all: &[ScoredArea<'_>], model: &Model, page: &mut StandingPage, language: Language) {
    for one in all {
        let title = texts::area_title().in_language(language).into_owned();
        page.parts.push(StandingPart::Heading(format!("{title} {}", one.area.name.value)));
        let standard =
            one.members.iter().find_map(|(_, member)| Some(&model[member.as_ref()?.in_force.project.standard]));
        let Some(standard) = standard else { continue };
        let row = |each: &crate::score::AreaRow<'_>| {
            let together = match &each.row.reached {
                Reached::Number(figure) => figure.written.clone(),
                _ => String::new(),
            };
            vec![
                written_name(&each.indicator.name.value),
                written::target(&each.indicator.target.value, standard),
                together,
                each.weight.as_ref().map(|weight| weight.written.clone()).unwrap_or_default(),
                printed(each.row.points.rounded.as_ref(), standard),
                reason(&each.row.points, language),
            ]
        };
        let mut rows: Vec<Vec<String>> = one.rows.iter().map(row).collect();
        rows.push(vec![
            texts::score_total().in_language(language).into_owned(),
            String::new(),
            String::new(),
            one.total.weight.plain(2),
            printed(one.total.points.as_ref(), standard),
            one.total.grade.clone().unwrap_or_default(),
        ]);
        page.parts.push(StandingPart::Table {
            headings: headings(&OF_AREA, language),
            numbers: vec![false, false, true, true, true, false],
            rows,
        });
    }
}
