//! The model as flat tables for engines: which there are, what their columns hold, and the rows of a department.
//!
//! A row is made for one department at a time, by `EngineTable::rows`, and knows nothing of the format that it is written
//! in: a county goes through department by department. Rows stand in the order of their key where departments are asked for
//! in the order of their keys.

mod actuals;
mod adjustments;
mod cell;
mod columns;
mod extras;
mod findings;
mod goals;
mod indicators;
mod offices;
mod projects;
mod region;
mod rules;
mod scores;

use std::fmt::Write;

pub(super) use cell::EngineCell;
pub(super) use offices::{KeysTaken, TableContext, TableOffice, TableOffices, offices};
pub use region::{RegionsOfCodes, StatedYears};

/// Raised when a column is renamed, removed, or changes its meaning; a new one at the end of its table does not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// A table.
pub struct EngineTable {
    /// ASCII, lower case, no reserved word of any engine.
    pub name: &'static str,
    /// What people call it, in Chinese.
    pub label: &'static str,
    /// What a row is, in both languages.
    pub row: [&'static str; 2],
    /// So many of the first columns are its key, by which it is sorted.
    pub key: usize,
    /// From the left; new ones are added at the end.
    pub columns: &'static [EngineColumn],
    /// Makes the rows of a department.
    pub(super) rows: fn(&TableOffice<'_>, &mut PutRow<'_>),
}

impl EngineTable {
    /// Where a column stands that many tables have.
    fn place_of(&self, column: &EngineColumn) -> Option<usize> {
        self.columns.iter().position(|one| one.name == column.name)
    }

    /// Whether its rows are said once a year, by the first department of it.
    pub(super) fn is_of_year(&self) -> bool {
        self.place_of(&columns::DEPARTMENT).is_none()
    }

    /// Puts into a row what is known of no department alone: the region, and the folder that all files share.
    pub(super) fn place_row<'a>(&self, cells: &mut [EngineCell<'a>], region: &'a str, root: &str) {
        if let Some(cell) = self.place_of(&columns::REGION).and_then(|place| cells.get_mut(place)) {
            *cell = EngineCell::text(region);
        }
        if let Some(cell) = self.place_of(&columns::FILE).and_then(|place| cells.get_mut(place)) {
            cell.strip(root);
        }
    }

    /// The same for what was found in no declaration: its year is that of the first department, and it is counted on.
    pub(super) fn place_nowhere(&self, cells: &mut [EngineCell<'_>], year: u16, seq: usize) {
        let of_all = [(&columns::YEAR, EngineCell::Whole(year.into())), (&columns::SEQ, EngineCell::count(seq))];
        for (column, known) in of_all {
            if let Some(cell) = self.place_of(column).and_then(|place| cells.get_mut(place)) {
                *cell = known;
            }
        }
    }
}

/// Takes the cells of a row, one a column.
pub(super) type PutRow<'a> = dyn FnMut(&[EngineCell<'_>]) + 'a;

/// A column of a table.
pub struct EngineColumn {
    /// ASCII, lower case.
    pub name: &'static str,
    /// What it holds.
    pub kind: ColumnType,
    /// Whether it may be NULL.
    pub may_be_null: bool,
    /// What people call it, in Chinese.
    pub label: &'static str,
    /// What it says, in both languages.
    pub meaning: [&'static str; 2],
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8.
    Text,
    /// 32 bits: engines let narrower ones overflow without a word.
    Whole,
    /// DECIMAL(18,4): amounts and values of targets.
    Decimal,
    /// DECIMAL(9,4): shares in percent, points.
    Share,
    /// A day of the calendar.
    Day,
    /// True or false.
    Truth,
}

impl ColumnType {
    /// The digits behind the point of both kinds of decimals.
    pub const PLACES: u32 = 4;

    /// All digits of a decimal; none for what is no decimal.
    pub fn digits(self) -> Option<u32> {
        match self {
            ColumnType::Decimal => Some(18),
            ColumnType::Share => Some(9),
            ColumnType::Text | ColumnType::Whole | ColumnType::Day | ColumnType::Truth => None,
        }
    }

    /// As SQL writes it.
    pub fn sql(self) -> &'static str {
        match self {
            ColumnType::Text => "VARCHAR",
            ColumnType::Whole => "INTEGER",
            ColumnType::Decimal => "DECIMAL(18,4)",
            ColumnType::Share => "DECIMAL(9,4)",
            ColumnType::Day => "DATE",
            ColumnType::Truth => "BOOLEAN",
        }
    }
}

/// Every table, in the order in which people read them.
pub const TABLES: [EngineTable; 13] = [
    columns::DEPARTMENTS,
    columns::PROJECTS,
    columns::FUNDS,
    columns::PLAN_POINTS,
    columns::GOALS,
    columns::GOAL_REFS,
    columns::INDICATORS,
    columns::EXTRAS,
    columns::FINDINGS,
    columns::RULES,
    columns::of_year::ACTUALS,
    columns::of_year::ADJUSTMENTS,
    columns::of_year::SCORES,
];

/// Views whose tables and columns have their Chinese names, in the only quotes that the engines share.
pub fn views() -> String {
    let mut text = String::from(
        "-- 中文名称的视图。先按各引擎的办法登记各表，见 docs/engines.md。\n\
         -- Views with Chinese names. Register the tables first, as each engine does it: docs/engines.md.\n",
    );
    for table in &TABLES {
        let columns = table.columns.iter().map(|column| format!("  {} AS `{}`", column.name, column.label));
        let columns = columns.collect::<Vec<_>>().join(",\n");
        let _ = write!(text, "\nCREATE VIEW `{}` AS SELECT\n{columns}\nFROM {};\n", table.label, table.name);
    }
    text
}
