//! Where a value goes that a label announces: the facts of a project and of its department, each stated once.

use super::draft::{FundDraft, LabelledValue, PlanDraft, ProjectDraft, YearFactDraft};
use super::lexicon::{Content, LabelRoom};
use super::recorder::Recorder;
use super::signs::{amount_like, is_money_word, names_in, period_in, points_in_bracket, unit_in_bracket, year_length};
use super::year_content::YearContent;
use super::year_layout::note_label;
use super::{department_fact, department_fact::DepartmentFact};
use super::{departments, goals};
use crate::import::account::CellPiece;
use crate::language::{Block, Field};

/// Puts a value where its label says.
pub fn field(recorder: &mut Recorder<'_>, content: Content, label: Option<&CellPiece>, value: &CellPiece) {
    // A task of the department is none of its projects.
    if recorder.at.is_whole && matches!(content, Content::Name | Content::Code) {
        return;
    }
    let text = recorder.reading.text(value).to_owned();
    if is_heading_for_name(recorder, content, &text) {
        return;
    }
    if let Some(label) = label {
        let said = recorder.reading.text(label).to_owned();
        let view = recorder.view();
        // 预算数 beside an amount is no label of the row of all of it.
        let is_row = content != Content::Budget || view.lexicon.is_money_sum(&said) || view.lexicon.is_sum(&said);
        if is_row && !is_money_word(&text) {
            note_label(&mut recorder.reading.draft.year_form, content, &said, false);
        }
        let is_day = matches!(content, Content::OfYear(content) if content.is_day());
        // What execution earns at most may stand in the label of the money.
        let points = points_in_bracket(recorder.reading.text(label)).filter(|_| content == Content::Money);
        if let Some(bytes) = points {
            let weight = label.part(recorder.reading.text(label), bytes);
            of_year(recorder, YearContent::ExecutionWeight, None, &weight);
        }
        let stays_label = matches!(content, Content::Plain(field) if !fits(field, &text));
        if !matches!(content, Content::Fund | Content::Extra) && !is_day && !stays_label {
            recorder.furniture(label);
        }
        let months = recorder.view().lexicon.parts_of_year.months_in(recorder.reading.text(label));
        if let (Content::OfYear(_), Some((_, month))) = (content, months) {
            recorder.year().months = Some(month);
        }
        let is_money = matches!(
            content,
            Content::Budget | Content::Fund | Content::Money | Content::Plain(Field::TotalInvestment)
        );
        if (is_money || is_money_of_year(content))
            && let Some(unit) = unit_in_bracket(recorder.reading.text(label))
        {
            // 总投资（亿元） beside 年度预算（万元）: each of its own.
            recorder.reading.draft.amount_units.insert(value.cell, unit.clone());
            recorder.state_money_unit(unit);
        }
    }
    if let (Content::Unit | Content::MoneyUnit, true) = (content, is_money_word(&text)) {
        recorder.furniture(value);
        recorder.state_money_unit(text);
        return;
    }
    if value.is_empty() && !matches!(content, Content::Fund) {
        return;
    }
    match content {
        Content::Code | Content::Name => identify(recorder, content, value),
        Content::Fund => {
            if let Some(label) = label {
                let amount = Some(value.clone()).filter(|_| !text.trim().is_empty());
                recorder.current(value.cell).funds.push(FundDraft { label: label.clone(), amount });
            }
        }
        // What is no pair of days, or no amount, keeps its words.
        Content::Plain(field) if field.block == Block::Project && !fits(field, &text) => {
            if let Some(label) = label {
                recorder.extra(None, label, value);
            }
        }
        Content::Plain(field) if field.block == Block::Project => {
            if recorder.current(value.cell).plain.iter().all(|(known, _)| *known != field) {
                recorder.current(value.cell).plain.push((field, value.clone()));
            }
        }
        Content::Purpose => recorder.current(value.cell).purpose.push(value.clone()),
        Content::Goal => goals::put(recorder, label, value),
        Content::Unit => set_unit(recorder, label, value),
        Content::UnitCode => set(recorder, value, |project| &mut project.unit_code),
        // The sum of the money, under whatever name; what is no amount says how it is made up.
        Content::Budget | Content::Money if amount_like(&text) => {
            let known = recorder.current(value.cell).budget.clone();
            match (known, label) {
                (Some(known), Some(label)) if recorder.reading.text(&known) != text => {
                    recorder.extra(None, label, value);
                }
                _ => set(recorder, value, |project| &mut project.budget),
            }
        }
        Content::Budget | Content::Money | Content::Plan | Content::Extra | Content::MoneyUnit => {
            if let Some(label) = label {
                recorder.extra(None, label, value);
            }
        }
        Content::DepartmentName | Content::DepartmentCode | Content::Year | Content::StandardName => {
            if let Some(label) = label {
                let is_name = content == Content::DepartmentName;
                // 省级主管部门 and 市级主管部门 in one form: the first is the department's name.
                let project = recorder.at.project.map(|project| &recorder.reading.draft.projects[project]);
                let known = recorder.reading.draft.department.name.as_ref();
                let is_known = known.is_some_and(|known| recorder.reading.text(known) == text);
                if is_name && !is_known && project.is_some_and(|project| project.names_department) {
                    recorder.extra(None, label, value);
                    return;
                }
                if is_name {
                    departments::named_by_form(recorder, &text, value.cell);
                    if let Some(project) = recorder.at.project {
                        recorder.reading.draft.projects[project].names_department = true;
                    }
                }
                let is_year = content != Content::Year || year_length(&text).is_some();
                if !is_year || !department(recorder, content, label, value) {
                    recorder.extra(None, label, value);
                }
            }
        }
        Content::BlankFunds => blank_funds(recorder, value),
        Content::InvestmentFunds => {
            for (label, amount) in investment_funds(&text, value) {
                recorder.current(value.cell).investment.push(FundDraft { label, amount });
            }
        }
        Content::OfYear(content) => {
            of_year(recorder, content, None, value);
            if let Some(last) = recorder.year().facts.last_mut().filter(|_| content.is_day()) {
                last.label = label.cloned();
            }
        }
        Content::Furniture => recorder.furniture(value),
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
        | Content::Interim
        | Content::Plain(_) => {}
    }
}

