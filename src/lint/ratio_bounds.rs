//! JX066: a bounded ratio lies outside its bounds.
//!
//! Serves 适当性. Bounds belong to the unit; names on the word list `可超百分之百` (growth, completion …) may pass them.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::target::admitted::may_pass_bounds;
use crate::model::unit::{Measure, Quantity};
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX066], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    for indicator in &project.indicators {
        let targets = std::iter::once(&indicator.target).chain(indicator.whole_period.as_deref());
        for quantity in targets.flat_map(|target| quantities(&target.value)) {
            check_quantity(indicator, quantity, standard, found);
        }
    }
}

fn quantities(target: &Target) -> Vec<&Quantity> {
    match target {
        Target::Quantity { quantity, .. } => vec![quantity],
        Target::Range { ends } => vec![&ends.low, &ends.high],
        Target::Deadline { .. }
        | Target::Money { .. }
        | Target::LastYear { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => Vec::new(),
    }
}

/// The bounds outside which a quantity lies, where it may not.
pub(super) fn broken_bounds(
    indicator: &Indicator,
    quantity: &Quantity,
    standard: &Standard,
) -> Option<(Decimal, Decimal)> {
    let Measure::Unit(unit) = quantity.measure else { return None };
    let (low, high) = standard.units[unit as usize].bounds?;
    let is_inside = quantity.value >= low && quantity.value <= high;
    (!is_inside && !may_pass_bounds(indicator, standard)).then_some((low, high))
}

fn check_quantity(indicator: &Indicator, quantity: &Quantity, standard: &Standard, found: &mut Findings) {
    let Some((low, high)) = broken_bounds(indicator, quantity, standard) else { return };
    let label = quantity.unit_label(standard);
    let message = texts::ratio_above_bound(format!("{}{label}", quantity.value), low, high);
    found.push(
        Diagnostic::new(Code::JX066, message, quantity.span, texts::ratio_above_bound_here())
            .help(texts::ratio_above_bound_help()),
    );
}
