//! Budgets and their parts: up, down, stated, left blank, moved from one fund source to another.

use rust_decimal::{Decimal, RoundingStrategy};

use super::target::difference;
use super::{Class, Detail};
use crate::model::standard::Standard;
use crate::model::target::admitted::{Stated, amount, measured};
use crate::model::target::{SinceLastYear, Target};
use crate::model::unit::Quantity;
use crate::model::{Project, print};

/// A change of an amount: of the budget, or of a fund source.
pub(super) struct Classes {
    raised: Class,
    lowered: Class,
    stated: Class,
    blanked: Class,
    same: Class,
}

pub(super) const BUDGET: Classes = Classes {
    raised: Class::BudgetRaised,
    lowered: Class::BudgetLowered,
    stated: Class::BudgetStated,
    blanked: Class::BudgetBlanked,
    same: Class::AmountRewritten,
};

pub(super) const FUND: Classes = Classes {
    raised: Class::FundRaised,
    lowered: Class::FundLowered,
    stated: Class::FundStated,
    blanked: Class::FundBlanked,
    same: Class::AmountRewritten,
};

/// What became of an amount. Blank is not zero.
pub(super) fn compare(
    classes: &Classes,
    (old, old_standard): (Option<&Quantity>, &Standard),
    (new, new_standard): (Option<&Quantity>, &Standard),
) -> (Class, Vec<Detail>) {
    let (before, after) = match (old, new) {
        (None, None) => return (classes.same, Vec::new()),
        (None, Some(_)) => return (classes.stated, Vec::new()),
        (Some(_), None) => return (classes.blanked, Vec::new()),
        (Some(before), Some(after)) => (before, after),
    };
    let details = difference(before, old_standard, after, new_standard).into_iter().collect();
    // Amounts too large to convert are told apart as they are written.
    let values = match (before.base_value(old_standard), after.base_value(new_standard)) {
        (Some(from), Some(to)) => (from, to),
        _ => (before.value, after.value),
    };
    match values.1.cmp(&values.0) {
        std::cmp::Ordering::Greater => (classes.raised, details),
        std::cmp::Ordering::Less => (classes.lowered, details),
        std::cmp::Ordering::Equal => (classes.same, Vec::new()),
    }
}

/// The part in percent of the whole, rounded half away from zero to two places.
pub(super) fn percent_of(part: Decimal, whole: Decimal) -> Option<Decimal> {
    let percent = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.abs())?;
    Some(percent.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize())
}

/// What fund sources gave and got within one project: by name, in the base unit. Only where money both went and came.
pub(super) fn between_funds(
    (old, old_standard): (&Project, &Standard),
    (new, new_standard): (&Project, &Standard),
) -> Option<(Vec<Detail>, Vec<String>)> {
    let amounts = |project: &Project, standard: &Standard| -> Vec<(String, Decimal)> {
        let funds = project.budget.iter().flat_map(|budget| &budget.funds);
        let known = funds.filter_map(|line| {
            Some((standard.fund_sources[line.source].name.clone(), line.amount.as_ref()?.base_value(standard)?))
        });
        known.collect()
    };
    let (before, after) = (amounts(old, old_standard), amounts(new, new_standard));
    let of = |amounts: &[(String, Decimal)], name: &str| {
        amounts
            .iter()
            .filter(|(known, _)| known == name)
            .map(|(_, amount)| *amount)
            .try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let mut names: Vec<&String> = before.iter().chain(&after).map(|(name, _)| name).collect();
    names.sort_unstable();
    names.dedup();
    let mut moved = Vec::new();
    for name in names {
        let change = of(&after, name)?.checked_sub(of(&before, name)?)?;
        if change != Decimal::ZERO {
            moved.push((name.clone(), change));
        }
    }
    balanced(&moved, new_standard)
}

/// What was given and got, with the balance; none where money only came or only went.
pub(super) fn balanced(moved: &[(String, Decimal)], standard: &Standard) -> Option<(Vec<Detail>, Vec<String>)> {
    let total = |is_in: bool| {
        let part = moved.iter().map(|(_, amount)| *amount).filter(|amount| (*amount > Decimal::ZERO) == is_in);
        part.map(|amount| amount.abs()).try_fold(Decimal::ZERO, Decimal::checked_add)
    };
    let (out, into) = (total(false)?, total(true)?);
    if out == Decimal::ZERO || into == Decimal::ZERO {
        return None;
    }
    let unit = standard.money_unit_name();
    let printed = |amount: Decimal| print::base_amount(amount, standard).normalize();
    let counterparts = moved.iter().map(|(name, amount)| Detail::Counterpart {
        name: name.clone(),
        amount: printed(*amount),
        unit: unit.clone(),
    });
    let balance = Detail::Balance { out: printed(out), into: printed(into), unit: unit.clone() };
    let names = moved.iter().map(|(name, _)| name.clone()).collect();
    Some((counterparts.chain([balance]).collect(), names))
}

/// What a symbolic or relative target comes to: in the base unit of money, or in the unit of last year's value.
pub(super) fn resolved(stated: Stated<'_>) -> Option<Decimal> {
    let Stated { target, indicator, project, standard, .. } = stated;
    match target {
        Target::Money { symbol, share, .. } => {
            let share = share.as_ref().map_or(Some(Decimal::ONE_HUNDRED), |share| share.base_value(standard))?;
            amount(*symbol, share, project, standard).map(|amount| amount.normalize())
        }
        Target::LastYear { change, .. } => {
            let base = indicator.last_year()?;
            let Some((kind, by)) = change.as_deref() else { return Some(base.value) };
            if *kind == SinceLastYear::Times {
                return Some(
                    base.value.checked_mul(by.base_value(standard)?)?.checked_div(Decimal::ONE_HUNDRED)?.normalize(),
                );
            }
            let (space, by) = measured(by, standard)?;
            let (other, one) = measured(&Quantity { value: Decimal::ONE, ..base.clone() }, standard)?;
            let by = by.checked_div(one).filter(|_| space == other)?;
            Some(
                if *kind == SinceLastYear::Plus { base.value.checked_add(by)? } else { base.value.checked_sub(by)? }
                    .normalize(),
            )
        }
        Target::Quantity { .. }
        | Target::Range { .. }
        | Target::Deadline { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => None,
    }
}
