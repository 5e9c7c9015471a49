//! The code quality report that GitLab reads.

use serde_json::{Value, json};

use super::fingerprints;
use crate::diagnostic::{Language, Severity};
use crate::workspace::Analysis;

pub fn document(analysis: &Analysis, language: Language) -> Value {
    let entries = analysis.diagnostics.iter().zip(fingerprints(analysis)).map(|(diagnostic, fingerprint)| {
        let severity = match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Note => "info",
        };
        let (path, begin, end) = diagnostic.span().map_or((".", 1, 1), |span| {
            let source = analysis.sources.get(span.file);
            (source.path.as_str(), source.location(span.start).line, source.location(span.end).line)
        });
        json!({
            "description": diagnostic.message.in_language(language),
            "check_name": diagnostic.code.id(),
            "fingerprint": fingerprint,
            "severity": severity,
            "location": { "path": path, "lines": { "begin": begin, "end": end } },
        })
    });
    entries.collect()
}