/// Whether what should name something is the heading of a column: `单位 | 目标值` names no office.
fn is_heading_for_name(recorder: &Recorder<'_>, content: Content, text: &str) -> bool {
    let names = matches!(
        content,
        Content::DepartmentName
            | Content::DepartmentCode
            | Content::Unit
            | Content::UnitCode
            | Content::Name
            | Content::Code
    );
    names
        && matches!(
            recorder.view().lexicon.find(LabelRoom::Columns, text),
            Some(
                Content::Category
                    | Content::Subcategory
                    | Content::Indicator
                    | Content::Target
                    | Content::Nature
                    | Content::Measure
                    | Content::WholePeriod
            )
        )
}

/// Whether the words of a cell can be what a field of a form takes.
fn fits(field: Field, text: &str) -> bool {
    match field {
        Field::Period => period_in(text).is_some(),
        Field::TotalInvestment => amount_like(text),
        _ => true,
    }
}

/// A fact of the year; said again of the same project it is a repeat.
pub fn of_year(recorder: &mut Recorder<'_>, content: YearContent, fund: Option<CellPiece>, value: &CellPiece) {
    let reading = &recorder.reading;
    let known = recorder.at.project.map(|project| &reading.draft.projects[project].year);
    let says = |fact: &YearFactDraft| {
        fact.content == content
            && fact.fund.as_ref().map(|fund| reading.text(fund)) == fund.as_ref().map(|fund| reading.text(fund))
            && reading.text(&fact.value) == reading.text(value)
    };
    if known.is_some_and(|known| known.facts.iter().any(says)) {
        return recorder.repeat(value);
    }
    if !content.is_day() {
        recorder.current(value.cell);
    }
    recorder.year().facts.push(YearFactDraft { content, label: None, fund, value: value.clone() });
}

