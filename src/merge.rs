//! Three-way merge by what a text says: per declaration, indicator and field, down to single fund lines and references.
//!
//! ```text
//! base     指标 数量 宣传场次 ≥ 6 次
//! ours     指标 数量 进村宣传场次 ≥ 6 次        ─▶   指标 数量 进村宣传场次 ≥ 8 次
//! theirs   指标 数量 宣传场次 ≥ 8 次
//! ```
//!
//! Each text becomes an outline whose pieces are the text sign by sign (`outline`); items are matched by key, name and
//! likeness (`matching`) and merged piece by piece (`items`). So comments stay with what they are about, and what nobody
//! changed stays as it is written. A declaration with mistakes is merged by lines. Where both sides changed the same fact
//! differently, both stand between the markers that git and people know, named after the indicator.

pub mod folder;
mod items;
mod lines;
mod matching;
mod outline;

use items::{MergedPiece, Merger};
use lines::{Stretch, Touching};
use outline::Outlines;
pub use outline::ReadBy;

/// How conflicts are marked.
#[derive(Clone, Debug)]
pub struct Markers {
    /// How many signs a marker has; git says so.
    pub size: usize,
    /// What stands behind the first marker.
    pub ours: String,
    /// What stands behind the last marker.
    pub theirs: String,
    /// What both sides began with stands between them, as `merge.conflictStyle diff3` wants it.
    pub shows_base: bool,
    /// Theirs stands alone, without markers; the conflicts are told all the same.
    pub takes_theirs: bool,
}

impl Default for Markers {
    fn default() -> Self {
        Self { size: 7, ours: "ours".to_owned(), theirs: "theirs".to_owned(), shows_base: false, takes_theirs: false }
    }
}

/// A merged text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// With markers where there are conflicts.
    pub text: String,
    /// What each conflict is about, such as `项目.指标 指标值`, in the order of the text.
    pub conflicts: Vec<String>,
}

/// Merges what two sides made of a text. Line ends and the byte order mark are those of ours, unless only theirs changed.
pub fn merge(base: &str, ours: &str, theirs: &str, markers: &Markers) -> Merged {
    merge_by(base, ours, theirs, markers, ReadBy::default())
}

/// The same where it is known by what values are read.
fn merge_by(base: &str, ours: &str, theirs: &str, markers: &Markers, by: ReadBy<'_>) -> Merged {
    let clean = |text: &str| Merged { text: text.to_owned(), conflicts: Vec::new() };
    if ours == theirs || theirs == base {
        return clean(ours);
    }
    if ours == base {
        return clean(theirs);
    }
    let mark = if ours.starts_with('\u{FEFF}') { "\u{FEFF}" } else { "" };
    let has_carriage_returns = ours.find('\n').is_some_and(|end| ours[..end].ends_with('\r'));
    let [base, ours, theirs] = [base, ours, theirs].map(plain);
    let mut merged = merge_plain(&base, &ours, &theirs, markers, by);
    if has_carriage_returns {
        merged.text = merged.text.replace('\n', "\r\n");
    }
    merged.text.insert_str(0, mark);
    merged
}

/// A text in whose conflicts theirs is taken.
pub fn taking_theirs(text: &str) -> String {
    let (mut out, mut is_ours) = (String::with_capacity(text.len()), false);
    for line in text.split_inclusive('\n') {
        let starts = |sign: char| line.starts_with(&*sign.to_string().repeat(Markers::default().size));
        if starts('<') {
            is_ours = true;
        } else if is_ours && starts('=') {
            is_ours = false;
        } else if !is_ours && !starts('>') {
            out += line;
        }
    }
    out
}

/// A text with line feeds and without a byte order mark.
fn plain(text: &str) -> String {
    text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n")
}

fn merge_plain(base: &str, ours: &str, theirs: &str, markers: &Markers, by: ReadBy<'_>) -> Merged {
    let mut reader = Outlines::by(by);
    let outlines = [base, ours, theirs].map(|text| reader.read(text));
    let merged = Merger::default().merge(&outlines).map(|pieces| written(&pieces, markers));
    // Invariant: what was sound stays sound but for its conflicts; a merge by pieces that broke it would be worse than
    // lines.
    let is_sound =
        |text: &str| !reader.has_mistakes(text) || [base, ours, theirs].iter().any(|text| reader.has_mistakes(text));
    merged.filter(|merged| is_sound(&merged.text)).unwrap_or_else(|| by_lines(base, ours, theirs, markers))
}

/// The whole text as lines, as git merges it.
fn by_lines(base: &str, ours: &str, theirs: &str, markers: &Markers) -> Merged {
    written(&items::raw(base, ours, theirs, ""), markers)
}

/// The pieces as one text, conflicts between markers.
fn written(pieces: &[MergedPiece], markers: &Markers) -> Merged {
    let mut text = String::new();
    let mut conflicts = Vec::new();
    let marker = |sign: char| sign.to_string().repeat(markers.size.clamp(7, 1000));
    for piece in pieces {
        match piece {
            MergedPiece::Text(piece) => text += piece,
            MergedPiece::Conflict { theirs, subject, .. } if markers.takes_theirs => {
                text += theirs;
                conflicts.push(subject.clone());
            }
            MergedPiece::Conflict { ours, base, theirs, subject } => {
                let about = if subject.is_empty() { String::new() } else { format!(" {subject}") };
                text.extend([&marker('<'), " ", &markers.ours, &about, "\n"]);
                text += &line(ours);
                if markers.shows_base {
                    text.extend([&marker('|'), " base\n"]);
                    text += &line(base);
                }
                text += &marker('=');
                text.push('\n');
                text += &line(theirs);
                text.extend([&marker('>'), " ", &markers.theirs, &about]);
                conflicts.push(subject.clone());
            }
        }
    }
    Merged { text, conflicts }
}

fn line(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// Texts without structure: the pieces of a merge by lines, each conflict on lines of its own.
fn stretches_to_pieces(stretches: Vec<Stretch<'_>>, subject: &str) -> Vec<MergedPiece> {
    let mut pieces = Vec::new();
    let mut after_conflict = false;
    for stretch in stretches {
        match stretch {
            Stretch::Clean(lines) => {
                let text = lines.concat();
                if !text.is_empty() {
                    pieces.push(MergedPiece::Text(if after_conflict { format!("\n{text}") } else { text }));
                    after_conflict = false;
                }
            }
            Stretch::Conflict { ours, base, theirs } => {
                if after_conflict {
                    pieces.push(MergedPiece::Text("\n".to_owned()));
                }
                let side = |lines: Vec<&str>| lines.concat().trim_end_matches('\n').to_owned();
                pieces.push(MergedPiece::Conflict {
                    ours: side(ours),
                    base: side(base),
                    theirs: side(theirs),
                    subject: subject.to_owned(),
                });
                after_conflict = true;
            }
        }
    }
    pieces
}

/// Two changes of lines next to each other are one conflict, as git sees it.
const LINES: Touching = Touching::Together;
