//! A project's table of points: execution, a row an indicator, the total and its grade.

use super::{
    Exact, Executed, Figure, InForce, IndicatorReport, IndicatorRow, MoneyInForce, Points, ScoredRow, Total, execution,
    total,
};
use crate::model::Project;
use crate::model::standard::Standard;
use crate::model::standard::scoring::{MoneyBase, ScoringRules};
use crate::model::year::Execution;

/// A project with what adjustments made of it by a day.
#[derive(Clone)]
pub struct ProjectInForce<'a> {
    /// As it was approved.
    pub project: &'a Project,
    /// Its money as it was approved.
    pub original: MoneyInForce,
    /// Its money on the day.
    pub money: MoneyInForce,
    /// Its indicators on the day, in the order of the table.
    pub indicators: Vec<InForce<'a>>,
}

/// What was reported of a project.
#[derive(Clone, Debug, Default)]
pub struct ProjectReport<'a> {
    /// The line of its money; none where there is none.
    pub line: Option<&'a Execution>,
    /// Since 1 January, in the base unit of money.
    pub spent: Option<Figure>,
    /// What the author expects to be spent by the end of the year.
    pub expected: Option<Figure>,
    /// By the indicators in force.
    pub reports: Vec<IndicatorReport<'a>>,
}

/// The sum of rows and of the points for execution.
pub(super) fn total_of<'p>(
    executed: &'p Executed,
    rows: impl Iterator<Item = (&'p Points, &'p Option<Exact>)>,
    rules: &ScoringRules,
) -> Total {
    let rows = rows.map(|(points, weight)| ScoredRow { weight: weight.as_ref(), points });
    let execution = executed.weight.as_ref();
    let execution = execution.map(|weight| ScoredRow { weight: Some(&weight.value), points: &executed.points });
    total(&rows.chain(execution).collect::<Vec<_>>(), rules)
}

impl ProjectReport<'_> {
    /// Whether anything is reported.
    pub fn is_made(&self) -> bool {
        self.line.is_some() || self.reports.iter().any(|report| report.line.is_some())
    }
}

/// A project's points.
#[derive(Clone, Debug)]
pub struct ProjectScore {
    /// The budget that execution is measured by.
    pub budget: Option<Figure>,
    /// What was spent.
    pub spent: Option<Figure>,
    /// The points for execution.
    pub execution: Executed,
    /// By the indicators in force.
    pub rows: Vec<IndicatorRow>,
    /// The weights of the rows; none where none is stated.
    pub weights: Vec<Option<Exact>>,
    /// The sum.
    pub total: Total,
}

impl ProjectInForce<'_> {
    /// The points for what was reported.
    pub fn score(&self, report: &ProjectReport<'_>, year: u16, standard: &Standard) -> ProjectScore {
        let rules = &standard.scoring;
        let is_original = rules.execution.as_ref().is_some_and(|rule| rule.base == MoneyBase::Original);
        let budget = if is_original { &self.original.total } else { &self.money.total };
        let executed = execution(budget.as_ref(), report.spent.as_ref(), rules);
        let unreported = IndicatorReport::default();
        let rows: Vec<IndicatorRow> = (self.indicators.iter().enumerate())
            .map(|(index, one)| {
                one.score(&self.money, report.reports.get(index).unwrap_or(&unreported), year, standard)
            })
            .collect();
        let weights: Vec<Option<Exact>> =
            self.indicators.iter().map(|one| one.weight.as_ref().map(|weight| weight.value.clone())).collect();
        let total = total_of(&executed, rows.iter().map(|row| &row.points).zip(&weights), rules);
        ProjectScore { budget: budget.clone(), spent: report.spent.clone(), execution: executed, rows, weights, total }
    }
}
