//! The rows of an indicator table by its headings.

use rust_decimal::Decimal;

use super::heading::{HeadMeaning, Heads, Inherited};
use super::heads::TARGET_PARTS;
use super::several::enter;
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::import::recognise::claim::{Claim, Claims};
use crate::import::recognise::draft::{FormColumn, IndicatorDraft};
use crate::import::recognise::lexicon::{CategoryLevel, Content, LabelRoom, key_of};
use crate::import::recognise::signs::amount_like;
use crate::import::recognise::slot::{GridSlot, single};
use crate::import::recognise::view::View;
use crate::import::recognise::year_content::YearContent;
use crate::language::Field;
use crate::model::cells;

/// What of a row is read next: each part needs to know what became of the one before.
#[derive(Clone, Copy, Debug)]
pub enum RowPart {
    /// A category alone, a total, or the project that the row is about.
    Start,
    /// The facts of the project.
    Facts,
    /// The indicators. `project` was being read before the facts of the row.
    Indicators { project: Option<usize> },
}

/// Reads a part of a row, and says which is next.
pub fn read(view: &View<'_>, heads: &mut Heads, row: &[GridSlot], part: RowPart) -> (Claims, Option<RowPart>) {
    if let RowPart::Start = part
        && let Some(claims) = level_alone(view, heads, row)
    {
        return (claims, None);
    }
    let pairs = align(view, heads, row);
    match part {
        RowPart::Start if heads.is_flat() => match sum_of_projects(view, heads, &pairs) {
            Some(claims) => (claims, None),
            None => (enter(view, heads, &pairs), Some(RowPart::Facts)),
        },
        RowPart::Start => match total_row(view, heads, row, &pairs) {
            Some(claims) => (claims, None),
            None if heads.has_facts() => facts(view, heads, &pairs),
            None => (indicators(view, heads, &pairs), None),
        },
        RowPart::Facts => {
            add_money(view, heads, &pairs);
            facts(view, heads, &pairs)
        }
        RowPart::Indicators { project } => {
            if view.at.project != project {
                heads.year = Inherited::default();
            }
            (indicators(view, heads, &pairs), None)
        }
    }
}

/// A row that holds nothing but the name of a category: it leads the rows below.
fn level_alone(view: &View<'_>, heads: &mut Heads, row: &[GridSlot]) -> Option<Claims> {
    let piece = view.piece(single(row)?.cell);
    match view.lexicon.category(view.text(&piece))? {
        CategoryLevel::First => {
            heads.year = Inherited { category: Some(piece), subcategory: None };
            Some(if heads.is_flat() { Vec::new() } else { vec![Claim::CategoryRows] })
        }
        CategoryLevel::Second => {
            heads.year.subcategory = Some(piece);
            Some(Vec::new())
        }
    }
}

/// `总分 | 100 | 95.8`: no indicator, though it stands in the table. Its label is the form's; the sum of the points is the
/// total, every other figure is kept by its heading.
fn total_row(view: &View<'_>, heads: &Heads, row: &[GridSlot], pairs: &[(usize, &GridSlot)]) -> Option<Claims> {
    let (label, figures) = total_figures(view, row)?;
    let label = view.piece(label.cell);
    let lead = key_of(view.text(&label)).text;
    let is_sum = view.lexicon.is_sum(&lead);
    let under = |slot: &GridSlot| {
        let head = pairs.iter().find(|(_, one)| one.cell == slot.cell).map(|(head, _)| &heads.columns[*head]);
        head.map(|head| (head.cell, head.meaning))
    };
    let is_points = |slot: &&&GridSlot| {
        under(slot).is_some_and(|(_, one)| matches!(one, HeadMeaning::Field(_, Content::OfYear(YearContent::Points))))
    };
    let is_weight = |slot: &GridSlot| {
        under(slot).is_some_and(|(_, one)| matches!(one, HeadMeaning::Field(_, Content::Plain(Field::Weight))))
    };
    // Cells may have been merged or left out: a sum alone is that of the points, and of two the first is that of the weights.
    let numbers: Vec<&GridSlot> = figures.iter().copied().filter(|slot| amount_like(view.words(slot.cell))).collect();
    let of_order = match &numbers[..] {
        [total] if is_sum && figures.len() == 1 => Some((None, total.cell)),
        [weight, total] if is_sum => Some((Some(weight.cell), total.cell)),
        _ => None,
    };
    let points = figures.iter().find(is_points).map(|slot| slot.cell);
    let points = of_order.map_or(points, |(_, total)| Some(total));
    let is_of_rows = heads
        .columns
        .iter()
        .any(|head| matches!(head.meaning, HeadMeaning::Field(_, Content::OfYear(YearContent::Points))));
    // 总分 | 100 | 96 | 优 says what it is where no column of points stands above.
    let is_total =
        view.lexicon.find(LabelRoom::Project, view.text(&label)) == Some(Content::OfYear(YearContent::Total));
    let is_of_rows = is_of_rows || is_total && numbers.len() == 2;
    let mut claims = vec![Claim::Furniture(label)];
    for slot in figures {
        let value = view.piece(slot.cell);
        let of_year = |content| Claim::OfYear { content, fund: None, value: value.clone() };
        claims.push(if !amount_like(view.text(&value)) {
            of_year(YearContent::Grade)
        } else if is_sum && is_of_rows && points == Some(slot.cell) {
            of_year(YearContent::Total)
        } else if is_sum && is_of_rows && (is_weight(slot) || of_order.is_some()) {
            of_year(YearContent::TotalWeight)
        } else {
            let Some((head, _)) = under(slot) else { continue };
            Claim::Extra { lead: Some(lead.clone()), label: view.piece(head), value }
        });
    }
    Some(claims)
}

