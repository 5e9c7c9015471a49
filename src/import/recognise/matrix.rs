//! The money of a project as rows and columns: its sources against what was planned, changed and spent.

use super::claim::{Claim, Claims};
use super::columns::heads;
use super::draft::FormColumn;
use super::lexicon::{Content, key_of};
use super::signs::{amount_like, points_in_bracket, unit_in_bracket};
use super::slot::{GridSlot, SlotMeaning, meaning};
use super::view::View;
use super::year_content::{YearContent, months_in};

/// The columns over rows of money. The first that names a budget is the plan, and a second what became of it; what no
/// standard knows is kept beside its row.
#[derive(Debug)]
pub struct Matrix {
    heads: Vec<(GridSlot, MatrixColumn)>,
}

/// What the cells of a column of money are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MatrixColumn {
    Budget,
    OfYear(YearContent),
    Extra,
}

/// What each of some headings announces; none where no budget is among them.
fn columns(view: &View<'_>, heads: &[GridSlot]) -> Option<Vec<MatrixColumn>> {
    let mut columns: Vec<MatrixColumn> = Vec::with_capacity(heads.len());
    for slot in heads {
        let column = match meaning(view, slot) {
            SlotMeaning::Label(Content::Budget) if columns.contains(&MatrixColumn::Budget) => {
                MatrixColumn::OfYear(YearContent::AdjustedBudget)
            }
            SlotMeaning::Label(Content::Budget) => MatrixColumn::Budget,
            SlotMeaning::Label(Content::OfYear(YearContent::Total)) => {
                MatrixColumn::OfYear(YearContent::ExecutionPoints)
            }
            // Of the money, not of the project.
            SlotMeaning::Label(Content::OfYear(YearContent::Problem)) => {
                MatrixColumn::OfYear(YearContent::SpentDeviation)
            }
            SlotMeaning::Label(Content::OfYear(content)) => MatrixColumn::OfYear(content),
            SlotMeaning::Label(_)
            | SlotMeaning::Checkpoint
            | SlotMeaning::FundLike
            | SlotMeaning::Text
            | SlotMeaning::Blank => MatrixColumn::Extra,
        };
        let is_new = column == MatrixColumn::Extra || !columns.contains(&column);
        columns.push(if is_new { column } else { MatrixColumn::Extra });
    }
    if !columns.contains(&MatrixColumn::Budget) {
        // The only money that the form states is that after adjustments.
        let adjusted = columns.iter().position(|one| *one == MatrixColumn::OfYear(YearContent::AdjustedBudget))?;
        columns[adjusted] = MatrixColumn::Budget;
    }
    Some(columns)
}

fn is_budget(one: &SlotMeaning) -> bool {
    matches!(one, SlotMeaning::Label(Content::Budget | Content::OfYear(YearContent::AdjustedBudget)))
}

