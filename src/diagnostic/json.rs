//! What the JSON of findings, changes and histories has in common: places, texts in one language, and sequences that are
//! written item by item. Nothing is built before it is written.

use std::borrow::Cow;
use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::{Language, Text};
use crate::source::{Sources, Span};

/// The program, as its documents name it.
#[derive(Serialize, JsonSchema)]
pub struct Tool {
    name: &'static str,
    version: &'static str,
}

pub const TOOL: Tool = Tool { name: "jixiao", version: env!("CARGO_PKG_VERSION") };

/// A document for people and programs: indented, with a line end.
pub fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    out.write_all(b"\n")
}

/// The same as one text.
pub fn text(document: &impl Serialize) -> String {
    // Invariant: no document holds a map with keys that are no strings.
    serde_json::to_string_pretty(document).expect("JSON of plain values") + "\n"
}

/// The JSON Schema (draft 2020-12) of a document.
pub fn schema<T: JsonSchema>() -> String {
    let schema = SchemaSettings::default().for_serialize().into_generator().into_root_schema_for::<T>();
    text(&schema)
}

/// A span as programs read it: path, bytes, and line and column counted from one in characters.
#[derive(Serialize, JsonSchema)]
pub struct SpanInFile<'a> {
    path: &'a str,
    start_byte: u32,
    end_byte: u32,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> SpanInFile<'a> {
    pub fn new(span: Span, sources: &'a Sources) -> Self {
        let source = sources.get(span.file);
        let (start, end) = (source.location(span.start), source.location(span.end));
        Self {
            path: &source.path,
            start_byte: span.start,
            end_byte: span.end,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// A text in the language of its reader.
pub struct Saying<'a> {
    pub text: &'a Text,
    pub language: Language,
}

impl Serialize for Saying<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.text.in_language(self.language))
    }
}

impl JsonSchema for Saying<'_> {
    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

/// A sequence of which no more than one item is there at a time. The function begins it anew for each writing.
pub struct Each<F>(pub F);

impl<F: Fn() -> I, I: IntoIterator<Item: Serialize>> Serialize for Each<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}
