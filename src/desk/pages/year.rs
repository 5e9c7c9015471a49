//! 年度: a checkpoint to be filled in, with the lights that follow from it.

use maud::{Markup, html};

use super::form::{fact, key, more, rows};
use super::{DeskPage, PageStyle, PageWords, address_json, findings};
use crate::desk::fact::{Address, FormFact};
use crate::desk::form::FormRow;
use crate::desk::year::{self, CheckpointLine, CheckpointProject};
use crate::desk::{Desk, report_place};
use crate::diagnostic::{Language, texts};
use crate::model::calendar::Date;
use crate::model::year::Occasion;
use crate::model::{DepartmentId, Model};
use crate::score::{Absence, Light, checkpoints};
use crate::standing::{LightsOfOffice, lights_page};

/// A checkpoint of a department.
#[derive(Clone, Copy)]
pub struct CheckpointAsked {
    department: Option<DepartmentId>,
    /// Its number in the address, from one.
    number: usize,
    date: Date,
}

/// Which checkpoint a page shows: by its number and that of its department, from one; of none the first department, and
/// what is due.
pub fn looked_at(model: &Model, department: usize, checkpoint: usize) -> Option<CheckpointAsked> {
    let has_any = |group: &Option<DepartmentId>| !checkpoints(model, *group).is_empty();
    let (number, group) = if let Some(index) = department.checked_sub(1) {
        (department, model.groups().nth(index)?)
    } else {
        let (index, group) = model.groups().enumerate().find(|(_, group)| has_any(group))?;
        (index + 1, group)
    };
    let date = match checkpoint.checked_sub(1) {
        Some(index) => checkpoints(model, group).get(index).copied()?,
        None => year::due(model, group)?,
    };
    Some(CheckpointAsked { department: group, number, date })
}

/// What is to be filled in: of all projects, else of the one that an address lies in.
pub fn form(
    desk: &Desk,
    at: Option<CheckpointAsked>,
    of: Option<&Address>,
    pages: PageStyle<'_>,
    words: PageWords,
) -> Markup {
    let model = &desk.analysis().model;
    let Some(CheckpointAsked { department, number, date }) = at else {
        return html! {
            h1 { (texts::desk_the_year().in_language(pages.language)) }
            p.none { (words.say("这个部门的标准没有监控节点。", "The standard of this department has no checkpoints.")) }
        };
    };
    let form = year::form(desk.analysis(), department, date, of, pages.language);
    let fact = FormFact::Reported(date.to_string());
    html! {
        h1 { (date) " " (words.say("绩效运行监控", "monitoring")) }
        (places(model, department, number, date, pages, words))
        @if !form.has_report {
            div.begin {
                p { (words.say("这个节点的监控还没有开始填。", "The report of this checkpoint is not begun yet.")) }
                @if pages.is_read_only {
                    p.none { (words.say("只读打开，不能填。", "Opened to look only: nothing can be filled in.")) }
                } @else if let Some(place) = report_place(desk, department, date) {
                    button type="button" data-begin=(serde_json::json!({ "department": number, "checkpoint": date.to_string() })) {
                        (words.say("开始填：新建 ", "Begin it: a new file ")) (place)
                    }
                }
            }
        }
        @for one in &form.projects { (project(one, &fact, form.has_report && !pages.is_read_only, pages, words)) }
    }
}

/// The departments and their checkpoints.
fn places(
    model: &Model,
    department: Option<DepartmentId>,
    number: usize,
    date: Date,
    pages: PageStyle<'_>,
    words: PageWords,
) -> Markup {
    let name = |group: Option<DepartmentId>| {
        group.map_or(words.say("不属于部门的项目", "Projects of no department").to_owned(), |id| {
            model[id].name.value.to_string()
        })
    };
    let groups: Vec<Option<DepartmentId>> = model.groups().collect();
    html! {
        nav.points aria-label=(words.say("各个监控节点", "Checkpoints")) {
            @if groups.len() > 1 {
                ul { @for (index, group) in groups.iter().enumerate() {
                    li { a href={ (pages.root) "year/" (index + 1) "/0" } aria-current=[(*group == department).then_some("true")] { (name(*group)) } }
                } }
            }
            ul { @for (index, one) in checkpoints(model, department).into_iter().enumerate() {
                li { a href={ (pages.root) "year/" (number) "/" (index + 1) } aria-current=[(one == date).then_some("true")] { (one) } }
            } }
        }
    }
}

