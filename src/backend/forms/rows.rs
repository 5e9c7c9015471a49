//! The indicators of a form: one row an indicator, in the columns of the standard, and their total.

use super::filled::FilledProject;
use super::words::{computed, deviations, headed, in_month, light, measures, reasons};
use crate::backend::official::indicators::{self, ColumnContent, TextWidths, merge, named, same_group};
use crate::backend::official::{CellKind, FormCell, FormTable};
use crate::diagnostic::Language;
use crate::language::{Field, TO_FILL_IN};
use crate::model::actual::Actual;
use crate::model::print;
use crate::model::standard::Standard;
use crate::model::standard::scoring::RoundingMode;
use crate::model::standard::year_form::{FormLayout, RowContent, YearColumn, meant};
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::year::Deviation;
use crate::score::{Exact, Light, Points};

/// The halves of a Chinese sign that stand in a line on paper that lies across.
const WIDE_LINE: usize = 137;

/// Indices of the indicators in the order of their rows: an indicator that was added stands with its category.
pub(in crate::backend) fn order(one: &FilledProject<'_>) -> Vec<usize> {
    let indicators = &one.in_force.indicators;
    let mut order: Vec<usize> = Vec::with_capacity(indicators.len());
    for (index, added) in indicators.iter().enumerate() {
        let category = added.indicator.category;
        let first = |index: usize| indicators[index].indicator.category.map(|id| id.category);
        let same = order.iter().rposition(|other| indicators[*other].indicator.category == category);
        let near = || order.iter().rposition(|other| first(*other) == category.map(|id| id.category));
        let is_added = index >= one.project.indicators.len();
        match same.or_else(near).filter(|_| is_added) {
            Some(place) => order.insert(place + 1, index),
            None => order.push(index),
        }
    }
    order
}

/// The table; none where the form has no column of indicators.
pub(super) fn table(
    one: &FilledProject<'_>,
    layout: &FormLayout,
    at_month: Option<u8>,
    is_wide: bool,
) -> Option<FormTable> {
    if layout.columns.is_empty() {
        return None;
    }
    let order = order(one);
    let mut rows: Vec<Vec<FormCell>> = (order.iter())
        .map(|index| layout.columns.iter().map(|column| cell(one, layout, *index, column)).collect())
        .collect();
    let indicator = |row: usize| one.in_force.indicators[order[row]].indicator;
    for (place, column) in layout.columns.iter().enumerate() {
        if layout.merged.contains(&column.content) {
            let content = named(&column.content);
            merge(&mut rows, place, |row| same_group(content, indicator(row - 1), indicator(row), one.standard));
        }
    }
    let widths = widths(layout, &rows, at_month, is_wide);
    let mut all = headings(layout, at_month);
    let heading_rows = all.len();
    all.append(&mut rows);
    all.extend(total(one, layout));
    Some(FormTable { widths, heading_rows, rows: all })
}

fn widths(layout: &FormLayout, rows: &[Vec<FormCell>], at_month: Option<u8>, is_wide: bool) -> Vec<u16> {
    let heading = |column: &YearColumn| FormCell::new(CellKind::Heading, 1, headed(column, at_month));
    let mut all = vec![layout.columns.iter().map(heading).collect::<Vec<_>>()];
    all.extend(rows.iter().cloned());
    let mut widths = TextWidths::default();
    widths.add(&FormTable { widths: Vec::new(), heading_rows: 1, rows: all });
    widths.widths(if is_wide { WIDE_LINE } else { indicators::LINE })
}

fn headings(layout: &FormLayout, at_month: Option<u8>) -> Vec<Vec<FormCell>> {
    let above = |column: &YearColumn| column.above.as_ref().map(|above| in_month(above, at_month));
    indicators::headings(layout.columns.iter().map(|column| (above(column), headed(column, at_month))))
}

/// The row of totals; none where the form has no points.
fn total(one: &FilledProject<'_>, layout: &FormLayout) -> Option<Vec<FormCell>> {
    let score = one.score()?;
    let content = |column: &YearColumn| meant(&RowContent::ALL, &column.content).map(|(content, _)| content);
    let is_summed = |column: &YearColumn| {
        matches!(content(column), Some(RowContent::Weight | RowContent::Points | RowContent::ReviewPoints))
    };
    let has_points =
        layout.columns.iter().any(|column| is_summed(column) && content(column) != Some(RowContent::Weight));
    let first = layout.columns.iter().position(is_summed).filter(|_| has_points)?;
    let mut row = Vec::new();
    if first > 0 {
        row.push(FormCell::new(CellKind::Heading, first, one.standard.label("总分")));
    }
    row.extend(layout.columns[first..].iter().map(|column| {
        let text = match content(column) {
            Some(RowContent::Weight) => score.total.weight.plain(2),
            Some(RowContent::Points) => one.total(&score.total),
            Some(RowContent::ReviewPoints) => one.reviewed_total().map(|total| one.total(&total)).unwrap_or_default(),
            _ => return FormCell::new(CellKind::Text, 1, ""),
        };
        FormCell::new(CellKind::Number, 1, text)
    }));
    Some(row)
}

