//! What still names the old year: nobody but the author knows whether it should.

use std::ops::Range;

use super::Rollover;
use crate::diagnostic::texts;
use crate::model::target::Target;
use crate::model::{Department, ExtraField, ExtraValue, Project};
use crate::source::{FileId, Span};
use crate::syntax::Tree;

/// Signs shown around the year.
const AROUND: usize = 12;

pub(super) fn department(work: &mut Rollover<'_>, department: &Department, from: u16) {
    for text in department.texts() {
        named(work, text.span, from);
    }
    extra(work, &department.extra, from);
}

pub(super) fn project(work: &mut Rollover<'_>, project: &Project, from: u16) {
    for (_, span) in project.all_words() {
        named(work, span, from);
    }
    extra(work, &project.extra, from);
    for indicator in &project.indicators {
        extra(work, &indicator.extra, from);
        if let Some(target) = &indicator.whole_period
            && let Target::Deadline { date, .. } = &target.value
            && date.year == Some(from)
        {
            work.look(target.span, texts::look_date(work.slice(target.span)));
        }
    }
}

/// Comments may say it, too.
pub(super) fn comments(work: &mut Rollover<'_>, file: FileId, tree: &Tree, from: u16) {
    for comment in &tree.comments {
        named(work, Span::new(file, comment.start as usize, comment.end as usize), from);
    }
}

fn extra(work: &mut Rollover<'_>, fields: &[ExtraField], from: u16) {
    for field in fields {
        match &field.value {
            ExtraValue::Text(_) => named(work, field.span, from),
            ExtraValue::Date(date) if date.year == Some(from) => {
                work.look(field.span, texts::look_date(work.slice(field.span)));
            }
            ExtraValue::Date(_) | ExtraValue::Number(_) | ExtraValue::Quantity(_) | ExtraValue::YesNo(_) => {}
        }
    }
}

fn named(work: &mut Rollover<'_>, span: Span, from: u16) {
    let text = work.slice(span);
    let Some(place) = place(text, from) else { return };
    let start = text[..place.start].char_indices().rev().take(AROUND).last().map_or(place.start, |(offset, _)| offset);
    let end = text[place.end..].char_indices().nth(AROUND).map_or(text.len(), |(offset, _)| place.end + offset);
    let words: String = text[start..end].split_whitespace().collect::<Vec<_>>().join(" ");
    work.look(span, texts::look_text(u32::from(from), words.trim_matches(['"', '“', '”', '＂', ' '])));
}

/// Where a text names a year: four digits, half or full width, that are no part of a longer number.
pub(super) fn place(text: &str, year: u16) -> Option<Range<usize>> {
    let half = format!("{year:04}");
    let full: String =
        half.chars().filter_map(|digit| char::from_u32(digit as u32 - '0' as u32 + '０' as u32)).collect();
    let is_whole = |start: usize, end: usize| {
        !text[..start].ends_with(|sign: char| sign.is_numeric() || matches!(sign, '.' | ','))
            && !text[end..].starts_with(char::is_numeric)
    };
    [half, full].into_iter().find_map(|digits| {
        let places = text.match_indices(&digits).map(|(start, _)| start..start + digits.len());
        places.into_iter().find(|place| is_whole(place.start, place.end))
    })
}
