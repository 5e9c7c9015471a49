//! A project as a form of a page.

use maud::{Markup, html};
use serde_json::json;

use super::{PageStyle, PageWords, address_json};
use crate::desk::Desk;
use crate::desk::fact::{Address, FormFact};
use crate::desk::form::{FilledProject, FormRow, IndicatorForm};
use crate::diagnostic::texts;
use crate::model::text::hash;

pub fn project(desk: &Desk, form: &FilledProject, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let address = &form.address;
    let (filled, empty): (Vec<&FormRow>, Vec<&FormRow>) =
        form.rows.iter().partition(|row| !row.value.is_empty() || row.is_required);
    html! {
        h1 { (address.project.as_deref().unwrap_or_default()) }
        fieldset disabled[pages.is_read_only] {
            legend { (words.say("项目", "Project")) }
            (rows(address, &filled))
            (more(address, &empty, words))
        }
        fieldset disabled[pages.is_read_only] {
            legend { (words.say("资金", "Money")) }
            div.grid { (rows(address, &form.money.iter().collect::<Vec<_>>())) }
        }
        @if !form.plan.is_empty() {
            fieldset disabled[pages.is_read_only] {
                legend { (words.say("支出计划（累计）", "Spending plan, cumulative")) }
                div.grid { (rows(address, &form.plan.iter().collect::<Vec<_>>())) }
            }
        }
        fieldset disabled[pages.is_read_only] {
            legend { (texts::form_indicators().in_language(pages.language)) }
            @for one in &form.indicators { (indicator(desk, one, words)) }
            @if !pages.is_read_only { (new_indicator(form, pages, words)) }
        }
    }
}

fn indicator(desk: &Desk, one: &IndicatorForm, words: PageWords) -> Markup {
    let address = &one.address;
    let name = &*desk.analysis().model[one.id].name.value;
    let (filled, empty): (Vec<&FormRow>, Vec<&FormRow>) =
        one.rows.iter().partition(|row| !row.value.is_empty() || row.is_required);
    html! {
        section.indicator aria-label=(name) {
            div.head { (rows(address, &one.head.iter().collect::<Vec<_>>())) }
            @if !filled.is_empty() { div.body { (rows(address, &filled)) } }
            (more(address, &empty, words))
            button.remove type="button" data-remove=(address_json(address)) data-name=(name) {
                (words.say("删去这条指标", "Remove this indicator"))
            }
        }
    }
}

fn new_indicator(form: &FilledProject, pages: PageStyle<'_>, words: PageWords) -> Markup {
    html! {
        form.indicator.new data-add=(address_json(&form.address)) aria-label=(words.say("新指标", "New indicator")) {
            div.head {
                div.row {
                    label for="new-category" { (texts::form_category().in_language(pages.language)) }
                    select #new-category name="category" { @for one in &form.categories { option { (one) } } }
                }
                div.row {
                    label for="new-name" { (texts::form_name().in_language(pages.language)) }
                    input #new-name name="name" autocomplete="off" required;
                }
                div.row {
                    label for="new-target" { (texts::form_target().in_language(pages.language)) }
                    input #new-target name="target" autocomplete="off" required placeholder=(words.say("≥ 90%　不少于6次　10月底前", "≥ 90%")) aria-describedby="new-understood";
                    output.understood #new-understood for="new-target" {}
                }
            }
            button type="submit" { (words.say("加一条指标", "Add an indicator")) }
        }
    }
}

/// Fields that nobody filled in yet.
pub(super) fn more(address: &Address, empty: &[&FormRow], words: PageWords) -> Markup {
    html! {
        @if !empty.is_empty() {
            details.more data-keep=(key(address, "more")) {
                summary { (words.say("还可以填", "More")) " " small { (empty.iter().map(|row| row.label.as_str()).collect::<Vec<_>>().join(words.say("、", ", "))) } }
                (rows(address, empty))
            }
        }
    }
}

pub(super) fn rows(address: &Address, rows: &[&FormRow]) -> Markup {
    html! { @for one in rows { (row(address, one)) } }
}

/// A field: its name, its input, and how it is understood.
fn row(address: &Address, row: &FormRow) -> Markup {
    let fact = fact(&row.fact);
    let id = key(address, &fact);
    let at = address_json(address);
    let printed = row.printed.as_deref().filter(|printed| *printed != row.value);
    let meaning = (!row.meaning.is_empty()).then_some(&*row.meaning);
    let understood = format!("{id}-u");
    let is_free = row.choices.is_empty() || !matches!(row.fact, FormFact::Category);
    html! {
        div.row.required[row.is_required].long[row.is_long] {
            label for=(id) title=[meaning] { (row.label) }
            @if row.is_long {
                textarea #(id) rows="2" data-at=(at) data-fact=(fact) data-was=(row.value) aria-describedby=(understood) { (maud::PreEscaped("\n")) (row.value) }
            } @else {
                input #(id) value=(row.value) autocomplete="off" data-at=(at) data-fact=(fact) data-was=(row.value) aria-describedby=(understood)
                    aria-required=[row.is_required.then_some("true")] data-choices=[(!row.choices.is_empty()).then_some(&*row.choices)] data-free[is_free];
            }
            output.understood #(understood) for=(id) { @if let Some(printed) = printed { (printed) } }
        }
    }
}

/// As a change names it.
pub(super) fn fact(fact: &FormFact) -> String {
    match fact {
        FormFact::Name => json!("name"),
        FormFact::Code => json!("code"),
        FormFact::Category => json!("category"),
        FormFact::Target => json!("target"),
        FormFact::Line(label) => json!({ "line": label }),
        FormFact::Part(line, label) => json!({ "part": [line, label] }),
        FormFact::Reported(checkpoint) => json!({ "reported": checkpoint }),
        FormFact::ReportedLine(checkpoint, label) => json!({ "reported_line": [checkpoint, label] }),
    }
    .to_string()
}

/// An id that stays the same as long as the thing keeps its name.
pub(super) fn key(address: &Address, fact: &str) -> String {
    format!("f{:08x}", hash(&format!("{}{fact}", address_json(address))) as u32)
}
