//! Diagnostics for machines: one JSON document with stable keys. The only file that writes them as JSON.

use serde_json::{Value, json};

use super::{Diagnostic, Label, Language, Severity};
use crate::source::{Sources, Span};

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// The report: the tool, every finding with its places, and how many there are of each severity.
pub fn document(diagnostics: &[Diagnostic], sources: &Sources, language: Language) -> Value {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": "jixiao", "version": env!("CARGO_PKG_VERSION") },
        "findings": diagnostics.iter().map(|diagnostic| finding(diagnostic, sources, language)).collect::<Vec<_>>(),
        "summary": {
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "notes": count(Severity::Note),
        },
    })
}

fn finding(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> Value {
    let label = |label: &Label| {
        let mut value = place(label.span, sources);
        value["text"] = label.text.in_language(language).into();
        value
    };
    json!({
        "code": diagnostic.code.id(),
        "slug": diagnostic.code.slug(),
        "severity": diagnostic.severity.id(),
        "message": diagnostic.message.in_language(language),
        "labels": diagnostic.labels.iter().map(label).collect::<Vec<_>>(),
        "help": diagnostic.help.as_ref().map(|help| help.in_language(language)),
        "fix": diagnostic.fix.as_ref().map(|fix| json!({
            "title": fix.title.in_language(language),
            "safety": fix.safety.id(),
            "edits": fix.edits.iter().map(|edit| {
                let mut value = place(edit.span, sources);
                value["replacement"] = edit.text.as_str().into();
                value
            }).collect::<Vec<_>>(),
        })),
    })
}

/// A place: path, bytes, and line and column counted from one in characters.
fn place(span: Span, sources: &Sources) -> Value {
    let source = sources.get(span.file);
    let (start, end) = (source.location(span.start), source.location(span.end));
    json!({
        "path": source.path,
        "start_byte": span.start,
        "end_byte": span.end,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
