//! A history on the terminal: a paragraph a commit, a line a change.

use std::fmt::Display;
use std::io::{self, Write};

use super::History;
use crate::diagnostic::render::Style;
use crate::diagnostic::texts;
use crate::diff::{Change, Risk, Sense};
use crate::source::signs;

pub(super) fn write(history: &History, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Style { language, colour, .. } = style;
    let paint = |code: &str, text: &dyn Display| {
        let text = text.to_string();
        let text = signs::in_one_line(&text);
        if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.into_owned() }
    };
    if !history.name.is_empty() {
        writeln!(out, "{}\n", paint("1", &history.name))?;
    }
    for entry in &history.entries {
        let commit = &entry.commit;
        let hash = paint("33", &commit.hash.get(..8).unwrap_or(&commit.hash));
        let author = signs::in_one_line(&commit.author);
        writeln!(out, "{hash} {} {author}  {}", commit.date, paint("1", &commit.title))?;
        for change in &entry.changes {
            let title = change.class.title();
            let title = title.in_language(language);
            let title = match (change.class.risk(), change.class.sense()) {
                (Risk::High, _) => paint("31", &title),
                (_, Sense::Tighter) => paint("32", &title),
                _ => title.to_string(),
            };
            let place = if history.name.is_empty() { super::json::place(change) } else { item(change) };
            let place = if place.is_empty() { place } else { format!(" {}", signs::in_one_line(&place)) };
            writeln!(out, "    {title}{place}{}", from_to(change))?;
            for detail in &change.details {
                writeln!(out, "      {}", paint("2", &detail.text().in_language(language)))?;
            }
        }
        if let Some(value) =
            entry.value.as_ref().filter(|value| entry.changes.iter().all(|one| !says(one, &value.written)))
        {
            writeln!(out, "    {}", texts::log_value_after(&value.written).in_language(language))?;
        }
        writeln!(out)?;
    }
    if let Some(commit) = &history.cut_at {
        writeln!(out, "{}", super::cut(commit).in_language(language))?;
    }
    Ok(())
}

/// Whether a change shows a value as its new one.
fn says(change: &Change, written: &str) -> bool {
    change.new.as_ref().is_some_and(|new| new.text == written)
}

fn item(change: &Change) -> String {
    change.subject.item.clone().unwrap_or_default()
}

/// `  ≥ 95% → ≥ 90%`; long texts each on a line of its own.
fn from_to(change: &Change) -> String {
    let one_line = |text: &str| signs::in_one_line(&text.replace('\n', " ")).into_owned();
    match (&change.old, &change.new) {
        (Some(old), Some(new)) if old.text.chars().count() + new.text.chars().count() > 48 => {
            format!("\n      - {}\n      + {}", one_line(&old.text), one_line(&new.text))
        }
        (Some(old), Some(new)) => format!("  {} → {}", one_line(&old.text), one_line(&new.text)),
        (Some(old), None) => format!("  {} → ✗", one_line(&old.text)),
        (None, Some(new)) => format!("  {}", one_line(&new.text)),
        (None, None) => String::new(),
    }
}
