//! The pages of a desk: each whole for who opens it, and in fragments for who has it open.

pub mod changes;
mod findings;
mod form;
pub mod import;
mod overview;
mod year;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Map, Value, json};

use super::change::DeskChange;
use super::fact::Address;
use super::{Desk, FORMATS, NotMade};
use crate::backend::report;
use crate::diagnostic::{Diagnostic, Language, Severity, texts};
use crate::editor::{Fit, fit};
use crate::model::{Model, ProjectId};

/// What is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeskPage {
    /// All departments and projects.
    Overview,
    /// One project, by its number among those of the workspace, from one.
    Project(usize),
    /// Everything that was found.
    Findings,
    /// What is not committed yet.
    Changes,
    /// Documents to be taken away.
    Export,
    /// Documents to be brought in.
    Import,
    /// A checkpoint of a department, by their numbers from one; zero for the first department, and for what is due.
    Year {
        /// Among the departments.
        department: usize,
        /// Among the checkpoints of the department.
        checkpoint: usize,
    },
}

/// How pages are shown.
#[derive(Clone, Copy, Debug)]
pub struct PageStyle<'a> {
    /// Of what is not printed in the official form.
    pub language: Language,
    /// Nothing may be changed.
    pub is_read_only: bool,
    /// What every address begins with, up to its last `/`.
    pub root: &'a str,
    /// What is not committed yet, for the page that shows it.
    pub changes: Option<&'a changes::Changes>,
}

/// A file that pages ask for by its name, and its kind.
pub fn asset(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "report.css" => Some(("text/css; charset=utf-8", report::style())),
        "desk.css" => Some(("text/css; charset=utf-8", include_str!("pages/desk.css"))),
        "import.js" => Some(("text/javascript; charset=utf-8", include_str!("pages/import.js"))),
        "year.js" => Some(("text/javascript; charset=utf-8", include_str!("pages/year.js"))),
        "icon.svg" => Some(("image/svg+xml", include_str!("pages/icon.svg"))),
        "editor.js" => Some(("text/javascript; charset=utf-8", include_str!("pages/editor.js"))),
        "desk.js" => Some(("text/javascript; charset=utf-8", include_str!("pages/desk.js"))),
        _ => None,
    }
}

impl DeskPage {
    /// Its part of an address.
    pub fn path(&self) -> String {
        match self {
            DeskPage::Overview => String::new(),
            DeskPage::Project(number) => format!("project/{number}"),
            DeskPage::Findings => "findings".to_owned(),
            DeskPage::Changes => "changes".to_owned(),
            DeskPage::Export => "export".to_owned(),
            DeskPage::Import => "import".to_owned(),
            DeskPage::Year { department: 0, checkpoint: 0 } => "year".to_owned(),
            DeskPage::Year { department, checkpoint } => format!("year/{department}/{checkpoint}"),
        }
    }

    /// The page of a path; none where there is none of that name.
    pub fn find(path: &str) -> Option<Self> {
        match path.split_once('/') {
            None if path.is_empty() => Some(DeskPage::Overview),
            None if path == "findings" => Some(DeskPage::Findings),
            None if path == "changes" => Some(DeskPage::Changes),
            None if path == "export" => Some(DeskPage::Export),
            None if path == "import" => Some(DeskPage::Import),
            None if path == "year" => Some(year::first()),
            Some(("year", numbers)) => {
                let (department, checkpoint) = numbers.split_once('/')?;
                Some(DeskPage::Year { department: department.parse().ok()?, checkpoint: checkpoint.parse().ok()? })
            }
            Some(("project", number)) => Some(DeskPage::Project(number.parse().ok()?)),
            _ => None,
        }
    }

    /// The project that it is about.
    pub fn project(&self, model: &Model) -> Option<ProjectId> {
        match self {
            DeskPage::Project(number) => {
                let index = number.checked_sub(1)?;
                (index < model.projects.len()).then_some(ProjectId(index as u32))
            }
            DeskPage::Overview
            | DeskPage::Findings
            | DeskPage::Changes
            | DeskPage::Export
            | DeskPage::Import
            | DeskPage::Year { .. } => None,
        }
    }
}

/// The words of a language.
#[derive(Clone, Copy)]
pub(super) struct PageWords(Language);

