//! `report.html`: one self-contained page that an office can publish.
//!
//! It works offline and from `file:`, asks for nothing over the network, and is whole without its script. Style and
//! script are allowed by their hashes. The first part is prose, the second the official project tables. What only serves
//! the reader, or is computed from them, says `data-derived`: who reads the page back has it from the tables already.

mod changes;
mod charts;
mod compact;
mod findings;
mod form;
mod links;
mod overview;
mod projects;
mod site;
mod year;
mod year_overview;

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use self::changes::PageChanges;
use self::findings::PageFindings;
use self::links::ProjectLinks;
use self::site::CountySite;
use super::official::overall::{self, AFTER, BETWEEN, Overall, SubGoalText};
use super::official::{self, Official, Widths, kind_of_report, standard_of};
use super::overview::YearOverview;
use super::{Backend, ChangesSince, RenderOptions, Scope, Sink, Stream};
use crate::diagnostic::{Language, Severity};
use crate::model::standard::Standard;
use crate::model::standard::year_form::YearForm;
use crate::model::{DepartmentId, Model, ProjectId, summary};
use crate::source::Sources;

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
        if scope == Scope::Workspace && model.has_several_groups() && !options.is_one_page {
            let mut site = CountySite::default();
            site.look(model, options, sink)?;
            return site.finish(options, sink);
        }
        let found = page_findings(model, options).filter(|_| scope.project().is_none());
        let changes = page_changes(options).filter(|_| scope.project().is_none());
        let links = match (scope, model.groups().next()) {
            (Scope::Workspace, Some(id)) if !options.is_one_page => ProjectLinks::of(model, id, FOLDER),
            _ => ProjectLinks::default(),
        };
        let parts = PageParts {
            model,
            scope,
            found: found.as_ref(),
            changes: changes.as_ref(),
            sources: options.review.map(|review| review.sources),
            links: &links,
            above: None,
            language: options.language,
        };
        parts.write(REPORT, sink)
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(Box::new(CountySite::default()))
    }
}

/// The page to begin with.
const REPORT: &str = "report.html";

/// The folder of the pages that it leads to.
const FOLDER: &str = "report";

/// The severities, the gravest first.
const SEVERITIES: [Severity; 3] = crate::backend::county::SEVERITIES;

fn page_findings<'a>(model: &Model, options: &RenderOptions<'a>) -> Option<PageFindings<'a>> {
    options.review.map(|review| PageFindings::new(model, review, options.language))
}

fn page_changes<'a>(options: &RenderOptions<'a>) -> Option<PageChanges<'a>> {
    options.since.map(|since| PageChanges::new(since, options.language))
}

pub(super) const STYLE: &str = include_str!("html/report.css");
const SCRIPT: &str = concat!(include_str!("html/theme.js"), include_str!("html/report.js"));
const CHANGES_STYLE: &str = include_str!("html/changes.css");

/// What the pieces of the report are dressed in.
pub(super) const PIECES_STYLE: &str = concat!(include_str!("html/report.css"), include_str!("html/changes.css"));
/// What pages have that hold a table to be sorted and searched.
const SITE_STYLE: &str = include_str!("html/site.css");
const SITE_SCRIPT: &str = concat!(include_str!("html/theme.js"), include_str!("html/site.js"));

/// What a page is made of.
#[derive(Clone, Copy)]
struct PageParts<'a> {
    model: &'a Model,
    scope: Scope,
    found: Option<&'a PageFindings<'a>>,
    changes: Option<&'a PageChanges<'a>>,
    /// The texts whose lines are named; none where the page tells of none.
    sources: Option<&'a Sources>,
    links: &'a ProjectLinks,
    /// The address of the page that leads here, and what it is.
    above: Option<(&'a str, &'a str)>,
    language: Language,
}

