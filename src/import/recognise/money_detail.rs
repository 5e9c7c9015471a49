//! Money broken down into lines: what each is for, its amount, how it was reckoned. No fund source is made of them: each
//! cell is kept under its line and its heading, and the line of the sum is the budget.

use rust_decimal::Decimal;

use super::claim::{Claim, Claims};
use super::columns::{heading, heads};
use super::lexicon::{Content, key_of};
use super::signs::{amount_like, unit_in_bracket};
use super::slot::{GridSlot, LABEL_SIGNS, SlotMeaning, meaning};
use super::view::View;
use super::year_content::YearContent;
use crate::diagnostic::texts;
use crate::language::Block;
use crate::model::cells;

/// A breakdown that is being read.
#[derive(Debug)]
pub struct MoneyDetail {
    /// Its headings from the left, and which of them stands over the amounts.
    heads: Vec<GridSlot>,
    amount: usize,
    /// The column at which the names of its lines begin: before it stands the label of the section.
    first_column: u32,
    /// The names of the line above, by their columns: 支出构成 goes on over several lines.
    names: Vec<(u32, String)>,
    /// The amounts of the lines so far; none where a line holds no number.
    amounts: Vec<Option<Decimal>>,
}

impl MoneyDetail {
    /// The headings in a row; none where it holds something else. `below` is the row after it.
    pub fn read(
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        below: &[GridSlot],
    ) -> Option<(Self, Claims)> {
        let heads: Vec<GridSlot> = row.iter().filter(|slot| !slot.is_blank).cloned().collect();
        let amount = heads.iter().position(|slot| view.lexicon.is_detail_amount(view.words(slot.cell)))?;
        let is_section = below.first().is_some_and(|slot| slot.is_blank);
        let first_column = if is_section { row.get(1)?.column } else { row.first()?.column };
        // The name of a line has a heading of its own: else it is that of a fund source.
        let names_lines = |slot: &GridSlot| {
            !matches!(meaning(view, slot), SlotMeaning::Label(Content::Money | Content::Budget | Content::OfYear(_)))
        };
        let is_named = heads[..amount].iter().any(names_lines);
        let is_other = |slot: &GridSlot| match meaning(view, slot) {
            // 项目 | 金额 | 测算依据
            SlotMeaning::Label(Content::Name) => key_of(view.words(slot.cell)).text != Block::Project.word().0,
            // 单位 over what is counted.
            SlotMeaning::Label(Content::Unit) => !is_of_line(view, slot),
            SlotMeaning::Label(
                Content::Budget
                | Content::Money
                | Content::Fund
                | Content::Purpose
                | Content::Furniture
                | Content::OfYear(_),
            )
            | SlotMeaning::FundLike
            | SlotMeaning::Text
            | SlotMeaning::Blank => false,
            SlotMeaning::Label(_) | SlotMeaning::Checkpoint => true,
        };
        let is_heading = |slot: &GridSlot| {
            let text = view.words(slot.cell);
            text.chars().count() <= LABEL_SIGNS && !amount_like(text) && !text.contains(['。', '；', '\n', '：', ':'])
        };
        if !is_named
            || heads.len() < 3
                && !matches!(meanings.first(), Some(SlotMeaning::Label(Content::Money | Content::Budget)))
            || row.iter().any(is_other)
            || !heads.iter().all(is_heading)
            || heads::is_heads(view, row)
        {
            return None;
        }
        let detail = Self { heads, amount, first_column, names: Vec::new(), amounts: Vec::new() };
        let line = detail.line(view, below)?;
        let label = line.labels.last()?;
        // The sources of the money and its sum, whatever stands over them.
        let is_source = meaning(view, label) == SlotMeaning::Label(Content::Fund)
            || view.lexicon.is_money_sum(view.words(label.cell));
        line.amount.filter(|slot| amount_like(view.words(slot.cell)))?;
        if is_source && line.labels.len() == 1 {
            return None;
        }
        let mut claims = Vec::new();
        for head in &detail.heads {
            claims.extend(unit_in_bracket(view.words(head.cell)).map(Claim::MoneyUnit));
            claims.push(Claim::Furniture(view.piece(head.cell)));
        }
        Some((detail, claims))
    }