fn project(
    one: &CheckpointProject<'_>,
    fact: &FormFact,
    is_open: bool,
    pages: PageStyle<'_>,
    words: PageWords,
) -> Markup {
    let waiting = one.lines.iter().filter(|line| line.value.is_empty() && !line.is_computed).count();
    let name = &*one.standing.in_force.project.name.value;
    html! {
        fieldset.reported disabled[!is_open] {
            legend { (name) " " @if waiting > 0 { small { (words.say("待填 ", "to be filled in: ")) (waiting) } } }
            @for one in &one.lines { (line(one, name, fact, pages, words)) }
        }
    }
}

fn line(one: &CheckpointLine, project: &str, of: &FormFact, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let fact = fact(of);
    let id = key(&one.address, &fact);
    let (told, aim) = (format!("{id}-u"), format!("{id}-t"));
    let label = one.name.as_deref().unwrap_or(words.say("累计支出", "Spent since January"));
    let (wanted, empty): (Vec<&FormRow>, Vec<&FormRow>) =
        one.said.iter().partition(|row| !row.value.is_empty() || row.is_required);
    html! {
        div.row.due {
            label for=(id) { (label) span.hidden-label { " " (project) } }
            span.aim #(aim) { (words.say("全年 ", "of the year ")) (one.target) }
            @if one.is_computed {
                input #(id) value=(one.value) readonly aria-describedby={ (aim) " " (told) };
            } @else {
                input #(id) value=(one.value) autocomplete="off" data-at=(address_json(&one.address)) data-fact=(fact)
                    data-was=(one.value) aria-describedby=(told) placeholder=(words.say("待填", "to be filled in"));
            }
            output.understood.light #(told) for=(id) data-light=(light_id(one.light)) { (light(one.light, pages.language)) @if !one.why.is_empty() { " " (one.why) } }
        }
        @if !one.said.is_empty() && !one.value.is_empty() {
            div.said role="group" aria-label={ (label) " " (words.say("的说明", "in words")) } {
                (rows(&one.address, &wanted))
                (more(&one.address, &empty, words))
            }
        }
    }
}

fn light(light: Light, language: Language) -> String {
    light.text().map(|text| text.in_language(language).into_owned()).unwrap_or_default()
}

fn light_id(light: Light) -> &'static str {
    match light {
        Light::Lit(colour) => colour.english(),
        Light::Grey(Absence::Missing) => "missing",
        Light::Grey(_) => "grey",
        Light::Unruled => "none",
    }
}

/// The tables of `jixiao monitor`.
pub fn lights(desk: &Desk, at: Option<CheckpointAsked>, pages: PageStyle<'_>) -> Markup {
    let analysis = desk.analysis();
    let Some(at) = at else { return html! {} };
    let mut all = LightsOfOffice::all(&analysis.model, at.date);
    all.retain(|office| office.department == at.department);
    html! { div.scroll tabindex="0" role="group" aria-label=(texts::desk_lights().in_language(pages.language)) { (lights_page(&analysis.model, &analysis.sources, &all, pages.language).markup()) } }
}

/// What was found in what is reported of the year.
pub fn found(desk: &Desk, at: Option<CheckpointAsked>, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let model = &desk.analysis().model;
    let heads = at.into_iter().flat_map(|at| model.record(at.department).occasions.iter().map(Occasion::span));
    findings::of_declarations(desk, &heads.collect::<Vec<_>>(), pages, words)
}

/// The page of what is due.
pub fn first() -> DeskPage {
    DeskPage::Year { department: 0, checkpoint: 0 }
}
