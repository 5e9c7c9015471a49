//! The forms of the year, as a browser shows and prints them: one page a form of a department.

use std::io::{self, Write};

use maud::{Markup, html};

use super::form::{head, lines, several};
use super::{HOLE, SCRIPT, STYLE, compact, frame, policy};
use crate::backend::official::{CellKind, Drawn, FormBlock, FormCell, FormTable};
use crate::diagnostic::Language;
use crate::model::standard::monitoring::LightColour;

const YEAR_STYLE: &str = include_str!("year.css");
/// The paper of forms that lie across it; on a screen the contents stand above them.
const WIDE: &str = include_str!("wide.css");

/// Writes a page.
pub(super) fn page(out: &mut dyn Write, drawn: Drawn<'_>, language: Language) -> io::Result<()> {
    let say = |chinese: &str, english: &str| match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    };
    let style = format!("{STYLE}{YEAR_STYLE}{}", if drawn.is_wide { WIDE } else { "" });
    let frame =
        frame(drawn.title, &policy(&style, super::SCRIPT), &super::SearchWords::OF_INDICATORS, &say).into_string();
    let mut frame = frame.split(HOLE.0);
    let mut go_on = |out: &mut dyn Write| compact::write(out, frame.next().unwrap_or_default());
    let blocks: Vec<FormBlock> = drawn.blocks.collect();

    go_on(out)?;
    out.write_all(style.as_bytes())?;
    go_on(out)?;
    compact::write(out, &contents(&blocks).into_string())?;
    go_on(out)?;
    compact::write(out, &body(drawn.title, drawn.owner, &blocks).into_string())?;
    go_on(out)?;
    out.write_all(SCRIPT.as_bytes())?;
    go_on(out)?;
    out.write_all(b"\n")
}

/// The entries of the contents: every heading, by the number of its block.
fn contents(blocks: &[FormBlock]) -> Markup {
    html! {
        @for (number, block) in (1..).zip(blocks) {
            @if let Some((_, heading)) = block.listed() { li { a href={ "#f" (number) } { (heading) } } }
        }
    }
}

fn body(title: &str, owner: &str, blocks: &[FormBlock]) -> Markup {
    let rest = title.strip_prefix(owner).unwrap_or(title);
    html! {
        section.department.year {
            header.title { h1 { (owner) wbr; span.whole { (rest) } } }
            @for (number, block) in (1..).zip(blocks) { (drawn_block(number, block)) }
        }
    }
}

fn drawn_block(number: usize, block: &FormBlock) -> Markup {
    match block {
        FormBlock::Part { ordinal, name } => html! {
            header.chapter #{ "f" (number) } { @if let Some(ordinal) = ordinal { p { (ordinal) } } h2 { (name) } }
        },
        FormBlock::Heading(text) => html! { div.prose { h3 #{ "f" (number) } { (text) } } },
        FormBlock::Ordinal(text) => html! { div.prose { p.ordinal { (text) } } },
        FormBlock::Paragraph { lead, text } => html! {
            div.prose { p { @if !lead.is_empty() { span.key { (lead) } } (text) } }
        },
        FormBlock::Table { caption, table } => html! {
            section.project.within { h4 { (caption) } (tables(number, std::slice::from_ref(&**table))) }
        },
        FormBlock::Form(sheet) => html! {
            section.project #{ "f" (number) } aria-labelledby={ "f" (number) "-name" } {
                h3 #{ "f" (number) "-name" } { (sheet.heading) }
                (tables(number, &sheet.tables))
            }
        },
        // The approved targets have a page of their own.
        FormBlock::Project(_) => html! {},
    }
}

fn tables(number: usize, tables: &[FormTable]) -> Markup {
    html! {
        @for (index, table) in (1..).zip(tables) {
            @if table.heading_rows == 0 { (head(table)) }
            @else { div.scroll { (rows(table, &format!("f{number}-{index}"))) } }
        }
    }
}

/// A table with headings: its rows by the cells that go over several of them.
fn rows(table: &FormTable, id: &str) -> Markup {
    let (heading, rows) = table.rows.split_at(table.heading_rows);
    let lowest = lowest(heading, table.widths.len());
    let is_amounts = rows.iter().all(|row| row.first().is_some_and(|first| first.kind == CellKind::Heading))
        && rows.iter().all(|row| row.iter().skip(1).all(|cell| cell.kind != CellKind::Heading && !cell.continues()));
    let mut index = 0..;
    html! {
        table.form.rows.money[is_amounts] {
            thead { @for row in heading { tr {
                @for cell in row.iter().filter(|cell| !cell.continues()) {
                    th scope=(if cell.columns > 1 { "colgroup" } else { "col" })
                        colspan=[several(cell.columns)] rowspan=[several(cell.rows)] { (cell.text) }
                }
            } } }
            @for group in groups(rows) {
                tbody { @for (row, index) in group.iter().zip(&mut index) {
                    tr #{ (id) "-" (index + 1) } { (cells(row, &lowest)) }
                } }
            }
        }
    }
}

/// The heading over each column, the lower one of two.
fn lowest(heading: &[Vec<FormCell>], columns: usize) -> Vec<&str> {
    let mut lowest = vec![""; columns];
    for row in heading {
        let mut column = 0;
        for cell in row {
            if !cell.continues() {
                lowest.iter_mut().skip(column).take(cell.columns).for_each(|one| *one = &cell.text);
            }
            column += cell.columns;
        }
    }
    lowest
}

/// Rows that one cell at their left holds together.
fn groups(rows: &[Vec<FormCell>]) -> impl Iterator<Item = &[Vec<FormCell>]> {
    rows.chunk_by(|_, next| next.first().is_some_and(FormCell::continues))
}

fn cells(row: &[FormCell], headings: &[&str]) -> Markup {
    let mut column = 0;
    let mut placed = Vec::new();
    for cell in row {
        placed.push((column, cell));
        column += cell.columns;
    }
    html! {
        @for (column, cell) in placed.into_iter().filter(|(_, cell)| !cell.continues()) {
            (one_cell(cell, column, headings.get(column).copied().unwrap_or_default()))
        }
    }
}

fn one_cell(cell: &FormCell, column: usize, heading: &str) -> Markup {
    let (columns, rows) = (several(cell.columns), several(cell.rows));
    let scope = if cell.rows > 1 { "rowgroup" } else { "row" };
    let shown = LightColour::ALL.iter().find(|(colour, ..)| cell.text.starts_with(colour.sign()));
    let light = shown.map(|(colour, ..)| format!("light {}", colour.english()));
    // A cell without a word needs no heading on a narrow screen.
    let heading = (!cell.text.is_empty()).then_some(heading);
    html! {
        @match cell.kind {
            CellKind::Heading => {
                th.first[column == 0] scope=(scope) colspan=[columns] rowspan=[rows] { (cell.text) }
            }
            CellKind::Number => { td.number data-heading=[heading] colspan=[columns] rowspan=[rows] { (cell.text) } }
            CellKind::Prose => { td.words data-heading=[heading] colspan=[columns] rowspan=[rows] { (lines(&cell.text)) } }
            CellKind::Text | CellKind::Above => {
                td class=[light] data-heading=[heading] colspan=[columns] rowspan=[rows] { (cell.text) }
            }
        }
    }
}
