//! The rows of headings over an indicator table: which rows they are, and what each heading means.

use super::by_cells::ByCells;
use super::heading::{ColumnHeading, HeadMeaning, Heads, Inherited, ProjectSums, content};
use super::several::{Told, columns_of_project, of_several, own_words};
use crate::diagnostic::texts;
use crate::import::recognise::claim::{Claim, Claims};
use crate::import::recognise::draft::FormColumn;
use crate::import::recognise::lexicon::{Content, LabelRoom, key_of};
use crate::import::recognise::slot::{GridSlot, single};
use crate::import::recognise::view::{NumberedColumns, View};
use crate::import::recognise::year_content::YearContent;
use crate::language::Field;
use crate::syntax::vocabulary;

/// The most signs of a heading in a second row that no standard knows.
const HEADING_SIGNS: usize = 14;

/// Whether a cell says `绩效指标`: over a column of names where no other heading does.
fn names_indicators(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    view.lexicon.find(LabelRoom::Project, text) == Some(Content::Furniture)
        && key_of(text).text.ends_with(vocabulary::INDICATOR.0)
}

/// Whether a row holds the headings of an indicator table.
pub fn is_heads(view: &View<'_>, row: &[GridSlot]) -> bool {
    let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let found: Vec<Content> = full.iter().filter_map(|slot| content(view, slot)).collect();
    let has = |wanted: &[Content]| found.iter().any(|one| wanted.contains(one));
    // In a table of several projects some headings are about these.
    let is_flat = columns_of_project(view, row) > 0;
    let is_known = |slot: &&&GridSlot| {
        content(view, slot).is_some()
            || is_flat && view.lexicon.find(LabelRoom::Project, view.words(slot.cell)).is_some()
    };
    let has_names = has(&[Content::Category, Content::Subcategory, Content::Indicator]);
    if !has_names {
        let names = full.iter().filter(|slot| names_indicators(view, slot)).count();
        return names == 1 && found.len() + names == full.len() && has(&[Content::Target, Content::Value]);
    }
    has(&[Content::Subcategory, Content::Indicator, Content::Target, Content::Value])
        && found.len() >= 2
        && full.iter().filter(is_known).count() * 2 >= full.len()
}

/// Where the first run of headings in a row of many cells starts, and how many there are.
pub fn run_of_heads(view: &View<'_>, row: &[GridSlot]) -> Option<(usize, usize)> {
    let known: Vec<bool> = row.iter().map(|slot| !slot.is_blank && content(view, slot).is_some()).collect();
    let mut start = 0;
    while start < row.len() {
        let length = known[start..].iter().take_while(|known| **known).count();
        if length >= 3 && is_heads(view, &row[start..start + length]) {
            return Some((start, length));
        }
        start += length.max(1);
    }
    None
}

/// Whether a row holds nothing but headings over those of the row below it: `年度指标值` over its sign, its number and
/// its unit, `实施期目标` over half of a table.
pub fn is_group(view: &View<'_>, row: &[GridSlot], below: &[GridSlot]) -> bool {
    let is_label = |slot: &GridSlot| {
        let text = view.words(slot.cell);
        content(view, slot).is_some()
            || view
                .lexicon
                .find(LabelRoom::Project, text)
                .is_some_and(|content| !matches!(content, Content::Name | Content::Code))
            || text.chars().count() <= HEADING_SIGNS && view.lexicon.names_period(text)
    };
    let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let spans = |slot: &&GridSlot| {
        slot.columns > 1 || below.iter().filter(|one| one.column == slot.column).any(|one| one.is_blank)
    };
    full.len() > 1 && full.iter().all(|slot| is_label(slot)) && full.iter().any(spans) && is_heads(view, below)
}

/// The heading that goes on from the row above over a blank place of a row.
fn going_on<'s>(slot: &'s GridSlot, group: Option<&'s [GridSlot]>) -> &'s GridSlot {
    let over = |above: &&GridSlot| above.covers(slot.column) && !above.is_blank;
    group.filter(|_| slot.is_blank).and_then(|row| row.iter().find(over)).unwrap_or(slot)
}

