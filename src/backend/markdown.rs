//! `--to markdown`: the document for a pull request: what each project states as a table of two columns, and its indicators,
//! one a line, so that a change shows as the change of a line.

use std::io::{self, Write};

use super::official::{CellKind, Drawn, FormBlock, FormCell, FormTable, ProjectTables};
use super::printed::write_each;
use super::stream::FilesOfEach;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

pub struct Markdown;

impl Backend for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let has_title = scope.project().is_none();
        write_each((model, scope), options, "md", sink, |document, out| write(out, document.words(), has_title))
    }
}

/// Blocks, with an empty line between.
fn write(out: &mut dyn Write, document: Drawn<'_>, has_title: bool) -> io::Result<()> {
    let title = has_title.then(|| format!("# {}", escaped(document.title)));
    let blocks = document.blocks.flat_map(|block| lines(&block));
    let mut between = "";
    for block in title.into_iter().chain(blocks).filter(|block| !block.is_empty()) {
        writeln!(out, "{between}{block}")?;
        between = "\n";
    }
    Ok(())
}

/// A block of the document as blocks of ours.
fn lines(block: &FormBlock) -> Vec<String> {
    match block {
        FormBlock::Part { ordinal: Some(ordinal), name } => vec![format!("## {} {}", escaped(ordinal), escaped(name))],
        FormBlock::Part { ordinal: None, name } => vec![format!("## {}", escaped(name))],
        FormBlock::Heading(heading) => vec![format!("### {}", escaped(heading))],
        FormBlock::Ordinal(ordinal) => vec![paragraph(ordinal)],
        FormBlock::Paragraph { lead, text } if lead.is_empty() => vec![paragraph(text)],
        FormBlock::Paragraph { lead, text } => {
            vec![format!("**{}** {}", escaped(lead), escaped(text)).trim_end().to_owned()]
        }
        FormBlock::Project(tables) => project(tables),
        FormBlock::Form(sheet) => form(&sheet.heading, &sheet.tables),
        FormBlock::Table { caption, table } => std::iter::once(paragraph(caption)).chain(rows(table)).collect(),
    }
}

/// The label beside the indicators leads them: a table here has no merged cells.
fn project(tables: &ProjectTables) -> Vec<String> {
    let mut blocks = form(&tables.heading, [&tables.head]);
    if tables.is_laid_out {
        blocks = vec![format!("### {}", escaped(&tables.heading))];
        blocks.extend(laid_out(&tables.head));
    }
    blocks.extend(tables.beside.iter().map(|label| format!("**{}**", escaped(label))));
    blocks.extend(rows(&tables.indicators));
    blocks.extend(laid_out(&tables.foot));
    blocks
}

/// A table that a standard lays out: the lines above, a line for each row of cells, the lines below.
fn laid_out(one: &FormTable) -> Vec<String> {
    let is_outside = |row: &&Vec<FormCell>| row.iter().any(|cell| cell.kind == CellKind::Above);
    let above = one.rows.iter().take_while(is_outside).count();
    let below = one.rows[above..].iter().rev().take_while(is_outside).count();
    let (head, rest) = one.rows.split_at(above);
    let (body, foot) = rest.split_at(rest.len() - below);
    let line = |row: &Vec<FormCell>| {
        let words = row.iter().map(|cell| escaped(&cell.text)).filter(|text| !text.is_empty());
        words.collect::<Vec<_>>().join(" · ")
    };
    let mut blocks: Vec<String> = head.iter().map(line).collect();
    let rows: Vec<Vec<&str>> = body
        .iter()
        .zip(whole(body))
        .map(|(row, texts)| {
            let starts = row.iter().scan(0, |column, cell| Some(std::mem::replace(column, *column + cell.columns)));
            starts.filter_map(|column| texts.get(column).copied()).collect()
        })
        .collect();
    let most = rows.iter().map(Vec::len).max().unwrap_or(0);
    if most > 0 {
        let filled = rows.into_iter().map(|mut row| {
            row.resize(most, "");
            row
        });
        blocks.push(table(&vec![""; most], &vec![false; most], filled));
    }
    blocks.extend(foot.iter().map(line));
    blocks
}

