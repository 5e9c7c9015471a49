//! One project in two tables: a form that a page break or a second sheet parted, or a form beside a flat table.

use std::collections::BTreeMap;

use crate::import::account::{CellPiece, Use};
use crate::import::recognise::draft::{
    Again, FormColumn, IndicatorDraft, LabelledValue, ProjectDraft, Reading, YearFactDraft,
};
use crate::import::recognise::lexicon::{Content, key_of};
use crate::model::text;

/// Puts together what is about the same project: the same code, or the same name where not both state a code. What the
/// later table says again is a repeat; what it says otherwise is left over.
pub fn reunite(reading: &mut Reading) {
    let (wholes, drafts): (Vec<_>, Vec<_>) =
        std::mem::take(&mut reading.draft.projects).into_iter().partition(|draft| draft.is_whole);
    reading.draft.wholes = of_departments(reading, wholes);
    let mut kept: Vec<ProjectDraft> = Vec::with_capacity(drafts.len());
    let mut by_code: BTreeMap<(usize, String), usize> = BTreeMap::new();
    let mut by_name: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for draft in drafts {
        let words = |piece: &Option<CellPiece>| piece.as_ref().map(|piece| reading.text(piece).to_owned());
        let (code, name) =
            (words(&draft.code), words(&draft.name).or_else(|| words(&draft.title)).map(|name| text::key(&name)));
        let (code, name) = (code.map(|code| (draft.department, code)), name.map(|name| (draft.department, name)));
        let same_code = code.as_ref().and_then(|code| by_code.get(code)).copied();
        let same_name = name.as_ref().and_then(|name| by_name.get(name)).copied();
        let same_name = same_name.filter(|index| code.is_none() || kept[*index].code.is_none());
        if let Some(index) = same_code.or(same_name) {
            let known = std::mem::take(&mut kept[index]);
            // What is typed need not be read from how it is printed.
            let (first, second) = if draft.is_typed && !known.is_typed { (draft, known) } else { (known, draft) };
            kept[index] = merged(reading, first, second);
            if let Some(code) = code {
                by_code.entry(code).or_insert(index);
            }
            continue;
        }
        let index = kept.len();
        code.map(|code| by_code.insert(code, index));
        name.map(|name| by_name.entry(name).or_insert(index));
        kept.push(draft);
    }
    // A table that states no fact of a project and has no row is none, nor is a title above the forms of others.
    let is_only = kept.len() == 1;
    kept.retain(|draft| !is_empty(draft) || is_only && draft.title.is_some());
    kept.sort_by_key(|draft| draft.department);
    keep_days(&mut kept, &reading.draft.columns);
    reading.draft.projects = kept;
}

/// The language has no place for the day on which targets were filled in.
fn keep_days(drafts: &mut [ProjectDraft], columns: &[FormColumn]) {
    for draft in drafts.iter_mut().filter(|draft| !draft.is_of_year(columns)) {
        let days = std::mem::take(&mut draft.year.facts).into_iter();
        draft.extra.extend(days.map(|day| LabelledValue { label: day.label, value: day.value, lead: None }));
    }
}

/// What the departments have as wholes, one each; their goals are those of the departments.
fn of_departments(reading: &mut Reading, drafts: Vec<ProjectDraft>) -> Vec<ProjectDraft> {
    let mut wholes: Vec<ProjectDraft> = Vec::new();
    for draft in drafts {
        match wholes.iter().position(|known| known.department == draft.department) {
            Some(index) => {
                let known = std::mem::take(&mut wholes[index]);
                wholes[index] = merged(reading, known, draft);
            }
            None => wholes.push(draft),
        }
    }
    for whole in &mut wholes {
        let goal = std::mem::take(&mut whole.goal);
        let known = std::mem::take(&mut reading.draft.departments[whole.department].overall_goal);
        reading.draft.departments[whole.department].overall_goal = several(reading, known, goal);
    }
    keep_days(&mut wholes, &reading.draft.columns);
    wholes
}

