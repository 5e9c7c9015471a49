//! Several departments: a page each, and one before them with their sums side by side and what only shows between them.
//! That one is small however many they are; every figure leads to its rows, and every row names its line in the sources.

mod comparisons;

use std::io;
use std::path::PathBuf;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rust_decimal::Decimal;

use super::changes::{MeaningCounts, PageChanges};
use super::findings::PageFindings;
use super::links::ProjectLinks;
use super::projects::linked;
use super::{
    CHANGES_STYLE, FOLDER, PageParts, REPORT, SITE_SCRIPT, SITE_STYLE, STYLE, group_number, page_changes,
    page_findings, policy,
};
use crate::backend::county::{County, CountyDepartment, LightCounts, LookedAt, MeanScore, SEVERITIES, file_stem};
use crate::backend::official;
use crate::backend::{Departments, RenderOptions, Scope, Sink, Stream};
use crate::diagnostic::Language;
use crate::diff::ChangeMeaning;
use crate::model::number::grouped;
use crate::model::print::base_amount;
use crate::model::{DepartmentId, Model};

/// The page with the whole comparisons, where the first lists but a part of them.
const COMPARISONS: &str = "comparisons.html";

/// The pages of several departments while they are made.
#[derive(Default)]
pub(super) struct CountySite {
    county: County,
    /// What changed in each department, where that was asked for.
    changes: Vec<MeaningCounts>,
    /// What was found outside departments and projects, as lines.
    elsewhere: Vec<String>,
    has_findings: bool,
    is_printed: bool,
}

impl CountySite {
    /// Writes the page of a department, and adds it to the comparison.
    fn add(
        &mut self,
        model: &Model,
        id: Option<DepartmentId>,
        found: Option<&PageFindings<'_>>,
        options: &RenderOptions<'_>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let stem = file_stem(model, id);
        let links = ProjectLinks::of(model, id, &stem);
        let changes = page_changes(options);
        let back = format!("../{REPORT}");
        let say = |chinese, english| [chinese, english][options.language as usize];
        let parts = PageParts {
            model,
            scope: Scope::Department(id),
            found,
            changes: changes.as_ref(),
            sources: options.review.map(|review| review.sources),
            links: &links,
            above: Some((&back, say("各部门", "All departments"))),
            language: options.language,
        };
        parts.write(&format!("{FOLDER}/{stem}.html"), sink)?;
        let looked_at = LookedAt {
            model,
            id,
            review: options.review,
            is_measurable: &|id, index| match found {
                Some(found) => found.is_measurable(id, index),
                None => model[id].indicators[index].target.value.is_quantitative(),
            },
            page_of: &|id| links.page(id).map(|page| format!("{FOLDER}/{page}")),
            findings: SEVERITIES.map(|severity| found.map_or(0, |found| found.count(id, severity))),
        };
        self.county.add(&looked_at, &stem);
        self.changes.extend(changes.map(|changes| changes.counts(group_number(model, id))));
        self.has_findings |= found.is_some();
        self.is_printed |= options.review.is_some_and(|review| review.in_print);
        Ok(())
    }

    /// Writes the page before all others, and that of the comparisons where it lists but a part of them.
    pub fn finish(&self, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let changes = page_changes(options);
        let page = IndexPage {
            site: self,
            county: &self.county,
            changes: changes.as_ref(),
            language: options.language,
            is_whole: false,
        };
        let mut write = |path: PathBuf, markup: Markup| {
            let markup = markup.into_string();
            sink.artifact(&path, &mut |out| {
                out.write_all(markup.as_bytes())?;
                out.write_all(b"\n")
            })
        };
        write(REPORT.into(), page.markup())?;
        if page.leaves_out() {
            write(comparisons_path(), IndexPage { is_whole: true, ..page }.markup())?;
        }
        Ok(())
    }
}

fn comparisons_path() -> PathBuf {
    [FOLDER, COMPARISONS].iter().collect()
}

/// The site, a department at a time: each page is written when its department was looked at.
impl Stream for CountySite {
    fn look(&mut self, model: &Model, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let found = page_findings(model, options);
        for id in model.groups() {
            self.add(model, id, found.as_ref(), options, sink)?;
        }
        self.elsewhere.extend(found.iter().flat_map(PageFindings::lines_elsewhere));
        Ok(())
    }

