//! Indicators without a table: each cell in a row of its own beside its label, or the path of an indicator as the label.

use super::columns;
use super::draft::IndicatorDraft;
use super::lexicon::{Content, Level, Room};
use super::office::Walker;
use super::table::Slot;
use crate::import::account::Piece;

/// The levels that the rows above named, while an indicator is open.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    category: Option<Piece>,
    subcategory: Option<Piece>,
    is_open: bool,
}

impl Pairs {
    /// `三级指标 | 储备帐篷数`, a row after another. Whether the row was one.
    pub fn row(&mut self, walker: &mut Walker<'_>, row: &[Slot]) -> bool {
        let Some((label, value)) = pair(walker, row) else { return false };
        let text = walker.reading.text(&label).to_owned();
        let known = walker.lexicon.find(Room::Columns, &text);
        let is_level = matches!(known, Some(Content::Category | Content::Subcategory | Content::Indicator));
        let is_field = walker.lexicon.find(Room::Project, &text).is_none() || matches!(known, Some(Content::Measure));
        let Some(content) = known.filter(|_| is_level || self.is_open && is_field) else {
            self.is_open = false;
            return false;
        };
        walker.furniture(&label);
        match content {
            Content::Category => (self.category, self.subcategory) = (Some(value), None),
            Content::Subcategory => self.subcategory = Some(value),
            Content::Indicator => {
                let draft = IndicatorDraft {
                    category: self.category.clone(),
                    subcategory: self.subcategory.clone(),
                    name: Some(value),
                    fields: Vec::new(),
                    again: Vec::new(),
                    first_cell: label.cell,
                };
                walker.current(label.cell).indicators.push(draft);
                self.is_open = true;
            }
            content => {
                let column = columns::column(walker, content, &text);
                if let Some(last) = walker.current(label.cell).indicators.last_mut() {
                    last.fields.push((column, value));
                }
            }
        }
        true
    }
}

/// `产出指标-数量指标-储备帐篷数 | ≥100顶`. Whether the row was one.
pub(super) fn path_row(walker: &mut Walker<'_>, row: &[Slot]) -> bool {
    let Some((label, value)) = pair(walker, row) else { return false };
    let text = walker.reading.text(&label).to_owned();
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, sign) in
        text.char_indices().filter(|(_, sign)| matches!(sign, '-' | '—' | '－' | '/' | '→' | '>' | '·' | '.'))
    {
        // The name keeps its own strokes.
        if parts.len() < 2 {
            parts.push(start..at);
            start = at + sign.len_utf8();
        }
    }
    parts.push(start..text.len());
    let level = |range: &std::ops::Range<usize>| walker.lexicon.category(&text[range.clone()]);
    let [first, rest @ ..] = &parts[..] else { return false };
    if rest.is_empty()
        || level(first) != Some(Level::First)
        || parts.iter().any(|part| text[part.clone()].trim().is_empty())
    {
        return false;
    }
    let has_second = rest.len() == 2 && level(&rest[0]) == Some(Level::Second);
    let name = if has_second { rest[1].clone() } else { rest[0].start..text.len() };
    let draft = IndicatorDraft {
        category: Some(label.part(&text, first.clone())),
        subcategory: has_second.then(|| label.part(&text, rest[0].clone())),
        name: Some(label.part(&text, name.clone())),
        fields: vec![(columns::column(walker, Content::Target, ""), value)],
        again: Vec::new(),
        first_cell: label.cell,
    };
    // The strokes between the names.
    let ends = if has_second {
        vec![(first.end, rest[0].start), (rest[0].end, name.start)]
    } else {
        vec![(first.end, name.start)]
    };
    for (start, end) in ends {
        walker.furniture(&label.part(&text, start..end));
    }
    walker.current(label.cell).indicators.push(draft);
    true
}

/// The two cells of a row that has no others.
fn pair(walker: &Walker<'_>, row: &[Slot]) -> Option<(Piece, Piece)> {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    let (label, value) = (full.next()?, full.next()?);
    full.next().is_none().then(|| (walker.piece(label.cell), walker.piece(value.cell)))
}
