//! JX073: a target is behind last year's value by more than the standard's `限度`, and nothing says why (word list
//! `调减用语`). Costs follow the budget and are not compared.

use rust_decimal::Decimal;

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::print::printed;
use crate::model::standard::{List, Role, Searched};
use crate::model::target::Comparator;
use crate::model::target::admitted::{Admitted, Stated, measured};
use crate::model::unit::Dimension;
use crate::model::{Direction, Indicator};

pub const RULE: Rule = Rule { codes: &[Code::JX073], check: Check::Indicator(check) };

/// One or two things more or fewer are chance, whatever their share.
const THINGS: Decimal = Decimal::TWO;

fn check(row: &Row<'_>, found: &mut Findings) {
    let standard = row.standard;
    let (Some(last), Some(limit)) = (row.indicator.last_year(), standard.limit(Code::JX073)) else { return };
    let stated = Stated {
        target: &row.indicator.target.value,
        indicator: row.indicator,
        project: row.project,
        standard,
        year: row.context.year_of(row.project),
    };
    let (Some(admitted), Some((space, base))) = (Admitted::of(stated), measured(last, standard)) else { return };
    if admitted.space != space || base <= Decimal::ZERO || row.role == Some(Role::Cost) {
        return;
    }
    // How far it is behind, and the greater of both values.
    let end = if goes_down(row) { admitted.high } else { admitted.low };
    let Some(value) = end.map(|end| end.value) else { return };
    let (greater, less) = if goes_down(row) { (value, base) } else { (base, value) };
    let Some(behind) = greater.checked_sub(less) else { return };
    let is_chance = last.dimension(standard) == Some(Dimension::Count) && behind <= THINGS;
    let hundredfold = behind.checked_mul(Decimal::ONE_HUNDRED);
    let is_far = hundredfold.zip(greater.checked_mul(limit)).is_some_and(|(behind, most)| behind > most);
    if is_chance || !is_far || says_why(row.indicator, row) {
        return;
    }
    let target = printed(&row.indicator.target.value, standard).glued();
    let told = format!("{}{}", plain(last.value), last.unit_label(standard));
    let message = texts::far_below_last_year(&*row.indicator.name.value, target, told);
    let label = texts::far_below_last_year_here(format!("{}%", plain(limit)));
    found.push(
        Diagnostic::new(Code::JX073, message, row.target_span(), label)
            .label(last.span, texts::last_year_here())
            .help(texts::far_below_last_year_help()),
    );
}

/// Whether less is better.
fn goes_down(row: &Row<'_>) -> bool {
    match (row.indicator.target.value.comparator(), &row.indicator.direction) {
        (Some(Comparator::AtMost | Comparator::Below), _) => true,
        (Some(Comparator::AtLeast | Comparator::Above), _) => false,
        (Some(Comparator::Equal) | None, Some(direction)) => direction.value == Direction::Down,
        (Some(Comparator::Equal) | None, None) => {
            row.role == Some(Role::Timeliness) || row.name().end_of(List::FewerIsBetter).is_some()
        }
    }
}

/// Whether a text of the indicator speaks of less.
fn says_why(indicator: &Indicator, row: &Row<'_>) -> bool {
    indicator.texts().skip(1).any(|text| Searched::new(row.standard, &*text.value).holds(List::Lowered))
}
