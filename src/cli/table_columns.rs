//! `jixiao schema --tables`: the tables for engines, as text, as JSON, and as the page of the documentation.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::backend::tables::{EngineColumn, EngineTable, SCHEMA_VERSION, TABLES};
use crate::diagnostic::{Language, json};

/// The tables.
#[derive(Serialize, JsonSchema)]
struct TablesDocument {
    /// That of the tables, `jixiao.schema` in the files.
    schema_version: u32,
    tables: Vec<JsonTable>,
}

/// A table. The first columns of it are its key.
#[derive(Serialize, JsonSchema)]
struct JsonTable {
    name: &'static str,
    label: &'static str,
    row: JsonMeaning,
    key: Vec<&'static str>,
    columns: Vec<JsonColumn>,
}

/// A column: its type as SQL writes it.
#[derive(Serialize, JsonSchema)]
struct JsonColumn {
    name: &'static str,
    r#type: &'static str,
    nullable: bool,
    label: &'static str,
    meaning: JsonMeaning,
}

/// The same in both languages.
#[derive(Serialize, JsonSchema)]
struct JsonMeaning {
    zh: &'static str,
    en: &'static str,
}

impl From<[&'static str; 2]> for JsonMeaning {
    fn from([zh, en]: [&'static str; 2]) -> Self {
        Self { zh, en }
    }
}

/// The JSON Schema of `--format json`.
pub fn schema() -> String {
    json::schema::<TablesDocument>()
}

pub fn json() -> String {
    let column = |one: &EngineColumn| JsonColumn {
        name: one.name,
        r#type: one.kind.sql(),
        nullable: one.may_be_null,
        label: one.label,
        meaning: one.meaning.into(),
    };
    let table = |one: &EngineTable| JsonTable {
        name: one.name,
        label: one.label,
        row: one.row.into(),
        key: one.columns[..one.key].iter().map(|column| column.name).collect(),
        columns: one.columns.iter().map(column).collect(),
    };
    json::text(&TablesDocument { schema_version: SCHEMA_VERSION, tables: TABLES.iter().map(table).collect() })
}

/// For a terminal: a table a paragraph, a column a line. A key is marked, and what is never NULL.
pub fn text(language: Language) -> String {
    let said = |both: [&'static str; 2]| both[usize::from(language == Language::English)];
    let mut text = String::new();
    for table in &TABLES {
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}{}  {}  {}", table.name, table.label, said(table.row));
        let widest = |cell: fn(&EngineColumn) -> &str| {
            table.columns.iter().map(|column| cell(column).width()).max().unwrap_or_default()
        };
        let widths = (widest(|one| one.name), widest(|one| one.kind.sql()), widest(|one| one.label));
        for (index, column) in table.columns.iter().enumerate() {
            let mark = if index < table.key { '*' } else { ' ' };
            let null = if column.may_be_null { "NULL" } else { "" };
            let _ = writeln!(
                text,
                "{mark} {}  {}  {null:4}  {}  {}",
                padded(column.name, widths.0),
                padded(column.kind.sql(), widths.1),
                padded(column.label, widths.2),
                said(column.meaning)
            );
        }
    }
    text
}

fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}