/// Whether a label stands before an amount of the year.
fn is_money_of_year(content: Content) -> bool {
    matches!(content, Content::OfYear(YearContent::AdjustedBudget | YearContent::Spent | YearContent::Expected))
}

/// A fact of the project in a table of several projects; rows of one project repeat it.
pub fn field_of_row(recorder: &mut Recorder<'_>, content: Content, label: &CellPiece, value: &CellPiece) {
    if is_repeat(recorder, content, label, value) {
        recorder.repeat(value);
    } else {
        field(recorder, content, Some(label), value);
    }
}

fn is_repeat(recorder: &Recorder<'_>, content: Content, label: &CellPiece, value: &CellPiece) -> bool {
    let Some(index) = recorder.at.project else { return false };
    let reading = &recorder.reading;
    let project = &reading.draft.projects[index];
    let text = reading.text(value);
    let says = |piece: &CellPiece| reading.text(piece) == text;
    match content {
        Content::Fund => project.funds.iter().any(|fund| fund.label == *label && fund.amount.iter().any(says)),
        Content::BlankFunds => {
            let is_listed = |name: &str| {
                project.funds.iter().any(|fund| fund.amount.is_none() && reading.text(&fund.label) == name)
            };
            names_in(text).into_iter().all(|bytes| is_listed(&text[bytes]))
        }
        Content::InvestmentFunds => investment_funds(text, value).iter().all(|(label, amount)| {
            let said = |piece: &CellPiece| reading.text(piece).to_owned();
            let known = project.investment.iter().find(|fund| said(&fund.label) == said(label));
            known.is_some_and(|fund| fund.amount.as_ref().map(said) == amount.as_ref().map(said))
        }),
        Content::Goal => project.goal.iter().any(says),
        Content::Purpose => project.purpose.iter().any(says),
        Content::Plain(field) => project.plain.iter().any(|(known, piece)| *known == field && says(piece)),
        Content::OfYear(content) => project.year.all(content).any(|fact| fact.fund.is_none() && says(&fact.value)),
        Content::Extra | Content::Plan => {
            project.extra.iter().any(|one| one.label.as_ref() == Some(label) && says(&one.value))
        }
        _ => false,
    }
}

/// A share of the plan; rows of one project repeat it.
pub fn share_of_row(recorder: &mut Recorder<'_>, checkpoint: CellPiece, share: CellPiece) {
    let project = recorder.current(share.cell);
    let known = project.plan.iter().find(|line| line.checkpoint == checkpoint).map(|line| line.share.clone());
    match known {
        None => project.plan.push(PlanDraft { checkpoint, share: Some(share) }),
        Some(Some(known)) if recorder.reading.text(&known) == recorder.reading.text(&share) => recorder.repeat(&share),
        Some(_) => {}
    }
}

/// A table or a row names its project: another one than is being read begins at a cell. `begins` says whether one begins
/// where none is being read.
pub fn project_named(recorder: &mut Recorder<'_>, code: Option<&str>, name: Option<&str>, cell: u32, begins: bool) {
    if recorder.at.is_whole && begins {
        recorder.of_whole(false, cell);
    }
    let is_other = recorder.at.project.map_or(begins, |index| {
        let project = &recorder.reading.draft.projects[index];
        let differs = |known: &Option<CellPiece>, stated: Option<&str>| match (known, stated) {
            (Some(known), Some(stated)) => recorder.reading.text(known) != stated,
            _ => false,
        };
        differs(&project.code, code) || differs(&project.name, name)
    });
    if is_other {
        recorder.begin_project(cell);
    }
}