/// Where no cell is merged, targets beside each other that each go on over blank headings: their signs, numbers and units
/// stand in cells of their own.
fn widened(view: &View<'_>, row: Vec<GridSlot>) -> Vec<GridSlot> {
    let is_target = |slot: &GridSlot| {
        matches!(content(view, slot), Some(Content::Target | Content::WholePeriod))
            || view.lexicon.find(LabelRoom::Project, view.words(slot.cell)) == Some(Content::Goal)
    };
    let goes_on = |pair: &&[GridSlot]| is_target(&pair[0]) && pair[1].is_blank;
    if row.iter().any(|slot| slot.columns > 1 || slot.continues) || row.windows(2).filter(goes_on).count() < 2 {
        return row;
    }
    let mut wide: Vec<GridSlot> = Vec::with_capacity(row.len());
    for slot in row {
        match wide.last_mut().filter(|last| slot.is_blank && is_target(last)) {
            Some(last) => last.columns += slot.columns,
            None => wide.push(slot),
        }
    }
    wide
}

/// The headings in a row; none where it holds something else. `group` is the row above it, `below` are those under it.
pub fn read(
    view: &View<'_>,
    row: &[GridSlot],
    group: Option<&[GridSlot]>,
    below: &[Vec<GridSlot>],
) -> Option<(Heads, Claims)> {
    if !is_heads(view, row) {
        return None;
    }
    let above = group.filter(|above| is_heads(view, above) || is_group(view, above, row));
    // 指标值 over its sign, its number and its unit.
    let own = row;
    let above_of = |slot: &GridSlot| {
        let over = above?.iter().find(|one| one.covers(slot.column))?;
        // Where no cell is merged, the last heading at the left goes on, if it has headings below itself.
        let is_left = |one: &&GridSlot| one.column < slot.column && !one.is_blank;
        let has_below = |one: &&GridSlot| own.iter().any(|below| below.column == one.column && !below.is_blank);
        let over = if over.is_blank { above?.iter().rfind(is_left).filter(has_below)? } else { over };
        (over.cell != slot.cell).then_some(over.cell)
    };
    let over: Vec<&GridSlot> = row.iter().map(|slot| going_on(slot, above)).collect();
    let goes_on = over.iter().zip(row).any(|(over, slot)| over.cell != slot.cell);
    let row: Vec<GridSlot> = (over.into_iter().zip(own))
        .map(|(over, slot)| GridSlot { cell: over.cell, is_blank: over.is_blank, ..slot.clone() })
        .collect();
    let row: &[GridSlot] = &widened(view, row);
    let of_project = columns_of_project(view, row);
    let by_cells = ByCells::read(view, &row[of_project..], below);
    let content = |view: &View<'_>, slot: &GridSlot| by_cells.content(view, slot);
    let has = |wanted: &[Content]| {
        row[of_project..].iter().filter_map(|slot| content(view, slot)).any(|one| wanted.contains(&one))
    };
    let ends = |wanted: Content, end: fn(&GridSlot) -> u32| -> Vec<u32> {
        row.iter().filter(|slot| content(view, slot) == Some(wanted)).map(end).collect()
    };
    // Beside a comparator or a unit the target is a mere number, unless that has a column of its own.
    let kinds = HeadKinds {
        by_cells: by_cells.clone(),
        has_parts: has(&[Content::Nature, Content::Measure]) && !has(&[Content::Value]),
        before_units: ends(Content::Measure, |slot| slot.column),
        behind_signs: ends(Content::Nature, |slot| slot.column + slot.columns),
        has_target: has(&[Content::Target, Content::Value, Content::Written]),
        of_year: row.iter().map(|slot| content(view, slot)).collect(),
    };
    let is_of_period = |slot: &GridSlot| {
        let over = group.and_then(|row| row.iter().find(|above| !above.is_blank && above.covers(slot.column)));
        over.is_some_and(|above| above.columns > 1 && above.cell != slot.cell && is_period_heading(view, above))
    };
    let has_names = row
        .iter()
        .filter_map(|slot| content(view, slot))
        .any(|one| matches!(one, Content::Category | Content::Subcategory | Content::Indicator));
    // 长期绩效指标 | 一级指标 | …: at the left of the headings, or alone above them.
    let lead = row.iter().find(|slot| !slot.is_blank).filter(|slot| is_period_of_table(view, slot));
    let above = group.and_then(|row| single(row)).filter(|slot| is_period_of_table(view, slot));
    let stated = above.map(|slot| Claim::Furniture(view.piece(slot.cell)));
    let is_of_long_term = lead.or(above).is_some_and(|slot| view.lexicon.names_whole_period(view.words(slot.cell)));
    let mut columns = view.columns();
    let mut claims: Claims = stated.into_iter().collect();
    let mut heads: Vec<ColumnHeading> = Vec::new();
    for (index, slot) in row.iter().enumerate() {
        let piece = view.piece(slot.cell);
        let (label, told) = own_words(view, &piece);
        let text = view.text(&label);
        let mut meaning = match told {
            _ if slot.is_blank || lead.is_some_and(|lead| lead.cell == slot.cell) => HeadMeaning::Furniture,
            Some(Told::Project(meaning)) => meaning,
            Some(Told::Indicator) => field(&mut columns, Content::Extra, text),
            None if !has_names && names_indicators(view, slot) => HeadMeaning::Name,
            None if index < of_project => {
                of_several(view, slot).unwrap_or_else(|| meaning(view, &mut columns, slot, text, &kinds))
            }
            None => meaning(view, &mut columns, slot, text, &kinds),
        };
        if let HeadMeaning::Field(_, Content::Target | Content::Value | Content::Nature | Content::Measure) = meaning
            && is_of_period(slot)
        {
            meaning = field(&mut columns, Content::WholePeriod, text);
        }
        let may_come_again = matches!(meaning, HeadMeaning::Project(Content::Fund | Content::Extra));
        let taken = heads.iter().any(|head| head.meaning == meaning);
        if matches!(meaning, HeadMeaning::Project(_)) && taken && !may_come_again {
            meaning = HeadMeaning::Furniture;
        }
        claims.extend(months(view, meaning, slot));
        if kinds.by_cells.target == Some(slot.cell) {
            claims.push(Claim::Guess(piece.clone(), texts::guessed_target_column(text)));
        }
        claims.push(Claim::Furniture(piece));
        heads.push(ColumnHeading {
            cell: slot.cell,
            label,
            column: slot.column,
            columns: slot.columns,
            above: above_of(slot),
            meaning,
            is_whole_period: false,
        });
    }
    if heads.iter().any(|head| head.columns > 1 && matches!(head.meaning, HeadMeaning::Field(_, Content::Target))) {
        for part in TARGET_PARTS {
            columns.number(part, "");
        }
    }
    let has_code_column = heads.iter().any(|head| head.meaning == HeadMeaning::Project(Content::DepartmentCode));
    split_halves(view, &mut heads, group);
    if is_of_long_term {
        for head in heads.iter_mut().filter(|head| head.meaning != HeadMeaning::Furniture) {
            head.is_whole_period = true;
        }
    }
    claims.extend(goes_on.then_some(Claim::LayoutAnew));
    claims.extend([Claim::Columns(columns.new), Claim::CodeColumn(has_code_column), layout(view, &heads)]);
    let (year, whole_period) = (Inherited::default(), Inherited::default());
    Some((
        Heads { columns: heads, year, whole_period, identity: None, is_fresh: true, sums: ProjectSums::default() },
        claims,
    ))
}

