//! The overview: figures, each project's share, and planned spending over the year, as inline SVG.
//!
//! Geometry is computed in decimals and rounded once, to hundredths of a unit of the drawing.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::links::ProjectLinks;
use crate::model::number::grouped;
use crate::model::print::base_amount;
use crate::model::standard::Standard;
use crate::model::summary::Totals;
use crate::model::{DepartmentId, Model, Project, ProjectId};

/// Bars shown one by one; the rest is one bar.
pub(super) const BARS: usize = 20;
/// Projects named one by one in a sentence.
const NAMED: usize = 5;

pub(super) fn overview(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    totals: &Totals,
    (anchor, links): (&str, &ProjectLinks),
    more: &Markup,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let money = |value: Decimal| printed(value, standard);
    let sub_goals = id.map_or(0, |id| model[id].sub_goals.len());
    let label = super::section_label(model, id, &say("总览", "Overview"));
    html! {
        section.overview #(anchor) data-derived aria-label=(label) {
            dl.figures {
                div.money { dt { (say("预算合计", "Budget in all")) } dd { (money(totals.budget)) " " small { (standard.money_unit_name()) } } }
                div { dt { (say("项目", "Projects")) } dd { (totals.projects) } }
                div { dt { (say("绩效指标", "Indicators")) } dd { (totals.indicators) } }
                div {
                    dt { (say("其中定量", "Quantitative")) }
                    dd { (totals.quantitative) @if totals.indicators > 0 { " " small { (percent(Decimal::from(totals.quantitative), Decimal::from(totals.indicators), 0)) } } }
                }
                @if sub_goals > 0 { div { dt { (say("分项目标", "Sub-goals")) } dd { (sub_goals) } } }
            }
            @if !totals.budget.is_zero() {
                div.charts {
                    div {
                        h2 { (say("各项目预算", "Budget by project")) }
                        (shares(model, id, standard, totals, links))
                    }
                    @if totals.planned.iter().any(|(_, amount)| !amount.is_zero()) {
                        div {
                            h2 { (say("计划累计支出", "Planned spending, cumulative")) }
                            (curve(totals, standard, &format!("{anchor}-curve"), &say("计划累计支出", "Planned spending, cumulative")))
                            (unplanned(model, id, standard, say))
                        }
                    }
                }
            }
            (more)
        }
    }
}

/// Money in the standard's unit. What was computed is rounded here, once, to hundredths of the base unit.
pub(super) fn printed(value: Decimal, standard: &Standard) -> String {
    let cents = value.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    grouped(base_amount(cents, standard))
}

