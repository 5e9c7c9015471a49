//! Columns whose headings no standard knows, by what stands below them: the names of categories, the targets.

use super::heading::content;
use crate::import::recognise::lexicon::{CategoryLevel, Content, LabelRoom};
use crate::import::recognise::slot::GridSlot;
use crate::import::recognise::view::View;
use crate::model::cells;

/// How many rows below a heading are looked at.
const ROWS: usize = 12;

/// The cells of the headings that are what their columns hold; none where a heading says so itself.
#[derive(Clone, Debug, Default)]
pub struct ByCells {
    pub first: Option<u32>,
    pub second: Option<u32>,
    pub target: Option<u32>,
    /// Headings that may be of signs, over words for a direction: 指标方向 | 正向.
    pub directions: Vec<u32>,
}

impl ByCells {
    /// Of a row of headings, by the rows under it.
    pub fn read(view: &View<'_>, row: &[GridSlot], below: &[Vec<GridSlot>]) -> Self {
        let known: Vec<Option<Content>> = row.iter().map(|slot| content(view, slot)).collect();
        let has = |wanted: &[Content]| known.iter().flatten().any(|one| wanted.contains(one));
        let is_free = |(slot, known): (&GridSlot, &Option<Content>)| {
            let is_of_project = || view.lexicon.find(LabelRoom::Project, view.words(slot.cell)).is_some();
            known.is_none() && !slot.is_blank && !is_of_project()
        };
        let names = |one: &Option<Content>| matches!(one, Some(Content::Indicator | Content::Subcategory));
        let name =
            known.iter().position(|one| *one == Some(Content::Indicator)).or_else(|| known.iter().rposition(names));
        let Some(name) = name else { return Self::default() };
        let below = &below[..below.len().min(ROWS)];
        let holds = |slot: &GridSlot, is_it: &dyn Fn(&str) -> bool| {
            let under = |row: &'_ Vec<GridSlot>| {
                row.iter().find(|one| one.covers(slot.column) && !one.is_blank).map(|one| one.cell)
            };
            let (mut all, mut found) = (0, 0);
            for text in below.iter().filter_map(under).map(|cell| view.words(cell)) {
                all += 1;
                found += usize::from(is_it(text));
            }
            found > 0 && found * 2 >= all
        };
        let free =
            || row.iter().zip(&known).enumerate().filter(|(_, pair)| is_free(*pair)).map(|(at, (slot, _))| (at, slot));
        let level = |wanted: CategoryLevel| {
            let is_level = |text: &str| view.lexicon.category(text) == Some(wanted);
            free().find(|(at, slot)| *at < name && holds(slot, &is_level)).map(|(_, slot)| slot.cell)
        };
        let of_project = |slot: &GridSlot| view.lexicon.find(LabelRoom::Project, view.words(slot.cell));
        let has_goal = row.iter().any(|slot| !slot.is_blank && of_project(slot) == Some(Content::Goal));
        let has_target = has_goal || has(&[Content::Target, Content::Value, Content::Written, Content::WholePeriod]);
        let target = || {
            let is_one =
                |slot: &GridSlot| view.lexicon.is_like_target(view.words(slot.cell)) || holds(slot, &is_like_target);
            free().find(|(at, slot)| *at > name && is_one(slot)).map(|(_, slot)| slot.cell)
        };
        let directions = || {
            let is_direction = |text: &str| view.lexicon.scales.is_direction(text);
            let signs = row.iter().zip(&known).filter(|(_, known)| **known == Some(Content::Nature));
            signs.filter(|(slot, _)| holds(slot, &is_direction)).map(|(slot, _)| slot.cell).collect()
        };
        Self {
            first: if has(&[Content::Category]) { None } else { level(CategoryLevel::First) },
            second: if has(&[Content::Subcategory]) { None } else { level(CategoryLevel::Second) },
            target: if has_target { None } else { target() },
            directions: directions(),
        }
    }

    /// What a heading announces, where the cells below it may tell.
    pub fn content(&self, view: &View<'_>, slot: &GridSlot) -> Option<Content> {
        let known = content(view, slot);
        if known == Some(Content::Nature) && self.directions.contains(&slot.cell) {
            return Some(Content::Direction);
        }
        known
    }
}

/// Whether a text begins with a comparator, or is a number with a unit.
pub fn is_like_target(text: &str) -> bool {
    const UNIT_SIGNS: usize = 8;
    let text = text.trim();
    let has_sign = text.starts_with(['≥', '≧', '⩾', '≤', '≦', '⩽', '>', '＞', '<', '＜', '=', '＝']);
    let unit = cells::leading_number(text).map(|(_, unit)| unit.trim().chars().count());
    has_sign || unit.is_some_and(|signs| (1..=UNIT_SIGNS).contains(&signs))
}
