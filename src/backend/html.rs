//! `report.html`: one self-contained page that an office can publish.
//!
//! It works offline and from `file:`, asks for nothing over the network, and is whole without its script. Style and
//! script are allowed by their hashes. The first part is prose, the second the official project tables. What only serves
//! the reader, or is computed from them, says `data-derived`: who reads the page back has it from the tables already.

mod charts;
mod compact;
mod findings;
mod form;
mod overview;
mod site;
mod year;
mod year_overview;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use self::findings::PageFindings;
use self::site::CountySite;
use super::official::overall::{self, AFTER, BETWEEN, Overall, SubGoalText};
use super::official::{self, Official, Widths, kind_of_report, standard_of};
use super::overview::YearOverview;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::diagnostic::Language;
use crate::model::standard::Standard;
use crate::model::standard::year_form::YearForm;
use crate::model::{Department, DepartmentId, Model, ProjectId, summary};

pub struct Html;

impl Backend for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn holds(&self, _: YearForm) -> bool {
        true
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        if let Some(asked) = options.forms {
            for document in super::forms::documents(model, scope, asked) {
                let path = format!("{}.html", document.file_stem);
                sink.artifact(path.as_ref(), &mut |out| year::page(out, document.drawn(), options.language))?;
            }
            for document in super::forms::overviews(model, scope, asked) {
                let path = format!("{}.html", document.file_stem);
                let overview = YearOverview::of(&document, asked.sources);
                sink.artifact(path.as_ref(), &mut |out| year_overview::page(out, &overview, options.language))?;
            }
            return Ok(());
        }
        if scope == Scope::Workspace && model.has_several_groups() {
            let mut site = CountySite::default();
            site.look(model, options, sink)?;
            return site.finish(options.language, sink);
        }
        let found = page_findings(model, options).filter(|_| scope.project().is_none());
        sink.artifact(REPORT.as_ref(), &mut |out| page(out, model, scope, found.as_ref(), options.language))
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(Box::new(CountySite::default()))
    }
}

/// The page to begin with.
const REPORT: &str = "report.html";

fn page_findings<'a>(model: &Model, options: &RenderOptions<'a>) -> Option<PageFindings<'a>> {
    options.review.map(|review| PageFindings::new(model, review, options.language))
}

const STYLE: &str = include_str!("html/report.css");
const SCRIPT: &str = concat!(include_str!("html/theme.js"), include_str!("html/report.js"));

/// Of all pages.
pub(super) const SCRIPTS: [&str; 2] = [SCRIPT, site::SITE_SCRIPT];

/// The policy: nothing from anywhere, but this style and this script.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)));
    format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// Where something is filled into a frame. No text can hold it: its signs would be escaped.
const HOLE: PreEscaped<&str> = PreEscaped("<!-->");

/// Writes the page: a frame, and into it what stands there, department by department and project by project.
fn page(
    out: &mut dyn Write,
    model: &Model,
    scope: Scope,
    found: Option<&PageFindings<'_>>,
    language: Language,
) -> io::Result<()> {
    let say = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    let style = format!("{STYLE}{}", form::headings(model, scope));
    let frame = frame(&title(model, scope), &policy(&style, SCRIPT), &say).into_string();
    let mut frame = frame.split(HOLE.0);
    let mut go_on = |out: &mut dyn Write| compact::write(out, frame.next().unwrap_or_default());

    go_on(out)?;
    out.write_all(style.as_bytes())?;
    go_on(out)?;
    for (_, id) in scope.groups(model) {
        compact::write(out, &contents(model, id, scope, found.is_some(), &say).into_string())?;
    }
    go_on(out)?;
    for official in official::documents(model, scope) {
        department(out, model, &official, scope, found, &say)?;
    }
    if let Some(more) = found.filter(|_| scope == Scope::Workspace).and_then(|found| found.elsewhere(&say)) {
        compact::write(out, &more.into_string())?;
    }
    go_on(out)?;
    out.write_all(SCRIPT.as_bytes())?;
    go_on(out)?;
    out.write_all(b"\n")
}

