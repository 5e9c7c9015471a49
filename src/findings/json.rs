//! One JSON document with stable keys.

use serde_json::{Value, json};

use crate::control::Verdict;
use crate::diagnostic::{Diagnostic, Label, Language, Severity};
use crate::source::{Sources, Span};
use crate::workspace::Analysis;

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// The tool, every finding with its places, what is excused and why, what was found of each rule, and the counts.
pub fn document(analysis: &Analysis, language: Language) -> Value {
    let Analysis { diagnostics, sources, .. } = analysis;
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let excused = analysis.excused.iter().map(|excused| {
        let mut value = finding(&excused.diagnostic, sources, language);
        value["reason"] = (&*excused.reason).into();
        value
    });
    json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": "jixiao", "version": env!("CARGO_PKG_VERSION") },
        "findings": diagnostics.iter().map(|diagnostic| finding(diagnostic, sources, language)).collect::<Vec<_>>(),
        "excused": excused.collect::<Vec<_>>(),
        "rules": analysis.verdicts.iter().map(verdict).collect::<Vec<_>>(),
        "summary": {
            "errors": count(Severity::Error),
            "warnings": count(Severity::Warning),
            "notes": count(Severity::Note),
            "excused": analysis.excused.len(),
        },
    })
}

/// What the run says of a rule: `found`, `nothing_found`, `not_enough_data` or `off`.
pub(super) fn verdict(verdict: &Verdict) -> Value {
    json!({
        "code": verdict.code.id(),
        "slug": verdict.code.slug(),
        "state": verdict.state.id(),
        "findings": verdict.findings,
        "undecided": verdict.undecided,
    })
}

/// One finding with its places and its fix.
pub fn finding(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> Value {
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