    fn names(&self) -> Vec<PathBuf> {
        let leaves_out = comparisons::leaves_out(&self.county);
        [REPORT.into()].into_iter().chain(leaves_out.then(comparisons_path)).collect()
    }

    fn write(&mut self, _: &mut dyn Departments, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.finish(options, sink)
    }
}

/// The page before those of the departments.
#[derive(Clone, Copy)]
struct IndexPage<'a> {
    site: &'a CountySite,
    county: &'a County,
    changes: Option<&'a PageChanges<'a>>,
    language: Language,
    /// Whether it is the page of the comparisons, which lists all of them and nothing else.
    is_whole: bool,
}

impl IndexPage<'_> {
    fn say(&self, chinese: &'static str, english: &'static str) -> &'static str {
        [chinese, english][self.language as usize]
    }

    /// An amount in the unit of the first department's standard, without it.
    fn money(&self, value: Decimal) -> String {
        let cents = value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        self.county.standard.as_ref().map_or_else(|| grouped(cents), |standard| grouped(base_amount(cents, standard)))
    }

    fn money_unit(&self) -> String {
        self.county.standard.as_ref().map(|standard| standard.money_unit_name()).unwrap_or_default()
    }

    fn title(&self) -> String {
        official::title_of_several(self.county.departments.iter().map(|one| one.year))
    }

    fn name<'d>(&self, department: &'d CountyDepartment) -> &'d str {
        department.name.as_deref().unwrap_or(self.say("不属于部门的项目", "Projects of no department"))
    }

    fn markup(&self) -> Markup {
        let title = self.title();
        let changes_style = if self.changes.is_some() { CHANGES_STYLE } else { "" };
        let style = format!("{STYLE}{SITE_STYLE}{changes_style}");
        let tools = self.tools(&title);
        let script = if self.is_whole { include_str!("theme.js") } else { SITE_SCRIPT };
        html! {
            (DOCTYPE)
            html lang="zh-CN" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(&style, script));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content=(concat!("jixiao ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(&style)) }
                }
                body data-derived {
                    a.skip href="#main" { (self.say("跳到正文", "Skip to the text")) }
                    (tools)
                    main.county #main {
                        header.title { h1 { (title) } @if self.is_whole { p { a href={ "../" (REPORT) } { "← " (self.say("各部门", "All departments")) } } } }
                        @if !self.is_whole {
                            (self.figures())
                            (self.table())
                            @if let Some(changes) = self.changes { (self.changed(changes)) }
                        }
                        (self.comparisons())
                        @if !self.is_whole { (self.elsewhere()) }
                    }
                    script { (PreEscaped(script)) }
                }
            }
        }
    }

    fn tools(&self, title: &str) -> Markup {
        let search = self.say("查找部门", "Search departments");
        html! {
            header.bar {
                span.name { (title) }
                @if !self.is_whole { div.tools role="search" {
                    label.hidden-label for="search" { (search) }
                    input #search type="search" autocomplete="off" placeholder=(search);
                    span.count #count role="status" aria-live="polite" data-text=(self.say("{} 个部门", "{} departments")) {}
                    button #theme type="button" aria-pressed="false" data-dark=(self.say("深色", "Dark")) data-light=(self.say("浅色", "Light")) {
                        (self.say("深色", "Dark"))
                    }
                } }
            }
        }
    }

    fn figures(&self) -> Markup {
        let sum = |of: &dyn Fn(&CountyDepartment) -> usize| self.county.departments.iter().map(of).sum::<usize>();
        let budget: Decimal = self.county.departments.iter().map(|one| one.budget).sum();
        let (indicators, measurable) = (sum(&|one| one.indicators), sum(&|one| one.measurable));
        let [errors, warnings, notes] = self.county.findings();
        html! {
            section.overview aria-label=(self.say("合计", "In all")) {
                dl.figures {
                    div.money { dt { (self.say("预算合计", "Budget in all")) } dd { (counted(html! { (self.money(budget)) })) " " small { (self.money_unit()) } } }
                    div { dt { (self.say("部门", "Departments")) } dd { (counted(html! { (self.county.departments.len()) })) } }
                    div { dt { (self.say("项目", "Projects")) } dd { (counted(html! { (sum(&|one| one.projects)) })) } }
                    div { dt { (self.say("绩效指标", "Indicators")) } dd { (counted(html! { (indicators) })) } }
                    div { dt { (self.measurable_word()) } dd { (counted(html! { (share(measurable, indicators)) })) } }
                    @if self.site.has_findings {
                        @if errors > 0 { div { dt { (self.say("错误", "Errors")) } dd { (errors) } } }
                        div { dt { (self.say("警告", "Warnings")) } dd { (counted(html! { (warnings) })) } }
                        div { dt { (self.say("提示", "Notes")) } dd { (counted(html! { (notes) })) } }
                    }
                    @if let Some(changes) = self.changes {
                        div { dt { (self.say("变化", "Changes")) } dd { a href="#changes" { (self.site.changes.iter().flatten().sum::<usize>() + changes.elsewhere_count()) } } }
                    }
                }
            }
        }
    }

    fn measurable_word(&self) -> &'static str {
        if self.site.has_findings { self.say("可衡量", "Measurable") } else { self.say("定量", "Quantitative") }
    }

    /// The departments, a row each. The script sorts it by a column; `data-v` is what is sorted by.
    fn table(&self) -> Markup {
        let all = &self.county.departments;
        let has_lights = all.iter().any(|one| one.lights.is_some());
        let has_scores = all.iter().any(|one| one.score.is_some());
        let unit = self.money_unit();
        let measured = if self.site.has_findings { "review" } else { "overview" };
        let head = |text: &str, of_numbers: bool| html! { th scope="col" .amount[of_numbers] { (text) } };
        html! {
            section.sums aria-labelledby="departments" {
                h2 #departments { (self.say("各部门", "Departments")) }
                div.scroll tabindex="0" role="group" aria-labelledby="departments" {
                    table.departments {
                        thead { tr {
                            (head(self.say("部门", "Department"), false))
                            (head(&format!("{}（{unit}）", self.say("预算数", "Budget")), true))
                            (head(self.say("项目", "Projects"), true))
                            (head(self.say("绩效指标", "Indicators"), true))
                            (head(self.measurable_word(), true))
                            @if self.site.has_findings {
                                (head(self.say("警告", "Warnings"), true))
                                (head(self.say("提示", "Notes"), true))
                            }
                            @if self.changes.is_some() { (head(self.say("变化", "Changes"), true)) }
                            @if has_lights { (head(self.say("红黄绿", "Red, yellow, green"), true)) }
                            @if has_scores { (head(self.say("自评均分", "Mean score"), true)) }
                        } }
                        tbody { @for (number, one) in (1..).zip(all) {
                            tr #{ "d" (number) } {
                                th scope="row" data-v=(number) {
                                    a href=(self.page_of(one)) { (self.name(one)) }
                                    @if let Some(code) = &one.code { " " small.code { (code) } }
                                }
                                td.amount data-v=(one.budget.normalize()) { (self.to(one, "overview", html! { (self.money(one.budget)) })) }
                                td.amount { (linked(one.projects, &self.href(one, "part2"))) }
                                td.amount { (linked(one.indicators, &self.href(one, "part2"))) }
                                td.amount data-v=(part(one.measurable, one.indicators).normalize()) { (self.to(one, measured, html! { (share(one.measurable, one.indicators)) })) }
                                @if self.site.has_findings {
                                    td.amount { (linked(one.findings[1], &self.href(one, "review"))) }
                                    td.amount { (linked(one.findings[2], &self.href(one, "review"))) }
                                }
                                @if self.changes.is_some() { td.amount { (linked(self.changed_in(number - 1).iter().sum(), &self.href(one, "changes"))) } }
                                @if has_lights { (self.lights(one, number)) }
                                @if has_scores { (self.mean(one, number)) }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// What is said of a department, with the way to the section that it sums up.
    fn to(&self, one: &CountyDepartment, section: &str, words: Markup) -> Markup {
        html! { a href=(self.href(one, section)) { (words) } }
    }

    fn href(&self, one: &CountyDepartment, section: &str) -> String {
        format!("{}#{}", self.page_of(one), self.section_of(one, section))
    }

    fn changed_in(&self, index: usize) -> MeaningCounts {
        self.site.changes.get(index).copied().unwrap_or_default()
    }

    /// How many changes of each meaning there are in each department that changed.
    fn changed(&self, changes: &PageChanges<'_>) -> Markup {
        let all: Vec<(&CountyDepartment, MeaningCounts)> =
            self.county.departments.iter().enumerate().map(|(index, one)| (one, self.changed_in(index))).collect();
        let sum = |meaning: ChangeMeaning| all.iter().map(|(_, counts)| counts[meaning as usize]).sum::<usize>();
        let meanings: Vec<ChangeMeaning> = ChangeMeaning::ALL.into_iter().filter(|meaning| sum(*meaning) > 0).collect();
        let count: usize = meanings.iter().map(|meaning| sum(*meaning)).sum();
        let sums = |counts: &MeaningCounts| counts.iter().sum::<usize>();
        html! {
            section.comparison aria-labelledby="changes" {
                h2 #changes { (changes.heading()) " " span.count { (count + changes.elsewhere_count()) } }
                @if count + changes.elsewhere_count() == 0 { p.meaning { (self.say("没有变化。", "Nothing changed.")) } }
                @if count > 0 {
                    div.scroll tabindex="0" role="group" aria-labelledby="changes" { table.compared.changed {
                        thead { tr {
                            th scope="col" { (self.say("部门", "Department")) }
                            @for meaning in &meanings { th scope="col" .amount { (meaning.title().in_language(self.language)) } }
                            th scope="col" .amount { (self.say("合计", "In all")) }
                        } }
                        tbody { @for (one, counts) in all.iter().filter(|(_, counts)| sums(counts) > 0) {
                            tr {
                                th scope="row" { a href=(self.href(one, "changes")) { (self.name(one)) } }
                                @for meaning in &meanings {
                                    td.amount { (linked(counts[*meaning as usize], &self.href(one, &format!("changes-{}", meaning.id())))) }
                                }
                                td.amount { (linked(sums(counts), &self.href(one, "changes"))) }
                            }
                        } }
                        @if all.iter().filter(|(_, counts)| sums(counts) > 0).count() > 1 {
                            tfoot { tr {
                                th scope="row" { (self.say("合计", "In all")) }
                                @for meaning in &meanings { td.amount { (sum(*meaning)) } }
                                td.amount { (count) }
                            } }
                        }
                    } }
                }
                @if let Some(elsewhere) = changes.elsewhere() { (elsewhere) }
            }
        }
    }

    fn lights(&self, one: &CountyDepartment, number: usize) -> Markup {
        let Some(LightCounts { checkpoint, red, yellow, green, none, .. }) = &one.lights else {
            return html! { td.amount data-v="-1" { "—" } };
        };
        let told = match self.language {
            Language::Chinese => format!("{checkpoint}：红 {red}，黄 {yellow}，绿 {green}，没有灯 {none}"),
            Language::English => format!("{checkpoint}: {red} red, {yellow} yellow, {green} green, {none} without"),
        };
        let words = html! { (red) " · " (yellow) " · " (green) };
        let href = if one.lit.is_empty() { self.href(one, "part2") } else { self.compared("lit", number) };
        html! { td.amount data-v={ (red * 1_000_000 + yellow) } title=(told) { a href=(href) { (words) } } }
    }

    fn mean(&self, one: &CountyDepartment, number: usize) -> Markup {
        html! {
            @match &one.score {
                Some(MeanScore { mean, projects, .. }) => {
                    td.amount data-v=(mean.plain(6)) { a href=(self.compared("scores", number)) { (mean.fixed(1)) } " " small { "(" (projects) ")" } }
                }
                None => { td.amount data-v="-1" { "—" } }
            }
        }
    }

    fn section_of(&self, one: &CountyDepartment, section: &str) -> String {
        let number = self.county.departments.iter().position(|known| std::ptr::eq(known, one));
        match one.name {
            Some(_) => format!("d{}-{section}", number.unwrap_or_default() + 1),
            None => format!("d0-{section}"),
        }
    }

    fn elsewhere(&self) -> Markup {
        html! {
            @if !self.site.elsewhere.is_empty() {
                section.review.paper[self.site.is_printed] #elsewhere {
                    h2 { (self.say("其他检查发现", "Other findings")) }
                    ul.elsewhere { @for line in &self.site.elsewhere { li { (PreEscaped(line)) } } }
                }
            }
        }
    }
}

/// A sum, with the way to the rows that it sums up.
fn counted(figure: Markup) -> Markup {
    html! { a href="#departments" { (figure) } }
}

fn part(some: usize, all: usize) -> Decimal {
    Decimal::from(some).checked_div(Decimal::from(all)).unwrap_or_default().round_dp(6)
}

fn share(some: usize, all: usize) -> String {
    if all == 0 { "—".to_owned() } else { super::charts::percent(Decimal::from(some), Decimal::from(all), 1) }
}
