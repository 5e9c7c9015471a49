//! `--to csv`: the flat table for programs, all departments in one file.
//!
//! As RFC 4180 has it: lines end with CR LF, so that a line end within a text (LF) is never taken for one; texts are quoted
//! where they must be. UTF-8; a byte order mark only where it is asked for, because programs take it for a letter.
//!
//! Nothing is changed to please a spreadsheet. A cell may begin with `=`, `+`, `-` or `@` (`= 100%` is a target), which a
//! spreadsheet takes for a formula; marking such cells would make the data differ from the model. Who opens the targets in
//! a spreadsheet takes `--to xlsx`, where every text is a text.

use csv::{Terminator, WriterBuilder};

use super::flat::{self, Value};
use super::{Artifact, Backend, Options};
use crate::model::Model;

pub struct Csv;

impl Backend for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn render(&self, model: &Model, options: &Options<'_>) -> Vec<Artifact> {
        let groups: Vec<_> = model.groups().collect();
        let table = flat::table(model, &groups);
        let mark = if options.byte_order_mark { "\u{FEFF}" } else { "" };
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(mark.as_bytes().to_vec());
        // Invariant: every row has the same length, and memory does not fail.
        let _ = writer.write_record(table.columns.iter().map(|column| &column.heading));
        for row in &table.rows {
            let _ = writer.write_record(row.iter().map(written));
        }
        vec![Artifact { path: "targets.csv".into(), bytes: writer.into_inner().unwrap_or_default() }]
    }
}

fn written(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Quantity { written, .. } => written.clone(),
    }
}
