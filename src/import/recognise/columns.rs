//! An indicator table: what its headings mean, and its rows by their headings.

mod several;

use several::{Told, columns_of_project, enter, of_several, own_words, project_fact, share};

use super::draft::{Column, IndicatorDraft};
use super::lexicon::{Content, Level, Room, column_key, key_of};
use super::matrix;
use super::office::Walker;
use super::table::{self, Slot};
use crate::diagnostic::texts;
use crate::import::account::{Piece, Use};
use crate::syntax::vocabulary;

/// The most signs of a heading in a second row that no standard knows.
const HEADING_SIGNS: usize = 14;

/// The headings of a table.
#[derive(Clone, Debug)]
pub(super) struct Heads {
    columns: Vec<Head>,
    /// The category and subcategory of the row above.
    category: Option<Piece>,
    subcategory: Option<Piece>,
    whole_period: Inherited,
    /// Codes and names of the department and the project that the row above names.
    identity: Option<[String; 4]>,
    is_fresh: bool,
}

#[derive(Clone, Debug, Default)]
struct Inherited {
    category: Option<Piece>,
    subcategory: Option<Piece>,
}

#[derive(Clone, Debug)]
struct Head {
    cell: u32,
    /// Its words, without what only tells it from another heading.
    label: Piece,
    column: u32,
    columns: u32,
    meaning: Meaning,
    /// In the half of the table that is about more than a year.
    is_whole_period: bool,
}

/// What the cells under a heading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Category,
    Subcategory,
    Name,
    /// The index in the draft's columns.
    Field(u16),
    /// A fact of the project: a table of several projects.
    Project(Content),
    /// The share of the money that is spent by then.
    Checkpoint,
    Furniture,
}

impl Heads {
    /// Whether the rows name their projects.
    pub fn is_flat(&self) -> bool {
        self.columns.iter().any(|head| matches!(head.meaning, Meaning::Project(Content::Name | Content::Code)))
    }

    /// Whether the rows hold targets in the words of the language.
    fn is_typed(&self, columns: &[Column]) -> bool {
        let is_written = |meaning| matches!(meaning, Meaning::Field(index) if columns[usize::from(index)].content == Content::Written);
        self.columns.iter().any(|head| is_written(head.meaning))
    }

    pub fn first_column(&self) -> u32 {
        self.columns.iter().find(|head| head.meaning != Meaning::Furniture).map_or(0, |head| head.column)
    }
}

fn content(walker: &Walker<'_>, slot: &Slot) -> Option<Content> {
    let text = &walker.reading.cells.get(slot.cell).text;
    let is_furniture = walker.lexicon.find(Room::Project, text) == Some(Content::Furniture);
    walker.lexicon.find(Room::Columns, text).filter(|_| !is_furniture)
}

/// Whether a cell says `绩效指标`: over a column of names where no other heading does.
fn names_indicators(walker: &Walker<'_>, slot: &Slot) -> bool {
    let text = &walker.reading.cells.get(slot.cell).text;
    walker.lexicon.find(Room::Project, text) == Some(Content::Furniture)
        && key_of(text).text.ends_with(vocabulary::INDICATOR.0)
}

/// Whether a row holds the headings of an indicator table.
pub(super) fn is_heads(walker: &Walker<'_>, row: &[Slot]) -> bool {
    let full: Vec<&Slot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let found: Vec<Content> = full.iter().filter_map(|slot| content(walker, slot)).collect();
    let has = |wanted: &[Content]| found.iter().any(|one| wanted.contains(one));
    // In a table of several projects some headings are about these.
    let is_flat = columns_of_project(walker, row) > 0;
    let is_known = |slot: &&&Slot| {
        content(walker, slot).is_some()
            || is_flat && walker.lexicon.find(Room::Project, &walker.reading.cells.get(slot.cell).text).is_some()
    };
    let has_names = has(&[Content::Category, Content::Subcategory, Content::Indicator]);
    if !has_names {
        let names = full.iter().filter(|slot| names_indicators(walker, slot)).count();
        return names == 1 && found.len() + names == full.len() && has(&[Content::Target, Content::Value]);
    }
    has(&[Content::Subcategory, Content::Indicator, Content::Target, Content::Value])
        && found.len() >= 2
        && full.iter().filter(is_known).count() * 2 >= full.len()
}

