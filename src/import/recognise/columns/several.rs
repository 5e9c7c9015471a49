//! A table of several projects: its rows name the project and repeat its facts, and may name the department, too.

use super::heading::{HeadMeaning, Heads, Inherited, content};
use crate::backend::flat;
use crate::import::account::CellPiece;
use crate::import::recognise::claim::{Claim, Claims};
use crate::import::recognise::lexicon::{Content, LabelRoom, key_of};
use crate::import::recognise::signs::is_checkpoint;
use crate::import::recognise::slot::GridSlot;
use crate::import::recognise::view::View;
use crate::syntax::vocabulary::Block;

/// How many columns at the left of a table of several projects are about the project: those before the first of the
/// indicator's, where its code or its name is one of them.
pub fn columns_of_project(view: &View<'_>, row: &[GridSlot]) -> usize {
    let is_indicator = |slot: &GridSlot| {
        matches!(content(view, slot), Some(Content::Category | Content::Subcategory | Content::Indicator))
    };
    let first = row.iter().position(is_indicator).unwrap_or(0);
    let names_project = |slot: &GridSlot| {
        matches!(view.lexicon.find(LabelRoom::Project, view.words(slot.cell)), Some(Content::Name | Content::Code))
    };
    if row[..first].iter().any(names_project) { first } else { 0 }
}

/// Of two columns of one name, the second says what it is about: `项目.备注`.
pub enum Told {
    Project(HeadMeaning),
    Indicator,
}

/// The words of a heading, and what stands before them and tells it from another.
pub fn own_words(view: &View<'_>, piece: &CellPiece) -> (CellPiece, Option<Told>) {
    let text = view.text(piece);
    let told = text.split_once(flat::BETWEEN).and_then(|(before, _)| {
        let told = match before {
            flat::FUND => Told::Project(HeadMeaning::Project(Content::Fund)),
            flat::CHECKPOINT => Told::Project(HeadMeaning::Checkpoint),
            before if before == Block::Project.word().0 => Told::Project(HeadMeaning::Project(Content::Extra)),
            before if before == Block::Indicator.word().0 => Told::Indicator,
            _ => return None,
        };
        Some((before.len() + flat::BETWEEN.len_utf8(), told))
    });
    match told {
        Some((start, told)) => (piece.part(text, start..text.len()), Some(told)),
        None => (piece.clone(), None),
    }
}

/// A column at the left of a table of several projects.
pub fn of_several(view: &View<'_>, slot: &GridSlot) -> Option<HeadMeaning> {
    let text = view.words(slot.cell);
    match view.lexicon.find(LabelRoom::Project, text) {
        Some(Content::Furniture) => Some(HeadMeaning::Furniture),
        Some(content) => Some(HeadMeaning::Project(content)),
        None => is_checkpoint(&key_of(text).text).then_some(HeadMeaning::Checkpoint),
    }
}

/// Goes to the department and the project that a row of several projects names.
pub fn enter(view: &View<'_>, heads: &mut Heads, pairs: &[(usize, &GridSlot)]) -> Claims {
    let Some(cell) = pairs.first().map(|(_, slot)| slot.cell) else { return Vec::new() };
    let said = [Content::DepartmentCode, Content::DepartmentName, Content::Code, Content::Name].map(|wanted| {
        let found = pairs.iter().find(|(head, _)| heads.columns[*head].meaning == HeadMeaning::Project(wanted));
        found.map_or_else(String::new, |(_, slot)| view.words(slot.cell).to_owned())
    });
    let [department_code, department_name, code, name] = said.clone();
    let mut claims = vec![Claim::DepartmentNamed { code: department_code, name: department_name, cell }];
    let Some(known) = &mut heads.identity else {
        let stated = |text: String| Some(text).filter(|text| !text.is_empty());
        claims.push(Claim::ProjectNamed { code: stated(code), name: stated(name), cell, begins: false });
        heads.identity = Some(said);
        return claims;
    };
    if said.iter().zip(&*known).any(|(said, known)| !said.is_empty() && said != known) {
        *known = said;
        heads.year = Inherited::default();
        claims.push(Claim::Project(cell));
    }
    claims
}
