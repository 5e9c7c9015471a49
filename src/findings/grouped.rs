//! The findings by rule, with a few places each; errors are drawn one by one, since nothing compiles before they are gone.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::{by_rule, draw};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Safety, Severity, Text, texts};
use crate::workspace::Analysis;

/// Places shown of a rule.
const SHOWN: usize = 3;

pub fn write(analysis: &Analysis, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let others = analysis.diagnostics.iter().filter(|diagnostic| !diagnostic.is_error());
    draw(errors, analysis, style, out)?;
    for (code, severity, found) in by_rule(others) {
        writeln!(out, "{}", group(code, severity, &found, analysis, style))?;
    }
    Ok(())
}

fn group(code: Code, severity: Severity, found: &[&Diagnostic], analysis: &Analysis, style: Style) -> String {
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
    let mut text = format!(
        "{} {} · {}\n",
        paint(colour, &title),
        paint("1", &say(&code.title())),
        say(&texts::places(found.len()))
    );
    let mut line = |words: String| {
        text += "  ";
        text += &words;
        text.push('\n');
    };
    let place = |diagnostic: &Diagnostic| {
        diagnostic.span().map_or(String::new(), |span| {
            let source = analysis.sources.get(span.file);
            let place = source.location(span.start);
            format!("{}:{}:{}", source.shown_path(), place.line, place.column)
        })
    };
    let shown: Vec<(String, &Diagnostic)> = found.iter().take(SHOWN).map(|one| (place(one), *one)).collect();
    let width = shown.iter().map(|(place, _)| place.width()).max().unwrap_or(0);
    for (place, diagnostic) in &shown {
        let padding = " ".repeat(width - place.width());
        line(format!("{place}{padding}  {}", say(&diagnostic.message)));
    }
    if found.len() > SHOWN {
        line(say(&texts::more_places(found.len() - SHOWN)));
    }
    if let Some(help) = &found[0].help {
        let is_shared = found.iter().all(|one| one.help.as_ref() == Some(help));
        let word = if is_shared { texts::help_word() } else { texts::help_for_first() };
        line(paint("36", &say(&word)) + &say(help));
    }
    let fixable = |safety| found.iter().filter(|one| one.fix.as_ref().is_some_and(|fix| fix.safety == safety)).count();
    for (count, option) in [(fixable(Safety::Safe), "--fix"), (fixable(Safety::Suggested), "--fix --unsafe-fixes")] {
        if count > 0 {
            let said = say(&texts::fixable(count, option));
            line(paint("36", &say(&texts::fix_word())) + &said);
        }
    }
    text
}