impl PageWords {
    pub fn say<'w>(self, chinese: &'w str, english: &'w str) -> &'w str {
        match self.0 {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// The whole page; none where it is about what is not there.
pub fn whole(desk: &Desk, page: &DeskPage, pages: PageStyle<'_>) -> Option<String> {
    let model = &desk.analysis().model;
    if matches!(page, DeskPage::Project(_)) && page.project(model).is_none() {
        return None;
    }
    if let DeskPage::Year { department, checkpoint } = page
        && *page != year::first()
        && year::looked_at(model, *department, *checkpoint).is_none()
    {
        return None;
    }
    let words = PageWords(pages.language);
    let main = html! {
        @for (id, part) in fragments(desk, page, pages) {
            (part_frame(id, page, &part, words))
        }
        @if let Some(id) = page.project(model) { (text_frame(desk, id, words)) }
        @if *page == DeskPage::Import { (import::place(words)) }
    };
    Some(frame(desk, page, pages, &title(desk, page, words), &main).into_string())
}

/// The parts of a page by their ids, in order.
pub fn fragments(desk: &Desk, page: &DeskPage, pages: PageStyle<'_>) -> Vec<(&'static str, String)> {
    let analysis = desk.analysis();
    let words = PageWords(pages.language);
    match page {
        DeskPage::Overview => vec![("overview", overview::overview(desk, pages, words).into_string())],
        DeskPage::Changes => {
            let changes = pages.changes.map(|changes| changes::changes(changes, pages, words).into_string());
            changes.into_iter().map(|part| ("changes", part)).collect()
        }
        DeskPage::Export => vec![("export", exports(desk, pages, words).into_string())],
        DeskPage::Year { department, checkpoint } => {
            let at = year::looked_at(&analysis.model, *department, *checkpoint);
            vec![
                ("form", year::form(desk, at, None, pages, words).into_string()),
                ("lights", year::lights(desk, at, pages).into_string()),
                ("found", year::found(desk, at, pages, words).into_string()),
            ]
        }
        DeskPage::Import => vec![("import", import::import(pages, words).into_string())],
        DeskPage::Findings => vec![("found", findings::all(desk, pages, words).into_string())],
        DeskPage::Project(_) => {
            let Some(id) = page.project(&analysis.model) else { return Vec::new() };
            let form = super::form::project(analysis, id, pages.language);
            let mut parts = vec![("form", form::project(desk, &form, pages, words).into_string())];
            parts.extend(parts_beside_form(desk, id, pages));
            parts
        }
    }
}

/// What a page shows of a change that is not made: its parts, and how what is typed into a field is understood. The form of
/// a project stays as it is under the hands of who types in it, so that none comes with what is typed there; of a checkpoint
/// comes the project that is typed in, for its light, and the tables follow when it is stored.
pub(super) fn tried(
    desk: &Desk,
    page: &DeskPage,
    pages: PageStyle<'_>,
    change: &DeskChange,
) -> (Vec<(&'static str, String)>, Option<String>) {
    let analysis = desk.analysis();
    if let (DeskPage::Year { department, checkpoint }, DeskChange::Set { at, .. }) = (page, change) {
        let looked_at = year::looked_at(&analysis.model, *department, *checkpoint);
        let words = PageWords(pages.language);
        let form = year::form(desk, looked_at, Some(at), pages, words).into_string();
        return (vec![("form", form), ("found", year::found(desk, looked_at, pages, words).into_string())], None);
    }
    let id = page.project(&analysis.model).filter(|_| !matches!(change, DeskChange::Text { .. }));
    let Some(id) = id else { return (fragments(desk, page, pages), None) };
    let understood = match change {
        DeskChange::Set { at, fact, .. } => {
            form::understood(&super::form::project(analysis, id, pages.language), at, fact).map(str::to_owned)
        }
        _ => None,
    };
    (parts_beside_form(desk, id, pages), Some(understood.unwrap_or_default()))
}

/// The official table of a project, and what was found in it.
fn parts_beside_form(desk: &Desk, id: ProjectId, pages: PageStyle<'_>) -> Vec<(&'static str, String)> {
    let found = findings::of_project(desk, id, pages, PageWords(pages.language)).into_string();
    vec![("table", report::project(&desk.analysis().model, id)), ("found", found)]
}

/// What is to be told of a page after something changed: its parts, the versions of its files, what can be taken back.
pub fn state(desk: &Desk, page: &DeskPage, pages: PageStyle<'_>) -> Value {
    let analysis = desk.analysis();
    let parts = by_id(fragments(desk, page, pages));
    let [can_undo, can_redo] = desk.can_undo_and_redo();
    let text = page.project(&analysis.model).map(|id| {
        let source = analysis.sources.get(analysis.model[id].span.file);
        json!({ "path": source.path, "version": desk.version(&source.path), "text": &*source.text })
    });
    json!({
        "revision": desk.revision,
        "parts": parts,
        "text": text,
        "undo": can_undo,
        "redo": can_redo,
        "standing": standing(desk, PageWords(pages.language)),
    })
}

/// Parts of a page as its script takes them.
pub fn by_id(parts: Vec<(&'static str, String)>) -> Map<String, Value> {
    parts.into_iter().map(|(id, part)| (id.to_owned(), part.into())).collect()
}

/// Why a change was not made, for the page that asked for it.
pub fn told(not_made: &NotMade, language: Language) -> Value {
    match not_made {
        NotMade::Refused { reason, finding, may_be_verbatim } => json!({
            "refused": reason.in_language(language),
            "help": finding.as_ref().and_then(|one| Some(one.help.as_ref()?.in_language(language).into_owned())),
            "code": finding.as_ref().map(|one| one.code.id()),
            "may_be_verbatim": may_be_verbatim,
        }),
        NotMade::Conflict { now, yours } => json!({ "conflict": { "now": now, "yours": yours } }),
    }
}

/// The projects and indicators that hold some words, also in pinyin, the best first.
pub fn found(desk: &Desk, words: &str, language: Language) -> Value {
    let analysis = desk.analysis();
    let model = &analysis.model;
    let mut hits: Vec<(Fit, Value)> = Vec::new();
    for id in model.project_ids() {
        let project = &model[id];
        let page = DeskPage::Project(id.0 as usize + 1).path();
        let code = project.code.as_ref().map_or("", |code| &*code.value);
        if let Some(fit) = fit(words, &project.name.value, &[code]) {
            let kind = PageWords(language).say("项目", "project");
            hits.push((fit, json!({ "name": &*project.name.value, "detail": kind, "page": page })));
        }
        for one in &project.indicators {
            if let Some(fit) = fit(words, &one.name.value, &[]) {
                let hit = json!({ "name": &*one.name.value, "detail": &*project.name.value, "page": page });
                hits.push((fit, hit));
            }
        }
    }
    hits.sort_by_key(|(fit, _)| *fit);
    hits.truncate(SHOWN_HITS);
    hits.into_iter().map(|(_, hit)| hit).collect()
}

/// So many hits of a search are shown.
const SHOWN_HITS: usize = 30;

fn counts(desk: &Desk) -> [usize; 3] {
    let count = |wanted: Severity| desk.analysis().diagnostics.iter().filter(|one| one.severity == wanted).count();
    [count(Severity::Error), count(Severity::Warning), count(Severity::Note)]
}

/// How much was found, in a line.
fn standing(desk: &Desk, words: PageWords) -> String {
    let [errors, warnings, notes] = counts(desk);
    match words.0 {
        Language::Chinese => format!("错误 {errors} · 警告 {warnings} · 提示 {notes}"),
        Language::English => format!("errors {errors} · warnings {warnings} · notes {notes}"),
    }
}

fn title(desk: &Desk, page: &DeskPage, words: PageWords) -> String {
    let model = &desk.analysis().model;
    let office = match &model.departments[..] {
        [only] => only.name.value.to_string(),
        _ => words.say("绩效目标", "Performance targets").to_owned(),
    };
    match page {
        DeskPage::Overview => office,
        DeskPage::Project(_) => {
            let name = page.project(model).map(|id| model[id].name.value.to_string()).unwrap_or_default();
            format!("{name} · {office}")
        }
        DeskPage::Findings => format!("{} · {office}", words.say("检查发现", "Findings")),
        DeskPage::Changes => format!("{} · {office}", words.say("改动", "Changes")),
        DeskPage::Export => format!("{} · {office}", words.say("导出", "Export")),
        DeskPage::Import => format!("{} · {office}", words.say("导入", "Import")),
        DeskPage::Year { .. } => format!("{} · {office}", texts::desk_the_year().in_language(words.0)),
    }
}

/// A part of the page in its section.
fn part_frame(id: &str, page: &DeskPage, part: &str, words: PageWords) -> Markup {
    let lights = texts::desk_lights().in_language(words.0).into_owned();
    let label = match id {
        "form" => words.say("填写", "Form"),
        "table" => words.say("正式表格", "Official table"),
        "found" => words.say("检查发现", "Findings"),
        "changes" => words.say("改动", "Changes"),
        "export" => words.say("导出", "Export"),
        "import" => words.say("导入", "Import"),
        "lights" => &lights,
        _ => words.say("总览", "Overview"),
    };
    let hides_label = !matches!(page, DeskPage::Project(_) | DeskPage::Year { .. });
    html! {
        section class={ "pane pane-" (id) } aria-labelledby={ (id) "-label" } {
            h2 #{ (id) "-label" } .hidden-label[hides_label] { (label) }
            div #(id) { (PreEscaped(part)) }
        }
    }
}

/// The text of the file of a project.
fn text_frame(desk: &Desk, id: ProjectId, words: PageWords) -> Markup {
    let analysis = desk.analysis();
    let project = &analysis.model[id];
    let source = analysis.sources.get(project.span.file);
    let line = source.location(project.span.start).line;
    html! {
        section.pane.pane-text aria-labelledby="text-label" {
            h2 #text-label { (words.say("文本", "Text")) " " small { (source.path) } }
            div #text data-path=(source.path) data-version=(desk.version(&source.path).unwrap_or_default()) data-line=(line) {
                textarea #source spellcheck="false" autocapitalize="off" autocomplete="off" aria-labelledby="text-label" { (PreEscaped("\n")) (source.text) }
            }
            p.hint {
                (words.say("改完离开这里，或按 Ctrl+S，就存盘。", "Saved when you leave the text, or with Ctrl+S.")) " "
                button #plain .link type="button" hidden aria-pressed="false" { (words.say("纯文本框", "Plain text box")) }
            }
        }
    }
}

fn frame(desk: &Desk, page: &DeskPage, pages: PageStyle<'_>, title: &str, main: &Markup) -> Markup {
    let words = PageWords(pages.language);
    let tag = words.say("zh-CN", "en");
    let root = pages.root;
    let other = words.say("English", "中文");
    html! {
        (DOCTYPE)
        html lang=(tag) data-root=(root) data-page=(page.path()) data-revision=(desk.revision) data-read-only[pages.is_read_only] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="stylesheet" href={ (root) "assets/report.css" };
                link rel="stylesheet" href={ (root) "assets/desk.css" };
                link rel="icon" type="image/svg+xml" href={ (root) "assets/icon.svg" };
                @if matches!(page, DeskPage::Project(_)) { script src={ (root) "assets/editor.js" } defer {} }
                script src={ (root) "assets/desk.js" } defer {}
                @if *page == DeskPage::Import { script src={ (root) "assets/import.js" } defer {} }
                @if matches!(page, DeskPage::Year { .. }) { script src={ (root) "assets/year.js" } defer {} }
            }
            body {
                a.skip href="#main" { (words.say("跳到正文", "Skip to the text")) }
                header.bar {
                    a.name href=(root) { (self::title(desk, &DeskPage::Overview, words)) }
                    nav.tabs aria-label=(words.say("页面", "Pages")) { (tabs(desk, page, root, words)) }
                    div.tools role="search" {
                        label.hidden-label for="search" { (words.say("查找项目和指标", "Search projects and indicators")) }
                        input #search type="search" autocomplete="off" placeholder=(words.say("查找　/", "Search  /")) aria-controls="hits";
                        ul #hits hidden {}
                        @if !pages.is_read_only {
                            button #undo type="button" disabled[!desk.can_undo_and_redo()[0]] { (words.say("撤销", "Undo")) }
                            button #redo type="button" disabled[!desk.can_undo_and_redo()[1]] { (words.say("重做", "Redo")) }
                        }
                        a.language href="?" data-language=(words.say("en", "zh")) hreflang=(words.say("en", "zh-CN")) lang=(words.say("en", "zh-CN")) { (other) }
                    }
                }
                p #status role="status" aria-live="polite" data-saved=(words.say("已存盘", "Saved")) data-lost=(words.say("和程序断开了：改动还没有存盘", "The program is gone: changes are not saved")) {}
                @if pages.is_read_only { p.read-only { (words.say("只读：可以看，不能改", "Read-only: look, but do not change")) } }
                main #main class={ "page-" (page_class(page)) } { (main) }
                dialog #conflict aria-labelledby="conflict-title" {
                    h2 #conflict-title { (words.say("别处同时改了这一项", "This was changed elsewhere, too")) }
                    dl { dt { (words.say("现在是", "It is now")) } dd #conflict-now {} dt { (words.say("您写的是", "You wrote")) } dd #conflict-yours {} }
                    form method="dialog" {
                        button value="theirs" { (words.say("用现在的", "Keep what is there")) }
                        button value="yours" { (words.say("用我写的", "Use mine")) }
                    }
                }
                dialog #reason aria-labelledby="reason-title" {
                    form method="dialog" {
                        h2 #reason-title { (words.say("为什么可以这样？", "Why is this right?")) }
                        label for="reason-text" { (words.say("理由写在这一行上面的注释里，审阅的人看得到。", "The reason becomes a comment above the line, for those who review it.")) }
                        input #reason-text type="text" autocomplete="off" required;
                        button value="cancel" formnovalidate { (words.say("算了", "Cancel")) }
                        button value="excuse" { (words.say("写上", "Write it")) }
                    }
                }
            }
        }
    }
}

fn page_class(page: &DeskPage) -> &'static str {
    match page {
        DeskPage::Overview => "overview",
        DeskPage::Project(_) => "project",
        DeskPage::Findings => "findings",
        DeskPage::Changes => "changes",
        DeskPage::Export => "export",
        DeskPage::Import => "import",
        DeskPage::Year { .. } => "year",
    }
}

