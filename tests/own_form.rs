//! A place's own form comes back: document, import, files, document. What is counted are the words of the document that are
//! missing in the one that is printed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::import_forms::{in_every_format, merged};
use crate::import_samples::own_kinds;
use crate::support::artifacts;
use jixiao::import::{Imported, Importing, import};
use jixiao::model::Model;

/// The words of a text: what stands between signs that are neither letters nor digits. A comma within a number is none.
fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let signs: Vec<char> = text.chars().collect();
        let is_digit = |sign: Option<&char>| sign.is_some_and(char::is_ascii_digit);
        let mut word = String::new();
        for (at, sign) in signs.iter().enumerate() {
            let is_within = at > 0 && is_digit(signs.get(at - 1)) && is_digit(signs.get(at + 1));
            match sign {
                ',' | '，' if is_within => {}
                '.' if is_within => word.push('.'),
                sign if sign.is_alphanumeric() => word.push(*sign),
                _ => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            }
        }
        words.extend(Some(word).filter(|word| !word.is_empty()));
    }
    words
}

/// The words of cells, and those that they are without blanks, which names do not keep.
fn with_joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let joined: Vec<String> = texts.iter().map(|text| text.split_whitespace().collect()).collect();
    words(texts.into_iter().chain(joined.iter().map(String::as_str)))
}

/// Whether a document is a form of targets: a project with indicators, and nothing of the year.
fn is_form(imported: &Imported) -> bool {
    let is_of_year = |(_, text): &(String, String)| {
        text.lines().any(|line| ["自评 ", "监控 ", "复核 ", "评价 "].iter().any(|word| line.starts_with(word)))
    };
    imported.model.projects.iter().any(|one| !one.indicators.is_empty()) && !imported.files.iter().any(is_of_year)
}

/// What a model prints: the words of the texts and of the word processor's document.
fn printed(model: &Model, format: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for artifact in artifacts(model, format) {
        if format == "text" {
            all.extend(with_joined(std::str::from_utf8(&artifact.bytes).expect("text").lines()));
        } else {
            let name = artifact.path.display().to_string();
            let back = import(&name, &artifact.bytes, &Importing::default()).expect("a document");
            all.extend(with_joined(back.texts()));
        }
    }
    all
}

/// The words of an import's cells that are not among others, and were not told as left over. A cell may come back without
/// its blanks.
fn missing(imported: &Imported, printed: &BTreeSet<String>) -> BTreeSet<String> {
    let left: Vec<String> = imported.left_over().into_iter().map(|left| left.text).collect();
    let printed = &printed.union(&words(left.iter().map(String::as_str))).cloned().collect();
    let mut missing = BTreeSet::new();
    for text in imported.texts() {
        let joined: String = text.split_whitespace().collect();
        if !words([joined.as_str()]).is_subset(printed) {
            missing.extend(words([text]).difference(printed).cloned());
        }
    }
    missing
}

#[derive(Default)]
struct Figures {
    documents: usize,
    words: usize,
    /// What did not come back in the usual form, and in the own one.
    before: usize,
    after: usize,
    missing: String,
}

impl Figures {
    fn add(&mut self, name: &str, mut imported: Imported) {
        if !is_form(&imported) {
            return;
        }
        self.documents += 1;
        self.words += words(imported.texts()).len();
        for format in ["text", "docx"] {
            let missing = missing(&imported, &printed(&imported.model, format));
            if format == "text" {
                self.after += missing.len();
            }
            if !missing.is_empty() {
                let missing: Vec<String> = missing.into_iter().collect();
                let _ = writeln!(self.missing, "{name} as {format}: {}", missing.join(" "));
            }
        }
        for standard in &mut imported.model.standards {
            Arc::make_mut(standard).project_form = None.into();
        }
        self.before += missing(&imported, &printed(&imported.model, "text")).len();
    }

    fn permille(&self, missing: usize) -> usize {
        missing * 1000 / self.words.max(1)
    }
}

/// The goal: of a hundred words of the forms two do not come back.
const MOST: usize = 20;

#[test]
fn the_words_of_the_cases_come_back() {
    let folder = crate::support::root().join("../shared/cases/import");
    let Ok(listing) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut files: Vec<std::path::PathBuf> = listing.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut figures = Figures::default();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".jx") || name.ends_with(".md") && !name.ends_with(".input.md") {
            continue;
        }
        if let Ok(imported) = import(&name, &std::fs::read(&path).expect("a case"), &Importing::default()) {
            figures.add(&name, imported);
        }
    }
    let (before, after) = (figures.permille(figures.before), figures.permille(figures.after));
    eprintln!("{} forms, {} words: {before} ‰ before, {after} ‰ now", figures.documents, figures.words);
    assert!(after <= MOST, "{after} ‰ of {} words\n{}", figures.words, figures.missing);
}

#[test]
fn the_words_of_our_own_kinds_come_back_in_every_format() {
    let mut figures = Figures::default();
    for (name, rows) in own_kinds() {
        for imported in in_every_format(&merged(&rows)) {
            let kind = imported.kind;
            figures.add(&format!("{name} from {kind:?}"), imported);
        }
    }
    let (before, after) = (figures.permille(figures.before), figures.permille(figures.after));
    eprintln!("{} forms, {} words: {before} ‰ before, {after} ‰ now", figures.documents, figures.words);
    assert!(after <= MOST, "{after} ‰ of {} words\n{}", figures.words, figures.missing);
}