/// `长期绩效指标`, `年度绩效指标`: of how many years the targets below are.
fn is_period_of_table(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    let key = key_of(text).text;
    matches!(content(view, slot), None | Some(Content::WholePeriod | Content::Target))
        && key.chars().count() <= HEADING_SIGNS
        && (view.lexicon.names_whole_period(text) || view.lexicon.names_a_year(text))
        && [vocabulary::INDICATOR.0, Field::Goal.row().name].iter().any(|end| key.ends_with(end))
}

/// Whether words over headings say that these are about more than a year; a goal of three years does not.
fn is_period_heading(view: &View<'_>, slot: &GridSlot) -> bool {
    let text = view.words(slot.cell);
    let key = key_of(text).text;
    let ends = || [vocabulary::INDICATOR.0, Field::Goal.row().name].iter().any(|end| key.ends_with(end));
    view.lexicon.names_whole_period(text)
        && key.chars().count() <= HEADING_SIGNS
        && (view.lexicon.find(LabelRoom::Project, text).is_some()
            || content(view, slot).is_some()
            || view.lexicon.names_period(text)
            || ends())
}

/// The layout that the headings of a table have.
fn layout(view: &View<'_>, heads: &[ColumnHeading]) -> Claim {
    let mut columns = Vec::new();
    // The half of the year may share the first level of the other.
    let is_level = |head: &ColumnHeading| head.meaning == HeadMeaning::Category;
    let has_level = heads.iter().any(|head| is_level(head) && !head.is_whole_period);
    let of_year = |head: &&ColumnHeading| !head.is_whole_period || is_level(head) && !has_level;
    for head in heads.iter().filter(of_year) {
        let content = match head.meaning {
            HeadMeaning::Category => Content::Category,
            HeadMeaning::Subcategory => Content::Subcategory,
            HeadMeaning::Name => Content::Indicator,
            HeadMeaning::Project(_) | HeadMeaning::Checkpoint | HeadMeaning::Furniture => continue,
            HeadMeaning::Field(_, content) => content,
        };
        let plain = |cell: u32| view.words(cell).split_whitespace().collect::<String>();
        columns.push(FormColumn { content, above: head.above.map(plain), heading: plain(head.cell) });
    }
    Claim::Layout { columns, is_flat: heads.iter().any(|head| matches!(head.meaning, HeadMeaning::Project(_))) }
}

