//! The form of the year of a place: what its tables hold, under which words, declared where the standard has it otherwise.

use std::fmt::Write;

use super::fit::{DocumentForm, field_name, field_rule};
use crate::import::recognise::draft::{FormColumn, ProjectDraft, Reading, YearFormDraft};
use crate::import::recognise::lexicon::{Content, column_key, key_of};
use crate::import::recognise::year_content::{YearContent, of_any_months};
use crate::language::{Block, Field};
use crate::model::standard::Standard;
use crate::model::standard::year_form::{ClosingCell, FormLayout, MoneyContent, RowContent, YearColumn, YearForm};
use crate::model::year::SnapshotKind;
use crate::syntax::vocabulary::{quoted, written_name};

/// The declarations of a document's form of the year, and of the words that it has for things.
pub fn declared(form: &DocumentForm, reading: &Reading, department: usize, base: &Standard) -> Vec<String> {
    let draft = &reading.draft.year_form;
    let is_own = |one: &&ProjectDraft| one.department == department;
    let first = reading.draft.projects.iter().find(is_own);
    let Some(first) = first.filter(|_| form.is_of_year && !draft.columns.is_empty()) else { return Vec::new() };
    let is_ahead = |column: &FormColumn| {
        matches!(
            column.content,
            Content::OfYear(YearContent::Expected | YearContent::Likelihood | YearContent::LikelihoodTick)
        )
    };
    let looks_ahead = first.year.months.is_some() || draft.columns.iter().any(is_ahead);
    let kind =
        first.year.kind.unwrap_or(if looks_ahead { SnapshotKind::Monitoring } else { SnapshotKind::SelfEvaluation });
    let year_form = match kind {
        SnapshotKind::Monitoring => YearForm::Monitoring,
        SnapshotKind::SelfEvaluation => YearForm::SelfEvaluation,
    };
    let known = base.forms.get(&year_form).cloned().unwrap_or_default();
    let own = layout(draft, &known, base);
    let mut lines = Vec::new();
    lines.extend(
        draft
            .title
            .iter()
            .filter(|title| base.label(year_form.word()) != **title)
            .map(|title| labelled(year_form.word(), title)),
    );
    if own != known {
        lines.push(written(year_form, &own));
    }
    for name in &draft.order {
        let label = &draft.labels[name];
        if base.label(name) != label {
            lines.push(labelled(name, label));
        }
    }
    lines
}

fn labelled(name: &str, label: &str) -> String {
    format!("{} {name} {}", Field::Label.name, quoted(label))
}

/// The form that the document has, over the one that the standard declares.
fn layout(draft: &YearFormDraft, known: &FormLayout, base: &Standard) -> FormLayout {
    let mut own = known.clone();
    if !draft.money.is_empty() {
        own.money.clear();
        for column in &draft.money {
            let content = money_content(column.content).filter(|word| own.money.iter().all(|one| one.content != *word));
            own.money.extend(content.map(|content| year_column(content.to_owned(), column)));
        }
    }
    own.columns.clear();
    let is_adjusted = draft.columns.iter().any(|column| column.content == Content::OfYear(YearContent::AdjustedTarget));
    for column in draft.columns.iter().filter(|column| !column.holds_evidence(base)) {
        let content = row_content(column, base, is_adjusted);
        let content = content.filter(|word| own.columns.iter().all(|one| one.content != *word));
        own.columns.extend(content.map(|content| year_column(content, column)));
    }
    let columns = &own.columns;
    own.merged.retain(|content| columns.iter().any(|column| column.content == *content));
    let cell = |name: &&str| ClosingCell::ALL.iter().find(|(_, word, _)| word == name).map(|(cell, ..)| *cell);
    let closing: Vec<ClosingCell> = draft.order.iter().filter_map(cell).collect();
    if !closing.is_empty() {
        own.closing = closing;
    }
    own
}

