//! Source files, and places in them.
//!
//! A [`Span`] is a half-open range of bytes that carries its file, so that work over many files needs no pairs.
//! This floor knows nothing of the language. Lines and columns are computed at the edge, by [`Source::location`].

mod change;
mod lines;
pub mod signs;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

pub use change::TextChange;
pub use lines::{LineIndex, Location};

/// The folder of a path with `/`; empty for what lies in none.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Where the line of a byte starts, whichever line ends a text has.
pub fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// A file of [`Sources`], by its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(u32);

impl FileId {
    /// Its place among the files of [`Sources::iter`].
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// By its number in [`Sources`].
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte behind the last.
    pub end: u32,
}

impl Span {
    /// The span of `start..end` in `file`. Files above 4 GiB are refused long before this is called.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let byte = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { file, start: byte(start), end: byte(end) }
    }

    /// The bytes as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of `self` to the end of `other`, in the file of `self`.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.end), ..self }
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is meant.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A stretch of text that shares its source: models hold millions, and none of them copies what stands in a file.
#[derive(Clone)]
pub struct Words {
    source: Arc<str>,
    start: u32,
    end: u32,
}

impl Words {
    /// The bytes `range` of `source`.
    pub fn shared(source: &Arc<str>, range: std::ops::Range<usize>) -> Self {
        Self { source: source.clone(), start: range.start as u32, end: range.end as u32 }
    }

    /// A part of it, by its own bytes.
    #[must_use]
    pub fn part(&self, range: std::ops::Range<usize>) -> Self {
        let start = self.start + range.start as u32;
        Self { source: self.source.clone(), start, end: start + range.len() as u32 }
    }

    /// The byte of `source` where it starts, where it is a part of it.
    pub fn start_in(&self, source: &Arc<str>) -> Option<usize> {
        Arc::ptr_eq(&self.source, source).then_some(self.start as usize)
    }
}

impl std::ops::Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.source[self.start as usize..self.end as usize]
    }
}

impl<T: Into<Arc<str>>> From<T> for Words {
    fn from(text: T) -> Self {
        let source: Arc<str> = text.into();
        Self { start: 0, end: source.len() as u32, source }
    }
}

impl From<Words> for String {
    fn from(words: Words) -> Self {
        (*words).to_owned()
    }
}

impl std::borrow::Borrow<str> for Words {
    fn borrow(&self) -> &str {
        self
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Words {}

impl std::fmt::Display for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.pad(self)
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Debug::fmt(&**self, formatter)
    }
}

/// One file: its path as shown to people (with `/`), its text, and its lines, which are indexed when first asked for.
#[derive(Clone, Debug)]
pub struct Source {
    /// Also its key: one path is one file.
    pub path: String,
    /// With line feeds only.
    pub text: Arc<str>,
    lines: OnceLock<LineIndex>,
    /// None where the text can be drawn as it is.
    drawn: OnceLock<Option<Arc<str>>>,
}

impl Source {
    fn new(path: String, text: Arc<str>) -> Self {
        Self { path, text, lines: OnceLock::new(), drawn: OnceLock::new() }
    }

    /// The text as it may be drawn, byte for byte at its place: no sign hides, and a line end is at its end. Made once where
    /// the text is not so by itself.
    pub fn drawn_text(&self) -> &str {
        let drawn = self.drawn.get_or_init(|| match signs::drawn(&self.text) {
            Cow::Borrowed(text) if text.ends_with('\n') => None,
            text => Some(if text.ends_with('\n') { text.into() } else { format!("{text}\n").into() }),
        });
        drawn.as_deref().unwrap_or(&self.text)
    }

    /// The path as it may stand in a line.
    pub fn shown_path(&self) -> Cow<'_, str> {
        signs::in_one_line(&self.path)
    }

    /// Found at the first call.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }

    /// The line that holds a byte, without its end.
    pub fn line_text(&self, offset: u32) -> &str {
        let index = self.lines().line_index(offset);
        let start = self.lines().start(index).unwrap_or(0) as usize;
        let end = self.lines().start(index + 1).map_or(self.text.len(), |end| end as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// Line and column of a byte, both counted from one, the column in characters.
    pub fn location(&self, offset: u32) -> Location {
        self.lines().location(&self.text, offset)
    }
}

/// All files of one run, in the order in which they were added: callers add them sorted by path.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Adds a file and returns its id.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(Source::new(path.into(), text.into()));
        id
    }

    /// Gives a file its new text. Its lines follow where they are known.
    pub fn change(&mut self, change: &TextChange) {
        let source = &mut self.files[change.file.0 as usize];
        if let Some(lines) = source.lines.get_mut() {
            lines.follow(change);
        }
        source.drawn = OnceLock::new();
        source.text = change.new.clone();
    }

    /// # Panics
    /// On the id of other sources.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// The text of a span.
    pub fn slice(&self, span: Span) -> &str {
        &self.get(span.file).text[span.range()]
    }

    /// `folder/file.jx:12`: the last two parts of the path say which department; pages do not tell where somebody keeps it.
    pub fn short_place(&self, span: Span) -> String {
        let source = self.get(span.file);
        let start = source.path.rmatch_indices('/').nth(1).map_or(0, |(at, _)| at + 1);
        format!("{}:{}", &source.path[start..], source.location(span.start).line)
    }

    /// In the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0u32..).map(FileId).zip(&self.files)
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}
