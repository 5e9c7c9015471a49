//! What only shows where several departments are looked at: the first lines of each comparison in the page before all
//! others, and all of them in a page of their own.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::super::links::address;
use super::{COMPARISONS, FOLDER, IndexPage};
use crate::backend::county::{County, CountyDepartment, PlaceInCounty, ServicePrices};
use crate::diagnostic::Language;
use crate::model::standard::monitoring::LightColour;

/// So many lines of a comparison are listed; the rest is counted.
const LISTED: usize = 20;
/// So many places of a line are named.
const NAMED: usize = 12;

/// Whether the first page lists but a part of some comparison.
pub(super) fn leaves_out(county: &County) -> bool {
    let departments = || county.departments.iter();
    let of_lists = |lists: &dyn Fn(&CountyDepartment) -> usize| {
        departments().filter(|one| lists(one) > 0).count() > LISTED || departments().any(|one| lists(one) > NAMED)
    };
    let services = county.prices.compared();
    let shared = county.words.compared();
    services.len() > LISTED
        || services.iter().any(|one| one.prices.len() > NAMED + 1)
        || shared.len() > LISTED
        || shared.iter().any(|one| one.places.len() > NAMED)
        || departments().map(|one| one.relaxed.len()).sum::<usize>() > LISTED
        || of_lists(&|one| one.unsatisfied.len())
        || of_lists(&|one| one.lit.len())
        || of_lists(&|one| one.points.len())
}

/// A department in a comparison: its number, what is said of it, and the places that are meant.
struct DepartmentLine<'a> {
    number: usize,
    department: &'a CountyDepartment,
    summary: Markup,
    places: Vec<(Markup, &'a PlaceInCounty)>,
}

