//! Several projects beside each other in one table: a form for each, or a column for each behind the labels of all. The
//! table is read once for each project; where it is not certain which cell is whose, none of it is read.

use super::claim::{Claim, Claims};
use super::columns::by_cells::is_like_target;
use super::columns::heading::content;
use super::columns::heads;
use super::lexicon::{Content, LabelRoom, key_of};
use super::signs::{amount_like, year_length};
use super::slot::{GridSlot, LABEL_SIGNS, SlotMeaning, meaning, single};
use super::view::View;
use crate::import::account::CellPiece;
use crate::language::Block;

/// In how many rows the names of the projects are looked for.
const ROWS: usize = 12;
/// In how many rows the same labels must stand in each of the forms.
const ALIKE: usize = 2;

/// What a table holds.
pub enum Beside {
    /// One project, or several one below the other.
    One(Vec<Vec<GridSlot>>),
    /// Several projects beside each other.
    Several(Vec<PartOfTable>),
    /// Several, and it is not certain what belongs to which.
    Unclear,
}

/// What a table says of one of its projects.
pub struct PartOfTable {
    pub rows: Vec<Vec<GridSlot>>,
    /// The project's name, where no label announces it, and what else the part says first.
    pub claims: Claims,
    /// Whether its headings are those of a form; they are not where the name stands in the place of one.
    pub has_headings: bool,
}

/// The row that names the projects, and where the columns of each begin.
struct NamesRow<'a> {
    row: usize,
    names: Vec<&'a GridSlot>,
    /// No label announces them.
    are_headings: bool,
}

/// Parts a table.
pub fn parted(view: &View<'_>, rows: Vec<Vec<GridSlot>>) -> Beside {
    if let Some(starts) = starts_of_forms(view, &rows) {
        return forms(view, &rows, &starts);
    }
    match names_row(view, &rows) {
        Some(found) => columns(view, &rows, &found),
        None if are_over_halves(view, &rows) => Beside::Unclear,
        None => Beside::One(rows),
    }
}

/// Whether words that say nothing of years stand over headings that come again under each of them: it is not certain what
/// they are.
fn are_over_halves(view: &View<'_>, rows: &[Vec<GridSlot>]) -> bool {
    let is_free = |slot: &&GridSlot| {
        let text = view.words(slot.cell);
        is_name(view, slot)
            && text.chars().count() <= LABEL_SIGNS
            && !text.contains(|sign: char| sign.is_ascii_digit() || sign == '，')
            && content(view, slot).is_none()
            && view.lexicon.title_end(&key_of(text).text).is_none()
            && !view.lexicon.names_whole_period(text)
            && !view.lexicon.names_a_year(text)
            && view.lexicon.parts_of_year.named_in(text).is_none()
            && year_length(text).is_none()
    };
    // Under labels of goals stand goals.
    let is_labelled = |above: Option<&Vec<GridSlot>>, at: u32| {
        let over = above.into_iter().flatten().find(|slot| !slot.is_blank && slot.covers(at));
        over.is_some_and(|slot| matches!(meaning(view, slot), SlotMeaning::Label(_)))
    };
    rows.windows(2).take(ROWS).enumerate().any(|(index, pair)| {
        let above = index.checked_sub(1).map(|above| &rows[above]);
        let full: Vec<&GridSlot> = pair[0].iter().filter(|slot| !slot.is_blank).collect();
        let known = full.iter().take_while(|slot| !is_free(slot)).count();
        let starts: Vec<u32> = full[known..].iter().map(|slot| slot.column).collect();
        starts.len() > 1
            && full[known..].iter().all(is_free)
            && !starts.iter().any(|at| is_labelled(above, *at))
            && are_headed_alike(view, &pair[1], &starts)
    })
}

