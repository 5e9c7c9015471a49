//! What changed since the last commit, in the terms of those who review it, and the commit itself.

use maud::{Markup, html};

use super::{PageStyle, PageWords};
use crate::diagnostic::{Language, Text};
use crate::diff::{Change, Risk};
use crate::review;

/// What changed; or why nobody can tell.
#[derive(Debug)]
pub struct Changes(pub Result<Vec<ListedChange>, Text>);

/// A change as a page shows it.
#[derive(Debug)]
pub struct ListedChange {
    project: String,
    what: String,
    code: &'static str,
    risk: Risk,
    old: String,
    new: String,
}

impl ListedChange {
    /// A change in the words of a language.
    pub fn of(change: &Change, language: Language) -> Self {
        let say = |text: Text| text.in_language(language).into_owned();
        let [old, new] = review::plain_sides(change, language);
        let subject = &change.subject;
        let place = review::place(change).map(say).unwrap_or_default();
        let class = say(change.class.title());
        Self {
            project: subject
                .project
                .as_ref()
                .map(crate::diff::Named::written)
                .or_else(|| subject.department.clone())
                .unwrap_or_default(),
            what: if place.is_empty() { class } else { format!("{class} · {place}") },
            code: change.class.code(),
            risk: change.class.risk(),
            old,
            new,
        }
    }
}

pub fn changes(changes: &Changes, pages: PageStyle<'_>, words: PageWords) -> Markup {
    html! {
        h1 { (words.say("还没有提交的改动", "Changes that are not committed")) }
        @match &changes.0 {
            Err(reason) => { p.none { (reason.in_language(pages.language)) } }
            Ok(lines) if lines.is_empty() => { p.none { (words.say("没有改动。", "Nothing changed.")) } }
            Ok(lines) => {
                div.scroll { table.changes {
                    thead { tr {
                        th scope="col" { (words.say("项目", "Project")) }
                        th scope="col" { (words.say("变化", "Change")) }
                        th scope="col" { (words.say("原来", "Before")) }
                        th scope="col" { (words.say("现在", "Now")) }
                    } }
                    tbody { @for line in lines {
                        tr class=(risk(line.risk)) {
                            th scope="row" { (line.project) }
                            td { (line.what) " " span.code { (line.code) } }
                            td { del { (line.old) } }
                            td { ins { (line.new) } }
                        }
                    } }
                } }
                @if !pages.is_read_only {
                    form.commit data-commit {
                        label for="message" { (words.say("这次改动为了什么", "What this change is for")) }
                        input #message name="message" autocomplete="off" required;
                        button type="submit" { (words.say("提交", "Commit")) }
                    }
                }
            }
        }
    }
}

fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "high",
        Risk::Medium => "medium",
        Risk::Low => "low",
        Risk::None => "none-at-all",
    }
}
