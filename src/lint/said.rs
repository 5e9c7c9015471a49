//! A text of an author as rules look at it: as it is written, and as a key for comparison. Each is searched once for the
//! words of all lists, and neither before a rule asks.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use crate::model::standard::{List, Phrase, Searched, Standard};
use crate::model::text::folded;
use crate::model::{Indicator, Text};
use crate::source::{Span, Words};

/// A text at its place.
pub struct SaidText<'a> {
    pub standard: &'a Standard,
    pub words: &'a Words,
    pub span: Span,
    written: Searched<'a>,
    /// None where folding changes nothing.
    folded: OnceCell<Option<Searched<'a>>>,
}

impl<'a> SaidText<'a> {
    pub fn new(standard: &'a Standard, words: &'a Words, span: Span) -> Self {
        Self { standard, words, span, written: Searched::new(standard, &**words), folded: OnceCell::new() }
    }

    pub fn text(standard: &'a Standard, text: &'a Text) -> Self {
        Self::new(standard, &text.value, text.span)
    }

    /// As it is written.
    pub fn written(&self) -> Phrase<'_> {
        self.written.phrase()
    }

    /// With what writing alone makes different folded.
    pub fn key(&self) -> Phrase<'_> {
        let fold = || match folded(self.words) {
            Cow::Borrowed(_) => None,
            Cow::Owned(key) => Some(Searched::new(self.standard, key)),
        };
        self.folded.get_or_init(fold).as_ref().unwrap_or(&self.written).phrase()
    }
}

/// A word of a list, where it stands, and what should stand in its place.
pub struct Term<'a> {
    pub bytes: Range<usize>,
    pub word: &'a str,
    pub right: &'a str,
}

impl SaidText<'_> {
    /// The words of a list in whose place something else should stand.
    pub fn terms(&self, list: List) -> impl Iterator<Item = Term<'_>> {
        self.written().all_in(list).filter_map(move |bytes| {
            let word = &self.words[bytes.clone()];
            Some(Term { bytes, word, right: self.standard.replacement(list, word)? })
        })
    }
}

/// What an indicator says.
pub struct SaidOfIndicator<'a> {
    pub name: SaidText<'a>,
    /// The words of a target that has no type.
    pub words: Option<SaidText<'a>>,
    pub description: Option<SaidText<'a>>,
    pub basis: Option<SaidText<'a>>,
}

impl<'a> SaidOfIndicator<'a> {
    pub fn new(standard: &'a Standard, indicator: &'a Indicator) -> Self {
        let said = |text: &'a Text| SaidText::text(standard, text);
        Self {
            name: said(&indicator.name),
            words: indicator.target_words().map(|(words, span)| SaidText::new(standard, words, span)),
            description: indicator.description().map(said),
            basis: indicator.basis.as_ref().map(|basis| said(&basis.text)),
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &SaidText<'a>> {
        std::iter::once(&self.name).chain(&self.words).chain(&self.description).chain(&self.basis)
    }
}
