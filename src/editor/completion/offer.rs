//! One offer of a completion.

use crate::diagnostic::Text;
use crate::editor::spelling;
use crate::source::Span;

/// What an offer is, for the sign that a client shows before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A word that starts a declaration.
    Keyword,
    /// The label of a field.
    Field,
    /// A category or subcategory of the standard.
    Category,
    /// A unit of the standard.
    Unit,
    /// A name that the workspace declares.
    Name,
    /// A path to an indicator.
    Reference,
    /// One of the words that a field takes.
    Choice,
    /// A comparator or another sign of a target.
    Operator,
    /// A code of a rule.
    Code,
    /// A standard, or the content of a column.
    Standard,
}

/// What a client shows and writes.
#[derive(Clone, Debug)]
pub struct OfferedItem {
    /// What the list shows.
    pub label: String,
    /// The sign before it.
    pub kind: ItemKind,
    /// What is written in place of [`Self::replaces`].
    pub text: String,
    /// The text has places to fill in: `${1:…}`, `$0`.
    pub is_snippet: bool,
    /// What is typed already; empty where nothing is.
    pub replaces: Span,
    /// What a client that filters by itself compares with what is typed.
    pub filter: String,
    /// Sorts the items as they are listed.
    pub sort: String,
    /// Shown beside the label.
    pub detail: Option<Text>,
    /// Shown with the chosen item, as Markdown.
    pub documentation: Option<Text>,
}

/// An item in the making.
#[derive(Clone, Debug)]
pub struct Offer {
    pub label: String,
    pub others: Vec<String>,
    pub rank: u8,
    kind: ItemKind,
    text: Option<String>,
    is_snippet: bool,
    detail: Option<Text>,
    documentation: Option<Text>,
}

/// The offers of a place; a label is offered once.
#[derive(Debug, Default)]
pub struct Offers {
    pub all: Vec<Offer>,
    known: std::collections::BTreeSet<String>,
}

impl Offers {
    pub fn add(&mut self, offer: Offer) {
        if self.known.insert(offer.label.clone()) {
            self.all.push(offer);
        }
    }
}

impl Offer {
    pub fn new(kind: ItemKind, label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            others: Vec::new(),
            rank: 1,
            kind,
            text: None,
            is_snippet: false,
            detail: None,
            documentation: None,
        }
    }

    /// Another name by which it is found.
    pub fn also(mut self, other: impl Into<String>) -> Self {
        self.others.push(other.into());
        self
    }

    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    pub fn snippet(mut self, text: impl Into<String>) -> Self {
        self.is_snippet = true;
        self.text(text)
    }

    /// Of equal fit, the lower comes first.
    pub fn rank(mut self, rank: u8) -> Self {
        self.rank = rank;
        self
    }

    pub fn detail(mut self, detail: Text) -> Self {
        self.detail = Some(detail);
        self
    }

    pub fn means(mut self, documentation: Text) -> Self {
        self.documentation = Some(documentation);
        self
    }

    pub fn item(self, index: usize, typed: &str, replaces: Span) -> OfferedItem {
        let others: Vec<&str> = self.others.iter().map(String::as_str).collect();
        OfferedItem {
            filter: spelling::filter_text(typed, &self.label, &others),
            text: self.text.unwrap_or_else(|| self.label.clone()),
            label: self.label,
            kind: self.kind,
            is_snippet: self.is_snippet,
            replaces,
            sort: format!("{index:04}"),
            detail: self.detail,
            documentation: self.documentation,
        }
    }
}

/// A name inside a snippet: what would be read as a place to fill in is escaped.
pub fn in_snippet(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '$' | '}' | '\\') {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}
