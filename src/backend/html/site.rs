//! Several departments: a page each, and one before them with their sums side by side and what only shows between them.
//! That one is small however many they are; every figure leads to its rows, and every row names its line in the sources.

use std::io;
use std::path::PathBuf;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use rust_decimal::Decimal;

use super::findings::PageFindings;
use super::{REPORT, STYLE, page, page_findings, policy};
use crate::backend::county::{
    County, CountyDepartment, LightCounts, LookedAt, MeanScore, PlaceInCounty, SEVERITIES, ServicePrices, file_stem,
};
use crate::backend::{Departments, RenderOptions, Scope, Sink, Stream};
use crate::diagnostic::Language;
use crate::model::number::grouped;
use crate::model::print::base_amount;
use crate::model::{DepartmentId, Model};

const SITE_STYLE: &str = include_str!("site.css");
pub(super) const SITE_SCRIPT: &str = concat!(include_str!("theme.js"), include_str!("site.js"));

/// The folder of the pages of departments.
const FOLDER: &str = "report";

/// So many lines of a comparison are listed; the rest is counted.
const LISTED: usize = 20;
/// So many places of a line are named.
const NAMED: usize = 12;

/// The pages of several departments while they are made.
#[derive(Default)]
pub(super) struct CountySite {
    county: County,
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
        let path = format!("{FOLDER}/{stem}.html");
        sink.artifact(path.as_ref(), &mut |out| page(out, model, Scope::Department(id), found, options.language))?;
        let looked_at = LookedAt {
            model,
            id,
            review: options.review,
            is_measurable: &|id, index| match found {
                Some(found) => found.is_measurable(id, index),
                None => model[id].indicators[index].target.value.is_quantitative(),
            },
            findings: SEVERITIES.map(|severity| found.map_or(0, |found| found.count(id, severity))),
        };
        self.county.add(&looked_at, &stem);
        self.has_findings |= found.is_some();
        self.is_printed |= options.review.is_some_and(|review| review.in_print);
        Ok(())
    }

    /// Writes the page before all others.
    pub fn finish(&self, language: Language, sink: &mut dyn Sink) -> io::Result<()> {
        let page = IndexPage { site: self, county: &self.county, language };
        let markup = page.markup().into_string();
        sink.artifact(REPORT.as_ref(), &mut |out| {
            out.write_all(markup.as_bytes())?;
            out.write_all(b"\n")
        })
    }
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
        vec![REPORT.into()]
    }

    fn write(&mut self, _: &mut dyn Departments, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.finish(options.language, sink)
    }
}

