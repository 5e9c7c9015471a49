//! One self-contained page for a meeting: the counts, a filter that needs no script, then project by project.

use std::fmt::Write as _;
use std::io::{self, Write};

use maud::{Markup, html};

use super::marked::{self, MarkedValue};
use super::{Entry, Review, ReviewGroup, Standing, place};
use crate::diagnostic::page::{self, put};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Language, Text, texts};
use crate::diff::{Change, Class, Risk};
use crate::model::number::with_separators;

const STYLE: &str = include_str!("html/review.css");
const RISKS: [Risk; 4] = [Risk::High, Risk::Medium, Risk::Low, Risk::None];

pub fn write(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    let title = Text::new("绩效目标变化清单", "Changes of the performance targets");
    let title = title.in_language(language).to_string();
    let counts = review.counts();
    page::write(&title, &self::style(&counts), language, out, |out| {
        put(out, header(&title, review, language))?;
        if !review.entries.is_empty() {
            put(out, filter(review, &counts, language))?;
        }
        review.groups().iter().try_for_each(|group| put(out, project(group, language)))?;
        if review.entries.is_empty() { Ok(()) } else { put(out, signatures(language)) }
    })
}

fn header(title: &str, review: &Review<'_>, language: Language) -> Markup {
    let say = |text: Text| text.in_language(language).to_string();
    let (departments, projects) = review.reach();
    html! {
        header {
            h1 { (title) }
            p.versions { (say(review.old.name.clone())) " → " (say(review.new.name.clone())) }
            p.reach { (say(texts::changes_reach(review.entries.len(), departments, projects))) }
            @for version in [&review.old, &review.new] {
                @if version.errors > 0 {
                    p.warning { (say(texts::errors_in_version(version.name.clone(), version.errors))) }
                }
            }
            @if review.approved() + review.unapproved() > 0 {
                p.reach { (say(texts::approvals_counted(review.approved(), review.unapproved()))) }
            }
            @for approval in &review.unused {
                p.warning { (say(texts::unused_approval(&approval.fingerprint, &approval.document))) }
            }
        }
    }
}

/// Where those sign who looked through it.
fn signatures(language: Language) -> Markup {
    html! {
        footer { @for text in [texts::signed_by(), texts::signed_review(), texts::signed_date()] {
            span { (text.in_language(language)) i {} }
        } }
    }
}

/// The rules of the page, and for each choice of the filter what it hides.
fn style(counts: &[(Class, usize)]) -> String {
    let mut style = STYLE.to_owned();
    let risks = RISKS.map(|risk| risk.id().to_owned());
    for name in counts.iter().map(|(class, _)| class.code().to_owned()).chain(risks) {
        let _ = writeln!(
            style,
            "@media screen {{ body:has(#only-{name}:checked) :is(li.change:not(.{name}), section:not(:has(li.{name}))) {{ display: none; }} }}"
        );
    }
    style
}

fn filter(review: &Review<'_>, counts: &[(Class, usize)], language: Language) -> Markup {
    let say = |text: Text| text.in_language(language).to_string();
    let choice = |id: &str, is_on: bool, words: Markup, count: usize| {
        html! {
            label { input type="radio" name="only" id={ "only-" (id) } checked[is_on]; span { (words) " " b { (count) } } }
        }
    };
    html! {
        fieldset.filter {
            legend { (say(texts::filter_by())) }
            div {
                (choice("all", true, html! { (say(texts::filter_all())) }, review.entries.len()))
                @for risk in RISKS { @if review.count(risk) > 0 {
                    (choice(risk.id(), false, html! { span.risk.{ (risk.id()) } { (say(texts::risk_of(risk.title()))) } }, review.count(risk)))
                } }
            }
            div { @for (class, count) in counts {
                (choice(class.code(), false, html! { (say(class.title())) }, *count))
            } }
        }
    }
}

fn project(group: &ReviewGroup<'_, '_>, language: Language) -> Markup {
    let heading = group.heading();
    let department = heading.in_language(language);
    html! {
        section {
            h2 {
                @if let Some(title) = &group.title { span.department { (department) } (title) } @else { (department) }
            }
            ol { @for (number, entry) in &group.entries { (change(*number, entry, language)) } }
        }
    }
}

fn change(number: usize, entry: &Entry<'_>, language: Language) -> Markup {
    let say = |text: Text| text.in_language(language).to_string();
    let change = entry.change;
    let class = change.class;
    html! {
        li class={ "change " (class.risk().id()) " " (class.code()) } value=(number) {
            p.head {
                span.risk.{ (class.risk().id()) } { (say(class.risk().title())) } " "
                strong { (say(class.title())) } " "
                @if let Some(place) = place(change) { span.place { (say(place)) } }
                span.code { (class.code()) " " (entry.fingerprint) }
            }
            (values(change, language))
            @for detail in &change.details { p.detail { (say(detail.text())) } }
            @match entry.standing {
                Standing::Approved(approval) => p.approved { (say(approval.text())) },
                Standing::Unapproved => p.unapproved { (say(texts::change_not_approved())) },
                Standing::Free => {}
            }
        }
    }
}

fn values(change: &Change, language: Language) -> Markup {
    let Some((old, new)) = marked::sides_as(change, language, with_separators) else { return html! {} };
    html! { div.values { div.old { (parts(&old, true)) } div.arrow aria-hidden="true" { "→" } div.new { (parts(&new, false)) } } }
}

fn parts(parts: &MarkedValue, is_old: bool) -> Markup {
    html! {
        @for part in parts {
            @if !part.has_changed { (part.text) }
            @else if is_old { del { (part.text) } }
            @else { ins { (part.text) } }
        }
    }
}