/// The page without its style, contents, departments and script.
fn frame(title: &str, policy: &str, say: &dyn Fn(&str, &str) -> String) -> Markup {
    html! {
        (DOCTYPE)
        html lang="zh-CN" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content=(concat!("jixiao ", env!("CARGO_PKG_VERSION")));
                title { (title) }
                style { (HOLE) }
            }
            body {
                a.skip href="#main" data-derived { (say("跳到正文", "Skip to the text")) }
                header.bar data-derived {
                    span.name { (title) }
                    div.tools role="search" {
                        label.hidden-label for="search" { (say("查找项目和指标", "Search projects and indicators")) }
                        input #search type="search" autocomplete="off" placeholder=(say("查找项目和指标", "Search"));
                        span.count #count role="status" aria-live="polite" data-text=(say("{} 条指标", "{} indicators")) {}
                        button #theme type="button" aria-pressed="false" data-dark=(say("深色", "Dark")) data-light=(say("浅色", "Light")) {
                            (say("深色", "Dark"))
                        }
                    }
                }
                div.layout {
                    nav.contents aria-labelledby="contents" data-derived {
                        details open { summary { h2 #contents { (say("目录", "Contents")) } } ol { (HOLE) } }
                    }
                    main #main {
                        (HOLE)
                        p.empty #empty hidden data-derived { (say("没有找到。按 Esc 恢复全部。", "Nothing found. Escape shows everything.")) }
                    }
                }
                script { (HOLE) }
            }
        }
    }
}

fn title(model: &Model, scope: Scope) -> String {
    match (scope, &model.departments[..]) {
        (Scope::Workspace, []) => official::title(None),
        (Scope::Workspace, [only]) => official::title(Some(only)),
        (Scope::Workspace, [first, ..]) => {
            let same_year = model.departments.iter().all(|one| year(one) == year(first));
            let year = year(first).filter(|_| same_year).map(|year| format!("{year}年度")).unwrap_or_default();
            format!("{year}部门预算绩效目标")
        }
        (Scope::Department(id), _) => official::title(id.map(|id| &model[id])),
        (Scope::Project(id), _) => official::title(model[id].department.map(|id| &model[id])),
    }
}

fn year(department: &Department) -> Option<u16> {
    department.year.as_ref().map(|year| year.value)
}

/// Ids in the page come from numbers, never from names.
fn group_id(model: &Model, id: Option<DepartmentId>) -> String {
    let before = model.before.map_or(0, |before| before.departments);
    id.map_or("d0".to_owned(), |id| format!("d{}", before + id.0 as usize + 1))
}

pub(super) fn project_id(model: &Model, id: ProjectId) -> String {
    let before = model.before.map_or(0, |before| before.projects);
    format!("p{}", before + id.0 as usize + 1)
}

pub(super) fn indicator_id(model: &Model, project: ProjectId, index: usize) -> String {
    format!("{}-i{}", project_id(model, project), index + 1)
}

pub(super) fn goal_id(model: &Model, department: DepartmentId, index: usize) -> String {
    format!("{}-g{}", group_id(model, Some(department)), index + 1)
}

/// What a section of a department is called: where there are several, not the same twice.
fn section_label(model: &Model, id: Option<DepartmentId>, name: &str) -> String {
    let department = id.filter(|_| model.has_several_groups()).map(|id| &model[id].name.value);
    department.map_or_else(|| name.to_owned(), |department| format!("{department} {name}"))
}

/// So many departments stand open in the contents; of more only the names.
const OPEN_DEPARTMENTS: usize = 5;

/// The entries of a department in the contents; of one project alone, its own.
fn contents(
    model: &Model,
    id: Option<DepartmentId>,
    scope: Scope,
    has_review: bool,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let standard = standard_of(model, id);
    let group = group_id(model, id);
    let projects = html! {
        @for (number, project, one) in scope.projects_of(model, id) {
            li { a href={ "#" (project_id(model, project)) } { (number) "." (one.name.value) } }
        }
    };
    if scope.project().is_some() {
        return projects;
    }
    let is_page_of_several = model.has_several_groups() && matches!(scope, Scope::Department(_));
    let has_two_parts = id.is_some_and(|id| overall::read(model, &model[id], standard).is_some());
    let parts = html! {
        @if is_page_of_several { li { a href={ "../" (REPORT) } { "← " (say("各部门", "All departments")) } } }
        li { a href={ "#" (group) "-overview" } { (say("总览", "Overview")) } }
        @if has_review { li { a href={ "#" (group) "-review" } { (say("检查发现", "Findings")) } } }
        @if has_two_parts {
            li { a href={ "#" (group) "-part1" } { (standard.label("第一部分")) " " (standard.label("部门整体")) } }
        }
        li {
            a href={ "#" (group) "-part2" } { @if has_two_parts { (standard.label("第二部分")) " " } (standard.label("预算项目")) }
            ol { (projects) }
        }
    };
    let groups = scope.groups(model).count();
    html! {
        @if groups > 1 {
            li.department { details open[groups <= OPEN_DEPARTMENTS] {
                summary { (id.map_or_else(|| say("不属于部门的项目", "Projects of no department"), |id| model[id].name.value.to_string())) }
                ol { (parts) }
            } }
        } @else { (parts) }
    }
}

