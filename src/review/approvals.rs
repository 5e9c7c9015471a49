//! The list of changes that were approved: a TOML file with an `[[approval]]` for each.

use std::collections::BTreeMap;
use std::io::{self, Write};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, place};
use crate::diagnostic::{Language, Text, texts};

/// Who accepted a change, when, and on what ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Names the change: see [`crate::diff::Change::fingerprint`].
    pub fingerprint: String,
    pub reason: String,
    /// The number of the document that says so.
    pub document: String,
    /// `2026-03-01`
    pub date: String,
    pub by: String,
}

impl Approval {
    /// As a sentence for people.
    pub fn text(&self) -> Text {
        texts::change_approved(&*self.by, &*self.date, &*self.document, &*self.reason)
    }
}

/// What is wrong with a list, and the byte where it is.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub at: usize,
    pub reason: Text,
}

const KEYS: [&str; 5] = ["fingerprint", "reason", "document", "date", "by"];
/// What the change is, for those who read the list; it is not looked at.
const REMARK: &str = "change";

/// Reads a list.
///
/// # Errors
/// Every mistake, from the top: a key that is missing, empty, unknown or of another type; a fingerprint that is none, or
/// twice.
pub fn read(text: &str) -> Result<Vec<Approval>, Vec<Mistake>> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![Mistake { at, reason: texts::reason_toml(error.message().lines().next().unwrap_or("")) }]
    })?;
    let mut approvals: Vec<Approval> = Vec::new();
    let mut mistakes = Vec::new();
    for (key, value) in sorted(table.get_ref()) {
        let entries = match value.get_ref() {
            DeValue::Array(entries) if &**key.get_ref() == "approval" => entries,
            _ => {
                let reason = texts::approvals_hold_approvals(&**key.get_ref());
                mistakes.push(Mistake { at: key.span().start, reason });
                continue;
            }
        };
        for entry in entries {
            let at = entry.span().start;
            let DeValue::Table(fields) = entry.get_ref() else {
                mistakes.push(Mistake { at, reason: texts::approvals_hold_approvals("approval") });
                continue;
            };
            let Some(approval) = approval(fields, at, &mut mistakes) else { continue };
            if approvals.iter().any(|other| other.fingerprint == approval.fingerprint) {
                mistakes.push(Mistake { at, reason: texts::approved_twice(&approval.fingerprint) });
            }
            approvals.push(approval);
        }
    }
    if mistakes.is_empty() { Ok(approvals) } else { Err(mistakes) }
}

fn sorted<'a, 'b>(table: &'a DeTable<'b>) -> Vec<(&'a Spanned<std::borrow::Cow<'b, str>>, &'a Spanned<DeValue<'b>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// None where something of it is a mistake.
fn approval(fields: &DeTable<'_>, at: usize, mistakes: &mut Vec<Mistake>) -> Option<Approval> {
    let before = mistakes.len();
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (key, value) in sorted(fields) {
        let name: &str = key.get_ref();
        if name == REMARK {
            continue;
        }
        let Some(known) = KEYS.into_iter().find(|known| *known == name) else {
            let reason = texts::unknown_approval_key(name, KEYS.join(" "));
            mistakes.push(Mistake { at: key.span().start, reason });
            continue;
        };
        let text = match value.get_ref() {
            DeValue::String(text) => Ok(text.trim().to_owned()),
            // A date of TOML needs no quotes.
            DeValue::Datetime(date) if name == "date" => Ok(date.to_string()),
            _ => Err(texts::reason_type(name, texts::what_text())),
        };
        let reason = match &text {
            Err(reason) => Some(reason.clone()),
            Ok(text) if text.is_empty() => Some(texts::approval_without(known)),
            Ok(text) if name == "date" && !is_date(text) => Some(texts::not_a_date(text)),
            Ok(text) if name == "fingerprint" && !is_fingerprint(text) => Some(texts::not_a_fingerprint(text)),
            Ok(_) => None,
        };
        mistakes.extend(reason.map(|reason| Mistake { at: value.span().start, reason }));
        values.insert(known, text.unwrap_or_default());
    }
    for key in KEYS.into_iter().filter(|key| !values.contains_key(key)) {
        mistakes.push(Mistake { at, reason: texts::approval_without(key) });
    }
    let mut take = |key: &str| values.remove(key).unwrap_or_default();
    let [fingerprint, reason, document, date, by] = KEYS.map(&mut take);
    (mistakes.len() == before).then_some(Approval { fingerprint, reason, document, date, by })
}

fn is_fingerprint(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A day of the calendar, as TOML writes it.
fn is_date(text: &str) -> bool {
    let read: Result<toml::value::Datetime, _> = text.parse();
    read.is_ok_and(|date| date.date.is_some() && date.time.is_none())
}

/// Writes entries to fill in.
pub fn write_template<'a>(
    entries: impl IntoIterator<Item = &'a Entry<'a>>,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    let say = |text: Text| text.in_language(language).to_string();
    writeln!(out, "# {}", say(texts::approvals_heading()))?;
    for entry in entries {
        let change = entry.change;
        let project = change.subject.project.as_ref().map(crate::diff::Named::written);
        let said = |side: &Option<crate::diff::Said>| side.as_ref().map(|said| said.text.clone()).unwrap_or_default();
        let parts = [
            Some(say(change.class.title())),
            project.or_else(|| change.subject.department.clone()),
            place(change).map(say),
            Some(format!("{} → {}", said(&change.old), said(&change.new))),
        ];
        let what = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        writeln!(
            out,
            "\n[[approval]]\nfingerprint = \"{}\"\n{REMARK} = {}\nreason = \"\"\ndocument = \"\"\ndate = \"\"\nby = \"\"",
            entry.fingerprint,
            toml::Value::String(what.replace('\n', " ")),
        )?;
    }
    Ok(())
}
