//! Sums over a department: derived, never written by hand.

use rust_decimal::Decimal;

use super::{DepartmentId, Model, Project};

/// Counts, and money in the base unit. Lists are in the order of the standard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub projects: usize,
    pub indicators: usize,
    /// Indicators whose target holds a number or a date.
    pub quantitative: usize,
    pub budget: Decimal,
    pub funds: Vec<(String, Decimal)>,
    /// Money planned to be spent by each checkpoint.
    pub planned: Vec<(String, Decimal)>,
}

/// The sums of a department, or of the projects outside any.
pub fn of_department(model: &Model, department: Option<DepartmentId>) -> Totals {
    of_projects(model, model.projects_of(department).map(|(_, project)| project))
}

/// The sums of some projects of one department.
pub fn of_projects<'a>(model: &Model, projects: impl Iterator<Item = &'a Project>) -> Totals {
    let mut totals = Totals::default();
    for project in projects {
        let standard = &model[project.standard];
        if totals.projects == 0 {
            totals.funds = standard.fund_sources.iter().map(|source| (source.name.clone(), Decimal::ZERO)).collect();
            totals.planned =
                standard.checkpoints.iter().map(|checkpoint| (checkpoint.label.clone(), Decimal::ZERO)).collect();
        }
        totals.projects += 1;
        totals.indicators += project.indicators.len();
        totals.quantitative += project.indicators.iter().filter(|one| one.target.value.is_quantitative()).count();
        totals.budget += project.budget_amount(standard).unwrap_or_default();
        for line in project.budget.iter().flat_map(|budget| &budget.funds) {
            let amount = line.amount.as_ref().and_then(|amount| amount.base_value(standard)).unwrap_or_default();
            totals.funds[line.source].1 += amount;
        }
        for (checkpoint, planned) in totals.planned.iter_mut().enumerate() {
            planned.1 += planned_by(project, checkpoint, project.budget_amount(standard).unwrap_or_default());
        }
    }
    totals
}

/// The money of a project that is planned to be spent by a checkpoint: the share of the last line up to it.
fn planned_by(project: &Project, checkpoint: usize, budget: Decimal) -> Decimal {
    let lines = project.plan.iter().flat_map(|plan| &plan.lines);
    let share = lines.filter(|line| line.checkpoint <= checkpoint).map(|line| line.share.value).next_back();
    share.and_then(|share| budget.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED)).unwrap_or_default()
}
