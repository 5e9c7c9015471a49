//! Texts that a command writes for its user: a new office, and of the year an approval, an adjustment with what was and
//! what is from now on, a report whose lines wait to be filled in.
//!
//! Pure: a model in, a text of the one layout out. Who writes it to a file reads it back first.

mod adjustment;
mod approval;
mod report;
mod starter;

pub use adjustment::{WantedChange, adjustment, adjustment_lines};
pub use approval::approval;
pub use report::{DraftReport, WantedReport, report};
pub use starter::{FIRST_PROJECT, NewOffice, WantedOffice, new_office, usual_budget, wants_project_code};

use std::path::PathBuf;

use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::format::{Formatting, format};
use crate::language::{Block, Keyword, nearest};
use crate::model::calendar::{Date, Day};
use crate::syntax::point_of;

/// That nothing is called so, and which path is meant: by the whole of it, or by its last name.
pub fn no_such_thing<'a>(words: &str, paths: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let names = paths.into_iter().flat_map(|path| {
        let last = point_of(path).map(|point| (&path[point.end..], path));
        [(path, path)].into_iter().chain(last)
    });
    let help = nearest(words, names).map_or_else(texts::path_in_full_is, texts::did_you_mean);
    Diagnostic::without_place(Code::JX707, texts::no_such_thing(words)).help(help)
}

/// That several things are called so, by their paths in full.
pub fn several_things(words: &str, paths: &[&str]) -> Diagnostic {
    refused(texts::log_ambiguous(words, paths.len()), Some(texts::write_one_of(paths.join("、"))))
}

fn refused(message: Text, help: Option<Text>) -> Diagnostic {
    let diagnostic = Diagnostic::without_place(Code::JX707, message);
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Where a declaration of the year lies in its department's folder: `批复.jx`, `自评.jx`.
pub fn usual_file(keyword: Keyword) -> PathBuf {
    format!("{}.jx", Block::declared_by(keyword).word().0).into()
}

/// `调整/2025-09-10.jx`; the second of a day is `调整/2025-09-10-2.jx`.
pub fn file_of_adjustment(day: Day, number: usize) -> PathBuf {
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    let (folder, _) = Block::declared_by(Keyword::Adjustment).word();
    format!("{folder}/{day}{number}.jx").into()
}

/// `监控/06月底.jx`: names in the order of the year.
pub fn file_of_checkpoint(date: Date) -> String {
    let (folder, _) = Block::declared_by(Keyword::Monitoring).word();
    let day = date.day.map_or_else(|| "底".to_owned(), |day| format!("{day:02}日"));
    format!("{folder}/{:02}月{day}", date.month)
}

/// A declaration in the one layout.
fn declaration(keyword: Keyword, head: &str, lines: &[String]) -> String {
    let mut text = Block::declared_by(keyword).word().0.to_owned();
    for part in [head, "{"] {
        text.extend((!part.is_empty()).then(|| format!(" {part}")));
    }
    text.extend(lines.iter().flat_map(|line| ["\n  ", line]));
    format(&(text + "\n}\n"), &Formatting::default()).text
}