fn tabs(desk: &Desk, page: &DeskPage, root: &str, words: PageWords) -> Markup {
    let tab = |target: &DeskPage, name: &str, more: Option<Markup>| {
        html! {
            a href={ (root) (target.path()) } aria-current=[is_of(page, target).then_some("page")] { (name) @if let Some(more) = more { " " (more) } }
        }
    };
    let standing = html! { small #standing { (standing(desk, words)) } };
    html! {
        (tab(&DeskPage::Overview, words.say("项目", "Projects"), None))
        (tab(&DeskPage::Findings, words.say("检查发现", "Findings"), Some(standing)))
        (tab(&year::first(), &texts::desk_the_year().in_language(words.0), None))
        (tab(&DeskPage::Changes, words.say("改动", "Changes"), None))
        (tab(&DeskPage::Import, words.say("导入", "Import"), None))
        (tab(&DeskPage::Export, words.say("导出", "Export"), None))
    }
}

/// Whether a page is the one of a tab, or one of those behind it.
fn is_of(page: &DeskPage, tab: &DeskPage) -> bool {
    page == tab || matches!((page, tab), (DeskPage::Year { .. }, DeskPage::Year { .. }))
}

/// Every department in every format.
fn exports(desk: &Desk, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let analysis = desk.analysis();
    html! {
        h1 { (words.say("导出正式文件", "Documents")) }
        @if analysis.has_errors() {
            p.none { (words.say("还有错误，请先改好：", "There are errors; mend them first: ")) a href={ (pages.root) (DeskPage::Findings.path()) } { (words.say("检查发现", "Findings")) } }
        } @else {
            @for group in analysis.model.groups() {
                h2 { (group.map_or(words.say("不属于部门的项目", "Projects of no department").to_owned(), |id| analysis.model[id].name.value.to_string())) }
                ul.exports {
                    @for format in FORMATS {
                        li { a download href={ (pages.root) "export/" (format) "/" (group.map_or(0, |id| id.0 as usize + 1)) } { (format.to_uppercase()) } " " small { (about(format, words)) } }
                    }
                }
            }
        }
    }
}

fn about(format: &str, words: PageWords) -> &'static str {
    match format {
        "html" => words.say("可以公布的报告", "the report to be published"),
        "docx" => words.say("Word 文档", "for Word"),
        "xlsx" => words.say("Excel 工作簿", "for Excel"),
        "ofd" => words.say("可以存档的版式文件", "for the archive"),
        "csv" => words.say("一行一条指标的表", "a table, an indicator a line"),
        _ => words.say("供其他程序读取", "for programs"),
    }
}

/// What was read of a document, for the page that brought it.
pub fn brought(document: &import::BroughtDocument<'_>, pages: PageStyle<'_>) -> String {
    import::brought(document, pages).into_string()
}

/// Why a document does not come in.
pub fn not_brought(findings: &[Diagnostic], pages: PageStyle<'_>) -> String {
    import::refused(findings, pages).into_string()
}

/// What leads from a page to a thing of it.
pub(super) fn address_json(address: &Address) -> String {
    let Address { department, project, indicator } = address;
    json!({ "department": department, "project": project, "indicator": indicator }).to_string()
}