impl IndexPage<'_> {
    pub(super) fn leaves_out(&self) -> bool {
        leaves_out(self.county)
    }

    pub(super) fn comparisons(&self) -> Markup {
        html! {
            (self.prices())
            (self.shared_words())
            (self.relaxed())
            (self.unsatisfied())
            (self.lit())
            (self.scores())
        }
    }

    pub(super) fn page_of(&self, one: &CountyDepartment) -> String {
        let folder = if self.is_whole { String::new() } else { format!("{FOLDER}/") };
        address(&format!("{folder}{}.html", one.file_stem))
    }

    /// Where a department stands in a comparison of which the first page may list but a part.
    pub(super) fn compared(&self, id: &str, number: usize) -> String {
        let page = if !self.is_whole && self.leaves_out() { format!("{FOLDER}/{COMPARISONS}") } else { String::new() };
        format!("{page}#{id}-{number}")
    }

    fn listed(&self) -> usize {
        if self.is_whole { usize::MAX } else { LISTED }
    }

    fn named(&self) -> usize {
        if self.is_whole { usize::MAX } else { NAMED }
    }

    /// A project or an indicator, which leads to its row, and where it stands in the sources.
    fn place(&self, place: &PlaceInCounty, with_department: bool, with_name: bool) -> Markup {
        let department = &self.county.departments[place.department];
        let anchor = match place.indicator {
            Some(indicator) => format!("p{}-i{indicator}", place.project),
            None => format!("p{}", place.project),
        };
        let page = place.page.as_deref().map(|page| {
            let folder = format!("{FOLDER}/");
            address(if self.is_whole { page.strip_prefix(&folder).unwrap_or(page) } else { page })
        });
        html! {
            @if with_department { (self.name(department)) " " }
            a href={ (page.unwrap_or_else(|| self.page_of(department))) "#" (anchor) } {
                (place.name)
                @if let Some(name) = place.indicator_name.as_ref().filter(|_| with_name) { "·" (name) }
            }
            @if let Some(source) = &place.source { " " small.source { (source) } }
        }
    }

    /// What the page leaves out, with the way to it.
    fn rest(&self, id: &str, count: usize) -> Markup {
        let told = match self.language {
            Language::Chinese => format!("其余 {count} 项"),
            Language::English => format!("{count} more"),
        };
        html! { a href={ (FOLDER) "/" (COMPARISONS) "#" (id) } { (told) } }
    }

    /// A comparison: nothing where it has no lines.
    fn comparison(&self, id: &str, title: &str, about: &str, count: usize, lines: &Markup) -> Markup {
        html! {
            @if count > 0 {
                section.comparison aria-labelledby=(id) {
                    h2 #(id) { (title) " " span.count { (count) } }
                    p.meaning { (about) }
                    (lines)
                    @if count > self.listed() { p.left-out { (self.rest(id, count - self.listed())) } }
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
                @for service in services.iter().take(self.listed()) { (self.service(service)) }
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
        // The highest is always named.
        let shown = if prices.len() > self.named().saturating_add(1) { self.named() } else { prices.len() };
        html! {
            tbody {
                tr {
                    th scope="row" {
                        details open[self.is_whole] {
                            summary { (name) }
                            ol.places {
                                @for price in prices.iter().take(shown) { li { b { (price.printed) } " " (self.place(&price.place, true, false)) } }
                                @if prices.len() > shown {
                                    li.last { (self.rest("prices", prices.len() - shown - 1)) }
                                    @for price in prices.iter().skip(prices.len() - 1) { li.last { b { (price.printed) } " " (self.place(&price.place, true, false)) } }
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
                @for one in shared.iter().take(self.listed()) {
                    li {
                        details open[self.is_whole] {
                            summary {
                                (one.name) "：" q { (one.words) } " "
                                span.count { (one.places.len()) " " (self.say("个部门", "departments")) "，" (one.count) " " (self.say("处", "places")) }
                            }
                            ul.places {
                                @for place in one.places.iter().take(self.named()) { li { (self.place(place, true, false)) } }
                                @if one.places.len() > self.named() { li { (self.rest("shared", one.places.len() - self.named())) } }
                            }
                        }
                    }
                }
            }
        };
        let about = self.say(
            "定性指标的名称和指标值，在几个部门里一字不差：多半是抄来的，说不出各自要做到什么。每个部门列第一处。",
            "Indicators in words whose name and target are the same, word for word, in several departments. The first place in each is listed.",
        );
        let title = self.say("各部门雷同的指标", "The same in several departments");
        self.comparison("shared", title, about, shared.len(), &lines)
    }

    fn relaxed(&self) -> Markup {
        let all: Vec<_> = self.county.departments.iter().flat_map(|one| &one.relaxed).collect();
        let lines = html! {
            ol.lines {
                @for one in all.iter().take(self.listed()) {
                    li { (self.place(&one.place, true, true)) "：" (self.say("去年", "last year")) " " (one.last) "，" (self.say("今年", "now")) " " (one.now) }
                }
            }
        };
        let about = self.say(
            "指标值没有达到旁边写的去年完成值。成本随预算变动，不比。",
            "Targets behind the value of last year that is written beside them. Costs follow the budget.",
        );
        let title = self.say("比去年降低的目标", "Targets lower than last year");
        self.comparison("relaxed", title, about, all.len(), &lines)
    }

    fn unsatisfied(&self) -> Markup {
        let sum = |one: &CountyDepartment| one.unsatisfied.iter().map(|(_, budget)| *budget).sum::<Decimal>();
        let mut lines: Vec<(Decimal, DepartmentLine<'_>)> = Vec::new();
        for (number, one) in (1..).zip(&self.county.departments).filter(|(_, one)| !one.unsatisfied.is_empty()) {
            let money = sum(one);
            let summary = html! {
                (self.money(money)) " " (self.money_unit()) " "
                span.count { (one.unsatisfied.len()) " " (self.say("个项目", "projects")) }
            };
            let places = one.unsatisfied.iter().map(|(place, budget)| (html! { " " (self.money(*budget)) }, place));
            lines.push((money, DepartmentLine { number, department: one, summary, places: places.collect() }));
        }
        let lines = greatest_first(lines);
        let about = self.say(
            "项目没有一条满意度指标，而标准的表里有这一级。按金额排列。",
            "Projects without an indicator of satisfaction, for which their standard has a category; by money.",
        );
        let title = self.say("没有满意度指标的资金", "Money without an indicator of satisfaction");
        self.comparison("unsatisfied", title, about, lines.len(), &self.by_department("unsatisfied", &lines))
    }

    /// The projects whose money or goals are behind.
    fn lit(&self) -> Markup {
        let mut lines: Vec<(usize, DepartmentLine<'_>)> = Vec::new();
        for (number, one) in (1..).zip(&self.county.departments).filter(|(_, one)| !one.lit.is_empty()) {
            let count = |wanted: LightColour| one.lit.iter().filter(|(colour, _)| *colour == wanted).count();
            let reds = count(LightColour::Red);
            let summary = html! { (self.say("红", "red")) " " (reds) "，" (self.say("黄", "yellow")) " " (count(LightColour::Yellow)) };
            let mut lit: Vec<_> = one.lit.iter().collect();
            lit.sort_by_key(|(colour, place)| (*colour != LightColour::Red, place.project));
            let word = |colour: LightColour| {
                if colour == LightColour::Red { self.say("红", "red") } else { self.say("黄", "yellow") }
            };
            let places = lit.into_iter().map(|(colour, place)| (html! { " " (word(*colour)) }, place));
            lines.push((reds, DepartmentLine { number, department: one, summary, places: places.collect() }));
        }
        let lines = greatest_first(lines);
        let about = self.say(
            "最近一个节点上，资金或目标亮红灯、黄灯的项目。",
            "Projects whose money or goals have a red or a yellow light at the last checkpoint.",
        );
        let title = self.say("红灯和黄灯的项目", "Projects behind");
        self.comparison("lit", title, about, lines.len(), &self.by_department("lit", &lines))
    }

    /// What the projects of a self-evaluation earn.
    fn scores(&self) -> Markup {
        let scored = (1..).zip(&self.county.departments).filter(|(_, one)| !one.points.is_empty());
        let line = |(number, one): (usize, _)| {
            let one: &CountyDepartment = one;
            let CountyDepartment { score, points, .. } = one;
            let summary = html! { @if let Some(score) = score { (score.mean.fixed(1)) " " span.count { (score.projects) " " (self.say("个项目", "projects")) } } };
            let places = points.iter().map(|(points, place)| (html! { " " (points.fixed(1)) }, place)).collect();
            DepartmentLine { number, department: one, summary, places }
        };
        let lines: Vec<DepartmentLine<'_>> = scored.map(line).collect();
        let about = self.say("自评的得分，低的在前。", "What the self-evaluation gives, the least first.");
        let title = self.say("自评得分", "Scores");
        self.comparison("scores", title, about, lines.len(), &self.by_department("scores", &lines))
    }

    /// A line for each department, which unfolds to its places.
    fn by_department(&self, id: &str, lines: &[DepartmentLine<'_>]) -> Markup {
        html! {
            ol.lines {
                @for DepartmentLine { number, department, summary, places } in lines.iter().take(self.listed()) {
                    li {
                        details open[self.is_whole] {
                            summary { (self.name(department)) "：" (summary) }
                            ul.places #{ (id) "-" (number) } {
                                @for (words, place) in places.iter().take(self.named()) { li { (self.place(place, false, false)) (words) } }
                                @if places.len() > self.named() { li { (self.rest(id, places.len() - self.named())) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Lines by what they are weighed by; those of one weight stay as they came.
fn greatest_first<W: Ord + Copy>(mut lines: Vec<(W, DepartmentLine<'_>)>) -> Vec<DepartmentLine<'_>> {
    lines.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    lines.into_iter().map(|(_, line)| line).collect()
}
