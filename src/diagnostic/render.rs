//! A diagnostic for people: drawn by miette, or on one line. The only file that names miette.
//!
//! Our own source type replaces miette's, because that one counts columns in bytes, walks each file from its start for
//! every label, and does not draw a label at the very end of a file.

use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};

use super::{Diagnostic, Label, Language, Severity, Text, texts};
use crate::source::{FileId, Source, Sources, Span};

/// How reports are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// In which texts are shown.
    pub language: Language,
    /// Whether colours are written, as ANSI sequences.
    pub colour: bool,
    /// Columns of the terminal.
    pub width: usize,
}

/// The graphical report: source lines with carets under the place.
pub fn graphical(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(style.width)
        .with_links(false)
        .without_syntax_highlighting();
    let mut text = String::new();
    for part in Report::parts(diagnostic, sources, style.language) {
        let mut drawn = String::new();
        // Invariant: writing to a string cannot fail; a label outside its file is drawn as such.
        let _ = handler.render_report(&mut drawn, &part);
        text += drawn.trim_matches('\n');
        text.push('\n');
    }
    let footer = |word: Text, body: &Text| {
        let (word, body) = (word.shown(style.language), body.in_language(style.language));
        let body = body.replace('\n', "\n        ");
        if style.colour { format!("  \u{1b}[36m{word}\u{1b}[0m{body}\n") } else { format!("  {word}{body}\n") }
    };
    if let Some(help) = &diagnostic.help {
        text += &footer(texts::help_word(), help);
    }
    if let Some(fix) = &diagnostic.fix {
        text += &footer(texts::fix_word(), &fix.title);
    }
    text
}

/// `path:line:column: error[JX301]: message`
pub fn one_line(diagnostic: &Diagnostic, sources: &Sources, language: Language) -> String {
    let severity = diagnostic.severity.word(language);
    let code = diagnostic.code.id();
    let message = diagnostic.message.shown(language);
    match diagnostic.span() {
        Some(span) => {
            let source = sources.get(span.file);
            let place = source.location(span.start);
            format!("{}:{}:{}: {severity}[{code}]: {message}", source.shown_path(), place.line, place.column)
        }
        None => format!("{severity}[{code}]: {message}"),
    }
}

impl Severity {
    /// As it stands before a message.
    pub fn word(self, language: Language) -> &'static str {
        match (self, language) {
            (Severity::Error, Language::Chinese) => "错误",
            (Severity::Warning, Language::Chinese) => "警告",
            (Severity::Note, Language::Chinese) => "提示",
            (severity, Language::English) => severity.id(),
        }
    }
}

/// The labels of one file. miette draws one file a report, so that a finding over several files is several reports.
struct Report<'a> {
    diagnostic: &'a Diagnostic,
    message: Text,
    is_main: bool,
    labels: Vec<&'a Label>,
    view: Option<FileView<'a>>,
    language: Language,
}

impl<'a> Report<'a> {
    /// The report of the finding's own file, then those of the other files it points into.
    fn parts(diagnostic: &'a Diagnostic, sources: &'a Sources, language: Language) -> Vec<Self> {
        let file = diagnostic.span().map(|span| span.file);
        let mut others: Vec<FileId> = diagnostic.labels.iter().map(|label| label.span.file).collect();
        others.sort_unstable();
        others.dedup();
        let others = others.into_iter().filter(|&other| Some(other) != file);
        let mut parts = vec![Self::part(diagnostic, sources, language, file, true)];
        parts.extend(others.map(|other| Self::part(diagnostic, sources, language, Some(other), false)));
        parts
    }

    fn part(
        diagnostic: &'a Diagnostic,
        sources: &'a Sources,
        language: Language,
        file: Option<FileId>,
        is_main: bool,
    ) -> Self {
        let labels: Vec<&Label> = diagnostic.labels.iter().filter(|label| Some(label.span.file) == file).collect();
        let message = match labels.first() {
            Some(label) if !is_main => label.text.clone(),
            _ => diagnostic.message.clone(),
        };
        let view = file.map(|file| FileView::new(sources.get(file)));
        Self { diagnostic, message, is_main, labels, view, language }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.shown(self.language).fmt(formatter)
    }
}

impl fmt::Debug for Report<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl std::error::Error for Report<'_> {}

impl miette::Diagnostic for Report<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        let code = self.diagnostic.code;
        let word = self.diagnostic.severity.word(self.language);
        self.is_main.then(|| Box::new(format!("{word} {} {}", code.id(), code.slug())) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity {
            _ if !self.is_main => miette::Severity::Advice,
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.view.as_ref().map(|view| view as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let view = self.view.as_ref()?;
        Some(Box::new(self.labels.iter().enumerate().map(|(index, label)| {
            let text = Some(label.text.in_language(self.language).into_owned());
            let span = view.visible(label.span);
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

/// A file as miette reads it: ends with a line end, finds lines by their index, counts columns in characters.
struct FileView<'a> {
    source: &'a Source,
    text: &'a str,
}

impl<'a> FileView<'a> {
    fn new(source: &'a Source) -> Self {
        Self { source, text: source.drawn_text() }
    }

    /// A span that can be drawn: inside the file, at least one sign long, not beyond its first line.
    fn visible(&self, span: Span) -> SourceSpan {
        let limit = self.text.len() - 1;
        let start = (span.start as usize).min(limit);
        let stretch = &self.text[start..(span.end as usize).clamp(start, self.text.len())];
        let first_line = stretch.lines().next().unwrap_or("").len();
        (start, first_line.max(usize::from(start < self.text.len()))).into()
    }
}

impl SourceCode for FileView<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let index = self.source.lines();
        let offset = |byte: usize| u32::try_from(byte).map_err(|_| MietteError::OutOfBounds);
        let first = index.line_index(offset(span.offset())?).saturating_sub(lines_before);
        let last = index.line_index(offset(span.offset() + span.len().saturating_sub(1))?) + lines_after;
        let start = index.start(first).unwrap_or(0) as usize;
        let end = index.start(last + 1).map_or(self.text.len(), |end| end as usize);
        let column = match lines_before {
            0 => self.source.location(offset(span.offset())?).column as usize - 1,
            _ => 0,
        };
        let line_count = last - first + 1;
        let data = self.text.as_bytes().get(start..end).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            self.source.shown_path().into_owned(),
            data,
            (start, end - start).into(),
            first,
            column,
            line_count,
        )))
    }
}
