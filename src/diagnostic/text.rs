//! What is said, as data: a wording and what it is said of.
//!
//! A finding holds a few words and numbers; sentences are made where they are shown, in the language asked for.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::decimal;
use crate::source::signs;

/// A text in both languages. Which one is shown is decided where it is printed. Texts are equal that say the same in both.
#[derive(Clone)]
pub struct Text {
    pub(super) wording: &'static Wording,
    pub(super) arguments: Box<[TextArgument]>,
}

/// The language in which the compiler speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// The author's, where nothing else is asked for.
    #[default]
    Chinese,
    /// On request, by option, setting or environment.
    English,
}

/// How a text says its arguments.
pub(super) enum Wording {
    /// It has none: the words in Chinese and in English.
    Constant([&'static str; 2]),
    /// A sentence of the registry holds them.
    Sentence(Sentence),
    /// It says just the one for the language; where there is but one, that one.
    Plain,
    /// It offers them: 甲、乙或丙; a, b or c.
    OneOf,
}

/// Writes a sentence in a language.
type Sentence = fn(&[TextArgument], Language, &mut fmt::Formatter<'_>) -> fmt::Result;

/// What a text is said of.
#[derive(Clone, Serialize, Deserialize)]
pub enum TextArgument {
    Words(Box<str>),
    Count(u64),
    #[serde(with = "decimal")]
    Decimal(Decimal),
    Text(Box<Text>),
}

/// What a text takes as an argument: words and numbers that are the same in both languages, or another text.
pub trait Argument {
    fn into_value(self) -> TextArgument;
}

impl Text {
    /// Finished texts, without arguments.
    pub fn new(chinese: impl Into<String>, english: impl Into<String>) -> Self {
        Self::worded(&Wording::Plain, [chinese.into().into_value(), english.into().into_value()])
    }

    /// The same text in both languages: a name, a number.
    pub fn same(text: impl Into<String>) -> Self {
        Self::worded(&Wording::Plain, [text.into().into_value()])
    }

    pub(super) fn constant(wording: &'static Wording) -> Self {
        Self { wording, arguments: Box::default() }
    }

    pub(super) fn worded<const N: usize>(wording: &'static Wording, arguments: [TextArgument; N]) -> Self {
        Self { wording, arguments: Box::new(arguments) }
    }

    pub(super) fn one_of(texts: &[Text]) -> Self {
        Self { wording: &Wording::OneOf, arguments: texts.iter().map(|text| text.clone().into_value()).collect() }
    }

    /// The text in a language: the words themselves where they are at hand, else made now.
    pub fn in_language(&self, language: Language) -> Cow<'_, str> {
        match self.wording {
            Wording::Constant(words) => Cow::Borrowed(words[language as usize]),
            Wording::Plain => match self.plain(language) {
                TextArgument::Words(words) => signs::in_lines(words),
                value => Cow::Owned(value.shown(language).to_string()),
            },
            Wording::Sentence(_) | Wording::OneOf => Cow::Owned(self.shown(language).to_string()),
        }
    }

    /// The text in a language, made while it is written.
    pub fn shown(&self, language: Language) -> impl fmt::Display + '_ {
        Shown { what: self, language }
    }

    fn plain(&self, language: Language) -> &TextArgument {
        self.arguments.get(language as usize).unwrap_or(&self.arguments[0])
    }

    /// Whether it is the same wording of the same arguments: most that are equal are.
    fn is_alike(&self, other: &Self) -> bool {
        std::ptr::eq(self.wording, other.wording) && self.arguments == other.arguments
    }
}

impl TextArgument {
    pub(super) fn shown(&self, language: Language) -> impl fmt::Display + '_ {
        Shown { what: self, language }
    }
}

/// Something and the language in which it is shown.
struct Shown<'a, What> {
    what: &'a What,
    language: Language,
}

