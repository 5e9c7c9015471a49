//! Workflow commands that GitHub shows as annotations at the lines.

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::workspace::Analysis;

pub fn text(analysis: &Analysis, language: Language) -> String {
    analysis.diagnostics.iter().map(|diagnostic| command(diagnostic, analysis, language)).collect()
}

fn command(diagnostic: &Diagnostic, analysis: &Analysis, language: Language) -> String {
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
        format!("file={},line={},endLine={}{columns},", property(&source.path), start.line, end.line)
    });
    let mut message = diagnostic.message.in_language(language).into_owned();
    if let Some(help) = &diagnostic.help {
        message = format!("{message}\n{}", help.in_language(language));
    }
    format!("::{kind} {}title={title}::{}\n", place.unwrap_or_default(), escaped(&message))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}
