//! The tables of a document: the head of a project's form, label by label; its indicators, by their headings.
//!
//! A form is read row by row. A row of headings starts an indicator table; a label of a project ends it.

use super::columns::{self, Heads};
use super::draft::PlanDraft;
use super::facts::{field, note_bracket};
use super::lexicon::{Content, Room, key_of};
use super::matrix::Matrix;
use super::office::{Walker, is_money_word};
use super::pairs::{self, Pairs};
use super::{identity, run_together};
use crate::import::account::Piece;
use crate::import::document::Row;
use crate::model::calendar::Date;

/// A cell of a row by its number, with the columns of the grid that it takes.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub cell: u32,
    pub column: u32,
    pub columns: u32,
    pub is_blank: bool,
    pub continues: bool,
}

/// The most signs of a label that no standard knows.
const LABEL_SIGNS: usize = 20;
/// The same of one that shares its cell with its value.
const SHORT_LABEL_SIGNS: usize = 8;

pub(super) fn slots(row: Row, cells: &mut crate::import::account::Cells) -> Vec<Slot> {
    let mut column = 0;
    let mut slots = Vec::with_capacity(row.cells.len());
    for cell in row.cells {
        let (columns, continues, is_blank) = (u32::from(cell.columns.max(1)), cell.continues, cell.is_blank());
        slots.push(Slot { cell: cells.add(cell), column, columns, is_blank, continues });
        column += columns;
    }
    slots
}

/// What a row's first cell, spanning several rows, is about; and headings that wait for a row of values.
#[derive(Debug, Default)]
struct Form {
    section: Option<Content>,
    heads: Vec<(Slot, Meaning)>,
    /// The columns over rows of money.
    matrix: Option<Matrix>,
    /// In the rows of this section, what stands left of the column is about more than a year.
    whole_period: Option<(u32, String)>,
    /// An indicator of which each cell has a row of its own.
    indicator: Pairs,
}

/// What a cell of a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Label(Content),
    Checkpoint,
    /// Ends as fund sources do, but no standard has it.
    FundLike,
    Text,
    Blank,
}

/// Reads a table into the draft.
pub(super) fn read(walker: &mut Walker<'_>, rows: Vec<Vec<Slot>>) {
    let rows = run_together::split_long_rows(walker, rows);
    if let Some((code, name)) = identity::identity(walker, &rows) {
        identity::start_by_identity(walker, &rows, code.as_deref(), name.as_deref());
    }
    let mut form = Form::default();
    let mut heads: Option<Heads> = None;
    let mut group: Option<&[Slot]> = None;
    for (index, row) in rows.iter().enumerate() {
        if row.iter().all(|slot| slot.is_blank) {
            continue;
        }
        let below = rows.get(index + 1).map_or(&[][..], Vec::as_slice);
        if let Some(found) = columns::heads(walker, row, group) {
            heads = Some(found);
            form = Form::default();
            continue;
        }
        if let Some(known) = &mut heads {
            if columns::refine(walker, known, row) {
                continue;
            }
            if !ends_indicators(walker, row, known) {
                columns::indicator(walker, known, row);
                continue;
            }
            heads = None;
        }
        if let Some(only) = single(row)
            && is_line(walker, row, index)
        {
            walker.paragraph(only.cell, 0);
            continue;
        }
        group = Some(row);
        form_row(walker, &mut form, row, below);
    }
}

/// Whether a row with one cell reads as a paragraph: a title, a line that states the unit.
fn is_line(walker: &mut Walker<'_>, row: &[Slot], index: usize) -> bool {
    let Some(only) = single(row) else { return false };
    let text = walker.reading.cells.get(only.cell).text.clone();
    let is_alone = row.len() == 1 || row.iter().all(|slot| slot.cell == only.cell || slot.is_blank && !slot.continues);
    let key = key_of(&text).text;
    // 单位名称：某某厅    金额单位：元
    let label = text.split_once(['：', ':']).map_or("", |(label, _)| label);
    let states = matches!(
        walker.lexicon.find(Room::Department, label),
        Some(
            Content::DepartmentName
                | Content::DepartmentCode
                | Content::Unit
                | Content::UnitCode
                | Content::MoneyUnit
                | Content::Year
        )
    );
    let is_first = index == 0 && !label.is_empty();
    let reads = states
        || is_first
        || text.starts_with(['（', '('])
        || walker.lexicon.title_end(&key).is_some()
        || walker.is_of_the_page(&text);
    is_alone && row[0].cell == only.cell && reads
}

fn single(row: &[Slot]) -> Option<&Slot> {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    full.next().filter(|_| full.next().is_none())
}