/// A column under its headings, in which the months are those of any checkpoint.
fn year_column(content: String, column: &FormColumn) -> YearColumn {
    let any = |text: &String| of_any_months(text);
    let (above, heading) = match (&column.above, column.content) {
        // A column a word is one column of words.
        (Some(above), Content::OfYear(YearContent::LikelihoodTick)) => (None, any(above)),
        (above, _) => (above.as_ref().map(any), any(&column.heading)),
    };
    YearColumn { content, above, heading }
}

fn money_content(content: Content) -> Option<&'static str> {
    let found = match content {
        Content::Budget => MoneyContent::Approved,
        Content::OfYear(YearContent::AdjustedBudget) => MoneyContent::Budget,
        Content::OfYear(YearContent::Spent) => MoneyContent::Spent,
        Content::OfYear(YearContent::Expected) => MoneyContent::Expected,
        Content::OfYear(YearContent::ExecutionRate) => MoneyContent::Rate,
        Content::OfYear(YearContent::ExecutionWeight) => MoneyContent::Weight,
        Content::OfYear(YearContent::ExecutionPoints | YearContent::Points) => MoneyContent::Points,
        Content::OfYear(YearContent::SpentDeviation) => MoneyContent::Deviation,
        _ => return None,
    };
    MoneyContent::ALL.iter().find(|(one, ..)| *one == found).map(|(_, word, _)| *word)
}

/// What a column of the indicators holds, by the name under which a form declares it.
fn row_content(column: &FormColumn, base: &Standard, is_adjusted: bool) -> Option<String> {
    let of_year = |content: RowContent| {
        RowContent::ALL.iter().find(|(one, ..)| *one == content).map(|(_, word, _)| (*word).to_owned())
    };
    match column.content {
        Content::OfYear(content) => match content {
            YearContent::Reached => of_year(RowContent::Actual),
            YearContent::Points => of_year(RowContent::Points),
            YearContent::AdjustedTarget => of_year(RowContent::Adjusted),
            YearContent::Expected => of_year(RowContent::Expected),
            YearContent::Likelihood | YearContent::LikelihoodTick => of_year(RowContent::Likelihood),
            YearContent::Deviation => of_year(RowContent::Deviation),
            YearContent::Remedy => of_year(RowContent::Measure),
            YearContent::DeviationAndRemedy => of_year(RowContent::Reasons),
            YearContent::DeviationOfKind => {
                let key = key_of(&column.heading).text;
                base.monitoring.deviation_kinds.iter().find(|kind| **kind == key).cloned()
            }
            _ => None,
        },
        Content::Target if is_adjusted => of_year(RowContent::Approved),
        Content::Extra => {
            let key = key_of(&column.heading).text;
            let known = field_rule(base, Block::Indicator, &key).map(|rule| base.field_rules[rule].name.clone());
            Some(known.unwrap_or_else(|| field_name(Block::Indicator, &key)))
        }
        content => column_key(content).map(str::to_owned),
    }
}

/// `自评表 { … }`
fn written(form: YearForm, layout: &FormLayout) -> String {
    let mut text = format!("{} {{\n", form.word());
    let line = |field: Field, column: &YearColumn| {
        let headings = match &column.above {
            Some(above) => format!(" {} {}", quoted(above), quoted(&column.heading)),
            None if column.heading == column.content => String::new(),
            None => format!(" {}", quoted(&column.heading)),
        };
        format!("  {} {}{headings}\n", field.name, written_name(&column.content))
    };
    for column in &layout.money {
        text += &line(Field::MoneyColumn, column);
    }
    for column in &layout.columns {
        text += &line(Field::FormColumn, column);
    }
    if !layout.merged.is_empty() {
        let _ = writeln!(text, "  {} {}", Field::FormMerged.name, layout.merged.join(" "));
    }
    let word = |cell: &ClosingCell| ClosingCell::ALL[*cell as usize].1;
    if !layout.closing.is_empty() {
        let closing = layout.closing.iter().map(word).collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "  {} {closing}", Field::FormClosing.name);
    }
    text.push('}');
    text
}