fn label<'a>(walker: &'a Walker<'_>, slot: &Slot) -> &'a str {
    &walker.reading.cells.get(slot.cell).text
}

/// Where the first run of headings in a row of many cells starts, and how many there are.
pub(super) fn run_of_heads(walker: &Walker<'_>, row: &[Slot]) -> Option<(usize, usize)> {
    let known: Vec<bool> = row.iter().map(|slot| !slot.is_blank && content(walker, slot).is_some()).collect();
    let mut start = 0;
    while start < row.len() {
        let length = known[start..].iter().take_while(|known| **known).count();
        if length >= 3 && is_heads(walker, &row[start..start + length]) {
            return Some((start, length));
        }
        start += length.max(1);
    }
    None
}

/// The headings in a row; none where it holds something else. `group` is the row above it.
pub(super) fn heads(walker: &mut Walker<'_>, row: &[Slot], group: Option<&[Slot]>) -> Option<Heads> {
    if !is_heads(walker, row) {
        return None;
    }
    let of_project = columns_of_project(walker, row);
    let has = |wanted: &[Content]| {
        row[of_project..].iter().filter_map(|slot| content(walker, slot)).any(|one| wanted.contains(&one))
    };
    // Beside a comparator or a unit the target is a mere number, unless that has a column of its own.
    let has_parts = has(&[Content::Nature, Content::Measure]) && !has(&[Content::Value]);
    let has_names = row
        .iter()
        .filter_map(|slot| content(walker, slot))
        .any(|one| matches!(one, Content::Category | Content::Subcategory | Content::Indicator));
    let mut heads: Vec<Head> = Vec::new();
    for (index, slot) in row.iter().enumerate() {
        let piece = walker.piece(slot.cell);
        let (label, told) = own_words(walker, &piece);
        let text = walker.reading.text(&label).to_owned();
        let mut meaning = match told {
            _ if slot.is_blank => Meaning::Furniture,
            Some(Told::Project(meaning)) => meaning,
            Some(Told::Indicator) => Meaning::Field(column(walker, Content::Extra, &text)),
            None if !has_names && names_indicators(walker, slot) => Meaning::Name,
            None if index < of_project => {
                of_several(walker, slot).unwrap_or_else(|| meaning(walker, slot, &text, has_parts))
            }
            None => meaning(walker, slot, &text, has_parts),
        };
        let may_come_again = matches!(meaning, Meaning::Project(Content::Fund | Content::Extra));
        let taken = heads.iter().any(|head| head.meaning == meaning);
        if matches!(meaning, Meaning::Project(_)) && taken && !may_come_again {
            meaning = Meaning::Furniture;
        }
        walker.furniture(&piece);
        heads.push(Head {
            cell: slot.cell,
            label,
            column: slot.column,
            columns: slot.columns,
            meaning,
            is_whole_period: false,
        });
    }
    walker.has_code_column = heads.iter().any(|head| head.meaning == Meaning::Project(Content::DepartmentCode));
    split_halves(walker, &mut heads, group);
    note_layout(walker, &heads);
    Some(Heads {
        columns: heads,
        category: None,
        subcategory: None,
        whole_period: Inherited::default(),
        identity: None,
        is_fresh: true,
    })
}

/// The headings of the first table that is a project's form tell the layout of the document; where there is none, those
/// of the first table of several projects.
fn note_layout(walker: &mut Walker<'_>, heads: &[Head]) {
    let is_flat = heads.iter().any(|head| matches!(head.meaning, Meaning::Project(_)));
    let draft = &walker.reading.draft;
    if !if is_flat { &draft.flat_layout } else { &draft.layout }.is_empty() {
        return;
    }
    let mut layout = Vec::new();
    for head in heads.iter().filter(|head| !head.is_whole_period) {
        let content = match head.meaning {
            Meaning::Category => Content::Category,
            Meaning::Subcategory => Content::Subcategory,
            Meaning::Name => Content::Indicator,
            Meaning::Field(column) => walker.reading.draft.columns[column as usize].content,
            Meaning::Project(_) | Meaning::Checkpoint | Meaning::Furniture => continue,
        };
        let text = walker.reading.cells.get(head.cell).text.clone();
        layout.push(Column { content, heading: text.split_whitespace().collect() });
    }
    let is_typed = layout.iter().any(|column: &Column| column.content == Content::Written);
    if !is_flat {
        walker.reading.draft.layout = layout;
    } else if !is_typed {
        walker.reading.draft.flat_layout = layout;
    }
}

