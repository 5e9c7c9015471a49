//! Findings that are known and put up with: only new ones count.
//!
//! A known finding is a rule, a file and the text of its line, so that it stays known when lines move.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::diagnostic::json;
use crate::diagnostic::{Diagnostic, Language};
use crate::source::Sources;

/// Raised when a key is renamed or removed.
const SCHEMA_VERSION: u32 = 1;

/// The findings of an earlier run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    counts: BTreeMap<KnownPlace, usize>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
struct KnownPlace {
    path: String,
    code: String,
    line: String,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct BaselineDocument {
    schema_version: u32,
    findings: Vec<KnownFinding>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct KnownFinding {
    #[serde(flatten)]
    place: KnownPlace,
    count: usize,
}

/// The JSON Schema of a baseline.
pub fn schema() -> String {
    json::schema::<BaselineDocument>()
}

impl Baseline {
    /// The baseline that knows all of these. `name` gives a file's path as the baseline is to keep it.
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources, name: impl Fn(&str) -> String) -> Self {
        let mut counts = BTreeMap::new();
        for diagnostic in diagnostics {
            *counts.entry(place(diagnostic, sources, &name)).or_default() += 1;
        }
        Self { counts }
    }

    /// Reads what [`Self::to_json`] wrote.
    ///
    /// # Errors
    /// The reason, where it is no such document.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let document: BaselineDocument = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if document.schema_version != SCHEMA_VERSION {
            return Err(format!("schema_version {}", document.schema_version));
        }
        Ok(Self { counts: document.findings.into_iter().map(|entry| (entry.place, entry.count)).collect() })
    }

    /// One finding a line, sorted: made for diffs.
    pub fn to_json(&self) -> String {
        let entries: Vec<String> = self
            .counts
            .iter()
            .filter_map(|(place, count)| {
                serde_json::to_string(&KnownFinding { place: place.clone(), count: *count }).ok()
            })
            .map(|entry| format!("    {entry}"))
            .collect();
        let findings = if entries.is_empty() { "[]".to_owned() } else { format!("[\n{}\n  ]", entries.join(",\n")) };
        format!("{{\n  \"schema_version\": {SCHEMA_VERSION},\n  \"findings\": {findings}\n}}\n")
    }

    /// Takes out what is known. Returns how many were, and how many of the baseline are there no more.
    pub fn subtract(
        mut self,
        diagnostics: &mut Vec<Diagnostic>,
        sources: &Sources,
        name: impl Fn(&str) -> String,
    ) -> (usize, usize) {
        let mut known = 0;
        diagnostics.retain(|diagnostic| match self.counts.get_mut(&place(diagnostic, sources, &name)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                known += 1;
                false
            }
            _ => true,
        });
        (known, self.counts.values().sum())
    }
}

fn place(diagnostic: &Diagnostic, sources: &Sources, name: impl Fn(&str) -> String) -> KnownPlace {
    let code = diagnostic.code.id().to_owned();
    match diagnostic.span() {
        Some(span) => {
            let source = sources.get(span.file);
            let line = source.line_text(span.start).trim().to_owned();
            KnownPlace { path: name(&source.path), code, line }
        }
        None => KnownPlace {
            path: String::new(),
            code,
            line: diagnostic.message.in_language(Language::Chinese).into_owned(),
        },
    }
}
