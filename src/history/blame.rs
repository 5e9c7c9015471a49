//! Who set each target as it stands: the last commit that changed it.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::{Commit, HistoryScope, Topic, VERSION};
use crate::diagnostic::json::{self, Each};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Language, texts};
use crate::diff::{Class, Comparison};
use crate::model::Model;
use crate::source::signs;

/// The indicators of a version, each with the commit that gave it its target.
#[derive(Clone, Debug)]
pub struct Blame {
    lines: Vec<BlamedLine>,
    /// The commit before which nothing is known; none where every line has its own.
    pub cut_at: Option<String>,
}

#[derive(Clone, Debug)]
struct BlamedLine {
    project: String,
    indicator: String,
    target: String,
    /// Under the names of the version that was looked at last.
    topic: Topic,
    origin: Option<Origin>,
}

#[derive(Clone, Debug)]
struct Origin {
    commit: Commit,
    /// What it did; none where the indicator came with its project.
    class: Option<Class>,
}

impl Blame {
    /// The indicators of a scope in the newest version.
    pub fn of(scope: &HistoryScope, model: &Model) -> Self {
        let line = |topic: Topic| {
            let (project, indicator) = topic.words();
            let target = topic.value(model).map(|value| value.written).unwrap_or_default();
            BlamedLine { project, indicator, target, topic, origin: None }
        };
        Self { lines: scope.indicators(model).into_iter().map(line).collect(), cut_at: None }
    }

    /// Whether every target has its commit.
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|line| line.origin.is_some())
    }

    /// Gives a commit the targets that it changed and no later one.
    pub fn step(&mut self, old: &Model, new: &Model, comparison: &Comparison, commit: &Commit) {
        if comparison.changes.is_empty() {
            return;
        }
        for line in self.lines.iter_mut().filter(|line| line.origin.is_none()) {
            let touched = line.topic.step(old, new, comparison);
            let sets = |class: &Class| class.code().starts_with("JC1") || *class == Class::IndicatorAdded;
            let class = touched.into_iter().map(|number| comparison.changes[number].class).find(sets);
            let is_gone = || !line.topic.is_kept(old) && line.topic.value(old).is_none();
            if class.is_some() || is_gone() {
                line.origin = Some(Origin { commit: commit.clone(), class });
            }
        }
    }

    /// For a terminal: by project, a line an indicator.
    pub fn write_text(&self, style: Style, out: &mut dyn Write) -> io::Result<()> {
        let Style { language, colour, .. } = style;
        let paint =
            |code: &str, text: &str| if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() };
        let author = |line: &BlamedLine| line.origin.as_ref().map_or("", |origin| &origin.commit.author).width();
        let authors = self.lines.iter().map(author).max().unwrap_or(0);
        let names = self.lines.iter().map(|line| line.indicator.width()).max().unwrap_or(0).min(40);
        let blank = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
        let mut project: Option<&str> = None;
        for line in &self.lines {
            let before = project.replace(&line.project);
            if before != project {
                let gap = if before.is_none() { "" } else { "\n" };
                writeln!(out, "{gap}{}", paint("1", &signs::in_one_line(&line.project)))?;
            }
            let (hash, date, author, class) = match &line.origin {
                Some(Origin { commit: Commit { hash, author, date, title: _ }, class }) => {
                    let title = class.map(|class| class.title().in_language(language).to_string());
                    (hash.get(..8).unwrap_or(hash), date.as_str(), author.as_str(), title.unwrap_or_default())
                }
                None => ("", "", "", String::new()),
            };
            let hash = format!("{}{}", paint("33", hash), blank(hash, 8));
            let name = format!("{}{}", line.indicator, blank(&line.indicator, names));
            let class = if class.is_empty() { class } else { format!("  {}", paint("2", &class)) };
            let (name, target) = (signs::in_one_line(&name), signs::in_one_line(&line.target));
            let room = blank(author, authors);
            let row = format!("  {hash} {date:<10} {}{room}  {name}  {target}{class}", signs::in_one_line(author));
            writeln!(out, "{}", row.trim_end())?;
        }
        if self.lines.is_empty() {
            writeln!(out, "{}", texts::log_no_indicators().in_language(language))?;
        }
        if let Some(commit) = &self.cut_at {
            writeln!(out, "\n{}", super::cut(commit).in_language(language))?;
        }
        Ok(())
    }

    /// For programs.
    pub fn write_json(&self, language: Language, out: &mut dyn Write) -> io::Result<()> {
        let indicators = Each(|| self.lines.iter().map(|line| line.for_programs(language)));
        json::write(&BlameDocument { version: VERSION, cut_at: self.cut_at.as_deref(), indicators }, out)
    }
}

#[derive(Serialize)]
struct BlameDocument<'a, L> {
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut_at: Option<&'a str>,
    indicators: L,
}

#[derive(Serialize)]
struct BlameLine<'a> {
    project: &'a str,
    indicator: &'a str,
    target: &'a str,
    commit: Option<&'a str>,
    date: Option<&'a str>,
    author: Option<&'a str>,
    title: Option<&'a str>,
    code: Option<&'static str>,
    class: Option<String>,
}

impl BlamedLine {
    fn for_programs(&self, language: Language) -> BlameLine<'_> {
        let commit = self.origin.as_ref().map(|origin| &origin.commit);
        let class = self.origin.as_ref().and_then(|origin| origin.class);
        BlameLine {
            project: &self.project,
            indicator: &self.indicator,
            target: &self.target,
            commit: commit.map(|commit| commit.hash.as_str()),
            date: commit.map(|commit| commit.date.as_str()),
            author: commit.map(|commit| commit.author.as_str()),
            title: commit.map(|commit| commit.title.as_str()),
            code: class.map(Class::code),
            class: class.map(|class| class.title().in_language(language).to_string()),
        }
    }
}