    /// A line; none where the breakdown has ended.
    pub fn row(&mut self, view: &View<'_>, row: &[GridSlot]) -> Option<Claims> {
        let line = self.line(view, row)?;
        let labels: Vec<(u32, String)> =
            line.labels.iter().map(|slot| (slot.column, key_of(view.words(slot.cell)).text)).collect();
        let (first, label) = (labels.first()?.0, line.labels.last()?);
        let is_sum = view.lexicon.is_sum(view.words(label.cell))
            || labels.len() == 1 && view.lexicon.is_money_sum(view.words(label.cell));
        let is_alone = is_sum && labels.len() == 1;
        let mut names: Vec<(u32, String)> =
            self.names.iter().filter(|(column, _)| *column < first && !is_alone).cloned().collect();
        names.extend(labels);
        let lead: String = names.iter().map(|(_, name)| name.as_str()).collect();
        let mut claims: Claims = line.labels.iter().map(|slot| Claim::Furniture(view.piece(slot.cell))).collect();
        claims.extend(line.numbers.iter().map(|slot| Claim::Furniture(view.piece(slot.cell))));
        let figure = line.amount.and_then(|slot| Some(cells::leading_number(view.words(slot.cell).trim())?.0));
        for (slot, head) in &line.values {
            let value = view.piece(slot.cell);
            let is_amount = line.amount.is_some_and(|amount| amount.cell == slot.cell);
            if !view.text(&value).contains(|sign: char| sign.is_alphanumeric()) {
                claims.push(Claim::Furniture(value));
            } else if is_amount && is_alone {
                let sum: Option<Decimal> = self.amounts.iter().copied().sum();
                if let (Some(sum), Some(stated)) = (sum, figure)
                    && sum != stated
                {
                    let text = texts::detail_is_no_sum(view.text(&value), sum.normalize());
                    claims.push(Claim::Guess(value.clone(), text));
                }
                claims.push(Claim::Fact { content: Content::Budget, label: Some(view.piece(label.cell)), value });
            } else {
                claims.push(Claim::Extra { lead: Some(lead.clone()), label: view.piece(head.cell), value });
            }
        }
        if !is_sum {
            self.amounts.push(figure);
        }
        self.names = names;
        Some(claims)
    }

    /// The cells of a line by what they are; none where the row is something else.
    fn line<'s>(&'s self, view: &View<'_>, row: &'s [GridSlot]) -> Option<DetailLine<'s>> {
        let full = || row.iter().filter(|slot| !slot.is_blank);
        let column = self.heads[self.amount].column;
        let under = |slot: &'s GridSlot| Some((slot, self.heads.iter().find(|head| slot.meets(head))?));
        let is_number = |slot: &&GridSlot| view.words(slot.cell).chars().all(|sign| sign.is_ascii_digit());
        let (mut numbers, mut labels, mut of_line): (Vec<&GridSlot>, Vec<&GridSlot>, Vec<&GridSlot>) =
            Default::default();
        for slot in full().filter(|slot| slot.column < column) {
            // What a line is for stands before how much of it there is: `外墙保温 | 平方米 | 26000 | 0.03`.
            if labels.is_empty() && is_number(&slot) {
                numbers.push(slot);
            } else if !labels.is_empty()
                && (amount_like(view.words(slot.cell)) || under(slot).is_some_and(|(_, head)| is_of_line(view, head)))
            {
                of_line.push(slot);
            } else {
                labels.push(slot);
            }
        }
        let goes_on = row.iter().take_while(|slot| slot.column < self.first_column).all(|slot| slot.is_blank);
        let is_label = |slot: &&GridSlot| {
            let of_money = [Content::Fund, Content::Budget, Content::Money, Content::Furniture];
            let is_known = match meaning(view, slot) {
                SlotMeaning::Label(Content::OfYear(content)) => content == YearContent::Total,
                SlotMeaning::Label(content) => of_money.contains(&content),
                SlotMeaning::Checkpoint | SlotMeaning::Blank => false,
                SlotMeaning::FundLike | SlotMeaning::Text => true,
            };
            let text = view.words(slot.cell);
            is_known && text.chars().count() <= LABEL_SIGNS && view.lexicon.category(text).is_none()
        };
        let behind = full().filter(|slot| slot.column >= column);
        let values: Vec<(&GridSlot, &GridSlot)> =
            of_line.into_iter().chain(behind).map(under).collect::<Option<_>>()?;
        let amount = values.iter().find(|(_, head)| head.column == column).map(|(slot, _)| *slot);
        let is_figure = |slot: &GridSlot| {
            let text = view.words(slot.cell);
            amount_like(text) || !text.contains(|sign: char| sign.is_alphanumeric())
        };
        (goes_on
            && !labels.is_empty()
            && labels.iter().all(is_label)
            && amount.is_none_or(is_figure)
            && !values.is_empty())
        .then_some(DetailLine { labels, numbers, amount, values })
    }
}

/// Whether a heading stands over what is said of a line besides its name: its unit, how it was reckoned.
fn is_of_line(view: &View<'_>, head: &GridSlot) -> bool {
    matches!(heading::content(view, head), Some(Content::Measure | Content::Basis))
}

/// A line: what it is called, its number in the list, its amount, and all its values with their headings.
struct DetailLine<'s> {
    labels: Vec<&'s GridSlot>,
    numbers: Vec<&'s GridSlot>,
    amount: Option<&'s GridSlot>,
    values: Vec<(&'s GridSlot, &'s GridSlot)>,
}