pub(super) fn meaning(walker: &Walker<'_>, slot: &Slot) -> Meaning {
    if slot.is_blank {
        return Meaning::Blank;
    }
    let text = &walker.reading.cells.get(slot.cell).text;
    if let Some(content) = walker.lexicon.find(Room::Project, text) {
        return Meaning::Label(content);
    }
    let key = key_of(text);
    if is_checkpoint(&key.text) {
        return Meaning::Checkpoint;
    }
    if key.text.chars().count() <= LABEL_SIGNS && walker.lexicon.names_fund(&key.text) {
        Meaning::FundLike
    } else {
        Meaning::Text
    }
}

/// `3月底`, `6月`, `2025年9月30日`
pub(super) fn is_checkpoint(text: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_digit() || "年月日号底末".contains(sign);
    text.contains('月') && text.chars().all(is_sign) && Date::read(text).is_some()
}

/// A label beside which its value stands in the same cell: `年度资金总额：100`.
fn labelled_inside(walker: &Walker<'_>, slot: &Slot) -> Option<(Piece, Content, Piece)> {
    let piece = walker.piece(slot.cell);
    let text = walker.reading.text(&piece);
    let colon = text.find(['：', ':'])?;
    let sign = text[colon..].chars().next().map_or(0, char::len_utf8);
    let (label, value) = (&text[..colon], &text[colon + sign..]);
    if value.trim().is_empty() || label.chars().count() > LABEL_SIGNS {
        return None;
    }
    let content =
        walker.lexicon.find(Room::Project, label).filter(|content| *content != Content::Furniture).or_else(|| {
            let is_fund = walker.lexicon.names_fund(&key_of(label).text) && amount_like(value);
            is_fund.then_some(Content::Fund)
        })?;
    Some((piece.part(text, 0..colon + sign), content, piece.part(text, colon + sign..text.len())))
}

/// `填表人：李某`: a short label that no standard knows, in a project's form. The label without and with its colon, and
/// the value.
fn unknown_inside(walker: &Walker<'_>, slot: &Slot) -> Option<((Piece, Piece), Piece)> {
    let piece = walker.piece(slot.cell);
    let text = walker.reading.text(&piece);
    let (label, value) = text.split_once(['：', ':']).filter(|_| walker.project.is_some())?;
    let is_label = (2..=SHORT_LABEL_SIGNS).contains(&label.chars().count()) && label.chars().all(char::is_alphabetic);
    if !is_label || value.trim().is_empty() || value.contains(['。', '\n']) {
        return None;
    }
    let start = text.len() - value.len();
    Some((
        (piece.part(text, 0..label.len()), piece.part(text, label.len()..start)),
        piece.part(text, start..text.len()),
    ))
}

pub(super) fn amount_like(text: &str) -> bool {
    let rest = text.trim_start_matches(['¥', '￥', '-']);
    let digits = rest.trim_end_matches(|sign: char| !sign.is_ascii_digit() && !('０'..='９').contains(&sign));
    !digits.is_empty()
        && digits.chars().all(|sign| sign.is_ascii_digit() || ('０'..='９').contains(&sign) || ".,，． ".contains(sign))
        && rest[digits.len()..].chars().count() <= 3
}

