//! The points of projects as bars; how each came about is there for whoever asks.

use maud::{Markup, html};

use super::{name, points, say, score_id, total};
use crate::backend::overview::YearOverview;
use crate::diagnostic::{Language, texts};
use crate::model::standard::Standard;
use crate::model::standard::scoring::{GradeBand, RoundingMode};
use crate::model::written;
use crate::score::{Absence, Exact, Figure, Points, ScoredProject};
use crate::source::signs;

pub(super) fn section(overview: &YearOverview<'_>, language: Language) -> Markup {
    html! {
        section aria-labelledby="scores" {
            h2 #scores { (say(language, "自评得分", "Points of the self-evaluation")) }
            @if overview.scored.is_empty() {
                p { (say(language, "没有自评，没有得分。", "Without a self-evaluation there are no points.")) }
            } @else {
                p.key {
                    span.on-screen { (say(language, "点开看每一分怎样得来。", "Open a bar to see how the points came about. ")) }
                    (grades(overview.standard, language))
                }
                div.scores.bounds[overview.scored.iter().any(|one| one.score.total.points.is_none())] {
                    @for (index, one) in overview.scored.iter().enumerate() { (project(index, one, overview, language)) }
                }
            }
        }
    }
}

/// `刻线是等次的下限：优 90，良 80，中 60`
fn grades(standard: &Standard, language: Language) -> String {
    let all: Vec<String> =
        marks(standard).map(|grade| format!("{} {}", grade.name, grade.from.value.normalize())).collect();
    if all.is_empty() {
        return String::new();
    }
    say(language, "刻线是等次的下限：", "The marks are the lower bounds of grades: ").to_owned()
        + &all.join(say(language, "，", ", "))
}

/// The grades that begin above nothing.
fn marks(standard: &Standard) -> impl Iterator<Item = &GradeBand> {
    standard.scoring.grades.iter().filter(|grade| !grade.from.value.is_zero())
}

fn project(index: usize, one: &ScoredProject<'_>, overview: &YearOverview<'_>, language: Language) -> Markup {
    let standard = overview.standard_of(one.in_force.project);
    let reviewed = one.reviewed(overview.model, overview.department, standard);
    let grade = one.score.total.grade.as_deref();
    html! {
        details #(score_id(index)) {
            summary {
                span.name { (name(one.in_force.project)) }
                (bar(one, standard))
                span.total { (total(overview, one)) }
                span.grade { (grade.unwrap_or_else(|| say(language, "未评", "ungraded"))) }
                @if let Some(reviewed) = reviewed {
                    span.reviewed {
                        (say(language, "复核 ", "reviewed "))
                        (reviewed.total.points.as_ref().map_or_else(|| "—".to_owned(), |sum| points(sum, standard)))
                        @if let Some(grade) = &reviewed.total.grade { " " (grade) }
                    }
                }
            }
            (rows(one, standard, overview, language))
        }
    }
}

/// What is earned, then what still can be, of all that could be; marks at the lower bounds of grades.
fn bar(one: &ScoredProject<'_>, standard: &Standard) -> Markup {
    let sum = &one.score.total;
    let share = |exact: &Exact| {
        let share = exact.over(&sum.weight).unwrap_or_else(Exact::zero).clamped();
        (share * Exact::hundred()).rounded(2, RoundingMode::HalfEven).plain(2)
    };
    let earned = sum.points.as_ref().unwrap_or(&sum.low);
    html! {
        svg.bar aria-hidden="true" {
            rect.back width="100%" height="100%" {}
            @if sum.points.is_none() { line.open x1={ (share(earned)) "%" } x2={ (share(&sum.high)) "%" } y1="50%" y2="50%" {} }
            rect.earned width={ (share(earned)) "%" } height="100%" {}
            @for grade in marks(standard) {
                @let x = share(&Exact::from(grade.from.value));
                line.mark x1={ (x) "%" } x2={ (x) "%" } y1="0" y2="100%" {}
            }
        }
    }
}

fn rows(one: &ScoredProject<'_>, standard: &Standard, overview: &YearOverview<'_>, language: Language) -> Markup {
    let headings = [
        say(language, "指标", "Indicator"),
        say(language, "指标值", "Target"),
        say(language, "完成值", "Reached"),
        say(language, "分值", "Weight"),
        say(language, "得分", "Points"),
        say(language, "怎样得来", "Derivation"),
    ];
    let score = &one.score;
    let row = |cells: [String; 4], earned: &Points| {
        let printed = earned.rounded.as_ref().map_or_else(|| "—".to_owned(), |sum| points(sum, standard));
        html! {
            tr {
                th scope="row" { (cells[0]) }
                @for (cell, heading) in cells[1..3].iter().zip(&headings[1..]) {
                    td data-heading=[(!cell.is_empty()).then_some(heading)] { (cell) }
                }
                td.number data-heading=(headings[3]) { (cells[3]) }
                td.number data-heading=(headings[4]) { (printed) }
                td.formula data-heading=(headings[5]) { (derivation(earned, language)) }
            }
        }
    };
    let weight = |written: Option<&Figure>| written.map(|weight| weight.written.clone()).unwrap_or_default();
    let all = one.in_force.indicators.iter().zip(&score.rows).zip(&one.report.reports);
    html! {
        table.rows {
            thead { tr { @for (index, heading) in headings.iter().enumerate() {
                th.number[matches!(index, 3 | 4)] scope="col" { (heading) }
            } } }
            tbody {
                @if score.execution.weight.is_some() {
                    @let rate = score.execution.rate.as_ref().map(Exact::as_percent).unwrap_or_default();
                    @let label = texts::score_execution_row().in_language(language).into_owned();
                    (row([label, String::new(), rate, weight(score.execution.weight.as_ref())], &score.execution.points))
                }
                @for ((indicator, each), report) in all {
                    @let reached = match (&report.computed, report.actual) {
                        (Some(computed), _) => computed.said.clone(),
                        (None, Some((_, place))) => overview.sources.slice(place).to_owned(),
                        (None, None) => super::absent(Absence::Missing, language).to_owned(),
                    };
                    @let label = signs::in_one_line(&indicator.indicator.name.value).into_owned();
                    @let target = written::target(&indicator.target.value, standard);
                    (row([label, target, signs::in_one_line(&reached).into_owned(), weight(indicator.weight.as_ref())], &each.points))
                }
            }
            tfoot { tr {
                th scope="row" { (texts::score_total().in_language(language)) }
                td {} td {}
                td.number data-heading=(headings[3]) { (score.total.weight.plain(2)) }
                td.number data-heading=(headings[4]) { (total(overview, one)) }
                td { (score.total.grade.as_deref().unwrap_or_default()) }
            } }
        }
    }
}

/// Step by step, or why there are no points.
fn derivation(earned: &Points, language: Language) -> Markup {
    html! {
        @match &earned.none {
            Some(why) => (why.text().in_language(language)),
            None => @for (index, step) in earned.steps.iter().enumerate() { @if index > 0 { br; } (step.text(language)) },
        }
    }
}