/// Whether the same headings of indicators stand from each of some columns on, their targets among them.
fn are_headed_alike(view: &View<'_>, row: &[GridSlot], starts: &[u32]) -> bool {
    let headings = |(start, end): (u32, u32)| -> Vec<&str> {
        let own = row.iter().filter(|slot| !slot.is_blank && (start..end).contains(&slot.column));
        own.map(|slot| view.words(slot.cell)).collect()
    };
    let first = ranges(starts).next().map(headings).unwrap_or_default();
    let is_target = |slot: &&GridSlot| matches!(content(view, slot), Some(Content::Target | Content::Value));
    first.len() > 1
        && row.iter().filter(is_target).count() >= starts.len()
        && heads::is_heads(view, row)
        && ranges(starts).all(|range| headings(range) == first)
}

/// Where forms beside each other begin: the same label of the name in one row, each with another name, and under them the
/// same labels again.
fn starts_of_forms(view: &View<'_>, rows: &[Vec<GridSlot>]) -> Option<Vec<u32>> {
    rows.iter().take(ROWS).find_map(|row| {
        let names: Vec<(&GridSlot, &GridSlot)> = (row.iter().zip(row.iter().skip(1)))
            .filter(|(label, _)| meaning(view, label) == SlotMeaning::Label(Content::Name))
            .collect();
        let is_first = names.first().is_some_and(|(label, _)| Some(label.cell) == row.first().map(|one| one.cell));
        let are_names = names
            .iter()
            .all(|(label, name)| view.words(label.cell) == view.words(names[0].0.cell) && is_name(view, name));
        if names.len() < 2 || !is_first || !are_names || !are_distinct(view, names.iter().map(|(_, name)| *name)) {
            return None;
        }
        let starts: Vec<u32> = names.iter().map(|(label, _)| label.column).collect();
        let is_again = |row: &&Vec<GridSlot>| {
            let at = |start: &u32| row.iter().find(|slot| slot.column == *start && !slot.is_blank);
            let first = at(&starts[0]).map(|slot| view.words(slot.cell));
            let is_label =
                |slot: &GridSlot| matches!(meaning(view, slot), SlotMeaning::Label(_)) || content(view, slot).is_some();
            at(&starts[0]).is_some_and(is_label)
                && starts.iter().all(|start| at(start).map(|slot| view.words(slot.cell)) == first)
        };
        (rows.iter().filter(is_again).count() >= ALIKE).then_some(starts)
    })
}

fn forms(view: &View<'_>, rows: &[Vec<GridSlot>], starts: &[u32]) -> Beside {
    let crosses = |slot: &GridSlot| starts[1..].iter().any(|start| slot.column < *start && slot.covers(*start));
    let mut parts: Vec<Vec<Vec<GridSlot>>> = vec![Vec::new(); starts.len()];
    for row in rows {
        let is_of_all = row.iter().any(crosses);
        if single(row).is_some() && (is_of_all || row.len() == 1) {
            parts[0].push(row.clone());
        } else if is_of_all && is_fact(view, row) {
            for part in &mut parts {
                part.push(row.clone());
            }
        } else if is_of_all {
            return Beside::Unclear;
        } else {
            for (part, (start, end)) in parts.iter_mut().zip(ranges(starts)) {
                part.push(between(row, 0, start, end));
            }
        }
    }
    let part = |rows| PartOfTable { rows, claims: Vec::new(), has_headings: true };
    Beside::Several(parts.into_iter().map(part).collect())
}

/// The row that names the projects, each over columns of its own, at the right of all labels.
fn names_row<'a>(view: &View<'_>, rows: &'a [Vec<GridSlot>]) -> Option<NamesRow<'a>> {
    rows.iter().take(ROWS).enumerate().find_map(|(index, row)| {
        let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
        let is_labelled = full.first().is_some_and(|lead| meaning(view, lead) == SlotMeaning::Label(Content::Name));
        let from = if is_labelled { 1 } else { full.iter().position(|slot| is_called_project(view, slot))? };
        let (leads, names) = full.split_at(from);
        let are_names = names.iter().all(|slot| is_name(view, slot) && (is_labelled || is_called_project(view, slot)));
        let is_lead = |slot: &&GridSlot| {
            let text = view.words(slot.cell);
            content(view, slot).is_some()
                || text.chars().count() <= LABEL_SIGNS
                    && matches!(
                        view.lexicon.find(LabelRoom::Project, text),
                        None | Some(Content::Furniture | Content::Name | Content::Goal)
                    )
        };
        let is_one = names.len() > 1 && are_names && leads.iter().all(is_lead);
        if !is_one || !are_distinct(view, names.iter().copied()) {
            return None;
        }
        let starts: Vec<u32> = names.iter().map(|slot| slot.column).collect();
        // 甲项目 | 乙项目 over whole tables.
        let is_over_all = leads.is_empty() && row[0].cell == names[0].cell;
        if is_over_all && !are_headed_alike(view, rows.get(index + 1)?, &starts) {
            return None;
        }
        (is_over_all || are_columns(view, &rows[index + 1..], &starts)).then_some(NamesRow {
            row: index,
            names: names.to_vec(),
            are_headings: !is_labelled,
        })
    })
}

