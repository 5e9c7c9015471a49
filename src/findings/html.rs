//! One self-contained page of findings: by rule, each with its line.

use std::io::{self, Write};

use maud::{Markup, html};

use super::{ByRule, FoundParts, OfRule};
use crate::control::{Excused, Verdict, VerdictState};
use crate::diagnostic::page::{self, put};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text, texts};
use crate::source::signs;
use crate::workspace::Analysis;

const STYLE: &str = include_str!("html/findings.css");

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    let title = Text::new("绩效目标审核结果", "Findings on the performance targets");
    let title = title.in_language(language).to_string();
    let mut rules = ByRule::<Listed>::default();
    let mut all_excused: Vec<Markup> = Vec::new();
    parts.each(&mut |part| {
        for diagnostic in &part.diagnostics {
            rules.of(diagnostic).kept.add(diagnostic, part, language);
        }
        all_excused.extend(part.excused.iter().map(|one| excused(one, part, language)));
        Ok(())
    })?;
    page::write(&title, STYLE, language, out, |out| {
        let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| rules.count(severity));
        let rules = rules.in_order();
        put(out, summary(&title, &rules, counts, language))?;
        rules.iter().try_for_each(|rule| group(rule, language, out))?;
        if !all_excused.is_empty() {
            write!(out, "<section class=\"excused\">")?;
            put(out, html! { h2 { (Text::new("以注释允许的", "Excused in comments").in_language(language)) } })?;
            listed(&all_excused, out)?;
        }
        put(out, unfound(&parts.verdicts(), language))
    })
}

/// The findings of a rule as they are listed.
#[derive(Default)]
struct Listed {
    /// What helps with the first.
    help: Option<Text>,
    items: Vec<Markup>,
}

impl Listed {
    fn add(&mut self, diagnostic: &Diagnostic, part: &Analysis, language: Language) {
        if self.items.is_empty() {
            self.help.clone_from(&diagnostic.help);
        }
        self.items.push(html! { li { (finding(diagnostic, part, language)) } });
    }
}

fn summary(title: &str, rules: &[OfRule<Listed>], counts: [usize; 3], language: Language) -> Markup {
    let [errors, warnings, notes] = counts;
    let summary = texts::summary(errors, warnings, notes);
    html! {
        h1 { (title) }
        p.summary { (summary.in_language(language)) }
        @if !rules.is_empty() {
            nav { ol {
                @for OfRule { code, severity, count, .. } in rules {
                    li { a href={ "#" (code.id()) "-" (severity.id()) } {
                        span.code { (code.id()) } " " (code.title().in_language(language))
                    } " " span.count { (count) } }
                }
            } }
        }
    }
}

fn group(rule: &OfRule<Listed>, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let OfRule { code, severity, count, kept: Listed { help, items } } = rule;
    write!(out, "<section id=\"{0}-{1}\" class=\"{1}\">", code.id(), severity.id())?;
    let head = html! {
        h2 {
            span.severity { (severity.word(language)) } " "
            span.code { (code.id()) } " " (code.title().in_language(language)) " "
            span.count { (texts::places(*count).in_language(language)) }
        }
        @if let Some(help) = help { p.help { (quoted(help, language)) } }
    };
    put(out, head)?;
    listed(items, out)
}

/// A list, item by item, and the end of its section.
fn listed(items: &[Markup], out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<ol>")?;
    items.iter().try_for_each(|item| out.write_all(item.0.as_bytes()))?;
    write!(out, "</ol></section>")
}

fn finding(diagnostic: &Diagnostic, analysis: &Analysis, language: Language) -> Markup {
    html! {
        p { (quoted(&diagnostic.message, language)) }
        @if let Some(span) = diagnostic.span() {
            @let source = analysis.sources.get(span.file);
            @let (start, end) = (source.location(span.start), source.location(span.end));
            @let line = signs::drawn(source.line_text(span.start).trim_start_matches('\u{feff}'));
            @let from = byte_of(&line, start.column);
            @let to = if end.line == start.line { byte_of(&line, end.column) } else { line.len() };
            p.place { (source.shown_path()) ":" (start.line) ":" (start.column) }
            pre { (line[..from].trim_start()) mark { (&line[from..to]) } (&line[to..]) }
        }
        @if let Some(fix) = &diagnostic.fix { p.fix { (texts::fix_word().in_language(language)) (quoted(&fix.title, language)) } }
    }
}

/// A message with what it quotes set as code.
fn quoted(message: &Text, language: Language) -> Markup {
    let message = message.in_language(language);
    html! {
        @for (index, part) in message.split('`').enumerate() {
            @if index % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// The byte of the sign at a column counted from one.
fn byte_of(line: &str, column: u32) -> usize {
    line.char_indices().nth(column as usize - 1).map_or(line.len(), |(byte, _)| byte)
}

fn excused(excused: &Excused, part: &Analysis, language: Language) -> Markup {
    html! { li {
        (finding(&excused.diagnostic, part, language))
        p.help { (Text::new("理由：", "reason: ").in_language(language)) (signs::in_one_line(&excused.reason)) }
    } }
}

/// The rules without findings, by what that means.
fn unfound(verdicts: &[Verdict], language: Language) -> Markup {
    let states = [
        (VerdictState::NothingFound, Text::new("没有发现问题的规则", "Rules that found nothing")),
        (VerdictState::NotEnoughData, Text::new("数据不足、无法判断的规则", "Rules that could not tell")),
        (VerdictState::Off, Text::new("关闭的规则", "Rules that are off")),
    ];
    html! {
        @for (state, title) in states {
            @let rules: Vec<Code> = verdicts.iter().filter(|one| one.state == state).map(|one| one.code).collect();
            @if !rules.is_empty() {
                details {
                    summary { (title.in_language(language)) " " span.count { (rules.len()) } }
                    ul { @for code in rules { li { span.code { (code.id()) } " " (code.title().in_language(language)) } } }
                }
            }
        }
    }
}
