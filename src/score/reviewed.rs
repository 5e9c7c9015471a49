//! 复核: the points that a reviewer gave beside those of the self-evaluation, and what a project comes to with them.

use super::{Points, ScoredProject, Total, total_of};
use crate::model::standard::Standard;
use crate::model::year::{GivenPoints, ScoreReview};
use crate::model::{DepartmentId, Model};

/// A project as it was reviewed.
#[derive(Clone)]
pub struct ReviewedProject<'a> {
    /// By the indicators in force; none where the points stay as they are.
    pub points: Vec<Option<&'a GivenPoints>>,
    /// The sum with the points of the review in their places.
    pub total: Total,
}

impl ScoredProject<'_> {
    /// What reviews made of it: of several the last counts. None where none names an indicator of it.
    pub fn reviewed<'m>(
        &self,
        model: &'m Model,
        department: Option<DepartmentId>,
        standard: &Standard,
    ) -> Option<ReviewedProject<'m>> {
        let year = model.fiscal_year(department);
        let mut reviews: Vec<&ScoreReview> = model.record(department).reviews().collect();
        reviews.sort_by_key(|one| one.date.as_ref().map(|date| date.value.in_year(year)));
        let given = |named| {
            let lines = reviews.iter().rev().flat_map(|one| &one.points);
            lines.into_iter().find(|line| line.subject.named == Some(named))
        };
        let points: Vec<Option<&GivenPoints>> = self.in_force.indicators.iter().map(|one| given(one.named)).collect();
        if points.iter().all(Option::is_none) {
            return None;
        }
        let scored = self.score.rows.iter().zip(&points).map(|(row, given)| match given {
            Some(line) => Points { rounded: Some(line.points.value.into()), ..Points::default() },
            None => row.points.clone(),
        });
        let rows: Vec<Points> = scored.collect();
        let total = total_of(&self.score.execution, rows.iter().zip(&self.score.weights), &standard.scoring);
        Some(ReviewedProject { points, total })
    }
}
