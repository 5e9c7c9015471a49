//! The code quality report that GitLab reads.

use std::cell::RefCell;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::SerializeSeq;

use super::parts::{Items, Sequence};
use super::{Fingerprints, FoundParts};
use crate::diagnostic::json::{self, Saying};
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

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let items = Issues { fingerprints: RefCell::default(), language: style.language };
    json::write(&Sequence { parts: &RefCell::new(parts), items: &items }, out)
}

struct Issues {
    fingerprints: RefCell<Fingerprints>,
    language: Language,
}

impl Items for Issues {
    fn write<S: SerializeSeq>(&self, part: &Analysis, sequence: &mut S) -> Result<(), S::Error> {
        let mut fingerprints = self.fingerprints.borrow_mut();
        part.diagnostics.iter().try_for_each(|one| {
            sequence.serialize_element(&issue(one, fingerprints.next(one, part), part, self.language))
        })
    }
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
