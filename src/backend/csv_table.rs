//! `--to csv`: the flat table for programs, all departments in one file; of the year one row a value.
//!
//! As RFC 4180 has it: lines end with CR LF, so that a line end within a text (LF) is never taken for one; texts are quoted
//! where they must be. UTF-8; a byte order mark only where it is asked for, because programs take it for a letter.
//!
//! Nothing is changed to please a spreadsheet. A cell may begin with `=`, `+`, `-` or `@` (`= 100%` is a target), which a
//! spreadsheet takes for a formula; marking such cells would make the data differ from the model. Who opens the targets in
//! a spreadsheet takes `--to xlsx`, where every text is a text.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::PathBuf;

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};

use super::flat::{Flat, FlatValue, StandardNames, columns};
use super::forms::{LongRow, long_rows};
use super::{Backend, Departments, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

pub struct Csv;

impl Backend for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        if let Some(asked) = options.forms {
            return sink.artifact("year.csv".as_ref(), &mut |out| {
                let mut writer = begun(out, options)?;
                writer.write_record(LongRow::HEADINGS).map_err(failure)?;
                for row in long_rows(model, scope, asked) {
                    writer.write_record(row.cells()).map_err(failure)?;
                }
                writer.flush()
            });
        }
        // The columns are those of the whole, so that the rows of its parts fit together.
        let mut names = StandardNames::default();
        names.add(model, Scope::Workspace);
        sink.artifact(TARGETS.as_ref(), &mut |out| write(&mut &*model, scope, &names, options, out))
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(Box::new(CsvStream::default()))
    }
}

const TARGETS: &str = "targets.csv";

/// The table, a department at a time.
#[derive(Default)]
struct CsvStream {
    names: StandardNames,
}

impl Stream for CsvStream {
    fn look(&mut self, model: &Model, _: &RenderOptions<'_>) -> io::Result<()> {
        self.names.add(model, Scope::Workspace);
        Ok(())
    }

    fn names(&self) -> Vec<PathBuf> {
        vec![TARGETS.into()]
    }

    fn write(
        &mut self,
        departments: &mut dyn Departments,
        options: &RenderOptions<'_>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        sink.artifact(TARGETS.as_ref(), &mut |out| write(departments, Scope::Workspace, &self.names, options, out))
    }
}

fn write(
    departments: &mut dyn Departments,
    scope: Scope,
    names: &StandardNames,
    options: &RenderOptions<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut writer = begun(out, options)?;
    writer.write_record(columns(names).iter().map(|column| &column.heading)).map_err(failure)?;
    departments.each(&mut |model| {
        let table = Flat::with_columns(model, scope, names);
        table.rows().try_for_each(|row| writer.write_record(row.iter().map(written)).map_err(failure))
    })?;
    writer.flush()
}

/// A table that begins as it is asked for.
fn begun<'a>(out: &'a mut dyn Write, options: &RenderOptions<'_>) -> io::Result<Writer<&'a mut dyn Write>> {
    if options.byte_order_mark {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    Ok(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out))
}

/// What the stream said: a full disk stays a full disk.
fn failure(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn written(value: &FlatValue) -> Cow<'_, [u8]> {
    match value {
        FlatValue::Blank => Cow::default(),
        FlatValue::Text(text) => text.as_bytes().into(),
        FlatValue::Number(number) => number.to_string().into_bytes().into(),
        FlatValue::Quantity { written, .. } => written.as_bytes().into(),
    }
}
