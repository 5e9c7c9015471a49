//! One self-contained page of findings: by rule, each with its line.

use maud::{Markup, html};

use super::by_rule;
use crate::control::State;
use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text, page::stand_alone, texts};
use crate::workspace::Analysis;

const STYLE: &str = include_str!("html/findings.css");

pub fn page(analysis: &Analysis, language: Language) -> String {
    let say = |text: Text| text.in_language(language).into_owned();
    let title = say(Text::new("绩效目标审核结果", "Findings on the performance targets"));
    let groups = by_rule(&analysis.diagnostics);
    let count = |severity| analysis.diagnostics.iter().filter(|one| one.severity == severity).count();
    let summary = texts::summary(count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let body = html! {
        h1 { (title) }
        p.summary { (say(summary)) }
        @if !groups.is_empty() {
            nav { ol {
                @for (code, severity, found) in &groups {
                    li { a href={ "#" (code.id()) "-" (severity.id()) } {
                        span.code { (code.id()) } " " (say(code.title()))
                    } " " span.count { (found.len()) } }
                }
            } }
        }
        @for (code, severity, found) in &groups { (group(*code, *severity, found, analysis, language)) }
        @if !analysis.excused.is_empty() { (excused(analysis, language)) }
        (unfound(analysis, language))
    };
    stand_alone(&title, STYLE, language, body)
}

fn group(code: Code, severity: Severity, found: &[&Diagnostic], analysis: &Analysis, language: Language) -> Markup {
    html! {
        section id={ (code.id()) "-" (severity.id()) } class=(severity.id()) {
            h2 {
                span.severity { (severity.word(language)) } " "
                span.code { (code.id()) } " " (code.title().in_language(language)) " "
                span.count { (texts::places(found.len()).in_language(language)) }
            }
            @if let Some(help) = &found[0].help { p.help { (quoted(&help.in_language(language))) } }
            ol { @for diagnostic in found { li { (finding(diagnostic, analysis, language)) } } }
        }
    }
}

fn finding(diagnostic: &Diagnostic, analysis: &Analysis, language: Language) -> Markup {
    html! {
        p { (quoted(&diagnostic.message.in_language(language))) }
        @if let Some(span) = diagnostic.span() {
            @let source = analysis.sources.get(span.file);
            @let (start, end) = (source.location(span.start), source.location(span.end));
            @let line = source.line_text(span.start).trim_start_matches('\u{feff}');
            @let from = byte_of(line, start.column);
            @let to = if end.line == start.line { byte_of(line, end.column) } else { line.len() };
            p.place { (source.path) ":" (start.line) ":" (start.column) }
            pre { (line[..from].trim_start()) mark { (&line[from..to]) } (&line[to..]) }
        }
        @if let Some(fix) = &diagnostic.fix { p.fix { (texts::fix_word().in_language(language)) (quoted(&fix.title.in_language(language))) } }
    }
}

/// A message with what it quotes set as code.
fn quoted(message: &str) -> Markup {
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

fn excused(analysis: &Analysis, language: Language) -> Markup {
    html! {
        section.excused {
            h2 { (Text::new("以注释允许的", "Excused in comments").in_language(language)) }
            ol { @for excused in &analysis.excused { li {
                (finding(&excused.diagnostic, analysis, language))
                p.help { (Text::new("理由：", "reason: ").in_language(language)) (excused.reason) }
            } } }
        }
    }
}

/// The rules without findings, by what that means.
fn unfound(analysis: &Analysis, language: Language) -> Markup {
    let states = [
        (State::NothingFound, Text::new("没有发现问题的规则", "Rules that found nothing")),
        (State::NotEnoughData, Text::new("数据不足、无法判断的规则", "Rules that could not tell")),
        (State::Off, Text::new("关闭的规则", "Rules that are off")),
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