fn cell(one: &FilledProject<'_>, layout: &FormLayout, index: usize, column: &YearColumn) -> FormCell {
    let in_force = &one.in_force.indicators[index];
    let reached = one.lines[index].reached;
    if let Some((content, _)) = meant(&RowContent::ALL, &column.content) {
        return of_year(one, layout, index, content);
    }
    let kinds = &one.standard.monitoring.deviation_kinds;
    if kinds.contains(&column.content) {
        // What has no kind stands under the last, which is for all else.
        let is_last = kinds.last() == Some(&column.content);
        let is_meant = |one: &&Deviation| match &one.kind {
            Some(kind) => *kind.value == *column.content,
            None => is_last,
        };
        let said = reached.map(|line| line.deviations.iter().filter(is_meant).filter_map(|one| one.text.as_ref()));
        let said = said.into_iter().flatten().map(|text| text.value.to_string()).collect::<Vec<_>>();
        let is_named = reached.is_some_and(|line| line.deviations.iter().any(|one| is_meant(&one)));
        // A kind without a word of its own is ticked.
        let said = if said.is_empty() && is_named { "√".to_owned() } else { said.join("\n") };
        return FormCell::new(CellKind::Prose, 1, said);
    }
    indicators::cell(named(&column.content), in_force.indicator, &in_force.target.value, one.standard)
}

fn of_year(one: &FilledProject<'_>, layout: &FormLayout, index: usize, content: RowContent) -> FormCell {
    let in_force = &one.in_force.indicators[index];
    let lines = one.lines[index];
    let reached = lines.reached;
    let standard = one.standard;
    let cell = |kind: CellKind, text: String| FormCell::new(kind, 1, text);
    let text = |said: String| cell(CellKind::Text, said);
    let prose = |said: String| cell(CellKind::Prose, said);
    let number = |said: String| cell(CellKind::Number, said);
    let row = one.row(index);
    let is_adjusted = in_force.target.value != in_force.indicator.target.value;
    let target = |target: &Target| {
        let content = ColumnContent::Other(Field::AdjustedTarget.name);
        indicators::cell(content, in_force.indicator, target, standard)
    };
    match content {
        RowContent::Approved => target(&in_force.indicator.target.value),
        RowContent::Adjusted if is_adjusted => target(&in_force.target.value),
        RowContent::Adjusted => text(String::new()),
        RowContent::Actual => text(match (one.computed(index), reached) {
            (Some(computed), _) => computed.to_owned(),
            (None, Some(line)) => actual(&line.value.actual, layout, standard),
            (None, None) => TO_FILL_IN.0.to_owned(),
        }),
        RowContent::Expected => text(expected(one, layout, index)),
        RowContent::Weight => number(in_force.weight.as_ref().map(|weight| weight.written.clone()).unwrap_or_default()),
        RowContent::Points => number(one.points(row.and_then(|row| row.points.rounded.as_ref()))),
        RowContent::Share => {
            let share = row.and_then(|row| row.points.share.as_ref());
            number(share.map_or_else(|| "—".to_owned(), Exact::as_percent))
        }
        RowContent::Derivation => prose(row.map(|row| derivation(&row.points)).unwrap_or_default()),
        RowContent::Light => {
            text(one.indicator_standing(index).map(|standing| light(standing.light.light)).unwrap_or_default())
        }
        RowContent::Likelihood => text(likelihood(one, index)),
        RowContent::Deviation => prose(reached.map(|line| deviations(&line.deviations)).unwrap_or_default()),
        RowContent::Measure => prose(reached.map(|line| measures(&line.measures)).unwrap_or_default()),
        RowContent::Reasons => {
            prose(reached.map(|line| reasons(&line.deviations, &line.measures, standard)).unwrap_or_default())
        }
        RowContent::Remarks => prose(remarks(one, layout, index)),
        RowContent::ReviewPoints => number(one.points(one.reviewed(index).as_ref())),
        RowContent::ReviewReason => {
            let reason = lines.review.and_then(|given| given.reason.as_ref());
            prose(reason.map(|reason| reason.value.to_string()).unwrap_or_default())
        }
    }
}

