//! What the compiler tells people: one struct, a registry of codes, a registry of texts in two languages.
//!
//! A [`Diagnostic`] is made next to the check that finds it and is dumb from then on; [`render`] draws it for a terminal,
//! [`fix`] makes the edits it carries. Severity belongs to the code and to settings, never to the place that reports.

mod codes;
pub mod fix;
mod formats;
pub mod json;
pub mod page;
pub mod render;
pub mod texts;

use crate::source::Span;

pub use codes::{Code, Severity};
pub(crate) use formats::formats;
pub use texts::{Language, Text};

/// Something to tell about a place in the sources, or about the run as a whole where there is no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: Text,
    /// The first label is the place itself; the others point at related places, in any file.
    pub labels: Vec<Label>,
    pub help: Option<Text>,
    pub fix: Option<Fix>,
}

/// A place and what is said about it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub span: Span,
    pub text: Text,
}

/// Edits that mend the finding. `title` says what they do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: Text,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// Whether a fix may be made unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Keeps the meaning: `--fix` makes it.
    Safe,
    /// A proposal for a person to look at: `--unsafe-fixes` makes it.
    Suggested,
}

impl Safety {
    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Suggested => "suggested",
        }
    }
}

/// Puts `text` in the place of `span`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Diagnostic {
    /// A finding at a place, with the severity its code has by default.
    pub fn new(code: Code, message: Text, span: Span, label: Text) -> Self {
        Self { labels: vec![Label { span, text: label }], ..Self::without_place(code, message) }
    }

    /// A finding about the run: a folder without files, a limit reached.
    pub fn without_place(code: Code, message: Text) -> Self {
        Self { code, severity: code.severity(), message, labels: Vec::new(), help: None, fix: None }
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    #[must_use]
    pub fn help(mut self, text: Text) -> Self {
        self.help = Some(text);
        self
    }

    /// A proposal that replaces one place.
    #[must_use]
    pub fn fix(self, title: Text, span: Span, text: impl Into<String>) -> Self {
        self.edits(title, Safety::Suggested, vec![Edit { span, text: text.into() }])
    }

    /// A fix of any number of edits; none where there are none.
    #[must_use]
    pub fn edits(mut self, title: Text, safety: Safety, edits: Vec<Edit>) -> Self {
        self.fix = (!edits.is_empty()).then_some(Fix { title, safety, edits });
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where it stands, where it stands anywhere.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

/// Puts findings in the order in which people read them: file, place, code; those without a place first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
}
