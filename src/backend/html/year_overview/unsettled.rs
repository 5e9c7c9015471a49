//! What is still to be done: open rectifications, and what nobody reported.

use maud::{Markup, html};

use super::{lit, say};
use crate::backend::overview::{MissingReports, OpenRectification, YearOverview};
use crate::diagnostic::Language;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::source::signs;

/// So many lines stand open.
const OPEN: usize = 8;

pub(super) fn sections(overview: &YearOverview<'_>, language: Language) -> Markup {
    html! {
        div.beside { (rectifications(overview, language)) (missing(overview, language)) }
    }
}

fn rectifications(overview: &YearOverview<'_>, language: Language) -> Markup {
    let open = &overview.rectifications;
    html! {
        section aria-labelledby="rectifications" {
            h2 #rectifications { (say(language, "没有办结的整改", "Open rectifications")) }
            @if let Some(last) = overview.checkpoints.last() {
                @if open.is_empty() {
                    p.fine { (say(language, "没有。", "None. ")) (closed(overview.rectified, language)) }
                } @else {
                    ul.open { @for one in open { (rectification(one, overview.standard, language)) } }
                    p.told { (say(language, "截至", "As of ")) (last.date) (say(language, "。", ". ")) (closed(overview.rectified, language)) }
                }
            } @else {
                p { (say(language, "整改写在监控里，没有报监控。", "Rectifications are told in the monitoring, and nothing was monitored.")) }
            }
        }
    }
}

fn closed(count: usize, language: Language) -> String {
    match language {
        _ if count == 0 => String::new(),
        Language::Chinese => format!("已办结 {count} 项。"),
        Language::English => format!("Closed: {count}."),
    }
}

fn rectification(one: &OpenRectification<'_>, standard: &Standard, language: Language) -> Markup {
    let is_near = standard.monitoring.due_soon.as_ref().is_some_and(|days| one.left <= i64::from(days.value));
    let (colour, said) = match (one.left, language) {
        (..0, Language::Chinese) => (LightColour::Red, format!("逾期 {} 天", -one.left)),
        (..0, Language::English) => (LightColour::Red, format!("overdue by {} days", -one.left)),
        (left, Language::Chinese) => (near(is_near), format!("还有 {left} 天")),
        (left, Language::English) => (near(is_near), format!("{left} days left")),
    };
    let (class, sign, _) = lit(colour, language);
    html! {
        li {
            span class={ "light " (class) } { (sign) " " (said) }
            " " b { (signs::in_one_line(&one.line.subject.path())) }
            " " span.due { (one.line.due.value) (say(language, "前", "")) }
            p { (signs::in_one_line(&one.line.text.value)) }
        }
    }
}

fn near(is_near: bool) -> LightColour {
    if is_near { LightColour::Yellow } else { LightColour::Green }
}

fn missing(overview: &YearOverview<'_>, language: Language) -> Markup {
    let (unreported, lists) = (&overview.unreported, &overview.missing);
    let is_evaluated = !overview.scored.is_empty();
    html! {
        section aria-labelledby="missing" {
            h2 #missing { (say(language, "还缺的", "What is missing")) }
            @if unreported.is_empty() && lists.is_empty() && is_evaluated {
                p.fine { (say(language, "没有缺的。", "Nothing is missing.")) }
            }
            @if !unreported.is_empty() {
                p {
                    (say(language, "没有报监控的节点：", "Checkpoints without a report: "))
                    @for (index, date) in unreported.iter().enumerate() { @if index > 0 { (say(language, "、", ", ")) } (date) }
                }
            }
            @if !is_evaluated { p { (say(language, "没有自评。", "There is no self-evaluation.")) } }
            @for (index, one) in (1..).zip(lists) { (list(one, index == lists.len(), language)) }
        }
    }
}

/// The last one stands open, where it is short.
fn list(one: &MissingReports, is_last: bool, language: Language) -> Markup {
    let count = one.paths.len();
    html! {
        details open[is_last && count <= OPEN] {
            summary {
                @match one.at { Some(date) => (date), None => (say(language, "自评", "Self-evaluation")) }
                @match language { Language::Chinese => { "：" (count) " 处没有填" } Language::English => { ": " (count) } }
            }
            ul { @for (path, why) in &one.paths {
                li { (signs::in_one_line(path)) @if let Some(why) = why { " " span.told { (why.in_language(language)) } } }
            } }
        }
    }
}
