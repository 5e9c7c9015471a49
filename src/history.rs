//! The history of a target, a project or a folder: which commits changed it, and from what to what.
//!
//! A history is walked from the newest commit to the oldest. On the way a [`Topic`] is followed to what it was called
//! before, by the evidence of each comparison: names, categories, codes and files may change.

mod blame;
mod html;
mod json;
mod scope;
mod text;
mod topic;

use std::io::{self, Write};

use crate::diagnostic::Language;
use crate::diagnostic::render::Style;
use crate::diff::Change;

pub use blame::Blame;
pub use json::{VERSION, schema};
pub use scope::HistoryScope;
pub use topic::{Topic, Unknown};

/// A commit as git tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    pub hash: String,
    pub author: String,
    /// `2025-03-04`, where the author was.
    pub date: String,
    /// The first line of its message.
    pub title: String,
}

/// What a commit did to the topic.
#[derive(Clone, Debug)]
pub struct HistoryEntry {
    pub commit: Commit,
    pub changes: Vec<Change>,
    /// What stood there after it; none where the topic has no value of its own, or is gone.
    pub value: Option<TopicValue>,
}

/// The value of a topic: the target of an indicator, the budget of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicValue {
    /// As the language writes it.
    pub written: String,
    /// The number in it, in the base unit of its dimension, for a chart.
    pub number: Option<rust_decimal::Decimal>,
    /// What the number counts.
    pub unit: String,
}

/// What changed a topic, newest first.
#[derive(Clone, Debug)]
pub struct History {
    /// What it is of, as people call it.
    pub name: String,
    pub entries: Vec<HistoryEntry>,
}

impl History {
    /// For a terminal.
    pub fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        text::write(self, style, out)
    }

    /// For programs.
    pub fn write_json(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        json::write(self, language, out)
    }

    /// A page that stands alone, with a chart of the values where they are numbers of one unit.
    pub fn write_html(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        html::write(self, language, out)
    }
}
