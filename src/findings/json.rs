//! One JSON document with stable keys.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use crate::control::Verdict;
use crate::diagnostic::json::{self, Each, Saying, SpanInFile, TOOL, Tool};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Language, Severity};
use crate::source::Sources;
use crate::workspace::Analysis;

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// The tool, every finding with its places, what is excused and why, what was found of each rule, and the counts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FindingsDocument")]
struct FindingsDocument<F, E, R> {
    schema_version: u32,
    tool: Tool,
    findings: F,
    excused: E,
    rules: R,
    summary: FindingsSummary,
}

#[derive(Serialize, JsonSchema)]
struct FindingsSummary {
    errors: usize,
    warnings: usize,
    notes: usize,
    excused: usize,
}

/// One finding with its places and its fix.
#[derive(Serialize, JsonSchema)]
pub struct JsonFinding<'a> {
    code: &'static str,
    slug: &'static str,
    severity: &'static str,
    message: Saying<'a>,
    labels: Vec<JsonLabel<'a>>,
    help: Option<Saying<'a>>,
    fix: Option<JsonFix<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct JsonLabel<'a> {
    #[serde(flatten)]
    place: SpanInFile<'a>,
    text: Saying<'a>,
}

#[derive(Serialize, JsonSchema)]
struct JsonFix<'a> {
    title: Saying<'a>,
    safety: &'static str,
    edits: Vec<JsonEdit<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct JsonEdit<'a> {
    #[serde(flatten)]
    place: SpanInFile<'a>,
    replacement: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct ExcusedFinding<'a> {
    #[serde(flatten)]
    finding: JsonFinding<'a>,
    reason: &'a str,
}

/// What the run says of a rule: `found`, `nothing_found`, `not_enough_data` or `off`.
#[derive(Serialize, JsonSchema)]
pub(super) struct JsonVerdict {
    code: &'static str,
    slug: &'static str,
    state: &'static str,
    findings: usize,
    undecided: usize,
}

pub fn write(analysis: &Analysis, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Analysis { diagnostics, excused, verdicts, sources, .. } = analysis;
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let finding = |diagnostic| finding(diagnostic, sources, style.language);
    let document = FindingsDocument {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        findings: Each(|| diagnostics.iter().map(finding)),
        excused: Each(|| {
            excused.iter().map(|one| ExcusedFinding { finding: finding(&one.diagnostic), reason: &one.reason })
        }),
        rules: Each(|| verdicts.iter().map(verdict)),
        summary: FindingsSummary {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            excused: excused.len(),
        },
    };
    json::write(&document, out)
}

pub(super) fn verdict(verdict: &Verdict) -> JsonVerdict {
    JsonVerdict {
        code: verdict.code.id(),
        slug: verdict.code.slug(),
        state: verdict.state.id(),
        findings: verdict.findings,
        undecided: verdict.undecided,
    }
}

/// The JSON Schema of what [`write`] writes.
pub fn schema() -> String {
    json::schema::<FindingsDocument<Vec<JsonFinding<'_>>, Vec<ExcusedFinding<'_>>, Vec<JsonVerdict>>>()
}

/// A finding as `--format json` writes it.
pub fn finding<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> JsonFinding<'a> {
    let say = |text| Saying { text, language };
    let label = |label: &'a Label| JsonLabel { place: SpanInFile::new(label.span, sources), text: say(&label.text) };
    let edit = |edit: &'a Edit| JsonEdit { place: SpanInFile::new(edit.span, sources), replacement: &edit.text };
    let fix = |fix: &'a Fix| JsonFix {
        title: say(&fix.title),
        safety: fix.safety.id(),
        edits: fix.edits.iter().map(edit).collect(),
    };
    JsonFinding {
        code: diagnostic.code.id(),
        slug: diagnostic.code.slug(),
        severity: diagnostic.severity.id(),
        message: say(&diagnostic.message),
        labels: diagnostic.labels.iter().map(label).collect(),
        help: diagnostic.help.as_ref().map(say),
        fix: diagnostic.fix.as_deref().map(fix),
    }
}