/// What stands in a table of indicators besides a heading.
#[derive(Default)]
struct HeadKinds {
    /// A comparator or a unit: what else is wanted is a mere number.
    has_parts: bool,
    /// The columns before which a target ends that has a unit behind it, and at which one starts behind a comparator.
    before_units: Vec<u32>,
    behind_signs: Vec<u32>,
    /// A column of targets, under a word that says so.
    has_target: bool,
    /// What the headings announce, each in its place.
    of_year: Vec<Option<Content>>,
    /// What the cells below say of headings that no standard knows.
    by_cells: ByCells,
}

impl HeadKinds {
    /// Whether a target is a mere number. A wide heading is over all parts of it, where they stand in cells without headings
    /// of their own; beside theirs its cells are merged.
    fn is_number(&self, slot: &GridSlot) -> bool {
        let is_beside =
            self.before_units.contains(&(slot.column + slot.columns)) || self.behind_signs.contains(&slot.column);
        self.has_parts && (slot.columns == 1 || is_beside)
    }
}

/// The cells of a target that share a wide heading.
pub const TARGET_PARTS: [Content; 3] = [Content::Nature, Content::Value, Content::Measure];

fn meaning(
    view: &View<'_>,
    columns: &mut NumberedColumns<'_>,
    slot: &GridSlot,
    text: &str,
    kinds: &HeadKinds,
) -> HeadMeaning {
    match kinds.by_cells.content(view, slot) {
        Some(Content::Category) => HeadMeaning::Category,
        Some(Content::Subcategory) => HeadMeaning::Subcategory,
        Some(Content::Indicator) => HeadMeaning::Name,
        Some(Content::Target) if kinds.is_number(slot) => field(columns, Content::Value, text),
        Some(content) => field(columns, content, text),
        None => match view.lexicon.find(LabelRoom::Project, text) {
            Some(Content::Furniture) => HeadMeaning::Furniture,
            // 实施期目标 beside 年度目标 over targets.
            Some(Content::Goal) if !kinds.has_target => field(
                columns,
                if kinds.has_parts && slot.columns == 1 { Content::Value } else { Content::Target },
                text,
            ),
            Some(content) => HeadMeaning::Project(content),
            None if kinds.by_cells.target == Some(slot.cell) => {
                field(columns, if kinds.is_number(slot) { Content::Value } else { Content::Target }, text)
            }
            None if kinds.by_cells.first == Some(slot.cell) => HeadMeaning::Category,
            None if kinds.by_cells.second == Some(slot.cell) => HeadMeaning::Subcategory,
            None => {
                // Only where others say that the table is of what was reached.
                let is_of_year = kinds.of_year.iter().any(|one| matches!(one, Some(Content::OfYear(_))));
                let like = view.lexicon.like_year_column(text).map(Content::OfYear).filter(|_| is_of_year);
                field(columns, like.filter(|one| !kinds.of_year.contains(&Some(*one))).unwrap_or(Content::Extra), text)
            }
        },
    }
}