fn meaning(walker: &mut Walker<'_>, slot: &Slot, text: &str, has_parts: bool) -> Meaning {
    match content(walker, slot) {
        Some(Content::Category) => Meaning::Category,
        Some(Content::Subcategory) => Meaning::Subcategory,
        Some(Content::Indicator) => Meaning::Name,
        Some(Content::Target) if has_parts => Meaning::Field(column(walker, Content::Value, text)),
        Some(content) => Meaning::Field(column(walker, content, text)),
        None => match walker.lexicon.find(Room::Project, text) {
            Some(Content::Furniture) => Meaning::Furniture,
            Some(content) => Meaning::Project(content),
            None => Meaning::Field(column(walker, Content::Extra, text)),
        },
    }
}

/// The index of a heading in the draft, where it is put once.
pub(super) fn column(walker: &mut Walker<'_>, content: Content, heading: &str) -> u16 {
    let heading: String = heading.split_whitespace().collect();
    let columns = &mut walker.reading.draft.columns;
    let column = Column { content, heading };
    let index = columns.iter().position(|known| *known == column).unwrap_or_else(|| {
        columns.push(column);
        columns.len() - 1
    });
    index as u16
}

/// Where headings come twice, one half is about the whole period: the one whose heading says so, else the first.
fn split_halves(walker: &Walker<'_>, heads: &mut [Head], group: Option<&[Slot]>) {
    let names: Vec<usize> =
        heads.iter().enumerate().filter(|(_, head)| head.meaning == Meaning::Name).map(|(at, _)| at).collect();
    let [first, second, ..] = names[..] else { return };
    let starts = |at: usize| {
        (0..=at)
            .rev()
            .take_while(|place| {
                *place == at
                    || matches!(heads[*place].meaning, Meaning::Category | Meaning::Subcategory | Meaning::Name)
            })
            .last()
            .unwrap_or(at)
    };
    let second_start = starts(second).max(first + 1);
    let boundary = heads[second_start].column;
    let over = |columns: std::ops::Range<u32>| {
        let row = group.into_iter().flatten().filter(|slot| !slot.is_blank);
        let text = |slot: &Slot| walker.reading.cells.get(slot.cell).text.to_string();
        row.filter(|slot| slot.column < columns.end && columns.start < slot.column + slot.columns)
            .any(|slot| walker.lexicon.names_whole_period(&text(slot)))
    };
    let second_is_period = over(boundary..u32::MAX) && !over(0..boundary);
    for head in heads {
        head.is_whole_period = (head.column >= boundary) == second_is_period && head.meaning != Meaning::Furniture;
    }
}

/// A second row of headings, under those that span columns. Whether the row was one.
pub(super) fn refine(walker: &mut Walker<'_>, heads: &mut Heads, row: &[Slot]) -> bool {
    if !std::mem::take(&mut heads.is_fresh) {
        return false;
    }
    let full: Vec<&Slot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let goes_on = row.first().is_some_and(|slot| slot.is_blank);
    let is_word = |slot: &&Slot| {
        let text = &walker.reading.cells.get(slot.cell).text;
        content(walker, slot).is_some()
            || text.chars().count() <= HEADING_SIGNS && !text.contains(|sign: char| sign.is_ascii_digit())
    };
    let known = full.iter().filter(|slot| content(walker, slot).is_some()).count();
    if !goes_on || known == 0 || !full.iter().all(is_word) {
        return false;
    }
    let has_parts = full
        .iter()
        .filter_map(|slot| content(walker, slot))
        .any(|one| matches!(one, Content::Nature | Content::Measure | Content::Value));
    for slot in full {
        let piece = walker.piece(slot.cell);
        let text = walker.reading.text(&piece).to_owned();
        let meaning = meaning(walker, slot, &text, has_parts);
        walker.furniture(&piece);
        let Some(at) = heads
            .columns
            .iter()
            .position(|head| head.column <= slot.column && slot.column < head.column + head.columns)
        else {
            continue;
        };
        let wide = heads.columns[at].clone();
        let head =
            Head { cell: slot.cell, label: piece, column: slot.column, columns: slot.columns, meaning, ..wide.clone() };
        if slot.column > wide.column {
            heads.columns[at].columns = slot.column - wide.column;
            heads.columns.insert(at + 1, Head { columns: slot.columns, ..head });
        } else {
            heads.columns[at] = Head { columns: wide.columns, ..head };
        }
    }
    walker.reading.draft.layout.clear();
    note_layout(walker, &heads.columns);
    true
}

