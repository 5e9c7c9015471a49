//! The pages that explain the codes of findings and of changes: one for a terminal, or all of them as one web page.

mod drawn;

use maud::{Markup, PreEscaped, html};
use pulldown_cmark::{Parser, html::push_html};

use crate::diagnostic::{Code, Language, Severity, Text, page};
use crate::diff::{Class, Risk};

pub use drawn::drawn;

const STYLE: &str = include_str!("handbook/handbook.css");

/// What the hundreds of a code's number stand for.
const FIELDS: [(&str, &str, [&str; 2]); 6] = [
    ("JX000", "JX200", ["绩效目标的规则", "Rules of the field"]),
    ("JX200", "JX300", ["写法", "Syntax"]),
    ("JX300", "JX400", ["名称", "Names"]),
    ("JX400", "JX500", ["类型和单位", "Types and units"]),
    ("JX500", "JX900", ["标准、配置和注释", "Standards, settings and comments"]),
    ("JX900", "JX999", ["文件和限制", "Files and limits"]),
];

/// The page of a code in a language, as Markdown. Examples stand once in a page, in its Chinese half, and belong to both.
pub fn page(code: Code, language: Language) -> String {
    let (whole, severity) = (code.explanation(), code.severity().word(language));
    format!("{}\n[{severity}] {}\n\n{}\n", title(whole), code.slug(), half(whole, language))
}

/// The page of a class of changes.
pub fn change_page(class: Class, language: Language) -> String {
    let (whole, risk) = (class.explanation(), risk(class, language));
    format!("{}\n[{risk}] {}\n\n{}\n", title(whole), class.slug(), half(whole, language))
}

fn risk(class: Class, language: Language) -> String {
    let (name, of) = (class.risk().title(), Text::new("风险", "risk"));
    format!("{} {}", of.in_language(language), name.in_language(language))
}

/// The page's title in both languages, as a heading.
fn title(whole: &str) -> &str {
    whole.lines().next().unwrap_or_default()
}

fn half(whole: &str, language: Language) -> String {
    let body = whole.split_once('\n').map_or("", |(_, body)| body);
    let (chinese, english) = body.split_once("## English").unwrap_or((body, ""));
    let chinese = chinese.trim().trim_start_matches("## 中文").trim();
    match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => {
            let examples = fenced(chinese).map(|example| format!("\n{example}\n")).collect::<Vec<_>>().concat();
            format!("{}\n{examples}", english.trim()).trim().to_owned()
        }
    }
}

/// The fenced examples of a page, with their fences.
fn fenced(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        let start = rest.find("```")?;
        let length = 3 + rest[start + 3..].find("```")? + 3;
        let example = &rest[start..start + length];
        rest = &rest[start + length..];
        Some(example)
    })
}

/// Every page as one web page, with a list of the codes.
pub fn book(language: Language) -> String {
    let say = |text: Text| text.in_language(language).into_owned();
    let heading = say(Text::new("绩效：规则说明", "Jixiao: the rules explained"));
    let fields = FIELDS.map(|(from, to, [chinese, english])| {
        let codes: Vec<Code> = Code::ALL.iter().copied().filter(|code| code.id() >= from && code.id() < to).collect();
        (say(Text::new(chinese, english)), codes)
    });
    let changes = say(Text::new("两个版本之间的变更", "Changes between two versions"));
    let body = html! {
        nav {
            h1 { (heading) }
            @for (name, codes) in &fields {
                details open[codes.iter().any(|code| code.id() < "JX200")] {
                    summary { (name) }
                    ul { @for code in codes { li { a href={ "#" (code.id()) } {
                        span.code { (code.id()) } " " (say(code.title()))
                    } } } }
                }
            }
            details {
                summary { (changes) }
                ul { @for class in Class::ALL { li { a href={ "#" (class.code()) } {
                    span.code { (class.code()) } " " (say(class.title()))
                } } } }
            }
        }
        main {
            @for (name, codes) in &fields {
                h2.field { (name) }
                @for code in codes { (article(*code, language)) }
            }
            h2.field { (changes) }
            @for class in Class::ALL { (change_article(*class, language)) }
        }
    };
    page::stand_alone(&heading, STYLE, language, body)
}

fn article(code: Code, language: Language) -> Markup {
    let severity = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    entry(
        (code.id(), code.slug(), &code.title().in_language(language)),
        (severity, code.severity().word(language)),
        half(code.explanation(), language),
    )
}

fn change_article(class: Class, language: Language) -> Markup {
    let severity = match class.risk() {
        Risk::High => "error",
        Risk::Medium => "warning",
        Risk::Low | Risk::None => "note",
    };
    entry(
        (class.code(), class.slug(), &class.title().in_language(language)),
        (severity, &risk(class, language)),
        half(class.explanation(), language),
    )
}

fn entry((code, slug, title): (&str, &str, &str), (style, weight): (&str, &str), markdown: String) -> Markup {
    let mut body = String::new();
    push_html(&mut body, Parser::new(&markdown));
    html! {
        article id=(code) {
            h3 { a href={ "#" (code) } { span.code { (code) } } " " (title) }
            p.meta { span class=(style) { (weight) } " · " code { (slug) } }
            (PreEscaped(body))
        }
    }
}
