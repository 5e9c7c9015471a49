//! A table of several projects: its rows name the project and repeat its facts, and may name the department, too.

use super::{Heads, Meaning, content, label};
use crate::backend::flat;
use crate::import::account::{Piece, Use};
use crate::import::recognise::draft::PlanDraft;
use crate::import::recognise::facts;
use crate::import::recognise::lexicon::{Content, Room, key_of};
use crate::import::recognise::office::{Walker, names_in};
use crate::import::recognise::table::{self, Slot};
use crate::syntax::vocabulary::Block;

/// How many columns at the left of a table of several projects are about the project: those before the first of the
/// indicator's, where its code or its name is one of them.
pub(super) fn columns_of_project(walker: &Walker<'_>, row: &[Slot]) -> usize {
    let is_indicator = |slot: &Slot| {
        matches!(content(walker, slot), Some(Content::Category | Content::Subcategory | Content::Indicator))
    };
    let first = row.iter().position(is_indicator).unwrap_or(0);
    let names_project = |slot: &Slot| {
        matches!(walker.lexicon.find(Room::Project, label(walker, slot)), Some(Content::Name | Content::Code))
    };
    if row[..first].iter().any(names_project) { first } else { 0 }
}

/// Of two columns of one name, the second says what it is about: `项目.备注`.
pub(super) enum Told {
    Project(Meaning),
    Indicator,
}

/// The words of a heading, and what stands before them and tells it from another.
pub(super) fn own_words(walker: &Walker<'_>, piece: &Piece) -> (Piece, Option<Told>) {
    let text = walker.reading.text(piece);
    let told = text.split_once(flat::BETWEEN).and_then(|(before, _)| {
        let told = match before {
            flat::FUND => Told::Project(Meaning::Project(Content::Fund)),
            flat::CHECKPOINT => Told::Project(Meaning::Checkpoint),
            before if before == Block::Project.word().0 => Told::Project(Meaning::Project(Content::Extra)),
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
pub(super) fn of_several(walker: &Walker<'_>, slot: &Slot) -> Option<Meaning> {
    let text = label(walker, slot);
    match walker.lexicon.find(Room::Project, text) {
        Some(Content::Furniture) => Some(Meaning::Furniture),
        Some(content) => Some(Meaning::Project(content)),
        None => table::is_checkpoint(&key_of(text).text).then_some(Meaning::Checkpoint),
    }
}

/// Goes to the department and the project that a row of several projects names.
pub(super) fn enter(walker: &mut Walker<'_>, heads: &mut Heads, pairs: &[(usize, &Slot)]) {
    let Some(cell) = pairs.first().map(|(_, slot)| slot.cell) else { return };
    let said = [Content::DepartmentCode, Content::DepartmentName, Content::Code, Content::Name].map(|wanted| {
        let found = pairs.iter().find(|(head, _)| heads.columns[*head].meaning == Meaning::Project(wanted));
        found.map_or_else(String::new, |(_, slot)| walker.reading.cells.get(slot.cell).text.to_string())
    });
    walker.enter_department(&said[0], &said[1], cell);
    if heads.identity.is_none()
        && let Some(project) = walker.project
    {
        let project = &walker.reading.draft.projects[project];
        let is_other = |known: &Option<Piece>, said: &str| {
            !said.is_empty() && known.as_ref().is_some_and(|piece| walker.reading.text(piece) != said)
        };
        if is_other(&project.code, &said[2]) || is_other(&project.name, &said[3]) {
            walker.begin_project(cell);
        }
    }
    let known = heads.identity.get_or_insert_with(|| said.clone());
    if said.iter().zip(&*known).any(|(said, known)| !said.is_empty() && said != known) {
        *known = said;
        (heads.category, heads.subcategory) = (None, None);
        walker.begin_project(cell);
    }
}

/// A share of the plan; rows of one project repeat it.
pub(super) fn share(walker: &mut Walker<'_>, checkpoint: Piece, share: Piece) {
    let project = walker.current(share.cell);
    let known = project.plan.iter().find(|line| line.checkpoint == checkpoint).map(|line| line.share.clone());
    match known {
        None => project.plan.push(PlanDraft { checkpoint, share: Some(share) }),
        Some(Some(known)) if walker.reading.text(&known) == walker.reading.text(&share) => {
            walker.claim(&share, Use::Repeat);
        }
        Some(_) => {}
    }
}

/// A fact of the project in a table of several projects; rows of one project repeat it.
pub(super) fn project_fact(walker: &mut Walker<'_>, content: Content, label: &Piece, value: &Piece) {
    let text = walker.reading.text(value).to_owned();
    if matches!(
        content,
        Content::Fund | Content::BlankFunds | Content::Goal | Content::Purpose | Content::Extra | Content::Plan
    ) && let Some(index) = walker.project
    {
        let project = &walker.reading.draft.projects[index];
        let says = |piece: &Piece| walker.reading.text(piece) == text;
        let is_repeat = match content {
            Content::Fund => project.funds.iter().any(|fund| fund.label == *label && fund.amount.iter().any(says)),
            Content::BlankFunds => {
                let is_listed = |name: &str| {
                    project.funds.iter().any(|fund| fund.amount.is_none() && walker.reading.text(&fund.label) == name)
                };
                names_in(&text).into_iter().all(|bytes| is_listed(&text[bytes]))
            }
            Content::Goal => project.goal.iter().any(says),
            Content::Purpose => project.purpose.iter().any(says),
            _ => project.extra.iter().any(|one| one.label.as_ref() == Some(label) && says(&one.value)),
        };
        if is_repeat {
            walker.claim(value, Use::Repeat);
            return;
        }
    }
    facts::field(walker, content, Some(label), value);
}