fn form<'a>(heading: &str, tables: impl IntoIterator<Item = &'a FormTable>) -> Vec<String> {
    let mut blocks = vec![format!("### {}", escaped(heading))];
    for one in tables {
        if one.heading_rows > 0 {
            blocks.extend(rows(one));
            continue;
        }
        let (above, facts) = facts(one);
        blocks.push(above.iter().map(|one| escaped(one)).collect::<Vec<_>>().join(" · "));
        if !facts.is_empty() {
            blocks.push(table(&["", ""], &[false, false], facts.iter().map(|(label, value)| vec![&**label, *value])));
        }
    }
    blocks
}

/// A table with a row of headings; none where it has no columns.
fn rows(one: &FormTable) -> Option<String> {
    let whole = whole(&one.rows);
    let (headings, rows) = whole.split_at(one.heading_rows);
    let headings = headings.last().filter(|headings| !headings.is_empty())?;
    let body = &one.rows[one.heading_rows..];
    let is_number = |column: usize| {
        let mut cells = body.iter().filter(|row| row.len() == headings.len()).map(|row| row[column].kind).peekable();
        cells.peek().is_some() && cells.all(|kind| kind == CellKind::Number)
    };
    let numbers: Vec<bool> = (0..headings.len()).map(is_number).collect();
    Some(table(headings, &numbers, rows.iter().cloned()))
}

/// The rows with every cell filled in: a table here has no merged cells, and a line should say what it is about. Of a cell
/// over several columns the first has the text.
fn whole(rows: &[Vec<FormCell>]) -> Vec<Vec<&str>> {
    let mut all: Vec<Vec<&str>> = Vec::new();
    for row in rows {
        let mut texts = Vec::new();
        for cell in row {
            let column = texts.len();
            let above = || all.last().and_then(|above| above.get(column)).copied().unwrap_or_default();
            texts.push(if cell.continues() { above() } else { &*cell.text });
            texts.resize(column + cell.columns, "");
        }
        all.push(texts);
    }
    all
}

/// What stands above the table, and each label with what belongs to it: the cell after it, or the one below.
fn facts(table: &FormTable) -> (Vec<&str>, Vec<(String, &str)>) {
    let mut above = Vec::new();
    let mut facts = Vec::new();
    // The label of several rows; with it, those of the columns in the row before, each with the column where it begins.
    let mut beside = "";
    let mut of_columns: Vec<(usize, String)> = Vec::new();
    for row in &table.rows {
        let before = std::mem::take(&mut of_columns);
        let mut start = 0;
        let mut label = None;
        for (index, cell) in row.iter().enumerate() {
            let is_last_or_before_label = row.get(index + 1).is_none_or(|next| next.kind == CellKind::Heading);
            match cell.kind {
                CellKind::Above => above.extend(Some(&*cell.text).filter(|text| !text.is_empty())),
                CellKind::Heading if cell.continues() => label = Some(beside),
                CellKind::Heading if cell.rows > 1 => {
                    beside = &cell.text;
                    label = Some(beside);
                }
                CellKind::Heading if is_last_or_before_label => {
                    of_columns.push((start, format!("{beside}：{}", cell.text)));
                }
                CellKind::Heading => label = Some(&cell.text),
                CellKind::Text | CellKind::Prose | CellKind::Number => {
                    let of_column = before.iter().find(|(column, _)| *column == start).map(|(_, text)| text.clone());
                    // What fills up a row belongs to nothing.
                    let label = of_column.or(label.take().map(str::to_owned));
                    facts.extend(label.map(|label| (label, &*cell.text)));
                }
            }
            start += cell.columns;
        }
    }
    (above, facts)
}

fn table<'a>(headings: &[&str], numbers: &[bool], rows: impl Iterator<Item = Vec<&'a str>>) -> String {
    let line = |cells: &[&str]| -> String {
        let cells: Vec<String> = cells.iter().map(|cell| escaped(cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<&str> = numbers.iter().map(|is_number| if *is_number { "---:" } else { "---" }).collect();
    let mut lines = vec![line(headings), format!("| {} |", rule.join(" | "))];
    lines.extend(rows.map(|row| line(&row)));
    lines.join("\n")
}

/// A paragraph that begins as a list or a heading would stays one.
fn paragraph(text: &str) -> String {
    let text = escaped(text.trim());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    match text.chars().nth(digits) {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

/// Signs that mean something in Markdown mean themselves; line ends are breaks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => escaped.push_str("<br>"),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => escaped.extend(['\\', sign]),
            '\t' => escaped.push(' '),
            _ if sign.is_control() => {}
            _ => escaped.push(sign),
        }
    }
    escaped
}
