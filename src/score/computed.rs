//! 取值: values that follow from other facts: of the money of a project or a department, of the points of its projects, of
//! the days on which its reports were handed in.

use rust_decimal::Decimal;

use super::{
    DerivationStep, Exact, Figure, FormulaPiece, InUnit, ProjectInForce, ProjectReport, ScoredProject, formula,
};
use crate::model::computed::ComputedQuantity;
use crate::model::standard::Standard;
use crate::model::standard::method::POINTS;

/// A value that nobody reports.
#[derive(Clone, Debug)]
pub struct ComputedValue {
    /// In the unit of the target.
    pub value: Figure,
    /// As a table prints it: `2.02%`.
    pub said: String,
    /// How it came about.
    pub step: DerivationStep,
}

/// What is known of a department beside its money.
#[derive(Clone, Debug, Default)]
pub struct OfficeFacts {
    /// Of the indicators of its projects, those that were reached, and all of them; none where one is not known.
    pub reached: Option<(usize, usize)>,
    /// The money and the total points of each project; none where one has no total.
    pub totals: Option<Vec<(Figure, Exact)>>,
    /// Of the checkpoints, those that were handed in in time, and all of them; none where that is not known.
    pub in_time: Option<(usize, usize)>,
}

impl OfficeFacts {
    /// What the projects say that were scored.
    pub fn of(projects: &[ScoredProject<'_>], in_time: Option<(usize, usize)>) -> Self {
        let rows = || projects.iter().flat_map(|one| &one.score.rows);
        let is_met: Option<Vec<bool>> =
            rows().map(|row| row.points.is_met.or_else(|| row.goal.is_met(&row.reached))).collect();
        let totals = projects.iter().map(|one| Some((one.score.budget.clone()?, one.score.total.points.clone()?)));
        Self {
            reached: is_met
                .filter(|all| !all.is_empty())
                .map(|all| (all.iter().filter(|met| **met).count(), all.len())),
            totals: totals.collect::<Option<Vec<_>>>().filter(|all| !all.is_empty()),
            in_time,
        }
    }
}

impl ProjectInForce<'_> {
    /// Puts the values in that follow from other facts. A project has no facts of a department.
    pub fn compute(&self, report: &mut ProjectReport<'_>, of_office: &OfficeFacts, year: u16, standard: &Standard) {
        for (index, one) in self.indicators.iter().enumerate() {
            let Some(quantity) = one.indicator.computed() else { continue };
            let (_, unit) = one.goal(&self.money, year, standard);
            let spent = report.spent.as_ref();
            let computed = match quantity {
                ComputedQuantity::ExecutionRate
                | ComputedQuantity::AdjustmentRate
                | ComputedQuantity::CarryOverRate => self.of_money(quantity, spent, unit),
                ComputedQuantity::ProjectsCompleted => of_count(of_office.reached, unit),
                ComputedQuantity::MonitoringInTime => of_count(of_office.in_time, unit),
                ComputedQuantity::ProjectsAverage => average(of_office.totals.as_deref(), unit, standard),
            };
            if let Some(line) = report.reports.get_mut(index) {
                line.computed = computed;
            }
        }
    }

    fn of_money(&self, quantity: ComputedQuantity, spent: Option<&Figure>, unit: InUnit<'_>) -> Option<ComputedValue> {
        let budget = self.money.total.as_ref()?;
        let (share, mut pieces): (Exact, Vec<FormulaPiece>) = match quantity {
            ComputedQuantity::AdjustmentRate => {
                let original = self.original.total.as_ref()?;
                let change = (&budget.value - &original.value).absolute();
                let pieces =
                    vec!["| ".into(), budget.into(), " − ".into(), original.into(), " | ÷ ".into(), original.into()];
                (change.over(&original.value)?, pieces)
            }
            ComputedQuantity::CarryOverRate => {
                let spent = spent?;
                let pieces =
                    vec!["( ".into(), budget.into(), " − ".into(), spent.into(), " ) ÷ ".into(), budget.into()];
                ((&budget.value - &spent.value).over(&budget.value)?, pieces)
            }
            ComputedQuantity::ExecutionRate
            | ComputedQuantity::ProjectsCompleted
            | ComputedQuantity::ProjectsAverage
            | ComputedQuantity::MonitoringInTime => {
                let spent = spent?;
                (spent.value.over(&budget.value)?, vec![spent.into(), " ÷ ".into(), budget.into()])
            }
        };
        pieces.extend([" = ".into(), Figure::rate(share.clone()).into()]);
        of_share(&share, unit, DerivationStep { kind: super::StepKind::Computed, pieces })
    }
}

fn of_share(share: &Exact, unit: InUnit<'_>, step: DerivationStep) -> Option<ComputedValue> {
    Some(ComputedValue { value: Figure::computed(unit.of_share(share)?), said: share.as_percent(), step })
}

/// So many of so many.
fn of_count(count: Option<(usize, usize)>, unit: InUnit<'_>) -> Option<ComputedValue> {
    let number = |count: usize| Figure::computed(Exact::from(Decimal::from(count)));
    let (part, all) = count?;
    let (part, all) = (number(part), number(all));
    let share = part.value.over(&all.value)?;
    of_share(&share, unit, formula![Computed; &part, " ÷ ", &all, " = ", Figure::rate(share.clone())])
}

/// The mean of the totals, weighted by money, in points.
fn average(totals: Option<&[(Figure, Exact)]>, unit: InUnit<'_>, standard: &Standard) -> Option<ComputedValue> {
    let totals = totals?;
    let is_in_points = unit.quantity.is_some_and(|unit| unit.written_unit(standard) == POINTS);
    let money: Exact = totals.iter().map(|(money, _)| money.value.clone()).sum();
    let weighted: Exact = totals.iter().map(|(money, points)| &money.value * points).sum();
    let mean = weighted.over(&money).filter(|_| is_in_points)?;
    let mut pieces: Vec<FormulaPiece> = vec!["( ".into()];
    for (index, (money, points)) in totals.iter().enumerate() {
        if index > 0 {
            pieces.push(" + ".into());
        }
        pieces.extend([money.into(), " × ".into(), Figure::computed(points.clone()).into()]);
    }
    let sum = super::money_computed(money, standard);
    pieces.extend([" ) ÷ ".into(), sum.into(), " = ".into(), Figure::computed(mean.clone()).into()]);
    let said = mean.rounded(2, crate::model::standard::scoring::RoundingMode::HalfUp).fixed(2);
    let step = DerivationStep { kind: super::StepKind::Computed, pieces };
    Some(ComputedValue { value: Figure::computed(mean), said, step })
}
