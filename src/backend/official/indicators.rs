//! The lower table of a project: one row an indicator, with the columns and the merged cells of the standard.

use unicode_width::UnicodeWidthStr;

use super::{CellKind, FormCell, FormTable, extra_text};
use crate::language::{Block, Field, PlainKind, field, own};
use crate::model::standard::{Column, Standard};
use crate::model::target::Target;
use crate::model::{Indicator, Interim, Plain, Project, print};

/// What a column of the indicator table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::backend) enum ColumnContent<'a> {
    Category,
    Subcategory,
    Name,
    Other(&'a str),
}

pub(in crate::backend) fn content(column: &Column) -> ColumnContent<'_> {
    named(&column.content)
}

pub(in crate::backend) fn named(content: &str) -> ColumnContent<'_> {
    match content {
        name if Field::Category.is_called(name) => ColumnContent::Category,
        name if Field::Subcategory.is_called(name) => ColumnContent::Subcategory,
        name if Field::Leaf.is_called(name) => ColumnContent::Name,
        other => ColumnContent::Other(other),
    }
}

/// Whether equal neighbours of a column print as one cell.
pub(in crate::backend) fn merges(column: &Column, standard: &Standard) -> bool {
    standard.merged_columns.contains(&column.content)
}

/// The table; its columns get their widths when all tables of the document are there.
pub(super) fn table(project: &Project, standard: &Standard) -> FormTable {
    let mut rows = headings(standard.columns.iter().map(|column| (column.above.clone(), column.heading.clone())));
    let heading_rows = rows.len();
    rows.extend(project.indicators.iter().map(|indicator| -> Vec<FormCell> {
        let target = &indicator.target.value;
        standard.columns.iter().map(|column| cell(content(column), indicator, target, standard)).collect()
    }));
    if super::head::is_blank(project) {
        rows.push(standard.columns.iter().map(|_| FormCell::new(CellKind::Text, 1, "")).collect());
    }
    for (place, column) in standard.columns.iter().enumerate() {
        if merges(column, standard) {
            merge(&mut rows[heading_rows..], place, |index| {
                same_group(content(column), &project.indicators[index - 1], &project.indicators[index], standard)
            });
        }
    }
    FormTable { widths: Vec::new(), heading_rows, rows }
}

/// One row of headings, or two where some stand over others. Each column has its heading, and the one above that.
pub(in crate::backend) fn headings(columns: impl Iterator<Item = (Option<String>, String)>) -> Vec<Vec<FormCell>> {
    let columns: Vec<(Option<String>, String)> = columns.collect();
    let cell = |text: &String| FormCell::new(CellKind::Heading, 1, text);
    if columns.iter().all(|(above, _)| above.is_none()) {
        return vec![columns.iter().map(|(_, own)| cell(own)).collect()];
    }
    let (mut upper, mut lower): (Vec<FormCell>, Vec<FormCell>) = (Vec::new(), Vec::new());
    for group in columns.chunk_by(|(one, _), (other, _)| one.is_some() && one == other) {
        match group.first().and_then(|(above, _)| above.as_ref()) {
            Some(above) => {
                upper.push(FormCell::new(CellKind::Heading, group.len(), above));
                lower.extend(group.iter().map(|(_, own)| cell(own)));
            }
            None => {
                for (_, own) in group {
                    let both = cell(own).over_rows(2);
                    lower.push(FormCell::continued(&both));
                    upper.push(both);
                }
            }
        }
    }
    vec![upper, lower]
}

/// Makes one cell of each run of equal neighbours in a column; `may_join` says whether a row may join the one above.
pub(in crate::backend) fn merge(rows: &mut [Vec<FormCell>], column: usize, may_join: impl Fn(usize) -> bool) {
    let mut first = 0;
    for row in 1..rows.len() {
        if may_join(row) && rows[row][column].text == rows[first][column].text {
            rows[first][column].rows += 1;
            rows[row][column] = FormCell::continued(&rows[first][column]);
        } else {
            first = row;
        }
    }
}