/// Whether the cells under a heading are amounts of a project.
fn is_money(meaning: HeadMeaning) -> bool {
    matches!(meaning, HeadMeaning::Project(Content::Budget | Content::Fund | Content::Money))
}

/// Adds the money of the project that a row names to the sums, once.
fn add_money(view: &View<'_>, heads: &mut Heads, pairs: &[(usize, &GridSlot)]) {
    if heads.sums.counted == heads.identity {
        return;
    }
    heads.sums.counted.clone_from(&heads.identity);
    for (head, slot) in pairs.iter().filter(|(head, _)| is_money(heads.columns[*head].meaning)) {
        let Some((amount, _)) = cells::leading_number(view.words(slot.cell).trim()) else { continue };
        for sum in heads.sums.columns.entry(*head).or_default() {
            *sum = sum.checked_add(amount).unwrap_or(*sum);
        }
    }
}

/// A row of money without a project: the sum of those above is a repeat, anything else is left over. None where the row is
/// something else.
fn sum_of_projects(view: &View<'_>, heads: &mut Heads, pairs: &[(usize, &GridSlot)]) -> Option<Claims> {
    let meaning = |head: &usize| heads.columns[*head].meaning;
    let of_name = [Content::Name, Content::Code].map(HeadMeaning::Project);
    let has_money = pairs.iter().any(|(head, slot)| is_money(meaning(head)) && !slot.is_blank);
    let says_no_more = pairs.iter().all(|(head, slot)| match meaning(head) {
        one if of_name.contains(&one) => slot.is_blank && !slot.continues || is_sum(view, slot),
        HeadMeaning::Project(_) | HeadMeaning::Furniture | HeadMeaning::Checkpoint => true,
        HeadMeaning::Category | HeadMeaning::Subcategory | HeadMeaning::Name | HeadMeaning::Field(..) => slot.is_blank,
    });
    if !has_money || !says_no_more {
        return None;
    }
    let label = pairs.iter().map(|(_, slot)| *slot).find(|slot| is_sum(view, slot));
    let Some(label) = label else { return Some(Vec::new()) };
    let mut claims = vec![Claim::Furniture(view.piece(label.cell))];
    for (head, slot) in pairs.iter().filter(|(head, slot)| is_money(meaning(head)) && !slot.is_blank) {
        let stated = cells::leading_number(view.words(slot.cell).trim()).map(|(amount, _)| amount);
        let sums = heads.sums.columns.get(head).copied().unwrap_or_default();
        if stated.is_some_and(|stated| sums.contains(&stated)) {
            claims.push(Claim::Repeat(view.piece(slot.cell)));
        }
    }
    for [_, since] in heads.sums.columns.values_mut() {
        *since = Decimal::ZERO;
    }
    Some(claims)
}

/// Whether a cell is the label of a sum.
fn is_sum(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    view.lexicon.is_sum(text) || view.lexicon.is_subtotal(text)
}

