//! Planned and actual spending over the year: a drawing, and beside it the figures that are drawn.
//!
//! Geometry is computed exactly and rounded once, to hundredths of a unit of the drawing.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{amount, name, say};
use crate::backend::html::charts::{place, ticks};
use crate::backend::overview::{LeftOut, SpendingDay, SpendingOfYear, YearOverview};
use crate::diagnostic::Language;
use crate::model::calendar::{Date, Day};
use crate::model::standard::scoring::RoundingMode;
use crate::model::{Project, ProjectId};
use crate::score::Exact;
use crate::source::signs;

/// The drawing without what stands around it.
const WIDTH: u32 = 480;
const HEIGHT: u32 = 220;
const LEFT: u32 = 58;
const TOP: u32 = 14;
const BELOW: u32 = 34;
/// The lines across it part the budget into so many.
const PARTS: u32 = 4;
/// Projects named one by one in a sentence.
const NAMED: usize = 5;

pub(super) fn section(overview: &YearOverview<'_>, language: Language) -> Markup {
    let spending = &overview.spending;
    html! {
        section aria-labelledby="spending" {
            h2 #spending { (say(language, "支出：计划和实际", "Spending, planned and actual")) }
            @if spending.is_empty() {
                p { (say(language, "没有一个项目既有支出计划又报了执行数，画不出来。", "No project has both a spending plan and reported spending: there is nothing to draw.")) }
            } @else {
                div.spending {
                    figure {
                        (drawing(spending, language))
                        figcaption { ul.key {
                            li { (say(language, "累计，占全年预算：", "Cumulative, of the year's budget:")) }
                            li { (swatch("planned")) (say(language, "计划", "planned")) }
                            li { (swatch("actual")) (say(language, "实际", "actual")) }
                            @if spending.forecast.is_some() { li { (swatch("forecast")) (say(language, "预计", "expected")) } }
                        } }
                    }
                    div { (table(overview, language)) (gaps(spending, language)) }
                }
            }
            @for (why, projects) in &spending.left_out { (left_out(*why, projects, language)) }
        }
    }
}

/// Where days and amounts stand in the drawing.
struct Plane {
    first: i64,
    days: i64,
    largest: Exact,
}

impl Plane {
    fn of(spending: &SpendingOfYear<'_>) -> Self {
        let last = spending.days.last().map_or(0, |one| one.day.number());
        // Every day of a drawing is of one year.
        let year = spending.days.first().map_or(0, |one| one.day.year);
        let first = Day { year, month: 1, day: 1 }.number() - 1;
        let end = Day::last_of(year).number().max(last);
        let amounts = spending.days.iter().flat_map(|one| [&one.planned, &one.spent]).flatten();
        let all = amounts.chain(spending.forecast.as_ref().map(|(_, amount)| amount));
        let largest = all.max().unwrap_or(&spending.budget).clone().max(spending.budget.clone());
        Self { first, days: end - first, largest }
    }

    fn x(&self, day: Day) -> Decimal {
        place(Decimal::from((day.number() - self.first).max(0)), Decimal::from(self.days), WIDTH)
    }

    fn y(&self, amount: &Exact) -> String {
        let length = |units: u32| Exact::from(Decimal::from(units));
        let share = amount.over(&self.largest).unwrap_or_else(Exact::zero);
        let height = share * length(HEIGHT);
        (length(TOP + HEIGHT) - height).rounded(2, RoundingMode::HalfEven).plain(2)
    }
}