impl PageParts<'_> {
    fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        [chinese, english][self.language as usize]
    }

    /// Writes the page; where its projects have pages of their own, those behind it.
    fn write(&self, path: &str, sink: &mut dyn Sink) -> io::Result<()> {
        sink.artifact(path.as_ref(), &mut |out| page(out, self))?;
        if !self.links.are_split() {
            return Ok(());
        }
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let file = &path[if folder.is_empty() { 0 } else { folder.len() + 1 }..];
        let back = links::address(&format!("../{file}"));
        for id in self
            .model
            .groups()
            .filter(|id| matches!(self.scope, Scope::Workspace) || self.scope == Scope::Department(*id))
        {
            let word = id.map_or(self.say("各项目", "All projects"), |id| &*self.model[id].name.value);
            let found = self.found.map(|found| found.by_project(id)).unwrap_or_default();
            let changes = self.changes.map(|all| all.by_project(group_number(self.model, id)));
            for (project, _) in self.model.projects_of(id) {
                let Some(own) = self.links.page(project) else { continue };
                let path = if folder.is_empty() { own.to_owned() } else { format!("{folder}/{own}") };
                let parts = PageParts {
                    scope: Scope::Project(project),
                    links: &ProjectLinks::default(),
                    above: Some((&back, word)),
                    ..*self
                };
                let number = project_number(self.model, project);
                let findings =
                    self.found.map(|_| PageFindings::of_project(self.model, found.get(&project), self.language));
                let changes = changes.as_ref().and_then(|all| Some((self.changes?, all.get(&number)?)));
                let changes = changes.map(|(all, lines)| all.of_project(lines, &format!("p{number}-changes")));
                let more = html! {
                    @if let Some(changes) = changes { (changes) }
                    @if let Some(findings) = findings {
                        section.review.paper[self.found.is_some_and(|found| found.in_print)] #{ "p" (number) "-review" } data-derived {
                            h2 { (self.say("检查发现", "Findings")) }
                            (findings)
                        }
                    }
                };
                sink.artifact(path.as_ref(), &mut |out| page_with(out, &parts, &more))?;
            }
        }
        Ok(())
    }
}

/// Of all pages.
pub(super) const SCRIPTS: [&str; 3] = [SCRIPT, SITE_SCRIPT, include_str!("html/theme.js")];

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

/// Writes the page.
fn page(out: &mut dyn Write, parts: &PageParts<'_>) -> io::Result<()> {
    page_with(out, parts, &html! {})
}

/// Writes the page: a frame, and into it what stands there, department by department and project by project, and something
/// more at its end.
fn page_with(out: &mut dyn Write, parts: &PageParts<'_>, more: &Markup) -> io::Result<()> {
    let PageParts { model, scope, found, changes, links, language, .. } = *parts;
    let say = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    let is_split = links.are_split();
    let more_style = if is_split { SITE_STYLE } else { "" };
    let changes_style = if changes.is_some() { CHANGES_STYLE } else { "" };
    let style = format!("{STYLE}{more_style}{changes_style}{}", form::headings(model, scope));
    let script = if is_split { SITE_SCRIPT } else { SCRIPT };
    let search = if is_split { SearchWords::OF_PROJECTS } else { SearchWords::OF_INDICATORS };
    let title = match scope.project().filter(|_| parts.above.is_some()) {
        Some(project) => format!("{} · {}", model[project].name.value, title(model, scope)),
        None => title(model, scope),
    };
    let frame = frame(&title, &policy(&style, script), &search, &say).into_string();
    let mut frame = frame.split(HOLE.0);
    let mut go_on = |out: &mut dyn Write| compact::write(out, frame.next().unwrap_or_default());

    go_on(out)?;
    out.write_all(style.as_bytes())?;
    go_on(out)?;
    for (_, id) in scope.groups(model) {
        compact::write(out, &contents(parts, id, &say).into_string())?;
    }
    go_on(out)?;
    for official in official::documents(model, scope) {
        department(out, parts, &official, &say)?;
    }
    compact::write(out, &more.clone().into_string())?;
    if let Some(more) = found.filter(|_| scope == Scope::Workspace).and_then(|found| found.elsewhere(&say)) {
        compact::write(out, &more.into_string())?;
    }
    go_on(out)?;
    out.write_all(script.as_bytes())?;
    go_on(out)?;
    out.write_all(b"\n")
}