/// A row of the table.
pub(super) fn indicator(walker: &mut Walker<'_>, heads: &mut Heads, row: &[Slot]) {
    if level_alone(walker, heads, row) {
        return;
    }
    let pairs = align(walker, heads, row);
    if total_row(walker, heads, &pairs) {
        return;
    }
    if heads.is_flat() {
        enter(walker, heads, &pairs);
    }
    for (head, slot) in pairs.iter().filter(|(_, slot)| !slot.is_blank) {
        let label = heads.columns[*head].label.clone();
        let value = walker.piece(slot.cell);
        let before = walker.project;
        match heads.columns[*head].meaning {
            Meaning::Project(content) => project_fact(walker, content, &label, &value),
            Meaning::Checkpoint => share(walker, label, value),
            Meaning::Category | Meaning::Subcategory | Meaning::Name | Meaning::Field(_) | Meaning::Furniture => {}
        }
        if walker.project != before {
            (heads.category, heads.subcategory) = (None, None);
        }
    }
    if heads.is_typed(&walker.reading.draft.columns)
        && let Some(project) = walker.project
    {
        walker.reading.draft.projects[project].is_typed = true;
    }
    for is_whole_period in [false, true] {
        let half: Vec<(usize, &Slot)> = pairs
            .iter()
            .filter(|(head, _)| heads.columns[*head].is_whole_period == is_whole_period)
            .map(|(head, slot)| (*head, *slot))
            .collect();
        if half.iter().any(|(_, slot)| !slot.is_blank) {
            half_row(walker, heads, &half, is_whole_period);
        }
    }
}

/// A row that holds nothing but the name of a category: it leads the rows below.
fn level_alone(walker: &mut Walker<'_>, heads: &mut Heads, row: &[Slot]) -> bool {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    let (Some(only), None) = (full.next(), full.next()) else { return false };
    let piece = walker.piece(only.cell);
    let level = walker.lexicon.category(walker.reading.text(&piece));
    let has_column = walker.reading.draft.layout.iter().any(|column| column.content == Content::Category);
    if level == Some(Level::First) && !has_column && !heads.is_flat() {
        // The form's own table has a column for what it says in rows.
        let heading = column_key(Content::Category).unwrap_or_default().to_owned();
        walker.reading.draft.layout.insert(0, Column { content: Content::Category, heading });
    }
    match level {
        Some(Level::First) => (heads.category, heads.subcategory) = (Some(piece), None),
        Some(Level::Second) => heads.subcategory = Some(piece),
        None => return false,
    }
    true
}

/// `总分 | 100 | 95.8`: no indicator, though it stands in the table.
fn total_row(walker: &mut Walker<'_>, heads: &Heads, pairs: &[(usize, &Slot)]) -> bool {
    let mut full = pairs.iter().filter(|(_, slot)| !slot.is_blank);
    let Some((_, first)) = full.next() else { return false };
    let label = walker.piece(first.cell);
    if walker.lexicon.find(Room::Project, walker.reading.text(&label)) != Some(Content::Furniture) || heads.is_flat() {
        return false;
    }
    let figures: Vec<(Piece, Piece)> =
        full.map(|(head, slot)| (walker.piece(heads.columns[*head].cell), walker.piece(slot.cell))).collect();
    if figures.iter().any(|(_, value)| !table::amount_like(walker.reading.text(value))) {
        return false;
    }
    matrix::total(walker, &label, &figures);
    true
}