fn is_empty(draft: &ProjectDraft) -> bool {
    draft.code.is_none()
        && draft.name.is_none()
        && draft.indicators.is_empty()
        && draft.budget.is_none()
        && draft.goal.is_empty()
}

fn repeat(reading: &mut Reading, piece: &CellPiece) {
    let Reading { cells, account, .. } = reading;
    account.claim(piece, Use::Repeat, cells);
}

fn furniture(reading: &mut Reading, piece: &CellPiece) {
    let Reading { cells, account, .. } = reading;
    account.claim(piece, Use::Furniture, cells);
}

fn same(reading: &Reading, one: &CellPiece, other: &CellPiece) -> bool {
    let signs =
        |piece: &CellPiece| reading.text(piece).chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    signs(one) == signs(other)
}

/// The one that is there, or the other; said again it is a repeat.
fn one_of(reading: &mut Reading, known: Option<CellPiece>, other: Option<CellPiece>) -> Option<CellPiece> {
    match (known, other) {
        (Some(known), Some(other)) => {
            if same(reading, &known, &other) {
                repeat(reading, &other);
            }
            Some(known)
        }
        (known, other) => known.or(other),
    }
}

fn several(reading: &mut Reading, known: Vec<CellPiece>, other: Vec<CellPiece>) -> Vec<CellPiece> {
    if known.is_empty() {
        return other;
    }
    for piece in other {
        if known.iter().any(|one| same(reading, one, &piece)) {
            repeat(reading, &piece);
        }
    }
    known
}

fn merged(reading: &mut Reading, mut known: ProjectDraft, other: ProjectDraft) -> ProjectDraft {
    known.code = one_of(reading, known.code, other.code);
    known.name = one_of(reading, known.name, other.name);
    known.title = one_of(reading, known.title, other.title);
    known.again.extend(other.again);
    known.unit_code = one_of(reading, known.unit_code, other.unit_code);
    if let (Some(known_budget), Some(budget)) = (&known.budget, &other.budget)
        && !same(reading, known_budget, budget)
    {
        known.again.push(Again::Amount { fund: None, amount: budget.clone(), money_unit: other.money_unit.clone() });
    }
    known.budget = one_of(reading, known.budget, other.budget);
    known.purpose = several(reading, known.purpose, other.purpose);
    if known.is_typed {
        known.again.extend(
            other
                .goal
                .iter()
                .filter(|piece| !known.goal.iter().any(|one| same(reading, one, piece)))
                .cloned()
                .map(Again::Goal),
        );
    }
    known.goal = several(reading, known.goal, other.goal);
    let code = known.unit_code.clone();
    known.unit = match (known.unit, other.unit) {
        (Some(known), Some(other)) => {
            let whole =
                format!("{}{}", code.as_ref().map_or("", |code| reading.text(code)), reading.text(&known.value));
            if whole == reading.text(&other.value) || reading.text(&known.value).contains(reading.text(&other.value)) {
                repeat(reading, &other.value);
            }
            Some(known)
        }
        // A code without a name stands above the form.
        (None, Some(unit)) if code.as_ref().is_some_and(|code| same(reading, code, &unit.value)) => {
            repeat(reading, &unit.value);
            None
        }
        (known, other) => known.or(other),
    };
    let money_unit = other.money_unit.clone();
    known.money_unit = known.money_unit.or(other.money_unit);
    for fund in other.funds {
        let key = key_of(reading.text(&fund.label)).text;
        match known.funds.iter().find(|one| key_of(reading.text(&one.label)).text == key) {
            Some(one) => {
                if let (Some(one), Some(amount)) = (one.amount.clone(), fund.amount) {
                    if same(reading, &one, &amount) {
                        repeat(reading, &amount);
                    } else {
                        let money_unit = money_unit.clone();
                        known.again.push(Again::Amount { fund: Some(fund.label.clone()), amount, money_unit });
                    }
                }
                furniture(reading, &fund.label);
            }
            // Every form prints all its sources: only the typed table says which of them are meant.
            None if known.is_typed && fund.amount.is_none() => furniture(reading, &fund.label),
            None => known.funds.push(fund),
        }
    }
    for line in other.plan {
        let found =
            known.plan.iter().find(|one| same(reading, &one.checkpoint, &line.checkpoint)).map(|one| one.share.clone());
        match found {
            Some(share) => {
                furniture(reading, &line.checkpoint);
                if let (Some(one), Some(other)) = (share, &line.share)
                    && same(reading, &one, other)
                {
                    repeat(reading, other);
                }
            }
            None => known.plan.push(line),
        }
    }
    for one in other.extra {
        let LabelledValue { label: Some(label), value, .. } = &one else { continue };
        let key = |one: &LabelledValue| reading.label_of(one).map(|label| key_of(&label).text);
        let found = known.extra.iter().find(|known| key(known) == key(&one));
        match found.map(|found| found.value.clone()) {
            Some(found) => {
                furniture(reading, label);
                if same(reading, &found, value) {
                    repeat(reading, value);
                } else {
                    known.again.push(Again::Field(one));
                }
            }
            None => known.extra.push(one),
        }
    }
    known.year.kind = known.year.kind.or(other.year.kind);
    known.year.months = known.year.months.or(other.year.months);
    for fact in other.year.facts {
        let key = |fact: &YearFactDraft| fact.fund.as_ref().map(|label| key_of(reading.text(label)).text);
        let says = |one: &YearFactDraft| {
            one.content == fact.content && key(one) == key(&fact) && same(reading, &one.value, &fact.value)
        };
        if known.year.facts.iter().any(says) {
            repeat(reading, &fact.value);
        } else {
            known.year.facts.push(fact);
        }
    }
    let from = known.indicators.len();
    let mut taken = vec![false; from];
    for indicator in other.indicators {
        match (0..from)
            .find(|index| !taken[*index] && is_same_indicator(reading, &known.indicators[*index], &indicator))
        {
            Some(index) => {
                taken[index] = true;
                let first = std::mem::take(&mut known.indicators[index]);
                known.indicators[index] = merged_indicator(reading, first, indicator);
            }
            None => known.indicators.push(indicator),
        }
    }
    known.whole_period.extend(other.whole_period);
    known
}

