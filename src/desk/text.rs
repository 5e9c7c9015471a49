//! The text of a file as an editor of a page has it: what its words are, what was found in it, what may be written at a
//! place, and what stands there.
//!
//! A page counts units of 16 bits, and each line end as one; what is told to it and what it asks is counted here.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::pages::{DeskPage, PageStyle, tried};
use super::{Desk, DeskChange, NotMade};
use crate::diagnostic::{Diagnostic, Language, Text};
use crate::editor::completion::complete;
use crate::editor::hover::hover;
use crate::editor::semantic::{TokenKind, coloured};
use crate::source::{FileId, Span, TextChange};

/// What an editor asks about the text that it holds. Places are as a page counts them.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TextQuestion {
    /// The stretch that is seen: its colours, and what was found in the file.
    pub shown: Option<(u32, u32)>,
    /// Where something is being written: what may stand there.
    pub writing_at: Option<u32>,
    /// Where the pointer rests: what stands there.
    pub pointing_at: Option<u32>,
}

/// What a page would show after a change that is not made.
pub struct TriedOut {
    /// The parts of the page, or why the change could not be made.
    pub parts: Result<Vec<(&'static str, String)>, NotMade>,
    /// How what is typed into a field is understood; none where the form among the parts shows it.
    pub understood: Option<String>,
    /// What was asked of the text that was typed.
    pub answer: Option<Value>,
    /// What would be another in the file that the page is about: the version of its text, the places between which it
    /// differs, and what would stand there.
    pub text: Option<Value>,
}

/// Tries a change out for a page; where it is a text that is typed, also what its editor asks.
pub fn tried_out(
    desk: &mut Desk,
    change: &DeskChange,
    page: &DeskPage,
    pages: PageStyle<'_>,
    question: Option<TextQuestion>,
) -> TriedOut {
    let typed = match (change, question) {
        (DeskChange::Text { path, text, .. }, Some(question)) => Some((path, text, question)),
        _ => None,
    };
    let (mut answer, mut text, mut understood) = (None, None, None);
    desk.come_back();
    let before = page.project(&desk.analysis().model).map(|id| {
        let source = desk.analysis().sources.get(desk.analysis().model[id].span.file);
        (source.path.clone(), source.text.clone())
    });
    let parts = desk.try_out(change, |desk| {
        // Joined with what somebody else wrote it is another text than the one on the page.
        answer = typed.filter(|(path, text, _)| is_held(desk, path, text)).and_then(|(path, _, question)| {
            let file = desk.session.file(path)?;
            Some(told(desk, file, question, pages.language))
        });
        text = before.and_then(|(path, before)| {
            let file = desk.session.file(&path)?;
            let (from, to, text) = difference(file, &before, &desk.analysis().sources.get(file).text);
            Some(json!({ "version": desk.version(&path), "from": from, "to": to, "text": text }))
        });
        let (parts, told) = tried(desk, page, pages, change);
        understood = told;
        parts
    });
    if let (None, Some((path, text, question))) = (&answer, typed) {
        answer = asked(desk, path, text, question, pages.language);
    }
    TriedOut { parts, understood, answer, text }
}

/// What an editor asks about a text, which is not kept; none where there is no such file.
pub fn asked(desk: &mut Desk, path: &str, text: &str, question: TextQuestion, language: Language) -> Option<Value> {
    desk.with_text(path, text, |desk, file| told(desk, file, question, language))
}

/// Where the text of a page becomes another, as a page counts, and what stands there then.
fn difference(file: FileId, before: &Arc<str>, after: &Arc<str>) -> (usize, usize, String) {
    let units = |text: &str| text.encode_utf16().count();
    if before.contains('\r') || after.contains('\r') {
        let [before, after] = [before, after].map(|text| text.replace("\r\n", "\n"));
        return (0, units(&before), after);
    }
    let Some(change) = TextChange::between(file, before, after) else { return (0, 0, String::new()) };
    let from = units(&before[..change.start]);
    (from, from + units(&before[change.start..change.old_end]), after[change.start..change.new_end].to_owned())
}

/// Whether a file holds the text of a page.
fn is_held(desk: &Desk, path: &str, text: &str) -> bool {
    desk.text(path).is_some_and(|held| **held == *text || held.replace("\r\n", "\n") == text)
}

fn told(desk: &Desk, file: FileId, question: TextQuestion, language: Language) -> Value {
    let analysis = desk.analysis();
    let text = &analysis.sources.get(file).text;
    let places = PagePlaces::of(text);
    let say = |text: &Text| text.in_language(language).into_owned();
    let mut told = json!({});
    if let Some((from, to)) = question.shown {
        let seen = Span::new(file, places.byte(from), places.byte(to.max(from)));
        let words = coloured(analysis, seen).into_iter().map(|one| {
            let kind = TokenKind::NAMES[one.kind as usize];
            json!([places.unit(one.span.start), places.unit(one.span.end), kind])
        });
        let found = nearest(desk.session.findings_in(file), seen).iter().filter_map(|one| {
            let span = one.span()?;
            Some(json!({
                "from": places.unit(span.start),
                "to": places.unit(span.end),
                "severity": one.severity.id(),
                "code": one.code.id(),
                "message": say(&one.message),
                "help": one.help.as_ref().map(say),
            }))
        });
        told["shown"] = json!([from, to]);
        told["colours"] = words.collect();
        told["findings"] = found.collect();
    }
    if let Some(at) = question.writing_at {
        let offered = complete(analysis, file, places.byte(at)).items.into_iter().map(|one| {
            json!({
                "from": places.unit(one.replaces.start),
                "to": places.unit(one.replaces.end),
                "label": one.label,
                "text": one.text,
                "is_snippet": one.is_snippet,
                "detail": one.detail.as_ref().map(say),
                "documentation": one.documentation.as_ref().map(say),
            })
        });
        told["completion"] = offered.collect();
    }
    if let Some(at) = question.pointing_at {
        told["hover"] = hover(analysis, file, places.byte(at), language)
            .map(
                |one| json!({ "from": places.unit(one.span.start), "to": places.unit(one.span.end), "text": one.text }),
            )
            .into();
    }
    told
}

/// So many findings are told to an editor. A file of hundreds of projects has thousands, and the editor asks anew when
/// another stretch is seen.
const TOLD_FINDINGS: usize = 400;

/// Of what was found in a file, in order, what is nearest to a stretch.
fn nearest(found: &[Diagnostic], seen: Span) -> &[Diagnostic] {
    let first = found.partition_point(|one| one.span().is_none_or(|span| span.start < seen.start));
    let start = first.saturating_sub(TOLD_FINDINGS / 4).min(found.len().saturating_sub(TOLD_FINDINGS));
    &found[start..found.len().min(start + TOLD_FINDINGS)]
}

/// Bytes of a text, and the places that a page counts.
struct PagePlaces<'t> {
    text: &'t str,
    /// Of each line the byte and the place where it starts.
    lines: Vec<(u32, u32)>,
}

