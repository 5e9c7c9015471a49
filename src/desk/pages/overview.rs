//! All departments and projects.

use std::collections::HashMap;

use maud::{Markup, html};

use super::{DeskPage, PageStyle, PageWords, findings};
use crate::desk::Desk;
use crate::diagnostic::{Severity, texts};
use crate::model::ProjectId;
use crate::model::print;

pub fn overview(desk: &Desk, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let analysis = desk.analysis();
    let model = &analysis.model;
    let projects = findings::projects_of(desk);
    let severities = [Severity::Error, Severity::Warning, Severity::Note];
    let mut found: HashMap<ProjectId, [usize; 3]> = HashMap::new();
    for one in &analysis.diagnostics {
        if let Some(id) = one.span().and_then(|span| projects.get(&span)) {
            found.entry(*id).or_default()[one.severity as usize] += 1;
        }
    }
    let is_empty = model.groups().next().is_none();
    html! {
        @for one in &desk.unreadable { p.none { (one.message.in_language(pages.language)) } }
        @if is_empty {
            h1 { (words.say("这里还没有绩效目标", "There are no targets here yet")) }
            p { (words.say("在这个文件夹里运行 jixiao new 我的单位，或者 jixiao import 文档.docx，这里就会看到。", "Run jixiao new MY-OFFICE or jixiao import DOCUMENT.docx in this folder, and they are shown here.")) }
        }
        @for group in model.groups() {
            section.office {
                h1 { (group.map_or(words.say("不属于部门的项目", "Projects of no department").to_owned(), |id| model[id].name.value.to_string())) }
                @if let Some(id) = group {
                    p.about {
                        @if let Some(year) = &model[id].year { (year.value) (words.say("年度 · ", " · ")) }
                        (model[id].name.value) " · " (model[model[id].standard].name)
                    }
                }
                div.scroll { table.projects {
                    thead { tr {
                        th scope="col" { (words.say("项目", "Project")) }
                        th.number scope="col" { (texts::form_budget().in_language(pages.language)) }
                        th.number scope="col" { (texts::form_indicators().in_language(pages.language)) }
                        @for severity in severities {
                            th.number scope="col" { (severity.word(pages.language)) }
                        }
                    } }
                    tbody {
                        @for (id, project) in model.projects_of(group) {
                            tr {
                                th scope="row" { a href={ (pages.root) (DeskPage::Project(id.0 as usize + 1).path()) } { (project.name.value) } }
                                td.number { (project.budget.as_ref().and_then(|budget| Some(print::amount(budget.total.as_ref()?, &model[project.standard]))).unwrap_or_default()) }
                                td.number { (project.indicators.len()) }
                                @for count in found.get(&id).copied().unwrap_or_default() { td.number { (count) } }
                            }
                        }
                    }
                } }
            }
        }
    }
}