/// What is searched in a page, in both languages.
struct SearchWords {
    label: [&'static str; 2],
    placeholder: [&'static str; 2],
    count: [&'static str; 2],
}

impl SearchWords {
    const OF_INDICATORS: Self = Self {
        label: ["查找项目和指标", "Search projects and indicators"],
        placeholder: ["查找项目和指标", "Search"],
        count: ["{} 条指标", "{} indicators"],
    };
    const OF_PROJECTS: Self = Self {
        label: ["查找项目", "Search projects"],
        placeholder: ["查找项目", "Search projects"],
        count: ["{} 个项目", "{} projects"],
    };
}

/// The page without its style, contents, departments and script.
fn frame(title: &str, policy: &str, search: &SearchWords, say: &dyn Fn(&str, &str) -> String) -> Markup {
    let say_both = |[chinese, english]: [&str; 2]| say(chinese, english);
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
                        label.hidden-label for="search" { (say_both(search.label)) }
                        input #search type="search" autocomplete="off" placeholder=(say_both(search.placeholder));
                        span.count #count role="status" aria-live="polite" data-text=(say_both(search.count)) {}
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

/// The section of what changed.
pub(super) fn changes_alone(since: &ChangesSince, language: Language, href: &dyn Fn(usize) -> String) -> String {
    PageChanges::new(since, language).all(href).into_string()
}

/// The section of one project.
pub(super) fn project_alone(model: &Model, id: ProjectId) -> String {
    let scope = Scope::Project(id);
    let documents = official::documents(model, scope);
    let sections = documents.flat_map(|official| {
        let tables = official.projects().map(|(number, id, one)| official.tables(number, id, one, &Widths::default()));
        tables.map(|tables| form::project(model, &tables, None).into_string()).collect::<Vec<_>>()
    });
    sections.collect()
}

fn title(model: &Model, scope: Scope) -> String {
    match (scope, &model.departments[..]) {
        (Scope::Workspace, []) => official::title(None),
        (Scope::Workspace, [only]) => official::title(Some(only)),
        (Scope::Workspace, all) => official::title_of_several(all.iter().map(|one| Some(one.year.as_ref()?.value))),
        (Scope::Department(id), _) => official::title(id.map(|id| &model[id])),
        (Scope::Project(id), _) => official::title(model[id].department.map(|id| &model[id])),
    }
}

/// Ids in the page come from numbers, never from names.
fn group_id(model: &Model, id: Option<DepartmentId>) -> String {
    format!("d{}", group_number(model, id))
}

/// The number of a department among those of the workspace, from one; zero for the projects outside any.
fn group_number(model: &Model, id: Option<DepartmentId>) -> changes::GroupNumber {
    let before = model.before.map_or(0, |before| before.departments);
    id.map_or(0, |id| before + id.0 as usize + 1)
}

/// The number of a project among those of the workspace, from one.
fn project_number(model: &Model, id: ProjectId) -> usize {
    model.before.map_or(0, |before| before.projects) + id.0 as usize + 1
}

pub(super) fn project_id(model: &Model, id: ProjectId) -> String {
    format!("p{}", project_number(model, id))
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
fn contents(parts: &PageParts<'_>, id: Option<DepartmentId>, say: &dyn Fn(&str, &str) -> String) -> Markup {
    let PageParts { model, scope, found, changes, links, above, .. } = *parts;
    let standard = standard_of(model, id);
    let group = group_id(model, id);
    let back = html! { @if let Some((address, name)) = above { li { a href=(address) { "← " (name) } } } };
    let projects = html! {
        @if !links.are_split() {
            @for (number, project, one) in scope.projects_of(model, id) {
                li { a href={ "#" (project_id(model, project)) } { (number) "." (one.name.value) } }
            }
        }
    };
    if scope.project().is_some() {
        return html! { (back) (projects) };
    }
    let has_two_parts = id.is_some_and(|id| overall::read(model, &model[id], standard).is_some());
    let parts = html! {
        (back)
        li { a href={ "#" (group) "-overview" } { (say("总览", "Overview")) } }
        @if let Some(changes) = changes { li { a href={ "#" (group) "-changes" } { (changes.heading()) } } }
        @if found.is_some() { li { a href={ "#" (group) "-review" } { (say("检查发现", "Findings")) } } }
        @if has_two_parts {
            li { a href={ "#" (group) "-part1" } { (standard.label("第一部分")) " " (standard.label("部门整体")) } }
        }
        li {
            a href={ "#" (group) "-part2" } { @if has_two_parts { (standard.label("第二部分")) " " } (standard.label("预算项目")) }
            @if !links.are_split() { ol { (projects) } }
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
    parts: &PageParts<'_>,
    official: &Official<'_>,
    say: &dyn Fn(&str, &str) -> String,
) -> io::Result<()> {
    let frame = match parts.scope {
        Scope::Workspace | Scope::Department(_) => department_frame(parts, official, say),
        Scope::Project(_) => html! { (HOLE) },
    };
    let frame = frame.into_string();
    let (before, after) = frame.split_once(HOLE.0).unwrap_or((&frame, ""));
    compact::write(out, before)?;
    if parts.links.are_split() {
        compact::write(out, &projects::table(parts, official.id).into_string())?;
    } else {
        for (number, id, one) in official.projects() {
            let tables = official.tables(number, id, one, &Widths::default());
            compact::write(out, &form::project(parts.model, &tables, parts.sources).into_string())?;
        }
    }
    compact::write(out, after)
}

/// A department without its projects.
fn department_frame(parts: &PageParts<'_>, official: &Official<'_>, say: &dyn Fn(&str, &str) -> String) -> Markup {
    let PageParts { model, found, changes, links, .. } = *parts;
    let id = official.id;
    let standard = standard_of(model, id);
    let totals = summary::of_department(model, id);
    let overall = id.and_then(|id| Some((id, overall::read(model, &model[id], standard)?)));
    let group = group_id(model, id);
    let coverage = id.and_then(|id| overview::coverage(model, id, standard, &format!("{group}-goals"), say));
    let more = html! {
        @if let Some(coverage) = coverage { (coverage) }
        @if found.is_none() { (overview::kinds(model, id, standard, links, say)) }
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
            (charts::overview(model, id, standard, &totals, (&format!("{group}-overview"), links), &more, say))
            @if let Some(changes) = changes {
                (changes.section(model, group_number(model, id), &format!("{group}-changes"), links, !model.has_several_groups()))
            }
            @if let Some(found) = found {
                (overview::review(model, id, standard, found, &format!("{group}-review"), links, say))
            }
            @if let Some((id, overall)) = &overall {
                (first_part(parts, *id, overall, standard, &group))
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

fn first_part(parts: &PageParts<'_>, id: DepartmentId, overall: &Overall, standard: &Standard, group: &str) -> Markup {
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
                    ol { @for (index, goal) in goals.iter().enumerate() { (sub_goal(parts, goal, &goal_id(parts.model, id, index))) } }
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

fn sub_goal(parts: &PageParts<'_>, goal: &SubGoalText, anchor: &str) -> Markup {
    let PageParts { model, links, .. } = *parts;
    html! {
        li #(anchor) {
            p.ordinal { (goal.ordinal) }
            @if let Some((lead, text)) = &goal.goal { p { span.key { (lead) } (text) } }
            @if let Some((lead, indicators)) = &goal.indicators {
                p {
                    span.key { (lead) }
                    @for (index, id) in indicators.iter().enumerate() {
                        @if index > 0 { (BETWEEN) }
                        a href=(links.href(id.project, &indicator_id(model, id.project, id.index as usize))) { (model[*id].name.value) }
                    }
                    (AFTER)
                }
            }
        }
    }
}