/// A fact of the department: said again it is a repeat, said otherwise it is left over. Whether it was put down.
pub fn department(recorder: &mut Recorder<'_>, content: Content, label: &CellPiece, value: &CellPiece) -> bool {
    let Some(fact) = department_fact::read(&recorder.view(), content, value) else { return false };
    let DepartmentFact { value, code, furniture, is_new_or_same } = fact;
    for piece in &furniture {
        recorder.furniture(piece);
    }
    if let Some(code) = code {
        put(recorder, Content::DepartmentCode, code);
    }
    if is_new_or_same {
        put(recorder, content, value);
        recorder.furniture(label);
    }
    is_new_or_same
}

/// Puts down a fact of the department that is not known otherwise.
fn put(recorder: &mut Recorder<'_>, content: Content, value: CellPiece) {
    let department = &mut recorder.reading.draft.department;
    if department.fact(content).is_some() {
        recorder.repeat(&value);
    } else {
        department.set(content, value);
    }
}

/// Fund sources that are listed without an amount, by their names.
fn blank_funds(recorder: &mut Recorder<'_>, value: &CellPiece) {
    let text = recorder.reading.text(value).to_owned();
    let mut end = 0;
    for bytes in names_in(&text) {
        recorder.furniture(&value.part(&text, end..bytes.start));
        end = bytes.end;
        let label = value.part(&text, bytes);
        recorder.current(value.cell).funds.push(FundDraft { label, amount: None });
    }
    recorder.furniture(&value.part(&text, end..text.len()));
}

/// `财政拨款 500 万元；其他资金`, as our own tables hold the parts of an amount.
fn investment_funds(text: &str, value: &CellPiece) -> Vec<(CellPiece, Option<CellPiece>)> {
    let mut start = 0;
    let mut all = Vec::new();
    for part in text.split_inclusive('；') {
        let said = part.trim_end_matches('；');
        let is_amount = |at: &usize| said[at + 1..].starts_with(|sign: char| sign.is_ascii_digit());
        let between = said.match_indices(' ').map(|(at, _)| at).find(is_amount);
        let label = value.part(text, start..start + between.unwrap_or(said.len()));
        all.push((label, between.map(|at| value.part(text, start + at + 1..start + said.len()))));
        start += part.len();
    }
    all
}

/// Sets a fact once: said again it is a repeat, said otherwise it is left over.
fn set(recorder: &mut Recorder<'_>, value: &CellPiece, slot: fn(&mut ProjectDraft) -> &mut Option<CellPiece>) {
    let known = slot(recorder.current(value.cell)).clone();
    match known {
        None => *slot(recorder.current(value.cell)) = Some(value.clone()),
        Some(known) if recorder.reading.text(&known) == recorder.reading.text(value) => recorder.repeat(value),
        Some(_) => {}
    }
}

/// The unit of account, with the label that names it.
fn set_unit(recorder: &mut Recorder<'_>, label: Option<&CellPiece>, value: &CellPiece) {
    let known = recorder.current(value.cell).unit.as_ref().map(|unit| unit.value.clone());
    match known {
        None => {
            recorder.current(value.cell).unit =
                Some(LabelledValue { label: label.cloned(), value: value.clone(), lead: None });
        }
        Some(known) if recorder.reading.text(&known) == recorder.reading.text(value) => recorder.repeat(value),
        Some(_) => {
            if let Some(label) = label {
                recorder.extra(None, label, value);
            }
        }
    }
}

/// The code or the name of a project: another one than the current project has begins a new project.
fn identify(recorder: &mut Recorder<'_>, content: Content, value: &CellPiece) {
    let text = recorder.reading.text(value).to_owned();
    let of =
        |project: &ProjectDraft| if content == Content::Code { project.code.clone() } else { project.name.clone() };
    let known = recorder.at.project.and_then(|index| of(&recorder.reading.draft.projects[index]));
    match known {
        Some(known) if recorder.reading.text(&known) == text => {
            recorder.repeat(value);
            return;
        }
        Some(_) => recorder.begin_project(value.cell),
        None => {}
    }
    let project = recorder.current(value.cell);
    if content == Content::Code {
        project.code = Some(value.clone());
    } else {
        project.name = Some(value.clone());
    }
}
