//! Indicators: targets with their types, and what is computed of them exactly.

use rust_decimal::Decimal;

use super::cell::{EngineCell, scaled};
use super::{ColumnType, PutRow, TableOffice};
use crate::backend::source_text;
use crate::language::Field;
use crate::model::standard::{Role, Standard, stem};
use crate::model::target::{Comparator, Target};
use crate::model::unit::{Dimension, Measure, Quantity};
use crate::model::{Direction, Indicator, Project, print, text};

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    for (project_key, _, project) in office.with_whole() {
        let standard = &office.model[project.standard];
        for (seq, indicator) in project.indicators.iter().enumerate() {
            row(office, project_key, seq + 1, (project, indicator, standard), put);
        }
    }
}

fn row(
    office: &TableOffice<'_>,
    project_key: &str,
    seq: usize,
    (project, indicator, standard): (&Project, &Indicator, &Standard),
    put: &mut PutRow<'_>,
) {
    let [year, region, key] = office.common();
    let target = &indicator.target.value;
    let category = indicator.category.map(|id| stem(&standard.category(id).name));
    let subcategory = indicator.category.and_then(|id| standard.subcategory(id)).map(|one| stem(&one.name));
    let role = indicator.category.and_then(|id| standard.role(id));
    let numbers = TargetNumbers::of(indicator, project, standard);
    let last_year = indicator.last_year();
    let weight = indicator.weight().map(|weight| weight.value);
    let deadline = match target {
        Target::Deadline { date, .. } if date.year.is_some() || office.year != 0 => Some(date.in_year(office.year)),
        _ => None,
    };
    let [file, line, _] = office.place(Some(indicator.span));
    let decimal = |value| EngineCell::number(value, ColumnType::Decimal);
    let last = last_year.map(|one| one.value);
    let is_exact = [numbers.value, numbers.low, numbers.high, numbers.base, last]
        .into_iter()
        .flatten()
        .all(|value| scaled(value, ColumnType::Decimal).is_some())
        && weight.is_none_or(|weight| scaled(weight, ColumnType::Share).is_some())
        && !numbers.is_unfit;
    put(&[
        year,
        region,
        key,
        EngineCell::text(project_key),
        EngineCell::count(seq),
        EngineCell::text(category.unwrap_or_default()),
        EngineCell::text(subcategory.unwrap_or_default()),
        EngineCell::text(&*indicator.name.value),
        EngineCell::text(name_key(&indicator.name.value)),
        EngineCell::text(kind(target)),
        EngineCell::may_text(target.comparator().map(Comparator::id)),
        decimal(numbers.value),
        decimal(numbers.low),
        decimal(numbers.high),
        EngineCell::may_text(numbers.unit),
        EngineCell::may_text(numbers.dimension.map(Dimension::id)),
        decimal(numbers.base),
        EngineCell::may_text(numbers.base_unit),
        EngineCell::may_count(numbers.decimals),
        EngineCell::Truth(is_exact),
        EngineCell::text(source_text::target(target, standard)),
        EngineCell::words(indicator.description()),
        EngineCell::words(indicator.basis.as_ref().and_then(|basis| basis.kind.as_deref())),
        EngineCell::words(indicator.basis.as_ref().map(|basis| &basis.text)),
        EngineCell::words(indicator.source()),
        EngineCell::number(weight, ColumnType::Share),
        EngineCell::may_text(direction(indicator).map(Direction::english)),
        decimal(last),
        EngineCell::Truth(target.is_measurable()),
        EngineCell::may_text(role.map(|role| Role::ALL[role as usize].2)),
        EngineCell::day(deadline),
        EngineCell::may_text(last_year.map(|one| one.written_unit(standard))),
        file,
        line,
    ]);
}

/// The word for the shape of a target.
pub(super) fn kind(target: &Target) -> &'static str {
    match target {
        Target::Quantity { .. } => "quantity",
        Target::Range { .. } => "range",
        Target::Deadline { .. } => "deadline",
        Target::Money { .. } => "money",
        Target::LastYear { .. } => Field::LastYear.english,
        Target::YesNo(_) => "yes_no",
        Target::Grade { .. } => "grade",
        Target::Words(_) => "words",
        Target::Damaged => "damaged",
    }
}

