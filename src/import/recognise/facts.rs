//! Where a value goes that a label announces: the facts of a project, each stated once.

use super::draft::{FundDraft, LabelledValue, ProjectDraft};
use super::lexicon::{Content, key_of};
use super::office::{Walker, is_money_word, names_in, year_length};
use super::table::amount_like;
use crate::import::account::{Piece, Use};
use crate::language::Block;

/// Puts a value where its label says. Whether the label is one of a project's.
pub(super) fn field(walker: &mut Walker<'_>, content: Content, label: Option<&Piece>, value: &Piece) -> bool {
    let text = walker.reading.text(value).to_owned();
    if let Some(label) = label {
        if !matches!(content, Content::Fund | Content::Extra) {
            walker.furniture(label);
        }
        if matches!(content, Content::Budget | Content::Fund | Content::Money) {
            note_bracket(walker, label);
        }
    }
    if let (Content::Unit | Content::MoneyUnit, true) = (content, is_money_word(&text)) {
        walker.furniture(value);
        walker.state_money_unit(text);
        return true;
    }
    if value.is_empty() && !matches!(content, Content::Fund) {
        return true;
    }
    match content {
        Content::Code | Content::Name => identify(walker, content, value),
        Content::Fund => {
            if let Some(label) = label {
                let amount = Some(value.clone()).filter(|_| !text.trim().is_empty());
                walker.current(value.cell).funds.push(FundDraft { label: label.clone(), amount });
            }
        }
        Content::Plain(field) if field.block == Block::Project => {
            if walker.current(value.cell).plain.iter().all(|(known, _)| *known != field) {
                walker.current(value.cell).plain.push((field, value.clone()));
            }
        }
        Content::Purpose => walker.current(value.cell).purpose.push(value.clone()),
        Content::Goal => walker.current(value.cell).goal.push(value.clone()),
        Content::Unit => set_unit(walker, label, value),
        Content::UnitCode => set(walker, value, |project| &mut project.unit_code),
        // The sum of the money, under whatever name; what is no amount says how it is made up.
        Content::Budget | Content::Money if amount_like(&text) => {
            let known = walker.current(value.cell).budget.clone();
            match (known, label) {
                (Some(known), Some(label)) if walker.reading.text(&known) != text => walker.extra(label, value),
                _ => set(walker, value, |project| &mut project.budget),
            }
        }
        Content::Budget | Content::Money | Content::Plan | Content::Extra | Content::MoneyUnit => {
            if let Some(label) = label {
                walker.extra(label, value);
            }
        }
        Content::DepartmentName | Content::DepartmentCode | Content::Year | Content::StandardName => {
            if let Some(label) = label {
                if content == Content::DepartmentName {
                    walker.department_of_form(&text, value.cell);
                }
                let is_year = content != Content::Year || year_length(&text).is_some();
                if !is_year || !walker.department_field(content, label, value) {
                    walker.extra(label, value);
                }
            }
        }
        Content::BlankFunds => blank_funds(walker, value),
        Content::Furniture => walker.furniture(value),
        Content::OverallGoal
        | Content::SubGoals
        | Content::SubGoalIndicators
        | Content::Safeguards
        | Content::Category
        | Content::Subcategory
        | Content::Indicator
        | Content::Target
        | Content::Nature
        | Content::Value
        | Content::Measure
        | Content::Written
        | Content::Basis
        | Content::BasisKind
        | Content::Direction
        | Content::WholePeriod
        | Content::WholePeriodWritten
        | Content::Plain(_) => return false,
    }
    true
}

/// Fund sources that are listed without an amount, by their names.
fn blank_funds(walker: &mut Walker<'_>, value: &Piece) {
    let text = walker.reading.text(value).to_owned();
    let mut end = 0;
    for bytes in names_in(&text) {
        walker.furniture(&value.part(&text, end..bytes.start));
        end = bytes.end;
        let label = value.part(&text, bytes);
        walker.current(value.cell).funds.push(FundDraft { label, amount: None });
    }
    walker.furniture(&value.part(&text, end..text.len()));
}

/// Sets a fact once: said again it is a repeat, said otherwise it is left over.
fn set(walker: &mut Walker<'_>, value: &Piece, slot: fn(&mut ProjectDraft) -> &mut Option<Piece>) {
    let known = slot(walker.current(value.cell)).clone();
    match known {
        None => *slot(walker.current(value.cell)) = Some(value.clone()),
        Some(known) if walker.reading.text(&known) == walker.reading.text(value) => walker.claim(value, Use::Repeat),
        Some(_) => {}
    }
}

/// The unit of account, with the label that names it.
fn set_unit(walker: &mut Walker<'_>, label: Option<&Piece>, value: &Piece) {
    let known = walker.current(value.cell).unit.as_ref().map(|unit| unit.value.clone());
    match known {
        None => {
            walker.current(value.cell).unit =
                Some(LabelledValue { label: label.cloned(), value: value.clone(), lead: None });
        }
        Some(known) if walker.reading.text(&known) == walker.reading.text(value) => walker.claim(value, Use::Repeat),
        Some(_) => {
            if let Some(label) = label {
                walker.extra(label, value);
            }
        }
    }
}

/// The code or the name of a project: another one than the current project has begins a new project.
fn identify(walker: &mut Walker<'_>, content: Content, value: &Piece) {
    let text = walker.reading.text(value).to_owned();
    let of =
        |project: &ProjectDraft| if content == Content::Code { project.code.clone() } else { project.name.clone() };
    let known = walker.project.and_then(|index| of(&walker.reading.draft.projects[index]));
    match known {
        Some(known) if walker.reading.text(&known) == text => {
            walker.claim(value, Use::Repeat);
            return;
        }
        Some(_) => walker.begin_project(value.cell),
        None => {}
    }
    let project = walker.current(value.cell);
    if content == Content::Code {
        project.code = Some(value.clone());
    } else {
        project.name = Some(value.clone());
    }
}

/// `项目资金（万元）`: the bracket states the unit of the amounts.
pub(super) fn note_bracket(walker: &mut Walker<'_>, label: &Piece) {
    let bracket = key_of(walker.reading.text(label)).bracket;
    if let Some(unit) =
        bracket.map(|unit| unit.rsplit(['：', ':']).next().unwrap_or("").to_owned()).filter(|unit| is_money_word(unit))
    {
        walker.state_money_unit(unit);
    }
}
