//! The formatter: one layout and one spelling for what means the same.
//!
//! ```text
//! 指标　数量　宣传场次＞＝１，０００次   ─▶   指标 数量 宣传场次 ≥ 1000 次
//! ```
//!
//! A declaration at a time: a sound one is laid out anew (`layout`), one with mistakes is respelt around them
//! (`around`). A result with other words, or on other lines, is read again and must mean the same, with every comment at
//! its place (`meaning`); otherwise the text stays as it was. So no text can be damaged, and formatting twice changes
//! nothing more.

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
    let spelling = Spelling { keywords: options.keywords };
    let alone: Vec<Alone> = chunks.iter().map(|chunk| Alone::new(file, &text[chunk.bytes.clone()], chunk)).collect();
    // Whole declarations say together what each says alone; others may reach further than their piece.
    let whole = if are_whole(&chunks) { None } else { Some(syntax::parse(file, text)) };
    let comments: Vec<Range<usize>> = if let Some((tree, _)) = &whole {
        comments_on_own_lines(text, tree).collect()
    } else {
        let of_piece = |(one, chunk): (&'_ Alone, &'_ Chunk)| {
            let start = chunk.bytes.start;
            let own = comments_on_own_lines(&one.text, &one.parsed.0);
            own.map(|comment| start + comment.start..start + comment.end).collect::<Vec<_>>()
        };
        alone.iter().zip(&chunks).flat_map(of_piece).collect()
    };
    let has_mistakes = match &whole {
        Some((_, found)) => !found.is_empty(),
        None => alone.iter().any(|one| !one.parsed.1.is_empty()),
    };
    let conflicts = syntax::conflicts(text);
    let conflicts = conflicts.iter().flat_map(|conflicts| &conflicts.regions).map(|region| region.bytes.clone());
    let stays = regions::verbatim(text, &comments, conflicts, options.lines.as_ref());
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut starts = Vec::with_capacity(chunks.len());
    let last = chunks.len().saturating_sub(1);
    for (index, (alone, chunk)) in alone.iter().zip(&chunks).enumerate() {
        let stays: Vec<Range<usize>> = stays.iter().filter_map(|stay| clipped(stay, &chunk.bytes)).collect();
        let start = out.len();
        out += &SingleDeclaration { alone, file, spelling, stays: &stays, is_last: index == last }.format();
        starts.extend((out.len() > start).then_some(start));
    }
    // Each piece was compared alone: together they mean the same where they part where they did.
    let parts_as_before = || {
        let parted = split(file, &out).unwrap_or_default();
        whole.is_none() && !has_mistakes && are_whole(&parted) && parted.iter().map(|one| one.bytes.start).eq(starts)
    };
    let is_same = *out == **text || parts_as_before() || {
        let parsed = whole.clone().unwrap_or_else(|| syntax::parse(file, text));
        reading(file, &parsed, text) == read(file, &out.as_str().into())
    };
    if is_same {
        Formatted { text: out, has_mistakes, is_refused: false }
    } else {
        Formatted { is_refused: true, ..unchanged(has_mistakes) }
    }
}

/// Whether the grammar may read each piece of a text by itself.
fn are_whole(chunks: &[Chunk]) -> bool {
    chunks.iter().all(|chunk| chunk.is_whole && chunk.conflicts.is_none())
}

/// The part of a stretch that lies in a chunk, from the start of the chunk.
fn clipped(stay: &Range<usize>, chunk: &Range<usize>) -> Option<Range<usize>> {
    let clipped = stay.start.max(chunk.start)..stay.end.min(chunk.end);
    (clipped.start < clipped.end).then(|| clipped.start - chunk.start..clipped.end - chunk.start)
}

fn comments_on_own_lines<'t>(text: &'t str, tree: &'t Tree) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let comments = tree.comments.iter().map(|comment| comment.start as usize..comment.end as usize);
    comments
        .filter(|comment| text[regions::line_start(text, comment.start)..comment.start].chars().all(syntax::is_blank))
}

/// Whether two texts have the same words on the same lines: then blanks around lines and empty lines alone tell them
/// apart, which mean nothing. A text that may go over several lines is not known to.
fn are_same_lines(one: &str, other: &str) -> bool {
    fn lines(text: &str) -> impl Iterator<Item = &str> {
        text.lines().map(|line| line.trim_matches(syntax::is_blank)).filter(|line| !line.is_empty())
    }
    let mut quotes = one.match_indices(['"', '“', '”', '＂']);
    let goes_on = one.contains('\\') || quotes.any(|(at, _)| syntax::three_quotes(&one[at..]).is_some());
    !goes_on && lines(one).eq(lines(other))
}