impl Matrix {
    /// The headings in a row from a cell on; none where it holds something else. `below` is the row after it.
    pub fn read(
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
        below: &[GridSlot],
    ) -> Option<(Self, Claims)> {
        // Rows are long, and most hold no money at all.
        if !meanings[index..].iter().any(is_budget) {
            return None;
        }
        let heads: Vec<GridSlot> = row[index..].iter().filter(|slot| !slot.is_blank).cloned().collect();
        let columns = columns(view, &heads)?;
        let is_of_year = columns.iter().any(|column| matches!(column, MatrixColumn::OfYear(_)));
        let label = below.iter().position(|slot| !slot.is_blank)?;
        let values = &below[label + 1..];
        let goes_on = row[..index].iter().all(|slot| !slot.is_blank) || index == 0;
        let is_matrix = heads.len() > if is_of_year { 1 } else { 2 }
            && goes_on
            && !meanings[index..].contains(&SlotMeaning::Checkpoint)
            && heads.iter().all(|slot| !amount_like(view.words(slot.cell)))
            && row_content(view, &below[label], meaning(view, &below[label])).is_some()
            && !heads::is_heads(view, row)
            && values.iter().filter(|slot| !slot.is_blank).count() > 1
            && values.iter().all(|slot| slot.is_blank || is_figure(view, slot) || is_of_year);
        if !is_matrix
            || heads.first().is_some_and(|head| values.first().is_some_and(|value| head.column > value.column))
        {
            return None;
        }
        let mut claims = Vec::new();
        for head in &heads {
            let label = view.piece(head.cell);
            // What execution earns at most may stand in the label of the money.
            let is_of_money = meaning(view, head) == SlotMeaning::Label(Content::Money);
            claims.extend(is_of_money.then(|| Claim::FormLabel(Content::Money, label.clone())));
            let points = points_in_bracket(view.text(&label)).filter(|_| is_of_money);
            claims.extend(points.map(|bytes| Claim::OfYear {
                content: YearContent::ExecutionWeight,
                fund: None,
                value: label.part(view.text(&label), bytes),
            }));
            claims.push(Claim::Furniture(label));
            claims.extend(unit_in_bracket(view.words(head.cell)).map(Claim::MoneyUnit));
            claims.extend(months_in(view.words(head.cell)).map(|(_, month)| Claim::Months(month)));
        }
        let column = |(head, column): (&GridSlot, &MatrixColumn)| {
            let content = match column {
                MatrixColumn::Budget => Content::Budget,
                MatrixColumn::OfYear(content) => Content::OfYear(*content),
                MatrixColumn::Extra => Content::Extra,
            };
            FormColumn { content, above: None, heading: view.words(head.cell).split_whitespace().collect() }
        };
        claims.push(Claim::MoneyLayout(heads.iter().zip(&columns).map(column).collect()));
        Some((Self { heads: heads.into_iter().zip(columns).collect() }, claims))
    }

    /// Whether a row has its label below the first heading, and a cell for each of the others.
    pub fn has_labels_below(&self, row: &[GridSlot]) -> bool {
        let columns = |slot: &GridSlot| slot.column;
        self.heads.iter().map(|(head, _)| columns(head)).eq(row.iter().map(columns))
    }

    /// A row of the matrix; none where it is something else.
    pub fn row(&self, view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning]) -> Option<Claims> {
        let at = row.iter().position(|slot| !slot.is_blank)?;
        let content = row_content(view, &row[at], meanings[at])?;
        let label = view.piece(row[at].cell);
        let lead = key_of(view.text(&label)).text;
        let claim = |slot: &GridSlot| {
            let (head, column) = self.heads.iter().find(|(head, _)| slot.meets(head))?;
            let value = view.piece(slot.cell);
            let says_something = view.text(&value).contains(|sign: char| sign.is_alphanumeric());
            Some(match column {
                MatrixColumn::Budget => {
                    let content = if content == Content::Furniture { Content::Budget } else { content };
                    Claim::Fact { content, label: Some(label.clone()), value }
                }
                _ if !says_something => Claim::Furniture(value),
                MatrixColumn::OfYear(of_year) => {
                    let fund = (content == Content::Fund).then(|| label.clone());
                    Claim::OfYear { content: *of_year, fund, value }
                }
                MatrixColumn::Extra => Claim::Extra { lead: Some(lead.clone()), label: view.piece(head.cell), value },
            })
        };
        Some(row[at + 1..].iter().filter_map(claim).collect())
    }
}

/// What the label of a row of money says that it is; none where the row is something else.
fn row_content(view: &View<'_>, slot: &GridSlot, meaning: SlotMeaning) -> Option<Content> {
    match meaning {
        SlotMeaning::Label(content @ (Content::Fund | Content::Budget | Content::Money | Content::Furniture)) => {
            Some(content)
        }
        SlotMeaning::FundLike => Some(Content::Fund),
        // 年度教育资金总额
        SlotMeaning::Text if view.lexicon.is_money_sum(view.words(slot.cell)) => Some(Content::Budget),
        SlotMeaning::Label(_) | SlotMeaning::Checkpoint | SlotMeaning::Text | SlotMeaning::Blank => None,
    }
}

/// An amount, a share, or a stroke for none.
fn is_figure(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    amount_like(text) || !text.contains(|sign: char| sign.is_alphanumeric())
}
