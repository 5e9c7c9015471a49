//! The formatter: one layout and one spelling for what means the same.
//!
//! ```text
//! 指标　数量　宣传场次＞＝１，０００次   ─▶   指标 数量 宣传场次 ≥ 1000 次
//! ```
//!
//! A declaration at a time: a sound one is laid out anew (`layout`), one with mistakes is respelt around them
//! (`around`). Every result is read again and must mean the same, with every comment at its place (`meaning`);
//! otherwise the text stays as it was. So no text can be damaged, and formatting twice changes nothing more.

mod around;
pub(crate) mod extents;
pub(crate) mod layout;
mod meaning;
pub(crate) mod order;
pub(crate) mod regions;
mod spelling;
pub(crate) mod words;

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use around::{Care, format_around};
use layout::StatementLayout;

pub(crate) use layout::inner_block;
use meaning::{Meaning, meaning};
use spelling::Spelling;

use crate::diagnostic::{Code, Diagnostic, Language};
use crate::source::{FileId, Sources};
use crate::syntax::{self, Chunk, Tree, parse_chunk, split};

/// What is wished of a run.
#[derive(Clone, Debug, Default)]
pub struct Formatting {
    /// The language of labels and keywords; none for the author's.
    pub keywords: Option<Language>,
    /// The lines to format, counted from one; none for all.
    pub lines: Option<RangeInclusive<usize>>,
}

/// A formatted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formatted {
    /// The whole text, also where some of it stayed.
    pub text: String,
    /// Mistakes stayed as they are.
    pub has_mistakes: bool,
    /// The text stayed as it was, because the result would not have meant the same.
    pub is_refused: bool,
}

/// Respelling around mistakes settles after so many rounds, or the declaration stays as it was.
const MAXIMUM_ROUNDS: usize = 4;

/// Formats a text. Line ends and the byte order mark stay as the text has them.
pub fn format(text: &str, options: &Formatting) -> Formatted {
    let mark = if text.starts_with('\u{FEFF}') { "\u{FEFF}" } else { "" };
    let has_carriage_returns = text.find('\n').is_some_and(|end| text[..end].ends_with('\r'));
    let plain: Arc<str> = text[mark.len()..].replace("\r\n", "\n").replace('\r', "\n").into();
    let mut formatted = format_plain(&plain, options);
    if formatted.is_refused || formatted.text == *plain && !text.contains('\r') {
        return Formatted { text: text.to_owned(), ..formatted };
    }
    if has_carriage_returns {
        formatted.text = formatted.text.replace('\n', "\r\n");
    }
    formatted.text.insert_str(0, mark);
    formatted
}

fn format_plain(text: &Arc<str>, options: &Formatting) -> Formatted {
    let file = Sources::default().add("", "");
    let unchanged = |has_mistakes| Formatted { text: text.to_string(), has_mistakes, is_refused: false };
    let Ok(chunks) = split(file, text) else { return unchanged(true) };
    let parsed = syntax::parse(file, text);
    let comments = comments_on_own_lines(text, &parsed.0);
    let conflicts = syntax::conflicts(text);
    let conflicts = conflicts.iter().flat_map(|conflicts| &conflicts.regions).map(|region| region.bytes.clone());
    let stays = regions::verbatim(text, &comments, conflicts, options.lines.as_ref());
    let spelling = Spelling { keywords: options.keywords };
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let last = chunks.len().saturating_sub(1);
    for (index, chunk) in chunks.iter().enumerate() {
        let stays: Vec<Range<usize>> = stays.iter().filter_map(|stay| clipped(stay, &chunk.bytes)).collect();
        let piece = SingleDeclaration {
            text: text[chunk.bytes.clone()].into(),
            file,
            spelling,
            stays: &stays,
            is_last: index == last,
        };
        out += &piece.format(chunk);
    }
    let has_mistakes = !parsed.1.is_empty();
    let is_same = *out == **text || reading(file, &parsed, text) == read(file, &out.as_str().into());
    if is_same {
        Formatted { text: out, has_mistakes, is_refused: false }
    } else {
        Formatted { is_refused: true, ..unchanged(has_mistakes) }
    }
}

/// The part of a stretch that lies in a chunk, from the start of the chunk.
fn clipped(stay: &Range<usize>, chunk: &Range<usize>) -> Option<Range<usize>> {
    let clipped = stay.start.max(chunk.start)..stay.end.min(chunk.end);
    (clipped.start < clipped.end).then(|| clipped.start - chunk.start..clipped.end - chunk.start)
}

