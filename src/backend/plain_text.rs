//! `--to text`: the document as words, as word processors save it: a line for a paragraph and for a cell.
//!
//! Cells lead with a tab, and an empty line ends a row. The lower parts of a merged cell are empty cells. The title is left
//! out, as it is in what offices publish: the name of the file has it.

use std::io::{self, Write};

use super::official::{Drawn, FormBlock, FormTable};
use super::printed::write_each;
use super::stream::FilesOfEach;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

pub struct PlainText;

impl Backend for PlainText {
    fn name(&self) -> &'static str {
        "text"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        write_each((model, scope), options, "txt", sink, |document, out| write(out, document.words()))
    }
}

fn write(out: &mut dyn Write, document: Drawn<'_>) -> io::Result<()> {
    let mut text = String::new();
    for block in document.blocks {
        text.clear();
        match &block {
            FormBlock::Part { ordinal, name } => {
                text.push('\n');
                ordinal.iter().chain([name]).for_each(|one| line(&mut text, one));
                text.push('\n');
            }
            FormBlock::Heading(heading) => line(&mut text, heading),
            FormBlock::Ordinal(ordinal) => line(&mut text, ordinal),
            FormBlock::Paragraph { lead, text: rest } => line(&mut text, &format!("{lead}{rest}")),
            FormBlock::Project(tables) => {
                form(&mut text, &tables.heading, tables.drawn().iter().map(|table| &**table));
            }
            FormBlock::Form(sheet) => form(&mut text, &sheet.heading, &sheet.tables),
            FormBlock::Table { caption, table } => form(&mut text, caption, [&**table]),
        }
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// A tab would make a cell of it, and nobody reads control characters.
fn line(text: &mut String, content: &str) {
    let signs = content.chars().map(|sign| if sign == '\t' { ' ' } else { sign });
    text.extend(signs.filter(|sign| !sign.is_control()));
    text.push('\n');
}

fn form<'a>(text: &mut String, heading: &str, tables: impl IntoIterator<Item = &'a FormTable>) {
    line(text, heading);
    tables.into_iter().for_each(|one| table(text, one));
}

fn table(text: &mut String, table: &FormTable) {
    for row in &table.rows {
        for cell in row {
            text.push('\t');
            // An empty line would end the row.
            let mut lines = cell.text.lines().filter(|one| !one.trim().is_empty());
            line(text, lines.next().unwrap_or_default());
            lines.for_each(|one| line(text, one));
        }
        text.push('\n');
    }
    text.push('\n');
}
