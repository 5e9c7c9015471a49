//! What monitoring and self-evaluation report: money spent and values reached, with the lights of monitoring.

use std::collections::BTreeMap;

use super::cell::{EngineCell, scaled};
use super::indicators::{base_of, base_unit, in_unit_of};
use super::{ColumnType, PutRow, TableOffice};
use crate::backend::source_text;
use crate::language::{NOT_APPLICABLE, NOT_DONE, PENDING};
use crate::model::actual::Actual;
use crate::model::calendar::Day;
use crate::model::print;
use crate::model::standard::Standard;
use crate::model::unit::{Dimension, Quantity};
use crate::model::year::{Deviation, Execution, NamedThing, ReachedValue, Snapshot, SnapshotKind};
use crate::model::{Text, YearRecord};
use crate::score::{Light, monitor_projects, monitor_whole};
use crate::source::Span;

/// What a self-evaluation is of; days sort before it.
const WHOLE_YEAR: &str = "year";

/// The colours of lights, by the day and what they stand for.
type LightsOfDays = BTreeMap<(Day, NamedThing), &'static str>;

/// A reported line.
#[derive(Clone, Copy)]
enum ReportedLine<'a> {
    Spent(&'a Execution),
    Reached(&'a ReachedValue),
}

/// A line with the key of its project, the number of its indicator, and its period.
struct PlacedLine<'a> {
    key: &'a str,
    indicator: Option<usize>,
    period: String,
    named: NamedThing,
    day: Option<Day>,
    snapshot: &'a Snapshot,
    line: ReportedLine<'a>,
}

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    let Some(record) = office.record().filter(|record| record.is_reported()) else { return };
    let mut lines: Vec<PlacedLine<'_>> = Vec::new();
    for snapshot in record.snapshots() {
        let day = snapshot.checkpoint.as_ref().map(|date| date.value.in_year(office.year));
        let period = match (snapshot.kind, day) {
            (SnapshotKind::Monitoring, Some(day)) => day.to_string(),
            (SnapshotKind::Monitoring, None) => String::new(),
            (SnapshotKind::SelfEvaluation, _) => WHOLE_YEAR.to_owned(),
        };
        let spent = snapshot.spent.iter().map(|line| (line.subject.named, ReportedLine::Spent(line)));
        let reached = snapshot.reached.iter().map(|line| (line.subject.named, ReportedLine::Reached(line)));
        for (named, line) in spent.chain(reached) {
            let Some((named, (key, indicator))) = named.and_then(|named| Some((named, office.place_of(named)?))) else {
                continue;
            };
            lines.push(PlacedLine { key, indicator, period: period.clone(), named, day, snapshot, line });
        }
    }
    let lights = lights(office, record);
    // Stable: of lines about one thing the first stays the first, which is the one that counts.
    lines.sort_by(|one, other| (one.key, one.indicator, &one.period).cmp(&(other.key, other.indicator, &other.period)));
    for about_one in lines
        .chunk_by(|one, other| (one.key, one.indicator, &one.period) == (other.key, other.indicator, &other.period))
    {
        for (seq, line) in about_one.iter().enumerate() {
            row(office, line, seq + 1, &lights, put);
        }
    }
}

fn row(office: &TableOffice<'_>, line: &PlacedLine<'_>, seq: usize, lights: &LightsOfDays, put: &mut PutRow<'_>) {
    let [year, region, dept_key] = office.common();
    let standard = office.standard_of(line.named);
    let said = match line.line {
        ReportedLine::Spent(spent) => SaidOfLine::of_spent(spent, standard),
        ReportedLine::Reached(reached) => SaidOfLine::of_reached(reached, office.year, standard),
    };
    let (number, base, unit) = (said.number, said.base, said.unit);
    let numbers = [number, base, said.expected];
    let fit = numbers.into_iter().flatten().all(|number| scaled(number, ColumnType::Decimal).is_some());
    let light = line.day.filter(|_| line.snapshot.kind == SnapshotKind::Monitoring);
    let light = light.and_then(|day| lights.get(&(day, line.named)).copied());
    let [file, row, _] = office.place(Some(said.span));
    let decimal = |value| EngineCell::number(value, ColumnType::Decimal);
    put(&[
        year,
        region,
        dept_key,
        EngineCell::text(line.key),
        EngineCell::may_count(line.indicator),
        EngineCell::text(line.period.as_str()),
        EngineCell::count(seq),
        EngineCell::text(said.state),
        decimal(number),
        EngineCell::may_text(unit),
        decimal(base),
        EngineCell::day(said.day),
        EngineCell::Truth(fit && !said.is_unfit),
        EngineCell::text(said.written),
        decimal(said.expected),
        EngineCell::words(said.likelihood),
        EngineCell::words(said.deviations.iter().find_map(|one| one.kind.as_ref())),
        EngineCell::may_text(joined(said.deviations.iter().filter_map(|one| one.text.as_ref()))),
        EngineCell::may_text(joined(said.measures.iter())),
        EngineCell::may_text(light),
        EngineCell::day(line.snapshot.filed.as_ref().map(|date| date.value.in_year(office.year))),
        file,
        row,
    ]);
}