/// The label of a row of sums, and its figures, of which the last may be a grade; none where the row is something else.
pub fn total_figures<'s>(view: &View<'_>, row: &'s [GridSlot]) -> Option<(&'s GridSlot, Vec<&'s GridSlot>)> {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    let label = full.next()?;
    let is_sum = matches!(
        view.lexicon.find(LabelRoom::Project, view.words(label.cell)),
        Some(Content::Furniture | Content::OfYear(YearContent::Total))
    );
    let figures: Vec<&GridSlot> = full.collect();
    let is_figure = |slot: &&GridSlot| {
        let text = view.words(slot.cell);
        amount_like(text) || view.lexicon.is_score_grade(text)
    };
    (is_sum && figures.iter().all(is_figure)).then_some((label, figures))
}

/// Whether a row of another table goes on under these headings: it has as many columns, and an indicator in them.
pub fn goes_on(view: &View<'_>, heads: &Heads, row: &[GridSlot]) -> bool {
    let end = |row: Option<u32>| row.unwrap_or(0);
    let row_end = end(row.last().map(|slot| slot.column + slot.columns));
    let heads_end = end(heads.columns.last().map(|head| head.column + head.columns));
    if row_end != heads_end && row.len() != heads.columns.len() {
        return false;
    }
    let pairs = align(view, heads, row);
    let is_full = |wanted: fn(HeadMeaning) -> bool| {
        pairs.iter().any(|(head, slot)| wanted(heads.columns[*head].meaning) && !slot.is_blank)
    };
    let is_level = |meaning| matches!(meaning, HeadMeaning::Category | HeadMeaning::Subcategory);
    let has_category = pairs.iter().any(|(head, slot)| {
        is_level(heads.columns[*head].meaning) && view.lexicon.category(view.words(slot.cell)).is_some()
    });
    let is_free = pairs.iter().all(|(head, slot)| !is_level(heads.columns[*head].meaning) || slot.is_blank);
    is_full(|meaning| meaning == HeadMeaning::Name)
        && (has_category || is_free && heads.year.category.is_some())
        && is_full(|meaning| {
            matches!(meaning, HeadMeaning::Field(_, Content::Target | Content::Value | Content::Written))
        })
}

/// Which heading each cell of a row stands under.
fn align<'s>(view: &View<'_>, heads: &Heads, row: &'s [GridSlot]) -> Vec<(usize, &'s GridSlot)> {
    if row.len() == heads.columns.len() {
        return (0..row.len()).zip(row).collect();
    }
    let width = |end: Option<u32>| end.unwrap_or(0);
    let row_end = width(row.last().map(|slot| slot.column + slot.columns));
    let heads_end = width(heads.columns.last().map(|head| head.column + head.columns));
    if row_end == heads_end {
        let under = |slot: &GridSlot| {
            heads
                .columns
                .iter()
                .position(|head| slot.column < head.column + head.columns && head.column < slot.column + slot.columns)
        };
        return row.iter().filter_map(|slot| Some((under(slot)?, slot))).collect();
    }
    // Cells that carry on from above were left out: the row starts at the level that its first cell names.
    let missing = heads.columns.len().saturating_sub(row.len());
    let level = row.first().and_then(|slot| view.lexicon.category(view.words(slot.cell)));
    let lead = match level {
        Some(CategoryLevel::First) => {
            heads.columns.iter().position(|head| head.meaning == HeadMeaning::Category).unwrap_or(0)
        }
        Some(CategoryLevel::Second) => {
            heads.columns.iter().position(|head| head.meaning == HeadMeaning::Subcategory).unwrap_or(missing)
        }
        None => missing,
    };
    (lead..heads.columns.len()).zip(row).collect()
}

/// The facts of the project that a row states.
fn facts(view: &View<'_>, heads: &Heads, pairs: &[(usize, &GridSlot)]) -> (Claims, Option<RowPart>) {
    let mut claims = Vec::new();
    for (head, slot) in pairs.iter().filter(|(_, slot)| !slot.is_blank) {
        let label = &heads.columns[*head].label;
        let value = view.piece(slot.cell);
        match heads.columns[*head].meaning {
            HeadMeaning::Project(content) => claims.push(Claim::RowFact { content, label: label.clone(), value }),
            HeadMeaning::Checkpoint => claims.push(Claim::RowShare { checkpoint: label.clone(), share: value }),
            HeadMeaning::Category
            | HeadMeaning::Subcategory
            | HeadMeaning::Name
            | HeadMeaning::Field(..)
            | HeadMeaning::Furniture => {}
        }
    }
    (claims, Some(RowPart::Indicators { project: view.at.project }))
}

