//! A history as a page that stands alone: a chart of the values, then a section a commit.
//!
//! Geometry is computed in decimals and rounded once, to hundredths of a unit of the drawing.

use std::fmt::Write as _;
use std::io::{self, Write};

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::{History, HistoryEntry, TopicValue};
use crate::diagnostic::page::{self, put};
use crate::diagnostic::{Language, Text};
use crate::diff::{Change, Sense};
use crate::model::number::with_separators;
use crate::source::signs;

const STYLE: &str = include_str!("html/history.css");

const WIDTH: u32 = 640;
const HEIGHT: u32 = 184;
/// Room at the left and right for the first and last date, at top and bottom for the values and the dates.
const SIDE: u32 = 44;
const ABOVE: u32 = 28;
const BELOW: u32 = 52;

pub(super) fn write(history: &History, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let say = |chinese: &str, english: &str| Text::new(chinese, english).in_language(language).to_string();
    let heading = if history.name.is_empty() {
        say("变更历史", "History")
    } else {
        signs::in_one_line(&history.name).into_owned()
    };
    page::write(&heading, STYLE, language, out, |out| {
        let head = html! {
            h1 { (heading) }
            @if let Some(chart) = chart(history, &heading) { figure { (chart) } }
            @if history.entries.is_empty() && history.cut_at.is_none() { p { (say("没有改动过", "Nothing has changed it")) } }
        };
        put(out, head)?;
        write!(out, "<ol class=\"commits\">")?;
        for entry in &history.entries {
            put(out, html! { li { (commit(entry, history.name.is_empty(), language)) } })?;
        }
        write!(out, "</ol>")?;
        put(out, html! { @if let Some(commit) = &history.cut_at { p { (super::cut(commit).in_language(language)) } } })
    })
}

fn commit(entry: &HistoryEntry, names_places: bool, language: Language) -> Markup {
    let commit = &entry.commit;
    html! {
        h2 { (signs::in_one_line(&commit.title)) }
        p.who { time datetime=(commit.date) { (commit.date) } " · " (signs::in_one_line(&commit.author)) " · " code { (commit.hash.get(..8).unwrap_or(&commit.hash)) } }
        ul { @for change in &entry.changes { (self::change(change, names_places, language)) } }
    }
}

fn change(change: &Change, names_places: bool, language: Language) -> Markup {
    let sense = match change.class.sense() {
        Sense::Tighter => "tighter",
        Sense::Looser => "looser",
        Sense::Neutral => "neutral",
        Sense::Unclear => "unclear",
    };
    let place = if names_places { super::json::place(change) } else { change.subject.item.clone().unwrap_or_default() };
    html! {
        li.(sense).(change.class.risk().id()) {
            span.class { (change.class.title().in_language(language)) }
            @if !place.is_empty() { " " span.place { (signs::in_one_line(&place)) } }
            @if let Some(old) = &change.old { " " del { (with_separators(&signs::in_lines(&old.text))) } }
            @if let Some(new) = &change.new { " " ins { (with_separators(&signs::in_lines(&new.text))) } }
            @for detail in &change.details { " " small { (plain(&detail.text(), language)) } }
        }
    }
}

/// A text with its quoted words set apart.
fn plain(text: &Text, language: Language) -> Markup {
    let text = text.in_language(language);
    html! {
        @for (index, part) in text.split('`').enumerate() {
            @if index % 2 == 1 { q { (part) } } @else { (part) }
        }
    }
}

/// The values over the commits, oldest at the left, a step each: where they are at least two numbers of one unit.
fn chart(history: &History, title: &str) -> Option<Markup> {
    let points: Vec<(&str, &TopicValue, Decimal)> = history
        .entries
        .iter()
        .rev()
        .filter_map(|entry| {
            let value = entry.value.as_ref()?;
            Some((entry.commit.date.as_str(), value, value.number?))
        })
        .collect();
    let unit = &points.first()?.1.unit;
    if points.len() < 2 || points.iter().any(|(_, value, _)| value.unit != *unit) {
        return None;
    }
    let low = points.iter().map(|(.., number)| *number).min()?;
    let high = points.iter().map(|(.., number)| *number).max()?;
    let span = high.checked_sub(low)?;
    let inner = Decimal::from(HEIGHT - ABOVE - BELOW);
    let y = |number: Decimal| {
        let share = high.checked_sub(number).and_then(|below| below.checked_div(span)).unwrap_or(Decimal::new(5, 1));
        (Decimal::from(ABOVE) + share * inner).round_dp(2).normalize()
    };
    let step = Decimal::from(WIDTH - 2 * SIDE).checked_div(Decimal::from(points.len() - 1))?;
    let x = |index: usize| (Decimal::from(SIDE) + step * Decimal::from(index)).round_dp(2).normalize();
    let mut line = String::new();
    for (index, (.., number)) in points.iter().enumerate() {
        if index == 0 {
            line = format!("M{} {}", x(0), y(*number));
        } else {
            let _ = write!(line, "H{}V{}", x(index), y(*number));
        }
    }
    // A label stands where no line runs: below a value to which the line falls.
    let label_y = |index: usize| {
        let number = points[index].2;
        let falls = index > 0 && points[index - 1].2 > number;
        y(number) + Decimal::from(if falls { 20 } else { -10 })
    };
    // Labels of all would run into each other where there are many.
    let every = points.len().div_ceil(8);
    let is_labelled =
        |index: usize| index + 1 == points.len() || index.is_multiple_of(every) && index + every <= points.len();
    Some(html! {
        svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(title) {
            path.line d=(line) {}
            @for (index, (date, value, number)) in points.iter().enumerate() {
                circle cx=(x(index)) cy=(y(*number)) r="4" { title { (date) " " (signs::in_one_line(&value.written)) } }
                @if is_labelled(index) {
                    text.value x=(x(index)) y=(label_y(index)) text-anchor="middle" { (with_separators(&signs::in_one_line(&value.written))) }
                    text.date x=(x(index)) y=(HEIGHT - 6) text-anchor="middle" { (date) }
                }
            }
        }
    })
}
