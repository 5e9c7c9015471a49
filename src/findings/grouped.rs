//! The findings by rule, with a few places each; errors are drawn one by one, since nothing compiles before they are gone.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{ByRule, FoundParts, OfRule, draw};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Safety, Severity, Text, texts};
use crate::workspace::Analysis;

/// Places shown of a rule.
const SHOWN: usize = 3;

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut rules = ByRule::<ShownFindings>::default();
    parts.each(&mut |part| {
        let (errors, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
            part.diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
        for diagnostic in others {
            rules.of(diagnostic).kept.take(diagnostic, part);
        }
        draw(errors, part, style, out)
    })?;
    rules.in_order().iter().try_for_each(|rule| writeln!(out, "{}", group(rule, style)))
}

/// What is shown of the findings of a rule.
#[derive(Default)]
struct ShownFindings {
    /// The first few: their places and messages.
    shown: Vec<(String, Text)>,
    /// The help of the first, and whether all others have the same.
    help: Option<(Text, bool)>,
    /// How many have a fix that keeps the meaning, and one that is a proposal.
    fixable: [usize; 2],
    is_begun: bool,
}

impl ShownFindings {
    fn take(&mut self, diagnostic: &Diagnostic, part: &Analysis) {
        if self.shown.len() < SHOWN {
            self.shown.push((place(diagnostic, part), diagnostic.message.clone()));
        }
        match &mut self.help {
            Some((help, is_shared)) => *is_shared = *is_shared && diagnostic.help.as_ref() == Some(help),
            None if !self.is_begun => self.help = diagnostic.help.clone().map(|help| (help, true)),
            None => {}
        }
        self.is_begun = true;
        if let Some(fix) = &diagnostic.fix {
            self.fixable[usize::from(fix.safety == Safety::Suggested)] += 1;
        }
    }
}

fn place(diagnostic: &Diagnostic, part: &Analysis) -> String {
    diagnostic.span().map_or(String::new(), |span| {
        let source = part.sources.get(span.file);
        let place = source.location(span.start);
        format!("{}:{}:{}", source.shown_path(), place.line, place.column)
    })
}

fn group(rule: &OfRule<ShownFindings>, style: Style) -> String {
    let OfRule { code, severity, count, kept: ShownFindings { shown, help, fixable, .. } } = rule;
    let language = style.language;
    let say = |text: &Text| text.in_language(language).to_string();
    let paint = |colour: &str, text: &str| {
        if style.colour { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    let colour = match severity {
        Severity::Error => "31",
        Severity::Warning => "33",
        Severity::Note => "36",
    };
    let title = format!("{} {}", severity.word(language), code.id());
    let mut text =
        format!("{} {} · {}\n", paint(colour, &title), paint("1", &say(&code.title())), say(&texts::places(*count)));
    let mut line = |words: String| {
        text += "  ";
        text += &words;
        text.push('\n');
    };
    let width = shown.iter().map(|(place, _)| place.width()).max().unwrap_or(0);
    for (place, message) in shown {
        let padding = " ".repeat(width - place.width());
        line(format!("{place}{padding}  {}", say(message)));
    }
    if *count > SHOWN {
        line(say(&texts::more_places(count - SHOWN)));
    }
    if let Some((help, is_shared)) = help {
        let word = if *is_shared { texts::help_word() } else { texts::help_for_first() };
        line(paint("36", &say(&word)) + &say(help));
    }
    for (count, option) in fixable.iter().zip(["--fix", "--fix --unsafe-fixes"]) {
        if *count > 0 {
            let said = say(&texts::fixable(*count, option));
            line(paint("36", &say(&texts::fix_word())) + &said);
        }
    }
    text
}
