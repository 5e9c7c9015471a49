//! Targets in prose, several in a cell: `1.加固河堤≥12公里；2.新建泵站≥3座`. A clause that is a name, a comparator, a number
//! and a unit is an indicator; what any other says is left over.

use std::ops::Range;

use super::claim::{Claim, Claims};
use super::draft::IndicatorDraft;
use super::lexicon::{CategoryLevel, Content, ordinal_length};
use super::view::View;
use crate::import::account::CellPiece;
use crate::model::cells;

/// Where a clause ends.
const ENDS: [char; 4] = ['；', ';', '。', '\n'];
const COLONS: [char; 2] = ['：', ':'];
/// The least and the most signs of a name, and the most of a unit.
const NAME_SIGNS: std::ops::RangeInclusive<usize> = 2..=30;
const UNIT_SIGNS: usize = 8;

/// The levels that the words before named.
#[derive(Clone, Default)]
struct ProseLevels {
    category: Option<CellPiece>,
    subcategory: Option<CellPiece>,
}

impl ProseLevels {
    fn name(&mut self, level: CategoryLevel, piece: CellPiece) {
        match level {
            CategoryLevel::First => *self = Self { category: Some(piece), subcategory: None },
            CategoryLevel::Second => self.subcategory = Some(piece),
        }
    }
}

/// The indicators in a cell beside its label; none where no clause is certain.
pub fn read(view: &View<'_>, label: &CellPiece, value: &CellPiece) -> Option<Claims> {
    let text = view.text(value);
    let mut levels = ProseLevels::default();
    if let Some(level) = view.lexicon.category(view.text(label)) {
        levels.name(level, label.clone());
    }
    let mut columns = view.columns();
    let target = columns.number(Content::Target, "");
    let mut claims = vec![Claim::Columns(columns.new)];
    let (mut indicators, mut furniture) = (Vec::new(), vec![label.clone()]);
    // ProseLevels of which no indicator has come yet, with their numbers.
    let mut pending = Vec::new();
    let mut at = 0;
    for segment in text.split_inclusive(ENDS) {
        let end = at + segment.trim_end_matches(ENDS).len();
        let mut clause = at..end;
        furniture.push(value.part(text, end..at + segment.len()));
        at += segment.len();
        let mut number = clause.start;
        // 产出指标：1.数量指标：…
        loop {
            clause.start = number_end(text, &clause);
            let Some((colon, level)) = level_before_colon(view, &text[clause.clone()]) else { break };
            let [start, colon, end] = [0, colon.start, colon.end].map(|at| clause.start + at);
            levels.name(level, value.part(text, start..colon));
            pending.push(value.part(text, number..end));
            (number, clause.start) = (end, end);
        }
        let has_level = levels.category.is_some() || levels.subcategory.is_some();
        let Some((name, figure)) = parts(view, &text[clause.clone()]).filter(|_| has_level) else { continue };
        furniture.append(&mut pending);
        furniture.push(value.part(text, number..clause.start));
        let of_clause = |range: Range<usize>| value.part(text, clause.start + range.start..clause.start + range.end);
        let row = IndicatorDraft {
            category: levels.category.clone(),
            subcategory: levels.subcategory.clone(),
            name: Some(of_clause(name)),
            fields: vec![(target, of_clause(figure))],
            again: Vec::new(),
            first_cell: value.cell,
        };
        indicators.push(Claim::Indicator { row, is_whole_period: false });
    }
    if indicators.is_empty() {
        return None;
    }
    claims.extend(indicators);
    claims.extend(furniture.into_iter().filter(|piece| !piece.is_empty()).map(Claim::Furniture));
    Some(claims)
}

/// Where a clause begins behind its number.
fn number_end(text: &str, clause: &Range<usize>) -> usize {
    let said = &text[clause.clone()];
    let blanks = said.len() - said.trim_start().len();
    clause.start + blanks + ordinal_length(said.trim_start())
}

/// The colon behind the name of a level at the start of a clause.
fn level_before_colon(view: &View<'_>, clause: &str) -> Option<(Range<usize>, CategoryLevel)> {
    let (at, colon) = clause.char_indices().find(|(_, sign)| COLONS.contains(sign))?;
    let level = view.lexicon.category(&clause[..at])?;
    Some((at..at + colon.len_utf8(), level))
}

/// The name of a clause, and its target; none where it is anything else.
fn parts(view: &View<'_>, clause: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (at, length) = view.lexicon.comparators.first_in(clause)?;
    let name = clause[..at].trim();
    let is_name = NAME_SIGNS.contains(&name.chars().count())
        && name.chars().all(|sign| sign.is_alphabetic() || "（）()“”".contains(sign));
    let (_, unit) = cells::leading_number(clause[at + length..].trim_start())?;
    let unit = unit.trim();
    let is_unit = (1..=UNIT_SIGNS).contains(&unit.chars().count())
        && unit.chars().all(|sign| sign.is_alphabetic() || "%％‰/·²³".contains(sign));
    (is_name && is_unit).then_some((0..at, at..clause.len()))
}
