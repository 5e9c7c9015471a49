//! Spending plans as curves: what lies between two of them says how much earlier money is spent, and by how much.

use rust_decimal::Decimal;

use super::{Class, Detail};
use crate::model::SpendingPlan;
use crate::model::calendar::Date;
use crate::model::standard::Standard;

/// What became of a plan: its class, the area between the curves, and where they lie farthest apart.
pub(super) fn compare(
    (old, old_standard): (Option<&SpendingPlan>, &Standard),
    (new, new_standard): (Option<&SpendingPlan>, &Standard),
) -> (Class, Vec<Detail>) {
    let (before, after) = match (old, new) {
        (None, _) => return (Class::PlanAdded, Vec::new()),
        (Some(_), None) => return (Class::PlanRemoved, Vec::new()),
        (Some(before), Some(after)) => (curve(before, old_standard), curve(after, new_standard)),
    };
    let (Some(before), Some(after)) = (before, after) else { return (Class::PlanReshaped, Vec::new()) };
    let mut places: Vec<Decimal> = before.iter().chain(&after).map(|point| point.month).collect();
    places.sort_unstable();
    places.dedup();
    let differences: Option<Vec<Difference>> = places
        .into_iter()
        .map(|month| {
            // What lies between checkpoints may be endless: it is cut far below what anybody plans.
            let points = at(&after, month)?.checked_sub(at(&before, month)?)?.round_dp(9);
            let label = after.iter().chain(&before).find(|point| point.month == month)?.label.clone();
            Some(Difference { month, points, label })
        })
        .collect();
    let Some(differences) = differences else { return (Class::PlanReshaped, Vec::new()) };
    let all = |fits: fn(Decimal) -> bool| differences.iter().all(|one| fits(one.points));
    let class = match (all(|points| points >= Decimal::ZERO), all(|points| points <= Decimal::ZERO)) {
        (true, true) => return (Class::AmountRewritten, Vec::new()),
        (true, false) => Class::PlanBroughtForward,
        (false, true) => Class::PlanDelayed,
        (false, false) => Class::PlanReshaped,
    };
    (class, details(&differences))
}

/// A point of a curve: months since the year began, and the share spent by then in percent.
struct PlanPoint {
    month: Decimal,
    share: Decimal,
    label: String,
}

struct Difference {
    month: Decimal,
    points: Decimal,
    label: String,
}

/// Nothing is spent when the year begins; between checkpoints money is spent evenly, and after the last one none.
fn curve(plan: &SpendingPlan, standard: &Standard) -> Option<Vec<PlanPoint>> {
    let start = PlanPoint { month: Decimal::ZERO, share: Decimal::ZERO, label: String::new() };
    let mut points = vec![start];
    for line in &plan.lines {
        let checkpoint = &standard.checkpoints[line.checkpoint];
        let share = line.share.base_value(standard)?;
        points.push(PlanPoint { month: months(checkpoint.date), share, label: checkpoint.label.clone() });
    }
    points.sort_by_key(|point| point.month);
    points.dedup_by(|later, earlier| later.month == earlier.month);
    Some(points)
}

/// The months of the year that have passed by the end of a day; a day within a month counts as a thirtieth.
fn months(date: Date) -> Decimal {
    let month = Decimal::from(date.month);
    match date.day {
        None | Some(30 | 31) => month,
        Some(day) => month - Decimal::ONE + Decimal::from(day) / Decimal::from(30),
    }
}

/// The share spent by a time.
fn at(curve: &[PlanPoint], month: Decimal) -> Option<Decimal> {
    let after = curve.iter().position(|point| point.month >= month);
    let Some(after) = after else { return curve.last().map(|point| point.share) };
    let to = &curve[after];
    if to.month == month || after == 0 {
        return Some(to.share);
    }
    let from = &curve[after - 1];
    let passed = month.checked_sub(from.month)?;
    let rise = to.share.checked_sub(from.share)?.checked_mul(passed)?.checked_div(to.month.checked_sub(from.month)?)?;
    from.share.checked_add(rise)
}

fn details(differences: &[Difference]) -> Vec<Detail> {
    let two = Decimal::TWO;
    let area = differences.windows(2).try_fold(Decimal::ZERO, |area, pair| {
        let width = pair[1].month.checked_sub(pair[0].month)?;
        area.checked_add(pair[0].points.checked_add(pair[1].points)?.checked_mul(width)?.checked_div(two)?)
    });
    let rounded = |value: Decimal| value.round_dp(4).normalize();
    let widest = differences.iter().max_by_key(|one| (one.points.abs(), std::cmp::Reverse(one.month)));
    let area = area.map(|area| Detail::Area { percent_months: rounded(area) });
    let widest = widest.map(|one| Detail::Widest { points: rounded(one.points), checkpoint: one.label.clone() });
    area.into_iter().chain(widest).collect()
}
