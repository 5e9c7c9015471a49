//! What the compiler tells people: one struct, a registry of codes, a registry of texts in two languages.
//!
//! A [`Diagnostic`] is made next to the check that finds it and is dumb from then on; [`render`] draws it for a terminal,
//! [`fix`] makes the edits it carries. Severity belongs to the code and to settings, never to the place that reports.

mod codes;
pub(crate) mod decimal;
mod few;
pub mod fix;
mod formats;
pub(crate) mod json;
pub(crate) mod names;
pub(crate) mod page;
pub mod render;
mod stored;
mod text;
pub mod texts;

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{FileId, Span};

pub use codes::{Code, Severity};
pub use few::Few;
pub(crate) use formats::formats;
pub use text::{Language, Text};

/// Something to tell about a place in the sources, or about the run as a whole where there is no place. A county has
/// hundreds of thousands: one is a pointer, so that collecting and sorting them moves little, and copies
/// share what they hold until one of them is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic(Arc<Parts>);

/// How many errors there are of each code.
pub(crate) fn errors_by_code(found: &[Diagnostic]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for error in found.iter().filter(|one| one.is_error()) {
        *counts.entry(error.code).or_default() += 1;
    }
    counts
}

/// What a [`Diagnostic`] holds; it derefs to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts {
    /// Never renumbered or reused; it has a page.
    pub code: Code,
    /// As control left it; the code's own before.
    pub severity: Severity,
    /// What is wrong, on one line.
    pub message: Text,
    /// The first label is the place itself; the others point at related places, in any file.
    pub labels: Few<Label>,
    /// What to write; none where the label says it.
    pub help: Option<Text>,
    /// None where no edit could be right without asking.
    pub fix: Option<Box<Fix>>,
    /// How many more of its kind were found behind it and are counted only.
    pub more: u32,
}

/// A place and what is said about it there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// Empty: between two signs, where something is missing.
    pub span: Span,
    /// Why here; may be empty where the message says all.
    pub text: Text,
}

/// Edits that mend the finding. `title` says what they do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// On one line, as a menu shows it.
    pub title: Text,
    /// Whether it may be made unasked.
    pub safety: Safety,
    /// They belong together: all are made, or none.
    pub edits: Few<Edit>,
}

/// Whether a fix may be made unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// Empty where something is put in.
    pub span: Span,
    /// Empty where something is taken out.
    pub text: String,
}

impl Diagnostic {
    /// A finding at a place, with the severity its code has by default.
    pub fn new(code: Code, message: Text, span: Span, label: Text) -> Self {
        Self::without_place(code, message).label(span, label)
    }

    /// A finding about the run: a folder without files, a limit reached.
    pub fn without_place(code: Code, message: Text) -> Self {
        let (labels, severity) = (Few::default(), code.severity());
        Self(Arc::new(Parts { code, severity, message, labels, help: None, fix: None, more: 0 }))
    }

    /// Adds a place. The first one after the place itself is the first of the related ones.
    #[must_use]
    pub fn label(mut self, span: Span, text: Text) -> Self {
        self.labels.push(Label { span, text });
        self
    }

    /// Says what to write.
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
    pub fn edits(mut self, title: Text, safety: Safety, mut edits: Vec<Edit>) -> Self {
        for edit in &mut edits {
            edit.text.shrink_to_fit();
        }
        self.fix = (!edits.is_empty()).then(|| Box::new(Fix { title, safety, edits: edits.into() }));
        self
    }

    /// Gives its places other files.
    pub(crate) fn in_files(&mut self, of: impl Fn(FileId) -> FileId) {
        let Parts { labels, fix, .. } = &mut **self;
        for label in labels.iter_mut() {
            label.span.file = of(label.span.file);
        }
        for edit in fix.iter_mut().flat_map(|fix| fix.edits.iter_mut()) {
            edit.span.file = of(edit.span.file);
        }
    }

    /// Whether it keeps the model from being published.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where it stands, where it stands anywhere.
    pub fn span(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}

impl Deref for Diagnostic {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Diagnostic {
    fn deref_mut(&mut self) -> &mut Parts {
        Arc::make_mut(&mut self.0)
    }
}

/// Puts findings in the order in which people read them: file, place, code; those without a place first.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A county has hundreds of thousands of findings: what one holds is what a check needs.
    #[test]
    fn a_finding_stays_small() {
        let pointer = size_of::<usize>();
        assert!(size_of::<Text>() <= 3 * pointer);
        assert!(size_of::<text::TextArgument>() <= 3 * pointer);
        assert!(size_of::<Diagnostic>() <= pointer);
        assert!(size_of::<Parts>() <= 13 * pointer);
        assert!(size_of::<Fix>() <= 9 * pointer);
    }
}