/// Which heading each cell of a row stands under.
fn align<'a>(walker: &Walker<'_>, heads: &Heads, row: &'a [Slot]) -> Vec<(usize, &'a Slot)> {
    if row.len() == heads.columns.len() {
        return (0..row.len()).zip(row).collect();
    }
    let width = |end: Option<u32>| end.unwrap_or(0);
    let row_end = width(row.last().map(|slot| slot.column + slot.columns));
    let heads_end = width(heads.columns.last().map(|head| head.column + head.columns));
    if row_end == heads_end {
        let under = |slot: &Slot| {
            heads
                .columns
                .iter()
                .position(|head| slot.column < head.column + head.columns && head.column < slot.column + slot.columns)
        };
        return row.iter().filter_map(|slot| Some((under(slot)?, slot))).collect();
    }
    // Cells that carry on from above were left out: the row starts at the level that its first cell names.
    let missing = heads.columns.len().saturating_sub(row.len());
    let level = row.first().and_then(|slot| walker.lexicon.category(&walker.reading.cells.get(slot.cell).text));
    let lead = match level {
        Some(Level::First) => heads.columns.iter().position(|head| head.meaning == Meaning::Category).unwrap_or(0),
        Some(Level::Second) => {
            heads.columns.iter().position(|head| head.meaning == Meaning::Subcategory).unwrap_or(missing)
        }
        None => missing,
    };
    (lead..heads.columns.len()).zip(row).collect()
}

/// A row's year half or its half of the whole period.
fn half_row(walker: &mut Walker<'_>, heads: &mut Heads, half: &[(usize, &Slot)], is_whole_period: bool) {
    let Some(first_cell) = half.first().map(|(_, slot)| slot.cell) else { return };
    let mut draft = IndicatorDraft { first_cell, ..IndicatorDraft::default() };
    let (mut category, mut subcategory) = if is_whole_period {
        (heads.whole_period.category.clone(), heads.whole_period.subcategory.clone())
    } else {
        (heads.category.clone(), heads.subcategory.clone())
    };
    for (head, slot) in half.iter().filter(|(_, slot)| !slot.is_blank) {
        let piece = walker.piece(slot.cell);
        match heads.columns[*head].meaning {
            Meaning::Category => {
                let is_new =
                    category.as_ref().is_none_or(|known| walker.reading.text(known) != walker.reading.text(&piece));
                if is_new {
                    subcategory = None;
                    category = Some(piece);
                } else {
                    walker.claim(&piece, Use::Repeat);
                }
            }
            Meaning::Subcategory => {
                let is_new =
                    subcategory.as_ref().is_none_or(|known| walker.reading.text(known) != walker.reading.text(&piece));
                if is_new {
                    subcategory = Some(piece);
                } else {
                    walker.claim(&piece, Use::Repeat);
                }
            }
            Meaning::Name => draft.name = Some(piece),
            Meaning::Field(column) => draft.fields.push((column, piece)),
            Meaning::Furniture => walker.furniture_word(&piece),
            Meaning::Project(_) | Meaning::Checkpoint => {}
        }
    }
    if is_whole_period {
        heads.whole_period = Inherited { category: category.clone(), subcategory: subcategory.clone() };
    } else {
        (heads.category, heads.subcategory) = (category.clone(), subcategory.clone());
    }
    if draft.name.is_none() {
        // Without third level: a second that is no category names the indicator.
        let free = subcategory.clone().filter(|piece| walker.lexicon.category(walker.reading.text(piece)).is_none());
        if free.is_some() && !draft.fields.is_empty() {
            draft.name = free;
            subcategory = None;
            heads.subcategory = None;
            names_in_second_level(walker);
        }
    }
    if draft.name.is_none() {
        return;
    }
    (draft.category, draft.subcategory) = (category, subcategory);
    let project = walker.current(first_cell);
    if is_whole_period {
        project.whole_period.push(draft);
    } else {
        project.indicators.push(draft);
    }
}

/// The column of the second level holds names: so it is printed.
fn names_in_second_level(walker: &mut Walker<'_>) {
    let layout = &mut walker.reading.draft.layout;
    if layout.iter().all(|column| column.content != Content::Indicator)
        && let Some(second) = layout.iter_mut().find(|column| column.content == Content::Subcategory)
    {
        second.content = Content::Indicator;
    }
}

impl Walker<'_> {
    /// A cell in a column of the form's own: its words are furniture where a standard knows them, or where they number.
    fn furniture_word(&mut self, piece: &Piece) {
        let text = self.reading.text(piece).to_owned();
        let is_number = text.chars().all(|sign| sign.is_ascii_digit());
        if is_number || self.lexicon.find(Room::Project, &text) == Some(Content::Furniture) {
            self.furniture(piece);
        } else if !key_of(&text).text.is_empty() {
            self.reading.guess(Some(piece), texts::guessed_column(&text));
        }
    }
}
