//! The projects of a department that has too many for one page: a row each, which leads to the page of its own.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::charts::printed;
use super::findings::Finding;
use super::{PageParts, group_number, project_id, project_number};
use crate::backend::ToldChange;
use crate::model::standard::Standard;
use crate::model::{DepartmentId, Project, ProjectId};

/// So many stand open and in each of the tables that unfold: a browser lays out no more at first.
const OPEN: usize = 100;

/// The table, in parts; the script sorts it by a column and searches it.
pub(super) fn table(parts: &PageParts<'_>, id: Option<DepartmentId>) -> Markup {
    let projects: Vec<(ProjectId, &Project)> = parts.model.projects_of(id).collect();
    let rows = ProjectRows {
        parts,
        standard: super::standard_of(parts.model, id),
        found: parts.found.map(|found| found.by_project(id)).unwrap_or_default(),
        changed: parts.changes.map(|all| all.by_project(group_number(parts.model, id))).unwrap_or_default(),
    };
    html! {
        div.county {
            @for (part, start) in projects.chunks(OPEN).zip((1..).step_by(OPEN)) {
                @if start == 1 { (rows.table(start, part)) } @else {
                    details.more {
                        summary { (start) "–" (start + part.len() - 1) " " span.count { (part[0].1.name.value) " …" } }
                        (rows.table(start, part))
                    }
                }
            }
        }
    }
}

/// What rows of projects are made of.
struct ProjectRows<'a> {
    parts: &'a PageParts<'a>,
    standard: &'a Standard,
    found: BTreeMap<ProjectId, Vec<Finding<'a>>>,
    /// By the number of the project among those of the workspace.
    changed: BTreeMap<usize, Vec<&'a ToldChange>>,
}

impl ProjectRows<'_> {
    fn table(&self, start: usize, projects: &[(ProjectId, &Project)]) -> Markup {
        let say = |chinese, english| self.parts.say(chinese, english);
        let head = |text: &str, of_numbers: bool| html! { th scope="col" .amount[of_numbers] { (text) } };
        html! {
            div.scroll tabindex="0" role="group" aria-label={ (say("项目", "Projects")) " " (start) "–" (start + projects.len() - 1) } {
                table.departments.projects {
                    thead { tr {
                        (head(say("项目", "Project"), false))
                        (head(&format!("{}（{}）", say("预算数", "Budget"), self.standard.money_unit_name()), true))
                        (head(say("绩效指标", "Indicators"), true))
                        (head(say("定量", "Quantitative"), true))
                        @if self.parts.found.is_some() {
                            (head(say("警告", "Warnings"), true))
                            (head(say("提示", "Notes"), true))
                        }
                        @if self.parts.changes.is_some() { (head(say("变化", "Changes"), true)) }
                    } }
                    tbody { @for (number, (id, project)) in (start..).zip(projects) { (self.row(number, *id, project)) } }
                }
            }
        }
    }

    fn row(&self, number: usize, id: ProjectId, project: &Project) -> Markup {
        let PageParts { model, found, changes, sources, links, .. } = *self.parts;
        let row = project_id(model, id);
        let budget = project.budget_amount(&model[project.standard]);
        let quantitative = project.indicators.iter().filter(|one| one.target.value.is_quantitative()).count();
        let to = |section: &str| links.href(id, &format!("{row}{section}"));
        html! {
            tr {
                th scope="row" data-v=(number) {
                    a href=(to("")) { (number) "." (project.name.value) }
                    @if let Some(code) = &project.code { " " small.code { (code.value) } }
                    @if let Some(sources) = sources { " " small.source { (sources.short_place(project.name.span)) } }
                }
                td.amount data-v=(budget.unwrap_or_default().normalize()) {
                    @match budget { Some(budget) => (printed(budget, self.standard)), None => "—" }
                }
                td.amount { (linked(project.indicators.len(), &to(""))) }
                td.amount { (linked(quantitative, &to(""))) }
                @if found.is_some() {
                    @let [_, warnings, notes] = counts(&self.found, id);
                    td.amount { (linked(warnings, &to("-review"))) }
                    td.amount { (linked(notes, &to("-review"))) }
                }
                @if changes.is_some() {
                    @let count = self.changed.get(&project_number(model, id)).map_or(0, Vec::len);
                    td.amount { (linked(count, &to("-changes"))) }
                }
            }
        }
    }
}

fn counts(found: &BTreeMap<ProjectId, Vec<Finding<'_>>>, id: ProjectId) -> [usize; 3] {
    let found = found.get(&id).map_or(&[][..], Vec::as_slice);
    super::SEVERITIES.map(|severity| found.iter().filter(|one| one.severity() == severity).count())
}

/// A number that leads to what it counts.
pub(super) fn linked(count: usize, href: &str) -> Markup {
    html! { @if count == 0 { "0" } @else { a href=(href) { (count) } } }
}
