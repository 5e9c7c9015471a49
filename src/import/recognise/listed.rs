//! A list of projects: a row for each, with its money, its points and its grade. No form of one project, and no table of
//! indicators.

use rust_decimal::Decimal;

use super::claim::{Claim, Claims};
use super::columns::heads;
use super::lexicon::{Content, key_of};
use super::signs::{amount_like, unit_in_bracket};
use super::slot::{GridSlot, SlotMeaning, meaning};
use super::view::View;
use super::year_content::{YearContent, months_in};
use crate::language::Block;
use crate::model::cells;
use crate::model::standard::scoring::RoundingMode;
use crate::score::{Exact, is_right};

/// The most signs of a heading that no standard knows.
const HEADING_SIGNS: usize = 14;

/// A list that is being read.
#[derive(Debug)]
pub struct ProjectList {
    heads: Vec<(GridSlot, ListColumn)>,
    /// The figures of the rows so far, column by column; none where a cell holds no number.
    rows: Vec<Vec<Option<Decimal>>>,
    /// Whether it lists what a department does, under no name of a project: nothing of the language holds it.
    is_of_tasks: bool,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListColumn {
    Name,
    Fact(Content),
    OfYear(YearContent),
    Extra,
    /// 序号
    Furniture,
}

impl ListColumn {
    /// Of a heading; none where it can stand in no list of projects.
    fn of(view: &View<'_>, slot: &GridSlot, before: &[Self]) -> Option<Self> {
        let text = view.words(slot.cell);
        let of_year = |content| Some(Self::OfYear(content));
        match meaning(view, slot) {
            SlotMeaning::Label(Content::Name) if names_projects(text) => Some(Self::Name),
            SlotMeaning::Blank | SlotMeaning::Label(Content::Furniture) => Some(Self::Furniture),
            SlotMeaning::Label(Content::Budget | Content::Money) => {
                let is_second = before.contains(&Self::Fact(Content::Budget));
                if is_second { of_year(YearContent::AdjustedBudget) } else { Some(Self::Fact(Content::Budget)) }
            }
            // In a list the points are those of a project.
            SlotMeaning::Label(Content::OfYear(YearContent::ExecutionPoints | YearContent::Total)) => {
                of_year(YearContent::Total)
            }
            SlotMeaning::Label(Content::OfYear(YearContent::ExecutionWeight)) => of_year(YearContent::TotalWeight),
            SlotMeaning::Label(Content::OfYear(content)) => of_year(content),
            SlotMeaning::Label(
                content @ (Content::Code
                | Content::Unit
                | Content::UnitCode
                | Content::DepartmentName
                | Content::Fund
                | Content::Goal
                | Content::Purpose
                | Content::Plain(_)),
            ) => Some(Self::Fact(content)),
            SlotMeaning::FundLike => Some(Self::Fact(Content::Fund)),
            SlotMeaning::Text if text.chars().count() <= HEADING_SIGNS && !amount_like(text) => Some(Self::Extra),
            SlotMeaning::Label(_) | SlotMeaning::Checkpoint | SlotMeaning::Text => None,
        }
    }

    /// Whether a list of projects is known by it, beside their names.
    fn tells(self) -> bool {
        matches!(
            self,
            Self::Fact(Content::Budget)
                | Self::OfYear(
                    YearContent::AdjustedBudget
                        | YearContent::Spent
                        | YearContent::ExecutionRate
                        | YearContent::Total
                        | YearContent::Grade
                )
        )
    }
}

impl ProjectList {
    /// The headings in a row; none where it holds something else. `below` is the row after it.
    pub fn read(view: &View<'_>, row: &[GridSlot], below: &[GridSlot]) -> Option<(Self, Claims)> {
        if view.at.is_whole && is_of_tasks(view, row) {
            // The amounts below may be in a unit that only these headings state.
            let units = row.iter().filter_map(|slot| unit_in_bracket(view.words(slot.cell)));
            let claims = units.map(Claim::MoneyUnit).collect();
            return Some((Self { heads: Vec::new(), rows: Vec::new(), is_of_tasks: true }, claims));
        }
        let mut columns: Vec<ListColumn> = Vec::with_capacity(row.len());
        for slot in row {
            let column = ListColumn::of(view, slot, &columns)?;
            let is_again = columns.contains(&column)
                && !matches!(column, ListColumn::Extra | ListColumn::Furniture | ListColumn::Fact(Content::Fund));
            columns.push(if is_again { ListColumn::Extra } else { column });
        }
        let name = columns.iter().position(|one| *one == ListColumn::Name)?;
        let is_name = |slot: &&GridSlot| slot.column == row[name].column && meaning(view, slot) != SlotMeaning::Blank;
        let is_list = row.len() > 2
            && columns.iter().filter(|one| one.tells()).count() > usize::from(columns.len() > 3)
            && !heads::is_heads(view, row)
            && below.len() == row.len()
            && below.iter().any(|slot| is_name(&slot) && !matches!(meaning(view, slot), SlotMeaning::Label(_)))
            && below.iter().filter(|slot| !slot.is_blank).count() > 1
            && below.iter().all(|slot| !matches!(meaning(view, slot), SlotMeaning::Label(_)));
        if !is_list {
            return None;
        }
        let mut claims = Vec::new();
        for (slot, column) in row.iter().zip(&columns) {
            let label = view.piece(slot.cell);
            claims.extend(unit_in_bracket(view.text(&label)).map(Claim::MoneyUnit));
            claims.extend(months_in(view.text(&label)).map(|(_, month)| Claim::Months(month)));
            if !matches!(column, ListColumn::Extra | ListColumn::Fact(Content::Fund)) {
                claims.push(Claim::Furniture(label));
            }
        }
        Some((Self { heads: row.iter().cloned().zip(columns).collect(), rows: Vec::new(), is_of_tasks: false }, claims))
    }

