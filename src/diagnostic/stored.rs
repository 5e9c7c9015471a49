//! Findings as data that the same build of the program reads again: a text is the number of its wording and what it is said
//! of, so that it costs little, and still speaks both languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::{Argument, TextArgument, Wording};
use super::{Few, Language, Text, texts};

/// Before those of the registry.
const UNREGISTERED: [&Wording; 2] = [&Wording::Plain, &Wording::OneOf];

/// The wordings by their numbers.
static WORDINGS: LazyLock<Vec<&'static Wording>> =
    LazyLock::new(|| UNREGISTERED.into_iter().chain(texts::wordings()).collect());

/// The numbers of the wordings by where they lie.
static NUMBERS: LazyLock<HashMap<usize, u32>> =
    LazyLock::new(|| WORDINGS.iter().copied().map(place).zip(0..).collect());

fn place(wording: &'static Wording) -> usize {
    std::ptr::from_ref(wording).addr()
}

fn number(wording: &'static Wording) -> Option<u32> {
    match wording {
        Wording::Plain => Some(0),
        Wording::OneOf => Some(1),
        Wording::Constant(_) | Wording::Sentence(_) => NUMBERS.get(&place(wording)).copied(),
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(number) = number(self.wording) {
            return (number, &self.arguments).serialize(serializer);
        }
        // The title of a rule, for one: what it says.
        let said =
            [Language::Chinese, Language::English].map(|language| self.in_language(language).into_owned().into_value());
        (0, said.as_slice()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (number, arguments) = <(u32, Box<[TextArgument]>)>::deserialize(deserializer)?;
        let wording = WORDINGS.get(number as usize).copied().ok_or_else(|| D::Error::custom("no wording"))?;
        if matches!(wording, Wording::Plain) && arguments.is_empty() {
            return Err(D::Error::custom("no words"));
        }
        Ok(Self { wording, arguments })
    }
}

impl<Entry: Serialize> Serialize for Few<Entry> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, Entry: Deserialize<'de>> Deserialize<'de> for Few<Entry> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from)
    }
}