/// The page before those of the departments.
struct IndexPage<'a> {
    site: &'a CountySite,
    county: &'a County,
    language: Language,
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
        let mut years = self.county.departments.iter().map(|one| one.year);
        let first = years.next().flatten();
        let year = first.filter(|first| years.all(|year| year == Some(*first)));
        let year = year.map(|year| format!("{year}年度")).unwrap_or_default();
        format!("{year}部门预算绩效目标")
    }

    fn name<'d>(&self, department: &'d CountyDepartment) -> &'d str {
        department.name.as_deref().unwrap_or(self.say("不属于部门的项目", "Projects of no department"))
    }

    fn markup(&self) -> Markup {
        let title = self.title();
        let style = format!("{STYLE}{SITE_STYLE}");
        let tools = self.tools(&title);
        html! {
            (DOCTYPE)
            html lang="zh-CN" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy(&style, SITE_SCRIPT));
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="generator" content=(concat!("jixiao ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(&style)) }
                }
                body data-derived {
                    a.skip href="#main" { (self.say("跳到正文", "Skip to the text")) }
                    (tools)
                    main.county #main {
                        header.title { h1 { (title) } }
                        (self.figures())
                        (self.table())
                        (self.prices())
                        (self.shared_words())
                        (self.relaxed())
                        (self.unsatisfied())
                        (self.elsewhere())
                    }
                    script { (PreEscaped(SITE_SCRIPT)) }
                }
            }
        }
    }

    fn tools(&self, title: &str) -> Markup {
        let search = self.say("查找部门", "Search departments");
        html! {
            header.bar {
                span.name { (title) }
                div.tools role="search" {
                    label.hidden-label for="search" { (search) }
                    input #search type="search" autocomplete="off" placeholder=(search);
                    span.count #count role="status" aria-live="polite" data-text=(self.say("{} 个部门", "{} departments")) {}
                    button #theme type="button" aria-pressed="false" data-dark=(self.say("深色", "Dark")) data-light=(self.say("浅色", "Light")) {
                        (self.say("深色", "Dark"))
                    }
                }
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
                    div.money { dt { (self.say("预算合计", "Budget in all")) } dd { (self.money(budget)) " " small { (self.money_unit()) } } }
                    div { dt { (self.say("部门", "Departments")) } dd { (self.county.departments.len()) } }
                    div { dt { (self.say("项目", "Projects")) } dd { (sum(&|one| one.projects)) } }
                    div { dt { (self.say("绩效指标", "Indicators")) } dd { (indicators) } }
                    div { dt { (self.measurable_word()) } dd { (share(measurable, indicators)) } }
                    @if self.site.has_findings {
                        @if errors > 0 { div { dt { (self.say("错误", "Errors")) } dd { (errors) } } }
                        div { dt { (self.say("警告", "Warnings")) } dd { (warnings) } }
                        div { dt { (self.say("提示", "Notes")) } dd { (notes) } }
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
                            @if has_lights { (head(self.say("红黄绿", "Red, yellow, green"), true)) }
                            @if has_scores { (head(self.say("自评均分", "Mean score"), true)) }
                        } }
                        tbody { @for (number, one) in (1..).zip(all) {
                            tr #{ "d" (number) } {
                                th scope="row" data-v=(number) {
                                    a href=(page_of(one)) { (self.name(one)) }
                                    @if let Some(code) = &one.code { " " small.code { (code) } }
                                }
                                td.amount data-v=(one.budget.normalize()) { (self.money(one.budget)) }
                                td.amount { (one.projects) }
                                td.amount { (one.indicators) }
                                td.amount data-v=(part(one.measurable, one.indicators).normalize()) { (share(one.measurable, one.indicators)) }
                                @if self.site.has_findings {
                                    td.amount { (self.to_findings(one, 1)) }
                                    td.amount { (self.to_findings(one, 2)) }
                                }
                                @if has_lights { (self.lights(one.lights.as_ref())) }
                                @if has_scores { (mean(one.score.as_ref())) }
                            }
                        } }
                    }
                }
            }
        }
    }

    /// The number of findings of a severity, which leads to them.
    fn to_findings(&self, one: &CountyDepartment, severity: usize) -> Markup {
        let count = one.findings[severity];
        html! {
            @if count == 0 { "0" } @else { a href={ (page_of(one)) "#" (self.section_of(one, "review")) } { (count) } }
        }
    }

    fn lights(&self, lights: Option<&LightCounts>) -> Markup {
        let Some(LightCounts { checkpoint, red, yellow, green, none }) = lights else {
            return html! { td.amount data-v="-1" { "—" } };
        };
        let told = match self.language {
            Language::Chinese => format!("{checkpoint}：红 {red}，黄 {yellow}，绿 {green}，没有灯 {none}"),
            Language::English => format!("{checkpoint}: {red} red, {yellow} yellow, {green} green, {none} without"),
        };
        html! { td.amount data-v={ (red * 1_000_000 + yellow) } title=(told) { (red) " · " (yellow) " · " (green) } }
    }

    fn section_of(&self, one: &CountyDepartment, section: &str) -> String {
        let number = self.county.departments.iter().position(|known| std::ptr::eq(known, one));
        match one.name {
            Some(_) => format!("d{}-{section}", number.unwrap_or_default() + 1),
            None => format!("d0-{section}"),
        }
    }

    /// A project or an indicator, which leads to its row, and where it stands in the sources.
    fn place(&self, place: &PlaceInCounty, with_name: bool) -> Markup {
        let department = &self.county.departments[place.department];
        let anchor = match place.indicator {
            Some(indicator) => format!("p{}-i{indicator}", place.project),
            None => format!("p{}", place.project),
        };
        html! {
            (self.name(department)) " "
            a href={ (page_of(department)) "#" (anchor) } {
                (place.name)
                @if let Some(name) = place.indicator_name.as_ref().filter(|_| with_name) { "·" (name) }
            }
            @if let Some(source) = &place.source { " " small.source { (source) } }
        }
    }

    /// A comparison: nothing where it has no lines.
    fn comparison(&self, id: &str, title: &str, about: &str, count: usize, lines: &Markup) -> Markup {
        html! {
            @if count > 0 {
                section.comparison aria-labelledby=(id) {
                    h2 #(id) { (title) " " span.count { (count) } }
                    p.meaning { (about) }
                    (lines)
                    @if count > LISTED { p.left-out { (self.say("列出前", "The first")) " " (LISTED) " " (self.say("项。", "are listed.")) } }
                }
            }
        }
    }

    fn prices(&self) -> Markup {
        let services = self.county.prices.compared();
        let lines = html! {
            div.scroll tabindex="0" role="group" aria-labelledby="prices" { table.compared {
                thead { tr {
                    th scope="col" { (self.say("名称", "Name")) }
                    th scope="col" .amount { (self.say("部门", "Departments")) }
                    th scope="col" .amount { (self.say("最低", "Lowest")) }
                    th scope="col" .amount { (self.say("最高", "Highest")) }
                    th scope="col" .amount { (self.say("相差倍数", "Spread")) }
                } }
                @for service in services.iter().take(LISTED) { (self.service(service)) }
            } }
        };
        let about = self.say(
            "名称相同、单位可以换算的成本指标，在几个部门里定得不一样。打开一行，看每一处。",
            "Cost indicators of one name, in units that convert, for which departments set different targets.",
        );
        self.comparison("prices", self.say("同一服务的单价", "Prices of one service"), about, services.len(), &lines)
    }

    fn service(&self, service: &ServicePrices<'_>) -> Markup {
        let ServicePrices { name, departments, prices, spread } = service;
        let (low, high) = (&prices[0], &prices[prices.len() - 1]);
        html! {
            tbody {
                tr {
                    th scope="row" {
                        details {
                            summary { (name) }
                            ol.places {
                                @for price in prices.iter().take(NAMED) { li { b { (price.printed) } " " (self.place(&price.place, false)) } }
                                @if prices.len() > NAMED {
                                    li.last { "…" }
                                    @for price in prices.iter().skip(prices.len() - 1) { li.last { b { (price.printed) } " " (self.place(&price.place, false)) } }
                                }
                            }
                        }
                    }
                    td.amount { (departments) }
                    td.amount { (low.printed) }
                    td.amount { (high.printed) }
                    td.amount { (spread.round_dp(1).normalize()) }
                }
            }
        }
    }

    fn shared_words(&self) -> Markup {
        let shared = self.county.words.compared();
        let lines = html! {
            ol.lines {
                @for one in shared.iter().take(LISTED) {
                    li {
                        details {
                            summary {
                                (one.name) "：" q { (one.words) } " "
                                span.count { (one.places.len()) " " (self.say("个部门", "departments")) "，" (one.count) " " (self.say("处", "places")) }
                            }
                            ul.places {
                                @for place in one.places.iter().take(NAMED) { li { (self.place(place, false)) } }
                                @if one.places.len() > NAMED { li { "…" } }
                            }
                        }
                    }
                }
            }
        };
        let about = self.say(
            "定性指标的名称和指标值，在几个部门里一字不差：多半是抄来的，说不出各自要做到什么。",
            "Indicators in words whose name and target are the same, word for word, in several departments.",
        );
        self.comparison(
            "shared",
            self.say("各部门雷同的指标", "The same in several departments"),
            about,
            shared.len(),
            &lines,
        )
    }

    fn relaxed(&self) -> Markup {
        let all: Vec<_> = self.county.departments.iter().flat_map(|one| &one.relaxed).collect();
        let lines = html! {
            ol.lines {
                @for one in all.iter().take(LISTED) {
                    li { (self.place(&one.place, true)) "：" (self.say("去年", "last year")) " " (one.last) "，" (self.say("今年", "now")) " " (one.now) }
                }
            }
        };
        let about = self.say(
            "指标值没有达到旁边写的去年完成值。成本随预算变动，不比。",
            "Targets behind the value of last year that is written beside them. Costs follow the budget.",
        );
        self.comparison(
            "relaxed",
            self.say("比去年降低的目标", "Targets lower than last year"),
            about,
            all.len(),
            &lines,
        )
    }

    fn unsatisfied(&self) -> Markup {
        let all: Vec<_> = self.county.departments.iter().filter(|one| !one.unsatisfied.is_empty()).collect();
        let sum = |one: &CountyDepartment| one.unsatisfied.iter().map(|(_, budget)| *budget).sum::<Decimal>();
        let mut ranked: Vec<_> = all.into_iter().map(|one| (sum(one), one)).collect();
        ranked.sort_by_key(|(money, _)| std::cmp::Reverse(*money));
        let lines = html! {
            ol.lines {
                @for (money, one) in ranked.iter().take(LISTED) {
                    li {
                        details {
                            summary {
                                (self.name(one)) "：" (self.money(*money)) " " (self.money_unit()) " "
                                span.count { (one.unsatisfied.len()) " " (self.say("个项目", "projects")) }
                            }
                            ul.places {
                                @for (place, budget) in one.unsatisfied.iter().take(NAMED) {
                                    li { (self.place(place, false)) " " (self.money(*budget)) }
                                }
                                @if one.unsatisfied.len() > NAMED { li { "…" } }
                            }
                        }
                    }
                }
            }
        };
        let about = self.say(
            "项目没有一条满意度指标，而标准的表里有这一级。按金额排列。",
            "Projects without an indicator of satisfaction, for which their standard has a category; by money.",
        );
        let title = self.say("没有满意度指标的资金", "Money without an indicator of satisfaction");
        self.comparison("unsatisfied", title, about, ranked.len(), &lines)
    }

    fn elsewhere(&self) -> Markup {
        html! {
            @if !self.site.elsewhere.is_empty() {
                section.review.paper[self.site.is_printed] {
                    h2 { (self.say("其他检查发现", "Other findings")) }
                    ul.elsewhere { @for line in &self.site.elsewhere { li { (PreEscaped(line)) } } }
                }
            }
        }
    }
}

fn page_of(one: &CountyDepartment) -> String {
    address(&format!("{FOLDER}/{}.html", one.file_stem))
}

fn mean(score: Option<&MeanScore>) -> Markup {
    html! {
        @match score {
            Some(MeanScore { mean, projects }) => {
                td.amount data-v=(mean.plain(6)) { (mean.fixed(1)) " " small { "(" (projects) ")" } }
            }
            None => { td.amount data-v="-1" { "—" } }
        }
    }
}

fn part(some: usize, all: usize) -> Decimal {
    Decimal::from(some).checked_div(Decimal::from(all)).unwrap_or_default().round_dp(6)
}

fn share(some: usize, all: usize) -> String {
    if all == 0 { "—".to_owned() } else { super::charts::percent(Decimal::from(some), Decimal::from(all), 1) }
}

/// A path as an address: what an address reads otherwise is written by its number.
fn address(path: &str) -> String {
    path.chars().fold(String::with_capacity(path.len()), |mut address, sign| {
        match sign {
            '%' => address.push_str("%25"),
            '#' => address.push_str("%23"),
            '?' => address.push_str("%3F"),
            ' ' => address.push_str("%20"),
            sign => address.push(sign),
        }
        address
    })
}
