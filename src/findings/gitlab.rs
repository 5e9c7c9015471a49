//! The code quality report that GitLab reads.

use std::io::{self, Write};

use serde::Serialize;

use super::Fingerprints;
use crate::diagnostic::json::{self, Each, Saying};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::workspace::Analysis;

#[derive(Serialize)]
struct Issue<'a> {
    description: Saying<'a>,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: IssueLocation<'a>,
}

#[derive(Serialize)]
struct IssueLocation<'a> {
    path: &'a str,
    lines: IssueLines,
}

#[derive(Serialize)]
struct IssueLines {
    begin: u32,
    end: u32,
}

pub fn write(analysis: &Analysis, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let issues = || {
        let mut fingerprints = Fingerprints::default();
        analysis
            .diagnostics
            .iter()
            .map(move |diagnostic| issue(diagnostic, fingerprints.next(diagnostic, analysis), analysis, style.language))
    };
    json::write(&Each(issues), out)
}

fn issue<'a>(diagnostic: &'a Diagnostic, fingerprint: String, analysis: &'a Analysis, language: Language) -> Issue<'a> {
    let severity = match diagnostic.severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    };
    let (path, begin, end) = diagnostic.span().map_or((".", 1, 1), |span| {
        let source = analysis.sources.get(span.file);
        (source.path.as_str(), source.location(span.start).line, source.location(span.end).line)
    });
    Issue {
        description: Saying { text: &diagnostic.message, language },
        check_name: diagnostic.code.id(),
        fingerprint,
        severity,
        location: IssueLocation { path, lines: IssueLines { begin, end } },
    }
}
