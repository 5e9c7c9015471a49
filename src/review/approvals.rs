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
/// The first mistake: a key that is missing, empty, unknown or of another type; a fingerprint that is none, or twice.
pub fn read(text: &str) -> Result<Vec<Approval>, Mistake> {
    let table = DeTable::parse(text).map_err(|error| Mistake {
        at: error.span().map_or(0, |span| span.start),
        reason: texts::reason_toml(error.message().lines().next().unwrap_or("")),
    })?;
    let mut approvals: Vec<Approval> = Vec::new();
    for (key, value) in sorted(table.get_ref()) {
        let entries = match value.get_ref() {
            DeValue::Array(entries) if &**key.get_ref() == "approval" => entries,
            _ => {
                return Err(Mistake {
                    at: key.span().start,
                    reason: texts::approvals_hold_approvals(&**key.get_ref()),
                });
            }
        };
        for entry in entries {
            let at = entry.span().start;
            let DeValue::Table(fields) = entry.get_ref() else {
                return Err(Mistake { at, reason: texts::approvals_hold_approvals("approval") });
            };
            let approval = approval(fields, at)?;
            if approvals.iter().any(|other| other.fingerprint == approval.fingerprint) {
                return Err(Mistake { at, reason: texts::approved_twice(approval.fingerprint) });
            }
            approvals.push(approval);
        }
    }
    Ok(approvals)
}

fn sorted<'a, 'b>(table: &'a DeTable<'b>) -> Vec<(&'a Spanned<std::borrow::Cow<'b, str>>, &'a Spanned<DeValue<'b>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn approval(fields: &DeTable<'_>, at: usize) -> Result<Approval, Mistake> {
    let mut values: BTreeMap<&str, String> = BTreeMap::new();
    for (key, value) in sorted(fields) {
        let name: &str = key.get_ref();
        if name == REMARK {
            continue;
        }
        let Some(known) = KEYS.into_iter().find(|known| *known == name) else {
            let reason = texts::unknown_approval_key(name, KEYS.join(" "));
            return Err(Mistake { at: key.span().start, reason });
        };
        let at = value.span().start;
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            // A date of TOML needs no quotes.
            DeValue::Datetime(date) if name == "date" => date.to_string(),
            _ => return Err(Mistake { at, reason: texts::reason_type(name, texts::what_text()) }),
        };
        if text.is_empty() {
            return Err(Mistake { at, reason: texts::approval_without(known) });
        }
        if name == "date" && !is_date(&text) {
            return Err(Mistake { at, reason: texts::not_a_date(text) });
        }
        if name == "fingerprint" && !is_fingerprint(&text) {
            return Err(Mistake { at, reason: texts::not_a_fingerprint(text) });
        }
        values.insert(known, text);
    }
    let mut take = |key: &str| values.remove(key).ok_or_else(|| Mistake { at, reason: texts::approval_without(key) });
    Ok(Approval {
        fingerprint: take("fingerprint")?,
        reason: take("reason")?,
        document: take("document")?,
        date: take("date")?,
        by: take("by")?,
    })
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