fn drawing(spending: &SpendingOfYear<'_>, language: Language) -> Markup {
    let plane = Plane::of(spending);
    let floor = TOP + HEIGHT;
    let planned: Vec<(Decimal, String)> = points(&spending.days, &plane, |one| one.planned.as_ref());
    let actual: Vec<(Decimal, String)> = points(&spending.days, &plane, |one| one.spent.as_ref());
    let forecast = spending.forecast.as_ref().and_then(|(date, amount)| {
        let from = spending.days.iter().find(|one| one.date == *date && one.spent.is_some())?;
        Some([(plane.x(from.day), plane.y(from.spent.as_ref()?)), (Decimal::from(WIDTH), plane.y(amount))])
    });
    let labels: Vec<(Decimal, String)> =
        spending.days.iter().map(|one| (plane.x(one.day), one.date.to_string())).collect();
    let labels: Vec<(Decimal, &str)> = labels.iter().map(|(x, label)| (*x, label.as_str())).collect();
    html! {
        svg.curve viewBox={ "-" (LEFT) " 0 " (LEFT + WIDTH + 26) " " (floor + BELOW) } role="img" aria-labelledby="curve" {
            title #curve { (say(language, "全年累计支出：计划、实际和预计，数字在表里", "Spending over the year: planned, actual and expected; the figures are in the table")) }
            @for (share, y) in grid(&plane, &spending.budget) {
                line.grid x1="0" x2=(WIDTH) y1=(y) y2=(y) {}
                text.quiet x="-8" y=(y) dy="5" text-anchor="end" { (share) "%" }
            }
            @for (x, label) in ticks(labels) {
                text.quiet x=(x) y=(floor + 24) text-anchor="middle" { (label) }
            }
            path.planned d=(path(&planned)) {}
            @for (x, y) in &planned { circle.planned cx=(x) cy=(y) r="4" {} }
            @if let Some([from, to]) = &forecast {
                path.forecast d={ "M" (from.0) " " (from.1) " L" (to.0) " " (to.1) } {}
                (diamond(to.0, &to.1))
            }
            path.actual d=(path(&actual)) {}
            @for (x, y) in &actual { (square(*x, y)) }
        }
    }
}

