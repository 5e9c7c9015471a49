//! Workflow commands that GitHub shows as annotations at the lines of the new side.

use std::io::{self, Write};

use super::{Entry, Review, Standing, nothing, place};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Language, Text, texts};
use crate::diff::{Risk, Said};
use crate::source::signs;

pub fn write(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    review.entries.iter().try_for_each(|entry| command(entry, review, style.language, out))
}

fn command(entry: &Entry<'_>, review: &Review<'_>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let say = |text: Text| text.in_language(language).to_string();
    let change = entry.change;
    let kind = match (entry.fails, change.class.risk()) {
        (true, _) => "error",
        (false, Risk::High) => "warning",
        (false, Risk::Medium | Risk::Low | Risk::None) => "notice",
    };
    let title = property(&format!("{} {}", change.class.code(), say(change.class.title())));
    let at = review.new_place(change).map(|span| {
        let source = review.new.side.sources.get(span.file);
        let (start, end) = (source.location(span.start), source.location(span.end));
        // A whole project is shown at its head.
        let last = if change.new_span().is_some() { end.line } else { start.line };
        format!("file={},line={},endLine={last},", property(&source.shown_path()), start.line)
    });
    let said = |side: &Option<Said>| {
        side.as_ref().map_or_else(|| say(nothing()), |said| signs::in_one_line(&said.text).into_owned())
    };
    let mut lines = Vec::new();
    let project = change.subject.project.as_ref().map(|project| project.name.clone());
    let owner = project.or_else(|| change.subject.department.clone());
    let whole = [owner.map(|name| signs::in_one_line(&name).into_owned()), place(change).map(say)];
    lines.push(whole.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    if change.old.is_some() || change.new.is_some() {
        lines.push(format!("{} → {}", said(&change.old), said(&change.new)));
    }
    lines.extend(change.details.iter().map(|detail| say(detail.text())));
    match entry.standing {
        Standing::Approved(approval) => lines.push(say(approval.text())),
        Standing::Unapproved => lines.push(say(texts::change_not_approved())),
        Standing::Free => {}
    }
    writeln!(out, "::{kind} {}title={title}::{}", at.unwrap_or_default(), escaped(&lines.join("\n")))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