fn comments_on_own_lines(text: &str, tree: &Tree) -> Vec<Range<usize>> {
    let comments = tree.comments.iter().map(|comment| comment.start as usize..comment.end as usize);
    let is_alone = |comment: &Range<usize>| {
        text[regions::line_start(text, comment.start)..comment.start].chars().all(syntax::is_blank)
    };
    comments.filter(is_alone).collect()
}

/// What a text means, and the codes of its mistakes.
fn read(file: FileId, text: &Arc<str>) -> (Meaning, Vec<Code>) {
    reading(file, &syntax::parse(file, text), text)
}

fn reading(file: FileId, (tree, found): &(Tree, Vec<Diagnostic>), text: &Arc<str>) -> (Meaning, Vec<Code>) {
    (meaning(tree, text, file), found.iter().map(|diagnostic| diagnostic.code).collect())
}

/// One declaration, as a text of its own.
struct SingleDeclaration<'a> {
    text: Arc<str>,
    file: FileId,
    spelling: Spelling,
    stays: &'a [Range<usize>],
    is_last: bool,
}

impl SingleDeclaration<'_> {
    /// The declaration formatted as far as its meaning stays.
    fn format(&self, chunk: &Chunk) -> String {
        let is_all = |stay: &Range<usize>| *stay == (0..self.text.len());
        if self.stays.iter().any(is_all) {
            return self.text.to_string();
        }
        let chunk = chunk.alone(&self.text);
        let parsed = parse_chunk(self.file, &self.text, &chunk);
        let before = reading(self.file, &parsed, &self.text);
        let (tree, found) = &parsed;
        if found.is_empty()
            && let Some(text) = self.laid_out(tree)
            && self.is_settled(&text, tree, &chunk, false)
            && read(self.file, &text.as_str().into()) == before
        {
            return text;
        }
        // Lines that move would move what stays verbatim.
        let tries: &[Care] = match (found.is_empty(), self.stays.is_empty()) {
            (true, _) => &[],
            (false, true) => &[Care::Lines, Care::Heads],
            (false, false) => &[Care::Heads],
        };
        let settled = tries.iter().filter_map(|care| self.settled(tree, &before, *care));
        settled
            .into_iter()
            .find(|text| self.is_settled(text, tree, &chunk, true))
            .unwrap_or_else(|| self.text.to_string())
    }

    /// Whether a result is cut into as many pieces as it has declarations, so that the next run finds each as it is. One
    /// with mistakes stays one piece.
    fn is_settled(&self, text: &str, tree: &Tree, chunk: &Chunk, has_mistakes: bool) -> bool {
        let chunks = split(self.file, text).unwrap_or_default();
        let declarations = if has_mistakes { 1 } else { tree.roots(self.file, &self.text).count().max(1) };
        chunks.len() == declarations && (chunk.keyword.is_none() || chunks[0].keyword == chunk.keyword)
    }

    fn laid_out(&self, tree: &Tree) -> Option<String> {
        let mut layout = StatementLayout::new(&self.text, tree, self.spelling, self.stays)?;
        let lines = layout.lines(tree.roots(self.file, &self.text));
        let mut out = layout::write(&lines, &self.text, self.stays);
        let ends_verbatim = self.stays.last().is_some_and(|stay| stay.end == self.text.len());
        if !self.is_last && !ends_verbatim && !out.is_empty() {
            let ends_declaration = layout.ends_with_declaration();
            let left_empty = self.text[self.text.trim_end().len()..].matches('\n').count() > 1;
            if ends_declaration || left_empty {
                out.push('\n');
            }
        }
        Some(out)
    }

    /// The text respelt around its mistakes, once another round changes nothing more.
    fn settled(&self, tree: &Tree, before: &(Meaning, Vec<Code>), care: Care) -> Option<String> {
        let mut text = self.text.clone();
        let mut tree = tree.clone();
        for _ in 0..MAXIMUM_ROUNDS {
            let next: Arc<str> = format_around(&tree, &text, self.file, self.spelling, self.stays, care).into();
            if next == text {
                return Some(text.to_string());
            }
            let parsed = syntax::parse(self.file, &next);
            if reading(self.file, &parsed, &next) != *before {
                return None;
            }
            if !self.stays.is_empty() {
                return Some(next.to_string());
            }
            (text, tree) = (next, parsed.0);
        }
        None
    }
}