fn is_same_indicator(reading: &Reading, one: &IndicatorDraft, other: &IndicatorDraft) -> bool {
    // A bracket tells one name from another: 培训人数（线上）.
    let key =
        |piece: &Option<CellPiece>| piece.as_ref().map(|piece| text::key(reading.text(piece))).unwrap_or_default();
    let same_category =
        key(&one.subcategory) == key(&other.subcategory) || one.subcategory.is_none() || other.subcategory.is_none();
    key(&one.name) == key(&other.name) && same_category
}

fn merged_indicator(reading: &mut Reading, mut known: IndicatorDraft, other: IndicatorDraft) -> IndicatorDraft {
    known.name = one_of(reading, known.name, other.name);
    known.category = one_of(reading, known.category, other.category);
    known.subcategory = one_of(reading, known.subcategory, other.subcategory);
    known.again.extend(other.again);
    let is_typed = known.field(Content::Written, &reading.draft.columns).is_some();
    for (column, piece) in other.fields {
        // Our own table has every field of a form, if not under the same heading.
        let said = |(_, one): &(u16, CellPiece)| same(reading, one, &piece);
        if is_typed && known.fields.iter().any(said) {
            repeat(reading, &piece);
            continue;
        }
        let content = reading.draft.columns[column as usize].content;
        let heading = reading.draft.columns[column as usize].heading.clone();
        let is_same =
            |known: &FormColumn| known.content == content && (content != Content::Extra || known.heading == heading);
        let is_there = known.fields.iter().any(|(one, _)| is_same(&reading.draft.columns[*one as usize]));
        let found = known
            .fields
            .iter()
            .any(|(one, text)| is_same(&reading.draft.columns[*one as usize]) && same(reading, text, &piece));
        match is_there {
            true if found => repeat(reading, &piece),
            true => known.again.push((column, piece)),
            false => known.fields.push((column, piece)),
        }
    }
    known
}
