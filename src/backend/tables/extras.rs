//! What has no column: fields that a standard adds, rare fields of the language, and lists of a department.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::cell::EngineCell;
use super::{ColumnType, PutRow, TableOffice};
use crate::backend::source_text;
use crate::language::{Field, YES_OR_NO};
use crate::model::standard::{FieldKind, Standard};
use crate::model::unit::{Dimension, Quantity};
use crate::model::{ExtraField, ExtraValue, Indicator, Plain, PlainFields, Project};

/// Name, type, text and number.
struct ExtraRow<'a>(Cow<'a, str>, &'static str, Cow<'a, str>, Option<Decimal>);

/// The plain fields that have a column.
const WITH_COLUMN: [Field; 7] = [
    Field::OverallGoal,
    Field::Purpose,
    Field::Goal,
    Field::Description,
    Field::Source,
    Field::Weight,
    Field::LastYear,
];

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let mut put_all = |key: &str, indicator: Option<usize>, rows: Vec<ExtraRow<'_>>| {
        for (seq, ExtraRow(name, kind, text, number)) in rows.into_iter().enumerate() {
            let [year, region, dept_key] = office.common();
            put(&[
                year,
                region,
                dept_key,
                EngineCell::text(key),
                EngineCell::may_count(indicator),
                EngineCell::count(seq + 1),
                EngineCell::text(name),
                EngineCell::text(kind),
                EngineCell::text(text),
                EngineCell::number(number, ColumnType::Decimal),
            ]);
        }
    };
    put_all("", None, of_department(office));
    for (key, id, project) in office.with_whole() {
        let standard = &office.model[project.standard];
        if id.whole_of().is_none() {
            put_all(key, None, of_project(project, standard));
        }
        for (seq, indicator) in project.indicators.iter().enumerate() {
            put_all(key, Some(seq + 1), of_indicator(indicator, standard));
        }
    }
}

fn of_department<'a>(office: &TableOffice<'a>) -> Vec<ExtraRow<'a>> {
    let Some(department) = office.department() else { return Vec::new() };
    let standard = office.standard();
    let mut rows = plain(&department.plain, standard);
    rows.extend(added(&department.extra, standard));
    rows.extend(department.units_of_account.iter().map(|unit| {
        let name = unit.name.as_ref().map_or("", |name| &name.value);
        ExtraRow((*unit.code.value).into(), "unit", name.into(), None)
    }));
    rows.extend(department.safeguards.iter().map(|one| {
        let text = one.text.as_ref().map_or("", |text| &text.value);
        ExtraRow((*one.name.value).into(), "safeguard", text.into(), None)
    }));
    if let Some((_, whole)) = office.model.whole_of(office.id) {
        let standard = &office.model[whole.standard];
        rows.extend(funds("fund", whole.budget.iter().flat_map(|budget| &budget.funds), standard));
    }
    rows
}

fn of_project<'a>(project: &'a Project, standard: &'a Standard) -> Vec<ExtraRow<'a>> {
    let mut rows = plain(&project.plain, standard);
    rows.extend(added(&project.extra, standard));
    rows.extend(funds("investment", project.investment.iter(), standard));
    rows
}

fn of_indicator<'a>(indicator: &'a Indicator, standard: &'a Standard) -> Vec<ExtraRow<'a>> {
    let mut rows = plain(&indicator.plain, standard);
    rows.extend(added(&indicator.extra, standard));
    rows.extend(indicator.whole_period.as_ref().map(|one| {
        ExtraRow(Field::WholePeriod.name.into(), "target", source_text::target(&one.value, standard).into(), None)
    }));
    rows.extend(indicator.interim.iter().map(|one| {
        let text = format!("{} {}", one.date, source_text::target(&one.target.value, standard));
        ExtraRow(Field::Interim.name.into(), "target", text.into(), None)
    }));
    rows
}

fn funds<'a>(
    kind: &'static str,
    lines: impl Iterator<Item = &'a crate::model::FundLine>,
    standard: &'a Standard,
) -> impl Iterator<Item = ExtraRow<'a>> {
    lines.map(move |line| {
        let written = line.amount.as_ref().map(|amount| source_text::quantity(amount, standard)).unwrap_or_default();
        let number = line.amount.as_ref().and_then(|amount| amount.base_value(standard));
        ExtraRow(standard.fund_sources[line.source].name.as_str().into(), kind, written.into(), number)
    })
}

/// The plain fields without a column.
fn plain<'a>(fields: &'a PlainFields, standard: &'a Standard) -> Vec<ExtraRow<'a>> {
    let without_column = fields.iter().filter(|(field, _)| !WITH_COLUMN.contains(field));
    let row = |(field, value): (Field, &'a Plain)| {
        let (kind, text, number): (_, Cow<'a, str>, _) = match value {
            Plain::Text(text) => ("text", (*text.value).into(), None),
            Plain::Number(number) => ("number", number.value.to_string().into(), Some(number.value)),
            Plain::Quantity(one) => {
                let (kind, number) = quantity(one, standard);
                (kind, source_text::quantity(one, standard).into(), number)
            }
            Plain::Date(date) => ("date", date.value.to_string().into(), None),
            Plain::Period(period) => ("period", period.value.to_string().into(), None),
        };
        ExtraRow(field.name.into(), kind, text, number)
    };
    without_column.map(row).collect()
}

/// The fields that a standard adds.
fn added<'a>(fields: &'a [ExtraField], standard: &'a Standard) -> impl Iterator<Item = ExtraRow<'a>> {
    fields.iter().map(|field| {
        let rule = &standard.field_rules[field.rule];
        let (text, number): (Cow<'a, str>, _) = match &field.value {
            ExtraValue::Text(text) => ((**text).into(), None),
            ExtraValue::Number(number) => (number.to_string().into(), Some(*number)),
            ExtraValue::Quantity(one) => (source_text::quantity(one, standard).into(), quantity(one, standard).1),
            ExtraValue::Date(date) => (date.to_string().into(), None),
            ExtraValue::YesNo(yes) => (YES_OR_NO[usize::from(!yes)].0.into(), None),
        };
        let kind = rule.kind.unwrap_or(FieldKind::Text);
        ExtraRow(rule.name.as_str().into(), FieldKind::ALL[kind as usize].2, text, number)
    })
}

/// Amounts in the base unit, other numbers as they are written.
fn quantity(quantity: &Quantity, standard: &Standard) -> (&'static str, Option<Decimal>) {
    match quantity.dimension(standard) {
        Some(Dimension::Money) => ("amount", quantity.base_value(standard)),
        Some(Dimension::Ratio) => ("ratio", Some(quantity.value)),
        _ => ("quantity", Some(quantity.value)),
    }
}