    /// A row of the list; none where it has ended.
    pub fn row(&mut self, view: &View<'_>, row: &[GridSlot]) -> Option<Claims> {
        if self.is_of_tasks {
            let first = row.iter().find(|slot| !slot.is_blank)?;
            let goes_on = !matches!(meaning(view, first), SlotMeaning::Label(content) if content != Content::Fund);
            return (goes_on && !heads::is_heads(view, row)).then(Vec::new);
        }
        if row.len() != self.heads.len() || heads::is_heads(view, row) {
            return self.sums(view, row);
        }
        let name = self.heads.iter().position(|(_, column)| *column == ListColumn::Name)?;
        let is_label = |slot: &GridSlot| matches!(meaning(view, slot), SlotMeaning::Label(_));
        if row[name].is_blank || is_label(&row[name]) || view.lexicon.is_sum(view.words(row[name].cell)) {
            return self.sums(view, row);
        }
        self.rows.push(row.iter().map(|slot| number(view, slot).map(|(value, _)| value)).collect());
        let mut facts = Vec::new();
        for (slot, (head, column)) in row.iter().zip(&self.heads).filter(|(slot, _)| !slot.is_blank) {
            let (value, label) = (view.piece(slot.cell), view.piece(head.cell));
            let says_nothing = !view.text(&value).contains(char::is_alphanumeric);
            facts.push(match column {
                ListColumn::Name => Claim::Fact { content: Content::Name, label: None, value },
                ListColumn::Fact(content) => Claim::Fact { content: *content, label: Some(label), value },
                ListColumn::OfYear(_) | ListColumn::Extra | ListColumn::Furniture if says_nothing => {
                    Claim::Furniture(value)
                }
                ListColumn::OfYear(content) => Claim::OfYear { content: *content, fund: None, value },
                ListColumn::Extra => Claim::Extra { lead: None, label, value },
                ListColumn::Furniture => Claim::Furniture(value),
            });
        }
        Some(vec![Claim::Listed { cell: row[name].cell, facts }])
    }

    /// The row of sums: what it says of the rows above is a repeat, anything else is left over. None where it is none.
    fn sums(&self, view: &View<'_>, row: &[GridSlot]) -> Option<Claims> {
        let label = row.iter().find(|slot| !slot.is_blank)?;
        if !view.lexicon.is_sum(view.words(label.cell)) {
            return None;
        }
        let mut claims = vec![Claim::Furniture(view.piece(label.cell))];
        for slot in row.iter().filter(|slot| !slot.is_blank && slot.cell != label.cell) {
            let under = self.heads.iter().position(|(head, _)| slot.meets(head));
            let Some((column, (stated, is_percent))) = under.zip(number(view, slot)) else { continue };
            let sum = match self.heads[column].1 {
                ListColumn::OfYear(YearContent::ExecutionRate) => {
                    self.rate().map(|rate| if is_percent { &rate * &Exact::hundred() } else { rate })
                }
                ListColumn::Fact(Content::Budget | Content::Fund) | ListColumn::OfYear(_) => self.sum(column),
                ListColumn::Name | ListColumn::Fact(_) | ListColumn::Extra | ListColumn::Furniture => None,
            };
            if sum.is_some_and(|sum| is_right(&sum, stated, RoundingMode::HalfUp)) {
                claims.push(Claim::Repeat(view.piece(slot.cell)));
            }
        }
        Some(claims)
    }

    /// The sum of a column; none where a row has no number in it.
    fn sum(&self, column: usize) -> Option<Exact> {
        let figures: Option<Vec<Decimal>> = self.rows.iter().map(|row| row[column]).collect();
        Some(figures?.into_iter().map(Exact::from).sum())
    }

    /// What was spent of the money after adjustments, else of that before.
    fn rate(&self) -> Option<Exact> {
        let column = |wanted: ListColumn| self.heads.iter().position(|(_, column)| *column == wanted);
        let budget = column(ListColumn::OfYear(YearContent::AdjustedBudget));
        let budget = self.sum(budget.or_else(|| column(ListColumn::Fact(Content::Budget)))?)?;
        self.sum(column(ListColumn::OfYear(YearContent::Spent))?)?.over(&budget)
    }
}

/// Whether a heading speaks of projects, and not of tasks or of funds.
fn names_projects(heading: &str) -> bool {
    key_of(heading).text.contains(Block::Project.word().0)
}

/// `年度主要任务 | 任务名称 | 主要内容 | 预算金额`
fn is_of_tasks(view: &View<'_>, row: &[GridSlot]) -> bool {
    let full = || row.iter().filter(|slot| !slot.is_blank);
    let names = |slot: &&GridSlot| meaning(view, slot) == SlotMeaning::Label(Content::Name);
    let is_project = |slot: &GridSlot| names_projects(view.words(slot.cell));
    full().count() > 2
        && full().any(|slot| names(&slot) && !is_project(slot))
        && full().skip_while(|slot| !names(slot)).skip(1).all(|slot| meaning(view, slot) != SlotMeaning::Text)
}

/// The number in a cell, and whether it is one of percents.
fn number(view: &View<'_>, slot: &GridSlot) -> Option<(Decimal, bool)> {
    let folded: String = view.words(slot.cell).split_whitespace().collect();
    let (value, rest) = cells::leading_number(&folded)?;
    Some((value, matches!(rest, "%" | "％")))
}