/// Writes a department; of one project alone, its section.
fn department(
    out: &mut dyn Write,
    model: &Model,
    official: &Official<'_>,
    scope: Scope,
    found: Option<&PageFindings<'_>>,
    say: &dyn Fn(&str, &str) -> String,
) -> io::Result<()> {
    let frame = match scope {
        Scope::Workspace | Scope::Department(_) => department_frame(model, official, found, say),
        Scope::Project(_) => html! { (HOLE) },
    };
    let frame = frame.into_string();
    let (before, after) = frame.split_once(HOLE.0).unwrap_or((&frame, ""));
    compact::write(out, before)?;
    for (number, id, one) in official.projects() {
        let tables = official.tables(number, id, one, &Widths::default());
        compact::write(out, &form::project(model, &tables).into_string())?;
    }
    compact::write(out, after)
}

/// A department without its projects.
fn department_frame(
    model: &Model,
    official: &Official<'_>,
    found: Option<&PageFindings<'_>>,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let id = official.id;
    let standard = standard_of(model, id);
    let totals = summary::of_department(model, id);
    let overall = id.and_then(|id| Some((id, overall::read(model, &model[id], standard)?)));
    let group = group_id(model, id);
    let coverage = id.and_then(|id| overview::coverage(model, id, standard, &format!("{group}-goals"), say));
    let more = html! {
        @if let Some(coverage) = coverage { (coverage) }
        @if found.is_none() { (overview::kinds(model, id, standard, say)) }
    };
    html! {
        section.department #(group) {
            header.title {
                h1 {
                    @match id.map(|id| &model[id]) {
                        Some(department) => { (department.name.value) wbr; span.whole { (kind_of_report(department)) } }
                        None => { (official.title) }
                    }
                }
                p data-derived { (standard.title.as_deref().unwrap_or(&standard.name)) " · " (standard.label("金额单位")) "：" (standard.money_unit_name()) }
            }
            (charts::overview(model, id, standard, &totals, &format!("{group}-overview"), &more, say))
            @if let Some(found) = found {
                (overview::review(model, id, standard, found, &format!("{group}-review"), say))
            }
            @if let Some((id, overall)) = &overall {
                (first_part(model, *id, overall, standard, &group))
            }
            section.part #{ (group) "-part2" } {
                header {
                    @if overall.is_some() { p { (standard.label("第二部分")) } }
                    h2 { (standard.label("预算项目")) }
                }
                (HOLE)
            }
        }
    }
}

fn first_part(model: &Model, id: DepartmentId, overall: &Overall, standard: &Standard, group: &str) -> Markup {
    html! {
        section.part #{ (group) "-part1" } {
            header {
                p { (standard.label("第一部分")) }
                h2 { (standard.label("部门整体")) }
            }
            div.prose {
                @if let Some((heading, paragraphs)) = &overall.goal {
                    h3 { (heading) }
                    @for paragraph in paragraphs { p { (paragraph) } }
                }
                @if let Some((heading, goals)) = &overall.sub_goals {
                    h3 { (heading) }
                    ol { @for (index, goal) in goals.iter().enumerate() { (sub_goal(model, goal, &goal_id(model, id, index))) } }
                }
                @if let Some((heading, safeguards)) = &overall.safeguards {
                    h3 { (heading) }
                    ol {
                        @for one in safeguards {
                            li { p { span.ordinal { (one.ordinal) } span.key { (one.name) } (one.text) } }
                        }
                    }
                }
                @if let Some((heading, parts)) = &overall.whole {
                    h3 { (heading) }
                    @for (lead, text) in parts { p { span.key { (lead) } (text) } }
                }
            }
        }
    }
}

fn sub_goal(model: &Model, goal: &SubGoalText, anchor: &str) -> Markup {
    html! {
        li #(anchor) {
            p.ordinal { (goal.ordinal) }
            @if let Some((lead, text)) = &goal.goal { p { span.key { (lead) } (text) } }
            @if let Some((lead, indicators)) = &goal.indicators {
                p {
                    span.key { (lead) }
                    @for (index, id) in indicators.iter().enumerate() {
                        @if index > 0 { (BETWEEN) }
                        a href={ "#" (indicator_id(model, id.project, id.index as usize)) } { (model[*id].name.value) }
                    }
                    (AFTER)
                }
            }
        }
    }
}
