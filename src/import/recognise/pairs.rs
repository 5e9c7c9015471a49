//! Indicators without a table: each cell in a row of its own beside its label, or the path of an indicator as the label.

use super::claim::{Claim, Claims};
use super::draft::IndicatorDraft;
use super::lexicon::{CategoryLevel, Content, LabelRoom};
use super::slot::GridSlot;
use super::view::View;
use crate::import::account::CellPiece;
use crate::language::Field;

/// The levels that the rows above named, while an indicator is open.
#[derive(Debug, Default)]
pub struct LabelPairs {
    category: Option<CellPiece>,
    subcategory: Option<CellPiece>,
    is_open: bool,
}

impl LabelPairs {
    /// `三级指标 | 储备帐篷数`, a row after another; none where the row is something else.
    pub fn row(&mut self, view: &View<'_>, row: &[GridSlot]) -> Option<Claims> {
        let (label, value) = pair(view, row)?;
        let text = view.text(&label);
        let known = view.lexicon.find(LabelRoom::Columns, text);
        let is_level = matches!(known, Some(Content::Category | Content::Subcategory | Content::Indicator));
        // What an indicator reached and scored stands below its own label, not below the project's.
        let is_own = matches!(known, Some(Content::Measure | Content::OfYear(_) | Content::Plain(Field::Weight)));
        let is_field = view.lexicon.find(LabelRoom::Project, text).is_none() || is_own;
        let Some(content) = known.filter(|_| is_level || self.is_open && is_field) else {
            self.is_open = false;
            return None;
        };
        let cell = label.cell;
        let mut claims = vec![Claim::Furniture(label)];
        match content {
            Content::Category => (self.category, self.subcategory) = (Some(value), None),
            Content::Subcategory => self.subcategory = Some(value),
            Content::Indicator => {
                let row = IndicatorDraft {
                    category: self.category.clone(),
                    subcategory: self.subcategory.clone(),
                    name: Some(value),
                    fields: Vec::new(),
                    again: Vec::new(),
                    first_cell: cell,
                };
                claims.push(Claim::Indicator { row, is_whole_period: false });
                self.is_open = true;
            }
            content => {
                let mut columns = view.columns();
                let column = columns.number(content, text);
                claims.push(Claim::Columns(columns.new));
                claims.push(Claim::IndicatorCell { label: cell, column, value });
            }
        }
        Some(claims)
    }
}

/// `产出指标-数量指标-储备帐篷数 | ≥100顶`. None where the row is something else.
pub fn path_row(view: &View<'_>, row: &[GridSlot]) -> Option<Claims> {
    let (label, value) = pair(view, row)?;
    let text = view.text(&label);
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
    let level = |range: &std::ops::Range<usize>| view.lexicon.category(&text[range.clone()]);
    let (first, rest) = parts.split_first()?;
    if rest.is_empty()
        || level(first) != Some(CategoryLevel::First)
        || parts.iter().any(|part| text[part.clone()].trim().is_empty())
    {
        return None;
    }
    let has_second = rest.len() == 2 && level(&rest[0]) == Some(CategoryLevel::Second);
    let name = if has_second { rest[1].clone() } else { rest[0].start..text.len() };
    let mut columns = view.columns();
    let row = IndicatorDraft {
        category: Some(label.part(text, first.clone())),
        subcategory: has_second.then(|| label.part(text, rest[0].clone())),
        name: Some(label.part(text, name.clone())),
        fields: vec![(columns.number(Content::Target, ""), value)],
        again: Vec::new(),
        first_cell: label.cell,
    };
    let mut claims = vec![Claim::Columns(columns.new)];
    // The strokes between the names.
    let ends = if has_second {
        vec![(first.end, rest[0].start), (rest[0].end, name.start)]
    } else {
        vec![(first.end, name.start)]
    };
    claims.extend(ends.into_iter().map(|(start, end)| Claim::Furniture(label.part(text, start..end))));
    claims.push(Claim::Indicator { row, is_whole_period: false });
    Some(claims)
}

/// The two cells of a row that has no others.
fn pair(view: &View<'_>, row: &[GridSlot]) -> Option<(CellPiece, CellPiece)> {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    let (label, value) = (full.next()?, full.next()?);
    full.next().is_none().then(|| (view.piece(label.cell), view.piece(value.cell)))
}