/// A merged cell never reaches over the end of what stands at its left in the tree of categories.
pub(in crate::backend) fn same_group(
    content: ColumnContent<'_>,
    one: &Indicator,
    other: &Indicator,
    standard: &Standard,
) -> bool {
    let category = category(one, standard) == category(other, standard);
    match content {
        ColumnContent::Category => true,
        ColumnContent::Subcategory => category,
        ColumnContent::Name | ColumnContent::Other(_) => {
            category && subcategory(one, standard) == subcategory(other, standard)
        }
    }
}

pub(in crate::backend) fn category<'a>(indicator: &Indicator, standard: &'a Standard) -> &'a str {
    indicator.category.map_or("", |id| &standard.category(id).name)
}

pub(in crate::backend) fn subcategory<'a>(indicator: &Indicator, standard: &'a Standard) -> &'a str {
    indicator.category.and_then(|id| standard.subcategory(id)).map_or("", |one| &one.name)
}

/// A cell of an indicator whose target is this: the one that it was approved with, or an adjusted one.
pub(in crate::backend) fn cell(
    content: ColumnContent<'_>,
    indicator: &Indicator,
    target: &Target,
    standard: &Standard,
) -> FormCell {
    match content {
        ColumnContent::Category => FormCell::new(CellKind::Heading, 1, category(indicator, standard)),
        ColumnContent::Subcategory => FormCell::new(CellKind::Heading, 1, subcategory(indicator, standard)),
        ColumnContent::Name => FormCell::new(CellKind::Text, 1, &*indicator.name.value),
        ColumnContent::Other(key) => {
            let kind = if key == VALUE || field(Block::Indicator, key).is_some_and(is_number) {
                CellKind::Number
            } else {
                CellKind::Text
            };
            FormCell::new(kind, 1, text(key, indicator, target, standard))
        }
    }
}

/// The number of a target, or the words that are printed instead.
const VALUE: &str = "数值";

fn is_number(field: Field) -> bool {
    match field.plain {
        Some(PlainKind::Number | PlainKind::Quantity | PlainKind::Amount) => true,
        Some(PlainKind::Text | PlainKind::Name | PlainKind::Date | PlainKind::Period) | None => false,
    }
}

/// The text of a cell by the column's key: a part of the target, a field of the language, or a field of the standard.
fn text(key: &str, indicator: &Indicator, target: &Target, standard: &Standard) -> String {
    let printed = || print::printed(target, standard);
    // Words that stand for one target do not stand for another.
    let wording = || indicator.wording().filter(|_| *target == indicator.target.value);
    let worded = |otherwise: String| wording().map_or(otherwise, |wording| wording.value.to_string());
    match key {
        "指标值" => worded(printed().glued()),
        "指标性质" => printed().nature,
        VALUE => worded(printed().value),
        _ if Field::Measure.is_called(key) => printed().unit,
        _ => {
            if let Some(field) = field(Block::Indicator, key) {
                return of_field(field, indicator, standard);
            }
            let declared = |rule: usize| &standard.field_rules[rule];
            let is_meant = |rule: usize| declared(rule).block == Block::Indicator && declared(rule).name == key;
            let field = indicator.extra.iter().find(|field| is_meant(field.rule));
            field.map(|field| extra_text(&field.value, standard)).unwrap_or_default()
        }
    }
}

