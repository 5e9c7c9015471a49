//! JSON as a tree, and its reading key by key: what nobody asked for is an error, and every error knows its path.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diagnostic::{Code, Text, texts};
use crate::source::Words;
use crate::syntax::vocabulary;

/// A value. Repeated keys are kept, so that they can be told.
pub(super) enum JsonTree {
    Null,
    YesNo(bool),
    Whole(u64),
    Text(Arc<str>),
    List(Vec<JsonTree>),
    Object(Vec<(String, JsonTree)>),
}

pub(super) type Read<T> = Result<T, Problem>;

/// What is wrong, and where.
pub(super) struct Problem(Box<ToldProblem>);

pub(super) struct ToldProblem {
    pub code: Code,
    pub what: Text,
    pub help: Option<Text>,
    /// Innermost first.
    steps: Vec<PathStep>,
}

enum PathStep {
    Key(String),
    Index(usize),
}

impl Problem {
    pub fn new(what: Text) -> Self {
        Self(Box::new(ToldProblem { code: Code::JX602, what, help: None, steps: Vec::new() }))
    }

    pub fn told(self) -> ToldProblem {
        *self.0
    }

    pub fn code(mut self, code: Code) -> Self {
        self.0.code = code;
        self
    }

    pub fn help(mut self, help: Text) -> Self {
        self.0.help = Some(help);
        self
    }

    pub fn at_key(mut self, key: &str) -> Self {
        self.0.steps.push(PathStep::Key(key.to_owned()));
        self
    }

    pub fn at_index(mut self, index: usize) -> Self {
        self.0.steps.push(PathStep::Index(index));
        self
    }
}

impl ToldProblem {
    /// `departments[0].projects[2].budget`; none for the document as a whole.
    pub fn path(&self) -> Option<String> {
        let step = |step: &PathStep| match step {
            PathStep::Key(key) => format!(".{key}"),
            PathStep::Index(index) => format!("[{index}]"),
        };
        let path: String = self.steps.iter().rev().map(step).collect();
        let path = path.trim_start_matches('.').to_owned();
        (!path.is_empty()).then_some(path)
    }
}

/// The tree of a file.
pub(super) fn parse(bytes: &[u8]) -> Read<JsonTree> {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|error| {
        let (line, column) = (error.line().to_string(), error.column().to_string());
        Problem::new(match error.classify() {
            serde_json::error::Category::Data => texts::json_number(line, column),
            serde_json::error::Category::Eof => texts::json_ends_early(line),
            serde_json::error::Category::Syntax | serde_json::error::Category::Io => texts::not_json(line, column),
        })
    })
}

impl<'de> Deserialize<'de> for JsonTree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeBuilder)
    }
}

/// Everything but fractions and numbers below zero, which the format writes as texts.
struct TreeBuilder;

