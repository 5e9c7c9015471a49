//! What was found, with what can be done about it.

use std::collections::HashMap;

use maud::{Markup, html};
use serde_json::json;

use super::{DeskPage, PageStyle, PageWords};
use crate::backend::report;
use crate::desk::Desk;
use crate::diagnostic::{Diagnostic, Safety, Severity};
use crate::model::ProjectId;
use crate::source::Span;
use crate::syntax::chunk_from;

/// So many findings of a rule are shown at once.
const SHOWN: usize = 50;

pub fn of_project(desk: &Desk, id: ProjectId, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let stretch = report::stretch_of(&desk.analysis().model, id);
    let is_own = |one: &&Diagnostic| one.span().is_some_and(|span| stretch.range().contains(&(span.start as usize)));
    let found: Vec<&Diagnostic> = desk.session.findings_in(stretch.file).iter().filter(is_own).collect();
    html! {
        @if found.is_empty() {
            p.none { (words.say("检查没有发现问题。", "The check found nothing.")) }
        } @else {
            ul.findings { @for one in &found { (finding(desk, one, pages, words, LedTo::Line)) } }
        }
    }
}

/// What was found in some declarations, by their heads.
pub fn of_declarations(desk: &Desk, heads: &[Span], pages: PageStyle<'_>, words: PageWords) -> Markup {
    let sources = &desk.analysis().sources;
    let of = |span: &Span| {
        let text = &sources.get(span.file).text;
        (span.file, chunk_from(text, span.start as usize).bytes)
    };
    let places: Vec<_> = heads.iter().map(of).collect();
    let is_own = |one: &&Diagnostic| {
        let holds =
            |span: Span| places.iter().any(|(file, at)| span.file == *file && at.contains(&(span.start as usize)));
        one.span().is_some_and(holds)
    };
    let found: Vec<&Diagnostic> = desk.analysis().diagnostics.iter().filter(is_own).collect();
    html! {
        @if found.is_empty() {
            p.none { (words.say("检查没有发现问题。", "The check found nothing.")) }
        } @else {
            ul.findings { @for one in found.iter().take(SHOWN) { (finding(desk, one, pages, words, LedTo::Nowhere)) } }
            @if found.len() > SHOWN {
                p.hint { (words.say("还有更多，改掉一些再看：", "There are more; mend some first: ")) (found.len() - SHOWN) }
            }
        }
    }
}

/// Everything, rule by rule, the gravest first.
pub fn all(desk: &Desk, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let analysis = desk.analysis();
    let projects = projects_of(desk);
    let mut rules: Vec<(Severity, &str, Vec<&Diagnostic>)> = Vec::new();
    for one in &analysis.diagnostics {
        let key = (one.severity, one.code.id());
        match rules.iter_mut().find(|(severity, code, _)| (*severity, *code) == key) {
            Some((.., found)) => found.push(one),
            None => rules.push((key.0, key.1, vec![one])),
        }
    }
    rules.sort_by_key(|(severity, code, found)| (*severity, std::cmp::Reverse(found.len()), *code));
    html! {
        h1 { (words.say("检查发现", "Findings")) }
        @if rules.is_empty() { p.none { (words.say("检查没有发现问题。", "The check found nothing.")) } }
        @for (severity, code, found) in &rules {
            details class={ "rule " (severity.id()) } data-keep={ "rule-" (code) } open[found.len() <= 12] {
                summary {
                    span.severity { (severity.word(pages.language)) } " " span.code { (code) } " "
                    (found[0].code.title().in_language(pages.language)) " " span.count { (found.len()) }
                }
                ul.findings {
                    @for one in found.iter().take(SHOWN) { (finding(desk, one, pages, words, LedTo::Project(&projects))) }
                }
                @if found.len() > SHOWN {
                    p.hint { (words.say("还有更多，改掉一些再看：", "There are more; mend some first: ")) (found.len() - SHOWN) }
                }
            }
        }
    }
}

/// The project that each finding is about.
pub(super) fn projects_of(desk: &Desk) -> HashMap<Span, ProjectId> {
    let analysis = desk.analysis();
    report::projects_at(&analysis.model, analysis.diagnostics.iter().filter_map(Diagnostic::span))
}

/// Where the place of a finding leads.
#[derive(Clone, Copy)]
enum LedTo<'a> {
    /// To its line in the text of the page.
    Line,
    /// To the page of its project, where it has one.
    Project(&'a HashMap<Span, ProjectId>),
    Nowhere,
}

fn finding(desk: &Desk, one: &Diagnostic, pages: PageStyle<'_>, words: PageWords, led_to: LedTo<'_>) -> Markup {
    let analysis = desk.analysis();
    let say = |text: &crate::diagnostic::Text| text.in_language(pages.language).into_owned();
    let key = one.span().map(|span| {
        let path = &analysis.sources.get(span.file).path;
        json!({ "code": one.code.id(), "path": path, "start": span.start, "end": span.end }).to_string()
    });
    let place = one.span().map(|span| {
        let source = analysis.sources.get(span.file);
        format!("{}:{}", source.path.rsplit('/').next().unwrap_or_default(), source.location(span.start).line)
    });
    let project = match led_to {
        LedTo::Project(projects) => one.span().and_then(|span| projects.get(&span)),
        LedTo::Line | LedTo::Nowhere => None,
    };
    let project = project.map(|id| DeskPage::Project(id.0 as usize + 1).path());
    let offset = one.span().map(|span| analysis.sources.get(span.file).location(span.start).line);
    html! {
        li class=(one.severity.id()) {
            p {
                span.severity { (one.severity.word(pages.language)) } " "
                span.code title=(say(&one.code.title())) { (one.code.id()) } " " (say(&one.message))
                @if let Some(place) = &place {
                    " "
                    @match (&project, led_to) {
                        (Some(project), _) => { a.place href={ (pages.root) (project) } { (place) } }
                        (None, LedTo::Line) => { button.place.link type="button" data-line=[offset] { (place) } }
                        (None, _) => { span.place { (place) } }
                    }
                }
            }
            @if let Some(help) = &one.help { p.help { (say(help)) } }
            @if let Some(key) = key.filter(|_| !pages.is_read_only) {
                p.actions {
                    @if let Some(fix) = &one.fix {
                        button type="button" data-mend=(key) {
                            @if fix.safety == Safety::Safe { (words.say("改好：", "Mend: ")) } @else { (words.say("照建议改：", "Take the proposal: ")) }
                            (say(&fix.title))
                        }
                        " "
                    }
                    @if one.code.has_level() {
                        button type="button" data-excuse=(key) { (words.say("允许，写上理由", "Excuse, with a reason")) }
                    }
                }
            }
        }
    }
}
