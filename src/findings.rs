//! Findings written out, for people and for the programs that read them.
//!
//! To add a format: a file here, and its line in [`Format`].

mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod junit;
mod parts;
mod sarif;
mod spreadsheet;
mod sums;

use std::collections::BTreeMap;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Code, Diagnostic, Language, Severity, formats};
use crate::workspace::Analysis;

pub use json::{finding, schema};
pub use parts::FoundParts;
pub use sums::{SummedBy, write_sums};
// By themselves: a page has no room for the formats that nobody asks of it.
#[cfg(feature = "office")]
pub(crate) use self::{html::write as as_html, json::write as as_json, spreadsheet::write as as_csv};

formats! {
    /// How findings are written.
    Format of &mut dyn FoundParts:
    Grouped "grouped" "按规则归总，错误逐处画出" "by rule, with errors drawn" => grouped::write,
    Full    "full"    "逐处画出"                 "every place drawn"          => full,
    Short   "short"   "每处一行"                 "one line a place"           => short,
    Json    "json"    "供程序读取"               "for programs"               => json::write,
    Sarif   "sarif"   "SARIF 2.1.0"              "SARIF 2.1.0"                => sarif::write,
    Github  "github"  "GitHub 的批注"            "GitHub annotations"         => github::write,
    Gitlab  "gitlab"  "GitLab 代码质量"          "GitLab code quality"        => gitlab::write,
    Junit   "junit"   "JUnit XML，一条规则一项"  "JUnit XML, a test a rule"   => junit::write,
    Csv     "csv"     "电子表格"                 "a spreadsheet"              => spreadsheet::write,
    Html    "html"    "网页"                     "a web page"                 => html::write,
}

impl Format {
    /// Whether it is read off a terminal, where a person may want less of it.
    pub fn is_for_people(self) -> bool {
        match self {
            Format::Grouped | Format::Full | Format::Short => true,
            Format::Json
            | Format::Sarif
            | Format::Github
            | Format::Gitlab
            | Format::Junit
            | Format::Csv
            | Format::Html => false,
        }
    }
}

/// Draws findings with their source lines.
pub fn draw<'a>(
    diagnostics: impl IntoIterator<Item = &'a Diagnostic>,
    analysis: &Analysis,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    diagnostics
        .into_iter()
        .try_for_each(|diagnostic| writeln!(out, "{}", render::graphical(diagnostic, &analysis.sources, style)))
}

fn full(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    parts.each(&mut |part| draw(&part.diagnostics, part, style, out))
}

fn short(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    parts.each(&mut |part| {
        let line = |diagnostic| render::one_line(diagnostic, &part.sources, style.language);
        part.diagnostics.iter().try_for_each(|diagnostic| writeln!(out, "{}", line(diagnostic)))
    })
}

/// What is kept of the findings of each rule while they pass by.
#[derive(Default)]
struct ByRule<T>(BTreeMap<(Severity, Code), OfRule<T>>);

/// Of one rule.
struct OfRule<T> {
    code: Code,
    severity: Severity,
    count: usize,
    kept: T,
}

impl<T: Default> ByRule<T> {
    /// Counts a finding; what is kept of its rule.
    fn of(&mut self, diagnostic: &Diagnostic) -> &mut OfRule<T> {
        let (code, severity) = (diagnostic.code, diagnostic.severity);
        let new = || OfRule { code, severity, count: 0, kept: T::default() };
        let rule = self.0.entry((severity, code)).or_insert_with(new);
        rule.count += 1;
        rule
    }

    fn count(&self, severity: Severity) -> usize {
        self.0.values().filter(|rule| rule.severity == severity).map(|rule| rule.count).sum()
    }

    /// The gravest rules first, and of these the most frequent.
    fn in_order(self) -> Vec<OfRule<T>> {
        let mut rules: Vec<OfRule<T>> = self.0.into_values().collect();
        rules.sort_by_key(|rule| (rule.severity, std::cmp::Reverse(rule.count), rule.code));
        rules
    }
}

/// The message, and on a line of its own what helps.
fn message_and_help(diagnostic: &Diagnostic, language: Language) -> String {
    let message = diagnostic.message.in_language(language);
    match &diagnostic.help {
        Some(help) => format!("{message}\n{}", help.in_language(language)),
        None => message.to_string(),
    }
}

/// Gives each finding a stable name that survives when lines move: its rule, file, the text of its line, and which of the
/// equal ones it is.
#[derive(Default)]
struct Fingerprints {
    /// The file that is being gone through; none for what has no place.
    path: Option<String>,
    /// Invariant: the findings of a file stand together, so that those of one file are all that has to be known.
    seen: BTreeMap<(Code, String), usize>,
}

impl Fingerprints {
    fn next(&mut self, diagnostic: &Diagnostic, analysis: &Analysis) -> String {
        let source = diagnostic.span().map(|span| (analysis.sources.get(span.file), span.start));
        let path = source.map(|(source, _)| source.path.as_str());
        if self.path.as_deref() != path {
            self.path = path.map(str::to_owned);
            self.seen.clear();
        }
        let place = source.map_or_else(
            || diagnostic.message.in_language(Language::Chinese).to_string(),
            |(source, start)| format!("{}\n{}", source.path, source.line_text(start).trim()),
        );
        let count = self.seen.entry((diagnostic.code, place.clone())).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{}\n{place}\n{count}", diagnostic.code.id()));
        digest.iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }
}