impl fmt::Display for Shown<'_, Text> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what: text, language } = *self;
        match text.wording {
            Wording::Constant(words) => formatter.write_str(words[language as usize]),
            Wording::Sentence(write) => write(&text.arguments, language, formatter),
            Wording::Plain => match text.plain(language) {
                TextArgument::Words(words) => formatter.write_str(&signs::in_lines(words)),
                value => value.shown(language).fmt(formatter),
            },
            Wording::OneOf => {
                let (comma, or) = match language {
                    Language::Chinese => ("、", "或"),
                    Language::English => (", ", " or "),
                };
                let last = text.arguments.len().saturating_sub(1);
                for (index, value) in text.arguments.iter().enumerate() {
                    let joint = if index == last { or } else { comma };
                    formatter.write_str(if index == 0 { "" } else { joint })?;
                    value.shown(language).fmt(formatter)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Shown<'_, TextArgument> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            // Invariant: what a sentence is said of cannot end its line, nor speak to a terminal.
            TextArgument::Words(words) => formatter.write_str(&signs::in_one_line(words)),
            TextArgument::Count(count) => count.fmt(formatter),
            TextArgument::Decimal(number) => number.fmt(formatter),
            TextArgument::Text(text) => text.shown(self.language).fmt(formatter),
        }
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [chinese, english] = [Language::Chinese, Language::English].map(|language| self.in_language(language));
        formatter.debug_struct("Text").field("chinese", &chinese).field("english", &english).finish()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is_alike(other) || self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Text {}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        let by = |language| self.in_language(language).cmp(&other.in_language(language));
        by(Language::Chinese).then_with(|| by(Language::English))
    }
}

impl PartialEq for TextArgument {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (TextArgument::Words(one), TextArgument::Words(other)) => one == other,
            (TextArgument::Count(one), TextArgument::Count(other)) => one == other,
            // 1.0 and 1.00 are said differently.
            (TextArgument::Decimal(one), TextArgument::Decimal(other)) => one.serialize() == other.serialize(),
            (TextArgument::Text(one), TextArgument::Text(other)) => one.is_alike(other),
            (TextArgument::Words(_) | TextArgument::Count(_) | TextArgument::Decimal(_) | TextArgument::Text(_), _) => {
                false
            }
        }
    }
}

impl Argument for Text {
    fn into_value(self) -> TextArgument {
        TextArgument::Text(Box::new(self))
    }
}

macro_rules! arguments {
    ($( $kind:ty, $name:ident => $value:expr; )*) => { $(
        impl Argument for $kind {
            fn into_value(self) -> TextArgument {
                let $name = self;
                $value
            }
        }
    )* };
}

arguments! {
    &str, words => TextArgument::Words(words.into());
    String, words => TextArgument::Words(words.into());
    &String, words => words.as_str().into_value();
    char, sign => sign.to_string().into_value();
    usize, count => TextArgument::Count(count as u64);
    u32, count => TextArgument::Count(count.into());
    u64, count => TextArgument::Count(count);
    i32, number => TextArgument::Decimal(number.into());
    Decimal, number => TextArgument::Decimal(number);
}

#[cfg(test)]
mod tests {
    use super::super::texts;
    use super::*;

    #[test]
    fn a_text_says_its_arguments_in_the_language_asked_for() {
        let text = texts::required_by(texts::two_sentences(texts::state_baseline(), Decimal::new(100, 2)));
        assert_eq!(text.in_language(Language::Chinese), "依据：在花括号里补一行 `上年 数字 单位`；1.00");
        assert_eq!(
            text.in_language(Language::English),
            "required by add a line `last_year NUMBER UNIT` in the braces; 1.00"
        );
        let offer = texts::any_of(&[Text::new("甲", "a"), Text::same("b"), texts::expect_number()]);
        assert_eq!(offer.in_language(Language::Chinese), "甲、b或数字");
        assert_eq!(offer.in_language(Language::English), "a, b or a number");
        let brace = texts::missing_open_brace();
        assert!(matches!(brace.in_language(Language::Chinese), Cow::Borrowed("缺少左花括号 `{`")));
    }

    #[test]
    fn texts_are_equal_that_say_the_same_and_ordered_by_what_they_say() {
        assert_eq!(texts::insert("一"), Text::new("补上 `一`", "insert `一`"));
        assert_ne!(Text::new("一", "a"), Text::new("一", "b"));
        assert_ne!(texts::insert(Decimal::new(10, 1)), texts::insert(Decimal::new(100, 2)));
        assert_eq!(texts::insert(Decimal::new(10, 1)), texts::insert("1.0"));
        let mut texts = [Text::new("乙", "a"), Text::new("乙", "A"), texts::places(2_usize), texts::places(10_usize)];
        texts.sort();
        let said: Vec<_> = texts.iter().map(|text| text.in_language(Language::English)).collect();
        assert_eq!(said, ["10 places", "2 places", "A", "a"]);
    }
}