fn form_row(walker: &mut Walker<'_>, form: &mut Form, row: &[Slot], below: &[Slot]) {
    if form.indicator.row(walker, row) || pairs::path_row(walker, row) {
        return;
    }
    let heads = std::mem::take(&mut form.heads);
    let meanings: Vec<Meaning> = row.iter().map(|slot| meaning(walker, slot)).collect();
    let goes_on = row.first().is_some_and(|slot| slot.is_blank);
    if !heads.is_empty() && take_values(walker, form, &heads, row, &meanings) {
        return;
    }
    if !goes_on {
        form.section = None;
        form.matrix = None;
        form.whole_period = None;
    }
    if form.matrix.as_ref().is_some_and(|matrix| matrix.row(walker, row, &meanings)) {
        return;
    }
    let mut index = usize::from(goes_on);
    while index < row.len() {
        let slot = &row[index];
        if let Some(matrix) = Matrix::read(walker, row, &meanings, index, below) {
            form.matrix = Some(matrix);
            return;
        }
        if whole_period_money(walker, form, row, &meanings, index) {
            index += 2;
            continue;
        }
        if let Some((label, content, value)) = labelled_inside(walker, slot) {
            field(walker, content, Some(&label), &value);
            index += 1;
            continue;
        }
        let next = row.get(index + 1).map(|next| (next, meanings[index + 1]));
        match meanings[index] {
            Meaning::Blank => index += 1,
            Meaning::Label(content) if is_section(content) && waits_for_texts(walker, row, &meanings, index, below) => {
                let label = walker.piece(slot.cell);
                walker.furniture(&label);
                form.section = Some(content);
                wait(form, row, &meanings, index + 1);
                return;
            }
            Meaning::Label(content) => index += labelled(walker, form, row, &meanings, index, content),
            Meaning::Checkpoint => {
                if starts_heads(&meanings[index..]) {
                    wait(form, row, &meanings, index);
                    return;
                }
                checkpoint(walker, slot, next.map(|(next, _)| next));
                index += 2;
            }
            Meaning::FundLike
                if next.is_some_and(|(next, _)| {
                    next.is_blank || amount_like(&walker.reading.cells.get(next.cell).text)
                }) =>
            {
                let label = walker.piece(slot.cell);
                let value = walker.piece(row[index + 1].cell);
                field(walker, Content::Fund, Some(&label), &value);
                index += 2;
            }
            Meaning::Text if form.section.is_none() && unknown_inside(walker, slot).is_some() => {
                if let Some((label, value)) = unknown_inside(walker, slot) {
                    walker.furniture(&label.1);
                    walker.extra(&label.0, &value);
                }
                index += 1;
            }
            Meaning::FundLike | Meaning::Text => index += free_text(walker, form, row, &meanings, index),
        }
    }
}

/// A label and what follows it. How many cells were read.
fn labelled(
    walker: &mut Walker<'_>,
    form: &mut Form,
    row: &[Slot],
    meanings: &[Meaning],
    index: usize,
    content: Content,
) -> usize {
    let label = walker.piece(row[index].cell);
    let after = meanings.get(index + 1).copied();
    let is_first = row[..index].iter().all(|slot| slot.is_blank);
    let is_section = is_section(content);
    let next = row.get(index + 1).map(|next| walker.piece(next.cell));
    if content == Content::Furniture {
        let text = walker.reading.text(&label).to_owned();
        match next.filter(|_| matches!(after, Some(Meaning::Text))) {
            // The sum of the money, and the goal of more than a year.
            Some(value) if form.section == Some(Content::Money) && amount_like(walker.reading.text(&value)) => {
                field(walker, Content::Budget, Some(&label), &value);
                return 2;
            }
            Some(value) if walker.lexicon.names_whole_period(&text) && single_value(row, index) => {
                walker.extra(&label, &value);
                return 2;
            }
            _ => {}
        }
        walker.furniture(&label);
        return 1;
    }
    match after {
        // A label of its own row, or one that spans the rows below.
        None => {
            walker.furniture(&label);
            note_bracket(walker, &label);
            form.section = Some(content);
            1
        }
        Some(Meaning::Label(_) | Meaning::Checkpoint) if is_section && is_first => {
            walker.furniture(&label);
            note_bracket(walker, &label);
            form.section = Some(content);
            if starts_heads(&meanings[index + 1..]) {
                wait(form, row, meanings, index + 1);
                return row.len() - index;
            }
            1
        }
        Some(Meaning::Label(_))
            if is_first && starts_heads(&meanings[index..]) && !matches!(content, Content::Name | Content::Code) =>
        {
            wait(form, row, meanings, index);
            row.len() - index
        }
        Some(Meaning::Label(_)) if content != Content::Name => {
            field(walker, content, Some(&label), &Piece { cell: label.cell, bytes: label.bytes.end..label.bytes.end });
            1
        }
        Some(_) => {
            let value = walker.piece(row[index + 1].cell);
            if is_first && is_section {
                form.section = Some(content);
            }
            // A fund source or a sum as the value of the money section: 项目资金 | 财政拨款 | 100.
            let amount_follows =
                row.get(index + 2).is_some_and(|next| amount_like(&walker.reading.cells.get(next.cell).text));
            let value_is_label =
                content == Content::Money && (matches!(after, Some(Meaning::FundLike)) || amount_follows);
            if value_is_label || labelled_inside(walker, &row[index + 1]).is_some() {
                walker.furniture(&label);
                note_bracket(walker, &label);
                form.section = Some(content);
                return 1;
            }
            field(walker, content, Some(&label), &value);
            2
        }
    }
}

fn is_section(content: Content) -> bool {
    matches!(
        content,
        Content::Money | Content::Purpose | Content::Plan | Content::Goal | Content::Furniture | Content::Budget
    )
}

