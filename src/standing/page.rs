//! A page of tables and lines, and its three forms for people: text in columns that line up, Markdown, HTML.

use std::fmt::Write;

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use crate::diagnostic::{Language, page};
use crate::source::signs;

/// A page.
#[derive(Debug, Default)]
pub struct StandingPage {
    /// What it is about.
    pub title: String,
    /// From the top.
    pub parts: Vec<StandingPart>,
}

/// A part of a page.
#[derive(Debug)]
pub enum StandingPart {
    /// What follows is about.
    Heading(String),
    /// The headings, then rows of as many cells.
    Table {
        /// The headings of the columns.
        headings: Vec<&'static str>,
        /// Of them, those that hold numbers.
        numbers: Vec<bool>,
        /// The rows.
        rows: Vec<Vec<String>>,
    },
    /// Lines, each by itself.
    Lines(Vec<String>),
}

/// What stands between two columns.
const GAP: &str = "  ";

impl StandingPage {
    /// For a terminal.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 && matches!(part, StandingPart::Heading(_)) {
                text.push('\n');
            }
            match part {
                StandingPart::Heading(heading) => {
                    let _ = writeln!(text, "{}", signs::in_one_line(heading));
                }
                StandingPart::Lines(lines) => {
                    for line in lines {
                        let _ = writeln!(text, "{}", signs::in_one_line(line));
                    }
                }
                StandingPart::Table { headings, numbers, rows } => text += &table(headings, numbers, rows),
            }
        }
        text
    }

    /// For a discussion.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", escaped(&self.title));
        for part in &self.parts {
            text.push('\n');
            match part {
                StandingPart::Heading(heading) => {
                    let _ = writeln!(text, "## {}", escaped(heading));
                }
                StandingPart::Lines(lines) => {
                    for line in lines {
                        let _ = writeln!(text, "- {}", escaped(line.trim()));
                    }
                }
                StandingPart::Table { headings, numbers, rows } => {
                    let rule: Vec<&str> = numbers.iter().map(|number| if *number { "---:" } else { "---" }).collect();
                    let _ = writeln!(text, "| {} |\n| {} |", headings.join(" | "), rule.join(" | "));
                    for row in rows {
                        let cells: Vec<String> = row.iter().map(|cell| escaped(cell)).collect();
                        let _ = writeln!(text, "| {} |", cells.join(" | "));
                    }
                }
            }
        }
        text
    }

    /// Its parts, without its title: for a page around them.
    pub(crate) fn markup(&self) -> Markup {
        let class = |number: &bool| number.then_some("number");
        html! {
            @for part in &self.parts {
                @match part {
                    StandingPart::Heading(heading) => h2 { (signs::in_one_line(heading)) },
                    StandingPart::Lines(lines) => ul { @for line in lines { li { (signs::in_one_line(line)) } } },
                    StandingPart::Table { headings, numbers, rows } => table {
                        thead { tr { @for (heading, number) in headings.iter().zip(numbers) {
                            th class=[class(number)] { (heading) }
                        } } }
                        tbody { @for row in rows { tr { @for (cell, number) in row.iter().zip(numbers) {
                            td class=[class(number)] { (signs::in_one_line(cell)) }
                        } } } }
                    },
                }
            }
        }
    }

    /// As a page that stands alone.
    pub fn html(&self, language: Language) -> String {
        let body = html! {
            h1 { (signs::in_one_line(&self.title)) }
            (self.markup())
        };
        page::stand_alone(&self.title, STYLE, language, body)
    }
}

const STYLE: &str = include_str!("page.css");

fn table(headings: &[&'static str], numbers: &[bool], rows: &[Vec<String>]) -> String {
    let shown = |row: &[String]| row.iter().map(|cell| signs::in_one_line(cell).into_owned()).collect::<Vec<String>>();
    let mut all = vec![headings.iter().map(|heading| (*heading).to_owned()).collect::<Vec<String>>()];
    all.extend(rows.iter().map(|row| shown(row)));
    let mut widths = vec![0; headings.len()];
    for row in &all {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).zip(numbers).map(|((cell, width), number)| {
            let blanks = " ".repeat(width - cell.width());
            if *number { blanks + cell } else { cell.clone() + &blanks }
        });
        cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned() + "\n"
    };
    all.iter().map(line).collect()
}

/// Signs that mean something in Markdown mean themselves.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in signs::in_one_line(text).chars() {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => escaped.extend(['\\', sign]),
            _ => escaped.push(sign),
        }
    }
    escaped
}
