//! The lower table of a project: one row an indicator, with the columns and the merged cells of the standard.

use unicode_width::UnicodeWidthStr;

use super::{Cell, Kind, Table, extra_text};
use crate::model::standard::{Column, Standard};
use crate::model::{Indicator, Project, Text, print};
use crate::syntax::vocabulary::Block;

/// What a column of the indicator table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::backend) enum Content<'a> {
    Category,
    Subcategory,
    Name,
    Other(&'a str),
}

pub(in crate::backend) fn content(column: &Column) -> Content<'_> {
    match column.content.as_str() {
        "一级指标" => Content::Category,
        "二级指标" => Content::Subcategory,
        "三级指标" => Content::Name,
        other => Content::Other(other),
    }
}

/// Whether equal neighbours of a column print as one cell.
pub(in crate::backend) fn merges(column: &Column, standard: &Standard) -> bool {
    standard.merged_columns.contains(&column.content)
}

/// The table; its columns get their widths when all tables of the document are there.
pub(super) fn table(project: &Project, standard: &Standard) -> Table {
    let heading = standard.columns.iter().map(|column| Cell::new(Kind::Heading, 1, &column.heading)).collect();
    let mut rows = vec![heading];
    rows.extend(project.indicators.iter().map(|indicator| -> Vec<Cell> {
        standard.columns.iter().map(|column| cell(content(column), indicator, standard)).collect()
    }));
    for (place, column) in standard.columns.iter().enumerate() {
        if merges(column, standard) {
            merge(&mut rows[1..], place, |index| {
                same_group(content(column), &project.indicators[index - 1], &project.indicators[index], standard)
            });
        }
    }
    Table { widths: Vec::new(), heading_rows: 1, rows }
}

/// Makes one cell of each run of equal neighbours in a column; `may_join` says whether a row may join the one above.
fn merge(rows: &mut [Vec<Cell>], column: usize, may_join: impl Fn(usize) -> bool) {
    let mut first = 0;
    for row in 1..rows.len() {
        if may_join(row) && rows[row][column].text == rows[first][column].text {
            rows[first][column].rows += 1;
            rows[row][column] = Cell::continued(&rows[first][column]);
        } else {
            first = row;
        }
    }
}

/// A merged cell never reaches over the end of what stands at its left in the tree of categories.
fn same_group(content: Content<'_>, one: &Indicator, other: &Indicator, standard: &Standard) -> bool {
    let category = category(one, standard) == category(other, standard);
    match content {
        Content::Category => true,
        Content::Subcategory => category,
        Content::Name | Content::Other(_) => category && subcategory(one, standard) == subcategory(other, standard),
    }
}

pub(in crate::backend) fn category<'a>(indicator: &Indicator, standard: &'a Standard) -> &'a str {
    indicator.category.map_or("", |id| &standard.category(id).name)
}

pub(in crate::backend) fn subcategory<'a>(indicator: &Indicator, standard: &'a Standard) -> &'a str {
    indicator.category.and_then(|id| standard.subcategory(id)).map_or("", |one| &one.name)
}

fn cell(content: Content<'_>, indicator: &Indicator, standard: &Standard) -> Cell {
    match content {
        Content::Category => Cell::new(Kind::Heading, 1, category(indicator, standard)),
        Content::Subcategory => Cell::new(Kind::Heading, 1, subcategory(indicator, standard)),
        Content::Name => Cell::new(Kind::Text, 1, &*indicator.name.value),
        Content::Other(key @ ("权重" | "数值" | "上年")) => {
            Cell::new(Kind::Number, 1, text(key, indicator, standard))
        }
        Content::Other(key) => Cell::new(Kind::Text, 1, text(key, indicator, standard)),
    }
}

/// The text of a cell by the column's key: a field of the language, a part of the target, or a field of the standard.
fn text(key: &str, indicator: &Indicator, standard: &Standard) -> String {
    let text = |text: Option<&Text>| text.map(|text| text.value.to_string()).unwrap_or_default();
    match key {
        "指标值" => print::target_cell(indicator, standard),
        "指标性质" => print::printed(&indicator.target.value, standard).nature,
        "数值" => match indicator.wording() {
            Some(wording) => wording.value.to_string(),
            None => print::printed(&indicator.target.value, standard).value,
        },
        "计量单位" => print::printed(&indicator.target.value, standard).unit,
        "权重" => indicator.weight().map(|weight| weight.value.to_string()).unwrap_or_default(),
        "描述" => text(indicator.description()),
        // A table without a column for sources has always printed them here.
        "依据" => {
            let has_own_column = standard.columns.iter().any(|column| column.content == "来源");
            let source = indicator.source().filter(|_| !has_own_column);
            text(indicator.basis.as_ref().map(|basis| &basis.text).or(source))
        }
        "来源" => text(indicator.source()),
        "计分" => text(indicator.scoring()),
        "上年" => {
            let last_year = indicator.last_year();
            last_year.map(|one| format!("{}{}", one.value, one.unit_label(standard))).unwrap_or_default()
        }
        "实施期" => {
            let target = indicator.whole_period.as_ref();
            target.map(|target| print::printed(&target.value, standard).glued()).unwrap_or_default()
        }
        _ => {
            let is_meant = |rule: usize| {
                let rule = &standard.field_rules[rule];
                rule.block == Block::Indicator && rule.name == key
            };
            let field = indicator.extra.iter().find(|field| is_meant(field.rule));
            field.map(|field| extra_text(&field.value, standard)).unwrap_or_default()
        }
    }
}

/// How wide the texts of each column are, in halves of a Chinese sign.
#[derive(Default)]
pub(super) struct Measure {
    headings: Vec<usize>,
    longest: Vec<usize>,
    sums: Vec<usize>,
    rows: usize,
}

/// A Chinese sign, in halves.
const SIGN: usize = 2;
/// The halves that stand in a line on A4 paper.
const LINE: usize = 87;
/// What the edges of a cell take.
const EDGES: usize = 1;
/// Texts up to six signs, as most names of categories are, are not broken.
const SHORT: usize = 12;

impl Measure {
    pub fn add(&mut self, table: &Table) {
        let Some((heading, rows)) = table.rows.split_first() else { return };
        if self.headings.is_empty() {
            self.headings = heading.iter().map(|cell| cell.text.width()).collect();
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
    pub fn widths(&self) -> Vec<u16> {
        let columns = 0..self.headings.len();
        let wanted: Vec<usize> = columns.clone().map(|column| self.wanted(column)).collect();
        let mut widths: Vec<usize> = columns.map(|column| self.least(column)).collect();
        let lacks = |widths: &[usize], column: usize| wanted[column].saturating_sub(widths[column]);
        while widths.iter().sum::<usize>() + EDGES * widths.len() + SIGN <= LINE {
            let Some(neediest) = (0..widths.len()).rev().max_by_key(|column| lacks(&widths, *column)) else { break };
            if lacks(&widths, neediest) == 0 {
                break;
            }
            widths[neediest] += SIGN;
        }
        widths.iter().map(|width| (width + EDGES).min(LINE) as u16).collect()
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