/// Whether the cell beside a label is the only one that follows.
fn single_value(row: &[Slot], index: usize) -> bool {
    row[index + 2..].iter().all(|slot| slot.is_blank)
}

/// Whether a label that spans the rows below has headings beside it, and texts below these: 年度目标 | 预期目标 | 完成情况.
fn waits_for_texts(walker: &Walker<'_>, row: &[Slot], meanings: &[Meaning], index: usize, below: &[Slot]) -> bool {
    let heads = &row[index + 1..];
    let is_head = |(slot, kind): (&Slot, &Meaning)| {
        let text = &walker.reading.cells.get(slot.cell).text;
        let is_short =
            text.chars().count() <= LABEL_SIGNS && !text.contains(['。', '，', '；', '\n']) && !amount_like(text);
        matches!(kind, Meaning::Label(_)) || *kind == Meaning::Text && is_short
    };
    let values = below.get(1..).unwrap_or_default();
    let kinds: Vec<Meaning> = values.iter().map(|slot| meaning(walker, slot)).collect();
    heads.len() > 1
        && row[..index].iter().all(|slot| slot.is_blank)
        && heads.iter().zip(&meanings[index + 1..]).all(is_head)
        && meanings[index + 1..].iter().any(|kind| matches!(kind, Meaning::Label(_)))
        && below.first().is_some_and(|slot| slot.continues)
        && values.len() == heads.len()
        && kinds.iter().all(|kind| matches!(kind, Meaning::Text | Meaning::Blank))
        && kinds.contains(&Meaning::Text)
}

/// The money of the whole period at the left of a year's: `实施期资金总额 | 900 | 年度资金总额 | 300`, and the sources below.
fn whole_period_money(
    walker: &mut Walker<'_>,
    form: &mut Form,
    row: &[Slot],
    meanings: &[Meaning],
    index: usize,
) -> bool {
    let slot = &row[index];
    let Some(next) = row.get(index + 1).filter(|_| form.section == Some(Content::Money)) else { return false };
    let (label, value) = (walker.piece(slot.cell), walker.piece(next.cell));
    if !next.is_blank && !amount_like(walker.reading.text(&value)) {
        return false;
    }
    let text = walker.reading.text(&label).to_owned();
    if let Some((column, word)) = form.whole_period.clone().filter(|(column, _)| slot.column < *column) {
        let is_fund = matches!(meanings[index], Meaning::FundLike | Meaning::Label(Content::Fund));
        if is_fund {
            walker.extra_under(Some(&word), &label, &value);
        }
        return is_fund && column > slot.column;
    }
    let is_unknown = matches!(meanings[index], Meaning::Text | Meaning::FundLike);
    let Some(word) = walker.lexicon.period_word(&text).filter(|_| is_unknown).map(str::to_owned) else { return false };
    walker.extra(&label, &value);
    form.whole_period = Some((next.column + next.columns, word));
    true
}

/// Whether all cells from here on are labels: the values stand in the row below.
fn starts_heads(meanings: &[Meaning]) -> bool {
    let full = meanings.iter().all(|one| matches!(one, Meaning::Label(_) | Meaning::Checkpoint | Meaning::FundLike));
    full && meanings.len() > 1
}

fn wait(form: &mut Form, row: &[Slot], meanings: &[Meaning], index: usize) {
    form.heads = row[index..].iter().cloned().zip(meanings[index..].iter().copied()).collect();
}

/// The values under headings. Whether the row held values.
fn take_values(
    walker: &mut Walker<'_>,
    form: &Form,
    heads: &[(Slot, Meaning)],
    row: &[Slot],
    meanings: &[Meaning],
) -> bool {
    let is_value = |one: &Meaning| matches!(one, Meaning::Text | Meaning::Blank | Meaning::FundLike);
    let values = if row.first().is_some_and(|slot| slot.is_blank) && row.len() > heads.len() { &row[1..] } else { row };
    if !meanings[row.len() - values.len()..].iter().all(is_value) {
        return false;
    }
    for (place, (head, kind)) in heads.iter().enumerate() {
        let by_order = values.get(place).filter(|_| values.len() == heads.len());
        let value = by_order.or_else(|| {
            values.iter().find(|slot| slot.column <= head.column && head.column < slot.column + slot.columns)
        });
        let label = walker.piece(head.cell);
        match kind {
            Meaning::Checkpoint => checkpoint(walker, head, value),
            Meaning::Label(content) => {
                if let Some(value) = value {
                    let value = walker.piece(value.cell);
                    let heading = walker.reading.text(&label).to_owned();
                    let is_period = walker.lexicon.names_whole_period(&heading);
                    if is_period && matches!(content, Content::Goal | Content::Furniture) {
                        walker.extra(&label, &value);
                    } else {
                        field(walker, *content, Some(&label), &value);
                    }
                }
            }
            Meaning::FundLike | Meaning::Text | Meaning::Blank => {
                if let Some(value) = value {
                    let value = walker.piece(value.cell);
                    if form.section == Some(Content::Goal) {
                        walker.extra(&label, &value);
                    } else {
                        field(walker, Content::Fund, Some(&label), &value);
                    }
                }
            }
        }
    }
    true
}

