//! What is printed where: answers on standard output, all else on standard error.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};

use indicatif::ProgressBar;
use similar::TextDiff;

use super::Failure;
use super::paths::reason;
use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text, texts};
use crate::source::{Sources, signs};
use crate::workspace::Analysis;

/// What is written to standard output in one go.
const BUFFER_BYTES: usize = 64 * 1024;

/// Checking so much text takes about a second.
const LONG_WORK: usize = 16 * 1024 * 1024;

/// The person's terminal and wishes.
pub struct Terminal {
    pub language: Language,
    pub is_quiet: bool,
    pub style: Style,
}

impl Terminal {
    pub fn new(language: Language, colour: &str, is_quiet: bool) -> Self {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let colour = match colour {
            "always" => true,
            "never" => false,
            _ if set("NO_COLOR") => false,
            _ if set("CLICOLOR_FORCE") || set("FORCE_COLOR") => true,
            _ => std::io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        };
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = columns.unwrap_or(100usize).clamp(40, 400);
        Self { language, is_quiet, style: Style { language, colour, width } }
    }

    /// Prints an answer.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        self.answer(|out| out.write_all(text.as_bytes()))
    }

    /// Prints lines of somebody's text: as they are for a program, but a terminal is not spoken to by them.
    pub fn print_lines(&self, text: &str) -> Result<(), Failure> {
        if io::stdout().is_terminal() { self.print(&signs::in_lines(text)) } else { self.print(text) }
    }

    /// Prints the lines in which two texts of a file differ.
    pub fn print_changes(&self, path: &str, old: &str, new: &str) -> Result<(), Failure> {
        self.print_lines(&changes(path, old, new))
    }

    /// Lets an answer be written to standard output: the only way there.
    ///
    /// # Errors
    /// JX909 where it cannot be written to its end, unless the reader went away: that is nobody's failure, and changes
    /// nothing about what was found.
    #[expect(clippy::unused_self, reason = "answers and notes are printed alike")]
    pub fn answer(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let mut stream = BufWriter::with_capacity(BUFFER_BYTES, io::stdout().lock());
        written(write(&mut stream).and_then(|()| stream.flush()))
    }

    /// Prints a note about the run, unless quiet.
    pub fn note(&self, text: &Text) {
        if !self.is_quiet {
            let _ = writeln!(std::io::stderr(), "{}", text.in_language(self.language));
        }
    }

    /// A sign of life on a terminal, where so many bytes of text take more than a moment.
    pub fn progress(&self, bytes: usize) -> Option<ProgressBar> {
        if self.is_quiet || bytes < LONG_WORK || !std::io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::new_spinner();
        bar.set_message(texts::checking(bytes / 1024 / 1024).in_language(self.language).into_owned());
        bar.enable_steady_tick(std::time::Duration::from_millis(120));
        Some(bar)
    }

    /// A bar on a terminal for so many steps, where there are several.
    pub fn progress_of(&self, steps: u64, message: &Text) -> Option<ProgressBar> {
        if self.is_quiet || steps < 2 || !std::io::stderr().is_terminal() {
            return None;
        }
        let bar = ProgressBar::new(steps);
        bar.set_message(message.in_language(self.language).into_owned());
        Some(bar)
    }

    /// Prints a failure of the run itself.
    pub fn tell(&self, diagnostic: &Diagnostic) {
        let report = render::graphical(diagnostic, &Sources::default(), self.style);
        let _ = std::io::stderr().write_all(report.as_bytes());
    }
}

/// `错误 2 个，警告 1 个，提示 0 个`, and how many findings are excused.
pub fn summary(analysis: &Analysis) -> Text {
    let mut counts = SeverityCounts::default();
    counts.add(&analysis.diagnostics, analysis.excused.len());
    counts.summary()
}

/// How many findings there are of each severity.
#[derive(Default)]
pub struct SeverityCounts {
    of: BTreeMap<Severity, usize>,
    excused: usize,
}

impl SeverityCounts {
    pub fn add(&mut self, diagnostics: &[Diagnostic], excused: usize) {
        for diagnostic in diagnostics {
            *self.of.entry(diagnostic.severity).or_default() += 1;
        }
        self.excused += excused;
    }

    pub fn has_errors(&self) -> bool {
        self.of.contains_key(&Severity::Error)
    }

    pub fn summary(&self) -> Text {
        let count = |severity| self.of.get(&severity).copied().unwrap_or(0);
        let counts = texts::summary(count(Severity::Error), count(Severity::Warning), count(Severity::Note));
        match self.excused {
            0 => counts,
            excused => texts::two_sentences(counts, texts::excused_count(excused)),
        }
    }
}

/// What became of an answer.
pub fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(cannot(Code::JX909, texts::cannot_print(reason(&error))))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints what a command line is to look like, where it does not.
pub fn usage(usage: &str) {
    let _ = std::io::stderr().write_all(usage.as_bytes());
}

/// A failure to read or write a file.
pub fn cannot(code: Code, message: Text) -> Failure {
    Failure::Told(Diagnostic::without_place(code, message))
}

/// The lines that change in a file, as `diff` shows them.
pub fn changes(path: &str, old: &str, new: &str) -> String {
    let name = signs::in_one_line(path);
    let (from, to) = (format!("a/{name}"), format!("b/{name}"));
    TextDiff::from_lines(old, new).unified_diff().header(&from, &to).to_string()
}