impl<'t> PagePlaces<'t> {
    fn of(text: &'t str) -> Self {
        let mut lines = vec![(0, 0)];
        let mut units = 0;
        let mut signs = text.char_indices().peekable();
        while let Some((byte, sign)) = signs.next() {
            units += sign.len_utf16() as u32;
            let is_pair = sign == '\r' && signs.next_if(|(_, next)| *next == '\n').is_some();
            if matches!(sign, '\n' | '\r') {
                lines.push((byte as u32 + 1 + u32::from(is_pair), units));
            }
        }
        Self { text, lines }
    }

    /// The place of a byte.
    fn unit(&self, byte: u32) -> u32 {
        let byte = self.text.floor_char_boundary(byte as usize);
        let line = self.lines.partition_point(|(start, _)| *start as usize <= byte) - 1;
        let (start, units) = self.lines[line];
        units + self.text[start as usize..byte].encode_utf16().count() as u32
    }

    /// The byte of a place; of one inside a sign, where the sign starts, and the end of the text for one behind it.
    fn byte(&self, unit: u32) -> usize {
        let line = self.lines.partition_point(|(_, units)| *units <= unit) - 1;
        let (start, mut units) = self.lines[line];
        let start = start as usize;
        for (offset, sign) in self.text[start..].char_indices() {
            units += sign.len_utf16() as u32;
            if units > unit {
                return start + offset;
            }
        }
        self.text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_counts_units_and_line_ends_as_one() {
        let text = "指标 a\r\n😀b\r最后\n";
        let page = text.replace("\r\n", "\n").replace('\r', "\n");
        let places = PagePlaces::of(text);
        for (byte, sign) in text.char_indices() {
            if text[..byte].ends_with('\r') && sign == '\n' {
                continue;
            }
            let before = text[..byte].replace("\r\n", "\n");
            let unit = before.encode_utf16().count() as u32;
            assert_eq!((places.unit(byte as u32), places.byte(unit)), (unit, byte), "{byte}");
        }
        let end = page.encode_utf16().count() as u32;
        assert_eq!((places.unit(text.len() as u32), places.byte(end)), (end, text.len()));
        assert_eq!(places.byte(u32::MAX), text.len());
        let face = text.find('😀').expect("a face");
        assert_eq!(places.byte(places.unit(face as u32) + 1), face, "inside a sign");
    }
}