fn checkpoint(walker: &mut Walker<'_>, head: &Slot, value: Option<&Slot>) {
    let label = walker.piece(head.cell);
    let share = value.filter(|slot| !slot.is_blank).map(|slot| walker.piece(slot.cell));
    walker.current(head.cell).plan.push(PlanDraft { checkpoint: label, share });
}

/// A text that no label leads: the value of the section, or a label that no standard knows. How many cells were read.
fn free_text(walker: &mut Walker<'_>, form: &Form, row: &[Slot], meanings: &[Meaning], index: usize) -> usize {
    let piece = walker.piece(row[index].cell);
    let text = walker.reading.text(&piece).to_owned();
    let next = row
        .get(index + 1)
        .filter(|_| matches!(meanings[index + 1], Meaning::Text | Meaning::Blank | Meaning::FundLike));
    let is_short =
        text.chars().count() <= LABEL_SIGNS && !text.contains(['。', '，', '；', '\n']) && !amount_like(&text);
    let goes_on = row.first().is_some_and(|slot| slot.is_blank);
    if is_money_line(walker, row, &text, index) {
        return row.len() - index;
    }
    match form.section {
        Some(Content::Purpose | Content::Budget) if goes_on && next.is_none() => {
            walker.current(piece.cell).purpose.push(piece);
        }
        Some(Content::Goal) if goes_on && next.is_none() => walker.current(piece.cell).goal.push(piece),
        _ if is_short && next.is_some_and(|next| !next.is_blank) && walker.project.is_some() => {
            let value = walker.piece(row[index + 1].cell);
            walker.extra(&piece, &value);
            return 2;
        }
        // `434001某某局本级` on the line above the form.
        _ if index == 0
            && row.len() <= 2
            && text.starts_with(|sign: char| sign.is_ascii_digit())
            && text.chars().any(char::is_alphabetic) =>
        {
            field(walker, Content::Unit, None, &piece);
        }
        _ => {}
    }
    1
}

/// The line above a form: the unit of account at its left, `单位：元` at its right.
fn is_money_line(walker: &mut Walker<'_>, row: &[Slot], text: &str, index: usize) -> bool {
    let full: Vec<&Slot> = row.iter().filter(|slot| !slot.is_blank).collect();
    if index > 0 || full.len() > 2 || full.len() < 2 {
        return false;
    }
    let last = walker.piece(full[1].cell);
    let stated = walker.reading.text(&last).to_owned();
    let Some((label, unit)) = stated.split_once(['：', ':']) else { return false };
    let content = walker.lexicon.find(Room::Project, label);
    if !matches!(content, Some(Content::Unit | Content::MoneyUnit)) || !is_money_word(unit.trim()) {
        return false;
    }
    walker.state_money_unit(unit.trim().to_owned());
    walker.furniture(&last);
    let piece = walker.piece(full[0].cell);
    if text.contains(['：', ':']) {
        walker.paragraph(full[0].cell, 0);
    } else {
        field(walker, Content::Unit, None, &piece);
    }
    true
}

/// Whether a row is no indicator any more, but a label of a project's form.
fn ends_indicators(walker: &Walker<'_>, row: &[Slot], heads: &Heads) -> bool {
    let Some(first) = row.iter().find(|slot| !slot.is_blank) else { return false };
    let text = &walker.reading.cells.get(first.cell).text;
    if walker.lexicon.category(text).is_some() || heads.is_flat() {
        return false;
    }
    let is_first_column = first.column <= heads.first_column();
    if row
        .iter()
        .all(|slot| slot.is_blank || labelled_inside(walker, slot).is_some() || unknown_inside(walker, slot).is_some())
    {
        return true;
    }
    match meaning(walker, first) {
        Meaning::Label(Content::Furniture) => single(row).is_some(),
        Meaning::Label(_) => is_first_column,
        Meaning::Checkpoint | Meaning::FundLike | Meaning::Text | Meaning::Blank => {
            single(row).is_some() && walker.lexicon.title_end(&key_of(text).text).is_some()
        }
    }
}
