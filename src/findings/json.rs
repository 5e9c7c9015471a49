//! One JSON document with stable keys.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;
use serde::ser::{Error, SerializeSeq};
use serde_json::Value;

use super::FoundParts;
use super::parts::{Items, Made, Sequence};
use crate::control::Verdict;
use crate::diagnostic::json::{self, Saying, SpanInFile, TOOL, Tool};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Language, Severity};
use crate::source::Sources;
use crate::workspace::Analysis;

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

/// The tool, every finding with its places, what is excused and why, what was found of each rule, and the counts.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FindingsDocument")]
struct FindingsDocument<F, E, R, S> {
    schema_version: u32,
    tool: Tool,
    findings: F,
    excused: E,
    rules: R,
    summary: S,
}

#[derive(Clone, Copy, Default, Serialize, JsonSchema)]
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

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (excused, summary) = (RefCell::default(), Cell::default());
    let items = FindingsOfParts { excused: &excused, summary: &summary, language: style.language };
    let parts = RefCell::new(parts);
    // In this order: what stands behind the findings is known once they are written.
    let document = FindingsDocument {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        findings: Sequence { parts: &parts, items: &items },
        excused: Made(|| excused.borrow().clone()),
        rules: Made(|| parts.borrow().verdicts().iter().map(verdict).collect::<Vec<_>>()),
        summary: Made(|| summary.get()),
    };
    json::write(&document, out)
}

/// The findings; what is excused and the counts come behind them.
struct FindingsOfParts<'k> {
    excused: &'k RefCell<Vec<Value>>,
    summary: &'k Cell<FindingsSummary>,
    language: Language,
}

impl Items for FindingsOfParts<'_> {
    fn write<S: SerializeSeq>(&self, part: &Analysis, sequence: &mut S) -> Result<(), S::Error> {
        let Analysis { diagnostics, excused, sources, .. } = part;
        let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
        let before = self.summary.get();
        self.summary.set(FindingsSummary {
            errors: before.errors + count(Severity::Error),
            warnings: before.warnings + count(Severity::Warning),
            notes: before.notes + count(Severity::Note),
            excused: before.excused + excused.len(),
        });
        for one in excused {
            let finding = finding(&one.diagnostic, sources, self.language);
            let excused = serde_json::to_value(ExcusedFinding { finding, reason: &one.reason });
            self.excused.borrow_mut().push(excused.map_err(S::Error::custom)?);
        }
        diagnostics.iter().try_for_each(|one| sequence.serialize_element(&finding(one, sources, self.language)))
    }
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
    json::schema::<FindingsDocument<Vec<JsonFinding<'_>>, Vec<ExcusedFinding<'_>>, Vec<JsonVerdict>, FindingsSummary>>()
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