/// As it is stated, else as the comparator tells.
fn direction(indicator: &Indicator) -> Option<Direction> {
    let told = || match indicator.target.value.comparator()? {
        Comparator::AtLeast | Comparator::Above => Some(Direction::Up),
        Comparator::AtMost | Comparator::Below => Some(Direction::Down),
        Comparator::Equal => None,
    };
    indicator.direction.as_ref().map(|stated| stated.value).or_else(told)
}

/// What a name says without figures, signs and blanks; all of it where nothing else is in it.
fn name_key(name: &str) -> String {
    let key = text::key(name);
    let letters: String = key.chars().filter(|sign| sign.is_alphabetic()).collect();
    if letters.is_empty() { key } else { letters }
}

/// The numbers of a target, in a unit.
#[derive(Default)]
struct TargetNumbers {
    value: Option<Decimal>,
    low: Option<Decimal>,
    high: Option<Decimal>,
    unit: Option<String>,
    dimension: Option<Dimension>,
    base: Option<Decimal>,
    base_unit: Option<String>,
    /// As written.
    decimals: Option<usize>,
    /// One of them cannot be told in the unit.
    is_unfit: bool,
}

impl TargetNumbers {
    fn of(indicator: &Indicator, project: &Project, standard: &Standard) -> Self {
        match &indicator.target.value {
            Target::Quantity { quantity, .. } => Self {
                value: Some(quantity.value),
                decimals: Some(places(quantity)),
                ..Self::in_unit(quantity, standard)
            },
            Target::Range { ends } => {
                let low = in_unit_of(&ends.low, &ends.high, standard);
                Self {
                    low,
                    high: Some(ends.high.value),
                    decimals: Some(places(&ends.low).max(places(&ends.high))),
                    base: None,
                    base_unit: None,
                    is_unfit: low.is_none(),
                    ..Self::in_unit(&ends.high, standard)
                }
            }
            Target::Money { .. } => {
                let value = print::resolved(indicator, project, standard);
                let unit = base_unit(Dimension::Money, standard);
                Self {
                    value,
                    base: value,
                    unit: unit.clone(),
                    base_unit: unit,
                    dimension: Some(Dimension::Money),
                    ..Self::default()
                }
            }
            Target::LastYear { .. } => {
                let Some(last_year) = indicator.last_year() else { return Self::default() };
                let value = print::resolved(indicator, project, standard);
                let base = value.and_then(|value| base_of(&Quantity { value, ..last_year.clone() }, standard));
                Self { value, base, ..Self::in_unit(last_year, standard) }
            }
            Target::Deadline { .. } | Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => {
                Self::default()
            }
        }
    }

    /// What a number in the unit of a quantity has, with that quantity's own base value.
    fn in_unit(quantity: &Quantity, standard: &Standard) -> Self {
        let base = base_of(quantity, standard);
        let dimension = quantity.dimension(standard);
        Self {
            unit: Some(quantity.written_unit(standard)),
            dimension,
            base,
            base_unit: dimension.filter(|_| base.is_some()).and_then(|one| base_unit(one, standard)),
            ..Self::default()
        }
    }
}

/// None for units without a factor: they are their own.
pub(super) fn base_of(quantity: &Quantity, standard: &Standard) -> Option<Decimal> {
    match quantity.measure {
        Measure::Unit(unit) if standard.units[unit as usize].factor.is_some() => quantity.base_value(standard),
        Measure::Unit(_) | Measure::Compound(_) => None,
    }
}

/// The number of a quantity in the unit of another; none where it cannot be told exactly.
pub(super) fn in_unit_of(quantity: &Quantity, other: &Quantity, standard: &Standard) -> Option<Decimal> {
    if quantity.measure == other.measure && quantity.multiplier == other.multiplier {
        return Some(quantity.value);
    }
    let size = Quantity { value: Decimal::ONE, ..other.clone() }.base_value(standard)?;
    let base = quantity.base_value(standard).filter(|_| quantity.is_comparable(other, standard))?;
    base.checked_div(size).filter(|value| value.checked_mul(size) == Some(base))
}

pub(super) fn base_unit(dimension: Dimension, standard: &Standard) -> Option<String> {
    let is_base = |factor: Option<Decimal>| factor == Some(Decimal::ONE);
    let unit = standard.units.iter().find(|unit| unit.dimension == dimension && is_base(unit.factor));
    unit.map(|unit| unit.written().to_owned())
}

fn places(quantity: &Quantity) -> usize {
    quantity.value.scale() as usize
}