/// `part / whole` as a percentage with so many decimals; half away from zero.
pub(super) fn percent(part: Decimal, whole: Decimal, decimals: u32) -> String {
    let value = (part * Decimal::ONE_HUNDRED).checked_div(whole).unwrap_or_default();
    let value = value.round_dp_with_strategy(decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    format!("{value:.*}%", decimals as usize)
}

fn budget(model: &Model, project: &Project) -> Decimal {
    project.budget_amount(&model[project.standard]).unwrap_or_default()
}

fn shares(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    totals: &Totals,
    links: &ProjectLinks,
) -> Markup {
    let mut bars: Vec<(String, Decimal, Option<String>)> = model
        .projects_of(id)
        .map(|(id, project)| {
            (
                project.name.value.to_string(),
                budget(model, project),
                Some(links.href(id, &super::project_id(model, id))),
            )
        })
        .collect();
    bars.sort_by_key(|(_, amount, _)| std::cmp::Reverse(*amount));
    if bars.len() > BARS {
        let rest = bars.split_off(BARS - 1);
        let sum = rest.iter().map(|(_, amount, _)| *amount).sum();
        bars.push((format!("其余 {} 个项目", rest.len()), sum, None));
    }
    html! {
        table.shares {
            @for (name, amount, link) in &bars {
                @let share = percent(*amount, totals.budget, 1);
                tr {
                    th scope="row" {
                        @match link {
                            Some(link) => { a href=(link) { (name) } }
                            None => { (name) }
                        }
                        svg role="img" aria-label={ (name) " " (share) } {
                            rect.bar-back width="100%" height="100%" {}
                            rect.bar-fill width={ (place(*amount, totals.budget, 100)) "%" } height="100%" {}
                        }
                    }
                    td.amount { (printed(*amount, standard)) }
                    td.share { (share) }
                }
            }
        }
    }
}

/// `value / largest` of a length, in hundredths.
pub(super) fn place(value: Decimal, largest: Decimal, length: u32) -> Decimal {
    let ratio = value.checked_div(largest).unwrap_or_default();
    (ratio * Decimal::from(length)).round_dp(2).normalize()
}

const WIDTH: u32 = 480;
const HEIGHT: u32 = 200;
const TOP: u32 = 34;

/// Money planned to be spent by each checkpoint, from zero at the start of the year. Checkpoints stand as far apart as
/// their dates.
fn curve(totals: &Totals, standard: &Standard, id: &str, title: &str) -> Markup {
    let day = |date: crate::model::calendar::Date| {
        let (month, day) = date.order();
        Decimal::from((u32::from(month) - 1) * 31 + u32::from(day))
    };
    let last_day = standard.checkpoints.last().map_or(Decimal::ONE, |checkpoint| day(checkpoint.date));
    let largest = totals.planned.iter().map(|(_, amount)| *amount).max().unwrap_or_default();
    let floor = Decimal::from(TOP + HEIGHT);
    let points: Vec<Point<'_>> = standard
        .checkpoints
        .iter()
        .zip(&totals.planned)
        .map(|(checkpoint, (label, amount))| {
            (
                place(day(checkpoint.date), last_day, WIDTH),
                floor - place(*amount, largest, HEIGHT),
                label.as_str(),
                *amount,
            )
        })
        .collect();
    let line = points.iter().map(|(x, y, ..)| format!(" L{x} {y}")).collect::<Vec<_>>().concat();
    let unit = standard.money_unit_name();
    let told: Vec<String> =
        points.iter().map(|(_, _, label, amount)| format!("{label} {} {unit}", printed(*amount, standard))).collect();
    html! {
        svg.curve viewBox={ "-12 0 " (WIDTH + 44) " " (TOP + HEIGHT + 34) } role="img" aria-labelledby={ (id) "-title " (id) "-desc" } {
            title #{ (id) "-title" } { (title) }
            desc #{ (id) "-desc" } { (told.join("；")) }
            path.area d={ "M0 " (floor) (line) " L" (WIDTH) " " (floor) " Z" } {}
            line.grid x1="0" x2=(WIDTH) y1=(floor) y2=(floor) {}
            path.line d={ "M0 " (floor) (line) } {}
            @for (x, y, ..) in &points { circle.dot cx=(x) cy=(y) r="4" {} }
            @for (x, label) in ticks(points.iter().map(|(x, _, label, _)| (*x, *label)).collect()) {
                text.quiet x=(x) y=(floor + Decimal::from(24)) text-anchor="middle" { (label) }
            }
            @for (x, y, text) in sums(&points, standard) {
                @let anchor = if x < room(&text) { "start" } else { "end" };
                text x=(x) y=(y - Decimal::from(12)) text-anchor=(anchor) { (text) }
            }
        }
    }
}

/// The projects with a budget that the curve leaves out, because they say no plan.
fn unplanned(
    model: &Model,
    id: Option<DepartmentId>,
    standard: &Standard,
    say: &dyn Fn(&str, &str) -> String,
) -> Markup {
    let has_plan = |project: &Project| project.plan.as_ref().is_some_and(|plan| !plan.lines.is_empty());
    let missing = model.projects_of(id).filter(|(_, project)| !budget(model, project).is_zero() && !has_plan(project));
    let missing: Vec<(ProjectId, &Project)> = missing.collect();
    if missing.is_empty() {
        return html! {};
    }
    let sum = printed(missing.iter().map(|(_, project)| budget(model, project)).sum(), standard);
    let shown = &missing[..missing.len().min(NAMED)];
    html! {
        p.left-out {
            (say("没有写支出计划的不在内：", "Left out, because they say no plan: "))
            @for (index, (id, project)) in shown.iter().enumerate() {
                @if index > 0 { (say("、", ", ")) }
                a href={ "#" (super::project_id(model, *id)) } { (project.name.value) }
            }
            @if missing.len() > shown.len() { (say(" 等 {} 个项目", " and others, {} in all").replace("{}", &missing.len().to_string())) }
            (say("，共 ", "; ")) (sum) " " (standard.money_unit_name())
        }
    }
}

/// Where a checkpoint stands in the drawing, its label, and the money.
type Point<'a> = (Decimal, Decimal, &'a str, Decimal);

/// The labels below the axis that do not run into the next: the last one always.
pub(super) fn ticks(labels: Vec<(Decimal, &str)>) -> Vec<(Decimal, &str)> {
    let mut shown: Vec<(Decimal, &str)> = Vec::new();
    for (x, label) in labels.into_iter().rev() {
        if shown.last().is_none_or(|(next, _)| *next - x >= Decimal::from(48)) {
            shown.push((x, label));
        }
    }
    shown
}

/// The sums that do not run into the next: the last one always.
fn sums(points: &[Point<'_>], standard: &Standard) -> Vec<(Decimal, Decimal, String)> {
    let mut shown: Vec<(Decimal, Decimal, String)> = Vec::new();
    for (x, y, _, amount) in points.iter().rev() {
        let text = printed(*amount, standard);
        let is_clear = shown
            .last()
            .is_none_or(|(next_x, next_y, next)| *y - next_y >= Decimal::from(16) || next_x - x >= room(next));
        if is_clear {
            shown.push((*x, *y, text));
        }
    }
    shown
}

/// About the width of a text in the drawing.
fn room(text: &str) -> Decimal {
    Decimal::from(8 * text.chars().count())
}
