//! The words of the standards, asked once a text: a document says the same labels in each of its forms, and every rule asks
//! each cell anew.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;

use super::lexicon::{CategoryLevel, Content, LabelRoom, Lexicon};
use super::slot_meaning::{SlotMeaning, meaning_of};

/// The longest texts whose answers are kept, in bytes.
const LONGEST: usize = 1024;
/// How many texts are kept: the labels of a form come again soon, and other texts are many.
const MOST: usize = 4096;

/// [`Lexicon`], and what it said of the last texts.
pub struct AskedLexicon<'a> {
    lexicon: &'a Lexicon,
    known: RefCell<HashMap<Box<str>, Answers>>,
}

/// What is known of a text, as far as it was asked.
#[derive(Default)]
struct Answers {
    /// In each room.
    contents: [OnceCell<Option<Content>>; 3],
    category: OnceCell<Option<CategoryLevel>>,
    meaning: OnceCell<SlotMeaning>,
}

impl<'a> AskedLexicon<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        Self { lexicon, known: RefCell::default() }
    }

    /// As [`Lexicon::find`].
    pub fn find(&self, room: LabelRoom, label: &str) -> Option<Content> {
        self.remembered(label, |known| &known.contents[room as usize], || self.lexicon.find(room, label))
    }

    /// As [`Lexicon::category`].
    pub fn category(&self, name: &str) -> Option<CategoryLevel> {
        self.remembered(name, |known| &known.category, || self.lexicon.category(name))
    }

    /// What a cell of a form is that says something.
    pub fn meaning(&self, text: &str) -> SlotMeaning {
        self.remembered(text, |known| &known.meaning, || meaning_of(self.lexicon, text))
    }

    fn remembered<T: Copy>(&self, text: &str, answer: impl Fn(&Answers) -> &OnceCell<T>, ask: impl FnOnce() -> T) -> T {
        if text.len() > LONGEST {
            return ask();
        }
        let mut known = self.known.borrow_mut();
        if let Some(answers) = known.get(text) {
            return *answer(answers).get_or_init(ask);
        }
        if known.len() >= MOST {
            known.clear();
        }
        *answer(known.entry(text.into()).or_default()).get_or_init(ask)
    }
}

impl Deref for AskedLexicon<'_> {
    type Target = Lexicon;

    fn deref(&self) -> &Lexicon {
        self.lexicon
    }
}