/// A value as the form prints it: without its unit where the unit has a column of its own.
fn actual(actual: &Actual, layout: &FormLayout, standard: &Standard) -> String {
    let has_unit = layout.columns.iter().any(|column| Field::Measure.is_called(&column.content));
    match actual {
        Actual::Quantity(quantity) if has_unit => quantity.value.to_string(),
        other => print::actual(other, standard),
    }
}

/// The most decimals of a value that was computed.
const PLACES: u32 = 2;

/// As its author expects it; else as it goes on, which the cell says.
fn expected(one: &FilledProject<'_>, layout: &FormLayout, index: usize) -> String {
    if let Some(stated) = one.lines[index].reached.and_then(|line| line.expected.as_ref()) {
        return actual(&stated.actual, layout, one.standard);
    }
    let Some(standing) = one.indicator_standing(index) else { return String::new() };
    let Some(forecast) = standing.forecast.as_ref() else { return String::new() };
    let unit = match &one.in_force.indicators[index].target.value {
        Target::Quantity { quantity, .. } => quantity.unit_label(one.standard),
        Target::Range { ends } => ends.high.unit_label(one.standard),
        Target::LastYear { .. } => {
            let last_year = one.in_force.indicators[index].indicator.last_year();
            last_year.map(|quantity: &Quantity| quantity.unit_label(one.standard)).unwrap_or_default()
        }
        Target::Deadline { .. }
        | Target::Money { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => String::new(),
    };
    let value = forecast.value.rounded(PLACES, RoundingMode::HalfUp).plain(PLACES);
    computed(&format!("{value}{unit}"), one.standard)
}

/// As its author judges; where nothing is behind, what is likeliest.
fn likelihood(one: &FilledProject<'_>, index: usize) -> String {
    use crate::model::standard::monitoring::LightColour;
    let written = one.lines[index].reached.and_then(|line| line.likelihood.as_ref());
    let is_fine = one.indicator_standing(index).is_some_and(|standing| match standing.light.light {
        Light::Lit(colour) => colour >= LightColour::Green,
        Light::Grey(_) | Light::Unruled => false,
    });
    let likeliest = || one.standard.monitoring.possibilities.first().filter(|_| is_fine).cloned();
    written.map(|word| word.value.to_string()).or_else(likeliest).unwrap_or_default()
}

/// What the form has no other cell for.
fn remarks(one: &FilledProject<'_>, layout: &FormLayout, index: usize) -> String {
    let indicator = one.in_force.indicators[index].indicator;
    let mut all: Vec<String> = Vec::new();
    if let Some(line) = one.lines[index].reached {
        let has = |wanted: &[RowContent]| {
            layout.columns.iter().any(|column| {
                meant(&RowContent::ALL, &column.content).is_some_and(|(content, _)| wanted.contains(&content))
            })
        };
        if let Actual::Pending(why) | Actual::NotApplicable(why) = &line.value.actual {
            all.extend(Some(why.to_string()).filter(|why| !why.is_empty()));
        }
        if !has(&[RowContent::Measure, RowContent::Reasons]) {
            let label = one.standard.label(Field::CompletionMeasure.name);
            all.extend(line.measures.iter().map(|text| format!("{label}：{}", text.value)));
        }
        let labelled = |field: Field, said: String| format!("{}：{said}", one.standard.label(field.name));
        let sample = line.sample.as_ref();
        all.extend(sample.map(|sample| {
            labelled(Field::CompletionSample, format!("{}{}", sample.value, sample.unit_label(one.standard)))
        }));
        all.extend(line.scope.as_ref().map(|scope| labelled(Field::CompletionScope, scope.value.to_string())));
        all.extend(line.evidence.iter().map(|text| labelled(Field::CompletionEvidence, text.value.to_string())));
    }
    all.extend(indicator.plain.text(Field::Note).map(|note| note.value.to_string()));
    all.join("\n")
}

/// How points came about, line by line, or why there are none.
pub(super) fn derivation(points: &Points) -> String {
    let language = Language::Chinese;
    match &points.none {
        Some(why) => why.text().in_language(language).into_owned(),
        None => points.steps.iter().map(|step| step.text(language)).collect::<Vec<_>>().join("\n"),
    }
}
