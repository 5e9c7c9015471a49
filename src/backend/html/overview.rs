//! What a reader looks at before reading: how many targets can be measured, and how much money a goal stands behind.
//!
//! Bars have two parts, one solid and one striped, so that nothing is told by colour alone; their figures are text, which
//! stays legible at any width. Lengths are per cent of the drawing, in decimals, rounded once.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::charts::{BARS, percent, place};
use super::findings::{PageFindings, UNMEASURABLE};
use super::links::ProjectLinks;
use super::project_id;
use crate::diagnostic::Code;
use crate::model::number::grouped;
use crate::model::print::base_amount;
use crate::model::standard::Standard;
use crate::model::{DepartmentId, Model, ProjectId};

/// The measurability of the targets, and what the check found.
pub(super) fn review(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    findings: &PageFindings<'_>,
    anchor: &str,
    links: &ProjectLinks,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let words = OverviewLabels {
        first: say("可衡量", "Measurable"),
        second: say("不可衡量", "Not measurable"),
        all: say("合计", "In all"),
        category: say("按一级指标", "By category"),
        project: say("按项目", "By project"),
        rest: say("其余 {} 个项目", "{} other projects"),
    };
    let [codes @ .., last] = UNMEASURABLE.map(Code::id);
    let codes = codes.join(&say("、", ", "));
    let meaning = say(
        "不可衡量的指标，就是检查报出 {} 或 {} 的指标。",
        "Not measurable are the indicators on which the check reports {} or {}.",
    );
    let meaning = meaning.replacen("{}", &codes, 1).replacen("{}", last, 1);
    let label = super::section_label(model, id, &say("检查发现", "Findings"));
    html! {
        section.review.paper[findings.in_print] #(anchor) data-derived aria-label=(label) {
            @if let Some(charts) = split(model, id, standard, &words, links, &|id, index| findings.is_measurable(id, index)) {
                h2 { (say("指标值能否衡量", "Whether targets can be measured")) }
                (charts)
                p.meaning { (meaning) }
            }
            h2 { (say("检查发现", "Findings")) }
            (findings.of_group(model, id, links, say))
        }
    }
}

/// Targets with a number or a date, and those in words: what can be said where nobody asked for findings.
pub(super) fn kinds(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    links: &ProjectLinks,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let words = OverviewLabels {
        first: say("定量", "Quantitative"),
        second: say("定性", "In words"),
        all: say("合计", "In all"),
        category: say("按一级指标", "By category"),
        project: say("按项目", "By project"),
        rest: say("其余 {} 个项目", "{} other projects"),
    };
    let is_first = |id: ProjectId, index: usize| model[id].indicators[index].target.value.is_quantitative();
    html! {
        @if let Some(charts) = split(model, id, standard, &words, links, &is_first) {
            h2 { (say("定量和定性指标", "Targets in numbers and in words")) }
            (charts)
        }
    }
}

/// What the parts of the bars and the rows that belong to no name are called.
struct OverviewLabels {
    first: String,
    second: String,
    all: String,
    category: String,
    project: String,
    rest: String,
}

/// One bar: how many indicators are of the first kind, and how many of the second.
#[derive(Clone, Default)]
struct Bar {
    name: String,
    link: Option<String>,
    first: usize,
    second: usize,
}

impl Bar {
    fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    fn count(&mut self, is_first: bool) {
        *(if is_first { &mut self.first } else { &mut self.second }) += 1;
    }

    fn is_empty(&self) -> bool {
        self.first + self.second == 0
    }
}

/// The indicators in two kinds, by category and by project; none where there is no indicator.
fn split(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    words: &OverviewLabels,
    links: &ProjectLinks,
    is_first: &dyn Fn(ProjectId, usize) -> bool,
) -> Option<Markup> {
    let mut all = Bar::named(&words.all);
    let mut categories: Vec<Bar> = standard.categories.iter().map(|category| Bar::named(&category.name)).collect();
    let mut projects: Vec<Bar> = Vec::new();
    for (id, project) in model.projects_of(id) {
        let mut bar = Bar { link: Some(links.href(id, &project_id(model, id))), ..Bar::named(&*project.name.value) };
        for (index, indicator) in project.indicators.iter().enumerate() {
            let is_first = is_first(id, index);
            all.count(is_first);
            bar.count(is_first);
            let category = indicator.category.and_then(|id| categories.get_mut(id.category as usize));
            if let Some(category) = category {
                category.count(is_first);
            }
        }
        projects.push(bar);
    }
    if all.is_empty() {
        return None;
    }
    categories.retain(|bar| !bar.is_empty());
    projects.retain(|bar| !bar.is_empty());
    projects.sort_by_key(|bar| Reverse(bar.second));
    if projects.len() > BARS {
        let rest = projects.split_off(BARS - 1);
        projects.push(Bar {
            first: rest.iter().map(|bar| bar.first).sum(),
            second: rest.iter().map(|bar| bar.second).sum(),
            ..Bar::named(words.rest.replace("{}", &rest.len().to_string()))
        });
    }
    categories.insert(0, all);
    Some(html! {
        div.charts {
            (bars(&categories, &words.category, words))
            (bars(&projects, &words.project, words))
        }
    })
}

