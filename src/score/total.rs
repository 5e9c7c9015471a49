//! 总分 and 等次: rows are rounded first, so that the printed column adds up.

use super::{Exact, Figure, NoPoints, Points, Rounding};
use crate::model::standard::scoring::{GradeBand, ScoringRules};

/// A row of a table of points.
#[derive(Clone, Copy)]
pub struct ScoredRow<'a> {
    /// What all of it earns; none where no weight is stated.
    pub weight: Option<&'a Exact>,
    /// What it earned.
    pub points: &'a Points,
}

/// The sum of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Total {
    /// The sum; none where a row has no points.
    pub points: Option<Exact>,
    /// The least that the total can be, once all rows have points.
    pub low: Exact,
    /// The most that it can be.
    pub high: Exact,
    /// What all rows together earn at most.
    pub weight: Exact,
    /// What does not apply left the total, which was scaled up from this sum.
    pub scaled_from: Option<Exact>,
    /// 等次; none where the total is none, or the standard has no grades.
    pub grade: Option<String>,
}

/// The sum of rows, its bounds where one has no points, and its grade.
pub fn total(rows: &[ScoredRow<'_>], rules: &ScoringRules) -> Total {
    let known: Exact = rows.iter().filter_map(|row| row.points.rounded.clone()).sum();
    let left_out = |row: &&ScoredRow<'_>| row.points.none == Some(NoPoints::NotApplicable);
    let weight_of = |row: &ScoredRow<'_>| row.weight.cloned().unwrap_or_else(Exact::zero);
    let weight: Exact = rows.iter().map(weight_of).sum();
    let gone: Exact = rows.iter().filter(left_out).map(weight_of).sum();
    let is_open = |row: &&ScoredRow<'_>| row.points.rounded.is_none() && !left_out(row);
    let open: Exact = rows.iter().filter(is_open).map(weight_of).sum();
    let has_open = rows.iter().any(|row| is_open(&row));
    let scale = |sum: &Exact| {
        let scaled = if gone.is_zero() { None } else { (sum * &weight).over(&(&weight - &gone)) };
        match (scaled, Rounding::of(rules)) {
            (Some(scaled), Some(rounding)) => rounding.cut(&scaled),
            _ => sum.clone(),
        }
    };
    let (low, high) = (scale(&known), scale(&(&known + &open)));
    let points = (!has_open && !rows.is_empty()).then(|| low.clone());
    let grade = points.as_ref().and_then(|points| grade_of(points, &rules.grades)).map(|grade| grade.name.clone());
    let scaled_from = (!gone.is_zero()).then_some(known);
    Total { points, low, high, weight, scaled_from, grade }
}

/// The grade of a total: the first whose lower bound it reaches.
pub fn grade_of<'a>(total: &Exact, grades: &'a [GradeBand]) -> Option<&'a GradeBand> {
    grades.iter().find(|grade| *total >= Exact::from(grade.from.value))
}

impl Total {
    /// The total as it is printed, with the decimals of the standard; `—` where a row has no points.
    pub fn printed(&self, rules: &ScoringRules) -> String {
        let places = Rounding::of(rules).map_or(0, |rounding| rounding.places);
        self.points.as_ref().map_or_else(|| "—".to_owned(), |points| Figure::rounded(points.clone(), places).written)
    }
}
