//! A page as a terminal shows it: wrapped, with bold words and set-off examples instead of the signs of Markdown.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::diagnostic::render::Style;
use crate::diagnostic::{Text, texts};

/// Longer lines are hard to read, however wide the terminal is.
const MOST_COLUMNS: usize = 88;

const BOLD: &str = "1";
const NAMED: &str = "36";
const WRONG: &str = "31";
const RIGHT: &str = "32";

/// Draws a page.
pub fn drawn(page: &str, style: Style) -> String {
    let mut drawing = Drawing { style, text: String::new(), line: String::new() };
    let mut example: Option<String> = None;
    for event in Parser::new(page) {
        match event {
            Event::Start(Tag::Heading { .. } | Tag::Strong) => drawing.start(BOLD),
            Event::End(TagEnd::Strong) => drawing.end(),
            Event::End(TagEnd::Heading(_)) => {
                drawing.end();
                drawing.paragraph();
            }
            Event::End(TagEnd::Paragraph) => drawing.paragraph(),
            Event::Start(Tag::CodeBlock(kind)) => {
                let CodeBlockKind::Fenced(kind) = kind else { continue };
                example = Some(kind.into_string());
            }
            Event::End(TagEnd::CodeBlock) => example = None,
            Event::Text(text) => match &example {
                Some(kind) => drawing.example(kind, &text),
                None => drawing.line.push_str(&text),
            },
            Event::Code(name) => {
                let signs = if style.colour { "" } else { "`" };
                drawing.start(NAMED);
                drawing.line.extend([signs, &name, signs]);
                drawing.end();
            }
            Event::SoftBreak => drawing.line.push(' '),
            Event::HardBreak => drawing.line.push('\n'),
            // Pages are written in what stands above: a test draws each of them and looks for every word.
            _ => {}
        }
    }
    drawing.text
}

struct Drawing {
    style: Style,
    text: String,
    /// Of the paragraph that is being read.
    line: String,
}

impl Drawing {
    fn start(&mut self, colour: &str) {
        if self.style.colour {
            self.line.extend(["\u{1b}[", colour, "m"]);
        }
    }

    fn end(&mut self) {
        if self.style.colour {
            self.line += "\u{1b}[0m";
        }
    }

    fn paragraph(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        for line in textwrap::wrap(&self.line, self.style.width.min(MOST_COLUMNS)) {
            self.text += &line;
            self.text.push('\n');
        }
        self.line.clear();
    }

    /// An example beside a line that says what it is.
    fn example(&mut self, kind: &str, text: &str) {
        let (title, colour): (Option<Text>, &str) = match kind.split_once(',').map(|(_, kind)| kind) {
            Some("fails") => (Some(texts::example_that_fails()), WRONG),
            Some("old") => (Some(texts::example_before()), WRONG),
            Some("new") => (Some(texts::example_after()), RIGHT),
            _ if kind == "jx" => (Some(texts::example_mended()), RIGHT),
            _ => (None, NAMED),
        };
        self.start(colour);
        let start = std::mem::take(&mut self.line);
        let end = if start.is_empty() { "" } else { "\u{1b}[0m" };
        self.text.push('\n');
        if let Some(title) = title {
            self.text.extend(["  ", &start, &title.in_language(self.style.language), end, "\n"]);
        }
        for line in text.lines() {
            self.text += format!("  {start}│{end} {line}").trim_end();
            self.text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Language};
    use crate::diff::Class;
    use crate::handbook::{change_page, page};

    #[test]
    fn every_word_of_every_page_is_drawn() {
        let letters = |text: &str| text.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
        for language in [Language::Chinese, Language::English] {
            let style = Style { language, colour: false, width: 60 };
            let pages = Code::ALL.iter().map(|code| page(*code, language));
            for page in pages.chain(Class::ALL.iter().map(|class| change_page(*class, language))) {
                let shown = drawn(&page, style);
                let written: Vec<&str> = page.lines().filter(|line| !line.starts_with("```")).collect();
                let titles = [
                    texts::example_that_fails(),
                    texts::example_mended(),
                    texts::example_before(),
                    texts::example_after(),
                ];
                let titles = titles.map(|title| title.in_language(language).into_owned());
                let shown: Vec<&str> =
                    shown.lines().filter(|line| !titles.iter().any(|title| line.trim() == title)).collect();
                assert_eq!(letters(&shown.concat()), letters(&written.concat()), "{page}");
            }
        }
    }
}