/// What a cell says, as far as cells beside each other of several projects say alike.
#[derive(PartialEq, Eq)]
enum SaidKind {
    Amount,
    Target,
    Sentence,
    Other,
}

fn said_kind(view: &View<'_>, slot: &GridSlot) -> SaidKind {
    let text = view.words(slot.cell).trim();
    if amount_like(text) {
        SaidKind::Amount
    } else if is_like_target(text) || view.lexicon.comparators.first_in(text).is_some() {
        SaidKind::Target
    } else if text.ends_with('。') {
        SaidKind::Sentence
    } else {
        SaidKind::Other
    }
}

/// Whether the columns from some on hold the same of several projects: no label stands in them, and what stands in a row
/// is of one kind, as the labels and the values of a form are not.
fn are_columns(view: &View<'_>, rows: &[Vec<GridSlot>], starts: &[u32]) -> bool {
    let (mut alike, mut is_of_indicators) = (0, false);
    for row in rows {
        is_of_indicators |= heads::is_heads(view, row);
        let own: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank && slot.column >= starts[0]).collect();
        let is_label = |slot: &&&GridSlot| match content(view, slot) {
            Some(Content::Category | Content::Subcategory | Content::Indicator) => starts[0] > 0,
            Some(_) => false,
            None => matches!(meaning(view, slot), SlotMeaning::Label(_)),
        };
        let of_each: Vec<Option<&GridSlot>> =
            starts.iter().map(|start| own.iter().find(|slot| slot.column == *start).copied()).collect();
        if own.iter().any(|slot| is_label(&slot)) {
            return false;
        }
        let kinds: Vec<SaidKind> = of_each.iter().flatten().map(|slot| said_kind(view, slot)).collect();
        let is_figure = |kind: &SaidKind| matches!(kind, SaidKind::Amount | SaidKind::Target);
        // Beside a target in figures there may be one in words.
        let is_mixed = kinds.iter().any(is_figure) && kinds.windows(2).any(|pair| pair[0] != pair[1]);
        let lead = row.iter().find(|slot| !slot.is_blank);
        let is_level = lead.is_some_and(|slot| view.lexicon.category(view.words(slot.cell)).is_some());
        if is_mixed && !is_of_indicators && !is_level {
            return false;
        }
        let is_of_all = kinds.len() == starts.len() && !kinds.contains(&SaidKind::Other);
        alike += usize::from(is_of_all);
    }
    alike > 0
}

