//! 预算执行率: the points for execution of the budget.

use super::{Exact, Figure, FigureOrigin, NoPoints, Points, Rounding, formula};
use crate::model::standard::scoring::{ScoringRules, WithoutBudget};

/// How much of the money was spent, and what that earns.
#[derive(Clone, Debug)]
pub struct Executed {
    /// Spent of the budget; not capped. None without a budget or without what was spent.
    pub rate: Option<Exact>,
    /// What all of it earns; none where the standard does not score execution.
    pub weight: Option<Figure>,
    /// What it earns.
    pub points: Points,
}

/// The points for `spent` of `budget`, both in the base unit of money.
pub fn execution(budget: Option<&Figure>, spent: Option<&Figure>, rules: &ScoringRules) -> Executed {
    let rate = budget.zip(spent).and_then(|(budget, spent)| spent.value.over(&budget.value));
    let none = |why, weight| Executed { rate: rate.clone(), weight, points: Points::none(why) };
    let (Some(rule), Some(rounding)) = (&rules.execution, Rounding::of(rules)) else {
        return none(NoPoints::NoRule, None);
    };
    let origin = FigureOrigin::Rule(rule.points.span);
    let weight = Figure::new(rule.points.value.into(), rule.points.value.normalize().to_string(), origin);
    let Some(budget) = budget.filter(|budget| !budget.value.is_zero()) else {
        let share = match rule.zero_budget {
            WithoutBudget::None => return none(NoPoints::NoBudget, Some(weight)),
            WithoutBudget::Full => Exact::one(),
            WithoutBudget::Zero => Exact::zero(),
        };
        let exact = &weight.value * &share;
        let points =
            Points { share: Some(share), rounded: Some(rounding.cut(&exact)), exact: Some(exact), ..Points::default() };
        return Executed { rate, weight: Some(weight), points };
    };
    let (Some(spent), Some(rate)) = (spent, rate.clone()) else { return none(NoPoints::NoSpending, Some(weight)) };
    let share = rate.clone().clamped();
    let exact = &weight.value * &share;
    let cut = rounding.cut(&exact);
    let mut line = formula![Points; &weight, " × ", spent, " ÷ ", budget, " = ", Figure::computed(exact.clone())];
    if share != rate {
        line = formula![Points; &weight, " × 100%", " = ", Figure::computed(exact.clone())];
    }
    if cut != exact {
        line.pieces.extend([" → ".into(), Figure::rounded(cut.clone(), rounding.places).into()]);
    }
    let points = Points {
        is_met: Some(rate >= Exact::one()),
        share: Some(share),
        exact: Some(exact),
        rounded: Some(cut),
        steps: vec![formula![Execution; spent, " ÷ ", budget, " = ", Figure::rate(rate.clone())], line],
        ..Points::default()
    };
    Executed { rate: Some(rate), weight: Some(weight), points }
}