/// The months that a heading of the year names.
fn months(view: &View<'_>, meaning: HeadMeaning, slot: &GridSlot) -> Option<Claim> {
    let is_of_year = matches!(meaning, HeadMeaning::Field(_, Content::OfYear(_)));
    view.lexicon
        .parts_of_year
        .months_in(view.words(slot.cell))
        .filter(|_| is_of_year)
        .map(|(_, month)| Claim::Months(month))
}

/// A heading below one that spans several columns: of causes or of likelihoods it says which.
fn below(view: &View<'_>, over: HeadMeaning, slot: &GridSlot) -> Option<YearContent> {
    let HeadMeaning::Field(_, Content::OfYear(over)) = over else { return None };
    let text = view.words(slot.cell);
    let known = |content| match content {
        Some(Content::OfYear(content)) => Some(content),
        _ => None,
    };
    match over {
        YearContent::Likelihood => Some(YearContent::LikelihoodTick).filter(|_| view.lexicon.is_possibility(text)),
        YearContent::Deviation | YearContent::DeviationAndRemedy if view.lexicon.is_deviation_kind(text) => {
            Some(YearContent::DeviationOfKind)
        }
        YearContent::Deviation | YearContent::DeviationAndRemedy => {
            Some(known(content(view, slot)).unwrap_or(YearContent::Deviation))
        }
        // 实际完成值 over 数值 and 说明.
        YearContent::Reached => match content(view, slot) {
            Some(Content::Target | Content::Value) => Some(YearContent::Reached),
            one => known(one),
        },
        _ => None,
    }
}

fn field(columns: &mut NumberedColumns<'_>, content: Content, heading: &str) -> HeadMeaning {
    HeadMeaning::Field(columns.number(content, heading), content)
}

/// Where headings come twice, one half is about the whole period: the one whose heading says so, else the first.
fn split_halves(view: &View<'_>, heads: &mut [ColumnHeading], group: Option<&[GridSlot]>) {
    let names: Vec<usize> =
        heads.iter().enumerate().filter(|(_, head)| head.meaning == HeadMeaning::Name).map(|(at, _)| at).collect();
    let [first, second, ..] = names[..] else { return };
    let starts = |at: usize| {
        (0..=at)
            .rev()
            .take_while(|place| {
                *place == at
                    || matches!(
                        heads[*place].meaning,
                        HeadMeaning::Category | HeadMeaning::Subcategory | HeadMeaning::Name
                    )
            })
            .last()
            .unwrap_or(at)
    };
    let second_start = starts(second).max(first + 1);
    let boundary = heads[second_start].column;
    let over = |columns: std::ops::Range<u32>| {
        let row = group.into_iter().flatten().filter(|slot| !slot.is_blank);
        row.filter(|slot| slot.column < columns.end && columns.start < slot.column + slot.columns)
            .any(|slot| is_period_heading(view, slot))
    };
    let second_is_period = over(boundary..u32::MAX) && !over(0..boundary);
    for head in heads {
        head.is_whole_period = (head.column >= boundary) == second_is_period && head.meaning != HeadMeaning::Furniture;
    }
}

