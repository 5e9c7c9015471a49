//! Findings written out, for people and for the programs that read them.
//!
//! To add a format: a file here, and its line in [`Format`].

mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod junit;
mod sarif;
mod spreadsheet;

use std::collections::BTreeMap;

use crate::diagnostic::render::{self, Style};
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::workspace::Analysis;

pub use json::finding;

macro_rules! formats {
    ($( $name:ident $id:literal $what:literal $english:literal )*) => {
        /// How findings are written.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Format { $( #[doc = $english] $name, )* }

        impl Format {
            pub const ALL: &'static [Format] = &[$( Format::$name, )*];

            /// The word after `--format`.
            pub fn id(self) -> &'static str {
                match self { $( Format::$name => $id, )* }
            }

            /// What it is for.
            pub fn about(self, language: Language) -> &'static str {
                match (self, language) { $(
                    (Format::$name, Language::Chinese) => $what,
                    (Format::$name, Language::English) => $english,
                )* }
            }
        }
    };
}

formats! {
    Grouped "grouped" "按规则归总，错误逐处画出" "by rule, with errors drawn"
    Full    "full"    "逐处画出"                 "every place drawn"
    Short   "short"   "每处一行"                 "one line a place"
    Json    "json"    "供程序读取"               "for programs"
    Sarif   "sarif"   "SARIF 2.1.0"             "SARIF 2.1.0"
    Github  "github"  "GitHub 的批注"            "GitHub annotations"
    Gitlab  "gitlab"  "GitLab 代码质量"          "GitLab code quality"
    Junit   "junit"   "JUnit XML，一条规则一项"   "JUnit XML, a test a rule"
    Csv     "csv"     "电子表格"                 "a spreadsheet"
    Html    "html"    "网页"                     "a web page"
}

impl Format {
    pub fn find(id: &str) -> Option<Format> {
        Self::ALL.iter().copied().find(|format| format.id() == id)
    }

    /// The findings of a run in this format, with a line end.
    pub fn write(self, analysis: &Analysis, style: Style) -> String {
        match self {
            Format::Grouped => grouped::text(analysis, style),
            Format::Full => drawn(&analysis.diagnostics, analysis, style),
            Format::Short => lines(analysis, style.language),
            Format::Json => format!("{:#}\n", json::document(analysis, style.language)),
            Format::Sarif => format!("{:#}\n", sarif::document(analysis, style.language)),
            Format::Github => github::text(analysis, style.language),
            Format::Gitlab => format!("{:#}\n", gitlab::document(analysis, style.language)),
            Format::Junit => junit::document(analysis, style.language),
            Format::Csv => spreadsheet::table(analysis, style.language),
            Format::Html => html::page(analysis, style.language),
        }
    }
}

/// Findings drawn with their source lines.
pub fn drawn<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, analysis: &Analysis, style: Style) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text += &render::graphical(diagnostic, &analysis.sources, style);
        text.push('\n');
    }
    text
}

fn lines(analysis: &Analysis, language: Language) -> String {
    let line = |diagnostic| render::one_line(diagnostic, &analysis.sources, language) + "\n";
    analysis.diagnostics.iter().map(line).collect()
}

/// The findings of each rule: the gravest rules first, and of these the most frequent.
fn by_rule<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>) -> Vec<(Code, Severity, Vec<&'a Diagnostic>)> {
    let mut groups: BTreeMap<(Severity, Code), Vec<&Diagnostic>> = BTreeMap::new();
    for diagnostic in diagnostics {
        groups.entry((diagnostic.severity, diagnostic.code)).or_default().push(diagnostic);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|((severity, code), found)| (code, severity, found)).collect();
    groups.sort_by_key(|(code, severity, found)| (*severity, std::cmp::Reverse(found.len()), *code));
    groups
}

/// A stable name for a finding that survives when lines move: its rule, file, the text of its line, and which of the
/// equal ones it is.
fn fingerprints(analysis: &Analysis) -> Vec<String> {
    use sha2::{Digest, Sha256};
    let mut seen: BTreeMap<(Code, String), usize> = BTreeMap::new();
    let of = |diagnostic: &Diagnostic| {
        let place = diagnostic.span().map_or_else(
            || diagnostic.message.in_language(Language::Chinese).into_owned(),
            |span| {
                let source = analysis.sources.get(span.file);
                format!("{}\n{}", source.path, source.line_text(span.start).trim())
            },
        );
        let count = seen.entry((diagnostic.code, place.clone())).or_default();
        *count += 1;
        let digest = Sha256::digest(format!("{}\n{place}\n{count}", diagnostic.code.id()));
        digest.iter().take(16).fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    };
    analysis.diagnostics.iter().map(of).collect()
}
