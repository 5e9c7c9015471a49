//! What a text implies and does not say, shown between its signs.

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::hover::base_unit;
use super::reported;
use crate::diagnostic::{Text, texts};
use crate::model::number::{grouped, plain};
use crate::model::print::resolved;
use crate::model::standard::{Role, Standard};
use crate::model::target::Target;
use crate::model::unit::{Dimension, Measure, Quantity};
use crate::model::{Indicator, Project};
use crate::source::{FileId, Span};
use crate::workspace::Analysis;

/// Text to show at a byte, and what it means.
#[derive(Clone, Debug)]
pub struct Hint {
    /// The file that shows it.
    pub file: FileId,
    /// The byte before which it stands.
    pub offset: u32,
    /// Short, since it stands in the line.
    pub label: String,
    /// In full, where the pointer rests.
    pub meaning: Text,
    /// Where it stands beside what it is about.
    pub side: HintSide,
}

/// Whether a hint belongs to what follows or to what stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HintSide {
    /// It stands before what it is about.
    Before,
    /// It stands behind what it is about.
    After,
}

/// The hints in a stretch of a file, in order.
pub fn hints(analysis: &Analysis, within: Span) -> Vec<Hint> {
    let mut hints = Vec::new();
    let model = &analysis.model;
    for project in model.projects.iter().filter(|project| project.span.file == within.file) {
        let standard = &model[project.standard];
        of_budget(project, standard, &mut hints);
        for indicator in &project.indicators {
            of_indicator(indicator, project, standard, &mut hints);
        }
    }
    hints.extend(reported::wanted(analysis, within).into_iter().map(|(offset, wanted)| Hint {
        file: within.file,
        offset,
        label: format!("（{wanted}）"),
        meaning: texts::hint_wanted(),
        side: HintSide::After,
    }));
    hints.retain(|hint| within.start <= hint.offset && hint.offset <= within.end);
    hints.sort_by_key(|hint| hint.offset);
    hints
}

/// The sum of the fund lines; none where there is none, or an amount cannot be computed.
pub fn sum_of_funds(project: &Project, standard: &Standard) -> Option<Decimal> {
    let budget = project.budget.as_ref()?;
    let mut amounts = budget.funds.iter().filter_map(|line| line.amount.as_ref()).peekable();
    amounts.peek()?;
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount.base_value(standard)?))
}

/// The sum of the fund lines, where there are several or where they do not come to the budget.
fn of_budget(project: &Project, standard: &Standard, hints: &mut Vec<Hint>) {
    let Some(budget) = &project.budget else { return };
    let Some(sum) = sum_of_funds(project, standard) else { return };
    let total = budget.total.as_ref().and_then(|total| total.base_value(standard));
    let unit = base_unit(standard);
    let label = match total.and_then(|total| total.checked_sub(sum)) {
        Some(left) if left.is_zero() && budget.funds.len() < 2 => return,
        Some(left) if !left.is_zero() => format!(" Σ {} {unit}（{}）", grouped(sum), signed(-left)),
        _ => format!(" Σ {} {unit}", grouped(sum)),
    };
    hints.push(hint(budget.span, budget.span.end, label, texts::hint_sum_of_funds(), HintSide::After));
}

fn signed(value: Decimal) -> String {
    if value.is_sign_negative() { grouped(value) } else { format!("+{}", grouped(value)) }
}

fn of_indicator(indicator: &Indicator, project: &Project, standard: &Standard, hints: &mut Vec<Hint>) {
    let span = indicator.target.span;
    match &indicator.target.value {
        Target::Quantity { comparator: None, .. } => {
            hints.push(hint(span, span.start, "= ".to_owned(), texts::hint_equal(), HintSide::Before));
        }
        Target::Money { .. } => {
            if let Some(value) = resolved(indicator, project, standard) {
                let label = format!(" = {} {}", grouped(value), base_unit(standard));
                hints.push(hint(span, span.end, label, texts::hint_resolved(), HintSide::After));
            }
        }
        Target::LastYear { .. } => {
            let value = resolved(indicator, project, standard).zip(indicator.last_year());
            if let Some((value, last_year)) = value {
                let label = format!(" = {} {}", plain(value), last_year.written_unit(standard));
                hints.push(hint(span, span.end, label, texts::hint_resolved(), HintSide::After));
            }
        }
        Target::Quantity { comparator: Some(_), .. }
        | Target::Range { .. }
        | Target::Deadline { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => {}
    }
    if let Some(cost) = unit_cost(indicator, project, standard) {
        hints.push(hint(span, span.end, cost, texts::hint_unit_cost(), HintSide::After));
    }
}

/// What one unit of a counted output costs: the budget over the count. None where the project counts several outputs,
/// because the budget is spent on all of them.
fn unit_cost(indicator: &Indicator, project: &Project, standard: &Standard) -> Option<String> {
    let counted = |indicator: &Indicator| counts(indicator, standard).is_some();
    if project.indicators.iter().filter(|indicator| counted(indicator)).count() > 1 {
        return None;
    }
    let quantity = counts(indicator, standard)?;
    let count = quantity.value.checked_mul(quantity.multiplier.factor())?;
    let budget = project.budget_amount(standard).filter(|budget| !budget.is_zero())?;
    let cost = budget.checked_div(count)?;
    let rounded = cost.round_dp_with_strategy(2, MidpointAwayFromZero);
    let sign = if rounded == cost { "" } else { "≈ " };
    let Measure::Unit(unit) = &quantity.measure else { return None };
    let unit = standard.units[*unit as usize].written();
    Some(format!(" {sign}{} {}/{unit}", grouped(rounded.normalize()), base_unit(standard)))
}

/// The number of things that an output indicator counts.
fn counts<'a>(indicator: &'a Indicator, standard: &Standard) -> Option<&'a Quantity> {
    let is_quantity = indicator.category.and_then(|id| standard.role(id)) == Some(Role::Quantity);
    let Target::Quantity { quantity, .. } = &indicator.target.value else { return None };
    let counts = quantity.dimension(standard) == Some(Dimension::Count) && quantity.value > Decimal::ZERO;
    (is_quantity && counts).then_some(quantity)
}

fn hint(span: Span, offset: u32, label: String, meaning: Text, side: HintSide) -> Hint {
    Hint { file: span.file, offset, label, meaning, side }
}
