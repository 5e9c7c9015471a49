//! Workflow commands that GitHub shows as annotations at the lines.

use std::io::{self, Write};

use super::FoundParts;
use super::message_and_help;
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::workspace::Analysis;

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    parts.each(&mut |part| part.diagnostics.iter().try_for_each(|one| command(one, part, style.language, out)))
}

fn command(diagnostic: &Diagnostic, analysis: &Analysis, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let title = property(&format!("{} {}", diagnostic.code.id(), diagnostic.code.title().in_language(language)));
    let place = diagnostic.span().map(|span| {
        let source = analysis.sources.get(span.file);
        let (start, end) = (source.location(span.start), source.location(span.end));
        // Columns only mean something on one line.
        let columns = if start.line == end.line {
            format!(",col={},endColumn={}", start.column, end.column)
        } else {
            String::new()
        };
        format!("file={},line={},endLine={}{columns},", property(&source.shown_path()), start.line, end.line)
    });
    let message = escaped(&message_and_help(diagnostic, language));
    writeln!(out, "::{kind} {}title={title}::{message}", place.unwrap_or_default())
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