fn columns(view: &View<'_>, rows: &[Vec<GridSlot>], found: &NamesRow<'_>) -> Beside {
    let NamesRow { row: at, names, are_headings } = found;
    let starts: Vec<u32> = names.iter().map(|slot| slot.column).collect();
    let first = starts[0];
    let heading_rows = if *are_headings { heading_rows(view, rows, *at, first) } else { Some(HeadingRows::Under) };
    let Some(heading_rows) = heading_rows else { return Beside::Unclear };
    let mut parts: Vec<PartOfTable> = names
        .iter()
        .map(|name| PartOfTable {
            rows: Vec::new(),
            claims: if *are_headings { named(view, view.piece(name.cell)) } else { Vec::new() },
            has_headings: heading_rows != HeadingRows::Same,
        })
        .collect();
    for (index, row) in rows.iter().enumerate() {
        let crosses =
            |slot: &GridSlot| !slot.is_blank && starts.iter().any(|start| slot.column < *start && slot.covers(*start));
        if *are_headings && index == *at && heading_rows != HeadingRows::Same {
            let words =
                row.iter().filter(|slot| slot.column < first && !slot.is_blank).map(|slot| view.piece(slot.cell));
            let known = words.filter(|piece| view.lexicon.find(LabelRoom::Project, view.text(piece)).is_some());
            parts[0].claims.extend(known.map(Claim::Furniture));
            continue;
        }
        let joined;
        let row = if heading_rows == HeadingRows::Both && index == *at + 1 {
            joined = under(&rows[*at], row, first);
            &joined
        } else {
            row
        };
        let is_of_all = row.iter().any(crosses);
        if single(row).is_some() {
            parts[0].rows.push(row.clone());
        } else if is_of_all && is_fact(view, row) {
            for part in &mut parts {
                part.rows.push(row.clone());
            }
        } else if is_of_all {
            return Beside::Unclear;
        } else {
            for (part, (start, end)) in parts.iter_mut().zip(ranges(&starts)) {
                let own = between(row, first, start, end);
                let is_clear = if index == *at && heading_rows == HeadingRows::Same {
                    heads::is_heads(view, &own) && are_targets(view, &rows[index + 1..], (start, end))
                } else {
                    !are_unread_headings(view, &own, first)
                };
                if !is_clear {
                    return Beside::Unclear;
                }
                part.rows.push(without_nothing(view, own, first));
            }
        }
    }
    Beside::Several(parts)
}

/// Where the headings of the columns stand, if the names of projects do not stand under a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadingRows {
    /// In the row of the names, which are those of the targets.
    Same,
    /// In the row below: `甲项目 | 乙项目` over `目标值 | 目标值`.
    Under,
    /// Those of all projects in the row of the names, the others in the row below.
    Both,
}

/// None where it is not certain.
fn heading_rows(view: &View<'_>, rows: &[Vec<GridSlot>], at: usize, first: u32) -> Option<HeadingRows> {
    let row = &rows[at];
    let below = rows.get(at + 1)?;
    let has_levels = |row: &[GridSlot]| {
        let left = row.iter().filter(|slot| slot.column < first && !slot.is_blank);
        left.filter_map(|slot| content(view, slot)).any(|one| matches!(one, Content::Indicator | Content::Subcategory))
    };
    let own = || below.iter().filter(|slot| slot.column >= first && !slot.is_blank);
    let are_heads = own().next().is_some() && own().all(|slot| content(view, slot).is_some());
    match (has_levels(row), are_heads) {
        (true, false) => Some(HeadingRows::Same),
        (true, true) => Some(HeadingRows::Both),
        (false, true) if heads::is_heads(view, below) => Some(HeadingRows::Under),
        // 指标 | 甲项目 | 乙项目 over rows of labels.
        (false, false) => {
            let is_labelled = |row: &&Vec<GridSlot>| {
                let lead = row.iter().find(|slot| !slot.is_blank);
                lead.is_some_and(|slot| {
                    let is_level = view.lexicon.category(view.words(slot.cell)).is_some();
                    is_level || matches!(meaning(view, slot), SlotMeaning::Label(_)) || content(view, slot).is_some()
                })
            };
            rows[at + 1..].iter().all(|row| is_labelled(&row) || single(row).is_some()).then_some(HeadingRows::Under)
        }
        (false, true) => None,
    }
}

/// A heading names the project of its column.
fn named(view: &View<'_>, name: CellPiece) -> Claims {
    let said = Some(view.text(&name).to_owned());
    vec![
        Claim::ProjectNamed { code: None, name: said, cell: name.cell, begins: true },
        Claim::Fact { content: Content::Name, label: None, value: name },
    ]
}

/// The columns of each project.
fn ranges(starts: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let ends = starts.iter().skip(1).copied().chain([u32::MAX]);
    starts.iter().copied().zip(ends)
}

/// The cells of a row that are about one project: those of all, and its own, moved beside them.
fn between(row: &[GridSlot], shared: u32, start: u32, end: u32) -> Vec<GridSlot> {
    let of_all = row.iter().filter(|slot| slot.column < shared).cloned();
    let own = row.iter().filter(|slot| (start..end).contains(&slot.column));
    of_all.chain(own.map(|slot| GridSlot { column: slot.column - start + shared, ..slot.clone() })).collect()
}

