//! A history for programs.

use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{History, HistoryEntry};
use crate::diagnostic::Language;
use crate::diagnostic::json::{self, Each};
use crate::diff::Change;

/// The version of the format.
pub const VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "HistoryDocument")]
struct HistoryDocument<'a, E> {
    version: u32,
    subject: &'a str,
    entries: E,
}

#[derive(Serialize, JsonSchema)]
struct HistoryStep<'a> {
    commit: &'a str,
    date: &'a str,
    author: &'a str,
    title: &'a str,
    value: Option<&'a str>,
    changes: Vec<One<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct One<'a> {
    code: &'static str,
    class: &'static str,
    risk: &'static str,
    title: String,
    place: String,
    old: Option<&'a str>,
    new: Option<&'a str>,
    details: Vec<String>,
    fingerprint: String,
}

pub(super) fn write(history: &History, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let entries = Each(|| history.entries.iter().map(|entry| step(entry, language)));
    json::write(&HistoryDocument { version: VERSION, subject: &history.name, entries }, out)
}

/// The JSON Schema of what is written.
pub fn schema() -> String {
    json::schema::<HistoryDocument<'_, Vec<HistoryStep<'_>>>>()
}

fn step(entry: &HistoryEntry, language: Language) -> HistoryStep<'_> {
    let commit = &entry.commit;
    HistoryStep {
        commit: &commit.hash,
        date: &commit.date,
        author: &commit.author,
        title: &commit.title,
        value: entry.value.as_ref().map(|value| value.written.as_str()),
        changes: entry.changes.iter().map(|change| one(change, language)).collect(),
    }
}

fn one(change: &Change, language: Language) -> One<'_> {
    One {
        code: change.class.code(),
        class: change.class.slug(),
        risk: change.class.risk().id(),
        title: change.class.title().in_language(language).to_string(),
        place: place(change),
        old: change.old.as_ref().map(|said| said.text.as_str()),
        new: change.new.as_ref().map(|said| said.text.as_str()),
        details: change.details.iter().map(|one| one.text().in_language(language).to_string()).collect(),
        fingerprint: change.fingerprint(),
    }
}

/// `项目.指标.资金来源`, as far as a change names them.
pub(super) fn place(change: &Change) -> String {
    let subject = &change.subject;
    let project = subject.project.as_ref().map(|one| one.name.as_str());
    let indicator = subject.indicator.as_ref().map(|one| one.name.as_str());
    let outer = if project.is_none() { subject.department.as_deref().or(subject.standard.as_deref()) } else { None };
    let parts = [outer, project, indicator, subject.item.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}