impl<'de> Visitor<'de> for TreeBuilder {
    type Value = JsonTree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text, a whole number, a list or an object")
    }

    fn visit_unit<E>(self) -> Result<JsonTree, E> {
        Ok(JsonTree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<JsonTree, E> {
        Ok(JsonTree::YesNo(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<JsonTree, E> {
        Ok(JsonTree::Whole(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<JsonTree, E> {
        Ok(JsonTree::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<JsonTree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(JsonTree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonTree, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            members.push((key, map.next_value()?));
        }
        Ok(JsonTree::Object(members))
    }
}

impl JsonTree {
    pub fn member(&self, key: &str) -> Option<&JsonTree> {
        match self {
            JsonTree::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            JsonTree::Null | JsonTree::YesNo(_) | JsonTree::Whole(_) | JsonTree::Text(_) | JsonTree::List(_) => None,
        }
    }

    pub fn words(&self) -> Read<Words> {
        match self {
            JsonTree::Text(text) => Ok(text.clone().into()),
            _ => Err(Problem::new(texts::expected(texts::what_text()))),
        }
    }

    pub fn whole<T: TryFrom<u64>>(&self) -> Read<T> {
        match self {
            JsonTree::Whole(number) => T::try_from(*number).ok(),
            _ => None,
        }
        .ok_or_else(|| Problem::new(texts::expected(texts::expect_whole_number())))
    }

    pub fn yes_no(&self) -> Read<bool> {
        match self {
            JsonTree::YesNo(value) => Ok(*value),
            _ => Err(Problem::new(texts::expected(texts::what_boolean()))),
        }
    }

    /// A number written as text, its scale kept.
    pub fn decimal(&self) -> Read<Decimal> {
        let JsonTree::Text(text) = self else { return Err(Problem::new(texts::expected(texts::what_decimal()))) };
        let plain = text.strip_prefix('-').unwrap_or(text);
        let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let value = Decimal::from_str_exact(text).ok().filter(|_| is_plain);
        value.ok_or_else(|| Problem::new(texts::bad_number(&**text)))
    }

    pub fn list<T>(&self, mut read: impl FnMut(&JsonTree) -> Read<T>) -> Read<Vec<T>> {
        let JsonTree::List(items) = self else { return Err(Problem::new(texts::expected(texts::what_list()))) };
        let each = items.iter().enumerate();
        each.map(|(index, item)| read(item).map_err(|problem| problem.at_index(index))).collect()
    }

    /// The members of an object whose keys are names, each once.
    pub fn members(&self) -> Read<&[(String, JsonTree)]> {
        let JsonTree::Object(members) = self else { return Err(Problem::new(texts::expected(texts::what_object()))) };
        let mut seen = BTreeSet::new();
        for (key, _) in members {
            if !seen.insert(key) {
                return Err(Problem::new(texts::repeated_field(key)).at_key(key));
            }
        }
        Ok(members)
    }
}

/// An object of which every member has to be asked for.
pub(super) struct Object<'a> {
    members: &'a [(String, JsonTree)],
    asked: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// Reads an object; what `read` did not ask for is an error.
    pub fn read<T>(tree: &'a JsonTree, read: impl FnOnce(&mut Object<'a>) -> Read<T>) -> Read<T> {
        let mut object = Object { members: tree.members()?, asked: Vec::new() };
        let value = read(&mut object)?;
        match object.members.iter().find(|(key, _)| !object.asked.contains(&key.as_str())) {
            None => Ok(value),
            Some((key, _)) => {
                let problem = Problem::new(texts::reason_unknown_word(key)).at_key(key);
                let near = object.asked.iter().find(|known| vocabulary::is_near(key, known));
                Err(match near {
                    Some(right) => problem.help(texts::did_you_mean(*right)),
                    None => problem.help(texts::keys_are(object.asked.join(" "))),
                })
            }
        }
    }

    /// A member that must be there.
    pub fn required<T>(&mut self, key: &'static str, read: impl FnOnce(&JsonTree) -> Read<T>) -> Read<T> {
        self.optional(key, read)?.ok_or_else(|| Problem::new(texts::missing_value(key)))
    }

    /// A member that may be null or not there.
    pub fn optional<T>(&mut self, key: &'static str, read: impl FnOnce(&JsonTree) -> Read<T>) -> Read<Option<T>> {
        match self.take(key) {
            None | Some(JsonTree::Null) => Ok(None),
            Some(value) => read(value).map(Some).map_err(|problem| problem.at_key(key)),
        }
    }

    /// A list; an empty one where it is not there.
    pub fn list<T>(&mut self, key: &'static str, read: impl FnMut(&JsonTree) -> Read<T>) -> Read<Vec<T>> {
        Ok(self.optional(key, |value| value.list(read))?.unwrap_or_default())
    }

    /// Members that are made anew from the others.
    pub fn derived(&mut self, keys: &[&'static str]) {
        self.asked.extend(keys);
    }

    fn take(&mut self, key: &'static str) -> Option<&'a JsonTree> {
        self.asked.push(key);
        self.members.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}