/// The indicators of a row: that of the year, and that of the whole period.
fn indicators(view: &View<'_>, heads: &mut Heads, pairs: &[(usize, &GridSlot)]) -> Claims {
    let mut claims = Vec::new();
    if heads.is_typed() {
        claims.push(Claim::Typed);
    }
    share_category(view, heads, pairs);
    for is_whole_period in [false, true] {
        let half: Vec<(usize, &GridSlot)> = pairs
            .iter()
            .filter(|(head, _)| heads.columns[*head].is_whole_period == is_whole_period)
            .map(|(head, slot)| (*head, *slot))
            .collect();
        if half.iter().any(|(_, slot)| !slot.is_blank) {
            half_row(view, heads, &half, is_whole_period, &mut claims);
        }
    }
    claims
}

/// Where only one half of a table has a column of the first level, it is that of both.
fn share_category(view: &View<'_>, heads: &mut Heads, pairs: &[(usize, &GridSlot)]) {
    let mut of_level = (0..heads.columns.len()).filter(|at| heads.columns[*at].meaning == HeadMeaning::Category);
    let (Some(only), None) = (of_level.next(), of_level.next()) else { return };
    let is_whole_period = heads.columns[only].is_whole_period;
    if heads.columns.iter().all(|head| head.is_whole_period == is_whole_period || head.meaning != HeadMeaning::Name) {
        return;
    }
    let Some((_, slot)) = pairs.iter().find(|(head, slot)| *head == only && !slot.is_blank) else { return };
    let other = Inherited { category: Some(view.piece(slot.cell)), subcategory: None };
    *if is_whole_period { &mut heads.year } else { &mut heads.whole_period } = other;
}

/// A row's year half or its half of the whole period.
fn half_row(
    view: &View<'_>,
    heads: &mut Heads,
    half: &[(usize, &GridSlot)],
    is_whole_period: bool,
    claims: &mut Claims,
) {
    let Some(first_cell) = half.first().map(|(_, slot)| slot.cell) else { return };
    let mut row = IndicatorDraft { first_cell, ..IndicatorDraft::default() };
    let above = if is_whole_period { &heads.whole_period } else { &heads.year };
    let Inherited { mut category, mut subcategory } = above.clone();
    let says = |known: &Option<CellPiece>, piece: &CellPiece| {
        known.as_ref().is_some_and(|known| view.text(known) == view.text(piece))
    };
    for (place, (head, slot)) in half.iter().enumerate().filter(|(_, (_, slot))| !slot.is_blank) {
        let piece = view.piece(slot.cell);
        match heads.columns[*head].meaning {
            // 定性 beside words says no more than these.
            HeadMeaning::Field(_, Content::Target | Content::WholePeriod)
                if cells::is_kind_of_target(view.text(&piece)) && has_more(half, place) =>
            {
                claims.push(Claim::Furniture(piece));
            }
            HeadMeaning::Field(column, Content::Target) => {
                row.fields.push((part_of_target(view, heads, half, place).unwrap_or(column), piece));
            }
            HeadMeaning::Category if says(&category, &piece) => claims.push(Claim::Repeat(piece)),
            HeadMeaning::Category => (category, subcategory) = (Some(piece), None),
            HeadMeaning::Subcategory if says(&subcategory, &piece) => claims.push(Claim::Repeat(piece)),
            HeadMeaning::Subcategory => subcategory = Some(piece),
            HeadMeaning::Name => row.name = Some(piece),
            HeadMeaning::Field(column, _) => row.fields.push((column, piece)),
            HeadMeaning::Furniture => claims.extend(word_of_the_form(view, piece)),
            HeadMeaning::Project(_) | HeadMeaning::Checkpoint => {}
        }
    }
    let inherited = Inherited { category: category.clone(), subcategory: subcategory.clone() };
    *if is_whole_period { &mut heads.whole_period } else { &mut heads.year } = inherited;
    if row.name.is_none() {
        // Without third level: a second that is no category names the indicator.
        let free = subcategory.clone().filter(|piece| view.lexicon.category(view.text(piece)).is_none());
        if free.is_some() && !row.fields.is_empty() {
            row.name = free;
            subcategory = None;
            heads.year.subcategory = None;
            claims.push(Claim::NamesInSecondLevel);
        }
    }
    if !is_whole_period
        && heads.is_of_year()
        && let Some(of_execution) = execution_row(view, &row, [category.as_ref(), subcategory.as_ref()])
    {
        claims.extend(of_execution);
        return;
    }
    if row.name.is_some() {
        (row.category, row.subcategory) = (category, subcategory);
        claims.push(Claim::Indicator { row, is_whole_period });
    }
}

