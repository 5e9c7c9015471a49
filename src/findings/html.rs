//! One self-contained page of findings: by rule, each with its line.

use std::io::{self, Write};

use maud::{Markup, html};

use super::by_rule;
use crate::control::VerdictState;
use crate::diagnostic::page::{self, put};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text, texts};
use crate::source::signs;
use crate::workspace::Analysis;

const STYLE: &str = include_str!("html/findings.css");

pub fn write(analysis: &Analysis, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    let title = Text::new("绩效目标审核结果", "Findings on the performance targets");
    let title = title.in_language(language).to_string();
    page::write(&title, STYLE, language, out, |out| {
        let groups = by_rule(&analysis.diagnostics);
        put(out, summary(&title, &groups, analysis, language))?;
        groups
            .iter()
            .try_for_each(|(code, severity, found)| group(*code, *severity, found, analysis, language, out))?;
        if !analysis.excused.is_empty() {
            excused(analysis, language, out)?;
        }
        put(out, unfound(analysis, language))
    })
}

fn summary(
    title: &str,
    groups: &[(Code, Severity, Vec<&Diagnostic>)],
    analysis: &Analysis,
    language: Language,
) -> Markup {
    let count = |severity| analysis.diagnostics.iter().filter(|one| one.severity == severity).count();
    let summary = texts::summary(count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    html! {
        h1 { (title) }
        p.summary { (summary.in_language(language)) }
        @if !groups.is_empty() {
            nav { ol {
                @for (code, severity, found) in groups {
                    li { a href={ "#" (code.id()) "-" (severity.id()) } {
                        span.code { (code.id()) } " " (code.title().in_language(language))
                    } " " span.count { (found.len()) } }
                }
            } }
        }
    }
}

fn group(
    code: Code,
    severity: Severity,
    found: &[&Diagnostic],
    analysis: &Analysis,
    language: Language,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "<section id=\"{0}-{1}\" class=\"{1}\">", code.id(), severity.id())?;
    let head = html! {
        h2 {
            span.severity { (severity.word(language)) } " "
            span.code { (code.id()) } " " (code.title().in_language(language)) " "
            span.count { (texts::places(found.len()).in_language(language)) }
        }
        @if let Some(help) = &found[0].help { p.help { (quoted(help, language)) } }
    };
    put(out, head)?;
    items(out, found, |diagnostic| finding(diagnostic, analysis, language))?;
    write!(out, "</section>")
}

/// A list, item by item.
fn items<T>(out: &mut dyn Write, items: &[T], item: impl Fn(&T) -> Markup) -> io::Result<()> {
    write!(out, "<ol>")?;
    items.iter().try_for_each(|one| put(out, html! { li { (item(one)) } }))?;
    write!(out, "</ol>")
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

fn excused(analysis: &Analysis, language: Language, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<section class=\"excused\">")?;
    put(out, html! { h2 { (Text::new("以注释允许的", "Excused in comments").in_language(language)) } })?;
    items(out, &analysis.excused, |excused| {
        html! {
            (finding(&excused.diagnostic, analysis, language))
            p.help { (Text::new("理由：", "reason: ").in_language(language)) (signs::in_one_line(&excused.reason)) }
        }
    })?;
    write!(out, "</section>")
}

/// The rules without findings, by what that means.
fn unfound(analysis: &Analysis, language: Language) -> Markup {
    let states = [
        (VerdictState::NothingFound, Text::new("没有发现问题的规则", "Rules that found nothing")),
        (VerdictState::NotEnoughData, Text::new("数据不足、无法判断的规则", "Rules that could not tell")),
        (VerdictState::Off, Text::new("关闭的规则", "Rules that are off")),
    ];
    html! {
        @for (state, title) in states {
            @let rules: Vec<Code> = analysis.verdicts.iter().filter(|one| one.state == state).map(|one| one.code).collect();
            @if !rules.is_empty() {
                details {
                    summary { (title.in_language(language)) " " span.count { (rules.len()) } }
                    ul { @for code in rules { li { span.code { (code.id()) } " " (code.title().in_language(language)) } } }
                }
            }
        }
    }
}