/// A second row of headings, under those that span columns. None where the row is something else.
pub fn refine(view: &View<'_>, heads: &mut Heads, row: &[GridSlot]) -> Option<Claims> {
    if !std::mem::take(&mut heads.is_fresh) {
        return None;
    }
    let full: Vec<&GridSlot> = row.iter().filter(|slot| !slot.is_blank).collect();
    let goes_on = row.first().is_some_and(|slot| slot.is_blank);
    // Where cells are not merged, blank headings go on with the one at their left.
    let wide = |slot: &GridSlot| {
        let is_left = |head: &&ColumnHeading| head.column <= slot.column && !view.words(head.cell).trim().is_empty();
        heads.columns.iter().rfind(is_left).map(|head| head.meaning)
    };
    // By the headings that they stand under, before these are parted.
    let of_year: Vec<Option<YearContent>> =
        full.iter().map(|slot| wide(slot).and_then(|over| below(view, over, slot))).collect();
    let is_word = |slot: &&GridSlot| {
        let text = view.words(slot.cell);
        content(view, slot).is_some()
            || text.chars().count() <= HEADING_SIGNS && !text.contains(|sign: char| sign.is_ascii_digit())
    };
    // 优 | 良 | 中 | 差: the best of the grades is the target, and what the others are is kept beside it.
    let texts: Vec<&str> = full.iter().map(|slot| view.words(slot.cell)).collect();
    let scale = view.lexicon.scales.among(&texts);
    let is_target = |meaning: HeadMeaning| matches!(meaning, HeadMeaning::Field(_, Content::Target | Content::Value));
    let is_over = |at: usize| wide(full[at]).is_some_and(is_target);
    let best =
        scale.map(|(at, _)| at).filter(|at| is_over(*at) || !heads.columns.iter().any(|head| is_target(head.meaning)));
    let known = usize::from(scale.is_some())
        + full.iter().zip(&of_year).filter(|(slot, one)| one.is_some() || content(view, slot).is_some()).count();
    if !goes_on || known == 0 || !full.iter().all(is_word) {
        return None;
    }
    let has_parts = full
        .iter()
        .filter_map(|slot| content(view, slot))
        .any(|one| matches!(one, Content::Nature | Content::Measure | Content::Value));
    let of_year_heads = full.iter().map(|slot| content(view, slot)).collect();
    let kinds = HeadKinds { has_parts, has_target: true, of_year: of_year_heads, ..HeadKinds::default() };
    let of_period: Vec<bool> =
        full.iter().map(|slot| matches!(wide(slot), Some(HeadMeaning::Field(_, Content::WholePeriod)))).collect();
    let mut columns = view.columns();
    let mut claims = Vec::new();
    for (index, ((slot, of_year), is_of_period)) in full.into_iter().zip(of_year).zip(of_period).enumerate() {
        let piece = view.piece(slot.cell);
        let text = view.text(&piece);
        let meaning = match of_year {
            Some(content) => field(&mut columns, Content::OfYear(content), text),
            None if is_of_period => field(&mut columns, Content::WholePeriod, text),
            None if best == Some(index) => field(&mut columns, Content::Target, text),
            None if scale.is_some_and(|(at, length)| (at..at + length).contains(&index)) => {
                field(&mut columns, Content::Extra, text)
            }
            None => meaning(view, &mut columns, slot, text, &kinds),
        };
        claims.extend(months(view, meaning, slot));
        claims.push(Claim::Furniture(piece.clone()));
        let Some(at) = heads
            .columns
            .iter()
            .position(|head| head.column <= slot.column && slot.column < head.column + head.columns)
        else {
            continue;
        };
        let wide = heads.columns[at].clone();
        let is_left = |head: &&ColumnHeading| head.column <= slot.column && !view.words(head.cell).trim().is_empty();
        let above = heads.columns.iter().rfind(is_left).and_then(|head| head.above.or(Some(head.cell)));
        let head = ColumnHeading {
            cell: slot.cell,
            label: piece,
            column: slot.column,
            columns: slot.columns,
            above,
            meaning,
            ..wide.clone()
        };
        if slot.column > wide.column {
            heads.columns[at].columns = slot.column - wide.column;
            // What is left of the wide one is parted further by the headings that follow.
            let columns = wide.column + wide.columns - slot.column;
            heads.columns.insert(at + 1, ColumnHeading { columns, ..head });
        } else {
            heads.columns[at] = ColumnHeading { columns: wide.columns, ..head };
        }
    }
    claims.extend([Claim::Columns(columns.new), Claim::LayoutAnew, layout(view, &heads.columns)]);
    Some(claims)
}
