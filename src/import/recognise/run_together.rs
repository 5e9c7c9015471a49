//! Rows that an extractor ran together, parted again by the headings and the labels that they hold.

use super::columns::heads;
use super::lexicon::{Content, key_of};
use super::signs::amount_like;
use super::slot::{GridSlot, SlotMeaning, meaning};
use super::view::View;

/// A row with more cells holds several rows that were run together.
const LONG_ROW: usize = 24;

/// Rows that an extractor ran together, cell after cell, parted again by the headings that they hold.
pub fn split_long_rows(view: &View<'_>, rows: Vec<Vec<GridSlot>>) -> Vec<Vec<GridSlot>> {
    // Rows of one width are a wide table.
    if rows.len() > 1 && rows.iter().all(|row| row.len() == rows[0].len()) {
        return rows;
    }
    let is_one = rows.len() == 1;
    let mut split = Vec::with_capacity(rows.len());
    for row in rows {
        if row.len() <= LONG_ROW {
            split.push(row);
            continue;
        }
        let mut rest = &row[..];
        while let Some((start, length)) = heads::run_of_heads(view, rest) {
            split.extend(if is_one { labelled_rows(view, &rest[..start]) } else { vec![renumber(&rest[..start])] });
            split.push(renumber(&rest[start..start + length]));
            rest = &rest[start + length..];
            while rest.len() >= length
                && heads::run_of_heads(view, &rest[..length]).is_none()
                && !starts_form(view, &rest[0])
            {
                split.push(renumber(&rest[..length]));
                rest = &rest[length..];
            }
        }
        if !rest.is_empty() {
            split.push(renumber(rest));
        }
    }
    split.retain(|row| !row.is_empty());
    split
}

/// The head of a form of which each cell stands alone: a row for each title, for each label and its values, for headings of
/// shares and the shares below them. A blank cell is that of a label which goes on over the row.
fn labelled_rows(view: &View<'_>, cells: &[GridSlot]) -> Vec<Vec<GridSlot>> {
    let meanings: Vec<SlotMeaning> = cells.iter().map(|slot| meaning(view, slot)).collect();
    let is_pair = |at: usize| {
        matches!(meanings[at], SlotMeaning::Label(_) | SlotMeaning::FundLike)
            && cells.get(at + 1).is_some_and(|next| amount_like(view.words(next.cell)))
    };
    let run = |from: usize, is_in: &dyn Fn(usize) -> bool| (from..cells.len()).take_while(|at| is_in(*at)).count();
    let (mut rows, mut at) = (Vec::new(), 0);
    while at < cells.len() {
        let text = view.words(cells[at].cell);
        let checkpoints = run(at + 1, &|at| meanings[at] == SlotMeaning::Checkpoint);
        let after = at + 1 + checkpoints;
        let shares = run(after, &|at| at < after + checkpoints && amount_like(view.words(cells[at].cell)));
        let is_line = view.lexicon.title_end(&key_of(text).text).is_some()
            && !is_pair(at)
            && !matches!(meanings[at], SlotMeaning::Label(Content::Goal));
        let values = run(at + 1, &|at| !matches!(meanings[at], SlotMeaning::Label(_) | SlotMeaning::Blank));
        if meanings[at] == SlotMeaning::Blank {
            rows.push(renumber(&cells[at..=at + values]));
            at += 1 + values;
        } else if is_line || text.contains(['：', ':']) {
            rows.push(renumber(&cells[at..=at]));
            at += 1;
        } else if checkpoints > 1 && (shares == checkpoints || meanings.get(after) == Some(&SlotMeaning::Blank)) {
            rows.extend([&cells[at..after], &cells[after..after + shares]].map(renumber));
            at = after + shares;
        } else if matches!(meanings[at], SlotMeaning::Label(_))
            && at + 1 < cells.len()
            && is_pair(at + 1)
            && !is_pair(at)
        {
            // 资金用途 beside 预算数 | 680 | 财政资金 | 400, and its own text behind them.
            let mut end = at + 1;
            while end + 1 < cells.len() && is_pair(end) {
                end += 2;
            }
            if meanings.get(end) == Some(&SlotMeaning::Blank) {
                rows.push(renumber(&cells[at..end]));
                at = end;
                continue;
            }
            rows.push(renumber(&cells[at + 1..end]));
            let own = (end < cells.len() && meanings[end] == SlotMeaning::Text).then_some(end);
            let label = std::iter::once(&cells[at]).chain(own.map(|own| &cells[own])).cloned().collect::<Vec<_>>();
            rows.push(renumber(&label));
            at = own.map_or(end, |own| own + 1);
        } else {
            // A label and its value, or what stands above the form and the line beside it.
            let has_value =
                meanings.get(at + 1).is_some_and(|next| !matches!(next, SlotMeaning::Label(_) | SlotMeaning::Blank));
            let length = 1 + usize::from(has_value);
            rows.push(renumber(&cells[at..at + length]));
            at += length;
        }
    }
    rows
}

fn starts_form(view: &View<'_>, slot: &GridSlot) -> bool {
    matches!(meaning(view, slot), SlotMeaning::Label(Content::Code | Content::Name))
}

fn renumber(row: &[GridSlot]) -> Vec<GridSlot> {
    let mut column = 0;
    let place = |slot: &GridSlot| {
        let placed = GridSlot { column, ..slot.clone() };
        column += slot.columns;
        placed
    };
    row.iter().map(place).collect()
}