/// What a text means, and the codes of its mistakes.
fn read(file: FileId, text: &Arc<str>) -> (Meaning, Vec<Code>) {
    reading(file, &syntax::parse(file, text), text)
}

fn reading(file: FileId, (tree, found): &(Tree, Vec<Diagnostic>), text: &Arc<str>) -> (Meaning, Vec<Code>) {
    (meaning(tree, text, file), found.iter().map(|diagnostic| diagnostic.code).collect())
}

/// One declaration, as a text of its own.
struct Alone {
    text: Arc<str>,
    chunk: Chunk,
    parsed: (Tree, Vec<Diagnostic>),
}

impl Alone {
    fn new(file: FileId, text: &str, chunk: &Chunk) -> Self {
        let (text, chunk): (Arc<str>, Chunk) = (text.into(), chunk.alone(text));
        let parsed = parse_chunk(file, &text, &chunk);
        Self { text, chunk, parsed }
    }
}

/// One declaration to be formatted.
struct SingleDeclaration<'a> {
    alone: &'a Alone,
    file: FileId,
    spelling: Spelling,
    stays: &'a [Range<usize>],
    is_last: bool,
}

impl SingleDeclaration<'_> {
    /// The declaration formatted as far as its meaning stays.
    fn format(&self) -> String {
        let Alone { text, parsed, .. } = self.alone;
        let is_all = |stay: &Range<usize>| *stay == (0..text.len());
        if self.stays.iter().any(is_all) {
            return text.to_string();
        }
        let (tree, found) = parsed;
        if found.is_empty() {
            let result = self.laid_out(tree).filter(|result| **result == **text || self.means_the_same(result));
            return result.unwrap_or_else(|| text.to_string());
        }
        let before = reading(self.file, parsed, text);
        // Lines that move would move what stays verbatim.
        let tries: &[Care] = if self.stays.is_empty() { &[Care::Lines, Care::Heads] } else { &[Care::Heads] };
        let settled = tries.iter().filter_map(|care| self.settled(tree, &before, *care));
        let mut settled = settled.filter(|result| self.cut(result, 1).is_some());
        settled.next().unwrap_or_else(|| text.to_string())
    }

    /// Whether a sound declaration may become another text.
    fn means_the_same(&self, result: &str) -> bool {
        let Alone { text, chunk, parsed } = self.alone;
        let declarations = parsed.0.roots(self.file, text).count().max(1);
        let Some(chunks) = self.cut(result, declarations) else { return false };
        chunk.is_whole && are_whole(&chunks) && are_same_lines(text, result)
            || read(self.file, &result.into()) == reading(self.file, parsed, text)
    }

    /// A result cut into as many pieces as it has declarations, so that the next run finds each as it is. One with mistakes
    /// stays one piece.
    fn cut(&self, result: &str, declarations: usize) -> Option<Vec<Chunk>> {
        let keyword = self.alone.chunk.keyword;
        let chunks = split(self.file, result).ok()?;
        (chunks.len() == declarations && (keyword.is_none() || chunks[0].keyword == keyword)).then_some(chunks)
    }

    fn laid_out(&self, tree: &Tree) -> Option<String> {
        let text = &self.alone.text;
        let mut layout = StatementLayout::new(text, tree, self.spelling, self.stays)?;
        let lines = layout.lines(tree.roots(self.file, text));
        let mut out = layout::write(&lines, text, self.stays);
        let ends_verbatim = self.stays.last().is_some_and(|stay| stay.end == text.len());
        if !self.is_last && !ends_verbatim && !out.is_empty() {
            let ends_declaration = layout.ends_with_declaration();
            let left_empty = text[text.trim_end().len()..].matches('\n').count() > 1;
            if ends_declaration || left_empty {
                out.push('\n');
            }
        }
        Some(out)
    }

    /// The text respelt around its mistakes, once another round changes nothing more.
    fn settled(&self, tree: &Tree, before: &(Meaning, Vec<Code>), care: Care) -> Option<String> {
        let mut text = self.alone.text.clone();
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
