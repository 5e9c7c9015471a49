//! The money of a department: as a whole where that is reported, else that of its projects together.

use super::OverviewCheckpoint;
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::standard::scoring::MoneyBase;
use crate::model::{DepartmentId, Model, ProjectId};
use crate::score::{AdjustmentsInForce, Exact, Figure, ProjectInForce, ScoredProject};

/// Budget and execution, in the base unit: by the self-evaluation, else by the last checkpoint, else as it is in force.
pub(in crate::backend) struct DepartmentMoney {
    /// The checkpoint; none for the year.
    pub at: Option<Date>,
    /// Whether it is of the department as a whole.
    pub is_whole: bool,
    /// As it was approved.
    pub approved: Exact,
    /// With what adjustments made of it.
    pub budget: Exact,
    /// None where nobody reported any.
    pub spent: Option<Exact>,
    /// Spent of the budget that the standard measures by.
    pub rate: Option<Exact>,
    /// How many projects did not report what they spent.
    pub unreported: usize,
}

/// What a project has, or a department as a whole, and what it spent.
struct HeldMoney {
    is_whole: bool,
    approved: Option<Exact>,
    budget: Option<Exact>,
    spent: Option<Exact>,
}

impl DepartmentMoney {
    pub(super) fn of(
        (model, department): (&Model, Option<DepartmentId>),
        checkpoints: &[OverviewCheckpoint<'_>],
        scored: &[ScoredProject<'_>],
        day: Day,
        standard: &Standard,
    ) -> Self {
        let is_of_year = scored.iter().any(|one| one.report.spent.is_some());
        let (at, mut all): (Option<Date>, Vec<HeldMoney>) = match checkpoints.last() {
            Some(last) if !is_of_year => {
                let all = last.standing.iter().map(|one| held(one.id, &one.in_force, one.report.spent.as_ref()));
                (Some(last.date), all.collect())
            }
            None if !is_of_year => {
                let adjustments = AdjustmentsInForce::of(model, department);
                let ids = model.projects_of(department).map(|(id, _)| id);
                (None, ids.map(|id| held(id, &adjustments.project(model, id, day), None)).collect())
            }
            _ => {
                let all = scored.iter().map(|one| held(one.id, &one.in_force, one.report.spent.as_ref()));
                (None, all.collect())
            }
        };
        let is_whole = all.iter().any(|one| one.is_whole && one.spent.is_some());
        all.retain(|one| one.is_whole == is_whole);
        let sum = |of: &dyn Fn(&HeldMoney) -> Option<&Exact>| all.iter().filter_map(of).cloned().sum::<Exact>();
        let (approved, budget) = (sum(&|one| one.approved.as_ref()), sum(&|one| one.budget.as_ref()));
        let unreported = all.iter().filter(|one| one.spent.is_none()).count();
        let spent = (unreported < all.len()).then(|| sum(&|one| one.spent.as_ref()));
        // A checkpoint is always measured by what is in force on its day.
        let by_approved =
            is_of_year && standard.scoring.execution.as_ref().is_some_and(|rule| rule.base == MoneyBase::Original);
        let rate = spent.as_ref().and_then(|spent| spent.over(if by_approved { &approved } else { &budget }));
        Self { at, is_whole, approved, budget, spent, rate, unreported }
    }
}

fn held(id: ProjectId, in_force: &ProjectInForce<'_>, spent: Option<&Figure>) -> HeldMoney {
    let value = |figure: Option<&Figure>| figure.map(|figure| figure.value.clone());
    HeldMoney {
        is_whole: id.whole_of().is_some(),
        approved: value(in_force.original.total.as_ref()),
        budget: value(in_force.money.total.as_ref()),
        spent: value(spent),
    }
}