/// Whether the cells of a project in a row are headings, and the row as a whole is none of headings.
fn are_unread_headings(view: &View<'_>, row: &[GridSlot], shared: u32) -> bool {
    let mut own = row.iter().filter(|slot| slot.column >= shared && !slot.is_blank).peekable();
    own.peek().is_some() && own.all(|slot| content(view, slot).is_some()) && !heads::is_heads(view, row)
}

/// Whether targets stand in the columns of a project.
fn are_targets(view: &View<'_>, rows: &[Vec<GridSlot>], (start, end): (u32, u32)) -> bool {
    let own = rows.iter().flat_map(|row| row.iter().filter(|slot| !slot.is_blank && slot.column >= start));
    let texts: Vec<&str> = own.filter(|slot| slot.column < end).map(|slot| view.words(slot.cell)).collect();
    texts.iter().filter(|text| is_like_target(text)).count() * 2 > texts.len()
}

/// An indicator of which a project has no cell is none of it: of its row only the levels are.
fn without_nothing(view: &View<'_>, mut row: Vec<GridSlot>, shared: u32) -> Vec<GridSlot> {
    if row.iter().all(|slot| slot.column < shared || slot.is_blank)
        && let Some(last) = row.iter_mut().rfind(|slot| slot.column < shared && !slot.is_blank)
        && view.lexicon.category(view.words(last.cell)).is_none()
        && !matches!(meaning(view, last), SlotMeaning::Label(_))
    {
        last.is_blank = true;
    }
    row
}

/// A row of headings with those that go on from the row above it.
fn under(above: &[GridSlot], row: &[GridSlot], shared: u32) -> Vec<GridSlot> {
    let of_above = above.iter().filter(|slot| slot.column < shared);
    let is_free = |slot: &&GridSlot| row.iter().all(|one| one.is_blank || !one.meets(slot));
    let mut joined: Vec<GridSlot> = of_above.filter(is_free).cloned().collect();
    let is_new = |slot: &&GridSlot| slot.column >= shared || !slot.is_blank;
    joined.extend(row.iter().filter(is_new).cloned());
    joined.sort_by_key(|slot| slot.column);
    joined
}

/// A label, and one value for all projects.
fn is_fact(view: &View<'_>, row: &[GridSlot]) -> bool {
    let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let [label, value] = full[..] else { return false };
    matches!(meaning(view, label), SlotMeaning::Label(_)) && is_value(view, value)
}

/// Whether a cell may name a project.
fn is_name(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    let key = key_of(text).text;
    is_value(view, slot)
        && !amount_like(text)
        && key.starts_with(|sign: char| sign.is_alphanumeric())
        && key.chars().any(|sign| sign.is_alphabetic() && !sign.is_ascii())
        && !text.contains(['。', '；', '：', ':', '\n', '≥', '≤'])
}

/// Whether a heading says itself that it is the name of a project.
fn is_called_project(view: &View<'_>, slot: &GridSlot) -> bool {
    let key = key_of(view.words(slot.cell)).text;
    let word = Block::Project.word().0;
    key.len() > word.len() && key.ends_with(word) && is_name(view, slot) && content(view, slot).is_none()
}

/// Whether a cell says something that is no label.
fn is_value(view: &View<'_>, slot: &GridSlot) -> bool {
    !slot.is_blank
        && !matches!(meaning(view, slot), SlotMeaning::Label(Content::Name | Content::Code))
        && (matches!(meaning(view, slot), SlotMeaning::Text | SlotMeaning::FundLike | SlotMeaning::Checkpoint)
            || content(view, slot).is_some())
}

fn are_distinct<'a>(view: &View<'_>, names: impl Iterator<Item = &'a GridSlot>) -> bool {
    let mut texts: Vec<&str> = names.map(|slot| view.words(slot.cell).trim()).collect();
    texts.sort_unstable();
    texts.windows(2).all(|pair| pair[0] != pair[1])
}