fn points(
    days: &[SpendingDay<'_>],
    plane: &Plane,
    of: impl for<'a> Fn(&'a SpendingDay<'_>) -> Option<&'a Exact>,
) -> Vec<(Decimal, String)> {
    days.iter().filter_map(|one| Some((plane.x(one.day), plane.y(of(one)?)))).collect()
}

/// A line from nothing at the beginning of the year.
fn path(points: &[(Decimal, String)]) -> String {
    let floor = TOP + HEIGHT;
    points.iter().fold(format!("M0 {floor}"), |path, (x, y)| path + &format!(" L{x} {y}"))
}

fn square(x: Decimal, y: &str) -> Markup {
    html! { rect.actual x="-4.5" y="-4.5" width="9" height="9" transform={ "translate(" (x) " " (y) ")" } {} }
}

fn diamond(x: Decimal, y: &str) -> Markup {
    html! { path.forecast.mark d="M-6 0 L0 -6 L6 0 L0 6 Z" transform={ "translate(" (x) " " (y) ")" } {} }
}

/// Lines at parts of the budget, as far as the drawing goes, each with its share in percent.
fn grid(plane: &Plane, budget: &Exact) -> Vec<(u32, String)> {
    let step = 100 / PARTS;
    let shares =
        (0..).map(|index| index * step).map(|share| (share, Exact::percent(Decimal::from(share)) * budget.clone()));
    // What goes far beyond the budget has no lines there.
    let shown = shares.take(2 * PARTS as usize + 1).take_while(|(_, amount)| *amount <= plane.largest);
    shown.map(|(share, amount)| (share, plane.y(&amount))).collect()
}

/// The line and the mark of a series, as the drawing has them.
fn swatch(series: &str) -> Markup {
    let y = "7".to_owned();
    let middle = Decimal::from(16);
    html! {
        svg.swatch viewBox="0 0 32 14" aria-hidden="true" {
            path class=(series) d="M0 7 L32 7" {}
            @match series {
                "planned" => { circle.planned cx=(middle) cy=(y) r="4" {} }
                "actual" => { (square(middle, &y)) }
                _ => { (diamond(middle, &y)) }
            }
        }
    }
}

fn table(overview: &YearOverview<'_>, language: Language) -> Markup {
    let (spending, standard) = (&overview.spending, overview.standard);
    let money = |exact: Option<&Exact>| exact.map_or_else(|| "—".to_owned(), |exact| amount(exact, standard));
    let share = |part: Option<&Exact>, whole: Option<&Exact>| {
        let share = part.zip(whole).and_then(|(part, whole)| part.over(whole));
        share.map_or_else(|| "—".to_owned(), |share| share.as_percent())
    };
    html! {
        div.scroll tabindex="0" role="group" aria-labelledby="spending" {
            table.numbers {
                thead { tr {
                    th scope="col" { (say(language, "节点", "By")) }
                    th.number scope="col" { (say(language, "计划累计", "Planned")) }
                    th.number scope="col" { (say(language, "实际累计", "Actual")) }
                    th.number scope="col" { (say(language, "占计划", "of plan")) }
                    th.number scope="col" { (say(language, "执行率", "Execution")) }
                } }
                tbody {
                    @for one in &spending.days {
                        tr {
                            th scope="row" { (one.date) @if one.is_evaluated { small { (say(language, "自评", " self-evaluation")) } } }
                            td.number { (money(one.planned.as_ref())) }
                            td.number { (money(one.spent.as_ref())) }
                            td.number { (share(one.spent.as_ref(), one.planned.as_ref())) }
                            td.number { (share(one.spent.as_ref(), Some(&one.budget))) }
                        }
                    }
                    @if let Some((date, expected)) = &spending.forecast {
                        tr.expected {
                            th scope="row" { (expected_at(*date, language)) }
                            td {}
                            td.number { (amount(expected, standard)) }
                            td {}
                            td.number { (share(Some(expected), Some(&spending.budget))) }
                        }
                    }
                }
            }
        }
    }
}

fn expected_at(date: Date, language: Language) -> Markup {
    html! {
        (say(language, "预计全年", "Expected"))
        small { @match language { Language::Chinese => { (date) "时" } Language::English => { " as of " (date) } } }
    }
}

/// The checkpoints at which some projects reported nothing.
fn gaps(spending: &SpendingOfYear<'_>, language: Language) -> Markup {
    html! {
        @for one in spending.days.iter().filter(|one| !one.unreported.is_empty()) {
            p.left-out {
                (one.date)
                (say(language, "没有报执行数，合不成总数：", ": no sum, for want of the spending of "))
                (named(one.unreported.iter().map(|name| signs::in_one_line(name).into_owned()), one.unreported.len(), language))
            }
        }
    }
}

fn left_out(why: LeftOut, projects: &[(ProjectId, &Project)], language: Language) -> Markup {
    let said = match why {
        LeftOut::NoBudget => say(language, "没有预算数的不在内：", "Left out, because they have no budget: "),
        LeftOut::NoPlan => say(language, "没有写支出计划的不在内：", "Left out, because they say no plan: "),
        LeftOut::NothingReported => {
            say(language, "没有报过执行数的不在内：", "Left out, because they never reported what they spent: ")
        }
        LeftOut::Gaps => say(
            language,
            "前面有节点没有报执行数的不在内：",
            "Left out, because they did not report at an earlier checkpoint: ",
        ),
    };
    html! {
        p.left-out { (said) (named(projects.iter().map(|(_, project)| name(project)), projects.len(), language)) }
    }
}

/// The first names, and how many there are.
fn named(names: impl Iterator<Item = String>, count: usize, language: Language) -> String {
    let shown: Vec<String> = names.take(NAMED).collect();
    let list = shown.join(say(language, "、", ", "));
    match language {
        _ if count <= NAMED => list,
        Language::Chinese => format!("{list} 等 {count} 个项目"),
        Language::English => format!("{list} and others, {count} in all"),
    }
}