fn bars(bars: &[Bar], heading: &str, words: &OverviewLabels) -> Markup {
    html! {
        table.shares.split {
            thead {
                tr {
                    th scope="col" { (heading) }
                    th.amount scope="col" { (key(true)) (words.first) }
                    th.amount scope="col" { (key(false)) (words.second) }
                }
            }
            tbody {
                @for bar in bars {
                    @let told = format!("{}：{} {}，{} {}", bar.name, words.first, bar.first, words.second, bar.second);
                    tr {
                        th scope="row" {
                            @match &bar.link {
                                Some(link) => { a href=(link) { (bar.name) } }
                                None => { (bar.name) }
                            }
                            svg role="img" aria-label=(told) { (parts(bar.first.into(), bar.second.into())) }
                        }
                        td.amount { (bar.first) }
                        td.amount { (bar.second) }
                    }
                }
            }
        }
    }
}

/// A solid part and a striped one, as long as their shares.
fn parts(first: Decimal, second: Decimal) -> Markup {
    let edge = place(first, first + second, 100);
    html! {
        @if !first.is_zero() { rect.solid width={ (edge) "%" } height="100%" {} }
        @if !second.is_zero() { line.striped x1={ (edge) "%" } x2="100%" y1="50%" y2="50%" {} }
    }
}

/// The sign of a part in a legend.
fn key(is_solid: bool) -> Markup {
    let (first, second) = if is_solid { (Decimal::ONE, Decimal::ZERO) } else { (Decimal::ZERO, Decimal::ONE) };
    html! { svg.key role="img" aria-hidden="true" aria-label=(if is_solid { "■" } else { "▥" }) { (parts(first, second)) } }
}

/// Money of projects to which at least one goal of the department points by its indicators, and the money of all others.
/// None where no goal points at an indicator, or there is no money.
pub(super) fn coverage(
    model: &Model,
    id: DepartmentId,
    standard: &Standard,
    anchor: &str,
    say: &dyn Fn(&str, &str) -> String,
) -> Option<Markup> {
    let references = model[id].sub_goals.iter().flat_map(|goal| &goal.indicators);
    let named: BTreeSet<ProjectId> = references.filter_map(|one| Some(one.target?.project)).collect();
    let (mut covered, mut rest) = ((Decimal::ZERO, 0usize), (Decimal::ZERO, 0usize));
    for (project_id, project) in model.projects_of(Some(id)) {
        let (money, count) = if named.contains(&project_id) { &mut covered } else { &mut rest };
        *money += project.budget_amount(&model[project.standard]).unwrap_or_default();
        *count += 1;
    }
    let whole = covered.0 + rest.0;
    if named.is_empty() || whole.is_zero() {
        return None;
    }
    // In the unit of the tables and charts beside it, with as many decimals on both sides.
    let unit = standard.money_unit_name();
    let decimals = [covered.0, rest.0].map(|value| base_amount(value, standard).scale()).into_iter().max().unwrap_or(0);
    let money = |value: Decimal| {
        let mut value = base_amount(value, standard);
        value.rescale(decimals);
        grouped(value)
    };
    let sides = [
        (true, say("有分项目标对应", "Under a goal of the department"), covered),
        (false, say("没有分项目标对应", "Under no goal"), rest),
    ];
    let projects = |count: usize| say("{} 个项目", "projects: {}").replace("{}", &count.to_string());
    let title = say("分项目标对应的资金", "Money under the goals of the department");
    let shown = sides.iter().filter(|(_, _, (_, count))| *count > 0);
    let told: Vec<String> = shown
        .clone()
        .map(|(_, name, (value, count))| format!("{name} {} {unit}，{}", money(*value), projects(*count)))
        .collect();
    Some(html! {
        div.coverage {
            h2 { (title) }
            svg role="img" aria-labelledby={ (anchor) "-title " (anchor) "-desc" } {
                title #{ (anchor) "-title" } { (title) }
                desc #{ (anchor) "-desc" } { (told.join("；")) }
                (parts(covered.0, rest.0))
            }
            dl {
                @for (is_solid, name, (value, count)) in shown {
                    div {
                        dt { (key(*is_solid)) (name) }
                        dd { b { (money(*value)) } " " (unit) " " small { (percent(*value, whole, 1)) " · " (projects(*count)) } }
                    }
                }
            }
        }
    })
}