fn of_field(field: Field, indicator: &Indicator, standard: &Standard) -> String {
    match own::Indicator::of(field) {
        // A table without a column for sources has always printed them here.
        Some(own::Indicator::Basis) => {
            let has_own_column = standard.columns.iter().any(|column| column.content == Field::Source.name);
            let source = indicator.source().filter(|_| !has_own_column);
            let text = indicator.basis.as_ref().map(|basis| &basis.text).or(source);
            text.map(|text| text.value.to_string()).unwrap_or_default()
        }
        Some(own::Indicator::Direction) => {
            indicator.direction.as_ref().map_or("", |direction| direction.value.word()).to_owned()
        }
        Some(own::Indicator::WholePeriod) => {
            let target = indicator.whole_period.as_ref();
            target.map(|target| print::printed(&target.value, standard).glued()).unwrap_or_default()
        }
        Some(own::Indicator::Interim) => {
            let due = |one: &Interim| format!("{} {}", one.date, print::printed(&one.target.value, standard).glued());
            indicator.interim.iter().map(due).collect::<Vec<_>>().join("；")
        }
        None => match indicator.plain.get(field) {
            None => String::new(),
            Some(Plain::Text(text)) => text.value.to_string(),
            Some(Plain::Number(number)) => number.value.to_string(),
            Some(Plain::Quantity(one)) => format!("{}{}", one.value, one.unit_label(standard)),
            Some(Plain::Date(date)) => date.value.to_string(),
            Some(Plain::Period(period)) => period.value.to_string(),
        },
    }
}

/// How wide the texts of each column are, in halves of a Chinese sign.
#[derive(Default)]
pub(in crate::backend) struct TextWidths {
    headings: Vec<usize>,
    longest: Vec<usize>,
    sums: Vec<usize>,
    rows: usize,
}

/// A Chinese sign, in halves.
const SIGN: usize = 2;
/// The halves that stand in a line on A4 paper.
pub(in crate::backend) const LINE: usize = 87;
/// What the edges of a cell take.
const EDGES: usize = 1;
/// Texts up to six signs, as most names of categories are, are not broken.
const SHORT: usize = 12;

impl TextWidths {
    pub fn add(&mut self, table: &FormTable) {
        let (headings, rows) = table.rows.split_at(table.heading_rows);
        let Some(heading) = headings.last() else { return };
        if self.headings.is_empty() {
            // A heading over both rows stands in the upper one.
            let whole = |column: usize| {
                let mut edge = 0;
                let upper = headings.first()?.iter().find(|cell| {
                    edge += cell.columns;
                    edge > column
                })?;
                (upper.columns == 1).then_some(upper)
            };
            let own = |(column, cell)| if FormCell::continues(cell) { whole(column).unwrap_or(cell) } else { cell };
            self.headings = heading.iter().enumerate().map(own).map(|cell| cell.text.width()).collect();
            self.longest = vec![0; heading.len()];
            self.sums = vec![0; heading.len()];
        }
        let mut before: Vec<usize> = vec![0; heading.len()];
        for row in rows {
            for (column, cell) in row.iter().enumerate() {
                if !cell.continues() {
                    before[column] = cell.text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
                }
                self.longest[column] = self.longest[column].max(before[column]);
                self.sums[column] += before[column];
            }
        }
        self.rows += rows.len();
    }

    /// Every column gets its heading and short texts in one line; what is left of the line goes, sign by sign, to the
    /// column that lacks most.
    pub fn widths(&self, line: usize) -> Vec<u16> {
        let columns = 0..self.headings.len();
        let wanted: Vec<usize> = columns.clone().map(|column| self.wanted(column)).collect();
        let mut widths: Vec<usize> = columns.map(|column| self.least(column)).collect();
        let lacks = |widths: &[usize], column: usize| wanted[column].saturating_sub(widths[column]);
        while widths.iter().sum::<usize>() + EDGES * widths.len() + SIGN <= line {
            let Some(neediest) = (0..widths.len()).rev().max_by_key(|column| lacks(&widths, *column)) else { break };
            if lacks(&widths, neediest) == 0 {
                break;
            }
            widths[neediest] += SIGN;
        }
        widths.iter().map(|width| (width + EDGES).min(line) as u16).collect()
    }

    fn least(&self, column: usize) -> usize {
        self.longest[column].min(SHORT).max(self.headings[column]).next_multiple_of(SIGN)
    }

    /// More than the usual text, less than the longest.
    fn wanted(&self, column: usize) -> usize {
        let mean = self.sums[column] / self.rows.max(1);
        (mean * 2 + self.longest[column]).div_ceil(3)
    }
}
