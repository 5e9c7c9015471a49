//! The projects of a department that has too many for one page: a row each, which leads to the page of its own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::changes::PageChanges;
use super::charts::printed;
use super::{PageParts, group_number, project_id};
use crate::model::{DepartmentId, ProjectId};

/// The table; the script sorts it by a column and searches it.
pub(super) fn table(parts: &PageParts<'_>, id: Option<DepartmentId>) -> Markup {
    let PageParts { model, found, changes, sources, links, .. } = *parts;
    let say = |chinese, english| parts.say(chinese, english);
    let standard = super::standard_of(model, id);
    let found = found.map(|found| found.by_project(id)).unwrap_or_default();
    let changed = changes.map(|all: &PageChanges<'_>| all.by_project(group_number(model, id))).unwrap_or_default();
    let head = |text: &str, of_numbers: bool| html! { th scope="col" .amount[of_numbers] { (text) } };
    let before = model.before.map_or(0, |before| before.projects);
    html! {
        div.county { div.scroll tabindex="0" role="group" aria-label=(say("各项目", "Projects")) {
            table.departments {
                thead { tr {
                    (head(say("项目", "Project"), false))
                    (head(&format!("{}（{}）", say("预算数", "Budget"), standard.money_unit_name()), true))
                    (head(say("绩效指标", "Indicators"), true))
                    (head(say("定量", "Quantitative"), true))
                    @if parts.found.is_some() {
                        (head(say("警告", "Warnings"), true))
                        (head(say("提示", "Notes"), true))
                    }
                    @if changes.is_some() { (head(say("变化", "Changes"), true)) }
                } }
                tbody { @for (number, (id, project)) in (1..).zip(model.projects_of(id)) {
                    @let row = project_id(model, id);
                    @let budget = project.budget_amount(&model[project.standard]);
                    @let to = |section: &str| links.href(id, &format!("{row}{section}"));
                    tr #{ "r" (row) } {
                        th scope="row" data-v=(number) {
                            a href=(to("")) { (number) "." (project.name.value) }
                            @if let Some(code) = &project.code { " " small.code { (code.value) } }
                            @if let Some(sources) = sources { " " small.source { (sources.short_place(project.name.span)) } }
                        }
                        td.amount data-v=(budget.unwrap_or_default().normalize()) {
                            @match budget { Some(budget) => (printed(budget, standard)), None => "—" }
                        }
                        td.amount { (linked(project.indicators.len(), &to(""))) }
                        td.amount { (linked(project.indicators.iter().filter(|one| one.target.value.is_quantitative()).count(), &to(""))) }
                        @if parts.found.is_some() {
                            @let [_, warnings, notes] = counts(&found, id);
                            td.amount { (linked(warnings, &to("-review"))) }
                            td.amount { (linked(notes, &to("-review"))) }
                        }
                        @if changes.is_some() {
                            @let count = changed.get(&(before + id.0 as usize + 1)).map_or(0, Vec::len);
                            td.amount { (linked(count, &to("-changes"))) }
                        }
                    }
                } }
            }
        } }
    }
}

fn counts(found: &BTreeMap<ProjectId, Vec<super::findings::Finding<'_>>>, id: ProjectId) -> [usize; 3] {
    let found = found.get(&id).map_or(&[][..], Vec::as_slice);
    super::SEVERITIES.map(|severity| found.iter().filter(|one| one.severity() == severity).count())
}

/// A number that leads to what it counts.
pub(super) fn linked(count: usize, href: &str) -> Markup {
    html! { @if count == 0 { "0" } @else { a href=(href) { (count) } } }
}