/// Whether a cell shares its heading with another that says something.
fn has_more(half: &[(usize, &GridSlot)], place: usize) -> bool {
    let is_other = |at: &usize| *at != place && half[*at].0 == half[place].0 && !half[*at].1.is_blank;
    (0..half.len()).any(|at| is_other(&at))
}

/// The number of the column that a cell would stand in, if the target under a wide heading had one for each of its parts:
/// its sign, its number, its unit. None where all of it stands in one cell.
fn part_of_target(view: &View<'_>, heads: &Heads, half: &[(usize, &GridSlot)], place: usize) -> Option<u16> {
    let (head, _) = half[place];
    let is_part = |slot: &GridSlot| !slot.is_blank && !cells::is_kind_of_target(view.words(slot.cell));
    let cells: Vec<usize> = (0..half.len()).filter(|at| half[*at].0 == head && is_part(half[*at].1)).collect();
    let at = cells.iter().position(|at| *at == place)?;
    let starts_with_number = view.words(half[cells[0]].1.cell).starts_with(|sign: char| sign.is_ascii_digit());
    let has_unit = heads.columns.iter().any(|head| matches!(head.meaning, HeadMeaning::Field(_, Content::Measure)));
    let content = match cells.len() {
        1 => return None,
        2 if starts_with_number && !has_unit => TARGET_PARTS[at + 1],
        _ => *TARGET_PARTS.get(at)?,
    };
    let is_it = |column: &FormColumn| column.content == content && column.heading.is_empty();
    view.draft.columns.iter().position(is_it).map(|index| index as u16)
}

/// `预算执行 | 预算执行率 | 100% | 98% | 10 | 9.8` among the indicators, under no category of theirs: the points for
/// execution of the budget.
fn execution_row(view: &View<'_>, row: &IndicatorDraft, levels: [Option<&CellPiece>; 2]) -> Option<Claims> {
    let name = row.name.as_ref()?;
    let is_rate =
        view.lexicon.find(LabelRoom::Project, view.text(name)) == Some(Content::OfYear(YearContent::ExecutionRate));
    // 过程 · 资金管理 · 预算执行率 is an indicator like others.
    let is_of_execution = |piece: &CellPiece| view.lexicon.is_execution(view.text(piece));
    let has_level = levels.iter().any(Option::is_some);
    if !is_rate || has_level && !levels.into_iter().flatten().any(is_of_execution) {
        return None;
    }
    let mut claims: Claims = levels.into_iter().flatten().chain([name]).cloned().map(Claim::Furniture).collect();
    for (column, value) in &row.fields {
        let value = value.clone();
        let of_year = |content| Claim::OfYear { content, fund: None, value: value.clone() };
        claims.extend(match view.draft.columns.get(usize::from(*column)).map(|column| column.content) {
            Some(Content::OfYear(YearContent::Reached)) => Some(of_year(YearContent::ExecutionRate)),
            Some(Content::OfYear(YearContent::Points)) => Some(of_year(YearContent::ExecutionPoints)),
            Some(Content::OfYear(content)) => Some(of_year(content)),
            Some(Content::Plain(Field::Weight)) => Some(of_year(YearContent::ExecutionWeight)),
            // What is wanted of it is all of it, which the rule says.
            Some(Content::Target | Content::Value | Content::Nature | Content::Measure) => {
                Some(Claim::Furniture(value))
            }
            _ => None,
        });
    }
    Some(claims)
}

/// A cell in a column of the form's own: its words are furniture where a standard knows them, or where they number.
fn word_of_the_form(view: &View<'_>, piece: CellPiece) -> Option<Claim> {
    let text = view.text(&piece);
    let is_number = text.chars().all(|sign| sign.is_ascii_digit());
    if is_number || view.lexicon.find(LabelRoom::Project, text) == Some(Content::Furniture) {
        return Some(Claim::Furniture(piece));
    }
    (!key_of(text).text.is_empty()).then(|| Claim::Guess(piece, texts::guessed_column(text)))
}