/// What a line says.
struct SaidOfLine<'a> {
    state: &'static str,
    number: Option<rust_decimal::Decimal>,
    unit: Option<String>,
    base: Option<rust_decimal::Decimal>,
    day: Option<Day>,
    written: String,
    expected: Option<rust_decimal::Decimal>,
    /// What is expected cannot be told in the unit.
    is_unfit: bool,
    likelihood: Option<&'a Text>,
    deviations: &'a [Deviation],
    measures: &'a [Text],
    span: Span,
}

impl<'a> SaidOfLine<'a> {
    /// Amounts in the base unit of money.
    fn of_spent(line: &'a Execution, standard: &Standard) -> Self {
        let amount = |one: &Option<Quantity>| one.as_ref().and_then(|one| one.base_value(standard));
        let number = amount(&line.amount);
        Self {
            state: if line.amount.is_some() { "quantity" } else { "blank" },
            number,
            unit: base_unit(Dimension::Money, standard),
            base: number,
            day: None,
            written: line.amount.as_ref().map(|one| source_text::quantity(one, standard)).unwrap_or_default(),
            expected: amount(&line.expected),
            is_unfit: false,
            likelihood: None,
            deviations: &line.deviations,
            measures: &line.measures,
            span: line.span,
        }
    }

    fn of_reached(line: &'a ReachedValue, year: u16, standard: &Standard) -> Self {
        let actual = &line.value.actual;
        let quantity = quantity(actual);
        let expected = line.expected.as_ref().and_then(|one| self::quantity(&one.actual));
        let in_unit = quantity.zip(expected).and_then(|(unit, one)| in_unit_of(one, unit, standard));
        let in_unit = if quantity.is_none() { expected.map(|one| one.value) } else { in_unit };
        Self {
            state: state(actual),
            number: quantity.map(|one| one.value),
            unit: quantity.or(expected).map(|one| one.written_unit(standard)),
            base: quantity.and_then(|one| base_of(one, standard)),
            day: if let Actual::Date(date) = actual { Some(date.in_year(year)) } else { None },
            written: match actual {
                Actual::Quantity(one) => source_text::quantity(one, standard),
                other => print::actual(other, standard),
            },
            expected: in_unit,
            is_unfit: expected.is_some() && in_unit.is_none(),
            likelihood: line.likelihood.as_ref(),
            deviations: &line.deviations,
            measures: &line.measures,
            span: line.span,
        }
    }
}

fn quantity(actual: &Actual) -> Option<&Quantity> {
    if let Actual::Quantity(quantity) = actual { Some(quantity) } else { None }
}

fn state(actual: &Actual) -> &'static str {
    match actual {
        Actual::Quantity(_) => "quantity",
        Actual::Date(_) => "date",
        Actual::YesNo(_) => "yes_no",
        Actual::Grade(_) => "grade",
        Actual::Attainment(_) => "attainment",
        Actual::NotDone => NOT_DONE.1,
        Actual::Pending(_) => PENDING.1,
        Actual::NotApplicable(_) => NOT_APPLICABLE.1,
        Actual::Blank => "blank",
        Actual::Damaged => "damaged",
    }
}

/// A line each; none where there is none.
fn joined<'a>(texts: impl Iterator<Item = &'a Text>) -> Option<String> {
    let texts: Vec<&str> = texts.map(|text| &*text.value).collect();
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// The lights of every reported checkpoint.
fn lights(office: &TableOffice<'_>, record: &YearRecord) -> LightsOfDays {
    let mut lights = LightsOfDays::new();
    let mut dates: Vec<_> = record.snapshots().filter_map(|one| Some(one.checkpoint.as_ref()?.value)).collect();
    dates.sort_by_key(|date| date.in_year(office.year));
    dates.dedup_by_key(|date| date.in_year(office.year));
    for date in dates {
        let day = date.in_year(office.year);
        let whole = monitor_whole(office.model, office.id, date);
        for one in monitor_projects(office.model, office.id, date).into_iter().chain(whole) {
            let own = if one.id.whole_of().is_some() { NamedThing::Department } else { NamedThing::Project(one.id) };
            let goals = one.in_force.indicators.iter().zip(&one.standing.indicators);
            let goals = goals.map(|(goal, standing)| (goal.named, standing.light.light));
            for (named, light) in std::iter::once((own, one.standing.money.light)).chain(goals) {
                lights.extend(colour(light).map(|colour| ((day, named), colour)));
            }
        }
    }
    lights
}

fn colour(light: Light) -> Option<&'static str> {
    match light {
        Light::Lit(colour) => Some(colour.english()),
        Light::Grey(_) => Some("grey"),
        Light::Unruled => None,
    }
}
